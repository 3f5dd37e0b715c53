//! The walk through the returns that count for a period.

use std::collections::{BTreeMap, HashSet};

use ledger::Tx;
use ledger::returns::{Counted, ReturnRow};
use model::check::nil_figures;
use model::id::{OfficeId, TargetId};
use model::period::Period;
use model::plan::{Division, Duties, Renumbering};
use model::returns::{Answer, Figures};
use model::rollup::{Standing, Tally};
use model::target::Target;

use crate::Result;

/// One walk through the returns that count for a period.
pub(super) struct Walk<'a> {
    duties: &'a Duties<'a>,
    renumbering: &'a Renumbering,
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
    /// Every office's own standing, where they are kept.
    parts: Option<Vec<Part>>,
}

impl Slot<'_> {
    fn add(&mut self, office: &OfficeId, standing: Standing) {
        self.tally.add(standing);
        if let Some(parts) = &mut self.parts {
            parts.push((office.clone(), standing));
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Why {
    Excluded,
    Nil,
}

/// How one office stands towards a target; those that gave nothing at all have none.
pub type Part = (OfficeId, Standing);

pub(super) type Tallies<'a> = BTreeMap<&'a TargetId, (Tally, Vec<Part>)>;

impl<'a> Walk<'a> {
    pub(super) fn new(
        duties: &'a Duties<'a>,
        renumbering: &'a Renumbering,
        period: Period,
        targets: &[&'a Target],
        only: Option<&'a OfficeId>,
        apart: bool,
    ) -> Self {
        let slot = |target: &&'a Target| Slot {
            target,
            division: duties.division(&target.id),
            tally: Tally::new(target),
            parts: apart.then(Vec::new),
        };
        let mut slots: Vec<_> = targets.iter().map(slot).collect();
        slots.sort_by_key(|slot| &slot.target.id);
        Self { duties, renumbering, period, only, slots, next: 0, later: Vec::new() }
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

    /// Tallies every target.
    pub(super) fn run(mut self, tx: &Tx<'_>) -> Result<Tallies<'a>> {
        let newest = self.slots.iter().map(|slot| slot.target.since).max().unwrap_or(0);
        let (duties, renumbering) = (self.duties, self.renumbering);
        let (mut holder, mut version) = (None, 0);
        tx.for_each_counted(self.period, |counted| match counted {
            Counted::Return(row) => {
                (holder, version) = (duties.holder(&row.office), row.plan_version);
                self.begin(row, newest);
            }
            Counted::Entry { office, target, answer, excluded } => {
                let Some(slot) = self.slot(target) else { return };
                let kept = slot.target;
                let part = holder.zip(slot.division).and_then(|(holder, division)| holder.part_of(division));
                // What its version did not have yet is 未下达 already.
                if part.is_none() || kept.since > version {
                    return;
                }
                match said(renumbering, kept, version, answer) {
                    _ if excluded => self.later.push((office.clone(), target.clone(), Why::Excluded)),
                    Some(Said::Figures(figures)) => slot.add(office, Standing::Reported(figures)),
                    Some(Said::NotApplicable) => slot.add(office, Standing::NotApplicable),
                    None => {}
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
        for slot in &mut self.slots {
            let target = slot.target;
            if !self.duties.is_assigned(&target.id, &row.office) {
                continue;
            }
            if target.since > row.plan_version {
                slot.add(&row.office, Standing::NotIssued);
            } else if row.nil {
                self.later.push((row.office.clone(), target.id.clone(), Why::Nil));
            }
        }
    }

    /// Answers the cells that look back: 零报告 repeats the last accepted answer, a returned cell falls back on it.
    fn resolve(&mut self, tx: &Tx<'_>) -> Result<()> {
        if self.later.is_empty() {
            return Ok(());
        }
        let nil = by_office(tx.nil_before(self.period)?);
        let (period, renumbering) = (self.period, self.renumbering);
        for (office, id, why) in std::mem::take(&mut self.later) {
            let Some(slot) = self.slot(&id) else { continue };
            let target = slot.target;
            let before = tx.latest_counted_before(&office, &id, period)?;
            let before = before.and_then(|last| said(renumbering, target, last.plan_version, &last.answer));
            let kind = target.kind();
            let spoken_for =
                || nil.get(&office).is_some_and(|all| all.iter().any(|nil| speaks_for(nil, target)));
            let standing = match (why, before) {
                (Why::Nil, Some(Said::NotApplicable)) => Standing::NotApplicable,
                (Why::Nil, before) => {
                    let repeated = nil_figures(kind, before.and_then(Said::figures));
                    repeated.map_or(Standing::Missing, Standing::Reported)
                }
                (Why::Excluded, _) if kind.is_rate() => Standing::Missing,
                (Why::Excluded, Some(before)) => {
                    before.figures().map_or(Standing::Missing, Standing::Carried)
                }
                (Why::Excluded, None) => {
                    let nothing = Figures::nothing(kind).filter(|_| spoken_for());
                    nothing.map_or(Standing::Missing, Standing::Carried)
                }
            };
            slot.add(&office, standing);
        }
        Ok(())
    }

    /// Lets the latest figures of offices without a return stand in, except those of rates.
    fn carry(&mut self, tx: &Tx<'_>) -> Result<()> {
        let mut nil = by_office(tx.nil_before(self.period)?);
        if !nil.is_empty() {
            for row in tx.counted_returns(self.period)? {
                nil.remove(&row.office);
            }
        }
        let mut answered: HashSet<(OfficeId, TargetId)> = HashSet::new();
        let (duties, renumbering) = (self.duties, self.renumbering);
        tx.for_each_carried(self.period, |found| {
            let assigned = duties.is_assigned(found.target, found.office);
            let Some(slot) = self.slot(found.target).filter(|_| assigned) else { return };
            let target = slot.target;
            let Some(said) = said(renumbering, target, found.plan_version, found.answer) else { return };
            if nil.contains_key(found.office) {
                answered.insert((found.office.clone(), found.target.clone()));
            }
            // Where it last did not apply, nothing stands in, and no figure before that either.
            if let Some(figures) = said.figures().filter(|_| !target.kind().is_rate()) {
                slot.add(found.office, Standing::Carried(figures));
            }
        })?;
        // An office that has only ever said 零报告 stands at nothing, which is a figure too.
        for (office, nil) in nil {
            for slot in &mut self.slots {
                let target = slot.target;
                let open = duties.is_assigned(&target.id, &office)
                    && nil.iter().any(|nil| speaks_for(nil, target))
                    && !answered.contains(&(office.clone(), target.id.clone()));
                if let Some(nothing) = Figures::nothing(target.kind()).filter(|_| open) {
                    slot.add(&office, Standing::Carried(nothing));
                }
            }
        }
        Ok(())
    }

    fn finish(self) -> Tallies<'a> {
        let close = |Slot { target, mut tally, parts, .. }: Slot<'a>| {
            let assigned = if self.only.is_some() { 1 } else { self.duties.assigned(&target.id) };
            let assigned = u32::try_from(assigned).unwrap_or(u32::MAX);
            tally.add_missing(assigned.saturating_sub(tally.coverage().seen()));
            (&target.id, (tally, parts.unwrap_or_default()))
        };
        self.slots.into_iter().map(close).collect()
    }
}

/// A usable answer.
#[derive(Clone, Copy)]
enum Said {
    Figures(Figures),
    NotApplicable,
}

impl Said {
    fn figures(self) -> Option<Figures> {
        match self {
            Self::Figures(figures) => Some(figures),
            Self::NotApplicable => None,
        }
    }
}

/// Reads an answer of a return as of the present plan; none where its figures are not of the target's kind: a return that
/// was accepted in spite of its errors must not bring in others.
fn said(renumbering: &Renumbering, target: &Target, version: u32, answer: &Answer) -> Option<Said> {
    let Answer::Figures(figures) = answer else { return Some(Said::NotApplicable) };
    let figures = renumbering.present(version, &target.id, *figures)?;
    let stage = match figures {
        Figures::Stage(stage) => target.stage_name(stage).is_some(),
        _ => true,
    };
    (stage && figures.suits(target.kind(), target.official)).then_some(Said::Figures(figures))
}

/// Says whether a 零报告 said anything of a target: its plan version had it, and it was due.
fn speaks_for(nil: &ReturnRow, target: &Target) -> bool {
    target.since <= nil.plan_version && target.frequency.is_due(nil.period)
}

fn by_office(rows: Vec<ReturnRow>) -> BTreeMap<OfficeId, Vec<ReturnRow>> {
    let mut offices: BTreeMap<OfficeId, Vec<ReturnRow>> = BTreeMap::new();
    for row in rows {
        offices.entry(row.office.clone()).or_default().push(row);
    }
    offices
}
