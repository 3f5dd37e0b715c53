//! What needs the connection itself: a full disk and the settings of every connection.

use super::*;
use crate::identity::Role;

fn fresh_ledger() -> (tempfile::TempDir, Ledger) {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::create(&folder.path().join("ledger.db")).unwrap();
    (folder, ledger)
}

fn pragma(db: &Connection, name: &str) -> String {
    let value: rusqlite::types::Value = db.pragma_query_value(None, name, |row| row.get(0)).unwrap();
    match value {
        rusqlite::types::Value::Integer(n) => n.to_string(),
        rusqlite::types::Value::Text(text) => text,
        other => panic!("{name}: {other:?}"),
    }
}

#[test]
fn a_connection_is_set_for_safety() {
    let (_folder, ledger) = fresh_ledger();
    for (name, value) in [
        ("journal_mode", "wal"),
        ("synchronous", "2"),
        ("foreign_keys", "1"),
        ("trusted_schema", "0"),
        ("cell_size_check", "1"),
        ("recursive_triggers", "1"),
        ("application_id", "1415203911"),
        ("user_version", "3"),
    ] {
        assert_eq!(pragma(&ledger.db, name), value, "{name}");
    }
    let loose: u32 = ledger
        .db
        .query_row("SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND strict = 0 AND name NOT LIKE 'sqlite%'", [], |row| row.get(0))
        .unwrap();
    assert_eq!(loose, 0, "every table is strict");
}

#[test]
fn a_full_disk_leaves_nothing_half_done_and_the_retry_works() {
    let (_folder, mut ledger) = fresh_ledger();
    let pages: u32 = ledger.db.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
    let save = |ledger: &mut Ledger| {
        ledger.write(|tx| {
            tx.set_setting("first", Some("kept only together"))?;
            for n in 0..200 {
                tx.set_setting(&format!("key {n}"), Some(&"x".repeat(1000)))?;
            }
            Ok::<_, Error>(())
        })
    };
    for room in [0, 1, 5, 20, 49] {
        ledger.db.pragma_update(None, "max_page_count", pages + room).unwrap();
        assert!(matches!(save(&mut ledger), Err(Error::Full)), "room for {room} pages");
        assert_eq!(ledger.read(|tx| tx.settings()).unwrap().len(), 0, "room for {room} pages");
        ledger.check().unwrap();
    }
    ledger.db.pragma_update(None, "max_page_count", pages + 1000).unwrap();
    save(&mut ledger).unwrap();
    assert_eq!(ledger.read(|tx| tx.settings()).unwrap().len(), 201);
}

#[test]
fn what_no_version_wrote_is_an_error_and_not_a_guess() {
    let (_folder, ledger) = fresh_ledger();
    let insert =
        "INSERT INTO identity VALUES (1, 'hub', 'Not An Id', '', NULL, NULL, zeroblob(97), NULL, NULL)";
    ledger.db.execute(insert, []).unwrap();
    assert!(matches!(ledger.read(|tx| tx.identity()), Err(Error::Sqlite(_))));
    ledger.db.execute("UPDATE identity SET hub = 'h'", []).unwrap();
    assert_eq!(ledger.read(|tx| tx.identity()).unwrap().unwrap().role, Role::Hub);
}

#[test]
fn the_migrations_build_on_one_another() {
    migrations().validate().unwrap();
}

#[test]
fn a_stamp_stays_as_long_as_nothing_is_written_by_anyone() {
    let (folder, mut ledger) = fresh_ledger();
    let stamp = |ledger: &Ledger| ledger.read(|tx| tx.stamp()).unwrap();
    let set = |ledger: &mut Ledger, value: &str| {
        let written = |tx: &Tx<'_>| {
            tx.set_setting("key", Some(value))?;
            tx.stamp()
        };
        ledger.write(written).unwrap()
    };
    let first = stamp(&ledger);
    assert_eq!(stamp(&ledger), first);
    let within = set(&mut ledger, "one");
    assert_ne!(within, first);
    assert_eq!(stamp(&ledger), within, "taken inside a transaction it holds after the commit");
    let path = folder.path().join("ledger.db");
    let mut other = Ledger::open(&path).unwrap();
    assert_eq!(stamp(&ledger), within, "opening writes nothing");
    set(&mut other, "two");
    let after = stamp(&ledger);
    assert_ne!(after, within, "another connection wrote");
    assert_eq!(stamp(&ledger), after);
}
