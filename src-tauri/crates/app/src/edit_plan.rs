//! Edits the hub's draft of the plan. What cannot be is said at the box it was typed into, and nothing is kept of it.

use model::plan::{Plan, PlanFault, RevisionFault};
use serde::Serialize;
use ts_rs::TS;

use crate::screens::hub::targets::{TargetDetail, TargetsView};
use crate::{Error, Home, Result, words};

mod divide;
mod figure;
mod form;
mod outline;
mod retire;
mod rules;
mod target;

pub(crate) use divide::{WHOLE_KINDS, assignee_code};
pub use retire::Retirement;
pub(crate) use rules::lamp_rule;

/// What is wrong with one box of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FieldFault {
    /// The box, as the form names it; empty where none is meant.
    pub field: String,
    /// What is wrong, and how to mend it.
    pub what: String,
}

/// What an edit of the plan came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Edited {
    /// What was wrong; nothing was kept then.
    pub faults: Vec<FieldFault>,
    /// The plan as it stands now.
    pub view: TargetsView,
    /// The target that was edited, as it stands now; none where it is about no single one, or it is gone.
    pub detail: Option<TargetDetail>,
}

/// What is wrong with a form, box by box.
pub(crate) type Faults = Vec<FieldFault>;

impl FieldFault {
    pub(crate) fn new(field: impl Into<String>, what: impl Into<String>) -> Self {
        Self { field: field.into(), what: what.into() }
    }
}

/// What an edit is called in the audit trail.
#[derive(Clone, Copy)]
pub(crate) struct Deed<'a> {
    pub verb: &'static str,
    pub subject: &'a str,
    /// A reason, where one was asked for.
    pub detail: &'a str,
}

impl Home {
    /// Changes the draft, or says what is wrong with the change. A draft that says what is in force already is dropped.
    pub(crate) fn edit_plan(
        &mut self,
        deed: Deed<'_>,
        edit: impl FnOnce(&mut Plan) -> std::result::Result<Option<String>, Faults>,
    ) -> Result<Edited> {
        self.hub_only()?;
        let mut plan = self.working_plan()?;
        // What is added belongs to the next version even where there was no draft yet.
        plan.version = self.issued_plan()?.map_or(0, |plan| plan.version) + 1;
        let (faults, code) = match edit(&mut plan) {
            Err(faults) => (faults, None),
            Ok(code) => (self.keep(&plan, deed)?, code),
        };
        let view = self.targets()?;
        let detail = match code.filter(|_| faults.is_empty()) {
            Some(code) => Some(self.target_detail(&code)?),
            None => None,
        };
        Ok(Edited { faults, view, detail })
    }

    fn keep(&mut self, plan: &Plan, deed: Deed<'_>) -> Result<Faults> {
        match self.save_revision(plan, deed.verb, deed.subject, deed.detail) {
            Ok(()) => Ok(Vec::new()),
            Err(Error::PlanFaults(faults)) => Ok(faults.iter().map(at_box).collect()),
            Err(Error::Revision(why)) => {
                Ok(vec![FieldFault::new(box_of_revision(&why), words::revision_fault(&why))])
            }
            Err(other) => Err(other),
        }
    }

    /// Drops the draft: the plan reads again as it was issued last.
    ///
    /// # Errors
    /// [`Error::NoPlan`] where none was ever issued.
    pub fn discard_draft(&mut self) -> Result<TargetsView> {
        self.hub_only()?;
        let issued = self.issued_plan()?.ok_or(Error::NoPlan)?;
        let deed = self.deed("discard_draft", issued.version.to_string(), "");
        self.ledger.write(|tx| {
            tx.drop_plan_draft()?;
            tx.record(&deed)
        })?;
        self.targets()
    }
}

fn at_box(fault: &PlanFault) -> FieldFault {
    use PlanFault as F;
    let field = match fault {
        F::UnknownSection { .. } => "section",
        F::Unnamed(_) => "name",
        F::BadStages(_) => "stages",
        F::BadMonth(_) => "deadline",
        F::BadMonthlyPlan(_) => "monthly",
        F::BadGoal(_) => "goal",
        F::OfficialAmount(_) | F::OfficialAssigned(_) => "official",
        F::BadReference { .. } | F::Cycle(_) => "relative_to",
        F::BadCalendar => "due_day",
        F::BadComparison { .. } => "comparisons",
        F::TargetTwice(_)
        | F::OfficeTwice(_)
        | F::BadOrigin(_)
        | F::CodeTwice(_)
        | F::NoOwnUnit
        | F::BadAssignment { .. } => "",
    };
    FieldFault::new(field, words::plan_fault(fault))
}

fn box_of_revision(fault: &RevisionFault) -> &'static str {
    use RevisionFault as R;
    match fault {
        R::MeasureChanged(_) => "kind",
        R::StagesChanged(_) => "stages",
        R::MergingFixed => "merge_jan_feb",
        _ => "",
    }
}
