//! The order of offices: the same from any side, with shared places where nothing tells two apart.

use model::ranking::{Place, Score, rank};
use proptest::prelude::*;

fn score() -> impl Strategy<Value = Score> {
    (0..6u32, 0..6u32).prop_map(|(kept, more)| Score { kept, judged: kept + more })
}

/// The rule in other words: one stands before another by share, else by number.
fn stands_before(one: Score, other: Score) -> bool {
    let share = |score: Score| f64::from(score.kept) / f64::from(score.judged);
    let (a, b) = (share(one), share(other));
    if (a - b).abs() > 1e-9 { a > b } else { one.judged > other.judged }
}

proptest! {
    #[test]
    fn a_place_counts_those_who_stand_before(scores in prop::collection::vec(score(), 0..20)) {
        let places = rank(&scores);
        for (score, place) in scores.iter().zip(&places) {
            let ranked = || scores.iter().filter(|other| other.judged > 0);
            let Some(place) = place else {
                prop_assert_eq!(score.judged, 0);
                continue;
            };
            let before = ranked().filter(|other| stands_before(**other, *score)).count();
            let equal = ranked().filter(|other| *other == score).count();
            prop_assert_eq!(place.rank as usize, before + 1);
            prop_assert_eq!(place.shared, equal > 1);
        }
    }

    #[test]
    fn the_order_of_the_list_does_not_matter(
        scores in prop::collection::vec(score(), 0..20),
        turn in 0..20usize,
    ) {
        let mut turned = scores.clone();
        turned.rotate_left(turn.min(scores.len()));
        turned.reverse();
        let mut expected: Vec<(Score, Option<Place>)> = scores.iter().copied().zip(rank(&scores)).collect();
        let mut found: Vec<(Score, Option<Place>)> = turned.iter().copied().zip(rank(&turned)).collect();
        let key = |(score, _): &(Score, Option<Place>)| (score.kept, score.judged);
        expected.sort_by_key(key);
        found.sort_by_key(key);
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn keeping_one_more_never_costs_a_place(scores in prop::collection::vec(score(), 1..20)) {
        let Some(at) = scores.iter().position(|score| score.kept < score.judged) else { return Ok(()) };
        let mut better = scores.clone();
        better[at].kept += 1;
        let place = |scores: &[Score]| rank(scores)[at].map(|place| place.rank);
        prop_assert!(place(&better) <= place(&scores));
    }
}

#[test]
fn equal_shares_go_by_the_number_of_targets_and_then_share_a_place() {
    let score = |kept, judged| Score { kept, judged };
    let scores = [score(1, 2), score(6, 12), score(1, 2), score(3, 3), score(0, 0), score(0, 4)];
    let ranks: Vec<Option<(u32, bool)>> =
        rank(&scores).into_iter().map(|place| place.map(|place| (place.rank, place.shared))).collect();
    assert_eq!(
        ranks,
        [Some((3, true)), Some((2, false)), Some((3, true)), Some((1, false)), None, Some((5, false))]
    );
}
