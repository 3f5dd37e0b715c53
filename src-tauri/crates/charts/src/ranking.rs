//! Offices in their order (单位排名), a bar per office of how its own targets stand.

use crate::canvas::{Anchor, Canvas, MARGIN, TEXT, Type, WIDTH, draw, empty, leading};
use crate::lamp::Lamp;
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
    let names: Vec<Vec<String>> = rows.iter().map(|row| text::wrap(&row.name, TEXT, NAME, 2)).collect();
    let height = |name: &Vec<String>| ROW + leading(TEXT) * (name.len().max(1) as i32 - 1);
    let body: i32 = names.iter().map(height).sum();
    draw(theme, WIDTH, HEAD + body + MARGIN, |canvas| {
        let palette = canvas.palette;
        head(canvas);
        let mut y = HEAD;
        for (row, name) in rows.iter().zip(&names) {
            canvas.line((MARGIN, y), (WIDTH - MARGIN, y), palette.line);
            let middle = y + height(name) / 2;
            let plain = Type { size: TEXT, colour: palette.ink, bold: false };
            let quiet = Type { colour: palette.ink_2, ..plain };
            let cell = |text: &str, room: i32| text::fit(text, TEXT, room);
            canvas.text((MARGIN, middle), Anchor::Start, quiet, &cell(&row.place, PLACE - 4));
            canvas.lines((MARGIN + PLACE, middle), Anchor::Start, plain, name);
            let total = row.lamps.iter().map(|count| u64::from(*count)).sum();
            stack(canvas, row.lamps, total, (BAR, BAR_END), middle);
            let figure = cell(&row.figure, FIGURE_END - BAR_END - 8);
            canvas.text((FIGURE_END, middle), Anchor::End, quiet, &figure);
            let share = cell(&row.share, WIDTH - MARGIN - FIGURE_END - 8);
            canvas.text((WIDTH - MARGIN, middle), Anchor::End, Type { bold: true, ..plain }, &share);
            y += height(name);
        }
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
