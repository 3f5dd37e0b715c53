//! What a bundle must keep, and what it must refuse. The rows are those of the project's list of attacks.

#![expect(clippy::unwrap_used, reason = "clippy knows test functions, not the functions that tests share")]

#[cfg(unix)]
mod agreement;
mod attachments;
mod bounds;
mod by_hand;
mod chain;
mod damage;
mod fixture;
mod forgery;
mod key_file;
mod raw;
mod record_faults;
mod records;
mod strictness;
mod told;
mod vectors;
