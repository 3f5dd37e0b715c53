//! The figures of a round, held against each other and against their limits.

use std::time::Duration;

use crate::probe::Verifying;
use crate::receiving::Received;
use crate::{Size, cores};

/// What the design asks for.
const SECONDS: f64 = 60.0;
const MEMORY: f64 = 300.0;
const RATIO: f64 = 2.0;

/// Prints a round.
pub fn print(size: Size, ours: &Received, import: &Duration, verifying: &Verifying) {
    let bundles = f64::from(size.bundles);
    let total = ours.receive + ours.consolidate;
    let import = import.as_secs_f64();
    println!();
    println!("receive        {:>8.2} s   {:>8.0} bundles/s", ours.receive, bundles / ours.receive);
    println!(
        "consolidate    {:>8.2} s   {:>8.0} rows/s",
        ours.consolidate,
        size.rows() as f64 / ours.consolidate
    );
    println!("total          {total:>8.2} s   {}", judged(total, SECONDS, "s"));
    println!("memory         {:>8.0} MiB {}", ours.memory, judged(ours.memory, MEMORY, "MiB"));
    println!("sqlite3        {import:>8.2} s   .import of the same rows");
    println!("ratio          {:>8.2}     {}", total / import, judged(total / import, RATIO, "x"));
    println!("status         {:>8.2} s   consolidating included", ours.status);
    let [user, system] = ours.cpu;
    println!(
        "processor      {:>8.2} s   {user:.2} s in the program, {system:.2} s in the system",
        user + system
    );
    let Verifying { whole, bare } = *verifying;
    println!(
        "one core       {whole:>8.0}     bundles/s verified and read, of which signatures and digests alone {bare:.0}/s"
    );
    let seconds = |rate: f64| bundles / rate;
    println!(
        "limit          {:>8.2} s   signatures and digests ({:.2} s) on {} cores",
        seconds(bare) / cores() as f64,
        seconds(bare),
        cores()
    );
}

fn judged(found: f64, wanted: f64, unit: &str) -> String {
    let word = if found <= wanted { "within" } else { "BEYOND" };
    format!("{word} {wanted} {unit}")
}
