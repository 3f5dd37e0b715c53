//! Roll-up: order does not matter, taking twice changes nothing new, a rate is the rate of the sums.

use model::exact::Exact;
use model::figure::Figure;
use model::returns::Figures;
use model::review::{Arrival, Candidate, ReviewState, counting};
use model::rollup::{Actual, Coverage, Standing, Tally, rate};
use model::target::{Kind, Measure, Target};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::build::{amount, count, figure, growth, milestone, target};

fn tally(target: &Target, standings: &[Standing]) -> Tally {
    let mut tally = Tally::new(target);
    standings.iter().for_each(|standing| tally.add(*standing));
    tally
}

fn any_figure() -> impl Strategy<Value = Figure> {
    (0i64..=999_999_999_999, 0u32..=6).prop_map(|(m, scale)| Figure::new(Decimal::new(m, scale)).unwrap())
}

fn any_standing(kind: Kind) -> impl Strategy<Value = Standing> {
    let figures = match kind {
        Kind::Count | Kind::Stock => any_figure().prop_map(Figures::Amount).boxed(),
        Kind::Milestone | Kind::Statement => (0u8..3).prop_map(Figures::Stage).boxed(),
        _ => (any_figure(), any_figure()).prop_map(|(a, b)| Figures::Pair(a, b)).boxed(),
    };
    prop_oneof![
        6 => figures.clone().prop_map(Standing::Reported),
        2 => figures.prop_map(Standing::Carried),
        1 => Just(Standing::NotApplicable),
        1 => Just(Standing::NotIssued),
        1 => Just(Standing::Missing),
    ]
}

/// A target with some standings, the same in another order, and more of them.
fn any_case() -> impl Strategy<Value = (Target, Vec<Standing>, Vec<Standing>, Vec<Standing>)> {
    let targets = prop_oneof![
        Just(count("c", "100")),
        Just(target("k", Measure::Stock { goal: None, base: None })),
        Just(growth("g", "6")),
        Just(target("s", Measure::Share { goal: None })),
        Just(milestone("m", &[("未开始", None), ("推进中", None), ("竣工", Some(12))])),
    ];
    targets.prop_flat_map(|target| {
        let standings = || prop::collection::vec(any_standing(target.kind()), 0..30);
        let pairs = (standings(), standings());
        pairs.prop_flat_map(move |(some, more)| {
            (Just(target.clone()), Just(some.clone()), Just(some).prop_shuffle(), Just(more))
        })
    })
}

proptest! {
    #[test]
    fn the_order_of_offices_does_not_matter((target, standings, shuffled, more) in any_case()) {
        prop_assert_eq!(tally(&target, &standings).roll_up(), tally(&target, &shuffled).roll_up());
        // Any grouping gives the same: districts may be rolled up first.
        let together: Vec<_> = standings.iter().chain(&more).copied().collect();
        let mut merged = tally(&target, &standings);
        merged.merge(&tally(&target, &more));
        prop_assert_eq!(merged.roll_up(), tally(&target, &together).roll_up());
    }

    #[test]
    fn a_rate_is_the_rate_of_the_summed_amounts(pairs in prop::collection::vec((any_figure(), any_figure()), 1..40)) {
        for target in [growth("g", "6"), target("s", Measure::Share { goal: None })] {
            let standings: Vec<_> = pairs.iter().map(|(a, b)| Standing::Reported(Figures::Pair(*a, *b))).collect();
            let sums = pairs.iter().fold((Decimal::ZERO, Decimal::ZERO), |(a, b), (x, y)| (a + x.decimal(), b + y.decimal()));
            let expected = Some(Actual::Rate { rate: rate(target.kind(), sums), sums: Some(sums) });
            prop_assert_eq!(tally(&target, &standings).roll_up().actual, expected);
        }
    }

    #[test]
    fn which_return_counts_depends_on_the_set_alone(
        picks in prop::collection::vec((0u64..3, 1u64..6, 0usize..4, any::<bool>(), any::<bool>()), 0..10),
        turn in 0usize..10,
    ) {
        let states = [ReviewState::Pending, ReviewState::AwaitingUnlock, ReviewState::Accepted, ReviewState::Returned];
        let mut candidates: Vec<Candidate> = Vec::new();
        for (stream_order, seq, state, disputed, stand_in) in picks {
            // Within an office a stream and number name one bundle.
            if !candidates.iter().any(|c| (c.stream_order, c.seq, c.stand_in) == (stream_order, seq, stand_in)) {
                candidates.push(Candidate { seq, stream_order, state: states[state], disputed, stand_in });
            }
        }
        let chosen = counting(&candidates).map(|at| candidates[at]);
        let mut turned = candidates.clone();
        if !turned.is_empty() {
            turned.rotate_left(turn % candidates.len());
        }
        prop_assert_eq!(counting(&turned).map(|at| turned[at]), chosen);
        // Taking a return again changes nothing: the set is the same.
        let twice: Vec<_> = candidates.iter().chain(&candidates).copied().collect();
        prop_assert_eq!(counting(&twice).map(|at| twice[at]), chosen);
    }
}

#[test]
fn coverage_counts_this_periods_returns() {
    let standings = [
        Standing::Reported(amount("3")),
        Standing::Reported(amount("0")),
        Standing::Carried(amount("2")),
        Standing::NotApplicable,
        Standing::NotIssued,
        Standing::Missing,
    ];
    let rolled = tally(&count("c", "10"), &standings).roll_up();
    assert_eq!(rolled.actual, Some(Actual::Amount(5.into())));
    let coverage = Coverage { reported: 2, carried: 1, not_applicable: 1, not_issued: 1, missing: 1 };
    assert_eq!(rolled.coverage, coverage);
    assert_eq!((coverage.owed(), coverage.is_full(), coverage.has_holes()), (5, false, true));
}

#[test]
fn zero_is_a_figure_and_silence_is_none() {
    let target = count("c", "10");
    assert_eq!(
        tally(&target, &[Standing::Reported(amount("0"))]).roll_up().actual,
        Some(Actual::Amount(0.into()))
    );
    assert_eq!(tally(&target, &[Standing::Missing, Standing::NotApplicable]).roll_up().actual, None);
}

#[test]
fn a_rate_over_nothing_cannot_be_computed() {
    let pair = Standing::Reported(Figures::Pair(figure("3"), figure("0")));
    let rolled = tally(&growth("g", "6"), &[pair]).roll_up();
    assert_eq!(rolled.actual, Some(Actual::Rate { rate: None, sums: Some((3.into(), 0.into())) }));
}

#[test]
fn rates_are_weighed_never_averaged() {
    let pairs = [("110", "100"), ("1000", "1000")]
        .map(|(a, b)| Standing::Reported(Figures::Pair(figure(a), figure(b))));
    let Some(Actual::Rate { rate: Some(rate), .. }) = tally(&growth("g", "6"), &pairs).roll_up().actual
    else {
        panic!("a rate")
    };
    // 1110 ÷ 1100 − 1, not the mean of 10 % and 0 %.
    assert_eq!(rate, Exact::quotient(&Exact::from(10), &Exact::from(11)).unwrap());
}

#[test]
fn a_published_rate_stands_as_published() {
    let mut official = growth("g", "6");
    official.official = true;
    let published = Figures::Published { rate: figure("6.1"), amounts: Some((figure("1"), figure("2"))) };
    let rolled = tally(&official, &[Standing::Reported(published)]).roll_up();
    let expected = Actual::Rate { rate: Some(figure("6.1").into()), sums: Some((1.into(), 2.into())) };
    assert_eq!(rolled.actual, Some(expected));
}

#[test]
fn the_least_advanced_office_speaks_for_all() {
    let target = milestone("m", &[("未开始", None), ("推进中", None), ("竣工", Some(12))]);
    let stages = [2, 1, 2].map(|stage| Standing::Reported(Figures::Stage(stage)));
    assert_eq!(tally(&target, &stages).roll_up().actual, Some(Actual::Stage(1)));
}

#[test]
fn arrivals_are_accepted_unless_something_holds_them() {
    let arrival = Arrival { review_on: false, locked: false, has_errors: false };
    assert_eq!(ReviewState::on_arrival(arrival), ReviewState::Accepted);
    assert_eq!(ReviewState::on_arrival(Arrival { review_on: true, ..arrival }), ReviewState::Pending);
    assert_eq!(ReviewState::on_arrival(Arrival { has_errors: true, ..arrival }), ReviewState::Pending);
    let locked = Arrival { locked: true, review_on: true, has_errors: true };
    assert_eq!(ReviewState::on_arrival(locked), ReviewState::AwaitingUnlock);
}

#[test]
fn the_old_return_counts_while_its_correction_waits() {
    let accepted =
        Candidate { seq: 1, stream_order: 0, state: ReviewState::Accepted, disputed: false, stand_in: false };
    let waiting = Candidate { seq: 2, state: ReviewState::Pending, ..accepted };
    let stand_in = Candidate { seq: 9, stand_in: true, ..accepted };
    assert_eq!(counting(&[waiting, accepted, stand_in]), Some(1));
    assert_eq!(counting(&[waiting, stand_in]), Some(1));
    assert_eq!(counting(&[Candidate { disputed: true, ..accepted }]), None);
}
