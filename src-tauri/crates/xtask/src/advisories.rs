//! `cargo xtask advisories`: what is publicly known to be wrong with what we build on.
//!
//! A command of its own and no part of `test`: it asks two databases outside the package registries, and what it says
//! changes without a change of ours.

use std::env;
use std::fs;
use std::path::PathBuf;

use crate::Failure;
use crate::machine::{NPM, ensure};
use crate::process::{answer, cannot_start, command, run_unasked};
use crate::tools::{CARGO_DENY, ensure_tool};
use crate::ui::Ui;

/// What a question to a database came to.
#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    /// Nothing is known.
    Clean,
    /// Something is known; it was printed.
    Found,
    /// There was no answer, for this reason.
    NoAnswer(String),
}

/// Asks RustSec about the crates and npm about the page's packages; both, whatever the first says.
pub fn check() -> Result<(), Failure> {
    let asked = [("crates (RustSec)", crates()?), ("packages (npm audit)", packages()?)];
    let mut failures = Vec::new();
    println!();
    for (what, outcome) in asked {
        match outcome {
            Outcome::Clean => println!("{what}: nothing known"),
            Outcome::Found => {
                failures
                    .push(format!("{what}: something is known, see above; an exception needs its reason"));
            }
            Outcome::NoAnswer(why) => failures.push(format!("{what}: not asked, {why}")),
        }
    }
    if failures.is_empty() { Ok(()) } else { Err(failures.join("\n")) }
}

fn crates() -> Result<Outcome, Failure> {
    let cargo_deny = ensure_tool(&CARGO_DENY)?;
    let config = ["--config", ".cargo/deny.toml"];
    let mut fetch = command(&cargo_deny)?;
    fetch.args(config).args(["fetch", "db"]);
    if answer(fetch).is_none() {
        let copy = copy_of_the_database();
        if !copy.is_dir() {
            return Ok(Outcome::NoAnswer(format!(
                "https://github.com/RustSec/advisory-db cannot be reached: run this where it can, with git on the PATH, \
                 or bring the folder {} from there",
                copy.display()
            )));
        }
        println!("the database cannot be reached: the copy in {} answers", copy.display());
    }
    let mut check = command(cargo_deny)?;
    // Offline: the database is there by now.
    check.arg("--offline").args(config).args(["check", "--hide-inclusion-graph", "advisories"]);
    Ok(if run_unasked(&mut check).is_ok() { Outcome::Clean } else { Outcome::Found })
}

/// The folder that cargo-deny clones its database into; it makes none where it cannot clone.
fn copy_of_the_database() -> PathBuf {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let homes = home.or_else(|| env::home_dir().map(|home| home.join(".cargo"))).unwrap_or_default();
    let databases = homes.join("advisory-dbs");
    let found = fs::read_dir(&databases).into_iter().flatten().flatten().map(|entry| entry.path());
    found.filter(|path| path.join("crates").is_dir()).min().unwrap_or_else(|| databases.join("advisory-db-…"))
}

fn packages() -> Result<Outcome, Failure> {
    ensure(&[&NPM])?;
    let ui = Ui::ready()?;
    let mut audit = ui.npm(&["audit", "--json"])?;
    let said = audit.output().map_err(|error| cannot_start(&audit, &error))?;
    let outcome = reading(said.status.success(), &String::from_utf8_lossy(&said.stdout));
    if outcome == Outcome::Found {
        // Once more for people. Its exit status says the same again.
        run_unasked(&mut ui.npm(&["audit"])?).ok();
    }
    Ok(outcome)
}

/// Reads what `npm audit --json` answers: its exit status is the same for a find and for a registry that has no answer.
fn reading(success: bool, answer: &str) -> Outcome {
    match (answer.contains("\"auditReportVersion\""), success) {
        (true, true) => Outcome::Clean,
        (true, false) => Outcome::Found,
        (false, _) => {
            let message = answer.lines().find_map(|line| line.trim().strip_prefix("\"message\": \""));
            let message = message.map_or("no answer", |rest| rest.trim_end_matches([',', '"']));
            Outcome::NoAnswer(format!(
                "the registry does not audit ({message}): run this where https://registry.npmjs.org answers"
            ))
        }
    }
}

#[cfg(test)]
mod laws {
    use super::*;

    #[test]
    fn a_registry_without_an_answer_is_neither_clean_nor_a_find() {
        let report = "{\n  \"auditReportVersion\": 2,\n  \"vulnerabilities\": {}\n}";
        assert_eq!(reading(true, report), Outcome::Clean);
        assert_eq!(reading(false, report), Outcome::Found);
        let refused = "{\n  \"message\": \"405 Method Not Allowed\",\n  \"method\": \"POST\"\n}";
        for (success, answer) in [(false, refused), (true, refused), (false, ""), (true, "{}")] {
            let Outcome::NoAnswer(why) = reading(success, answer) else { panic!("{answer:?}") };
            assert_eq!(why.contains("(405 Method Not Allowed)"), answer == refused, "{why}");
        }
    }
}
