//! 设置 of a hub: its name, its digits, its key, review, backups.

use serde::Serialize;
use ts_rs::TS;

use super::start::HubSlip;
use crate::accept::REVIEW;
use crate::screens::settings::{Keeping, Surroundings};
use crate::set_up_hub::checked_name;
use crate::{Home, Result};

/// What the settings of a hub show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HubSettings {
    /// What the hub is called.
    pub hub: String,
    /// Title of the plan.
    pub plan: String,
    /// The version in force; 0 while none was issued.
    pub plan_version: u32,
    /// The page with the hub's digits.
    pub slip: HubSlip,
    /// Whether returns wait for review before they count.
    pub review: bool,
    /// When the copy of the key for the safe was written; empty where it was not.
    pub recovery_saved: String,
    /// What either role has.
    #[serde(flatten)]
    pub keeping: Keeping,
}

impl Home {
    /// Shows the settings of a hub.
    pub fn hub_settings(&self, around: Surroundings) -> Result<HubSettings> {
        self.hub_only()?;
        Ok(HubSettings {
            hub: self.identity.hub_name.clone(),
            plan: self.working_plan()?.title,
            plan_version: self.ledger.read(|tx| tx.latest_issued())?.map_or(0, |issued| issued.version),
            slip: self.hub_slip(around.demo)?,
            review: self.setting(REVIEW)?.is_some(),
            recovery_saved: self.recovery_saved()?,
            keeping: self.keeping(around)?,
        })
    }

    /// Calls the hub otherwise; its offices see the name with the next version of the plan.
    pub fn rename_hub(&mut self, name: &str) -> Result<()> {
        self.hub_only()?;
        let name = checked_name(name)?;
        let mut plan = self.working_plan()?;
        plan.hub_name.clone_from(&name);
        self.save_revision(&plan, "rename_hub", &name, "")?;
        let identity = ledger::identity::Identity { hub_name: name, ..self.identity.clone() };
        self.ledger.write(|tx| tx.set_identity(&identity))?;
        self.identity = identity;
        Ok(())
    }
}
