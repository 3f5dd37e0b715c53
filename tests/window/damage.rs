//! A ledger that is damaged, or newer than the application: found, said plainly, kept, and where that helps restored.

use std::fs;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use app::restore_here::restore_here;
use app::{Home, World};
use chrono::DateTime;
use ledger::Ledger;
use ledger::audit::Deed;

use crate::harness::{Desk, Window, stage};

const PAGE: usize = 4096;

/// What damage looks like to whoever opens the application.
fn says_that_it_is_damaged(window: &Window<'_>, picture: &str) {
    window.sees("台账没有打开");
    window.sees("台账文件损坏，没有动它");
    window.sees("请从备份恢复，损坏的文件会留着");
    window.is_fit_to_be_seen(picture);
}

/// Restores a backup as the button beside the bad news does, and returns where the damaged ledger was put.
fn restores(window: Window<'_>, backup: &Path) -> PathBuf {
    assert!(window.enabled("button", "从备份恢复…"));
    assert_eq!(window.complaints(), Vec::<String>::new());
    let desk = window.desk;
    drop(window);
    let aside = restore_here(backup, &desk.data().join("setup"), &desk.home(), World::real()).unwrap();
    let window = desk.open();
    window.sees("台账是从备份恢复的");
    window.go("填报");
    window.line_says("新增进出口实绩企业", "落后");
    assert_eq!(window.complaints(), Vec::<String>::new());
    aside.unwrap().join("ledger.db")
}

#[test]
fn a_damaged_page_is_found_at_the_start_and_a_backup_brought_back() {
    let desk = Desk::new();
    stage::office_at_work(&desk);
    let backup = stage::home(&desk).back_up(&desk.stick()).unwrap();
    let path = desk.home().join("ledger.db");
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / PAGE / 2;
    bytes[middle * PAGE..(middle + 1) * PAGE].fill(0x5a);
    fs::write(&path, &bytes).unwrap();

    let window = desk.open();
    says_that_it_is_damaged(&window, "trouble-damaged");
    window.click("button", "再试一次");
    window.sees("台账文件损坏，没有动它");
    assert!(fs::read(&path).unwrap() == bytes, "the damaged file was touched");
    let kept = restores(window, &backup);
    assert!(fs::read(kept).unwrap() == bytes, "the damaged file was not kept");
}

#[test]
fn damage_in_a_ledger_too_large_to_be_read_at_once_is_found_as_well() {
    let desk = Desk::new();
    stage::office_at_work(&desk);
    let backup = stage::home(&desk).back_up(&desk.stick()).unwrap();
    let path = desk.home().join("ledger.db");
    // A trail as long as that of many years, which no screen reads as a whole.
    let deed = Deed {
        at: DateTime::UNIX_EPOCH,
        who: String::new(),
        verb: "note".to_owned(),
        subject: String::new(),
        detail: "x".repeat(1 << 20),
    };
    let mut ledger = Ledger::open(&path).unwrap();
    ledger.write(|tx| (0..40).try_for_each(|_| tx.record(&deed))).unwrap();
    drop(ledger);
    let size = fs::metadata(&path).unwrap().len();
    assert!(size > 40 << 20);
    let window = desk.open();
    window.sees("泊里镇");
    window.go("填报");
    drop(window);
    let file = fs::File::options().write(true).open(&path).unwrap();
    file.write_all_at(&[0x5a; PAGE], (size / 2).next_multiple_of(PAGE as u64)).unwrap();
    drop(file);
    assert!(Home::open(&desk.home(), World::real()).is_ok(), "it is found where somebody waits for it");

    let window = desk.open();
    says_that_it_is_damaged(&window, "trouble-damaged-later");
    window.click("button", "再试一次");
    window.sees("台账文件损坏，没有动它");
    let kept = restores(window, &backup);
    assert_eq!(fs::metadata(kept).unwrap().len(), size, "the damaged file was not kept");
}

#[test]
fn a_newer_ledger_is_refused_and_left_alone() {
    let desk = Desk::new();
    stage::office_at_work(&desk);
    let path = desk.home().join("ledger.db");
    let file = fs::File::options().write(true).open(&path).unwrap();
    // The schema's version, as SQLite keeps it in the head of its file.
    file.write_all_at(&99_u32.to_be_bytes(), 60).unwrap();
    drop(file);
    let files = || {
        let entries = fs::read_dir(desk.home()).unwrap().map(|entry| entry.unwrap().path());
        let mut files: Vec<_> = entries.filter(|path| path.is_file()).collect();
        files.sort();
        files.into_iter().map(|path| (fs::read(&path).unwrap(), path)).collect::<Vec<_>>()
    };
    let before = files();
    let window = desk.open();
    window.sees("台账没有打开");
    window.sees("台账是更新的程序写的（第 99 版");
    window.sees("请安装新版程序");
    window.is_fit_to_be_seen("trouble-newer");
    // A backup does not help here, and would put an older ledger in the place of a newer one.
    assert!(window.find("button", "从备份恢复").is_none());
    window.click("button", "再试一次");
    window.sees("请安装新版程序");
    assert_eq!(window.complaints(), Vec::<String>::new());
    drop(window);
    assert!(files() == before, "the newer ledger was touched");
}
