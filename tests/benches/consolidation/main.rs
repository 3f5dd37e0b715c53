//! Verifying and consolidating the progress bundles of every street and town of the country, one month, beside the time
//! that `sqlite3` takes to import the same rows from CSV.
//!
//! `cargo xtask bench [--bundles 40000] [--entries 90] [--rounds 1]`; `--bundles 2000` for a quick try.
//!
//! The world is made once, with real keys and signatures, and kept under `target/bench/`. A round copies the hub's home,
//! and a process of its own receives, consolidates and tells, so that its memory is that of receiving alone.

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot run is to stop")]

mod hub;
mod offices;
mod probe;
mod receiving;
mod report;
mod yardstick;

use std::path::PathBuf;

use self::offices::Offices;

/// What is measured.
#[derive(Debug, Clone, Copy)]
struct Size {
    /// Offices, each of which sends one bundle.
    bundles: u32,
    /// Targets, of which each bundle answers every one.
    entries: u32,
}

impl Size {
    fn rows(self) -> u64 {
        u64::from(self.bundles) * u64::from(self.entries)
    }
}

fn main() {
    let mut size = Size { bundles: 40_000, entries: 90 };
    let mut rounds = 1;
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut number = || words.next().and_then(|n| n.parse().ok()).unwrap_or_else(|| usage(&word));
        match word.as_str() {
            "--bundles" => size.bundles = number(),
            "--entries" => size.entries = number(),
            "--rounds" => rounds = number(),
            // The part that a process of its own does.
            "--receive" => {
                let [home, stick] = [(); 2].map(|()| PathBuf::from(words.next().unwrap()));
                return receiving::run(&home, stick);
            }
            // Cargo tells every benchmark that it is one.
            "--bench" => {}
            _ => usage(&word),
        }
    }
    let offices = Offices::prepare(size);
    println!(
        "{} bundles of {} entries = {} rows; {} cores",
        size.bundles,
        size.entries,
        size.rows(),
        cores()
    );
    let verifying = probe::verifying(&offices);
    // What a round leaves is removed after the last one: some file systems take minutes to forget forty thousand removed
    // files, and are slow to make new ones until then.
    let left = tempfile::Builder::new().prefix("rounds-").tempdir_in(offices.folder()).unwrap();
    for round in 0..rounds {
        let folder = left.path().join(round.to_string());
        std::fs::create_dir(&folder).unwrap();
        let import = yardstick::import(&offices, &folder);
        let received = receiving::measure(&offices, &folder);
        report::print(size, &received, &import, &verifying);
    }
}

fn usage(word: &str) -> ! {
    eprintln!("{word}: the options are --bundles N, --entries N and --rounds N");
    std::process::exit(2);
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}
