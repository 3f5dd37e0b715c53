//! What the page shows first.

use app::demo::office::PASSPHRASE;
use app::screens::hub::start::HubSetupView;
use app::screens::settings::EnrolmentSlip;
use app::screens::start::{Stage, StartView};
use app::set_up_hub::HubSetup;
use app::set_up_office::{Setup, discard};
use app::words::sentence;
use app::{Home, Role};
use serde::Deserialize;
use tauri::AppHandle;

use crate::failure::Failure;
use crate::session::{Open, Session, look_through_once, with_open, work};

/// A role, as the page names it.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoleName {
    /// 填报单位.
    Office,
    /// 汇总单位.
    Hub,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Office => Self::Office,
            RoleName::Hub => Self::Hub,
        }
    }
}

/// Opens the home, if there is one, and says what to show.
#[tauri::command]
pub fn start(app: AppHandle) -> Result<StartView, Failure> {
    let own = app.clone();
    let view = with_open(app, |session, open| Ok(look(session, open)))?;
    if view.trouble.is_none() && !view.demo {
        look_through_once(&own);
    }
    Ok(view)
}

/// Names the bundles that were double-clicked and wait to be taken in.
#[tauri::command]
pub fn opened(app: AppHandle) -> Result<Vec<String>, Failure> {
    work(app, |session| Ok(session.arrivals.opened()))
}

/// Says where the application stands.
pub fn look(session: &Session, open: &mut Open) -> StartView {
    let setup = Setup::resume(&session.folders.setup());
    let setup = setup.unwrap_or_else(|error| {
        tracing::warn!(code = sentence(&error).code, "the setup cannot be taken up");
        None
    });
    let hub_setup = HubSetup::resume(&session.folders.setup_hub()).unwrap_or_default();
    let mut view = StartView {
        stage: if setup.as_ref().is_some_and(|setup| !setup.is_choosing()) {
            Stage::Setup
        } else if hub_setup.as_ref().is_some_and(|setup| !setup.is_choosing()) {
            Stage::HubSetup
        } else {
            Stage::Choose
        },
        demo: open.demo.is_some(),
        demo_passphrase: if open.demo.is_some() { PASSPHRASE.to_owned() } else { String::new() },
        demo_kept: session.folders.demo(Role::Office).exists(),
        demo_hub_kept: session.folders.demo(Role::Hub).exists(),
        setup: setup.as_ref().map(Setup::view),
        slip: None,
        hub_setup: hub_setup.as_ref().map(HubSetup::view),
        theme: session.settings().theme.name().to_owned(),
        trouble: None,
    };
    let demo = open.demo.is_some();
    let at_work =
        open.home(&session.folders).and_then(|home| home.map(|home| stage_of(home, demo)).transpose());
    match at_work {
        Ok(None) => {}
        Ok(Some(at_work)) => {
            if !demo {
                // Stopped between moving the home to its place and throwing these away.
                let _ = discard(&session.folders.setup());
                let _ = discard(&session.folders.setup_hub());
            }
            let AtWork { stage, slip, hub_setup } = at_work;
            view = StartView { stage, slip, hub_setup, setup: None, ..view };
        }
        Err(error) => {
            let said = sentence(&error);
            tracing::error!(code = said.code, "the ledger cannot be opened");
            view = StartView { stage: Stage::Choose, trouble: Some(said.into()), ..view };
        }
    }
    view
}

/// Where a home's own first run stands.
struct AtWork {
    stage: Stage,
    slip: Option<EnrolmentSlip>,
    hub_setup: Option<HubSetupView>,
}

fn stage_of(home: &Home, demo: bool) -> Result<AtWork, app::Error> {
    let at = |stage| AtWork { stage, slip: None, hub_setup: None };
    if home.role() == Role::Hub {
        let hub_setup = home.first_run_view(demo)?;
        let stage = if hub_setup.is_some() { Stage::HubSetup } else { Stage::Hub };
        return Ok(AtWork { hub_setup, ..at(stage) });
    }
    if !home.is_enrolling()? {
        return Ok(at(Stage::Office));
    }
    Ok(AtWork { slip: Some(home.enrolment_slip(demo)?), ..at(Stage::Enrol) })
}
