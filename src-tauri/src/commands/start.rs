//! What the page shows first.

use app::Role;
use serde::Serialize;
use tauri::AppHandle;

use crate::failure::Failure;
use crate::session::{Open, Session, with_open};

/// What there is when the window opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Start {
    /// Whether the home is an `office`'s or a `hub`'s; absent where there is none yet.
    role: Option<&'static str>,
    /// Whether what is open is the demonstration.
    demo: bool,
    /// Whether a first run was begun and not finished.
    setup: bool,
    /// Bundles that were double-clicked to open the window, by name.
    opened: Vec<String>,
    /// The application's version.
    version: &'static str,
}

/// Opens the home, if there is one.
#[tauri::command]
pub async fn start(app: AppHandle) -> Result<Start, Failure> {
    with_open(app, look).await
}

fn look(session: &Session, open: &mut Open) -> Result<Start, Failure> {
    let role = open.home(&session.folders)?.map(|home| match home.role() {
        Role::Office => "office",
        Role::Hub => "hub",
    });
    Ok(Start {
        role,
        demo: open.demo,
        setup: session.folders.setup().is_dir(),
        opened: session.arrivals.opened(),
        version: env!("CARGO_PKG_VERSION"),
    })
}
