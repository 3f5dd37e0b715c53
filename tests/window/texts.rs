//! Texts: whatever is typed is shown as text on every screen that shows it, and kept to the letter.

use crate::harness::{Desk, stage, until};

const JUNE: &str = "2024-06";
const MARKUP: &str = "<img src=x onerror=alert(1)><script>alert(2)</script>&amp;{{7*7}}<b>粗</b>";

#[test]
fn markup_and_script_are_text_everywhere() {
    let desk = Desk::new();
    stage::office_at_work(&desk);
    let window = desk.open();
    window.go("填报");
    window.click("box", "新增充电桩，累计完成");
    drop(window);
}

#[test]
fn long_and_rare_texts_are_kept_to_the_letter() {
    let desk = Desk::new();
    stage::office_at_work(&desk);
    let window = desk.open();
    let rare = "𠮷家㙍村 👩‍🌾🇨🇳 １２.５ ﷽ e\u{301}";
    let long: String = rare.chars().cycle().take(10_000).collect();
    window.go("填报");
    window.click("box", "新增进出口实绩企业，累计完成");
    window.fill("新增进出口实绩企业，累计完成", "１２.５");
    window.line_says("新增进出口实绩企业", "62.5%");
    window.click("box", "进展说明");
    let clip = desk.copy(&long);
    window.press("Ctrl+A Ctrl+V");
    until("the note has the text", || (window.value("进展说明") == long).then_some(()));
    window.fill("下步措施", rare);
    assert_eq!(window.value("下步措施"), rare);
    until("the texts are on disk", || {
        let row = stage::row(&desk, JUNE, "3-2-02");
        (row.note.len() >= long.len() && row.next_step == rare).then_some(())
    });
    drop(clip);
    assert_eq!(window.complaints(), Vec::<String>::new());
    drop(window);
    let row = stage::row(&desk, JUNE, "3-2-02");
    assert_eq!(row.boxes[0].text, "１２.５");
    assert!(row.note == long, "the note has {} characters", row.note.chars().count());
    assert_eq!(row.next_step, rare);
    let window = desk.open();
    window.go("填报");
    window.click("box", "新增进出口实绩企业，累计完成");
    assert!(window.value("进展说明") == long);
}
