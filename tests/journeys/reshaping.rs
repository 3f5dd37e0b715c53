//! Offices merge and split: what was reported stays where it was, the new office answers for the months from the day on.

use app::edit_offices::OfficeFault;
use app::reshape_offices::Newcomer;
use app::{Error, OfficeKind};
use model::plan::Assignee;
use testkit::plan::{COUNT, GROWTH, NAMES, office_id, target_id};
use testkit::{District, PASSPHRASE, period, sign_off};

fn street(name: &str) -> Newcomer<'_> {
    Newcomer { name, kind: OfficeKind::Street, code: "" }
}

/// Whether an office's first screen says how the figures of one that came out of others begin.
fn says_how_figures_begin(office: &mut app::Home) -> bool {
    let home = office.office_home(None).unwrap();
    home.notices.iter().any(|notice| notice.message.code == "came_out_of")
}

fn reported(district: &District, month: &str) -> (Option<String>, usize, usize) {
    let status = district.status(month, COUNT);
    (status.actual, status.reported as usize, status.assigned as usize)
}

#[test]
fn two_offices_become_one_and_the_months_before_stay_theirs() {
    let mut district = District::new(3);
    for (office, count) in [(0, "10"), (1, "20"), (2, "5")] {
        let sent = district.report(office, "2024-06", count, &format!("june-{office}")).path;
        district.receive(&sent);
    }
    assert_eq!(reported(&district, "2024-06"), (Some("35".to_owned()), 3, 3));

    let merged = district.hub.merge_offices(&[NAMES[0], NAMES[1]], street("东西街道"), "2024-07-01").unwrap();
    let changes = district.hub.plan_changes().unwrap();
    let said = changes.iter().find(|change| change.subject == "东西街道").unwrap();
    assert!(said.what.contains("由东街道、西街道合并"), "{}", said.what);
    district.issue();
    let plan = district.hub.plan().unwrap();
    let office = plan.office(&merged).unwrap();
    assert_eq!(office.origins, [office_id(0), office_id(1)]);
    // What each had to reach is added up; a rate is for the hub to set again.
    let quota = |target: &str| {
        plan.duties().duty(&target_id(target), &merged).map(|quota| quota.map(|it| it.to_string()))
    };
    assert_eq!(quota(COUNT), Some(Some("80".to_owned())));
    assert_eq!(quota(GROWTH), Some(None));
    assert!(
        plan.assignments.iter().any(|one| one.to == Assignee::Office(office_id(0))),
        "the old ones stay for their months"
    );

    // June is as it was; of July the new office answers, and nothing of the old ones is carried into it.
    assert_eq!(reported(&district, "2024-06"), (Some("35".to_owned()), 3, 3));
    assert_eq!(reported(&district, "2024-07"), (Some("5".to_owned()), 0, 2));
    let mut newcomer = district.set_up("东西街道");
    let enrolment = newcomer.enrol(PASSPHRASE, &district.at("enrolments")).unwrap().path;
    let digits = newcomer.show_key().unwrap().fingerprint;
    district.hub.admit_office(&enrolment, "东西街道", &digits, false).unwrap();
    let home = newcomer.office_home(None).unwrap();
    let said = home.notices.iter().find(|notice| notice.message.code == "came_out_of").unwrap();
    assert!(
        said.message.what.contains("由东街道、西街道合并") && said.message.next.contains("1 月 1 日"),
        "{said:?}"
    );
    assert!(said.message.what.starts_with("2024年7月1日起"), "{said:?}");
    // Cumulative since 1 January, with what was its predecessors': 30 by June and 6 more, as it says itself.
    testkit::district::fill(&mut newcomer, period("2024-07"), "36");
    let sheet = newcomer.sheet(period("2024-07"), None).unwrap();
    let sent = newcomer.export(&sheet, &sign_off(), PASSPHRASE, &district.at("july")).unwrap().path;
    assert_eq!(district.receive(&sent), ["accepted"]);
    assert_eq!(reported(&district, "2024-07"), (Some("41".to_owned()), 1, 2));
    assert!(!says_how_figures_begin(&mut newcomer), "it has begun");
    assert_eq!(reported(&district, "2024-06"), (Some("35".to_owned()), 3, 3));

    // A correction of June is still its author's, late as it may be; of July the old office has nothing to say.
    district.receive_at(0, &district.at("plan-2"));
    let june = district.offices[0].sheet(period("2024-06"), None).unwrap();
    let boxes = [(app::Field::Value, "12".to_owned()), (app::Field::Explanation, "漏报 2 个".to_owned())];
    district.offices[0].enter(&june, COUNT, &boxes).unwrap();
    let late = district.export(0, "2024-06", "june-again").path;
    assert_eq!(district.receive(&late), ["accepted"]);
    assert_eq!(reported(&district, "2024-06").0.as_deref(), Some("37"));
    let july = district.offices[0].sheet(period("2024-07"), None).unwrap();
    assert!(district.offices[0].plan().unwrap().duties_in(july.period).holder(&office_id(0)).is_none());
}

#[test]
fn an_office_takes_another_in_and_keeps_its_key() {
    let mut district = District::new(2);
    let heir = district.hub.merge_offices(&[NAMES[1]], street(NAMES[0]), "2024-04-01").unwrap();
    assert_eq!(heir, office_id(0));
    let changes = district.hub.plan_changes().unwrap();
    let said =
        changes.iter().find(|change| change.subject == NAMES[0] && change.what.contains("并入")).unwrap();
    assert!(said.what.contains("有西街道并入"), "{}", said.what);
    district.issue();
    let plan = district.hub.plan().unwrap();
    assert_eq!(plan.office(&heir).unwrap().origins, [office_id(1)]);
    let quota = plan.duties().duty(&target_id(COUNT), &heir).flatten().map(|it| it.to_string());
    assert_eq!(quota.as_deref(), Some("80"));
    let march = district.report(0, "2024-03", "8", "march").path;
    district.receive(&march);
    district.receive_at(0, &district.at("plan-2"));
    // It has reported before; what changes is said all the same, until it has reported with what it took in.
    let home = district.offices[0].office_home(None).unwrap();
    let said = home.notices.iter().find(|notice| notice.message.code == "came_out_of").unwrap();
    assert_eq!(said.message.what, "2024年4月1日起，本单位有西街道并入");
    let sent = district.report(0, "2024-04", "30", "april").path;
    assert!(!says_how_figures_begin(&mut district.offices[0]));
    assert_eq!(district.receive(&sent), ["accepted"]);
    assert_eq!(reported(&district, "2024-04"), (Some("30".to_owned()), 1, 1));
    assert_eq!(reported(&district, "2024-03").2, 2);
}

#[test]
fn one_office_becomes_two() {
    let mut district = District::new(2);
    let heirs =
        district.hub.split_office(NAMES[0], &[street(NAMES[0]), street("东二街道")], "2024-04-15").unwrap();
    // A name that nobody has seen is mended; the day from which the office reports is not touched.
    district.hub.rename_office(heirs[1].as_str(), "东二新区", "2024-09-01", false).unwrap();
    district.issue();
    let offices = district.hub.hub_offices().unwrap().offices;
    for heir in &heirs {
        let shown = offices.iter().find(|office| office.id == heir.as_str()).unwrap();
        assert_eq!((&*shown.origins, &*shown.begins), ("由东街道分出", "2024年4月15日"));
    }
    let plan = district.hub.plan().unwrap();
    assert_eq!(heirs.len(), 2);
    for heir in &heirs {
        assert_eq!(plan.office(heir).unwrap().origins, [office_id(0)]);
        // Who has to reach how much of the forty is for the hub to say.
        assert_eq!(plan.duties().duty(&target_id(COUNT), heir), Some(None));
    }
    assert_eq!(
        plan.office_named(NAMES[0]).map(|it| &it.id),
        Some(&heirs[0]),
        "the name goes on with the new office"
    );
    assert_eq!(reported(&district, "2024-03").2, 2);
    assert_eq!(reported(&district, "2024-04").2, 3, "the month in which it happens is the new ones'");
}

#[test]
fn what_cannot_be_merged_or_split_is_said_and_changes_nothing() {
    let mut district = District::new(2);
    let before = testkit::dump(district.hub.dir());
    let hub = &mut district.hub;
    let fault = |result: Result<_, Error>| match result {
        Err(Error::BadOffice(fault)) => fault,
        other => panic!("{:?}", other.map(|_: ()| ())),
    };
    let new = street("新街道");
    let day = "2024-07-01";
    assert!(matches!(fault(hub.merge_offices(&[], new, day).map(drop)), OfficeFault::TooFew));
    let twice = hub.merge_offices(&[NAMES[0], NAMES[0]], new, day).map(drop);
    assert!(matches!(fault(twice), OfficeFault::Ended(_)));
    assert!(matches!(fault(hub.merge_offices(&["无此街道"], new, day).map(drop)), OfficeFault::Unknown));
    assert!(matches!(
        fault(hub.merge_offices(&["本级"], new, day).map(drop)),
        OfficeFault::Unknown | OfficeFault::Own
    ));
    assert!(matches!(fault(hub.merge_offices(&[NAMES[0]], street("本级"), day).map(drop)), OfficeFault::Own));
    assert!(matches!(fault(hub.merge_offices(&[NAMES[0]], new, "某日").map(drop)), OfficeFault::Day(_)));
    assert!(matches!(fault(hub.split_office(NAMES[0], &[new], day).map(drop)), OfficeFault::TooFew));
    let same = hub.split_office(NAMES[0], &[new, new], day).map(drop);
    assert!(matches!(fault(same), OfficeFault::Taken(_)));
    assert_eq!(testkit::dump(district.hub.dir()), before);
}
