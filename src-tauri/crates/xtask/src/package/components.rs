//! What is inside the programs: every crate that is linked into them and every package that is part of the page.
//!
//! Written as SPDX 2.3 in its form of one `tag: value` a line.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::{VERSION, at};
use crate::Failure;
use crate::process::{answer, cargo, command, root};

/// What of the npm registry goes into the page: the rest of `ui/package-lock.json` only builds and tests it.
const PAGE: [&str; 4] = ["@tauri-apps/api", "clsx", "esm-env", "svelte"];

/// What the setup is made with.
pub const NSIS: &str = "NSIS";

/// Something that others wrote.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Component {
    /// `cargo`, `npm`; `generic` for what comes with the toolchain.
    pub registry: &'static str,
    /// Its name there.
    pub name: String,
    /// Its version; empty where it has none of its own.
    pub version: String,
    /// Its licence, as an SPDX expression.
    pub licence: String,
    /// Its digest in the lock file.
    sha256: Option<String>,
}

/// Returns what is in the programs for a target, sorted.
pub fn of(target: &str) -> Result<Vec<Component>, Failure> {
    let mut tree =
        cargo(&["tree", "--locked", "--package", "cli", "--package", "desktop", "--prefix", "none"])?;
    tree.args(["--edges", "normal,no-proc-macro", "--format", "{p}\t{l}", "--target", target]);
    let said = answer(tree).ok_or("`cargo tree` failed")?;
    let lock = root()?.join("Cargo.lock");
    let digests = digests(&fs::read_to_string(&lock).map_err(at(&lock))?);
    let mut all: BTreeSet<Component> = said.lines().filter_map(|line| of_line(line, &digests)).collect();
    for name in PAGE {
        let file = root()?.join("ui/node_modules").join(name).join("package.json");
        let text = fs::read_to_string(&file).map_err(at(&file))?;
        let value = |key| value_of(&text, key).ok_or_else(|| format!("{}: no {key}", file.display()));
        let (version, licence) = (value("version")?, value("license")?);
        all.insert(Component { registry: "npm", name: name.to_owned(), version, licence, sha256: None });
    }
    all.extend(of_tools(target));
    Ok(all.into_iter().collect())
}

/// Returns what the tools put into what they make.
fn of_tools(target: &str) -> impl Iterator<Item = Component> {
    let windows = target.contains("-windows-");
    let tools = [
        ("rust-standard-library", "MIT OR Apache-2.0", true),
        ("mingw-w64-runtime", "ZPL-2.1", target.ends_with("-windows-gnu")),
        ("libgcc", "GPL-3.0-or-later WITH GCC-exception-3.1", target.ends_with("-windows-gnu")),
        ("WebView2Loader", "BSD-3-Clause", windows),
        // The setup and the uninstaller begin with its program and carry its plugins; what unpacks them, and the plugin
        // that calls Windows, have licences of their own.
        (NSIS, "Zlib AND MIT AND CPL-1.0 WITH LZMA-exception", windows),
    ];
    tools.into_iter().filter(|(_, _, inside)| *inside).map(|(name, licence, _)| {
        let (name, licence) = (name.to_owned(), licence.to_owned());
        Component { registry: "generic", name, version: String::new(), licence, sha256: None }
    })
}

/// Reads a line of `cargo tree`; nothing where it names one of our own rooms.
fn of_line(line: &str, digests: &BTreeMap<(String, String), String>) -> Option<Component> {
    // `(*)` is a crate that was listed already, a path one of ours.
    let (package, licence) = line.trim_end_matches(" (*)").split_once('\t')?;
    let (name, version) = package.split_once(" v").filter(|(_, version)| !version.contains(' '))?;
    let key = (name.to_owned(), version.to_owned());
    let sha256 = digests.get(&key).cloned();
    // Crates from before 2021 may write a slash.
    let licence = licence.replace('/', " OR ");
    Some(Component { registry: "cargo", name: key.0, version: key.1, licence, sha256 })
}

/// Reads the digests out of `Cargo.lock`.
fn digests(lock: &str) -> BTreeMap<(String, String), String> {
    let value = |block: &str, key: &str| {
        let line = block.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = \""))?;
        line.strip_suffix('"').map(str::to_owned)
    };
    let blocks = lock.split("[[package]]");
    blocks
        .filter_map(|block| {
            Some(((value(block, "name")?, value(block, "version")?), value(block, "checksum")?))
        })
        .collect()
}

/// Reads a word out of a `package.json` that npm has written, one key a line.
fn value_of(json: &str, key: &str) -> Option<String> {
    let after = |line: &str| {
        let value = line.trim().strip_prefix('"')?.strip_prefix(key)?.strip_prefix("\":")?;
        Some(value.trim().trim_end_matches(',').strip_prefix('"')?.strip_suffix('"')?.to_owned())
    };
    json.lines().find_map(after)
}

/// Writes the list.
pub fn write(components: &[Component], name: &str, to: &Path) -> Result<(), Failure> {
    let ask = |words: &[&str]| {
        let mut git = command("git")?;
        git.env("TZ", "UTC").args(words);
        answer(git).ok_or_else(|| format!("`git {}` failed", words.join(" ")))
    };
    let commit = ask(&["rev-parse", "HEAD"])?;
    let made = ask(&["log", "-1", "--date=format-local:%Y-%m-%dT%H:%M:%SZ", "--format=%cd"])?;
    fs::write(to, text(components, name, &commit, &made)).map_err(at(to))
}

fn text(components: &[Component], name: &str, commit: &str, made: &str) -> String {
    let mut text = format!(
        "SPDXVersion: SPDX-2.3\nDataLicense: CC0-1.0\nSPDXID: SPDXRef-DOCUMENT\nDocumentName: {name}\n\
         DocumentNamespace: https://spdx.org/spdxdocs/{name}-{commit}\n\
         Creator: Tool: cargo-xtask-package-{VERSION}\nCreated: {made}\n\n\
         PackageName: taizhang\nSPDXID: SPDXRef-taizhang\nPackageVersion: {VERSION}\n\
         PackageDownloadLocation: NOASSERTION\nFilesAnalyzed: false\nPackageLicenseConcluded: Apache-2.0\n\
         PackageLicenseDeclared: Apache-2.0\nPackageCopyrightText: NOASSERTION\n\
         Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-taizhang\n"
    );
    for component in components {
        let Component { registry, name, version, licence, sha256 } = component;
        let written = format!("{registry}-{name}-{version}");
        let id: String =
            written.chars().map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' }).collect();
        let id = id.trim_end_matches('-');
        text.push_str(&format!("\nPackageName: {name}\nSPDXID: SPDXRef-{id}\n"));
        if !version.is_empty() {
            text.push_str(&format!("PackageVersion: {version}\n"));
        }
        text.push_str("PackageDownloadLocation: NOASSERTION\nFilesAnalyzed: false\n");
        if let Some(digest) = sha256 {
            text.push_str(&format!("PackageChecksum: SHA256: {digest}\n"));
        }
        text.push_str(&format!(
            "PackageLicenseConcluded: NOASSERTION\nPackageLicenseDeclared: {licence}\n\
             PackageCopyrightText: NOASSERTION\n"
        ));
        if *registry != "generic" {
            // A purl writes the @ of a scope as %40.
            let name = name.replace('@', "%40");
            let purl = format!("pkg:{registry}/{name}@{}", version.replace('+', "%2B"));
            text.push_str(&format!("ExternalRef: PACKAGE-MANAGER purl {purl}\n"));
        }
        text.push_str(&format!("Relationship: SPDXRef-taizhang CONTAINS SPDXRef-{id}\n"));
    }
    text
}

#[cfg(test)]
mod laws {
    use super::*;

    #[test]
    fn a_line_of_the_tree_becomes_a_component_with_its_digest() {
        let lock = "[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nchecksum = \"77\"\n\n[[package]]\nname = \"app\"\nversion = \"1.0.0\"\n";
        let digests = digests(lock);
        let read = |line| of_line(line, &digests);
        let component = read("a v1.0.0\tMIT/Apache-2.0").unwrap();
        assert_eq!(
            (&*component.name, &*component.version, &*component.licence),
            ("a", "1.0.0", "MIT OR Apache-2.0")
        );
        assert_eq!(component.sha256.as_deref(), Some("77"));
        assert_eq!(read("a v1.0.0\tMIT/Apache-2.0 (*)"), Some(component));
        assert_eq!(read("app v1.0.0 (/home/somebody/app)\tApache-2.0"), None);
    }

    #[test]
    fn the_list_names_each_component_once_with_its_licence() {
        let component = |registry, name: &str, version: &str| Component {
            registry,
            name: name.to_owned(),
            version: version.to_owned(),
            licence: "MIT".to_owned(),
            sha256: None,
        };
        let all = [component("npm", "@x/y", "1.0.0"), component("generic", "libgcc", "")];
        let text = text(&all, "n", "c", "2024-01-01T00:00:00Z");
        for line in [
            "SPDXID: SPDXRef-npm--x-y-1.0.0",
            "ExternalRef: PACKAGE-MANAGER purl pkg:npm/%40x/y@1.0.0",
            "SPDXID: SPDXRef-generic-libgcc",
            "Relationship: SPDXRef-taizhang CONTAINS SPDXRef-generic-libgcc",
        ] {
            assert_eq!(text.lines().filter(|found| *found == line).count(), 1, "{line}\n{text}");
        }
        assert_eq!(text.matches("PackageLicenseDeclared: MIT").count(), 2);
    }

    #[test]
    fn what_makes_the_setup_is_in_the_setup_only() {
        let names = |target| of_tools(target).map(|tool| tool.name).collect::<Vec<_>>();
        assert_eq!(names("x86_64-unknown-linux-gnu"), ["rust-standard-library"]);
        assert_eq!(
            names("x86_64-pc-windows-gnu"),
            ["rust-standard-library", "mingw-w64-runtime", "libgcc", "WebView2Loader", NSIS]
        );
        assert!(names("x86_64-pc-windows-msvc").contains(&NSIS.to_owned()));
    }

    #[test]
    fn npm_writes_a_key_a_line() {
        let json = "{\n  \"name\": \"x\",\n  \"version\": \"1.2.3\",\n  \"license\": \"MIT\"\n}";
        assert_eq!(value_of(json, "version").as_deref(), Some("1.2.3"));
        assert_eq!(value_of(json, "license").as_deref(), Some("MIT"));
        assert_eq!(value_of(json, "absent"), None);
    }
}
