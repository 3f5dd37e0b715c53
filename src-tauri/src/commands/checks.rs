//! What was found in a period's return.

use app::screens::checks::Checks;
use tauri::AppHandle;

use crate::failure::Failure;
use crate::session::{of_return, with_home};

/// Checks a return as it stands: the own unit's, or at a hub an office's.
#[tauri::command]
pub fn checks(app: AppHandle, period: String, office: Option<String>) -> Result<Checks, Failure> {
    with_home(app, move |_, home| Ok(home.checks(of_return(&period, office)?)?))
}
