//! Printing what the page shows.

use app::words::Mishap;
use tauri::WebviewWindow;

use crate::failure::Failure;

/// Opens the system's print dialog for the page as its print style sheet lays it out.
#[tauri::command(async)]
pub fn print(window: WebviewWindow) -> Result<(), Failure> {
    window.print().map_err(|_| Mishap::NoPrintDialog.into())
}
