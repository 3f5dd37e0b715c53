//! Lamps of every kind, at the borders of the rule.

use model::assess::{Assessment, Case, Expected, Ground, assess, lamp, quota_goal};
use model::exact::Exact;
use model::figure::Figure;
use model::lamp::{Lamp, LampRule};
use model::returns::Figures;
use model::rollup::{RollUp, Standing, Tally};
use model::target::{Comparator, Measure, Target};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::build::{amount, count, figure, goal, growth, id, milestone, period, target};

fn roll_up(target: &Target, standings: &[Standing]) -> RollUp {
    let mut tally = Tally::new(target);
    standings.iter().for_each(|standing| tally.add(*standing));
    tally.roll_up()
}

fn judged(target: &Target, month: u8, figures: Figures) -> Assessment {
    with_reference(target, month, figures, None)
}

fn with_reference(target: &Target, month: u8, figures: Figures, reference: Option<&Exact>) -> Assessment {
    let roll_up = roll_up(target, &[Standing::Reported(figures)]);
    let rule = LampRule::default();
    let case = Case {
        target,
        goal: target.goal(),
        period: period(month),
        roll_up: &roll_up,
        reference,
        rule: &rule,
    };
    let assessed = assess(&case);
    assert_eq!(lamp(&case), assessed.lamp, "the lamp alone is the same");
    assessed
}

fn lamps(target: &Target, rows: &[(u8, Figures, Lamp)]) {
    for (month, figures, lamp) in rows {
        assert_eq!(judged(target, *month, *figures).lamp, Some(*lamp), "{} {month} {figures:?}", target.name);
    }
}

fn pair(current: &str, base: &str) -> Figures {
    Figures::Pair(figure(current), figure(base))
}

#[test]
fn counts_follow_the_year() {
    // Of 1,200: 600 by June; 480 is ten points behind, 479 just beyond.
    let target = count("c", "1200");
    lamps(
        &target,
        &[
            (6, amount("600"), Lamp::Green),
            (6, amount("599.999999"), Lamp::Yellow),
            (6, amount("480"), Lamp::Yellow),
            (6, amount("479.999999"), Lamp::Red),
            (6, amount("1200"), Lamp::Done),
            (12, amount("1200"), Lamp::Done),
            (12, amount("1199"), Lamp::Yellow),
            (12, amount("1"), Lamp::Red),
            (2, amount("0"), Lamp::Red),
        ],
    );
    let june = judged(&target, 6, amount("530"));
    assert_eq!(june.completion.unwrap().rounded(1), "44.2");
    assert_eq!(june.gap.unwrap().rounded(1), "-5.8");
    assert_eq!(june.needed_per_month, Some(Exact::from(112)), "670 ÷ 6, rounded up");
    assert_eq!(june.forecast, Some(Exact::from(1060)));
    let expected = Expected::Amount { amount: Exact::from(600), percent: Some(Exact::from(50)) };
    assert_eq!(june.expected, Some(expected));
}

#[test]
fn needed_amounts_round_up_in_the_targets_own_unit() {
    let target = count("c", "7.5");
    let assessment = judged(&target, 7, amount("4.3"));
    assert_eq!(assessment.needed_per_month.unwrap().trimmed(6), "0.7", "3.2 ÷ 5 = 0.64");
    assert_eq!(judged(&target, 7, amount("7.5")).needed_per_month, None);
    assert_eq!(judged(&target, 12, amount("7")).needed_per_month, None);
}

#[test]
fn strict_goals_are_not_met_by_reaching_them() {
    let above = target("c", Measure::Count { goal: goal(Comparator::Above, "100"), monthly: None });
    lamps(
        &above,
        &[
            (12, amount("100"), Lamp::Yellow),
            (12, amount("101"), Lamp::Done),
            (6, amount("100"), Lamp::Green),
        ],
    );
    let stock = target("k", Measure::Stock { goal: goal(Comparator::Above, "1200"), base: None });
    lamps(
        &stock,
        &[
            (6, amount("1201"), Lamp::Green),
            (6, amount("1200"), Lamp::Yellow),
            (6, amount("1080"), Lamp::Yellow),
            (6, amount("1079"), Lamp::Red),
            (12, amount("1201"), Lamp::Done),
            (12, amount("1200"), Lamp::Yellow),
        ],
    );
}

#[test]
fn a_limit_runs_the_other_way() {
    let limit = target("c", Measure::Count { goal: goal(Comparator::AtMost, "12"), monthly: None });
    lamps(
        &limit,
        &[
            (6, amount("6"), Lamp::Green),
            (6, amount("7"), Lamp::Yellow),
            (6, amount("8"), Lamp::Red),
            (6, amount("13"), Lamp::Red),
            (12, amount("12"), Lamp::Done),
            (12, amount("13"), Lamp::Red),
        ],
    );
    assert_eq!(judged(&limit, 3, amount("13")).ground, Ground::LimitExceeded);
    let none = target("c", Measure::Count { goal: goal(Comparator::AtMost, "0"), monthly: None });
    lamps(
        &none,
        &[(6, amount("0"), Lamp::Green), (6, amount("1"), Lamp::Red), (12, amount("0"), Lamp::Done)],
    );
}

#[test]
fn a_monthly_plan_goes_before_twelfths() {
    let monthly = [0, 0, 0, 0, 10, 20, 40, 60, 80, 90, 95, 100].map(Figure::from);
    let target = target(
        "c",
        Measure::Count { goal: goal(Comparator::Reach, "100"), monthly: Some(Box::new(monthly)) },
    );
    lamps(
        &target,
        &[
            (4, amount("0"), Lamp::Green),
            (6, amount("20"), Lamp::Green),
            (6, amount("10"), Lamp::Yellow),
            (6, amount("9"), Lamp::Red),
        ],
    );
    // An office's quota follows the same rhythm.
    let roll_up = roll_up(&target, &[Standing::Reported(amount("10"))]);
    let rule = LampRule::default();
    let goal = quota_goal(&target, Some(figure("50")));
    let case =
        Case { target: &target, goal, period: period(6), roll_up: &roll_up, reference: None, rule: &rule };
    let expected = Expected::Amount { amount: Exact::from(10), percent: Some(Exact::from(20)) };
    assert_eq!(assess(&case).expected, Some(expected));
    assert_eq!(assess(&case).lamp, Some(Lamp::Green));
}

#[test]
fn a_stock_moves_from_its_base() {
    let target =
        target("k", Measure::Stock { goal: goal(Comparator::AtLeast, "90"), base: Some(figure("84")) });
    lamps(
        &target,
        &[
            (6, amount("87"), Lamp::Green),
            (6, amount("86.9"), Lamp::Yellow),
            (12, amount("89"), Lamp::Yellow),
        ],
    );
    lamps(
        &target,
        &[(6, amount("78"), Lamp::Yellow), (6, amount("77.9"), Lamp::Red), (12, amount("90"), Lamp::Done)],
    );
}

#[test]
fn rates_are_compared_with_rates() {
    let target = growth("g", "6");
    lamps(
        &target,
        &[
            (2, pair("106", "100"), Lamp::Green),
            (2, pair("105.99", "100"), Lamp::Yellow),
            (2, pair("105", "100"), Lamp::Yellow),
            (2, pair("104.999999", "100"), Lamp::Red),
            (12, pair("106", "100"), Lamp::Done),
            (12, pair("105.999999", "100"), Lamp::Yellow),
            (6, pair("90", "100"), Lamp::Red),
        ],
    );
    let close = judged(&target, 6, pair("105.96", "100"));
    assert_eq!(close.actual.unwrap().number().unwrap().shown_against(&Exact::from(6)), "5.96");
    assert_eq!(judged(&target, 6, pair("3", "0")).ground, Ground::NotComputable);
    assert_eq!(judged(&target, 6, pair("3", "0")).lamp, None);
}

#[test]
fn shares_are_compared_in_points() {
    let share = target("s", Measure::Share { goal: goal(Comparator::Above, "40") });
    lamps(
        &share,
        &[
            (3, pair("401", "1000"), Lamp::Green),
            (3, pair("400", "1000"), Lamp::Yellow),
            (3, pair("390", "1000"), Lamp::Yellow),
            (3, pair("389", "1000"), Lamp::Red),
            (12, pair("401", "1000"), Lamp::Done),
        ],
    );
}

#[test]
fn a_relative_target_follows_its_reference() {
    let measure = |tolerance| Measure::Relative { to: id("g"), comparator: Comparator::AtLeast, tolerance };
    let plain = target("r", measure(Figure::ZERO));
    let reference = Exact::from(6);
    let lamp = |target: &Target, current: &str| {
        with_reference(target, 6, pair(current, "100"), Some(&reference)).lamp
    };
    assert_eq!(lamp(&plain, "106"), Some(Lamp::Green));
    assert_eq!(lamp(&plain, "105"), Some(Lamp::Yellow));
    assert_eq!(lamp(&plain, "104"), Some(Lamp::Red));
    let eased = target("r", measure(figure("0.5")));
    assert_eq!(lamp(&eased, "105.5"), Some(Lamp::Green));
    let alone = judged(&plain, 6, pair("106", "100"));
    assert_eq!((alone.lamp, alone.ground), (None, Ground::NoReference));
}

#[test]
fn milestones_follow_their_months() {
    let planned =
        milestone("m", &[("未开始", None), ("开工", Some(3)), ("主体封顶", Some(8)), ("竣工", Some(11))]);
    let stage = Figures::Stage;
    lamps(
        &planned,
        &[
            (2, stage(0), Lamp::Green),
            (3, stage(1), Lamp::Green),
            (3, stage(0), Lamp::Yellow),
            (8, stage(0), Lamp::Red),
            (8, stage(1), Lamp::Yellow),
            (10, stage(2), Lamp::Green),
            (11, stage(2), Lamp::Red),
            (9, stage(3), Lamp::Done),
        ],
    );
    let built_in = milestone("m", &[("未开始", None), ("推进中", None), ("竣工", Some(12))]);
    lamps(
        &built_in,
        &[
            (6, stage(0), Lamp::Unscheduled),
            (6, stage(1), Lamp::Unscheduled),
            (6, stage(2), Lamp::Done),
            (12, stage(1), Lamp::Red),
        ],
    );
}

#[test]
fn the_least_advanced_of_some_is_not_done() {
    let target = milestone("m", &[("未开始", None), ("竣工", Some(12))]);
    let rule = LampRule::default();
    for (other, lamp) in [(Standing::Missing, Lamp::Green), (Standing::NotApplicable, Lamp::Done)] {
        let roll_up = roll_up(&target, &[Standing::Reported(Figures::Stage(1)), other]);
        let case = Case {
            target: &target,
            goal: None,
            period: period(6),
            roll_up: &roll_up,
            reference: None,
            rule: &rule,
        };
        assert_eq!(assess(&case).lamp, Some(lamp));
    }
}

#[test]
fn statements_are_due_by_their_deadline() {
    let statement = target("t", Measure::Statement { deadline: 9 });
    lamps(
        &statement,
        &[
            (8, Figures::Stage(0), Lamp::Green),
            (8, Figures::Stage(2), Lamp::Done),
            (9, Figures::Stage(1), Lamp::Red),
            (10, Figures::Stage(2), Lamp::Done),
        ],
    );
}

#[test]
fn silence_is_grey_and_no_goal_is_not_judged() {
    let target = count("c", "10");
    let rule = LampRule::default();
    let silent = roll_up(&target, &[Standing::Missing]);
    let case = Case {
        target: &target,
        goal: target.goal(),
        period: period(6),
        roll_up: &silent,
        reference: None,
        rule: &rule,
    };
    assert_eq!(assess(&case).lamp, Some(Lamp::Unreported));
    let reported = roll_up(&target, &[Standing::Reported(amount("3"))]);
    let unjudged = assess(&Case { goal: None, roll_up: &reported, ..case });
    assert_eq!((unjudged.lamp, unjudged.ground), (None, Ground::NotJudged));
}

fn rank(lamp: Option<Lamp>) -> u8 {
    match lamp {
        Some(Lamp::Red) => 0,
        Some(Lamp::Yellow) => 1,
        Some(Lamp::Green) => 2,
        Some(Lamp::Done) => 3,
        _ => 9,
    }
}

proptest! {
    #[test]
    fn more_is_never_a_worse_lamp(a in 0i64..3000, b in 0i64..3000, month in 2u8..=12, strict in any::<bool>()) {
        let comparator = if strict { Comparator::Above } else { Comparator::AtLeast };
        let value = goal(comparator, "1200");
        let targets = [
            target("c", Measure::Count { goal: value, monthly: None }),
            target("k", Measure::Stock { goal: value, base: None }),
            target("b", Measure::Stock { goal: value, base: Some(figure("900")) }),
        ];
        let (less, more) = (a.min(b), a.max(b));
        for target in &targets {
            let lamp = |n: i64| rank(judged(target, month, Figures::Amount(Figure::new(Decimal::from(n)).unwrap())).lamp);
            prop_assert!(lamp(less) <= lamp(more), "{} {less} {more}", target.name);
        }
    }

    #[test]
    fn in_the_final_period_what_is_not_met_is_never_green(n in 0i64..2500, base in 1i64..2500) {
        let rates = growth("g", "6");
        let counts = count("c", "1200");
        let n = Figure::new(Decimal::from(n)).unwrap();
        let base = Figure::new(Decimal::from(base)).unwrap();
        for assessment in [judged(&counts, 12, Figures::Amount(n)), judged(&rates, 12, Figures::Pair(n, base))] {
            let met = assessment.ground == Ground::Met;
            prop_assert_eq!(met, assessment.lamp == Some(Lamp::Done));
            prop_assert_ne!(assessment.lamp, Some(Lamp::Green));
        }
    }
}
