//! `cargo xtask test`: everything that must hold before a change is handed on.

use std::process::Command;
use std::time::Instant;

use crate::machine::{CC, NPM, OPENSSL, PYTHON, SQLITE3, WINDOW_TESTS, ensure, ensure_components};
use crate::process::{cargo, cargo_locked, command, run_unasked, target_dir};
use crate::tools::{CARGO_DENY, TAURI_DRIVER, ensure_tool};
use crate::ui::Ui;
use crate::verdicts::Verdicts;
use crate::{Failure, arrows, package, programs, sizes};

/// Runs all steps, cheapest first, and stops at the first that fails.
pub fn all() -> Result<(), Failure> {
    let start = Instant::now();
    let ui = step("set up", || {
        ensure(&[&CC, &OPENSSL, &PYTHON, &SQLITE3, &NPM])?;
        ensure(&programs::WINDOW)?;
        ensure(&WINDOW_TESTS.each_ref())?;
        ensure_components()?;
        ensure_tool(&CARGO_DENY)?;
        if cfg!(target_os = "linux") {
            ensure_tool(&TAURI_DRIVER)?;
        }
        Ui::ready()
    })?;
    step("formatting", || run_unasked(&mut cargo(&["fmt", "--all", "--check"])?))?;
    step("sizes", sizes::check)?;
    step("arrows, licences, sources", deny)?;
    step("user interface", || ui.check().and_then(|()| ui.build()))?;
    step("lints", || {
        run_unasked(&mut cargo_locked(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])?)
    })?;
    // At once for the whole workspace: a package built by itself has other features, and its dependencies would be
    // built a second time. The window's tests drive this very program, with the user interface inside.
    step("programs and tests", || {
        run_unasked(&mut cargo_locked(&["build", "--workspace", "--bins", "--examples", "--tests"])?)
    })?;
    let installers = step("installers", package::tests_of_trial)?;
    let verdicts = step("tests", || tests(installers))?;
    println!("\nall steps passed in {:.0?}\n", start.elapsed());
    println!("{verdicts}");
    Ok(())
}

/// `cargo xtask deny`: only the rules on dependencies.
pub fn deny_alone() -> Result<(), Failure> {
    step("arrows, licences, sources", deny)
}

fn deny() -> Result<(), Failure> {
    let cargo_deny = ensure_tool(&CARGO_DENY)?;
    // The rules look at the crates of every platform, of which a build fetches only its own.
    run_unasked(&mut cargo_locked(&["fetch", "--quiet"])?)?;
    // Offline, and without the advisories: their database lies outside the package registry.
    let general = ["--offline", "--config", ".cargo/deny.toml", "check", "--hide-inclusion-graph"];
    // Rules for rooms that do not exist yet are meant to match nothing.
    let checks = ["--allow", "unused-wrapper", "bans", "licenses", "sources"];
    run_unasked(command(cargo_deny)?.args(general).args(checks))?;
    arrows::check()
}

fn tests(installers: Option<Command>) -> Result<Verdicts, Failure> {
    // All binaries run even after a failure, so that one run tells everything.
    let mut tests = cargo_locked(&["test", "--workspace", "--no-fail-fast"])?;
    if cfg!(target_os = "linux") {
        tests.env("TAIZHANG_WINDOW", target_dir()?.join("debug").join("taizhang"));
        tests.env("TAIZHANG_DRIVER", ensure_tool(&TAURI_DRIVER)?);
    }
    let (mut verdicts, mut status) = Verdicts::of(&mut tests)?;
    if let Some(mut tests) = installers {
        let (more, ended) = Verdicts::of(&mut tests)?;
        verdicts.add(&more);
        status = if status.success() { ended } else { status };
    }
    if !status.success() {
        println!("\n{verdicts}");
        return Err(format!("cargo test: {status}"));
    }
    if verdicts.passed == 0 {
        return Err("no test ran".to_owned());
    }
    Ok(verdicts)
}

fn step<T>(name: &str, body: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    println!("\n── {name} ──");
    let start = Instant::now();
    let outcome =
        body().map_err(|failure| format!("step `{name}` failed after {:.1?}: {failure}", start.elapsed()))?;
    println!("── {name}: {:.1?}", start.elapsed());
    Ok(outcome)
}
