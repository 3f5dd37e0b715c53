//! The demonstration (演示): assignments, figures and mishaps made from a seed, for showing the whole loop without a real figure.
//!
//! Nothing here is a fact about the district. The plan and its hub carry （演示） in their names, every text begins with 演示：, and
//! the figures follow from the seed alone: the same seed makes the same data on every machine.

mod acts;
mod amount;
mod assign;
mod draft;
mod figures;
pub mod hub;
mod incident;
pub mod office;
mod random;
pub mod run;

pub use assign::assign;
pub use draft::{correction, draft};
pub use incident::{Incident, incident};

/// What the names of a demonstration end with.
pub const SUFFIX: &str = "（演示）";
/// What every text of a demonstration begins with.
pub const PREFIX: &str = "演示：";

#[cfg(test)]
mod tests;
