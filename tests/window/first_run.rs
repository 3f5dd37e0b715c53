//! The first run of an office: every step can be left and is found again.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

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
    window.holds("本单位", OFFICE);
    window.holds("联系人", "王五");
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

/// Every file below a folder with what is in it, but for those in rooms that change by themselves.
fn files(folder: &Path, but: &[&str]) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let wanted = entries.filter(|path| !but.iter().any(|name| path.ends_with(name)));
    wanted
        .flat_map(|path| match path.is_dir() {
            true => files(&path, &[]),
            false => BTreeMap::from([(path.clone(), fs::read(&path).unwrap())]),
        })
        .collect()
}

/// What the application keeps of itself, of the window and of the page; everything else is somebody's work.
const OWN: [&str; 5] = ["logs", "web", "window.json", "owner.lock", "owner.json"];

#[test]
fn the_demonstration_is_tried_and_thrown_away() {
    let desk = Desk::new();
    // Beside it lies what is not its own, some of it under names that begin as its name does.
    for name in ["demo-hub", "demo.old", "home-aside-20240101T000000Z"] {
        fs::create_dir(desk.data().join(name)).unwrap();
        fs::write(desk.data().join(name).join("kept"), name).unwrap();
    }
    let before = files(&desk.data(), &OWN);
    let window = desk.open();
    window.click("button", "演示填报单位");
    window.sees("泊里镇");
    window.sees("演示");
    window.screenshot("demo");
    window.go("填报");
    window.fill("营商环境创新举措，累计完成", "6");
    window.line_says("营商环境创新举措", "60.0%");
    assert!(desk.data().join("demo").exists());
    assert!(!desk.home().exists(), "the demonstration made an ordinary home");
    // It stays until it is thrown away, and one may think better of that.
    window.click("button", "退出演示…");
    window.sees("演示里填的内容会全部丢掉");
    window.click("button", "继续演示");
    let window = left_and_resumed(window, "这台电脑给谁用？");
    window.click("button", "继续演示填报单位");
    window.sees("泊里镇");
    window.go("填报");
    window.line_says("营商环境创新举措", "60.0%");
    window.click("button", "退出演示…");
    window.click("button", "丢掉并退出");
    window.sees("这台电脑给谁用？");
    assert!(!desk.data().join("demo").exists(), "something of the demonstration is left");
    assert_eq!(files(&desk.data(), &OWN), before, "something else was changed");
    assert!(fs::read_dir(desk.stick()).unwrap().next().is_none());
    // The next one is as good as new.
    window.click("button", "演示填报单位");
    window.sees("泊里镇");
    window.go("填报");
    window.line_says("营商环境创新举措", "未填");
    assert_eq!(window.complaints(), Vec::<String>::new());
}

#[test]
fn an_office_at_work_comes_back_from_the_demonstration_to_its_own() {
    let desk = Desk::new();
    stage::office_at_work(&desk);
    let window = desk.open();
    window.go("设置");
    let before = files(&desk.home(), &["ledger.db", "ledger.db-wal", "ledger.db-shm"]);
    let stick = files(&desk.stick(), &[]);
    window.click("button", "演示填报单位");
    window.sees("退出演示");
    window.go("填报");
    window.fill("营商环境创新举措，累计完成", "6");
    window.line_says("营商环境创新举措", "60.0%");
    window.click("button", "退出演示…");
    window.click("button", "丢掉并退出");
    window.until("the demonstration is left", || window.find("button", "退出演示").is_none().then_some(()));
    window.go("填报");
    window.line_says("营商环境创新举措", "未填");
    assert_eq!(window.complaints(), Vec::<String>::new());
    drop(window);
    assert!(!desk.data().join("demo").exists());
    assert_eq!(files(&desk.home(), &["ledger.db", "ledger.db-wal", "ledger.db-shm"]), before);
    assert_eq!(files(&desk.stick(), &[]), stick);
    assert_eq!(stage::figure(&desk, "2024-06", "4-2-02"), "");
}
