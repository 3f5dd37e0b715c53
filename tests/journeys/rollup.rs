//! What returns stand for once more than one of them, or more than one plan version, is at hand.

use app::check::Finding;
use app::send_back::SentBack;
use app::{Field, Home};
use model::check::Issue;
use model::plan::{Assignee, Assignment, OfficeKind};
use model::target::{Frequency, Measure, Stage, Target};
use testkit::plan::{COUNT, MILESTONE, NAMES, QUARTERLY, STOCK, small, target, target_id};
use testkit::{District, day, period};

fn enter(district: &mut District, office: usize, month: &str, target: &str, boxes: &[(Field, &str)]) {
    let sheet = district.offices[office].sheet(period(month), None).unwrap();
    let boxes: Vec<_> = boxes.iter().map(|(field, text)| (*field, (*text).to_owned())).collect();
    district.offices[office].enter(&sheet, target, &boxes).unwrap();
}

fn nil(district: &mut District, office: usize, month: &str) {
    let sheet = district.offices[office].sheet(period(month), None).unwrap();
    district.offices[office].set_nil(&sheet, true).unwrap();
    let file = district.export(office, month, &format!("nil-{office}-{month}")).path;
    assert_eq!(district.receive(&file), ["accepted"]);
}

fn report(district: &mut District, office: usize, month: &str, count: &str) {
    let file = district.report(office, month, count, &format!("{office}-{month}-{count}")).path;
    assert_eq!(district.receive(&file), ["accepted"]);
}

fn findings(home: &Home, month: &str) -> Vec<Finding> {
    home.check(&home.sheet(period(month), None).unwrap()).unwrap().findings
}

#[test]
fn a_stage_is_read_by_its_name_when_the_plan_is_refined() {
    let mut district = District::new(1);
    report(&mut district, 0, "2024-02", "5");
    let mut plan = district.hub.plan_draft().unwrap();
    let refined = plan.targets.iter_mut().find(|target| target.id == target_id(MILESTONE)).unwrap();
    let Measure::Milestone { stages } = &mut refined.measure else { panic!("a milestone") };
    stages.insert(1, Stage { name: "立项".to_owned(), month: Some(2) });
    district.hub.replace_draft(&plan).unwrap();
    let second = district.issue();
    assert_eq!(district.actual("2024-02", MILESTONE).as_deref(), Some("开工"), "reported");
    assert_eq!(district.actual("2024-03", MILESTONE).as_deref(), Some("开工"), "carried");

    assert_eq!(district.receive_at(0, &second), ["plan"]);
    district.fill(0, "2024-03", "10");
    enter(&mut district, 0, "2024-03", MILESTONE, &[(Field::Stage, "立项")]);
    let back = Issue::WentBack { before: "开工".to_owned(), now: "立项".to_owned() };
    assert!(findings(&district.offices[0], "2024-03").iter().any(|finding| finding.issue == back));
}

#[test]
fn nil_after_not_applicable_still_does_not_apply() {
    let mut district = District::new(3);
    report(&mut district, 2, "2024-02", "10");
    district.fill(2, "2024-03", "10");
    let reason = (Field::NotApplicable, "划出辖区");
    enter(&mut district, 2, "2024-03", COUNT, &[(Field::Value, ""), reason]);
    let file = district.export(2, "2024-03", "3").path;
    district.receive(&file);
    nil(&mut district, 2, "2024-04");
    let april = district.status("2024-04", COUNT);
    assert_eq!((april.actual.as_deref(), april.reported, april.assigned), (None, 0, 2));
    assert!(april.explanation.contains("1 家不适用"), "{}", april.explanation);
    let may = district.status("2024-05", COUNT);
    assert_eq!((may.actual.as_deref(), may.carried, may.assigned), (None, 0, 3), "missing, nothing carried");
    assert_eq!(district.actual("2024-05", STOCK).as_deref(), Some("101"));
}

#[test]
fn nil_speaks_only_for_what_was_due_and_in_its_version() {
    let mut district = District::new(3);
    nil(&mut district, 2, "2024-02");
    let mut plan = district.hub.plan_draft().unwrap();
    let added = target("1-1-07", "新增目标", Measure::Count { goal: None, monthly: None }, "个");
    plan.targets.push(Target { since: 2, ..added });
    let to = Assignee::Every(OfficeKind::Street);
    plan.assignments.push(Assignment { target: target_id("1-1-07"), to, quota: None });
    district.hub.replace_draft(&plan).unwrap();
    district.issue();
    let carried = |district: &District, target| {
        let status = district.status("2024-03", target);
        (status.actual, status.carried)
    };
    assert_eq!(carried(&district, COUNT), (Some("0".to_owned()), 1));
    assert_eq!(carried(&district, "1-1-07"), (None, 0), "its version did not have it");
    assert_eq!(carried(&district, QUARTERLY), (None, 0), "not due in February");
}

#[test]
fn a_returned_cell_after_nil_falls_back_on_nothing() {
    let mut district = District::new(3);
    nil(&mut district, 2, "2024-02");
    report(&mut district, 2, "2024-03", "10");
    let cell = SentBack { target: COUNT, field: None, reason: "与现场不符" };
    district.hub.send_back(NAMES[2], period("2024-03"), &[cell]).unwrap();
    let count = district.status("2024-03", COUNT);
    assert_eq!((count.actual.as_deref(), count.reported, count.carried), (Some("0"), 0, 1));
}

#[test]
fn an_office_that_retired_keeps_the_months_before() {
    let mut district = District::new(2);
    report(&mut district, 0, "2024-02", "5");
    report(&mut district, 1, "2024-02", "6");
    let mut plan = district.hub.plan_draft().unwrap();
    plan.offices[1].retired = Some(day("2024-03-15"));
    district.hub.replace_draft(&plan).unwrap();
    district.issue();
    let february = district.status("2024-02", COUNT);
    assert_eq!((february.actual.as_deref(), february.reported, february.assigned), (Some("11"), 2, 2));
    assert_eq!(district.status("2024-03", COUNT).assigned, 1);
    let names = |month| {
        let offices = district.hub.status(period(month)).unwrap().offices;
        offices.into_iter().any(|office| office.name == NAMES[1])
    };
    assert_eq!((names("2024-02"), names("2024-03")), (true, false));
}

#[test]
fn what_an_office_owed_before_it_retired_is_taken() {
    let mut district = District::new(2);
    district.fill(1, "2024-02", "6");
    let mut plan = district.hub.plan_draft().unwrap();
    plan.offices[1].retired = Some(day("2024-03-15"));
    district.hub.replace_draft(&plan).unwrap();
    let second = district.issue();
    assert_eq!(district.receive_at(1, &second), ["plan"]);
    let file = district.export(1, "2024-02", "late").path;
    assert_eq!(district.receive(&file), ["accepted"]);
    assert_eq!(district.actual("2024-02", COUNT).as_deref(), Some("6"));
}

#[test]
fn who_has_nothing_due_owes_nothing() {
    let mut plan = small(2);
    for target in &mut plan.targets {
        target.frequency = Frequency::Quarterly;
    }
    let district = District::with_plan(&plan, 0);
    assert_eq!(district.hub.status(period("2024-02")).unwrap().owed, 0);
    assert_eq!(district.hub.status(period("2024-03")).unwrap().owed, 3);
}

#[test]
fn an_accepted_figure_is_not_taken_back_in_silence() {
    let mut district = District::new(3);
    report(&mut district, 2, "2024-03", "10");
    let withdrawn = [(Field::Value, ""), (Field::NotApplicable, "划出辖区"), (Field::Explanation, "")];
    enter(&mut district, 2, "2024-03", COUNT, &withdrawn);
    let found = findings(&district.offices[2], "2024-03");
    assert!(
        found.iter().any(|one| matches!(one.issue, Issue::AnswerChanged { now: None, .. }) && one.blocks())
    );
    let sheet = district.offices[2].sheet(period("2024-03"), None).unwrap();
    district.offices[2].set_nil(&sheet, true).unwrap();
    let found = findings(&district.offices[2], "2024-03");
    assert!(found.iter().any(|one| one.issue == Issue::NilAfterFigures), "{found:?}");
}

#[test]
fn figures_that_came_back_are_no_past_to_be_held_against() {
    let mut district = District::new(3);
    report(&mut district, 2, "2024-02", "50");
    let cell = SentBack { target: COUNT, field: None, reason: "重复" };
    district.hub.send_back(NAMES[2], period("2024-02"), &[cell]).unwrap();
    district.answer(2, "receipts");
    district.fill(2, "2024-03", "12");
    let found = findings(&district.offices[2], "2024-03");
    assert!(!found.iter().any(|one| matches!(one.issue, Issue::Fell { .. })), "{found:?}");
}
