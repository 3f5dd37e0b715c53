//! A month's bulletin, and what is written into it by hand.

use app::screens::analysis::Theme;
use app::screens::hub::bulletin::{Bulletin, BulletinParagraph};
use tauri::AppHandle;

use crate::failure::Failure;
use crate::session::{of_period, with_home};

/// Makes the bulletin of a period.
#[tauri::command]
pub fn bulletin(app: AppHandle, period: String, theme: Theme) -> Result<Bulletin, Failure> {
    with_home(app, move |_, home| Ok(home.bulletin(of_period(&period)?, theme)?))
}

/// Writes a paragraph of a bulletin; none goes back to what the figures make.
#[tauri::command]
pub fn write_paragraph(
    app: AppHandle,
    period: String,
    id: String,
    text: Option<String>,
) -> Result<BulletinParagraph, Failure> {
    with_home(app, move |_, home| Ok(home.write_paragraph(of_period(&period)?, &id, text.as_deref())?))
}
