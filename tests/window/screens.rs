//! Every screen, light and dark, wide and narrow: nobody is kept out, nothing is cut off, and people can look at it.

use crate::harness::{Desk, Window, stage};

const PLACES: [(&str, &str); 7] = [
    ("首页", "home"),
    ("填报", "entry"),
    ("审核", "checks"),
    ("报送", "sending"),
    ("回执", "receipts"),
    ("分析", "analysis"),
    ("设置", "settings"),
];

fn look_around(window: &Window<'_>, theme: &str) {
    // The second is what a screen of 1280×720 has left at 150 %, less the bars of the window and the system.
    for (width, height) in [(1280, 720), (853, 420)] {
        window.size(width, height);
        for (place, name) in PLACES {
            window.go(place);
            window.is_fit_to_be_seen(&format!("{name}-{theme}-{width}"));
        }
    }
    assert_eq!(window.complaints(), Vec::<String>::new());
}

/// Has people look at the page as it stands, wide and narrow.
fn look(window: &Window<'_>, name: &str, theme: &str) {
    for (width, height) in [(853, 420), (1280, 720)] {
        window.size(width, height);
        window.is_fit_to_be_seen(&format!("{name}-{theme}-{width}"));
    }
}

/// What opens on the screens: one target's months as a picture and as a table, why there is no 零报告, the form of 不适用.
fn look_into(window: &Window<'_>, theme: &str) {
    window.go("分析");
    window.click("button", "新增泊位");
    window.sees("原文");
    look(window, "analysis-target", theme);
    window.click("button", "看数据表");
    window.sees("复制表格");
    look(window, "analysis-table", theme);

    window.go("填报");
    window.click("button", "零报告…");
    window.sees("不能报零报告");
    look(window, "nil-refused", theme);
    window.press("Esc");
    window.click("box", "新增婴幼儿托位，累计完成");
    window.click("button", "标为不适用…");
    window.until("the form is open", || window.find("box", "不适用的原因"));
    window.is_fit_to_be_seen(&format!("not-applicable-{theme}-1280"));
    assert_eq!(window.complaints(), Vec::<String>::new());
}

#[test]
fn what_opens_on_them_in_the_light() {
    let desk = Desk::new();
    stage::office_at_work(&desk);
    look_into(&desk.open(), "light");
}

#[test]
fn what_opens_on_them_in_the_dark() {
    let desk = Desk::new().dark();
    stage::office_at_work(&desk);
    look_into(&desk.open(), "dark");
}

#[test]
fn every_screen_in_the_light() {
    let desk = Desk::new();
    stage::office_at_work(&desk);
    let window = desk.open();
    window.sees("泊里镇");
    look_around(&window, "light");
}

#[test]
fn every_screen_in_the_dark() {
    let desk = Desk::new().dark();
    stage::office_at_work(&desk);
    let window = desk.open();
    window.sees("泊里镇");
    assert!(window.is_dark());
    look_around(&window, "dark");
}

#[test]
fn what_keeps_people_out_would_be_seen() {
    let desk = Desk::new();
    let window = desk.open();
    window.sees("这台电脑给谁用？");
    assert_eq!(window.hindrances(), Vec::<String>::new());
    window.js("document.querySelector('h1').style.color = '#ddd'", &[]);
    window.js("document.querySelector('button').textContent = ''", &[]);
    let found = window.hindrances();
    for rule in ["color-contrast", "button-name"] {
        assert!(found.iter().any(|one| one.starts_with(rule)), "{rule} was not seen: {found:?}");
    }
    window.js("document.querySelector('h1').style.width = '3000px'", &[]);
    assert_ne!(window.cut_off_at_the_side(), Vec::<String>::new());
}
