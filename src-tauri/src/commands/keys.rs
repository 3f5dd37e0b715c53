//! Keys: replacing the own one, enrolling anew, trusting the hub's next one.

use app::screens::sending::Delivery;
use app::screens::start::StartView;
use tauri::{AppHandle, WebviewWindow};

use super::places::pick_bundle;
use super::start::look;
use crate::failure::Failure;
use crate::session::{with_home, with_open, work};

/// Replaces the key, and writes the bundle that says so to a place: an office's own, or the hub's next plan.
#[tauri::command]
pub fn replace_key(app: AppHandle, passphrase: String, place: u32) -> Result<Delivery, Failure> {
    with_home(app, move |session, home| Ok(home.deliver_new_key(&passphrase, &session.place(place)?)?))
}

/// Enrols the office anew under a new key and a new passphrase, and says where it stands: what goes to the hub comes next.
#[tauri::command]
pub fn enrol_again(app: AppHandle, passphrase: String) -> Result<StartView, Failure> {
    with_open(app, move |session, open| {
        open.at_work(&session.folders)?.enrol_again_from_start(&passphrase)?;
        Ok(look(session, open))
    })
}

/// Trusts the hub's next key by the digits on its paper, with one of its plans, chosen in the system's dialog; says whether one was.
#[tauri::command]
pub fn trust_hub(app: AppHandle, window: WebviewWindow, digits: String) -> Result<bool, Failure> {
    work(app, move |session| {
        let Some(file) = pick_bundle(&window, "选择汇总单位的下达包") else { return Ok(false) };
        session.hold().at_work(&session.folders)?.trust_hub(&file, &digits)?;
        Ok(true)
    })
}
