//! Rows of a list, one under the other: a line, the name in up to two lines, and whatever the chart sets beside it.

use crate::canvas::{Anchor, Canvas, MARGIN, TEXT, Type, WIDTH, leading};
use crate::text;

/// Names laid out.
pub struct Rows {
    names: Vec<Vec<String>>,
    /// Height of a row whose name takes one line.
    row: i32,
}

impl Rows {
    /// Breaks names into the lines that fit into a width.
    pub fn new<'a>(names: impl IntoIterator<Item = &'a str>, width: i32, row: i32) -> Self {
        Self { names: names.into_iter().map(|name| text::wrap(name, TEXT, width, 2)).collect(), row }
    }

    /// Returns how high all rows are together.
    pub fn height(&self) -> i32 {
        self.names.iter().map(|name| self.height_of(name)).sum()
    }

    fn height_of(&self, name: &[String]) -> i32 {
        self.row + leading(TEXT) * (name.len().max(1) as i32 - 1)
    }

    /// Draws the rows from a position down, their names from `left` on; the rest of a row is given its number and its middle.
    pub fn draw(&self, canvas: &Canvas, top: i32, left: i32, mut rest: impl FnMut(usize, i32)) {
        let palette = canvas.palette;
        let style = Type { size: TEXT, colour: palette.ink, bold: false };
        let mut y = top;
        for (at, name) in self.names.iter().enumerate() {
            canvas.line((MARGIN, y), (WIDTH - MARGIN, y), palette.line);
            let middle = y + self.height_of(name) / 2;
            canvas.lines((left, middle), Anchor::Start, style, name);
            rest(at, middle);
            y += self.height_of(name);
        }
    }
}
