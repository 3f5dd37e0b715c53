//! Entry files: what `enter --period P --from FILE.csv` takes, as WPS and Excel save it.
//!
//! - **Encoding**: UTF-8 with or without its mark, GB18030, or UTF-16 with its mark; nothing else, and not one bad byte.
//! - **Shape**: comma, semicolon or tab between fields (whichever makes the header readable), CRLF, LF or CR between rows, quoted fields
//!   of several lines. Blank rows, trailing empty fields and a trailing empty line do not matter. A row may be short, because Excel
//!   leaves out trailing empty fields.
//! - **Columns**, in any order, in Chinese or by code: 目标编码/code, which is required; 目标/name, which may not contradict the code;
//!   报告期/period, which may not be another than that of the return; one per box as [`crate::field_names`] names it. 单位, 全年目标, 分解数 and 填报栏 are guidance of the template and not read.
//! - **Meaning**: for each target that a row names, the boxes of the file's columns are replaced; an empty field empties its box. Boxes
//!   whose column the file lacks, and targets that it does not name, stay as they are ([`EntryFile::fill`]).
//! - **Texts** are kept exactly. Figures are not read here but where drafts are checked, so `１２．５` and `=1+1` arrive as typed; only
//!   the apostrophe that [`write_csv`] puts before what looks like a formula is taken off again.
//! - **Errors** name line and column and are returned together; a file with one error is not taken in at all.

use std::collections::{BTreeMap, BTreeSet};

use model::calendar::Calendar;
use model::draft::{Cells, Draft};
use model::id::TargetId;
use model::period::Period;
use model::plan::Plan;
use model::returns::Field;
use model::target::Target;

mod decode;
mod error;
mod formula;
mod header;
mod rows;
mod write;

pub use decode::Encoding;
pub use error::{Cell, EntryFileError, EntryFileErrors, Foreign, MAX_ERRORS};
pub use write::{write_csv, write_figures};

use error::Collected;
use header::{Column, Header};
use rows::{Row, Rows};

/// The most bytes of a file that are read.
pub const MAX_BYTES: usize = 8 * 1024 * 1024;
/// The most rows of a file that are read, the header aside.
pub const MAX_ROWS: usize = 10_000;

/// What a file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryFile {
    /// The encoding it turned out to have.
    pub encoding: Encoding,
    /// The boxes that it has columns for, in their order.
    pub columns: Vec<Field>,
    /// The boxes of each target named, in the order of the rows; an empty box has no text.
    pub entries: Vec<(TargetId, Cells)>,
    /// Rows without anything in them.
    pub blank_rows: usize,
}

impl EntryFile {
    /// Returns the number of boxes with a text in them.
    pub fn filled(&self) -> usize {
        self.entries.iter().map(|(_, cells)| cells.len()).sum()
    }

    /// Puts the file's boxes into a draft, replacing what stood in them.
    pub fn fill(&self, draft: &mut Draft) {
        for (target, cells) in &self.entries {
            let boxes = draft.cells.entry(target.clone()).or_default();
            boxes.retain(|field, _| !self.columns.contains(field));
            boxes.extend(cells.iter().map(|(field, text)| (*field, text.clone())));
        }
    }
}

/// Reads an entry file for the return of a period, against the plan that its codes belong to.
///
/// # Errors
/// Everything wrong with the file, up to [`MAX_ERRORS`] in detail.
pub fn read(file: &str, bytes: &[u8], plan: &Plan, period: Period) -> Result<EntryFile, EntryFileErrors> {
    let only = |error| EntryFileErrors { file: file.to_owned(), errors: vec![error], more: 0 };
    if bytes.len() > MAX_BYTES {
        return Err(only(EntryFileError::TooLarge { bytes: bytes.len(), limit: MAX_BYTES }));
    }
    let (text, encoding) = decode::decode(bytes).map_err(only)?;
    let mut collected = Collected::default();
    let mut rows = Rows::new(&text, header::separator(&text));
    let first = rows.by_ref().find(|row| !row.as_ref().is_ok_and(Row::is_blank));
    let header = match first {
        None => return Err(only(EntryFileError::NoHeader)),
        Some(Err(fault)) => {
            let cell = Cell { line: fault.line, column: fault.column, header: String::new() };
            return Err(only(quote_error(cell, fault.unterminated)));
        }
        Some(Ok(row)) => Header::read(row, &mut collected),
    };
    // Without knowing which column is which, every row would only repeat the header's error.
    let header = collected.or(file, header)?;

    let mut collected = Collected::default();
    let mut table = Table {
        plan,
        period,
        header: &header,
        seen: BTreeMap::new(),
        periods: BTreeSet::new(),
        collected: &mut collected,
    };
    let mut entries = Vec::new();
    let mut blank_rows = 0;
    for (at, row) in rows.enumerate() {
        let row = match row {
            Ok(row) => row,
            Err(fault) => {
                let cell = header.cell(fault.line, fault.column - 1);
                table.collected.push(quote_error(cell, fault.unterminated));
                break;
            }
        };
        if at >= MAX_ROWS {
            table.collected.push(EntryFileError::TooManyRows { line: row.line, limit: MAX_ROWS });
            break;
        }
        if row.is_blank() {
            blank_rows += 1;
        } else {
            entries.extend(table.entry(&row));
        }
    }
    let columns = header.columns.iter().flatten().filter_map(|(column, _)| match column {
        Column::Box(field) => Some(*field),
        _ => None,
    });
    let columns = columns.collect();
    collected.or(file, EntryFile { encoding, columns, entries, blank_rows })
}

fn quote_error(cell: Cell, unterminated: bool) -> EntryFileError {
    if unterminated {
        EntryFileError::UnterminatedQuote { cell }
    } else {
        EntryFileError::TextAfterQuote { cell }
    }
}

/// The rows below a header.
struct Table<'a> {
    plan: &'a Plan,
    period: Period,
    header: &'a Header,
    /// The line of each target's row.
    seen: BTreeMap<TargetId, usize>,
    /// Other periods that were told already.
    periods: BTreeSet<String>,
    collected: &'a mut Collected,
}

impl<'a> Table<'a> {
    fn entry(&mut self, row: &Row) -> Option<(TargetId, Cells)> {
        self.strays(row);
        self.other_period(row);
        let target = self.target(row)?;
        if let Some(error) = self.other_name(row, target) {
            self.collected.push(error);
        }
        let mut cells = Cells::new();
        for (at, field) in row.fields.iter().enumerate() {
            let text = formula::unguard(&field.text);
            let Some(Some((Column::Box(box_field), _))) = self.header.columns.get(at) else { continue };
            let expected = Field::of_figures(target.kind(), target.official);
            if box_field.is_figure() && !expected.contains(box_field) && !text.trim().is_empty() {
                self.collected.push(EntryFileError::WrongBox {
                    cell: self.header.cell(field.line, at),
                    target: target.id.clone(),
                    found: text.to_owned(),
                    expected,
                });
            } else if !text.is_empty() {
                cells.insert(*box_field, text.to_owned());
            }
        }
        Some((target.id.clone(), cells))
    }

    /// Notes fields that belong to no column.
    fn strays(&mut self, row: &Row) {
        let columns = self.header.columns.len();
        let stray = |text: &str| !text.trim().is_empty();
        if row.fields.iter().skip(columns).any(|field| stray(&field.text)) {
            let found = row.fields.len();
            self.collected.push(EntryFileError::TooManyFields { line: row.line, expected: columns, found });
        }
        for (at, (field, column)) in row.fields.iter().zip(&self.header.columns).enumerate() {
            if column.is_none() && stray(&field.text) {
                let cell = self.header.cell(field.line, at);
                self.collected.push(EntryFileError::NamelessColumn { cell, found: field.text.clone() });
            }
        }
    }

    /// Notes a row that belongs to the return of another period.
    fn other_period(&mut self, row: &Row) {
        let Some(at) = self.header.place(Column::Period) else { return };
        let Some(field) = row.fields.get(at) else { return };
        let found = narrow(formula::unguard(&field.text));
        let calendar = &self.plan.calendar;
        if !found.is_empty() && !names(&found, self.period, calendar) && self.periods.insert(found.clone()) {
            let (cell, expected) = (self.header.cell(field.line, at), calendar.label(self.period));
            self.collected.push(EntryFileError::OtherPeriod { cell, found, expected });
        }
    }

    fn target(&mut self, row: &Row) -> Option<&'a Target> {
        let at = self.header.place(Column::Code)?;
        let (line, found) = row.fields.get(at).map_or((row.line, ""), |f| (f.line, f.text.as_str()));
        let cell = self.header.cell(line, at);
        let code = narrow(found);
        let target = TargetId::new(&code).ok().and_then(|id| self.plan.target(&id));
        let found = found.trim().to_owned();
        let Some(target) = target.filter(|target| target.in_force(self.plan.version.max(1))) else {
            self.collected.push(match code.as_str() {
                "" => EntryFileError::NoCode { cell },
                code if is_date(code) => EntryFileError::DateForCode { cell, found },
                _ => EntryFileError::UnknownTarget { cell, found },
            });
            return None;
        };
        if let Some(first) = self.seen.insert(target.id.clone(), line) {
            self.collected.push(EntryFileError::TargetTwice { cell, target: target.id.clone(), first });
            return None;
        }
        Some(target)
    }

    /// Finds a name that belongs to another target: the sign of rows that slipped against one another.
    fn other_name(&self, row: &Row, target: &Target) -> Option<EntryFileError> {
        let at = self.header.place(Column::Name)?;
        let field = row.fields.get(at)?;
        let found = formula::unguard(&field.text).trim();
        let other = found != target.name && self.plan.active_targets().any(|other| other.name == found);
        other.then(|| EntryFileError::OtherName {
            cell: self.header.cell(field.line, at),
            target: target.id.clone(),
            found: found.to_owned(),
            expected: target.name.clone(),
        })
    }
}

/// Takes off what surrounds a code in a spreadsheet: white space, an apostrophe, full width.
fn narrow(code: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        c => c,
    };
    code.trim().trim_start_matches('\'').trim().chars().map(narrow).collect()
}

/// Returns the numbers in a text: 2024, 1 and 2 of `2024年1—2月`.
fn numbers(text: &str) -> Vec<u16> {
    let digits = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    digits.map(|part| part.parse().unwrap_or(u16::MAX)).collect()
}

/// Says whether a text names a period as we, people or spreadsheets write it: `2024年1—2月`, `2024-06`, `2024/6/1`.
fn names(text: &str, period: Period, calendar: &Calendar) -> bool {
    let (year, month) = (period.year(), u16::from(period.month()));
    let found = numbers(text);
    found == [year, month] || found == [year, month, 1] || found == numbers(&calendar.label(period))
}

/// Says whether a text is what spreadsheets make of a code such as `5-2-03`: three numbers, one of them a year.
fn is_date(text: &str) -> bool {
    let day = text.split([' ', 'T']).next().unwrap_or_default();
    let parts: Vec<&str> =
        day.split(['/', '-', '.', '年', '月', '日']).filter(|part| !part.is_empty()).collect();
    let numbers = parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()));
    parts.len() == 3 && numbers && parts.iter().any(|part| part.len() == 4)
}

#[cfg(test)]
mod tests;
