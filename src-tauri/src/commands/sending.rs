//! Signing a return, delivering it, and the slip that goes with it.

use app::SignOff;
use app::screens::sending::{Delivery, FiledReturn, Sending, Slip};
use serde::Deserialize;
use tauri::AppHandle;
use tauri::ipc::Channel;

use crate::failure::Failure;
use crate::progress::Progress;
use crate::session::{of_period, of_return, with_home, with_open};

/// The names under a return, as the page sends them.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Names {
    filled_by: String,
    checked_by: String,
    issued_by: String,
}

impl From<Names> for SignOff {
    fn from(names: Names) -> Self {
        Self { filled_by: names.filled_by, checked_by: names.checked_by, issued_by: names.issued_by }
    }
}

/// Says what a return needs before it is signed: the own unit's, or at a hub an office's.
#[tauri::command]
pub fn sending(app: AppHandle, period: String, office: Option<String>) -> Result<Sending, Failure> {
    with_home(app, move |_, home| Ok(home.sending(of_return(&period, office)?)?))
}

/// Signs a return that the hub entered, and counts it.
#[tauri::command]
pub fn file_return(
    app: AppHandle,
    period: String,
    office: Option<String>,
    names: Names,
    passphrase: String,
) -> Result<FiledReturn, Failure> {
    with_home(app, move |_, home| {
        Ok(home.file_return(of_return(&period, office)?, &names.into(), &passphrase)?)
    })
}

/// Signs the return of a period and delivers it to a place.
#[tauri::command]
pub fn export_return(
    app: AppHandle,
    period: String,
    names: Names,
    passphrase: String,
    place: u32,
    channel: Channel<Progress>,
) -> Result<Delivery, Failure> {
    with_home(app, move |session, home| {
        let (period, folder) = (of_period(&period)?, session.place(place)?);
        let mut step = session.brake.begin(&channel, "报送");
        Ok(home.export_return(period, &names.into(), &passphrase, &folder, &mut step)?)
    })
}

/// Copies a bundle that went out before to a place again.
#[tauri::command]
pub fn copy_again(
    app: AppHandle,
    digest: String,
    place: u32,
    channel: Channel<Progress>,
) -> Result<Delivery, Failure> {
    with_home(app, move |session, home| {
        let folder = session.place(place)?;
        let mut step = session.brake.begin(&channel, "再拷一份");
        Ok(home.copy_return(&digest, &folder, &mut step)?)
    })
}

/// Reads the slip of a bundle that went out.
#[tauri::command]
pub fn slip(app: AppHandle, digest: String) -> Result<Slip, Failure> {
    with_open(app, move |session, open| {
        let demo = open.demo.is_some();
        Ok(open.at_work(&session.folders)?.slip(&digest, demo)?)
    })
}
