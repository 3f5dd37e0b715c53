//! Measures how fast returns go into a ledger and come out again, beside `sqlite3 .import` of the same rows.
//!
//! `cargo run --release -p ledger --example insert_rate [RETURNS [ENTRIES]]`; 40,000 returns of 90 entries unless told.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use chrono::{DateTime, NaiveDate};
use ledger::Ledger;
use ledger::bundles::{BundleKind, BundleRow, Direction};
use ledger::returns::{Counted, NewReturn, ReturnState};
use model::figure::Figure;
use model::id::{OfficeId, TargetId};
use model::period::Period;
use model::returns::{Answer, Entry, Figures, Remarks, Return, SignOff};

/// Returns per transaction, as a batch of received bundles would be.
const BATCH: u32 = 2_000;

/// What `sqlite3` is given: the same rows in a table of the same shape.
const IMPORT: &str = "PRAGMA journal_mode = wal; PRAGMA synchronous = full;
CREATE TABLE entries (return_id INTEGER NOT NULL, target TEXT NOT NULL, first TEXT, second TEXT, stage INTEGER,
  PRIMARY KEY (return_id, target)) STRICT, WITHOUT ROWID;
.mode csv
.import rows.csv entries
";

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let returns: u32 = arguments.next().map_or(Ok(40_000), |n| n.parse())?;
    let entries: u32 = arguments.next().map_or(Ok(90), |n| n.parse())?;
    let folder = tempfile::tempdir()?;
    let period = Period::new(2024, 3)?;

    let mut ledger = Ledger::create(&folder.path().join("ledger.db"))?;
    let mut taken = std::time::Duration::ZERO;
    for first in (0..returns).step_by(BATCH as usize) {
        let batch: Vec<Return> = (first..returns.min(first + BATCH))
            .map(|n| sample(n, entries, period))
            .collect::<Result<_, _>>()?;
        let start = Instant::now();
        store(&mut ledger, first, &batch)?;
        taken += start.elapsed();
    }
    let rows = u64::from(returns) * u64::from(entries);
    println!("ledger: {rows} entries in {:.2} s", taken.as_secs_f64());

    let start = Instant::now();
    let (mut seen, mut offices) = (0u64, 0u64);
    ledger.read(|tx| {
        tx.for_each_counted(period, |step| match step {
            Counted::Return(_) => offices += 1,
            Counted::Entry { .. } => seen += 1,
        })
    })?;
    println!("read back: {seen} entries of {offices} returns in {:.2} s", start.elapsed().as_secs_f64());

    let start = Instant::now();
    let mut carried = 0u64;
    ledger.read(|tx| {
        tx.for_each_carried(Period::new(2024, 4)?, |_| carried += 1).map_err(Box::<dyn Error>::from)
    })?;
    println!("carried: {carried} figures in {:.2} s", start.elapsed().as_secs_f64());

    write_csv(&folder.path().join("rows.csv"), returns, entries, period)?;
    let start = Instant::now();
    std::fs::write(folder.path().join("import.sql"), IMPORT)?;
    let input = File::open(folder.path().join("import.sql"))?;
    let status = Command::new("sqlite3")
        .arg("rows.db")
        .current_dir(&folder)
        .stdin(input)
        .stdout(std::process::Stdio::null())
        .status()?;
    if !status.success() {
        return Err("sqlite3 failed".into());
    }
    let import = start.elapsed();
    println!("sqlite3 .import of the same rows: {:.2} s", import.as_secs_f64());
    println!("ratio: {:.2}", taken.as_secs_f64() / import.as_secs_f64());
    Ok(())
}

fn store(ledger: &mut Ledger, first: u32, batch: &[Return]) -> Result<(), Box<dyn Error>> {
    let day = NaiveDate::from_ymd_opt(2024, 4, 3).ok_or("no such day")?;
    ledger.write(|tx| {
        for (n, content) in (first..).zip(batch) {
            let mut digest = [0; 32];
            // Spread like real digests, so that the index on them is not flattered.
            digest[..4].copy_from_slice(&n.wrapping_mul(2_654_435_761).to_be_bytes());
            let stream = format!("{n:032x}");
            tx.add_bundle(&BundleRow {
                digest,
                direction: Direction::In,
                kind: BundleKind::Progress,
                stream: stream.clone(),
                seq: 1,
                header: digest,
                prev: Some(digest),
                office: Some(content.office.clone()),
                period: Some(content.period),
                plan_version: Some(1),
                file_name: format!("上报-{n}-2024-03-0001.tzb"),
                size: 4096,
                day,
                recorded: DateTime::UNIX_EPOCH,
            })?;
            let id = tx.insert_return(&NewReturn {
                bundle: &digest,
                stream: &stream,
                seq: 1,
                arrived: day,
                state: ReturnState::Accepted,
                content,
            })?;
            tx.count_return(id)?;
        }
        Ok(())
    })
}

/// Makes the return of office `n`: two counts, then a rate, then a stage, and so on.
fn sample(n: u32, entries: u32, period: Period) -> Result<Return, Box<dyn Error>> {
    let mut lines = BTreeMap::new();
    for e in 0..entries {
        let figures = match e % 4 {
            0 | 1 => Figures::Amount(amount(n, e)),
            2 => Figures::Pair(amount(n, e), amount(n, e + 1)),
            _ => Figures::Stage((n % 3) as u8),
        };
        let entry =
            Entry { answer: Answer::Figures(figures), remarks: Remarks::default(), evidence: Vec::new() };
        lines.insert(TargetId::new(&code(e))?, entry);
    }
    Ok(Return {
        office: OfficeId::new(&format!("u{n:05}"))?,
        period,
        plan_version: 1,
        nil: false,
        stand_in: false,
        sign_off: SignOff { filled_by: "甲".into(), checked_by: "乙".into(), issued_by: "丙".into() },
        entries: lines,
    })
}

fn code(entry: u32) -> String {
    format!("{}-{}-{:02}", entry / 30, entry / 10 % 3 + 1, entry % 10)
}

fn amount(n: u32, e: u32) -> Figure {
    Figure::from(n % 9_973 * 10 + e)
}

fn write_csv(path: &Path, returns: u32, entries: u32, period: Period) -> Result<(), Box<dyn Error>> {
    let mut file = BufWriter::new(File::create(path)?);
    for n in 0..returns {
        for (target, entry) in sample(n, entries, period)?.entries {
            let (first, second, stage) = match entry.answer {
                Answer::Figures(Figures::Amount(a)) => (a.to_string(), String::new(), String::from("0")),
                Answer::Figures(Figures::Pair(a, b)) => (a.to_string(), b.to_string(), String::from("0")),
                Answer::Figures(Figures::Stage(stage)) => (String::new(), String::new(), stage.to_string()),
                _ => continue,
            };
            writeln!(file, "{},{target},{first},{second},{stage}", n + 1)?;
        }
    }
    Ok(file.flush()?)
}
