//! What an office reads of the checks and of its hub's answers.

use std::path::PathBuf;

use app::Field;
use app::screens::Mood;
use app::screens::receipts::{JudgedReturn, Receipts};
use app::send_back::SentBack;
use testkit::plan::{COUNT, GROWTH, MILESTONE, NAMES, QUARTERLY, STOCK};
use testkit::{District, PASSPHRASE, period, taken};

#[test]
fn checks_come_in_the_order_of_the_report_with_figures_and_words() {
    let mut district = District::new(1);
    district.report(0, "2024-02", "9", "stick");
    let untouched = district.offices[0].checks(period("2024-03")).unwrap();
    assert!(!untouched.passed, "what is empty has not passed");
    let sheet = district.offices[0].sheet(period("2024-03"), None).unwrap();
    let mut enter = |target: &str, boxes: &[(Field, &str)]| {
        let boxes: Vec<_> = boxes.iter().map(|(field, text)| (*field, (*text).to_owned())).collect();
        district.offices[0].enter(&sheet, target, &boxes).unwrap();
    };
    enter(STOCK, &[(Field::Value, "十二")]);
    enter(COUNT, &[(Field::Value, "8")]);
    enter(QUARTERLY, &[(Field::Value, "5")]);
    enter(GROWTH, &[(Field::Current, "107"), (Field::Base, "")]);
    let checks = district.offices[0].checks(period("2024-03")).unwrap();
    let found: Vec<_> = checks
        .targets
        .iter()
        .map(|one| {
            let codes: Vec<_> = one.findings.iter().map(|finding| finding.message.code.as_str()).collect();
            (one.target.as_deref().unwrap(), one.figures.as_str(), codes)
        })
        .collect();
    assert_eq!(
        found,
        [
            (COUNT, "8 个", vec!["fell"]),
            (GROWTH, "107 ／ —", vec!["missing"]),
            (MILESTONE, "", vec!["missing"]),
            (STOCK, "十二 家", vec!["not_a_figure"]),
        ]
    );
    assert_eq!((checks.errors, checks.open, checks.explained, checks.passed), (3, 4, 0, false));
    assert_eq!(checks.open_words, "错误 3 处，待说明 1 处");
    // One number on every screen: what keeps the return from leaving.
    let home = district.offices[0].office_home(Some(period("2024-03"))).unwrap();
    assert_eq!(home.open_findings, checks.open);
    let step = home.steps.iter().find(|step| step.place == "checks").unwrap();
    assert_eq!(
        (step.title.as_str(), step.text.as_str()),
        ("处理审核发现的 4 处", checks.open_words.as_str())
    );
    let refused = district.offices[0].sending(period("2024-03")).unwrap().refused.unwrap();
    assert_eq!((refused.what.as_str(), &refused.next), ("有 4 处还不能报送", &checks.open_words));
    assert_eq!(checks.checked, 5);
    let fell = &checks.targets[0].findings[0];
    assert!(!fell.error && !fell.explained);
    assert!(fell.message.what.contains("9") && fell.message.what.contains("8"), "{}", fell.message.what);
    assert!(!fell.message.what.contains("新增项目"), "the name stands beside it");
    assert_eq!(checks.targets[0].chapter, "一 章");

    district.fill(0, "2024-03", "8");
    let explained = district.offices[0].checks(period("2024-03")).unwrap();
    assert_eq!((explained.errors, explained.open, explained.explained), (0, 0, 1));
    assert!(explained.passed && explained.targets[0].explanation == "说明");
}

#[test]
fn a_month_that_owes_nothing_has_not_passed_before_something_was_said() {
    let mut plan = testkit::plan::small(1);
    plan.assignments.retain(|assignment| assignment.target.as_str() == QUARTERLY);
    let mut district = District::with_plan(&plan, 1);
    let empty = district.offices[0].checks(period("2024-02")).unwrap();
    assert_eq!((empty.checked, empty.targets.len(), empty.passed), (0, 0, false));
    let sheet = district.offices[0].sheet(period("2024-02"), None).unwrap();
    district.offices[0].set_nil(&sheet, true).unwrap();
    assert!(district.offices[0].checks(period("2024-02")).unwrap().passed);
}

fn returns(view: &Receipts) -> Vec<(&str, u32, &str)> {
    view.returns.iter().map(|one| (one.period.as_str(), one.seq, one.verdict.as_str())).collect()
}

fn find(view: &Receipts, seq: u32) -> &JudgedReturn {
    view.returns.iter().find(|one| one.seq == seq).unwrap()
}

#[test]
fn a_returned_cell_is_shown_with_its_reason_until_its_correction_is_accepted() {
    let mut district = District::new(1);
    district.report(0, "2024-02", "5", "stick");
    district.report(0, "2024-03", "12", "stick");
    district.receive(&district.at("stick"));
    let cell =
        SentBack { target: COUNT, field: Some(Field::Value), reason: "与现场核查不一致，请核实" };
    district.hub.send_back(NAMES[0], period("2024-03"), &[cell]).unwrap();
    let before = district.offices[0].look_at_receipts().unwrap();
    assert_eq!(returns(&before), [("2024-03", 2, "unknown"), ("2024-02", 1, "unknown")]);
    assert!(before.receipts.is_empty());
    district.answer(0, "receipts");

    let view = district.offices[0].look_at_receipts().unwrap();
    assert_eq!(returns(&view), [("2024-03", 2, "returned"), ("2024-02", 1, "accepted")]);
    assert_eq!(view.receipts.len(), 1);
    assert!(view.receipts[0].new, "nobody had seen it");
    assert_eq!(view.receipts[0].summary, "接收 1 份，退回 1 格");
    assert!(!district.offices[0].look_at_receipts().unwrap().receipts[0].new, "now it was seen");
    let march = find(&view, 2);
    assert_eq!((march.mood, march.verdict_label.as_str()), (Mood::Warning, "退回 1 格"));
    let cell = &march.cells[0];
    assert_eq!((cell.target.as_str(), cell.field.as_str(), cell.figure.as_str()), (COUNT, "value", "12 个"));
    assert_eq!((cell.reason.as_str(), &cell.mended), ("与现场核查不一致，请核实", &None));
    assert!(!cell.touched);

    // Where the hub wants words, words mend it.
    let sheet = district.offices[0].sheet(period("2024-03"), None).unwrap();
    district.offices[0].enter(&sheet, COUNT, &[(Field::Note, "已重新核对".to_owned())]).unwrap();
    let noted = district.offices[0].look_at_receipts().unwrap();
    assert_eq!((&find(&noted, 2).cells[0].mended, find(&noted, 2).cells[0].touched), (&None, true));
    district.fill(0, "2024-03", "10");
    let mended = district.offices[0].look_at_receipts().unwrap();
    assert_eq!(find(&mended, 2).cells[0].mended.as_deref(), Some("10 个"));
    district.export(0, "2024-03", "stick");
    // What is typed after the correction went out is not what answered the hub.
    district.fill(0, "2024-03", "11");
    let corrected = district.offices[0].look_at_receipts().unwrap();
    assert_eq!(returns(&corrected)[0], ("2024-03", 3, "unknown"));
    assert_eq!((find(&corrected, 2).replaced_by, find(&corrected, 3).replaced_by), (Some(3), None));
    assert_eq!(find(&corrected, 2).cells[0].mended.as_deref(), Some("10 个"));
    district.receive(&district.at("stick"));
    district.answer(0, "receipts");
    let accepted = district.offices[0].look_at_receipts().unwrap();
    assert_eq!(returns(&accepted)[0], ("2024-03", 3, "accepted"));
    assert_eq!(find(&accepted, 2).verdict_label, "已更正");
    assert!(accepted.receipts[0].new && !accepted.receipts[1].new);
    assert_eq!(accepted.receipts.iter().map(|one| one.seq).collect::<Vec<_>>(), [2, 1]);
}

#[test]
fn what_the_hub_lacks_is_named_until_it_has_it() {
    let mut district = District::new(1);
    for (month, folder) in [("2024-02", "1"), ("2024-03", "2"), ("2024-04", "3")] {
        district.report(0, month, "5", folder);
    }
    district.receive(&district.at("1"));
    district.receive(&district.at("3"));
    district.answer(0, "receipts");
    assert_eq!(district.offices[0].look_at_receipts().unwrap().missing, [2]);
    let sent = district.offices[0].sending(period("2024-04")).unwrap().sent;
    assert_eq!(
        sent.iter().map(|one| (one.seq, one.missing)).collect::<Vec<_>>(),
        [(3, false), (2, true), (1, false)]
    );
    district.receive(&district.at("2"));
    district.answer(0, "receipts");
    assert!(district.offices[0].look_at_receipts().unwrap().missing.is_empty());
}

#[test]
fn a_new_plan_says_what_it_means_for_this_unit() {
    let mut district = District::new(2);
    let other = app::assign::To::Office(NAMES[1]);
    district.hub.assign(GROWTH, &other, Some("8")).unwrap();
    let plan = district.issue();
    let receive = |district: &mut District, plan: PathBuf| {
        district.offices[0].receive_files(&[plan], &mut |_, _| true).unwrap()
    };
    let first = receive(&mut district, plan.clone());
    assert_eq!((first[0].mood, first[0].message.code.as_str()), (Mood::Good, "plan"));
    assert_eq!(first[0].details, ["本单位要报的没有变化"], "another unit's part is not this one's");
    let again = receive(&mut district, plan);
    assert_eq!((again[0].mood, again[0].details.len()), (Mood::Info, 0));

    let own = app::assign::To::Office(NAMES[0]);
    district.hub.assign(COUNT, &own, Some("50")).unwrap();
    district.hub.unassign(MILESTONE, &own).unwrap();
    let plan = district.issue();
    let said = receive(&mut district, plan);
    assert_eq!(
        said[0].details,
        [
            "分解数变了 1-1-01 新增项目：原为 40 个，现为 50 个",
            "不再由本单位报 1-1-04 文化中心，以前报的都保留"
        ]
    );
}

#[test]
fn a_stick_that_goes_round_gives_each_unit_its_own_and_says_so() {
    let mut district = District::new(2);
    for at in 0..2 {
        district.report(at, "2024-02", "5", "stick");
    }
    district.receive(&district.at("stick"));
    let stick = district.at("stick");
    district.hub.send_receipts(None, PASSPHRASE, &stick).unwrap();
    std::fs::write(stick.join("乱码.tzb"), "不是数据包").unwrap();
    let told = district.offices[0].receive_files(std::slice::from_ref(&stick), &mut |_, _| true).unwrap();
    let of = |mood: Mood| told.iter().filter(|file| file.mood == mood).count();
    assert_eq!((of(Mood::Good), of(Mood::Error)), (1, 1), "{told:?}");
    assert_eq!(of(Mood::Info), told.len() - 2, "what is for others is passed over in silence: {told:?}");
    // Stopped while it looks or while it takes in, it takes nothing twice.
    for stop in [2, told.len() + 1] {
        let mut steps = 0;
        let stopped = district.offices[1]
            .receive_files(std::slice::from_ref(&stick), &mut |_, _| {
                steps += 1;
                steps < stop
            })
            .unwrap();
        assert!(stopped.len() < told.len(), "stopped at step {stop}");
    }
    let rest = taken(&mut district.offices[1], &stick);
    assert_eq!(rest.len(), told.len());
    assert_eq!(district.offices[1].look_at_receipts().unwrap().receipts.len(), 1);
}
