//! Row 19 of the attacks, and an office's new key in earnest: the old one vouches for it, in every order, and nobody else can.

use std::path::{Path, PathBuf};

use app::Error;
use app::receive::{RotationStanding, Verdict};
use bundle::header::Subject;
use bundle::keys::SecretKeys;
use ledger::returns::ReturnState;
use testkit::forge::{clone_folder, keys_of};
use testkit::plan::{COUNT, NAMES, office_id};
use testkit::{District, Opened, PASSPHRASE, dump, orders, period, sign_off, taken};

/// A return, the handing over, and a return under the new key.
fn handed_over() -> (District, Vec<PathBuf>) {
    let mut district = District::new(1);
    let first = district.report(0, "2024-02", "5", "1").path;
    let rotation = rotate(&mut district, "2");
    let after = district.report(0, "2024-03", "10", "3");
    assert_eq!(after.seq, 1, "a new stream");
    (district, vec![first, rotation, after.path])
}

fn rotate(district: &mut District, folder: &str) -> PathBuf {
    let to = district.at(folder);
    district.offices[0].rotate_key(PASSPHRASE, &to).unwrap().path
}

/// What the hub has of the office: period, state, and whether it counts.
fn states(district: &District) -> Vec<(String, ReturnState, bool)> {
    let ledger = ledger::Ledger::open(&district.hub.dir().join("ledger.db")).unwrap();
    let rows = ledger.read(|tx| tx.returns_of(&office_id(0))).unwrap();
    let mut states: Vec<_> =
        rows.iter().map(|row| (row.period.to_string(), row.state, row.counted)).collect();
    states.sort_by(|a, b| a.0.cmp(&b.0).then(a.2.cmp(&b.2)));
    states
}

fn keys(district: &District) -> Vec<(&'static str, String)> {
    let keys = district.hub.office_keys(NAMES[0]).unwrap();
    keys.into_iter().map(|key| (if key.how == "handed" { "handed" } else { "typed" }, key.label)).collect()
}

#[test]
fn the_old_key_vouches_for_the_new_one_and_the_chain_goes_on() {
    let (mut district, files) = handed_over();
    assert_eq!(district.receive(&files[0]), ["accepted"]);
    let received = taken(&mut district.hub, &files[1]);
    let plan = district.hub.plan().unwrap();
    let (_, said) = app::words::verdict(&plan, &received[0].verdict);
    assert_eq!(said.code, "key_handed_over");
    assert!(said.what.contains("由原来的密钥在第 2 号担保"), "{}", said.what);
    let Verdict::Rotation(it) = &received[0].verdict else { panic!("{received:?}") };
    assert_eq!((it.seq, it.standing), (2, RotationStanding::InForce));
    assert!(dump(district.hub.dir()).contains("key_handed_over"), "it stands in the audit trail");
    assert_eq!(district.receive(&files[2]), ["accepted"]);
    assert_eq!(district.actual("2024-03", COUNT).as_deref(), Some("10"));
    assert_eq!(district.actual("2024-02", COUNT).as_deref(), Some("5"), "what the old key signed remains");
    let keys = keys(&district);
    assert_eq!((keys[0].0, keys[1].0), ("handed", "typed"));
    assert!(keys[1].1.contains("在第 2 号换成下一把"), "{keys:?}");

    // Twice is once, and the office learns that the hub follows.
    let before = dump(district.hub.dir());
    for file in &files {
        assert_eq!(district.receive(file), ["duplicate"]);
    }
    assert_eq!(dump(district.hub.dir()), before);
    let receipt = district.answer(0, "receipts");
    let bundle::v1::Payload::Receipt(said) = Opened::of(&receipt).payload else { panic!("a receipt") };
    let ends: Vec<_> = said.heads.iter().map(|head| (head.seq, head.closed)).collect();
    assert_eq!(ends, [(2, Some(2)), (1, None)]);
    // Another key is made only now that the one before is known to have arrived.
    let second = rotate(&mut district, "4");
    assert_eq!(Opened::of(&second).link().seq(), 2);
    assert_eq!(district.receive(&second), ["key_handed_over"]);
    let next = district.report(0, "2024-04", "15", "5").path;
    assert_eq!(district.receive(&next), ["accepted"]);
    assert_eq!(keys_of(district.offices[0].dir()).public().as_bytes(), &signer(&next));
}

fn signer(file: &Path) -> [u8; 97] {
    *app::verify::examine(file).unwrap().keys.as_bytes()
}

#[test]
fn the_accepted_set_does_not_depend_on_the_order() {
    let (mut district, mut files) = handed_over();
    // A third key, made once the hub's word on the second has come.
    district.offices[0].set_setting("unconfirmed_key", None).unwrap();
    files.push(rotate(&mut district, "4"));
    files.push(district.report(0, "2024-04", "15", "5").path);
    let pristine = district.at("pristine");
    clone_folder(district.hub.dir(), &pristine);
    let all: Vec<_> =
        ["2024-02", "2024-03", "2024-04"].map(|month| (month.to_owned(), ReturnState::Accepted, true)).into();
    for (at, order) in orders(&files).into_iter().enumerate() {
        district.set_hub_back(&pristine, &format!("hub-{at}"));
        order.iter().for_each(|file| drop(district.receive(file)));
        assert_eq!(states(&district), all, "{order:?}");
        assert_eq!(testkit::dump::set_aside(district.hub.dir()), 0, "nothing of it is left aside: {order:?}");
    }
    // And all at once, from one stick on which the names come in the wrong order.
    district.set_hub_back(&pristine, "hub-at-once");
    let stick = district.at("stick");
    std::fs::create_dir(&stick).unwrap();
    for (at, file) in files.iter().rev().enumerate() {
        std::fs::copy(file, stick.join(format!("{at}.tzb"))).unwrap();
    }
    let codes = district.receive(&stick);
    assert_eq!(codes, ["accepted", "key_handed_over", "accepted", "key_handed_over", "accepted"]);
    assert_eq!(states(&district), all);
}

#[test]
fn what_came_before_its_key_was_known_waits_and_is_taken_in() {
    let (mut district, files) = handed_over();
    district.receive(&files[0]);
    let plan = district.hub.plan().unwrap();
    let early = taken(&mut district.hub, &files[2]);
    let said = app::words::verdict(&plan, &early[0].verdict).1;
    assert_eq!(said.code, "unregistered");
    assert!(said.next.contains("换钥-"), "{}", said.next);
    assert_eq!(district.actual("2024-03", COUNT).as_deref(), Some("5"), "carried from February");
    let received = taken(&mut district.hub, &files[1]);
    let Verdict::Rotation(it) = &received[0].verdict else { panic!("{received:?}") };
    assert_eq!(it.healed, 1);
    assert_eq!(district.actual("2024-03", COUNT).as_deref(), Some("10"));
    assert_eq!(district.receive(&files[2]), ["duplicate"]);
}

#[test]
fn the_new_key_alone_or_a_third_key_moves_nothing() {
    let (mut district, files) = handed_over();
    district.receive(&files[0]);
    let genuine = Opened::of(&files[1]);
    let new = keys_of(district.offices[0].dir());
    let third = SecretKeys::from_seeds(&[9; 64]).unwrap();
    let before = dump(district.hub.dir());
    for (name, keys) in [("new", &new), ("third", &third)] {
        let file = genuine.sealed(keys, &district.at(&format!("forged/{name}.tzb")));
        assert_eq!(district.receive(&file), ["bad_successor"], "{name}");
    }
    // A third key that has itself agreed to by a fourth: a genuine bundle, from nobody known.
    let file = handed_by(&genuine, &third, &new, &district.at("forged/whole.tzb"));
    assert_eq!(district.receive(&file), ["unregistered"]);
    assert_eq!(dump(district.hub.dir()), before);
}

/// Lets `old` hand over to `new` in the place of a genuine bundle.
fn handed_by(genuine: &Opened, old: &SecretKeys, new: &SecretKeys, path: &Path) -> PathBuf {
    let mut claims = genuine.claims.clone();
    if let Subject::Rotation { successor, .. } = &mut claims.subject {
        **successor = bundle::successor::Successor::new(new.public(), successor.stream);
    }
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let mut out = std::fs::File::create_new(path).unwrap();
    let limits = bundle::limits::Limits::default();
    bundle::write::write_handing_over(old, new, claims, &genuine.payload, &limits, &mut out).unwrap();
    path.to_owned()
}

#[test]
fn an_office_cannot_hand_over_to_a_key_that_is_registered_for_another() {
    let mut district = District::new(2);
    let theirs = keys_of(district.offices[1].dir());
    let old = keys_of(district.offices[0].dir());
    let genuine = Opened::of(&rotate(&mut district, "1"));
    let sent = district.report(1, "2024-02", "7", "2").path;
    let file = handed_by(&genuine, &old, &theirs, &district.at("forged/taken.tzb"));
    assert_eq!(district.receive(&file), ["key_handed_over"], "its own stream ends");
    assert_eq!(district.receive(&sent), ["accepted"], "the other office's key is its own as before");
    let offices = district.hub.offices().unwrap();
    let state = |name: &str| offices.iter().find(|it| it.name == name).unwrap().enrolment;
    assert_eq!((state(NAMES[0]), state(NAMES[1])), ("closed", "active"));
    // Under another office's name the old key is refused, whatever it hands over to.
    let other = genuine.of_office(office_id(1));
    let file =
        handed_by(&other, &old, &SecretKeys::from_seeds(&[9; 64]).unwrap(), &district.at("forged/b.tzb"));
    assert_eq!(district.receive(&file), ["not_its_key"]);
}

#[test]
fn after_a_revocation_nothing_is_handed_over() {
    let (mut district, files) = handed_over();
    district.receive(&files[0]);
    district.hub.revoke(NAMES[0], 1).unwrap();
    assert_eq!(district.receive(&files[1]), ["key_closed"]);
    assert_eq!(district.receive(&files[2]), ["unregistered"]);
    assert_eq!(states(&district), [("2024-02".to_owned(), ReturnState::Accepted, true)]);

    // The other way round: what was handed over beyond the number falls with it, and comes back if the number was wrong.
    let (mut district, files) = handed_over();
    files.iter().for_each(|file| drop(district.receive(file)));
    district.hub.revoke_key(NAMES[0], 1, 1).unwrap();
    assert_eq!(district.actual("2024-03", COUNT).as_deref(), Some("5"));
    assert_eq!(district.receive(&files[2]), ["duplicate"]);
    let next = district.report(0, "2024-04", "15", "4").path;
    assert_eq!(district.receive(&next), ["key_closed"]);
    district.hub.revoke_key(NAMES[0], 1, 2).unwrap();
    assert_eq!(district.actual("2024-03", COUNT).as_deref(), Some("10"));
    assert_eq!(district.actual("2024-04", COUNT).as_deref(), Some("15"));
    // A key that was replaced can be revoked like any other; the present one stays.
    district.hub.revoke_key(NAMES[0], 2, 1).unwrap();
    assert_eq!(district.actual("2024-04", COUNT).as_deref(), Some("10"));
}

#[test]
fn what_the_old_key_signs_after_it_handed_over_counts_for_nothing_in_every_order() {
    let mut district = District::new(1);
    let first = district.report(0, "2024-02", "5", "1").path;
    let copy = district.at("clone");
    clone_folder(district.offices[0].dir(), &copy);
    let old = keys_of(&copy);
    let rotation = rotate(&mut district, "2");
    let opened = Opened::of(&rotation);
    let after = district.report(0, "2024-03", "10", "3").path;
    // Somebody with the old key goes on where it ended, with a return and with another handing over.
    let link = opened.link();
    let more = Opened::of(&first).relinked(link.stream(), 3, Some(opened.header)).with_count("99");
    let more = more.sealed(&old, &district.at("forged/3.tzb"));
    let again = {
        let mut again = opened.clone().relinked(link.stream(), 3, Some(opened.header));
        if let Subject::Rotation { successor, .. } = &mut again.claims.subject {
            successor.stream = bundle::header::StreamId([3; 16]);
        }
        handed_by(
            &again,
            &old,
            &SecretKeys::from_seeds(&[9; 64]).unwrap(),
            &district.at("forged/3-again.tzb"),
        )
    };
    let pristine = district.at("pristine");
    clone_folder(district.hub.dir(), &pristine);
    let counted = [("2024-02", "5"), ("2024-03", "10")];
    for (at, order) in orders(&[first, rotation, after, more]).into_iter().enumerate() {
        district.set_hub_back(&pristine, &format!("hub-{at}"));
        let codes: Vec<_> = order.iter().map(|file| district.receive(file)[0]).collect();
        for (month, figure) in counted {
            assert_eq!(district.actual(month, COUNT).as_deref(), Some(figure), "{order:?}: {codes:?}");
        }
    }
    assert_eq!(district.receive(&again), ["key_closed"], "nor does a further handing over");
    assert_eq!(district.actual("2024-03", COUNT).as_deref(), Some("10"), "the end itself is in no doubt");
}

#[test]
fn a_fork_at_the_handing_over_is_found_in_every_order_and_decided_once() {
    let mut district = District::new(1);
    let first = district.report(0, "2024-02", "5", "1").path;
    let copy = district.at("clone");
    clone_folder(district.offices[0].dir(), &copy);
    let rotation = rotate(&mut district, "2");
    let after = district.report(0, "2024-04", "15", "3").path;
    let rival = district.rival(&copy, "2024-03", "99", "2b");
    assert_eq!(rival.seq, 2);
    let files = [first, rotation.clone(), after, rival.path.clone()];
    let pristine = district.at("pristine");
    clone_folder(district.hub.dir(), &pristine);
    for (at, order) in orders(&files).into_iter().enumerate() {
        district.set_hub_back(&pristine, &format!("hub-{at}"));
        let codes: Vec<_> = order.iter().map(|file| district.receive(file)[0]).collect();
        assert!(codes.contains(&"forked"), "{codes:?}");
        let states: Vec<_> =
            states(&district).into_iter().map(|(_, state, counted)| (state, counted)).collect();
        use ReturnState::{Accepted, Disputed};
        assert_eq!(states, [(Accepted, true), (Disputed, false), (Disputed, false)], "{order:?}");
    }
    // For the handing over: the new key counts, the rival does not. Then the other way round.
    let waiting = district.hub.disputed_handovers(&office_id(0)).unwrap();
    assert_eq!(waiting.len(), 1);
    district.hub.choose_handover(&waiting[0], "电话核实").unwrap();
    assert_eq!(district.actual("2024-04", COUNT).as_deref(), Some("15"));
    assert_eq!(district.status("2024-03", COUNT).reported, 0);
    let digest = app::verify::examine(&rival.path).unwrap().file_digest.0;
    let rival = district.hub.branches(&office_id(0)).unwrap().into_iter().find(|row| row.bundle == digest);
    district.hub.choose_branch(&rival.unwrap(), "原来认错了").unwrap();
    assert_eq!(district.actual("2024-03", COUNT).as_deref(), Some("99"));
    assert_eq!(district.status("2024-04", COUNT).reported, 0);
    // Choosing a return of the new key decides for the handing over as well.
    let branch = district.hub.branches(&office_id(0)).unwrap();
    let of_new = branch.iter().find(|row| row.period == period("2024-04")).unwrap().clone();
    district.hub.choose_branch(&of_new, "再次核实").unwrap();
    assert_eq!(district.actual("2024-04", COUNT).as_deref(), Some("15"));
}

#[test]
fn what_is_typed_meanwhile_stays_and_the_same_bytes_go_out_again() {
    let mut district = District::new(1);
    district.fill(0, "2024-02", "5");
    let sheet = district.offices[0].sheet(period("2024-02"), None).unwrap();
    let typed = |district: &District| district.offices[0].check(&sheet).unwrap().the_return;
    let before = typed(&district);
    let rotation = rotate(&mut district, "1");
    assert_eq!(typed(&district), before);
    let second = district.at("second stick");
    let again = district.offices[0].rotate_key(PASSPHRASE, &second).unwrap();
    assert!(again.again);
    assert_eq!(std::fs::read(&again.path).unwrap(), std::fs::read(&rotation).unwrap());
    // Reopened, it signs with the new key, under the same passphrase.
    let dir = district.offices[0].dir().to_owned();
    district.offices[0] = district.reopen(&dir);
    let sent = district.export(0, "2024-02", "2");
    assert_eq!(signer(&sent.path), *keys_of(&dir).public().as_bytes());
    // The bundle that hands over goes along until the hub has answered.
    let folder = district.at("2");
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 2);
    let mut codes = district.receive(&folder);
    codes.sort_unstable();
    assert_eq!(codes, ["accepted", "key_handed_over"]);
    district.answer(0, "receipts");
    district.report(0, "2024-03", "10", "3");
    assert_eq!(std::fs::read_dir(district.at("3")).unwrap().count(), 1);
}

#[test]
fn a_power_cut_leaves_the_key_that_the_ledger_knows() {
    let mut district = District::new(1);
    let dir = district.offices[0].dir().to_owned();
    let (key, next) = (dir.join("key.age"), dir.join("key.next.age"));
    let old = std::fs::read(&key).unwrap();
    // Cut before the transaction: what lies by is thrown away.
    std::fs::write(&next, b"half").unwrap();
    district.offices[0] = district.reopen(&dir);
    assert!(!next.exists());
    rotate(&mut district, "1");
    // Cut after it: the new file takes its name when the home is opened.
    let new = std::fs::read(&key).unwrap();
    assert_ne!(new, old);
    std::fs::write(&next, &new).unwrap();
    std::fs::write(&key, &old).unwrap();
    let digest = bundle::digest::Sm3Digest::of(&new).to_string();
    district.offices[0].set_setting("next_key_file", Some(&digest)).unwrap();
    district.offices[0] = district.reopen(&dir);
    assert_eq!(std::fs::read(&key).unwrap(), new);
    assert!(!next.exists());
    district.report(0, "2024-02", "5", "2");
}

#[test]
fn a_backup_from_before_the_new_key_learns_that_its_key_is_closed() {
    let mut district = District::new(1);
    let first = district.report(0, "2024-02", "5", "1").path;
    district.receive(&first);
    let safe = district.at("backup");
    let backup = district.offices[0].back_up(&safe).unwrap();
    let rotation = rotate(&mut district, "2");
    district.receive(&rotation);
    let receipts = district.at("receipts");
    let receipt = district.hub.send_receipts(None, PASSPHRASE, &receipts).unwrap()[0].1.path.clone();
    district.offices[0] = district.restore(&backup);
    let received = taken(&mut district.offices[0], &receipt);
    let Verdict::Receipt(said) = &received[0].verdict else { panic!("{received:?}") };
    assert_eq!(said.key_closed, Some(2));
    district.fill(0, "2024-03", "10");
    let sheet = district.offices[0].sheet(period("2024-03"), None).unwrap();
    let before = dump(district.offices[0].dir());
    let to = district.at("3");
    let refused = district.offices[0].export(&sheet, &sign_off(), PASSPHRASE, &to);
    assert!(matches!(refused, Err(Error::BadKey(app::KeyFault::Closed(2)))), "{refused:?}");
    let refused = district.offices[0].rotate_key(PASSPHRASE, &to);
    assert!(matches!(refused, Err(Error::BadKey(app::KeyFault::Closed(2)))), "{refused:?}");
    assert_eq!(dump(district.offices[0].dir()), before);
}
