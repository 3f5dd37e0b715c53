//! Merges and splits offices in the hub's draft of the plan, from a day on.
//!
//! What was reported stays with whoever reported it: months that ended before the day show the old offices, later ones the new.
//! No figure is carried over, for the hub edits none: the new office's cumulative figures begin on 1 January and contain what
//! was its predecessors', as it says itself under its own signature.

use chrono::NaiveDate;
use model::figure::Figure;
use model::id::OfficeId;
use model::plan::{Assignee, Assignment, Dated, Office, OfficeKind, Plan};
use model::target::{Kind, Target};

use crate::edit_offices::{OfficeFault, checked_code, checked_name, day, fresh_id, known};
use crate::{Home, Result};

/// An office that comes out of others.
#[derive(Debug, Clone, Copy)]
pub struct Newcomer<'a> {
    /// What it is called. In a merger it may be an office that is there already and takes the others in.
    pub name: &'a str,
    /// What sort of unit it is.
    pub kind: OfficeKind,
    /// Its statistics code; empty where it has none.
    pub code: &'a str,
}

impl Home {
    /// Lets offices end on a day and one take their place, or one of the others take them in. Returns the id of that one.
    ///
    /// It gets the targets of all of them; amounts that each had to reach are added up.
    pub fn merge_offices(&mut self, from: &[&str], into: Newcomer<'_>, on: &str) -> Result<OfficeId> {
        self.hub_only()?;
        let on = day(on)?;
        let mut plan = self.working_plan()?;
        let from = ending(&plan, from, on)?;
        let there = plan.office_named(into.name).filter(|it| it.retired.is_none() && !from.contains(&it.id));
        let there = there.map(|it| it.id.clone());
        let heir = match &there {
            Some(id) if id.is_own() => return Err(OfficeFault::Own.into()),
            Some(id) => id.clone(),
            None => {
                // Its name may be that of one that ends.
                retire(&mut plan, &from, on);
                newcomer(&mut plan, into, on)?
            }
        };
        let shares = parts(&plan, &from, there.is_some().then_some(&heir));
        retire(&mut plan, &from, on);
        came_out_of(&mut plan, &heir, &from);
        for (target, quota) in shares {
            give(&mut plan, &target, &heir, quota);
        }
        self.save_revision(&plan, "merge_offices", heir.as_str(), &joined(&from))?;
        Ok(heir)
    }

    /// Lets an office end on a day and others take its place. Returns their ids.
    ///
    /// Each gets the office's targets; who has to reach how much of an amount is for the hub to say.
    pub fn split_office(&mut self, from: &str, into: &[Newcomer<'_>], on: &str) -> Result<Vec<OfficeId>> {
        self.hub_only()?;
        let on = day(on)?;
        let mut plan = self.working_plan()?;
        let from = ending(&plan, &[from], on)?;
        if into.len() < 2 {
            return Err(OfficeFault::TooFew.into());
        }
        let before = plan.clone();
        retire(&mut plan, &from, on);
        let mut heirs = Vec::new();
        for one in into {
            let heir = newcomer(&mut plan, *one, on)?;
            came_out_of(&mut plan, &heir, &from);
            for (target, quota) in parts(&before, &from, None) {
                // A rate is every part's own; an amount is not.
                let amount = before.target(&target).is_some_and(is_amount);
                give(&mut plan, &target, &heir, quota.filter(|_| !amount));
            }
            heirs.push(heir);
        }
        self.save_revision(&plan, "split_office", &joined(&heirs), &joined(&from))?;
        Ok(heirs)
    }
}

fn joined(ids: &[OfficeId]) -> String {
    ids.iter().map(OfficeId::as_str).collect::<Vec<_>>().join(" ")
}

/// Finds the offices that end: each once, none that has ended before.
fn ending(plan: &Plan, from: &[&str], on: NaiveDate) -> Result<Vec<OfficeId>> {
    let mut ids: Vec<OfficeId> = Vec::new();
    for office in from {
        let id = match plan.office_named(office.trim()) {
            Some(named) if !named.id.is_own() => named.id.clone(),
            _ => known(plan, office)?,
        };
        let found = plan.office(&id).ok_or(OfficeFault::Unknown)?;
        if found.retired.is_some_and(|day| day <= on) || ids.contains(&id) {
            return Err(OfficeFault::Ended(found.name().to_owned()).into());
        }
        ids.push(id);
    }
    if ids.is_empty() { Err(OfficeFault::TooFew.into()) } else { Ok(ids) }
}

fn retire(plan: &mut Plan, from: &[OfficeId], on: NaiveDate) {
    plan.offices.iter_mut().filter(|it| from.contains(&it.id)).for_each(|it| it.retired = Some(on));
}

fn newcomer(plan: &mut Plan, new: Newcomer<'_>, on: NaiveDate) -> Result<OfficeId> {
    if new.kind == OfficeKind::Own {
        return Err(OfficeFault::Own.into());
    }
    let id = fresh_id(plan)?;
    let value = checked_name(plan, None, new.name, true)?;
    let code = checked_code(new.code)?;
    plan.offices.push(Office {
        id: id.clone(),
        kind: new.kind,
        names: vec![Dated { value, since: Some(on) }],
        codes: code.map(|value| Dated { value, since: Some(on) }).into_iter().collect(),
        retired: None,
        origins: Vec::new(),
    });
    Ok(id)
}

fn came_out_of(plan: &mut Plan, heir: &OfficeId, from: &[OfficeId]) {
    for office in plan.offices.iter_mut().filter(|it| it.id == *heir) {
        let new: Vec<_> = from.iter().filter(|id| !office.origins.contains(id)).cloned().collect();
        office.origins.extend(new);
    }
}

fn is_amount(target: &Target) -> bool {
    matches!(target.kind(), Kind::Count | Kind::Stock)
}

/// Lists what offices report with the part that one takes over, its own part included if it was there before: of amounts the
/// sum, where everybody has one.
fn parts(
    plan: &Plan,
    from: &[OfficeId],
    heir: Option<&OfficeId>,
) -> Vec<(model::id::TargetId, Option<Figure>)> {
    // As if none had ended.
    let mut present = plan.clone();
    present.offices.iter_mut().filter(|it| from.contains(&it.id)).for_each(|it| it.retired = None);
    let duties = present.duties();
    let part = |target: &&Target| {
        let mut parts: Vec<Option<Figure>> =
            from.iter().filter_map(|office| duties.duty(&target.id, office)).collect();
        if parts.is_empty() {
            return None;
        }
        parts.extend(heir.and_then(|heir| duties.duty(&target.id, heir)));
        let alone = match parts.as_slice() {
            [one] => *one,
            all if is_amount(target) => sum(all),
            _ => None,
        };
        Some((target.id.clone(), alone))
    };
    let own = |target: &&Target| !target.official;
    plan.active_targets().filter(own).filter_map(|target| part(&target)).collect()
}

fn sum(parts: &[Option<Figure>]) -> Option<Figure> {
    let total = parts
        .iter()
        .try_fold(rust_decimal::Decimal::ZERO, |sum, part| sum.checked_add(part.as_ref()?.decimal()))?;
    Figure::new(total).ok()
}

/// Gives a target to an office by name, unless its kind gives it the same.
fn give(plan: &mut Plan, target: &model::id::TargetId, office: &OfficeId, quota: Option<Figure>) {
    let to = Assignee::Office(office.clone());
    plan.assignments.retain(|one| one.target != *target || one.to != to);
    if plan.duties().duty(target, office) != Some(quota) {
        plan.assignments.push(Assignment { target: target.clone(), to, quota });
    }
}
