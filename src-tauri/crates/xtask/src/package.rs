//! `cargo xtask package`: what offices install.

mod components;
mod linux;
mod notices;
mod sums;
mod windows;

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::Failure;
use crate::machine::{WINDOW_TESTS, WINE, ensure};
use crate::process::{answer, cargo_locked, command, run_unasked, target_dir};

/// The workspace's version, which is xtask's own.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

const HELP: &str = "\
cargo xtask package windows [--webview2 FILE]   the setup for Windows; FILE is Microsoft's offline setup of WebView2, put inside
cargo xtask package linux                       a .deb
cargo xtask package test                        both, and their tests: the Windows build is installed and run under Wine";

/// Makes the package that is asked for, in `target/package`.
pub fn package(rest: &[OsString]) -> Result<(), Failure> {
    let words: Vec<_> = rest.iter().map(|word| word.to_string_lossy()).collect();
    match words.iter().map(|word| &**word).collect::<Vec<_>>()[..] {
        ["windows"] => windows::package(None).map(drop),
        ["windows", "--webview2", file] => windows::package(Some(Path::new(file))).map(drop),
        ["linux"] => linux::package().map(drop),
        ["test"] => test(),
        _ => Err(format!("what to package?\n\n{HELP}")),
    }
}

/// Makes both packages and does with them what offices do.
fn test() -> Result<(), Failure> {
    ensure(&[&WINE])?;
    ensure(&WINDOW_TESTS.each_ref())?;
    let setup = windows::package(None)?;
    let deb = linux::package()?;
    let mut tests = cargo_locked(&["test", "--package", "journeys", "--test", "windows", "--test", "deb"])?;
    run_unasked(tests.env("TAIZHANG_SETUP", setup).env("TAIZHANG_DEB", deb))
}

/// Where packages go.
fn folder() -> Result<PathBuf, Failure> {
    let folder = target_dir()?.join("package");
    fs::create_dir_all(&folder).map_err(at(&folder))?;
    Ok(folder)
}

/// The moment of the commit: the same for everybody who builds it.
fn moment() -> Result<u64, Failure> {
    let mut git = command("git")?;
    git.args(["log", "-1", "--format=%ct"]);
    let said = answer(git).ok_or("git does not say when the commit was made")?;
    said.parse().map_err(|_| format!("git says that the commit was made at `{said}`"))
}

/// Gives a file the moment as its time; returns its length.
fn date(path: &Path, moment: u64) -> Result<u64, Failure> {
    let file = fs::File::options().append(true).open(path).map_err(at(path))?;
    file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(moment)).map_err(at(path))?;
    file.metadata().map(|file| file.len()).map_err(at(path))
}

/// Where cargo keeps what it has fetched.
fn cargo_home() -> Result<PathBuf, Failure> {
    let named = env::var_os("CARGO_HOME").map(PathBuf::from);
    named
        .or_else(|| Some(env::home_dir()?.join(".cargo")))
        .ok_or_else(|| "there is no home folder".to_owned())
}

#[expect(clippy::cast_precision_loss, reason = "for reading")]
fn mb(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

/// Says which file an error is about.
fn at(path: &Path) -> impl Fn(std::io::Error) -> Failure {
    move |error| format!("{}: {error}", path.display())
}

#[cfg(test)]
mod laws {
    use super::*;

    #[test]
    fn what_cannot_be_packaged_says_what_can() {
        for words in [&[][..], &["macos".into()], &["windows".into(), "--webview2".into()]] {
            assert!(package(words).unwrap_err().contains("package windows [--webview2 FILE]"));
        }
    }
}
