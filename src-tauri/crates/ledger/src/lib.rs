//! The ledger (台账库): an SQLite store, an archive of raw bundles beside it, and an audit trail.
//!
//! The crate stores and finds; it decides nothing. It knows nothing of signatures or wire formats either: digests and
//! public keys are bytes here, plan documents and frozen payloads are opaque, and time is an argument everywhere.
//!
//! A folder holds one group of tables: the statements as `.sql` beside the Rust that runs them. Transactions begin
//! in [`Ledger::write`] and [`Ledger::read`] and nowhere else; what can be done in one are the methods of [`Tx`].

pub mod archive;
pub mod audit;
pub mod bundles;
mod column;
pub mod drafts;
mod error;
pub mod identity;
pub mod keys;
mod ledger;
pub mod locks;
pub mod patience;
pub mod plans;
pub mod returns;
pub mod review;
pub mod streams;
pub mod upward;

pub use archive::Archive;
pub use error::{Error, Result};
pub use ledger::{Ledger, Stamp, Tx};

/// A digest, SHA-256 of a file or SM3 of a header; which one, its place says.
pub type Digest = [u8; 32];

/// The two public keys of a signer as a bundle carries them, SM2 (65 bytes) then Ed25519 (32 bytes).
pub type PublicKeys = [u8; 97];
