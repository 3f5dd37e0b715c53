//! First run of a hub: name and plan, passphrase, the digits for all offices, the copy of the key. Every step can be left and resumed.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::recovery_key::SAVED;
use crate::screens::settings::whole_day;
use crate::set_up_hub::{HubSetup, furthest};
use crate::words::moment;
use crate::{Home, Result};

/// A step of setting up a hub, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "HubStep")]
pub enum HubStep {
    /// What it is called, and what its plan starts from.
    Name,
    /// The passphrase; the ledger is made under it.
    Passphrase,
    /// The digits, printed for all offices.
    Slip,
    /// The copy of the key for the safe.
    Recovery,
}

/// How far setting up a hub has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HubSetupView {
    /// The step to show.
    pub step: HubStep,
    /// The last step that can be gone to.
    pub reached: HubStep,
    /// What the hub is called; as far as typed.
    pub name: String,
    /// Whether the plan is the built-in one of 2024; an empty one otherwise.
    pub builtin: bool,
    /// The year of an empty plan.
    pub year: u16,
    /// The page with the digits; only once the ledger is there.
    pub slip: Option<HubSlip>,
    /// When the copy of the key was written; empty where it was not.
    pub recovery_saved: String,
}

/// The page with the hub's digits that every office gets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HubSlip {
    /// What the hub is called.
    pub hub: String,
    /// Title of the plan.
    pub plan: String,
    /// The fingerprint: 8 groups of 5 digits.
    pub fingerprint: String,
    /// The day.
    pub day: String,
    /// Whether it belongs to the demonstration.
    pub demo: bool,
}

/// A copy of the key that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SavedKey {
    /// The file's name.
    pub file: String,
    /// The folder it lies in.
    pub folder: String,
}

impl HubSetup {
    /// Says where a role is still, or again, being chosen.
    pub fn is_choosing(&self) -> bool {
        self.state.at.is_none()
    }

    /// Shows how far it has come.
    pub fn view(&self) -> HubSetupView {
        let state = &self.state;
        HubSetupView {
            step: state.at.unwrap_or(furthest(state)),
            reached: furthest(state),
            name: state.name.clone(),
            builtin: state.builtin,
            year: state.year,
            slip: None,
            recovery_saved: String::new(),
        }
    }
}

impl Home {
    /// Shows what is still to do of a new hub's first run; none once it is over.
    pub fn first_run_view(&self, demo: bool) -> Result<Option<HubSetupView>> {
        let Some(step) = self.first_run()? else { return Ok(None) };
        Ok(Some(HubSetupView {
            step,
            reached: HubStep::Recovery,
            name: self.identity.hub_name.clone(),
            builtin: false,
            year: self.plan()?.calendar.year,
            slip: Some(self.hub_slip(demo)?),
            recovery_saved: self.recovery_saved()?,
        }))
    }

    /// Makes the page with the hub's digits.
    pub fn hub_slip(&self, demo: bool) -> Result<HubSlip> {
        self.hub_only()?;
        Ok(HubSlip {
            hub: self.identity.hub_name.clone(),
            plan: self.working_plan()?.title,
            fingerprint: self.show_key()?.fingerprint,
            day: whole_day(self.today()),
            demo,
        })
    }

    /// Says when the copy of the key for the safe was last written; empty where never.
    pub(crate) fn recovery_saved(&self) -> Result<String> {
        let at = self.setting(SAVED)?.and_then(|at| chrono::DateTime::parse_from_rfc3339(&at).ok());
        Ok(at.map(|at| moment(at.into(), self.today())).unwrap_or_default())
    }
}
