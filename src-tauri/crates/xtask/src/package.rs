//! `cargo xtask package`: what offices install.

mod components;
mod linux;
mod notices;
mod reproduce;
mod sums;
mod windows;

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use crate::Failure;
use crate::machine::{MAKENSIS, MINGW, RUST_FOR_WINDOWS, WINDOW_TESTS, WINE, ensure};
use crate::process::{answer, cargo_locked, command, root, run_unasked, target_dir};

/// The workspace's version, which is xtask's own.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

const HELP: &str = "\
cargo xtask package windows [--webview2 FILE]   the setup for Windows; FILE is Microsoft's offline setup of WebView2, put inside
cargo xtask package linux                       a .deb
cargo xtask package test                        both, and their tests: the Windows build is installed and run under Wine
cargo xtask package trial                       as test, with programs that were built quickly: what `cargo xtask test` does
cargo xtask package reproduce                   both, built once more elsewhere from the commit, and compared with those";

/// Words for cargo: what offices get.
const PROGRAMS: [&str; 4] = ["--package", "cli", "--package", "desktop"];

/// How the programs are built.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Make {
    /// As offices get them: small, which takes its time.
    Dist,
    /// Quickly, for the tests.
    Trial,
}

impl Make {
    /// The profile in the workspace's `Cargo.toml`. Each has a folder of its own in `target`, so that packaging waits
    /// for no other build.
    const fn profile(self) -> &'static str {
        match self {
            Self::Dist => "dist",
            Self::Trial => "trial",
        }
    }

    /// Where the packages go.
    fn folder(self) -> Result<PathBuf, Failure> {
        let packages = target_dir()?.join("package");
        let folder = match self {
            Self::Dist => packages,
            Self::Trial => packages.join("trial"),
        };
        fs::create_dir_all(&folder).map_err(at(&folder))?;
        Ok(folder)
    }
}

/// Makes the package that is asked for, in `target/package`.
pub fn package(rest: &[OsString]) -> Result<(), Failure> {
    let words: Vec<_> = rest.iter().map(|word| word.to_string_lossy()).collect();
    match words.iter().map(|word| &**word).collect::<Vec<_>>()[..] {
        ["windows"] => windows::package(Make::Dist, None).map(drop),
        ["windows", "--webview2", file] => windows::package(Make::Dist, Some(Path::new(file))).map(drop),
        ["linux"] => linux::package(Make::Dist).map(drop),
        ["trial"] => match tests_of_trial()? {
            Some(mut tests) => run_unasked(&mut tests),
            None => Ok(()),
        },
        ["reproduce"] => reproduce::compare(),
        ["test"] => {
            ensure(&[&WINE])?;
            ensure(&WINDOW_TESTS.each_ref())?;
            run_unasked(&mut tests(Make::Dist)?)
        }
        _ => Err(format!("what to package?\n\n{HELP}")),
    }
}

/// Makes both packages quickly, from the programs that the other tests run and from others like them for Windows;
/// returns the command that does with them what offices do. Nothing where this machine cannot have what it takes.
pub fn tests_of_trial() -> Result<Option<Command>, Failure> {
    if !cfg!(target_os = "linux") {
        println!("left out: installers are tested on Linux");
        return Ok(None);
    }
    let there = ensure(&[&RUST_FOR_WINDOWS, &MINGW, &MAKENSIS, &WINE]);
    // The package for Debian opens its window on a screen.
    match there.and_then(|()| ensure(&WINDOW_TESTS.each_ref())) {
        Ok(()) => {
            // Where it is run alone; otherwise this has just been done.
            run_unasked(&mut cargo_locked(&["build", "--workspace", "--bins", "--examples", "--tests"])?)?;
            tests(Make::Trial).map(Some)
        }
        // CI must have them; a developer without an administrator's rights may do without.
        Err(failure) if env::var_os("CI").is_some() => Err(failure),
        Err(failure) => {
            println!("left out: {failure}");
            Ok(None)
        }
    }
}

/// Makes both packages; returns the command that tests them.
fn tests(make: Make) -> Result<Command, Failure> {
    let setup = windows::package(make, None)?;
    let deb = linux::package(make)?;
    let mut tests =
        cargo_locked(&["test", "--workspace", "--no-fail-fast", "--test", "windows", "--test", "deb"])?;
    tests.env("TAIZHANG_SETUP", setup).env("TAIZHANG_DEB", deb);
    Ok(tests)
}

/// Flags for rustc, encoded, and for the C compiler that keep out of the programs where they were built.
fn flags(more: &[&str]) -> Result<(OsString, OsString), Failure> {
    let mut flags = OsString::from(more.join("\x1f"));
    let mut c_flags = OsString::new();
    for (from, to) in [(root()?, "=/taizhang"), (cargo_home()?, "=/cargo")] {
        if !flags.is_empty() {
            flags.push("\x1f");
        }
        flags.push("--remap-path-prefix=");
        c_flags.push(" -ffile-prefix-map=");
        for words in [&mut flags, &mut c_flags] {
            words.push(&from);
            words.push(to);
        }
    }
    Ok((flags, c_flags))
}

/// Has Tauri leave out what its own plugins could do and no page may ask for: `capabilities` says what that is.
fn only_what_is_used(build: &mut Command) -> Result<&mut Command, Failure> {
    Ok(build.env("REMOVE_UNUSED_COMMANDS", root()?.join("src-tauri")))
}

/// The moment of the commit: the same for everybody who builds it.
fn moment(make: Make) -> Result<u64, Failure> {
    let mut git = command("git")?;
    git.args(["log", "-1", "--format=%ct"]);
    match answer(git) {
        Some(said) => said.parse().map_err(|_| format!("git says that the commit was made at `{said}`")),
        // Tests need no history: any moment will do.
        None if make == Make::Trial => Ok(946_684_800),
        None => Err("git does not say when the commit was made".to_owned()),
    }
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
