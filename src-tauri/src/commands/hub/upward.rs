//! 上报上级: the plan of the hub above, what answers to it, and the table that leaves.

use std::path::Path;

use app::screens::hub::upward::{OwnChoice, ReportedUp, Upward};
use tauri::{AppHandle, WebviewWindow};

use crate::commands::places::pick_bundle;
use crate::failure::Failure;
use crate::session::{of_period, with_home, work};

/// Shows what leaves for the hub above in a period.
#[tauri::command]
pub fn upward(app: AppHandle, period: String) -> Result<Upward, Failure> {
    with_home(app, move |_, home| Ok(home.upward(of_period(&period)?)?))
}

/// Lists the own targets that can answer to one above.
#[tauri::command]
pub fn upward_choices(app: AppHandle, target: String) -> Result<Vec<OwnChoice>, Failure> {
    with_home(app, move |_, home| Ok(home.upward_choices(&target)?))
}

/// Says which own target answers to one above; none where none does any more.
#[tauri::command]
pub fn set_upward_answer(
    app: AppHandle,
    period: String,
    target: String,
    own: Option<String>,
) -> Result<Upward, Failure> {
    with_home(app, move |_, home| {
        home.set_answer(&target, own.as_deref())?;
        Ok(home.upward(of_period(&period)?)?)
    })
}

/// Takes every suggestion.
#[tauri::command]
pub fn take_upward_suggestions(app: AppHandle, period: String) -> Result<Upward, Failure> {
    with_home(app, move |_, home| {
        home.take_suggestions()?;
        Ok(home.upward(of_period(&period)?)?)
    })
}

/// Takes in the plan of the hub above from a bundle that was found.
#[tauri::command]
pub fn take_upper_plan(app: AppHandle, period: String, bundle: u32) -> Result<Upward, Failure> {
    let file = work(app.clone(), move |session| session.bundle(bundle))?;
    take(app, period, &file)
}

/// Takes in the plan of the hub above, chosen in the system's dialog; none where the person thought better of it.
#[tauri::command]
pub fn pick_upper_plan(
    app: AppHandle,
    window: WebviewWindow,
    period: String,
) -> Result<Option<Upward>, Failure> {
    let file = work(app.clone(), move |_| Ok(pick_bundle(&window, "选择上级的下达包")))?;
    let Some(file) = file else { return Ok(None) };
    take(app, period, &file).map(Some)
}

fn take(app: AppHandle, period: String, file: &Path) -> Result<Upward, Failure> {
    let file = file.to_owned();
    with_home(app, move |_, home| {
        home.take_upper_plan(&file)?;
        Ok(home.upward(of_period(&period)?)?)
    })
}

/// Says which office of the plan above this hub is.
#[tauri::command]
pub fn set_upper_office(app: AppHandle, period: String, office: String) -> Result<Upward, Failure> {
    with_home(app, move |_, home| {
        home.set_upper_office(&office)?;
        Ok(home.upward(of_period(&period)?)?)
    })
}

/// Writes the figures of a period for the hub above to a place.
#[tauri::command]
pub fn send_upward(app: AppHandle, period: String, place: u32) -> Result<ReportedUp, Failure> {
    with_home(app, move |session, home| {
        let to = session.place(place)?;
        Ok(home.send_upward(of_period(&period)?, &to)?)
    })
}
