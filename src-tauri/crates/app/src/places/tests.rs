//! Places on folders of the test's own.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, Utc};

use super::*;

struct Day(&'static str);

impl Clock for Day {
    fn now(&self) -> DateTime<Utc> {
        self.today().and_time(chrono::NaiveTime::MIN).and_utc()
    }

    fn today(&self) -> NaiveDate {
        self.0.parse().unwrap()
    }
}

const DAY: Day = Day("2024-07-02");

fn stick(path: &Path) -> Drive {
    Drive {
        path: path.to_owned(), label: "优盘 甲".to_owned(), room: Some(12_300_000_000), read_only: false
    }
}

fn put(path: PathBuf) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, b"x").unwrap();
}

fn names(found: &[FoundBundle]) -> Vec<(&str, &str)> {
    let mut names: Vec<_> = found.iter().map(|one| (one.folder.as_str(), one.file.as_str())).collect();
    names.sort_unstable();
    names
}

#[test]
fn a_drive_is_shown_with_its_room_and_a_folder_with_its_name() {
    let dir = tempfile::tempdir().unwrap();
    let mut places = Places::default();
    let chosen = places.choose(dir.path());
    assert_eq!(chosen.kind, PlaceKind::Chosen);
    assert_eq!(chosen.refused, None);
    let exchange = dir.path().join("交换");
    fs::create_dir(&exchange).unwrap();
    let list = places.list(&[stick(Path::new("E:"))], Some(Exchange { folder: &exchange, demo: false }));
    let shown: Vec<_> = list.iter().map(|it| (it.label.as_str(), it.room.as_str())).collect();
    let own = dir.path().file_name().unwrap().to_string_lossy();
    assert_eq!(shown, [("优盘 甲", "剩 12.3 GB"), ("交换文件夹", ""), (&*own, "")]);
    assert_eq!(places.folder(list[0].id), Some(Path::new("E:")));
    assert_eq!(places.folder(list[1].id), Some(exchange.as_path()));
    assert_eq!(list[2].id, chosen.id);
}

#[test]
fn a_place_keeps_its_number_and_another_stick_gets_another() {
    let mut places = Places::default();
    let first = places.list(&[stick(Path::new("E:"))], None)[0].id;
    assert!(places.list(&[], None).is_empty());
    assert_eq!(places.list(&[stick(Path::new("E:"))], None)[0].id, first);
    let other = Drive { label: "优盘 乙".to_owned(), ..stick(Path::new("E:")) };
    assert_ne!(places.list(&[other], None)[0].id, first);
    assert_eq!(places.folder(99), None);
    assert_eq!(places.file(0), None);
}

#[test]
fn what_was_pulled_out_is_not_written_to() {
    let (mount, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let drive = stick(mount.path());
    let mut places = Places::default();
    let plugged_in = places.list(std::slice::from_ref(&drive), None)[0].id;
    let chosen = places.choose(folder.path()).id;
    assert_eq!(places.present(plugged_in, std::slice::from_ref(&drive)), Some(mount.path()));
    // The folder where it hung stays, and so may another stick be there.
    assert_eq!(places.present(plugged_in, &[]), None);
    let other = Drive { label: "优盘 乙".to_owned(), ..drive };
    assert_eq!(places.present(plugged_in, &[other]), None);
    assert_eq!(places.present(chosen, &[]), Some(folder.path()));
    drop(folder);
    assert_eq!(places.present(chosen, &[]), None);
    assert_eq!(places.present(99, &[]), None);
}

#[test]
fn a_place_says_why_it_cannot_be_written_to() {
    let mut places = Places::default();
    let drives = [
        Drive { read_only: true, ..stick(Path::new("D:")) },
        Drive { room: Some(999_999), ..stick(Path::new("E:")) },
        Drive { room: None, ..stick(Path::new("F:")) },
    ];
    let missing = Path::new("/不在这里/交换");
    let list = places.list(&drives, Some(Exchange { folder: missing, demo: false }));
    let why = |at: usize| list[at].refused.as_ref().map(|why| why.code.as_str());
    assert_eq!(
        [why(0), why(1), why(2), why(3)],
        [Some("place_read_only"), Some("place_full"), None, Some("place_missing")]
    );
}

#[test]
fn a_folder_that_is_listed_otherwise_is_not_listed_twice() {
    let dir = tempfile::tempdir().unwrap();
    let mut places = Places::default();
    places.choose(dir.path());
    let list = places.list(&[], Some(Exchange { folder: dir.path(), demo: true }));
    assert_eq!(list.iter().map(|it| it.label.as_str()).collect::<Vec<_>>(), ["交换文件夹（演示）"]);
}

#[test]
fn bundles_are_found_at_the_root_and_two_folders_down() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path();
    for name in [
        "下达-区-2024-v1-0001.tzb",
        "改过名.TZB",
        "一/回执-王台街道-0001.tzb",
        "一/二/下达-区-2024-v2-0002.tzb",
        "一/二/三/太深.tzb",
        ".Trash/下达-旧.tzb",
        "上报-王台街道-2024-03-0001.tzb",
        "注册-王台街道.tzb",
        "报表.xlsx",
        "._下达-区-2024-v1-0001.tzb",
    ] {
        put(root.join(name));
    }
    let mut places = Places::default();
    let listed = [places.choose(root)];
    let two = Path::new("一").join("二").to_string_lossy().into_owned();
    assert_eq!(
        names(&places.found(&listed, Wanted::Plan, &DAY)),
        [("", "下达-区-2024-v1-0001.tzb"), ("", "改过名.TZB"), (&two, "下达-区-2024-v2-0002.tzb"),]
    );
    assert_eq!(
        names(&places.found(&listed, Wanted::Receipt, &DAY)),
        [("", "改过名.TZB"), ("一", "回执-王台街道-0001.tzb")]
    );
    assert_eq!(
        names(&places.found(&listed, Wanted::Enrolment, &DAY)),
        [("", "改过名.TZB"), ("", "注册-王台街道.tzb")]
    );
    let all = places.found(&listed, Wanted::Any, &DAY);
    assert_eq!(all.len(), 6);
    for one in &all {
        let path = places.file(one.id).unwrap();
        assert_eq!(path.file_name().unwrap().to_string_lossy(), one.file);
        assert_eq!(one.size, "1 字节");
        assert_eq!(one.place, listed[0].id);
    }
}

#[cfg(unix)]
#[test]
fn links_lead_nowhere() {
    let (dir, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    put(outside.path().join("下达-外面.tzb"));
    std::os::unix::fs::symlink(outside.path(), dir.path().join("文件夹")).unwrap();
    std::os::unix::fs::symlink(outside.path().join("下达-外面.tzb"), dir.path().join("下达-里面.tzb"))
        .unwrap();
    let mut places = Places::default();
    let listed = [places.choose(dir.path())];
    assert!(places.found(&listed, Wanted::Any, &DAY).is_empty());
}

#[test]
fn the_newest_file_comes_first_and_says_when_it_was_written() {
    let dir = tempfile::tempdir().unwrap();
    for (name, day) in [("旧.tzb", "2023-12-31"), ("新.tzb", "2024-07-02"), ("中.tzb", "2024-01-05")] {
        put(dir.path().join(name));
        let noon = day.parse::<NaiveDate>().unwrap().and_hms_opt(10, 42, 0).unwrap();
        let at = noon.and_local_timezone(chrono::Local).unwrap();
        fs::File::options().write(true).open(dir.path().join(name)).unwrap().set_modified(at.into()).unwrap();
    }
    let mut places = Places::default();
    let listed = [places.choose(dir.path())];
    let found = places.found(&listed, Wanted::Any, &DAY);
    let shown: Vec<_> = found.iter().map(|it| (it.file.as_str(), it.modified.as_str())).collect();
    assert_eq!(
        shown,
        [("新.tzb", "7月2日 10:42"), ("中.tzb", "1月5日 10:42"), ("旧.tzb", "2023年12月31日 10:42")]
    );
}

#[test]
fn a_crowded_place_is_not_read_for_ever() {
    let dir = tempfile::tempdir().unwrap();
    for at in 0..250 {
        put(dir.path().join(format!("{at}.tzb")));
    }
    let mut places = Places::default();
    let listed = [places.choose(dir.path())];
    assert_eq!(places.found(&listed, Wanted::Any, &DAY).len(), 200);
}
