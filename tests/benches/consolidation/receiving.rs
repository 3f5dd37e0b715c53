//! What is measured, in a process of its own: a fresh hub receives everything and consolidates.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use app::receive::{ReturnStanding, Verdict};
use chrono::NaiveDate;
use model::rollup::Actual;
use rust_decimal::Decimal;

use crate::offices::{Offices, report};
use crate::{hub, probe};

/// What the process measured.
#[derive(Debug, Default)]
pub struct Received {
    /// Seconds for verifying and recording.
    pub receive: f64,
    /// Seconds for rolling up and assessing every target.
    pub consolidate: f64,
    /// Seconds for the overview, which consolidates by itself.
    pub status: f64,
    /// Seconds of all cores for receiving and consolidating, in the program and in the system on its behalf.
    pub cpu: [f64; 2],
    /// The most memory it ever held, in MiB.
    pub memory: f64,
}

/// Lets a fresh process receive everything into a fresh copy of the home.
pub fn measure(offices: &Offices, folder: &Path) -> Received {
    let home = folder.join("home");
    copy(&offices.home(), &home);
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.arg("--receive").args([home, offices.stick()]).stderr(Stdio::inherit());
    let output = child.output().unwrap();
    assert!(output.status.success(), "the receiving process failed");
    let told = String::from_utf8(output.stdout).unwrap();
    let mut numbers = told.split_whitespace().map(|number| number.parse::<f64>().unwrap());
    let mut next = || numbers.next().unwrap();
    Received { receive: next(), consolidate: next(), status: next(), cpu: [next(), next()], memory: next() }
}

/// Receives what is on a stick and prints the numbers of [`Received`].
pub fn run(home: &Path, stick: PathBuf) {
    let mut home = hub::open(home);
    let period = hub::period();

    let start = Instant::now();
    let day = NaiveDate::from_ymd_opt(2024, 4, 3).unwrap();
    let verdicts = home.receive(&[stick], Some(day), &mut |_, _| true).unwrap();
    let receive = start.elapsed();
    let bundles = verdicts.len();
    for received in verdicts {
        let accepted =
            matches!(&received.verdict, Verdict::Return(one) if one.standing == ReturnStanding::Accepted);
        assert!(accepted, "{received:?}");
    }

    let start = Instant::now();
    let consolidation = home.consolidate(period).unwrap();
    let consolidate = start.elapsed();
    let (cpu, memory) = (probe::cpu_seconds(), probe::peak_memory());
    let first = &consolidation.targets[0];
    for target in &consolidation.targets {
        assert_eq!(target.roll_up.coverage.reported as usize, bundles, "{}", target.id);
    }
    let amount = |n| match report(&consolidation.plan, n).entries[&first.id].answer {
        model::returns::Answer::Figures(model::returns::Figures::Amount(amount)) => Some(amount.decimal()),
        _ => None,
    };
    if let Some(Actual::Amount(sum)) = first.roll_up.actual {
        assert_eq!(sum, (0..bundles as u32).filter_map(amount).sum::<Decimal>());
    }
    drop(consolidation);

    let start = Instant::now();
    let status = home.status(period).unwrap();
    let status_time = start.elapsed();
    assert_eq!((status.owed, status.reported), (bundles, bundles));

    let seconds = [receive, consolidate, status_time].map(|time| time.as_secs_f64());
    println!("{} {} {} {} {} {memory}", seconds[0], seconds[1], seconds[2], cpu[0], cpu[1]);
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(from, to).unwrap();
        }
    }
}
