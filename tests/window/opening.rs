//! The window opens, and opens once.

use crate::harness::{Desk, stage};

#[test]
fn an_office_finds_its_places() {
    let desk = Desk::new();
    stage::office_at_work(&desk);
    let window = desk.open();
    window.sees("泊里镇");
    window.screenshot("first");
    window.go("填报");
    window.keeps_nobody_out("填报");
    assert_eq!(window.complaints(), Vec::<String>::new());
}
