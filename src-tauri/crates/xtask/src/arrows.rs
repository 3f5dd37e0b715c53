//! Arrows that cargo-deny cannot express, read from `cargo tree`.

use crate::Failure;
use crate::process::{answer, cargo_locked, line};

/// How far a package may not go.
enum Bar {
    /// Not named in its own manifest.
    Naming,
    /// Not reached through anything.
    Reaching,
}

/// Package, bar, the crates it bars, reason.
const BARS: [(&str, Bar, &[&str], &str); 4] = [
    // cargo-deny sees no difference between kinds of dependency.
    ("cli", Bar::Reaching, &["testkit", "proptest"], "what is only for tests is never shipped"),
    ("desktop", Bar::Reaching, &["testkit", "proptest"], "what is only for tests is never shipped"),
    // Every other crate may name serde, so a list of wrappers would be the whole lock file.
    (
        "model",
        Bar::Naming,
        &["serde", "serde_json", "ts-rs"],
        "a rename in the model must not change a signed format",
    ),
    // With fonts at hand a chart would come out differently on every machine.
    (
        "charts",
        Bar::Reaching,
        &["ab_glyph", "font-kit", "image", "ttf-parser"],
        "a chart looks the same wherever it is drawn",
    ),
];

/// Fails on the first bar that is crossed.
pub fn check() -> Result<(), Failure> {
    for (package, bar, barred, reason) in &BARS {
        let mut tree = cargo_locked(&["tree", "--offline", "--package", package])?;
        tree.args(["--edges", "normal", "--target", "all", "--prefix", "none"]);
        if let Bar::Naming = bar {
            tree.args(["--depth", "1"]);
        }
        let words = line(&tree);
        let listing = answer(tree).ok_or_else(|| format!("`{words}` failed"))?;
        if let Some(crossed) = crosses(&listing, barred) {
            return Err(format!("{package} depends on {crossed}: {reason}; see `{words}`"));
        }
    }
    Ok(())
}

/// The first barred crate among the lines `name vX.Y.Z …`.
fn crosses<'a>(listing: &str, barred: &[&'a str]) -> Option<&'a str> {
    let names: Vec<&str> = listing.lines().filter_map(|line| line.split(' ').next()).collect();
    barred.iter().copied().find(|name| names.contains(name))
}

#[cfg(test)]
mod laws {
    use super::*;

    #[test]
    fn only_whole_names_count() {
        let listing = "model v0.1.0 (/somewhere/serde)\nserde_core v1.0.0\nchrono v0.4.45";
        assert_eq!(crosses(listing, &["serde", "ts-rs"]), None);
        assert_eq!(crosses(listing, &["ts-rs", "serde_core"]), Some("serde_core"));
    }
}
