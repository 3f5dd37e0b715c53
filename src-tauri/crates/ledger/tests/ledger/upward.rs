//! What answers to the targets of a plan above is kept by that plan, and a ledger from before has room for it.

use ledger::Ledger;
use ledger::upward::UpperPlan;
use rusqlite::Connection;

use crate::samples::{day, fresh, office, path, target};

fn plan(id: &str, version: u32) -> UpperPlan {
    UpperPlan {
        hub: "h".parse().unwrap(),
        plan: id.parse().unwrap(),
        version,
        document: vec![1, 2, 3],
        office: (version > 1).then(|| office("u07")),
        taken_on: day("2024-04-03"),
    }
}

#[test]
fn answers_are_kept_by_the_plan_above() {
    let (_folder, mut ledger) = fresh();
    assert_eq!(ledger.read(|tx| tx.upper_plan()).unwrap(), None);
    let (this, next) = (plan("p", 1).plan, plan("q", 1).plan);
    ledger
        .write(|tx| {
            tx.set_upper_plan(&plan("p", 1))?;
            tx.set_upward_target(&this, &target("1-1-01"), Some(&target("5-2-01")))?;
            tx.set_upward_target(&this, &target("1-1-02"), Some(&target("5-2-02")))?;
            // Another thought, and one taken back.
            tx.set_upward_target(&this, &target("1-1-01"), Some(&target("5-2-04")))?;
            tx.set_upward_target(&this, &target("1-1-02"), None)?;
            tx.set_upper_plan(&plan("p", 2))
        })
        .unwrap();
    assert_eq!(ledger.read(|tx| tx.upper_plan()).unwrap(), Some(plan("p", 2)));
    let answers = ledger.read(|tx| tx.upward_targets(&this)).unwrap();
    assert_eq!(answers.into_iter().collect::<Vec<_>>(), [(target("1-1-01"), target("5-2-04"))]);
    assert!(ledger.read(|tx| tx.upward_targets(&next)).unwrap().is_empty(), "another plan's codes");
}

#[test]
fn a_ledger_of_the_first_version_is_brought_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let old = Connection::open(path(&folder)).unwrap();
    old.execute_batch(include_str!("../../migrations/0001_ledger.sql")).unwrap();
    old.pragma_update(None, "user_version", 1).unwrap();
    old.execute("INSERT INTO settings VALUES ('kept', 'as it was')", []).unwrap();
    drop(old);
    let mut ledger = Ledger::open(&path(&folder)).unwrap();
    ledger.write(|tx| tx.set_upper_plan(&plan("p", 1))).unwrap();
    assert_eq!(ledger.read(|tx| tx.setting("kept")).unwrap().as_deref(), Some("as it was"));
    ledger.check().unwrap();
}
