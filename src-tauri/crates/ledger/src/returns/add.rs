//! Storing a return. Forty thousand of them may come at once, with ninety entries each.

use std::fmt::Write as _;

use chrono::NaiveDate;
use model::figure::Figure;
use model::id::TargetId;
use model::returns::{Answer, Entry, Evidence, Figures, Return};
use rusqlite::types::Null;
use rusqlite::{Statement, named_params};

use crate::column::Col;
use crate::returns::{ReturnId, ReturnState};
use crate::{Digest, Result, Tx};

/// A return as it is stored; nothing of it counts yet.
#[derive(Debug, Clone, Copy)]
pub struct NewReturn<'a> {
    /// SHA-256 of the bundle that carries it, which is recorded already.
    pub bundle: &'a Digest,
    /// The stream of that bundle.
    pub stream: &'a str,
    /// Its number in the stream.
    pub seq: u64,
    /// The day it arrived.
    pub arrived: NaiveDate,
    /// What becomes of it for now.
    pub state: ReturnState,
    /// The return itself.
    pub content: &'a Return,
}

/// Columns of an entry.
const COLUMNS: usize = 7;
/// Entries stored by one statement: starting and ending one takes longer than the row itself.
const TOGETHER: usize = 15;

impl Tx<'_> {
    /// Stores a return with its entries and returns its number.
    ///
    /// # Errors
    /// [`crate::Error::Constraint`] when the bundle is not recorded or already has a return.
    pub fn insert_return(&self, new: &NewReturn<'_>) -> Result<ReturnId> {
        let content = new.content;
        self.0.prepare_cached(include_str!("add.sql"))?.execute(named_params! {
            ":bundle": new.bundle,
            ":office": Col(&content.office),
            ":period": Col(content.period),
            ":stream": new.stream,
            ":seq": new.seq,
            ":plan_version": content.plan_version,
            ":nil": content.nil,
            ":stand_in": content.stand_in,
            ":filled_by": content.sign_off.filled_by,
            ":checked_by": content.sign_off.checked_by,
            ":issued_by": content.sign_off.issued_by,
            ":arrived": Col(new.arrived),
            ":state": new.state,
        })?;
        let id = ReturnId(self.0.last_insert_rowid());
        self.add_answers(id, content)?;
        for (target, entry) in &content.entries {
            self.add_words(id, target.as_str(), entry)?;
        }
        Ok(id)
    }

    /// Stores the answers in the order of the primary key, so that SQLite only ever appends.
    fn add_answers(&self, id: ReturnId, content: &Return) -> Result<()> {
        let mut entries = content.entries.iter();
        let mut text = String::new();
        for rows in [TOGETHER, 1] {
            if entries.len() < rows {
                continue;
            }
            let mut statement = self.0.prepare_cached(&add_entries(rows))?;
            while entries.len() >= rows {
                for (at, (target, entry)) in entries.by_ref().take(rows).enumerate() {
                    bind_entry(&mut statement, at, (id, target, &entry.answer), &mut text)?;
                }
                statement.raw_execute()?;
            }
        }
        Ok(())
    }

    fn add_words(&self, id: ReturnId, target: &str, entry: &Entry) -> Result<()> {
        let words = &entry.remarks;
        if !words.is_empty() {
            self.0.prepare_cached(include_str!("add_remarks.sql"))?.execute(named_params! {
                ":return_id": id.0,
                ":target": target,
                ":note": words.note,
                ":problem": words.problem,
                ":next_step": words.next_step,
                ":explanation": words.explanation,
            })?;
        }
        for (position, Evidence { sha256, len, label }) in entry.evidence.iter().enumerate() {
            self.0.prepare_cached(include_str!("add_evidence.sql"))?.execute(named_params! {
                ":return_id": id.0,
                ":target": target,
                ":position": position,
                ":sha256": sha256,
                ":len": len,
                ":label": label,
            })?;
        }
        Ok(())
    }
}

fn write(text: &mut String, figure: Figure) {
    text.clear();
    // Writing to a String cannot fail.
    let _ = write!(text, "{figure}");
}

/// Writes the statement that stores several entries at once.
fn add_entries(rows: usize) -> String {
    let row = "(?, ?, ?, ?, ?, ?, ?)";
    format!("{} {}", include_str!("add_entries.sql"), vec![row; rows].join(", "))
}

/// Binds one entry as the `at`-th of its statement.
fn bind_entry(
    statement: &mut Statement<'_>,
    at: usize,
    (id, target, answer): (ReturnId, &TargetId, &Answer),
    text: &mut String,
) -> Result<()> {
    let (mut rate, mut pair, mut stage, mut reason) = (None, [None, None], None, None);
    match answer {
        Answer::NotApplicable(why) => reason = Some(why.as_str()),
        Answer::Figures(Figures::Amount(amount)) => pair[0] = Some(*amount),
        Answer::Figures(Figures::Pair(first, second)) => pair = [Some(*first), Some(*second)],
        Answer::Figures(Figures::Published { rate: published, amounts }) => {
            rate = Some(*published);
            pair = [amounts.map(|a| a.0), amounts.map(|a| a.1)];
        }
        Answer::Figures(Figures::Stage(reached)) => stage = Some(*reached),
    }
    let first = at * COLUMNS;
    statement.raw_bind_parameter(first + 1, id.0)?;
    statement.raw_bind_parameter(first + 2, target.as_str())?;
    for (column, figure) in [(3, rate), (4, pair[0]), (5, pair[1])] {
        match figure {
            Some(figure) => {
                write(text, figure);
                statement.raw_bind_parameter(first + column, text.as_str())?;
            }
            None => statement.raw_bind_parameter(first + column, Null)?,
        }
    }
    statement.raw_bind_parameter(first + 6, stage)?;
    statement.raw_bind_parameter(first + 7, reason)?;
    Ok(())
}
