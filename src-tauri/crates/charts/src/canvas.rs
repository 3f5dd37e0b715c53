//! A sheet of paper of fixed size, and the few strokes that charts are made of.

use plotters::backend::SVGBackend;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{Circle, DashedPathElement, PathElement, Polygon, Rectangle};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, IntoTextStyle, RGBColor};

use crate::Chart;
use crate::text;
use crate::theme::{FONT, Palette, Theme};
use crate::words;

/// Margin on all sides.
pub const MARGIN: i32 = 16;
/// Width of every chart, unless its data need more.
pub const WIDTH: i32 = 880;
/// Size of names and labels.
pub const TEXT: u32 = 13;
/// Size of axes, legends and labels at points.
pub const SMALL: u32 = 12;

/// Units of the view box per pixel: the backend knows whole numbers only, on which slanting dashes would wobble.
const FINE: i32 = 4;

/// A position in pixels from the upper left corner.
pub type Point = (i32, i32);

/// Which end of a text stands at its position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

/// How a text is set.
#[derive(Debug, Clone, Copy)]
pub struct Type {
    pub size: u32,
    pub colour: RGBColor,
    pub bold: bool,
}

/// The sheet.
pub struct Canvas<'a> {
    area: DrawingArea<SVGBackend<'a>, Shift>,
    /// Its colours.
    pub palette: &'static Palette,
    /// Its width in pixels.
    pub width: i32,
}

/// Draws a chart of the given size.
pub fn draw(theme: Theme, width: i32, height: i32, body: impl FnOnce(&Canvas)) -> Chart {
    let mut svg = String::new();
    let (wide, high) = (width * FINE, height * FINE);
    let size = (wide.unsigned_abs(), high.unsigned_abs());
    let palette = theme.palette();
    let canvas = Canvas { area: SVGBackend::with_string(&mut svg, size).into_drawing_area(), palette, width };
    canvas.rect((0, 0), (width, height), palette.paper);
    body(&canvas);
    drawn(&canvas.area.present());
    drop(canvas);
    // The backend's own head makes a unit a pixel.
    let head = format!(
        r#"<svg width="{width}" height="{height}" viewBox="0 0 {wide} {high}" xmlns="http://www.w3.org/2000/svg">"#
    );
    svg.replace_range(..=svg.find('>').unwrap_or(0), &head);
    Chart { svg, width: width.unsigned_abs(), height: height.unsigned_abs() }
}

/// The chart of no data, which says so.
pub fn empty(theme: Theme) -> Chart {
    const HEIGHT: i32 = 120;
    draw(theme, WIDTH, HEIGHT, |canvas| {
        let style = Type { size: TEXT, colour: canvas.palette.ink_3, bold: false };
        canvas.text((WIDTH / 2, HEIGHT / 2), Anchor::Middle, style, words::EMPTY);
    })
}

impl Canvas<'_> {
    pub fn rect(&self, upper_left: Point, lower_right: Point, colour: RGBColor) {
        drawn(&self.area.draw(&Rectangle::new([fine(upper_left), fine(lower_right)], colour.filled())));
    }

    /// A dashed rectangle, just inside of its corners.
    pub fn frame(&self, upper_left: Point, lower_right: Point, colour: RGBColor) {
        let ((x0, y0), (x1, y1)) = (inside(upper_left), inside((lower_right.0 - 1, lower_right.1 - 1)));
        self.dashes(&[(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)], colour, (3, 2));
    }

    /// A hairline, level or upright, that fills one row or column of pixels.
    pub fn line(&self, from: Point, to: Point, colour: RGBColor) {
        self.strokes(&[inside(from), inside(to)], colour, 1);
    }

    pub fn path(&self, points: &[Point], colour: RGBColor, width: u32) {
        self.strokes(&points.iter().copied().map(fine).collect::<Vec<_>>(), colour, width);
    }

    fn strokes(&self, points: &[Point], colour: RGBColor, width: u32) {
        drawn(&self.area.draw(&PathElement::new(points, colour.stroke_width(width * FINE.unsigned_abs()))));
    }

    pub fn dashed(&self, points: &[Point], colour: RGBColor, pattern: (i32, i32)) {
        self.dashes(&points.iter().copied().map(inside).collect::<Vec<_>>(), colour, pattern);
    }

    fn dashes(&self, points: &[Point], colour: RGBColor, (dash, gap): (i32, i32)) {
        let style = colour.stroke_width(FINE.unsigned_abs());
        let dashes = DashedPathElement::new(points.iter().copied(), dash * FINE, gap * FINE, style);
        drawn(&self.area.draw(&dashes));
    }

    pub fn disc(&self, centre: Point, radius: i32, colour: RGBColor) {
        drawn(&self.area.draw(&Circle::new(fine(centre), radius * FINE, colour.filled())));
    }

    pub fn ring(&self, centre: Point, radius: i32, colour: RGBColor) {
        self.disc(centre, radius, self.palette.paper);
        let style = colour.stroke_width(2 * FINE.unsigned_abs());
        drawn(&self.area.draw(&Circle::new(fine(centre), radius * FINE, style)));
    }

    pub fn polygon(&self, points: &[Point], colour: RGBColor) {
        let points: Vec<Point> = points.iter().copied().map(fine).collect();
        drawn(&self.area.draw(&Polygon::new(points, colour.filled())));
    }

    /// One line of clean text whose middle height is at the position.
    pub fn text(&self, (x, y): Point, anchor: Anchor, style: Type, text: &str) {
        let hpos = match anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let weight = if style.bold { FontStyle::Bold } else { FontStyle::Normal };
        // The backend divides by 1.24 and, for texts hung by their top, goes 0.76 em down to the base line; the
        // middle of Chinese characters and of figures is 0.37 em above it.
        let size = f64::from(style.size) * f64::from(FINE);
        let font = FontDesc::new(FontFamily::Name(FONT), size * 1.24, weight);
        let (x, y) = fine((x, y));
        let at = (x, y - (size * 0.39).round() as i32);
        let colour = style.colour;
        let set = font.into_text_style(&self.area).color(&colour).pos(Pos::new(hpos, VPos::Top));
        drawn(&self.area.draw_text(text, &set, at));
    }

    /// Lines of text around a middle height.
    pub fn lines(&self, (x, y): Point, anchor: Anchor, style: Type, lines: &[String]) {
        let leading = leading(style.size);
        let top = y - leading * (lines.len() as i32 - 1) / 2;
        for (line, y) in lines.iter().zip((top..).step_by(leading.unsigned_abs() as usize)) {
            self.text((x, y), anchor, style, line);
        }
    }

    /// Small quiet text.
    pub fn caption(&self, at: Point, anchor: Anchor, text: &str) {
        self.text(at, anchor, Type { size: SMALL, colour: self.palette.ink_3, bold: false }, text);
    }

    /// A legend's word beside its sample; returns where the next sample may begin.
    pub fn legend(&self, (x, y): Point, sample: i32, word: &str) -> i32 {
        let style = Type { size: SMALL, colour: self.palette.ink_2, bold: false };
        self.text((x + sample + 6, y), Anchor::Start, style, word);
        x + sample + 6 + text::width(word, SMALL) + 20
    }
}

/// A position in units of the view box.
fn fine((x, y): Point) -> Point {
    (x * FINE, y * FINE)
}

/// The middle of the pixel to the lower right of a position.
fn inside((x, y): Point) -> Point {
    (x * FINE + FINE / 2, y * FINE + FINE / 2)
}

/// Distance of the lines of a text.
pub fn leading(size: u32) -> i32 {
    size as i32 + 4
}

/// Writing into a string does not fail, and each area is drawn on by one hand only.
fn drawn<E>(outcome: &Result<(), E>) {
    debug_assert!(outcome.is_ok(), "a string took no more");
}
