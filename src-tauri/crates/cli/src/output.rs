//! What is printed: tables and lines for people, JSON for programs.

use std::fmt::Display;
use std::io::{self, Write};

use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table};
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use crate::args::Format;

/// Standard output in the format asked for.
pub struct Output {
    format: Format,
}

impl Output {
    pub fn new(format: Format) -> Self {
        Self { format }
    }

    /// Says whether programs read the output.
    pub fn is_json(&self) -> bool {
        self.format == Format::Json
    }

    /// Prints a value as JSON.
    pub fn json(&self, value: &impl Serialize) {
        if let Ok(text) = serde_json::to_string_pretty(value) {
            put(&text);
        }
    }

    /// Prints a line for people; programs do not see it.
    pub fn line(&self, line: impl Display) {
        if !self.is_json() {
            put(&line.to_string());
        }
    }

    /// Shows how far a long work has come, on standard error and only on a terminal.
    pub fn progress(&self, what: &'static str) -> ProgressBar {
        let bar = ProgressBar::new(0);
        if let Ok(style) = ProgressStyle::with_template("{msg} {bar:30} {pos}/{len} {eta}") {
            bar.set_style(style);
        }
        bar.set_message(what);
        bar
    }
}

/// A reader that goes away, as `head` does, is no error of ours.
fn put(text: &str) {
    let _ = writeln!(io::stdout(), "{text}");
}

/// Makes a table whose columns named in `right` are aligned to the right.
pub fn table(headers: &[&str], right: &[usize]) -> Table {
    let mut table = Table::new();
    let style = UTF8_HORIZONTAL_ONLY.row_separator(LineStyle::none());
    table.load_style(style).set_content_arrangement(ContentArrangement::Dynamic);
    if !std::io::IsTerminal::is_terminal(&io::stdout()) {
        table.set_content_arrangement(ContentArrangement::Disabled);
    }
    table.set_header(headers);
    for column in right {
        if let Some(column) = table.column_mut(*column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table
}
