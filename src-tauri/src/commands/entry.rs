//! Filling in a period.

use app::screens::entry::{CellEdit, CellHistory, EntrySheet, Saved};
use app::take_form::FormTaken;
use tauri::{AppHandle, WebviewWindow};
use tauri_plugin_dialog::DialogExt;

use crate::failure::Failure;
use crate::session::{of_return, with_home, work};

/// Shows the sheet of a period: the own unit's, or at a hub an office's.
#[tauri::command]
pub fn entry_sheet(app: AppHandle, period: String, office: Option<String>) -> Result<EntrySheet, Failure> {
    with_home(app, move |_, home| Ok(home.entry_sheet(of_return(&period, office)?)?))
}

/// Puts texts into boxes, all of them or none; they are on disk when this answers.
#[tauri::command]
pub fn save_cells(
    app: AppHandle,
    period: String,
    office: Option<String>,
    edits: Vec<CellEdit>,
) -> Result<Saved, Failure> {
    with_home(app, move |_, home| Ok(home.save_cells(of_return(&period, office)?, &edits)?))
}

/// Declares 零报告, or takes it back.
#[tauri::command]
pub fn set_nil(
    app: AppHandle,
    period: String,
    office: Option<String>,
    nil: bool,
) -> Result<EntrySheet, Failure> {
    with_home(app, move |_, home| Ok(home.declare_nil(of_return(&period, office)?, nil)?))
}

/// Shows a cell through the year: of the own unit, or at a hub of an office.
#[tauri::command]
pub fn cell_history(app: AppHandle, target: String, office: Option<String>) -> Result<CellHistory, Failure> {
    with_home(app, move |_, home| Ok(home.cell_history(&target, office.as_deref())?))
}

/// Takes in a form chosen in the system's dialog; none where the person thought better of it.
#[tauri::command]
pub fn pick_form(
    app: AppHandle,
    window: WebviewWindow,
    period: String,
    office: Option<String>,
) -> Result<Option<FormTaken>, Failure> {
    let pick = move || {
        let dialog = window.dialog().file().set_parent(&window).set_title("选择填报表");
        dialog.add_filter("填报表（CSV）", &["csv"]).blocking_pick_file()?.into_path().ok()
    };
    let Some(file) = work(app.clone(), move |_| Ok(pick()))? else { return Ok(None) };
    with_home(app, move |_, home| Ok(Some(home.take_form(of_return(&period, office)?, &file)?)))
}
