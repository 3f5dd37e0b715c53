//! A target's months (月度走势): what was reached, where the year stood, and the year's target as a mark.

mod labels;
mod plot;
mod scale;

use crate::canvas::{Anchor, Canvas, MARGIN, Point, WIDTH, draw, empty};
use crate::theme::Theme;
use crate::{Chart, drawable, text, words};

use plot::{Legend, Plot, goal_room, point};
use scale::Ruler;

/// A target's months and its goal.
#[derive(Debug, Clone, PartialEq)]
pub struct Trend {
    /// What its figures are.
    pub scale: Scale,
    /// The months of the plan, in order.
    pub months: Vec<Month>,
    /// The target.
    pub goal: Option<Goal>,
}

/// What a trend's figures are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scale {
    /// Amounts in a unit (个, 亿元); drawn as they are, never converted to 万 or 亿.
    Amount {
        /// The unit's name.
        unit: String,
    },
    /// Rates in percent, which may be negative.
    Percent,
    /// Stages of a milestone by their names; a figure is the stage's place in this list, from 0.
    Stages(Vec<String>),
}

/// One month of the plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Month {
    /// Its label, `1—2月`.
    pub label: String,
    /// What was reached; none leaves a gap.
    pub actual: Option<Reading>,
    /// Where the year stood, or will; none for rates, which no month brings nearer by a twelfth.
    pub expected: Option<f64>,
}

/// What was reached in a month.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The figure.
    pub value: f64,
    /// The figure as text, with thousands separators; empty for none.
    pub label: String,
    /// Taken over from an earlier month; drawn hollow.
    pub carried: bool,
}

/// The target of the year.
#[derive(Debug, Clone, PartialEq)]
pub struct Goal {
    /// The figure.
    pub value: f64,
    /// The figure as text, `740 个`.
    pub label: String,
}

const TOP: i32 = 64;
const PLOT: i32 = 264;
const STAGE: i32 = 38;
const FOOT: i32 = 44;
/// Least distance of two months.
const MONTH: i32 = 44;

/// What of a trend can be drawn, month by month.
struct Drawable<'a> {
    actual: Vec<Option<(f64, &'a Reading)>>,
    expected: Vec<Option<f64>>,
    goal: Option<(f64, &'a str)>,
}

impl<'a> Drawable<'a> {
    fn of(trend: &'a Trend) -> Self {
        let usable = |value: f64| {
            let value = drawable(Some(value))?;
            match &trend.scale {
                Scale::Stages(stages) => {
                    let place = value.round();
                    (place >= 0.0 && place < stages.len() as f64).then_some(place)
                }
                Scale::Amount { .. } | Scale::Percent => Some(value),
            }
        };
        let reading = |reading: &'a Reading| Some((usable(reading.value)?, reading));
        Self {
            actual: trend.months.iter().map(|month| month.actual.as_ref().and_then(reading)).collect(),
            expected: trend.months.iter().map(|month| month.expected.and_then(usable)).collect(),
            goal: trend.goal.as_ref().and_then(|goal| Some((usable(goal.value)?, goal.label.as_str()))),
        }
    }

    fn values(&self) -> Vec<f64> {
        let actual = self.actual.iter().flatten().map(|(value, _)| *value);
        let expected = self.expected.iter().flatten().copied();
        actual.chain(expected).chain(self.goal.map(|(value, _)| value)).collect()
    }
}

/// A point of the actual line, and the reading behind it.
struct Mark<'a> {
    at: Point,
    reading: &'a Reading,
}

/// Draws what was reached as a line with points, expected progress dashed, and the target as a horizontal mark.
///
/// A milestone's stages make steps. Figures that cannot be drawn and stages beyond the list count as none. Where labels
/// at points would touch one another, the latest month's goes first and some are left out: the table beside the chart
/// has them all.
pub fn trend(trend: &Trend, theme: Theme) -> Chart {
    let data = Drawable::of(trend);
    let values = data.values();
    if values.is_empty() || trend.months.is_empty() {
        return empty(theme);
    }
    let (ruler, height) = match &trend.scale {
        Scale::Stages(stages) => (Ruler::of_stages(stages), PLOT.max(stages.len() as i32 * STAGE)),
        scale => (Ruler::of_figures(&values, *scale == Scale::Percent), PLOT),
    };
    let left = MARGIN + ruler.room() + 10;
    let right = MARGIN + data.goal.map_or(8, |(_, label)| goal_room(label));
    let width = WIDTH.max(left + right + trend.months.len() as i32 * MONTH);
    draw(theme, width, TOP + height + FOOT, |canvas| {
        let (right, bottom) = (width - right, TOP + height);
        let plot = Plot { left, right, top: TOP, bottom, ruler: &ruler, months: &trend.months };
        plot.axes(canvas);
        caption(canvas, &trend.scale, &ruler);
        fill(canvas, &plot, &data, matches!(trend.scale, Scale::Stages(_)));
    })
}

fn fill(canvas: &Canvas, plot: &Plot, data: &Drawable, stages: bool) {
    let line = |points: Vec<Point>| if stages { steps(&points) } else { points };
    let marks = runs(
        data.actual
            .iter()
            .enumerate()
            .map(|(month, entry)| entry.map(|(value, reading)| Mark { at: plot.at(month, value), reading })),
    );
    let expected =
        runs(data.expected.iter().enumerate().map(|(month, value)| value.map(|value| plot.at(month, value))));

    let mut strokes: Vec<Vec<Point>> = Vec::new();
    strokes.extend(data.goal.map(|(value, label)| plot.goal(canvas, value, label)));
    let legend = Legend {
        actual: !marks.is_empty(),
        carried: marks.iter().flatten().any(|mark| mark.reading.carried),
        expected: !expected.is_empty(),
        goal: data.goal.is_some(),
        stages,
    };
    for run in expected.into_iter().map(line) {
        plot.expected(canvas, &run);
        strokes.push(run);
    }
    for run in &marks {
        let run = line(run.iter().map(|mark| mark.at).collect());
        canvas.path(&run, canvas.palette.accent, 2);
        strokes.push(run);
    }
    let marks: Vec<Mark> = marks.into_iter().flatten().collect();
    for mark in &marks {
        point(canvas, mark.at, mark.reading.carried);
    }
    plot.figures(canvas, &marks, &strokes);
    legend.draw(canvas);
    if !legend.actual {
        canvas.caption((canvas.width - MARGIN, MARGIN + 6), Anchor::End, words::EMPTY);
    }
}

fn caption(canvas: &Canvas, scale: &Scale, ruler: &Ruler) {
    let mut caption = match scale {
        Scale::Amount { unit } => format!("{}{unit}", words::UNIT),
        Scale::Percent => format!("{}%", words::UNIT),
        Scale::Stages(_) => return,
    };
    if !ruler.from_zero {
        caption = format!("{}，{caption}", words::NOT_FROM_ZERO);
    }
    let caption = text::fit(&caption, crate::canvas::SMALL, canvas.width - 2 * MARGIN);
    canvas.caption((MARGIN, 46), Anchor::Start, &caption);
}

/// The stretches between gaps.
fn runs<T>(entries: impl Iterator<Item = Option<T>>) -> Vec<Vec<T>> {
    let mut runs = Vec::new();
    let mut run = Vec::new();
    for entry in entries {
        match entry {
            Some(entry) => run.push(entry),
            None => runs.push(std::mem::take(&mut run)),
        }
    }
    runs.push(run);
    runs.retain(|run| !run.is_empty());
    runs
}

/// Straight on to the next month, then up or down.
fn steps(points: &[Point]) -> Vec<Point> {
    let mut steps: Vec<Point> = points.first().copied().into_iter().collect();
    for ends in points.windows(2) {
        steps.push((ends[1].0, ends[0].1));
        steps.push(ends[1]);
    }
    steps.dedup();
    steps
}
