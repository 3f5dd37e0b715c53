//! What a machine must have beside Rust, and how it gets there.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Failure;
use crate::process::{answer, cargo, command, run_unasked, target_dir};

/// A program that is looked for by name and installed from Debian's packages when it is absent.
pub struct Program {
    name: &'static str,
    debian: &'static [&'static str],
    windows: Option<&'static str>,
    reason: &'static str,
}

/// Builds the C parts of dependencies.
pub const CC: Program = Program {
    name: "cc",
    debian: &["gcc", "libc6-dev"],
    windows: None, // Rust's MSVC toolchain cannot have built this program without its own
    reason: "compiles the bundled SQLite",
};

/// Verifies signatures without any code of ours.
pub const OPENSSL: Program = Program {
    name: "openssl",
    debian: &["openssl"],
    windows: Some("winget install ShiningLight.OpenSSL.Light"),
    reason: "checks both signature halves independently (FORMAT.md)",
};

/// Reads our database and sets the pace of the benchmark.
pub const SQLITE3: Program = Program {
    name: "sqlite3",
    debian: &["sqlite3"],
    windows: Some("winget install SQLite.SQLite"),
    reason: "opens the ledger from outside; the yardstick of the benchmark",
};

const CARGO_DENY: &str = "0.20.2";

/// Makes sure that the programs are there; installs them where apt can, else says exactly what to install.
pub fn ensure(programs: &[&Program]) -> Result<(), Failure> {
    let missing: Vec<&Program> = programs.iter().copied().filter(|p| p.is_missing()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    for program in &missing {
        println!("missing: {} ({})", program.name, program.reason);
    }
    let Some(before) = privilege() else {
        return Err(by_hand(&missing, cfg!(windows)));
    };
    let apt = |words: &[&str]| {
        let mut apt = command(before[0])?;
        apt.args(&before[1..]).arg("apt-get").args(words);
        Ok::<Command, Failure>(apt)
    };
    // A broken third-party source must not keep Debian's own packages away: only the install decides.
    if let Err(failure) = run_unasked(&mut apt(&["update", "-qq"])?) {
        eprintln!("warning: {failure}");
    }
    let packages = missing.iter().flat_map(|program| program.debian);
    run_unasked(apt(&["install", "-y", "-qq", "--no-install-recommends"])?.args(packages))?;
    match missing.iter().find(|program| program.is_missing()) {
        None => Ok(()),
        Some(program) => Err(format!("{} was installed but is not on the PATH", program.name)),
    }
}

/// Makes sure that cargo can format and lint.
pub fn ensure_components() -> Result<(), Failure> {
    let mut absent = Vec::new();
    for (word, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if answer(cargo(&[word, "--version"])?).is_none() {
            absent.push(component);
        }
    }
    if absent.is_empty() {
        return Ok(());
    }
    if find("rustup").is_none() {
        let debian = "on Debian: apt-get install rustfmt rust-clippy";
        return Err(format!("cargo lacks {}; {debian}", absent.join(" and ")));
    }
    run_unasked(command("rustup")?.args(["component", "add"]).args(absent))
}

/// Makes sure that cargo-deny is there in the version that `.cargo/deny.toml` was written for; returns its path.
pub fn ensure_cargo_deny() -> Result<PathBuf, Failure> {
    let tools = target_dir()?.join("tools");
    let ours = tools.join("bin").join(format!("cargo-deny{}", env::consts::EXE_SUFFIX));
    if let Some(found) =
        [Some(ours.clone()), find("cargo-deny")].into_iter().flatten().find(|p| is_current(p))
    {
        return Ok(found);
    }
    println!(
        "missing: cargo-deny {CARGO_DENY} (keeps the arrows between the rooms); building it takes a minute or two"
    );
    let mut install =
        cargo(&["install", "--locked", "--quiet", "--no-default-features", "--force", "--root"])?;
    install.arg(&tools).args(["cargo-deny", "--version", CARGO_DENY]);
    // It runs for a second and is built once per machine: time spent optimizing it never comes back.
    for (setting, value) in [("OPT_LEVEL", "0"), ("LTO", "off"), ("CODEGEN_UNITS", "256"), ("DEBUG", "false")]
    {
        install.env(format!("CARGO_PROFILE_RELEASE_{setting}"), value);
    }
    run_unasked(&mut install)?;
    Ok(ours)
}

fn is_current(cargo_deny: &Path) -> bool {
    let mut version = Command::new(cargo_deny);
    version.arg("--version");
    answer(version).is_some_and(|said| said.ends_with(&format!(" {CARGO_DENY}")))
}

/// The words before a command that installs, or nothing where this user cannot.
fn privilege() -> Option<&'static [&'static str]> {
    find("apt-get")?;
    let mut id = Command::new("id");
    id.arg("-u");
    // `env` because sudo drops the caller's variables.
    if answer(id).as_deref() == Some("0") {
        Some(&["env", "DEBIAN_FRONTEND=noninteractive"])
    } else {
        find("sudo").map(|_| ["sudo", "env", "DEBIAN_FRONTEND=noninteractive"].as_slice())
    }
}

fn by_hand(missing: &[&Program], windows: bool) -> Failure {
    let mut text = String::from("install these and make sure that they are on the PATH, then run it again:");
    for program in missing {
        let how = match program.windows {
            Some(words) if windows => words.to_owned(),
            _ => format!("the program `{}` (Debian calls it {})", program.name, program.debian.join(", ")),
        };
        text.push_str(&format!("\n  {how}: {}", program.reason));
    }
    text
}

/// The program's path, found as a shell would.
fn find(name: &str) -> Option<PathBuf> {
    find_in(&env::var_os("PATH")?, name)
}

fn find_in(path: &std::ffi::OsStr, name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::split_paths(path).map(|folder| folder.join(&file)).find(|candidate| candidate.is_file())
}

impl Program {
    fn is_missing(&self) -> bool {
        let never_by_name = cfg!(windows) && self.windows.is_none();
        !never_by_name && find(self.name).is_none()
    }
}

#[cfg(test)]
mod laws {
    use super::*;

    #[test]
    fn what_to_install_by_hand_is_said_word_for_word() {
        assert!(by_hand(&[&OPENSSL], true).contains("winget install ShiningLight.OpenSSL.Light"));
        let elsewhere = by_hand(&[&CC, &SQLITE3], false);
        assert!(elsewhere.contains("`cc` (Debian calls it gcc, libc6-dev)"));
        assert!(elsewhere.contains("`sqlite3` (Debian calls it sqlite3)"));
    }

    #[test]
    fn a_folder_is_not_a_program() {
        let here = env!("CARGO_MANIFEST_DIR").as_ref();
        assert_eq!(find_in(here, "src"), None);
    }
}
