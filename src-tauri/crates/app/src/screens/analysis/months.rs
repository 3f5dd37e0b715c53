//! One target's months: what was reported, what the sheet says, and where the year stood.

use charts::trend::{Goal as Mark, Month, Reading, Scale};
use model::assess::{Assessment, Case, Expected, assess, quota_goal};
use model::exact::Exact;
use model::period::Period;
use model::returns::Figures;
use model::rollup::{Actual, Standing, Tally};
use model::target::{Goal, Kind, Measure, Target};

use super::{ChartView, Trend, drawn};
use crate::desk::Desk;
use crate::{Error, Result, words};

/// One month of a target.
struct Point {
    period: Period,
    /// What it stood at; none in months to come, and where there was nothing to count.
    standing: Option<Standing>,
    assessment: Assessment,
}

impl Point {
    fn is_carried(&self) -> bool {
        matches!(self.standing, Some(Standing::Carried(_)))
    }
}

/// Draws the months of a target up to the desk's period, and what is expected until the end of the year.
pub(super) fn trend(desk: &Desk, code: &str, theme: charts::Theme) -> Result<Trend> {
    let post = desk.posts.iter().find(|post| post.target.as_str() == code);
    let found = post.and_then(|post| Some((post, desk.plan.target(&post.target)?)));
    let (post, target) = found.ok_or_else(|| Error::UnknownTarget(code.to_owned()))?;
    let goal = quota_goal(target, post.quota);
    let points: Vec<Point> =
        desk.plan.calendar.periods().map(|period| point(desk, target, goal, period)).collect();
    let standing = desk.standings.get(&target.id);
    let said = |text: fn(&crate::screens::entry::Standing) -> &str| standing.map(text).unwrap_or_default();
    let parts = [said(|it| &it.explanation), said(|it| &it.outlook)];
    let explanation = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("；");
    Ok(Trend {
        target: target.id.to_string(),
        name: target.name.clone(),
        clause: target.clause.clone(),
        chart: chart(desk, target, goal, &points, &explanation, theme),
        explanation,
    })
}

fn point(desk: &Desk, target: &Target, goal: Option<Goal>, period: Period) -> Point {
    let standing = standing(desk, target, period);
    let mut tally = Tally::new(target);
    standing.iter().for_each(|standing| tally.add(*standing));
    let reference = reference(desk, target, period);
    let assessment = assess(&Case {
        target,
        goal,
        period,
        roll_up: &tally.roll_up(),
        reference: reference.as_ref(),
        rule: &desk.plan.lamp_rule,
    });
    Point { period, standing, assessment }
}

/// Says how a target stood in a month. Where none was due, an amount or a stage still stands where it stood.
fn standing(desk: &Desk, target: &Target, period: Period) -> Option<Standing> {
    let at = |period: Period| {
        if period == desk.sheet.period {
            return desk.reading.facts.get(&target.id).and_then(|facts| facts.stands);
        }
        reported(desk, target, period).map(Standing::Reported)
    };
    if period > desk.sheet.period {
        return None;
    }
    if target.frequency.is_due(period) || target.kind().is_rate() {
        return at(period);
    }
    let due = target.frequency.latest_due(period)?;
    match at(due)? {
        Standing::Reported(figures) => Some(Standing::Carried(figures)),
        _ => None,
    }
}

fn reported(desk: &Desk, target: &Target, period: Period) -> Option<Figures> {
    let all = desk.past.history.earlier.get(&target.id)?;
    all.iter().find(|(month, _)| *month == period).map(|(_, figures)| *figures)
}

/// Takes the rate that a relative target is held against from the own figures of the same month.
fn reference(desk: &Desk, target: &Target, period: Period) -> Option<Exact> {
    let Measure::Relative { to, .. } = &target.measure else { return None };
    let to = desk.plan.target(to)?;
    let mut tally = Tally::new(to);
    tally.add(standing(desk, to, period)?);
    tally.roll_up().actual?.number()
}

fn chart(
    desk: &Desk,
    target: &Target,
    goal: Option<Goal>,
    points: &[Point],
    explanation: &str,
    theme: charts::Theme,
) -> ChartView {
    let label = |point: &Point| words::month_label(&desk.plan.calendar, point.period);
    let months = points.iter().map(|point| Month {
        label: label(point),
        actual: reading(target, point),
        expected: point.assessment.expected.as_ref().and_then(expected),
    });
    let mark = goal.and_then(|goal| {
        Some(Mark { value: drawn(&goal.value.into())?, label: words::goal_label(target, goal) })
    });
    let drawing = charts::trend::Trend { scale: scale(target), months: months.collect(), goal: mark };
    let dash = |text: Option<String>| text.unwrap_or_else(|| "—".to_owned());
    let rows = points.iter().map(|point| {
        vec![
            label(point),
            dash(
                words::shown_actual(target, &point.assessment).filter(|_| point.assessment.actual.is_some()),
            ),
            dash(words::shown_expected(target, &point.assessment)),
            remark(desk, target, point).to_owned(),
        ]
    });
    let shown: Vec<(String, String)> = points
        .iter()
        .filter_map(|point| Some((label(point), words::shown_actual(target, &point.assessment)?)))
        .collect();
    ChartView {
        title: format!("{}：{}", target.name, words::TREND),
        svg: charts::trend(&drawing, theme).svg,
        alt: words::trend_alt(&target.name, &shown, explanation),
        heads: words::trend_heads(target.kind()).map(str::to_owned).to_vec(),
        rows: rows.collect(),
    }
}

fn scale(target: &Target) -> Scale {
    let stages =
        || (0..target.stage_count().unwrap_or(0)).filter_map(|at| target.stage_name(u8::try_from(at).ok()?));
    match target.kind() {
        Kind::Count | Kind::Stock => Scale::Amount { unit: target.unit.clone() },
        Kind::Growth | Kind::Share | Kind::Relative => Scale::Percent,
        Kind::Milestone | Kind::Statement => Scale::Stages(stages().map(str::to_owned).collect()),
    }
}

fn reading(target: &Target, point: &Point) -> Option<Reading> {
    let actual = point.assessment.actual.as_ref()?;
    let (value, label) = match actual {
        Actual::Amount(value) => {
            let exact = Exact::from(*value);
            (drawn(&exact)?, words::amount(&exact))
        }
        Actual::Rate { rate, .. } => {
            (drawn(rate.as_ref()?)?, words::shown_actual(target, &point.assessment)?)
        }
        Actual::Stage(stage) => (f64::from(*stage), String::new()),
    };
    Some(Reading { value, label, carried: point.is_carried() })
}

fn expected(expected: &Expected) -> Option<f64> {
    match expected {
        Expected::Amount { amount, .. } => drawn(amount),
        Expected::Rate(rate) => drawn(rate),
        Expected::Stage(stage) => Some(f64::from(*stage)),
    }
}

fn remark(desk: &Desk, target: &Target, point: &Point) -> &'static str {
    let now = desk.sheet.period;
    match point.standing {
        _ if point.period > now => "",
        Some(Standing::Carried(_)) => words::CARRIED,
        Some(Standing::Reported(_)) if point.period == now => words::BY_THE_SHEET,
        Some(Standing::Reported(_)) => "",
        Some(Standing::NotApplicable) => words::NOT_APPLICABLE,
        _ if !target.frequency.is_due(point.period) => words::NOT_DUE,
        _ if point.period == now => words::NOT_FILLED_IN,
        _ => words::NOT_COUNTED,
    }
}
