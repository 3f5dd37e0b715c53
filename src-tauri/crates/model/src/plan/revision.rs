//! How one version of a plan may follow another (§2, plan versions).

use std::collections::BTreeMap;

use super::{Assignee, Assignment, Office, Plan};
use crate::figure::Figure;
use crate::id::{OfficeId, TargetId};
use crate::target::{Measure, Stage, Target};

/// A difference between two versions of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A target that the version before lacked.
    TargetAdded(TargetId),
    /// A target that is no longer in force.
    TargetRetired(TargetId),
    /// A target whose wording, goal, stages or frequency differ.
    TargetEdited(TargetId),
    /// An office that the version before lacked.
    OfficeAdded(OfficeId),
    /// An office whose names, codes or retirement differ.
    OfficeEdited(OfficeId),
    /// An assignment made, dropped, or given another quota.
    Assignment {
        /// The target.
        target: TargetId,
        /// Who it is given to.
        to: Assignee,
        /// The quota before; the outer none where it was not assigned.
        before: Option<Option<Figure>>,
        /// The quota now; the outer none where it is not assigned.
        after: Option<Option<Figure>>,
    },
    /// Calendar, lamp rule, comparisons, titles or chapters differ.
    Rules,
}

/// A change that a revision may not make.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RevisionFault {
    /// The plan, its hub or its year is another one.
    #[error("this is another plan, not a new version")]
    OtherPlan,
    /// The version does not rise.
    #[error("version {after} does not follow version {before}")]
    VersionFalls {
        /// The version at hand.
        before: u32,
        /// The version offered.
        after: u32,
    },
    /// A target disappeared instead of being retired.
    #[error("target {0} disappeared; it can only be retired")]
    TargetLost(TargetId),
    /// A target came back from retirement.
    #[error("target {0} was retired and cannot come back")]
    TargetRevived(TargetId),
    /// A target's kind or unit changed.
    #[error("kind or unit of target {0} changed; retire it and add another")]
    MeasureChanged(TargetId),
    /// A target is dated by a version in which it did not come in.
    #[error("target {0} came in with another version than it says")]
    BadSince(TargetId),
    /// January and February were merged or parted, or the first month moved, after returns were made.
    #[error("merging and first month are fixed once a return exists")]
    MergingFixed,
    /// Stages of a milestone were dropped, renamed or put in another order.
    #[error("stages of target {0} disappeared or moved; new ones can only come in between")]
    StagesChanged(TargetId),
    /// An office disappeared instead of being retired.
    #[error("office {0} disappeared; it can only be retired")]
    OfficeLost(OfficeId),
}

pub(super) fn compare(before: &Plan, after: &Plan) -> Result<Vec<Change>, RevisionFault> {
    let same =
        before.id == after.id && before.hub == after.hub && before.calendar.year == after.calendar.year;
    if !same {
        return Err(RevisionFault::OtherPlan);
    }
    if after.version <= before.version {
        return Err(RevisionFault::VersionFalls { before: before.version, after: after.version });
    }
    let mut changes = Vec::new();
    targets(before, after, &mut changes)?;
    offices(before, after, &mut changes)?;
    assignments(before, after, &mut changes);
    let rules = |plan: &Plan| {
        let titles = (plan.title.clone(), plan.hub_name.clone(), plan.chapters.clone());
        (titles, plan.calendar.clone(), plan.lamp_rule.clone(), plan.comparisons.clone())
    };
    if rules(before) != rules(after) {
        changes.push(Change::Rules);
    }
    Ok(changes)
}

fn targets(before: &Plan, after: &Plan, changes: &mut Vec<Change>) -> Result<(), RevisionFault> {
    let now: BTreeMap<&TargetId, &Target> = after.targets.iter().map(|t| (&t.id, t)).collect();
    for old in &before.targets {
        let id = || old.id.clone();
        let new = now.get(&old.id).ok_or_else(|| RevisionFault::TargetLost(id()))?;
        let amounts_renamed = !old.amount_unit.is_empty() && old.amount_unit != new.amount_unit;
        if old.kind() != new.kind() || old.unit != new.unit || old.official != new.official || amounts_renamed
        {
            return Err(RevisionFault::MeasureChanged(id()));
        }
        if !keeps_stages(old, new) {
            return Err(RevisionFault::StagesChanged(id()));
        }
        match (old.retired, new.retired) {
            (Some(was), is) if is != Some(was) => return Err(RevisionFault::TargetRevived(id())),
            (None, Some(_)) => changes.push(Change::TargetRetired(id())),
            _ if old != *new => changes.push(Change::TargetEdited(id())),
            _ => {}
        }
    }
    for target in &after.targets {
        // Returns against a version before `since` are 未下达 for the target, so the date may not lie.
        let dated = match before.target(&target.id) {
            Some(old) => old.since == target.since,
            None => (before.version + 1..=after.version).contains(&target.since),
        };
        if !dated {
            return Err(RevisionFault::BadSince(target.id.clone()));
        }
        if before.target(&target.id).is_none() {
            changes.push(Change::TargetAdded(target.id.clone()));
        }
    }
    Ok(())
}

/// Says whether a milestone still has all its stages in their order, the first and the last in their places.
fn keeps_stages(old: &Target, new: &Target) -> bool {
    let (Measure::Milestone { stages: old }, Measure::Milestone { stages: new }) =
        (&old.measure, &new.measure)
    else {
        return true;
    };
    let ends = |stages: &[Stage]| {
        let name = |stage: &Stage| stage.name.clone();
        (stages.first().map(name), stages.last().map(name))
    };
    let mut now = new.iter();
    ends(old) == ends(new) && old.iter().all(|stage| now.any(|one| one.name == stage.name))
}

fn offices(before: &Plan, after: &Plan, changes: &mut Vec<Change>) -> Result<(), RevisionFault> {
    fn index(plan: &Plan) -> BTreeMap<&OfficeId, &Office> {
        plan.offices.iter().map(|office| (&office.id, office)).collect()
    }
    let (was, now) = (index(before), index(after));
    for old in &before.offices {
        match now.get(&old.id) {
            None => return Err(RevisionFault::OfficeLost(old.id.clone())),
            Some(new) if *new != old => changes.push(Change::OfficeEdited(old.id.clone())),
            Some(_) => {}
        }
    }
    let added = after.offices.iter().filter(|o| !was.contains_key(&o.id));
    changes.extend(added.map(|o| Change::OfficeAdded(o.id.clone())));
    Ok(())
}

fn assignments(before: &Plan, after: &Plan, changes: &mut Vec<Change>) {
    let index = |plan: &Plan| -> BTreeMap<(TargetId, Assignee), Option<Figure>> {
        let key = |a: &Assignment| ((a.target.clone(), a.to.clone()), a.quota);
        plan.assignments.iter().map(key).collect()
    };
    let (old, mut new) = (index(before), index(after));
    for ((target, to), quota) in old {
        let now = new.remove(&(target.clone(), to.clone()));
        if now != Some(quota) {
            changes.push(Change::Assignment { target, to, before: Some(quota), after: now });
        }
    }
    for ((target, to), quota) in new {
        changes.push(Change::Assignment { target, to, before: None, after: Some(quota) });
    }
}
