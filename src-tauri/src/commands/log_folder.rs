//! Showing people their log files.

use std::path::Path;
use std::process::{Command, Stdio};

use app::words::Mishap;
use tauri::AppHandle;

use crate::failure::Failure;
use crate::session::work;

/// Opens the folder of log files in the system's file manager.
#[tauri::command]
pub fn open_logs(app: AppHandle) -> Result<(), Failure> {
    work(app, |session| show(&session.folders.logs()))
}

/// Starts the one program that shows folders, with a folder of our own choosing.
pub fn show(folder: &Path) -> Result<(), Failure> {
    let program = if cfg!(windows) { "explorer.exe" } else { "xdg-open" };
    let failed = |_| Failure::from(Mishap::NoFileManager);
    std::fs::create_dir_all(folder).map_err(failed)?;
    let mut child = Command::new(program)
        .arg(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(failed)?;
    // Explorer exits with 1 even on success, so only xdg-open is believed; both hand over and exit at once.
    let status = child.wait().map_err(failed)?;
    if cfg!(windows) || status.success() { Ok(()) } else { Err(Mishap::NoFileManager.into()) }
}
