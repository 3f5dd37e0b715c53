//! First run: which role, and for an office the steps until it is enrolled. Every step can be left and resumed.

use serde::Serialize;
use ts_rs::TS;

/// Where the application stands when it opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct StartView {
    /// What to show.
    pub stage: Stage,
    /// Whether the open ledger is the demonstration.
    pub demo: bool,
    /// What was done of setting up an office; none outside of it.
    pub setup: Option<SetupView>,
    /// What keeps the ledger from being opened: damaged, newer than the application, unreadable.
    pub trouble: Option<super::Message>,
}

/// What the window shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Neither role was chosen.
    Choose,
    /// An office is being set up; its ledger does not exist yet.
    Setup,
    /// The office's ledger exists; its enrolment has not been exported.
    Enrol,
    /// An office at work.
    Office,
    /// A hub at work.
    Hub,
}

/// How far setting up an office has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SetupView {
    /// The plan bundle taken in; none before.
    pub plan: Option<SetupPlan>,
    /// Whether the digits from the paper were typed and are right.
    pub hub_confirmed: bool,
    /// The unit chosen; empty before.
    pub office: String,
    /// Whom to ask for.
    pub contact: String,
    /// The telephone number.
    pub telephone: String,
}

/// The plan bundle that setting up starts from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SetupPlan {
    /// The file's name.
    pub file: String,
    /// Title of the report.
    pub title: String,
    /// What the hub is called.
    pub hub: String,
    /// Year.
    pub year: u16,
    /// Version of the plan.
    pub version: u32,
    /// Targets in force.
    pub targets: u32,
    /// The units to choose from, by kind; shown only once the hub is confirmed.
    pub offices: Vec<OfficeGroup>,
}

/// Units of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OfficeGroup {
    /// 街道, 镇, 功能区, 部门.
    pub kind: String,
    /// Their names, in the order of the plan.
    pub names: Vec<String>,
}

/// How hard a passphrase is to guess.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Strength {
    /// 0 (none) to 4 (very strong).
    pub score: u8,
    /// The word for it: `很弱`, `弱`, `一般`, `强`, `很强`.
    pub word: String,
    /// What would make it better; empty when it is good.
    pub advice: String,
    /// Whether it may be used.
    pub enough: bool,
}
