//! What a bundle must keep, and what it must refuse.

mod chain;
mod fixture;
mod round_trip;
