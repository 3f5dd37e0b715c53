//! The whole loop with both roles: two windows, two homes, one stick; a plan goes down, three months come up, and the
//! figures on the screens are those of the command line and of plain arithmetic.

mod deeds;
mod reading;
mod table;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use app::init_office::{Introduction, init_office};
use app::{Field, Home, World};
use model::figure::Figure;
use model::id::TargetId;
use model::returns::{Answer, Figures};
use serde_json::Value;
use testkit::forge::{Opened, keys_of};
use testkit::{PASSPHRASE, TurnableClock, program, sign_off, world};

use crate::harness::stage::period;
use crate::harness::{Desk, Window};
use deeds::{OWN, admit, fill_in, issue, lock, receive, set_up, sign, sign_round};
use table::{COUNT, GROWTH, LOST, MILESTONE, MONTHS, OFFICES, SHARE, STAGES, TABLE, Typed, of, tenths};

/// The words of every entry that has to be explained.
const EXPLANATION: &str = "与台账核对过。";

/// Why the hub sends the cell back.
const REASON: &str = "与海关登记的户数不一致，请核对。";

/// Fills in what an office reports of a month and signs it to a folder.
fn fill_and_sign(home: &mut Home, row: &Typed, count: i64, passphrase: &str, to: &Path) -> PathBuf {
    fs::create_dir_all(to).unwrap();
    let sheet = home.sheet(period(&month(row.month)), None).unwrap();
    let mut enter = |target: &str, boxes: &[(Field, String)]| {
        let explained = boxes.iter().cloned().chain([(Field::Explanation, EXPLANATION.to_owned())]);
        home.enter(&sheet, target, &explained.collect::<Vec<_>>()).unwrap();
    };
    enter(COUNT, &[(Field::Value, count.to_string())]);
    if let Some([now, before]) = row.growth {
        enter(GROWTH, &[(Field::Current, tenths(now)), (Field::Base, tenths(before))]);
    }
    if let Some([part, whole]) = row.share {
        enter(SHARE, &[(Field::Numerator, part.to_string()), (Field::Denominator, whole.to_string())]);
    }
    if let Some(at) = row.stage {
        enter(MILESTONE, &[(Field::Stage, STAGES[at].0.to_owned())]);
    }
    home.export(&sheet, &sign_off(), passphrase, to).unwrap().path
}

fn month(number: u8) -> String {
    format!("2024-{number:02}")
}

/// Closes a window in which nothing went wrong.
fn closed(window: Window<'_>) {
    assert_eq!(window.complaints(), Vec::<String>::new());
    drop(window);
}

/// What the hub's screens say of a month.
struct Seen {
    month: u8,
    matrix: BTreeMap<String, reading::Line>,
    tiles: BTreeMap<String, String>,
}

fn seen(window: &Window<'_>, month_number: u8) -> Seen {
    window.choose_period(&month(month_number));
    window.go("汇总");
    window.rests();
    let matrix = reading::matrix(window);
    window.go("总览");
    window.sees("已报单位");
    window.rests();
    Seen { month: month_number, matrix, tiles: reading::tiles(window) }
}

/// Holds the screens of a month against the command line and against the table.
fn agree(hub: &Path, seen: &Seen) {
    let said = |args: &[&str]| -> Value {
        let said = program::run_with(hub, OWN, &[args, &["--format", "json"]].concat());
        assert!(said.ok, "{}", said.err);
        serde_json::from_str(&said.out).unwrap()
    };
    let number = seen.month;
    let status = said(&["status", "--period", &month(number)]);
    let plan = said(&["plan", "show"]);
    let expected = table::expected(number);
    let targets = status["targets"].as_array().unwrap();
    assert_eq!((targets.len(), seen.matrix.len()), (90, 90));
    let mut lamps: BTreeMap<&str, usize> = BTreeMap::new();
    for target in targets {
        let code = target["code"].as_str().unwrap();
        let line = &seen.matrix[code];
        let lamp = target["lamp"].as_str();
        if let Some(lamp) = lamp {
            *lamps.entry(lamp).or_default() += 1;
        }
        assert_eq!(line.lamp, lamp.unwrap_or("none"), "{code} in month {number}");
        match expected.iter().find(|one| one.code == code) {
            Some(one) => {
                assert_eq!(target["actual"].as_str(), Some(one.exact.as_str()), "{code} in month {number}");
                assert_eq!(lamp, Some(one.lamp), "{code} in month {number}: {}", target["explanation"]);
                assert_eq!(line.actual, one.shown, "{code} in month {number}");
                let all = format!("按 {0}/{0} 家汇总", one.offices);
                assert!(line.coverage.starts_with(&all), "{code} in month {number}: {}", line.coverage);
            }
            None => {
                let frequency =
                    plan["targets"].as_array().unwrap().iter().find(|one| one["code"] == code).unwrap();
                let due = number >= if frequency["frequency"] == "quarterly" { 3 } else { 1 };
                assert_eq!(line.actual, "—", "{code} in month {number}");
                assert_eq!(lamp, due.then_some("unreported"), "{code} in month {number}");
            }
        }
    }
    for row in TABLE.iter().filter(|row| row.month == number) {
        for one in &expected {
            let shown = seen.matrix[one.code].cell(OFFICES[row.office]);
            let wanted = table::cell(row, one.code);
            assert_eq!(shown, wanted.as_deref(), "{} of {} in month {number}", one.code, OFFICES[row.office]);
        }
    }
    // All four offices reported, 本级 did not.
    assert_eq!(seen.tiles["已报"], "4/5");
    assert_eq!((status["reported"].as_u64(), status["owed"].as_u64()), (Some(4), Some(5)));
    let shown: BTreeMap<&str, usize> = seen
        .tiles
        .iter()
        .filter(|(tile, _)| *tile != "已报")
        .map(|(tile, count)| (tile.as_str(), count.parse().unwrap()))
        .collect();
    let counted =
        shown.iter().filter(|(_, count)| **count > 0).map(|(lamp, count)| (*lamp, *count)).collect();
    assert_eq!(lamps, counted, "the tiles of month {number}");
}

#[test]
fn three_months_go_round_and_the_screens_say_what_was_typed() {
    let hub = Desk::new();
    let office = Desk::new().with_stick_of(&hub);
    let (stick, aside) = (hub.stick(), hub.at("aside"));
    let clock = TurnableClock::at("2024-02-20");

    let window = hub.open_on("2024-02-20");
    let hub_digits = issue(&window);
    window.screenshot("loop-1-issued");
    closed(window);

    // The offices take the plan in and confirm it by the hub's paper; one of them in its window, which reports at once.
    let window = office.open_on("2024-03-04");
    let mut papers = vec![(OFFICES[0], set_up(&window, &hub_digits))];
    fill_in(&window);
    closed(window);
    let plan = found(&stick, "下达-");
    let mut played = Vec::new();
    for (at, name) in OFFICES.into_iter().enumerate().skip(1) {
        let telephone = format!("0532-{at}{at}{at}{at}");
        let introduction = Introduction { office: name, contact: "王五", telephone: &telephone };
        let seed = u64::try_from(at).unwrap();
        let dir = hub.at(name);
        let mut home =
            init_office(&dir, &plan, &introduction, &hub_digits, PASSPHRASE, world(&clock, seed)).unwrap();
        home.enrol(PASSPHRASE, &stick).unwrap();
        papers.push((name, home.show_key().unwrap().fingerprint));
        played.push(home);
    }
    let mut report = |row: &Typed, count: i64, day: &str, to: &Path| {
        clock.turn_to(day);
        fill_and_sign(&mut played[row.office - 1], row, count, PASSPHRASE, to)
    };
    let second = report(of(1, 2), of(1, 2).count, "2024-03-04", &stick);
    let third = report(of(2, 2), of(2, 2).count, "2024-03-04", &stick);
    // The second's file lies there twice, and under the second's key the third would have reported 99.
    fs::copy(&second, stick.join("上报-副本.tzb")).unwrap();
    let mut forged = Opened::of(&third);
    let entry = forged.content().entries.get_mut(&TargetId::new(COUNT).unwrap()).unwrap();
    entry.answer = Answer::Figures(Figures::Amount(Figure::from_canonical("99").unwrap()));
    forged.sealed(&keys_of(&hub.at(OFFICES[1])), &stick.join("上报-薛家岛街道-2024-02-0002.tzb"));

    // On the day February is due: the offices are admitted by their papers, then their returns count.
    let window = hub.open_on("2024-03-05");
    let said = receive(&window);
    assert!(said.contains("注册包 4") && said.contains("未注册"), "{said}");
    window.screenshot("loop-2-unregistered");
    admit(&window, &papers);
    let said = receive(&window);
    for part in ["拒收 1", "已接收 3", "重复"] {
        assert!(said.contains(part), "{said}");
    }
    window.screenshot("loop-3-received");
    window.click("button", "打开 泊里镇");
    window.click("button", "退回 新增进出口实绩企业");
    window.fill("原因", REASON);
    window.click("button", "标上");
    window.click("button", "退回 1 格");
    window.sees("已退回 1 格");
    window.press("Esc");
    window.go("总览");
    window.until("three of five reported", || (reading::tiles(&window)["已报"] == "3/5").then_some(()));
    window.go("汇总");
    window.click("button", "未报名单 2");
    window.sees("0532-3333");
    window.screenshot("loop-4-missing");
    window.press("Esc");
    window.go("下达");
    sign_round(&window);
    closed(window);

    // The office reads why, corrects the one cell, and signs again.
    let window = office.open_on("2024-03-06");
    window.go("回执");
    window.click("button", "从优盘导入");
    window.sees(REASON);
    window.click("button", "去改正 新增进出口实绩企业");
    window.until("the cell has the focus", || window.cell());
    window.type_text(&of(0, 2).count.to_string());
    window.press("Enter Up");
    window.sees("正在更正：原值 19");
    window.fill("说明（为什么是这样）", "十户重复登记。");
    sign(&window);
    closed(window);
    report(of(3, 2), of(3, 2).count, "2024-03-08", &stick);

    // The correction takes the place of what was sent back; the fourth is late; February is locked.
    let window = hub.open_on("2024-03-08");
    let said = receive(&window);
    assert!(said.contains("更正 1") && said.contains("已接收 1"), "{said}");
    window.screenshot("loop-5-corrected");
    window.click("button", "打开 泊里镇");
    window.sees("更正第 1 号");
    window.sees("原值 19 家→新值 9 家");
    window.press("Esc");
    window.go("汇总");
    window.sees("迟报 1");
    window.fill("找目标或单位", COUNT);
    window.tab_to("grid", "目标 × 单位");
    window.press("Enter");
    window.sees("4 家承担");
    window.click("button", &format!("{} 分解数", OFFICES[0]));
    window.sees("19 家 → 9 家");
    window.sees("十户重复登记。");
    window.screenshot("loop-6-behind");
    window.press("Esc");
    lock(&window);
    closed(window);

    // Of March one bundle is lost on its way, and the third is silent.
    clock.turn_to("2024-04-04");
    let mut first =
        Home::open(&office.home(), World { clock: Box::new(clock.clone()), ..World::real() }).unwrap();
    fill_and_sign(&mut first, of(0, 3), of(0, 3).count, OWN, &stick);
    let lost = report(of(1, 3), LOST, "2024-04-02", &aside);
    report(of(1, 3), of(1, 3).count, "2024-04-04", &stick);
    report(of(3, 3), of(3, 3).count, "2024-04-04", &stick);
    let window = hub.open_on("2024-04-05");
    let said = receive(&window);
    assert!(said.contains("有缺号 1") && said.contains("已接收 2"), "{said}");
    window.sees("王台街道 第 2 号 王五 0532-1111");
    window.screenshot("loop-7-gap");
    closed(window);

    // In April the gap heals, the third's March comes late, and everybody's April in time.
    fs::copy(&lost, stick.join("上报-找到了.tzb")).unwrap();
    report(of(2, 3), of(2, 3).count, "2024-04-20", &stick);
    clock.turn_to("2024-05-04");
    fill_and_sign(&mut first, of(0, 4), of(0, 4).count, OWN, &stick);
    drop(first);
    for at in 1..OFFICES.len() {
        report(of(at, 4), of(at, 4).count, "2024-05-04", &stick);
    }
    let window = hub.open_on("2024-05-05");
    receive(&window);
    window.until("the gap is gone", || window.find("heading", "缺号").is_none().then_some(()));
    window.choose_period(&month(3));
    window.go("汇总");
    window.sees("迟报 1");
    window.choose_period(&month(4));
    window.sees("迟报 0");
    lock(&window);
    window.go("通报");
    window.sees("锁定的为准");
    for words in [
        "可以评价的 4 个：正常 3 个，严重落后 1 个；已完成和正常的占 75.0%",
        "应报 5 家，已报 4 家，报送率 80.0%。未报 1 家：本级。",
    ] {
        window.sees(words);
    }
    window.is_fit_to_be_seen("loop-8-bulletin");
    let all: Vec<Seen> = MONTHS.into_iter().map(|month| seen(&window, month)).collect();
    window.screenshot("loop-9-overview");
    closed(window);
    for month in &all {
        agree(&hub.home(), month);
    }
}

/// Finds a file by the beginning of its name, in a folder or the folders in it.
fn found(folder: &Path, start: &str) -> PathBuf {
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                folders.push(path);
            } else if name.starts_with(start) && name.ends_with(".tzb") {
                return path;
            }
        }
    }
    panic!("nothing begins with {start}")
}
