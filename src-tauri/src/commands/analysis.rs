//! The charts of the own figures.

use app::screens::analysis::{Analysis, Theme, Trend};
use tauri::AppHandle;

use crate::failure::Failure;
use crate::session::{of_period, with_home};

/// Draws all targets of a period.
#[tauri::command]
pub fn analysis(app: AppHandle, period: String, theme: Theme) -> Result<Analysis, Failure> {
    with_home(app, move |_, home| Ok(home.analysis(of_period(&period)?, theme)?))
}

/// Draws the months of one target up to a period.
#[tauri::command]
pub fn trend(app: AppHandle, target: String, period: String, theme: Theme) -> Result<Trend, Failure> {
    with_home(app, move |_, home| Ok(home.trend(&target, of_period(&period)?, theme)?))
}
