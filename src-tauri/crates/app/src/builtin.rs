//! What ships with the application: the plan of 2024 and the district's offices, read from `seeds/`.

use model::calendar::Calendar;
use model::figure::FigureError;
use model::id::{BadId, HubId, PlanId};
use model::lamp::LampRule;
use model::plan::{Office, Plan};

mod office_file;
mod plan_file;

const PLAN_2024: &str = include_str!("../../../../seeds/plan-2024.toml");
const OFFICES: &str = include_str!("../../../../seeds/offices.csv");

/// Why a seed file cannot be read. The shipped ones can: a test reads them.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// The plan is not the TOML that is expected.
    #[error(transparent)]
    Toml(#[from] toml::de::Error),
    /// The offices are not the CSV that is expected.
    #[error(transparent)]
    Csv(#[from] csv::Error),
    /// The day of an office's code is not a date.
    #[error(transparent)]
    Date(#[from] chrono::ParseError),
    /// A code or id uses characters outside the allowlist.
    #[error(transparent)]
    Id(#[from] BadId),
    /// A value is not a figure in canonical form.
    #[error("target {code}: {source}")]
    Figure {
        /// Code of the target.
        code: String,
        /// What is wrong with its value.
        source: FigureError,
    },
    /// A clause has no target, so what it promises would be lost.
    #[error("no target for the clause {0:?}")]
    EmptyClause(String),
    /// A target lacks a field of its kind, or has one of another kind.
    #[error("the fields of target {0} do not fit its kind")]
    Misfit(String),
}

/// Returns the district's streets and towns, in the order of their codes; 本级 is not among them.
///
/// # Errors
/// Only if the embedded file is broken.
pub fn offices() -> Result<Vec<Office>, SeedError> {
    office_file::read(OFFICES)
}

/// Makes the plan of 2024 for a hub, not yet issued: 本级 and the district's offices, nothing assigned, the usual
/// calendar and lamps.
///
/// # Errors
/// Only if an embedded file is broken.
pub fn plan_2024(id: PlanId, hub: HubId, hub_name: String) -> Result<Plan, SeedError> {
    let report = plan_file::read(PLAN_2024)?;
    Ok(Plan {
        id,
        hub,
        hub_name,
        version: 0,
        title: report.title,
        calendar: Calendar::usual(report.year),
        chapters: report.chapters,
        targets: report.targets,
        offices: std::iter::once(Office::own()).chain(offices()?).collect(),
        assignments: Vec::new(),
        lamp_rule: LampRule::default(),
        comparisons: report.comparisons,
    })
}

#[cfg(test)]
mod tests;
