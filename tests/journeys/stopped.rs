//! A receive that is stopped half way: what was taken stays, what was not lies where it lay, and the next one completes it.

use std::fs;
use std::path::{Path, PathBuf};

use testkit::forge::clone_folder;
use testkit::{District, period};

use crate::order::seen;

const OFFICES: usize = 3;

/// More copies than the hub takes at a time, so that what comes after them is not reached before the stop.
const COPIES: usize = 1100;

/// When it is stopped: by then February, which lies first, has been taken.
const ENOUGH: u64 = 50;

/// Counts the returns that the hub lists.
fn listed(hub: &app::Home) -> usize {
    ["2024-02", "2024-03"].iter().map(|month| hub.receiving(period(month)).unwrap().returns.len()).sum()
}

/// A stick that has February first, then one of its files over and over, and March last.
fn stick(district: &mut District) -> PathBuf {
    let stick = district.at("stick");
    fs::create_dir(&stick).unwrap();
    let put = |from: &Path, name: &str| fs::copy(from, stick.join(format!("{name}.tzb"))).unwrap();
    for (month, first) in [("2024-02", "a"), ("2024-03", "z")] {
        for office in 0..OFFICES {
            let made = district.report(office, month, "5", "made").path;
            put(&made, &format!("{first}-{office}"));
            for copy in (0..COPIES).filter(|_| first == "a" && office == 0) {
                put(&made, &format!("m-{copy:04}"));
            }
        }
    }
    stick
}

#[test]
fn a_receive_that_is_stopped_goes_on_where_it_was() {
    let mut district = District::new(OFFICES);
    let stick = stick(&mut district);
    let pristine = district.at("pristine");
    clone_folder(district.hub.dir(), &pristine);
    let on_the_stick = fs::read_dir(&stick).unwrap().count();

    let mut asked = Vec::new();
    let arrived = district
        .hub
        .receive_at_desk(std::slice::from_ref(&stick), &mut |done, total| {
            asked.push((done, total));
            done < ENOUGH
        })
        .unwrap();
    let (done, total) = asked.pop().unwrap();
    assert!(asked.iter().all(|(done, _)| *done < ENOUGH), "it went on after it was stopped: {asked:?}");
    assert!(done < total && total == on_the_stick as u64, "{done} of {total}");
    assert_eq!(arrived.len() as u64, done, "a verdict of every file that was taken, and of no other");
    let taken = arrived.iter().filter(|file| file.group == "accepted").count();
    assert_eq!(taken, OFFICES, "February was taken");
    assert!(arrived.iter().all(|file| !file.file.starts_with("z-")), "March was not reached");
    assert_eq!(listed(&district.hub), taken, "what was taken is listed, and nothing else");
    assert_eq!(fs::read_dir(&stick).unwrap().count(), on_the_stick, "nothing has gone from the stick");
    let dir = district.hub.dir().to_owned();
    assert_eq!(listed(&district.reopen(&dir)), taken, "it is on the disk");

    let arrived = district.hub.receive_at_desk(std::slice::from_ref(&stick), &mut |_, _| true).unwrap();
    assert_eq!(arrived.len(), on_the_stick);
    let groups = |group: &str| arrived.iter().filter(|file| file.group == group).count();
    assert_eq!((groups("accepted"), groups("duplicate")), (OFFICES, on_the_stick - OFFICES));
    assert_eq!(listed(&district.hub), 2 * OFFICES);

    let mut never_stopped = district.reopen(&pristine);
    never_stopped.receive_at_desk(&[stick], &mut |_, _| true).unwrap();
    let expected = seen(&mut never_stopped, &district.at("receipts"));
    let folder = district.at("receipts-stopped");
    assert_eq!(seen(&mut district.hub, &folder), expected);
}
