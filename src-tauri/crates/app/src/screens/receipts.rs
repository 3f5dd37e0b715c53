//! 回执: what the hub said, and taking in what came on the drive.

use serde::Serialize;
use ts_rs::TS;

use super::{Message, Mood};

/// Everything the hub has said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Receipts {
    /// The returns of the year with the hub's word on each, newest period first.
    pub returns: Vec<JudgedReturn>,
    /// The receipts taken in, newest first.
    pub receipts: Vec<TakenReceipt>,
    /// Numbers of bundles that the hub says it lacks: 请再拷一份.
    pub missing: Vec<u32>,
}

/// A return and what the hub said of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct JudgedReturn {
    /// `2024-05`.
    pub period: String,
    /// `2024年5月`.
    pub label: String,
    /// Number of its bundle.
    pub seq: u32,
    /// `accepted`, `returned`, `pending`, `locked`, `disputed`, `superseded` or `unknown` while the hub said nothing.
    pub verdict: String,
    /// The verdict in words.
    pub verdict_label: String,
    /// How good that is.
    pub mood: Mood,
    /// The day of the receipt; empty while there is none.
    pub day: String,
    /// Cells sent back.
    pub cells: Vec<ReturnedCellView>,
}

/// A cell that the hub sent back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReturnedCellView {
    /// The target's code.
    pub target: String,
    /// Its name.
    pub name: String,
    /// The box, as a code.
    pub field: String,
    /// The figure sent back.
    pub figure: String,
    /// The reason.
    pub reason: String,
    /// The figure in the draft now, where it differs (新值).
    pub mended: Option<String>,
}

/// A receipt taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TakenReceipt {
    /// Its number.
    pub seq: u32,
    /// The day it was taken in.
    pub day: String,
    /// What it says in a line.
    pub summary: String,
}

/// What became of a file that was taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReceivedFile {
    /// The file's name.
    pub file: String,
    /// How good that is.
    pub mood: Mood,
    /// What became of it.
    pub message: Message,
}
