//! 分析: completion against expected progress, and each target's months. Every chart has its table.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{LampView, PeriodView};

/// Light or dark, as the window is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// Dark ink on light paper.
    Light,
    /// Light ink on dark paper.
    Dark,
}

/// The screen of a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Analysis {
    /// The period.
    pub period: PeriodView,
    /// Lamps by chapter.
    pub chapters: ChartView,
    /// Completion against expected progress, by target.
    pub completion: ChartView,
    /// The targets whose months can be shown.
    pub targets: Vec<TrendChoice>,
}

/// A chart with its text alternative and its data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ChartView {
    /// What it shows.
    pub title: String,
    /// The drawing, as SVG for an `<img>`.
    pub svg: String,
    /// What it says, in a sentence or two.
    pub alt: String,
    /// Heads of the table.
    pub heads: Vec<String>,
    /// Rows of the table, cell by cell.
    pub rows: Vec<Vec<String>>,
}

/// A target to look at by month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TrendChoice {
    /// The target's code.
    pub target: String,
    /// Its name.
    pub name: String,
    /// Number and title of its chapter.
    pub chapter: String,
    /// Its lamp in the period; none where nothing is judged.
    pub lamp: Option<LampView>,
}

/// One target's months.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Trend {
    /// The target's code.
    pub target: String,
    /// Its name.
    pub name: String,
    /// 原文.
    pub clause: String,
    /// The arithmetic of the period.
    pub explanation: String,
    /// The chart.
    pub chart: ChartView,
}
