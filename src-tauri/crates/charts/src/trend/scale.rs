//! The vertical axis: from where to where, and the marks on it.

use crate::canvas::SMALL;
use crate::text;

/// Most room that the names of stages take.
const STAGE_ROOM: i32 = 132;

/// A vertical axis.
#[derive(Debug)]
pub struct Ruler {
    /// Value at the bottom.
    pub low: f64,
    /// Value at the top.
    pub high: f64,
    /// Values that carry a line and a label.
    pub marks: Vec<(f64, Vec<String>)>,
    /// Zero lies on the axis.
    pub from_zero: bool,
}

impl Ruler {
    /// An axis for figures, of which there is at least one: five or so round marks, and zero where the figures come
    /// anywhere near it.
    pub fn of_figures(values: &[f64], percent: bool) -> Self {
        let least = values.iter().copied().fold(f64::INFINITY, f64::min);
        let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let far_from_zero =
            least * most > 0.0 && least.abs().min(most.abs()) >= 0.7 * least.abs().max(most.abs());
        let (mut least, mut most) =
            if far_from_zero { (least, most) } else { (least.min(0.0), most.max(0.0)) };
        let size = least.abs().max(most.abs());
        // Equal figures, or nearly so, get an axis around them that whole steps can divide.
        if most - least < (size * 1e-6).max(1e-6) {
            let (below, above) = if size < 1e-6 { (0.0, 1.0) } else { (size * 0.1, size * 0.1) };
            (least, most) = (least - below, most + above);
        }
        let air = (most - least) * 0.08;
        let (step, decimals) = round_step((most - least) / 5.0);
        let from = ((least - if least == 0.0 { 0.0 } else { air }) / step).floor();
        let to = ((most + if most == 0.0 { 0.0 } else { air }) / step).ceil();
        let from = if least > 0.0 { from.max(0.0) } else { from };
        let sign = if percent { "%" } else { "" };
        let marks = (from as i64..=to as i64)
            .map(|count| count as f64 * step)
            .map(|value| (value, vec![thousands(value, decimals) + sign]))
            .collect();
        Self { low: from * step, high: to * step, marks, from_zero: from <= 0.0 && to >= 0.0 }
    }

    /// An axis of stages, the first at the bottom.
    pub fn of_stages(stages: &[String]) -> Self {
        let names = stages.iter().map(|name| text::wrap(name, SMALL, STAGE_ROOM, 2));
        let marks: Vec<_> = names.enumerate().map(|(place, name)| (place as f64, name)).collect();
        Self { low: -0.5, high: marks.len() as f64 - 0.5, marks, from_zero: true }
    }

    /// Room for its labels in pixels.
    pub fn room(&self) -> i32 {
        let labels = self.marks.iter().flat_map(|(_, lines)| lines);
        labels.map(|line| text::width(line, SMALL)).max().unwrap_or(0)
    }
}

/// The next 1, 2 or 5 times a power of ten, and how many decimals its multiples need.
fn round_step(raw: f64) -> (f64, usize) {
    let power = raw.log10().floor() as i32;
    let unit = 10f64.powi(power);
    let (factor, power) = match raw / unit {
        share if share <= 1.0 => (1.0, power),
        share if share <= 2.0 => (2.0, power),
        share if share <= 5.0 => (5.0, power),
        _ => (10.0, power + 1),
    };
    (factor * unit, power.min(0).unsigned_abs() as usize)
}

/// A figure with thousands separators.
fn thousands(value: f64, decimals: usize) -> String {
    let digits = format!("{:.decimals$}", value.abs());
    let (whole, rest) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut grouped = String::new();
    if value < 0.0 && digits.contains(|digit: char| ('1'..='9').contains(&digit)) {
        grouped.push('-');
    }
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + rest
}

#[cfg(test)]
mod laws {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn figures_are_grouped_by_thousands() {
        assert_eq!(thousands(1_234_567.0, 0), "1,234,567");
        assert_eq!(thousands(-1_234.5, 1), "-1,234.5");
        assert_eq!(thousands(999.0, 0), "999");
        assert_eq!(thousands(-0.0, 1), "0.0");
    }

    #[test]
    fn an_axis_starts_at_zero_unless_all_figures_are_far_from_it() {
        let labels = |values: &[f64]| -> Vec<String> {
            Ruler::of_figures(values, false).marks.into_iter().flat_map(|(_, label)| label).collect()
        };
        assert_eq!(labels(&[60.0, 318.0, 740.0]), ["0", "200", "400", "600", "800"]);
        assert_eq!(labels(&[88.6, 89.9, 90.0]), ["88.0", "88.5", "89.0", "89.5", "90.0", "90.5"]);
        assert_eq!(labels(&[0.0]), ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0", "1.2"]);
        assert_eq!(labels(&[-2.0, 6.0]), ["-4", "-2", "0", "2", "4", "6", "8"]);
    }

    proptest! {
        #[test]
        fn every_figure_lies_on_the_axis(values in prop::collection::vec(-1e18..1e18f64, 1..20), shrink in 0..24i32) {
            let values: Vec<f64> = values.iter().map(|value| value / 10f64.powi(shrink)).collect();
            let ruler = Ruler::of_figures(&values, false);
            prop_assert!(values.iter().all(|value| ruler.low <= *value && *value <= ruler.high));
            prop_assert!((2..=12).contains(&ruler.marks.len()), "{} marks", ruler.marks.len());
        }

        #[test]
        fn nearly_equal_figures_have_an_axis_too(base in -1e18..1e18f64, off in -1e-3..1e-3f64) {
            let ruler = Ruler::of_figures(&[base, base + off], true);
            prop_assert!(ruler.low < ruler.high && (2..=12).contains(&ruler.marks.len()));
        }
    }
}
