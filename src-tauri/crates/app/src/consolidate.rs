//! Consolidates a period (汇总): every target's roll-up, assessment and coverage, and who is missing.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use chrono::NaiveDate;
use ledger::Tx;
use ledger::returns::{Counted, ReturnRow};
use model::assess::{Assessment, Case, assess, quota_goal};
use model::check::nil_figures;
use model::exact::Exact;
use model::id::{OfficeId, TargetId};
use model::period::Period;
use model::plan::{Division, Duties, Plan};
use model::returns::{Answer, Figures};
use model::rollup::{RollUp, Standing, Tally};
use model::target::{Goal, Measure, Target};

use crate::{Home, Result};

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
        let plan = self.plan()?;
        self.admit(&plan, period)?;
        let duties = plan.duties();
        let only = self.identity.office.as_ref();
        let own = |target: &&Target| only.is_none_or(|office| duties.is_assigned(&target.id, office));
        let mut by_due: BTreeMap<Option<Period>, Vec<&Target>> = BTreeMap::new();
        for target in plan.active_targets().filter(own) {
            let due = target.frequency.latest_due(period).filter(|due| plan.calendar.admit(*due).is_ok());
            by_due.entry(due).or_default().push(target);
        }
        let mut rolled: BTreeMap<TargetId, (Option<Period>, RollUp)> = BTreeMap::new();
        for (due, targets) in by_due {
            let tallies = match due {
                Some(due) => self.ledger.read(|tx| Walk::new(&duties, due, &targets, only).run(tx))?,
                None => targets.iter().map(|target| (&target.id, Tally::new(target))).collect(),
            };
            rolled.extend(tallies.into_iter().map(|(id, tally)| (id.clone(), (due, tally.roll_up()))));
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
        Ok(Consolidation { targets, offices, period, plan })
    }

    fn office_standings(
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
        let mut busy: BTreeSet<&OfficeId> = duties.offices();
        if let Some(own) = &self.identity.office {
            busy.retain(|office| *office == own);
        }
        let standing = |office: &OfficeId| OfficeStanding {
            office: office.clone(),
            reported: counted.get(office).map(|row| Reported {
                arrived: row.arrived,
                late: row.arrived > due_date,
                nil: row.nil,
                stand_in: row.stand_in,
                seq: row.seq,
            }),
        };
        Ok(plan.offices.iter().filter(|o| busy.contains(&o.id)).map(|o| standing(&o.id)).collect())
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

/// One walk through the returns that count for a period.
struct Walk<'a> {
    duties: &'a Duties<'a>,
    period: Period,
    /// The one office whose figures are looked at; all of them where there is none.
    only: Option<&'a OfficeId>,
    /// By target.
    slots: Vec<Slot<'a>>,
    /// The slot that is looked at first.
    next: usize,
    /// Cells that cannot be tallied from this period's return alone: returned ones, and all of a 零报告.
    later: Vec<(OfficeId, TargetId, Why)>,
}

/// A target under way.
struct Slot<'a> {
    target: &'a Target,
    division: Option<Division<'a>>,
    tally: Tally,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Why {
    Excluded,
    Nil,
}

type Tallies<'a> = BTreeMap<&'a TargetId, Tally>;

impl<'a> Walk<'a> {
    fn new(
        duties: &'a Duties<'a>,
        period: Period,
        targets: &[&'a Target],
        only: Option<&'a OfficeId>,
    ) -> Self {
        let slot = |target: &&'a Target| Slot {
            target,
            division: duties.division(&target.id),
            tally: Tally::new(target),
        };
        let mut slots: Vec<_> = targets.iter().map(slot).collect();
        slots.sort_by_key(|slot| &slot.target.id);
        Self { duties, period, only, slots, next: 0, later: Vec::new() }
    }

    fn slot(&mut self, target: &TargetId) -> Option<&mut Slot<'a>> {
        // Returns name their targets in order, so that it is nearly always the one after the last.
        if self.slots.get(self.next).is_none_or(|slot| slot.target.id != *target) {
            self.next = self.slots.binary_search_by(|slot| slot.target.id.cmp(target)).ok()?;
        }
        let found = self.next;
        self.next = (found + 1) % self.slots.len();
        self.slots.get_mut(found)
    }

    fn run(mut self, tx: &Tx<'_>) -> Result<Tallies<'a>> {
        let newest = self.slots.iter().map(|slot| slot.target.since).max().unwrap_or(0);
        let duties = self.duties;
        let mut holder = None;
        tx.for_each_counted(self.period, |counted| match counted {
            Counted::Return(row) => {
                holder = duties.holder(&row.office);
                self.begin(row, newest);
            }
            Counted::Entry { office, target, answer, excluded } => {
                let Some(Slot { target: kept, division, tally }) = self.slot(target) else { return };
                let part = holder.zip(*division).and_then(|(holder, division)| holder.part_of(division));
                match (answer, figures(kept, answer)) {
                    _ if part.is_none() => {}
                    _ if excluded => self.later.push((office.clone(), target.clone(), Why::Excluded)),
                    (_, Some(figures)) => tally.add(Standing::Reported(figures)),
                    (Answer::NotApplicable(_), None) => tally.add(Standing::NotApplicable),
                    (Answer::Figures(_), None) => {}
                }
            }
        })?;
        self.resolve(tx)?;
        self.carry(tx)?;
        Ok(self.finish())
    }

    fn begin(&mut self, row: &ReturnRow, newest: u32) {
        if !row.nil && row.plan_version >= newest {
            return;
        }
        for Slot { target, tally, .. } in &mut self.slots {
            if !self.duties.is_assigned(&target.id, &row.office) {
                continue;
            }
            if target.since > row.plan_version {
                tally.add(Standing::NotIssued);
            } else if row.nil {
                self.later.push((row.office.clone(), target.id.clone(), Why::Nil));
            }
        }
    }

    /// Answers the cells that look back: 零报告 repeats the last accepted figures, a returned cell falls back on them.
    fn resolve(&mut self, tx: &Tx<'_>) -> Result<()> {
        for (office, id, why) in std::mem::take(&mut self.later) {
            let period = self.period;
            let Some(Slot { target, tally, .. }) = self.slot(&id) else { continue };
            let before = tx.latest_counted_before(&office, &id, period)?;
            let before = before.and_then(|(_, answer)| figures(target, &answer));
            let kind = target.kind();
            tally.add(match why {
                Why::Nil => nil_figures(kind, before).map_or(Standing::Missing, Standing::Reported),
                Why::Excluded if kind.is_rate() => Standing::Missing,
                Why::Excluded => before.map_or(Standing::Missing, Standing::Carried),
            });
        }
        Ok(())
    }

    /// Lets the latest figures of offices without a return stand in, except those of rates.
    fn carry(&mut self, tx: &Tx<'_>) -> Result<()> {
        let mut nil: BTreeSet<OfficeId> =
            tx.nil_before(self.period)?.into_iter().map(|(office, _)| office).collect();
        for row in tx.counted_returns(self.period)? {
            nil.remove(&row.office);
        }
        let mut carried: HashSet<(OfficeId, TargetId)> = HashSet::new();
        let duties = self.duties;
        tx.for_each_carried(self.period, |found| {
            let assigned = duties.is_assigned(found.target, found.office);
            let Some(Slot { target, tally, .. }) = self.slot(found.target).filter(|_| assigned) else {
                return;
            };
            if let (false, Some(figures)) = (target.kind().is_rate(), figures(target, found.answer)) {
                tally.add(Standing::Carried(figures));
                if nil.contains(found.office) {
                    carried.insert((found.office.clone(), found.target.clone()));
                }
            }
        })?;
        // An office that has only ever said 零报告 stands at nothing, which is a figure too.
        for office in nil {
            for Slot { target, tally, .. } in &mut self.slots {
                let open = duties.is_assigned(&target.id, &office)
                    && !carried.contains(&(office.clone(), target.id.clone()));
                if let Some(nothing) = Figures::nothing(target.kind()).filter(|_| open) {
                    tally.add(Standing::Carried(nothing));
                }
            }
        }
        Ok(())
    }

    fn finish(self) -> Tallies<'a> {
        let close = |Slot { target, mut tally, .. }: Slot<'a>| {
            let assigned = if self.only.is_some() { 1 } else { self.duties.assigned(&target.id) };
            let assigned = u32::try_from(assigned).unwrap_or(u32::MAX);
            tally.add_missing(assigned.saturating_sub(tally.coverage().seen()));
            (&target.id, tally)
        };
        self.slots.into_iter().map(close).collect()
    }
}

/// Returns the figures of an answer, if they are of the target's kind: a return that was accepted in spite of its errors
/// must not bring in others.
fn figures(target: &Target, answer: &Answer) -> Option<Figures> {
    let Answer::Figures(figures) = answer else { return None };
    let stage = match figures {
        Figures::Stage(stage) => target.stage_name(*stage).is_some(),
        _ => true,
    };
    (stage && figures.suits(target.kind(), target.official)).then_some(*figures)
}
