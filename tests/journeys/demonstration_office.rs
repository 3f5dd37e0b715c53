//! The demonstration of one office: what it promises is there, can be worked with, and is thrown away.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Instant;

use app::demo::office::{OFFICE, exchange, open, prepare};
use app::demo::run::PASSPHRASE;
use app::demo::{PREFIX, SUFFIX};
use app::receive::Verdict;
use app::{Error, Field, Home, Period, SignOff};
use ledger::Ledger;
use ledger::returns::{ReturnRow, ReturnState};
use model::check::Issue;
use model::id::{OfficeId, TargetId};
use model::returns::{Answer, Figures};
use tempfile::TempDir;

const JUNE: &str = "2024-06";

fn made() -> TempDir {
    let root = TempDir::new().unwrap();
    prepare(root.path(), &mut |_, _| true).unwrap();
    root
}

fn period(text: &str) -> Period {
    text.parse().unwrap()
}

fn target(code: &str) -> TargetId {
    TargetId::new(code).unwrap()
}

fn books(home: &Home) -> Ledger {
    Ledger::open(&home.dir().join("ledger.db")).unwrap()
}

fn own(home: &Home) -> OfficeId {
    home.office_named(&home.plan().unwrap(), OFFICE).unwrap().id
}

fn counted(home: &Home, month: &str) -> Option<ReturnRow> {
    let office = own(home);
    books(home).read(|tx| tx.counted_return(&office, period(month))).unwrap()
}

#[test]
fn its_months_are_answered_and_june_is_due_in_three_days() {
    let root = made();
    let home = open(root.path()).unwrap();
    let plan = home.plan().unwrap();
    assert!(plan.title.ends_with(SUFFIX) && plan.hub_name.ends_with(SUFFIX));
    let (office, ledger) = (own(&home), books(&home));
    for month in ["2024-02", "2024-03", "2024-04", "2024-05"] {
        let row = counted(&home, month).unwrap();
        let said = ledger.read(|tx| tx.verdict(row.id)).unwrap().unwrap();
        let wanted = if month == "2024-05" { ReturnState::Returned } else { ReturnState::Accepted };
        assert_eq!(said.verdict, wanted, "{month}");
    }
    let last = counted(&home, "2024-05").unwrap();
    let cells = ledger.read(|tx| tx.returned_cells(last.id)).unwrap();
    assert_eq!(cells.len(), 1);
    assert!(cells[0].reason.starts_with(PREFIX));
    assert!(counted(&home, JUNE).is_none());
    assert!(ledger.read(|tx| tx.returns_for(&office, period(JUNE))).unwrap().is_empty());
    // The sheet is dated by the clock of the demonstration: three days before 5 July.
    let sheet = home.sheet(period(JUNE), None).unwrap();
    let key = ledger::drafts::DraftOf { office: &sheet.office, period: sheet.period };
    let saved = ledger.read(|tx| tx.draft(key)).unwrap().unwrap();
    assert_eq!(saved.saved.date_naive().to_string(), "2024-07-02");
    assert_eq!(plan.calendar.due_date(period(JUNE)).to_string(), "2024-07-05");
}

#[test]
fn its_first_screen_is_that_of_a_clerk_in_the_middle_of_june() {
    let root = made();
    let home = open(root.path()).unwrap().office_home(None).unwrap();
    assert!(home.demo);
    assert_eq!((home.period.period.as_str(), home.period.days_left), (JUNE, 3));
    assert_eq!((home.counts.total, home.counts.empty), (28, 5));
    assert_eq!((home.counts.zero, home.counts.not_applicable), (1, 1));
    assert_eq!(home.open_findings, 6, "4 empty, 1 unreadable, 1 unexplained");
    assert_eq!(home.new_receipts, 1);
    assert_eq!(home.last_receipt.map(|receipt| receipt.returned), Some(1));
    assert!(home.notices.is_empty(), "{:?}", home.notices);
}

#[test]
fn june_has_something_of_everything() {
    let root = made();
    let home = open(root.path()).unwrap();
    let sheet = home.sheet(period(JUNE), None).unwrap();
    let checked = home.check(&sheet).unwrap();
    let of = |wanted: fn(&Issue) -> bool| checked.findings.iter().filter(|one| wanted(&one.issue)).count();
    assert_eq!(of(|issue| matches!(issue, Issue::Missing)), 4);
    assert_eq!(of(|issue| matches!(issue, Issue::NotAFigure(_))), 1);
    assert_eq!(of(|issue| matches!(issue, Issue::Fell { .. })), 1);
    let open: Vec<_> = checked.findings.iter().filter(|one| one.blocks()).collect();
    assert_eq!(open.len(), 6, "{open:?}");
    let entries = &checked.the_return.entries;
    assert!(entries.len() > 15);
    let said = |test: fn(&Answer) -> bool| entries.values().filter(|entry| test(&entry.answer)).count();
    assert_eq!(said(|answer| matches!(answer, Answer::NotApplicable(why) if why.starts_with(PREFIX))), 1);
    let zero =
        |answer: &Answer| matches!(answer, Answer::Figures(Figures::Amount(it)) if it.to_string() == "0");
    assert!(said(zero) >= 1);
    let kinds: BTreeSet<_> = entries.keys().map(|id| checked.plan.target(id).unwrap().kind()).collect();
    assert!(kinds.len() >= 5, "{kinds:?}");
    let proofs: Vec<_> = entries.values().flat_map(|entry| &entry.evidence).collect();
    assert_eq!(proofs.len(), 1);
    for entry in entries.values() {
        let words = &entry.remarks;
        for text in [&words.note, &words.problem, &words.next_step, &words.explanation] {
            assert!(text.is_empty() || text.starts_with(PREFIX), "{text}");
        }
    }
}

#[test]
fn a_correction_stands_in_the_history() {
    let root = made();
    let home = open(root.path()).unwrap();
    let office = own(&home);
    let rows = books(&home).read(|tx| tx.returns_for(&office, period("2024-04"))).unwrap();
    assert_eq!(rows.len(), 2);
    let versions = books(&home).read(|tx| tx.cell_history(&office, &target("7-1-03"))).unwrap();
    let april: Vec<_> = versions.iter().filter(|one| one.period == period("2024-04")).collect();
    assert_eq!(april.iter().filter(|one| one.counted).count(), 1);
    let new = april.iter().find(|one| one.counted).unwrap();
    let old = april.iter().find(|one| !one.counted).unwrap();
    assert_ne!(new.answer, old.answer);
    assert!(new.seq > old.seq && new.explanation.starts_with(PREFIX));
}

#[test]
fn the_stick_has_one_more_receipt_and_june_can_be_sent_once_it_is_mended() {
    let root = made();
    let mut home = open(root.path()).unwrap();
    let stick = exchange(root.path());
    assert_eq!(fs::read_dir(&stick).unwrap().count(), 1);
    let taken = home.receive(std::slice::from_ref(&stick), None, &mut |_, _| true).unwrap();
    let [one] = taken.as_slice() else { panic!("{taken:?}") };
    let Verdict::Receipt(said) = &one.verdict else { panic!("{one:?}") };
    assert_eq!((said.accepted, said.returned), (3, 2));

    let sheet = home.sheet(period(JUNE), None).unwrap();
    let text = |text: &str| text.to_owned();
    for (code, value) in
        [("4-2-02", "6"), ("7-1-03", "85"), ("7-1-04", "1"), ("7-1-05", "11"), ("5-2-04", "116")]
    {
        home.enter(&sheet, code, &[(Field::Value, text(value))]).unwrap();
    }
    home.enter(&sheet, "5-2-05", &[(Field::Value, text("177"))]).unwrap();
    let name = || "测试".to_owned();
    let names = SignOff { filled_by: name(), checked_by: name(), issued_by: name() };
    let sent = home.export(&sheet, &names, PASSPHRASE, &stick).unwrap();
    assert!(sent.path.is_file());
    let mut hub = Home::open(&root.path().join("汇总单位"), app::World::real()).unwrap();
    let taken = hub.receive(&[sent.path], None, &mut |_, _| true).unwrap();
    assert!(matches!(taken[0].verdict, Verdict::Return(_)), "{taken:?}");
}

#[test]
fn the_same_figures_come_every_time_and_quickly() {
    let begun = Instant::now();
    let one = made();
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
    let other = made();
    let drafts = [&one, &other].map(|root| {
        let home = open(root.path()).unwrap();
        home.draft(&home.sheet(period(JUNE), None).unwrap()).unwrap()
    });
    assert_eq!(drafts[0], drafts[1]);
}

#[test]
fn what_was_stopped_is_not_opened_and_everything_is_thrown_away() {
    let folder = TempDir::new().unwrap();
    let root = folder.path().join("demo");
    let mut seen = Vec::new();
    let stopped = prepare(&root, &mut |done, total| {
        seen.push((done, total));
        done < 3
    });
    assert!(matches!(stopped, Err(Error::Stopped)));
    assert_eq!(seen.last().map(|(done, _)| *done), Some(3));
    assert!(matches!(open(&root), Err(Error::NoHome(_))));
    fs::remove_dir_all(&root).unwrap();

    let mut last = (0, 1);
    prepare(&root, &mut |done, total| {
        last = (done, total);
        true
    })
    .unwrap();
    assert_eq!(last.0, last.1);
    assert!(matches!(prepare(&root, &mut |_, _| true), Err(Error::HomeTaken(_))));
    let home = open(&root).unwrap();
    drop(home);
    fs::remove_dir_all(&root).unwrap();
    assert!(is_empty(folder.path()));
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).unwrap().next().is_none()
}
