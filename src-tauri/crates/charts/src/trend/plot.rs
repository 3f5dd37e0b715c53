//! The field between the axes, and the strokes in it.

use crate::canvas::{Anchor, Canvas, MARGIN, Point, SMALL, Type, leading};
use crate::{text, words};

use super::labels::{Area, place};
use super::scale::Ruler;
use super::{Mark, Month};

const DASH: (i32, i32) = (6, 4);
/// Most room for the target's words.
const GOAL_ROOM: i32 = 150;
/// Length of a legend's sample.
const SAMPLE: i32 = 30;

/// The field, in pixels, and its axis.
pub struct Plot<'a> {
    pub left: i32,
    pub right: i32,
    pub top: i32,
    pub bottom: i32,
    pub ruler: &'a Ruler,
    pub months: &'a [Month],
}

impl Plot<'_> {
    /// Where a month's figure stands.
    pub fn at(&self, month: usize, value: f64) -> Point {
        (self.x(month), self.y(value))
    }

    fn x(&self, month: usize) -> i32 {
        let share = (month as f64 + 0.5) / self.months.len() as f64;
        self.left + (f64::from(self.right - self.left) * share).round() as i32
    }

    fn y(&self, value: f64) -> i32 {
        let share = (value - self.ruler.low) / (self.ruler.high - self.ruler.low);
        self.bottom - (f64::from(self.bottom - self.top) * share.clamp(0.0, 1.0)).round() as i32
    }

    /// Lines and labels of both axes.
    pub fn axes(&self, canvas: &Canvas) {
        let palette = canvas.palette;
        let style = Type { size: SMALL, colour: palette.ink_3, bold: false };
        for (value, label) in &self.ruler.marks {
            let y = self.y(*value);
            let colour = if *value == 0.0 { palette.line_strong } else { palette.line };
            canvas.line((self.left, y), (self.right, y), colour);
            canvas.lines((self.left - 10, y), Anchor::End, style, label);
        }
        canvas.line((self.left, self.bottom), (self.right, self.bottom), palette.line_strong);
        let room = (self.right - self.left) / self.months.len() as i32 - 2;
        for (index, month) in self.months.iter().enumerate() {
            let x = self.x(index);
            canvas.line((x, self.bottom), (x, self.bottom + 4), palette.line_strong);
            let label = text::fit(&month.label, SMALL, room);
            canvas.caption((x, self.bottom + 18), Anchor::Middle, &label);
        }
    }

    /// The target: a line across the field, an arrow at its end, and its words beside.
    pub fn goal(&self, canvas: &Canvas, value: f64, label: &str) -> Vec<Point> {
        let y = self.y(value);
        let palette = canvas.palette;
        let stroke = vec![(self.left, y), (self.right, y)];
        canvas.line((self.left, y), (self.right, y), palette.ink_2);
        arrow(canvas, (self.right, y));
        let x = self.right + 14;
        let label = goal_lines(label);
        let style = Type { size: SMALL, colour: palette.ink, bold: true };
        let half = leading(SMALL) * label.len() as i32 / 2;
        canvas.lines((x, y.clamp(self.top + half, self.bottom - half)), Anchor::Start, style, &label);
        stroke
    }

    /// A dashed line; where it has but one month, a dash across it.
    pub fn expected(&self, canvas: &Canvas, run: &[Point]) {
        let short;
        let run = match *run {
            [(x, y)] => {
                short = [(x - 8, y), (x + 8, y)];
                &short
            }
            _ => run,
        };
        canvas.dashed(run, canvas.palette.ink_2, DASH);
    }

    /// The figures at the points.
    pub fn figures(&self, canvas: &Canvas, marks: &[Mark], strokes: &[Vec<Point>]) {
        let labels: Vec<String> =
            marks.iter().map(|mark| text::fit(&mark.reading.label, SMALL, self.right - self.left)).collect();
        let points: Vec<(Point, &str)> =
            marks.iter().zip(&labels).map(|(mark, label)| (mark.at, label.as_str())).collect();
        let bounds = Area { left: self.left, top: self.top - 8, right: self.right, bottom: self.bottom - 2 };
        for (index, middle) in place(&points, strokes, bounds).into_iter().enumerate() {
            if let Some(middle) = middle {
                let style = Type { size: SMALL, colour: canvas.palette.ink, bold: index + 1 == marks.len() };
                canvas.text(middle, Anchor::Middle, style, &labels[index]);
            }
        }
    }
}

/// The target's words in the margin.
fn goal_lines(label: &str) -> Vec<String> {
    text::wrap(label, SMALL, GOAL_ROOM, 3)
}

/// The margin that the target's words need, with its arrow; bold letters are wider by some.
pub fn goal_room(label: &str) -> i32 {
    let widest = goal_lines(label).iter().map(|line| text::width(line, SMALL)).max().unwrap_or(0);
    14 + widest * 11 / 10
}

/// A point at a month: a disc, or hollow where the figure is carried over.
pub fn point(canvas: &Canvas, at: Point, carried: bool) {
    if carried {
        canvas.ring(at, 4, canvas.palette.accent);
    } else {
        canvas.disc(at, 4, canvas.palette.accent);
    }
}

fn arrow(canvas: &Canvas, (x, y): Point) {
    canvas.polygon(&[(x, y), (x + 8, y - 4), (x + 8, y + 4)], canvas.palette.ink_2);
}

/// What a legend has to explain.
pub struct Legend {
    pub actual: bool,
    pub carried: bool,
    pub expected: bool,
    pub goal: bool,
    pub stages: bool,
}

impl Legend {
    /// Samples with their words, from left to right.
    pub fn draw(&self, canvas: &Canvas) {
        let palette = canvas.palette;
        let y = MARGIN + 6;
        let mut x = MARGIN;
        if self.actual {
            canvas.path(&[(x, y), (x + SAMPLE, y)], palette.accent, 2);
            point(canvas, (x + SAMPLE / 2, y), false);
            x = canvas.legend((x, y), SAMPLE, words::ACTUAL);
        }
        if self.carried {
            canvas.path(&[(x, y), (x + SAMPLE, y)], palette.accent, 2);
            point(canvas, (x + SAMPLE / 2, y), true);
            x = canvas.legend((x, y), SAMPLE, words::CARRIED);
        }
        if self.expected {
            canvas.dashed(&[(x, y), (x + SAMPLE, y)], palette.ink_2, DASH);
            let word = if self.stages { words::PLANNED } else { words::EXPECTED };
            x = canvas.legend((x, y), SAMPLE, word);
        }
        if self.goal {
            canvas.line((x, y), (x + SAMPLE - 8, y), palette.ink_2);
            arrow(canvas, (x + SAMPLE - 8, y));
            canvas.legend((x, y), SAMPLE, words::GOAL);
        }
    }
}
