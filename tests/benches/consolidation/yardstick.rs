//! The yardstick: `sqlite3` imports the same rows from CSV.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::offices::Offices;

/// The same content as five columns: figures as text, as the ledger keeps them, and the note.
const IMPORT: &str = "CREATE TABLE entries (
  office TEXT NOT NULL, target TEXT NOT NULL, first TEXT, second TEXT, note TEXT,
  PRIMARY KEY (office, target)
) STRICT, WITHOUT ROWID;
.mode csv
.import rows.csv entries
SELECT count(*) FROM entries;
";

/// Imports into a fresh database in a folder and returns how long that took.
pub fn import(offices: &Offices, folder: &Path) -> Duration {
    fs::copy(offices.csv(), folder.join("rows.csv")).unwrap();
    let script = folder.join("import.sql");
    fs::write(&script, IMPORT).unwrap();
    let mut program = Command::new("sqlite3");
    program.arg("rows.db").current_dir(folder).stdin(File::open(script).unwrap()).stderr(Stdio::inherit());
    let start = Instant::now();
    let output = program.output().unwrap();
    let taken = start.elapsed();
    assert!(output.status.success(), "sqlite3 failed");
    let rows = String::from_utf8(output.stdout).unwrap();
    assert_eq!(rows.trim(), offices.size.rows().to_string());
    taken
}
