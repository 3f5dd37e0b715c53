//! The assignments.

use super::*;

#[test]
fn the_demonstration_plan_is_whole_and_marked() {
    let mut plan = demo_plan();
    assert_eq!(plan.validate(), Ok(()));
    for name in [&plan.title, &plan.hub_name] {
        assert!(name.ends_with("（演示）"), "{name}");
    }
    let once = plan.clone();
    assign(&mut plan);
    assert_eq!(plan, once);
}

#[test]
fn quotas_add_up_to_the_target_exactly() {
    let plan = demo_plan();
    let duties = plan.duties();
    for target in &plan.targets {
        let Some(goal) = target.goal().filter(|_| target.kind().is_amount()) else { continue };
        assert_eq!(duties.quota_sum(target), Some(goal.value.decimal()), "{}", target.id);
        let none_for_nothing =
            duties.assignees(&target.id).all(|(_, quota)| quota.is_some_and(|q| !q.is_zero()));
        assert!(none_for_nothing, "{}", target.id);
    }
}

#[test]
fn every_office_has_something_and_the_rest_lies_with_the_hub() {
    let plan = demo_plan();
    let duties = plan.duties();
    assert_eq!(duties.offices().len(), 23);
    for office in duties.offices() {
        assert!(duties.targets_of(office).count() >= 15, "{office}");
    }
    let own = duties.targets_of(&OfficeId::own()).count();
    assert_eq!(own + SPREAD_TARGETS, plan.targets.len());
    for target in plan.targets.iter().filter(|target| target.kind().is_rate()) {
        let assignees: Vec<_> = duties.assignees(&target.id).collect();
        let expected = if target.official { 1 } else { 11 };
        assert_eq!(assignees.len(), expected, "{}", target.id);
        let judged = assignees.iter().filter(|(_, quota)| quota.is_some()).count();
        assert!(target.official || (1..expected).contains(&judged), "{}", target.id);
        assert!(assignees.iter().all(|(office, _)| office.as_str() != "u20"), "files a 零报告");
    }
    for code in ["5-1-03", "7-3-02", "2-3-01", "3-3-04"] {
        assert_eq!(duties.assigned(&TargetId::new(code).unwrap()), 1, "{code}");
    }
    // A part of schools goes to whom schools go.
    let of = |code: &str| -> BTreeSet<_> {
        duties.assignees(&TargetId::new(code).unwrap()).map(|(office, _)| office.clone()).collect()
    };
    assert!(of("7-2-02").is_subset(&of("7-2-01")));
    assert_eq!(of("7-4-01"), of("7-4-02"));
}

/// Targets that are given to offices.
const SPREAD_TARGETS: usize = 50;

#[test]
fn two_milestones_and_one_of_the_hub_have_months() {
    let plan = demo_plan();
    for (code, months) in [("5-1-03", [None, Some(2), Some(6)]), ("7-3-02", [None, Some(4), Some(10)])] {
        let Measure::Milestone { stages } = target(&plan, code).measure else { panic!("{code}") };
        assert_eq!(stages.iter().map(|stage| stage.month).collect::<Vec<_>>(), months);
    }
}
