//! Gathers the facts of a period from its consolidation.

use std::cmp::Reverse;
use std::collections::HashMap;

use model::assess::{Expected, yellow};
use model::exact::Exact;
use model::id::OfficeId;
use model::lamp::Lamp;
use model::names::reveal;
use model::period::Period;
use model::plan::Plan;

use super::{ExactFigures, Facts, Lamps, OfficeFacts, Stand, TargetFacts, cells};
use crate::consolidate::{ConsolidatedTarget, Consolidation, Parts};
use crate::status::{NO_LAMP, target_status};
use crate::{Home, Result, words};

impl Home {
    /// Gathers the facts of a period as they are.
    pub(crate) fn gather(&self, (consolidation, parts): &(Consolidation, Parts)) -> Result<Facts> {
        let (plan, period) = (&consolidation.plan, consolidation.period);
        let targets = consolidation.targets.iter();
        let elapsed = Exact::percent(&Exact::from(i64::from(period.month())), &Exact::from(12));
        Ok(Facts {
            period: period.to_string(),
            label: plan.calendar.label(period),
            month: words::month_label(&plan.calendar, period),
            elapsed: elapsed.map(|share| format!("{}%", share.trimmed(1))).unwrap_or_default(),
            due: words::day_label(plan.calendar.due_date(period)),
            plan: plan.title.clone(),
            plan_version: plan.version,
            hub: self.identity.hub_name.clone(),
            targets: targets.clone().filter_map(|one| target_facts(plan, one)).collect(),
            behind: behind(consolidation),
            offices: self.office_facts(consolidation, parts)?,
        })
    }

    fn office_facts(&self, consolidation: &Consolidation, parts: &Parts) -> Result<Vec<OfficeFacts>> {
        let (plan, period) = (&consolidation.plan, consolidation.period);
        let keys = self.present_keys()?;
        let before: HashMap<OfficeId, Period> =
            self.ledger.read(|tx| tx.last_reported_before(period))?.into_iter().collect();
        let standings: HashMap<_, _> =
            consolidation.offices.iter().map(|standing| (&standing.office, &standing.reported)).collect();
        let busy = plan.duties_in(period).offices();
        let marks = cells::marks(consolidation, parts);
        let facts = plan.offices.iter().zip(marks).filter(|(office, _)| busy.contains(&office.id));
        let facts = facts.map(|(office, cells)| {
            let reported = standings.get(&office.id).and_then(|reported| reported.as_ref());
            let key = keys.get(&office.id).map(|key| &key.enrolled);
            let last = before.get(&office.id).map(|last| words::month_label(&plan.calendar, *last));
            OfficeFacts {
                id: office.id.to_string(),
                name: office.name().to_owned(),
                own: office.id.is_own(),
                owes: standings.contains_key(&office.id),
                arrived: reported.map(|reported| words::day_label(reported.arrived)),
                late: reported.is_some_and(|reported| reported.late),
                nil: reported.is_some_and(|reported| reported.nil),
                stand_in: reported.is_some_and(|reported| reported.stand_in),
                contact: key.map(|key| reveal(&key.contact)).unwrap_or_default(),
                telephone: key.map(|key| reveal(&key.telephone)).unwrap_or_default(),
                last: last.unwrap_or_default(),
                cells,
            }
        });
        Ok(facts.collect())
    }

    /// Counts how an unlocked period stands.
    pub(super) fn present_stand(&self, period: Period) -> Result<Stand> {
        let consolidation = self.consolidate(period)?;
        let label = words::month_label(&consolidation.plan.calendar, period);
        let code = |one: &ConsolidatedTarget| lamp(one).map_or(NO_LAMP, words::lamp_code);
        let reported = consolidation.offices.iter().filter(|office| office.reported.is_some()).count();
        let lamps: Lamps = consolidation.targets.iter().map(code).collect();
        Ok(Stand { label, reported: number(reported), owed: number(consolidation.offices.len()), lamps })
    }
}

impl Stand {
    /// Reads off the facts how a period stood.
    pub(super) fn of(facts: &Facts) -> Self {
        let owed = facts.owing().count();
        Self {
            label: facts.month.clone(),
            reported: number(owed - facts.missing().count()),
            owed: number(owed),
            lamps: facts.lamps(),
        }
    }
}

fn number(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}

/// Returns a target's lamp; none before it is due for the first time.
fn lamp(one: &ConsolidatedTarget) -> Option<Lamp> {
    one.assessment.lamp.filter(|_| one.period.is_some())
}

fn target_facts(plan: &Plan, one: &ConsolidatedTarget) -> Option<TargetFacts> {
    let target = plan.target(&one.id)?;
    let status = target_status(plan, one)?;
    let assessment = &one.assessment;
    let percent = match &assessment.expected {
        Some(Expected::Amount { percent: Some(percent), .. }) => Some(percent.trimmed(6)),
        _ => None,
    };
    let due = one.period.is_some();
    Some(TargetFacts {
        chapter_code: plan.section(&target.section).map(|(it, _)| it.code.clone()).unwrap_or_default(),
        chapter: words::chapter_label(plan, target),
        lamp: status.lamp.unwrap_or(NO_LAMP).to_owned(),
        words: match lamp(one) {
            Some(Lamp::Unreported) | None => status.shown.lamp.to_owned(),
            _ => words::lamp_words(target, one.goal, assessment),
        },
        completion: assessment.completion.as_ref().filter(|_| due).map(words::percent).unwrap_or_default(),
        drawn: status.completion.clone().zip(percent).filter(|_| due),
        reason: if due { words::reason(plan, target, one) } else { status.explanation },
        needed: words::needed(target, assessment).unwrap_or_default(),
        pace: words::pace(target, assessment, period_of(one)).unwrap_or_default(),
        code: status.code,
        name: status.name,
        due,
        goal: status.goal,
        actual: status.shown.actual,
        expected: status.shown.expected,
        gap: status.shown.gap,
        reported: status.reported,
        owed: status.assigned,
        carried: status.carried,
        given: plan.assignments.iter().any(|assignment| assignment.target == target.id),
        exact: one.roll_up.actual.as_ref().and_then(|actual| ExactFigures::of(target, actual)),
        of: one.period.map(|period| period.to_string()),
        coverage: if due { words::coverage(&one.roll_up.coverage) } else { String::new() },
    })
}

fn period_of(one: &ConsolidatedTarget) -> u8 {
    one.period.map_or(0, Period::month)
}

/// Lists the targets that are behind: red ones before yellow ones, each by multiples of what the rule lets pass as yellow.
fn behind(consolidation: &Consolidation) -> Vec<String> {
    let plan = &consolidation.plan;
    let behind = consolidation.targets.iter().filter_map(|one| {
        let lamp = lamp(one).filter(|lamp| matches!(lamp, Lamp::Yellow | Lamp::Red))?;
        let tolerance = yellow(&plan.lamp_rule, plan.target(&one.id)?.kind());
        let gap = one.assessment.gap.clone().unwrap_or_else(|| Exact::from(0));
        Some((Reverse(lamp), Reverse(cells::lag(&gap, &tolerance)), one.id.to_string()))
    });
    let mut behind: Vec<_> = behind.collect();
    // Where two are as far behind, the report's order stays.
    behind.sort_by(|(lamp, lag, _), (other, by, _)| (lamp, lag).cmp(&(other, by)));
    behind.into_iter().map(|(.., code)| code).collect()
}
