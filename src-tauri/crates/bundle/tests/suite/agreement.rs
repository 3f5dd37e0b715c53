//! The independent verifier in Python, `tests/independent/verify.py`, and the Rust code give the same answers.
//!
//! They are asked about every vector, and about mutants of the good ones: bytes flipped, cut and put in, and headers,
//! records and deflate streams that were spoilt and signed again.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::fixture::verdict;
use crate::vectors::on_disk;

mod mutants;

const MUTANTS: usize = 3_000;

fn verifier() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/independent/verify.py")
}

fn ours(bytes: Vec<u8>) -> &'static str {
    match verdict(bytes) {
        "accepted" => "ok",
        code => code,
    }
}

/// Verifiers at work on a list of files.
struct Asked(Vec<(Child, PathBuf)>);

/// Asks the verifier about files; two processes share them.
fn ask(files: &[PathBuf], folder: &Path, options: &[&str]) -> Asked {
    let share = |(at, files): (usize, &[PathBuf])| {
        let (list, answers) = (folder.join(format!("list-{at}")), folder.join(format!("answers-{at}")));
        let paths: Vec<_> = files.iter().map(|path| path.to_str().unwrap()).collect();
        fs::write(&list, paths.join("\n")).unwrap();
        let mut command = Command::new("python3");
        command.arg(verifier()).arg("--stdin").args(options);
        let child = command.stdin(File::open(list).unwrap()).stdout(File::create(&answers).unwrap());
        (child.stderr(Stdio::inherit()).spawn().unwrap(), answers)
    };
    Asked(files.chunks(files.len().div_ceil(2)).enumerate().map(share).collect())
}

impl Asked {
    fn answers(self) -> BTreeMap<PathBuf, String> {
        let mut all = BTreeMap::new();
        for (mut child, answers) in self.0 {
            child.wait().unwrap();
            for line in fs::read_to_string(answers).unwrap().lines() {
                let (path, code) = line.split_once('\t').unwrap();
                all.insert(PathBuf::from(path), code.to_owned());
            }
        }
        all
    }
}

/// Writes the files, asks both, and returns every file on which they differ, with how often each code was given.
fn compare(files: Vec<(String, Vec<u8>)>, options: &[&str]) -> (Vec<String>, BTreeMap<&'static str, usize>) {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    for (name, bytes) in &files {
        fs::write(path(name), bytes).unwrap();
    }
    let paths: Vec<_> = files.iter().map(|(name, _)| path(name)).collect();
    let asked = ask(&paths, folder.path(), options);
    let ours: Vec<_> = files.into_iter().map(|(name, bytes)| (name, ours(bytes))).collect();
    let theirs = asked.answers();
    let (mut differ, mut codes) = (Vec::new(), BTreeMap::new());
    for (name, ours) in ours {
        *codes.entry(ours).or_default() += 1;
        let theirs = theirs.get(&path(&name)).map_or("no answer", String::as_str);
        if theirs != ours {
            differ.push(format!("{name}: {ours} here, {theirs} in Python"));
        }
    }
    if !differ.is_empty() {
        differ.push(format!("the files are kept in {}", folder.keep().display()));
    }
    (differ, codes)
}

#[test]
fn both_agree_on_every_vector() {
    let files: Vec<_> = on_disk().into_values().map(|one| (one.name, one.bytes)).collect();
    // With openssl where openssl has a say; processes are slow.
    let signed =
        |name: &str| ["sm2-", "ed25519-", "half", "keys-", "good-"].iter().any(|p| name.starts_with(p));
    let by_openssl: Vec<_> = files.iter().filter(|(name, _)| signed(name)).cloned().collect();
    assert!(by_openssl.len() >= 70);
    assert_eq!(compare(files, &["--pure"]).0, [""; 0]);
    assert_eq!(compare(by_openssl, &[]).0, [""; 0]);
}

#[test]
fn the_verifiers_own_test_passes() {
    let mut command = Command::new("python3");
    command.args(["-B", "-m", "unittest", "--quiet"]).current_dir(verifier().parent().unwrap());
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn both_agree_on_mutants() {
    let good: Vec<_> =
        on_disk().into_values().filter(|one| one.expect == "ok" && one.bytes.len() < 4_000).collect();
    assert!(good.len() > 40);
    let mutants = mutants::of(&good, MUTANTS);
    assert_eq!(mutants.iter().collect::<BTreeSet<_>>().len(), mutants.len(), "each is another one");
    let (differ, codes) = compare(mutants, &["--pure"]);
    assert_eq!(differ, [""; 0]);
    // Mutants that all fail alike would prove nothing.
    assert!(codes.len() >= 9, "{codes:?}");
    let enough = [
        ("ok", 120),
        ("bad_record", 400),
        ("bad_header", 300),
        ("bad_compression", 100),
        ("bad_successor", 100),
    ];
    for (code, at_least) in enough {
        assert!(codes.get(code).is_some_and(|seen| *seen >= at_least), "too few {code}: {codes:?}");
    }
}
