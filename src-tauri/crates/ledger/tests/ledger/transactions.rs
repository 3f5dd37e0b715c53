//! All or nothing, and reading that only reads.

use ledger::{Error, Ledger};

use crate::samples::{fresh, path};

/// An error of a caller, which the ledger's errors turn into.
#[derive(Debug)]
enum Caller {
    ChangedMind,
    Ledger(Error),
}

impl From<Error> for Caller {
    fn from(error: Error) -> Self {
        Self::Ledger(error)
    }
}

#[test]
fn what_the_caller_refuses_is_undone() {
    let (_folder, mut ledger) = fresh();
    let outcome = ledger.write(|tx| {
        tx.set_setting("key", Some("value"))?;
        Err::<(), _>(Caller::ChangedMind)
    });
    assert!(matches!(outcome, Err(Caller::ChangedMind)));
    let failed = ledger.write(|tx| Ok::<_, Caller>(tx.set_restored(None)?));
    assert!(matches!(failed, Err(Caller::Ledger(Error::NotFound(_)))));
    assert_eq!(ledger.read(|tx| tx.setting("key")).unwrap(), None);
}

#[test]
fn a_panic_undoes_too() {
    let (_folder, mut ledger) = fresh();
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        ledger.write(|tx| {
            tx.set_setting("key", Some("value"))?;
            if tx.setting("key")?.is_some() {
                panic!("in the middle");
            }
            Ok::<_, Error>(())
        })
    }));
    assert!(outcome.is_err());
    assert_eq!(ledger.read(|tx| tx.setting("key")).unwrap(), None);
}

#[test]
fn reading_cannot_write_and_writing_works_again_after_it() {
    let (_folder, mut ledger) = fresh();
    let outcome = ledger.read(|tx| tx.set_setting("key", Some("value")));
    assert!(matches!(outcome, Err(Error::ReadOnly)), "{outcome:?}");
    ledger.write(|tx| tx.set_setting("key", Some("value"))).unwrap();
    assert_eq!(ledger.read(|tx| tx.setting("key")).unwrap().as_deref(), Some("value"));
}

#[test]
fn a_reader_sees_one_state_while_another_writes() {
    let (folder, mut writer) = fresh();
    let reader = Ledger::open(&path(&folder)).unwrap();
    reader
        .read(|tx| {
            assert_eq!(tx.setting("key")?, None);
            writer.write(|tx| tx.set_setting("key", Some("value")))?;
            assert_eq!(tx.setting("key")?, None);
            Ok::<_, Error>(())
        })
        .unwrap();
    assert_eq!(reader.read(|tx| tx.setting("key")).unwrap().as_deref(), Some("value"));
}

#[test]
fn writers_wait_for_one_another() {
    let (folder, ledger) = fresh();
    let path = path(&folder);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let mut ledger = Ledger::open(&path).unwrap();
                for _ in 0..25 {
                    ledger
                        .write(|tx| {
                            let n: u32 = tx.setting("n")?.map_or(0, |n| n.parse().unwrap());
                            tx.set_setting("n", Some(&(n + 1).to_string()))
                        })
                        .unwrap();
                }
            });
        }
    });
    assert_eq!(ledger.read(|tx| tx.setting("n")).unwrap().as_deref(), Some("100"));
}

#[test]
fn a_ledger_goes_to_another_thread() {
    let (_folder, ledger) = fresh();
    std::thread::spawn(move || ledger.check()).join().unwrap().unwrap();
}
