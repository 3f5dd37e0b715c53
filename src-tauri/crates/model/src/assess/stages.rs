//! Targets with stages: milestones and statements.
//!
//! A return describes the end of its month, so an end state due in a month and not reached in that month's return is past its deadline.

use super::{Assessment, Case, Expected, Ground};
use crate::exact::Exact;
use crate::lamp::Lamp;
use crate::period::Period;
use crate::target::{Measure, STATEMENT_STAGES, Stage, Target};

pub(super) fn assess(case: &Case<'_>, reached: u8, blank: Assessment) -> Assessment {
    let planned = planned(case.target, case.period);
    let gap = planned.map(|planned| Exact::from(i64::from(reached) - i64::from(planned)));
    let (lamp, ground) = judge(case, reached, planned);
    Assessment { lamp: Some(lamp), ground, expected: planned.map(Expected::Stage), gap, ..blank }
}

fn judge(case: &Case<'_>, reached: u8, planned: Option<u8>) -> (Lamp, Ground) {
    let Some((end, deadline)) = end_state(case.target) else {
        return (Lamp::Unscheduled, Ground::Unscheduled);
    };
    if reached >= end {
        // The least advanced of those who reported is not the least advanced of all.
        let lamp = if case.roll_up.coverage.has_holes() { Lamp::Green } else { Lamp::Done };
        return (lamp, Ground::Met);
    }
    if case.period.month() >= deadline {
        return (Lamp::Red, Ground::PastDeadline);
    }
    match planned {
        // A statement is compared with nothing before its deadline.
        None if matches!(case.target.measure, Measure::Statement { .. }) => (Lamp::Green, Ground::OnCourse),
        None => (Lamp::Unscheduled, Ground::Unscheduled),
        Some(planned) if reached >= planned => (Lamp::Green, Ground::OnCourse),
        Some(planned) if planned - reached <= case.rule.stage_yellow => (Lamp::Yellow, Ground::Behind),
        Some(_) => (Lamp::Red, Ground::Behind),
    }
}

/// Returns the stage planned for the end of a period; none for a statement before its deadline and for a milestone whose
/// months nobody has set.
pub(super) fn planned(target: &Target, period: Period) -> Option<u8> {
    let (end, deadline) = end_state(target)?;
    if period.month() >= deadline {
        return Some(end);
    }
    match &target.measure {
        Measure::Milestone { stages } if is_scheduled(stages) => {
            let due =
                stages.iter().rposition(|stage| stage.month.is_some_and(|month| month <= period.month()));
            due.map_or(Some(0), |at| u8::try_from(at).ok())
        }
        _ => None,
    }
}

/// Returns the number of the last stage and the month by whose end it is due.
fn end_state(target: &Target) -> Option<(u8, u8)> {
    match &target.measure {
        Measure::Milestone { stages } => {
            Some((u8::try_from(stages.len()).ok()?.checked_sub(1)?, stages.last()?.month?))
        }
        Measure::Statement { deadline } => Some((STATEMENT_STAGES.len() as u8 - 1, *deadline)),
        _ => None,
    }
}

/// Says whether somebody has set a month for every stage but the first.
fn is_scheduled(stages: &[Stage]) -> bool {
    stages.iter().skip(1).all(|stage| stage.month.is_some())
}
