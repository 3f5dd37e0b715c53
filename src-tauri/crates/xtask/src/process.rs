//! Starting other programs from the workspace root, and saying which one failed.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::Failure;

/// The folder of the workspace's `Cargo.toml`.
///
/// This crate lies three folders below it; `cargo run` says where the crate is now, which stays true when a clone is
/// moved while its binary is kept.
pub fn root() -> Result<PathBuf, Failure> {
    let crate_dir = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    let root = Path::new(&crate_dir).ancestors().nth(3).map(Path::to_path_buf);
    root.filter(|root| root.join("Cargo.lock").is_file())
        .ok_or_else(|| format!("no workspace above {}: run it as `cargo xtask`", crate_dir.display()))
}

/// Where cargo builds: `CARGO_TARGET_DIR`, else `target` in the workspace.
pub fn target_dir() -> Result<PathBuf, Failure> {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(dir) => Ok(root()?.join(dir)),
        None => Ok(root()?.join("target")),
    }
}

/// A program that will run in the workspace root.
pub fn command(program: impl AsRef<OsStr>) -> Result<Command, Failure> {
    let mut command = Command::new(program);
    command.current_dir(root()?);
    Ok(command)
}

/// The cargo that runs this program, with words after it.
pub fn cargo(words: &[&str]) -> Result<Command, Failure> {
    let mut command = command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))?;
    command.args(words);
    Ok(command)
}

/// As [`cargo`], for work that CI does: there a stale `Cargo.lock` is an error instead of being rewritten.
pub fn cargo_locked(words: &[&str]) -> Result<Command, Failure> {
    let mut command = cargo(&words[..1])?;
    if env::var_os("CI").is_some() {
        command.arg("--locked");
    }
    command.args(&words[1..]);
    Ok(command)
}

/// Runs to the end with the caller's output.
pub fn run(command: &mut Command) -> Result<(), Failure> {
    let status = command.status().map_err(|error| cannot_start(command, &error))?;
    if status.success() { Ok(()) } else { Err(format!("`{}` failed: {status}", line(command))) }
}

/// As [`run`], but nothing can be asked: checks must behave alike on a developer's terminal and in CI.
pub fn run_unasked(command: &mut Command) -> Result<(), Failure> {
    run(command.stdin(Stdio::null()))
}

/// The standard output of a program that answers quickly, or nothing when it is absent or fails.
pub fn answer(mut command: Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// What to say when a program cannot even be started.
pub fn cannot_start(command: &Command, error: &std::io::Error) -> Failure {
    format!("`{}` cannot be started: {error}", command.get_program().display())
}

/// The command as one would type it.
pub fn line(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_stem().unwrap_or(program.as_os_str());
    let words: Vec<&OsStr> = std::iter::once(name).chain(command.get_args()).collect();
    words.join(OsStr::new(" ")).display().to_string()
}
