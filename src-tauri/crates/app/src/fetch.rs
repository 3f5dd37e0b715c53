//! Collecting bundles from a drive or folder: only plain files, staged before they are looked at.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use bundle::limits::Limits;
use bundle::rejection::Rejection;
use bundle::stage::Staged;

use crate::{Error, Result};

/// Something named like a bundle that is none, and is passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Skipped {
    /// A link; what it points at is not what the drive holds.
    Link,
    /// A folder, pipe or device.
    NotAFile,
    /// A file of no bytes.
    Empty,
    /// It cannot be opened.
    Unreadable,
}

/// A file named to be received, or found in a folder named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub path: PathBuf,
    pub skipped: Option<Skipped>,
}

/// Lists the bundles among paths: files as named, of folders every `.tzb` directly in them, by name.
pub(crate) fn find(paths: &[PathBuf]) -> Result<Vec<Found>> {
    let mut found = Vec::new();
    for path in paths {
        // A folder that the person named may well be reached by a link; what lies in it may not.
        let metadata = fs::metadata(path).map_err(Error::io(path))?;
        if !metadata.is_dir() {
            found.push(look(path.clone()));
            continue;
        }
        let mut names: Vec<PathBuf> = Vec::new();
        for entry in fs::read_dir(path).map_err(Error::io(path))? {
            let path = entry.map_err(Error::io(path))?.path();
            if path.extension().is_some_and(|e| e.eq_ignore_ascii_case("tzb")) {
                names.push(path);
            }
        }
        names.sort();
        found.extend(names.into_iter().map(look));
    }
    Ok(found)
}

fn look(path: PathBuf) -> Found {
    let skipped = match fs::symlink_metadata(&path) {
        Err(_) => Some(Skipped::Unreadable),
        Ok(it) if it.file_type().is_symlink() => Some(Skipped::Link),
        // Opening a pipe would wait for its other end for ever.
        Ok(it) if !it.is_file() => Some(Skipped::NotAFile),
        Ok(it) if it.len() == 0 => Some(Skipped::Empty),
        Ok(_) => None,
    };
    Found { path, skipped }
}

/// Takes a private copy of a file.
pub(crate) fn stage(path: &Path, limits: &Limits, scratch: &Path) -> Result<Staged, Rejection> {
    Staged::copy_of(File::open(path)?, limits, scratch)
}

/// Returns what people call the file.
pub(crate) fn label(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
