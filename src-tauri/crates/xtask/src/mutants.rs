//! `cargo xtask mutants`: whether every check earns its keep.
//!
//! Line after line is altered in a copy of the tree, and some test has to fail each time. What cannot be told from the
//! original stands in `.cargo/mutants.toml`, with its reason.

use std::ffi::OsString;
use std::fs;

use crate::Failure;
use crate::machine::{CC, OPENSSL, ensure};
use crate::process::{command, run_unasked, target_dir};
use crate::tools::{CARGO_MUTANTS, ensure_tool};

/// A folder of what decides about bundles, and the tests that must notice when it is altered.
struct Room {
    name: &'static str,
    files: &'static [&'static str],
    /// Words for `cargo mutants`: whose tests.
    packages: &'static [&'static str],
    /// Words for `cargo test`: which of them. The quick ones; the verifier in Python has its own say on every vector.
    tests: &'static [&'static str],
}

/// The container, and where the hub judges the streams of its offices.
const ROOMS: [Room; 2] = [
    Room {
        name: "bundle",
        files: &["src-tauri/crates/bundle/src/**/*.rs"],
        packages: &["--test-package", "bundle"],
        tests: &["--lib", "--test", "suite", "--", "--skip", "agreement"],
    },
    Room {
        name: "chain",
        files: &[
            "src-tauri/crates/app/src/receive/line.rs",
            "src-tauri/crates/app/src/receive/settle.rs",
            "src-tauri/crates/app/src/receive/rotation.rs",
            "src-tauri/crates/app/src/receive/heal.rs",
            "src-tauri/crates/app/src/receive/hub_key.rs",
            "src-tauri/crates/app/src/receive/own_key.rs",
        ],
        packages: &["--test-package", "journeys"],
        tests: &[
            "--test",
            "journeys",
            "--",
            "order",
            "streams",
            "rotation",
            "decisions",
            "steps",
            "hub_key",
            "losses",
        ],
    },
];

/// Seconds after which an altered program counts as caught: it runs in circles.
const TIMEOUT: &str = "120";

/// Alters the files of both rooms, or those that are named, and fails when no test notices.
pub fn mutants(rest: &[OsString]) -> Result<(), Failure> {
    let wanted = sorted(rest)?;
    ensure(&[&CC, &OPENSSL])?;
    let cargo_mutants = ensure_tool(&CARGO_MUTANTS)?;
    let home = target_dir()?.join("mutants");
    let mut survived = Vec::new();
    for (room, files) in wanted {
        let out = home.join(room.name);
        fs::create_dir_all(&out).map_err(|error| format!("{}: {error}", out.display()))?;
        let mut mutants = command(&cargo_mutants)?;
        mutants.args(["mutants", "--no-shuffle", "--jobs", "1", "--timeout", TIMEOUT, "--output"]).arg(&out);
        for file in files {
            mutants.arg("--file").arg(file);
        }
        mutants.args(room.packages).arg("--").args(room.tests);
        // The copies of one run after the other share what they are built from; nobody debugs them.
        mutants.env("CARGO_TARGET_DIR", home.join("build")).env("CARGO_PROFILE_DEV_DEBUG", "0");
        // That a law is broken is enough to know; the smallest case that breaks it takes minutes.
        mutants.env("PROPTEST_MAX_SHRINK_ITERS", "0");
        if let Err(failure) = run_unasked(&mut mutants) {
            survived.push(format!("{}: {failure}; see {}/mutants.out", room.name, out.display()));
        }
    }
    if survived.is_empty() { Ok(()) } else { Err(survived.join("\n")) }
}

/// Gives each file that is named to its room; without any, both rooms have all of theirs.
fn sorted(rest: &[OsString]) -> Result<Vec<(&'static Room, Vec<String>)>, Failure> {
    if rest.is_empty() {
        let all = |room: &'static Room| (room, room.files.iter().map(|file| (*file).to_owned()).collect());
        return Ok(ROOMS.iter().map(all).collect());
    }
    let mut wanted: Vec<(&Room, Vec<String>)> = ROOMS.iter().map(|room| (room, Vec::new())).collect();
    for file in rest {
        let file = file.to_string_lossy().into_owned();
        let its = wanted.iter_mut().find(|(room, _)| room.files.iter().any(|pattern| is_of(&file, pattern)));
        let (_, files) = its.ok_or_else(|| {
            let known: Vec<_> = ROOMS.iter().flat_map(|room| room.files).copied().collect();
            format!("`{file}` is none of {}", known.join(", "))
        })?;
        files.push(file);
    }
    wanted.retain(|(_, files)| !files.is_empty());
    Ok(wanted)
}

fn is_of(file: &str, pattern: &str) -> bool {
    match pattern.strip_suffix("/**/*.rs") {
        Some(folder) => file.starts_with(folder) && file.ends_with(".rs"),
        None => file == pattern,
    }
}

#[cfg(test)]
mod laws {
    use super::*;
    use crate::process::root;

    #[test]
    fn the_rooms_are_there() {
        for file in ROOMS.iter().flat_map(|room| room.files) {
            let path = root().unwrap().join(file.trim_end_matches("/**/*.rs"));
            assert!(path.exists(), "{file}");
        }
    }

    #[test]
    fn every_file_goes_to_its_room() {
        let words = |words: &[&str]| words.iter().map(OsString::from).collect::<Vec<_>>();
        let names = |rest: &[&str]| -> Vec<(&str, usize)> {
            sorted(&words(rest)).unwrap().iter().map(|(room, files)| (room.name, files.len())).collect()
        };
        assert_eq!(names(&[]), [("bundle", 1), ("chain", ROOMS[1].files.len())]);
        let of_bundle = "src-tauri/crates/bundle/src/v1/plan.rs";
        assert_eq!(names(&[of_bundle]), [("bundle", 1)]);
        assert_eq!(names(&[ROOMS[1].files[0], of_bundle]), [("bundle", 1), ("chain", 1)]);
        assert!(sorted(&words(&["src-tauri/crates/model/src/plan.rs"])).is_err());
    }
}
