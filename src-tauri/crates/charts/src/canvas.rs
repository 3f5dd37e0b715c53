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
    let size = (width.unsigned_abs(), height.unsigned_abs());
    let palette = theme.palette();
    let canvas = Canvas { area: SVGBackend::with_string(&mut svg, size).into_drawing_area(), palette, width };
    canvas.rect((0, 0), (width, height), palette.paper);
    body(&canvas);
    drawn(&canvas.area.present());
    drop(canvas);
    Chart { svg, width: size.0, height: size.1 }
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
        drawn(&self.area.draw(&Rectangle::new([upper_left, lower_right], colour.filled())));
    }

    pub fn frame(&self, upper_left: Point, lower_right: Point, colour: RGBColor) {
        let ((x0, y0), (x1, y1)) = (upper_left, lower_right);
        self.dashed(&[(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)], colour, 1, (3, 2));
    }

    pub fn line(&self, from: Point, to: Point, colour: RGBColor) {
        self.path(&[from, to], colour, 1);
    }

    pub fn path(&self, points: &[Point], colour: RGBColor, width: u32) {
        drawn(&self.area.draw(&PathElement::new(points, colour.stroke_width(width))));
    }

    pub fn dashed(&self, points: &[Point], colour: RGBColor, width: u32, (dash, gap): (i32, i32)) {
        let style = colour.stroke_width(width);
        drawn(&self.area.draw(&DashedPathElement::new(points.iter().copied(), dash, gap, style)));
    }

    pub fn disc(&self, centre: Point, radius: i32, colour: RGBColor) {
        drawn(&self.area.draw(&Circle::new(centre, radius, colour.filled())));
    }

    pub fn ring(&self, centre: Point, radius: i32, colour: RGBColor) {
        self.disc(centre, radius, self.palette.paper);
        drawn(&self.area.draw(&Circle::new(centre, radius, colour.stroke_width(2))));
    }

    pub fn polygon(&self, points: &[Point], colour: RGBColor) {
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
        let font = FontDesc::new(FontFamily::Name(FONT), f64::from(style.size) * 1.24, weight);
        let rise = (f64::from(style.size) * 0.39).round() as i32;
        let colour = style.colour;
        let set = font.into_text_style(&self.area).color(&colour).pos(Pos::new(hpos, VPos::Top));
        drawn(&self.area.draw_text(text, &set, (x, y - rise)));
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

/// Distance of the lines of a text.
pub fn leading(size: u32) -> i32 {
    size as i32 + 4
}

/// Writing into a string does not fail, and each area is drawn on by one hand only.
fn drawn<E>(outcome: &Result<(), E>) {
    debug_assert!(outcome.is_ok(), "a string took no more");
}
