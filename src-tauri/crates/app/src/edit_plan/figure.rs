//! Reads what is typed into the boxes of a form.

use model::figure::Figure;

use super::{Faults, FieldFault};
use crate::words;

/// Collects what is wrong while a form is read.
#[derive(Default)]
pub(super) struct Reader {
    pub(super) faults: Faults,
}

impl Reader {
    pub(super) fn refuse(&mut self, field: impl Into<String>, what: impl Into<String>) {
        self.faults.push(FieldFault::new(field, what));
    }

    /// Reads a text that has to be there, on one line.
    pub(super) fn text(&mut self, field: &str, label: &str, typed: &str, limit: usize) -> String {
        let text = typed.trim().to_owned();
        if text.is_empty() {
            self.refuse(field, format!("请写{label}"));
        }
        self.fits(field, label, &text, limit);
        text
    }

    /// Checks a text that may be empty.
    pub(super) fn fits(&mut self, field: &str, label: &str, text: &str, limit: usize) {
        let found = text.chars().count();
        if found > limit {
            self.refuse(field, format!("{label}有 {found} 个字，不超过 {limit} 个"));
        } else if text.chars().any(|c| model::names::is_hidden(c) || c == '\t' || c == '\n') {
            self.refuse(field, format!("{label}里有看不见的字符，请删掉重打"));
        }
    }

    /// Reads a figure; none where the box is empty, or holds something else.
    pub(super) fn figure(&mut self, field: &str, label: &str, typed: &str) -> Option<Figure> {
        // Spreadsheets give rates with their sign.
        let plain = typed.trim().trim_end_matches(['%', '％']);
        if plain.is_empty() {
            return None;
        }
        match Figure::from_typed(plain) {
            Ok(figure) => Some(figure),
            Err(why) => {
                self.refuse(field, words::not_a_figure_sentence(label, &why));
                None
            }
        }
    }

    /// Reads an amount, which is never below zero.
    pub(super) fn amount(&mut self, field: &str, label: &str, typed: &str) -> Option<Figure> {
        let figure = self.figure(field, label, typed)?;
        if figure.is_negative() {
            self.refuse(field, format!("{label}不能小于 0"));
            return None;
        }
        Some(figure)
    }

    /// Reads a whole number within bounds.
    pub(super) fn number(&mut self, field: &str, label: &str, typed: &str, from: u8, to: u8) -> Option<u8> {
        let read = Figure::from_typed(typed).ok().and_then(|figure| u8::try_from(figure.decimal()).ok());
        let whole =
            read.filter(|n| (from..=to).contains(n) && Figure::from_typed(typed) == Ok(u32::from(*n).into()));
        if whole.is_none() {
            self.refuse(field, format!("{label}要填 {from} 到 {to} 的整数"));
        }
        whole
    }

    /// Gives what was read, unless something was wrong.
    pub(super) fn done<T>(self, read: Option<T>) -> Result<T, Faults> {
        match read {
            Some(read) if self.faults.is_empty() => Ok(read),
            _ => Err(self.faults),
        }
    }
}
