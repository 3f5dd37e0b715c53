//! 通报: the month's bulletin, text, drawings and tables, made of the facts of the period and edited by hand.
//!
//! The text is made anew from the figures whenever it is looked at. What somebody has written in the place of a paragraph is
//! kept with the text that it replaced, so that it is seen when the figures behind it have changed since.

use std::collections::BTreeMap;

use chrono::Datelike;
use ledger::locks::Lock;
use model::period::Period;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::overview::drawings;
use crate::facts::Facts;
use crate::screens::analysis::{ChartView, Theme};
use crate::words::{self, Moment, Paragraph};
use crate::{Home, Result};

mod tables;

/// Rows of one drawing of completions, so that it fits on a page.
const ROWS_OF_A_PAGE: usize = 20;

/// The bulletin of a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Bulletin {
    /// `2024-06`.
    pub period: String,
    /// `2024年6月`.
    pub label: String,
    /// Its title.
    pub title: String,
    /// Who issues it.
    pub hub: String,
    /// The day, `2024年7月5日`.
    pub day: String,
    /// What its figures are those of.
    pub basis: String,
    /// Whether the period is locked.
    pub locked: bool,
    /// Whether it corrects one that was issued before.
    pub correction: bool,
    /// Its paragraphs, in order.
    pub paragraphs: Vec<BulletinParagraph>,
    /// Lamps by chapter.
    pub chapters: ChartView,
    /// Completion against expected progress, in as many drawings as pages need.
    pub completions: Vec<ChartView>,
    /// Offices in their order.
    pub ranking: ChartView,
    /// The rule of that order.
    pub ranking_rule: String,
    /// The tables behind the text, in order; empty ones are left out.
    pub tables: Vec<BulletinTable>,
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BulletinParagraph {
    /// A word for programs.
    pub id: String,
    /// Its heading.
    pub heading: String,
    /// Its text, as it will be printed.
    pub text: String,
    /// The text as the figures make it now.
    pub generated: String,
    /// Whether somebody has written it.
    pub edited: bool,
    /// The text as the figures made it when somebody wrote in its place, where they make another one now.
    pub replaced: Option<String>,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BulletinTable {
    /// A word for programs: `correction`, `behind`, `ranking`, `missing`, `all`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Heads of its columns.
    pub heads: Vec<String>,
    /// Widths of its columns, in parts of a hundred.
    pub widths: Vec<u8>,
    /// Its rows.
    pub rows: Vec<BulletinRow>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BulletinRow {
    /// What stands over the rows that follow; such a row has no cells.
    pub heading: String,
    /// Its cells.
    pub cells: Vec<String>,
}

/// What somebody wrote in the place of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Written {
    /// What was written.
    text: String,
    /// What the figures made then.
    base: String,
}

type AllWritten = BTreeMap<String, Written>;

fn setting_of(period: Period) -> String {
    format!("bulletin {period}")
}

impl Home {
    /// Makes the bulletin of a period: of a locked one from its freeze.
    pub fn bulletin(&self, period: Period, theme: Theme) -> Result<Bulletin> {
        self.hub_only()?;
        let facts = self.facts(period)?;
        let locks = self.ledger.read(|tx| tx.locks_of(period))?;
        let (lock, before) = in_force(&locks);
        let before: Option<(u32, Facts)> =
            before.and_then(|lock| Some((lock.issue, serde_json::from_slice(&lock.payload).ok()?)));
        let day = lock.map(|lock| words::whole_day(lock.locked_on));
        let written = self.written(period)?;
        Ok(Bulletin {
            period: facts.period.clone(),
            label: facts.label.clone(),
            title: words::bulletin_title(&facts),
            hub: facts.hub.clone(),
            day: words::whole_day(self.today()),
            basis: words::bulletin_basis(
                &facts,
                self.ledger.read(|tx| tx.latest_issued())?.is_some(),
                lock.map(|lock| lock.issue).zip(day.as_deref()),
            ),
            locked: lock.is_some(),
            correction: before.is_some(),
            paragraphs: paragraphs(&facts, before.as_ref(), self.moment(period)?)
                .into_iter()
                .map(|paragraph| shown(paragraph, &written))
                .collect(),
            chapters: drawings::chapters(&facts, theme.into()),
            completions: drawings::completions(&facts, theme.into(), ROWS_OF_A_PAGE),
            ranking: drawings::ranking(&facts, theme.into()),
            ranking_rule: words::RANKING_RULE.to_owned(),
            tables: tables::all(&facts, before.as_ref().map(|(_, facts)| facts)),
        })
    }

    /// Writes a paragraph of a bulletin in the place of what the figures make; none, or the same, goes back to that.
    pub fn write_paragraph(
        &mut self,
        period: Period,
        id: &str,
        text: Option<&str>,
    ) -> Result<BulletinParagraph> {
        self.hub_only()?;
        let facts = self.facts(period)?;
        let locks = self.ledger.read(|tx| tx.locks_of(period))?;
        let before = in_force(&locks)
            .1
            .and_then(|lock| Some((lock.issue, serde_json::from_slice::<Facts>(&lock.payload).ok()?)));
        let all = paragraphs(&facts, before.as_ref(), self.moment(period)?);
        let paragraph = all.into_iter().find(|paragraph| paragraph.id == id);
        let paragraph = paragraph.ok_or(ledger::Error::NotFound("paragraph"))?;
        let mut written = self.written(period)?;
        match text.map(str::trim).filter(|text| *text != paragraph.text) {
            Some(text) => {
                let one = Written { text: text.to_owned(), base: paragraph.text.clone() };
                written.insert(id.to_owned(), one);
            }
            None => {
                written.remove(id);
            }
        }
        let kept = serde_json::to_string(&written).map_err(crate::Error::unreadable)?;
        self.set_setting(&setting_of(period), (!written.is_empty()).then_some(kept.as_str()))?;
        Ok(shown(paragraph, &written))
    }

    /// Says when it is now, as seen from a period.
    fn moment(&self, period: Period) -> Result<Moment> {
        let today = self.today();
        let due = self.plan()?.calendar.due_date(period);
        let month = (i32::from(period.year()), u32::from(period.month()));
        Ok(match () {
            () if (today.year(), today.month()) <= month => Moment::Running,
            () if today <= due => Moment::Open,
            () => Moment::Due,
        })
    }

    fn written(&self, period: Period) -> Result<AllWritten> {
        let kept = self.setting(&setting_of(period))?;
        Ok(kept.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
    }
}

/// Returns the lock in force, and the one that was issued before it.
fn in_force(locks: &[Lock]) -> (Option<&Lock>, Option<&Lock>) {
    match locks {
        [.., before, last] if last.unlocked.is_none() => (Some(last), Some(before)),
        [last] if last.unlocked.is_none() => (Some(last), None),
        // Unlocked again: what is on the screen will correct what was issued last.
        [.., last] => (None, Some(last)),
        [] => (None, None),
    }
}

fn paragraphs(facts: &Facts, before: Option<&(u32, Facts)>, moment: Moment) -> Vec<Paragraph> {
    let correction = before.map(|(issue, before)| {
        let names: Vec<String> =
            tables::differences(facts, before).into_iter().map(|(name, ..)| name.to_owned()).collect();
        words::correction(*issue, &names)
    });
    correction.into_iter().chain(words::bulletin(facts, moment)).collect()
}

fn shown(paragraph: Paragraph, written: &AllWritten) -> BulletinParagraph {
    let one = written.get(paragraph.id);
    BulletinParagraph {
        id: paragraph.id.to_owned(),
        heading: paragraph.heading.to_owned(),
        text: one.map_or_else(|| paragraph.text.clone(), |one| one.text.clone()),
        edited: one.is_some(),
        replaced: one.filter(|one| one.base != paragraph.text).map(|one| one.base.clone()),
        generated: paragraph.text,
    }
}
