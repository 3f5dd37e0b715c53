//! 填报: a month is filled in without a mouse, in four states, from spreadsheets, and whatever happens to the power.

use std::collections::BTreeMap;

use crate::harness::{Desk, stage, until};

const JUNE: &str = "2024-06";

#[test]
fn a_month_is_filled_in_by_keyboard_alone() {
    let desk = Desk::new();
    stage::office_at_its_start(&desk);
    let window = desk.open();
    window.sees("首页");
    window.press("Alt+2");
    window.sees("还没有填过");
    until("the first empty box has the focus", || window.cell());
    window.press("Ctrl+Home");
    let mut typed = BTreeMap::new();
    while let Some(cell) = window.cell() {
        assert!(!typed.contains_key(&cell.label), "Tab went in a circle: {} again", cell.label);
        if !cell.shut {
            let text = match cell.stages.as_slice() {
                // Every figure is another one, and every second of a pair is greater than its first.
                [] => (typed.len() + 11).to_string(),
                [_, second, ..] => second.clone(),
                [only] => only.clone(),
            };
            if cell.stages.is_empty() {
                window.type_text(&text);
            } else {
                window.press("2");
            }
            typed.insert(cell.label, text);
        }
        window.press("Tab");
    }
    assert!(typed.len() > 25, "only {} boxes were reached", typed.len());
    window.sees("未填 0");
    assert!(window.text().contains("已保存"));
    assert_eq!(window.complaints(), Vec::<String>::new());
    drop(window);
    let kept: BTreeMap<String, String> = stage::sheet(&desk, "2024-02")
        .groups
        .into_iter()
        .flat_map(|group| group.rows)
        .filter(|row| row.due)
        .flat_map(|row| {
            let name = row.name;
            row.boxes.into_iter().map(move |one| {
                let unit = if one.unit.is_empty() { String::new() } else { format!("（{}）", one.unit) };
                let optional = if one.optional { "，可不填" } else { "" };
                (format!("{name}，{}{unit}{optional}", one.label), one.text)
            })
        })
        .collect();
    assert_eq!(kept, typed);
}

#[test]
fn the_four_states_are_told_apart_and_a_figure_shows_what_follows_from_it() {
    let desk = Desk::new();
    stage::office_at_work(&desk);
    let window = desk.open();
    window.go("填报");
    window.sees("已填 21 · 未填 5 · 不适用 1 · 零 1");
    window.line_says("营商环境创新举措", "未填");
    window.fill("营商环境创新举措，累计完成", "６");
    window.line_says("营商环境创新举措", "60.0%");
    window.line_says("营商环境创新举措", "正常");
    window.press("Enter");
    assert_eq!(window.cell().unwrap().text, "约116", "Enter goes down");
    window.sees("已填 22 · 未填 4 · 不适用 1 · 零 1");
    window.press("Ctrl+Z");
    window.sees("已填 21 · 未填 5 · 不适用 1 · 零 1");
    window.press("Ctrl+Y");
    window.sees("已填 22 · 未填 4 · 不适用 1 · 零 1");
    window.type_text("0");
    window.line_says("营商环境创新举措", "0.0%");
    window.sees("已填 21 · 未填 4 · 不适用 1 · 零 2");
    window.press("Esc");
    window.line_says("营商环境创新举措", "60.0%");
    window.press("Delete");
    window.sees("已填 21 · 未填 5 · 不适用 1 · 零 1");
    window.press("Ctrl+Z");
    window.sees("已填 22 · 未填 4 · 不适用 1 · 零 1");
    drop(window);
    assert_eq!(stage::figure(&desk, JUNE, "4-2-02"), "６");
}

#[test]
fn a_block_from_a_spreadsheet_is_taken_cell_by_cell() {
    let desk = Desk::new();
    stage::office_at_work(&desk);
    let window = desk.open();
    window.go("填报");
    window.line_says("新增进出口实绩企业", "落后");
    window.click("box", "新增进出口实绩企业，累计完成");
    // Five rows down from 新增进出口实绩企业, as Excel gives them: full width, a separator, words, an empty cell, a column too many.
    let clip = desk.copy("１９\r\n1,204\t7\r\n约3\r\n\r\n5\r\n");
    window.press("Ctrl+V");
    window.sees("已填入 3 格，2 格没有填入");
    for why in ["“7”：这一行没有第 2 格", "“约3”：数字里夹着别的字，请只留数字"]
    {
        window.sees(why);
    }
    window.line_says("新增进出口实绩企业", "95.0%");
    window.screenshot("paste-refused");
    window.keeps_nobody_out("what a paste could not place");
    drop(clip);
    // What was refused leads to its box.
    window.click("button", "引进过50亿元产业项目 · 累计完成");
    assert!(window.cell().unwrap().label.starts_with("引进过50亿元产业项目，"));
    assert_eq!(window.cell().unwrap().text, "2");
    // A block goes out as it came in, and one step takes all of it back.
    window.press("Shift+Up Shift+Up Ctrl+C");
    until("the block is on the clipboard", || {
        (desk.clipboard().trim_end() == "１９\r\n1,204\r\n2").then_some(())
    });
    window.press("Ctrl+Z");
    window.line_says("新增进出口实绩企业", "40.0%");
    window.press("Ctrl+Y");
    window.line_says("新增进出口实绩企业", "95.0%");
    drop(window);
    let kept: Vec<String> = ["3-2-02", "3-2-03", "3-2-04", "3-3-01", "3-3-02"]
        .map(|target| stage::figure(&desk, JUNE, target))
        .to_vec();
    assert_eq!(kept, ["１９", "1,204", "2", "2", "5"]);
}

#[test]
fn what_was_saved_is_there_after_the_power_went() {
    let desk = Desk::new();
    stage::office_at_work(&desk);
    for round in 1..=4 {
        let window = desk.open();
        window.go("填报");
        let figure = (100 + round).to_string();
        window.fill("营商环境创新举措，累计完成", &figure);
        // The completion comes with the answer that the figure is on disk.
        window.line_says("营商环境创新举措", &format!("{}0.0%", 100 + round));
        window.press("Down");
        window.type_text("9");
        window.cut_off();
        assert_eq!(stage::figure(&desk, JUNE, "4-2-02"), figure);
    }
}
