//! `cargo xtask fuzz`: hostile bytes for everything that reads files from outside.

use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Instant;

use crate::Failure;
use crate::machine::{CC, ensure};
use crate::process::{answer, cannot_start, command, line, root, run, target_dir};
use crate::tools::{CARGO_FUZZ, ensure_tool};

/// The targets, cheapest first; each is a file in `tests/fuzz/targets`.
const TARGETS: [&str; 6] = ["framing", "key_file", "csv", "header", "payload", "receive"];

/// The target that starts threads. They are waited for until their work is done, not until the system has let go of them: a look
/// for leaks in between takes what a thread has of its own for one.
const THREADED: &str = "receive";

/// Minutes for each target unless told otherwise.
const MINUTES: u64 = 20;

/// Feeds every target, or those named, for some minutes each; as many at once as there are cores.
pub fn fuzz(rest: &[OsString]) -> Result<(), Failure> {
    let (minutes, targets) = arguments(rest)?;
    ensure(&[&CC])?;
    ensure_nightly()?;
    let cargo_fuzz = ensure_tool(&CARGO_FUZZ)?;
    let home = target_dir()?.join("fuzz");
    let crate_dir = root()?.join("tests/fuzz");
    // `cargo fuzz` takes its cargo from the toolchain that the variable names.
    let mut build = command(cargo_fuzz)?;
    build.args(["fuzz", "build", "--fuzz-dir"]).arg(&crate_dir).arg("--target-dir").arg(&home);
    run(build.env("RUSTUP_TOOLCHAIN", "nightly"))?;
    seeds(&crate_dir, &home)?;

    let at_once = thread::available_parallelism().map_or(1, usize::from);
    let mut finds = Vec::new();
    for some in targets.chunks(at_once) {
        println!("\n── {}: {minutes} min ──", some.join(", "));
        let started = some.iter().map(|target| Run::start(&home, target, minutes));
        for run in started.collect::<Result<Vec<_>, _>>()? {
            finds.extend(run.finish()?);
        }
    }
    if finds.is_empty() {
        return Ok(());
    }
    Err(format!("{} inputs broke something:\n  {}", finds.len(), finds.join("\n  ")))
}

fn arguments(rest: &[OsString]) -> Result<(u64, Vec<&'static str>), Failure> {
    let (mut minutes, mut targets) = (MINUTES, Vec::new());
    let mut words = rest.iter().map(|word| word.to_string_lossy());
    while let Some(word) = words.next() {
        if word == "--minutes" {
            let number = words.next().and_then(|number| number.parse().ok()).filter(|number| *number > 0);
            minutes = number.ok_or("--minutes takes a whole number, 1 or more")?;
        } else {
            let known = TARGETS.into_iter().find(|target| *target == word);
            targets.push(known.ok_or_else(|| {
                format!("there is no fuzz target `{word}`; there are {}", TARGETS.join(", "))
            })?);
        }
    }
    Ok((minutes, if targets.is_empty() { TARGETS.to_vec() } else { targets }))
}

fn ensure_nightly() -> Result<(), Failure> {
    let mut rustc = Command::new("rustc");
    rustc.args(["+nightly", "--version"]);
    answer(rustc).map(|_| ()).ok_or_else(|| {
        "fuzzing wants the nightly toolchain, for its sanitizer: rustup toolchain install nightly".to_owned()
    })
}

/// Puts the vectors into the corpora, beside what earlier runs found.
fn seeds(crate_dir: &Path, home: &Path) -> Result<(), Failure> {
    let mut seeds = crate::process::cargo(&["run", "--quiet", "--example", "seeds", "--manifest-path"])?;
    seeds.arg(crate_dir.join("Cargo.toml")).arg("--target-dir").arg(target_dir()?).arg("--");
    run(seeds.arg(root()?.join("tests/bundles")).arg(home.join("corpus")))
}

/// A target at work.
struct Run {
    target: &'static str,
    child: Child,
    log: PathBuf,
    artifacts: PathBuf,
    start: Instant,
}

impl Run {
    fn start(home: &Path, target: &'static str, minutes: u64) -> Result<Self, Failure> {
        let triple = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
        let artifacts = home.join("artifacts").join(target);
        let log = home.join(format!("{target}.log"));
        let made = fs::create_dir_all(&artifacts).and_then(|()| File::create(&log));
        let out = made.map_err(|error| format!("{}: {error}", log.display()))?;
        let err = out.try_clone().map_err(|error| format!("{}: {error}", log.display()))?;
        let mut fuzzer = command(home.join(triple).join("release").join(target))?;
        fuzzer.arg(format!("-max_total_time={}", minutes * 60)).arg("-print_final_stats=1");
        fuzzer.arg(format!("-artifact_prefix={}/", artifacts.display()));
        if target == THREADED {
            fuzzer.arg("-detect_leaks=0");
        }
        fuzzer.arg(home.join("corpus").join(target));
        fuzzer.stdin(Stdio::null()).stdout(out).stderr(err);
        let child = fuzzer.spawn().map_err(|error| cannot_start(&fuzzer, &error))?;
        println!("{}", line(&fuzzer));
        Ok(Self { target, child, log, artifacts, start: Instant::now() })
    }

    /// Waits, says how much was tried, and names what broke something.
    fn finish(mut self) -> Result<Vec<String>, Failure> {
        let status = self.child.wait().map_err(|error| format!("{}: {error}", self.target))?;
        let log = fs::read(&self.log).map_err(|error| format!("{}: {error}", self.log.display()))?;
        let log = String::from_utf8_lossy(&log);
        let stat = |name: &str| {
            let value = log.lines().rev().find_map(|line| line.strip_prefix(&format!("stat::{name}:")));
            value.map_or("?", str::trim).to_owned()
        };
        println!(
            "{:10} {} runs in {:.0?}, {} new inputs, {} MB at most, {status}",
            self.target,
            stat("number_of_executed_units"),
            self.start.elapsed(),
            stat("new_units_added"),
            stat("peak_rss_mb"),
        );
        let artifacts = fs::read_dir(&self.artifacts).into_iter().flatten().flatten();
        let mut finds: Vec<String> = artifacts.map(|find| find.path().display().to_string()).collect();
        if finds.is_empty() && !status.success() {
            finds.push(format!("{} ended with {status}; see {}", self.target, self.log.display()));
        }
        Ok(finds)
    }
}

#[cfg(test)]
mod laws {
    use super::*;

    #[test]
    fn the_targets_are_the_files_that_are_there() {
        let folder = root().unwrap().join("tests/fuzz/targets");
        let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
        let mut names: Vec<_> = files.map(|file| file.file_stem().unwrap().to_owned()).collect();
        names.sort();
        let mut targets = TARGETS;
        targets.sort_unstable();
        assert_eq!(names, targets);
        assert!(targets.contains(&THREADED));
    }

    #[test]
    fn minutes_and_targets_are_read() {
        let words = |words: &[&str]| words.iter().map(OsString::from).collect::<Vec<_>>();
        assert_eq!(arguments(&[]).unwrap(), (MINUTES, TARGETS.to_vec()));
        assert_eq!(arguments(&words(&["--minutes", "3", "csv"])).unwrap(), (3, vec!["csv"]));
        for bad in [&["--minutes"][..], &["--minutes", "0"], &["--minutes", "x"], &["records"]] {
            assert!(arguments(&words(bad)).is_err(), "{bad:?}");
        }
    }
}
