//! What was found in a period's return.

use app::screens::checks::Checks;
use tauri::AppHandle;

use crate::failure::Failure;
use crate::session::{of_period, with_home};

/// Checks a period as it stands.
#[tauri::command]
pub async fn checks(app: AppHandle, period: String) -> Result<Checks, Failure> {
    with_home(app, move |_, home| Ok(home.checks(of_period(&period)?)?)).await
}
