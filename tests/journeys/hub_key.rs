//! The hub's key changes: offices follow without typing, in every order, and who missed the plan in between hears what is missing.

use std::path::{Path, PathBuf};

use app::Error;
use bundle::keys::SecretKeys;
use testkit::forge::{clone_folder, keys_of};
use testkit::plan::{COUNT, NAMES};
use testkit::{District, Opened, PASSPHRASE, dump, period, taken};

/// A hub that has changed its key: the plan that hands over, a receipt after it, and the next plan.
struct Changed {
    district: District,
    plan: PathBuf,
    receipt: PathBuf,
    next: PathBuf,
}

fn changed() -> Changed {
    let mut district = District::new(1);
    let sent = district.report(0, "2024-02", "5", "1").path;
    district.receive(&sent);
    let plan = district.hub.change_hub_key(PASSPHRASE, &district.at("change")).unwrap().delivered.path;
    let receipts = district.at("receipts");
    let receipt = district.hub.send_receipts(None, PASSPHRASE, &receipts).unwrap()[0].1.path.clone();
    let mut edited = district.hub.plan().unwrap();
    edited.title = "改了标题".to_owned();
    district.hub.replace_draft(&edited).unwrap();
    let next = district.issue();
    Changed { district, plan, receipt, next }
}

fn said(district: &mut District, file: &Path) -> app::words::Sentence {
    let received = taken(&mut district.offices[0], file);
    let plan = district.hub.plan().unwrap();
    app::words::verdict(&plan, &received[0].verdict).1
}

#[test]
fn offices_follow_the_old_keys_word_without_typing() {
    let Changed { mut district, plan, receipt, next } = changed();
    let taken_in = said(&mut district, &plan);
    assert_eq!(taken_in.code, "plan");
    assert!(
        taken_in.what.contains("汇总单位更换了密钥") && taken_in.what.contains("不用再核对"),
        "{}",
        taken_in.what
    );
    assert_eq!(district.receive_at(0, &receipt), ["receipt"]);
    let later = said(&mut district, &next);
    assert!(!later.what.contains("密钥") && !later.what.contains("恢复"), "{}", later.what);
    assert!(dump(district.offices[0].dir()).contains("follow_hub"), "it stands in the audit trail");
    let told = district.offices[0].settings(Default::default()).unwrap().hub_fingerprint;
    assert_eq!(told, district.hub.show_key().unwrap().fingerprint);
    // The chain tells where the new stream goes on from.
    assert_eq!(Opened::of(&next).link().prev(), Some(Opened::of(&plan).header));
    // And the loop goes on.
    let march = district.report(0, "2024-03", "10", "2").path;
    assert_eq!(district.receive(&march), ["accepted"]);
    district.answer(0, "receipts-2");
    assert_eq!(district.actual("2024-03", COUNT).as_deref(), Some("10"));
}

#[test]
fn the_new_keys_bundles_wait_for_the_plan_that_hands_over_in_every_order() {
    let Changed { mut district, plan, receipt, next } = changed();
    let files = [plan, receipt, next];
    let pristine = district.at("pristine");
    clone_folder(district.offices[0].dir(), &pristine);
    for (at, order) in
        [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]].into_iter().enumerate()
    {
        let dir = district.at(&format!("office-{at}"));
        clone_folder(&pristine, &dir);
        district.offices[0] = district.reopen(&dir);
        order.iter().for_each(|one| drop(district.receive_at(0, &files[*one])));
        let office = &district.offices[0];
        assert_eq!(office.plan().unwrap().version, 3, "{order:?}");
        assert_eq!(testkit::dump::set_aside(office.dir()), 0, "{order:?}");
        let ledger = ledger::Ledger::open(&office.dir().join("ledger.db")).unwrap();
        assert!(ledger.read(|tx| tx.last_receipt()).unwrap().is_some(), "{order:?}");
    }
    // All on one stick, whatever their names.
    let dir = district.at("office-stick");
    clone_folder(&pristine, &dir);
    district.offices[0] = district.reopen(&dir);
    let stick = district.at("stick");
    std::fs::create_dir(&stick).unwrap();
    for (at, file) in files.iter().rev().enumerate() {
        std::fs::copy(file, stick.join(format!("{at}.tzb"))).unwrap();
    }
    assert_eq!(district.receive_at(0, &stick), ["plan", "receipt", "plan"]);
}

#[test]
fn who_missed_the_plan_in_between_hears_which_and_may_type_the_new_digits() {
    let Changed { mut district, receipt, next, .. } = changed();
    let before = dump(district.offices[0].dir());
    let refused = said(&mut district, &next);
    assert_eq!(refused.code, "unknown_hub_key");
    assert!(refused.what.contains("第 2 版") && refused.next.contains("40 位指纹"), "{refused:?}");
    assert_eq!(said(&mut district, &receipt).code, "unknown_hub_key");
    assert_eq!(dump(district.offices[0].dir()), before, "nothing is written");

    let digits = district.hub.show_key().unwrap().fingerprint;
    let office = &mut district.offices[0];
    let own = office.show_key().unwrap().fingerprint;
    assert!(matches!(office.trust_hub(&next, &own), Err(Error::OtherFingerprint)));
    assert_eq!(dump(office.dir()), before);
    office.trust_hub(&next, &digits).unwrap();
    assert_eq!(office.plan().unwrap().version, 3);
    assert_eq!(office.settings(Default::default()).unwrap().hub_fingerprint, digits);
    assert_eq!(district.receive_at(0, &receipt), ["duplicate"], "what had come before was taken in");
    // The digits of the new key's paper are as good with the plan that hands over, and nothing else is.
    let Changed { mut district, plan, .. } = changed();
    let digits = district.hub.show_key().unwrap().fingerprint;
    let mut foreign = Opened::of(&plan);
    foreign.claims.hub = model::id::HubId::new("h-other").unwrap();
    if let bundle::v1::Payload::Plan(content) = &mut foreign.payload {
        content.hub = foreign.claims.hub.clone();
    }
    let stranger = SecretKeys::from_seeds(&[9; 64]).unwrap();
    let foreign = {
        foreign.claims.subject = bundle::header::Subject::Plan { link: foreign.link(), successor: None };
        foreign.sealed(&stranger, &district.at("forged/plan.tzb"))
    };
    assert!(matches!(district.offices[0].trust_hub(&foreign, &digits), Err(Error::OtherPlan(_))));
    district.offices[0].trust_hub(&plan, &digits).unwrap();
    assert_eq!(district.offices[0].settings(Default::default()).unwrap().hub_fingerprint, digits);
}

#[test]
fn a_receipt_of_the_old_key_is_answered_anew() {
    let mut district = District::new(1);
    let sent = district.report(0, "2024-02", "5", "1").path;
    district.receive(&sent);
    let to = district.at("receipts");
    let old = district.hub.send_receipts(None, PASSPHRASE, &to).unwrap()[0].1.path.clone();
    let copy = district.at("hub-before");
    clone_folder(district.hub.dir(), &copy);
    let plan = district.hub.change_hub_key(PASSPHRASE, &district.at("change")).unwrap().delivered.path;
    // The same state, but not the same file: nobody takes the old key's any more.
    let new = district.hub.send_receipts(None, PASSPHRASE, &to).unwrap();
    assert!(!new[0].1.again);
    assert_eq!(district.receive_at(0, &plan), ["plan"]);
    assert_eq!(district.receive_at(0, &old), ["former_hub_key"]);
    assert_eq!(district.receive_at(0, &new[0].1.path), ["receipt"]);
    assert_eq!(district.receive_at(0, &plan), ["duplicate"]);
    // Nor does a plan, though the old key's holder numbers it as the next one.
    let genuine = Opened::of(&plan);
    let mut rival = genuine.clone();
    rival.claims.plan_version = 9;
    rival.claims.subject = bundle::header::Subject::Plan {
        link: bundle::header::Link::following(genuine.link().stream(), genuine.link().seq(), genuine.header)
            .unwrap(),
        successor: None,
    };
    if let bundle::v1::Payload::Plan(plan) = &mut rival.payload {
        plan.version = 9;
    }
    let rival = rival.sealed(&keys_of(&copy), &district.at("forged/plan.tzb"));
    assert_eq!(district.receive_at(0, &rival), ["former_hub_key"]);
    assert_eq!(district.offices[0].plan().unwrap().version, 2);
}

#[test]
fn a_new_office_may_begin_from_the_plan_that_hands_over_with_either_paper() {
    for old_paper in [true, false] {
        let mut district = District::new(1);
        let before = district.hub.show_key().unwrap().fingerprint;
        let plan = district.hub.change_hub_key(PASSPHRASE, &district.at("change")).unwrap().delivered.path;
        let now = district.hub.show_key().unwrap().fingerprint;
        assert_ne!(before, now);
        let introduction =
            app::init_office::Introduction { office: NAMES[0], contact: "张三", telephone: "0532-0000000" };
        let world = testkit::world(&district.clock.clone(), 77);
        let digits = if old_paper { &before } else { &now };
        let dir = district.at("office-new");
        let office =
            app::init_office::init_office(&dir, &plan, &introduction, digits, PASSPHRASE, world).unwrap();
        assert_eq!(office.settings(Default::default()).unwrap().hub_fingerprint, now);
    }
}

#[test]
fn a_thief_of_the_new_key_alone_or_of_another_cannot_hand_over() {
    let Changed { mut district, plan, .. } = changed();
    let genuine = Opened::of(&plan);
    let new = keys_of(district.hub.dir());
    let before = dump(district.offices[0].dir());
    let alone = genuine.sealed(&new, &district.at("forged/new.tzb"));
    let third = genuine.sealed(&SecretKeys::from_seeds(&[9; 64]).unwrap(), &district.at("forged/third.tzb"));
    for file in [alone, third] {
        assert_eq!(district.receive_at(0, &file), ["bad_successor"]);
    }
    // An office's key never signs a plan, whatever it hands over to.
    let office = keys_of(district.offices[0].dir());
    let mut claims = genuine.claims.clone();
    let successor = bundle::successor::Successor::new(new.public(), bundle::header::StreamId([8; 16]));
    claims.subject =
        bundle::header::Subject::Plan { link: genuine.link(), successor: Some(Box::new(successor)) };
    let path = district.at("forged/office.tzb");
    let mut out = std::fs::File::create_new(&path).unwrap();
    let limits = bundle::limits::Limits::default();
    bundle::write::write_handing_over(&office, &new, claims, &genuine.payload, &limits, &mut out).unwrap();
    drop(out);
    assert_eq!(district.receive_at(0, &path), ["own"]);
    assert_eq!(dump(district.offices[0].dir()), before);
}

#[test]
fn the_recovery_copy_is_made_anew_and_the_old_one_opens_nothing() {
    let mut district = District::new(1);
    let safe = district.at("safe");
    std::fs::create_dir(&safe).unwrap();
    let old = safe.join(district.hub.save_recovery_key(&safe).unwrap());
    district.hub.restore_key(&old, PASSPHRASE).unwrap();
    district.hub.change_hub_key(PASSPHRASE, &district.at("change")).unwrap();
    let around = app::screens::settings::Surroundings::default();
    assert_eq!(
        district.hub.hub_settings(around.clone()).unwrap().recovery_saved,
        "",
        "it is to be made anew"
    );
    assert!(district.hub.restore_key(&old, PASSPHRASE).is_err());
    let new = safe.join(district.hub.save_recovery_key(&safe).unwrap());
    std::fs::remove_file(district.hub.dir().join("key.age")).unwrap();
    district.hub.restore_key(&new, PASSPHRASE).unwrap();
    assert_ne!(district.hub.hub_settings(around).unwrap().recovery_saved, "");
    district.hub.issue_plan(PASSPHRASE, &district.at("again")).unwrap();
}

#[test]
fn a_restored_hub_says_so_in_its_next_plan_and_replays_what_either_key_signed() {
    let mut district = District::new(1);
    let sent = district.report(0, "2024-02", "5", "1").path;
    district.receive(&sent);
    let backup = district.hub.back_up(&district.at("backup")).unwrap();
    let remembered = Opened::of(&district.newest_plan());
    let mut edited = district.hub.plan().unwrap();
    edited.title = "备份以后改的".to_owned();
    district.hub.replace_draft(&edited).unwrap();
    let forgotten = district.issue();
    assert_eq!(district.receive_at(0, &forgotten), ["plan"]);

    district.hub = district.restore(&backup);
    let mut edited = district.hub.plan().unwrap();
    edited.title = "恢复以后改的".to_owned();
    district.hub.replace_draft(&edited).unwrap();
    let after = district.hub.issue_plan(PASSPHRASE, &district.at("after")).unwrap().delivered.path;
    assert_eq!(Opened::of(&after).link().prev(), Some(remembered.header), "the last plan that it remembers");
    let told = said(&mut district, &after);
    assert_eq!(told.code, "plan");
    assert!(told.what.contains("从备份恢复过"), "{}", told.what);
    let march = district.report(0, "2024-03", "10", "2").path;
    assert_eq!(district.receive(&march), ["accepted"]);
}

#[test]
fn a_hub_restored_after_its_key_changed_takes_its_archive_in_again() {
    let mut district = District::new(1);
    let to = district.at("own");
    let fill = |district: &mut District, count: &str| {
        let sheet = district.hub.sheet(period("2024-02"), None).unwrap();
        let boxes = [(app::Field::Rate, count.to_owned()), (app::Field::Explanation, "说明".to_owned())];
        district.hub.enter(&sheet, testkit::plan::OFFICIAL, &boxes).unwrap();
        district.hub.export(&sheet, &testkit::sign_off(), PASSPHRASE, &to).unwrap().path
    };
    let before = fill(&mut district, "5.1");
    district.hub.change_hub_key(PASSPHRASE, &district.at("change")).unwrap();
    let backup = district.hub.back_up(&district.at("backup")).unwrap();
    let after = fill(&mut district, "5.2");
    assert_eq!((Opened::of(&before).link().seq(), Opened::of(&after).link().seq()), (1, 1), "a new stream");
    district.hub = district.restore(&backup);
    let codes: Vec<_> = [&before, &after].map(|file| district.receive(file)[0]).into();
    assert_eq!(codes, ["duplicate", "accepted"]);
    let plan = district.at("change").read_dir().unwrap().next().unwrap().unwrap().path();
    assert_eq!(district.receive(&plan), ["own"], "signed by the key before");
}

#[test]
fn before_anything_was_issued_there_is_nobody_to_tell() {
    let clock = testkit::TurnableClock::at("2024-03-01");
    let folder = tempfile::tempdir().unwrap();
    let plan = app::init_hub::StartingPlan::Empty { year: 2024 };
    let world = testkit::world(&clock, 1);
    let mut hub =
        app::init_hub::init_hub(&folder.path().join("hub"), "测试", plan, PASSPHRASE, world).unwrap();
    let before = dump(hub.dir());
    assert!(matches!(hub.change_hub_key(PASSPHRASE, folder.path()), Err(Error::NoPlan)));
    assert_eq!(dump(hub.dir()), before);
}
