//! `SHA256SUMS`, as `sha256sum --check` reads it.

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
    fn the_digest_is_the_one_that_everybody_computes() {
        let file = std::env::temp_dir().join(format!("taizhang-sums-{}", std::process::id()));
        fs::write(&file, "abc").unwrap();
        let digest = digest(&file);
        fs::remove_file(&file).unwrap();
        assert_eq!(digest.unwrap(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
