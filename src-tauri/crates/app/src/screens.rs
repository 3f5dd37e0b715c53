//! What the screens show: one view per screen, made here and drawn there (§5).
//!
//! Views hold sentences and figures ready to be read, exact where they were computed; the only numbers in them are counts
//! and the widths of bars. Their TypeScript is made from these types and committed beside the screens; a test tells when it is old.

pub mod analysis;
pub mod checks;
pub mod entry;
pub mod home;
pub mod hub;
pub mod keys;
mod periods;
pub mod places;
pub mod receipts;
pub mod sending;
pub mod settings;
pub mod start;

use model::check::Finding;
use model::plan::Plan;
use serde::Serialize;
use ts_rs::TS;

use crate::check::is_error;
use crate::field_names::field_code;
use crate::words::finding_alone;

/// Something said to the user: what happened, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Message {
    /// A word for programs; it never changes its meaning.
    pub code: String,
    /// What happened.
    pub what: String,
    /// What to do next; empty where there is nothing to do.
    pub next: String,
}

impl From<crate::words::Sentence> for Message {
    fn from(said: crate::words::Sentence) -> Self {
        let said = said.for_window();
        Self { code: said.code.to_owned(), what: said.what, next: said.next }
    }
}

/// How good or bad something is that is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Mood {
    /// Done as wanted.
    Good,
    /// Worth knowing.
    Info,
    /// Wants attention.
    Warning,
    /// Did not happen.
    Error,
}

impl From<crate::words::Tone> for Mood {
    fn from(tone: crate::words::Tone) -> Self {
        use crate::words::Tone;
        match tone {
            Tone::Good => Self::Good,
            Tone::Quiet => Self::Info,
            Tone::Attention => Self::Warning,
            Tone::Bad => Self::Error,
        }
    }
}

/// A lamp as it is drawn: shape and colour by its code, the word beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LampView {
    /// `done`, `green`, `yellow`, `red`, `unreported`, `unscheduled` or `none`.
    pub code: String,
    /// The words beside it: `落后 7.0 点`.
    pub words: String,
}

/// A finding of the checks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FindingView {
    /// The target's code; none where the whole return is meant.
    pub target: Option<String>,
    /// The target's name.
    pub name: String,
    /// The box, as a code.
    pub field: String,
    /// Whether it is an error; a warning is answered by an explanation.
    pub error: bool,
    /// Whether the warning has been explained.
    pub explained: bool,
    /// What was found, with both figures, and how to mend it.
    pub message: Message,
}

/// A period as pickers show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PeriodView {
    /// `2024-03`.
    pub period: String,
    /// `2024年3月`.
    pub label: String,
    /// The last day in time, `4月5日`.
    pub due: String,
    /// Days until then; negative once it has passed.
    pub days_left: i32,
    /// How its return stands.
    pub state: PeriodState,
    /// The state in words: `未填`, `填报中`, `已导出`, `已接收`, `退回 2 格`.
    pub state_label: String,
}

/// How the return of a period stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PeriodState {
    /// Nothing typed.
    Untouched,
    /// Something typed, never exported.
    Draft,
    /// Exported, and typed into since.
    Changed,
    /// Exported as it stands; no word from the hub yet.
    Exported,
    /// Accepted by the hub.
    Accepted,
    /// Cells were sent back.
    Returned,
    /// At the hub, waiting for review.
    Pending,
    /// At the hub, waiting for the period to be unlocked.
    Locked,
    /// On a forked stream.
    Disputed,
}

impl FindingView {
    /// Shows a finding; its message leaves out the target, which stands beside it.
    pub(crate) fn of(plan: &Plan, finding: &Finding) -> Self {
        let target = finding.target.as_ref();
        let name = target.and_then(|id| plan.target(id)).map(|target| target.name.clone());
        Self {
            target: target.map(ToString::to_string),
            name: name.unwrap_or_default(),
            field: finding.field.map(field_code).unwrap_or_default().to_owned(),
            error: is_error(finding),
            explained: finding.explained,
            message: finding_alone(plan, finding).into(),
        }
    }
}

#[cfg(test)]
mod types;
