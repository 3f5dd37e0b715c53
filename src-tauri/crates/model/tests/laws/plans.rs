//! Plans: what makes one whole, who reports what, and how versions follow one another.

use chrono::NaiveDate;
use model::figure::Figure;
use model::id::OfficeId;
use model::plan::{
    Assignee, Assignment, Change, Chapter, Comparison, OfficeKind, Plan, PlanFault, RevisionFault,
};
use model::target::{Comparator, Measure};

use crate::build::{count, figure, goal, growth, id, milestone, office, plan, target};

fn relative(code: &str, to: &str) -> model::target::Target {
    let measure = Measure::Relative { to: id(to), comparator: Comparator::AtLeast, tolerance: Figure::ZERO };
    target(code, measure)
}

#[test]
fn a_whole_plan_has_no_faults() {
    let stages = milestone("m", &[("未开始", None), ("推进中", None), ("竣工", Some(12))]);
    let whole = plan(vec![count("c", "1"), growth("g", "6"), relative("r", "g"), stages], &["a", "b"]);
    assert_eq!(whole.validate(), Ok(()));
}

#[test]
fn every_fault_is_found() {
    let sound = || plan(vec![count("c", "1"), growth("g", "6")], &["a"]);
    let faults = |edit: &dyn Fn(&mut Plan)| {
        let mut plan = sound();
        edit(&mut plan);
        plan.validate().unwrap_err()
    };
    let (c, g) = (id("c"), id("g"));
    assert_eq!(faults(&|p| p.targets.push(count("c", "2"))), [PlanFault::TargetTwice(c.clone())]);
    assert_eq!(faults(&|p| p.offices.retain(|o| !o.id.is_own())), [PlanFault::NoOwnUnit]);
    assert_eq!(faults(&|p| p.targets[0].unit.clear()), [PlanFault::Unnamed(c.clone())]);
    assert_eq!(faults(&|p| p.targets[0].official = true)[0], PlanFault::OfficialAmount(c.clone()));
    assert_eq!(faults(&|p| p.targets[1].official = true), [PlanFault::OfficialAssigned(g.clone())]);
    assert_eq!(faults(&|p| p.calendar.due_day = 29), [PlanFault::BadCalendar]);
    assert!(matches!(
        faults(&|p| p.targets[0].section = "9".to_owned())[0],
        PlanFault::UnknownSection { .. }
    ));
    let (chapter, section) =
        (&sound().chapters[0].code.clone(), &sound().chapters[0].sections[0].code.clone());
    let chapters = faults(&|p| p.chapters.push(Chapter { sections: Vec::new(), ..p.chapters[0].clone() }));
    assert_eq!(chapters, [PlanFault::CodeTwice(chapter.clone())]);
    let sections =
        faults(&|p| p.chapters.push(Chapter { code: "other".to_owned(), ..p.chapters[0].clone() }));
    assert_eq!(sections, [PlanFault::CodeTwice(section.clone())]);
    let beside = faults(&|p| {
        let again = p.chapters[0].sections.clone();
        p.chapters[0].sections.extend(again);
    });
    assert_eq!(beside, [PlanFault::CodeTwice(section.clone())]);
    assert!(matches!(faults(&|p| p.offices.push(p.offices[0].clone()))[0], PlanFault::OfficeTwice(_)));
    let negative = Measure::Count { goal: goal(Comparator::Reach, "-1"), monthly: None };
    assert_eq!(faults(&|p| p.targets[0].measure = negative.clone()), [PlanFault::BadGoal(c.clone())]);
    let falling = [5, 4, 3, 2, 1, 1, 1, 1, 1, 1, 1, 1].map(Figure::from);
    let monthly = Measure::Count { goal: goal(Comparator::Reach, "1"), monthly: Some(Box::new(falling)) };
    assert_eq!(faults(&|p| p.targets[0].measure = monthly.clone()), [PlanFault::BadMonthlyPlan(c.clone())]);
    for stages in
        [&[("未开始", None)][..], &[("未开始", None), ("竣工", None)], &[("", None), ("竣工", Some(3))]]
    {
        assert_eq!(
            faults(&|p| p.targets[0].measure = milestone("c", stages).measure),
            [PlanFault::BadStages(c.clone())]
        );
    }
    let late = milestone("c", &[("未开始", None), ("开工", Some(9)), ("竣工", Some(3))]).measure;
    assert_eq!(faults(&|p| p.targets[0].measure = late.clone()), [PlanFault::BadStages(c.clone())]);
    let deadline = Measure::Statement { deadline: 13 };
    assert_eq!(faults(&|p| p.targets[0].measure = deadline.clone()), [PlanFault::BadMonth(c.clone())]);
    let stray = Assignment { target: id("x"), to: Assignee::Office(office("a")), quota: None };
    assert!(matches!(faults(&|p| p.assignments.push(stray.clone()))[0], PlanFault::BadAssignment { .. }));
    assert!(matches!(
        faults(&|p| p.assignments.push(p.assignments[0].clone()))[0],
        PlanFault::BadAssignment { .. }
    ));
    let unlike = Comparison { lesser: c.clone(), greater: g.clone() };
    assert!(matches!(faults(&|p| p.comparisons.push(unlike.clone()))[0], PlanFault::BadComparison { .. }));
}

#[test]
fn circles_of_relative_targets_are_refused() {
    let circle = plan(vec![relative("r", "s"), relative("s", "t"), relative("t", "r")], &["a"]);
    let faults = circle.validate().unwrap_err();
    assert_eq!(faults, ["r", "s", "t"].map(|code| PlanFault::Cycle(id(code))));
    let itself = plan(vec![relative("r", "r")], &["a"]);
    assert_eq!(itself.validate(), Err(vec![PlanFault::Cycle(id("r"))]));
    let to_a_circle = plan(vec![relative("r", "s"), relative("s", "t"), relative("t", "s")], &["a"]);
    assert_eq!(to_a_circle.validate().unwrap_err().len(), 3);
    let to_a_count = plan(vec![relative("r", "c"), count("c", "1")], &["a"]);
    assert!(matches!(to_a_count.validate().unwrap_err()[0], PlanFault::BadReference { .. }));
}

#[test]
fn duties_follow_the_assignments() {
    let mut plan = plan(vec![count("c", "30"), count("n", "5")], &["a", "b"]);
    plan.assignments.retain(|assignment| assignment.target == id("c"));
    let quota = Some(figure("20"));
    plan.assignments.push(Assignment { target: id("c"), to: Assignee::Office(office("b")), quota });
    let duties = plan.duties();
    let assignees: Vec<_> = duties.assignees(&id("c")).map(|(o, q)| (o.to_string(), q)).collect();
    assert_eq!(
        assignees,
        [("a".to_owned(), None), ("b".to_owned(), quota)],
        "an office named goes before its kind"
    );
    assert_eq!((duties.assigned(&id("c")), duties.assigned(&id("n"))), (2, 1));
    assert_eq!(
        duties.duty(&id("n"), &OfficeId::own()),
        Some(Some(figure("5"))),
        "nobody's targets are the hub's own"
    );
    assert_eq!(duties.duty(&id("n"), &office("a")), None);
    assert_eq!(duties.quota_sum(plan.target(&id("c")).unwrap()), Some(20.into()));
    assert_eq!(duties.offices().len(), 3);
    plan.offices[1].retired = NaiveDate::from_ymd_opt(2024, 5, 1);
    assert_eq!(plan.duties().assigned(&id("c")), 1);
}

#[test]
fn quotas_of_rates_are_never_summed() {
    let mut plan = plan(vec![growth("g", "6")], &["a"]);
    plan.assignments[0].quota = Some(figure("7"));
    assert_eq!(plan.duties().quota_sum(&plan.targets[0]), None);
}

#[test]
fn group_assignments_never_reach_the_hub() {
    let mut plan = plan(vec![count("c", "1")], &["a"]);
    plan.assignments[0].to = Assignee::Every(OfficeKind::Own);
    assert!(matches!(plan.validate().unwrap_err()[0], PlanFault::BadAssignment { .. }));
}

#[test]
fn versions_only_rise_and_ids_are_permanent() {
    let before = plan(vec![count("c", "1"), growth("g", "6")], &["a"]);
    let after = |edit: &dyn Fn(&mut Plan)| {
        let mut after = before.clone();
        after.version = 2;
        edit(&mut after);
        after.changes_since(&before)
    };
    assert_eq!(after(&|_| {}), Ok(vec![]));
    let falls = RevisionFault::VersionFalls { before: 1, after: 1 };
    assert_eq!(after(&|p| p.version = 1), Err(falls));
    assert_eq!(after(&|p| p.hub = model::id::HubId::new("h2").unwrap()), Err(RevisionFault::OtherPlan));
    let lost = |p: &mut Plan| {
        p.targets.remove(0);
    };
    assert_eq!(after(&lost), Err(RevisionFault::TargetLost(id("c"))));
    assert_eq!(after(&|p| p.targets[0].unit = "家".to_owned()), Err(RevisionFault::MeasureChanged(id("c"))));
    assert_eq!(
        after(&|p| p.targets[0].measure = growth("c", "1").measure),
        Err(RevisionFault::MeasureChanged(id("c")))
    );
    assert_eq!(after(&|p| p.targets[0].retired = Some(2)), Ok(vec![Change::TargetRetired(id("c"))]));
    assert_eq!(after(&|p| p.targets[0].name.push('二')), Ok(vec![Change::TargetEdited(id("c"))]));
    let added = |since: u32| {
        after(&move |p: &mut Plan| {
            let mut target = count("d", "1");
            target.since = since;
            p.targets.push(target);
        })
    };
    assert_eq!(added(2), Ok(vec![Change::TargetAdded(id("d"))]));
    assert_eq!(added(1), Err(RevisionFault::BadSince(id("d"))));
    assert_eq!(added(3), Err(RevisionFault::BadSince(id("d"))));
    assert_eq!(after(&|p| p.targets[0].since = 2), Err(RevisionFault::BadSince(id("c"))));
    let named = |p: &mut Plan| p.targets[1].amount_unit = "万元".to_owned();
    assert_eq!(
        after(&named),
        Ok(vec![Change::TargetEdited(id("g"))]),
        "a unit can be named where there was none"
    );
    assert_eq!(after(&|p| p.offices.retain(|o| o.id.is_own())), Err(RevisionFault::OfficeLost(office("a"))));
    assert_eq!(after(&|p| p.calendar.due_day = 8), Ok(vec![Change::Rules]));
    let change = Change::Assignment {
        target: id("c"),
        to: Assignee::Every(OfficeKind::Street),
        before: Some(None),
        after: Some(Some(figure("3"))),
    };
    assert_eq!(after(&|p| p.assignments[0].quota = Some(figure("3"))), Ok(vec![change]));
}

#[test]
fn a_retired_target_stays_retired() {
    let mut before = plan(vec![count("c", "1")], &["a"]);
    before.targets[0].retired = Some(1);
    let mut after = before.clone();
    after.version = 2;
    after.targets[0].retired = None;
    assert_eq!(after.changes_since(&before), Err(RevisionFault::TargetRevived(id("c"))));
    assert_eq!(before.active_targets().count(), 0);
}
