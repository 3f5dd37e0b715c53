//! Rows 6, 7, 17 and 18 of the attacks: genuine signatures in the wrong place, and names that are not what they look like.

use app::Error;
use bundle::header::Subject;
use bundle::v1::{Enrolment, Payload};
use model::id::{HubId, PlanId};
use testkit::forge::keys_of;
use testkit::plan::{NAMES, office_id};
use testkit::{District, Opened, PASSPHRASE, dump, sign_off, taken};

/// Lets the hub receive a file and insists that it is refused with a code, kept aside, and leaves the ledger as it was.
fn refused_by_hub(district: &mut District, file: &std::path::Path, code: &str) {
    let home = district.hub.dir().to_owned();
    let (before, aside) = (dump(&home), dump::set_aside(&home));
    assert_eq!(district.receive(file), [code]);
    assert_eq!(dump(&home), before, "{code}: nothing is written");
    assert_eq!(dump::set_aside(&home), aside + 1, "{code}: the file is kept aside");
    assert!(file.exists(), "{code}: the stick stays as it was");
}

fn refused_by_office(district: &mut District, file: &std::path::Path, code: &str) {
    let home = district.offices[0].dir().to_owned();
    let (before, aside) = (dump(&home), dump::set_aside(&home));
    assert_eq!(district.receive_at(0, file), [code]);
    assert_eq!(dump(&home), before, "{code}: nothing is written");
    assert_eq!(dump::set_aside(&home), aside + 1, "{code}: the file is kept aside");
}

#[test]
fn an_office_key_signs_no_receipt_and_no_plan() {
    let mut district = District::new(2);
    let sent = district.report(0, "2024-03", "10", "stick").path;
    district.receive(&sent);
    let receipt = Opened::of(&district.answer(0, "receipts"));
    let plan = Opened::of(&district.newest_plan());
    let (own, other) = (keys_of(district.offices[0].dir()), keys_of(district.offices[1].dir()));

    // The very next receipt of the hub's own stream, and the next version of its plan, but for the key.
    let link = receipt.link();
    let next = receipt.clone().relinked(link.stream(), link.seq() + 1, Some(receipt.header));
    let link = plan.link();
    let mut newer = plan.clone().relinked(link.stream(), link.seq() + 1, Some(plan.header));
    newer.claims.plan_version += 1;
    let Payload::Plan(content) = &mut newer.payload else { panic!("a plan") };
    content.version += 1;
    content.title.push_str("（改）");
    let forged = district.at("forged");
    for (forgery, name) in [(&next, "receipt"), (&newer, "plan")] {
        let file = forgery.sealed(&other, &forged.join(format!("{name}.tzb")));
        refused_by_office(&mut district, &file, "not_its_key");
        // Not even the office's own key makes it one.
        let file = forgery.sealed(&own, &forged.join(format!("own-{name}.tzb")));
        let before = dump(district.offices[0].dir());
        district.receive_at(0, &file);
        assert_eq!(dump(district.offices[0].dir()), before, "{name} under the office's own key");
    }
    assert_eq!(district.offices[0].plan().unwrap().version, 1);

    // Under the hub's key the same two are taken: nothing but the key was wrong.
    let hub = keys_of(district.hub.dir());
    let file = next.sealed(&hub, &forged.join("true-receipt.tzb"));
    assert_eq!(district.receive_at(0, &file), ["receipt"]);
    let file = newer.sealed(&hub, &forged.join("true-plan.tzb"));
    assert_eq!(district.receive_at(0, &file), ["plan"]);
}

#[test]
fn plans_and_receipts_under_an_office_key_are_no_business_of_the_hub() {
    let mut district = District::new(2);
    let sent = district.report(0, "2024-03", "10", "stick").path;
    district.receive(&sent);
    let receipt = Opened::of(&district.answer(0, "receipts"));
    let key = keys_of(district.offices[0].dir());
    let file = receipt.sealed(&key, &district.at("forged/receipt.tzb"));
    let before = dump(district.hub.dir());
    assert_eq!(district.receive(&file), ["wrong_place"]);
    assert_eq!(dump(district.hub.dir()), before);
}

#[test]
fn office_a_cannot_sign_as_office_b() {
    let mut district = District::new(2);
    let genuine = Opened::of(&district.report(0, "2024-03", "10", "stick").path);
    let (a, b) = (keys_of(district.offices[0].dir()), keys_of(district.offices[1].dir()));
    let of_b = Opened::of(&district.report(1, "2024-03", "20", "stick").path);
    let (stream_a, stream_b) = (genuine.link(), of_b.link());

    // A's key, B's name: in A's stream, and in B's.
    let as_b = genuine.clone().of_office(office_id(1));
    let file = as_b.sealed(&a, &district.at("forged/1.tzb"));
    refused_by_hub(&mut district, &file, "not_its_key");
    let file = of_b.sealed(&a, &district.at("forged/2.tzb"));
    refused_by_hub(&mut district, &file, "not_its_key");
    // A's key and name, but B's stream.
    let file = genuine
        .clone()
        .relinked(stream_b.stream(), stream_b.seq(), stream_b.prev())
        .sealed(&a, &district.at("forged/3.tzb"));
    refused_by_hub(&mut district, &file, "not_its_key");
    // B's key under A's name.
    let file = genuine.sealed(&b, &district.at("forged/4.tzb"));
    refused_by_hub(&mut district, &file, "not_its_key");
    // An office that says it is the hub entering for it.
    let mut stand_in = genuine.clone();
    stand_in.content().stand_in = true;
    if let Subject::Progress { stand_in, .. } = &mut stand_in.claims.subject {
        *stand_in = true;
    }
    let file = stand_in.sealed(&a, &district.at("forged/5.tzb"));
    refused_by_hub(&mut district, &file, "not_its_key");
    // And 本级, whose returns only the hub's key signs.
    let own = model::id::OfficeId::own();
    let file = genuine.clone().of_office(own).sealed(&a, &district.at("forged/6.tzb"));
    refused_by_hub(&mut district, &file, "not_its_key");
    // A key that nobody enrolled.
    let stranger = bundle::keys::SecretKeys::from_seeds(&[9; 64]).unwrap();
    let file = genuine.sealed(&stranger, &district.at("forged/7.tzb"));
    refused_by_hub(&mut district, &file, "unregistered");

    let link = genuine.relinked(stream_a.stream(), 1, stream_a.prev());
    let file = link.sealed(&a, &district.at("forged/8.tzb"));
    assert_eq!(district.receive(&file), ["accepted"], "under its own key and name it is taken");
}

#[test]
fn bundles_for_another_hub_plan_version_or_year_are_refused() {
    let mut district = District::new(1);
    let genuine = Opened::of(&district.report(0, "2024-03", "10", "stick").path);
    let key = keys_of(district.offices[0].dir());
    let altered = |name: &str, alter: &dyn Fn(&mut Opened)| {
        let mut one = genuine.clone();
        alter(&mut one);
        one.sealed(&key, &district.at(name))
    };
    let files = [
        (altered("1.tzb", &|it| it.claims.hub = HubId::new("h-other").unwrap()), "other_plan"),
        (altered("2.tzb", &|it| it.claims.plan = PlanId::new("p-other").unwrap()), "other_plan"),
        (
            altered("3.tzb", &|it| {
                it.claims.plan_version = 9;
                it.content().plan_version = 9;
            }),
            "unknown_version",
        ),
        (altered("4.tzb", &|it| at_period(it, "2024-01")), "not_reported"),
        (altered("5.tzb", &|it| at_period(it, "2025-03")), "not_reported"),
    ];
    for (file, code) in files {
        refused_by_hub(&mut district, &file, code);
    }
}

fn at_period(it: &mut Opened, month: &str) {
    let to = testkit::period(month);
    it.content().period = to;
    if let Subject::Progress { period, .. } = &mut it.claims.subject {
        *period = to;
    }
}

#[test]
fn an_office_takes_nothing_for_another_office_hub_or_plan() {
    let mut district = District::new(2);
    let sent = district.report(1, "2024-03", "10", "stick").path;
    district.receive(&sent);
    let of_other = district.answer(1, "receipts");
    let before = dump(district.offices[0].dir());
    assert_eq!(district.receive_at(0, &of_other), ["other_office"]);
    assert_eq!(dump(district.offices[0].dir()), before);

    let hub = keys_of(district.hub.dir());
    let plan = Opened::of(&district.newest_plan());
    for (name, alter) in [
        ("hub", (|it: &mut Opened| it.claims.hub = HubId::new("h-other").unwrap()) as fn(&mut Opened)),
        ("plan", |it| it.claims.plan = PlanId::new("p-other").unwrap()),
    ] {
        let mut forged = plan.clone();
        alter(&mut forged);
        let Payload::Plan(content) = &mut forged.payload else { panic!("a plan") };
        (content.hub, content.id) = (forged.claims.hub.clone(), forged.claims.plan.clone());
        let file = forged.sealed(&hub, &district.at(&format!("forged-{name}.tzb")));
        refused_by_office(&mut district, &file, "other_plan");
    }
}

#[test]
fn an_old_plan_version_is_refused_and_a_newer_one_taken() {
    let mut district = District::new(1);
    let first = district.newest_plan();
    district.hub.assign(testkit::plan::MILESTONE, &app::assign::To::Office(NAMES[0]), None).unwrap();
    district.hub.assign(testkit::plan::COUNT, &app::assign::To::Office(NAMES[0]), Some("50")).unwrap();
    let second = district.issue();
    assert_eq!(district.receive_at(0, &second), ["plan"]);
    let before = dump(district.offices[0].dir());
    // The very file is known by its digest; the same version signed anew is told by its number.
    assert_eq!(district.receive_at(0, &first), ["duplicate"]);
    let again = Opened::of(&first);
    let link = again.link();
    let again = again.relinked(link.stream(), 3, Some(Opened::of(&second).header));
    let file = again.sealed(&keys_of(district.hub.dir()), &district.at("forged/old.tzb"));
    assert_eq!(district.receive_at(0, &file), ["old_plan"]);
    assert_eq!(dump(district.offices[0].dir()), before);
    assert_eq!(district.offices[0].plan().unwrap().version, 2);
}

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
