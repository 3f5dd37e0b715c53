//! The year so far (各期走势): how many offices reported, and how the lamps stood, a column per period.

use crate::canvas::{Anchor, Canvas, MARGIN, SMALL, Type, WIDTH, draw, empty};
use crate::lamp::Lamp;
use crate::theme::Theme;
use crate::{Chart, text, words};

/// One period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stand {
    /// Its label, `1—2月`.
    pub label: String,
    /// Offices whose return counts.
    pub reported: u32,
    /// Offices that owe one.
    pub owed: u32,
    /// How many targets stand under each lamp, in the order of [`Lamp::ALL`].
    pub lamps: [u32; 5],
}

const LEFT: i32 = MARGIN + 76;
const HEAD: i32 = 44;
/// Height of the part that shows who reported.
const SHARE: i32 = 66;
const GAP: i32 = 34;
const LAMPS: i32 = 190;
const FOOT: i32 = 30;
const COLUMN: i32 = 60;
const BAR: i32 = 40;
/// Least height of a segment with its count in it.
const LABELLED: i32 = 15;

/// Draws a column per period: above the share of offices that reported, below the lamps of all targets.
pub fn months(rows: &[Stand], theme: Theme) -> Chart {
    if rows.is_empty() {
        return empty(theme);
    }
    let width = WIDTH.max(LEFT + COLUMN * rows.len() as i32 + MARGIN);
    let (share, lamps) = (HEAD + GAP + SHARE, HEAD + GAP + SHARE + GAP + LAMPS);
    draw(theme, width, lamps + FOOT + MARGIN, |canvas| {
        legend(canvas);
        let palette = canvas.palette;
        for (y, word) in [(share - SHARE / 2, words::REPORTED), (lamps - LAMPS / 2, words::LAMPS)] {
            canvas.caption((MARGIN, y), Anchor::Start, word);
        }
        for y in [share, lamps] {
            canvas.line((LEFT, y), (width - MARGIN, y), palette.line_strong);
        }
        for (column, row) in rows.iter().enumerate() {
            let x = LEFT + COLUMN * column as i32 + COLUMN / 2;
            reported(canvas, x, share, row);
            stand(canvas, x, lamps, row);
            let style = Type { size: SMALL, colour: palette.ink_2, bold: false };
            let label = text::fit(&row.label, SMALL, COLUMN - 4);
            canvas.text((x, lamps + 16), Anchor::Middle, style, &label);
        }
    })
}

fn reported(canvas: &Canvas, x: i32, bottom: i32, row: &Stand) {
    let palette = canvas.palette;
    let share = if row.owed == 0 { 0.0 } else { f64::from(row.reported) / f64::from(row.owed) };
    let top = bottom - (share.min(1.0) * f64::from(SHARE)).round() as i32;
    canvas.frame((x - BAR / 2, bottom - SHARE), (x + BAR / 2, bottom), palette.line_strong);
    canvas.rect((x - BAR / 2, top), (x + BAR / 2, bottom), palette.accent);
    let style = Type { size: SMALL, colour: palette.ink, bold: false };
    let label = text::fit(&format!("{}/{}", row.reported, row.owed), SMALL, COLUMN - 4);
    canvas.text((x, bottom - SHARE - 12), Anchor::Middle, style, &label);
}

fn stand(canvas: &Canvas, x: i32, bottom: i32, row: &Stand) {
    let palette = canvas.palette;
    let total: u64 = row.lamps.iter().map(|count| u64::from(*count)).sum();
    let at = |sum: u64| bottom - (sum as f64 / total.max(1) as f64 * f64::from(LAMPS)).round() as i32;
    let mut sum = 0;
    for (lamp, count) in Lamp::ALL.into_iter().zip(row.lamps) {
        let (low, high) = (at(sum), at(sum + u64::from(count)));
        sum += u64::from(count);
        // Two pixels of paper part the segments, as long as there is something to part.
        let high = if low - high > 4 { high + 2 } else { high };
        if low <= high {
            continue;
        }
        let colour = lamp.colour(palette);
        let on = if lamp == Lamp::Grey {
            canvas.frame((x - BAR / 2, high), (x + BAR / 2, low), colour);
            colour
        } else {
            canvas.rect((x - BAR / 2, high), (x + BAR / 2, low), colour);
            palette.paper
        };
        if low - high < LABELLED {
            continue;
        }
        let (label, middle) = (count.to_string(), (low + high) / 2);
        let style = Type { size: SMALL, colour: on, bold: false };
        let wide = text::width(&label, SMALL);
        if wide + 18 <= BAR {
            let left = x - (wide + 16) / 2;
            lamp.draw(canvas, (left + 6, middle), on);
            canvas.text((left + 16, middle), Anchor::Start, style, &label);
        } else if wide <= BAR {
            canvas.text((x, middle), Anchor::Middle, style, &label);
        }
    }
}

fn legend(canvas: &Canvas) {
    let y = MARGIN + 6;
    let mut x = LEFT;
    for lamp in Lamp::ALL {
        lamp.draw(canvas, (x + 6, y), lamp.colour(canvas.palette));
        x = canvas.legend((x, y), 12, words::lamp(lamp));
    }
}
