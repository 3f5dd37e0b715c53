//! Texts at a hub: whatever an office writes, and whatever the hub writes itself, is shown as text wherever it is shown.

use std::path::Path;

use app::Field;
use app::init_office::{Introduction, init_office};
use app::send_back::SentBack;
use calamine::{Data, Reader, Xlsx, open_workbook};
use model::returns::SignOff;
use testkit::plan::{COUNT, MILESTONE, NAMES, STOCK, small};
use testkit::{District, PASSPHRASE, period, taken, world};

use crate::harness::{Desk, Window, stage};

const MARKUP: &str = "<img src=x onerror=alert(1)><script>alert(2)</script>&amp;{{7*7}}<b>粗</b>";
/// A part of it that is short enough for a name.
const NAME: &str = "<img src=x onerror=alert(3)>&lt;";
/// What a spreadsheet would compute.
const FORMULA: &str = "=cmd|' /C calc'!A0";
const FEBRUARY: &str = "2024-02";

/// Puts a hub on the desk whose plan and whose only office have markup in every text that they may choose.
fn hub_of_the_malicious(desk: &Desk) {
    let mut plan = small(1);
    plan.title = format!("方案{NAME}");
    plan.hub_name = format!("汇总{NAME}");
    for chapter in &mut plan.chapters {
        chapter.title = format!("章{NAME}");
        chapter.sections.iter_mut().for_each(|section| section.title = format!("节{NAME}"));
    }
    for target in &mut plan.targets {
        target.name = format!("{}{NAME}", target.name);
        target.clause = MARKUP.to_owned();
    }
    plan.targets[1].name = FORMULA.to_owned();
    let mut district = District::with_plan(&plan, 0);
    let introduction = Introduction { office: NAMES[0], contact: MARKUP, telephone: MARKUP };
    let digits = district.hub.show_key().unwrap().fingerprint;
    let issued = district.newest_plan();
    let dir = district.at("office");
    let mut office =
        init_office(&dir, &issued, &introduction, &digits, PASSPHRASE, world(&district.clock, 7)).unwrap();
    let enrolment = office.enrol(PASSPHRASE, &district.at("stick")).unwrap().path;
    let digits = office.show_key().unwrap().fingerprint;
    district.hub.admit_office(&enrolment, NAMES[0], &digits, false).unwrap();
    testkit::district::fill(&mut office, period(FEBRUARY), "20");
    let sheet = office.sheet(period(FEBRUARY), None).unwrap();
    let texts = [Field::Note, Field::Problem, Field::NextStep, Field::Explanation];
    office.enter(&sheet, COUNT, &texts.map(|field| (field, MARKUP.to_owned()))).unwrap();
    let absent = [(Field::Value, String::new()), (Field::NotApplicable, MARKUP.to_owned())];
    office.enter(&sheet, STOCK, &absent).unwrap();
    let name = || NAME.to_owned();
    let names = SignOff { filled_by: name(), checked_by: name(), issued_by: name() };
    let file = office.export(&sheet, &names, PASSPHRASE, &district.at("stick")).unwrap().path;
    taken(&mut district.hub, &file);
    let back = SentBack { target: MILESTONE, field: None, reason: MARKUP };
    district.hub.send_back(NAMES[0], period(FEBRUARY), &[back]).unwrap();
    stage::copy(district.hub.dir(), &desk.home());
}

/// Nothing of it became part of the page, nothing ran, nothing was even tried.
fn harmless(window: &Window<'_>, place: &str) {
    let made = "return document.querySelectorAll('[onerror], body script:not([src]), img[src=x]').length";
    assert_eq!(window.js(made, &[]), 0, "{place}");
    assert_eq!(window.complaints(), Vec::<String>::new(), "{place}");
}

/// A spreadsheet shows what looks like a formula and computes nothing.
fn texts_stay_texts(workbook: &Path) {
    let mut book: Xlsx<_> = open_workbook(workbook).unwrap();
    assert_eq!(book.worksheet_formula("汇总").unwrap().used_cells().count(), 0);
    let sheet = book.worksheet_range("汇总").unwrap();
    for text in [FORMULA, NAME] {
        let stands = |cell: &Data| matches!(cell, Data::String(found) if found.contains(text));
        assert!(sheet.used_cells().any(|(_, _, cell)| stands(cell)), "{text}");
    }
}

#[test]
fn markup_and_script_are_text_on_every_screen_of_a_hub() {
    let desk = Desk::new();
    hub_of_the_malicious(&desk);
    let window = desk.open();
    window.sees("已报单位");
    window.choose_period(FEBRUARY);
    window.sees(NAME);
    harmless(&window, "总览");

    window.go("目标");
    window.to_target(COUNT);
    window.press("Enter");
    window.holds("原文（报告里的话）", MARKUP);
    harmless(&window, "目标");

    window.go("单位");
    window.sees(MARKUP);
    window.click("button", NAMES[0]);
    window.sees(&format!("{MARKUP}，{MARKUP}"));
    harmless(&window, "单位");
    window.press("Esc");

    window.go("接收");
    window.click("button", &format!("打开 {}", NAMES[0]));
    for words in ["进展　", "问题　", "措施　", "说明　", "不适用原因　"] {
        window.sees(&format!("{words}{MARKUP}"));
    }
    window.sees(&format!("：{MARKUP}"));
    window.sees(&format!("填报 {NAME}"));
    harmless(&window, "a return opened");
    window.click("button", "退回 新增项目");
    window.fill("原因", MARKUP);
    window.click("button", "标上");
    window.sees(&format!("将退回 累计完成：{MARKUP}"));
    window.click("button", "退回 1 格");
    window.sees(&format!("：{MARKUP}"));
    harmless(&window, "cells sent back");
    window.press("Esc");

    window.go("汇总");
    window.tab_to("grid", "目标 × 单位");
    window.press("Enter");
    window.sees("家承担");
    window.sees(MARKUP);
    window.click("button", &format!("{} 分解数", NAMES[0]));
    for words in ["进展说明", "存在问题", "下步措施", "说明"] {
        window.sees(&format!("{words}{MARKUP}"));
    }
    window.sees(&format!("填报人 {NAME}"));
    harmless(&window, "behind a cell");
    window.press("Esc");
    window.fill("找目标或单位", MARKUP);
    window.sees("没有符合条件的目标或单位");
    window.fill("找目标或单位", "");
    window.click("button", "未报名单");
    window.rests();
    harmless(&window, "who is missing");
    window.press("Esc");
    let workbook = desk.at("汇总表.xlsx");
    window.click("button", "导出表格…");
    desk.choose("保存汇总表", &workbook);
    window.sees("汇总表已保存");
    texts_stay_texts(&workbook);
    window.click("button", "锁定本期…");
    window.fill("备注（可以不写）", MARKUP);
    window.click("button", "锁定");
    window.click("button", "好");
    window.click("button", "解锁本期…");
    window.fill("为什么解锁", MARKUP);
    window.click("button", "解锁");
    window.click("button", "好");
    harmless(&window, "汇总");

    window.go("通报");
    window.sees(NAME);
    window.click("button", "改“");
    window.press("Ctrl+A");
    window.type_text(MARKUP);
    window.press("Ctrl+Enter");
    window.sees("已改写");
    window.sees(MARKUP);
    harmless(&window, "通报");

    window.go("下达");
    window.fill("口令", PASSPHRASE);
    window.click("choice", "交换文件夹");
    window.click("button", "签名并写入");
    window.sees("可以拔出");
    harmless(&window, "下达");
    window.go("设置");
    window.click("button", "改名…");
    window.fill("名称", NAME);
    window.click("button", "改名");
    window.sees("名称已改");
    window.sees(NAME);
    harmless(&window, "设置");
}
