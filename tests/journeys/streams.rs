//! Rows 12 to 15 of the attacks: bundles that come twice, late, forked or with gaps.

use std::path::{Path, PathBuf};

use app::receive::{ReturnStanding, Verdict};
use ledger::returns::ReturnState;
use testkit::forge::{clone_folder, keys_of};
use testkit::plan::{COUNT, NAMES, office_id};
use testkit::{District, Opened, PASSPHRASE, dump, orders, period, taken};

fn states(district: &District) -> Vec<(u64, ReturnState, bool)> {
    let ledger = ledger::Ledger::open(&district.hub.dir().join("ledger.db")).unwrap();
    let rows = ledger.read(|tx| tx.returns_of(&office_id(0))).unwrap();
    let mut states: Vec<_> = rows.iter().map(|row| (row.seq, row.state, row.counted)).collect();
    states.sort();
    states
}

#[test]
fn the_same_file_twice_changes_nothing_and_gives_the_same_receipt() {
    let mut district = District::new(1);
    let sent = district.report(0, "2024-03", "10", "stick").path;
    assert_eq!(district.receive(&sent), ["accepted"]);
    let receipt = district.answer(0, "receipts");
    let before = dump(district.hub.dir());

    let copy = district.at("stick/copy.tzb");
    std::fs::copy(&sent, &copy).unwrap();
    assert_eq!(district.receive(&district.at("stick")), ["duplicate", "duplicate"]);
    assert_eq!(dump(district.hub.dir()), before, "no new rows");
    let again = district.hub.send_receipts(Some(NAMES[0]), PASSPHRASE, &district.at("again")).unwrap();
    assert!(again[0].1.again);
    assert_eq!(std::fs::read(&again[0].1.path).unwrap(), std::fs::read(receipt).unwrap());
    assert_eq!(dump(district.hub.dir()), before, "no new receipt either");
}

#[test]
fn twice_in_one_folder_is_once() {
    let mut district = District::new(1);
    let sent = district.report(0, "2024-03", "10", "stick").path;
    std::fs::copy(&sent, district.at("stick/a.tzb")).unwrap();
    let mut codes = district.receive(&district.at("stick"));
    codes.sort_unstable();
    assert_eq!(codes, ["accepted", "duplicate"]);
    assert_eq!(states(&district), [(1, ReturnState::Accepted, true)]);
}

#[test]
fn an_older_bundle_has_no_effect() {
    let mut district = District::new(1);
    let old = district.report(0, "2024-03", "10", "old").path;
    let new = district.report(0, "2024-03", "12", "new").path;
    assert_eq!(district.receive(&new), ["accepted"]);
    assert_eq!(district.receive(&old), ["older"]);
    assert_eq!(district.actual("2024-03", COUNT).as_deref(), Some("12"));
    // Again, after both are there.
    let before = dump(district.hub.dir());
    assert_eq!(district.receive(&old), ["duplicate"]);
    assert_eq!(dump(district.hub.dir()), before);
}

/// A cloned computer: two homes with one key, each unaware of the other.
fn cloned() -> (District, Vec<PathBuf>) {
    let mut district = District::new(2);
    let first = district.report(0, "2024-02", "5", "1").path;
    let original = district.offices[0].dir().to_owned();
    let copy = district.at("clone");
    clone_folder(&original, &copy);
    let second = district.report(0, "2024-03", "10", "2a").path;
    let third = district.report(0, "2024-04", "15", "3a").path;
    let rival = district.rival(&copy, "2024-03", "30", "2b");
    assert_eq!(rival.seq, 2);
    (district, vec![first, second, third, rival.path])
}

#[test]
fn a_fork_is_found_in_every_order_and_counts_only_once_chosen() {
    let (mut district, files) = cloned();
    let pristine = district.at("pristine");
    clone_folder(district.hub.dir(), &pristine);
    for (at, order) in orders(&files).into_iter().enumerate() {
        district.set_hub_back(&pristine, &format!("hub-{at}"));
        let codes: Vec<_> = order.iter().map(|file| district.receive(file)[0]).collect();
        assert!(codes.contains(&"forked"), "{codes:?}");
        assert_eq!(
            states(&district),
            [
                (1, ReturnState::Accepted, true),
                (2, ReturnState::Disputed, false),
                (2, ReturnState::Disputed, false),
                (3, ReturnState::Disputed, false),
            ],
            "{order:?}"
        );
        // March and April stand on what was agreed in February.
        let march = district.status("2024-03", COUNT);
        assert_eq!((march.actual.as_deref(), march.reported, march.carried), (Some("5"), 0, 1));
    }

    let waiting = district.hub.waiting().unwrap();
    assert_eq!(waiting.len(), 3);
    let digest = |file: &Path| app::verify::examine(file).unwrap().file_digest.0;
    let chosen = waiting.iter().find(|row| row.bundle == digest(&files[1])).unwrap();
    assert!(matches!(district.hub.choose_branch(chosen, " "), Err(app::Error::NoReason)));
    district.hub.choose_branch(chosen, "电话核实").unwrap();
    assert_eq!(
        states(&district),
        [
            (1, ReturnState::Accepted, true),
            (2, ReturnState::Accepted, true),
            (2, ReturnState::Superseded, false),
            (3, ReturnState::Accepted, true),
        ]
    );
    assert_eq!(district.actual("2024-03", COUNT).as_deref(), Some("10"));
    assert_eq!(district.actual("2024-04", COUNT).as_deref(), Some("15"));
    let receipt = district.answer(0, "receipts");
    let plan = district.hub.plan().unwrap();
    assert_eq!(plan.version, 1);
    let bundle::v1::Payload::Receipt(receipt) = Opened::of(&receipt).payload else { panic!("a receipt") };
    let outcomes: Vec<_> = receipt.verdicts.iter().map(|said| (said.seq, said.outcome.clone())).collect();
    use bundle::v1::Outcome::{Accepted, Superseded};
    assert_eq!(outcomes.iter().filter(|(_, outcome)| *outcome == Accepted).count(), 3, "{outcomes:?}");
    assert!(outcomes.contains(&(2, Superseded)));

    // What the clone goes on to sign follows the branch that was not chosen.
    let copy = district.at("clone");
    let later = district.rival(&copy, "2024-05", "40", "3b").path;
    district.receive(&later);
    assert_eq!(district.status("2024-05", COUNT).reported, 0, "a return of the rival branch");
}

#[test]
fn a_wrong_predecessor_is_a_fork_in_every_order() {
    let mut district = District::new(1);
    let first = district.report(0, "2024-02", "5", "1").path;
    let second = Opened::of(&district.report(0, "2024-03", "10", "2").path);
    let link = second.link();
    let stranger = bundle::digest::Sm3Digest::of(b"another header");
    let second = second.relinked(link.stream(), 2, Some(stranger));
    let second = second.sealed(&keys_of(district.offices[0].dir()), &district.at("forged/2.tzb"));
    let pristine = district.at("pristine");
    clone_folder(district.hub.dir(), &pristine);
    for (at, order) in orders(&[first, second]).into_iter().enumerate() {
        district.set_hub_back(&pristine, &format!("hub-{at}"));
        order.iter().for_each(|file| drop(district.receive(file)));
        let all = [(1, ReturnState::Disputed, false), (2, ReturnState::Disputed, false)];
        assert_eq!(states(&district), all, "{order:?}");
        assert_eq!(district.actual("2024-02", COUNT), None, "what is disputed is no figure");
    }
}

#[test]
fn a_stream_that_does_not_begin_at_its_enrolment_is_disputed() {
    let mut district = District::new(1);
    let first = Opened::of(&district.report(0, "2024-03", "10", "1").path);
    let link = first.link();
    let other = bundle::digest::Sm3Digest::of(b"another enrolment");
    let first = first.relinked(link.stream(), 1, Some(other));
    let file = first.sealed(&keys_of(district.offices[0].dir()), &district.at("forged/1.tzb"));
    assert_eq!(district.receive(&file), ["forked"]);
    assert_eq!(district.actual("2024-03", COUNT), None);
}

#[test]
fn a_gap_is_named_until_it_heals_and_blocks_nothing() {
    let mut district = District::new(1);
    let files: Vec<PathBuf> = [("2024-02", "5"), ("2024-03", "10"), ("2024-04", "15"), ("2024-05", "20")]
        .iter()
        .map(|(month, count)| district.report(0, month, count, month).path)
        .collect();
    let missing = |district: &mut District, file: &Path| {
        let received = taken(&mut district.hub, file);
        let Verdict::Return(verdict) = &received[0].verdict else { panic!("a return") };
        assert_eq!(verdict.standing, ReturnStanding::Accepted);
        let plan = district.hub.plan().unwrap();
        (verdict.missing.clone(), app::words::verdict(&plan, &received[0].verdict).1.what)
    };
    assert_eq!(missing(&mut district, &files[0]).0, []);
    let (numbers, said) = missing(&mut district, &files[3]);
    assert_eq!(numbers, [2..=3]);
    assert!(said.contains("缺第 2—3 号"), "{said}");
    assert_eq!(district.actual("2024-05", COUNT).as_deref(), Some("20"), "counted all the same");
    let receipt = district.answer(0, "receipts");
    let bundle::v1::Payload::Receipt(receipt) = Opened::of(&receipt).payload else { panic!("a receipt") };
    assert_eq!(receipt.heads[0].missing, [2..=3], "the office reads it in its receipt");
    assert_eq!(missing(&mut district, &files[1]).0, [3..=3]);
    assert_eq!(missing(&mut district, &files[2]).0, []);
    assert_eq!(states(&district).iter().filter(|(_, _, counted)| *counted).count(), 4);
}

#[test]
fn a_fork_above_a_gap_still_gets_a_receipt() {
    let (mut district, files) = cloned();
    for file in [&files[0], &files[2], &files[3]] {
        district.receive(file);
    }
    // Number 2 is known from the clone, number 3 names another one: the head is number 1.
    let fifth = district.report(0, "2024-05", "20", "4a");
    assert_eq!(fifth.seq, 4);
    let sixth = district.report(0, "2024-06", "25", "5a");
    district.receive(&sixth.path);
    let receipt = district.answer(0, "receipts");
    let bundle::v1::Payload::Receipt(receipt) = Opened::of(&receipt).payload else { panic!("a receipt") };
    assert_eq!(
        (receipt.heads[0].seq, receipt.heads[0].missing.len()),
        (1, 0),
        "nothing is missing below the head"
    );
}

#[test]
fn what_fills_a_gap_must_fit_what_follows_it() {
    let mut district = District::new(1);
    let first = district.report(0, "2024-02", "5", "1").path;
    let second = Opened::of(&district.report(0, "2024-03", "10", "2").path);
    let third = district.report(0, "2024-04", "15", "3").path;
    let other =
        second.with_count("11").sealed(&keys_of(district.offices[0].dir()), &district.at("forged/2.tzb"));
    assert_eq!(district.receive(&first), ["accepted"]);
    assert_eq!(district.receive(&third), ["accepted"]);
    assert_eq!(district.receive(&other), ["forked"], "number 3 names another number 2");
    let disputed: Vec<_> = states(&district).iter().map(|(_, state, _)| *state).collect();
    assert_eq!(disputed, [ReturnState::Accepted, ReturnState::Disputed, ReturnState::Disputed]);
}

#[test]
fn a_fork_of_the_hubs_own_stream_is_not_taken_by_an_office() {
    let mut district = District::new(1);
    let sent = district.report(0, "2024-02", "5", "1").path;
    district.receive(&sent);
    let receipt = Opened::of(&district.answer(0, "receipts"));
    let mut rival = receipt.clone();
    rival.claims.created = "2024-09-09T09:09:09Z".to_owned();
    let file = rival.sealed(&keys_of(district.hub.dir()), &district.at("forged/receipt.tzb"));
    let before = dump(district.offices[0].dir());
    assert_eq!(district.receive_at(0, &file), ["forked"]);
    assert_eq!(dump(district.offices[0].dir()), before);
}

#[test]
fn an_older_receipt_does_not_bring_back_what_a_newer_one_settled() {
    let mut district = District::new(1);
    let first = district.report(0, "2024-03", "10", "1").path;
    district.receive(&first);
    let cell = app::send_back::SentBack { target: COUNT, field: None, reason: "请核对" };
    district.hub.send_back(NAMES[0], period("2024-03"), &[cell]).unwrap();
    let to = district.at("receipts");
    let older = district.hub.send_receipts(None, PASSPHRASE, &to).unwrap()[0].1.path.clone();
    let second = district.report(0, "2024-03", "12", "2").path;
    district.receive(&second);
    let newer = district.hub.send_receipts(None, PASSPHRASE, &to).unwrap()[0].1.path.clone();
    let ledger = ledger::Ledger::open(&district.offices[0].dir().join("ledger.db")).unwrap();
    let last = || ledger.read(|tx| tx.last_receipt()).unwrap();
    district.receive_at(0, &newer);
    let settled = last();
    let received = taken(&mut district.offices[0], &older);
    let Verdict::Receipt(said) = &received[0].verdict else { panic!("{received:?}") };
    assert_eq!((said.seq, said.returned), (1, 0), "kept, but it settles nothing");
    assert_eq!(last(), settled);
}
