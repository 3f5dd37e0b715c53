//! Offices at the hub: added, renamed and retired in the plan's draft, admitted by their paper, their keys replaced and revoked.

use std::fs;

use app::edit_offices::OfficeFault;
use app::screens::hub::offices::HubOffice;
use app::{Error, Home, OfficeKind};
use testkit::plan::{NAMES, small};
use testkit::{District, PASSPHRASE, period, sign_off};

fn office(home: &Home, name: &str) -> HubOffice {
    let found = home.hub_offices().unwrap().offices;
    found.into_iter().find(|office| office.name == name).unwrap()
}

fn fault(result: Result<impl std::fmt::Debug, Error>) -> OfficeFault {
    match result {
        Err(Error::BadOffice(fault)) => fault,
        other => panic!("{other:?}"),
    }
}

#[test]
fn offices_are_added_renamed_and_retired_with_their_days() {
    let mut district = District::with_plan(&small(3), 2);
    let hub = &mut district.hub;
    let id = hub.add_office(" 新设镇 ", OfficeKind::Town, "370211", false).unwrap();
    let added = office(hub, "新设镇");
    assert_eq!((added.change.as_str(), added.code.as_str(), added.key.as_str()), ("新增", "370211", "none"));
    assert!(hub.hub_home(None).unwrap().plan_changed);

    assert!(matches!(fault(hub.add_office("新设镇", OfficeKind::Town, "", false)), OfficeFault::Taken(_)));
    let like = hub.add_office("新设 镇", OfficeKind::Town, "", false);
    assert_eq!(fault(like), OfficeFault::Lookalike("新设镇".to_owned()));
    assert!(matches!(fault(hub.add_office("", OfficeKind::Town, "", false)), OfficeFault::Name { .. }));
    assert!(matches!(fault(hub.add_office("甲镇", OfficeKind::Own, "", false)), OfficeFault::Own));
    assert!(matches!(fault(hub.add_office("甲镇", OfficeKind::Town, "37-02", false)), OfficeFault::Code));
    hub.add_office("新设 镇", OfficeKind::Town, "", true).unwrap();
    assert_eq!(office(hub, "新设 镇").lookalike, "新设镇");
    assert_eq!(office(hub, "新设镇").lookalike, "新设 镇");

    // What nobody has seen yet is mended; what was issued is followed from a day on.
    hub.rename_office(id.as_str(), "更名镇", "2024-07-01", false).unwrap();
    assert_eq!(office(hub, "更名镇").names.len(), 1);
    let known = office(hub, NAMES[0]);
    hub.rename_office(&known.id, "改称街道", "2024年8月1日", false).unwrap();
    let renamed = office(hub, "改称街道");
    assert_eq!((renamed.names.len(), renamed.change.as_str()), (2, "改名"));
    hub.rename_office(&known.id, "再改街道", "2024-08-01", false).unwrap();
    assert_eq!(office(hub, "再改街道").names.len(), 2);
    assert!(matches!(fault(hub.rename_office(&known.id, "丙", "明天", false)), OfficeFault::Day(_)));
    assert!(matches!(fault(hub.rename_office("nobody", "丙", "2024-08-01", false)), OfficeFault::Unknown));

    hub.retire_office(id.as_str(), Some("2024-12-31")).unwrap();
    let last = hub.hub_offices().unwrap().offices.pop().unwrap();
    assert_eq!((last.name.as_str(), last.retired.as_str()), ("更名镇", "2024年12月31日"));
    hub.retire_office(id.as_str(), None).unwrap();
    assert_eq!(office(hub, "更名镇").retired, "");
    district.issue();
    let hub = &mut district.hub;
    assert_eq!(office(hub, "更名镇").change, "");
    let early = hub.rename_office(&known.id, "更早街道", "2024-07-31", false);
    assert!(matches!(fault(early), OfficeFault::DayOrder(_)));
}

#[test]
fn an_office_is_admitted_by_the_paper_alone_and_its_key_replaced_and_revoked() {
    let mut district = District::with_plan(&small(3), 1);
    let mut first = district.set_up(NAMES[1]);
    let file = first.enrol(PASSPHRASE, &district.at("stick")).unwrap().path;
    let digits = first.show_key().unwrap().fingerprint;
    let id = office(&district.hub, NAMES[1]).id;
    let hub = &mut district.hub;
    assert!(matches!(fault(hub.admit_by_paper(&id, &digits, false, &[])), OfficeFault::NoEnrolment(_)));

    let files = vec![file.clone()];
    let found = hub.enrolments_found(&files).unwrap();
    assert_eq!(
        (found[0].office.as_str(), found[0].says.as_str(), found[0].odd.as_str()),
        (&*id, NAMES[1], "")
    );
    // Of another office's paper nothing is admitted, whoever is picked.
    let other = office(hub, NAMES[2]).id;
    assert!(matches!(fault(hub.admit_by_paper(&other, &digits, false, &files)), OfficeFault::NoEnrolment(_)));
    let wrong = hub.show_key().unwrap().fingerprint;
    assert!(matches!(hub.admit_by_paper(&id, &wrong, false, &files), Err(Error::OtherFingerprint)));
    assert_eq!(office(hub, NAMES[1]).key, "none");

    // Taken in with a stick, it waits in the ledger; the digits alone find it there.
    hub.receive(&files, None, &mut |_, _| true).unwrap();
    let waits = office(hub, NAMES[1]);
    assert_eq!((waits.key.as_str(), waits.waiting), ("pending", true));
    assert_eq!(hub.enrolments_found(&files).unwrap().len(), 1);
    fs::remove_file(&file).unwrap();
    hub.admit_by_paper(&id, &digits, false, &[]).unwrap();
    assert_eq!((office(hub, NAMES[1]).key.as_str(), office(hub, NAMES[1]).waiting), ("active", false));

    for month in ["2024-02", "2024-03"] {
        testkit::district::fill(&mut first, period(month), "10");
        let sheet = first.sheet(period(month), None).unwrap();
        let sent = first.export(&sheet, &sign_off(), PASSPHRASE, &district.at("stick")).unwrap().path;
        district.hub.receive(&[sent], None, &mut |_, _| true).unwrap();
    }
    let hub = &mut district.hub;
    assert_eq!(office(hub, NAMES[1]).last_period, "2024年3月");
    let would = hub.revocation_view(&id, 1, 2).unwrap();
    assert_eq!((would.head, would.lost.len()), (2, 0));
    let would = hub.revocation_view(&id, 1, 1).unwrap();
    assert_eq!(would.lost, ["2024年3月（第 2 号）"]);

    // A new computer: the same office, another key, which takes the old one's place.
    let mut second = district.set_up(NAMES[1]);
    let file = second.enrol(PASSPHRASE, &district.at("stick")).unwrap().path;
    let hub = &mut district.hub;
    let digits = second.show_key().unwrap().fingerprint;
    let files = [file];
    assert!(matches!(hub.admit_by_paper(&id, &digits, false, &files), Err(Error::AlreadyEnrolled(_))));
    hub.admit_by_paper(&id, &digits, true, &files).unwrap();
    let now = office(hub, NAMES[1]);
    assert_eq!((now.key.as_str(), now.keys.len(), now.last_period.as_str()), ("active", 2, "2024年3月"));
    assert!(now.keys[1].label.contains("算到第 2 号"), "{:?}", now.keys);

    // Any of its keys can be revoked, also one that was replaced: then after another number.
    let would = hub.revocation_view(&id, 1, 1).unwrap();
    assert_eq!(would.lost, ["2024年3月（第 2 号）"]);
    hub.revoke_office(&id, 1, 1).unwrap();
    assert_eq!(office(hub, NAMES[1]).last_period, "2024年1—2月");
    hub.revoke_office(&id, 1, 2).unwrap();
    assert_eq!(office(hub, NAMES[1]).last_period, "2024年3月", "what was taken back counts again");
    hub.revoke_office(&id, 2, 0).unwrap();
    let now = office(hub, NAMES[1]);
    assert_eq!((now.key.as_str(), now.last_period.as_str()), ("closed", "2024年3月"));
    assert!(matches!(hub.revocation_view(&id, 3, 0), Err(Error::BadKey(_))));
}
