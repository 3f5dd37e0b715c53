//! A bar of lamps, one segment after the other.

use crate::canvas::{Anchor, Canvas, SMALL, Type};
use crate::lamp::Lamp;
use crate::text;

/// Draws the lamps of one row between two positions, which stand for nothing and for `most` lamps.
pub fn stack(canvas: &Canvas, counts: [u32; 5], most: u64, (left, right): (i32, i32), y: i32) {
    let palette = canvas.palette;
    let room = f64::from(right - left);
    let at = |sum: u64| left + (sum as f64 / most.max(1) as f64 * room).round() as i32;
    let mut sum = 0;
    for (lamp, count) in Lamp::ALL.into_iter().zip(counts) {
        let (from, to) = (at(sum), at(sum + u64::from(count)));
        sum += u64::from(count);
        // Two pixels of paper part the segments, as long as there is something to part.
        let to = if to - from > 4 { to - 2 } else { to };
        if to <= from {
            continue;
        }
        let colour = lamp.colour(palette);
        let on = if lamp == Lamp::Grey {
            canvas.frame((from, y - 9), (to, y + 9), colour);
            colour
        } else {
            canvas.rect((from, y - 9), (to, y + 9), colour);
            palette.paper
        };
        let label = count.to_string();
        let style = Type { size: SMALL, colour: on, bold: false };
        let wide = text::width(&label, SMALL);
        let middle = (from + to) / 2;
        if to - from >= wide + 24 {
            let left = middle - (wide + 16) / 2;
            lamp.draw(canvas, (left + 6, y), on);
            canvas.text((left + 16, y), Anchor::Start, style, &label);
        } else if to - from >= wide + 2 {
            canvas.text((middle, y), Anchor::Middle, style, &label);
        }
    }
}
