//! The frame around a hub's screens.

use app::screens::hub::home::HubHome;
use tauri::AppHandle;

use crate::failure::Failure;
use crate::session::{of_period, with_home};

/// Shows the frame for a period, which is remembered; without one, for the period to work on.
#[tauri::command]
pub fn hub_home(app: AppHandle, period: Option<String>) -> Result<HubHome, Failure> {
    with_home(app, move |_, home| {
        let period = period.as_deref().map(of_period).transpose()?;
        Ok(home.hub_home(period)?)
    })
}
