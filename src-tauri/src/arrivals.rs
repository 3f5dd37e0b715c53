//! Files that people hand to the window: by double click, or by dropping them on it.
//!
//! The page learns their names only. The paths stay here, so that a page can never name a file to be read.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use tauri::{AppHandle, DragDropEvent, Emitter, Manager, WebviewWindow};

use crate::session::Session;

/// Bundles were opened by double click: the payload is their names.
pub const OPENED: &str = "opened";
/// Files are being dragged over the window: the payload is a [`Dragged`], or null once they left.
pub const DRAGGED: &str = "dragged";
/// Files were dropped: the payload is a [`Dropped`].
pub const DROPPED: &str = "dropped";

/// The paths, until a command takes them.
#[derive(Debug, Default)]
pub struct Arrivals {
    opened: Mutex<Vec<PathBuf>>,
    dropped: Mutex<Vec<PathBuf>>,
}

/// Where files are being dragged, in the page's own pixels.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Dragged {
    x: f64,
    y: f64,
}

/// What was dropped, and where.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Dropped {
    names: Vec<String>,
    x: f64,
    y: f64,
}

impl Arrivals {
    /// Keeps bundles that were opened until somebody takes them.
    pub fn open(&self, files: Vec<PathBuf>) {
        lock(&self.opened).extend(files);
    }

    /// Returns the names of the bundles that were opened and not yet taken.
    pub fn opened(&self) -> Vec<String> {
        names(&lock(&self.opened))
    }

    /// Takes the bundles that were opened.
    pub fn take_opened(&self) -> Vec<PathBuf> {
        std::mem::take(&mut *lock(&self.opened))
    }

    /// Takes what was dropped last.
    pub fn take_dropped(&self) -> Vec<PathBuf> {
        std::mem::take(&mut *lock(&self.dropped))
    }

    /// Keeps what was dropped, instead of what was dropped before.
    fn drop_here(&self, files: &[PathBuf]) {
        *lock(&self.dropped) = files.to_vec();
    }
}

/// Takes bundles that were opened by double click and tells the page.
pub fn opened(app: &AppHandle, files: Vec<PathBuf>) {
    if files.is_empty() {
        return;
    }
    let session = app.state::<Session>();
    session.arrivals.open(files);
    tell(app.emit(OPENED, session.arrivals.opened()));
}

/// Takes what is dragged over the window or dropped on it, and tells the page.
pub fn dragged(window: &WebviewWindow, event: &DragDropEvent) {
    // GTK counts in the page's pixels already, whatever the event calls them.
    let scale = if cfg!(target_os = "linux") { 1.0 } else { window.scale_factor().unwrap_or(1.0) };
    tell(match event {
        DragDropEvent::Enter { position, .. } | DragDropEvent::Over { position } => {
            window.emit(DRAGGED, Some(Dragged { x: position.x / scale, y: position.y / scale }))
        }
        DragDropEvent::Drop { paths, position } => {
            window.state::<Session>().arrivals.drop_here(paths);
            let dropped = Dropped { names: names(paths), x: position.x / scale, y: position.y / scale };
            window.emit(DRAGGED, None::<Dragged>).and_then(|()| window.emit(DROPPED, dropped))
        }
        _ => window.emit(DRAGGED, None::<Dragged>),
    });
}

fn tell(told: tauri::Result<()>) {
    if told.is_err() {
        tracing::warn!("the page could not be told of a file");
    }
}

fn names(files: &[PathBuf]) -> Vec<String> {
    files
        .iter()
        .filter_map(|file| Path::new(file).file_name())
        .map(|n| n.to_string_lossy().into_owned())
        .collect()
}

/// A list stays whole whatever panicked while it was held.
fn lock<T>(list: &Mutex<T>) -> MutexGuard<'_, T> {
    list.lock().unwrap_or_else(PoisonError::into_inner)
}
