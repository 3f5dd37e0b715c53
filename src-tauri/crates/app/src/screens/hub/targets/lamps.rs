//! What another lamp rule would show of a period.

use model::period::Period;
use serde::Serialize;
use ts_rs::TS;

use super::LampForm;
use crate::edit_plan::{FieldFault, lamp_rule};
use crate::screens::LampView;
use crate::words::{explain, lamp_code, lamp_label};
use crate::{Home, Result};

/// What another lamp rule would show of a period, as its figures stand now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LampPreview {
    /// What is wrong with the rule; nothing is shown then.
    pub faults: Vec<FieldFault>,
    /// The period, `2024年3月`.
    pub period: String,
    /// Whether the period is locked: what was frozen stays as it was.
    pub locked: bool,
    /// The targets whose lamp would be another, in the order of the report.
    pub changes: Vec<LampChange>,
    /// How many would stay as they are.
    pub same: u32,
}

/// A target whose lamp would be another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LampChange {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// The lamp under the rule in force.
    pub before: LampView,
    /// The lamp under the other rule.
    pub after: LampView,
    /// The figures behind both.
    pub why: String,
}

impl Home {
    /// Shows which targets another lamp rule would show otherwise.
    pub fn lamp_preview(&self, period: Period, form: &LampForm) -> Result<LampPreview> {
        self.hub_only()?;
        let apart = self.apart(period)?;
        let (before, _) = &*apart;
        let plan = &before.plan;
        let locked = self.ledger.read(|tx| tx.lock_of(period))?.is_some();
        let mut preview = LampPreview {
            faults: Vec::new(),
            period: plan.calendar.label(period),
            locked,
            changes: Vec::new(),
            same: 0,
        };
        let rule = match lamp_rule(form) {
            Ok(rule) => rule,
            Err(faults) => return Ok(LampPreview { faults, ..preview }),
        };
        let shown =
            |lamp| LampView { code: lamp_code_or_none(lamp).to_owned(), words: lamp_label(lamp).to_owned() };
        for (was, is) in before.targets.iter().zip(before.under(&rule)) {
            let Some(target) = plan.target(&was.id).filter(|_| was.period.is_some()) else { continue };
            if was.assessment.lamp == is.lamp {
                preview.same += 1;
                continue;
            }
            preview.changes.push(LampChange {
                code: target.id.to_string(),
                name: target.name.clone(),
                before: shown(was.assessment.lamp),
                after: shown(is.lamp),
                why: explain(plan, target, was),
            });
        }
        Ok(preview)
    }
}

fn lamp_code_or_none(lamp: Option<model::lamp::Lamp>) -> &'static str {
    lamp.map_or("none", lamp_code)
}
