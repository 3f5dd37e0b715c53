use crate::{fresh, path};
use ledger::Ledger;

#[test]
fn a_new_ledger_opens_again() {
    let (folder, ledger) = fresh();
    ledger.check().unwrap();
    drop(ledger);
    Ledger::open(&path(&folder)).unwrap().check().unwrap();
    let names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(names, ["ledger.db"]);
}
