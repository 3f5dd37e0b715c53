//! The plan as the hub edits it. Every act is kept in the draft at once.

use app::edit_plan::{Edited, Retirement};
use app::screens::hub::plan_changes::PlanChangeView;
use app::screens::hub::targets::{
    CalendarForm, DivisionEdit, LampForm, LampPreview, PairForm, TargetDetail, TargetForm, TargetsView,
};
use tauri::AppHandle;

use crate::failure::Failure;
use crate::session::{of_period, with_home};

/// Shows the plan that is edited.
#[tauri::command]
pub fn targets(app: AppHandle) -> Result<TargetsView, Failure> {
    with_home(app, |_, home| Ok(home.targets()?))
}

/// Shows one of its targets.
#[tauri::command]
pub fn target_detail(app: AppHandle, code: String) -> Result<TargetDetail, Failure> {
    with_home(app, move |_, home| Ok(home.target_detail(&code)?))
}

/// Adds a target, or keeps what was edited of one.
#[tauri::command]
pub fn save_target(app: AppHandle, form: TargetForm) -> Result<Edited, Failure> {
    with_home(app, move |_, home| Ok(home.save_target(&form)?))
}

/// Says what retiring a target would mean.
#[tauri::command]
pub fn retirement(app: AppHandle, code: String) -> Result<Retirement, Failure> {
    with_home(app, move |_, home| Ok(home.retirement(&code)?))
}

/// Retires a target.
#[tauri::command]
pub fn retire_target(app: AppHandle, code: String, reason: String, told: u32) -> Result<Edited, Failure> {
    with_home(app, move |_, home| Ok(home.retire_target(&code, &reason, told)?))
}

/// Takes back that a target retires with the draft.
#[tauri::command]
pub fn restore_target(app: AppHandle, code: String) -> Result<Edited, Failure> {
    with_home(app, move |_, home| Ok(home.restore_target(&code)?))
}

/// Gives a target to offices or takes it away, with their quotas.
#[tauri::command]
pub fn divide_target(app: AppHandle, code: String, edits: Vec<DivisionEdit>) -> Result<Edited, Failure> {
    with_home(app, move |_, home| Ok(home.divide_target(&code, &edits)?))
}

/// Adds a chapter, or gives one another title.
#[tauri::command]
pub fn save_chapter(app: AppHandle, code: Option<String>, title: String) -> Result<Edited, Failure> {
    with_home(app, move |_, home| Ok(home.save_chapter(code.as_deref(), &title)?))
}

/// Adds a section, or gives one another title.
#[tauri::command]
pub fn save_section(
    app: AppHandle,
    chapter: String,
    code: Option<String>,
    title: String,
) -> Result<Edited, Failure> {
    with_home(app, move |_, home| Ok(home.save_section(&chapter, code.as_deref(), &title)?))
}

/// Takes an empty chapter or section out.
#[tauri::command]
pub fn remove_heading(app: AppHandle, code: String) -> Result<Edited, Failure> {
    with_home(app, move |_, home| Ok(home.remove_heading(&code)?))
}

/// Keeps title and calendar.
#[tauri::command]
pub fn save_calendar(app: AppHandle, form: CalendarForm) -> Result<Edited, Failure> {
    with_home(app, move |_, home| Ok(home.save_calendar(&form)?))
}

/// Keeps the lamp rule.
#[tauri::command]
pub fn save_lamps(app: AppHandle, form: LampForm) -> Result<Edited, Failure> {
    with_home(app, move |_, home| Ok(home.save_lamps(&form)?))
}

/// Shows which targets another lamp rule would show otherwise.
#[tauri::command]
pub fn lamp_preview(app: AppHandle, period: String, form: LampForm) -> Result<LampPreview, Failure> {
    with_home(app, move |_, home| Ok(home.lamp_preview(of_period(&period)?, &form)?))
}

/// Keeps which targets may not exceed which.
#[tauri::command]
pub fn save_comparisons(app: AppHandle, pairs: Vec<PairForm>) -> Result<Edited, Failure> {
    with_home(app, move |_, home| Ok(home.save_comparisons(&pairs)?))
}

/// Lists how the draft differs from the version in force.
#[tauri::command]
pub fn plan_changes(app: AppHandle) -> Result<Vec<PlanChangeView>, Failure> {
    with_home(app, |_, home| Ok(home.plan_changes()?))
}

/// Drops the draft.
#[tauri::command]
pub fn discard_draft(app: AppHandle) -> Result<TargetsView, Failure> {
    with_home(app, |_, home| Ok(home.discard_draft()?))
}
