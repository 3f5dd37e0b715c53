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

/// Makes a number for the page of how many there are.
fn count(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}
