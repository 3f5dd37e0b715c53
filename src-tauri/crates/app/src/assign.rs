//! Gives targets to offices in the hub's draft of the plan (任务分解).

use model::figure::Figure;
use model::id::{OfficeId, TargetId};
use model::plan::{Assignee, Assignment, Duties, OfficeKind, Plan};
use model::target::Target;
use rust_decimal::Decimal;

use crate::{Error, Home, Result};

/// How the quotas of a count or stock add up against its target: 缺口 below it, 多出 above.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuotaCheck {
    /// The target.
    pub target: TargetId,
    /// Sum of the quotas.
    pub sum: Decimal,
    /// The target's own figure.
    pub goal: Figure,
}

impl QuotaCheck {
    /// Returns how much the quotas exceed the target, below zero where they fall short.
    pub fn excess(&self) -> Decimal {
        self.sum - self.goal.decimal()
    }
}

/// Whom a target is given to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum To<'a> {
    /// An office, by its name.
    Office(&'a str),
    /// Every office of a kind.
    Every(OfficeKind),
    /// Every street and town.
    Everyone,
}

impl Home {
    /// Gives a target to offices, with a quota if there is one; a new quota replaces the old one.
    pub fn assign(&mut self, target: &str, to: &To<'_>, quota: Option<&str>) -> Result<Option<QuotaCheck>> {
        let quota = quota.map(Figure::from_typed).transpose()?;
        self.edit_assignments(target, to, |plan, target, assignee| {
            plan.assignments.retain(|a| a.target != *target || a.to != assignee);
            plan.assignments.push(Assignment { target: target.clone(), to: assignee, quota });
        })
    }

    /// Takes a target away from offices.
    pub fn unassign(&mut self, target: &str, to: &To<'_>) -> Result<Option<QuotaCheck>> {
        self.edit_assignments(target, to, |plan, target, assignee| {
            plan.assignments.retain(|a| a.target != *target || a.to != assignee);
        })
    }

    fn edit_assignments(
        &mut self,
        target: &str,
        to: &To<'_>,
        edit: impl Fn(&mut Plan, &TargetId, Assignee),
    ) -> Result<Option<QuotaCheck>> {
        self.hub_only()?;
        let mut plan = self.working_plan()?;
        let id = known_target(&plan, target)?;
        let assignees = match to {
            To::Office(name) => vec![Assignee::Office(self.office_named(&plan, name)?.id)],
            To::Every(kind) => vec![Assignee::Every(*kind)],
            To::Everyone => vec![Assignee::Every(OfficeKind::Street), Assignee::Every(OfficeKind::Town)],
        };
        for assignee in assignees {
            edit(&mut plan, &id, assignee);
        }
        self.save_draft(&plan, "assign", id.as_str())?;
        Ok(quota_check(&plan, &id))
    }

    /// Replaces the hub's draft by an edited plan, as the demonstration and bulk edits do.
    pub fn replace_draft(&mut self, plan: &Plan) -> Result<()> {
        let mut plan = plan.clone();
        plan.hub = self.identity.hub.clone();
        plan.id = self.plan_id()?;
        self.save_draft(&plan, "replace_draft", plan.title.as_str())
    }

    /// Returns the plan that the hub is editing: its draft, or the plan in force.
    pub fn plan_draft(&self) -> Result<Plan> {
        self.hub_only()?;
        self.working_plan()
    }

    /// Lists the targets whose quotas do not add up to their figure.
    pub fn quota_gaps(&self) -> Result<Vec<QuotaCheck>> {
        let plan = self.working_plan()?;
        let duties = plan.duties();
        let checks = plan.active_targets().filter_map(|target| quota_check_in(&duties, target));
        Ok(checks.filter(|check| !check.excess().is_zero()).collect())
    }

    /// Lists the targets that are assigned to nobody and so lie with 本级.
    pub fn unassigned(&self) -> Result<Vec<TargetId>> {
        let plan = self.working_plan()?;
        let given = |id: &TargetId| plan.assignments.iter().any(|a| a.target == *id);
        Ok(plan.active_targets().filter(|t| !given(&t.id)).map(|t| t.id.clone()).collect())
    }
}

/// Compares the quotas of a target with its figure; none where no office has a quota, or they do not add up by nature.
pub fn quota_check(plan: &Plan, target: &TargetId) -> Option<QuotaCheck> {
    quota_check_in(&plan.duties(), plan.target(target)?)
}

/// As [`quota_check`], for one of many targets.
pub(crate) fn quota_check_in(duties: &Duties<'_>, target: &Target) -> Option<QuotaCheck> {
    // Rates and stages are never summed; asking every office about them would be for nothing.
    let goal = target.goal().filter(|_| target.kind().is_amount())?;
    // What lies with 本级 for want of an assignment is not a division.
    if duties.assignees(&target.id).all(|(office, _)| *office == OfficeId::own()) {
        return None;
    }
    Some(QuotaCheck { target: target.id.clone(), sum: duties.quota_sum(target)?, goal: goal.value })
}

/// Finds a target by its code.
pub(crate) fn known_target(plan: &Plan, code: &str) -> Result<TargetId> {
    let unknown = || Error::UnknownTarget(model::names::reveal(code.trim()));
    let id = TargetId::new(code.trim()).map_err(|_| unknown())?;
    plan.target(&id).filter(|t| t.in_force(plan.version.max(1))).map(|t| t.id.clone()).ok_or_else(unknown)
}
