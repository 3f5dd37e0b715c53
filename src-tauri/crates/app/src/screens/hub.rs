//! What a hub's screens show (§5): one view per screen, as for the office.

pub mod bulletin;
pub mod consolidation;
pub mod home;
pub mod issuing;
pub mod offices;
pub mod overview;
pub mod plan_changes;
pub mod receiving;
pub mod settings;
pub mod start;
pub mod targets;
pub mod upward;
