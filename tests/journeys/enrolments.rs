//! Row 18 of the attacks: enrolments that claim to be somebody else, speak in another's stream, or bear a lookalike name.

use app::Error;
use bundle::header::Subject;
use bundle::v1::{Enrolment, Payload};
use model::id::{HubId, PlanId};
use testkit::forge::keys_of;
use testkit::plan::{NAMES, office_id};
use testkit::{District, Opened, PASSPHRASE, dump, sign_off, taken};

#[test]
fn a_slip_with_true_digits_enrols_nobody_as_somebody_else() {
    let mut district = District::new(1);
    let plan = testkit::plan::small(3);
    let mut plan = model::plan::Plan { version: 0, ..plan };
    plan.id = district.hub.plan().unwrap().id;
    district.hub.replace_draft(&plan).unwrap();
    district.issue();
    let mut b = district.set_up(NAMES[1]);
    let honest = b.enrol(PASSPHRASE, &district.at("enrolments")).unwrap().path;
    let digits = b.show_key().unwrap().fingerprint;

    // B writes itself A's name (the third office), and brings a stamped slip with B's true digits.
    let claim = Opened::of(&honest).of_office(office_id(2));
    let file = claim.sealed(&keys_of(b.dir()), &district.at("forged/enrolment.tzb"));
    let before = dump(district.hub.dir());
    let as_claimed = district.hub.admit_office(&file, NAMES[2], &digits, false);
    assert!(matches!(as_claimed, Err(Error::OtherFingerprint)), "{as_claimed:?}");
    let as_itself = district.hub.admit_office(&file, NAMES[1], &digits, false);
    assert!(matches!(as_itself, Err(Error::OtherOffice { .. })), "{as_itself:?}");
    assert_eq!(dump(district.hub.dir()), before, "no key is kept, pending or active");

    // Nor does an enrolment under another hub or plan, whatever its digits.
    for alter in
        [(|it: &mut Opened| it.claims.hub = HubId::new("h-other").unwrap()) as fn(&mut Opened), |it| {
            it.claims.plan = PlanId::new("p-other").unwrap()
        }]
    {
        let mut other = Opened::of(&honest);
        alter(&mut other);
        let name = format!("forged/{}-{}.tzb", other.claims.hub, other.claims.plan);
        let other = other.sealed(&keys_of(b.dir()), &district.at(&name));
        let refused = district.hub.admit_office(&other, NAMES[1], &digits, false);
        assert!(matches!(refused, Err(Error::OtherPlan(_))), "{refused:?}");
    }
    assert_eq!(dump(district.hub.dir()), before);

    // Received from a folder it waits, and neither counts nor lets a return in.
    assert_eq!(district.receive(&file), ["enrolment_waiting"]);
    let key_state = |district: &District, name: &str| {
        let offices = district.hub.offices().unwrap();
        offices.iter().find(|office| office.name == name).unwrap().enrolment
    };
    assert_eq!(key_state(&district, NAMES[2]), "pending");
    testkit::district::fill(&mut b, testkit::period("2024-03"), "10");
    let sheet = b.sheet(testkit::period("2024-03"), None).unwrap();
    let sent = b.export(&sheet, &sign_off(), PASSPHRASE, &district.at("stick")).unwrap().path;
    let as_other = Opened::of(&sent).of_office(office_id(2));
    let sent = as_other.sealed(&keys_of(b.dir()), &district.at("forged/return.tzb"));
    assert_eq!(district.receive(&sent), ["key_pending"]);
    assert_eq!(district.actual("2024-03", testkit::plan::COUNT), None);
}

#[test]
fn a_slip_for_one_enrolment_does_not_admit_another() {
    let mut district = District::new(1);
    let mut second = district.set_up(NAMES[0]);
    let file = second.enrol(PASSPHRASE, &district.at("second")).unwrap().path;
    let digits = second.show_key().unwrap().fingerprint;
    let own = district.offices[0].show_key().unwrap().fingerprint;
    let wrong = district.hub.admit_office(&file, NAMES[0], &own, true);
    assert!(matches!(wrong, Err(Error::OtherFingerprint)), "{wrong:?}");
    let hub = district.hub.show_key().unwrap().fingerprint;
    let wrong = district.hub.admit_office(&file, NAMES[0], &hub, true);
    assert!(matches!(wrong, Err(Error::OtherFingerprint)), "{wrong:?}");
    // Not in silence, either: a second key for an enrolled office is only taken as a replacement.
    let twice = district.hub.admit_office(&file, NAMES[0], &digits, false);
    assert!(matches!(twice, Err(Error::AlreadyEnrolled(_))), "{twice:?}");
    let sent = district.report(0, "2024-03", "10", "stick").path;
    assert_eq!(district.receive(&sent), ["accepted"], "the first key still counts");
}

#[test]
fn an_office_cannot_enrol_into_the_stream_of_another() {
    let mut district = District::new(1);
    let plan = testkit::plan::small(2);
    district.hub.replace_draft(&plan).unwrap();
    district.issue();
    let a = Opened::of(&district.report(0, "2024-03", "10", "stick").path).link();
    let mut b = district.set_up(NAMES[1]);
    let honest = Opened::of(&b.enrol(PASSPHRASE, &district.at("enrolments")).unwrap().path);
    let digits = b.show_key().unwrap().fingerprint;
    let receipts = district.hub.send_receipts(None, PASSPHRASE, &district.at("receipts")).unwrap();
    let of_hub = Opened::of(&receipts[0].1.path).link();
    for (at, taken) in [a, of_hub].into_iter().enumerate() {
        let mut greedy = honest.clone();
        if let Subject::Enrolment { stream, .. } = &mut greedy.claims.subject {
            *stream = taken.stream();
        }
        let file = greedy.sealed(&keys_of(b.dir()), &district.at(&format!("forged/{at}.tzb")));
        let before = dump(district.hub.dir());
        let refused = district.hub.admit_office(&file, NAMES[1], &digits, false);
        assert_eq!(refused.map_err(|error| app::words::sentence(&error).code), Err("stream_taken"));
        assert_eq!(dump(district.hub.dir()), before);
    }
    district.hub.admit_office(&district.at("enrolments/注册-西街道.tzb"), NAMES[1], &digits, false).unwrap();

    // One that only waits with the stream of somebody else keeps nobody out.
    let mut plan = testkit::plan::small(3);
    plan.hub_name = "测试新区".to_owned();
    district.hub.replace_draft(&plan).unwrap();
    district.issue();
    let mut c = district.set_up(NAMES[2]);
    let own = c.enrol(PASSPHRASE, &district.at("enrolments")).unwrap().path;
    let stranger = bundle::keys::SecretKeys::from_seeds(&[5; 64]).unwrap();
    let squatter =
        Opened::of(&own).of_office(office_id(1)).sealed(&stranger, &district.at("forged/squat.tzb"));
    assert_eq!(district.receive(&squatter), ["enrolment_waiting"]);
    let digits = c.show_key().unwrap().fingerprint;
    district.hub.admit_office(&own, NAMES[2], &digits, false).unwrap();
    let (hub, claimed) = (Opened::of(&own).claims.hub, office_id(1));
    let holder = bundle::fingerprint::Holder::Office(&hub, &claimed);
    let digits = bundle::fingerprint::Fingerprint::of(holder, stranger.public()).to_string();
    let late = district.hub.admit_office(&squatter, NAMES[1], &digits, true);
    assert_eq!(late.map_err(|error| app::words::sentence(&error).code), Err("stream_taken"));
}

#[test]
fn a_hostile_enrolment_stops_nothing_else_on_the_stick() {
    let mut district = District::new(2);
    let stick = district.at("stick");
    let a = Opened::of(&district.report(0, "2024-03", "10", "stick").path).link();
    let genuine = Opened::of(&district.at("enrolments/注册-西街道.tzb"));
    let key = bundle::keys::SecretKeys::from_seeds(&[7; 64]).unwrap();
    let mut greedy = genuine.clone();
    let mut nobody = genuine.clone().of_office(office_id(4));
    let mut endless = genuine;
    for (at, one) in [&mut greedy, &mut nobody, &mut endless].into_iter().enumerate() {
        if let Subject::Enrolment { stream, .. } = &mut one.claims.subject {
            *stream = bundle::header::StreamId([at as u8; 16]);
        }
    }
    if let Subject::Enrolment { stream, .. } = &mut greedy.claims.subject {
        *stream = a.stream();
    }
    if let Payload::Enrolment(enrolment) = &mut endless.payload {
        enrolment.contact = "长".repeat(5000);
    }
    for (name, one) in [("0-greedy", &greedy), ("1-nobody", &nobody), ("2-endless", &endless)] {
        one.sealed(&key, &stick.join(format!("{name}.tzb")));
    }
    let codes = district.receive(&stick);
    assert_eq!(codes.last(), Some(&"accepted"), "{codes:?}");
    assert!(codes[..3].iter().all(|code| *code != "enrolment_waiting"), "{codes:?}");
    assert!(district.hub.pending_enrolments().unwrap().is_empty());
}

#[test]
fn an_office_does_not_begin_under_a_hub_whose_digits_differ() {
    let mut district = District::new(1);
    let plan = district.newest_plan();
    let clock = district.clock.clone();
    let wrong = district.offices[0].show_key().unwrap().fingerprint;
    let introduction = app::init_office::Introduction { office: NAMES[0], contact: "", telephone: "" };
    let dir = district.at("office-new");
    let world = testkit::world(&clock, 99);
    let refused = app::init_office::init_office(&dir, &plan, &introduction, &wrong, PASSPHRASE, world);
    assert!(matches!(refused.err(), Some(Error::OtherFingerprint)));
    assert!(!dir.exists());
}

#[test]
fn lookalike_names_are_shown_for_what_they_are() {
    let mut district = District::new(1);
    let mut office = district.set_up(NAMES[0]);
    let honest = Opened::of(&office.enrol(PASSPHRASE, &district.at("again")).unwrap().path);
    for (at, (name, shown)) in [
        ("东\u{200b}街道", "东⟨U+200B⟩街道"),
        ("\u{202e}东街道", "⟨U+202E⟩东街道"),
        ("东街道\u{3000}", "东街道\u{3000}"),
    ]
    .into_iter()
    .enumerate()
    {
        // The operator who copies such a name from somewhere is told which office it looks like.
        let refused = district.hub.admit_office(&district.at("none.tzb"), name, &"0".repeat(40), false);
        let Err(Error::UnknownOffice { name: said, similar }) = refused else { panic!("{refused:?}") };
        assert_eq!(said, shown);
        assert_eq!(similar, [NAMES[0]]);

        // And a file that calls itself so is shown with the hidden characters spelled out.
        let mut lookalike = honest.clone();
        lookalike.payload = Payload::Enrolment(Enrolment {
            office_name: name.to_owned(),
            contact: String::new(),
            telephone: String::new(),
        });
        if let Subject::Enrolment { stream, .. } = &mut lookalike.claims.subject {
            *stream = bundle::header::StreamId([at as u8 + 20; 16]);
        }
        let key = bundle::keys::SecretKeys::from_seeds(&[at as u8 + 20; 64]).unwrap();
        let file = lookalike.sealed(&key, &district.at(&format!("forged/{at}.tzb")));
        let received = taken(&mut district.hub, &file);
        let plan = district.hub.plan().unwrap();
        let (_, sentence) = app::words::verdict(&plan, &received[0].verdict);
        assert_eq!(sentence.code, "enrolment_waiting");
        assert!(sentence.what.contains(shown) && sentence.what.contains("请留意"), "{}", sentence.what);
    }
    // Full-width digits where the plan has narrow ones.
    assert!(model::names::are_lookalikes("第２街道", "第2街道"));
    office.show_key().unwrap();
}
