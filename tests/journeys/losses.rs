//! Row 16 of the attacks and what else gets lost: ledgers restored from backups, passphrases, keys.

use app::Error;
use app::receive::Verdict;
use testkit::district::fill;
use testkit::plan::{COUNT, NAMES, OFFICIAL};
use testkit::{District, Opened, PASSPHRASE, dump, period, sign_off, taken};

#[test]
fn an_office_restored_from_an_old_backup_catches_up_before_it_exports() {
    let mut district = District::new(1);
    district.report(0, "2024-02", "5", "stick");
    let safe = district.at("backup");
    let backup = district.offices[0].back_up(&safe).unwrap();
    // What follows is not in the backup.
    district.report(0, "2024-03", "10", "stick");
    district.report(0, "2024-04", "15", "stick");
    assert_eq!(district.receive(&district.at("stick")), ["accepted"; 3]);
    let receipts = district.at("receipts");
    let receipt = district.hub.send_receipts(None, PASSPHRASE, &receipts).unwrap()[0].1.path.clone();

    district.offices[0] = district.restore(&backup);
    assert!(district.offices[0].is_restored());
    district.fill(0, "2024-05", "20");
    let before = dump(district.offices[0].dir());
    let sheet = district.offices[0].sheet(period("2024-05"), None).unwrap();
    let to = district.at("blocked");
    let refused = district.offices[0].export(&sheet, &sign_off(), PASSPHRASE, &to);
    assert!(matches!(refused, Err(Error::CatchUpFirst)), "{refused:?}");
    assert!(!to.exists());
    assert_eq!(dump(district.offices[0].dir()), before);

    let received = taken(&mut district.offices[0], &receipt);
    let Verdict::Receipt(said) = &received[0].verdict else { panic!("{received:?}") };
    assert_eq!(said.caught_up, 2, "the returns since the backup come back");
    assert!(!district.offices[0].is_restored());

    // The history is back too: a figure below April's wants its explanation.
    let history = district.offices[0].consolidate(period("2024-04")).unwrap();
    let april = history.targets.iter().find(|one| one.id.as_str() == COUNT).unwrap();
    assert_eq!(april.roll_up.coverage.reported, 1);

    let fourth = district.export(0, "2024-05", "stick");
    assert_eq!(fourth.seq, 4);
    let prev = Opened::of(&district.at("stick/上报-东街道-2024-04-0003.tzb")).header;
    assert_eq!(Opened::of(&fourth.path).link().prev(), Some(prev));
    assert_eq!(district.receive(&fourth.path), ["accepted"], "no fork, no gap");
}

#[test]
fn a_restored_office_is_not_freed_by_a_receipt_from_before() {
    let (mut district, old) = District::gone_back();
    assert_eq!(district.receive_at(0, &old), ["duplicate"]);
    assert!(district.offices[0].is_restored(), "it says nothing of what was sent since");
}

#[test]
fn a_restored_hub_replays_its_archive_and_goes_on_in_new_streams() {
    let mut district = District::new(2);
    for (at, name) in [(0, "a"), (1, "b")] {
        district.report(at, "2024-02", "5", name);
        let file = district.at(name);
        district.receive(&file);
    }
    district.answer(0, "receipts");
    fill_official(&mut district.hub, "2024-02", "5.1");
    let official = district.at("own");
    let sheet = district.hub.sheet(period("2024-02"), None).unwrap();
    district.hub.export(&sheet, &sign_off(), PASSPHRASE, &official).unwrap();
    fill_official(&mut district.hub, "2024-02", "5.2");
    district.hub.export(&sheet, &sign_off(), PASSPHRASE, &official).unwrap();
    let backup = district.hub.back_up(&district.at("backup")).unwrap();

    // Since the backup: March from the first office, and a receipt for it.
    let march = district.report(0, "2024-03", "10", "march").path;
    district.receive(&march);
    let lost_receipt = district.answer(0, "receipts-2");
    let archive = district.hub.dir().join("archive");
    let before = district.hub.status(period("2024-03")).unwrap();

    district.hub = district.restore(&backup);
    assert!(!district.hub.is_restored());
    assert_eq!(district.status("2024-03", COUNT).reported, 0);
    // The archive of the lost home, folder by folder, has everything again.
    let mut codes = Vec::new();
    for folder in std::fs::read_dir(&archive).unwrap() {
        let folder = folder.unwrap();
        if folder.file_name().len() == 2 {
            codes.extend(district.receive(&folder.path()));
        }
    }
    assert_eq!(codes.iter().filter(|code| **code == "accepted").count(), 1, "{codes:?}");
    assert!(codes.iter().all(|code| ["accepted", "duplicate", "own"].contains(code)), "{codes:?}");
    let after = district.hub.status(period("2024-03")).unwrap();
    assert_eq!(serde_json::to_string(&after).unwrap(), serde_json::to_string(&before).unwrap());

    // Its next receipt comes in a stream of its own, so that nobody sees a fork.
    let next = district.answer(0, "receipts-3");
    let (lost, next) = (Opened::of(&lost_receipt).link(), Opened::of(&next).link());
    assert_ne!(lost.stream(), next.stream());
    assert_eq!(next.seq(), 1);
    let april = district.report(0, "2024-04", "15", "april").path;
    assert_eq!(district.receive(&april), ["accepted"]);
    let receipt = district.hub.send_receipts(None, PASSPHRASE, &district.at("receipts-4")).unwrap();
    assert_eq!(district.receive_at(0, &receipt[0].1.path), ["receipt"]);
    district.hub.assign(COUNT, &app::assign::To::Office(NAMES[0]), Some("50")).unwrap();
    let plan = district.issue();
    assert_eq!(district.receive_at(0, &plan), ["plan"]);
}

#[test]
fn a_restored_hub_can_correct_its_own_return() {
    let mut district = District::new(1);
    let own = district.at("own");
    let sheet = district.hub.sheet(period("2024-02"), None).unwrap();
    for rate in ["5.1", "5.2"] {
        fill_official(&mut district.hub, "2024-02", rate);
        district.hub.export(&sheet, &sign_off(), PASSPHRASE, &own).unwrap();
    }
    assert_eq!(district.actual("2024-02", OFFICIAL).as_deref(), Some("5.2"));
    let backup = district.hub.back_up(&district.at("backup")).unwrap();
    district.hub = district.restore(&backup);
    fill_official(&mut district.hub, "2024-02", "5.3");
    district.hub.export(&sheet, &sign_off(), PASSPHRASE, &own).unwrap();
    assert_eq!(district.actual("2024-02", OFFICIAL).as_deref(), Some("5.3"));
}

fn fill_official(hub: &mut app::Home, month: &str, rate: &str) {
    let sheet = hub.sheet(period(month), None).unwrap();
    let boxes = [(app::Field::Rate, rate.to_owned()), (app::Field::Explanation, "核对".to_owned())];
    hub.enter(&sheet, OFFICIAL, &boxes).unwrap();
}

#[test]
fn a_lost_passphrase_means_a_new_key_and_the_old_returns_remain() {
    let mut district = District::new(1);
    district.report(0, "2024-02", "5", "stick");
    district.report(0, "2024-03", "10", "stick");
    assert_eq!(district.receive(&district.at("stick")), ["accepted"; 2]);
    // Signed under the old key but not delivered before the new one.
    let late = district.report(0, "2024-04", "99", "late").path;

    let mut fresh = district.set_up(NAMES[0]);
    let file = fresh.enrol(PASSPHRASE, &district.at("again")).unwrap().path;
    let digits = fresh.show_key().unwrap().fingerprint;
    let refused = district.hub.admit_office(&file, NAMES[0], &digits, false);
    assert!(matches!(refused, Err(Error::AlreadyEnrolled(_))));
    district.hub.admit_office(&file, NAMES[0], &digits, true).unwrap();
    assert_eq!(district.actual("2024-03", COUNT).as_deref(), Some("10"));
    assert_eq!(district.receive(&late), ["key_closed"], "the old stream closed at its head");

    // The new stream begins at the new enrolment and goes before the old one, although its numbers are lower.
    fill(&mut fresh, period("2024-03"), "12");
    let sheet = fresh.sheet(period("2024-03"), None).unwrap();
    let sent = fresh.export(&sheet, &sign_off(), PASSPHRASE, &district.at("new")).unwrap();
    assert_eq!(sent.seq, 1);
    assert_eq!(district.receive(&sent.path), ["accepted"]);
    assert_eq!(district.actual("2024-03", COUNT).as_deref(), Some("12"));
    assert_eq!(district.actual("2024-02", COUNT).as_deref(), Some("5"));
}

#[test]
fn a_revoked_key_counts_up_to_its_last_number() {
    let mut district = District::new(1);
    let files: Vec<_> = [("2024-02", "5"), ("2024-03", "10"), ("2024-04", "15")]
        .iter()
        .map(|(month, count)| district.report(0, month, count, month).path)
        .collect();
    district.receive(&files[0]);
    district.receive(&files[2]);
    district.hub.revoke(NAMES[0], 2).unwrap();
    let april = district.status("2024-04", COUNT);
    assert_eq!((april.reported, april.carried), (0, 1), "what followed the last number is taken out");
    assert_eq!(district.receive(&files[1]), ["accepted"], "number 2 was signed in time");
    let fourth = district.report(0, "2024-05", "20", "4").path;
    let before = dump(district.hub.dir());
    assert_eq!(district.receive(&fourth), ["key_closed"]);
    assert_eq!(dump(district.hub.dir()), before);
    assert_eq!(district.actual("2024-03", COUNT).as_deref(), Some("10"));
}

#[test]
fn passphrases_are_changed_and_wrong_ones_open_nothing() {
    let mut district = District::new(1);
    let office = &mut district.offices[0];
    let short = office.change_passphrase(PASSPHRASE, "七个字不够用");
    assert!(matches!(short, Err(Error::WeakPassphrase { found: 6, wanted: 8 })), "{short:?}");
    let wrong = office.change_passphrase("不是这一个口令呀", "另外一个新的口令");
    assert!(matches!(wrong, Err(Error::WrongPassphrase)));
    office.change_passphrase(PASSPHRASE, "另外一个新的口令").unwrap();
    district.fill(0, "2024-03", "10");
    let (to, before) = (district.at("stick"), dump(district.offices[0].dir()));
    let sheet = district.offices[0].sheet(period("2024-03"), None).unwrap();
    let old = district.offices[0].export(&sheet, &sign_off(), PASSPHRASE, &to);
    assert!(matches!(old, Err(Error::WrongPassphrase)));
    assert_eq!(dump(district.offices[0].dir()), before);
    let sent = district.offices[0].export(&sheet, &sign_off(), "另外一个新的口令", &to).unwrap();
    assert_eq!(sent.seq, 1);
    assert_eq!(district.receive(&sent.path), ["accepted"], "the key is the same");
}

#[test]
fn an_office_moves_to_another_computer_with_its_key() {
    let mut district = District::new(1);
    let first = district.report(0, "2024-02", "5", "1").path;
    district.receive(&first);
    district.fill(0, "2024-03", "10");
    let stick = district.at("stick");
    let backup = district.offices[0].back_up(&stick).unwrap();
    district.offices[0] = district.restore(&backup);
    // The hub's word that nothing was sent since: then it goes on where the old computer stopped, with what was typed there.
    let receipt =
        district.hub.send_fresh_receipt(NAMES[0], PASSPHRASE, &district.at("receipts")).unwrap().path;
    assert_eq!(district.receive_at(0, &receipt), ["receipt"]);
    let sent = district.export(0, "2024-03", "2");
    assert_eq!(sent.seq, 2);
    assert_eq!(district.receive(&sent.path), ["accepted"]);
    // And it can make itself a key that the old computer has not.
    let to = district.at("3");
    let rotation = district.offices[0].rotate_key(PASSPHRASE, &to).unwrap().path;
    assert_eq!(district.receive(&rotation), ["key_handed_over"]);
}
