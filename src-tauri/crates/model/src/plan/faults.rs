//! What can be wrong with a plan.

use std::collections::BTreeSet;

use super::{Assignee, OfficeKind, Plan, comparable, is_reference};
use crate::id::{OfficeId, TargetId};
use crate::target::{Measure, Stage, Target};

/// A fault that keeps a plan from being issued or taken in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanFault {
    /// Two targets share an id.
    #[error("target {0} stands twice in the plan")]
    TargetTwice(TargetId),
    /// Two offices share an id or a present name.
    #[error("office {0} stands twice in the plan")]
    OfficeTwice(String),
    /// An office comes out of itself, of 本级, of one that is not in the plan, or of one twice.
    #[error("office {0} comes out of one that it cannot come out of")]
    BadOrigin(OfficeId),
    /// 本级 is missing among the offices.
    #[error("the plan has no unit of the hub's own")]
    NoOwnUnit,
    /// Two chapters, or two sections, share a code.
    #[error("code {0} stands twice among the chapters or sections")]
    CodeTwice(String),
    /// A target names a section that the plan lacks.
    #[error("target {target} names section {section}, which the plan lacks")]
    UnknownSection {
        /// The target.
        target: TargetId,
        /// The section it names.
        section: String,
    },
    /// A target lacks its name, its clause or, for figures, its unit.
    #[error("target {0} lacks a name, a clause or a unit")]
    Unnamed(TargetId),
    /// A milestone has fewer than two stages, a nameless one, or months that do not rise.
    #[error("the stages of milestone {0} do not rise")]
    BadStages(TargetId),
    /// A month outside 1–12.
    #[error("target {0} names a month outside 1 to 12")]
    BadMonth(TargetId),
    /// A 分月计划 that falls, or does not end at the goal.
    #[error("the monthly plan of {0} falls, or does not end at its goal")]
    BadMonthlyPlan(TargetId),
    /// A goal that no figure of the kind can have, such as a negative count.
    #[error("the goal of {0} is not possible for its kind")]
    BadGoal(TargetId),
    /// Only rates are published officially.
    #[error("target {0} is official but not a rate")]
    OfficialAmount(TargetId),
    /// A relative target refers to a target that is missing or has no rate.
    #[error("target {target} is relative to {to}, which has no rate")]
    BadReference {
        /// The relative target.
        target: TargetId,
        /// What it refers to.
        to: TargetId,
    },
    /// Relative targets refer to one another in a circle.
    #[error("target {0} is, in the end, relative to itself")]
    Cycle(TargetId),
    /// An assignment names a target or office that the plan lacks, or stands twice.
    #[error("the assignment of {target} to {to:?} is unknown or stands twice")]
    BadAssignment {
        /// The target.
        target: TargetId,
        /// Who it is given to.
        to: Assignee,
    },
    /// An official target is assigned to somebody else than 本级.
    #[error("official target {0} can only lie with the hub's own unit")]
    OfficialAssigned(TargetId),
    /// A comparison between targets that are missing or have no common measure.
    #[error("{lesser} and {greater} cannot be compared")]
    BadComparison {
        /// The lesser target.
        lesser: TargetId,
        /// The greater target.
        greater: TargetId,
    },
    /// A due day outside 1–28 or a first month outside 1–12.
    #[error("the calendar has a due day outside 1 to 28 or a month outside 1 to 12")]
    BadCalendar,
}

pub(super) fn find(plan: &Plan) -> Result<(), Vec<PlanFault>> {
    let mut faults = Vec::new();
    calendar(plan, &mut faults);
    codes(plan, &mut faults);
    offices(plan, &mut faults);
    let mut seen = BTreeSet::new();
    for target in &plan.targets {
        if !seen.insert(&target.id) {
            faults.push(PlanFault::TargetTwice(target.id.clone()));
        }
        one_target(plan, target, &mut faults);
    }
    assignments(plan, &mut faults);
    for pair in &plan.comparisons {
        let both = plan.target(&pair.lesser).zip(plan.target(&pair.greater));
        if !both.is_some_and(|(l, g)| comparable(l, g)) || pair.lesser == pair.greater {
            faults.push(PlanFault::BadComparison {
                lesser: pair.lesser.clone(),
                greater: pair.greater.clone(),
            });
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

fn calendar(plan: &Plan, faults: &mut Vec<PlanFault>) {
    let months = std::iter::once(&plan.calendar.first_month).chain(plan.calendar.due_exceptions.keys());
    if !(1..=28).contains(&plan.calendar.due_day) || !months.into_iter().all(|m| is_month(*m)) {
        faults.push(PlanFault::BadCalendar);
    }
}

fn codes(plan: &Plan, faults: &mut Vec<PlanFault>) {
    let (mut chapters, mut sections) = (BTreeSet::new(), BTreeSet::new());
    for chapter in &plan.chapters {
        let twice = (!chapters.insert(&chapter.code)).then_some(&chapter.code);
        let among =
            chapter.sections.iter().map(|section| &section.code).filter(|code| !sections.insert(*code));
        faults.extend(twice.into_iter().chain(among).map(|code| PlanFault::CodeTwice(code.clone())));
    }
}

fn offices(plan: &Plan, faults: &mut Vec<PlanFault>) {
    let mut ids = BTreeSet::new();
    let mut names = BTreeSet::new();
    for office in &plan.offices {
        let named_twice = office.retired.is_none() && !names.insert(office.name());
        if !ids.insert(&office.id) || named_twice || office.name().is_empty() {
            faults.push(PlanFault::OfficeTwice(office.name().to_owned()));
        }
    }
    if !ids.contains(&OfficeId::own()) {
        faults.push(PlanFault::NoOwnUnit);
    }
    for office in &plan.offices {
        let mut seen = BTreeSet::new();
        let fits = |id: &OfficeId| *id != office.id && !id.is_own() && ids.contains(id);
        if !office.origins.iter().all(|id| fits(id) && seen.insert(id)) {
            faults.push(PlanFault::BadOrigin(office.id.clone()));
        }
    }
}

fn assignments(plan: &Plan, faults: &mut Vec<PlanFault>) {
    let targets: std::collections::BTreeMap<_, _> = plan.targets.iter().map(|t| (&t.id, t)).collect();
    let offices: BTreeSet<_> = plan.offices.iter().map(|o| &o.id).collect();
    let known = |to: &Assignee| match to {
        Assignee::Office(office) => offices.contains(office),
        Assignee::Every(kind) => *kind != OfficeKind::Own,
    };
    let own = Assignee::Office(OfficeId::own());
    let mut seen = BTreeSet::new();
    for one in &plan.assignments {
        let target =
            targets.get(&one.target).filter(|_| known(&one.to) && seen.insert((&one.target, &one.to)));
        match target {
            None => faults.push(PlanFault::BadAssignment { target: one.target.clone(), to: one.to.clone() }),
            Some(target) if target.official && one.to != own => {
                faults.push(PlanFault::OfficialAssigned(one.target.clone()));
            }
            Some(_) => {}
        }
    }
}

fn one_target(plan: &Plan, target: &Target, faults: &mut Vec<PlanFault>) {
    let id = || target.id.clone();
    if plan.section(&target.section).is_none() {
        faults.push(PlanFault::UnknownSection { target: id(), section: target.section.clone() });
    }
    if target.name.is_empty()
        || target.clause.is_empty()
        || (target.stage_count().is_none() && target.unit.is_empty())
    {
        faults.push(PlanFault::Unnamed(id()));
    }
    if target.official && !target.kind().is_rate() {
        faults.push(PlanFault::OfficialAmount(id()));
    }
    let goal = target.goal();
    if target.kind().is_amount() && goal.is_some_and(|g| g.value.is_negative()) {
        faults.push(PlanFault::BadGoal(id()));
    }
    match &target.measure {
        Measure::Count { monthly: Some(monthly), .. } => {
            let rises = monthly.windows(2).all(|pair| pair[0] <= pair[1]);
            if !rises || goal.is_none_or(|g| g.value != monthly[11]) || monthly[0].is_negative() {
                faults.push(PlanFault::BadMonthlyPlan(id()));
            }
        }
        Measure::Stock { base: Some(base), .. } if base.is_negative() => {
            faults.push(PlanFault::BadGoal(id()))
        }
        Measure::Milestone { stages } => milestone(target, stages, faults),
        Measure::Statement { deadline } if !is_month(*deadline) => faults.push(PlanFault::BadMonth(id())),
        Measure::Relative { to, tolerance, .. } => {
            if !plan.target(to).is_some_and(is_reference) {
                faults.push(PlanFault::BadReference { target: id(), to: to.clone() });
            } else if refers_to_itself(plan, target) {
                faults.push(PlanFault::Cycle(id()));
            }
            if tolerance.is_negative() {
                faults.push(PlanFault::BadGoal(id()));
            }
        }
        _ => {}
    }
}

fn milestone(target: &Target, stages: &[Stage], faults: &mut Vec<PlanFault>) {
    let months: Vec<u8> = stages.iter().filter_map(|stage| stage.month).collect();
    if !months.iter().all(|m| is_month(*m)) {
        faults.push(PlanFault::BadMonth(target.id.clone()));
    }
    let named = stages.iter().all(|stage| !stage.name.is_empty());
    let ends = stages.last().is_some_and(|stage| stage.month.is_some());
    let countable = (2..=usize::from(u8::MAX)).contains(&stages.len());
    if !countable || !named || !ends || !months.is_sorted() {
        faults.push(PlanFault::BadStages(target.id.clone()));
    }
}

fn refers_to_itself(plan: &Plan, target: &Target) -> bool {
    let mut at = target;
    // A chain without a cycle visits each target at most once.
    for _ in 0..plan.targets.len() {
        match &at.measure {
            Measure::Relative { to, .. } if *to == target.id => return true,
            Measure::Relative { to, .. } => match plan.target(to) {
                Some(next) => at = next,
                None => return false,
            },
            _ => return false,
        }
    }
    true
}

fn is_month(month: u8) -> bool {
    (1..=12).contains(&month)
}
