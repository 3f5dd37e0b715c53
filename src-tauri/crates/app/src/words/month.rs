//! What a hub's overview says of a period's figures.

use model::assess::Assessment;
use model::exact::Exact;
use model::plan::Plan;
use model::target::Target;

use super::lamps::{arithmetic, coverage, ground, value_shown};
use super::numbers::amount;
use crate::consolidate::ConsolidatedTarget;

/// The rule of the ranking, in a sentence.
pub const RANKING_RULE: &str = "只按各单位自己的分解数排名：本期已到期的考核目标中，“已完成”和“正常”所占比例高的在前；比例相同的，考核目标多的在前，仍相同的并列。本期没有报的按今年最近一次已接收的数，一个数都没有的算没有做到；不适用的不计；没有分解数的单位和本级不参加排名。";
/// The order of the targets that are behind.
pub const BEHIND_ORDER: &str = "落后最多的在前（按各类目标的黄灯界限折算）";

/// Explains a lamp as [`super::explain`] does, without what the months ahead need.
pub fn reason(plan: &Plan, target: &Target, consolidated: &ConsolidatedTarget) -> String {
    let (assessment, goal) = (&consolidated.assessment, consolidated.goal);
    let mut parts = vec![
        arithmetic(plan, target, goal, assessment),
        ground(goal, assessment),
        coverage(&consolidated.roll_up.coverage),
    ];
    parts.retain(|part| !part.is_empty());
    parts.join("；")
}

/// Writes what each remaining month needs: `385 个`.
pub fn needed(target: &Target, assessment: &Assessment) -> Option<String> {
    let needed = assessment.needed_per_month.as_ref()?;
    Some(format!("{} {}", amount(needed), target.unit))
}

/// Writes what a month brought so far, where something is still needed: `115 个`.
pub fn pace(target: &Target, assessment: &Assessment, months: u8) -> Option<String> {
    assessment.needed_per_month.as_ref()?;
    let actual = assessment.actual.as_ref()?.number()?;
    let each = Exact::quotient(&actual, &Exact::from(i64::from(months)))?;
    Some(format!("{} {}", amount(&value_shown(&each)), target.unit))
}
