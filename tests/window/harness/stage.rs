//! Homes for the window to open.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use app::demo::office;
use tempfile::TempDir;

use super::Desk;

/// The passphrase of everybody in the demonstration.
pub use app::demo::run::PASSPHRASE;

/// Puts the demonstration's office on the desk as its ordinary home, and what waits for it on the stick.
///
/// Returns the folder of its hub's home.
pub fn office_at_work(desk: &Desk) -> PathBuf {
    static MADE: OnceLock<TempDir> = OnceLock::new();
    let made = MADE.get_or_init(|| {
        let root = TempDir::new().unwrap();
        office::prepare(root.path(), &mut |_, _| true).unwrap();
        root
    });
    let root = made.path();
    copy(&root.join("填报单位").join(office::OFFICE), &desk.home());
    copy(&office::exchange(root), &desk.stick());
    copy(&root.join("汇总单位"), &desk.at("hub"));
    desk.at("hub")
}

/// Copies a folder with everything in it.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
