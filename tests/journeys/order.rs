//! What is accepted is a function of the set of files received: any order, any repetition, any split into sticks.

use std::path::{Path, PathBuf};

use app::Home;
use ledger::Ledger;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use testkit::forge::{clone_folder, keys_of};
use testkit::plan::{GROWTH, office_id, target_id};
use testkit::{District, Opened, PASSPHRASE, period, world};

const OFFICES: usize = 3;

/// Three offices: one whose stream forks after a correction, one with enough months to have gaps, one with a return that our program
/// would not have let out.
fn files(district: &mut District) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for (at, month, count) in [
        (0, "2024-02", "5"),
        (0, "2024-03", "10"),
        (0, "2024-03", "11"),
        (0, "2024-04", "15"),
        (1, "2024-02", "6"),
        (1, "2024-03", "12"),
        (1, "2024-04", "18"),
        (1, "2024-02", "7"),
        (2, "2024-02", "8"),
        (2, "2024-03", "9"),
    ] {
        let folder = format!("out-{}", files.len());
        files.push(district.report(at, month, count, &folder).path);
    }
    let forged = district.at("forged");
    let rival = Opened::of(&files[2]).with_count("99");
    files.push(rival.sealed(&keys_of(district.offices[0].dir()), &forged.join("rival.tzb")));
    let third = Opened::of(&files[9]);
    let (link, header) = (third.link(), third.header);
    let mut wrong = third.relinked(link.stream(), link.seq() + 1, Some(header));
    wrong.content().entries.remove(&target_id(testkit::plan::COUNT));
    files.push(wrong.sealed(&keys_of(district.offices[2].dir()), &forged.join("hole.tzb")));
    files
}

/// Everything that people see of a hub, whatever way it came there.
pub fn seen(hub: &mut Home, folder: &Path) -> String {
    let ledger = Ledger::open(&hub.dir().join("ledger.db")).unwrap();
    let mut rows = Vec::new();
    for at in 0..OFFICES {
        for row in ledger.read(|tx| tx.returns_of(&office_id(at))).unwrap() {
            rows.push(format!(
                "{} {} {} {:?} {:?} {}",
                row.office, row.period, row.seq, row.bundle, row.state, row.counted
            ));
        }
    }
    rows.sort();
    for month in ["2024-02", "2024-03", "2024-04"] {
        rows.push(serde_json::to_string(&hub.status(period(month)).unwrap()).unwrap());
    }
    for (office, delivered) in hub.send_receipts(None, PASSPHRASE, folder).unwrap() {
        rows.push(format!("{office} {:?}", Opened::of(&delivered.path).payload));
    }
    rows.join("\n")
}

#[test]
fn what_counts_depends_on_the_set_of_files_alone() {
    let mut district = District::new(OFFICES);
    let files = files(&mut district);
    let pristine = district.at("pristine");
    clone_folder(district.hub.dir(), &pristine);
    let clock = district.clock.clone();
    let fresh = || {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().join("hub");
        clone_folder(&pristine, &home);
        (Home::open(&home, world(&clock, 7)).unwrap(), folder)
    };
    let everything: Vec<usize> = (0..files.len()).collect();
    // A subset with duplicates in any order, and into how large handfuls it is split.
    let subset = proptest::sample::subsequence(everything, 1..=files.len());
    let arrivals = subset.prop_flat_map(|set| {
        let again = proptest::collection::vec(proptest::sample::select(set.clone()), 0..4);
        let all = again.prop_map(move |again| [set.clone(), again].concat());
        (all.prop_shuffle(), 1usize..5)
    });
    let config = Config { cases: 48, failure_persistence: None, ..Config::default() };
    let outcome = TestRunner::new_with_rng(
        config,
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    )
    .run(&arrivals, |(order, handful)| {
        let (mut at_once, first) = fresh();
        let set: Vec<PathBuf> = files
            .iter()
            .enumerate()
            .filter(|(at, _)| order.contains(at))
            .map(|(_, file)| file.clone())
            .collect();
        at_once.receive(&set, None, &mut |_, _| true).unwrap();
        let (mut bit_by_bit, second) = fresh();
        for handful in order.chunks(handful) {
            let some: Vec<PathBuf> = handful.iter().map(|at| files[*at].clone()).collect();
            bit_by_bit.receive(&some, None, &mut |_, _| true).unwrap();
        }
        let expected = seen(&mut at_once, &first.path().join("receipts"));
        prop_assert_eq!(seen(&mut bit_by_bit, &second.path().join("receipts")), expected, "{:?}", order);
        Ok(())
    });
    outcome.unwrap();
    assert!(district.hub.plan().unwrap().target(&target_id(GROWTH)).is_some());
}
