//! 目标: the plan that a hub edits, target by target, with what is wrong or still open.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

mod detail;
mod lamps;
mod list;

pub use detail::{DivisionLine, TargetDetail};
pub use lamps::{LampChange, LampPreview};

/// The plan as it is edited: the draft of the next version, or the version in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TargetsView {
    /// Year of the plan.
    pub year: u16,
    /// The version in force; 0 while none was issued.
    pub version: u32,
    /// When the draft was saved, `10:42`; empty where there is none.
    pub saved: String,
    /// How many differences there are from the version in force.
    pub changes: u32,
    /// Chapters with their sections, empty ones included.
    pub chapters: Vec<PlanChapter>,
    /// Targets in the order of the report; those that retire with the draft among them.
    pub targets: Vec<TargetLine>,
    /// Title and calendar.
    pub calendar: CalendarForm,
    /// Whether merging and the first period are fixed, because a return exists.
    pub merging_fixed: bool,
    /// The usual due day of every month, `4月5日`.
    pub due_days: Vec<String>,
    /// The lamp rule.
    pub lamps: LampForm,
    /// Which targets may not exceed which.
    pub comparisons: Vec<PairForm>,
}

/// A chapter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PlanChapter {
    /// Code.
    pub code: String,
    /// Number and title as people read them: `二 产业`.
    pub label: String,
    /// Title.
    pub title: String,
    /// Sections, in order.
    pub sections: Vec<PlanSection>,
}

/// A section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PlanSection {
    /// Code, `2-1`.
    pub code: String,
    /// Title.
    pub title: String,
    /// How many targets it has, retired ones included; without any it can be taken out.
    pub targets: u32,
}

/// A target as the list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TargetLine {
    /// Permanent code.
    pub code: String,
    /// Code of its chapter.
    pub chapter: String,
    /// Code of its section.
    pub section: String,
    /// Name.
    pub name: String,
    /// 原文, for searching and reading.
    pub clause: String,
    /// Kind, as a code.
    pub kind: String,
    /// Kind, as people call it.
    pub kind_label: String,
    /// Unit.
    pub unit: String,
    /// What it is to reach.
    pub goal: String,
    /// How often it is reported.
    pub frequency: String,
    /// Whom it is given to, in short: `全部街镇`, `5 家`, `本级`.
    pub assigned: String,
    /// Whether it is given to nobody, and so lies with 本级.
    pub unassigned: bool,
    /// How its quotas add up; none where they do not.
    pub quota: Option<QuotaView>,
    /// Whether it differs from the version in force.
    pub changed: bool,
    /// Whether no version that was issued has it.
    pub added: bool,
    /// Whether it retires with the draft.
    pub retired: bool,
}

/// How the quotas of a target add up against its figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct QuotaView {
    /// How it stands.
    pub standing: QuotaStanding,
    /// In short: `缺口 20`, `多出 5`, `已分足`.
    pub short: String,
    /// With its arithmetic: `已分解 100 个，目标 120 个，缺口 20 个`.
    pub whole: String,
}

/// How quotas add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum QuotaStanding {
    /// They add up to the target.
    Even,
    /// 缺口.
    Short,
    /// 多出.
    Over,
}

/// The form of a target. Everything is text as typed; what does not belong to its kind is empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TargetForm {
    /// Its code; none for one that is to be added.
    pub code: Option<String>,
    /// Code of its section.
    pub section: String,
    /// Name.
    pub name: String,
    /// 原文.
    pub clause: String,
    /// Kind, as a code.
    pub kind: String,
    /// Unit.
    pub unit: String,
    /// Unit of the two amounts behind a rate.
    pub amount_unit: String,
    /// Published district rate.
    pub official: bool,
    /// Frequency, as a code.
    pub frequency: String,
    /// Comparator, as a code.
    pub comparator: String,
    /// The figure set.
    pub goal: String,
    /// The level at the start of the year.
    pub base: String,
    /// 分月计划: twelve texts, or none.
    pub monthly: Vec<String>,
    /// Stages of a milestone.
    pub stages: Vec<StageForm>,
    /// Month of a statement.
    pub deadline: String,
    /// Code of the target that a relative one follows.
    pub relative_to: String,
    /// Points by which it may be missed.
    pub tolerance: String,
}

/// A stage of a milestone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StageForm {
    /// Its name.
    pub name: String,
    /// The month by whose end it is planned; empty where nobody has set one.
    pub month: String,
    /// Whether a version that was issued has it: it keeps its name and its place before and behind the others.
    pub fixed: bool,
}

/// What one office, or every office of a kind, is given.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct DivisionEdit {
    /// Whom: `office:u01`, `every:street`.
    pub to: String,
    /// Whether it is given the target.
    pub given: bool,
    /// Its quota; empty where it has none.
    pub quota: String,
}

/// The plan's title and calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CalendarForm {
    /// Title of the report.
    pub title: String,
    /// Whether January is reported together with February.
    pub merge_jan_feb: bool,
    /// The first month that is reported.
    pub first_month: String,
    /// The day of the following month by which a return is due.
    pub due_day: String,
    /// Twelve due days that differ; empty where the usual one applies.
    pub exceptions: Vec<String>,
}

/// The thresholds of the lamps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LampForm {
    /// Count, in points of the target.
    pub count: String,
    /// Stock, in points of the target.
    pub stock: String,
    /// Growth and relative, in percentage points.
    pub growth: String,
    /// Share, in percentage points.
    pub share: String,
    /// Milestone and statement, in stages.
    pub stage: String,
}

/// Two targets of which one may never exceed the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PairForm {
    /// Code of the lesser.
    pub lesser: String,
    /// Code of the greater.
    pub greater: String,
}
