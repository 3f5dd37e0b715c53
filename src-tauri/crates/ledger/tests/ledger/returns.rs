//! Returns come back as they went in, and at most one counts for an office and period.

use ledger::Error;
use ledger::returns::{NewReturn, ReturnId, ReturnState};
use ledger::review::{ReturnedCell, TakenIn, Verdict};
use model::returns::Field;
use proptest::prelude::*;
use rusqlite::Connection;

use crate::samples::{
    accept, amount, any_return, bundle, day, digest, filled, fresh, office, path, period, store, target,
};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn a_return_comes_back_as_it_went_in(returns in proptest::collection::vec(any_return(), 1..5)) {
        let (_folder, mut ledger) = fresh();
        let ids = ledger
            .write(|tx| {
                (0..).zip(&returns).map(|(n, r)| store(tx, n, r, ReturnState::Pending)).collect::<Result<Vec<_>, _>>()
            })
            .unwrap();
        for (id, stored) in ids.into_iter().zip(&returns) {
            prop_assert_eq!(&ledger.read(|tx| tx.load_return(id)).unwrap(), stored);
            let row = ledger.read(|tx| tx.return_row(id)).unwrap();
            prop_assert_eq!(ledger.read(|tx| tx.return_of_bundle(&row.bundle)).unwrap(), Some(row));
        }
    }
}

#[test]
fn a_return_needs_its_bundle_and_a_bundle_has_one_return() {
    let (_folder, mut ledger) = fresh();
    let content = filled("u01", "2024-03", &[("a", amount("1"))]);
    let digest = digest(1);
    let new = NewReturn {
        bundle: &digest,
        stream: "s",
        seq: 1,
        arrived: day("2024-04-03"),
        state: ReturnState::Accepted,
        content: &content,
    };
    assert!(matches!(ledger.write(|tx| tx.insert_return(&new)), Err(Error::Constraint(_))));
    ledger.write(|tx| tx.add_bundle(&bundle(1, &office("u01"), 1))).unwrap();
    ledger.write(|tx| tx.insert_return(&new)).unwrap();
    assert!(matches!(ledger.write(|tx| tx.insert_return(&new)), Err(Error::Constraint(_))));
    assert_eq!(ledger.read(|tx| tx.returns_of(&office("u01"))).unwrap().len(), 1);
}

#[test]
fn a_correction_takes_the_mark_over() {
    let (_folder, mut ledger) = fresh();
    let content = filled("u01", "2024-03", &[("a", amount("1"))]);
    let first = ledger.write(|tx| accept(tx, 1, &content)).unwrap();
    let other = ledger.write(|tx| accept(tx, 2, &filled("u02", "2024-03", &[]))).unwrap();
    let second = ledger.write(|tx| store(tx, 3, &content, ReturnState::Pending)).unwrap();
    let counted = |ledger: &ledger::Ledger| {
        let rows = ledger.read(|tx| tx.counted_returns(period("2024-03"))).unwrap();
        rows.into_iter().map(|row| row.id).collect::<Vec<_>>()
    };
    assert_eq!(counted(&ledger), [first, other], "while it waits the old one counts");
    assert_eq!(ledger.read(|tx| tx.waiting_returns()).unwrap().len(), 1);
    ledger
        .write(|tx| {
            tx.set_return_state(second, ReturnState::Accepted)?;
            tx.count_return(second)?;
            tx.set_return_state(first, ReturnState::Superseded)
        })
        .unwrap();
    assert_eq!(counted(&ledger), [second, other]);
    let found = ledger.read(|tx| tx.counted_return(&office("u01"), period("2024-03"))).unwrap();
    assert_eq!(found.map(|row| row.id), Some(second));

    ledger.write(|tx| tx.uncount(&office("u01"), period("2024-03"))).unwrap();
    assert_eq!(counted(&ledger), [other]);
    assert!(matches!(ledger.write(|tx| tx.count_return(ReturnId(99))), Err(Error::NotFound(_))));
    let unknown = ledger.write(|tx| tx.set_return_state(ReturnId(99), ReturnState::Pending));
    assert!(matches!(unknown, Err(Error::NotFound(_))));
    assert!(matches!(ledger.read(|tx| tx.load_return(ReturnId(99))), Err(Error::NotFound(_))));
}

#[test]
fn only_accepted_and_returned_ones_count() {
    let (_folder, mut ledger) = fresh();
    let content = filled("u01", "2024-03", &[]);
    let id = ledger.write(|tx| store(tx, 1, &content, ReturnState::Pending)).unwrap();
    use ReturnState as S;
    for state in [S::Pending, S::LockedOut, S::Superseded, S::Disputed, S::Revoked] {
        ledger.write(|tx| tx.set_return_state(id, state)).unwrap();
        assert!(matches!(ledger.write(|tx| tx.count_return(id)), Err(Error::Constraint(_))), "{state:?}");
    }
    for state in [S::Accepted, S::Returned] {
        ledger.write(|tx| tx.set_return_state(id, state)).unwrap();
        ledger.write(|tx| tx.count_return(id)).unwrap();
    }
    ledger.write(|tx| tx.set_return_state(id, S::Accepted)).unwrap();
    assert!(ledger.read(|tx| tx.return_row(id)).unwrap().counted, "it still may count, so it does");
    ledger.write(|tx| tx.set_return_state(id, S::Disputed)).unwrap();
    assert!(!ledger.read(|tx| tx.return_row(id)).unwrap().counted);
}

#[test]
fn the_file_itself_refuses_a_second_counted_return_and_stray_entries() {
    let (folder, mut ledger) = fresh();
    let content = filled("u01", "2024-03", &[]);
    ledger.write(|tx| accept(tx, 1, &content)).unwrap();
    ledger.write(|tx| store(tx, 2, &content, ReturnState::Accepted)).unwrap();
    ledger.write(|tx| accept(tx, 3, &filled("u01", "2024-04", &[]))).unwrap();
    let db = Connection::open(path(&folder)).unwrap();
    let refused = db.execute("UPDATE returns SET counted = 1", []).unwrap_err();
    assert!(refused.to_string().contains("UNIQUE"), "{refused}");
    let stray = "INSERT INTO entries (return_id, target, stage) VALUES (99, 'a', 0)";
    let refused = db.execute(stray, []).unwrap_err();
    assert!(refused.to_string().contains("FOREIGN KEY"), "{refused}");
}

#[test]
fn returns_are_listed_by_office_stream_and_period() {
    let (_folder, mut ledger) = fresh();
    ledger
        .write(|tx| {
            for (n, of, month) in
                [(4, "u01", "2024-03"), (2, "u01", "2024-02"), (3, "u01", "2024-02"), (1, "u02", "2024-02")]
            {
                store(tx, n, &filled(of, month, &[]), ReturnState::Accepted)?;
            }
            Ok::<_, Error>(())
        })
        .unwrap();
    let seqs =
        |rows: Vec<ledger::returns::ReturnRow>| rows.into_iter().map(|row| row.seq).collect::<Vec<_>>();
    let u01 = office("u01");
    assert_eq!(seqs(ledger.read(|tx| tx.returns_of(&u01)).unwrap()), [2, 3, 4]);
    assert_eq!(seqs(ledger.read(|tx| tx.returns_for(&u01, period("2024-02"))).unwrap()), [2, 3]);
    assert_eq!(seqs(ledger.read(|tx| tx.returns_of_stream("stream-of-u01")).unwrap()), [2, 3, 4]);
    assert_eq!(seqs(ledger.read(|tx| tx.returns_of_stream("stream-of-u02")).unwrap()), [1]);
}

#[test]
fn returned_cells_and_verdicts_are_replaced_whole() {
    let (_folder, mut ledger) = fresh();
    let id = ledger.write(|tx| accept(tx, 1, &filled("u01", "2024-03", &[("a", amount("1"))]))).unwrap();
    let cell = |field, reason: &str| ReturnedCell {
        target: target("a"),
        field,
        reason: reason.to_owned(),
        day: day("2024-04-06"),
    };
    let cells: Vec<_> = Field::ALL.into_iter().map(|field| cell(field, "与报告不符")).collect();
    ledger.write(|tx| tx.set_returned_cells(id, &cells)).unwrap();
    let mut found = ledger.read(|tx| tx.returned_cells(id)).unwrap();
    found.sort_by_key(|c| Field::ALL.iter().position(|field| *field == c.field));
    assert_eq!(found, cells, "every field has a name of its own");
    ledger.write(|tx| tx.set_returned_cells(id, &[cell(Field::Value, "再核")])).unwrap();
    assert_eq!(ledger.read(|tx| tx.returned_cells(id)).unwrap(), [cell(Field::Value, "再核")]);

    assert_eq!(ledger.read(|tx| tx.verdict(id)).unwrap(), None);
    for (n, state) in [(7, ReturnState::Pending), (8, ReturnState::Returned)] {
        let verdict = Verdict { receipt: digest(n), verdict: state, day: day("2024-04-07") };
        ledger
            .write(|tx| {
                tx.add_bundle(&bundle(n, &office("u01"), n.into()))?;
                tx.set_verdict(id, &verdict)
            })
            .unwrap();
        assert_eq!(ledger.read(|tx| tx.verdict(id)).unwrap(), Some(verdict));
    }
}

#[test]
fn the_receipt_taken_in_last_is_the_last() {
    let (_folder, mut ledger) = fresh();
    assert_eq!(ledger.read(|tx| tx.last_receipt()).unwrap(), None);
    // The number of the receipts does not matter: a restored hub begins a new stream.
    for n in [9, 2] {
        let receipt = TakenIn {
            bundle: digest(n),
            head_seq: n.into(),
            head: Some(digest(n + 50)),
            day: day("2024-04-07"),
        };
        ledger
            .write(|tx| {
                tx.add_bundle(&bundle(n, &office("u01"), n.into()))?;
                tx.add_receipt(&receipt)
            })
            .unwrap();
        assert_eq!(ledger.read(|tx| tx.last_receipt()).unwrap(), Some(receipt));
        assert!(matches!(ledger.write(|tx| tx.add_receipt(&receipt)), Err(Error::Constraint(_))));
    }
}
