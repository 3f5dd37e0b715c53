//! 代录 in the hub's window: a silent office's paper is entered with its scan, counts and is marked, and gives way to the
//! office's own file.

use std::fs;
use std::path::PathBuf;

use app::demo::hub::{self, PASSPHRASE};
use app::enter::ReturnOf;
use app::screens::entry::{CellEdit, EntrySheet, Row};
use app::{Home, World};

use crate::harness::stage::{self, period};
use crate::harness::{Desk, Window};

const JUNE: &str = "2024-06";

/// The office of the demonstration that sent nothing of June.
struct Silent {
    id: String,
    name: String,
    /// What stands on its paper.
    paper: EntrySheet,
}

fn root(desk: &Desk) -> PathBuf {
    desk.data().join("demo-hub")
}

fn the_hub(desk: &Desk) -> Home {
    hub::open(&root(desk)).unwrap()
}

fn silent(desk: &Desk) -> Silent {
    let missing = the_hub(desk).missing(period(JUNE)).unwrap().offices;
    let office = missing.into_iter().rfind(|office| office.enterable && office.office != "own").unwrap();
    let mut home = Home::open(&root(desk).join("填报单位").join(&office.name), World::real()).unwrap();
    Silent { paper: home.entry_sheet(period(JUNE)).unwrap(), id: office.office, name: office.name }
}

fn rows(sheet: &EntrySheet) -> impl Iterator<Item = &Row> {
    sheet.groups.iter().flat_map(|group| &group.rows)
}

fn of(silent: &Silent) -> ReturnOf {
    ReturnOf { period: period(JUNE), office: Some(silent.id.clone()) }
}

/// The first row of the paper with one figure in it.
fn first(silent: &Silent) -> &Row {
    let single = |row: &&Row| row.due && row.boxes.len() == 1 && row.boxes[0].field == "value";
    rows(&silent.paper).find(single).unwrap()
}

/// Types everything else that stands on the paper, with the window closed.
fn type_the_rest(desk: &Desk, silent: &Silent) {
    let done = &first(silent).target;
    let mut edits = Vec::new();
    for row in rows(&silent.paper).filter(|row| row.due) {
        let words = [("not_applicable", &row.not_applicable), ("explanation", &row.explanation)];
        let boxes =
            row.boxes.iter().filter(|_| row.target != *done).map(|one| (one.field.as_str(), &one.text));
        edits.extend(boxes.chain(words).filter(|(_, text)| !text.is_empty()).map(|(field, text)| CellEdit {
            target: row.target.clone(),
            field: field.to_owned(),
            text: text.clone(),
        }));
    }
    the_hub(desk).save_cells(of(silent), &edits).unwrap();
}

fn opened(desk: &Desk) -> Window<'_> {
    let window = desk.open();
    window.click("button", "继续演示汇总单位");
    window.sees("已报单位");
    window
}

fn is_called(window: &Window<'_>, title: &str) {
    window.until(&format!("{title} is shown"), || (window.title() == title).then_some(()));
}

#[test]
fn a_silent_office_is_entered_from_its_paper_and_gives_way_to_its_own_file() {
    let desk = Desk::new();
    stage::hub_demonstration(&desk);
    let silent = silent(&desk);
    let standing = |desk: &Desk| {
        let status = the_hub(desk).status(period(JUNE)).unwrap();
        let office = status.offices.into_iter().find(|office| office.name == silent.name).unwrap();
        (office.reported, office.stand_in)
    };
    assert_eq!(standing(&desk), (false, false));

    // From the telephone list to the sheet, where it is said for whom one types.
    let window = opened(&desk);
    let banner = format!("代录：{}", silent.name);
    window.go("汇总");
    window.click("button", "未报名单");
    window.sees("照纸件录入");
    window.screenshot("stand-in-missing");
    window.click("button", &format!("代录 {}", silent.name));
    is_called(&window, "代录填报");
    window.sees(&banner);
    window.sees("还没有附盖章扫描件");
    let (name, figure) = (&first(&silent).name, &first(&silent).boxes[0].text);
    window.fill(&format!("{name}，累计完成"), figure);
    window.press("Enter");
    window.sees("已保存");
    window.screenshot("stand-in-entry");
    // Elsewhere it ends: what comes next is 本级's own.
    window.click("button", "结束代录，回汇总");
    is_called(&window, "汇总");
    window.sees("家汇总");
    window.click("button", "本级填报");
    is_called(&window, "本级填报");
    assert!(!window.text().contains(&banner));
    assert_eq!(window.complaints(), Vec::<String>::new());
    drop(window);
    let typed = the_hub(&desk).entry_sheet(of(&silent)).unwrap();
    let kept = rows(&typed).find(|row| row.target == first(&silent).target).unwrap();
    assert_eq!(&kept.boxes[0].text, figure);
    type_the_rest(&desk, &silent);

    // Begun is not remembered as being under way: it is gone on with by choice, and wants its scan.
    let window = opened(&desk);
    window.go("汇总");
    window.click("button", "本级填报");
    is_called(&window, "本级填报");
    window.go("汇总");
    window.click("button", "未报名单");
    window.click("button", &format!("继续代录 {}", silent.name));
    window.sees(&banner);
    window.click("button", "去审核");
    is_called(&window, "代录审核");
    window.sees(&banner);
    window.sees("没有附盖章原件的扫描件");
    window.screenshot("stand-in-checks");
    window.click("button", "去附扫描件");
    let scan = desk.at("盖章报表.pdf");
    fs::write(&scan, b"%PDF-1.4\n%%EOF\n").unwrap();
    window.click("button", "附扫描件…");
    desk.choose("选择佐证材料", &scan);
    window.sees("盖章扫描件 1 件");
    window.is_fit_to_be_seen("stand-in-scan");
    window.click("button", "去审核");
    window.sees("审核通过，可以签发入账");
    window.click("button", "去签发");
    window.sees("照盖章纸件上的姓名填写");
    window.is_fit_to_be_seen("stand-in-sign");
    for (label, name) in [("填报人", "甲"), ("审核人", "乙"), ("签发人", "丙")] {
        window.fill(label, name);
    }
    window.fill("口令", PASSPHRASE);
    window.click("button", "签发入账");
    window.sees("已代录入账");
    window.screenshot("stand-in-filed");
    assert_eq!(standing(&desk), (true, true));

    // It is marked where it is seen.
    window.go("接收");
    window.fill("查找", "代录");
    window.click("button", &format!("打开 {}", silent.name));
    window.sees("盖章报表.pdf");
    window.sees("重新代录");
    window.is_fit_to_be_seen("stand-in-opened");
    window.press("Esc");

    // The office's own file takes its place.
    window.click("choice", "交换文件夹");
    window.click("button", "开始接收");
    window.sees("取代了本级代录的那一份");
    window.screenshot("stand-in-superseded");
    assert_eq!(standing(&desk), (true, false));
    assert_eq!(window.complaints(), Vec::<String>::new());
}
