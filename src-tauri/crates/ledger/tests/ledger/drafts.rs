//! What was typed stays as it was typed, and a draft knows whether it still is what was exported.

use ledger::Error;
use ledger::drafts::{DraftCell, DraftOf, Exported};
use model::returns::{Evidence, Field};

use crate::samples::{bundle, digest, fresh, now, office, period, target};

#[test]
fn cells_are_set_changed_and_cleared() {
    let (_folder, mut ledger) = fresh();
    let (u01, u02, a, b) = (office("u01"), office("u02"), target("a"), target("b"));
    let of = DraftOf { office: &u01, period: period("2024-03") };
    let other = DraftOf { office: &u02, period: period("2024-03") };
    let note = "𠮷 ".repeat(5_000);
    ledger
        .write(|tx| {
            tx.set_cell(of, &a, Field::Value, "１２．", now())?;
            tx.set_cell(of, &a, Field::Value, "１２．５", now())?;
            tx.set_cell(of, &a, Field::Note, &note, now())?;
            tx.set_cell(of, &b, Field::Value, "7", now())?;
            tx.set_cell(other, &b, Field::Value, "8", now())?;
            tx.clear_cell(of, &b, Field::Value, now())?;
            tx.clear_cell(of, &b, Field::Stage, now())
        })
        .unwrap();
    let cell =
        |field, text: &str| DraftCell { target: a.clone(), field, text: text.to_owned(), saved: now() };
    let found = ledger.read(|tx| tx.draft_cells(of)).unwrap();
    assert_eq!(found, [cell(Field::Note, &note), cell(Field::Value, "１２．５")]);
    ledger.write(|tx| tx.drop_draft(of)).unwrap();
    assert_eq!(ledger.read(|tx| tx.draft_cells(of)).unwrap(), []);
    assert_eq!(ledger.read(|tx| tx.draft(of)).unwrap(), None);
    assert_eq!(ledger.read(|tx| tx.draft_cells(other)).unwrap().len(), 1);
}

#[test]
fn a_period_knows_whose_drafts_hold_something_new() {
    let (_folder, mut ledger) = fresh();
    let [u01, u02, u03, u04] = ["u01", "u02", "u03", "u04"].map(office);
    let (a, march) = (target("a"), period("2024-03"));
    let of = |office| DraftOf { office, period: march };
    let elsewhere = DraftOf { office: &u04, period: period("2024-04") };
    ledger.write(|tx| tx.add_bundle(&bundle(1, &u02, 1))).unwrap();
    ledger
        .write(|tx| {
            tx.set_cell(of(&u01), &a, Field::Value, "1", now())?;
            tx.set_cell(of(&u02), &a, Field::Value, "2", now())?;
            tx.set_cell(of(&u03), &a, Field::Value, "3", now())?;
            tx.clear_cell(of(&u03), &a, Field::Value, now())?;
            tx.set_cell(elsewhere, &a, Field::Value, "4", now())
        })
        .unwrap();
    let found = |ledger: &ledger::Ledger| -> Vec<_> {
        ledger.read(|tx| tx.drafts_of(march)).unwrap().into_iter().collect()
    };
    assert_eq!(found(&ledger), [u01.clone(), u02.clone()]);
    let revision = ledger.read(|tx| tx.draft(of(&u02))).unwrap().unwrap().revision;
    ledger.write(|tx| tx.mark_exported(of(&u02), Exported { bundle: digest(1), revision })).unwrap();
    assert_eq!(found(&ledger), std::slice::from_ref(&u01));
    ledger.write(|tx| tx.set_nil(of(&u03), true, now())).unwrap();
    assert_eq!(found(&ledger), [u01, u03]);
}

#[test]
fn evidence_keeps_its_order() {
    let (_folder, mut ledger) = fresh();
    let (u01, a) = (office("u01"), target("a"));
    let of = DraftOf { office: &u01, period: period("2024-03") };
    let file = |n: u8| Evidence { sha256: [n; 32], len: n.into(), label: format!("../{n}.pdf") };
    for files in [vec![file(3), file(1), file(2)], vec![file(2), file(3)], vec![]] {
        ledger.write(|tx| tx.set_draft_evidence(of, &a, &files, now())).unwrap();
        let found = ledger.read(|tx| tx.draft_evidence(of)).unwrap();
        assert_eq!(found.get(&a).cloned().unwrap_or_default(), files);
    }
}

#[test]
fn an_export_holds_until_the_next_change() {
    let (_folder, mut ledger) = fresh();
    let (u01, a) = (office("u01"), target("a"));
    let of = DraftOf { office: &u01, period: period("2024-03") };
    let draft = |ledger: &ledger::Ledger| ledger.read(|tx| tx.draft(of)).unwrap().unwrap();
    let exported = |revision| Exported { bundle: digest(1), revision };
    ledger.write(|tx| tx.add_bundle(&bundle(1, &u01, 1))).unwrap();
    assert!(matches!(ledger.write(|tx| tx.mark_exported(of, exported(0))), Err(Error::NotFound(_))));
    ledger.write(|tx| tx.set_cell(of, &a, Field::Value, "1", now())).unwrap();
    let revision = draft(&ledger).revision;
    ledger.write(|tx| tx.mark_exported(of, exported(revision))).unwrap();
    assert!(draft(&ledger).is_exported());
    assert_eq!(draft(&ledger).exported, Some(exported(revision)));

    let file = Evidence { sha256: [1; 32], len: 1, label: String::new() };
    for change in 0..4 {
        let before = draft(&ledger).revision;
        ledger
            .write(|tx| match change {
                0 => tx.set_cell(of, &a, Field::Value, "2", now()),
                1 => tx.clear_cell(of, &a, Field::Value, now()),
                2 => tx.set_nil(of, true, now()),
                _ => tx.set_draft_evidence(of, &a, std::slice::from_ref(&file), now()),
            })
            .unwrap();
        assert!(!draft(&ledger).is_exported());
        let stale = ledger.write(|tx| tx.mark_exported(of, exported(before)));
        assert!(matches!(stale, Err(Error::Stale { what: "draft", .. })));
        let revision = draft(&ledger).revision;
        ledger.write(|tx| tx.mark_exported(of, exported(revision))).unwrap();
        assert!(draft(&ledger).is_exported());
    }
    assert!(draft(&ledger).nil);
}
