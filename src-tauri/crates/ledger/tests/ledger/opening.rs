//! What is opened, what is refused, and that refusing leaves a file as it was.

use std::fs;
use std::path::Path;

use ledger::audit::Deed;
use ledger::identity::{Identity, Role};
use ledger::{Error, Ledger};
use rusqlite::Connection;
use rusqlite::config::DbConfig;

use crate::samples::{accept, amount, filled, fresh, now, path};

#[test]
fn a_new_ledger_is_one_file_and_opens_again() {
    let (folder, ledger) = fresh();
    ledger.check().unwrap();
    drop(ledger);
    Ledger::open(&path(&folder)).unwrap().check().unwrap();
    assert_eq!(names(folder.path()), ["ledger.db"]);
}

#[test]
fn nothing_is_overwritten_and_nothing_appears_by_itself() {
    let (folder, mut ledger) = fresh();
    ledger.write(|tx| tx.set_identity(&hub())).unwrap();
    let backup = folder.path().join("backup.db");
    ledger.backup_to(&backup).unwrap();
    drop(ledger);
    let taken = path(&folder);
    let before = fs::read(&taken).unwrap();
    let other = Ledger::open(&backup).unwrap();
    for refused in [
        Ledger::create(&taken).map(drop),
        other.backup_to(&taken),
        Ledger::restore(&backup, &taken, now()).map(drop),
    ] {
        assert!(matches!(refused, Err(Error::Exists(found)) if found == taken));
        assert!(fs::read(&taken).unwrap() == before);
    }
    let missing = folder.path().join("missing.db");
    assert!(matches!(Ledger::open(&missing), Err(Error::Missing(_))));
    assert!(!missing.exists());
}

fn names(folder: &Path) -> Vec<String> {
    let name = |entry: std::io::Result<fs::DirEntry>| entry.unwrap().file_name().into_string().unwrap();
    let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(name).collect();
    names.sort();
    names
}

/// Opens a file, expects a refusal and an unchanged file, and returns the refusal.
fn refused(path: &Path) -> Error {
    let (before, beside) = (fs::read(path).unwrap(), names(path.parent().unwrap()));
    let error = Ledger::open(path).unwrap_err();
    assert!(fs::read(path).unwrap() == before, "the file was changed; {error}");
    assert_eq!(names(path.parent().unwrap()), beside, "files appeared; {error}");
    error
}

#[test]
fn a_newer_ledger_is_refused_untouched() {
    let (folder, ledger) = fresh();
    drop(ledger);
    Connection::open(path(&folder)).unwrap().pragma_update(None, "user_version", 99).unwrap();
    assert!(matches!(refused(&path(&folder)), Error::Newer { found: 99, supported: 3 }));
}

#[test]
fn a_newer_ledger_whose_log_was_not_folded_in_is_refused_untouched() {
    let (folder, ledger) = fresh();
    drop(ledger);
    let db = Connection::open(path(&folder)).unwrap();
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).unwrap();
    db.pragma_update(None, "user_version", 99).unwrap();
    drop(db);
    let log = folder.path().join("ledger.db-wal");
    let before = fs::read(&log).unwrap();
    assert!(!before.is_empty());
    assert!(matches!(refused(&path(&folder)), Error::Newer { found: 99, .. }));
    assert!(fs::read(&log).unwrap() == before);
}

#[test]
fn a_database_of_another_application_is_refused_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("other.db");
    Connection::open(&path).unwrap().execute_batch("CREATE TABLE t (a)").unwrap();
    assert!(matches!(refused(&path), Error::Foreign { found: 0 }));
    Connection::open(&path).unwrap().pragma_update(None, "application_id", 42).unwrap();
    assert!(matches!(refused(&path), Error::Foreign { found: 42 }));
}

#[test]
fn what_is_no_database_is_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("text.db");
    for content in [&b""[..], b"SQLite format 3\0", b"no database at all, but long enough to hold a header.."]
    {
        fs::write(&path, content).unwrap();
        assert!(matches!(refused(&path), Error::Damaged(_)));
    }
}

#[test]
fn every_damaged_page_is_found_at_start() {
    let (folder, mut ledger) = fresh();
    ledger
        .write(|tx| {
            for n in 0..40 {
                accept(
                    tx,
                    n,
                    &filled(&format!("u{n:02}"), "2024-03", &[("a", amount("1")), ("b", amount("2"))]),
                )?;
            }
            Ok::<_, Error>(())
        })
        .unwrap();
    drop(ledger);
    let path = path(&folder);
    let whole = fs::read(&path).unwrap();
    assert!(whole.len() > 40 * 4096);
    for page in 0..whole.len() / 4096 {
        let mut bytes = whole.clone();
        bytes[page * 4096..(page + 1) * 4096].fill(0x5a);
        fs::write(&path, &bytes).unwrap();
        assert!(matches!(refused(&path), Error::Damaged(_)), "page {}", page + 1);
    }
    fs::write(&path, &whole[..whole.len() - 4096]).unwrap();
    assert!(matches!(refused(&path), Error::Damaged(_)), "cut short");
    fs::write(&path, &whole).unwrap();
    Ledger::open(&path).unwrap().check().unwrap();
}

#[test]
fn a_large_ledger_opens_unread_and_is_looked_through_later() {
    let (folder, mut ledger) = fresh();
    let deed = Deed {
        at: now(),
        who: String::new(),
        verb: "note".to_owned(),
        subject: String::new(),
        detail: "x".repeat(1 << 20),
    };
    ledger.write(|tx| (0..33).try_for_each(|_| tx.record(&deed))).unwrap();
    drop(ledger);
    let path = path(&folder);
    let open = Ledger::open(&path).unwrap();
    Ledger::look_through(&path).unwrap();
    drop(open);
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 4096 / 2;
    bytes[middle * 4096..(middle + 1) * 4096].fill(0x5a);
    fs::write(&path, &bytes).unwrap();
    let open = Ledger::open(&path).unwrap();
    assert!(matches!(Ledger::look_through(&path), Err(Error::Damaged(_))));
    drop(open);
    assert!(fs::read(&path).unwrap() == bytes, "the file was changed");
}

fn hub() -> Identity {
    Identity {
        role: Role::Hub,
        hub: "h".parse().unwrap(),
        hub_name: "区统计局".to_owned(),
        plan: None,
        office: None,
        own_keys: [1; 97],
        hub_keys: None,
        restored_at: None,
    }
}

#[test]
fn a_backup_holds_everything_and_says_that_it_was_restored() {
    let (folder, mut ledger) = fresh();
    ledger
        .write(|tx| {
            tx.set_identity(&hub())?;
            accept(tx, 1, &filled("u01", "2024-03", &[("a", amount("1"))]))
        })
        .unwrap();
    let (backup, again) = (folder.path().join("backup.db"), folder.path().join("again.db"));
    ledger.backup_to(&backup).unwrap();
    let bytes = fs::read(&backup).unwrap();
    ledger.write(|tx| tx.set_setting("later", Some("1"))).unwrap();

    let restored = Ledger::restore(&backup, &again, now()).unwrap();
    restored.check().unwrap();
    let (identity, settings, returns) = restored
        .read(|tx| {
            Ok::<_, Error>((tx.identity()?, tx.settings()?, tx.counted_returns("2024-03".parse().unwrap())?))
        })
        .unwrap();
    assert_eq!(identity, Some(Identity { restored_at: Some(now()), ..hub() }));
    assert!(settings.is_empty());
    assert_eq!(returns.len(), 1);
    assert!(fs::read(&backup).unwrap() == bytes, "the backup stays as it is");
    assert!(matches!(Ledger::restore(&backup, &again, now()), Err(Error::Exists(_))));
    // Opened as it is, a backup is an ordinary ledger without the mark.
    assert_eq!(Ledger::open(&backup).unwrap().read(|tx| tx.identity()).unwrap(), Some(hub()));
}

#[test]
fn a_damaged_backup_is_not_restored() {
    let (folder, mut ledger) = fresh();
    ledger.write(|tx| tx.set_identity(&hub())).unwrap();
    let (backup, again) = (folder.path().join("backup.db"), folder.path().join("again.db"));
    ledger.backup_to(&backup).unwrap();
    let mut bytes = fs::read(&backup).unwrap();
    bytes[5 * 4096..6 * 4096].fill(0x5a);
    fs::write(&backup, bytes).unwrap();
    assert!(matches!(Ledger::restore(&backup, &again, now()), Err(Error::Damaged(_))));
    assert!(!again.exists());
}

#[test]
fn a_ledger_put_aside_takes_its_log_along() {
    let (folder, mut ledger) = fresh();
    ledger.write(|tx| tx.set_identity(&hub())).unwrap();
    let (backup, aside) = (folder.path().join("backup.db"), folder.path().join("aside.db"));
    ledger.backup_to(&backup).unwrap();
    drop(ledger);
    let path = path(&folder);
    let db = Connection::open(&path).unwrap();
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).unwrap();
    db.execute("UPDATE identity SET hub_name = 'only in the log'", []).unwrap();
    drop(db);

    fs::rename(&path, &aside).unwrap();
    let log = folder.path().join("ledger.db-wal");
    assert!(matches!(Ledger::restore(&backup, &path, now()), Err(Error::Exists(found)) if found == log));
    assert!(!path.exists());
    fs::rename(&aside, &path).unwrap();

    let taken = Ledger::put_aside(&path, &backup);
    assert!(matches!(taken, Err(Error::Exists(found)) if found == backup));
    assert!(log.exists(), "nothing was moved");
    Ledger::put_aside(&path, &aside).unwrap();
    assert_eq!(names(folder.path()).iter().filter(|name| name.starts_with("ledger.db")).count(), 0);
    let restored = Ledger::restore(&backup, &path, now()).unwrap();
    assert_eq!(restored.read(|tx| tx.identity()).unwrap().unwrap().hub_name, hub().hub_name);
    drop(restored);
    assert!(matches!(Ledger::put_aside(&path, &aside), Err(Error::Exists(_))));
    let put_aside = Ledger::open(&aside).unwrap().read(|tx| tx.identity()).unwrap().unwrap();
    assert_eq!(put_aside.hub_name, "only in the log");
    assert!(matches!(Ledger::put_aside(&folder.path().join("none"), &aside), Err(Error::Missing(_))));
}
