//! 审核: what was found, in the order of the report, each leading to its cell.

use serde::Serialize;
use ts_rs::TS;

use super::{FindingView, PeriodView};

/// The findings of a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Checks {
    /// The period.
    pub period: PeriodView,
    /// How many targets were checked.
    pub checked: u32,
    /// Errors: they keep the return from leaving.
    pub errors: u32,
    /// Warnings that still want an explanation.
    pub open_warnings: u32,
    /// Warnings that have one.
    pub explained: u32,
    /// Whether nothing keeps the return from leaving.
    pub passed: bool,
    /// Everything found, by target.
    pub targets: Vec<CheckedTarget>,
}

/// What was found of one target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CheckedTarget {
    /// The target's code; none where the whole return is meant.
    pub target: Option<String>,
    /// Its name.
    pub name: String,
    /// Number and title of its chapter.
    pub chapter: String,
    /// The figures as typed: `318 个`.
    pub figures: String,
    /// The explanation as typed; one answers every warning of the target.
    pub explanation: String,
    /// What was found.
    pub findings: Vec<FindingView>,
}
