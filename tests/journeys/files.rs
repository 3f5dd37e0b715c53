//! Rows 20 to 22, 24, 25 and 37 of the attacks: what lies on a stick, what is missing from it, and what a stick does while it is written.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;

use app::Error;
use bundle::limits::Limits;
use bundle::stage::Staged;
use testkit::plan::{COUNT, NAMES};
use testkit::program::{Said, program};
use testkit::stick::SmallStick;
use testkit::{District, PASSPHRASE, dump, period, sign_off};

#[test]
fn a_bundle_taken_off_the_stick_leaves_its_office_missing_by_name() {
    let mut district = District::new(3);
    for at in 0..3 {
        district.report(at, "2024-03", "10", "stick");
    }
    fs::remove_file(district.at("stick/上报-西街道-2024-03-0001.tzb")).unwrap();
    assert_eq!(district.receive(&district.at("stick")), ["accepted"; 2]);
    let status = district.hub.status(period("2024-03")).unwrap();
    let missing: Vec<_> = status.offices.iter().filter(|office| !office.reported).collect();
    let names: Vec<_> = missing.iter().map(|office| office.name.as_str()).collect();
    assert_eq!(names, [NAMES[1], "本级"]);
    assert_eq!(missing[0].telephone, "0532-0000", "whom to call");
    assert_eq!((status.owed, status.reported), (4, 2));
    let count = district.status("2024-03", COUNT);
    assert_eq!((count.reported, count.assigned, count.partial), (2, 3, true));
    assert!(count.explanation.contains("按 2/3 家汇总") && count.explanation.contains("未报齐"));
}

#[test]
fn what_is_no_file_is_passed_over_and_reported() {
    let mut district = District::new(1);
    let genuine = district.report(0, "2024-03", "10", "elsewhere").path;
    let stick = district.at("stick");
    fs::create_dir_all(&stick).unwrap();
    symlink(&genuine, stick.join("1-link.tzb")).unwrap();
    symlink("/nowhere", stick.join("2-dangling.tzb")).unwrap();
    fs::create_dir(stick.join("3-folder.tzb")).unwrap();
    fs::copy(&genuine, stick.join("3-folder.tzb/inside.tzb")).unwrap();
    assert!(Command::new("mkfifo").arg(stick.join("4-pipe.tzb")).status().unwrap().success());
    fs::write(stick.join("5-empty.tzb"), "").unwrap();
    fs::write(stick.join("6-text.tzb"), "不是数据包").unwrap();
    fs::write(stick.join("7-note.txt"), "not looked at").unwrap();
    fs::copy(&genuine, stick.join("8-REAL.TZB")).unwrap();
    let pipe = stick.join("4-pipe.tzb");
    let codes = district.receive(&stick);
    let expected = [
        "skipped_link",
        "skipped_link",
        "skipped_not_a_file",
        "skipped_not_a_file",
        "skipped_empty",
        "truncated",
        "accepted",
    ];
    let expected: Vec<_> = if codes.get(5) == Some(&"not_a_bundle") {
        expected.map(|code| if code == "truncated" { "not_a_bundle" } else { code }).to_vec()
    } else {
        expected.to_vec()
    };
    assert_eq!(codes, expected);
    // Named one by one they are told apart in the same way, and nothing waits for a pipe's other end.
    assert_eq!(district.receive(&pipe), ["skipped_not_a_file"]);
    let before = dump(district.offices[0].dir());
    assert_eq!(&district.receive_at(0, &stick)[..5], &expected[..5], "an office looks as closely");
    assert_eq!(dump(district.offices[0].dir()), before);
}

#[test]
fn an_unreadable_file_is_reported_and_the_others_are_taken() {
    let mut district = District::new(2);
    let closed = district.report(0, "2024-03", "10", "stick").path;
    district.report(1, "2024-03", "20", "stick");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    let stick = district.at("stick");
    let said = run_as_anybody(district.hub.dir(), &["--format", "json", "receive", stick.to_str().unwrap()]);
    let files: Vec<serde_json::Value> = serde_json::from_str(&said.out).expect(&said.err);
    let mut codes: Vec<_> = files.iter().map(|file| file["code"].as_str().unwrap()).collect();
    codes.sort_unstable();
    assert_eq!(codes, ["accepted", "unreadable"]);
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o644)).unwrap();
    assert_eq!(district.receive(&closed), ["accepted"]);
}

/// Runs the program as somebody who cannot read every file, whoever runs the tests.
fn run_as_anybody(home: &Path, args: &[&str]) -> Said {
    let mut command = if fs::metadata(home).unwrap().uid() == 0 {
        let mut command = Command::new("setpriv");
        command.args(["--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"]).arg(program());
        command
    } else {
        Command::new(program())
    };
    command.arg("--home").arg(home).args(args).env("TAIZHANG_PASSPHRASE", PASSPHRASE).output().unwrap().into()
}

#[test]
fn a_file_that_changes_after_it_was_staged_counts_as_it_was() {
    let mut district = District::new(1);
    let path = district.report(0, "2024-03", "10", "stick").path;
    let genuine = fs::read(&path).unwrap();
    let limits = Limits::default();
    // In memory, and on disk where it does not fit.
    for in_memory in [limits.in_memory, 512] {
        let limits = Limits { in_memory, ..limits.clone() };
        fs::write(&path, &genuine).unwrap();
        let staged = Staged::copy_of(fs::File::open(&path).unwrap(), &limits, &district.at("")).unwrap();
        fs::write(&path, vec![0; genuine.len()]).unwrap();
        let mut verified = staged.verify(&limits).unwrap();
        let mut kept = Vec::new();
        verified.copy_to(&mut kept).unwrap();
        assert_eq!(kept, genuine, "what was verified is what is kept");
    }
}

#[test]
fn a_file_that_changes_while_it_is_received_is_one_version_or_none() {
    let mut district = District::new(1);
    let first = district.report(0, "2024-03", "10", "1").path;
    let second = district.report(0, "2024-03", "12", "2").path;
    let (first, second) = (fs::read(first).unwrap(), fs::read(second).unwrap());
    let stick = district.at("stick");
    fs::create_dir_all(&stick).unwrap();
    let path = stick.join("a.tzb");
    fs::write(&path, &first).unwrap();
    let done = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(std::sync::atomic::Ordering::Relaxed) {
                fs::write(&path, &second).unwrap();
                fs::write(&path, &first).unwrap();
            }
        });
        for _ in 0..40 {
            district.receive(&stick);
        }
        done.store(true, std::sync::atomic::Ordering::Relaxed);
    });
    // Whatever was caught, what the archive holds is what was verified.
    let archive = district.hub.dir().join("archive");
    let folders = fs::read_dir(archive).unwrap().map(|folder| folder.unwrap().path());
    let folders = folders.filter(|folder| folder.file_name().is_some_and(|name| name.len() == 2));
    let mut kept = 0;
    for file in folders.flat_map(|folder| fs::read_dir(folder).unwrap()) {
        let path = file.unwrap().path();
        let examined = app::verify::examine(&path).unwrap();
        assert_eq!(Some(examined.file_digest.to_string().as_str()), path.file_stem().unwrap().to_str());
        kept += 1;
    }
    assert!(kept >= 2, "the plan and the enrolment at least");
}

#[test]
fn an_altered_file_is_rejected_and_kept_aside_and_its_original_still_welcome() {
    let mut district = District::new(1);
    let path = district.report(0, "2024-03", "10", "stick").path;
    let genuine = fs::read(&path).unwrap();
    let mut altered = genuine.clone();
    *altered.last_mut().unwrap() ^= 1;
    fs::write(&path, &altered).unwrap();
    let before = dump(district.hub.dir());
    assert_eq!(district.receive(&path), ["digest_mismatch"]);
    assert_eq!(dump(district.hub.dir()), before);
    assert_eq!(dump::set_aside(district.hub.dir()), 1);
    let aside = fs::read_dir(district.hub.dir().join("archive/set-aside")).unwrap().next().unwrap().unwrap();
    assert_eq!(fs::read(aside.path()).unwrap(), altered, "byte for byte, for inspection");
    fs::write(&path, &genuine).unwrap();
    assert_eq!(district.receive(&path), ["accepted"]);
}

#[test]
fn exporting_again_gives_the_same_bytes_until_somebody_signs_anew() {
    let mut district = District::new(1);
    let first = district.report(0, "2024-03", "10", "stick");
    let bytes = fs::read(&first.path).unwrap();
    district.clock.advance(3600);
    for folder in ["stick", "second-stick"] {
        let again = district.export(0, "2024-03", folder);
        assert!(again.again);
        assert_eq!((again.seq, again.digest), (first.seq, first.digest));
        assert_eq!(fs::read(&again.path).unwrap(), bytes);
    }
    assert_eq!(fs::read_dir(district.at("stick")).unwrap().count(), 1, "one file, not two");

    // Somebody else's file of the same name stays, and ours goes beside it.
    let taken = district.at("third-stick");
    fs::create_dir(&taken).unwrap();
    let name = first.path.file_name().unwrap();
    fs::write(taken.join(name), "别人的文件").unwrap();
    let beside = district.export(0, "2024-03", "third-stick");
    assert_ne!(beside.path.file_name(), Some(name));
    assert_eq!(fs::read(&beside.path).unwrap(), bytes);
    assert_eq!(fs::read_to_string(taken.join(name)).unwrap(), "别人的文件");

    // The same figures under another name are another sign-off.
    let sheet = district.offices[0].sheet(period("2024-03"), None).unwrap();
    let other = app::SignOff { issued_by: "丁".to_owned(), ..sign_off() };
    let to = district.at("stick");
    let anew = district.offices[0].export(&sheet, &other, PASSPHRASE, &to).unwrap();
    assert!(!anew.again);
    assert_eq!(anew.seq, 2);
}

#[test]
fn a_stick_that_cannot_be_written_costs_nothing() {
    let mut district = District::new(1);
    district.fill(0, "2024-03", "10");
    let sheet = district.offices[0].sheet(period("2024-03"), None).unwrap();
    // A file where the folder should be fails for every user, root included.
    let blocked = district.at("blocked");
    fs::write(&blocked, "").unwrap();
    let failed = district.offices[0].export(&sheet, &sign_off(), PASSPHRASE, &blocked.join("stick"));
    assert!(matches!(failed, Err(Error::Io { .. })), "{failed:?}");
    let sentence = app::words::sentence(&failed.unwrap_err());
    assert_eq!(sentence.code, "io");
    let retried = district.export(0, "2024-03", "stick");
    assert_eq!((retried.seq, retried.again), (1, true), "it was signed once, before it was copied");
    assert_eq!(district.receive(&retried.path), ["accepted"]);
}

#[test]
fn the_final_name_is_never_seen_on_a_file_that_is_still_being_written() {
    let mut district = District::new(1);
    district.fill(0, "2024-03", "10");
    let sheet = district.offices[0].sheet(period("2024-03"), None).unwrap();
    let scan = district.at("scan.pdf");
    fs::write(&scan, [b"%PDF-1.7 ".as_slice(), &vec![0x5a; 19_000_000]].concat()).unwrap();
    district.offices[0].attach(&sheet, COUNT, &scan).unwrap();
    let stick = district.at("stick");
    let path = stick.join("上报-东街道-2024-03-0001.tzb");
    let done = std::sync::atomic::AtomicBool::new(false);
    let seen = std::thread::scope(|scope| {
        let watcher = scope.spawn(|| {
            let mut lengths = std::collections::BTreeSet::new();
            while !done.load(std::sync::atomic::Ordering::Relaxed) {
                lengths.extend(fs::metadata(&path).map(|file| file.len()));
            }
            lengths
        });
        district.offices[0].export(&sheet, &sign_off(), PASSPHRASE, &stick).unwrap();
        done.store(true, std::sync::atomic::Ordering::Relaxed);
        watcher.join().unwrap()
    });
    let whole = fs::metadata(&path).unwrap().len();
    assert!(seen.iter().all(|length| *length == whole), "{seen:?} of {whole}");
}

#[test]
fn a_full_stick_never_holds_bad_bytes_under_the_final_name() {
    let Some(stick) = SmallStick::mount("64k") else { return };
    let mut district = District::new(1);
    district.fill(0, "2024-03", "10");
    let sheet = district.offices[0].sheet(period("2024-03"), None).unwrap();
    let scan = district.at("scan.pdf");
    // Evidence that does not compress, larger than the stick.
    let noise: Vec<u8> = (0..200_000u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    fs::write(&scan, [b"%PDF-1.7 ".as_slice(), &noise].concat()).unwrap();
    district.offices[0].attach(&sheet, COUNT, &scan).unwrap();
    let failed = district.offices[0].export(&sheet, &sign_off(), PASSPHRASE, stick.path());
    let sentence = app::words::sentence(&failed.unwrap_err());
    assert!(sentence.what.contains("空间满了"), "{}", sentence.what);
    assert_eq!(fs::read_dir(stick.path()).unwrap().count(), 0, "neither a final name nor a remainder");

    stick.remount("size=8m");
    let retried = district.offices[0].export(&sheet, &sign_off(), PASSPHRASE, stick.path()).unwrap();
    assert_eq!((retried.seq, retried.again), (1, true));
    assert_eq!(district.receive(&retried.path), ["accepted"]);

    stick.remount("ro");
    let other = district.offices[0].sheet(period("2024-04"), None).unwrap();
    district.fill(0, "2024-04", "12");
    let failed = district.offices[0].export(&other, &sign_off(), PASSPHRASE, stick.path());
    let sentence = app::words::sentence(&failed.unwrap_err());
    assert!(sentence.what.contains("写保护"), "{}", sentence.what);
    let again = district.offices[0].export(&sheet, &sign_off(), PASSPHRASE, stick.path()).unwrap();
    assert_eq!(again.path, retried.path, "what lies there already needs no writing");
    stick.remount("rw");
    assert_eq!(district.offices[0].export(&other, &sign_off(), PASSPHRASE, stick.path()).unwrap().seq, 2);
}

#[test]
fn a_full_disk_under_the_hub_costs_nothing_but_time() {
    let Some(disk) = SmallStick::mount("4m") else { return };
    let mut district = District::new(2);
    for at in 0..2 {
        district.report(at, "2024-03", "10", "stick");
    }
    let home = disk.path().join("hub");
    testkit::forge::clone_folder(district.hub.dir(), &home);
    district.hub = district.reopen(&home);
    let filler = disk.path().join("filler");
    let full = fs::write(&filler, vec![1; 8 << 20]);
    assert!(full.is_err());
    let before = dump_elsewhere(&home);
    let failed = district.hub.receive(&[district.at("stick")], None, &mut |_, _| true);
    let sentence = app::words::sentence(&failed.unwrap_err());
    assert!(["disk_full", "io"].contains(&sentence.code), "{sentence:?}");
    fs::remove_file(&filler).unwrap();
    assert_eq!(dump(&home), before, "nothing half-done");
    assert_eq!(district.receive(&district.at("stick")), ["accepted"; 2]);
}

/// Dumps a copy of a home, whose own disk has no room even for looking.
fn dump_elsewhere(home: &Path) -> String {
    let folder = tempfile::tempdir().unwrap();
    testkit::forge::clone_folder(home, folder.path());
    dump(folder.path())
}
