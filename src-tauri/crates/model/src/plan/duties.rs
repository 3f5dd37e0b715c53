//! Who reports what (任务分解).

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::{Assignee, Office, OfficeKind, Plan};
use crate::figure::Figure;
use crate::id::{OfficeId, TargetId};
use crate::period::Period;
use crate::target::Target;

/// Who reports what under a plan version: its targets in force, its offices not retired.
#[derive(Debug, Clone)]
pub struct Duties<'a> {
    plan: &'a Plan,
    kinds: BTreeMap<&'a OfficeId, OfficeKind>,
    /// How many offices there are of a kind.
    of_kind: BTreeMap<OfficeKind, usize>,
    by_target: BTreeMap<&'a TargetId, Duty>,
}

#[derive(Debug, Clone, Default)]
struct Duty {
    named: BTreeMap<OfficeId, Option<Figure>>,
    every: BTreeMap<OfficeKind, Option<Figure>>,
}

/// One office, ready to be asked for its part of many targets.
#[derive(Debug, Clone, Copy)]
pub struct Holder<'d> {
    by_target: &'d BTreeMap<&'d TargetId, Duty>,
    office: &'d OfficeId,
    kind: OfficeKind,
}

/// Who reports one target, ready to be asked for many offices.
#[derive(Debug, Clone, Copy)]
pub struct Division<'d>(&'d Duty);

impl Holder<'_> {
    /// Returns the office's own part of a target, as [`Duties::duty`] does.
    pub fn duty(&self, target: &TargetId) -> Option<Option<Figure>> {
        self.part_of(Division(self.by_target.get(target)?))
    }

    /// Returns the office's own part of a target that was looked up before.
    pub fn part_of(&self, Division(duty): Division<'_>) -> Option<Option<Figure>> {
        // Most targets go to whole kinds; an empty map is not worth a search.
        let named = if duty.named.is_empty() { None } else { duty.named.get(self.office) };
        named.or_else(|| duty.every.get(&self.kind)).copied()
    }
}

impl<'a> Duties<'a> {
    pub(super) fn of(plan: &'a Plan, period: Option<Period>) -> Self {
        let reports = |office: &&Office| match period {
            Some(period) => office.reports(period),
            None => office.retired.is_none(),
        };
        let kinds: BTreeMap<_, _> =
            plan.offices.iter().filter(reports).map(|office| (&office.id, office.kind)).collect();
        let mut of_kind = BTreeMap::new();
        for kind in kinds.values() {
            *of_kind.entry(*kind).or_default() += 1;
        }
        let mut by_target: BTreeMap<_, Duty> =
            plan.active_targets().map(|target| (&target.id, Duty::default())).collect();
        for assignment in &plan.assignments {
            let Some(duty) = by_target.get_mut(&assignment.target) else { continue };
            match &assignment.to {
                Assignee::Office(office) if kinds.contains_key(office) => {
                    duty.named.insert(office.clone(), assignment.quota);
                }
                Assignee::Office(_) => {}
                Assignee::Every(kind) => {
                    duty.every.insert(*kind, assignment.quota);
                }
            }
        }
        let mut duties = Self { plan, kinds, of_kind, by_target };
        duties.give_the_rest_to_own();
        duties
    }

    /// What is assigned to nobody lies with 本级, judged by the target's own figure.
    fn give_the_rest_to_own(&mut self) {
        let nobodys: Vec<_> = self.by_target.keys().copied().filter(|id| self.assigned(id) == 0).collect();
        for id in nobodys {
            let quota = self.plan.target(id).and_then(Target::goal).map(|goal| goal.value);
            self.by_target.insert(id, Duty { named: [(OfficeId::own(), quota)].into(), ..Duty::default() });
        }
    }

    /// Looks an office up once for many questions about it; none where it does not report under this plan.
    pub fn holder(&self, office: &OfficeId) -> Option<Holder<'_>> {
        let (office, kind) = self.kinds.get_key_value(office)?;
        Some(Holder { by_target: &self.by_target, office, kind: *kind })
    }

    /// Looks a target up once for many offices; none where it is not in force.
    pub fn division(&self, target: &TargetId) -> Option<Division<'_>> {
        self.by_target.get(target).map(Division)
    }

    /// Returns the office's own part of a target: the outer none where it is not assigned, the inner where it has no quota.
    pub fn duty(&self, target: &TargetId, office: &OfficeId) -> Option<Option<Figure>> {
        self.holder(office)?.duty(target)
    }

    /// Says whether a target is assigned to an office.
    pub fn is_assigned(&self, target: &TargetId, office: &OfficeId) -> bool {
        self.duty(target, office).is_some()
    }

    /// Lists a target's assignees with their quotas.
    pub fn assignees(&self, target: &TargetId) -> impl Iterator<Item = (&'a OfficeId, Option<Figure>)> {
        let offices = self.kinds.keys().copied();
        offices.filter_map(move |office| Some((office, self.duty(target, office)?)))
    }

    /// Says how many offices a target is assigned to.
    pub fn assigned(&self, target: &TargetId) -> usize {
        let Some(duty) = self.by_target.get(target) else { return 0 };
        // Asking every office, target by target, would be millions of look-ups for a whole country.
        let by_kind: usize = duty.every.keys().filter_map(|kind| self.of_kind.get(kind)).sum();
        let apart =
            |office: &&OfficeId| self.kinds.get(*office).is_none_or(|kind| !duty.every.contains_key(kind));
        by_kind + duty.named.keys().filter(apart).count()
    }

    /// Lists what an office reports, in the order of the report.
    pub fn targets_of<'d>(&'d self, office: &OfficeId) -> impl Iterator<Item = &'a Target> + use<'a, 'd> {
        let holder = self.holder(office);
        let held = move |target: &&Target| holder.is_some_and(|holder| holder.duty(&target.id).is_some());
        self.plan.targets.iter().filter(held)
    }

    /// Lists the offices that have at least one duty.
    pub fn offices(&self) -> BTreeSet<&'a OfficeId> {
        let busy = |office: &&OfficeId| self.by_target.keys().any(|target| self.is_assigned(target, office));
        self.kinds.keys().copied().filter(busy).collect()
    }

    /// Lists the offices that have a duty which falls due in a period.
    pub fn offices_due(&self, period: Period) -> BTreeSet<&'a OfficeId> {
        let due = self.plan.active_targets().filter(|target| target.frequency.is_due(period));
        let divisions: Vec<_> = due.filter_map(|target| self.division(&target.id)).collect();
        let owes = |office: &&OfficeId| {
            self.holder(office)
                .is_some_and(|holder| divisions.iter().any(|division| holder.part_of(*division).is_some()))
        };
        self.kinds.keys().copied().filter(owes).collect()
    }

    /// Sums the quotas of a count or stock target, for the check 缺口/多出; none where no office has one. Rates are never summed.
    pub fn quota_sum(&self, target: &Target) -> Option<Decimal> {
        let quotas = || self.assignees(&target.id).filter_map(|(_, quota)| quota);
        (target.kind().is_amount() && quotas().next().is_some()).then(|| quotas().map(Figure::decimal).sum())
    }
}
