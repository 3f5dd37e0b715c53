//! What a machine must have beside Rust, and how it gets there.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Failure;
use crate::process::{answer, cargo, command, run_unasked};

/// Something that is looked for and installed from Debian's packages when it is absent.
pub struct Program {
    name: &'static str,
    sign: Sign,
    debian: &'static [&'static str],
    windows: Option<&'static str>,
    reason: &'static str,
}

/// By what it is known to be there.
enum Sign {
    /// A program of this name is on the PATH.
    OnPath,
    /// `pkg-config` knows a library of this name.
    Library(&'static str),
    /// These files are there, wherever the PATH leads.
    Files(&'static [&'static str]),
    /// A font has these characters, by fontconfig's name of their language.
    FontFor(&'static str),
}

/// Builds the C parts of dependencies.
pub const CC: Program = Program {
    name: "cc",
    sign: Sign::OnPath,
    debian: &["gcc", "libc6-dev"],
    windows: None, // Rust's MSVC toolchain cannot have built this program without its own
    reason: "compiles the bundled SQLite",
};

/// Verifies signatures without any code of ours.
pub const OPENSSL: Program = Program {
    name: "openssl",
    sign: Sign::OnPath,
    debian: &["openssl"],
    windows: Some("winget install ShiningLight.OpenSSL.Light"),
    reason: "checks both signature halves independently (FORMAT.md)",
};

/// Runs the verifier that shares no code with ours.
pub const PYTHON: Program = Program {
    name: "python3",
    sign: Sign::OnPath,
    debian: &["python3"],
    windows: None, // that test runs on Unix
    reason: "checks bundles by FORMAT.md alone, beside our own code",
};

/// Reads our database and sets the pace of the benchmark.
pub const SQLITE3: Program = Program {
    name: "sqlite3",
    sign: Sign::OnPath,
    debian: &["sqlite3"],
    windows: Some("winget install SQLite.SQLite"),
    reason: "opens the ledger from outside; the yardstick of the benchmark",
};

/// Installs and runs what the user interface is built with.
pub const NPM: Program = Program {
    name: "npm",
    sign: Sign::OnPath,
    debian: &["nodejs", "npm"],
    windows: Some("winget install OpenJS.NodeJS.LTS"),
    reason: "builds the user interface",
};

/// Draws the page; Windows brings its own web view.
pub const WEBKIT: Program = Program {
    name: "WebKitGTK 4.1",
    sign: Sign::Library("webkit2gtk-4.1"),
    debian: &["libwebkit2gtk-4.1-dev", "pkg-config"],
    windows: None,
    reason: "the window's web view",
};

/// Debian's own Rust builds for Windows, with its standard library's source, where rustup can fetch no other target.
pub const RUST_FOR_WINDOWS: Program = Program {
    name: "/usr/bin/cargo",
    sign: Sign::Files(&["/usr/bin/cargo", "/usr/bin/rustc", "/usr/lib/rustlib/src/rust/library/std"]),
    debian: &["cargo-web", "rustc-web", "rust-web-src"],
    windows: None,
    reason: "builds the programs for Windows",
};

/// Links for Windows, and compiles the bundled SQLite for it.
pub const MINGW: Program = Program {
    name: "x86_64-w64-mingw32-gcc",
    sign: Sign::OnPath,
    debian: &["gcc-mingw-w64-x86-64"],
    windows: None,
    reason: "links the programs for Windows",
};

/// Makes the setup for Windows.
pub const MAKENSIS: Program = Program {
    name: "makensis",
    sign: Sign::OnPath,
    debian: &["nsis"],
    windows: Some("winget install NSIS.NSIS"),
    reason: "makes the setup for Windows",
};

/// Makes the package for Debian.
pub const DPKG: Program = Program {
    name: "dpkg-deb",
    sign: Sign::OnPath,
    debian: &["dpkg"],
    windows: None,
    reason: "makes the package for Debian",
};

/// Installs and runs what was built for Windows.
pub const WINE: Program = Program {
    name: "wine",
    sign: Sign::OnPath,
    debian: &["wine", "wine64"],
    windows: None,
    reason: "runs the Windows build in its tests",
};

/// Without it Chinese text is boxes.
pub const FONT: Program = Program {
    name: "a Chinese font",
    sign: Sign::FontFor("zh-cn"),
    debian: &["fonts-noto-cjk", "fontconfig"],
    windows: None,
    reason: "the window is in Chinese",
};

/// What the tests of the real window need beside `tauri-driver`; they run on Linux.
pub const WINDOW_TESTS: [Program; 8] = [
    Program {
        name: "Xvfb",
        sign: Sign::OnPath,
        debian: &["xvfb"],
        windows: None,
        reason: "a screen for the window's tests",
    },
    Program {
        name: "WebKitWebDriver",
        sign: Sign::OnPath,
        debian: &["webkit2gtk-driver"],
        windows: None,
        reason: "clicks and reads in the window's tests",
    },
    Program {
        name: "xdotool",
        sign: Sign::OnPath,
        debian: &["xdotool"],
        windows: None,
        reason: "real keys for the window's tests",
    },
    Program {
        name: "dbus-run-session",
        sign: Sign::OnPath,
        debian: &["dbus-daemon"],
        windows: None,
        reason: "lets a second start find the first in the window's tests",
    },
    Program {
        name: "xclip",
        sign: Sign::OnPath,
        debian: &["xclip"],
        windows: None,
        reason: "another program's clipboard in the window's tests",
    },
    Program {
        name: "strace",
        sign: Sign::OnPath,
        debian: &["strace"],
        windows: None,
        reason: "sees every socket that the window opens in its tests",
    },
    Program {
        name: "pdftotext",
        sign: Sign::OnPath,
        debian: &["poppler-utils"],
        windows: None,
        reason: "reads back what the window's tests print",
    },
    Program {
        name: "faketime",
        sign: Sign::OnPath,
        debian: &["faketime"],
        windows: None,
        reason: "lets the window's tests live through a spring",
    },
];

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
        Some(program) => Err(format!("{} was installed but is not found", program.name)),
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
            _ => format!("`{}` (Debian calls it {})", program.name, program.debian.join(", ")),
        };
        text.push_str(&format!("\n  {how}: {}", program.reason));
    }
    text
}

/// The program's path, found as a shell would.
pub fn find(name: &str) -> Option<PathBuf> {
    find_in(&env::var_os("PATH")?, name)
}

fn find_in(path: &std::ffi::OsStr, name: &str) -> Option<PathBuf> {
    // On Windows npm is a script.
    let endings: &[&str] = if cfg!(windows) { &[".exe", ".cmd"] } else { &[""] };
    let files = |folder: PathBuf| endings.iter().map(move |ending| folder.join(format!("{name}{ending}")));
    env::split_paths(path).flat_map(files).find(|candidate| candidate.is_file())
}

impl Program {
    /// Returns what it is started as.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    fn is_missing(&self) -> bool {
        let not_there = cfg!(windows) && self.windows.is_none();
        !not_there && !self.is_there()
    }

    fn is_there(&self) -> bool {
        let ask = |program: &str, words: &[&str]| {
            let mut command = Command::new(program);
            command.args(words);
            answer(command)
        };
        match self.sign {
            Sign::OnPath => find(self.name).is_some(),
            Sign::Files(files) => files.iter().all(|file| Path::new(file).exists()),
            Sign::Library(name) => ask("pkg-config", &["--exists", name]).is_some(),
            Sign::FontFor(language) => ask("fc-list", &[&format!(":lang={language}"), "family"])
                .is_some_and(|fonts| !fonts.is_empty()),
        }
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
