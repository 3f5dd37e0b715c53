//! Sheets that start from what was reported, and rows that say what consolidation says.

use app::screens::PeriodState;
use app::screens::entry::CellState;
use rust_decimal::Decimal;
use testkit::plan::{COUNT, MILESTONE};
use testkit::{District, PASSPHRASE, period, sign_off};

use super::{row, rows, save};

#[test]
fn a_correction_starts_from_what_was_reported_after_the_ledger_was_lost() {
    let (mut district, receipt) = District::gone_back();
    let office = &mut district.offices[0];
    assert_eq!(office.office_home(None).unwrap().notices[0].message.code, "catch_up_first");
    district.receive_at(0, &receipt);
    // The backup knew February's return; what it did not know comes with the receipt.
    let mut district = District::new(1);
    let backup = district.at("backup");
    let empty = district.offices[0].back_up(&backup).unwrap();
    district.report(0, "2024-02", "5", "stick");
    district.receive(&district.at("stick"));
    let receipt = district.answer(0, "receipts");
    district.offices[0] = district.restore(&empty);
    district.receive_at(0, &receipt);
    let home = &mut district.offices[0];
    let sheet = home.entry_sheet(period("2024-02")).unwrap();
    assert_eq!(row(&sheet, COUNT).boxes[0].text, "5");
    assert_eq!(row(&sheet, MILESTONE).boxes[0].text, "开工");
    assert_eq!((row(&sheet, COUNT).replaced.as_deref(), sheet.correction), (Some("5"), true));
    assert_eq!(
        sheet.period.state,
        PeriodState::Accepted,
        "nothing was typed since: {}",
        sheet.period.state_label
    );
    assert_eq!(row(&sheet, COUNT).standing.findings.len(), 0);
    save(home, "2024-02", &[(COUNT, "value", "6"), (COUNT, "explanation", "少报一个")]);
    let again = district.export(0, "2024-02", "again");
    assert_eq!((again.seq, again.again), (2, false));
    district.receive(&again.path);
    assert_eq!(district.actual("2024-02", COUNT).as_deref(), Some("6"));
}

#[test]
fn an_unchanged_return_whose_file_was_lost_is_signed_anew() {
    let mut district = District::new(1);
    let backup = district.at("backup");
    let empty = district.offices[0].back_up(&backup).unwrap();
    district.report(0, "2024-02", "5", "stick");
    district.receive(&district.at("stick"));
    let receipt = district.answer(0, "receipts");
    district.offices[0] = district.restore(&empty);
    district.receive_at(0, &receipt);
    let sheet = district.offices[0].sheet(period("2024-02"), None).unwrap();
    let to = district.at("again");
    let again = district.offices[0].export(&sheet, &sign_off(), PASSPHRASE, &to).unwrap();
    assert_eq!((again.seq, again.again), (2, false));
    assert_eq!(district.receive(&again.path), ["accepted"]);
}

/// The rows of the demonstration's office say what its own consolidation and a pocket calculator say.
#[test]
fn rows_say_what_consolidation_says_of_the_same_figures() {
    let root = tempfile::tempdir().unwrap();
    app::demo::office::prepare(root.path(), &mut |_, _| true).unwrap();
    let mut home = app::demo::office::open(root.path()).unwrap();
    let (mut lamps, mut divided) = (0, 0);
    for month in ["2024-02", "2024-03", "2024-04"] {
        let sheet = home.entry_sheet(period(month)).unwrap();
        let status = home.status(period(month)).unwrap();
        for row in rows(&sheet).filter(|row| row.due && row.standing.state != CellState::NotApplicable) {
            let told = status.targets.iter().find(|one| one.code == row.target).unwrap();
            let standing = &row.standing;
            let lit = standing.lamp.as_ref().map(|lamp| lamp.code.as_str());
            assert_eq!(lit, told.lamp.filter(|_| row.judged), "{month} {}", row.target);
            lamps += usize::from(lit.is_some());
            let shared = standing.explanation.split('；').next().unwrap();
            assert!(
                told.explanation.starts_with(shared),
                "{month} {}: {shared} / {}",
                row.target,
                told.explanation
            );
            let Some(quota) =
                row.goal.split_whitespace().next().filter(|_| row.judged && row.kind == "count")
            else {
                continue;
            };
            let number = |text: &str| text.replace(',', "").parse::<Decimal>().unwrap();
            let percent = number(&row.boxes[0].text) * Decimal::from(100)
                / number(quota.trim_start_matches(['≥', '>', '约']));
            let shown = number(standing.computed.trim_end_matches('%'));
            assert!(
                (percent - shown).abs() <= Decimal::new(5, 2),
                "{month} {}: {percent} {shown}",
                row.target
            );
            divided += 1;
        }
    }
    assert!(lamps > 20 && divided > 10, "{lamps} lamps, {divided} divisions");
}
