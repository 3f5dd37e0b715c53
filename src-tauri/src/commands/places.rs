//! Where bundles are written to and taken from: drives, the exchange folder, folders chosen.

use std::path::PathBuf;

use app::SystemClock;
use app::places::{Exchange, Wanted, drives};
use app::screens::places::{FoundBundle, Place};
use app::words::Mishap;
use serde::Deserialize;
use tauri::{AppHandle, WebviewWindow};
use tauri_plugin_dialog::DialogExt;

use crate::failure::Failure;
use crate::session::{Session, work};

/// What the page looks for, as it names it.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 下达包.
    Plan,
    /// 回执包.
    Receipt,
}

/// Lists the places that can be chosen from.
#[tauri::command]
pub fn places(app: AppHandle) -> Result<Vec<Place>, Failure> {
    work(app, |session| Ok(list(session)))
}

/// Lets the person choose a folder in the system's dialog; none where they thought better of it.
#[tauri::command]
pub fn choose_place(app: AppHandle, window: WebviewWindow) -> Result<Option<Place>, Failure> {
    work(app, move |session| {
        let Some(folder) = pick_folder(&window, "选择文件夹") else { return Ok(None) };
        Ok(Some(session.places().choose(&folder)))
    })
}

/// Lists the bundles in all places.
#[tauri::command]
pub fn found_bundles(app: AppHandle, kind: Option<Kind>) -> Result<Vec<FoundBundle>, Failure> {
    work(app, move |session| {
        let wanted = match kind {
            None => Wanted::Any,
            Some(Kind::Plan) => Wanted::Plan,
            Some(Kind::Receipt) => Wanted::Receipt,
        };
        let listed = list(session);
        Ok(session.places().found(&listed, wanted, &SystemClock))
    })
}

/// Returns the paths of the files in all places that may be of a kind.
pub fn files(session: &Session, wanted: Wanted) -> Vec<PathBuf> {
    let listed = list(session);
    let mut places = session.places();
    let found = places.found(&listed, wanted, &SystemClock);
    found.iter().filter_map(|one| places.file(one.id).map(Into::into)).collect()
}

fn list(session: &Session) -> Vec<Place> {
    // Asking the system takes its time; the register is not held meanwhile.
    let drives = drives();
    let exchange = session.exchange_folder();
    let exchange = exchange.as_ref().map(|(folder, demo)| Exchange { folder, demo: *demo });
    session.places().list(&drives, exchange)
}

/// Opens the system's dialog for a folder.
pub fn pick_folder(window: &WebviewWindow, title: &str) -> Option<PathBuf> {
    let dialog = window.dialog().file().set_parent(window).set_title(title);
    dialog.blocking_pick_folder()?.into_path().ok()
}

/// Opens the system's dialog for a bundle.
pub fn pick_bundle(window: &WebviewWindow, title: &str) -> Option<PathBuf> {
    let dialog = window.dialog().file().set_parent(window).set_title(title);
    dialog.add_filter("台账数据包", &["tzb"]).blocking_pick_file()?.into_path().ok()
}

/// Opens the system's dialog for any number of bundles.
pub fn pick_bundles(window: &WebviewWindow, title: &str) -> Option<Vec<PathBuf>> {
    let dialog = window.dialog().file().set_parent(window).set_title(title);
    let files = dialog.add_filter("台账数据包", &["tzb"]).blocking_pick_files()?;
    Some(files.into_iter().filter_map(|file| file.into_path().ok()).collect())
}

impl Session {
    /// Returns the folder of a place that was listed, and is still there.
    pub fn place(&self, id: u32) -> Result<PathBuf, Failure> {
        let drives = drives();
        self.places().present(id, &drives).map(Into::into).ok_or_else(|| Mishap::NoSuchPlace.into())
    }

    /// Returns the path of a bundle that was found.
    pub fn bundle(&self, id: u32) -> Result<PathBuf, Failure> {
        self.places().file(id).map(Into::into).ok_or_else(|| Mishap::NoSuchPlace.into())
    }
}
