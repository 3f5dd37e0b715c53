//! Homes for the window to open.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use app::demo::{hub, office};
use app::init_office::{Introduction, init_office};
use app::screens::entry::{EntrySheet, Row};
use app::{Home, Period, World};
use tempfile::TempDir;

use super::Desk;

/// The office of the demonstration, and the passphrase of everybody in it.
pub use app::demo::{office::OFFICE, run::PASSPHRASE};

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

/// Puts the demonstration of a hub where the window looks for it; `继续演示汇总单位` opens it, on the day that it always is.
pub fn hub_demonstration(desk: &Desk) {
    static MADE: OnceLock<TempDir> = OnceLock::new();
    let made = MADE.get_or_init(|| {
        let root = TempDir::new().unwrap();
        hub::prepare(root.path(), &mut |_, _| true).unwrap();
        root
    });
    copy(made.path(), &desk.data().join("demo-hub"));
}

/// Puts an office on the desk that has taken in the demonstration's plan and has not filled in anything yet.
pub fn office_at_its_start(desk: &Desk) -> PathBuf {
    let hub = office_at_work(desk);
    fs::remove_dir_all(desk.home()).unwrap();
    let mut home = Home::open(&hub, World::real()).unwrap();
    let plan = home.issue_plan(PASSPHRASE, &desk.at("plan")).unwrap().delivered.path;
    let digits = home.show_key().unwrap().fingerprint;
    let introduction = Introduction { office: office::OFFICE, contact: "王五", telephone: "0532-0000" };
    init_office(&desk.home(), &plan, &introduction, &digits, PASSPHRASE, World::real()).unwrap();
    hub
}

/// Opens the home that the window worked in, as the command line would.
pub fn home(desk: &Desk) -> Home {
    Home::open(&desk.home(), World::real()).unwrap()
}

/// Reads what lies on the disk of a period.
pub fn sheet(desk: &Desk, month: &str) -> EntrySheet {
    home(desk).entry_sheet(period(month)).unwrap()
}

/// Reads what lies on the disk of a target.
pub fn row(desk: &Desk, month: &str, target: &str) -> Row {
    let rows = sheet(desk, month).groups.into_iter().flat_map(|group| group.rows);
    rows.into_iter().find(|row| row.target == target).unwrap()
}

/// Reads what stands in a target's first box on the disk.
pub fn figure(desk: &Desk, month: &str, target: &str) -> String {
    row(desk, month, target).boxes[0].text.clone()
}

/// Reads a period.
pub fn period(text: &str) -> Period {
    text.parse().unwrap()
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
