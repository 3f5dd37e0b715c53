//! Receiving at the hub, and deciding about what was received.

use app::screens::hub::receiving::{ArrivedFile, CellSentBack, OpenedReturn, PaperView, Receiving};
use tauri::ipc::Channel;
use tauri::{AppHandle, WebviewWindow};

use crate::commands::places::pick_bundles;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::session::{of_period, with_home, work};

/// Shows what was received, for a period.
#[tauri::command]
pub fn receiving(app: AppHandle, period: String) -> Result<Receiving, Failure> {
    with_home(app, move |_, home| Ok(home.receiving(of_period(&period)?)?))
}

/// Receives every bundle in a place.
#[tauri::command]
pub fn receive_place(
    app: AppHandle,
    place: u32,
    channel: Channel<Progress>,
) -> Result<Vec<ArrivedFile>, Failure> {
    with_home(app, move |session, home| {
        let folder = session.place(place)?;
        let mut step = session.brake.begin(&channel, "接收");
        Ok(home.receive_at_desk(&[folder], &mut step)?)
    })
}

/// Lets the person choose bundles in the system's dialog and receives them; none where they thought better of it.
#[tauri::command]
pub fn receive_chosen(
    app: AppHandle,
    window: WebviewWindow,
    channel: Channel<Progress>,
) -> Result<Option<Vec<ArrivedFile>>, Failure> {
    let picked = work(app.clone(), move |_| Ok(pick_bundles(&window, "选择上报包或注册包")))?;
    let Some(paths) = picked else { return Ok(None) };
    with_home(app, move |session, home| {
        let mut step = session.brake.begin(&channel, "接收");
        Ok(Some(home.receive_at_desk(&paths, &mut step)?))
    })
}

/// Receives the bundles that were double-clicked.
#[tauri::command]
pub fn receive_clicked(app: AppHandle, channel: Channel<Progress>) -> Result<Vec<ArrivedFile>, Failure> {
    with_home(app, move |session, home| {
        let paths = session.arrivals.take_opened();
        let mut step = session.brake.begin(&channel, "接收");
        Ok(home.receive_at_desk(&paths, &mut step)?)
    })
}

/// Turns review on or off.
#[tauri::command]
pub fn set_review(app: AppHandle, on: bool) -> Result<(), Failure> {
    with_home(app, move |_, home| Ok(home.set_review(on)?))
}

/// Accepts the returns of a period that wait for review, of one office or of all; says how many.
#[tauri::command]
pub fn accept_waiting(app: AppHandle, period: String, office: Option<String>) -> Result<u32, Failure> {
    with_home(app, move |_, home| Ok(home.accept_waiting(of_period(&period)?, office.as_deref())?))
}

/// Opens a return that was received.
#[tauri::command]
pub fn open_return(app: AppHandle, digest: String) -> Result<OpenedReturn, Failure> {
    with_home(app, move |_, home| Ok(home.open_return(&digest)?))
}

/// Brings out the evidence of a return, to be looked at; says how many files.
#[tauri::command]
pub fn bring_out_evidence(app: AppHandle, digest: String) -> Result<u32, Failure> {
    with_home(app, move |_, home| Ok(home.bring_out_evidence(&digest)?))
}

/// Sends cells of a return back to its office.
#[tauri::command]
pub fn send_cells_back(app: AppHandle, digest: String, cells: Vec<CellSentBack>) -> Result<(), Failure> {
    with_home(app, move |_, home| Ok(home.send_cells_back(&digest, &cells)?))
}

/// Takes back that a cell of a return was sent back.
#[tauri::command]
pub fn take_cell_back(app: AppHandle, digest: String, target: String, field: String) -> Result<(), Failure> {
    with_home(app, move |_, home| Ok(home.take_cell_back(&digest, &target, &field)?))
}

/// Decides a fork.
#[tauri::command]
pub fn choose_version(app: AppHandle, digest: String, reason: String) -> Result<(), Failure> {
    with_home(app, move |_, home| Ok(home.choose_version(&digest, &reason)?))
}

/// Holds what stands on the stamped paper against a return.
#[tauri::command]
pub fn check_paper(
    app: AppHandle,
    digest: String,
    number: u32,
    digits: String,
) -> Result<PaperView, Failure> {
    with_home(app, move |_, home| Ok(home.check_paper(&digest, number, &digits)?))
}
