//! Errors in the figures of one return.

use super::{Finding, Issue};
use crate::figure::Figure;
use crate::plan::Plan;
use crate::returns::{Answer, Field, Figures, Return};
use crate::target::{Kind, Target};

pub(super) fn check(target: &Target, figures: Figures, findings: &mut Vec<Finding>) {
    let boxes = Field::of_figures(target.kind(), target.official);
    let negative = |field: Field, value: Figure| {
        value.is_negative().then(|| Finding::on(&target.id, field, Issue::Negative(value)))
    };
    let pair = match figures {
        Figures::Amount(value) => {
            findings.extend(negative(Field::Value, value));
            None
        }
        Figures::Pair(first, second) => Some((boxes[0], first, boxes[1], second)),
        // A rate may be negative, the amounts behind it may not.
        Figures::Published { amounts, .. } => {
            amounts.map(|(first, second)| (boxes[1], first, boxes[2], second))
        }
        Figures::Stage(stage) => {
            stage_exists(target, stage, findings);
            None
        }
    };
    let Some((first_box, first, second_box, second)) = pair else { return };
    findings.extend([negative(first_box, first), negative(second_box, second)].into_iter().flatten());
    if target.kind() == Kind::Share && first > second {
        let issue = Issue::NumeratorExceeds { numerator: first, denominator: second };
        findings.push(Finding::on(&target.id, first_box, issue));
    }
}

fn stage_exists(target: &Target, stage: u8, findings: &mut Vec<Finding>) {
    if target.stage_name(stage).is_none() {
        let issue = no_such_stage(target, (u32::from(stage) + 1).to_string());
        findings.push(Finding::on(&target.id, Field::Stage, issue));
    }
}

/// Makes the finding's issue for a stage that is not in the target's list.
pub(crate) fn no_such_stage(target: &Target, typed: String) -> Issue {
    let stages = (0..=u8::MAX).map_while(|stage| target.stage_name(stage)).map(str::to_owned).collect();
    Issue::NoSuchStage { typed, stages }
}

/// Holds the figure against those that the plan says bound it; reported at the lesser target.
pub(super) fn compare(
    plan: &Plan,
    the_return: &Return,
    target: &Target,
    figures: Figures,
    findings: &mut Vec<Finding>,
) {
    let Figures::Amount(value) = figures else { return };
    for pair in plan.comparisons.iter().filter(|pair| pair.lesser == target.id) {
        let other = the_return.entries.get(&pair.greater).map(|entry| &entry.answer);
        if let Some(Answer::Figures(Figures::Amount(bound))) = other
            && value > *bound
        {
            let issue = Issue::ExceedsOther { value, other: pair.greater.clone(), bound: *bound };
            findings.push(Finding::on(&target.id, Field::Value, issue));
        }
    }
}
