//! A hub's month without a mouse: every place by Alt and its number, and what is mainly done there by Tab, Enter and Esc.

use app::demo::hub::{exchange, open};

use crate::harness::{Desk, Window, stage, until};

const STICK: &str = "交换文件夹（演示）";

/// Comes to a button by Tab and presses it.
fn push(window: &Window<'_>, name: &str) {
    window.tab_to("button", name);
    window.press("Enter");
}

fn chosen_stick(window: &Window<'_>) {
    window.tab_to("choice", STICK);
    window.press("Space");
}

#[test]
fn a_hubs_month_is_done_without_a_mouse() {
    let desk = Desk::new();
    stage::hub_demonstration(&desk);
    let window = desk.open();
    push(&window, "继续演示汇总单位");
    window.sees("已报单位");
    for (at, place) in
        ["总览", "目标", "单位", "接收", "汇总", "通报", "下达", "设置"].into_iter().enumerate()
    {
        window.press(&format!("Alt+{}", at + 1));
        until(&format!("{place} is shown"), || (window.title() == place).then_some(()));
    }

    // What lies on the stick is taken in; a fork is decided; a cell is sent back.
    window.press("Alt+4");
    window.sees("从哪里接收");
    chosen_stick(&window);
    push(&window, "开始接收");
    window.sees("接收结果");
    window.tab_to("box", "选定的原因");
    window.type_text("电话核实，以办公室电脑的为准");
    push(&window, "以版本乙为准");
    window.sees("已选定的分叉 1 处");
    push(&window, "打开 泊里镇");
    window.sees("按第 1 版方案填报");
    push(&window, "退回 引进过亿元产业项目");
    window.tab_to("box", "原因");
    window.type_text("与备案的项目数不一致。");
    push(&window, "标上");
    window.sees("将退回");
    push(&window, "退回 1 格");
    window.sees("已退回 1 格");
    window.press("Esc");
    until("the list is there again", || (window.title() == "接收").then_some(()));

    // What lies behind a figure, and back to where one was; then the month is locked.
    window.press("Alt+5");
    window.sees("未报名单");
    window.tab_to("grid", "目标 × 单位");
    window.press("Down Right Left Enter");
    window.sees("家承担");
    window.press("Tab Tab Enter");
    window.sees("历史");
    window.press("Esc");
    until("the matrix has the focus", || (window.focused() == "目标 × 单位").then_some(()));
    push(&window, "锁定本期…");
    window.sees("备注（可以不写）");
    push(&window, "锁定");
    window.sees("好");
    push(&window, "好");
    window.sees("已锁定");

    // A paragraph of the bulletin is rewritten.
    window.press("Alt+6");
    window.sees("锁定的为准");
    window.tab_to("button", "改“");
    window.press("Enter Ctrl+A");
    window.type_text("一、总体情况由本单位改写。");
    window.press("Ctrl+Enter");
    window.sees("改写了 1 段");
    // What is being written is kept where one goes elsewhere, and it belongs to its month.
    window.tab_to("button", "改“报送情况”");
    window.press("Enter Ctrl+A");
    window.type_text("报送情况待核。");
    window.choose_period("2024-05");
    window.sees("2024年5月目标推进情况通报");
    assert!(!window.text().contains("待核"), "June's words stand in May's bulletin");
    window.choose_period("2024-06");
    window.sees("报送情况待核。");
    window.sees("改写了 2 段");

    // A quota is changed, and the plan goes out with the receipts.
    window.press("Alt+2");
    until("the targets are there", || (window.title() == "目标").then_some(()));
    window.press("Ctrl+F");
    window.to_division("3-2-02");
    window.type_text("1");
    window.press("Enter Esc");
    window.sees("改动 1…");
    window.press("Alt+7");
    window.sees("后成为新的一版");
    chosen_stick(&window);
    window.tab_to("box", "口令");
    window.type_text(stage::PASSPHRASE);
    window.press("Enter");
    window.sees("可以拔出");
    assert_eq!(window.complaints(), Vec::<String>::new());
    drop(window);

    let root = desk.data().join("demo-hub");
    let mut hub = open(&root).unwrap();
    let june = hub.hub_home(Some(stage::period("2024-06"))).unwrap();
    assert!(june.period.locked);
    assert_eq!(hub.plan().unwrap().version, 2);
    assert!(std::fs::read_dir(exchange(&root)).unwrap().any(|entry| entry.unwrap().path().is_dir()));
}
