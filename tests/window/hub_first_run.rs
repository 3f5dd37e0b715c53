//! The first run of a hub, without a mouse: every step can be left and is found again.

use std::fs;

use crate::harness::stage;
use crate::harness::{Desk, Window};

const PASSPHRASE: &str = "珠山 泊位 七点半 海风";

/// Closes the window and opens it again, and goes on where it was left.
fn left_and_resumed<'a>(window: Window<'a>, step: &str) -> Window<'a> {
    let desk = window.desk;
    drop(window);
    let window = desk.open();
    window.sees(step);
    window
}

fn choose_the_role(window: &Window<'_>) {
    window.sees("这台电脑给谁用？");
    window.tab_to("button", "设置汇总单位");
    window.press("Enter");
    window.sees("汇总单位叫什么？");
}

/// Types a passphrase twice, past the button that would show it.
fn type_passphrase(window: &Window<'_>) {
    window.type_text(PASSPHRASE);
    window.press("Tab Tab");
    window.type_text(PASSPHRASE);
    window.until("the passphrase will do", || window.enabled("button", "建立台账").then_some(()));
    window.press("Enter");
}

#[test]
fn a_hub_sets_itself_up_by_keyboard_and_is_found_where_it_was_left() {
    let desk = Desk::new();
    let window = desk.open();
    choose_the_role(&window);
    // The box has the focus already.
    window.type_text("区政府督查室");
    window.is_fit_to_be_seen("hub-start-1-name");
    let window = left_and_resumed(window, "汇总单位叫什么？");
    // What was typed and not yet sent was kept.
    window.holds("名称", "区政府督查室");
    window.tab_to("box", "名称");
    window.press("Enter");
    window.sees("给区政府督查室设一个口令");
    let window = left_and_resumed(window, "给区政府督查室设一个口令");
    window.type_text("12345678");
    window.press("Tab Tab");
    window.type_text("12345678");
    window.rests();
    assert!(!window.enabled("button", "建立台账"), "a passphrase that is easily guessed is taken");
    window.is_fit_to_be_seen("hub-start-2-passphrase");
    window.press("Enter");
    assert!(!desk.home().exists(), "the ledger was made under it");
    window.tab_to("button", "上一步");
    window.press("Enter");
    window.sees("汇总单位叫什么？");
    window.press("Enter");
    window.sees("给区政府督查室设一个口令");
    type_passphrase(&window);
    window.sees("打印指纹单，盖章，发给每家单位");
    window.is_fit_to_be_seen("hub-start-3-slip");
    // The power goes: the ledger is there, and so is the step.
    window.cut_off();
    let window = desk.open();
    window.sees("打印指纹单，盖章，发给每家单位");
    let close = |text: &str| text.split_whitespace().collect::<String>();
    let digits = stage::home(&desk).show_key().unwrap().fingerprint;
    assert!(close(&window.text()).contains(&close(&digits)), "the slip's digits are not on the screen");
    window.tab_to("button", "下一步");
    window.press("Enter");
    window.sees("存一份恢复钥匙，锁进柜子");
    let window = left_and_resumed(window, "存一份恢复钥匙，锁进柜子");
    window.tab_to("choice", "交换文件夹");
    window.press("Space");
    window.tab_to("button", "存恢复钥匙");
    window.press("Enter");
    window.sees("可以拔出");
    window.is_fit_to_be_seen("hub-start-4-recovery");
    window.tab_to("button", "开始使用");
    window.press("Enter");
    window.sees("已报单位");
    window.is_fit_to_be_seen("hub-start-5-begun");
    assert_eq!(window.complaints(), Vec::<String>::new());
    let window = left_and_resumed(window, "已报单位");
    drop(window);

    // What lies in the safe is this hub's key, under this passphrase.
    let mut copies = fs::read_dir(desk.stick()).unwrap().map(|entry| entry.unwrap().path());
    let copy = copies.find(|path| path.to_string_lossy().contains("恢复钥匙")).unwrap();
    let mut home = stage::home(&desk);
    assert!(home.restore_key(&copy, "另一个口令").is_err());
    home.restore_key(&copy, PASSPHRASE).unwrap();
    assert_eq!(home.plan_draft().unwrap().targets.len(), 90);
}

#[test]
fn a_hub_may_begin_with_an_empty_plan_of_its_own_year() {
    let desk = Desk::new();
    let window = desk.open();
    choose_the_role(&window);
    window.type_text("某区督查室");
    window.tab_to("choice", "内置的 2024 年方案");
    window.press("Down");
    window.fill("年份", "二〇二五");
    window.sees("请填四位年份");
    window.is_fit_to_be_seen("hub-start-1-empty");
    window.press("Enter");
    window.fill("年份", "2025");
    window.press("Enter");
    window.sees("给某区督查室设一个口令");
    type_passphrase(&window);
    window.sees("打印指纹单，盖章，发给每家单位");
    window.tab_to("button", "下一步");
    window.press("Enter");
    window.tab_to("button", "以后再存，先开始使用");
    window.press("Enter");
    window.until("the hub is at work", || window.find("button", "总览"));
    for (place, name) in [
        ("总览", "overview"),
        ("目标", "targets"),
        ("单位", "offices"),
        ("接收", "receiving"),
        ("汇总", "consolidation"),
        ("通报", "bulletin"),
        ("下达", "issuing"),
    ] {
        window.go(place);
        window.is_fit_to_be_seen(&format!("hub-empty-{name}"));
    }
    assert_eq!(window.complaints(), Vec::<String>::new());
    drop(window);
    let plan = stage::home(&desk).plan_draft().unwrap();
    assert_eq!((plan.targets.len(), plan.calendar.year), (0, 2025));
}
