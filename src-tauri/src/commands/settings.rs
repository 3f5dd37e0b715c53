//! 设置: contact, exchange folder, passphrase, backup, look.

use app::screens::settings::{BackedUp, EnrolmentSlip, Settings, Surroundings};
use tauri::ipc::Channel;
use tauri::{AppHandle, WebviewWindow};

use super::log_folder::show;
use super::places::pick_folder;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::session::{Open, Session, with_home, with_open, work};
use crate::settings_file::Theme;

/// Shows the settings.
#[tauri::command]
pub fn settings(app: AppHandle) -> Result<Settings, Failure> {
    with_open(app, look)
}

/// Changes whom to ask for and where to call.
#[tauri::command]
pub fn set_contact(app: AppHandle, contact: String, telephone: String) -> Result<Settings, Failure> {
    with_open(app, move |session, open| {
        open.at_work(&session.folders)?.set_contact(&contact, &telephone)?;
        look(session, open)
    })
}

/// Lets the person choose the exchange folder; says whether they did.
#[tauri::command]
pub fn choose_exchange(app: AppHandle, window: WebviewWindow) -> Result<bool, Failure> {
    work(app, move |session| {
        let Some(folder) = pick_folder(&window, "选择交换文件夹") else { return Ok(false) };
        session.change_settings(|settings| settings.exchange = Some(folder))?;
        Ok(true)
    })
}

/// Does without an exchange folder.
#[tauri::command]
pub fn forget_exchange(app: AppHandle) -> Result<(), Failure> {
    work(app, |session| Ok(session.change_settings(|settings| settings.exchange = None)?))
}

/// Changes the passphrase.
#[tauri::command]
pub fn change_passphrase(app: AppHandle, old: String, new: String) -> Result<(), Failure> {
    with_home(app, move |_, home| Ok(home.change_to_fit_passphrase(&old, &new)?))
}

/// Backs up into a new folder of a place.
#[tauri::command]
pub fn back_up(app: AppHandle, place: u32, channel: Channel<Progress>) -> Result<BackedUp, Failure> {
    with_home(app, move |session, home| {
        let to = session.place(place)?;
        let mut step = session.brake.begin(&channel, "备份");
        Ok(home.back_up_to_place(&to, &mut step)?)
    })
}

/// Returns the page that goes to the hub beside the enrolment.
#[tauri::command]
pub fn enrolment_slip(app: AppHandle) -> Result<EnrolmentSlip, Failure> {
    with_open(app, |session, open| {
        let demo = open.demo.is_some();
        Ok(open.at_work(&session.folders)?.enrolment_slip(demo)?)
    })
}

/// Opens the ledger's folder in the system's file manager.
#[tauri::command]
pub fn open_folder(app: AppHandle) -> Result<(), Failure> {
    with_home(app, |_, home| show(home.dir()))
}

/// Remembers light or dark.
#[tauri::command]
pub fn set_theme(app: AppHandle, theme: Theme) -> Result<(), Failure> {
    work(app, move |session| Ok(session.change_settings(|settings| settings.theme = theme)?))
}

fn look(session: &Session, open: &mut Open) -> Result<Settings, Failure> {
    let around = surroundings(session, open);
    Ok(open.at_work(&session.folders)?.settings(around)?)
}

/// Tells what the ledger does not know.
pub fn surroundings(session: &Session, open: &Open) -> Surroundings {
    let exchange = session.exchange_folder().map(|(folder, _)| folder.display().to_string());
    Surroundings {
        exchange: exchange.unwrap_or_default(),
        exchange_fixed: session.exchange_is_fixed(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        demo: open.demo.is_some(),
    }
}
