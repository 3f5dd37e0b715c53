//! `LICENSES.txt`, which travels with the programs: what others wrote, and the licences under which it may be passed on.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::components::{Component, NSIS};
use super::{at, cargo_home};
use crate::Failure;
use crate::process::root;

/// What its authors want to have said where only the made setup is passed on.
const OF_THE_SETUP: &str = "\
The setup and the uninstaller are made with NSIS, copyright 1999-2021 Nullsoft and Contributors, under the licence of zlib.\n\
What unpacks them is copyright 1999-2006 Igor Pavlov and 2003-2021 Amir Szekely, under the Common Public License 1.0; its\n\
authors permit linking with it without that licence applying to the rest. What calls Windows from them (System, Call.S) is\n\
in part under the MIT licence. None of it was altered; its source: https://sourceforge.net/projects/nsis\n\n";

/// Writes the notices: our own licence's name, every component, and every text once with those who have it.
pub fn write(components: &[Component], to: &Path) -> Result<(), Failure> {
    let mut out = String::from(
        "台账的许可证是 Apache-2.0。它包含下列组件，各按自己的许可证使用。\n\
         This program contains the following components, each under its own licence.\n\n",
    );
    // The Mozilla Public License asks to be told where the source is.
    out.push_str("Their source is published under their names and versions: cargo at crates.io, npm at the npm registry.\n\n");
    if components.iter().any(|component| component.name == NSIS) {
        out.push_str(OF_THE_SETUP);
    }
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for component in components {
        let Component { registry, name, version, licence, .. } = component;
        let label = format!("{name} {version}");
        let label = label.trim_end();
        out.push_str(&format!("{label} ({registry}): {licence}\n"));
        for text in texts_of(component)? {
            texts.entry(text).or_default().push(label.to_owned());
        }
    }
    for (text, names) in texts {
        out.push_str(&format!("\n{}\n{}\n\n{text}\n", "=".repeat(80), names.join(", ")));
    }
    // Windows' own editor shows it, too.
    fs::write(to, format!("\u{feff}{}", out.replace('\n', "\r\n"))).map_err(at(to))
}

/// Reads the licences and notices that a component comes with.
fn texts_of(component: &Component) -> Result<Vec<String>, Failure> {
    let Some(folder) = source_of(component)? else { return Ok(Vec::new()) };
    let mut files = Vec::new();
    for entry in fs::read_dir(&folder).map_err(at(&folder))? {
        let path = entry.map_err(at(&folder))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_uppercase();
        let begins = ["LICENSE", "LICENCE", "COPYING", "NOTICE", "COPYRIGHT", "UNLICENSE"];
        if begins.iter().any(|begin| name.starts_with(begin)) && path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    let read = |path: &PathBuf| fs::read(path).map_err(at(path));
    files.iter().map(|path| read(path).map(|bytes| tidy(&String::from_utf8_lossy(&bytes)))).collect()
}

/// The same text has many line ends and indentations.
fn tidy(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim_matches('\n').trim_start_matches('\u{feff}').to_owned()
}

/// Finds where a component's source lies on this machine; what comes with the toolchain has none.
fn source_of(component: &Component) -> Result<Option<PathBuf>, Failure> {
    if component.registry == "npm" {
        return Ok(Some(root()?.join("ui/node_modules").join(&component.name)));
    }
    if component.registry != "cargo" {
        return Ok(None);
    }
    let sources = cargo_home()?.join("registry/src");
    for registry in fs::read_dir(&sources).map_err(at(&sources))? {
        let folder = registry.map_err(at(&sources))?.path();
        let folder = folder.join(format!("{}-{}", component.name, component.version));
        if folder.is_dir() {
            return Ok(Some(folder));
        }
    }
    Err(format!("the source of {} {} is not in {}", component.name, component.version, sources.display()))
}

#[cfg(test)]
mod laws {
    use super::*;

    #[test]
    fn one_text_in_two_wrappings_is_one_text() {
        assert_eq!(tidy("\u{feff}a  \r\nb\r\n\r\n"), "a\nb");
        assert_eq!(tidy("a\nb"), "a\nb");
    }
}
