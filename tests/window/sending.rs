//! A month goes out and comes back: checked, signed, delivered, returned in one cell, corrected.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use app::receive::Received;
use app::send_back::SentBack;
use app::verify::examine;
use app::{Home, World};
use testkit::district::{codes, taken};
use testkit::program::program;
use testkit::stick::SmallStick;

use crate::harness::month::{LEFT, complete, send, sign};
use crate::harness::stage::{self, OFFICE, PASSPHRASE};
use crate::harness::{Desk, until};

const JUNE: &str = "2024-06";
/// What lies on the stick, by name.
fn on(stick: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = fs::read_dir(stick).unwrap().map(|entry| entry.unwrap().path());
    files
        .filter(|path| path.extension().is_some_and(|end| end == "tzb"))
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect()
}

/// The one file that has come to the stick.
fn come(stick: &Path, before: &BTreeMap<PathBuf, Vec<u8>>) -> PathBuf {
    let mut come: Vec<PathBuf> = on(stick).into_keys().filter(|path| !before.contains_key(path)).collect();
    assert_eq!(come.len(), 1, "{come:?}");
    come.remove(0)
}

fn received(hub: &mut Home, file: &Path) -> Vec<&'static str> {
    let plan = hub.plan().unwrap();
    let received: Vec<Received> = taken(hub, file);
    codes(&plan, &received)
}

#[test]
fn a_month_is_checked_signed_returned_and_corrected() {
    let desk = Desk::new();
    let mut hub = Home::open(&stage::office_at_work(&desk), World::real()).unwrap();
    let window = desk.open();

    // Checks lead to the cell.
    window.go("审核");
    window.sees("“约116”不是数");
    window.click("button", "新增泊位");
    until("the cell has the focus", || window.cell().filter(|cell| cell.label.starts_with("新增泊位，")));
    assert_eq!(window.cell().unwrap().text, "约116");
    for (name, figure) in LEFT {
        window.fill(&format!("{name}，累计完成"), figure);
        window.press("Enter");
    }
    window.sees("未填 0");
    window.go("审核");
    window.sees("有 1 处还不能报送");
    // What wants words leads to the words, not to the figure.
    window.click("button", "去说明第一处");
    until("the explanation has the focus", || {
        (window.js("return document.activeElement.dataset.panel", &[]) == "explanation").then_some(())
    });
    window.go("审核");
    window.sees("有 1 处还不能报送");
    window.fill("说明：新增充电桩", "拆除重复登记的 20 个。");
    window.press("Ctrl+Enter");
    window.sees("审核通过，可以报送。");
    window.click("button", "去报送");

    // A wrong passphrase writes nothing; the right one writes a file that the hub accepts.
    let before = on(&desk.stick());
    sign(&window, "不是这个口令，换一个");
    window.sees("口令不对");
    assert_eq!(on(&desk.stick()), before);
    send(&window);
    window.screenshot("sending-done");
    let file = come(&desk.stick(), &before);
    let bytes = fs::read(&file).unwrap();
    assert!(examine(&file).is_ok());
    let said = Command::new(program()).arg("verify").arg(&file).output().unwrap();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));

    // The stick failed: the same bytes come once more, under no new number.
    fs::remove_file(&file).unwrap();
    window.click("button", "再拷一份");
    window.sees("不产生新的号");
    window.click("choice", "交换文件夹");
    window.click("button", "再拷一份");
    window.sees("和以前拷出的是同一份文件");
    assert_eq!(come(&desk.stick(), &before), file);
    assert!(fs::read(&file).unwrap() == bytes, "another copy has other bytes");
    window.click("button", "打印报送单");
    window.sees("打印后签名、盖章");
    window.sees("引进过亿元产业项目");
    window.screenshot("slip");
    window.keeps_nobody_out("报送单");
    window.press("Esc");
    assert_eq!(received(&mut hub, &file), ["accepted"]);
    assert_eq!(received(&mut hub, &file), ["duplicate"]);

    // The hub sends one cell back; the grid shows it with the reason.
    let reason = "与备案的项目数不一致";
    hub.send_back(OFFICE, stage::period(JUNE), &[SentBack { target: "3-2-03", field: None, reason }])
        .unwrap();
    hub.send_receipts(Some(OFFICE), PASSPHRASE, &desk.stick()).unwrap();
    window.go("回执");
    window.click("button", "从优盘导入");
    window.sees(reason);
    window.screenshot("receipts-returned");
    window.click("button", "去改正 引进过亿元产业项目");
    until("the cell has the focus", || {
        window.cell().filter(|cell| cell.label.starts_with("引进过亿元产业项目，"))
    });
    window.line_says("引进过亿元产业项目", &format!("退回：{reason}"));
    window.screenshot("entry-returned");
    window.type_text("5");
    window.press("Enter");
    window.line_says("引进过亿元产业项目", "增加得特别快");
    window.press("Up");
    window.sees("正在更正：原值 4");
    window.fill("说明（为什么是这样）", "补录备案项目 1 个。");
    window.line_says("引进过亿元产业项目", "已说明");
    window.go("回执");
    window.sees("原值 4 个 → 新值 5");

    // The correction goes out under a new number and counts at the hub.
    let before = on(&desk.stick());
    window.go("报送");
    send(&window);
    let corrected = come(&desk.stick(), &before);
    assert_ne!(corrected, file);
    assert_eq!(window.complaints(), Vec::<String>::new());
    drop(window);
    let actual = |hub: &Home| {
        let status = hub.status(stage::period(JUNE)).unwrap();
        status.targets.into_iter().find(|one| one.code == "3-2-03").and_then(|one| one.actual)
    };
    assert_eq!(actual(&hub).as_deref(), Some("3"), "what was sent back does not count, May's does");
    assert_eq!(received(&mut hub, &corrected), ["accepted"]);
    assert_eq!(actual(&hub).as_deref(), Some("5"));
}

#[test]
fn a_stick_that_is_read_only_is_told_and_takes_the_month_afterwards() {
    let desk = Desk::new();
    let mut hub = Home::open(&stage::office_at_work(&desk), World::real()).unwrap();
    let Some(stick) = SmallStick::mount_at(&desk.stick(), "8m") else { return };
    let window = desk.open();
    complete(&window);
    stick.remount("ro");
    window.click("button", "去报送");
    window.sees("写保护，不能写入");
    window.screenshot("sending-read-only");
    assert_eq!(fs::read_dir(stick.path()).unwrap().count(), 0);
    // The switch is turned; what was typed is still there, and the month goes out.
    stick.remount("rw");
    window.click("button", "刷新");
    send(&window);
    let sent = come(stick.path(), &BTreeMap::new());
    assert_eq!(received(&mut hub, &sent), ["accepted"]);
}
