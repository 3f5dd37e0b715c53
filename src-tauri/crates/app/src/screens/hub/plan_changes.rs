//! The differences between a hub's draft of the plan and the version in force, as sentences.

use model::plan::Plan;
use serde::Serialize;
use ts_rs::TS;

use crate::words::plan_change_sentences;
use crate::{Home, Result};

/// A difference between the draft and the version in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PlanChangeView {
    /// What it is about.
    pub about: PlanChangeAbout,
    /// Code of the target; none where it is about no single one.
    pub target: Option<String>,
    /// What it is called: the target, the office, the rule.
    pub subject: String,
    /// What is different, as one sentence.
    pub what: String,
}

/// What a difference is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PlanChangeAbout {
    /// The first version: everything is new.
    First,
    /// A new target.
    TargetAdded,
    /// A target that ends.
    TargetRetired,
    /// A target that reads otherwise.
    TargetEdited,
    /// 任务分解.
    Assignment,
    /// An office.
    Office,
    /// Chapters, calendar, lamps, comparisons.
    Rules,
}

impl Home {
    /// Lists how the draft differs from the version in force; nothing where there is no draft, or it says the same.
    ///
    /// # Errors
    /// [`crate::Error::Revision`] where the draft cannot follow the version in force.
    pub fn plan_changes(&self) -> Result<Vec<PlanChangeView>> {
        self.hub_only()?;
        let Some(draft) = self.draft_plan()? else { return Ok(Vec::new()) };
        let before = self.issued_plan()?;
        changes_between(before.as_ref(), &draft)
    }
}

/// Lists how a draft differs from the version before it; the first version is one difference.
pub(super) fn changes_between(before: Option<&Plan>, draft: &Plan) -> Result<Vec<PlanChangeView>> {
    match before {
        Some(before) => Ok(plan_change_sentences(before, draft, &draft.changes_since(before)?)),
        None => {
            let offices =
                draft.offices.iter().filter(|office| !office.id.is_own() && office.retired.is_none());
            let what = format!(
                "首次下达，{} 项目标，{} 家填报单位",
                draft.active_targets().count(),
                offices.count()
            );
            let subject = draft.title.clone();
            Ok(vec![PlanChangeView { about: PlanChangeAbout::First, target: None, subject, what }])
        }
    }
}
