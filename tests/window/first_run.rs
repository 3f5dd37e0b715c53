//! The first run of an office: every step can be left and is found again.

use std::fs;

use app::{Home, World};

use crate::harness::stage::{self, OFFICE, PASSPHRASE};
use crate::harness::{Desk, Window};

/// Closes the window and opens it again, and goes on where it was left.
fn left_and_resumed<'a>(window: Window<'a>, step: &str) -> Window<'a> {
    let desk = window.desk;
    drop(window);
    let window = desk.open();
    window.sees(step);
    window
}

#[test]
fn an_office_sets_itself_up_from_the_stick_and_the_paper() {
    let desk = Desk::new();
    let mut hub = Home::open(&stage::office_at_work(&desk), World::real()).unwrap();
    fs::remove_dir_all(desk.home()).unwrap();
    fs::remove_dir_all(desk.stick()).unwrap();
    fs::create_dir(desk.stick()).unwrap();
    hub.issue_plan(PASSPHRASE, &desk.stick()).unwrap();
    let digits = hub.show_key().unwrap().fingerprint;

    let window = desk.open();
    window.sees("这台电脑给谁用？");
    window.screenshot("start-1-role");
    window.keeps_nobody_out("the choice of a role");
    window.click("button", "设置填报单位");
    window.sees("下达包在哪里？");
    window.screenshot("start-2-plan");
    window.keeps_nobody_out("the plan");
    let window = left_and_resumed(window, "下达包在哪里？");
    window.click("button", "导入");
    window.sees("40 位指纹是什么？");
    let wrong: String = digits
        .chars()
        .map(|c| {
            if c == '0' {
                '1'
            } else if c == ' ' {
                c
            } else {
                '0'
            }
        })
        .collect();
    window.fill("汇总单位指纹", &wrong);
    window.click("button", "核对");
    window.sees("输入的 40 位指纹与这个文件不符");
    window.screenshot("start-3-wrong-fingerprint");
    window.keeps_nobody_out("a wrong fingerprint");
    let window = left_and_resumed(window, "40 位指纹是什么？");
    window.fill("汇总单位指纹", &digits);
    window.click("button", "核对");
    window.sees("这是哪个单位？");
    window.choose("本单位", OFFICE);
    window.fill("联系人", "王五");
    window.press("Tab");
    window.screenshot("start-4-unit");
    window.keeps_nobody_out("the unit");
    let window = left_and_resumed(window, "这是哪个单位？");
    // What was typed and not yet sent was kept.
    assert_eq!((window.value("本单位"), window.value("联系人")), (OFFICE.to_owned(), "王五".to_owned()));
    window.fill("电话", "0532-0000");
    window.click("button", "下一步");
    window.sees("设一个口令");
    let window = left_and_resumed(window, "设一个口令");
    window.fill("口令", "12345678");
    window.fill("再输入一次", "12345678");
    assert!(!window.enabled("button", "建立台账"), "a passphrase that is easily guessed is taken");
    let passphrase = "潮水 纸船 三十七 灯塔";
    window.fill("口令", passphrase);
    window.fill("再输入一次", "潮水 纸船");
    window.screenshot("start-5-passphrase");
    window.keeps_nobody_out("the passphrase");
    assert!(!window.enabled("button", "建立台账"), "a passphrase typed once is taken");
    window.fill("再输入一次", passphrase);
    window.click("button", "建立台账");
    window.sees("把注册包和指纹单交给");
    drop(window);

    let window = desk.open();
    window.sees("把注册包和指纹单交给");
    window.click("choice", "交换文件夹");
    window.click("button", "导出注册包");
    window.sees("可以拔出");
    window.screenshot("start-6-enrol");
    window.keeps_nobody_out("the enrolment");
    let shown = window.text();
    let own = stage::home(&desk).show_key().unwrap().fingerprint;
    let close = |text: &str| text.split_whitespace().collect::<String>();
    assert!(close(&shown).contains(&close(&own)), "the slip's digits are not on the screen");
    window.click("button", "已交给汇总单位，开始使用");
    window.sees("1—2月");
    assert_eq!(window.complaints(), Vec::<String>::new());
    drop(window);

    // What was exported and what stands on the slip belong together at the hub.
    let files = fs::read_dir(desk.stick()).unwrap().map(|entry| entry.unwrap().path());
    let file = files.into_iter().find(|path| path.to_string_lossy().contains("注册")).unwrap();
    hub.admit_office(&file, OFFICE, &own, true).unwrap();
}

#[test]
fn a_plan_that_was_double_clicked_needs_no_looking_for() {
    let desk = Desk::new();
    let mut hub = Home::open(&stage::office_at_work(&desk), World::real()).unwrap();
    fs::remove_dir_all(desk.home()).unwrap();
    let elsewhere = desk.at("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    let issued = hub.issue_plan(PASSPHRASE, &elsewhere).unwrap();
    let window = desk.open_with(&[&issued.delivered.path]);
    window.click("button", "设置填报单位");
    window.sees("40 位指纹是什么？");
    assert_eq!(window.complaints(), Vec::<String>::new());
}

#[test]
fn the_demonstration_is_tried_and_thrown_away() {
    let desk = Desk::new();
    let window = desk.open();
    window.click("button", "演示填报单位");
    window.sees("泊里镇");
    window.sees("演示");
    window.screenshot("demo");
    window.go("填报");
    window.fill("营商环境创新举措，累计完成", "6");
    window.line_says("营商环境创新举措", "60.0%");
    assert_eq!(window.complaints(), Vec::<String>::new());
    drop(window);
    assert!(!desk.home().exists(), "the demonstration made an ordinary home");
}
