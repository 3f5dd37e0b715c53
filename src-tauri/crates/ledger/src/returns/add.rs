//! Storing a return. Forty thousand of them may come at once, with ninety entries each.

use std::fmt::Write as _;

use chrono::NaiveDate;
use model::figure::Figure;
use model::returns::{Answer, Entry, Evidence, Figures, Return};
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

/// Texts of up to three figures, written in place so that an entry costs no allocation.
#[derive(Default)]
struct Texts {
    rate: String,
    first: String,
    second: String,
}

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
        let mut statement = self.0.prepare_cached(include_str!("add_entry.sql"))?;
        let mut texts = Texts::default();
        // In the order of the primary key, so that SQLite only ever appends.
        for (target, entry) in &content.entries {
            add_entry(&mut statement, id, target.as_str(), &entry.answer, &mut texts)?;
        }
        for (target, entry) in &content.entries {
            self.add_words(id, target.as_str(), entry)?;
        }
        Ok(id)
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

/// Stores one answer. Parameters go by number: looking seven names up takes longer than the row itself.
fn add_entry(
    statement: &mut Statement<'_>,
    id: ReturnId,
    target: &str,
    answer: &Answer,
    texts: &mut Texts,
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
    let figures = [(rate, &mut texts.rate), (pair[0], &mut texts.first), (pair[1], &mut texts.second)];
    let [rate, first, second] = figures.map(|(figure, text)| {
        figure.map(|figure| {
            write(text, figure);
            text.as_str()
        })
    });
    statement.execute((id.0, target, rate, first, second, stage, reason))?;
    Ok(())
}
