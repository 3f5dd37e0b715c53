//! Two builds of one commit, in two places, compared.

use std::env;
use std::fs;

use super::{at, sums};
use crate::Failure;
use crate::process::{answer, command, root, run_unasked, target_dir};

/// The lists of digests that packaging writes.
const LISTS: [&str; 2] = ["SHA256SUMS", "SHA256SUMS-linux"];

/// Builds both packages from a fresh clone of the commit, in a folder of its own, and compares every file that the lists name.
pub fn compare() -> Result<(), Failure> {
    let mut changed = command("git")?;
    changed.args(["status", "--porcelain", "--untracked-files=no"]);
    if answer(changed).is_none_or(|changed| !changed.is_empty()) {
        return Err("something differs from the commit: commit it first".to_owned());
    }
    super::package(&["windows".into()])?;
    super::package(&["linux".into()])?;

    let there = target_dir()?.join("reproduce");
    let _ = fs::remove_dir_all(&there);
    let clone = there.join("elsewhere");
    run_unasked(command("git")?.args(["clone", "--quiet", "--no-hardlinks"]).arg(root()?).arg(&clone))?;
    for what in ["windows", "linux"] {
        let mut build = command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))?;
        build.current_dir(&clone).args(["xtask", "package", what]);
        run_unasked(build.env_remove("CARGO_TARGET_DIR").env_remove("CARGO_MANIFEST_DIR"))?;
    }

    let (ours, theirs) = (target_dir()?.join("package"), clone.join("target/package"));
    let mut different = Vec::new();
    for list in LISTS {
        let (ours, theirs) = (sums::read(&ours.join(list))?, sums::read(&theirs.join(list))?);
        for (name, digest) in &ours {
            let same = theirs.get(name) == Some(digest);
            println!("{}  {name}", if same { "same     " } else { "DIFFERENT" });
            if !same {
                different.push(name.clone());
            }
        }
        different.extend(theirs.keys().filter(|name| !ours.contains_key(*name)).cloned());
    }
    if different.is_empty() {
        fs::remove_dir_all(&there).map_err(at(&there))?;
        return Ok(());
    }
    Err(format!("{} not alike; the others are in {}", different.join(", "), theirs.display()))
}
