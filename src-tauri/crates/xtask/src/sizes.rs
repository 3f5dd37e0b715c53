//! Size alarms: a file that outgrows its room usually hides a second one.

use std::fs;
use std::path::{Path, PathBuf};

use crate::Failure;
use crate::process::root;

/// Past this a file is listed.
const WARN: usize = 400;
/// Past this the check fails.
const FAIL: usize = 600;

/// Lists the Rust files past the alarm, and fails when one is past the limit.
pub fn check() -> Result<(), Failure> {
    let root = root()?;
    let mut files = Vec::new();
    for room in ["src-tauri", "tests"] {
        rust_files(&root.join(room), &mut files)?;
    }
    let mut long = Vec::new();
    for file in &files {
        let text = fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
        let lines = text.iter().filter(|byte| **byte == b'\n').count();
        if lines > WARN {
            long.push((lines, file.strip_prefix(&root).unwrap_or(file)));
        }
    }
    long.sort();
    for (lines, file) in long.iter().rev() {
        println!("{} {lines:>5} lines  {}", if *lines > FAIL { "FAIL" } else { "warn" }, file.display());
    }
    println!("{} files, {} over {WARN} lines", files.len(), long.len());
    match long.last() {
        Some((lines, file)) if *lines > FAIL => Err(format!(
            "{} has {lines} lines; the limit is {FAIL}: look for the second room",
            file.display()
        )),
        _ => Ok(()),
    }
}

/// Collects `*.rs` below a folder, leaving out what is built or hidden.
fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name();
        let path = entry.path();
        if entry.file_type().map_err(failed)?.is_dir() {
            let built = ["target", "node_modules"].iter().any(|skipped| name == *skipped);
            if !built && !name.as_encoded_bytes().starts_with(b".") {
                rust_files(&path, found)?;
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    Ok(())
}
