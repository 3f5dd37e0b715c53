//! 汇总: the matrix of targets × offices for a period, and what lies behind every figure of it.
//!
//! The heads come at once, the cells by windows: a page asks only for what it draws.

use serde::Serialize;
use ts_rs::TS;

use crate::screens::entry::{CellVersion, EvidenceView, ReturnedView};
use crate::screens::{LampView, Message};

mod behind;
mod cells;
mod entry;
mod heads;
mod missing;
mod order;
mod shut;
mod table;

pub(crate) use cells::{Cell, Worker};
pub(crate) use table::{Kept, Table};

/// The heads of the matrix, with the district's own figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Matrix {
    /// `2024-06`.
    pub period: String,
    /// `2024年6月`.
    pub label: String,
    /// Version of the plan.
    pub plan_version: u32,
    /// Whether the period is frozen; the district's figures are those of the freeze then.
    pub locked: bool,
    /// The day of the freeze, `7月6日`; empty while there is none.
    pub locked_on: String,
    /// How often the period was frozen.
    pub issues: u32,
    /// Targets whose figure is another one now than when it was frozen.
    pub drifted: u32,
    /// 应报.
    pub owed: u32,
    /// 实报.
    pub reported: u32,
    /// 迟报.
    pub late: u32,
    /// Returns of the period that wait for a decision.
    pub waiting: u32,
    /// Rows, in the order of the report.
    pub targets: Vec<MatrixTarget>,
    /// Columns, in the order of the plan.
    pub offices: Vec<MatrixOffice>,
}

/// A row: a target with the district's figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MatrixTarget {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Code of its chapter.
    pub chapter_code: String,
    /// Number and title of its chapter.
    pub chapter: String,
    /// Unit.
    pub unit: String,
    /// Kind, as people call it.
    pub kind_label: String,
    /// The goal.
    pub goal: String,
    /// The figure: `690 个`, `5.96%`, `—`.
    pub actual: String,
    /// Its lamp.
    pub lamp: LampView,
    /// `按 18/22 家汇总`.
    pub coverage: String,
    /// The rest of the coverage: `含 4 家上期数，未报齐`; empty where there is nothing to add.
    pub coverage_more: String,
    /// Offices with a figure of the period.
    pub reported: u32,
    /// Offices that owe one.
    pub owed: u32,
    /// Whether every one of them gave one.
    pub full: bool,
    /// The period whose figures these are where it is an earlier one: `3月`; none where it is this one.
    pub earlier: Option<String>,
    /// Whether it was due at all so far.
    pub due: bool,
    /// Its place when the targets furthest behind come first.
    pub behind: u32,
    /// Whether it is given to nobody and so lies with 本级.
    pub own: bool,
}

/// A column: an office and its return.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MatrixOffice {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Kind, as a code: `street`, `town`, `zone`, `department`, `own`.
    pub kind: String,
    /// Kind, as people call it.
    pub kind_label: String,
    /// How its return stands.
    pub state: OfficeState,
    /// The same in words: `7月2日`, `迟报 7月8日`, `未报`, `待审`.
    pub state_label: String,
    /// 零报告.
    pub nil: bool,
    /// 代录.
    pub stand_in: bool,
}

/// How an office's return of the period stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OfficeState {
    /// 实报.
    Reported,
    /// 迟报.
    Late,
    /// 未报.
    Missing,
    /// One is here and waits for a decision; none counts.
    Waiting,
    /// It owes none.
    Free,
}

/// A window of the matrix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MatrixWindow {
    /// The cells, row by row, as the targets and offices were asked for.
    pub rows: Vec<Vec<MatrixCell>>,
}

/// How an office stands towards a target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MatrixCell {
    /// Where its figure comes from, or why there is none.
    pub state: CellOrigin,
    /// The figure without its unit: `690`, `5.96%`, `主体封顶`; empty where there is none.
    pub figure: String,
    /// Its lamp, by the office's own quota; none where it is not judged.
    pub lamp: Option<LampView>,
}

/// Where a cell's figure comes from. No two of them are ever confused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CellOrigin {
    /// Not the office's.
    Blank,
    /// 未到期: the target was not due so far.
    NotDue,
    /// This period's accepted return.
    Reported,
    /// 零报告: what was last accepted, repeated.
    Nil,
    /// 上期数: no return, or no figure; an earlier one stands in.
    Carried,
    /// 退回: the figure was sent back; what stands here is an earlier one, if any.
    Returned,
    /// 不适用.
    NotApplicable,
    /// 未下达: its plan version did not have the target.
    NotIssued,
    /// 未填: the return has no figure.
    Unfilled,
    /// 未报: there is no return.
    Unreported,
}

/// What lies behind a district's figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FigureBehind {
    /// The row as the matrix shows it.
    pub target: MatrixTarget,
    /// 原文.
    pub clause: String,
    /// Expected by now.
    pub expected: String,
    /// The lamp's arithmetic and coverage.
    pub explanation: String,
    /// The period of the figures, `2024年6月`; empty before the first is due.
    pub period: String,
    /// The offices that the target is given to, in the order of the plan.
    pub parts: Vec<OfficePart>,
}

/// An office's part of a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OfficePart {
    /// Id.
    pub office: String,
    /// Name.
    pub name: String,
    /// Its quota; empty without one.
    pub quota: String,
    /// How it stands.
    pub cell: MatrixCell,
}

/// One office's entry for one target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct EntryBehind {
    /// Name of the office.
    pub office: String,
    /// Id of the office.
    pub office_id: String,
    /// Code of the target.
    pub target: String,
    /// Name of the target.
    pub name: String,
    /// The period of the figures, `2024年6月`.
    pub period: String,
    /// How it stands.
    pub cell: MatrixCell,
    /// The figure with everything it was typed as: `318 个`, `3.42 ／ 3.05 亿元`; empty where there is none.
    pub figure: String,
    /// Its quota; empty without one.
    pub quota: String,
    /// The arithmetic behind the lamp, or why there is none.
    pub explanation: String,
    /// The return the entry lies in; none where there is none that counts.
    pub source: Option<EntrySource>,
    /// 进展说明.
    pub note: String,
    /// 存在问题.
    pub problem: String,
    /// 下步措施.
    pub next_step: String,
    /// The explanation of what the checks found, or the reason for 不适用.
    pub remark: String,
    /// Files, in the order added.
    pub evidence: Vec<EvidenceView>,
    /// What was sent back; none where nothing was.
    pub returned: Option<ReturnedView>,
    /// Everything that was ever reported here, newest first.
    pub history: Vec<CellVersion>,
}

/// The return an entry lies in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct EntrySource {
    /// SHA-256 of its bundle in hexadecimal, which names the return in 接收.
    pub digest: String,
    /// Number of its bundle.
    pub seq: u32,
    /// The day it arrived.
    pub arrived: String,
    /// How it stands in words: `已接收`, `退回`.
    pub state: String,
    /// 代录.
    pub stand_in: bool,
    /// 填报人.
    pub filled_by: String,
    /// 审核人.
    pub checked_by: String,
    /// 签发人.
    pub issued_by: String,
}

/// Who is missing, with whom to ask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MissingList {
    /// The offices without a return that counts, in the order of the plan.
    pub offices: Vec<AbsentOffice>,
    /// The same as a table for Excel, WPS and chat.
    pub text: String,
}

/// An office that is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AbsentOffice {
    /// Id.
    pub office: String,
    /// Whether its return can be entered here: 本级's own, or by 代录 where nothing of it waits.
    pub enterable: bool,
    /// Whether that was begun.
    pub begun: bool,
    /// Name.
    pub name: String,
    /// Why: `未报`, `待审`, `争议`.
    pub why: String,
    /// Whom to ask for; empty where nobody is known.
    pub contact: String,
    /// Telephone number; empty where none is known.
    pub telephone: String,
    /// The last month it reported, `5月`; empty where there is none.
    pub last: String,
    /// Whether the office has registered a key.
    pub enrolled: bool,
}

/// What came of freezing a period, or of lifting the freeze.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Shut {
    /// What was done.
    pub message: Message,
    /// 更正: what this issue shows differently from the one before it.
    pub corrections: Vec<Correction>,
}

/// A figure that an issue corrects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Correction {
    /// Code of the target.
    pub target: String,
    /// Name of the target.
    pub name: String,
    /// What differs: `完成数 690 → 700`.
    pub what: Vec<String>,
}
