//! Saving: what it answers, what it leaves alone, and what became of figures that came back.

use app::Error;
use app::screens::PeriodState;
use app::screens::entry::{CellEdit, EntrySheet, Saved};
use app::send_back::SentBack;
use model::plan::{Assignee, Assignment};
use testkit::plan::{COUNT, GROWTH, MILESTONE, NAMES, OFFICIAL, target_id};
use testkit::{dump, period};

use super::{LARGE, MARCH, RELATIVE, SHARE, codes, district, edit, export, fill_all, row, rows, save};

/// What the screen does with what saving answers.
fn patched(mut sheet: EntrySheet, edits: &[CellEdit], saved: &Saved) -> EntrySheet {
    for row in sheet.groups.iter_mut().flat_map(|group| &mut group.rows) {
        for edit in edits.iter().filter(|edit| edit.target == row.target) {
            let text = match edit.field.as_str() {
                "not_applicable" => &mut row.not_applicable,
                "note" => &mut row.note,
                "explanation" => &mut row.explanation,
                field => &mut row.boxes.iter_mut().find(|one| one.field == field).unwrap().text,
            };
            text.clone_from(&edit.text);
        }
        if let Some(standing) = saved.standings.iter().find(|one| one.target == row.target) {
            row.standing = standing.clone();
        }
    }
    sheet.counts = saved.counts;
    sheet.nil_refused.clone_from(&saved.nil_refused);
    sheet.saved = Some(saved.at.clone()).filter(|at| !at.is_empty());
    sheet
}

#[test]
fn saving_answers_with_exactly_what_changed() {
    let mut district = district();
    fill_all(&mut district.offices[0], "2024-02", "6");
    export(&mut district, "2024-02");
    let boxes = [
        (COUNT, "value"),
        (LARGE, "value"),
        (GROWTH, "current"),
        (GROWTH, "base"),
        (RELATIVE, "current"),
        (RELATIVE, "base"),
        (SHARE, "numerator"),
        (SHARE, "denominator"),
        (MILESTONE, "stage"),
        (COUNT, "not_applicable"),
        (COUNT, "explanation"),
        (LARGE, "note"),
    ];
    let texts = [
        "",
        "0",
        "7",
        "8",
        "30",
        "１２．５",
        "107",
        "109",
        "-3",
        "约5",
        "开工",
        "建成",
        "9999999999999999999",
        " ",
    ];
    let mut seed = 1u64;
    let mut draw = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    let mut others = 0;
    let mut sheet = district.offices[0].entry_sheet(period(MARCH)).unwrap();
    for round in 0..400 {
        let edits: Vec<_> = (0..=draw(3))
            .map(|_| {
                let (target, field) = boxes[draw(boxes.len())];
                edit(target, field, texts[draw(texts.len())])
            })
            .collect();
        let saved = district.offices[0].save_cells(period(MARCH), &edits).unwrap();
        for standing in &saved.standings {
            assert_ne!(standing, &row(&sheet, &standing.target).standing, "round {round}: it is as it was");
            others += usize::from(edits.iter().all(|edit| edit.target != standing.target));
        }
        let mut expected = patched(sheet, &edits, &saved);
        // A home that was just opened knows nothing but what is on disk.
        let dir = district.offices[0].dir().to_owned();
        let mut fresh = if round % 20 == 0 { Some(district.reopen(&dir)) } else { None };
        let home = fresh.as_mut().unwrap_or(&mut district.offices[0]);
        sheet = home.entry_sheet(period(MARCH)).unwrap();
        expected.period = sheet.period.clone();
        assert_eq!(sheet, expected, "round {round}: {edits:?}");
    }
    assert!(others > 10, "targets that look at others changed with them: {others}");
}

#[test]
fn a_text_that_stands_there_already_is_no_change() {
    let mut district = district();
    fill_all(&mut district.offices[0], MARCH, "10");
    export(&mut district, MARCH);
    let home = &mut district.offices[0];
    let before = dump(home.dir());
    let saved = save(home, MARCH, &[(COUNT, "value", "10"), (COUNT, "value", "11"), (COUNT, "value", "10")]);
    assert!(saved.standings.is_empty());
    assert_eq!(dump(home.dir()), before);
    assert_eq!(home.entry_sheet(period(MARCH)).unwrap().period.state, PeriodState::Exported);
}

#[test]
fn one_bad_edit_saves_none() {
    let mut district = district();
    let home = &mut district.offices[0];
    for bad in [
        edit("9-9-99", "value", "1"),
        edit(COUNT, "pages", "1"),
        edit(COUNT, "evidence", "1"),
        edit(OFFICIAL, "rate", "5"),
    ] {
        let failed = home.save_cells(period(MARCH), &[edit(COUNT, "value", "4"), bad.clone()]);
        assert!(
            matches!(failed, Err(Error::UnknownTarget(_) | Error::UnknownField(_))),
            "{bad:?}: {failed:?}"
        );
    }
    let sheet = home.entry_sheet(period(MARCH)).unwrap();
    assert_eq!(row(&sheet, COUNT).boxes[0].text, "");
    assert_eq!(sheet.saved, None);
}

#[test]
fn what_another_program_writes_is_seen_and_never_undone() {
    let mut district = district();
    let dir = district.offices[0].dir().to_owned();
    save(&mut district.offices[0], MARCH, &[(COUNT, "value", "7")]);
    let mut other = district.reopen(&dir);
    save(&mut other, MARCH, &[(LARGE, "value", "9"), (COUNT, "note", "另一个窗口写的")]);
    let home = &mut district.offices[0];
    let saved = save(home, MARCH, &[(COUNT, "value", "8")]);
    assert_eq!(saved.counts.filled, 2, "both are there");
    let sheet = home.entry_sheet(period(MARCH)).unwrap();
    assert_eq!(row(&sheet, COUNT).note, "另一个窗口写的");
    assert_eq!(codes(&row(&sheet, LARGE).standing), ["exceeds_other"]);
    // A plan that arrives is another state of the ledger too.
    let mut plan = district.hub.plan().unwrap();
    plan.targets[0].name = "改了名".to_owned();
    district.hub.replace_draft(&plan).unwrap();
    let issued = district.issue();
    district.receive_at(0, &issued);
    let sheet = district.offices[0].entry_sheet(period(MARCH)).unwrap();
    assert_eq!(row(&sheet, COUNT).name, "改了名");
}

#[test]
fn a_returned_cell_shows_its_reason_and_a_correction_what_it_replaces() {
    let mut district = district();
    fill_all(&mut district.offices[0], MARCH, "10");
    let file = export(&mut district, MARCH);
    district.receive(&file);
    let cell = SentBack { target: COUNT, field: None, reason: "与现场核查不一致，请核实" };
    district.hub.send_back(NAMES[0], period(MARCH), &[cell]).unwrap();
    district.clock.turn_to("2024-04-02");
    district.answer(0, "receipts");
    let home = &mut district.offices[0];
    let sheet = home.entry_sheet(period(MARCH)).unwrap();
    assert_eq!((sheet.period.state, sheet.correction), (PeriodState::Returned, true));
    let returned = row(&sheet, COUNT).returned.clone().unwrap();
    assert_eq!(
        (
            returned.reason.as_str(),
            returned.field.as_str(),
            returned.figure.as_str(),
            returned.day.as_str(),
            returned.mended
        ),
        ("与现场核查不一致，请核实", "累计完成", "10 个", "4月2日", false)
    );
    assert_eq!(row(&sheet, LARGE).returned, None);
    assert_eq!(row(&sheet, LARGE).replaced.as_deref(), Some("3"));
    save(home, MARCH, &[(COUNT, "value", "9"), (LARGE, "value", "4"), (LARGE, "explanation", "")]);
    let sheet = home.entry_sheet(period(MARCH)).unwrap();
    assert!(row(&sheet, COUNT).returned.as_ref().unwrap().mended);
    assert_eq!(codes(&row(&sheet, COUNT).standing), Vec::<&str>::new(), "mending wants no explanation");
    assert_eq!(codes(&row(&sheet, LARGE).standing), ["corrected"]);
    let what = &row(&sheet, LARGE).standing.findings[0].message.what;
    assert!(what.contains("原值 3 个") && what.contains("新值 4 个"), "{what}");
    save(home, MARCH, &[(LARGE, "explanation", "漏报一个")]);
    district.export(0, MARCH, "stick");
    let history = district.offices[0].cell_history(LARGE, None).unwrap();
    let said: Vec<_> = history
        .versions
        .iter()
        .map(|one| {
            (
                one.seq,
                one.figures.as_str(),
                one.replaced.as_deref(),
                one.verdict.as_str(),
                one.explanation.as_str(),
            )
        })
        .collect();
    assert_eq!(said, [(2, "4 个", Some("3 个"), "", "漏报一个"), (1, "3 个", None, "已接收", "核对过")]);
    let counted = district.offices[0].cell_history(COUNT, None).unwrap();
    assert_eq!((counted.versions[1].verdict.as_str(), counted.versions[1].period.as_str()), ("退回", "3月"));
}

#[test]
fn what_was_typed_for_a_target_taken_away_can_be_cleared() {
    let mut district = district();
    save(&mut district.offices[0], MARCH, &[(LARGE, "value", "3")]);
    let mut plan = district.hub.plan().unwrap();
    plan.assignments.retain(|one| one.target.as_str() != LARGE);
    plan.assignments.push(Assignment {
        target: target_id(LARGE),
        to: Assignee::Office(model::id::OfficeId::own()),
        quota: None,
    });
    district.hub.replace_draft(&plan).unwrap();
    let issued = district.issue();
    assert_eq!(district.receive_at(0, &issued), ["plan"]);
    let home = &mut district.offices[0];
    let sheet = home.entry_sheet(period(MARCH)).unwrap();
    assert_eq!((codes(&row(&sheet, LARGE).standing), row(&sheet, LARGE).due), (vec!["unassigned"], false));
    let saved = save(home, MARCH, &[(LARGE, "value", "")]);
    assert_eq!(codes(&saved.standings[0]), Vec::<&str>::new());
    assert!(rows(&home.entry_sheet(period(MARCH)).unwrap()).all(|row| row.target != LARGE));
}
