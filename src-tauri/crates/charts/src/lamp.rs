//! Lamps as they are drawn: five shapes, each with a colour and a word.

use plotters::style::RGBColor;

use crate::canvas::Canvas;
use crate::theme::Palette;

/// How a target stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lamp {
    /// 已完成: a tick.
    Done,
    /// 正常: a disc.
    Green,
    /// 落后: a triangle.
    Yellow,
    /// 严重落后: a square.
    Red,
    /// 未评价 (not reported, or a milestone without months): a dashed ring.
    Grey,
}

impl Lamp {
    /// All lamps, in the order of legends and stacked bars.
    pub const ALL: [Self; 5] = [Self::Done, Self::Green, Self::Yellow, Self::Red, Self::Grey];

    pub(crate) const fn colour(self, palette: &Palette) -> RGBColor {
        match self {
            Self::Done => palette.done,
            Self::Green => palette.green,
            Self::Yellow => palette.yellow,
            Self::Red => palette.red,
            Self::Grey => palette.grey,
        }
    }

    /// Draws the shape into 12 × 12 pixels around a point.
    pub(crate) fn draw(self, canvas: &Canvas, (x, y): (i32, i32), colour: RGBColor) {
        match self {
            Self::Done => canvas.path(&[(x - 5, y), (x - 2, y + 4), (x + 5, y - 4)], colour, 2),
            Self::Green => canvas.disc((x, y), 5, colour),
            Self::Yellow => canvas.polygon(&[(x, y - 5), (x + 6, y + 5), (x - 6, y + 5)], colour),
            Self::Red => canvas.rect((x - 5, y - 5), (x + 5, y + 5), colour),
            Self::Grey => {
                // Four arcs of a circle of radius 5, on whole pixels.
                for (sx, sy) in [(1, 1), (-1, 1), (-1, -1), (1, -1)] {
                    let arc = [(5, 1), (4, 3), (3, 4), (1, 5)].map(|(dx, dy)| (x + sx * dx, y + sy * dy));
                    canvas.path(&arc, colour, 1);
                }
            }
        }
    }
}
