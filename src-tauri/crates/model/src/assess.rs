//! Assessment (研判): a rolled-up figure against what was expected by now, and the lamp it lights (§2, lamps).

use std::cmp::Ordering;

use crate::exact::Exact;
use crate::figure::Figure;
use crate::lamp::{Lamp, LampRule};
use crate::period::Period;
use crate::rollup::{Actual, RollUp};
use crate::target::{Comparator, Goal, Kind, Measure, Target};

mod numbers;
mod stages;

/// What an assessment is made of.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// The target.
    pub target: &'a Target,
    /// The figure it is judged by: the target's own, or an office's quota under the target's comparator; none is not judged.
    pub goal: Option<Goal>,
    /// The period whose figures these are.
    pub period: Period,
    /// The figures.
    pub roll_up: &'a RollUp,
    /// For a relative target, the rate of its reference in the same period.
    pub reference: Option<&'a Exact>,
    /// The plan's rule.
    pub rule: &'a LampRule,
}

/// How a target stands in a period, with the arithmetic that says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// The lamp; none where nothing is to be judged.
    pub lamp: Option<Lamp>,
    /// What decided it.
    pub ground: Ground,
    /// The actual figure.
    pub actual: Option<Actual>,
    /// Actual of goal, in percent; counts and stocks only.
    pub completion: Option<Exact>,
    /// What was expected by now.
    pub expected: Option<Expected>,
    /// By how much the actual is ahead, below zero where behind: points of the goal for counts and stocks, percentage points for rates, stages for stages.
    pub gap: Option<Exact>,
    /// 剩余月均需完成: what each remaining month needs, rounded up; upward counts not yet met.
    pub needed_per_month: Option<Exact>,
    /// Actual ÷ m × 12; counts only.
    pub forecast: Option<Exact>,
}

/// What was expected by the end of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// An amount, with the share of the goal that it is, in percent.
    Amount {
        /// The amount, in the target's unit.
        amount: Exact,
        /// The amount in percent of the goal; none where the goal is zero.
        percent: Option<Exact>,
    },
    /// A rate in percent.
    Rate(Exact),
    /// The stage planned for the month.
    Stage(u8),
}

/// What decided a lamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// No accepted figure.
    NoFigure,
    /// The sum of bases is zero: 无法计算.
    NotComputable,
    /// No figure to hold it against: 只汇总不考核.
    NotJudged,
    /// A relative target whose reference has no rate in this period.
    NoReference,
    /// 未排节点.
    Unscheduled,
    /// The goal is met.
    Met,
    /// At least where it was expected to be.
    OnCourse,
    /// Behind, within or beyond the rule's tolerance as the lamp says.
    Behind,
    /// A limit for the whole year is already exceeded.
    LimitExceeded,
    /// The year ended without the goal being met.
    YearEndedUnmet,
    /// The deadline passed without the end state.
    PastDeadline,
}

/// Holds a figure against what was expected and lights the lamp.
pub fn assess(case: &Case<'_>) -> Assessment {
    let blank = |lamp, ground| Assessment {
        lamp,
        ground,
        actual: case.roll_up.actual.clone(),
        completion: None,
        expected: None,
        gap: None,
        needed_per_month: None,
        forecast: None,
    };
    match &case.roll_up.actual {
        None => Assessment { expected: expected(case), ..blank(Some(Lamp::Unreported), Ground::NoFigure) },
        Some(Actual::Stage(stage)) => stages::assess(case, *stage, blank(None, Ground::NotJudged)),
        Some(actual) => match actual.number() {
            None => Assessment { expected: expected(case), ..blank(None, Ground::NotComputable) },
            Some(number) => numbers::assess(case, &number, blank(None, Ground::NotJudged)),
        },
    }
}

/// Lights the lamp alone: what [`assess`] lights, in a fraction of the time where there are a hundred thousand cases.
pub fn lamp(case: &Case<'_>) -> Option<Lamp> {
    match &case.roll_up.actual {
        Some(actual @ (Actual::Amount(_) | Actual::Rate { .. })) => numbers::lamp(case, &actual.number()?),
        _ => assess(case).lamp,
    }
}

/// Says what is expected by the end of the case's period, whatever was reported.
pub fn expected(case: &Case<'_>) -> Option<Expected> {
    match &case.target.measure {
        Measure::Milestone { .. } | Measure::Statement { .. } => {
            stages::planned(case.target, case.period).map(Expected::Stage)
        }
        Measure::Relative { tolerance, comparator, .. } => {
            case.reference.map(|rate| Expected::Rate(numbers::relative_bar(rate, *comparator, *tolerance)))
        }
        Measure::Growth { .. } | Measure::Share { .. } => {
            case.goal.map(|goal| Expected::Rate(goal.value.into()))
        }
        Measure::Count { .. } | Measure::Stock { .. } => case.goal.map(|goal| {
            let amount = numbers::expected_amount(case, goal);
            let percent = Exact::percent(&amount, &goal.value.into());
            Expected::Amount { amount, percent }
        }),
    }
}

/// Says whether a figure meets a bar under a comparator.
pub fn meets(comparator: Comparator, number: &Exact, bar: &Exact) -> bool {
    match (number.cmp(bar), comparator.is_downward()) {
        (Ordering::Equal, _) => !comparator.is_strict(),
        (Ordering::Greater, downward) => !downward,
        (Ordering::Less, downward) => downward,
    }
}

/// Makes the goal that an office's quota stands for.
pub fn quota_goal(target: &Target, quota: Option<Figure>) -> Option<Goal> {
    let comparator = target.goal().map_or(Comparator::Reach, |goal| goal.comparator);
    quota.map(|value| Goal { comparator, value })
}

/// Returns the tolerance, in points, within which being behind is yellow.
pub fn yellow(rule: &LampRule, kind: Kind) -> Exact {
    match kind {
        Kind::Count => rule.count_yellow.into(),
        Kind::Stock => rule.stock_yellow.into(),
        Kind::Share => rule.share_yellow.into(),
        Kind::Growth | Kind::Relative => rule.growth_yellow.into(),
        Kind::Milestone | Kind::Statement => Exact::from(i64::from(rule.stage_yellow)),
    }
}
