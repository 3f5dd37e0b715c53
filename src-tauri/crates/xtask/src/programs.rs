//! `run`, `demo`, `bench`: the project's own programs, built and started.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;

use crate::Failure;
use crate::machine::{CC, FONT, NPM, Program, SQLITE3, WEBKIT, WINDOW_TESTS, ensure};
use crate::process::{cargo, run, target_dir};
use crate::tools::{TAURI_DRIVER, ensure_tool};
use crate::ui::Ui;

/// What the window is built with and needs in order to be read.
pub const WINDOW: [&Program; 2] = [&WEBKIT, &FONT];

/// Opens the application, built with its user interface inside; where there is no screen, runs the demo instead.
pub fn open(rest: &[OsString]) -> Result<(), Failure> {
    if !has_display() {
        println!(
            "xtask: there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can open;\n\
             xtask: running the demo in the terminal instead. On a desktop, or under `xvfb-run`, this opens the window"
        );
        return demo(rest);
    }
    ensure(&[&CC, &NPM])?;
    ensure(&WINDOW)?;
    Ui::ready()?.build()?;
    let mut program = cargo(&["run", "--package", "desktop", "--bin", "taizhang", "--"])?;
    run(program.args(rest))
}

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

/// Writes the views' TypeScript anew; the test that compares it writes it where it is asked to.
pub fn types() -> Result<(), Failure> {
    let mut test = cargo(&["test", "--package", "app", "--lib", "committed_types"])?;
    run(test.env("TAIZHANG_WRITE_TYPES", "1"))
}

/// Measures verifying and consolidating beside `sqlite3`'s import of the same rows; with `--hub`, how long a hub's screens
/// take; with `--window`, the window; with `--verify`, the reader beside the cryptography that it cannot do without.
pub fn bench(rest: &[OsString]) -> Result<(), Failure> {
    if let [word] = rest
        && word == "--hub"
    {
        ensure(&[&CC])?;
        return run(&mut cargo(&["bench", "--package", "journeys", "--bench", "matrix"])?);
    }
    if let [word, seconds @ ..] = rest
        && word == "--verify"
    {
        let mut program = cargo(&["bench", "--package", "bundle", "--bench", "verify", "--"])?;
        return run(program.args(seconds));
    }
    if let [word] = rest
        && word == "--window"
    {
        return bench_window();
    }
    ensure(&[&CC, &SQLITE3])?;
    let mut program = cargo(&["bench", "--package", "journeys", "--bench", "consolidation", "--"])?;
    run(program.args(rest))
}

/// Measures the window as it is shipped: its start, a key's way to the disk, memory, size.
fn bench_window() -> Result<(), Failure> {
    ensure(&[&CC, &NPM])?;
    ensure(&WINDOW)?;
    ensure(&WINDOW_TESTS.each_ref())?;
    Ui::ready()?.build()?;
    run(&mut cargo(&["build", "--release", "--package", "desktop"])?)?;
    let mut program = cargo(&["bench", "--package", "journeys", "--bench", "window"])?;
    program.env("TAIZHANG_WINDOW", target_dir()?.join("release").join("taizhang"));
    run(program.env("TAIZHANG_DRIVER", ensure_tool(&TAURI_DRIVER)?))
}

fn has_display() -> bool {
    let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(not(target_os = "linux")) || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

/// Whether the arguments leave nothing to choose: a folder is named, or only help is wanted.
fn says_where(rest: &[OsString]) -> bool {
    rest.iter().any(|word| {
        word == "--to" || word == "--help" || word == "-h" || word.as_encoded_bytes().starts_with(b"--to=")
    })
}

/// A new folder below the system's temporary one. Creating it is the test that it is new.
fn fresh_folder() -> Result<PathBuf, Failure> {
    let temporary = env::temp_dir();
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
