//! 设置 of a hub: its name, its digits, its key, review.

use app::screens::hub::settings::HubSettings;
use app::screens::settings::Surroundings;
use tauri::{AppHandle, WebviewWindow};
use tauri_plugin_dialog::DialogExt;

use crate::commands::settings::surroundings;
use crate::failure::Failure;
use crate::session::{with_home, with_open, work};

/// Shows the settings.
#[tauri::command]
pub fn hub_settings(app: AppHandle) -> Result<HubSettings, Failure> {
    with_open(app, |session, open| {
        let around: Surroundings = surroundings(session, open);
        Ok(open.at_work(&session.folders)?.hub_settings(around)?)
    })
}

/// Calls the hub otherwise.
#[tauri::command]
pub fn rename_hub(app: AppHandle, name: String) -> Result<(), Failure> {
    with_home(app, move |_, home| Ok(home.rename_hub(&name)?))
}

/// Puts the key back from the copy that lay in the safe, chosen in the system's dialog; says whether one was chosen.
#[tauri::command]
pub fn restore_key(app: AppHandle, window: WebviewWindow, passphrase: String) -> Result<bool, Failure> {
    work(app, move |session| {
        let dialog = window.dialog().file().set_parent(&window).set_title("选择恢复钥匙");
        let file = dialog.add_filter("恢复钥匙", &["age"]).blocking_pick_file();
        let Some(file) = file.and_then(|file| file.into_path().ok()) else { return Ok(false) };
        session.hold().at_work(&session.folders)?.restore_key(&file, &passphrase)?;
        Ok(true)
    })
}
