//! Targets with a figure: counts, stocks and rates.

use std::cmp::Ordering;

use super::{Assessment, Case, Ground, expected, meets, yellow};
use crate::exact::Exact;
use crate::figure::Figure;
use crate::lamp::Lamp;
use crate::rollup::Actual;
use crate::target::{Comparator, Goal, Kind, Measure};

const MONTHS: i64 = 12;

/// The bar a figure is held against: what is met for the year, and what is expected by now.
struct Bar {
    comparator: Comparator,
    year: Exact,
    now: Exact,
}

pub(super) fn assess(case: &Case<'_>, number: &Exact, blank: Assessment) -> Assessment {
    let kind = case.target.kind();
    let mut out = Assessment { expected: expected(case), ..blank };
    if kind == Kind::Count {
        let twelfths = Exact::quotient(&Exact::from(MONTHS), &Exact::from(i64::from(case.period.month())));
        out.forecast = twelfths.map(|factor| number * &factor);
    }
    let bar = match bar(case) {
        Ok(bar) => bar,
        Err(ground) => return Assessment { ground, ..out },
    };
    if let Some(goal) = case.goal.filter(|_| kind.is_amount()) {
        out.completion = Exact::percent(number, &bar.year);
        out.needed_per_month = needed_per_month(case, goal, number);
    }
    let (lamp, ground, gap) = hold(case, number, &bar);
    Assessment { lamp: Some(lamp), ground, gap: Some(gap), ..out }
}

/// Lights the lamp alone, as [`assess`] does, without what explains it.
pub(super) fn lamp(case: &Case<'_>, number: &Exact) -> Option<Lamp> {
    Some(hold(case, number, &bar(case).ok()?).0)
}

/// Finds what a figure is held against, or why there is nothing.
fn bar(case: &Case<'_>) -> Result<Bar, Ground> {
    match (&case.target.measure, case.goal, case.reference) {
        (Measure::Relative { comparator, tolerance, .. }, _, Some(rate)) => {
            let bar = relative_bar(rate, *comparator, *tolerance);
            Ok(Bar { comparator: *comparator, year: bar.clone(), now: bar })
        }
        (Measure::Relative { .. }, _, None) => Err(Ground::NoReference),
        (_, None, _) => Err(Ground::NotJudged),
        (_, Some(goal), _) => {
            let year = Exact::from(goal.value);
            let is_amount = case.target.kind().is_amount();
            let now = if is_amount { expected_amount(case, goal) } else { year.clone() };
            Ok(Bar { comparator: goal.comparator, now, year })
        }
    }
}

/// Holds a figure against its bar: the lamp, what decided it, and the gap.
fn hold(case: &Case<'_>, number: &Exact, bar: &Bar) -> (Lamp, Ground, Exact) {
    let ahead = if bar.comparator.is_downward() { &bar.now - number } else { number - &bar.now };
    // Rates differ by percentage points, amounts by points of the goal; against a goal of zero every miss is a whole one.
    let gap = if case.target.kind().is_rate() {
        ahead
    } else {
        Exact::percent(&ahead, &bar.year).unwrap_or_else(|| Exact::from(100 * ahead.sign() as i64))
    };
    let met = meets(bar.comparator, number, &bar.year);
    let (lamp, ground) = judge(case, bar, met, &gap);
    (lamp, ground, gap)
}

fn judge(case: &Case<'_>, bar: &Bar, met: bool, gap: &Exact) -> (Lamp, Ground) {
    let kind = case.target.kind();
    let last = case.period.is_final();
    let downward = bar.comparator.is_downward();
    let behind = gap.sign() == Ordering::Less;
    let amber = if gap.abs() <= yellow(case.rule, kind) { Lamp::Yellow } else { Lamp::Red };
    match kind {
        // What is counted can only grow: an exceeded limit stays exceeded, a reached goal stays reached.
        Kind::Count if downward && !met => (Lamp::Red, Ground::LimitExceeded),
        Kind::Count if met && (last || !downward) => (Lamp::Done, Ground::Met),
        _ if met && last => (Lamp::Done, Ground::Met),
        _ if last && !met && !behind => (Lamp::Yellow, Ground::YearEndedUnmet),
        _ if last && !met => (amber, Ground::YearEndedUnmet),
        Kind::Count if behind => (amber, Ground::Behind),
        Kind::Count => (Lamp::Green, Ground::OnCourse),
        _ if met => (Lamp::Green, Ground::Met),
        // A stock with a base is on course at the level expected by now; without one "now" is the goal itself, and a strict goal is missed by reaching it.
        _ if behind || bar.now == bar.year => (amber, Ground::Behind),
        _ => (Lamp::Green, Ground::OnCourse),
    }
}

/// Returns the amount expected by the end of the period: by the plan's months, along the line from base to goal, the level itself, or twelfths.
pub(super) fn expected_amount(case: &Case<'_>, goal: Goal) -> Exact {
    let value = Exact::from(goal.value);
    let month = case.period.month();
    let elapsed = |of: &Exact| {
        Exact::quotient(&(of * &Exact::from(i64::from(month))), &Exact::from(MONTHS))
            .unwrap_or_else(|| of.clone())
    };
    match &case.target.measure {
        Measure::Count { monthly: Some(monthly), .. } => {
            let planned = Exact::from(monthly[usize::from(month) - 1]);
            // An office's quota follows the rhythm of the target's own plan.
            Exact::quotient(&(&value * &planned), &monthly[11].into()).unwrap_or(planned)
        }
        Measure::Stock { base: Some(base), .. } if case.target.goal() == Some(goal) => {
            let base = Exact::from(*base);
            &base + &elapsed(&(&value - &base))
        }
        Measure::Stock { .. } => value,
        _ => elapsed(&value),
    }
}

fn needed_per_month(case: &Case<'_>, goal: Goal, number: &Exact) -> Option<Exact> {
    let remaining = &Exact::from(goal.value) - number;
    let months = MONTHS - i64::from(case.period.month());
    let wanted = case.target.kind() == Kind::Count && !goal.comparator.is_downward() && months > 0;
    if !wanted || remaining.sign() != Ordering::Greater {
        return None;
    }
    let actual_scale = match &case.roll_up.actual {
        Some(Actual::Amount(amount)) => amount.normalize().scale(),
        _ => 0,
    };
    let scale = goal.value.decimal().scale().max(actual_scale);
    Exact::quotient(&remaining, &Exact::from(months)).map(|each| each.ceil(scale))
}

/// Returns the rate a relative target has to meet: its reference, eased by the tolerance.
pub(super) fn relative_bar(reference: &Exact, comparator: Comparator, tolerance: Figure) -> Exact {
    let tolerance = Exact::from(tolerance);
    if comparator.is_downward() { reference + &tolerance } else { reference - &tolerance }
}
