//! Rows 6, 7 and 17 of the attacks: genuine signatures in the wrong place.

use bundle::header::Subject;
use bundle::v1::Payload;
use model::id::{HubId, PlanId};
use testkit::forge::keys_of;
use testkit::plan::{NAMES, office_id};
use testkit::{District, Opened, dump};

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
        refused_by_office(&mut district, &file, "unknown_hub_key");
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
