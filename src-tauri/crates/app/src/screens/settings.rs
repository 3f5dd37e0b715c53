//! 设置: the unit, its key, the exchange folder, backups; and the enrolment slip.

use serde::Serialize;
use ts_rs::TS;

/// What the settings show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Settings {
    /// The unit.
    pub office: String,
    /// The hub.
    pub hub: String,
    /// Title of the report.
    pub plan: String,
    /// Version of the plan.
    pub plan_version: u32,
    /// Whom to ask for.
    pub contact: String,
    /// The telephone number.
    pub telephone: String,
    /// The unit's own fingerprint: 8 groups of 5 digits.
    pub fingerprint: String,
    /// The hub's fingerprint.
    pub hub_fingerprint: String,
    /// The exchange folder; empty where none is set.
    pub exchange: String,
    /// Where the ledger lies.
    pub folder: String,
    /// When a backup was last made; empty where never.
    pub last_backup: String,
    /// The application's version.
    pub version: String,
    /// Whether this is the demonstration.
    pub demo: bool,
}

/// The page that goes to the hub beside the enrolment file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct EnrolmentSlip {
    /// The unit.
    pub office: String,
    /// The hub it goes to.
    pub hub: String,
    /// Whom to ask for.
    pub contact: String,
    /// The telephone number.
    pub telephone: String,
    /// The fingerprint: 8 groups of 5 digits.
    pub fingerprint: String,
    /// The enrolment's file name.
    pub file: String,
    /// The day.
    pub day: String,
    /// Whether it belongs to the demonstration.
    pub demo: bool,
}
