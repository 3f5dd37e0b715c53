//! Lamps explained: rule, figures, arithmetic, coverage.

use std::cmp::Ordering;

use model::assess::{Assessment, Expected, Ground};
use model::exact::Exact;
use model::plan::Plan;
use model::rollup::{Actual, Coverage};
use model::target::{Comparator, Goal, Kind, Measure, Target};

use super::numbers::{amount, points, rate};
use super::terms::goal_label;
use crate::consolidate::ConsolidatedTarget;

/// Writes the actual figure: `690 个`, `5.96%`, `主体封顶`, `无法计算`.
pub fn shown_actual(target: &Target, assessment: &Assessment) -> Option<String> {
    Some(match assessment.actual.as_ref()? {
        Actual::Amount(value) => format!("{} {}", amount(&(*value).into()), target.unit),
        Actual::Rate { rate: None, .. } => "无法计算".to_owned(),
        Actual::Rate { rate: Some(value), .. } => rate(value, bar(assessment)),
        Actual::Stage(stage) => target.stage_name(*stage).unwrap_or_default().to_owned(),
    })
}

fn bar(assessment: &Assessment) -> Option<&Exact> {
    match &assessment.expected {
        Some(Expected::Rate(bar)) => Some(bar),
        _ => None,
    }
}

/// Writes what was expected by now.
pub fn shown_expected(target: &Target, assessment: &Assessment) -> Option<String> {
    Some(match assessment.expected.as_ref()? {
        Expected::Amount { amount: value, .. } => format!("{} {}", amount(&value_shown(value)), target.unit),
        Expected::Rate(value) => format!("{}%", value.trimmed(6)),
        Expected::Stage(stage) => target.stage_name(*stage).unwrap_or_default().to_owned(),
    })
}

/// Twelfths rarely end; what is expected is shown to the hundredth, as it decides nothing by itself.
pub(super) fn value_shown(value: &Exact) -> Exact {
    let shown = value.trimmed(2);
    shown.parse::<rust_decimal::Decimal>().map_or_else(|_| value.clone(), Exact::from)
}

/// Writes the gap, ahead with a plus: `-27.0 点`, `+0.3 个百分点`, `-1 级`.
pub fn shown_gap(target: &Target, assessment: &Assessment) -> Option<String> {
    let gap = assessment.gap.as_ref()?;
    let sign = if gap.sign() == Ordering::Greater { "+" } else { "" };
    Some(match target.kind() {
        Kind::Milestone | Kind::Statement => format!("{sign}{} 级", gap.rounded(0)),
        Kind::Growth | Kind::Share | Kind::Relative => format!("{sign}{} 个百分点", points(gap)),
        Kind::Count | Kind::Stock => format!("{sign}{} 点", points(gap)),
    })
}

/// Writes the coverage: `按 18/22 家汇总，含 4 家上期数`.
pub fn coverage(coverage: &Coverage) -> String {
    let mut out = format!("按 {}/{} 家汇总", coverage.reported, coverage.owed());
    if coverage.carried > 0 {
        out.push_str(&format!("，含 {} 家上期数", coverage.carried));
    }
    if coverage.not_applicable > 0 {
        out.push_str(&format!("，{} 家不适用", coverage.not_applicable));
    }
    if coverage.not_issued > 0 {
        out.push_str(&format!("，{} 家未下达", coverage.not_issued));
    }
    if !coverage.is_full() {
        out.push_str("，未报齐");
    }
    out
}

/// Explains a lamp in words that can be checked with a pocket calculator.
pub fn explain(plan: &Plan, target: &Target, consolidated: &ConsolidatedTarget) -> String {
    let assessment = &consolidated.assessment;
    let goal = consolidated.goal;
    let mut parts = vec![arithmetic(plan, target, goal, assessment), ground(goal, assessment)];
    parts.extend(outlook(target, assessment));
    parts.push(coverage(&consolidated.roll_up.coverage));
    parts.retain(|part| !part.is_empty());
    parts.join("；")
}

pub(super) fn arithmetic(
    plan: &Plan,
    target: &Target,
    goal: Option<Goal>,
    assessment: &Assessment,
) -> String {
    let Some(actual) = &assessment.actual else { return String::new() };
    match actual {
        Actual::Amount(value) => amounts(target, goal, assessment, &(*value).into()),
        Actual::Rate { rate: value, sums } => rates(plan, target, goal, assessment, value.as_ref(), *sums),
        Actual::Stage(stage) => {
            let reached = target.stage_name(*stage).unwrap_or_default();
            match shown_expected(target, assessment) {
                Some(planned) => format!("进到“{reached}”，本月计划“{planned}”"),
                None => match target.measure {
                    Measure::Statement { deadline } => format!("“{reached}”，期限 {deadline} 月底"),
                    _ => format!("进到“{reached}”"),
                },
            }
        }
    }
}

fn amounts(target: &Target, goal: Option<Goal>, assessment: &Assessment, value: &Exact) -> String {
    let (Some(goal), Some(completion)) = (goal, &assessment.completion) else {
        return format!("累计 {} {}", amount(value), target.unit);
    };
    let hundred = Exact::from(100);
    let done = format!(
        "{} ÷ {} = {}%",
        amount(value),
        amount(&goal.value.into()),
        completion.shown_against(&hundred)
    );
    let Some(Expected::Amount { amount: by_now, percent: Some(percent) }) = &assessment.expected else {
        return done;
    };
    let pace = match &target.measure {
        Measure::Count { monthly: Some(_), .. } => "分月计划",
        Measure::Count { .. } => "序时",
        Measure::Stock { base: Some(_), .. } => "按年初到目标的进度",
        _ => return format!("{done}，{}", difference(goal.comparator.is_downward(), assessment, "点")),
    };
    let by_now =
        format!("{pace} {}%（{} {}）", percent.trimmed(1), amount(&value_shown(by_now)), target.unit);
    format!("{done}，{by_now}，{}", difference(goal.comparator.is_downward(), assessment, "点"))
}

/// Says by how much; a limit is kept below, a goal is gone beyond.
fn difference(limit: bool, assessment: &Assessment, unit: &str) -> String {
    let Some(gap) = &assessment.gap else { return String::new() };
    let by = format!("{} {unit}", points(&gap.abs()));
    match (gap.sign(), limit) {
        (Ordering::Less, false) => format!("差 {by}"),
        (Ordering::Less, true) => format!("超出控制数 {by}"),
        (Ordering::Equal, _) => "不差".to_owned(),
        (Ordering::Greater, false) => format!("超 {by}"),
        (Ordering::Greater, true) => format!("低于控制数 {by}"),
    }
}

fn rates(
    plan: &Plan,
    target: &Target,
    goal: Option<Goal>,
    assessment: &Assessment,
    value: Option<&Exact>,
    sums: Option<(rust_decimal::Decimal, rust_decimal::Decimal)>,
) -> String {
    let Some(value) = value else {
        let of = if target.kind() == Kind::Share { "分母" } else { "同期数" };
        return format!("{of}合计为 0，无法计算");
    };
    let shown = rate(value, bar(assessment));
    let actual = match sums.filter(|_| !target.official) {
        None => format!("公布 {shown}"),
        Some((first, second)) => {
            let (first, second) = (amount(&first.into()), amount(&second.into()));
            let minus = if target.kind() == Kind::Share { "" } else { " − 1" };
            format!("{first} ÷ {second}{minus} = {shown}")
        }
    };
    let against = match (&target.measure, &assessment.expected) {
        (Measure::Relative { to, tolerance, .. }, Some(Expected::Rate(reference))) => {
            let name = plan.target(to).map_or(to.as_str(), |target| target.name.as_str());
            let eased =
                if tolerance.is_zero() { String::new() } else { format!("放宽 {tolerance} 点后 ") };
            format!("对照“{name}”{eased} {}%", reference.shown_against(value))
        }
        (Measure::Relative { to, .. }, _) => {
            let name = plan.target(to).map_or(to.as_str(), |target| target.name.as_str());
            format!("“{name}”本期无数，无从对照")
        }
        _ => goal.map(|goal| format!("目标 {}", goal_label(target, goal))).unwrap_or_default(),
    };
    let limit = match &target.measure {
        Measure::Relative { comparator, .. } => comparator.is_downward(),
        _ => goal.is_some_and(|goal| goal.comparator.is_downward()),
    };
    let parts = [actual, against, difference(limit, assessment, "个百分点")];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("，")
}

pub(super) fn ground(goal: Option<Goal>, assessment: &Assessment) -> String {
    let strict = goal.is_some_and(|goal| matches!(goal.comparator, Comparator::Above | Comparator::Below));
    match assessment.ground {
        Ground::NoFigure => "没有已接收的数据",
        Ground::NotComputable | Ground::OnCourse | Ground::Behind | Ground::NoReference => "",
        Ground::NotJudged => "没有目标数，只汇总不考核",
        Ground::Unscheduled => "节点月份未排定，不判断快慢",
        Ground::Met => "已达到目标",
        Ground::LimitExceeded => "已超过全年控制数",
        Ground::YearEndedUnmet if strict => "全年未达到目标（须突破，持平不算）",
        Ground::YearEndedUnmet => "全年未达到目标",
        Ground::PastDeadline => "已到期限，未完成",
    }
    .to_owned()
}

fn outlook(target: &Target, assessment: &Assessment) -> Option<String> {
    let needed = assessment.needed_per_month.as_ref()?;
    let forecast = assessment
        .forecast
        .as_ref()
        .map(|f| format!("，照此全年约 {} {}", amount(&value_shown(f)), target.unit));
    Some(format!("剩余月均需完成 {} {}{}", amount(needed), target.unit, forecast.unwrap_or_default()))
}
