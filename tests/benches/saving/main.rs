//! How long a key press takes to be on disk, with its answer: 300 targets, half a year behind them.
//!
//! `cargo bench -p journeys --bench saving`. The limit is 50 ms; this prints what was measured and judges nothing.
#![expect(clippy::unwrap_used, reason = "a measurement that fails has nothing to say")]

use std::time::{Duration, Instant};

use app::screens::entry::CellEdit;
use testkit::plan::{large, large_code as code};
use testkit::{District, period};

const TARGETS: usize = 300;
const SAVES: usize = 200;

fn filled(month: usize) -> Vec<CellEdit> {
    let edit =
        |at: usize, field: &str, text: String| CellEdit { target: code(at), field: field.to_owned(), text };
    let boxes = (0..TARGETS).flat_map(|at| {
        let figures = if at % 3 == 2 {
            vec![edit(at, "current", (107 * month).to_string()), edit(at, "base", (100 * month).to_string())]
        } else {
            vec![edit(at, "value", (90 * month + if at % 3 == 0 { 5 } else { 0 }).to_string())]
        };
        figures.into_iter().chain([edit(at, "explanation", "说明".to_owned())])
    });
    boxes.collect()
}

fn report(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |share: usize| times[(times.len() - 1) * share / 100];
    println!("{what}: median {:?}, 95 of 100 within {:?}, longest {:?}", at(50), at(95), at(100));
}

fn main() {
    let mut district = District::with_plan(&large(TARGETS), 1);
    for (months, month) in (2..=5).map(|month| (month, format!("2024-{month:02}"))) {
        district.offices[0].save_cells(period(&month), &filled(months)).unwrap();
        district.export(0, &month, &format!("stick-{month}"));
    }
    let june = period("2024-06");
    let home = &mut district.offices[0];
    let opened = Instant::now();
    home.entry_sheet(june).unwrap();
    println!("the sheet, read for the first time: {:?}", opened.elapsed());
    home.save_cells(june, &filled(6)).unwrap();
    let again = Instant::now();
    home.entry_sheet(june).unwrap();
    println!("the sheet, read again: {:?}", again.elapsed());
    let timed = |edits: &[CellEdit], home: &mut app::Home| {
        let begun = Instant::now();
        home.save_cells(june, edits).unwrap();
        begun.elapsed()
    };
    let one =
        |at: usize| CellEdit { target: code(at), field: "value".to_owned(), text: (600 + at).to_string() };
    let times = (0..SAVES).map(|at| timed(&[one(at / 2 * 3)], home)).collect();
    report("one box, saved and answered", times);
    let block = |n: usize| -> Vec<CellEdit> {
        (0..TARGETS)
            .filter(|at| at % 3 != 2)
            .map(|at| CellEdit { text: (700 + n).to_string(), ..one(at) })
            .collect()
    };
    let times = (0..20).map(|n| timed(&block(n), home)).collect();
    report("a block of 200 boxes", times);
    let begun = Instant::now();
    home.office_home(None).unwrap();
    println!("the first screen: {:?}", begun.elapsed());
}
