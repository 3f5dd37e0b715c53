//! `run`, `demo`, `bench`: the project's own programs, built and started.

use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;

use crate::Failure;
use crate::machine::{CC, SQLITE3, ensure};
use crate::process::{cargo, run};

/// Runs the whole loop with the shipped plan and sample figures.
pub fn demo(rest: &[OsString]) -> Result<(), Failure> {
    ensure(&[&CC])?;
    let ours = ["--release", "--package", "cli", "--bin", "taizhang-cli"];
    // Built first, so that a build that fails leaves no empty folder behind.
    run(cargo(&["build"])?.args(ours))?;
    let mut program = cargo(&["run", "--quiet"])?;
    program.args(ours).args(["--", "demo"]);
    if !says_where(rest) {
        program.arg("--to").arg(fresh_folder()?);
    }
    run(program.args(rest))
}

/// Measures verifying and consolidating beside `sqlite3`'s import of the same rows.
pub fn bench(rest: &[OsString]) -> Result<(), Failure> {
    ensure(&[&CC, &SQLITE3])?;
    let mut program = cargo(&["bench", "--package", "journeys", "--bench", "consolidation", "--"])?;
    run(program.args(rest))
}

/// Whether the arguments leave nothing to choose: a folder is named, or only help is wanted.
fn says_where(rest: &[OsString]) -> bool {
    rest.iter().any(|word| {
        word == "--to" || word == "--help" || word == "-h" || word.as_encoded_bytes().starts_with(b"--to=")
    })
}

/// A new folder below the system's temporary one. Creating it is the test that it is new.
fn fresh_folder() -> Result<PathBuf, Failure> {
    let temporary = std::env::temp_dir();
    for number in 1..10_000 {
        let folder = temporary.join(format!("taizhang-demo-{number}"));
        match fs::create_dir(&folder) {
            Ok(()) => return Ok(folder),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(format!("{}: {error}", folder.display())),
        }
    }
    Err(format!(
        "{} is full of old demos: remove taizhang-demo-*, or name a folder with --to DIR",
        temporary.display()
    ))
}

#[cfg(test)]
mod laws {
    use super::*;

    #[test]
    fn a_named_folder_is_left_as_it_is() {
        assert!(says_where(&["--seed".into(), "7".into(), "--to".into(), "here".into()]));
        assert!(says_where(&["--to=here".into()]));
        assert!(!says_where(&["--seed".into(), "7".into()]));
    }

    #[test]
    fn two_demos_never_share_a_folder() {
        let (first, second) = (fresh_folder().unwrap(), fresh_folder().unwrap());
        assert_ne!(first, second);
        fs::remove_dir(first).unwrap();
        fs::remove_dir(second).unwrap();
    }
}
