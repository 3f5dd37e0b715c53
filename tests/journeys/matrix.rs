//! 汇总: every cell is what its office sees, every figure leads down to its entry, and the workbook holds the same.

use std::collections::BTreeSet;

use app::Field;
use app::screens::hub::consolidation::{CellOrigin, EntryBehind, MatrixCell, OfficeState};
use app::send_back::SentBack;
use calamine::{Data, Reader, Xlsx, open_workbook};
use testkit::plan::{COUNT, GROWTH, MILESTONE, NAMES, OFFICIAL, QUARTERLY, STOCK, figure, office_id, small};
use testkit::{District, period};

const MARCH: &str = "2024-03";
const TARGETS: [&str; 6] = [COUNT, GROWTH, QUARTERLY, MILESTONE, STOCK, OFFICIAL];

fn cell(district: &District, month: &str, target: &str, office: usize) -> MatrixCell {
    let ids = ([target.to_owned()], [office_id(office).to_string()]);
    let window = district.hub.matrix_window(period(month), &ids.0, &ids.1).unwrap();
    window.rows[0][0].clone()
}

fn entry(district: &District, month: &str, target: &str, office: usize) -> EntryBehind {
    district.hub.entry_behind(period(month), target, office_id(office).as_str()).unwrap()
}

fn report(district: &mut District, office: usize, month: &str, count: &str) {
    let folder = format!("{office} {month} {count}");
    let file = district.report(office, month, count, &folder).path;
    assert_eq!(district.receive(&file), ["accepted"]);
}

/// February of all three; March of the first two, of which the second is 零报告 in all but its rate.
fn district() -> District {
    let mut district = District::new(3);
    for (office, count) in [(0, "10"), (1, "2"), (2, "7")] {
        report(&mut district, office, "2024-02", count);
    }
    report(&mut district, 0, MARCH, "12");
    report(&mut district, 1, MARCH, "3");
    district
}

#[test]
fn every_cell_is_what_its_office_sees_and_every_head_what_status_says() {
    let district = district();
    let matrix = district.hub.matrix(period(MARCH)).unwrap();
    let status = district.hub.status(period(MARCH)).unwrap();
    assert_eq!(matrix.targets.len(), status.targets.len());
    for (head, target) in matrix.targets.iter().zip(&status.targets) {
        assert_eq!((&head.code, &head.actual), (&target.code, &target.shown.actual));
        assert_eq!(head.lamp.code, target.lamp.unwrap_or("none"));
        assert_eq!((head.reported, head.owed), (target.reported, target.assigned));
        assert!(target.explanation.contains(&head.coverage), "{} / {}", head.coverage, target.explanation);
    }
    assert_eq!(matrix.owed as usize, status.owed);
    assert_eq!((matrix.reported, matrix.late), (2, 0));
    let mut judged = 0;
    for (at, home) in district.offices.iter().enumerate().take(2) {
        for own in home.status(period(MARCH)).unwrap().targets {
            let cell = cell(&district, MARCH, &own.code, at);
            let figure = own.shown.actual.split(' ').next().unwrap();
            assert_eq!(cell.figure, if figure == "—" { "" } else { figure }, "{} of {at}", own.code);
            assert_eq!(cell.lamp.as_ref().map(|lamp| lamp.code.as_str()), own.lamp, "{} of {at}", own.code);
            judged += usize::from(cell.lamp.is_some());
        }
    }
    assert_eq!(judged, 3, "two counts with a quota and one milestone");
}

#[test]
fn what_stands_in_a_cell_is_never_mistaken() {
    let mut district = district();
    let origin = |district: &District, target, office| cell(district, MARCH, target, office).state;
    assert_eq!(origin(&district, COUNT, 0), CellOrigin::Reported);
    assert_eq!(origin(&district, GROWTH, 2), CellOrigin::Blank);
    assert_eq!(cell(&district, "2024-02", QUARTERLY, 0).state, CellOrigin::NotDue);
    // No return: what was last accepted stands in, of a rate nothing does.
    let carried = cell(&district, MARCH, COUNT, 2);
    assert_eq!((carried.state, carried.figure.as_str()), (CellOrigin::Carried, "7"));
    assert_eq!(cell(&district, MARCH, QUARTERLY, 2).state, CellOrigin::Unreported);
    let back = SentBack { target: COUNT, field: Some(Field::Value), reason: "与台账不符" };
    district.hub.send_back(NAMES[0], period(MARCH), &[back]).unwrap();
    let returned = cell(&district, MARCH, COUNT, 0);
    assert_eq!((returned.state, returned.figure.as_str()), (CellOrigin::Returned, "10"));
    let behind = entry(&district, MARCH, COUNT, 0).returned.unwrap();
    assert_eq!((behind.figure.as_str(), behind.reason.as_str()), ("12 个", "与台账不符"));
    // 不适用, and 零报告 of the one that has no rate.
    let sheet = district.offices[2].sheet(period(MARCH), None).unwrap();
    district.offices[2].set_nil(&sheet, true).unwrap();
    let nil = district.export(2, MARCH, "nil").path;
    assert_eq!(district.receive(&nil), ["accepted"]);
    let nil = cell(&district, MARCH, COUNT, 2);
    assert_eq!((nil.state, nil.figure.as_str()), (CellOrigin::Nil, "7"));
    district.fill(2, "2024-04", "9");
    let sheet = district.offices[2].sheet(period("2024-04"), None).unwrap();
    let none = [(Field::Value, String::new()), (Field::NotApplicable, "辖区没有此项".to_owned())];
    district.offices[2].enter(&sheet, STOCK, &none).unwrap();
    let april = district.export(2, "2024-04", "april").path;
    assert_eq!(district.receive(&april), ["accepted"]);
    assert_eq!(cell(&district, "2024-04", STOCK, 2).state, CellOrigin::NotApplicable);
    assert_eq!(entry(&district, "2024-04", STOCK, 2).remark, "辖区没有此项");
}

#[test]
fn a_figure_leads_down_to_its_entry_and_the_history_says_what_was_before() {
    let mut district = district();
    report(&mut district, 0, MARCH, "15");
    let behind = district.hub.figure_behind(period(MARCH), COUNT).unwrap();
    let parts: Vec<_> =
        behind.parts.iter().map(|part| (part.name.as_str(), part.cell.figure.as_str())).collect();
    assert_eq!(parts, [("东街道", "15"), ("西街道", "3"), ("南街道", "7")]);
    assert_eq!(behind.target.actual, "25 个", "15 + 3 + 7");
    assert!(behind.parts.iter().all(|part| part.quota == "40 个"));
    let entry = entry(&district, MARCH, COUNT, 0);
    assert_eq!((entry.figure.as_str(), entry.remark.as_str()), ("15 个", "说明"));
    let source = entry.source.unwrap();
    assert_eq!(district.hub.open_return(&source.digest).unwrap().line.seq, source.seq);
    assert_eq!((source.seq, source.filled_by.as_str(), source.state.as_str()), (3, "甲", "已接收"));
    let told: Vec<_> = entry
        .history
        .iter()
        .map(|version| (version.replaced.as_deref(), version.figures.as_str(), version.verdict.as_str()))
        .collect();
    assert_eq!(told[0], (Some("12 个"), "15 个", "已接收"));
    assert_eq!(told[1], (None, "12 个", "已更正"));
    assert!(district.hub.figure_behind(period(MARCH), "9-9-99").is_err());
    assert!(district.hub.entry_behind(period(MARCH), COUNT, "u99").is_err());
}

#[test]
fn rows_are_ordered_by_how_one_office_stands() {
    let district = district();
    let codes = |office: &str| district.hub.order_by_office(period(MARCH), office);
    assert!(matches!(codes("u99"), Err(app::Error::UnknownOffice { .. })));
    let ordered = |office: usize| codes(office_id(office).as_str()).unwrap();
    for office in 0..3 {
        let order = ordered(office);
        assert_eq!(BTreeSet::from_iter(order.iter().map(String::as_str)), BTreeSet::from(TARGETS));
        // What the office has nothing to do with comes last, in the order of the report.
        let blank = |code: &String| cell(&district, MARCH, code, office).state == CellOrigin::Blank;
        let first = order.iter().position(blank).unwrap();
        assert!(order[first..].iter().all(blank) && order[first..].is_sorted(), "{order:?}");
    }
    // What is judged comes first: a quota behind its time, a stage that is reached; the rest stays as the report has it.
    assert_eq!(ordered(0), [COUNT, MILESTONE, GROWTH, QUARTERLY, STOCK, OFFICIAL]);
    assert_eq!(ordered(1), [COUNT, GROWTH, QUARTERLY, STOCK, MILESTONE, OFFICIAL]);
    assert_eq!(ordered(2), [COUNT, QUARTERLY, STOCK, GROWTH, MILESTONE, OFFICIAL]);
    // A stage that is not reached goes before a count that is in time.
    let mut district = district;
    district.fill(0, "2024-04", "16");
    let sheet = district.offices[0].sheet(period("2024-04"), None).unwrap();
    district.offices[0].enter(&sheet, MILESTONE, &[(Field::Stage, "未开始".to_owned())]).unwrap();
    let april = district.export(0, "2024-04", "april").path;
    assert_eq!(district.receive(&april), ["accepted"]);
    let order = district.hub.order_by_office(period("2024-04"), office_id(0).as_str()).unwrap();
    assert_eq!(order[..2], [MILESTONE, COUNT]);
}

#[test]
fn the_missing_are_listed_and_a_freeze_holds_the_districts_figures() {
    let mut district = district();
    let missing = district.hub.missing(period(MARCH)).unwrap();
    let names: Vec<_> = missing.offices.iter().map(|office| office.name.as_str()).collect();
    assert_eq!(names, ["南街道", "本级"]);
    assert_eq!(missing.offices[0].last, "1—2月");
    assert_eq!(missing.text.lines().count(), 3);
    assert!(missing.text.lines().nth(1).unwrap().starts_with("南街道\t未报\t"));
    let shut = district.hub.lock_period(period(MARCH), "").unwrap();
    assert!(shut.corrections.is_empty());
    let late = district.report(2, MARCH, "9", "late").path;
    assert_eq!(district.receive(&late), ["awaiting_unlock"]);
    let matrix = district.hub.matrix(period(MARCH)).unwrap();
    assert!(matrix.locked && matrix.drifted == 0);
    assert_eq!((matrix.waiting, matrix.targets[0].actual.as_str()), (1, "22 个"));
    let state = |matrix: &app::screens::hub::consolidation::Matrix| matrix.offices[2].state;
    assert_eq!(state(&matrix), OfficeState::Waiting);
    assert!(district.hub.lift_lock(period(MARCH), " ").is_err(), "a reason is wanted");
    district.hub.lift_lock(period(MARCH), "补收南街道").unwrap();
    let matrix = district.hub.matrix(period(MARCH)).unwrap();
    assert_eq!((matrix.locked, matrix.targets[0].actual.as_str()), (false, "24 个"));
    let again = district.hub.lock_period(period(MARCH), "").unwrap();
    assert!(again.message.what.contains("第 2 次"), "{}", again.message.what);
    let count = again.corrections.iter().find(|one| one.target == COUNT).unwrap();
    assert!(count.what.iter().any(|what| what == "完成数 22 → 24"), "{:?}", count.what);
}

#[test]
fn the_workbook_holds_numbers_as_numbers_and_never_a_formula() {
    const EVIL: &str = "=cmd|' /C calc'!A0";
    let mut plan = small(2);
    plan.targets[0].name = EVIL.to_owned();
    plan.targets[4].unit = "+1".to_owned();
    let mut growth = plan.assignments.iter_mut().filter(|one| one.target.as_str() == GROWTH);
    growth.next().unwrap().quota = Some(figure("6.96"));
    let mut district = District::with_plan(&plan, 2);
    report(&mut district, 0, MARCH, "1234.5");
    report(&mut district, 1, MARCH, "3");
    let to = district.at("汇总表.xlsx");
    district.hub.save_matrix(period(MARCH), &to, &mut |_, _| true).unwrap();
    // Saved again it takes the place of the one before.
    district.hub.save_matrix(period(MARCH), &to, &mut |_, _| true).unwrap();

    let mut book: Xlsx<_> = open_workbook(&to).unwrap();
    let formulas = book.worksheet_formula("汇总").unwrap();
    assert_eq!(formulas.used_cells().count(), 0);
    let sheet = book.worksheet_range("汇总").unwrap();
    let at = |row: u32, column: u32| sheet.get_value((row, column)).cloned().unwrap_or_default();
    let text = |text: &str| Data::String(text.to_owned());
    assert_eq!((at(2, 8), at(2, 10), at(3, 8)), (text(NAMES[0]), text(NAMES[1]), text("数")));
    assert_eq!((at(4, 1), at(4, 2)), (text(COUNT), text(EVIL)));
    assert_eq!((at(4, 4), at(4, 8), at(4, 10)), (Data::Float(1237.5), Data::Float(1234.5), Data::Float(3.0)));
    let Data::String(lamp) = at(4, 11) else { panic!("{:?}", at(4, 11)) };
    assert!(lamp.contains("落后"), "{lamp}");
    // 214 ÷ 200 − 1; of the first alone 7 % against 6.96 %.
    let Data::Float(rate) = at(5, 8) else { panic!("{:?}", at(5, 8)) };
    assert!((rate - 0.07).abs() < 1e-12, "{rate}");
    assert_eq!(at(7, 8), text("开工"));
    assert_eq!(at(7, 10), Data::Empty, "the milestone is the first office's alone");
    assert_eq!(at(8, 5), text("+1"));
    assert_eq!(TARGETS.len(), 6);
}

#[test]
fn a_workbook_that_is_stopped_leaves_what_was_there_before() {
    let district = district();
    let folder = district.at("表格");
    std::fs::create_dir(&folder).unwrap();
    let to = folder.join("汇总表.xlsx");
    let mut heard = Vec::new();
    let mut watch = |done, total| {
        heard.push((done, total));
        true
    };
    district.hub.save_matrix(period(MARCH), &to, &mut watch).unwrap();
    let whole = 2 * TARGETS.len() as u64;
    assert_eq!((heard[0], heard.last().copied()), ((0, whole), Some((whole, whole))));
    assert!(heard.is_sorted(), "{heard:?}");
    let before = std::fs::read(&to).unwrap();
    // At every row, and while it is packed.
    for step in 0..=TARGETS.len() {
        let mut left = step;
        let mut stop = |_, _| {
            left = left.wrapping_sub(1);
            left != usize::MAX
        };
        let stopped = district.hub.save_matrix(period(MARCH), &to, &mut stop);
        assert!(matches!(stopped, Err(app::Error::Stopped)), "step {step}: {stopped:?}");
        assert_eq!(std::fs::read(&to).unwrap(), before);
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1, "step {step}");
    }
}

#[test]
fn evidence_is_looked_at_out_of_its_bundle() {
    const PICTURE: &[u8] = include_bytes!("../../src-tauri/crates/app/src/demo/office/evidence.png");
    let mut district = District::new(1);
    district.fill(0, MARCH, "12");
    let picture = district.at("现场.png");
    std::fs::write(&picture, PICTURE).unwrap();
    let attached = district.offices[0].attach_files(period(MARCH), COUNT, &[picture]).unwrap();
    assert!(attached.refused.is_empty());
    let file = district.export(0, MARCH, "stick").path;
    assert_eq!(district.receive(&file), ["accepted"]);
    let shown = entry(&district, MARCH, COUNT, 0).evidence;
    assert_eq!(shown.len(), 1);
    assert_eq!((shown[0].label.as_str(), shown[0].media.as_str()), ("现场.png", "png"));
    assert!(!district.hub.evidence_picture(&shown[0].digest, 96).unwrap().is_empty());
    // A bundle that is damaged later keeps nobody from the figures.
    let mut other = District::new(1);
    other.fill(0, MARCH, "12");
    let picture = other.at("现场.png");
    std::fs::write(&picture, PICTURE).unwrap();
    other.offices[0].attach_files(period(MARCH), COUNT, &[picture]).unwrap();
    let file = other.export(0, MARCH, "stick").path;
    assert_eq!(other.receive(&file), ["accepted"]);
    let archive = other.hub.dir().join("archive");
    let mut kept: Vec<_> = std::fs::read_dir(&archive).unwrap().map(|shelf| shelf.unwrap().path()).collect();
    while let Some(path) = kept.pop() {
        if path.is_dir() {
            kept.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            std::fs::write(&path, b"damaged").unwrap();
        }
    }
    let lost = entry(&other, MARCH, COUNT, 0);
    assert_eq!((lost.figure.as_str(), lost.evidence[0].media.as_str()), ("12 个", "lost"));
}
