//! 分析: completion against expected progress, and each target's months. Every chart has its table.

use model::exact::Exact;
use model::period::Period;
use model::target::Target;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{LampView, PeriodView};
use crate::desk::Desk;
use crate::{Home, Result, words};

pub(crate) mod chapters;
mod months;
mod overview;

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

impl Home {
    /// Shows how the own unit's targets stand in a period, by the figures of its sheet.
    pub fn analysis(&self, period: Period, theme: Theme) -> Result<Analysis> {
        let desk = self.take_desk(self.own_sheet(period))?;
        let shown = self.period_view(&desk.plan, &desk.sheet).map(|period| Analysis {
            chapters: overview::chapters(&desk, theme.into()),
            completion: overview::completion(&desk, theme.into()),
            targets: choices(&desk),
            period,
        });
        self.leave(desk);
        shown
    }

    /// Shows the year of one of the own unit's targets, up to a period.
    ///
    /// # Errors
    /// [`crate::Error::UnknownTarget`] for a target that is not the unit's.
    pub fn trend(&self, target: &str, period: Period, theme: Theme) -> Result<Trend> {
        let desk = self.take_desk(self.own_sheet(period))?;
        let shown = months::trend(&desk, target, theme.into());
        self.leave(desk);
        shown
    }
}

fn choices(desk: &Desk) -> Vec<TrendChoice> {
    let choice = |target: &Target| TrendChoice {
        target: target.id.to_string(),
        name: target.name.clone(),
        chapter: words::chapter_label(&desk.plan, target),
        lamp: desk.standings.get(&target.id).and_then(|standing| standing.lamp.clone()),
    };
    desk.posts.iter().filter_map(|post| desk.plan.target(&post.target)).map(choice).collect()
}

/// Makes of an exact number one that can be drawn; nothing is decided by it.
fn drawn(exact: &Exact) -> Option<f64> {
    exact.rounded(6).parse().ok()
}

impl From<Theme> for charts::Theme {
    fn from(theme: Theme) -> Self {
        match theme {
            Theme::Light => Self::Light,
            Theme::Dark => Self::Dark,
        }
    }
}
