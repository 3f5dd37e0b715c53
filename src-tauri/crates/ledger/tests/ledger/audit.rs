//! The audit trail takes additions and nothing else.

use ledger::audit::Deed;
use ledger::{Error, Ledger};
use rusqlite::Connection;

use crate::samples::{fresh, now, path};

fn deed(verb: &str) -> Deed {
    Deed {
        at: now(),
        who: "王五".to_owned(),
        verb: verb.to_owned(),
        subject: "2024-03".to_owned(),
        detail: "<script>".to_owned(),
    }
}

#[test]
fn the_newest_deed_comes_first_page_by_page() {
    let (_folder, mut ledger) = fresh();
    let verbs = ["receive", "lock", "unlock", "lock"];
    ledger.write(|tx| verbs.iter().try_for_each(|verb| tx.record(&deed(verb)))).unwrap();
    let first = ledger.read(|tx| tx.deeds(None, 3)).unwrap();
    let second = ledger.read(|tx| tx.deeds(Some(first[2].id), 3)).unwrap();
    let read: Vec<_> = first.iter().chain(&second).map(|found| found.deed.clone()).collect();
    assert_eq!(read, verbs.iter().rev().map(|verb| deed(verb)).collect::<Vec<_>>());
}

#[test]
fn it_can_be_neither_changed_nor_shortened() {
    let (folder, mut ledger) = fresh();
    ledger.write(|tx| tx.record(&deed("lock"))).unwrap();
    // A connection without any of our settings: the guard is in the file.
    let db = Connection::open(path(&folder)).unwrap();
    for statement in [
        "UPDATE audit SET who = 'nobody'",
        "DELETE FROM audit",
        "REPLACE INTO audit VALUES (1, '', '', '', '', '')",
        "INSERT INTO audit VALUES (1, '', '', '', '', '') ON CONFLICT DO UPDATE SET who = 'nobody'",
    ] {
        let refused = db.execute(statement, []).unwrap_err();
        assert!(refused.to_string().contains("append-only"), "{statement}: {refused}");
    }
    drop(db);
    let found = Ledger::open(&path(&folder)).unwrap().read(|tx| tx.deeds(None, 9)).unwrap();
    assert_eq!(found.into_iter().map(|f| f.deed).collect::<Vec<_>>(), [deed("lock")]);
    assert!(matches!(ledger.write(|tx| tx.record(&deed("again"))), Ok::<_, Error>(())));
}
