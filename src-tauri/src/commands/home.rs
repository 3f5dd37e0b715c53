//! The first screen of an office.

use app::screens::home::OfficeHome;
use tauri::AppHandle;

use crate::failure::Failure;
use crate::session::{of_period, with_home};

/// Shows the first screen for a period, which is remembered; without one, for the period to work on.
#[tauri::command]
pub fn office_home(app: AppHandle, period: Option<String>) -> Result<OfficeHome, Failure> {
    with_home(app, move |_, home| {
        let period = period.as_deref().map(of_period).transpose()?;
        Ok(home.office_home(period)?)
    })
}
