//! Files that support an entry: added, taken away, looked at, saved elsewhere.

use std::path::PathBuf;

use app::screens::entry::{Attached, Row};
use tauri::ipc::Response;
use tauri::{AppHandle, WebviewWindow};
use tauri_plugin_dialog::DialogExt;

use crate::failure::Failure;
use crate::session::{of_return, with_home, work};

/// Lets the person choose files in the system's dialog and adds them to a row; none where they thought better of it.
#[tauri::command]
pub fn pick_evidence(
    app: AppHandle,
    window: WebviewWindow,
    period: String,
    office: Option<String>,
    target: String,
) -> Result<Option<Attached>, Failure> {
    let files = work(app.clone(), move |_| Ok(pick(&window)))?;
    let Some(files) = files else { return Ok(None) };
    with_home(app, move |_, home| {
        Ok(Some(home.attach_files(of_return(&period, office)?, &target, &files)?))
    })
}

/// Adds the files that were dropped on the window last to a row.
#[tauri::command]
pub fn attach_dropped(
    app: AppHandle,
    period: String,
    office: Option<String>,
    target: String,
) -> Result<Attached, Failure> {
    with_home(app, move |session, home| {
        let files = session.arrivals.take_dropped();
        Ok(home.attach_files(of_return(&period, office)?, &target, &files)?)
    })
}

/// Takes a file out of a row.
#[tauri::command]
pub fn detach(
    app: AppHandle,
    period: String,
    office: Option<String>,
    target: String,
    digest: String,
) -> Result<Row, Failure> {
    with_home(app, move |_, home| Ok(home.detach(of_return(&period, office)?, &target, &digest)?))
}

/// Draws a picture anew as PNG, no side longer than `size` pixels.
#[tauri::command]
pub fn evidence_picture(app: AppHandle, digest: String, size: u32) -> Result<Response, Failure> {
    with_home(app, move |_, home| Ok(Response::new(home.evidence_picture(&digest, size)?)))
}

/// Lets the person choose where to save a file under a name of our making; says whether they did.
#[tauri::command]
pub fn save_evidence(app: AppHandle, window: WebviewWindow, digest: String) -> Result<bool, Failure> {
    let named = digest.clone();
    let name = with_home(app.clone(), move |_, home| Ok(home.evidence_name(&named)?))?;
    let place = work(app.clone(), move |_| Ok(save_as(&window, &name)))?;
    let Some(place) = place else { return Ok(false) };
    with_home(app, move |_, home| Ok(home.save_evidence(&digest, &place).map(|()| true)?))
}

fn pick(window: &WebviewWindow) -> Option<Vec<PathBuf>> {
    let dialog = window.dialog().file().set_parent(window).set_title("选择佐证材料");
    let files = dialog.add_filter("图片和 PDF", &["jpg", "jpeg", "png", "pdf"]).blocking_pick_files()?;
    Some(files.into_iter().filter_map(|file| file.into_path().ok()).collect())
}

fn save_as(window: &WebviewWindow, name: &str) -> Option<PathBuf> {
    let dialog = window.dialog().file().set_parent(window).set_title("另存佐证材料").set_file_name(name);
    dialog.blocking_save_file()?.into_path().ok()
}
