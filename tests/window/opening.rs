//! The window opens once per data folder, and a second start only brings it to the front.

use crate::harness::{Desk, built, stage, until};

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
    // The first is still the one that works.
    window.go("填报");
    window.fill("新增进出口实绩企业，累计完成", "9");
    window.line_says("新增进出口实绩企业", "45.0%");
    drop(window);
    assert_ne!(stage::figure(&desk, "2024-06", "3-2-02"), before);
}
