//! Everything that a ledger says, as text to be compared before and after.

use std::fmt::Write as _;
use std::path::Path;

use ledger::bundles::{BundleKind, Direction};
use ledger::{Ledger, Tx};

/// Writes out bundles, keys, streams, plans, returns with their entries and decisions, receipts, locks, settings and the
/// audit trail of the home in a folder.
pub fn dump(home: &Path) -> String {
    let ledger = Ledger::open(&home.join("ledger.db")).unwrap();
    ledger.read(written).unwrap()
}

fn written(tx: &Tx<'_>) -> ledger::Result<String> {
    let mut out = String::new();
    let mut put = |what: &dyn std::fmt::Debug| writeln!(out, "{what:?}").unwrap();
    put(&tx.identity()?);
    put(&tx.settings()?);
    put(&tx.issued_versions()?);
    put(&tx.plan_draft()?);
    put(&tx.last_receipt()?);
    let mut offices = Vec::new();
    for kind in [BundleKind::Plan, BundleKind::Enrolment, BundleKind::Progress, BundleKind::Receipt] {
        for direction in [Direction::In, Direction::Out] {
            for bundle in tx.bundles(direction, kind, None)? {
                offices.extend(bundle.office.clone());
                put(&bundle);
            }
        }
    }
    for key in tx.keys()? {
        put(&tx.fork_choices(&key.enrolled.stream)?);
        offices.push(key.enrolled.office.clone());
        put(&key);
    }
    put(&tx.streams()?);
    offices.sort();
    offices.dedup();
    for office in offices {
        for row in tx.returns_of(&office)? {
            put(&tx.locks_of(row.period)?);
            put(&tx.load_return(row.id)?);
            put(&tx.returned_cells(row.id)?);
            put(&tx.verdict(row.id)?);
            put(&row);
        }
    }
    for deed in tx.deeds(None, u32::MAX)? {
        put(&deed);
    }
    Ok(out)
}

/// Counts the files that a home keeps aside for inspection.
pub fn set_aside(home: &Path) -> usize {
    std::fs::read_dir(home.join("archive/set-aside")).unwrap().count()
}
