//! First run: which role, and for an office the steps until it is enrolled. Every step can be left and resumed.

use model::plan::OfficeKind;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::hub::start::HubSetupView;
use super::settings::EnrolmentSlip;
use crate::set_up_office::Setup;
use crate::words::office_kind_label;

/// Where the application stands when it opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct StartView {
    /// What to show.
    pub stage: Stage,
    /// Whether the open ledger is the demonstration.
    pub demo: bool,
    /// The demonstration's passphrase, which is no secret; empty outside of it.
    pub demo_passphrase: String,
    /// Whether the demonstration of an office was left standing and can be gone on with.
    pub demo_kept: bool,
    /// Whether that of a hub was.
    pub demo_hub_kept: bool,
    /// What was done of setting up an office; none where nothing was. It is there also while a role is being chosen.
    pub setup: Option<SetupView>,
    /// The page that goes to the hub beside the enrolment; only while that is due.
    pub slip: Option<EnrolmentSlip>,
    /// `system`, `light` or `dark`.
    pub theme: String,
    /// What was done of setting up a hub, and what is still to do; none where nothing was, or all is.
    pub hub_setup: Option<HubSetupView>,
    /// What keeps the ledger from being opened: damaged, newer than the application, unreadable.
    pub trouble: Option<super::Message>,
}

/// What the window shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Neither role was chosen.
    Choose,
    /// An office is being set up; its ledger does not exist yet.
    Setup,
    /// The office's ledger exists; its enrolment has not been exported.
    Enrol,
    /// An office at work.
    Office,
    /// A hub is being set up, or its papers are still to be made.
    HubSetup,
    /// A hub at work.
    Hub,
}

/// A step of setting up an office, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "SetupStep")]
pub enum SetupStep {
    /// The hub's plan bundle is taken in.
    Plan,
    /// The hub's digits are typed from the paper.
    Hub,
    /// The unit, its contact and its telephone.
    Unit,
    /// The passphrase.
    Passphrase,
}

/// How far setting up an office has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SetupView {
    /// The step to show.
    pub step: SetupStep,
    /// The last step that can be gone to.
    pub reached: SetupStep,
    /// The plan bundle taken in; none before.
    pub plan: Option<SetupPlan>,
    /// Whether the digits from the paper were typed and are right.
    pub hub_confirmed: bool,
    /// The digits, as far as typed.
    pub digits: String,
    /// The unit chosen; empty before.
    pub office: String,
    /// Whom to ask for.
    pub contact: String,
    /// The telephone number.
    pub telephone: String,
}

/// The plan bundle that setting up starts from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SetupPlan {
    /// The file's name.
    pub file: String,
    /// Title of the report.
    pub title: String,
    /// What the hub is called.
    pub hub: String,
    /// Year.
    pub year: u16,
    /// Version of the plan.
    pub version: u32,
    /// Targets in force.
    pub targets: u32,
    /// The units to choose from, by kind; shown only once the hub is confirmed.
    pub offices: Vec<OfficeGroup>,
}

/// Units of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OfficeGroup {
    /// 街道, 镇, 功能区, 部门.
    pub kind: String,
    /// Their names, in the order of the plan.
    pub names: Vec<String>,
}

/// How hard a passphrase is to guess.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Strength {
    /// 0 (none) to 4 (very strong).
    pub score: u8,
    /// The word for it: `很弱`, `弱`, `一般`, `强`, `很强`.
    pub word: String,
    /// What would make it better; empty when it is good.
    pub advice: String,
    /// Whether it may be used.
    pub enough: bool,
}

impl Setup {
    /// Says where a role is still, or again, being chosen.
    pub fn is_choosing(&self) -> bool {
        self.state.at.is_none()
    }

    /// Shows how far it has come.
    pub fn view(&self) -> SetupView {
        let state = self.state.clone();
        SetupView {
            step: state.at.unwrap_or(self.furthest()),
            reached: self.furthest(),
            plan: self.plan_view(),
            hub_confirmed: self.is_confirmed(),
            digits: state.digits,
            office: state.office,
            contact: state.contact,
            telephone: state.telephone,
        }
    }

    fn plan_view(&self) -> Option<SetupPlan> {
        let plan = &self.plan.as_ref()?.plan;
        let in_force = plan.targets.iter().filter(|target| target.in_force(plan.version));
        Some(SetupPlan {
            file: self.state.file.clone(),
            title: plan.title.clone(),
            hub: plan.hub_name.clone(),
            year: plan.calendar.year,
            version: plan.version,
            targets: u32::try_from(in_force.count()).unwrap_or(u32::MAX),
            offices: if self.is_confirmed() { self.groups() } else { Vec::new() },
        })
    }

    fn groups(&self) -> Vec<OfficeGroup> {
        use OfficeKind as K;
        let of = |kind| self.offices().filter(move |office| office.kind == kind);
        let group = |kind| OfficeGroup {
            kind: office_kind_label(kind).to_owned(),
            names: of(kind).map(|office| office.name().to_owned()).collect(),
        };
        let groups = [K::Street, K::Town, K::Zone, K::Department].map(group);
        groups.into_iter().filter(|group| !group.names.is_empty()).collect()
    }
}
