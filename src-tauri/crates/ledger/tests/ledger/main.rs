//! The ledger as its callers see it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod archive;
mod audit;
mod counted;
mod drafts;
mod kill;
mod opening;
mod records;
mod returns;
mod samples;
mod transactions;
mod upward;

#[test]
fn no_test_file_is_forgotten() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ledger");
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let module = name.strip_suffix(".rs").unwrap();
        assert!(module == "main" || include_str!("main.rs").contains(&format!("mod {module};")), "{name}");
    }
}
