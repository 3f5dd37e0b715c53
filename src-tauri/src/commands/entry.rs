//! Filling in a period.

use app::screens::entry::{CellEdit, CellHistory, EntrySheet, Saved};
use tauri::AppHandle;

use crate::failure::Failure;
use crate::session::{of_return, with_home};

/// Shows the sheet of a period: the own unit's, or at a hub an office's.
#[tauri::command]
pub async fn entry_sheet(
    app: AppHandle,
    period: String,
    office: Option<String>,
) -> Result<EntrySheet, Failure> {
    with_home(app, move |_, home| Ok(home.entry_sheet(of_return(&period, office)?)?)).await
}

/// Puts texts into boxes, all of them or none; they are on disk when this answers.
#[tauri::command]
pub async fn save_cells(
    app: AppHandle,
    period: String,
    office: Option<String>,
    edits: Vec<CellEdit>,
) -> Result<Saved, Failure> {
    with_home(app, move |_, home| Ok(home.save_cells(of_return(&period, office)?, &edits)?)).await
}

/// Declares 零报告, or takes it back.
#[tauri::command]
pub async fn set_nil(
    app: AppHandle,
    period: String,
    office: Option<String>,
    nil: bool,
) -> Result<EntrySheet, Failure> {
    with_home(app, move |_, home| Ok(home.declare_nil(of_return(&period, office)?, nil)?)).await
}

/// Shows a cell through the year: of the own unit, or at a hub of an office.
#[tauri::command]
pub async fn cell_history(
    app: AppHandle,
    target: String,
    office: Option<String>,
) -> Result<CellHistory, Failure> {
    with_home(app, move |_, home| Ok(home.cell_history(&target, office.as_deref())?)).await
}
