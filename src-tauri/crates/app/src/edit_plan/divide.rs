//! Divides a target among offices, many at once (任务分解).

use model::id::{OfficeId, TargetId};
use model::plan::{Assignee, Assignment, OfficeKind, Plan};
use model::target::{Kind, Target};

use super::figure::Reader;
use super::{Deed, Edited, Faults};
use crate::assign::known_target;
use crate::screens::hub::targets::DivisionEdit;
use crate::words::office_kind_code;
use crate::{Home, Result};

/// Kinds of office that can be given a target as a whole.
pub(crate) const WHOLE_KINDS: [OfficeKind; 4] =
    [OfficeKind::Street, OfficeKind::Town, OfficeKind::Zone, OfficeKind::Department];

/// Names whom a target is given to, for the page: `office:u01`, `every:street`.
pub(crate) fn assignee_code(to: &Assignee) -> String {
    match to {
        Assignee::Office(id) => format!("office:{id}"),
        Assignee::Every(kind) => format!("every:{}", office_kind_code(*kind)),
    }
}

fn assignee(plan: &Plan, code: &str) -> Option<Assignee> {
    if let Some(id) = code.strip_prefix("office:") {
        let id = OfficeId::new(id).ok()?;
        return plan.office(&id).map(|office| Assignee::Office(office.id.clone()));
    }
    let kind = code.strip_prefix("every:")?;
    WHOLE_KINDS.into_iter().find(|one| office_kind_code(*one) == kind).map(Assignee::Every)
}

impl Home {
    /// Gives a target to offices or takes it away, with their quotas; all of it or nothing.
    pub fn divide_target(&mut self, code: &str, edits: &[DivisionEdit]) -> Result<Edited> {
        let id = known_target(&self.plan_draft()?, code)?;
        self.edit_plan(Deed { verb: "assign", subject: code, detail: "" }, |plan| {
            divide(plan, &id, edits)?;
            Ok(Some(id.to_string()))
        })
    }
}

fn divide(plan: &mut Plan, id: &TargetId, edits: &[DivisionEdit]) -> std::result::Result<(), Faults> {
    let mut reader = Reader::default();
    let target = plan.target(id).cloned();
    let mut changes: Vec<(Assignee, Option<Assignment>)> = Vec::new();
    for edit in edits {
        let Some((to, target)) = assignee(plan, &edit.to).zip(target.as_ref()) else {
            reader.refuse(edit.to.as_str(), "方案里没有这个单位");
            continue;
        };
        if !edit.given {
            changes.push((to, None));
            continue;
        }
        if target.official && to != Assignee::Office(OfficeId::own()) {
            reader.refuse(edit.to.as_str(), "公布数只能由本级填");
        }
        let quota = quota(&mut reader, target, edit);
        changes.push((to.clone(), Some(Assignment { target: id.clone(), to, quota })));
    }
    reader.done(Some(()))?;
    for (to, given) in changes {
        // A changed quota stays in its place, so that the order of the plan says nothing new.
        let at = plan.assignments.iter().position(|one| one.target == *id && one.to == to);
        match (at, given) {
            (Some(at), Some(given)) => plan.assignments[at] = given,
            (Some(at), None) => {
                plan.assignments.remove(at);
            }
            (None, Some(given)) => plan.assignments.push(given),
            (None, None) => {}
        }
    }
    Ok(())
}

fn quota(reader: &mut Reader, target: &Target, edit: &DivisionEdit) -> Option<model::figure::Figure> {
    if edit.quota.trim().is_empty() {
        return None;
    }
    match target.kind() {
        Kind::Count | Kind::Stock => reader.amount(&edit.to, "分解数", &edit.quota),
        Kind::Growth | Kind::Share => reader.figure(&edit.to, "分解数", &edit.quota),
        Kind::Milestone | Kind::Statement | Kind::Relative => {
            reader.refuse(edit.to.as_str(), "这类目标没有分解数，只分解给单位");
            None
        }
    }
}
