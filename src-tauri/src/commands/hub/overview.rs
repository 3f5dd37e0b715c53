//! A hub's month at one look.

use app::screens::analysis::Theme;
use app::screens::hub::overview::{HeatPage, HubMonths, HubOverview};
use tauri::AppHandle;

use crate::failure::Failure;
use crate::session::{of_period, with_home};

/// Shows a period at one look.
#[tauri::command]
pub fn hub_overview(app: AppHandle, period: String, theme: Theme) -> Result<HubOverview, Failure> {
    with_home(app, move |_, home| Ok(home.hub_overview(of_period(&period)?, theme)?))
}

/// Shows a part of the map of offices × targets.
#[tauri::command]
pub fn heat_page(app: AppHandle, period: String, page: u32, theme: Theme) -> Result<HeatPage, Failure> {
    with_home(app, move |_, home| Ok(home.heat_page(of_period(&period)?, page, theme)?))
}

/// Shows the year up to a period, as far as it has been looked through.
#[tauri::command]
pub fn hub_months(app: AppHandle, period: String, theme: Theme) -> Result<HubMonths, Failure> {
    with_home(app, move |_, home| Ok(home.hub_months(of_period(&period)?, theme)?))
}
