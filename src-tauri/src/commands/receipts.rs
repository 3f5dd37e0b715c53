//! What the hub said, and taking in what came from it.

use app::screens::receipts::{Receipts, ReceivedFile};
use tauri::ipc::Channel;
use tauri::{AppHandle, WebviewWindow};

use super::places::pick_bundles;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::session::{with_home, work};

/// Shows what the hub has said; from then on its receipts have been seen.
#[tauri::command]
pub fn receipts(app: AppHandle) -> Result<Receipts, Failure> {
    with_home(app, |_, home| Ok(home.look_at_receipts()?))
}

/// Takes in bundles that were found.
#[tauri::command]
pub fn receive(
    app: AppHandle,
    bundles: Vec<u32>,
    channel: Channel<Progress>,
) -> Result<Vec<ReceivedFile>, Failure> {
    with_home(app, move |session, home| {
        let paths = bundles.into_iter().map(|id| session.bundle(id)).collect::<Result<Vec<_>, _>>()?;
        let mut step = session.brake.begin(&channel, "导入");
        Ok(home.receive_files(&paths, &mut step)?)
    })
}

/// Lets the person choose bundles in the system's dialog and takes them in; none where they thought better of it.
#[tauri::command]
pub fn receive_picked(
    app: AppHandle,
    window: WebviewWindow,
    channel: Channel<Progress>,
) -> Result<Option<Vec<ReceivedFile>>, Failure> {
    let picked = work(app.clone(), move |_| Ok(pick_bundles(&window, "选择回执或下达包")))?;
    let Some(paths) = picked else { return Ok(None) };
    with_home(app, move |session, home| {
        let mut step = session.brake.begin(&channel, "导入");
        Ok(Some(home.receive_files(&paths, &mut step)?))
    })
}

/// Takes in the bundles that were double-clicked.
#[tauri::command]
pub fn receive_opened(app: AppHandle, channel: Channel<Progress>) -> Result<Vec<ReceivedFile>, Failure> {
    with_home(app, move |session, home| {
        let paths = session.arrivals.take_opened();
        let mut step = session.brake.begin(&channel, "导入");
        Ok(home.receive_files(&paths, &mut step)?)
    })
}
