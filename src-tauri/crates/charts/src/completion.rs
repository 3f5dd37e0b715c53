//! Completion against expected progress (完成率对照序时进度), a bar per target.

use crate::canvas::{Anchor, Canvas, MARGIN, TEXT, Type, WIDTH, draw, empty, leading};
use crate::lamp::Lamp;
use crate::theme::Theme;
use crate::{Chart, drawable, text, words};

/// Targets under one heading, such as a chapter.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// The chapter's title; none is drawn where it is empty.
    pub heading: String,
    /// Its targets, in order.
    pub rows: Vec<Row>,
}

/// One target.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The target's name.
    pub name: String,
    /// Completion in percent of the target.
    pub completion: Option<f64>,
    /// Where the year stands, in percent of the target.
    pub expected: Option<f64>,
    /// Its lamp; none where nothing is judged.
    pub lamp: Option<Lamp>,
    /// The completion as text, `43.0%`.
    pub figure: String,
    /// How it stands in words, `落后 7.0 点`.
    pub verdict: String,
}

const NAME: i32 = 212;
const ZERO: i32 = MARGIN + NAME + 22;
/// Pixels per percent.
const PERCENT: f64 = 2.9;
const MOST: f64 = 120.0;
const FIGURE_END: i32 = 668;
const LAMP: i32 = 686;
const VERDICT: i32 = 700;
const VERDICT_ROOM: i32 = WIDTH - MARGIN - VERDICT;
const HEAD: i32 = 66;
const HEADING: i32 = 40;
const ROW: i32 = 30;

struct Laid<'a> {
    row: &'a Row,
    name: Vec<String>,
    verdict: Vec<String>,
    height: i32,
}

impl<'a> Laid<'a> {
    fn new(row: &'a Row) -> Self {
        let name = text::wrap(&row.name, TEXT, NAME, 2);
        let verdict = text::wrap(&row.verdict, TEXT, VERDICT_ROOM, 2);
        let lines = name.len().max(verdict.len()).max(1) as i32;
        Self { row, name, verdict, height: ROW + leading(TEXT) * (lines - 1) }
    }
}

/// Draws a bar per target in its lamp's colour, with the lamp's shape, its figure and its words beside it and a mark where the year stands.
///
/// The scale goes from 0 to 120 %; what lies beyond ends in an arrow. Figures that cannot be drawn count as none.
pub fn completion(groups: &[Group], theme: Theme) -> Chart {
    let laid: Vec<(&str, Vec<Laid>)> = groups
        .iter()
        .filter(|group| !group.rows.is_empty())
        .map(|group| (group.heading.as_str(), group.rows.iter().map(Laid::new).collect()))
        .collect();
    if laid.is_empty() {
        return empty(theme);
    }
    let heading = |title: &str| if title.is_empty() { 0 } else { HEADING };
    let body: i32 = laid
        .iter()
        .map(|(title, rows)| heading(title) + rows.iter().map(|laid| laid.height).sum::<i32>())
        .sum();
    draw(theme, WIDTH, HEAD + body + MARGIN, |canvas| {
        head(canvas);
        let mut y = HEAD;
        for (title, rows) in laid {
            if !title.is_empty() {
                let style = Type { size: TEXT, colour: canvas.palette.ink_2, bold: true };
                let title = text::fit(title, TEXT, WIDTH - 2 * MARGIN);
                canvas.text((MARGIN, y + 23), Anchor::Start, style, &title);
                y += HEADING;
                canvas.line((MARGIN, y - 4), (WIDTH - MARGIN, y - 4), canvas.palette.line_strong);
            }
            let height = rows.iter().map(|laid| laid.height).sum::<i32>();
            for (percent, colour) in [
                (0.0, canvas.palette.line_strong),
                (50.0, canvas.palette.line),
                (100.0, canvas.palette.line_strong),
            ] {
                canvas.line((at(percent), y), (at(percent), y + height), colour);
            }
            for laid in rows {
                line(canvas, y + laid.height / 2, &laid);
                y += laid.height;
            }
        }
    })
}

fn at(percent: f64) -> i32 {
    ZERO + (percent.clamp(0.0, MOST) * PERCENT).round() as i32
}

fn head(canvas: &Canvas) {
    let palette = canvas.palette;
    let y = MARGIN + 6;
    canvas.rect((MARGIN, y - 5), (MARGIN + 28, y + 5), palette.ink_3);
    let mut x = canvas.legend((MARGIN, y), 28, words::COMPLETION);
    canvas.rect((x, y - 8), (x + 2, y + 8), palette.ink);
    x = canvas.legend((x, y), 2, words::EXPECTED) + 12;
    for lamp in Lamp::ALL {
        lamp.draw(canvas, (x + 6, y), lamp.colour(palette));
        x = canvas.legend((x, y), 12, words::lamp(lamp));
    }
    for (percent, label) in [(0.0, "0"), (50.0, "50%"), (100.0, "100%")] {
        canvas.caption((at(percent), HEAD - 12), Anchor::Middle, label);
    }
}

fn line(canvas: &Canvas, y: i32, laid: &Laid) {
    let palette = canvas.palette;
    let row = laid.row;
    let style = Type { size: TEXT, colour: palette.ink, bold: false };
    canvas.lines((MARGIN, y), Anchor::Start, style, &laid.name);

    let colour = row.lamp.map_or(palette.ink_2, |lamp| lamp.colour(palette));
    if let Some(done) = drawable(row.completion) {
        canvas.rect((ZERO, y - 5), (at(done), y + 5), colour);
        if done > MOST {
            let end = at(MOST);
            canvas.polygon(&[(end + 3, y - 6), (end + 11, y), (end + 3, y + 6)], colour);
        } else if done < 0.0 {
            canvas.polygon(&[(ZERO - 3, y - 6), (ZERO - 11, y), (ZERO - 3, y + 6)], colour);
        }
    }
    if let Some(expected) = drawable(row.expected) {
        let x = at(expected);
        // A seam of paper keeps the mark apart from a bar of any colour.
        canvas.rect((x - 2, y - 5), (x + 2, y + 5), palette.paper);
        canvas.rect((x - 1, y - 9), (x + 1, y + 9), palette.ink);
    }
    let figure = text::fit(&row.figure, TEXT, FIGURE_END - at(MOST) - 16);
    canvas.text((FIGURE_END, y), Anchor::End, style, &figure);
    if let Some(lamp) = row.lamp {
        lamp.draw(canvas, (LAMP, y), lamp.colour(palette));
    }
    let words = Type { colour, ..style };
    canvas.lines((VERDICT, y), Anchor::Start, words, &laid.verdict);
}
