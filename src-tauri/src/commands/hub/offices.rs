//! 单位: who reports, and with which key.

use app::places::Wanted;
use app::reshape_offices::Newcomer;
use app::screens::hub::offices::{EnrolmentFound, HubOffices, RevocationView};
use serde::Deserialize;
use tauri::AppHandle;

use crate::commands::places::files;
use crate::failure::Failure;
use crate::session::with_home;

/// A kind of office, as the page names it.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 街道.
    Street,
    /// 镇.
    Town,
    /// 功能区.
    Zone,
    /// 部门.
    Department,
}

impl From<Kind> for app::OfficeKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Street => Self::Street,
            Kind::Town => Self::Town,
            Kind::Zone => Self::Zone,
            Kind::Department => Self::Department,
        }
    }
}

/// Shows the offices.
#[tauri::command]
pub fn hub_offices(app: AppHandle) -> Result<HubOffices, Failure> {
    with_home(app, |_, home| Ok(home.hub_offices()?))
}

/// Adds an office to the draft of the plan.
#[tauri::command]
pub fn add_office(
    app: AppHandle,
    name: String,
    kind: Kind,
    code: String,
    lookalike: bool,
) -> Result<HubOffices, Failure> {
    with_home(app, move |_, home| {
        home.add_office(&name, kind.into(), &code, lookalike)?;
        Ok(home.hub_offices()?)
    })
}

/// Gives an office another name from a day on.
#[tauri::command]
pub fn rename_office(
    app: AppHandle,
    office: String,
    name: String,
    since: String,
    lookalike: bool,
) -> Result<HubOffices, Failure> {
    with_home(app, move |_, home| {
        home.rename_office(&office, &name, &since, lookalike)?;
        Ok(home.hub_offices()?)
    })
}

/// Says from which day on an office no longer reports; none takes that back.
#[tauri::command]
pub fn retire_office(app: AppHandle, office: String, on: Option<String>) -> Result<HubOffices, Failure> {
    with_home(app, move |_, home| {
        home.retire_office(&office, on.as_deref())?;
        Ok(home.hub_offices()?)
    })
}

/// Lets offices end on a day and one take their place, or one of the others take them in.
#[tauri::command]
pub fn merge_offices(
    app: AppHandle,
    offices: Vec<String>,
    into: String,
    kind: Kind,
    on: String,
) -> Result<HubOffices, Failure> {
    with_home(app, move |_, home| {
        let from: Vec<&str> = offices.iter().map(String::as_str).collect();
        home.merge_offices(&from, Newcomer { name: &into, kind: kind.into(), code: "" }, &on)?;
        Ok(home.hub_offices()?)
    })
}

/// Lets an office end on a day and others take its place.
#[tauri::command]
pub fn split_office(
    app: AppHandle,
    office: String,
    into: Vec<String>,
    kind: Kind,
    on: String,
) -> Result<HubOffices, Failure> {
    with_home(app, move |_, home| {
        let kind = kind.into();
        let into: Vec<_> = into.iter().map(|name| Newcomer { name, kind, code: "" }).collect();
        home.split_office(&office, &into, &on)?;
        Ok(home.hub_offices()?)
    })
}

/// Lists the enrolments in all places and those that wait.
#[tauri::command]
pub fn enrolments_found(app: AppHandle) -> Result<Vec<EnrolmentFound>, Failure> {
    with_home(app, |session, home| Ok(home.enrolments_found(&files(session, Wanted::Enrolment))?))
}

/// Activates the key whose digits stand on an office's paper.
#[tauri::command]
pub fn admit_office(
    app: AppHandle,
    office: String,
    digits: String,
    replace: bool,
) -> Result<HubOffices, Failure> {
    with_home(app, move |session, home| {
        home.admit_by_paper(&office, &digits, replace, &files(session, Wanted::Enrolment))?;
        Ok(home.hub_offices()?)
    })
}

/// Says what revoking a key of an office after a number would do.
#[tauri::command]
pub fn revocation(app: AppHandle, office: String, key: u32, after: u32) -> Result<RevocationView, Failure> {
    with_home(app, move |_, home| Ok(home.revocation_view(&office, key, after)?))
}

/// Closes a key of an office after a number.
#[tauri::command]
pub fn revoke_office(app: AppHandle, office: String, key: u32, after: u32) -> Result<HubOffices, Failure> {
    with_home(app, move |_, home| {
        home.revoke_office(&office, key, after)?;
        Ok(home.hub_offices()?)
    })
}
