//! Offices × targets (热力图): a lamp in every cell, targets down, offices across.

use crate::canvas::{Anchor, Canvas, MARGIN, Point, SMALL, TEXT, Type, WIDTH, draw, empty, leading};
use crate::lamp::Lamp;
use crate::theme::Theme;
use crate::{Chart, text, words};

/// Offices and the targets given to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heat {
    /// Names of the offices, a column each.
    pub offices: Vec<String>,
    /// Targets under their headings.
    pub groups: Vec<Group>,
}

/// Targets under one heading, such as a chapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The chapter's title.
    pub heading: String,
    /// Its targets, in order.
    pub rows: Vec<Row>,
}

/// One target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The target's name.
    pub name: String,
    /// How each office stands, in the order of the offices; what is missing at the end is blank.
    pub cells: Vec<Cell>,
}

/// How one office stands towards one target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// The target is not the office's, or nothing is due.
    Blank,
    /// A figure that is not judged: a dot.
    NotJudged,
    /// 不适用: a stroke.
    NotApplicable,
    /// A lamp.
    Lamp(Lamp),
}

const NAME: i32 = 236;
const COLUMN: i32 = 26;
const ROW: i32 = 24;
const HEAD: i32 = 44;
/// Most letters of an office's name, which stands upright over its column.
const LETTERS: usize = 7;
const LEFT: i32 = MARGIN + NAME + 8;

/// Draws a lamp per office and target; who is behind is filled, so that it is found at a glance.
///
/// The offices' names stand over every group, so that a long map can be read wherever it is scrolled to.
pub fn heat(map: &Heat, theme: Theme) -> Chart {
    let groups: Vec<(&str, Vec<Laid>)> = map
        .groups
        .iter()
        .filter(|group| !group.rows.is_empty())
        .map(|group| (group.heading.as_str(), group.rows.iter().map(Laid::new).collect()))
        .collect();
    if groups.is_empty() || map.offices.is_empty() {
        return empty(theme);
    }
    let names: Vec<Vec<String>> = map.offices.iter().map(|name| upright(name)).collect();
    let band = leading(SMALL) * names.iter().map(Vec::len).max().unwrap_or(0).max(2) as i32 + 14;
    let body: i32 =
        groups.iter().map(|(_, rows)| band + rows.iter().map(|row| row.height).sum::<i32>()).sum();
    let right = LEFT + COLUMN * map.offices.len() as i32;
    draw(theme, WIDTH.max(right + MARGIN), HEAD + body + MARGIN, |canvas| {
        legend(canvas);
        let mut y = HEAD;
        for (heading, rows) in &groups {
            let heading = text::wrap(heading, TEXT, NAME, 2);
            let style = Type { size: TEXT, colour: canvas.palette.ink_2, bold: true };
            let top = y + band - 10 - leading(TEXT) * heading.len() as i32 / 2;
            canvas.lines((MARGIN, top), Anchor::Start, style, &heading);
            for (column, name) in names.iter().enumerate() {
                label(canvas, (centre(column), y + band - 6), name);
            }
            y += band;
            for row in rows {
                canvas.line((MARGIN, y), (right, y), canvas.palette.line);
                let style = Type { size: TEXT, colour: canvas.palette.ink, bold: false };
                canvas.lines((MARGIN, y + row.height / 2), Anchor::Start, style, &row.name);
                for (column, cell) in row.cells.iter().take(map.offices.len()).enumerate() {
                    draw_cell(canvas, (centre(column), y + row.height / 2), *cell);
                }
                y += row.height;
            }
        }
    })
}

struct Laid<'a> {
    name: Vec<String>,
    cells: &'a [Cell],
    height: i32,
}

impl<'a> Laid<'a> {
    fn new(row: &'a Row) -> Self {
        let name = text::wrap(&row.name, TEXT, NAME, 2);
        let height = ROW + leading(TEXT) * (name.len().max(1) as i32 - 1);
        Self { name, cells: &row.cells, height }
    }
}

fn centre(column: usize) -> i32 {
    LEFT + COLUMN * column as i32 + COLUMN / 2
}

/// The letters of a name, one under the other; what takes no room or too much is left out.
fn upright(name: &str) -> Vec<String> {
    let fits = |letter: &String| (1..=COLUMN - 4).contains(&text::width(letter, SMALL));
    let clean = text::clean(name);
    let mut letters: Vec<String> =
        clean.chars().filter(|one| *one != ' ').map(String::from).filter(fits).take(LETTERS + 1).collect();
    if letters.len() > LETTERS {
        letters.truncate(LETTERS - 1);
        letters.push("…".to_owned());
    }
    letters
}

fn label(canvas: &Canvas, (x, bottom): Point, letters: &[String]) {
    let style = Type { size: SMALL, colour: canvas.palette.ink_2, bold: false };
    let height = leading(SMALL);
    let first = bottom - height * letters.len() as i32 + height / 2;
    for (letter, y) in letters.iter().zip((first..).step_by(height.unsigned_abs() as usize)) {
        canvas.text((x, y), Anchor::Middle, style, letter);
    }
}

fn draw_cell(canvas: &Canvas, (x, y): Point, cell: Cell) {
    let palette = canvas.palette;
    match cell {
        Cell::Blank => {}
        Cell::NotJudged => canvas.disc((x, y), 2, palette.ink_3),
        Cell::NotApplicable => canvas.path(&[(x - 4, y + 4), (x + 4, y - 4)], palette.ink_3, 1),
        Cell::Lamp(lamp) => {
            let colour = lamp.colour(palette);
            if matches!(lamp, Lamp::Yellow | Lamp::Red) {
                canvas.rect((x - COLUMN / 2 + 1, y - 10), (x + COLUMN / 2 - 1, y + 11), colour);
                lamp.draw(canvas, (x, y), palette.paper);
            } else {
                lamp.draw(canvas, (x, y), colour);
            }
        }
    }
}

fn legend(canvas: &Canvas) {
    let y = MARGIN + 6;
    let mut x = MARGIN;
    let lamps = Lamp::ALL.map(|lamp| (Cell::Lamp(lamp), words::lamp(lamp)));
    let others = [(Cell::NotJudged, words::NOT_JUDGED), (Cell::NotApplicable, words::NOT_APPLICABLE)];
    for (cell, word) in lamps.into_iter().chain(others) {
        draw_cell(canvas, (x + 12, y), cell);
        x = canvas.legend((x, y), 24, word);
    }
    canvas.caption((x, y), Anchor::Start, words::BLANK);
}
