//! What can be wrong with an entry file, and where.

use std::fmt;

use model::id::TargetId;
use model::returns::Field;

use crate::field_names::{field_code, field_label};

/// The most errors that are kept of one file; a file in the wrong shape would otherwise yield one per cell.
pub const MAX_ERRORS: usize = 20;

/// Everything wrong with one file, nothing of which was taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryFileErrors {
    /// Name of the file, as given.
    pub file: String,
    /// The first [`MAX_ERRORS`] errors, in the order of the file; at least one.
    pub errors: Vec<EntryFileError>,
    /// How many more there were.
    pub more: usize,
}

impl std::error::Error for EntryFileErrors {}

impl fmt::Display for EntryFileErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, error) in self.errors.iter().enumerate() {
            let gap = if at == 0 { "" } else { "\n" };
            write!(f, "{gap}{}: {error}", self.file)?;
        }
        if self.more > 0 { write!(f, "\n{}: and {} more", self.file, self.more) } else { Ok(()) }
    }
}

/// One thing wrong with an entry file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EntryFileError {
    /// The file is longer than is read.
    #[error("{bytes} bytes are more than {limit}")]
    TooLarge {
        /// Bytes found.
        bytes: usize,
        /// Bytes allowed.
        limit: usize,
    },
    /// The file has more rows than are read.
    #[error("line {line}: more than {limit} rows")]
    TooManyRows {
        /// The first line too many.
        line: usize,
        /// Rows allowed, the header aside.
        limit: usize,
    },
    /// The file is no text at all.
    #[error("not a text file but {0}")]
    NotText(Foreign),
    /// The text is in no encoding that is read: UTF-8, GB18030, or UTF-16 with its mark.
    #[error("line {line}: neither UTF-8 nor GB18030")]
    BadEncoding {
        /// The line of the first bytes that are no text.
        line: usize,
    },
    /// The text means something in UTF-8 and something else in GB18030; saving it with Chinese headers or a mark decides.
    #[error("line {line}: {utf8:?} in UTF-8, {gb18030:?} in GB18030")]
    AmbiguousEncoding {
        /// The line of the first such text.
        line: usize,
        /// The text read as UTF-8.
        utf8: String,
        /// The text read as GB18030.
        gb18030: String,
    },
    /// The file has no row at all.
    #[error("no header row")]
    NoHeader,
    /// The header has no column of target codes.
    #[error("line {line}: no column {expected} among {found:?}", expected = super::header::CODE_NAMES)]
    NoCodeColumn {
        /// The line of the header.
        line: usize,
        /// The names found.
        found: Vec<String>,
    },
    /// A column that is none of ours.
    #[error("{cell}: unknown column")]
    UnknownColumn {
        /// The header's cell; its name is what was found.
        cell: Cell,
    },
    /// A column that stands twice, perhaps once in either language.
    #[error("{cell}: the same column as column {first}")]
    ColumnTwice {
        /// The header's cell.
        cell: Cell,
        /// Number of the first such column.
        first: usize,
    },
    /// A quoted field that never ends.
    #[error("{cell}: the quote that opens here never closes")]
    UnterminatedQuote {
        /// Where it opens.
        cell: Cell,
    },
    /// Something after the quote that ends a field; quotes within a field are doubled.
    #[error("{cell}: text after the closing quote")]
    TextAfterQuote {
        /// The field.
        cell: Cell,
    },
    /// A row with more fields than the header has columns, most often because a comma stands in a text without quotes.
    #[error("line {line}: {found} fields under {expected} columns")]
    TooManyFields {
        /// The line.
        line: usize,
        /// Columns of the header.
        expected: usize,
        /// Fields found.
        found: usize,
    },
    /// A field below an empty cell of the header.
    #[error("{cell}: {found:?} stands under no header")]
    NamelessColumn {
        /// The field.
        cell: Cell,
        /// What stands there.
        found: String,
    },
    /// A row without a target code.
    #[error("{cell}: no target code")]
    NoCode {
        /// The empty field.
        cell: Cell,
    },
    /// A code that the plan does not have, or no longer.
    #[error("{cell}: {found:?} is no target of the plan")]
    UnknownTarget {
        /// The field.
        cell: Cell,
        /// What was found.
        found: String,
    },
    /// A code that a spreadsheet took for a date, `5-2-03` having become `2005/2/3`.
    #[error("{cell}: {found:?} is a date where a target code was expected")]
    DateForCode {
        /// The field.
        cell: Cell,
        /// What was found.
        found: String,
    },
    /// A target that stands in two rows.
    #[error("{cell}: target {target} already stands in line {first}")]
    TargetTwice {
        /// The second row's code.
        cell: Cell,
        /// The target.
        target: TargetId,
        /// The line of the first row.
        first: usize,
    },
    /// The name beside a code is that of another target.
    #[error("{cell}: {found:?} is not target {target}, {expected:?}")]
    OtherName {
        /// The name's field.
        cell: Cell,
        /// The target that the code names.
        target: TargetId,
        /// The name found.
        found: String,
        /// The name of the target that the code names.
        expected: String,
    },
    /// A row of another period; told once for each period found.
    #[error("{cell}: {found:?} is not the period of the return, {expected}")]
    OtherPeriod {
        /// The period's field.
        cell: Cell,
        /// What was found.
        found: String,
        /// The period of the return as people read it.
        expected: String,
    },
    /// A figure in a box that the target's kind does not have.
    #[error("{cell}: {found:?}, but target {target} has {}", codes(.expected))]
    WrongBox {
        /// The field.
        cell: Cell,
        /// The target.
        target: TargetId,
        /// What was found.
        found: String,
        /// The boxes that it has.
        expected: &'static [Field],
    },
}

/// Where in a file something stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Line of the file, counted from 1 as an editor counts, also after fields of several lines.
    pub line: usize,
    /// Column, counted from 1.
    pub column: usize,
    /// What the header calls the column; empty where it does not name it.
    pub header: String,
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, column, header } = self;
        if header.is_empty() {
            write!(f, "line {line}, column {column}")
        } else {
            write!(f, "line {line}, column {column} ({header})")
        }
    }
}

/// Files that are often mistaken for entry files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Foreign {
    /// A workbook of Excel or WPS (`.xlsx`, `.et`), to be saved as CSV first.
    #[error("a workbook")]
    Workbook,
    /// A PDF.
    #[error("a PDF")]
    Pdf,
    /// Something else that holds NUL bytes.
    #[error("binary data")]
    Binary,
}

fn codes(fields: &[Field]) -> String {
    fields
        .iter()
        .map(|field| format!("{}/{}", field_label(*field), field_code(*field)))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Errors being collected.
#[derive(Debug, Default)]
pub(super) struct Collected {
    errors: Vec<EntryFileError>,
    more: usize,
}

impl Collected {
    pub(super) fn push(&mut self, error: EntryFileError) {
        if self.errors.len() < MAX_ERRORS {
            self.errors.push(error);
        } else {
            self.more += 1;
        }
    }

    /// Returns what was made, unless there was an error.
    pub(super) fn or<T>(self, file: &str, made: T) -> Result<T, EntryFileErrors> {
        if self.errors.is_empty() {
            Ok(made)
        } else {
            Err(EntryFileErrors { file: file.to_owned(), errors: self.errors, more: self.more })
        }
    }
}
