//! A process is killed while it saves or receives: whatever it acknowledged is there, and nothing is half there.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use ledger::drafts::DraftOf;
use ledger::{Archive, Error, Ledger};
use model::returns::Field;

use crate::samples::{accept, amount, digest, filled, fresh, now, office, path, period, target};

/// Tells the child which ledger it works on; without it the children are ordinary, idle tests.
const HOME: &str = "LEDGER_KILL_HOME";
/// Tells the child where the last one stopped.
const FROM: &str = "LEDGER_KILL_FROM";
const ROUNDS: u32 = 20;

fn task() -> Option<(std::path::PathBuf, u32)> {
    let home = std::env::var_os(HOME)?;
    Some((home.into(), std::env::var(FROM).unwrap().parse().unwrap()))
}

fn acknowledge(n: u32) {
    // The first line break ends what the test harness has begun to say.
    println!("\nsaved {n}");
}

#[test]
fn child_types() {
    let Some((home, from)) = task() else { return };
    let mut ledger = Ledger::open(&home.join("ledger.db")).unwrap();
    let own = office("own");
    let of = DraftOf { office: &own, period: period("2024-03") };
    for n in from.. {
        let id = target(&format!("t{}", n % 50));
        ledger.write(|tx| tx.set_cell(of, &id, Field::Value, &n.to_string(), now())).unwrap();
        acknowledge(n);
    }
}

#[test]
fn child_receives() {
    let Some((home, from)) = task() else { return };
    let mut ledger = Ledger::open(&home.join("ledger.db")).unwrap();
    let archive = Archive::of_bundles(&home.join("archive")).unwrap();
    for batch in from.. {
        let numbers = batch * 20..(batch + 1) * 20;
        for n in numbers.clone() {
            archive.put(n.to_string().repeat(500).as_bytes(), &digest(n)).unwrap();
        }
        archive.sync_batch().unwrap();
        let outcome = ledger.write(|tx| {
            for n in numbers {
                let content = filled(&format!("u{n}"), "2024-03", &[("a", amount("1")), ("b", amount("2"))]);
                accept(tx, n, &content)?;
            }
            Ok::<_, Error>(())
        });
        outcome.unwrap();
        acknowledge(batch);
    }
}

/// Starts a child, kills it after `patience` acknowledgements and returns the last one it made.
fn killed(child: &str, home: &Path, from: u32, patience: u32) -> u32 {
    let mut process = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", child, "--nocapture"])
        .env(HOME, home)
        .env(FROM, from.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(process.stdout.take().unwrap()).lines().map_while(Result::ok);
    let mut last = None;
    for (heard, line) in (1..).zip(lines.filter_map(|l| l.strip_prefix("saved ").map(str::to_owned))) {
        last = Some(line.parse().unwrap());
        if heard == patience {
            // On to the end of what it had time to say.
            process.kill().unwrap();
        }
    }
    process.wait().unwrap();
    last.expect("the child says something")
}

#[test]
fn every_acknowledged_cell_survives() {
    let (folder, ledger) = fresh();
    drop(ledger);
    let own = office("own");
    let of = DraftOf { office: &own, period: period("2024-03") };
    let mut next = 0;
    for round in 0..ROUNDS {
        let last = killed("kill::child_types", folder.path(), next, 1 + round * 7 % 30);
        let ledger = Ledger::open(&path(&folder)).unwrap();
        ledger.check().unwrap();
        let cells: BTreeMap<_, u32> = ledger
            .read(|tx| tx.draft_cells(of))
            .unwrap()
            .into_iter()
            .map(|cell| (cell.target, cell.text.parse().unwrap()))
            .collect();
        // One save more may have been made than was acknowledged.
        let made = *cells.values().max().unwrap();
        assert!(made == last || made == last + 1, "{made} after {last}");
        for n in made.saturating_sub(49)..=made {
            assert_eq!(cells[&target(&format!("t{}", n % 50))], n);
        }
        next = made + 1;
    }
}

#[test]
fn every_acknowledged_batch_survives_with_its_files() {
    let (folder, ledger) = fresh();
    drop(ledger);
    let mut next = 0;
    for round in 0..ROUNDS {
        let last = killed("kill::child_receives", folder.path(), next, 1 + round % 4);
        let ledger = Ledger::open(&path(&folder)).unwrap();
        ledger.check().unwrap();
        let returns = ledger.read(|tx| tx.counted_returns(period("2024-03"))).unwrap();
        let batches = returns.len() as u32 / 20;
        assert_eq!(returns.len() % 20, 0, "a batch is whole or absent");
        assert!(batches == last + 1 || batches == last + 2, "{batches} after {last}");
        let archive = Archive::of_bundles(&folder.path().join("archive")).unwrap();
        archive.sweep().unwrap();
        for n in 0..batches * 20 {
            let kept = std::fs::read(archive.path(&digest(n))).unwrap();
            assert!(kept == n.to_string().repeat(500).as_bytes(), "bundle {n}");
        }
        next = batches;
    }
}
