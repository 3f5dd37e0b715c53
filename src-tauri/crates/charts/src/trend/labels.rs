//! Where the figures at points go, so that none touches another or a point, and few stand on a line.

use crate::canvas::{Point, SMALL};
use crate::text;

/// Half the height of a figure's box.
const HALF: i32 = 8;
/// What a point keeps free around itself.
const CLEAR: i32 = 6;

/// A rectangle in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    pub left: i32,
    pub top: i32,
    pub right: i32,
    pub bottom: i32,
}

impl Area {
    fn around((x, y): Point, width: i32, height: i32) -> Self {
        Self { left: x - width, top: y - height, right: x + width, bottom: y + height }
    }

    fn meets(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    fn within(&self, other: &Self) -> bool {
        self.left >= other.left
            && self.right <= other.right
            && self.top >= other.top
            && self.bottom <= other.bottom
    }

    /// Whether a straight stroke passes through (Liang and Barsky's clipping).
    fn crossed(&self, (x0, y0): Point, (x1, y1): Point) -> bool {
        let (dx, dy) = (f64::from(x1 - x0), f64::from(y1 - y0));
        let (mut enters, mut leaves) = (0.0f64, 1.0f64);
        for (towards, room) in [
            (-dx, f64::from(x0 - self.left)),
            (dx, f64::from(self.right - x0)),
            (-dy, f64::from(y0 - self.top)),
            (dy, f64::from(self.bottom - y0)),
        ] {
            if towards == 0.0 {
                if room < 0.0 {
                    return false;
                }
            } else if towards < 0.0 {
                enters = enters.max(room / towards);
            } else {
                leaves = leaves.min(room / towards);
            }
        }
        enters <= leaves
    }
}

/// Middles for the labels of points, none for those that find no room; the last point chooses first.
pub fn place(points: &[(Point, &str)], strokes: &[Vec<Point>], bounds: Area) -> Vec<Option<Point>> {
    let mut taken: Vec<Area> = points.iter().map(|(at, _)| Area::around(*at, CLEAR, CLEAR)).collect();
    let mut placed = vec![None; points.len()];
    let last = points.len().saturating_sub(1);
    for index in std::iter::once(last).chain(0..last) {
        let Some(((x, y), label)) = points.get(index).filter(|(_, label)| !label.is_empty()) else {
            continue;
        };
        // One tenth more, because the last one is bold.
        let half = text::width(label, SMALL) * 11 / 20 + 2;
        let aside = half - 2;
        let choices =
            [(0, -15), (0, 15), (-aside, -15), (aside, 15), (aside, -15), (-aside, 15), (0, -30), (0, 30)];
        let best = choices
            .iter()
            .enumerate()
            .filter_map(|(rank, (dx, dy))| {
                // At the edges of the field a label moves inwards.
                let middle = ((x + dx).min(bounds.right - half).max(bounds.left + half), y + dy);
                let area = Area::around(middle, half, HALF);
                if !area.within(&bounds) || taken.iter().any(|other| area.meets(other)) {
                    return None;
                }
                let crossings = strokes
                    .iter()
                    .flat_map(|stroke| stroke.windows(2))
                    .filter(|ends| area.crossed(ends[0], ends[1]));
                Some((crossings.count() * 3 + rank, middle, area))
            })
            .min_by_key(|(cost, ..)| *cost);
        if let Some((_, middle, area)) = best {
            taken.push(area);
            placed[index] = Some(middle);
        }
    }
    placed
}

#[cfg(test)]
mod laws {
    use super::*;
    use proptest::prelude::*;

    const BOUNDS: Area = Area { left: 0, top: 0, right: 800, bottom: 300 };

    proptest! {
        #[test]
        fn labels_touch_neither_one_another_nor_points(
            heights in prop::collection::vec((20..280i32, "[0-9,]{0,14}"), 1..30),
        ) {
            let points: Vec<(Point, &str)> =
                (20..).step_by(40).zip(&heights).map(|(x, (y, label))| ((x, *y), label.as_str())).collect();
            let placed = place(&points, &[], BOUNDS);
            let areas: Vec<Area> = points.iter().zip(placed).filter_map(|((_, label), middle)| {
                Some(Area::around(middle?, text::width(label, SMALL) / 2, HALF))
            }).collect();
            for (index, area) in areas.iter().enumerate() {
                prop_assert!(area.within(&BOUNDS));
                prop_assert!(areas[index + 1..].iter().all(|other| !area.meets(other)));
                prop_assert!(points.iter().all(|(at, _)| !area.meets(&Area::around(*at, CLEAR, CLEAR))));
            }
        }
    }

    #[test]
    fn a_label_steps_aside_from_a_line() {
        let points = [((100, 100), "318")];
        assert_eq!(place(&points, &[], BOUNDS), [Some((100, 85))]);
        assert_eq!(place(&points, &[vec![(0, 85), (800, 85)]], BOUNDS), [Some((100, 115))]);
    }

    #[test]
    fn the_latest_month_is_never_without_its_label() {
        let wide = "123,456,789,012";
        let points: Vec<(Point, &str)> = (60..700).step_by(10).map(|x| ((x, 150), wide)).collect();
        let placed = place(&points, &[], BOUNDS);
        assert!(placed.last().is_some_and(Option::is_some));
        assert!(placed.iter().any(Option::is_none));
    }
}
