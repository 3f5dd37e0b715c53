//! The demonstration of a hub: half a year behind it, and on its stick one file of every sort.

use std::fs;

use app::demo::SUFFIX;
use app::demo::hub::{PAPER, exchange, open, prepare};
use app::receive::Verdict;
use app::words::verdict;
use app::{Error, Period};
use tempfile::TempDir;

const JUNE: &str = "2024-06";

fn period(text: &str) -> Period {
    text.parse().unwrap()
}

#[test]
fn june_is_due_today_and_the_stick_brings_what_is_missing_and_what_is_wrong() {
    let root = TempDir::new().unwrap();
    let mut steps = Vec::new();
    prepare(root.path(), &mut |done, total| {
        steps.push((done, total));
        true
    })
    .unwrap();
    assert!(steps.windows(2).all(|pair| pair[0].0 <= pair[1].0 && pair[0].1 == pair[1].1));
    assert_eq!(steps.last().map(|(done, total)| done == total), Some(true));
    assert!(steps.iter().filter(|(done, total)| done == total).count() == 1);

    let mut hub = open(root.path()).unwrap();
    let frame = hub.hub_home(None).unwrap();
    assert!(frame.demo && frame.hub.ends_with(SUFFIX) && frame.plan.ends_with(SUFFIX));
    assert_eq!((frame.period.period.as_str(), frame.period.days_left), (JUNE, 0));
    assert_eq!((frame.period.reported, frame.period.owed), (21, 23));
    assert_eq!((frame.targets, frame.offices, frame.plan_version), (90, 22, 1));
    let locked: Vec<&str> =
        frame.periods.iter().filter(|view| view.locked).map(|view| view.period.as_str()).collect();
    assert_eq!(locked, ["2024-02", "2024-03", "2024-04"]);

    let plan = hub.plan().unwrap();
    let received = hub.receive(&[exchange(root.path())], None, &mut |_, _| true).unwrap();
    let mut codes: Vec<&str> = received.iter().map(|one| verdict(&plan, &one.verdict).1.code).collect();
    codes.sort_unstable();
    let accepted = received.iter().filter(|one| matches!(one.verdict, Verdict::Return(_))).count();
    assert_eq!((codes.len(), accepted), (7, 4), "{codes:?}");
    let frame = hub.hub_home(Some(period(JUNE))).unwrap();
    // What came late to the stick is in time; the office of the fork is out of the count again.
    assert_eq!((frame.period.reported, frame.period.late), (22, 0));
    assert_eq!((frame.period.waiting, frame.enrolments), (2, 1));

    let paper = hub.setting(PAPER).unwrap().unwrap();
    let (name, digits) = paper.split_once(' ').unwrap();
    let file = exchange(root.path()).join(format!("注册-{name}.tzb"));
    assert!(matches!(hub.admit_office(&file, name, digits, false), Err(Error::AlreadyEnrolled(_))));
    hub.admit_office(&file, name, digits, true).unwrap();
}

#[test]
fn what_is_stopped_is_never_opened() {
    let root = TempDir::new().unwrap();
    let stopped = prepare(root.path(), &mut |done, _| done < 30);
    assert!(matches!(stopped, Err(Error::Stopped)));
    assert!(matches!(open(root.path()), Err(Error::NoHome(_))));
    fs::remove_dir_all(root.path()).unwrap();
}
