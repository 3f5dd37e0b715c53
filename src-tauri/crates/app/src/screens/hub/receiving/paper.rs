//! Holding the stamped paper against the file: number and the digest's beginning, typed from the paper.

use std::collections::BTreeMap;

use ledger::returns::ReturnRow;
use serde::Serialize;
use ts_rs::TS;

use super::short;
use crate::screens::{Message, Mood};
use crate::words::{self, Paper};
use crate::{Home, Result, hex};

/// How many digits of the digest stand on the paper.
const DIGITS: usize = 8;

/// How the stamped paper agrees with a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PaperView {
    /// `none` before it was compared, `agrees`, `differs`, or `unreadable` for digits that cannot be any.
    pub state: String,
    /// How good that is.
    pub mood: Mood,
    /// What that means; none before it was compared.
    pub message: Option<Message>,
}

impl Home {
    /// Holds what stands on the paper against a return, and remembers the outcome. The file's own digits are never shown.
    pub fn check_paper(&mut self, digest: &str, number: u32, digits: &str) -> Result<PaperView> {
        self.hub_only()?;
        let row = self.return_named(digest)?;
        let Some(digits) = read_digits(digits) else {
            return Ok(view("unreadable", Mood::Warning, Some(&Paper::Unreadable)));
        };
        let (right_number, right_digits) =
            (u64::from(number) == row.seq, hex(&row.bundle).starts_with(&digits));
        let paper = match (right_number, right_digits) {
            (true, true) => Paper::Agrees,
            (false, _) => Paper::OtherNumber { paper: u64::from(number), file: row.seq },
            (true, false) => Paper::OtherDigest,
        };
        let kept = match paper {
            Paper::Agrees => format!("agrees {}", self.today()),
            _ => format!("differs {} {number} {digits}", self.today()),
        };
        let deed =
            self.deed("check_paper", row.office.as_str(), format!("{} {} {kept}", row.period, row.seq));
        self.ledger.write(|tx| {
            tx.set_setting(&key(&row), Some(&kept))?;
            tx.record(&deed)
        })?;
        self.paper_of(&row)
    }

    /// Returns how the paper of a return was found to be.
    pub(super) fn paper_of(&self, row: &ReturnRow) -> Result<PaperView> {
        let Some(kept) = self.setting(&key(row))? else { return Ok(view("none", Mood::Info, None)) };
        let mut words = kept.split(' ').skip(2);
        if kept.starts_with("agrees") {
            return Ok(view("agrees", Mood::Good, Some(&Paper::Agrees)));
        }
        let number = words.next().and_then(|number| number.parse().ok()).unwrap_or(row.seq);
        let paper = if number == row.seq {
            Paper::OtherDigest
        } else {
            Paper::OtherNumber { paper: number, file: u64::from(short(row.seq)) }
        };
        Ok(view("differs", Mood::Error, Some(&paper)))
    }
}

/// Returns how the paper of a return was found to be, among settings read before.
pub(super) fn state_in(settings: &BTreeMap<String, String>, row: &ReturnRow) -> String {
    let kept = settings.get(&key(row)).and_then(|kept| kept.split(' ').next());
    kept.unwrap_or("none").to_owned()
}

fn key(row: &ReturnRow) -> String {
    format!("paper.{}", hex(&row.bundle))
}

fn view(state: &str, mood: Mood, paper: Option<&Paper>) -> PaperView {
    PaperView { state: state.to_owned(), mood, message: paper.map(|paper| words::paper(paper).into()) }
}

/// Reads the digits as people type them: with or without the gap, in any case, in full width.
fn read_digits(text: &str) -> Option<String> {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    };
    let gap = |c: &char| c.is_whitespace() || matches!(c, '-' | '·');
    let digits: String =
        text.chars().map(narrow).filter(|c| !gap(c)).map(|c| c.to_ascii_lowercase()).collect();
    (digits.len() == DIGITS && digits.chars().all(|c| c.is_ascii_hexdigit())).then_some(digits)
}

#[cfg(test)]
mod laws {
    use super::read_digits;

    #[test]
    fn digits_are_read_as_people_type_them() {
        for text in ["9f86d081", "9F86 D081", " 9f86-d081 ", "９ｆ８６　ｄ０８１"] {
            assert_eq!(read_digits(text).as_deref(), Some("9f86d081"), "{text}");
        }
        for text in ["", "9f86 d08", "9f86 d0811", "9f86 d08g"] {
            assert_eq!(read_digits(text), None, "{text}");
        }
    }
}
