//! `SHA256SUMS`, as `sha256sum --check` reads it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use super::at;
use crate::Failure;
use crate::machine::find;
use crate::process::answer;

/// Writes the digests of files that lie beside the list or below.
pub fn write(list: &Path, files: &[impl AsRef<Path>]) -> Result<(), Failure> {
    let base = list.parent().unwrap_or(Path::new("."));
    let mut text = String::new();
    for file in files.iter().map(AsRef::as_ref) {
        let name = file.strip_prefix(base).unwrap_or(file).to_string_lossy().replace('\\', "/");
        text.push_str(&format!("{}  {name}\n", digest(file)?));
    }
    fs::write(list, text).map_err(at(list))
}

/// Makes sure of what has been written, as whoever gets it will: every file is there and has its digest. What goes to
/// offices has its list of components beside it.
pub fn check(list: &Path, to_offices: bool) -> Result<(), Failure> {
    let base = list.parent().unwrap_or(Path::new("."));
    let listed = read(list)?;
    for (name, meant) in &listed {
        if digest(&base.join(name))? != *meant {
            return Err(format!("{name} is not what {} says", list.display()));
        }
        let package = Path::new(name);
        let is_package =
            !name.contains('/') && package.extension().is_some_and(|end| end == "exe" || end == "deb");
        let components = package.with_extension("spdx").to_string_lossy().into_owned();
        if to_offices && is_package && !listed.contains_key(&components) {
            return Err(format!("{} does not name {components}", list.display()));
        }
    }
    if listed.is_empty() { Err(format!("{} is empty", list.display())) } else { Ok(()) }
}

/// Reads a list of digests: by name.
pub fn read(list: &Path) -> Result<BTreeMap<String, String>, Failure> {
    Ok(of(&fs::read_to_string(list).map_err(at(list))?))
}

fn of(text: &str) -> BTreeMap<String, String> {
    let lines = text.lines().filter_map(|line| line.split_once("  "));
    lines.map(|(digest, name)| (name.to_owned(), digest.to_owned())).collect()
}

/// Asks the system's own program: this crate has no cryptography.
fn digest(file: &Path) -> Result<String, Failure> {
    let mut ask = if cfg!(windows) {
        let mut ask = Command::new("certutil");
        ask.arg("-hashfile").arg(file).arg("SHA256");
        ask
    } else {
        let program = find("sha256sum").ok_or("sha256sum is not on the PATH")?;
        let mut ask = Command::new(program);
        ask.arg("--binary").arg(file);
        ask
    };
    ask.env("LC_ALL", "C");
    let said = answer(ask).unwrap_or_default();
    said.split_whitespace()
        .find(|word| word.len() == 64 && word.bytes().all(|byte| byte.is_ascii_hexdigit()))
        .map(str::to_owned)
        .ok_or_else(|| format!("no SHA-256 of {}", file.display()))
}

#[cfg(test)]
mod laws {
    use super::*;

    #[test]
    fn a_list_is_read_by_name() {
        let list = of("77  windows/a b.exe\n88  c\n");
        assert_eq!(list.get("windows/a b.exe").map(String::as_str), Some("77"));
        assert_eq!(list.len(), 2);
    }

    #[test]
    fn what_was_written_is_looked_at_again() {
        let folder = std::env::temp_dir().join(format!("taizhang-list-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let (list, setup) = (folder.join("SHA256SUMS"), folder.join("a.exe"));
        let components = setup.with_extension("spdx");
        for file in [&setup, &components] {
            fs::write(file, "abc").unwrap();
        }
        write(&list, &[&setup, &components]).unwrap();
        check(&list, true).unwrap();
        fs::write(&components, "abd").unwrap();
        assert!(check(&list, true).unwrap_err().contains("a.spdx is not what"));
        fs::remove_file(&components).unwrap();
        assert!(check(&list, true).unwrap_err().contains("no SHA-256 of"));
        write(&list, &[&setup]).unwrap();
        assert!(check(&list, true).unwrap_err().contains("does not name a.spdx"));
        check(&list, false).unwrap();
        write(&list, &[] as &[&Path]).unwrap();
        assert!(check(&list, false).unwrap_err().contains("is empty"));
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn the_digest_is_the_one_that_everybody_computes() {
        let file = std::env::temp_dir().join(format!("taizhang-sums-{}", std::process::id()));
        fs::write(&file, "abc").unwrap();
        let digest = digest(&file);
        fs::remove_file(&file).unwrap();
        assert_eq!(digest.unwrap(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
