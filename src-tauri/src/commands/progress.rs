//! Stopping long work.

use tauri::State;

use crate::session::Session;

/// Asks the long work that is going on to stop at its next step.
#[tauri::command]
pub fn cancel(session: State<'_, Session>) {
    session.brake.pull();
}
