//! What offices report and what becomes of it at the hub: the four states, carried figures, quarters, corrections.

use app::check::Finding;
use app::{Error, Field, words};
use model::check::Issue;
use testkit::plan::{COUNT, GROWTH, MILESTONE, OFFICIAL, QUARTERLY, STOCK, office_id, target_id};
use testkit::{District, PASSPHRASE, period, sign_off, taken};

fn enter(district: &mut District, office: usize, month: &str, target: &str, boxes: &[(Field, &str)]) {
    let sheet = district.offices[office].sheet(period(month), None).unwrap();
    let boxes: Vec<_> = boxes.iter().map(|(field, text)| (*field, (*text).to_owned())).collect();
    district.offices[office].enter(&sheet, target, &boxes).unwrap();
}

fn set_nil(district: &mut District, office: usize, month: &str) {
    let sheet = district.offices[office].sheet(period(month), None).unwrap();
    district.offices[office].set_nil(&sheet, true).unwrap();
}

fn blocked(district: &mut District, office: usize, month: &str) -> Vec<Finding> {
    let to = district.at("blocked");
    let home = &mut district.offices[office];
    let sheet = home.sheet(period(month), None).unwrap();
    match home.export(&sheet, &sign_off(), PASSPHRASE, &to) {
        Err(Error::Blocked(findings)) => findings,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_nil_return_repeats_what_was_last_accepted() {
    let mut district = District::new(3);
    district.report(2, "2024-02", "10", "1");
    set_nil(&mut district, 2, "2024-03");
    district.export(2, "2024-03", "2");
    for folder in ["1", "2"] {
        let file = district.at(folder);
        district.receive(&file);
    }
    let count = district.status("2024-03", COUNT);
    assert_eq!((count.actual.as_deref(), count.reported, count.carried), (Some("10"), 1, 0));
    assert_eq!(district.actual("2024-03", STOCK).as_deref(), Some("101"));
    // Never reported before: nothing was added to nothing.
    assert_eq!(district.actual("2024-03", QUARTERLY).as_deref(), Some("0"));
    let office = &district.hub.status(period("2024-03")).unwrap().offices[2];
    assert!(office.reported && office.nil);
    // Taken back and filled in, it is a correction like any other.
    let sheet = district.offices[2].sheet(period("2024-03"), None).unwrap();
    district.offices[2].set_nil(&sheet, false).unwrap();
    let corrected = district.report(2, "2024-03", "13", "3").path;
    assert_eq!(district.receive(&corrected), ["accepted"]);
    assert_eq!(district.actual("2024-03", COUNT).as_deref(), Some("13"));
}

#[test]
fn a_nil_return_is_refused_while_a_rate_is_due() {
    let mut district = District::new(1);
    set_nil(&mut district, 0, "2024-03");
    let findings = blocked(&mut district, 0, "2024-03");
    assert!(findings.iter().any(|finding| finding.issue == Issue::NilWhileRateDue), "{findings:?}");
    assert!(!district.at("blocked").exists());
}

#[test]
fn figures_are_carried_except_rates_and_the_coverage_says_so() {
    let mut district = District::new(3);
    for (at, month, count) in
        [(0, "2024-02", "5"), (1, "2024-02", "6"), (0, "2024-03", "10"), (2, "2024-03", "9")]
    {
        let file = district.report(at, month, count, &format!("{at}-{month}")).path;
        district.receive(&file);
    }
    let count = district.status("2024-03", COUNT);
    assert_eq!(count.actual.as_deref(), Some("25"), "10 + 6 of February + 9");
    assert_eq!((count.reported, count.assigned, count.carried, count.partial), (2, 3, 1, true));
    assert!(count.explanation.contains("按 2/3 家汇总，含 1 家上期数，未报齐"), "{}", count.explanation);
    let growth = district.status("2024-03", GROWTH);
    assert_eq!(growth.actual.as_deref(), Some("7"), "only the office with both amounts this period");
    assert_eq!((growth.reported, growth.assigned, growth.carried), (1, 2, 0));
    let february = district.status("2024-02", COUNT);
    assert_eq!((february.actual.as_deref(), february.reported), (Some("11"), 2), "nothing is carried back");
    // A new year starts from nothing; here, the first period does.
    let milestone = district.status("2024-02", MILESTONE);
    assert_eq!(milestone.actual.as_deref(), Some("开工"));
}

#[test]
fn zero_missing_and_not_applicable_are_three_things() {
    let mut district = District::new(3);
    for at in 0..3 {
        district.fill(at, "2024-02", "0");
    }
    let reason = (Field::NotApplicable, "辖区没有此项");
    enter(&mut district, 1, "2024-02", COUNT, &[(Field::Value, ""), reason]);
    for at in 0..2 {
        let file = district.export(at, "2024-02", &format!("{at}")).path;
        assert_eq!(district.receive(&file), ["accepted"]);
    }
    let count = district.status("2024-02", COUNT);
    assert_eq!(count.actual.as_deref(), Some("0"), "nought is a figure");
    assert_eq!((count.reported, count.assigned), (1, 2), "what does not apply leaves the denominator");
    assert!(count.explanation.contains("1 家不适用"), "{}", count.explanation);
    // 未填 is neither: it keeps the return at home.
    enter(&mut district, 2, "2024-02", COUNT, &[(Field::Value, "")]);
    let findings = blocked(&mut district, 2, "2024-02");
    let missing = |finding: &Finding| {
        finding.issue == Issue::Missing && finding.target.as_ref().is_some_and(|id| id.as_str() == COUNT)
    };
    assert!(findings.iter().any(missing), "{findings:?}");
    // A reason beside a figure is a contradiction, an empty reason none.
    enter(&mut district, 2, "2024-02", COUNT, &[(Field::Value, "3"), reason]);
    assert_eq!(blocked(&mut district, 2, "2024-02")[0].issue, Issue::AnsweredTwice);
}

#[test]
fn a_quarterly_target_shows_its_last_quarter_in_between() {
    let mut district = District::new(2);
    for month in ["2024-02", "2024-03", "2024-04", "2024-05"] {
        for at in 0..2 {
            let file = district.report(at, month, "10", &format!("{at}-{month}")).path;
            district.receive(&file);
        }
    }
    let before = district.status("2024-02", QUARTERLY);
    assert_eq!((before.period, before.lamp), (None, None), "not due before March");
    let may = district.status("2024-05", QUARTERLY);
    assert_eq!(may.period.as_deref(), Some("2024-03"));
    assert_eq!((may.actual.as_deref(), may.reported), (Some("10"), 2));
    assert_eq!(may.expected.as_deref(), Some("10"), "a quarter of 40, by March");
}

#[test]
fn a_returned_cell_is_excluded_until_it_is_mended() {
    let mut district = District::new(2);
    for (month, counts) in [("2024-02", ["5", "6"]), ("2024-03", ["50", "12"])] {
        for (at, count) in counts.iter().enumerate() {
            let file = district.report(at, month, count, &format!("{at}-{month}")).path;
            district.receive(&file);
        }
    }
    let sent_back = |target, reason| app::send_back::SentBack { target, field: None, reason };
    let hub = &mut district.hub;
    let none = hub.send_back("东街道", period("2024-03"), &[sent_back(COUNT, "  ")]);
    assert!(matches!(none, Err(Error::NoReason)));
    let none = hub.send_back("东街道", period("2024-03"), &[sent_back(OFFICIAL, "不对")]);
    assert!(matches!(none, Err(Error::NoEntry(_))));
    let cells = [sent_back(COUNT, "与现场不符"), sent_back(GROWTH, "同期数请核对")];
    hub.send_back("东街道", period("2024-03"), &cells).unwrap();
    let count = district.status("2024-03", COUNT);
    assert_eq!(count.actual.as_deref(), Some("17"), "5 of February stands in for 50; 12 counts");
    assert_eq!((count.reported, count.carried), (1, 1));
    assert_eq!(district.status("2024-03", GROWTH).reported, 1);
    assert_eq!(district.actual("2024-03", STOCK).as_deref(), Some("202"), "the other cells count");

    let to = district.at("receipts");
    let receipt = district.hub.send_receipts(Some("东街道"), PASSPHRASE, &to).unwrap()[0].1.path.clone();
    let received = taken(&mut district.offices[0], &receipt);
    let plan = district.hub.plan().unwrap();
    let said = words::verdict(&plan, &received[0].verdict).1.what;
    assert!(said.contains("退回 2 格"), "{said}");
    let sheet = district.offices[0].sheet(period("2024-03"), None).unwrap();
    let reasons: Vec<_> =
        district.offices[0].check(&sheet).unwrap().returned.into_iter().map(|cell| cell.reason).collect();
    assert_eq!(reasons, ["与现场不符", "同期数请核对"], "the office reads why");

    district.clock.advance(60);
    district.fill(0, "2024-03", "11");
    // What the hub returned was no accepted figure, so mending it wants no explanation.
    enter(&mut district, 0, "2024-03", COUNT, &[(Field::Explanation, "")]);
    let mended = district.export(0, "2024-03", "mended");
    assert_eq!(mended.seq, 3);
    assert_eq!(district.receive(&mended.path), ["accepted"]);
    let count = district.status("2024-03", COUNT);
    assert_eq!((count.actual.as_deref(), count.reported, count.carried), (Some("23"), 2, 0));
    assert_eq!(district.status("2024-03", GROWTH).reported, 2);
}

#[test]
fn a_correction_shows_the_old_and_the_new_value_and_wants_its_reason() {
    let mut district = District::new(1);
    let first = district.report(0, "2024-03", "10", "1").path;
    district.receive(&first);
    enter(&mut district, 0, "2024-03", COUNT, &[(Field::Value, "12"), (Field::Explanation, "")]);
    let findings = blocked(&mut district, 0, "2024-03");
    let corrected = findings.iter().find(|one| matches!(one.issue, Issue::Corrected { .. })).unwrap();
    let plan = district.hub.plan().unwrap();
    let said = words::finding(&plan, corrected).what;
    assert!(said.contains("10 个") && said.contains("12 个"), "{said}");
    enter(&mut district, 0, "2024-03", COUNT, &[(Field::Explanation, "上次漏统两个")]);
    let second = district.export(0, "2024-03", "2").path;
    assert_eq!(district.receive(&second), ["accepted"]);
    assert_eq!(district.actual("2024-03", COUNT).as_deref(), Some("12"));

    // The hub keeps both, with the reason beside the new one.
    let ledger = ledger::Ledger::open(&district.hub.dir().join("ledger.db")).unwrap();
    let history = ledger.read(|tx| tx.cell_history(&office_id(0), &target_id(COUNT))).unwrap();
    let said: Vec<_> = history.iter().map(|one| (one.seq, one.counted, one.explanation.as_str())).collect();
    assert_eq!(said, [(1, false, "说明"), (2, true, "上次漏统两个")]);
}

#[test]
fn the_hub_publishes_what_the_parts_do_not_add_up_to() {
    let mut district = District::new(1);
    let sheet = district.hub.sheet(period("2024-03"), None).unwrap();
    district.hub.enter(&sheet, OFFICIAL, &[(Field::Rate, "5.96".to_owned())]).unwrap();
    let to = district.at("own");
    let sent = district.hub.export(&sheet, &sign_off(), PASSPHRASE, &to).unwrap();
    let official = district.status("2024-03", OFFICIAL);
    assert_eq!((official.actual.as_deref(), official.lamp), (Some("5.96"), Some("green")));
    assert_eq!((official.reported, official.assigned), (1, 1));
    // It is an ordinary bundle of the hub's own, and archived like one.
    assert_eq!(district.receive(&sent.path), ["duplicate"]);

    // An office has no say in it.
    district.fill(0, "2024-03", "10");
    enter(&mut district, 0, "2024-03", OFFICIAL, &[(Field::Rate, "9")]);
    let findings = blocked(&mut district, 0, "2024-03");
    assert!(findings.iter().any(|finding| finding.issue == Issue::Unassigned), "{findings:?}");
}
