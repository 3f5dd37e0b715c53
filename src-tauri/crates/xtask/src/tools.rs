//! Programs that cargo builds for us, once per machine, into `target/tools`.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Failure;
use crate::machine::find;
use crate::process::{answer, cargo, run_unasked, target_dir};

/// A program from crates.io, pinned.
pub struct Tool {
    name: &'static str,
    version: &'static str,
    /// Words for `cargo install`.
    words: &'static [&'static str],
    reason: &'static str,
}

/// Checks the rules between rooms; `.cargo/deny.toml` was written for this version.
pub const CARGO_DENY: Tool = Tool {
    name: "cargo-deny",
    version: "0.20.2",
    words: &["--no-default-features"],
    reason: "keeps the arrows between the rooms",
};

/// Builds and feeds the fuzz targets.
pub const CARGO_FUZZ: Tool =
    Tool { name: "cargo-fuzz", version: "0.13.1", words: &[], reason: "hostile bytes, guided by coverage" };

/// Alters the code line by line, to see whether a test notices.
pub const CARGO_MUTANTS: Tool =
    Tool { name: "cargo-mutants", version: "27.1.0", words: &[], reason: "finds checks that no test needs" };

/// Hands the window's tests on to the web view's own driver.
pub const TAURI_DRIVER: Tool =
    Tool { name: "tauri-driver", version: "2.1.0", words: &[], reason: "drives the real window in tests" };

/// Makes sure that the tool is there in its version; returns its path.
pub fn ensure_tool(tool: &Tool) -> Result<PathBuf, Failure> {
    let tools = target_dir()?.join("tools");
    let ours = tools.join("bin").join(format!("{}{}", tool.name, env::consts::EXE_SUFFIX));
    let mut list = cargo(&["install", "--list", "--root"])?;
    list.arg(&tools);
    let installed = format!("{} v{}:", tool.name, tool.version);
    if ours.is_file() && answer(list).is_some_and(|list| list.lines().any(|line| line == installed)) {
        return Ok(ours);
    }
    if let Some(found) = find(tool.name).filter(|path| tool.is_current(path)) {
        return Ok(found);
    }
    println!("missing: {} {} ({}); building it takes a minute or two", tool.name, tool.version, tool.reason);
    let mut install = cargo(&["install", "--locked", "--quiet", "--force", "--root"])?;
    install.arg(&tools).args(tool.words).args([tool.name, "--version", tool.version]);
    // It runs for a second and is built once per machine: time spent optimizing it never comes back.
    for (setting, value) in [("OPT_LEVEL", "0"), ("LTO", "off"), ("CODEGEN_UNITS", "256"), ("DEBUG", "false")]
    {
        install.env(format!("CARGO_PROFILE_RELEASE_{setting}"), value);
    }
    run_unasked(&mut install)?;
    Ok(ours)
}

impl Tool {
    fn is_current(&self, path: &Path) -> bool {
        let mut version = Command::new(path);
        version.arg("--version");
        answer(version).is_some_and(|said| said.ends_with(&format!(" {}", self.version)))
    }
}
