//! Walking through what counts gives what loading every return and looking would give.

use std::collections::BTreeMap;

use ledger::returns::{CellVersion, Counted, ReturnId, ReturnState};
use ledger::review::ReturnedCell;
use ledger::{Error, Ledger};
use model::id::{OfficeId, TargetId};
use model::period::Period;
use model::returns::{Answer, Field};
use proptest::prelude::*;

use crate::samples::{accept, amount, any_answer, day, filled, fresh, office, period, store, target};

const TARGETS: [&str; 3] = ["1-1-01", "1-1-02", "2-1-01"];
const OFFICES: [&str; 4] = ["own", "u01", "u02", "u03"];
const PERIODS: [&str; 5] = ["2023-12", "2024-02", "2024-03", "2024-04", "2024-05"];

/// A return to be stored: office, period, answers, whether it counts, which cells were returned.
type Sample = (usize, usize, Vec<Option<Answer>>, bool, Vec<(usize, usize)>);

fn any_sample() -> impl Strategy<Value = Sample> {
    (
        0..OFFICES.len(),
        0..PERIODS.len(),
        proptest::collection::vec(proptest::option::weighted(0.8, any_answer()), TARGETS.len()),
        proptest::bool::weighted(0.8),
        proptest::collection::vec((0..TARGETS.len(), 0..Field::ALL.len()), 0..2),
    )
}

fn keep(ledger: &mut Ledger, samples: &[Sample]) {
    let outcome = ledger.write(|tx| {
        for (n, (of, month, answers, counts, cells)) in (0..).zip(samples) {
            let answers: Vec<_> = TARGETS
                .iter()
                .zip(answers)
                .filter_map(|(id, answer)| answer.clone().map(|answer| (*id, answer)))
                .collect();
            let content = filled(OFFICES[*of], PERIODS[*month], &answers);
            let id = match counts {
                true => accept(tx, n, &content)?,
                false => store(tx, n, &content, ReturnState::Pending)?,
            };
            let mut cells: Vec<_> = cells
                .iter()
                .map(|(at, field)| ReturnedCell {
                    target: target(TARGETS[*at]),
                    field: Field::ALL[*field],
                    reason: "重核".to_owned(),
                    day: day("2024-06-01"),
                })
                .collect();
            cells.dedup();
            tx.set_returned_cells(id, &cells)?;
        }
        Ok::<_, Error>(())
    });
    outcome.unwrap();
}

/// One entry of a counted return: office, target, answer, excluded.
type Line = (OfficeId, TargetId, Answer, bool);

/// Loads the counted returns of a period one by one and looks.
fn naive(ledger: &Ledger, of: Period) -> Vec<Line> {
    let load = |id: ReturnId| ledger.read(|tx| Ok::<_, Error>((tx.load_return(id)?, tx.returned_cells(id)?)));
    let mut lines = Vec::new();
    for name in OFFICES {
        let rows = ledger.read(|tx| tx.returns_of(&office(name))).unwrap();
        for row in rows.iter().filter(|row| row.counted && row.period == of) {
            let (content, cells) = load(row.id).unwrap();
            for (id, entry) in content.entries {
                let excluded = cells
                    .iter()
                    .any(|c| c.target == id && (c.field.is_figure() || c.field == Field::NotApplicable));
                lines.push((row.office.clone(), id, entry.answer, excluded));
            }
        }
    }
    lines
}

/// The latest answers per office and target before a period, among all offices.
fn naive_latest(ledger: &Ledger, before: Period) -> BTreeMap<(OfficeId, TargetId), (Period, Answer)> {
    let mut latest = BTreeMap::new();
    for month in PERIODS.map(period).into_iter().filter(|p| p.year() == before.year() && *p < before) {
        for (of, id, answer, excluded) in naive(ledger, month) {
            if !excluded {
                latest.insert((of, id), (month, answer));
            }
        }
    }
    latest
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn walking_equals_looking(samples in proptest::collection::vec(any_sample(), 0..24)) {
        let (_folder, mut ledger) = fresh();
        keep(&mut ledger, &samples);
        for at in PERIODS.map(period) {
            let (mut returns, mut walked) = (Vec::new(), Vec::new());
            let visit = |step: Counted<'_>| match step {
                Counted::Return(row) => returns.push(row.clone()),
                Counted::Entry { office, target, answer, excluded } => {
                    assert_eq!(returns.last().map(|row| &row.office), Some(office));
                    walked.push((office.clone(), target.clone(), answer.clone(), excluded));
                }
            };
            ledger.read(|tx| tx.for_each_counted(at, visit)).unwrap();
            prop_assert_eq!(&walked, &naive(&ledger, at));
            prop_assert_eq!(&returns, &ledger.read(|tx| tx.counted_returns(at)).unwrap());

            let latest = naive_latest(&ledger, at);
            for (of, id) in OFFICES.iter().flat_map(|of| TARGETS.map(|id| (office(of), target(id)))) {
                let found = ledger.read(|tx| tx.latest_counted_before(&of, &id, at)).unwrap();
                let found = found.map(|found| (found.period, found.answer));
                prop_assert_eq!(found.as_ref(), latest.get(&(of, id)));
            }

            let mut carried = BTreeMap::new();
            let outcome = ledger.read(|tx| tx.for_each_carried(at, |c| {
                let place = (c.office.clone(), c.target.clone());
                assert!(carried.insert(place, (c.period, c.answer.clone())).is_none(), "one figure per cell");
            }));
            outcome.unwrap();
            let missing = |of: &OfficeId| returns.iter().all(|row| row.office != *of);
            let expected: BTreeMap<_, _> = latest.into_iter().filter(|((of, _), _)| missing(of)).collect();
            prop_assert_eq!(carried, expected);
        }
    }
}

#[test]
fn nil_returns_are_yielded_and_listed() {
    let (_folder, mut ledger) = fresh();
    ledger
        .write(|tx| {
            accept(tx, 1, &filled("u01", "2023-12", &[]))?;
            accept(tx, 2, &filled("u01", "2024-02", &[]))?;
            accept(tx, 3, &filled("u02", "2024-02", &[("a", amount("4"))]))?;
            store(tx, 4, &filled("u03", "2024-02", &[]), ReturnState::Pending)
        })
        .unwrap();
    let mut walked = Vec::new();
    let visit = |step: Counted<'_>| {
        walked.push(match step {
            Counted::Return(row) => format!("{} nil {}", row.office, row.nil),
            Counted::Entry { office, target, .. } => format!("{office} {target}"),
        });
    };
    ledger.read(|tx| tx.for_each_counted(period("2024-02"), visit)).unwrap();
    assert_eq!(walked, ["u01 nil true", "u02 nil false", "u02 a"]);
    let nil = |at| -> Vec<_> {
        let rows = ledger.read(|tx| tx.nil_before(period(at))).unwrap();
        rows.into_iter().map(|row| (row.office, row.period)).collect()
    };
    assert_eq!(nil("2024-02"), [], "last year is over");
    assert_eq!(nil("2024-03"), [(office("u01"), period("2024-02"))]);
}

#[test]
fn figures_inside_a_nil_return_are_nobodys() {
    let (_folder, mut ledger) = fresh();
    let mut hostile = filled("u01", "2024-02", &[("a", amount("4"))]);
    hostile.nil = true;
    ledger.write(|tx| accept(tx, 1, &hostile)).unwrap();
    let mut walked = Vec::new();
    ledger
        .read(|tx| {
            tx.for_each_counted(period("2024-02"), |step| walked.push(matches!(step, Counted::Return(_))))?;
            tx.for_each_carried(period("2024-03"), |_| walked.push(false))
        })
        .unwrap();
    assert_eq!(walked, [true]);
    let latest = ledger.read(|tx| tx.latest_counted_before(&office("u01"), &target("a"), period("2024-03")));
    assert_eq!(latest.unwrap(), None);
}

#[test]
fn a_cell_shows_every_version_and_what_became_of_it() {
    let (_folder, mut ledger) = fresh();
    let mut second = filled("u01", "2024-02", &[("a", amount("5"))]);
    second.entries.get_mut(&target("a")).unwrap().remarks.explanation = "口径调整".to_owned();
    let ids = ledger
        .write(|tx| {
            let march = accept(tx, 1, &filled("u01", "2024-03", &[("a", amount("7")), ("b", amount("1"))]))?;
            let first = accept(tx, 2, &filled("u01", "2024-02", &[("a", amount("6"))]))?;
            let second = accept(tx, 3, &second)?;
            tx.set_return_state(first, ReturnState::Superseded)?;
            accept(tx, 4, &filled("u02", "2024-03", &[("a", amount("9"))]))?;
            let cell = |field| ReturnedCell {
                target: target("a"),
                field,
                reason: "重核".to_owned(),
                day: day("2024-04-06"),
            };
            tx.set_returned_cells(march, &[cell(Field::Value)])?;
            tx.set_returned_cells(second, &[cell(Field::Note)])?;
            Ok::<_, Error>([first, second, march])
        })
        .unwrap();
    let version =
        |at: usize, month: &str, seq, state, counted, excluded, figure: &str, words: &str| CellVersion {
            id: ids[at],
            period: period(month),
            seq,
            arrived: day("2024-04-03"),
            state,
            counted,
            excluded,
            answer: amount(figure),
            explanation: words.to_owned(),
        };
    assert_eq!(
        ledger.read(|tx| tx.cell_history(&office("u01"), &target("a"))).unwrap(),
        [
            version(0, "2024-02", 2, ReturnState::Superseded, false, false, "6", ""),
            version(1, "2024-02", 3, ReturnState::Accepted, true, false, "5", "口径调整"),
            version(2, "2024-03", 1, ReturnState::Accepted, true, true, "7", ""),
        ]
    );
}
