//! The window opens once per data folder, and a second start brings it to the front, waits for it to end, or says why not.

use std::fs::{self, File};
use std::process::Stdio;
use std::thread::{sleep, spawn};
use std::time::Duration;

use crate::harness::processes::{Running, hold_up};
use crate::harness::{Desk, built, stage, until};

/// A start beside the one that is driven; what it says at the terminal lies in the file that comes with it.
fn another(desk: &Desk) -> (Running, impl Fn() -> String) {
    let said = desk.at("said");
    let terminal = File::create(&said).unwrap();
    let mut command = desk.command(built());
    command.args(desk.words()).stdout(Stdio::null()).stderr(terminal);
    (Running::start(&mut command), move || fs::read_to_string(&said).unwrap())
}

/// Waits for the window of a start that is not driven.
fn opens(desk: &Desk, start: &Running) {
    until("the second start has its window", || {
        let own = start.running(&built()).first()?.to_string();
        (!desk.xdotool(&["search", "--onlyvisible", "--all", "--pid", &own, "--name", "台账"]).is_empty())
            .then_some(())
    });
}

/// Returns the number of the process that has the data folder.
fn owner(desk: &Desk) -> Option<i64> {
    let note = fs::read(desk.data().join("owner.json")).ok()?;
    serde_json::from_slice::<serde_json::Value>(&note).ok()?["process"].as_i64()
}

#[test]
fn a_second_start_brings_the_first_to_the_front() {
    let desk = Desk::new();
    stage::office_at_work(&desk);
    let window = desk.open();
    window.sees("泊里镇");
    let front = || desk.xdotool(&["getwindowfocus", "-f"]);
    let own = desk.xdotool(&["search", "--onlyvisible", "--class", "taizhang"]);
    // Something else comes to the front: the screen itself takes the keys.
    let screen = desk.xdotool(&["search", "--maxdepth", "0", ".*"]);
    desk.xdotool(&["windowfocus", &screen]);
    until("another window is in front", || (front() == screen).then_some(()));
    let before = stage::figure(&desk, "2024-06", "3-2-02");
    let second = desk.command(built()).args(desk.words()).status().unwrap();
    assert!(second.success(), "the second start ends as if nothing were wrong: {second}");
    until("the first is in front", || (front() == own).then_some(()));
    // The first is still the one that works, and the folder is its own.
    assert_eq!(owner(&desk), Some(window.own_process().into()));
    window.go("填报");
    window.fill("新增进出口实绩企业，累计完成", "9");
    window.line_says("新增进出口实绩企业", "45.0%");
    drop(window);
    assert_ne!(stage::figure(&desk, "2024-06", "3-2-02"), before);
}

#[test]
fn without_a_session_bus_a_second_start_says_who_has_the_folder() {
    let desk = Desk::new().without_a_bus();
    stage::office_at_work(&desk);
    let window = desk.open();
    window.sees("泊里镇");
    let (mut second, said) = another(&desk);
    let asked = until("the second start says why it does not open", || {
        let own = second.running(&built()).first()?.to_string();
        let found = desk.xdotool(&["search", "--onlyvisible", "--all", "--pid", &own, "--name", "^台账$"]);
        found.lines().next().map(str::to_owned)
    });
    assert!(second.ended().is_none(), "what is said stays until it is read");
    let said = said();
    assert!(said.contains("不能同时开两次") && said.contains("data_folder_taken"), "{said}");
    assert!(said.contains(&window.own_process().to_string()), "{said}");
    // The first goes on as if nothing had been.
    window.go("填报");
    window.fill("新增进出口实绩企业，累计完成", "9");
    window.line_says("新增进出口实绩企业", "45.0%");
    desk.xdotool(&["windowfocus", "--sync", &asked]);
    let ended = until("the second start ends", || {
        desk.xdotool(&["key", "Return"]);
        second.ended()
    });
    assert_eq!(ended.code(), Some(1));
    assert_eq!(owner(&desk), Some(window.own_process().into()));
    assert_eq!(window.complaints(), Vec::<String>::new());
    drop(window);
    // Nobody has it now.
    desk.open().sees("泊里镇");
}

#[test]
fn a_start_while_the_first_ends_opens_its_own_window() {
    let desk = Desk::new();
    stage::office_at_work(&desk);
    // Asked by the bus, the first ends without an answer.
    let window = desk.open();
    window.sees("泊里镇");
    hold_up(window.own_process());
    let (second, _) = another(&desk);
    until("the second start runs", || (!second.running(&built()).is_empty()).then_some(()));
    sleep(Duration::from_secs(1));
    assert!(!second.running(&built()).is_empty());
    window.cut_off();
    opens(&desk, &second);
    assert_eq!(owner(&desk), Some(second.running(&built())[0].into()));
    drop(second);

    // Not to be asked any more, the first holds the folder for a while.
    let lock = File::create(desk.data().join("owner.lock")).unwrap();
    lock.lock().unwrap();
    let ending = spawn(move || {
        sleep(Duration::from_millis(1500));
        drop(lock);
    });
    let (second, _) = another(&desk);
    opens(&desk, &second);
    ending.join().unwrap();
    assert_eq!(owner(&desk), Some(second.running(&built())[0].into()));
}

#[test]
fn starts_at_the_same_moment_open_one_window() {
    let desk = Desk::new();
    stage::office_at_work(&desk);
    for _ in 0..3 {
        let mut starts: Vec<Running> = (0..3).map(|_| another(&desk).0).collect();
        until("one start is left", || {
            starts.retain_mut(|start| {
                let ended = start.ended();
                assert!(ended.is_none_or(|status| status.success()), "{ended:?}");
                ended.is_none()
            });
            (starts.len() == 1).then_some(())
        });
        opens(&desk, &starts[0]);
        assert_eq!(owner(&desk), Some(starts[0].running(&built())[0].into()));
    }
}
