//! What a bundle must keep, and what it must refuse.

mod fixture;
mod round_trip;
