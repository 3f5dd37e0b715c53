//! 汇总: the matrix, what lies behind its figures, who is missing, the freeze.

use app::screens::hub::consolidation::{EntryBehind, FigureBehind, Matrix, MatrixWindow, MissingList, Shut};
use tauri::ipc::Channel;
use tauri::{AppHandle, WebviewWindow};
use tauri_plugin_dialog::DialogExt;

use crate::failure::Failure;
use crate::progress::Progress;
use crate::session::{of_period, with_home, work};

/// Shows the heads of a period's matrix.
#[tauri::command]
pub fn matrix(app: AppHandle, period: String) -> Result<Matrix, Failure> {
    with_home(app, move |_, home| Ok(home.matrix(of_period(&period)?)?))
}

/// Shows a window of a period's matrix.
#[tauri::command]
pub fn matrix_window(
    app: AppHandle,
    period: String,
    targets: Vec<String>,
    offices: Vec<String>,
) -> Result<MatrixWindow, Failure> {
    with_home(app, move |_, home| Ok(home.matrix_window(of_period(&period)?, &targets, &offices)?))
}

/// Lists the codes of a period's targets, those in which an office is furthest behind first.
#[tauri::command]
pub fn order_by_office(app: AppHandle, period: String, office: String) -> Result<Vec<String>, Failure> {
    with_home(app, move |_, home| Ok(home.order_by_office(of_period(&period)?, &office)?))
}

/// Shows the offices behind a target's figure.
#[tauri::command]
pub fn figure_behind(app: AppHandle, period: String, target: String) -> Result<FigureBehind, Failure> {
    with_home(app, move |_, home| Ok(home.figure_behind(of_period(&period)?, &target)?))
}

/// Shows one office's entry for one target.
#[tauri::command]
pub fn entry_behind(
    app: AppHandle,
    period: String,
    target: String,
    office: String,
) -> Result<EntryBehind, Failure> {
    with_home(app, move |_, home| Ok(home.entry_behind(of_period(&period)?, &target, &office)?))
}

/// Lists who is missing for a period.
#[tauri::command]
pub fn missing(app: AppHandle, period: String) -> Result<MissingList, Failure> {
    with_home(app, move |_, home| Ok(home.missing(of_period(&period)?)?))
}

/// Freezes a period.
#[tauri::command]
pub fn lock_period(app: AppHandle, period: String, why: String) -> Result<Shut, Failure> {
    with_home(app, move |_, home| Ok(home.lock_period(of_period(&period)?, &why)?))
}

/// Lifts the freeze of a period.
#[tauri::command]
pub fn unlock_period(app: AppHandle, period: String, why: String) -> Result<Shut, Failure> {
    with_home(app, move |_, home| Ok(home.lift_lock(of_period(&period)?, &why)?))
}

/// Lets the person choose where to save the matrix as a workbook; says whether they did.
#[tauri::command]
pub fn save_matrix(
    app: AppHandle,
    window: WebviewWindow,
    period: String,
    channel: Channel<Progress>,
) -> Result<bool, Failure> {
    let asked = period.clone();
    let name = with_home(app.clone(), move |_, home| Ok(home.matrix_name(of_period(&asked)?)))?;
    let place = work(app.clone(), move |_| Ok(save_as(&window, &name)))?;
    let Some(place) = place else { return Ok(false) };
    with_home(app, move |session, home| {
        let mut step = session.brake.begin(&channel, "写入表格");
        Ok(home.save_matrix(of_period(&period)?, &place, &mut step).map(|()| true)?)
    })
}

fn save_as(window: &WebviewWindow, name: &str) -> Option<std::path::PathBuf> {
    let dialog = window.dialog().file().set_parent(window).set_title("保存汇总表").set_file_name(name);
    let mut path = dialog.add_filter("Excel 工作簿", &["xlsx"]).blocking_save_file()?.into_path().ok()?;
    // Not every dialog adds what the filter says.
    if path.extension().is_none() {
        path.set_extension("xlsx");
    }
    Some(path)
}
