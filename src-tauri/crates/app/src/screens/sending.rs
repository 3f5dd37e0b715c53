//! 报送: sign-off, the drive, what has gone out, and the slip that is stamped.

use serde::Serialize;
use ts_rs::TS;

use super::PeriodView;

/// What the screen needs before it signs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Sending {
    /// The period.
    pub period: PeriodView,
    /// Why the return cannot leave: nothing filled in, errors, a ledger that has to catch up; none where it can.
    pub refused: Option<super::Message>,
    /// Where to mend that: `entry`, `checks`, `receipts`.
    pub mend_at: Option<String>,
    /// 填报人, as remembered.
    pub filled_by: String,
    /// 审核人, as remembered.
    pub checked_by: String,
    /// 签发人, as remembered.
    pub issued_by: String,
    /// What will be signed: `31 项：已填 24，零 3，不适用 2，未到期 2` or `零报告`.
    pub summary: String,
    /// Whether exporting gives the same bytes as before, as nothing has changed.
    pub unchanged: bool,
    /// Everything exported for any period, newest first.
    pub sent: Vec<SentBundle>,
}

/// A bundle that was exported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SentBundle {
    /// SHA-256 of its file in hexadecimal, which names it.
    pub digest: String,
    /// The period: `2024年5月`.
    pub period: String,
    /// Its number.
    pub seq: u32,
    /// Its file's name.
    pub file: String,
    /// The day it was signed.
    pub day: String,
    /// Its size in words.
    pub size: String,
    /// How the hub judged it; empty while it said nothing.
    pub verdict: String,
    /// Whether the file is still in the archive; one that only a receipt knows is not.
    pub kept: bool,
}

/// A file that lies complete and verified on the drive: 可以拔出.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Delivery {
    /// The bundle, to print its slip.
    pub digest: String,
    /// The file's name.
    pub file: String,
    /// The folder it lies in.
    pub folder: String,
    /// Its number.
    pub seq: u32,
    /// First 8 digits of its SHA-256, as on the slip.
    pub short_digest: String,
    /// Its size in words.
    pub size: String,
    /// The same bytes were delivered before; nothing new was signed.
    pub again: bool,
}

/// The page that is printed, signed and stamped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Slip {
    /// The unit.
    pub office: String,
    /// The hub it goes to.
    pub hub: String,
    /// Title of the report.
    pub plan: String,
    /// Version of the plan it was made against.
    pub plan_version: u32,
    /// The period: `2024年6月`.
    pub period: String,
    /// Number of the bundle.
    pub seq: u32,
    /// The file's name.
    pub file: String,
    /// First 8 digits of the file's SHA-256, in two groups of four.
    pub short_digest: String,
    /// The whole SHA-256.
    pub digest: String,
    /// The day it was signed.
    pub day: String,
    /// 零报告.
    pub nil: bool,
    /// 填报人.
    pub filled_by: String,
    /// 审核人.
    pub checked_by: String,
    /// 签发人.
    pub issued_by: String,
    /// Whether it belongs to the demonstration.
    pub demo: bool,
    /// The figures, by chapter.
    pub chapters: Vec<SlipChapter>,
}

/// A chapter of the slip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SlipChapter {
    /// Number and title.
    pub title: String,
    /// Its lines.
    pub rows: Vec<SlipRow>,
}

/// A line of the slip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SlipRow {
    /// The target's code.
    pub target: String,
    /// Its name.
    pub name: String,
    /// What the office is to reach.
    pub goal: String,
    /// The figures: `318 个`, `3.42 ／ 3.05 亿元`, `不适用`.
    pub figures: String,
    /// Completion or rate; empty where there is none.
    pub computed: String,
    /// Explanation, reason for 不适用, note: what a reader of the page wants to know, in this order, as far as given.
    pub remark: String,
}
