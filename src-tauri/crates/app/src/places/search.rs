//! Finding bundles in a place, by their names alone: what they are, only verifying tells.

use std::collections::VecDeque;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// How many folders below the root are looked into.
const DEPTH: u32 = 2;
/// How many entries of a place are looked at; a stick with a photo collection must not hold up the window.
const MOST_ENTRIES: usize = 5_000;
/// How many bundles of a place are shown.
const MOST_FOUND: usize = 200;

/// Beginnings of the names that the application gives to its files.
const PLAN: &str = "下达-";
const RECEIPT: &str = "回执-";
const ENROLMENT: &str = "注册-";
const PROGRESS: &str = "上报-";

/// What is looked for. A file with a name of its own may be anything, so it is always among the finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Every bundle.
    Any,
    /// 下达包.
    Plan,
    /// 回执包.
    Receipt,
    /// 注册包.
    Enrolment,
}

impl Wanted {
    fn takes(self, name: &str) -> bool {
        let wanted = match self {
            Self::Any => return true,
            Self::Plan => PLAN,
            Self::Receipt => RECEIPT,
            Self::Enrolment => ENROLMENT,
        };
        let kinds = [PLAN, RECEIPT, ENROLMENT, PROGRESS];
        !kinds.iter().any(|prefix| *prefix != wanted && name.starts_with(prefix))
    }
}

/// A file named like a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct File {
    pub path: PathBuf,
    pub name: String,
    /// The folders between the place and the file.
    pub folder: String,
    pub modified: Option<SystemTime>,
    pub len: u64,
}

/// Lists the files named like bundles, newest first. Links lead nowhere, and what cannot be read is passed over.
pub(super) fn bundles(root: &Path, wanted: Wanted) -> Vec<File> {
    let mut found = Vec::new();
    let mut entries_left = MOST_ENTRIES;
    // Breadth first: what lies at the root is found whatever lies below.
    let mut folders = VecDeque::from([(root.to_owned(), 0)]);
    while let Some((folder, depth)) = folders.pop_front() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries {
            if entries_left == 0 {
                break;
            }
            entries_left -= 1;
            let Ok(entry) = entry else { break };
            let name = entry.file_name();
            let Ok(kind) = entry.file_type() else { continue };
            if kind.is_dir() && depth < DEPTH && !is_hidden(&name.to_string_lossy()) {
                folders.push_back((entry.path(), depth + 1));
            } else if kind.is_file()
                && let Some(file) = look(&entry, root, wanted)
            {
                found.push(file);
            }
        }
    }
    found.sort_by(|a, b| b.modified.cmp(&a.modified).then_with(|| a.path.cmp(&b.path)));
    found.truncate(MOST_FOUND);
    found
}

fn look(entry: &fs::DirEntry, root: &Path, wanted: Wanted) -> Option<File> {
    let path = entry.path();
    let name = entry.file_name().to_string_lossy().into_owned();
    let named = path.extension().is_some_and(|end| end.eq_ignore_ascii_case("tzb")) && wanted.takes(&name);
    if !named || is_hidden(&name) {
        return None;
    }
    let metadata = entry.metadata().ok()?;
    let folder = path.parent().and_then(|folder| folder.strip_prefix(root).ok());
    Some(File {
        folder: folder.map(|folder| model::names::reveal(&folder.to_string_lossy())).unwrap_or_default(),
        name: model::names::reveal(&name),
        modified: metadata.modified().ok(),
        len: metadata.len(),
        path,
    })
}

/// What desktops and systems keep on a drive for themselves.
fn is_hidden(name: &str) -> bool {
    name.starts_with('.') || name.starts_with('$') || name == "System Volume Information"
}
