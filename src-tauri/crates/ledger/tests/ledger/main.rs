//! The ledger as its callers see it.

use std::path::Path;

use chrono::{DateTime, NaiveDate, Utc};
use ledger::Ledger;
use tempfile::TempDir;

/// A folder with a new ledger in it.
fn fresh() -> (TempDir, Ledger) {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::create(&folder.path().join("ledger.db")).unwrap();
    (folder, ledger)
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn path(folder: &TempDir) -> std::path::PathBuf {
    Path::join(folder.path(), "ledger.db")
}

mod opening;
