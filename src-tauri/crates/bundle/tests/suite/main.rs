//! What a bundle must keep, and what it must refuse. The rows are those of the project's list of attacks.

#![expect(clippy::unwrap_used, reason = "clippy knows test functions, not the functions that tests share")]

mod chain;
mod damage;
mod fixture;
mod forgery;
mod raw;
mod round_trip;
