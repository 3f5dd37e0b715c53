//! What a later plan version does to the stages and offices of an earlier one.

use chrono::NaiveDate;
use model::plan::{Plan, RevisionFault};
use model::returns::Figures;
use model::target::Frequency;

use crate::build::{count, id, milestone, office, period, plan};

fn staged(version: u32, names: &[&str]) -> Plan {
    let last = names.len() - 1;
    let stages: Vec<_> =
        names.iter().enumerate().map(|(at, name)| (*name, (at == last).then_some(12))).collect();
    Plan { version, ..plan(vec![milestone("m", &stages)], &["a"]) }
}

fn numbers(before: &Plan, after: &Plan) -> Vec<Option<Figures>> {
    let renumbering = after.renumbering([before]);
    (0..4).map(|stage| renumbering.present(before.version, &id("m"), Figures::Stage(stage))).collect()
}

#[test]
fn stages_keep_their_names_across_versions() {
    let stages = |all: &[u8]| all.iter().map(|stage| Some(Figures::Stage(*stage))).collect::<Vec<_>>();
    let before = staged(1, &["未开始", "开工", "封顶", "竣工"]);
    let refined = staged(2, &["未开始", "立项", "开工", "封顶", "验收", "竣工"]);
    assert_eq!(numbers(&before, &refined), stages(&[0, 2, 3, 5]));
    let dropped = staged(2, &["未开始", "开工", "交付"]);
    assert_eq!(
        numbers(&before, &dropped),
        stages(&[0, 1, 1, 2]),
        "gone: the latest one before it; the end stays the end"
    );
    let short = staged(1, &["未开始", "竣工"]);
    let none = [Some(Figures::Stage(0)), Some(Figures::Stage(5)), None, None];
    assert_eq!(numbers(&short, &refined), none, "a stage that its own version lacked is none now");
    assert_eq!(numbers(&before, &staged(2, &["未开始", "开工", "封顶", "竣工"])), stages(&[0, 1, 2, 3]));
}

#[test]
fn stages_may_only_be_added_in_between() {
    let before = staged(1, &["未开始", "开工", "竣工"]);
    let changed = |names: &[&str]| staged(2, names).changes_since(&before).map(|changes| changes.len());
    assert_eq!(changed(&["未开始", "立项", "开工", "封顶", "竣工"]), Ok(1));
    let refused: [&[&str]; 5] = [
        &["未开始", "竣工"],
        &["未开始", "动工", "竣工"],
        &["未开始", "开工", "竣工", "验收"],
        &["筹备", "未开始", "开工", "竣工"],
        &["开工", "未开始", "竣工"],
    ];
    for names in refused {
        assert_eq!(changed(names), Err(RevisionFault::StagesChanged(id("m"))), "{names:?}");
    }
}

#[test]
fn a_retired_office_still_reports_what_ended_before() {
    let mut plan = plan(vec![count("c", "30")], &["a", "b"]);
    plan.offices[1].retired = NaiveDate::from_ymd_opt(2024, 3, 31);
    assert_eq!(plan.duties().assigned(&id("c")), 1);
    assert_eq!(plan.duties_in(period(2)).assigned(&id("c")), 2);
    assert_eq!(plan.duties_in(period(3)).assigned(&id("c")), 1, "retired on its last day");
    plan.offices[1].retired = NaiveDate::from_ymd_opt(2024, 4, 1);
    assert!(plan.duties_in(period(3)).is_assigned(&id("c"), &office("b")));
}

#[test]
fn an_office_owes_nothing_while_nothing_is_due() {
    let mut quarterly = count("q", "3");
    quarterly.frequency = Frequency::Quarterly;
    let plan = plan(vec![quarterly], &["a", "b"]);
    assert!(plan.duties().offices_due(period(2)).is_empty());
    assert_eq!(plan.duties().offices_due(period(3)).len(), 2);
}
