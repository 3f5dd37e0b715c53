//! Consolidates a period (汇总): every target's roll-up, assessment and coverage, and who is missing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;
use ledger::Stamp;
use ledger::returns::ReturnRow;
use model::assess::{Assessment, Case, assess, quota_goal};
use model::exact::Exact;
use model::id::{OfficeId, TargetId};
use model::lamp::LampRule;
use model::period::Period;
use model::plan::{Duties, Plan, Renumbering};
use model::rollup::{RollUp, Tally};
use model::target::{Goal, Measure, Target};

use crate::arrival::first_arrival;
use crate::{Home, Result};

mod walk;

pub use walk::Part;
use walk::Walk;

/// How every office stands towards every target, by target; who is not named gave nothing at all.
pub type Parts = BTreeMap<TargetId, Vec<Part>>;

/// A period with every office's own standing apart, and the state of the ledger that it was read from.
#[derive(Default)]
pub(crate) struct Apart(Option<(Stamp, Arc<(Consolidation, Parts)>)>);

/// A period, rolled up and assessed.
#[derive(Debug, Clone)]
pub struct Consolidation {
    /// The plan it was made under.
    pub plan: Plan,
    /// The period.
    pub period: Period,
    /// Targets in force, in the order of the report.
    pub targets: Vec<ConsolidatedTarget>,
    /// Offices that owe a return, in the order of the plan.
    pub offices: Vec<OfficeStanding>,
}

/// A target, rolled up and assessed.
#[derive(Debug, Clone)]
pub struct ConsolidatedTarget {
    /// The target.
    pub id: TargetId,
    /// The period whose figures these are: an earlier one where the target is not due in the one asked for; none before it is due for the first time.
    pub period: Option<Period>,
    /// The figure it is judged by: the target's own, or at an office its quota.
    pub goal: Option<Goal>,
    /// The figures.
    pub roll_up: RollUp,
    /// How they stand.
    pub assessment: Assessment,
}

/// Whether an office reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeStanding {
    /// The office.
    pub office: OfficeId,
    /// Its counted return; none where it is missing.
    pub reported: Option<Reported>,
}

/// A counted return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reported {
    /// The day it arrived.
    pub arrived: NaiveDate,
    /// 迟报.
    pub late: bool,
    /// 零报告.
    pub nil: bool,
    /// 代录.
    pub stand_in: bool,
    /// Number of its bundle.
    pub seq: u64,
}

impl Home {
    /// Consolidates a period from the returns that count: a hub's of every office, an office's own against its quotas.
    pub fn consolidate(&self, period: Period) -> Result<Consolidation> {
        Ok(self.walk(period, false)?.0)
    }

    /// Consolidates a period and keeps every office's own standing apart, in the same pass.
    pub fn consolidate_apart(&self, period: Period) -> Result<(Consolidation, Parts)> {
        self.walk(period, true)
    }

    /// Returns the same as [`Self::consolidate_apart`]; as long as nothing is written, screens after one another share it.
    pub(crate) fn apart(&self, period: Period) -> Result<Arc<(Consolidation, Parts)>> {
        let stamp = self.ledger.read(|tx| tx.stamp())?;
        let of = |(kept, apart): &&(Stamp, Arc<(Consolidation, Parts)>)| {
            *kept == stamp && apart.0.period == period
        };
        if let Some((_, apart)) = self.apart.borrow().0.as_ref().filter(of) {
            return Ok(Arc::clone(apart));
        }
        let apart = Arc::new(self.consolidate_apart(period)?);
        *self.apart.borrow_mut() = Apart(Some((stamp, Arc::clone(&apart))));
        Ok(apart)
    }

    fn walk(&self, period: Period, apart: bool) -> Result<(Consolidation, Parts)> {
        let plan = self.plan()?;
        self.admit(&plan, period)?;
        let duties = plan.duties_in(period);
        let renumbering = self.renumbering(&plan)?;
        let only = self.identity.office.as_ref();
        let own = |target: &&Target| only.is_none_or(|office| duties.is_assigned(&target.id, office));
        let mut by_due: BTreeMap<Option<Period>, Vec<&Target>> = BTreeMap::new();
        for target in plan.active_targets().filter(own) {
            let due = target.frequency.latest_due(period).filter(|due| plan.calendar.admit(*due).is_ok());
            by_due.entry(due).or_default().push(target);
        }
        let mut rolled: BTreeMap<TargetId, (Option<Period>, RollUp)> = BTreeMap::new();
        let mut parts = Parts::new();
        for (due, targets) in by_due {
            let Some(due_in) = due else {
                let none = |target: &Target| (target.id.clone(), (None, Tally::new(target).roll_up()));
                rolled.extend(targets.into_iter().map(none));
                continue;
            };
            // Who owed the figures then: an office may have retired since.
            let duties = plan.duties_in(due_in);
            let walk = Walk::new(&duties, &renumbering, due_in, &targets, only, apart);
            let tallies = self.ledger.read(|tx| walk.run(tx))?;
            for (id, (tally, found)) in tallies {
                rolled.insert(id.clone(), (due, tally.roll_up()));
                if apart {
                    parts.insert(id.clone(), found);
                }
            }
        }
        let targets = plan.active_targets().filter_map(|target| {
            let (due, roll_up) = rolled.get(&target.id)?;
            let goal = match only {
                Some(office) => quota_goal(target, duties.duty(&target.id, office).flatten()),
                None => target.goal(),
            };
            Some(ConsolidatedTarget {
                id: target.id.clone(),
                period: *due,
                goal,
                roll_up: roll_up.clone(),
                assessment: judge(&plan, target, goal, due.unwrap_or(period), &rolled),
            })
        });
        let targets = targets.collect();
        let offices = self.office_standings(&plan, &duties, period)?;
        Ok((Consolidation { targets, offices, period, plan }, parts))
    }

    /// Finds the present numbers of stages in returns that were made against other versions of the plan.
    pub(crate) fn renumbering(&self, plan: &Plan) -> Result<Renumbering> {
        Ok(plan.renumbering(self.issued_plans()?.values()))
    }

    /// Says of every office that owes a return for a period whether it reported.
    pub(crate) fn office_standings(
        &self,
        plan: &Plan,
        duties: &Duties<'_>,
        period: Period,
    ) -> Result<Vec<OfficeStanding>> {
        let due_date = plan.calendar.due_date(period);
        let counted: BTreeMap<OfficeId, ReturnRow> = self
            .ledger
            .read(|tx| tx.counted_returns(period))?
            .into_iter()
            .map(|row| (row.office.clone(), row))
            .collect();
        let after_due = counted.values().filter(|row| row.arrived > due_date);
        let late: BTreeSet<&OfficeId> = self.ledger.read(|tx| {
            let mut late = BTreeSet::new();
            for row in after_due {
                if first_arrival(tx, &row.office, period)?.is_some_and(|first| first > due_date) {
                    late.insert(&row.office);
                }
            }
            Ok::<_, crate::Error>(late)
        })?;
        let mut busy: BTreeSet<&OfficeId> = duties.offices_due(period);
        if let Some(own) = &self.identity.office {
            busy.retain(|office| *office == own);
        }
        let standing = |office: &OfficeId| OfficeStanding {
            office: office.clone(),
            reported: counted.get(office).map(|row| Reported {
                arrived: row.arrived,
                late: late.contains(office),
                nil: row.nil,
                stand_in: row.stand_in,
                seq: row.seq,
            }),
        };
        Ok(plan.offices.iter().filter(|o| busy.contains(&o.id)).map(|o| standing(&o.id)).collect())
    }
}

impl Consolidation {
    /// Assesses the same figures under another lamp rule, target by target.
    pub(crate) fn under(&self, rule: &LampRule) -> Vec<Assessment> {
        let rolled = self.targets.iter().map(|one| (one.id.clone(), (one.period, one.roll_up.clone())));
        let rolled: BTreeMap<_, _> = rolled.collect();
        let plan = Plan { lamp_rule: rule.clone(), ..self.plan.clone() };
        let again = |one: &ConsolidatedTarget| {
            let target = plan.target(&one.id)?;
            Some(judge(&plan, target, one.goal, one.period.unwrap_or(self.period), &rolled))
        };
        self.targets.iter().map(|one| again(one).unwrap_or_else(|| one.assessment.clone())).collect()
    }
}

fn judge(
    plan: &Plan,
    target: &Target,
    goal: Option<Goal>,
    period: Period,
    rolled: &BTreeMap<TargetId, (Option<Period>, RollUp)>,
) -> Assessment {
    // A reference counts only with figures of the very same period.
    let reference: Option<Exact> = match &target.measure {
        Measure::Relative { to, .. } => rolled
            .get(to)
            .filter(|(due, _)| *due == Some(period))
            .and_then(|(_, reference)| reference.actual.as_ref()?.number()),
        _ => None,
    };
    let roll_up = &rolled[&target.id].1;
    assess(&Case { target, goal, period, roll_up, reference: reference.as_ref(), rule: &plan.lamp_rule })
}
