//! 填报: the sheet of a period, row by row, with what was computed beside the boxes.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::home::Counts;
use super::{FindingView, LampView, Message, PeriodView};

mod evidence;
mod history;
mod nil;
mod save;
mod sheet;
mod standing;

pub use nil::NilRefusal;

/// The sheet of a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct EntrySheet {
    /// The period.
    pub period: PeriodView,
    /// 代录: that there is nothing to enter, since the office's own return counts; none where there is.
    pub overtaken: Option<Message>,
    /// The period before, `5月`; none for the first of the year.
    pub last_label: Option<String>,
    /// Expected progress of the year in percent: `50%`.
    pub expected: String,
    /// 零报告.
    pub nil: bool,
    /// Why 零报告 cannot be declared; none where it can.
    pub nil_refused: Option<Message>,
    /// Whether a return of this period was exported before, so that changes are a correction.
    pub correction: bool,
    /// When it was last saved, `10:42`; none before anything was typed.
    pub saved: Option<String>,
    /// How the rows stand.
    pub counts: Counts,
    /// Rows by chapter and section, in the order of the report.
    pub groups: Vec<Group>,
    /// Limits said in advance.
    pub limits: Limits,
}

/// What an entry may hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Limits {
    /// The most characters of one text.
    pub text_chars: u32,
    /// The size of one evidence file in words: `20 MB`.
    pub evidence: String,
}

/// The rows of one section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Group {
    /// Number of the chapter: `五`.
    pub chapter_code: String,
    /// Title of the chapter.
    pub chapter: String,
    /// Title of the section.
    pub section: String,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// One target to fill in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Row {
    /// The target's code.
    pub target: String,
    /// Its name.
    pub name: String,
    /// 原文.
    pub clause: String,
    /// Kind, as a code: `count`, `stock`, `growth`, `share`, `milestone`, `statement`, `relative`.
    pub kind: String,
    /// Kind, as people call it.
    pub kind_label: String,
    /// Unit of its goal.
    pub unit: String,
    /// What the office is to reach: its quota, else the target's goal: `740`, `≥10%`, `主体封顶`.
    pub goal: String,
    /// What the goal is: `分解数`, `全区目标`, or `目标` where it is no figure.
    pub goal_label: String,
    /// Whether the office is judged by it; without a quota of its own it is not (只汇总不考核).
    pub judged: bool,
    /// `每月`, `每季` …
    pub frequency: String,
    /// Whether a figure is owed this period.
    pub due: bool,
    /// The boxes for its figures, in order.
    pub boxes: Vec<InputBox>,
    /// The stages to choose from; empty where figures are typed.
    pub stages: Vec<StageChoice>,
    /// The last accepted or exported figure before this period: `330`, `11.8%`, `开工`.
    pub last: Option<String>,
    /// The period of [`Row::last`] where it is not the one before: `3月`.
    pub last_period: Option<String>,
    /// Reason for 不适用 as typed; empty where it applies.
    pub not_applicable: String,
    /// 进展说明 as typed.
    pub note: String,
    /// 存在问题 as typed.
    pub problem: String,
    /// 下步措施 as typed.
    pub next_step: String,
    /// The explanation of warnings as typed.
    pub explanation: String,
    /// Files, in the order added.
    pub evidence: Vec<EvidenceView>,
    /// What the hub sent back; none where it did not.
    pub returned: Option<ReturnedView>,
    /// The figure of the return that this one corrects; none where nothing was exported before.
    pub replaced: Option<String>,
    /// What follows from the boxes.
    pub standing: Standing,
}

/// One box.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct InputBox {
    /// Its code: `value`, `current`, `base`, `numerator`, `denominator`, `rate`, `stage`.
    pub field: String,
    /// What it asks for: `累计完成`, `今年累计`, `上年同期`.
    pub label: String,
    /// Unit beside the box.
    pub unit: String,
    /// What was typed, as typed.
    pub text: String,
    /// Whether it may stay empty.
    pub optional: bool,
}

/// A stage to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct StageChoice {
    /// Its name, which is what is saved.
    pub name: String,
    /// The month it is planned for: `8月`; none where nobody set one.
    pub month: Option<String>,
}

/// What follows from what stands in a row's boxes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Standing {
    /// The target's code.
    pub target: String,
    /// Which of the states it is in.
    pub state: CellState,
    /// The computed rate or completion: `43.0%`, `12.1%`, `2/3`; empty where there is none.
    pub computed: String,
    /// The bar of completion; none where none is drawn.
    pub bar: Option<Bar>,
    /// The lamp by the figures as typed; none where nothing is judged.
    pub lamp: Option<LampView>,
    /// The arithmetic behind the lamp.
    pub explanation: String,
    /// What each remaining month needs: a sentence; empty where it says nothing.
    pub outlook: String,
    /// What the checks found.
    pub findings: Vec<FindingView>,
}

/// The states that are never confused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CellState {
    /// 未填.
    Empty,
    /// A figure, and it is not zero.
    Filled,
    /// A typed 0.
    Zero,
    /// 不适用.
    NotApplicable,
    /// Answered by 零报告.
    Nil,
    /// Something is typed that cannot be read.
    Unreadable,
    /// 未下达: the target was added after the return that stands.
    NotIssued,
}

/// A bar of completion against expected progress, in percent of the goal; for drawing only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct Bar {
    /// What is done, 0–100.
    pub done: u8,
    /// Where the year stands, 0–100.
    pub expected: u8,
}

/// A file that supports an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct EvidenceView {
    /// Its SHA-256 in hexadecimal, which names it.
    pub digest: String,
    /// The name it had.
    pub label: String,
    /// Its size in words: `1.2 MB`.
    pub size: String,
    /// `jpeg`, `png` or `pdf`; `lost` where the file itself is not here.
    pub media: String,
}

/// What the hub said of a cell that it sent back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReturnedView {
    /// The reason.
    pub reason: String,
    /// The box it names, as people call it.
    pub field: String,
    /// The figure that was sent back.
    pub figure: String,
    /// The day of the receipt: `7月2日`.
    pub day: String,
    /// Whether the row has been changed since.
    pub mended: bool,
}

/// A text put into a box.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct CellEdit {
    /// The target's code.
    pub target: String,
    /// The box, as a code.
    pub field: String,
    /// The text; empty empties the box.
    pub text: String,
}

/// What saving changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Saved {
    /// When: `10:42`.
    pub at: String,
    /// Rows whose standing is not what it was.
    pub standings: Vec<Standing>,
    /// How the rows stand now.
    pub counts: Counts,
    /// Errors, and warnings without an explanation; what is merely 未填 is counted there.
    pub open_findings: u32,
    /// Why 零报告 cannot be declared now; none where it can.
    pub nil_refused: Option<Message>,
}

/// What became of files that were to be added as evidence: one that cannot be taken keeps no other out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Attached {
    /// The row with the files that were taken.
    pub row: Row,
    /// The files that were not.
    pub refused: Vec<RefusedFile>,
}

/// A file that cannot be evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RefusedFile {
    /// Its name.
    pub file: String,
    /// Why, and what to do.
    pub message: Message,
}

/// One cell through the year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CellHistory {
    /// Periods, newest first; every version of each, newest first.
    pub versions: Vec<CellVersion>,
}

/// What a cell said in one return.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CellVersion {
    /// `5月`.
    pub period: String,
    /// The figures: `330`, `3.42 ／ 3.05`, `不适用`.
    pub figures: String,
    /// The figures it replaced within the period (原值); none for the first.
    pub replaced: Option<String>,
    /// Number of the bundle.
    pub seq: u32,
    /// The day it was exported.
    pub day: String,
    /// How the hub judged it: `已接收`, `退回`; empty while it said nothing.
    pub verdict: String,
    /// The explanation given.
    pub explanation: String,
}
