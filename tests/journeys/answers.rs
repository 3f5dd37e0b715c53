//! What the hub answers: receipts that help, forks decided from anywhere, and answers that nobody's long texts can flood.

use std::path::{Path, PathBuf};

use app::receive::{ReceiptVerdict, Received, Verdict};
use app::send_back::SentBack;
use app::{Error, Home, words};
use bundle::v1::{Payload, Receipt};
use ledger::returns::{ReturnRow, ReturnState};
use model::id::TargetId;
use testkit::forge::{clone_folder, keys_of};
use testkit::plan::{COUNT, NAMES, office_id};
use testkit::program::run;
use testkit::{District, Opened, PASSPHRASE, period, taken};

fn receipt_in(path: &Path) -> Receipt {
    let Payload::Receipt(receipt) = Opened::of(path).payload else { panic!("a receipt") };
    receipt
}

fn receipt_of(received: &[Received]) -> ReceiptVerdict {
    let Verdict::Receipt(said) = &received[0].verdict else { panic!("{received:?}") };
    said.clone()
}

/// Lets the office take in its receipt; returns what it says and the next step.
fn told(district: &mut District, folder: &str) -> (ReceiptVerdict, String) {
    let to = district.at(folder);
    let sent = district.hub.send_receipts(Some(NAMES[0]), PASSPHRASE, &to).unwrap();
    let received = taken(&mut district.offices[0], &sent[0].1.path);
    let plan = district.hub.plan().unwrap();
    (receipt_of(&received), words::verdict(&plan, &received[0].verdict).1.next)
}

fn rows(district: &District) -> Vec<ReturnRow> {
    let ledger = ledger::Ledger::open(&district.hub.dir().join("ledger.db")).unwrap();
    let mut rows = ledger.read(|tx| tx.returns_of(&office_id(0))).unwrap();
    rows.sort_by_key(|row| row.seq);
    rows
}

fn row_of(district: &District, file: &Path) -> ReturnRow {
    let digest = app::verify::examine(file).unwrap().file_digest.0;
    rows(district).into_iter().find(|row| row.bundle == digest).unwrap()
}

fn state_of(district: &District, file: &Path) -> (ReturnState, bool) {
    let row = row_of(district, file);
    (row.state, row.counted)
}

/// A cloned computer: numbers 1, 2 and 3 of the original, then number 2 of the clone.
fn cloned() -> (District, [PathBuf; 4]) {
    let mut district = District::new(1);
    let first = district.report(0, "2024-02", "5", "1").path;
    let copy = district.at("clone");
    clone_folder(district.offices[0].dir(), &copy);
    let second = district.report(0, "2024-03", "10", "2a").path;
    let third = district.report(0, "2024-04", "15", "3a").path;
    let rival = district.rival(&copy, "2024-03", "30", "2b").path;
    (district, [first, second, third, rival])
}

#[test]
fn a_restored_office_is_freed_by_a_fresh_receipt_that_says_the_same() {
    let (mut district, old) = District::gone_back();
    assert_eq!(district.receive_at(0, &old), ["duplicate"]);
    let same = district.hub.send_receipts(None, PASSPHRASE, &district.at("same")).unwrap();
    assert!(same[0].1.again);

    let fresh = district.hub.send_fresh_receipt(NAMES[0], PASSPHRASE, &district.at("fresh")).unwrap();
    assert_eq!((fresh.again, fresh.seq), (false, 2));
    assert_eq!(receipt_in(&fresh.path), receipt_in(&old));
    assert_eq!(district.receive_at(0, &fresh.path), ["receipt"]);
    assert!(!district.offices[0].is_restored());
    assert_eq!(district.report(0, "2024-03", "10", "stick").seq, 2);
    assert!(words::sentence(&Error::CatchUpFirst).next.contains("receipt --office 本单位 --fresh"));
}

#[test]
fn a_branch_is_chosen_from_above_the_fork_and_the_choice_can_be_changed() {
    let (mut district, files) = cloned();
    for file in &files {
        district.receive(file);
    }
    let [_, second, third, rival] = &files;
    let above = row_of(&district, third);
    district.hub.choose_branch(&above, "电话核实").unwrap();
    assert_eq!(state_of(&district, second), (ReturnState::Accepted, true));
    assert_eq!(state_of(&district, third), (ReturnState::Accepted, true));
    assert_eq!(state_of(&district, rival), (ReturnState::Superseded, false));
    assert!(district.hub.waiting().unwrap().is_empty(), "what was not chosen waits for nobody");
    assert!(matches!(district.hub.choose_branch(&above, "再选"), Err(Error::NotForked(3))));

    let other = district.hub.branches(&office_id(0)).unwrap();
    assert_eq!(other.len(), 1);
    district.hub.choose_branch(&other[0], "原来认错了").unwrap();
    assert_eq!(state_of(&district, rival), (ReturnState::Accepted, true));
    assert_eq!(state_of(&district, second), (ReturnState::Superseded, false));
    assert_eq!(state_of(&district, third), (ReturnState::Superseded, false));
    assert_eq!(district.actual("2024-03", COUNT).as_deref(), Some("30"));

    // The first computer goes on: that is no return like any other.
    district.fill(0, "2024-04", "16");
    let fourth = district.export(0, "2024-04", "4a").path;
    assert_eq!(district.receive(&fourth), ["forked"]);
}

#[test]
fn a_choice_that_decides_nothing_is_refused_and_not_recorded() {
    let (mut district, files) = cloned();
    let [first, second, _, rival] = &files;
    district.fill(0, "2024-04", "16");
    let fourth = district.export(0, "2024-04", "4a").path;
    for file in [first, second, rival, &fourth] {
        district.receive(file);
    }
    let before = rows(&district);
    let beyond = row_of(&district, &fourth);
    let refused = district.hub.choose_branch(&beyond, "电话核实");
    assert!(matches!(refused, Err(Error::StillForked(2))), "{refused:?}");
    assert_eq!(rows(&district), before);
    // First the fork, then what lies beyond the gap.
    let below = row_of(&district, second);
    district.hub.choose_branch(&below, "电话核实").unwrap();
    district.hub.choose_branch(&beyond, "电话核实").unwrap();
    assert_eq!(state_of(&district, &fourth), (ReturnState::Accepted, true));
}

#[test]
fn a_stream_that_does_not_follow_its_enrolment_can_be_decided() {
    let mut district = District::new(1);
    let genuine = district.report(0, "2024-02", "5", "1").path;
    let key = keys_of(district.offices[0].dir());
    let opened = Opened::of(&genuine);
    let (stream, other) = (opened.link().stream(), opened.header);
    let stray = opened.relinked(stream, 1, Some(other)).with_count("99");
    let stray = stray.sealed(&key, &district.at("forged/stray.tzb"));
    district.receive(&stray);
    assert_eq!(district.receive(&genuine), ["forked"]);
    let row = row_of(&district, &genuine);
    district.hub.choose_branch(&row, "电话核实").unwrap();
    assert_eq!(state_of(&district, &genuine), (ReturnState::Accepted, true));
    assert_eq!(state_of(&district, &stray), (ReturnState::Superseded, false));
    let row = row_of(&district, &stray);
    district.hub.choose_branch(&row, "原来认错了").unwrap();
    assert_eq!(district.actual("2024-02", COUNT).as_deref(), Some("99"));
}

#[test]
fn a_hostile_return_does_not_flood_the_screen() {
    let mut district = District::new(1);
    let mut hostile = Opened::of(&district.report(0, "2024-02", "5", "1").path);
    let entry = hostile.content().entries.values().next().unwrap().clone();
    for at in 0..3000 {
        let id = TargetId::new(&format!("9-9-{at}")).unwrap();
        hostile.content().entries.insert(id, entry.clone());
    }
    let key = keys_of(district.offices[0].dir());
    let file = hostile.sealed(&key, &district.at("forged/hostile.tzb"));
    let received = taken(&mut district.hub, &file);
    let Verdict::Return(said) = &received[0].verdict else { panic!("{received:?}") };
    assert!(said.errors >= 3000 && said.findings.len() <= 20, "{} {}", said.errors, said.findings.len());
    let plan = district.hub.plan().unwrap();
    let next = words::verdict(&plan, &received[0].verdict).1.next;
    assert!(next.chars().count() < 600, "{next}");
    assert!(next.ends_with(&format!("等 {} 处", said.errors)), "{next}");
}

#[test]
fn returns_too_heavy_to_wait_together_are_all_received() {
    let mut district = District::new(1);
    let mut heavy = Opened::of(&district.report(0, "2024-02", "5", "1").path);
    let key = keys_of(district.offices[0].dir());
    for entry in heavy.content().entries.values_mut() {
        entry.remarks.note = "长".repeat(10_000);
    }
    let entry = heavy.content().entries.values().next().unwrap().clone();
    for at in 0..300 {
        let id = TargetId::new(&format!("9-9-{at}")).unwrap();
        heavy.content().entries.insert(id, entry.clone());
    }
    let stream = heavy.link().stream();
    let mut prev = heavy.link().prev();
    for seq in 1..=8 {
        heavy = heavy.relinked(stream, seq, prev);
        let file = heavy.sealed(&key, &district.at(&format!("heavy/{seq:02}.tzb")));
        prev = Some(Opened::of(&file).header);
    }
    let folder = district.at("heavy");
    let mut batches = Vec::new();
    let step = &mut |done, _| {
        batches.push(done);
        true
    };
    let received = district.hub.receive(&[folder], None, step).unwrap();
    assert_eq!(testkit::district::codes(&district.hub.plan().unwrap(), &received), ["pending"; 8]);
    assert!(batches.len() > 1, "eight small files, yet more than one batch: {batches:?}");
}

#[test]
fn a_receipt_says_what_needs_action_and_what_only_patience() {
    let mut district = District::new(1);
    let first = district.report(0, "2024-02", "5", "1").path;
    district.receive(&first);
    let (said, next) = told(&mut district, "r1");
    assert_eq!((said.accepted, next.as_str()), (1, "不用处理"));

    // Number 2 gets lost on the way, number 3 waits for review, number 4 for the lock.
    district.report(0, "2024-02", "6", "2");
    district.hub.set_review(true).unwrap();
    let third = district.report(0, "2024-03", "10", "3").path;
    district.receive(&third);
    district.hub.lock(period("2024-02"), "").unwrap();
    let fourth = district.report(0, "2024-02", "7", "4").path;
    district.receive(&fourth);
    let (said, next) = told(&mut district, "r2");
    assert_eq!((said.pending, said.locked, said.disputed), (1, 1, 0));
    assert_eq!(said.missing, [2..=2]);
    assert!(next.contains("第 2 号汇总单位没有收到，请把第 2 号再拷一份带去"), "{next}");
    assert!(next.contains("等待"), "{next}");

    let rival = Opened::of(&third).with_count("99");
    let rival = rival.sealed(&keys_of(district.offices[0].dir()), &district.at("forged/rival.tzb"));
    district.receive(&rival);
    let (said, next) = told(&mut district, "r3");
    assert!(said.disputed >= 2, "{said:?}");
    assert!(next.starts_with("争议：本单位的密钥可能被复制，请立即打电话联系汇总单位"), "{next}");
}

#[test]
fn words_stay_at_home_and_one_failure_keeps_nobody_elses_receipt() {
    let mut district = District::new(2);
    for (at, folder) in [(0, "a"), (1, "b")] {
        let file = district.report(at, "2024-02", "5", folder).path;
        district.receive(&file);
    }
    let receipt = district.answer(0, "r1");
    let carried = &receipt_in(&receipt).accepted[0];
    assert!(carried.entries.contains_key(&testkit::plan::target_id(COUNT)));
    assert!(carried.entries.values().all(|entry| entry.remarks.is_empty()));

    // A receipt that says the same is not signed again and thrown away.
    let files = |home: &Home| walk(&home.dir().join("archive")).len();
    let before = files(&district.hub);
    district.clock.turn_to("2024-04-01");
    district.answer(0, "r2");
    assert_eq!(files(&district.hub), before);

    let lost = app::verify::examine(&receipt).unwrap().file_digest;
    let name = format!("{lost}.tzb");
    let archived = walk(&district.hub.dir().join("archive"));
    let archived = archived.iter().find(|path| path.ends_with(&name)).unwrap();
    std::fs::remove_file(archived).unwrap();
    let result = district.hub.send_receipts(None, PASSPHRASE, &district.at("r3"));
    let Err(Error::ReceiptsFailed { sent, failed }) = result else { panic!("{result:?}") };
    assert_eq!((sent.len(), &sent[0].0), (1, &office_id(1)));
    assert!(sent[0].1.path.exists());
    assert_eq!(failed.len(), 1);
    assert!(matches!(&failed[0], (name, Error::Archive(_)) if name == NAMES[0]), "{failed:?}");

    let said = run(district.hub.dir(), &["receipt", "--to", &district.at("r4").display().to_string()]);
    assert!(!said.ok && said.err.contains("receipts_failed") && said.err.contains(NAMES[0]), "{said:?}");
    assert!(said.out.contains(NAMES[1]), "{said:?}");
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(walk(&path)) } else { found.push(path) }
    }
    found
}

#[test]
fn a_reason_is_as_long_as_a_reason() {
    let mut district = District::new(1);
    let file = district.report(0, "2024-02", "5", "1").path;
    district.receive(&file);
    let long = "长".repeat(501);
    let cell = |reason| [SentBack { target: COUNT, field: None, reason }];
    let refused = district.hub.send_back(NAMES[0], period("2024-02"), &cell(&long));
    assert!(matches!(refused, Err(Error::ReasonTooLong { found: 501, limit: 500 })), "{refused:?}");
    district.hub.send_back(NAMES[0], period("2024-02"), &cell(&long[3..])).unwrap();
}

#[test]
fn an_office_enrolled_anew_gets_its_accepted_returns_and_corrects_them() {
    let mut district = District::new(1);
    for (month, count, folder) in [("2024-02", "5", "1"), ("2024-03", "10", "2")] {
        let file = district.report(0, month, count, folder).path;
        assert_eq!(district.receive(&file), ["accepted"]);
    }
    let mut anew = district.set_up(NAMES[0]);
    let enrolment = anew.enrol(PASSPHRASE, &district.at("anew")).unwrap().path;
    let digits = anew.show_key().unwrap().fingerprint;
    district.hub.admit_office(&enrolment, NAMES[0], &digits, true).unwrap();
    district.offices[0] = anew;
    let (said, _) = told(&mut district, "r1");
    assert_eq!(said.caught_up, 2);
    assert_eq!(district.offices[0].status(period("2024-03")).unwrap().reported, 1);

    // Its own number 1 comes after number 2 of the stream before.
    let correction = district.report(0, "2024-03", "12", "3");
    assert_eq!(correction.seq, 1);
    let shown = |home: &Home| home.status(period("2024-03")).unwrap().targets;
    let count = shown(&district.offices[0]).into_iter().find(|one| one.code == COUNT).unwrap();
    assert_eq!(count.actual.as_deref(), Some("12"));
    assert_eq!(district.receive(&correction.path), ["accepted"]);
    let (said, _) = told(&mut district, "r2");
    assert_eq!((said.caught_up, said.accepted), (0, 2));
    let count = shown(&district.offices[0]).into_iter().find(|one| one.code == COUNT).unwrap();
    assert_eq!(count.actual.as_deref(), Some("12"));
}

#[test]
fn the_command_line_fails_when_a_file_was_refused_and_says_what_was_taken() {
    let mut district = District::new(1);
    district.report(0, "2024-02", "5", "stick");
    std::fs::write(district.at("stick/坏.tzb"), [7; 300]).unwrap();
    let stick = district.at("stick").display().to_string();
    let hub = district.hub.dir().to_owned();
    let said = run(&hub, &["--format", "json", "receive", &stick]);
    assert!(!said.ok && said.err.contains("not_all_taken"), "{said:?}");
    let views: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let mut taken: Vec<_> = views.as_array().unwrap().iter().map(|one| one["taken"] == true).collect();
    taken.sort_unstable();
    assert_eq!(taken, [false, true]);

    std::fs::remove_file(district.at("stick/坏.tzb")).unwrap();
    let said = run(&hub, &["--format", "json", "receive", &stick]);
    assert!(said.ok, "{said:?}");
    let views: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!((&views[0]["code"], &views[0]["taken"]), (&"duplicate".into(), &false.into()));
}

#[test]
fn the_arrival_of_a_branch_that_was_not_chosen_makes_nobody_punctual() {
    let mut district = District::new(1);
    let genuine = district.report(0, "2024-03", "10", "1").path;
    let rival = Opened::of(&genuine).with_count("99");
    let rival = rival.sealed(&keys_of(district.offices[0].dir()), &district.at("forged/rival.tzb"));
    district.clock.turn_to("2024-04-02");
    district.receive(&rival);
    district.clock.turn_to("2024-04-20");
    district.receive(&genuine);
    let row = row_of(&district, &genuine);
    district.hub.choose_branch(&row, "电话核实").unwrap();
    assert_eq!(district.hub.status(period("2024-03")).unwrap().late, 1);
}
