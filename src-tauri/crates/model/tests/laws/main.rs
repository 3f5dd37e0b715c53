//! The laws of §2, as tables and properties.

#![expect(clippy::unwrap_used, reason = "a builder that cannot build is a failed test")]

mod build;
mod checks;
mod drafts;
mod lamps;
mod plans;
mod ranking;
mod rollups;
mod versions;
