//! The use cases of 台账, one verb per file, over the pure rules of `model`, the container of `bundle` and the store of `ledger`.
//!
//! Screens and command line call the same functions. Every function takes a [`Home`], does one thing in one transaction
//! and returns plain data or an [`Error`]; [`words`] turns both into the Chinese that people read.

pub mod accept;
pub mod admit;
pub mod admit_by_paper;
mod arrival;
pub mod assign;
pub mod attach;
pub mod back_up;
pub mod builtin;
pub mod change_hub_key;
pub mod change_passphrase;
pub mod check;
pub mod consolidate;
pub mod deliver;
pub mod demo;
mod desk;
pub mod edit_offices;
pub mod edit_plan;
pub mod enrol;
pub mod enrol_again;
pub mod enter;
pub mod entry_file;
mod error;
pub mod export;
pub mod facts;
mod fetch;
pub mod field_names;
mod home;
pub mod init_hub;
pub mod init_office;
pub mod issue_plan;
pub mod issue_round;
pub mod lock;
pub mod look_through;
mod next_key;
mod own_handovers;
pub mod passphrase;
pub mod picture;
pub mod places;
mod publish;
mod read_back;
pub mod receive;
pub mod recovery_key;
mod refill;
pub mod report_up;
pub mod reshape_offices;
pub mod restore_here;
pub mod revoke;
pub mod rotate_key;
pub mod save_matrix;
pub mod screens;
pub mod send_back;
pub mod send_receipts;
pub mod set_up_hub;
pub mod set_up_office;
pub mod show_key;
pub mod show_plan;
pub mod status;
pub mod take_form;
pub mod trust_hub;
pub mod verify;
pub mod words;
mod world;

pub use error::{Error, HubFault, KeyFault, Result};
pub use home::Home;
pub use ledger::identity::Role;
pub use ledger::patience;
pub use model::period::Period;
pub use model::plan::OfficeKind;
pub use model::returns::{Field, SignOff};
pub use world::{Clock, SystemClock, World};

pub use model::names::reveal;

/// Writes a digest in hexadecimal.
pub fn hex(digest: &[u8; 32]) -> String {
    bundle::digest::Sha256Digest(*digest).to_string()
}
