//! 首页: the period, how far it is filled in, what the hub last said, and what to do next.

use serde::Serialize;
use ts_rs::TS;

use super::{Message, Mood, PeriodView};

mod overview;
mod steps;

/// An office's first screen, and what the frame around every screen shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OfficeHome {
    /// The unit's name.
    pub office: String,
    /// What the hub is called.
    pub hub: String,
    /// Title of the report.
    pub plan: String,
    /// Year of the plan.
    pub year: u16,
    /// Version of the plan.
    pub plan_version: u32,
    /// Whether this is the demonstration.
    pub demo: bool,
    /// The period shown.
    pub period: PeriodView,
    /// Every period of the year, in order.
    pub periods: Vec<PeriodView>,
    /// How far the period is filled in.
    pub counts: Counts,
    /// What keeps the return from leaving: errors, 未填 among them, and warnings without an explanation.
    pub open_findings: u32,
    /// Receipts not looked at yet.
    pub new_receipts: u32,
    /// What the hub last said; none before its first receipt.
    pub last_receipt: Option<LastReceipt>,
    /// What keeps the office from reporting, such as a restored ledger that has to catch up.
    pub notices: Vec<Notice>,
    /// What to do next, first things first; at least one.
    pub steps: Vec<Step>,
    /// How many of the office's judged targets stand under each lamp, by the draft as it stands.
    pub lamps: Vec<LampCount>,
}

/// How the rows of a period stand. The sum of all but `total` and `optional` is `total`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
pub struct Counts {
    /// Targets that the office owes this period.
    pub total: u32,
    /// With figures other than zero.
    pub filled: u32,
    /// With a zero.
    pub zero: u32,
    /// 不适用.
    pub not_applicable: u32,
    /// Answered by 零报告.
    pub nil: u32,
    /// 未填, and what cannot be read.
    pub empty: u32,
    /// Targets not due this period.
    pub optional: u32,
}

/// The receipt that speaks last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LastReceipt {
    /// Its number.
    pub seq: u32,
    /// The day it was taken in.
    pub day: String,
    /// What it says in a line: `2024年5月 已接收；退回 1 格`.
    pub summary: String,
    /// Cells sent back that are still to be mended.
    pub returned: u32,
}

/// Something that stands at the top until it is dealt with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Notice {
    /// How bad it is.
    pub mood: Mood,
    /// What it says.
    pub message: Message,
}

/// A thing to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Step {
    /// What to do: `填完剩下的 5 项`.
    pub title: String,
    /// Why, or how: a sentence.
    pub text: String,
    /// Where it is done: `entry`, `checks`, `sending`, `receipts`, `analysis`, `settings`.
    pub place: String,
    /// The period it is about.
    pub period: String,
    /// Whether it is done already (shown ticked).
    pub done: bool,
}

/// How many targets stand under a lamp.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LampCount {
    /// The lamp; its words are its name alone.
    pub lamp: super::LampView,
    /// How many.
    pub count: u32,
}
