//! How many lamps of each kind every chapter has (各篇亮灯), a stacked bar per chapter.

use crate::canvas::{Anchor, Canvas, MARGIN, TEXT, Type, WIDTH, draw, empty};
use crate::lamp::Lamp;
use crate::rows::Rows;
use crate::stack::stack;
use crate::theme::Theme;
use crate::{Chart, text, words};

/// One chapter and its lamps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter {
    /// The chapter's title.
    pub name: String,
    /// How many of its targets are done.
    pub done: u32,
    /// How many are on course.
    pub green: u32,
    /// How many are behind.
    pub yellow: u32,
    /// How many are far behind.
    pub red: u32,
    /// How many have no figure, or nothing to be compared with.
    pub grey: u32,
}

impl Chapter {
    const fn count(&self, lamp: Lamp) -> u32 {
        match lamp {
            Lamp::Done => self.done,
            Lamp::Green => self.green,
            Lamp::Yellow => self.yellow,
            Lamp::Red => self.red,
            Lamp::Grey => self.grey,
        }
    }

    fn total(&self) -> u64 {
        Lamp::ALL.iter().map(|lamp| u64::from(self.count(*lamp))).sum()
    }
}

const NAME: i32 = 212;
const BAR: i32 = MARGIN + NAME + 16;
const BAR_END: i32 = 532;
const COLUMN: i32 = 55;
const HEAD: i32 = 56;
const ROW: i32 = 34;

/// Draws a stacked bar per chapter on one scale, and every count in its column under the lamp's shape and word.
pub fn chapters(rows: &[Chapter], theme: Theme) -> Chart {
    let most = rows.iter().map(Chapter::total).max().unwrap_or(0);
    if most == 0 {
        return empty(theme);
    }
    let list = Rows::new(rows.iter().map(|row| row.name.as_str()), NAME, ROW);
    draw(theme, WIDTH, HEAD + list.height() + MARGIN, |canvas| {
        head(canvas);
        list.draw(canvas, HEAD, MARGIN, |at, middle| {
            let row = &rows[at];
            stack(canvas, Lamp::ALL.map(|lamp| row.count(lamp)), most, (BAR, BAR_END), middle);
            for (index, lamp) in Lamp::ALL.into_iter().enumerate() {
                number(canvas, index, middle, u64::from(row.count(lamp)), false);
            }
            number(canvas, Lamp::ALL.len(), middle, row.total(), true);
        });
    })
}

fn column(index: usize) -> i32 {
    WIDTH - MARGIN - COLUMN * (Lamp::ALL.len() + 1 - index) as i32 + COLUMN / 2
}

fn head(canvas: &Canvas) {
    for (index, lamp) in Lamp::ALL.into_iter().enumerate() {
        lamp.draw(canvas, (column(index), 18), lamp.colour(canvas.palette));
        canvas.caption((column(index), 38), Anchor::Middle, words::lamp(lamp));
    }
    canvas.caption((column(Lamp::ALL.len()), 38), Anchor::Middle, words::TOTAL);
}

fn number(canvas: &Canvas, index: usize, y: i32, count: u64, bold: bool) {
    let colour = if count == 0 { canvas.palette.ink_3 } else { canvas.palette.ink };
    let label = text::fit(&count.to_string(), TEXT, COLUMN);
    canvas.text((column(index), y), Anchor::Middle, Type { size: TEXT, colour, bold }, &label);
}
