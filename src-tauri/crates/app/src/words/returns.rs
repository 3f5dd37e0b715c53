//! What an office reads of its own returns: what the hub said, and what a new plan asks for.

use bundle::v1::{Outcome, Receipt};
use model::assess::Assessment;
use model::exact::Exact;
use model::figure::Figure;
use model::plan::Plan;
use model::rollup::Actual;
use model::target::{Kind, Target};

use super::sheet::chapter_number;
use super::verdicts::said_by_receipt;
use super::{goal_label, kind_label, shown_actual};
use crate::receive::ReceiptVerdict;

/// Names the chapter of a target with its number: `五 精准推进更新建设`.
pub fn chapter_label(plan: &Plan, target: &Target) -> String {
    let chapter = plan.section(&target.section).map(|(chapter, _)| chapter);
    let label = chapter.map(|chapter| format!("{} {}", chapter_number(&chapter.code), chapter.title));
    label.unwrap_or_default().trim_start().to_owned()
}

/// Writes what follows from a figure beside it: completion, rate, or how many stages are reached; empty where nothing does.
pub fn computed(target: &Target, assessment: &Assessment) -> String {
    let shown = match (target.kind(), &assessment.actual) {
        (_, None) => None,
        (Kind::Count | Kind::Stock, _) => {
            let completion = assessment.completion.as_ref();
            completion.map(|completion| format!("{}%", completion.shown_against(&Exact::from(100))))
        }
        (Kind::Milestone | Kind::Statement, Some(Actual::Stage(stage))) => {
            Some(format!("{}/{}", u16::from(*stage) + 1, target.stage_count().unwrap_or_default()))
        }
        _ => shown_actual(target, assessment),
    };
    shown.unwrap_or_default()
}

/// Says that a period is empty, by its label.
pub fn nothing_filled_in(period: &str) -> String {
    format!("{period}还什么都没填")
}

/// Says how many cells came back.
pub fn returned_cells(count: usize) -> String {
    format!("退回 {count} 格")
}

/// Says in a line what a receipt taken in before had said.
pub fn receipt_summary(receipt: &Receipt) -> String {
    let count = |wanted: fn(&Outcome) -> bool| {
        receipt.verdicts.iter().filter(|verdict| wanted(&verdict.outcome)).count()
    };
    let returned = receipt.verdicts.iter().map(|verdict| match &verdict.outcome {
        Outcome::Returned(cells) => cells.len(),
        _ => 0,
    });
    said_by_receipt(&ReceiptVerdict {
        seq: 0,
        accepted: count(|outcome| *outcome == Outcome::Accepted),
        returned: returned.sum(),
        pending: count(|outcome| *outcome == Outcome::Pending),
        locked: count(|outcome| *outcome == Outcome::Locked),
        disputed: count(|outcome| *outcome == Outcome::Disputed),
        missing: receipt.heads.iter().flat_map(|head| head.missing.clone()).collect(),
        caught_up: 0,
        key_confirmed: false,
        key_closed: None,
    })
}

/// Says what a new plan version changes about an office's part of a target; nothing where it is as it was.
///
/// Parts are as [`model::plan::Duties::duty`] gives them: the outer none where the target is not the office's.
pub fn duty_change(
    target: &Target,
    before: Option<Option<Figure>>,
    after: Option<Option<Figure>>,
    edited: bool,
) -> Option<String> {
    let name = format!("{} {}", target.id, target.name);
    let quota = |quota: Option<Figure>| match model::assess::quota_goal(target, quota) {
        Some(goal) => goal_label(target, goal),
        None => "不设分解数".to_owned(),
    };
    match (before, after) {
        (None, None) => None,
        (None, Some(part)) => {
            let part = part.map(|part| format!("，分解数 {}", quota(Some(part)))).unwrap_or_default();
            Some(format!("新增 {name}（{}{part}）", kind_label(target.kind())))
        }
        (Some(_), None) => Some(format!("不再由本单位报 {name}，以前报的都保留")),
        (Some(old), Some(new)) if old != new => {
            Some(format!("分解数变了 {name}：原为 {}，现为 {}", quota(old), quota(new)))
        }
        (Some(_), Some(_)) => {
            edited.then(|| format!("有修订 {name}：原文、目标数、节点或频次有调整，请核对"))
        }
    }
}
