//! First run of a hub: its name and plan, the passphrase, the digits on paper, the copy of the key for the safe.

use app::World;
use app::init_hub::StartingPlan;
use app::screens::hub::start::{HubSlip, HubStep, SavedKey};
use app::screens::start::StartView;
use app::set_up_hub::HubSetup;
use app::set_up_office::discard;
use tauri::AppHandle;

use crate::commands::start::look;
use crate::failure::Failure;
use crate::session::{Open, Session, with_home, with_open};

/// Keeps the name while it is typed, so that a window that is closed loses nothing.
#[tauri::command]
pub fn hub_setup_note(app: AppHandle, name: String) -> Result<StartView, Failure> {
    with_setup(app, move |setup| Ok(setup.note(&name)?))
}

/// Says what the hub is called and what its plan starts from: the built-in one, or an empty one of a year.
#[tauri::command]
pub fn hub_setup_name(app: AppHandle, name: String, year: Option<u16>) -> Result<StartView, Failure> {
    let plan = year.map_or(StartingPlan::Builtin2024, |year| StartingPlan::Empty { year });
    with_setup(app, move |setup| Ok(setup.name(&name, plan)?))
}

/// Goes to a step that was reached; without one, back to the choice of a role or, once the ledger is there, to work.
#[tauri::command]
pub fn hub_setup_go(app: AppHandle, step: Option<HubStep>) -> Result<StartView, Failure> {
    with_open(app, move |session, open| {
        match open.home(&session.folders)? {
            Some(home) => home.set_first_run(step)?,
            None => resumed(session)?.go(step)?,
        }
        Ok(look(session, open))
    })
}

/// Throws away what was set up so far.
#[tauri::command]
pub fn hub_setup_discard(app: AppHandle) -> Result<StartView, Failure> {
    with_open(app, |session, open| {
        discard(&session.folders.setup_hub())?;
        Ok(look(session, open))
    })
}

/// Makes the hub's home under a passphrase.
#[tauri::command]
pub fn hub_setup_finish(app: AppHandle, passphrase: String) -> Result<StartView, Failure> {
    with_open(app, move |session, open| {
        let setup = resumed(session)?;
        open.switch(None);
        setup.finish(&passphrase, &session.folders.home(), World::real())?;
        Ok(look(session, open))
    })
}

/// Returns the page with the digits that every office gets.
#[tauri::command]
pub fn hub_slip(app: AppHandle) -> Result<HubSlip, Failure> {
    with_open(app, |session, open| {
        let demo = open.demo.is_some();
        Ok(open.at_work(&session.folders)?.hub_slip(demo)?)
    })
}

/// Writes the copy of the key for the safe to a place.
#[tauri::command]
pub fn save_recovery_key(app: AppHandle, place: u32) -> Result<SavedKey, Failure> {
    with_home(app, move |session, home| {
        let to = session.place(place)?;
        let file = home.save_recovery_key(&to)?;
        Ok(SavedKey { file, folder: to.display().to_string() })
    })
}

fn resumed(session: &Session) -> Result<HubSetup, Failure> {
    Ok(HubSetup::resume(&session.folders.setup_hub())?.ok_or(app::Error::StepSkipped)?)
}

fn with_setup(
    app: AppHandle,
    body: impl FnOnce(&mut HubSetup) -> Result<(), Failure> + Send + 'static,
) -> Result<StartView, Failure> {
    with_open(app, |session, open: &mut Open| {
        body(&mut resumed(session)?)?;
        Ok(look(session, open))
    })
}
