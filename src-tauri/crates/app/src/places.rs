//! Places that bundles are written to and taken from, and the numbers by which the window names them.
//!
//! The window never names a path: it asks for what is there, and hands back a number that stands for it.

use std::path::{Path, PathBuf};

use crate::Clock;
use crate::screens::places::{FoundBundle, Place, PlaceKind};
use crate::words::{self, Unfit, unfit};

mod drives;
mod search;

pub use drives::{Drive, drives};
pub use search::Wanted;

/// What is less than this is no room for a bundle.
const LEAST_ROOM: u64 = 1_000_000;

/// The places and files that have been shown, by number. A number means the same as long as the application runs.
#[derive(Debug, Default)]
pub struct Places {
    folders: Vec<(PathBuf, String)>,
    files: Vec<PathBuf>,
    chosen: Vec<PathBuf>,
}

/// The exchange folder, and what to call it.
#[derive(Debug, Clone, Copy)]
pub struct Exchange<'a> {
    /// Where it is.
    pub folder: &'a Path,
    /// Whether it is the demonstration's.
    pub demo: bool,
}

impl Places {
    /// Lists the drives, the exchange folder, and the folders chosen in the system's dialog, newest first.
    pub fn list(&mut self, drives: &[Drive], exchange: Option<Exchange<'_>>) -> Vec<Place> {
        let mut list: Vec<Place> = drives.iter().map(|drive| self.drive(drive)).collect();
        if let Some(exchange) = exchange {
            let label = if exchange.demo { "交换文件夹（演示）" } else { "交换文件夹" };
            list.push(self.folder_place(exchange.folder, PlaceKind::Exchange, label.to_owned()));
        }
        for folder in self.chosen.clone().into_iter().rev() {
            if list.iter().all(|place| self.folder(place.id) != Some(folder.as_path())) {
                list.push(self.chosen_place(&folder));
            }
        }
        list
    }

    /// Takes in a folder that was chosen in the system's dialog.
    pub fn choose(&mut self, folder: &Path) -> Place {
        self.chosen.retain(|earlier| earlier != folder);
        self.chosen.push(folder.to_owned());
        self.chosen_place(folder)
    }

    /// Returns the folder that a number stands for.
    pub fn folder(&self, id: u32) -> Option<&Path> {
        self.folders.get(id as usize).map(|(path, _)| path.as_path())
    }

    /// Returns the folder that a number stands for if it is still there; a drive must still be plugged in, as an empty folder
    /// may stay where it hung.
    pub fn present(&self, id: u32, drives: &[Drive]) -> Option<&Path> {
        let (path, label) = self.folders.get(id as usize)?;
        let plugged_in = drives.iter().any(|drive| drive.path == *path && drive.label == *label);
        (path.is_dir() && (label.is_empty() || plugged_in)).then_some(path)
    }

    /// Returns the file that a number stands for.
    pub fn file(&self, id: u32) -> Option<&Path> {
        self.files.get(id as usize).map(PathBuf::as_path)
    }

    /// Finds the bundles in the places listed: at their root and up to two folders below, newest first in each place.
    pub fn found(&mut self, listed: &[Place], wanted: Wanted, clock: &dyn Clock) -> Vec<FoundBundle> {
        let mut all = Vec::new();
        for place in listed {
            let Some(root) = self.folder(place.id).map(Path::to_owned) else { continue };
            for file in search::bundles(&root, wanted) {
                let id = number(&mut self.files, |known| *known == file.path, || file.path.clone());
                all.push(FoundBundle {
                    id,
                    place: place.id,
                    file: file.name,
                    folder: file.folder,
                    modified: file.modified.map(|at| words::moment(at, clock.today())).unwrap_or_default(),
                    size: words::size(file.len),
                });
            }
        }
        all
    }

    fn drive(&mut self, drive: &Drive) -> Place {
        let refused = if drive.read_only {
            Some(Unfit::ReadOnly)
        } else if drive.room.is_some_and(|room| room < LEAST_ROOM) {
            Some(Unfit::Full)
        } else {
            None
        };
        Place {
            // Another stick at the same letter is another place.
            id: self.id_of(&drive.path, &drive.label),
            kind: PlaceKind::Drive,
            label: drive.label.clone(),
            path: drive.path.display().to_string(),
            room: drive.room.map(words::room).unwrap_or_default(),
            refused: refused.map(|why| unfit(why).into()),
        }
    }

    fn chosen_place(&mut self, folder: &Path) -> Place {
        let name = folder.file_name().unwrap_or(folder.as_os_str()).to_string_lossy().into_owned();
        self.folder_place(folder, PlaceKind::Chosen, name)
    }

    fn folder_place(&mut self, folder: &Path, kind: PlaceKind, label: String) -> Place {
        let refused = if !folder.is_dir() {
            Some(Unfit::Missing)
        } else if !writable(folder) {
            Some(Unfit::ReadOnly)
        } else {
            None
        };
        Place {
            id: self.id_of(folder, ""),
            kind,
            label,
            path: folder.display().to_string(),
            room: String::new(),
            refused: refused.map(|why| unfit(why).into()),
        }
    }

    fn id_of(&mut self, path: &Path, name: &str) -> u32 {
        number(
            &mut self.folders,
            |(known, of)| known == path && of == name,
            || (path.to_owned(), name.to_owned()),
        )
    }
}

/// Returns the number of what is known already, or adds it.
fn number<T>(known: &mut Vec<T>, is: impl FnMut(&T) -> bool, make: impl FnOnce() -> T) -> u32 {
    let at = known.iter().position(is).unwrap_or_else(|| {
        known.push(make());
        known.len() - 1
    });
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(unix)]
fn writable(folder: &Path) -> bool {
    rustix::fs::access(folder, rustix::fs::Access::WRITE_OK).is_ok()
}

/// Windows marks folders read-only for reasons of its own; only writing tells.
#[cfg(not(unix))]
fn writable(_: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests;
