//! Adds a target to the draft, or edits one.

use model::id::TargetId;
use model::plan::{Assignee, Plan};
use model::target::Target;

use super::{Deed, Edited, Faults, FieldFault, form};
use crate::screens::hub::targets::TargetForm;
use crate::{Home, Result};

impl Home {
    /// Keeps the form of a target: a new one under the next number of its section, or one of the draft.
    ///
    /// Kind and unit of a target that was issued are fixed: it can only be retired and another one added.
    pub fn save_target(&mut self, form: &TargetForm) -> Result<Edited> {
        let subject = form.code.clone().unwrap_or_default();
        let verb = if form.code.is_some() { "edit_target" } else { "add_target" };
        self.edit_plan(Deed { verb, subject: &subject, detail: "" }, |plan| match &form.code {
            Some(code) => edit(plan, code, form),
            None => add(plan, form),
        })
    }
}

fn add(plan: &mut Plan, form: &TargetForm) -> std::result::Result<Option<String>, Faults> {
    let id = next_id(plan, &form.section)?;
    let target = form::read(plan, id.clone(), form)?;
    let at = plan
        .targets
        .iter()
        .rposition(|one| one.section == target.section)
        .map_or(plan.targets.len(), |at| at + 1);
    plan.targets.insert(at, target);
    Ok(Some(id.to_string()))
}

fn edit(plan: &mut Plan, code: &str, form: &TargetForm) -> std::result::Result<Option<String>, Faults> {
    let Some(at) = plan.targets.iter().position(|one| one.id.as_str() == code) else {
        return Err(vec![FieldFault::new("", format!("方案里没有目标“{}”", model::names::reveal(code)))]);
    };
    let old = plan.targets[at].clone();
    let new = Target { since: old.since, retired: old.retired, ..form::read(plan, old.id.clone(), form)? };
    if new.official && !old.official {
        // What 本级 publishes is nobody else's to report.
        let own = Assignee::Office(model::id::OfficeId::own());
        if let Some(given) = plan.assignments.iter().find(|a| a.target == old.id && a.to != own) {
            let to = crate::words::assignee_label(plan, &given.to);
            return Err(vec![FieldFault::new(
                "official",
                format!("已分解给{to}；公布数只能由本级填，请先取消分解"),
            )]);
        }
    }
    let moved = new.section != old.section;
    plan.targets[at] = new;
    if moved {
        let target = plan.targets.remove(at);
        let behind = plan.targets.iter().rposition(|one| one.section == target.section);
        plan.targets.insert(behind.map_or(plan.targets.len(), |at| at + 1), target);
    }
    Ok(Some(code.to_owned()))
}

/// Returns the next number of a section that no target ever had: `5-2-13`.
fn next_id(plan: &Plan, section: &str) -> std::result::Result<TargetId, Faults> {
    let prefix = format!("{section}-");
    let number = |target: &Target| target.id.as_str().strip_prefix(&prefix)?.parse::<u32>().ok();
    let last = plan.targets.iter().filter_map(number).max().unwrap_or(0);
    TargetId::new(&format!("{prefix}{:02}", last + 1))
        .map_err(|_| vec![FieldFault::new("section", "请选所属的节")])
}
