//! The command line program, built from this very tree and run as a person would.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use crate::PASSPHRASE;

/// Returns the program, brought up to date once per test run.
pub fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
        let elsewhere =
            workspace.join(std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()));
        let profile = profile_folder(&std::env::current_exe().unwrap(), &elsewhere);
        let target = profile.parent().expect("a target folder");
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(["build", "--quiet", "--package", "cli", "--target-dir"]).arg(target);
        if profile.ends_with("release") {
            cargo.arg("--release");
        }
        let built = cargo.arg("--manifest-path").arg(workspace.join("Cargo.toml")).status().unwrap();
        assert!(built.success(), "the command line program does not build");
        profile.join(format!("taizhang-cli{}", std::env::consts::EXE_SUFFIX))
    })
}

/// Returns where the program is built: beside the test executable, which lies in `<target>/<profile>/deps`; where that was copied
/// away, in the target folder given.
fn profile_folder(test: &Path, elsewhere: &Path) -> PathBuf {
    let built = test.parent().filter(|folder| folder.ends_with("deps")).and_then(Path::parent);
    built.map_or_else(|| elsewhere.join("debug"), Path::to_path_buf)
}

/// What the program said.
#[derive(Debug)]
pub struct Said {
    /// Whether it ended with status 0.
    pub ok: bool,
    /// Its standard output.
    pub out: String,
    /// Its standard error.
    pub err: String,
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("text in UTF-8");
        Self { ok: output.status.success(), out: text(output.stdout), err: text(output.stderr) }
    }
}

/// Runs the program on a home, with the passphrase of the tests.
pub fn run(home: &Path, args: &[&str]) -> Said {
    run_with(home, PASSPHRASE, args)
}

/// Runs the program on a home with a passphrase.
pub fn run_with(home: &Path, passphrase: &str, args: &[&str]) -> Said {
    let mut command = Command::new(program());
    command.arg("--home").arg(home).args(args).env("TAIZHANG_PASSPHRASE", passphrase);
    command.env_remove("TAIZHANG_HOME").output().unwrap().into()
}

#[cfg(test)]
mod laws {
    use super::*;

    #[test]
    fn a_copied_test_builds_in_the_target_folder_and_nowhere_else() {
        for (test, profile) in [
            ("/build/release/deps/journeys-1", "/build/release"),
            ("/build/triple/debug/deps/journeys-1", "/build/triple/debug"),
            ("/copies/of/journeys", "/project/target/debug"),
            ("/journeys", "/project/target/debug"),
        ] {
            assert_eq!(profile_folder(Path::new(test), Path::new("/project/target")), Path::new(profile));
        }
    }
}
