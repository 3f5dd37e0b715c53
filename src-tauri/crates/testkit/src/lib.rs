//! For tests only: a world that can be turned and repeated, a small plan, a district of homes on real folders, forged bundles.
//!
//! Everything here panics where the real thing would return an error: in a test that is the end of the story.
#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a builder of tests has nobody to return an error to"
)]

pub mod district;
pub mod dump;
pub mod forge;
pub mod plan;
pub mod program;
#[cfg(unix)]
pub mod stick;
pub mod world;

pub use district::{District, orders, sign_off, taken};
pub use dump::dump;
pub use forge::Opened;
pub use world::{TurnableClock, day, period, world};

/// The passphrase of every home that is made here.
pub const PASSPHRASE: &str = "测试用的口令不保密";
