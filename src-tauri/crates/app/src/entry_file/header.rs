//! The header: which column is which, and what separates them.

use model::returns::Field;

use super::error::{Cell, Collected, EntryFileError};
use super::rows::{Row, Rows};
use crate::field_names::parse_field;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Code,
    Name,
    Period,
    Box(Field),
    /// Words of the template for whoever fills it in; not read back.
    Guide(&'static str),
}

/// The columns that are no boxes, by label and code.
const OTHERS: [(Column, &str, &str); 7] = [
    (Column::Code, CODE_LABEL, "code"),
    (Column::Name, NAME_LABEL, "name"),
    (Column::Period, PERIOD_LABEL, "period"),
    (Column::Guide(UNIT_LABEL), UNIT_LABEL, "unit"),
    (Column::Guide(GOAL_LABEL), GOAL_LABEL, "goal"),
    (Column::Guide(QUOTA_LABEL), QUOTA_LABEL, "quota"),
    (Column::Guide(BOXES_LABEL), BOXES_LABEL, "boxes"),
];
pub(super) const CODE_LABEL: &str = "目标编码";
pub(super) const NAME_LABEL: &str = "目标";
pub(super) const PERIOD_LABEL: &str = "报告期";
pub(super) const UNIT_LABEL: &str = "单位";
pub(super) const GOAL_LABEL: &str = "全年目标";
pub(super) const QUOTA_LABEL: &str = "分解数";
pub(super) const BOXES_LABEL: &str = "填报栏";
/// The names of the required column, for messages.
pub(super) const CODE_NAMES: &str = "目标编码/code";

/// Separators, the likeliest first.
const SEPARATORS: [char; 3] = [',', ';', '\t'];

/// The columns of a file, by position; none where the header leaves a column nameless.
pub(super) struct Header {
    pub(super) columns: Vec<Option<(Column, String)>>,
}

impl Header {
    /// Reads the header, noting columns that are unknown, doubled or missing.
    pub(super) fn read(row: Row, collected: &mut Collected) -> Self {
        let names: Vec<String> = row.fields.iter().map(|field| field.text.trim().to_owned()).collect();
        let mut columns: Vec<Option<(Column, String)>> = Vec::new();
        for (field, name) in row.fields.iter().zip(&names) {
            let cell = || Cell { line: field.line, column: columns.len() + 1, header: name.clone() };
            let column = parse(name);
            let first = columns.iter().position(|c| c.as_ref().is_some_and(|(c, _)| Some(*c) == column));
            if let Some(first) = first {
                collected.push(EntryFileError::ColumnTwice { cell: cell(), first: first + 1 });
            } else if column.is_none() && !name.is_empty() {
                collected.push(EntryFileError::UnknownColumn { cell: cell() });
            }
            columns.push(column.map(|column| (column, name.clone())));
        }
        let header = Self { columns };
        if header.place(Column::Code).is_none() {
            collected.push(EntryFileError::NoCodeColumn { line: row.line, found: names });
        }
        header
    }

    /// Returns the position of a column.
    pub(super) fn place(&self, column: Column) -> Option<usize> {
        self.columns.iter().position(|c| c.as_ref().is_some_and(|(c, _)| *c == column))
    }

    /// Names a cell of a row.
    pub(super) fn cell(&self, line: usize, at: usize) -> Cell {
        let name = self.columns.get(at).and_then(|c| c.as_ref().map(|(_, name)| name.clone()));
        Cell { line, column: at + 1, header: name.unwrap_or_default() }
    }
}

fn parse(name: &str) -> Option<Column> {
    let other = OTHERS.iter().find(|(_, label, code)| *label == name || code.eq_ignore_ascii_case(name));
    // Evidence is added by itself; a file cannot carry it.
    let box_column = || parse_field(name).filter(|field| *field != Field::Evidence).map(Column::Box);
    other.map(|(column, ..)| *column).or_else(box_column)
}

/// Returns the separator under which most of the header's names are known.
pub(super) fn separator(text: &str) -> char {
    let known = |separator: &char| {
        let header = Rows::new(text, *separator).map_while(Result::ok).find(|row| !row.is_blank());
        header.map_or(0, |row| row.fields.iter().filter(|f| parse(f.text.trim()).is_some()).count())
    };
    // The last of several equal maxima wins, so the likeliest goes last.
    SEPARATORS.into_iter().rev().max_by_key(known).unwrap_or(',')
}
