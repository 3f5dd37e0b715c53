//! Laws of what leaves for the hub above: to the last digit, or not at all.

use model::draft::read_cells;
use model::figure::Figure;
use model::id::{HubId, PlanId, TargetId};
use model::plan::Plan;
use model::returns::{Answer, Figures};
use model::rollup::{Standing, Tally};
use model::target::{Kind, Measure, Stage, Target};
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::file::cells;
use super::take_over::figures;
use super::*;
use crate::facts::ExactFigures;
use crate::{builtin, entry_file};

fn plan() -> Plan {
    let (id, hub) = (PlanId::new("p").unwrap(), HubId::new("h").unwrap());
    builtin::plan_2024(id, hub, "上级".to_owned()).unwrap()
}

/// The first target of a kind that the plan's offices work out, or that 本级 publishes.
fn target(plan: &Plan, kind: Kind, official: bool) -> Target {
    plan.targets.iter().find(|target| target.kind() == kind && target.official == official).unwrap().clone()
}

/// What the facts say of a target to which these figures were reported.
fn facts(target: &Target, reported: &[Figures]) -> TargetFacts {
    let mut tally = Tally::new(target);
    reported.iter().for_each(|figures| tally.add(Standing::Reported(*figures)));
    let exact = tally.roll_up().actual.and_then(|actual| ExactFigures::of(target, &actual));
    let kept = serde_json::json!({
        "code": target.id.as_str(), "name": target.name, "chapter_code": "", "chapter": "", "lamp": "green",
        "words": "", "due": true, "goal": "", "actual": "", "expected": "", "gap": "", "completion": "",
        "drawn": null, "reason": "", "needed": "", "pace": "", "reported": reported.len(),
        "owed": reported.len(), "carried": 0, "given": true, "exact": exact, "of": "2024-06",
        "coverage": "按 2/2 家汇总",
    });
    // As a freeze keeps it.
    serde_json::from_value(kept).unwrap()
}

/// Lets figures leave and come in above; returns what is read there.
fn through(plan: &Plan, target: &Target, reported: &[Figures]) -> Result<Answer, Omission> {
    let facts = facts(target, reported);
    let june = "2024-06".parse().unwrap();
    let (figures, note) = figures(plan, target, (target, &facts), june)?;
    let file =
        entry_file::write_figures(plan, june, &[(target, cells(target, Answer::Figures(figures), note))]);
    let read = entry_file::read("上报上级.csv", &file, plan, june).unwrap();
    let (id, cells) = &read.entries[0];
    assert_eq!(*id, target.id);
    Ok(read_cells(target, cells).unwrap())
}

fn any_figure() -> impl Strategy<Value = Figure> {
    let decimal = (0i64..=999_999_999_999_999_999, 0u32..=6);
    decimal.prop_map(|(digits, scale)| Figure::new(Decimal::new(digits, scale)).unwrap())
}

fn sum(of: impl Iterator<Item = Figure>) -> Decimal {
    of.map(Figure::decimal).sum()
}

proptest! {
    #[test]
    fn a_sum_arrives_to_the_last_digit_or_is_said_to_be_too_long(given in prop::collection::vec(any_figure(), 1..9)) {
        let plan = plan();
        let expected = Figure::new(sum(given.iter().copied()));
        let reported: Vec<Figures> = given.into_iter().map(Figures::Amount).collect();
        for kind in [Kind::Count, Kind::Stock] {
            let arrived = through(&plan, &target(&plan, kind, false), &reported);
            let wanted = expected.clone().map(|sum| Answer::Figures(Figures::Amount(sum)));
            prop_assert_eq!(arrived, wanted.map_err(|_| Omission::TooLong));
        }
    }

    #[test]
    fn a_rate_arrives_as_its_two_sums(given in prop::collection::vec((any_figure(), any_figure()), 1..9)) {
        let plan = plan();
        let (first, second) = (sum(given.iter().map(|it| it.0)), sum(given.iter().map(|it| it.1)));
        let reported: Vec<Figures> = given.into_iter().map(|(a, b)| Figures::Pair(a, b)).collect();
        for kind in [Kind::Growth, Kind::Share] {
            // Of a share the part is never more than the whole; that is checked above as everywhere.
            let arrived = through(&plan, &target(&plan, kind, false), &reported);
            let wanted = Figure::new(first).and_then(|first| Ok(Figures::Pair(first, Figure::new(second)?)));
            prop_assert_eq!(arrived, wanted.map(Answer::Figures).map_err(|_| Omission::TooLong));
        }
    }

    #[test]
    fn a_published_rate_arrives_as_published(
        rate in (-999_999_999i64..=999_999_999, 0u32..=6),
        amounts in prop::option::of((any_figure(), any_figure())),
    ) {
        let plan = plan();
        let rate = Figure::new(Decimal::new(rate.0, rate.1)).unwrap();
        let published = Figures::Published { rate, amounts };
        let official = target(&plan, Kind::Growth, true);
        prop_assert_eq!(through(&plan, &official, &[published]), Ok(Answer::Figures(published)));
    }
}

#[test]
fn stages_are_matched_by_name_and_rates_without_amounts_stay_here() {
    let plan = plan();
    let named = |names: &[&str]| Measure::Milestone {
        stages: names.iter().map(|name| Stage { name: (*name).to_owned(), month: None }).collect(),
    };
    let own = target(&plan, Kind::Milestone, false);
    let own = Target { measure: named(&["未开始", "开工", "建成"]), ..own };
    let upper = Target { measure: named(&["未开始", "立项", "开工", "建成"]), ..own.clone() };
    let month = "2024-06".parse().unwrap();
    let taken = |stage| figures(&plan, &upper, (&own, &facts(&own, &[Figures::Stage(stage)])), month);
    assert_eq!(taken(1).unwrap(), (Figures::Stage(2), "按 2/2 家汇总".to_owned()));
    let other = Target { measure: named(&["未开始", "完工"]), ..own.clone() };
    let refused = figures(&plan, &other, (&own, &facts(&own, &[Figures::Stage(1)])), month);
    assert_eq!(refused, Err(Omission::NoSuchStage("开工".to_owned())));

    let official = target(&plan, Kind::Growth, true);
    let open = Target { official: false, ..official.clone() };
    let rate = Figure::from_canonical("6.1").unwrap();
    let bare = facts(&official, &[Figures::Published { rate, amounts: None }]);
    assert_eq!(figures(&plan, &open, (&official, &bare), month), Err(Omission::NoAmounts));
    assert_eq!(fits(&official, &open), Err(Misfit::NotPublished));
}

#[test]
fn what_is_old_or_was_frozen_without_its_digits_stays_here() {
    let plan = plan();
    let count = target(&plan, Kind::Count, false);
    let month = "2024-06".parse().unwrap();
    let given = facts(&count, &[Figures::Amount(Figure::ZERO)]);
    assert!(figures(&plan, &count, (&count, &given), month).is_ok(), "0 is a figure");
    let old = TargetFacts { of: Some("2024-03".to_owned()), ..given.clone() };
    assert_eq!(figures(&plan, &count, (&count, &old), month), Err(Omission::Earlier("3月".to_owned())));
    let bare = TargetFacts { exact: None, ..given.clone() };
    assert_eq!(figures(&plan, &count, (&count, &bare), month), Err(Omission::NotFrozen));
    let none = facts(&count, &[]);
    assert_eq!(figures(&plan, &count, (&count, &none), month), Err(Omission::NoFigure));
    let ahead = TargetFacts { due: false, ..given };
    assert_eq!(figures(&plan, &count, (&count, &ahead), month), Err(Omission::NotDue));
}

#[test]
fn two_targets_fit_when_their_figures_mean_the_same() {
    let plan = plan();
    let count = target(&plan, Kind::Count, false);
    assert!(fits(&count, &count).is_ok());
    let other = Target { unit: "万个".to_owned(), ..count.clone() };
    assert!(matches!(fits(&count, &other), Err(Misfit::Unit { .. })));
    assert!(matches!(fits(&count, &target(&plan, Kind::Stock, false)), Err(Misfit::Kind { .. })));
    let growth = target(&plan, Kind::Growth, false);
    let to = growth.id.clone();
    let against =
        Measure::Relative { to, comparator: model::target::Comparator::AtLeast, tolerance: Figure::ZERO };
    let relative = Target { measure: against, ..growth.clone() };
    assert!(fits(&growth, &relative).is_ok(), "both are two amounts a year apart");
    let scaled = Target { amount_unit: "万元".to_owned(), ..growth.clone() };
    assert!(matches!(fits(&growth, &scaled), Err(Misfit::AmountUnit { .. })));
}

#[test]
fn the_likest_is_suggested_and_two_alike_are_not() {
    let plan = plan();
    let upper = target(&plan, Kind::Count, false);
    let named = |id: &str, name: &str, clause: &str| Target {
        id: TargetId::new(id).unwrap(),
        name: name.to_owned(),
        clause: clause.to_owned(),
        ..upper.clone()
    };
    let (name, clause) = (upper.name.clone(), upper.clause.clone());
    let found = |own: &[Target]| fit::likest(&upper, &own.iter().collect::<Vec<_>>());
    let both = named("9-1-01", &format!(" {name}"), &clause);
    let (by_name, by_clause) = (named("9-1-02", &name, "别的"), named("9-1-03", "别的", &clause));
    let id = |target: &Target| target.id.clone();
    assert_eq!(found(&[by_clause.clone(), by_name.clone(), both.clone()]), Some((id(&both), Likeness::Both)));
    assert_eq!(found(&[by_clause.clone(), by_name.clone()]), Some((id(&by_name), Likeness::Name)));
    assert_eq!(found(std::slice::from_ref(&by_clause)), Some((id(&by_clause), Likeness::Clause)));
    assert_eq!(found(&[named("9-1-04", &name, "甲"), named("9-1-05", &name, "乙")]), None);
    assert_eq!(
        found(&[Target { unit: "万个".to_owned(), ..both }]),
        None,
        "what does not fit is never meant"
    );
}
