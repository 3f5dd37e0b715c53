//! What the page may ask for in the hub's role.

pub mod bulletin;
pub mod consolidation;
pub mod home;
pub mod issuing;
pub mod offices;
pub mod overview;
pub mod receiving;
pub mod settings;
pub mod setup;
pub mod targets;
pub mod upward;
