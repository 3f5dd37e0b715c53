//! A hub that went back to a backup from before its own key changed goes on with the copy of the new key, and with no other.

use std::path::PathBuf;

use app::Error;
use bundle::keys::SecretKeys;
use testkit::forge::{clone_folder, keys_of};
use testkit::{District, Opened, PASSPHRASE, dump, taken};

/// A hub that went back to a backup from before its key changed: the plan that handed over, the copy of the new key, and a
/// plan and an office that followed since.
struct GoneBack {
    district: District,
    plan: PathBuf,
    copy: PathBuf,
}

fn gone_back() -> GoneBack {
    let mut district = District::new(1);
    let backup = district.hub.back_up(&district.at("backup")).unwrap();
    let mut edited = district.hub.plan().unwrap();
    edited.title = "换密钥时改的".to_owned();
    district.hub.replace_draft(&edited).unwrap();
    let plan = district.hub.change_hub_key(PASSPHRASE, &district.at("change")).unwrap().delivered.path;
    assert_eq!(district.receive_at(0, &plan), ["plan"]);
    let safe = district.at("safe");
    std::fs::create_dir(&safe).unwrap();
    let copy = safe.join(district.hub.save_recovery_key(&safe).unwrap());
    district.hub = district.restore(&backup);
    GoneBack { district, plan, copy }
}

#[test]
fn a_hub_restored_from_before_its_key_changed_goes_on_with_the_copy_of_the_new_key() {
    let GoneBack { mut district, plan, copy } = gone_back();
    // As it is, nobody who followed listens to it, and the copy alone proves nothing.
    let old = district.hub.send_receipts(None, PASSPHRASE, &district.at("old")).unwrap()[0].1.path.clone();
    assert_eq!(district.receive_at(0, &old), ["former_hub_key"]);
    let before = dump(district.hub.dir());
    let refused = district.hub.restore_key(&copy, PASSPHRASE).unwrap_err();
    let told = app::words::sentence(&refused);
    assert_eq!(told.code, "other_key");
    assert!(told.next.contains("接收换密钥时下达的方案"), "{}", told.next);
    assert_eq!(dump(district.hub.dir()), before);

    // The plan that handed over, from whoever still has it.
    assert_eq!(district.receive(&plan), ["own_key_changed"]);
    assert_eq!(dump(district.hub.dir()), before, "receiving it changes nothing yet");
    assert!(matches!(
        district.hub.restore_key(&copy, "不是那天的口令呀"),
        Err(Error::BadHub(app::HubFault::WrongCopy))
    ));
    district.hub.restore_key(&copy, PASSPHRASE).unwrap();
    let home = district.hub.dir().to_owned();
    district.hub = district.reopen(&home);
    let digits = district.hub.show_key().unwrap().fingerprint;
    assert_eq!(district.offices[0].settings(Default::default()).unwrap().hub_fingerprint, digits);
    assert_eq!(district.receive(&plan), ["own"]);

    // What was in force when the key changed is in force again, and the loop goes on.
    assert_eq!(district.hub.plan().unwrap().title, "换密钥时改的");
    let again = district.hub.issue_plan(PASSPHRASE, &district.at("again")).unwrap().delivered;
    assert!(again.again && std::fs::read(&again.path).unwrap() == std::fs::read(&plan).unwrap());
    let march = district.report(0, "2024-03", "10", "march").path;
    assert_eq!(district.receive(&march), ["accepted"], "reported against the plan that handed over");
    let receipt =
        district.hub.send_receipts(None, PASSPHRASE, &district.at("new")).unwrap()[0].1.path.clone();
    assert_eq!(district.receive_at(0, &receipt), ["receipt"]);
    let mut edited = district.hub.plan().unwrap();
    edited.title = "恢复以后改的".to_owned();
    district.hub.replace_draft(&edited).unwrap();
    let next = district.hub.issue_plan(PASSPHRASE, &district.at("next")).unwrap().delivered.path;
    let received = taken(&mut district.offices[0], &next);
    let told = app::words::verdict(&district.hub.plan().unwrap(), &received[0].verdict).1;
    assert_eq!(told.code, "plan");
    assert!(told.what.contains("从备份恢复过"), "{}", told.what);
    assert_eq!(district.offices[0].plan().unwrap().title, "恢复以后改的");
    let settings = district.hub.hub_settings(Default::default()).unwrap();
    assert_eq!((settings.keeping.keys.former.len(), settings.recovery_saved.as_str()), (1, ""));
    // And its own key of before is not gone back to.
    let own = app::verify::examine(&plan).unwrap();
    assert_eq!(own.header.claims.subject.successor().unwrap().keys.0, *keys_of(&home).public().as_bytes());
}

#[test]
fn a_key_that_changed_more_than_once_since_the_backup_needs_every_plan_between() {
    let mut district = District::new(1);
    let backup = district.hub.back_up(&district.at("backup")).unwrap();
    let plans = ["1", "2"].map(|to| {
        let to = district.at(to);
        district.hub.change_hub_key(PASSPHRASE, &to).unwrap().delivered.path
    });
    let safe = district.at("safe");
    std::fs::create_dir(&safe).unwrap();
    let copy = safe.join(district.hub.save_recovery_key(&safe).unwrap());
    district.hub = district.restore(&backup);
    // The later one comes first, under a key that the ledger does not know yet.
    assert_eq!(district.receive(&plans[1]), ["wrong_place"]);
    assert!(district.hub.restore_key(&copy, PASSPHRASE).is_err());
    let mut edited = district.hub.plan().unwrap();
    edited.title = "恢复以后先改的".to_owned();
    district.hub.replace_draft(&edited).unwrap();
    assert_eq!(district.receive(&plans[0]), ["own_key_changed"]);
    district.hub.restore_key(&copy, PASSPHRASE).unwrap();
    assert_eq!(district.hub.plan().unwrap().version, 3);
    for plan in &plans {
        assert_eq!(district.receive_at(0, plan), ["plan"]);
        assert_eq!(district.receive(plan), ["own"]);
    }
    let receipt =
        district.hub.send_receipts(None, PASSPHRASE, &district.at("new")).unwrap()[0].1.path.clone();
    assert_eq!(district.receive_at(0, &receipt), ["receipt"]);
    let next = district.issue();
    assert_eq!(district.receive_at(0, &next), ["plan"]);
    assert_eq!(
        district.offices[0].plan().unwrap().title,
        "恢复以后先改的",
        "what was typed meanwhile is kept"
    );
}

#[test]
fn a_key_that_no_plan_of_the_hub_names_is_refused_whatever_lies_in_the_archive() {
    let GoneBack { mut district, plan, .. } = gone_back();
    district.receive(&plan);
    let outsider = SecretKeys::from_seeds(&[9; 64]).unwrap();
    let copy = district.at("outsider.age");
    let mut file = std::fs::File::create_new(&copy).unwrap();
    bundle::key_file::lock(&outsider, PASSPHRASE, bundle::key_file::WorkFactor::TEST, &mut file).unwrap();
    drop(file);
    let refused = |district: &mut District| {
        let before = dump(district.hub.dir());
        let refused = district.hub.restore_key(&copy, PASSPHRASE);
        assert!(matches!(refused, Err(Error::BadHub(app::HubFault::OtherKey))), "{refused:?}");
        assert_eq!(dump(district.hub.dir()), before);
    };
    refused(&mut district);
    // Nor is one that names itself: signed by an office's key, or by a third one.
    let genuine = Opened::of(&plan);
    let mut claims = genuine.claims.clone();
    let successor = bundle::successor::Successor::new(outsider.public(), bundle::header::StreamId([8; 16]));
    claims.subject =
        bundle::header::Subject::Plan { link: genuine.link(), successor: Some(Box::new(successor)) };
    let signers = [keys_of(district.offices[0].dir()), SecretKeys::from_seeds(&[7; 64]).unwrap()];
    for (at, signer) in signers.iter().enumerate() {
        let path = district.at(&format!("forged-{at}.tzb"));
        let mut out = std::fs::File::create_new(&path).unwrap();
        let limits = bundle::limits::Limits::default();
        let (claims, payload) = (claims.clone(), &genuine.payload);
        bundle::write::write_handing_over(signer, &outsider, claims, payload, &limits, &mut out).unwrap();
        drop(out);
        assert_eq!(district.receive(&path), ["wrong_place"]);
        refused(&mut district);
    }
    // Nor one that another district's plan names, though the very key of this hub signed it.
    let key = district.at("hub-of-before");
    clone_folder(district.hub.dir(), &key);
    let mut foreign = claims.clone();
    foreign.hub = model::id::HubId::new("h-other").unwrap();
    let mut payload = genuine.payload.clone();
    if let bundle::v1::Payload::Plan(content) = &mut payload {
        content.hub = foreign.hub.clone();
    }
    let path = district.at("forged-foreign.tzb");
    let mut out = std::fs::File::create_new(&path).unwrap();
    let limits = bundle::limits::Limits::default();
    bundle::write::write_handing_over(&keys_of(&key), &outsider, foreign, &payload, &limits, &mut out)
        .unwrap();
    drop(out);
    assert_eq!(district.receive(&path), ["other_plan"]);
    refused(&mut district);
}
