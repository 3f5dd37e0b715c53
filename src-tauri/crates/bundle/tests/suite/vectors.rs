//! The vectors in `tests/bundles/` of the workspace: one small file per rule, named after the attack, and what must become of it.
//!
//! They are written by `WRITE_VECTORS=1 cargo test -p bundle vectors`, always with the same bytes.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::fixture::verdict;
use crate::raw::Raw;

mod contents;
mod framing;
mod good;
mod signatures;
mod successors;
mod tables;

/// One file, and the code of FORMAT.md, §9, that it must be given, or `ok`.
pub struct Vector {
    pub name: String,
    pub expect: String,
    pub rule: String,
    pub bytes: Vec<u8>,
}

fn vector(name: &str, expect: &str, rule: &str, bytes: Vec<u8>) -> Vector {
    Vector { name: name.to_owned(), expect: expect.to_owned(), rule: rule.to_owned(), bytes }
}

/// An enrolment, the smallest bundle.
fn enrolment() -> Raw {
    let records = r#"{"enrolment":{"office_name":"王台街道","contact":"张三","telephone":"0532-0000000"}}"#;
    Raw::of("enrolment", &format!("{records}\n"))
}

fn generated() -> BTreeMap<String, Vector> {
    let mut all = BTreeMap::new();
    let parts = [
        good::vectors(),
        framing::vectors(),
        signatures::vectors(),
        successors::vectors(),
        contents::vectors(),
        tables::vectors(),
    ];
    for one in parts.into_iter().flatten() {
        assert!(one.name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
        let name = one.name.clone();
        assert!(all.insert(name.clone(), one).is_none(), "{name} stands twice");
    }
    all
}

pub fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../tests/bundles")
}

/// Reads what lies in the folder: every vector with what is expected of it, and nothing else but the README.
pub fn on_disk() -> BTreeMap<String, Vector> {
    let mut all = BTreeMap::new();
    let mut pairs: BTreeMap<String, usize> = BTreeMap::new();
    for file in std::fs::read_dir(folder()).unwrap() {
        let path = file.unwrap().path();
        let (name, extension) = (path.file_stem().unwrap(), path.extension().unwrap_or_default());
        let name = name.to_str().unwrap().to_owned();
        match extension.to_str().unwrap() {
            "expect" => {}
            "tzb" => {
                let said = std::fs::read_to_string(path.with_extension("expect"));
                let said = said.unwrap_or_else(|e| panic!("what is expected of {name}? {e}"));
                let (rule, expect) = said.strip_prefix("# ").unwrap().split_once("\nexpect: ").unwrap();
                let bytes = std::fs::read(&path).unwrap();
                all.insert(name.clone(), vector(&name, expect.strip_suffix('\n').unwrap(), rule, bytes));
            }
            _ if name == "README" => continue,
            _ => panic!("{} is no vector", path.display()),
        }
        *pairs.entry(name).or_default() += 1;
    }
    let alone: Vec<_> = pairs.iter().filter(|(_, files)| **files != 2).collect();
    assert!(alone.is_empty(), "without a file or an expectation: {alone:?}");
    all
}

fn write_anew(all: &BTreeMap<String, Vector>) {
    for file in std::fs::read_dir(folder()).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|e| e == "tzb" || e == "expect") {
            std::fs::remove_file(path).unwrap();
        }
    }
    for Vector { name, expect, rule, bytes } in all.values() {
        let path = folder().join(name);
        std::fs::write(path.with_extension("tzb"), bytes).unwrap();
        std::fs::write(path.with_extension("expect"), format!("# {rule}\nexpect: {expect}\n")).unwrap();
    }
}

#[test]
fn the_folder_holds_what_the_generator_writes() {
    let made = generated();
    if std::env::var_os("WRITE_VECTORS").is_some() {
        write_anew(&made);
    }
    let kept = on_disk();
    let names = |all: &BTreeMap<String, Vector>| all.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&made), names(&kept));
    let how = "run WRITE_VECTORS=1 cargo test -p bundle vectors, and look at what changed";
    for (made, kept) in made.values().zip(kept.values()) {
        let same = made.bytes == kept.bytes && made.expect == kept.expect && made.rule == kept.rule;
        assert!(same, "{} would be written otherwise: {how}", made.name);
    }
    let size: usize = kept.values().map(|one| one.bytes.len()).sum();
    assert!(size < 700_000, "{size} bytes are too many to be looked at");
}

#[test]
fn every_vector_is_answered_as_it_must_be() {
    let mut wrong = Vec::new();
    for one in on_disk().into_values() {
        let answer = match verdict(one.bytes) {
            "accepted" => "ok",
            code => code,
        };
        if answer != one.expect {
            wrong.push(format!("{}: {answer}, expected {}: {}", one.name, one.expect, one.rule));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every code of a rejection but that of an error of the machine has a vector.
#[test]
fn every_code_has_a_vector() {
    let format = include_str!("../../FORMAT.md");
    let (_, section) = format.split_once("## 9 ").unwrap();
    let (table, _) = section.split_once("\n- ").unwrap();
    let codes: Vec<_> = table.split('`').skip(1).step_by(2).filter(|word| *word != "format").collect();
    assert!(codes.len() >= 13, "{codes:?}");
    let seen: Vec<_> = on_disk().into_values().map(|one| one.expect).collect();
    for code in codes {
        assert!(seen.iter().any(|expect| expect == code), "no vector ends in {code}");
    }
}
