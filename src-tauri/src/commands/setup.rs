//! First run: an office is set up step by step, or restored from a backup.

use std::path::Path;

use app::init_office::Introduction;
use app::restore_here::restore_here;
use app::screens::sending::Delivery;
use app::screens::start::{SetupStep, StartView, Strength};
use app::set_up_hub::HubSetup;
use app::set_up_office::{Setup, Typed, discard};
use app::{World, passphrase};
use tauri::{AppHandle, WebviewWindow};

use super::places::{pick_bundle, pick_folder};
use super::start::{RoleName, look};
use crate::failure::Failure;
use crate::session::{Open, Session, with_home, with_open, work};

/// Begins to set up an office or a hub, or goes on where one had come to.
#[tauri::command]
pub fn choose_role(app: AppHandle, role: RoleName) -> Result<StartView, Failure> {
    with_open(app, move |session, open| match role {
        RoleName::Hub => {
            HubSetup::begin(&session.folders.setup_hub(), &World::real())?;
            Ok(look(session, open))
        }
        RoleName::Office => {
            Setup::begin(&session.folders.setup())?;
            Ok(look(session, open))
        }
    })
}

/// Takes in the plan bundle that was found in a place.
#[tauri::command]
pub fn setup_take_plan(app: AppHandle, bundle: u32) -> Result<StartView, Failure> {
    with_setup(app, move |session, setup| Ok(setup.take_plan(&session.bundle(bundle)?)?))
}

/// Takes in a plan bundle chosen in the system's dialog; none where the person thought better of it.
#[tauri::command]
pub fn setup_pick_plan(app: AppHandle, window: WebviewWindow) -> Result<Option<StartView>, Failure> {
    work(app, move |session| {
        let Some(file) = pick_bundle(&window, "选择下达包") else { return Ok(None) };
        step(session, &mut session.hold(), |setup| Ok(setup.take_plan(&file)?)).map(Some)
    })
}

/// Takes in the plan bundle that was opened by double click, the last of several; none where none was.
#[tauri::command]
pub fn setup_take_opened(app: AppHandle) -> Result<Option<StartView>, Failure> {
    work(app, move |session| {
        let Some(file) = session.arrivals.take_opened().pop() else { return Ok(None) };
        step(session, &mut session.hold(), |setup| Ok(setup.take_plan(&file)?)).map(Some)
    })
}

/// Compares the digits on the hub's paper with the plan's key.
#[tauri::command]
pub fn setup_confirm_hub(app: AppHandle, digits: String) -> Result<StartView, Failure> {
    with_setup(app, move |_, setup| Ok(setup.confirm_hub(&digits)?))
}

/// Says which unit this is, whom to ask for and where to call.
#[tauri::command]
pub fn setup_introduce(
    app: AppHandle,
    office: String,
    contact: String,
    telephone: String,
) -> Result<StartView, Failure> {
    with_setup(app, move |_, setup| {
        let introduction = Introduction { office: &office, contact: &contact, telephone: &telephone };
        Ok(setup.introduce(&introduction)?)
    })
}

/// Keeps what was typed so far, so that a window that is closed loses nothing.
#[tauri::command]
pub fn setup_note(app: AppHandle, typed: Typed) -> Result<StartView, Failure> {
    with_setup(app, move |_, setup| Ok(setup.note(typed)?))
}

/// Goes to a step that was reached; without one, back to the choice of a role.
#[tauri::command]
pub fn setup_go(app: AppHandle, step: Option<SetupStep>) -> Result<StartView, Failure> {
    with_setup(app, move |_, setup| Ok(setup.go(step)?))
}

/// Throws away what was set up so far.
#[tauri::command]
pub fn setup_discard(app: AppHandle) -> Result<StartView, Failure> {
    with_open(app, |session, open| {
        discard(&session.folders.setup())?;
        Ok(look(session, open))
    })
}

/// Judges a passphrase while it is typed.
#[tauri::command]
pub fn passphrase_strength(app: AppHandle, passphrase: String) -> Result<Strength, Failure> {
    with_open(app, move |session, open| {
        let judge = |own: &[&str]| passphrase::strength(&passphrase, own);
        if let Some(home) = open.home(&session.folders)? {
            let words = home.own_words()?;
            return Ok(judge(&words.iter().map(String::as_str).collect::<Vec<_>>()));
        }
        let hub = HubSetup::resume(&session.folders.setup_hub())?;
        if let Some(hub) = hub.filter(|hub| !hub.is_choosing()) {
            return Ok(judge(&hub.own_words()));
        }
        let setup = Setup::resume(&session.folders.setup())?;
        Ok(judge(&setup.as_ref().map(Setup::own_words).unwrap_or_default()))
    })
}

/// Makes the office's home under a passphrase.
#[tauri::command]
pub fn setup_finish(app: AppHandle, passphrase: String) -> Result<StartView, Failure> {
    with_open(app, move |session, open| {
        let folders = &session.folders;
        let setup = Setup::resume(&folders.setup())?.ok_or(app::Error::StepSkipped)?;
        open.switch(None);
        setup.finish(&passphrase, &folders.home(), World::real())?;
        Ok(look(session, open))
    })
}

/// Writes the enrolment to a place; only the first time of all wants the passphrase.
#[tauri::command]
pub fn export_enrolment(app: AppHandle, passphrase: String, place: u32) -> Result<Delivery, Failure> {
    with_home(app, move |session, home| Ok(home.deliver_enrolment(&passphrase, &session.place(place)?)?))
}

/// Ends the first run.
#[tauri::command]
pub fn finish_enrolment(app: AppHandle) -> Result<StartView, Failure> {
    with_open(app, |session, open| {
        open.at_work(&session.folders)?.finish_enrolment()?;
        Ok(look(session, open))
    })
}

/// Restores a backup whose folder is chosen in the system's dialog; none where the person thought better of it.
#[tauri::command]
pub fn pick_restore(app: AppHandle, window: WebviewWindow) -> Result<Option<StartView>, Failure> {
    work(app, move |session| {
        let Some(backup) = pick_folder(&window, "选择备份文件夹") else { return Ok(None) };
        bring_back(session, &backup).map(Some)
    })
}

fn bring_back(session: &Session, backup: &Path) -> Result<StartView, Failure> {
    let (mut open, folders) = (session.hold(), &session.folders);
    open.switch(None);
    restore_here(backup, &folders.setup(), &folders.home(), World::real())?;
    Ok(look(session, &mut open))
}

fn with_setup(
    app: AppHandle,
    body: impl FnOnce(&Session, &mut Setup) -> Result<(), Failure> + Send + 'static,
) -> Result<StartView, Failure> {
    with_open(app, |session, open| step(session, open, |setup| body(session, setup)))
}

fn step(
    session: &Session,
    open: &mut Open,
    body: impl FnOnce(&mut Setup) -> Result<(), Failure>,
) -> Result<StartView, Failure> {
    let mut setup = Setup::resume(&session.folders.setup())?.ok_or(app::Error::StepSkipped)?;
    body(&mut setup)?;
    Ok(look(session, open))
}
