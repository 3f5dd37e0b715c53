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
pub async fn receiving(app: AppHandle, period: String) -> Result<Receiving, Failure> {
    with_home(app, move |_, home| Ok(home.receiving(of_period(&period)?)?)).await
}

/// Receives every bundle in a place.
#[tauri::command]
pub async fn receive_place(
    app: AppHandle,
    place: u32,
    channel: Channel<Progress>,
) -> Result<Vec<ArrivedFile>, Failure> {
    with_home(app, move |session, home| {
        let folder = session.place(place)?;
        let mut step = session.brake.begin(&channel, "接收");
        Ok(home.receive_at_desk(&[folder], &mut step)?)
    })
    .await
}

/// Lets the person choose bundles in the system's dialog and receives them; none where they thought better of it.
#[tauri::command]
pub async fn receive_chosen(
    app: AppHandle,
    window: WebviewWindow,
    channel: Channel<Progress>,
) -> Result<Option<Vec<ArrivedFile>>, Failure> {
    let picked = work(app.clone(), move |_| Ok(pick_bundles(&window, "选择上报包或注册包"))).await?;
    let Some(paths) = picked else { return Ok(None) };
    with_home(app, move |session, home| {
        let mut step = session.brake.begin(&channel, "接收");
        Ok(Some(home.receive_at_desk(&paths, &mut step)?))
    })
    .await
}

/// Receives the bundles that were double-clicked.
#[tauri::command]
pub async fn receive_clicked(
    app: AppHandle,
    channel: Channel<Progress>,
) -> Result<Vec<ArrivedFile>, Failure> {
    with_home(app, move |session, home| {
        let paths = session.arrivals.take_opened();
        let mut step = session.brake.begin(&channel, "接收");
        Ok(home.receive_at_desk(&paths, &mut step)?)
    })
    .await
}

/// Turns review on or off.
#[tauri::command]
pub async fn set_review(app: AppHandle, on: bool) -> Result<(), Failure> {
    with_home(app, move |_, home| Ok(home.set_review(on)?)).await
}

/// Accepts the returns of a period that wait for review, of one office or of all; says how many.
#[tauri::command]
pub async fn accept_waiting(app: AppHandle, period: String, office: Option<String>) -> Result<u32, Failure> {
    with_home(app, move |_, home| Ok(home.accept_waiting(of_period(&period)?, office.as_deref())?)).await
}

/// Opens a return that was received.
#[tauri::command]
pub async fn open_return(app: AppHandle, digest: String) -> Result<OpenedReturn, Failure> {
    with_home(app, move |_, home| Ok(home.open_return(&digest)?)).await
}

/// Brings out the evidence of a return, to be looked at; says how many files.
#[tauri::command]
pub async fn bring_out_evidence(app: AppHandle, digest: String) -> Result<u32, Failure> {
    with_home(app, move |_, home| Ok(home.bring_out_evidence(&digest)?)).await
}

/// Sends cells of a return back to its office.
#[tauri::command]
pub async fn send_cells_back(
    app: AppHandle,
    digest: String,
    cells: Vec<CellSentBack>,
) -> Result<(), Failure> {
    with_home(app, move |_, home| Ok(home.send_cells_back(&digest, &cells)?)).await
}

/// Takes back that a cell of a return was sent back.
#[tauri::command]
pub async fn take_cell_back(
    app: AppHandle,
    digest: String,
    target: String,
    field: String,
) -> Result<(), Failure> {
    with_home(app, move |_, home| Ok(home.take_cell_back(&digest, &target, &field)?)).await
}

/// Decides a fork.
#[tauri::command]
pub async fn choose_version(app: AppHandle, digest: String, reason: String) -> Result<(), Failure> {
    with_home(app, move |_, home| Ok(home.choose_version(&digest, &reason)?)).await
}

/// Holds what stands on the stamped paper against a return.
#[tauri::command]
pub async fn check_paper(
    app: AppHandle,
    digest: String,
    number: u32,
    digits: String,
) -> Result<PaperView, Failure> {
    with_home(app, move |_, home| Ok(home.check_paper(&digest, number, &digits)?)).await
}
