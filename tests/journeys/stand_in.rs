//! Returns that a hub enters itself, as its window does: 代录 from a stamped scan, and 本级's own.

use std::path::PathBuf;

use app::enter::ReturnOf;
use app::screens::PeriodState;
use app::screens::entry::{CellEdit, EntrySheet};
use app::screens::hub::receiving::ArrivedFile;
use app::{Error, Home};
use testkit::plan::{COUNT, GROWTH, NAMES, OFFICIAL, QUARTERLY, STOCK, office_id};
use testkit::{District, PASSPHRASE, period, sign_off};

const MARCH: &str = "2024-03";

/// The return of the second office for March, as a screen asks for it.
fn wanted() -> ReturnOf {
    ReturnOf { period: period(MARCH), office: Some(office_id(1).to_string()) }
}

fn own() -> ReturnOf {
    period(MARCH).into()
}

fn edit(target: &str, field: &str, text: &str) -> CellEdit {
    CellEdit { target: target.to_owned(), field: field.to_owned(), text: text.to_owned() }
}

/// What stands on the paper, with this count.
fn paper(count: &str) -> Vec<CellEdit> {
    vec![
        edit(COUNT, "value", count),
        edit(GROWTH, "current", "103"),
        edit(GROWTH, "base", "100"),
        edit(QUARTERLY, "value", "2"),
        edit(STOCK, "value", "90"),
    ]
}

fn scan(district: &District, name: &str) -> PathBuf {
    let file = district.at(name);
    std::fs::write(&file, format!("%PDF-1.7 盖章 {name}")).unwrap();
    file
}

/// Enters the paper for the second office, with its scan.
fn enter(district: &mut District, count: &str) {
    let file = scan(district, "盖章报表.pdf");
    district.hub.save_cells(wanted(), &paper(count)).unwrap();
    let attached = district.hub.attach_files(wanted(), COUNT, &[file]).unwrap();
    assert_eq!((attached.row.evidence.len(), attached.refused.len()), (1, 0));
}

fn missing(home: &Home) -> Vec<(String, bool, bool)> {
    let list = home.missing(period(MARCH)).unwrap();
    list.offices.into_iter().map(|one| (one.name, one.enterable, one.begun)).collect()
}

fn text(sheet: &EntrySheet, target: &str) -> String {
    let mut rows = sheet.groups.iter().flat_map(|group| &group.rows);
    rows.find(|row| row.target == target).unwrap().boxes[0].text.clone()
}

fn arrive(district: &mut District, file: PathBuf) -> ArrivedFile {
    let mut arrived = district.hub.receive_at_desk(&[file], &mut |_, _| true).unwrap();
    assert_eq!(arrived.len(), 1);
    arrived.remove(0)
}

fn standing(district: &District) -> (bool, bool) {
    let office = district.hub.status(period(MARCH)).unwrap().offices.swap_remove(1);
    (office.reported, office.stand_in)
}

#[test]
fn a_hub_enters_checks_and_files_for_an_office_whose_own_takes_its_place() {
    let mut district = District::new(2);
    let absent = |name: &str, begun: bool| (name.to_owned(), true, begun);
    assert_eq!(
        missing(&district.hub),
        [absent(NAMES[0], false), absent(NAMES[1], false), absent("本级", false)]
    );

    // Its sheet is its own: neither 本级's nor another office's.
    let sheet = district.hub.entry_sheet(wanted()).unwrap();
    assert!(sheet.overtaken.is_none() && !sheet.correction);
    let refused = district.hub.sending(wanted()).unwrap();
    assert_eq!(refused.refused.unwrap().code, "nothing_filled_in");
    district.hub.save_cells(wanted(), &paper("7")).unwrap();
    assert_eq!(text(&district.hub.entry_sheet(wanted()).unwrap(), COUNT), "7");
    let others = ReturnOf { office: Some(office_id(0).to_string()), ..wanted() };
    assert_eq!(text(&district.hub.entry_sheet(others).unwrap(), COUNT), "");
    assert!(district.hub.save_cells(own(), &[edit(COUNT, "value", "1")]).is_err(), "本级 has no such box");
    assert_eq!(missing(&district.hub)[1], absent(NAMES[1], true));

    // Without the scan nothing is signed, and both screens say so.
    let checks = district.hub.checks(wanted()).unwrap();
    assert_eq!((checks.open, checks.passed, checks.lacking.unwrap().code.as_str()), (0, false, "no_scan"));
    let sending = district.hub.sending(wanted()).unwrap();
    assert_eq!(
        (sending.refused.unwrap().code.as_str(), sending.mend_at.as_deref()),
        ("no_scan", Some("entry"))
    );
    let refused = district.hub.file_return(wanted(), &sign_off(), PASSPHRASE);
    assert!(matches!(refused, Err(Error::NoScan)), "{refused:?}");
    assert!(matches!(district.hub.declare_nil(wanted(), true), Err(Error::NilStandIn)));

    enter(&mut district, "7");
    assert!(district.hub.checks(wanted()).unwrap().passed);
    let sending = district.hub.sending(wanted()).unwrap();
    assert!(sending.refused.is_none() && sending.warning.is_none());
    assert_eq!(sending.filled_by, "", "the names are those on the paper, not the hub's");
    let wrong = district.hub.file_return(wanted(), &sign_off(), "不是这个口令");
    assert!(matches!(wrong, Err(Error::WrongPassphrase)));
    let filed = district.hub.file_return(wanted(), &sign_off(), PASSPHRASE).unwrap();
    assert!(filed.message.what.contains("代录"), "{}", filed.message.what);

    // It counts, and is marked wherever it is seen.
    assert_eq!(standing(&district), (true, true));
    assert_eq!(district.actual(MARCH, COUNT).as_deref(), Some("7"));
    assert_eq!(missing(&district.hub).len(), 2);
    let sending = district.hub.sending(wanted()).unwrap();
    assert_eq!((sending.current.as_deref(), sending.filled_by.as_str()), (Some(filed.digest.as_str()), "甲"));
    assert_eq!(sending.sent[0].verdict, "已入账");
    assert_eq!(
        (sending.period.state, sending.period.state_label.as_str()),
        (PeriodState::Accepted, "已入账")
    );
    let line = district.hub.receiving(period(MARCH)).unwrap().returns.remove(0);
    assert!(line.stand_in && line.counted);
    let opened = district.hub.open_return(&filed.digest).unwrap();
    assert_eq!(opened.scans.iter().map(|file| file.label.as_str()).collect::<Vec<_>>(), ["盖章报表.pdf"]);
    assert_eq!(opened.refused.unwrap().code, "stand_in");
    let office = office_id(1).to_string();
    let entry = district.hub.entry_behind(period(MARCH), STOCK, &office).unwrap();
    assert!(entry.source.unwrap().stand_in);
    assert_eq!(entry.evidence.len(), 1, "whoever looks at any of its figures finds the scan");
    assert_eq!(entry.history[0].verdict, "代录，已入账");
    let matrix = district.hub.matrix(period(MARCH)).unwrap();
    assert!(matrix.offices.iter().find(|one| one.id == office).unwrap().stand_in);

    // The office's own return takes its place, and what differs is listed.
    let mine = district.report(1, MARCH, "8", "own").path;
    let arrived = arrive(&mut district, mine);
    assert_eq!(arrived.group, "corrected");
    assert!(arrived.details[0].contains("代录"), "{:?}", arrived.details);
    assert!(arrived.details.contains(&format!("{COUNT} 新增项目：7 个 → 8 个")), "{:?}", arrived.details);
    assert_eq!(standing(&district), (true, false));
    assert_eq!(district.actual(MARCH, COUNT).as_deref(), Some("8"));
    let opened = district.hub.open_return(&arrived.digest.unwrap()).unwrap();
    assert!(opened.over_stand_in && opened.scans.is_empty() && opened.refused.is_none());
    let before = opened.chapters[0].rows.iter().find(|row| row.target == COUNT).unwrap().before.clone();
    assert_eq!(before.as_deref(), Some("7 个"));
    let entry = district.hub.entry_behind(period(MARCH), COUNT, &office).unwrap();
    let versions: Vec<_> =
        entry.history.iter().map(|one| (one.figures.as_str(), one.verdict.as_str())).collect();
    assert_eq!(versions, [("8 个", "已接收"), ("7 个", "代录，已有该单位自己的报表")]);

    // From then on there is nothing to enter, and nothing pushes the office's own away.
    let sheet = district.hub.entry_sheet(wanted()).unwrap();
    assert_eq!(sheet.overtaken.unwrap().code, "own_return_counts");
    let sending = district.hub.sending(wanted()).unwrap();
    assert_eq!(
        (sending.refused.unwrap().code.as_str(), sending.mend_at.as_deref()),
        ("own_return_counts", Some("receiving"))
    );
    assert_eq!(sending.sent[0].verdict, "已有该单位自己的报表");
}

#[test]
fn an_offices_own_figures_are_never_taken_into_a_sheet_for_it() {
    let mut district = District::new(2);
    let mine = district.report(1, MARCH, "8", "own").path;
    arrive(&mut district, mine);
    let sheet = district.hub.entry_sheet(wanted()).unwrap();
    assert_eq!(text(&sheet, COUNT), "");
    assert!(sheet.overtaken.is_some());
}

#[test]
fn only_a_hub_enters_for_others_and_only_for_offices_of_its_plan() {
    let mut district = District::new(2);
    let refused = district.offices[0].entry_sheet(wanted());
    assert!(matches!(refused, Err(Error::HubOnly)), "{refused:?}");
    let refused = district.offices[0].file_return(period(MARCH), &sign_off(), PASSPHRASE);
    assert!(matches!(refused, Err(Error::HubOnly)), "{refused:?}");
    for nobody in ["u77", "../own", ""] {
        let of = || ReturnOf { office: Some(nobody.to_owned()), ..wanted() };
        assert!(matches!(district.hub.entry_sheet(of()), Err(Error::UnknownOffice { .. })), "{nobody}");
        assert!(matches!(district.hub.checks(of()), Err(Error::UnknownOffice { .. })), "{nobody}");
        assert!(matches!(district.hub.sending(of()), Err(Error::UnknownOffice { .. })), "{nobody}");
    }
}

#[test]
fn entered_once_more_it_corrects_itself_and_a_locked_month_waits() {
    let mut district = District::new(2);
    enter(&mut district, "7");
    district.hub.file_return(wanted(), &sign_off(), PASSPHRASE).unwrap();
    let mended = [edit(COUNT, "value", "9"), edit(COUNT, "explanation", "看错了一行")];
    district.hub.save_cells(wanted(), &mended).unwrap();
    let sheet = district.hub.entry_sheet(wanted()).unwrap();
    assert!(sheet.correction);
    assert_eq!(sheet.period.state, PeriodState::Changed);
    let filed = district.hub.file_return(wanted(), &sign_off(), PASSPHRASE).unwrap();
    assert_eq!((filed.seq, district.actual(MARCH, COUNT).as_deref()), (2, Some("9")));
    let opened = district.hub.open_return(&filed.digest).unwrap();
    assert_eq!((opened.corrects, opened.over_stand_in), (Some(1), false));
    let verdicts: Vec<_> =
        district.hub.sending(wanted()).unwrap().sent.into_iter().map(|one| one.verdict).collect();
    assert_eq!(verdicts, ["已入账", "已更正"]);

    district.hub.lock(period(MARCH), "").unwrap();
    let late = [edit(COUNT, "value", "10"), edit(COUNT, "explanation", "又补一个")];
    district.hub.save_cells(wanted(), &late).unwrap();
    assert_eq!(district.hub.sending(wanted()).unwrap().warning.unwrap().code, "locked");
    let filed = district.hub.file_return(wanted(), &sign_off(), PASSPHRASE).unwrap();
    assert!(filed.message.next.contains("解锁"), "{}", filed.message.next);
    assert_eq!(district.actual(MARCH, COUNT).as_deref(), Some("9"));
    assert_eq!(district.hub.sending(wanted()).unwrap().sent[0].verdict, "待解锁");
    district.hub.unlock_period(period(MARCH), "补报").unwrap();
    assert_eq!(district.actual(MARCH, COUNT).as_deref(), Some("10"));
}

#[test]
fn the_hubs_own_return_counts_where_it_is_and_waits_for_no_receipt() {
    let mut district = District::new(1);
    let cells = [edit(OFFICIAL, "rate", "5.6"), edit("1-1-04", "stage", "开工")];
    let sheet = district.hub.entry_sheet(own()).unwrap();
    let rows: Vec<_> =
        sheet.groups.iter().flat_map(|group| &group.rows).map(|row| row.target.as_str()).collect();
    assert!(rows.contains(&OFFICIAL), "{rows:?}");
    let cells: Vec<CellEdit> =
        cells.into_iter().filter(|cell| rows.contains(&cell.target.as_str())).collect();
    district.hub.save_cells(own(), &cells).unwrap();
    let checks = district.hub.checks(own()).unwrap();
    assert!(checks.lacking.is_none() && checks.passed, "{:?}", checks.targets);
    let filed = district.hub.file_return(own(), &sign_off(), PASSPHRASE).unwrap();
    assert!(filed.message.what.starts_with("本级"), "{}", filed.message.what);
    let opened = district.hub.open_return(&filed.digest).unwrap();
    assert_eq!(opened.refused.unwrap().code, "own_return", "nobody sends cells back to oneself");
    assert_eq!(opened.line.state_label, "已入账");
    let sending = district.hub.sending(own()).unwrap();
    assert_eq!((sending.sent[0].verdict.as_str(), sending.filled_by.as_str()), ("已入账", "甲"));
    assert_eq!(sending.period.state_label, "已入账");
    assert_eq!(district.actual(MARCH, OFFICIAL).as_deref(), Some("5.6"));
    assert_eq!(missing(&district.hub).len(), 1);
    let again = district.hub.file_return(own(), &sign_off(), PASSPHRASE).unwrap();
    assert_eq!(again.seq, filed.seq, "unchanged, it is not signed anew");
}

#[test]
fn one_that_is_filed_late_is_marked_as_both() {
    let mut district = District::new(2);
    district.clock.turn_to("2024-04-10");
    enter(&mut district, "7");
    district.hub.file_return(wanted(), &sign_off(), PASSPHRASE).unwrap();
    let said =
        format!("{:?}", district.hub.bulletin(period(MARCH), app::screens::analysis::Theme::Light).unwrap());
    assert!(said.contains("迟报（4月10日），代录"), "{said}");
}
