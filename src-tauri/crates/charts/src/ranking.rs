//! Offices in their order (单位排名), a bar per office of how its own targets stand.

use crate::canvas::{Anchor, Canvas, MARGIN, TEXT, Type, WIDTH, draw, empty};
use crate::lamp::Lamp;
use crate::rows::Rows;
use crate::stack::stack;
use crate::theme::Theme;
use crate::{Chart, text, words};

/// One office and its lamps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranked {
    /// Its place as text, `3` or `并列 3`.
    pub place: String,
    /// Its name.
    pub name: String,
    /// How many of its targets stand under each lamp, in the order of [`Lamp::ALL`].
    pub lamps: [u32; 5],
    /// What its place follows from, `12/14`.
    pub figure: String,
    /// The same as a share, `85.7%`.
    pub share: String,
}

const PLACE: i32 = 60;
const NAME: i32 = 180;
const BAR: i32 = MARGIN + PLACE + NAME + 16;
const BAR_END: i32 = 710;
const FIGURE_END: i32 = 784;
const HEAD: i32 = 44;
const ROW: i32 = 30;

/// Draws a bar per office, all of one length, parted by its lamps, with its place, its figure and its share.
pub fn ranking(rows: &[Ranked], theme: Theme) -> Chart {
    if rows.is_empty() {
        return empty(theme);
    }
    let list = Rows::new(rows.iter().map(|row| row.name.as_str()), NAME, ROW);
    draw(theme, WIDTH, HEAD + list.height() + MARGIN, |canvas| {
        head(canvas);
        let plain = Type { size: TEXT, colour: canvas.palette.ink, bold: false };
        let quiet = Type { colour: canvas.palette.ink_2, ..plain };
        let cell = |text: &str, room: i32| text::fit(text, TEXT, room);
        list.draw(canvas, HEAD, MARGIN + PLACE, |at, middle| {
            let row = &rows[at];
            canvas.text((MARGIN, middle), Anchor::Start, quiet, &cell(&row.place, PLACE - 4));
            let total = row.lamps.iter().map(|count| u64::from(*count)).sum();
            stack(canvas, row.lamps, total, (BAR, BAR_END), middle);
            let figure = cell(&row.figure, FIGURE_END - BAR_END - 8);
            canvas.text((FIGURE_END, middle), Anchor::End, quiet, &figure);
            let share = cell(&row.share, WIDTH - MARGIN - FIGURE_END - 8);
            canvas.text((WIDTH - MARGIN, middle), Anchor::End, Type { bold: true, ..plain }, &share);
        });
    })
}

fn head(canvas: &Canvas) {
    let y = MARGIN + 6;
    let mut x = BAR;
    for lamp in Lamp::ALL {
        lamp.draw(canvas, (x + 6, y), lamp.colour(canvas.palette));
        x = canvas.legend((x, y), 12, words::lamp(lamp));
    }
    canvas.caption((WIDTH - MARGIN, y), Anchor::End, words::ON_COURSE);
}
