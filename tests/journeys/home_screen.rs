//! The first screen of an office: the period to work on, what to do next, and what stands in the way.

use app::screens::PeriodState;
use app::screens::entry::CellState;
use app::screens::home::{Counts, OfficeHome, Step};
use app::send_back::SentBack;
use app::{Error, Field};
use testkit::plan::{COUNT, NAMES};
use testkit::{District, period};

fn undone(home: &OfficeHome) -> Vec<(&str, &str, &str)> {
    let open = home.steps.iter().filter(|step| !step.done);
    open.map(|step| (step.place.as_str(), step.period.as_str(), step.title.as_str())).collect()
}

fn done(home: &OfficeHome) -> Vec<&str> {
    home.steps.iter().filter(|step| step.done).map(|step: &Step| step.place.as_str()).collect()
}

fn notices(home: &OfficeHome) -> Vec<&str> {
    home.notices.iter().map(|notice| notice.message.code.as_str()).collect()
}

fn states(home: &OfficeHome) -> Vec<PeriodState> {
    home.periods.iter().map(|one| one.state).collect()
}

#[test]
fn it_leads_through_a_month() {
    let mut district = District::new(1);
    let first = district.offices[0].office_home(None).unwrap();
    assert_eq!((first.period.period.as_str(), first.period.state), ("2024-02", PeriodState::Untouched));
    assert_eq!((first.office.as_str(), first.hub.as_str(), first.year), (NAMES[0], "测试新区", 2024));
    assert_eq!(undone(&first)[0], ("entry", "2024-02", "填报 4 项"));
    assert_eq!(undone(&first).len(), 4);
    assert_eq!((first.open_findings, undone(&first)[1].2), (4, "审核"));
    assert_eq!((first.last_receipt, first.new_receipts, first.counts.optional), (None, 0, 1));
    assert_eq!(first.periods.len(), 11);

    district.fill(0, "2024-02", "5");
    let filled = district.offices[0].office_home(None).unwrap();
    assert_eq!(done(&filled), ["entry", "checks"]);
    assert_eq!(filled.period.state, PeriodState::Draft);

    let file = district.export(0, "2024-02", "stick").path;
    let sent = district.offices[0].office_home(Some(period("2024-02"))).unwrap();
    assert_eq!(done(&sent), ["entry", "checks", "sending"]);
    assert_eq!(undone(&sent)[0].0, "receipts");
    assert_eq!(undone(&sent)[1], ("entry", "2024-03", "填报 2024年3月"));

    district.receive(&file);
    district.answer(0, "receipts");
    let answered = district.offices[0].office_home(None).unwrap();
    assert_eq!(done(&answered), ["entry", "checks", "sending", "receipts"]);
    assert_eq!(answered.period.state, PeriodState::Accepted);
    assert_eq!(answered.new_receipts, 1);
    let receipt = answered.last_receipt.unwrap();
    assert_eq!((receipt.seq, receipt.summary.as_str(), receipt.returned), (1, "2024年1—2月 已接收", 0));
    assert_eq!(notices(&district.offices[0].office_home(None).unwrap()), Vec::<&str>::new());
    district.offices[0].look_at_receipts().unwrap();
    assert_eq!(district.offices[0].office_home(None).unwrap().new_receipts, 0);
}

#[test]
fn what_came_back_goes_first() {
    let mut district = District::new(1);
    let file = district.report(0, "2024-02", "5", "stick").path;
    district.receive(&file);
    let cell = SentBack { target: COUNT, field: None, reason: "请核实" };
    district.hub.send_back(NAMES[0], period("2024-02"), &[cell]).unwrap();
    district.answer(0, "receipts");
    let home = district.offices[0].office_home(Some(period("2024-02"))).unwrap();
    assert_eq!(home.period.state, PeriodState::Returned);
    assert_eq!(undone(&home)[0], ("entry", "2024-02", "处理退回的 1 项"));
    let receipt = home.last_receipt.unwrap();
    assert_eq!((receipt.summary.as_str(), receipt.returned), ("2024年1—2月 退回 1 格", 1));
    let march = district.offices[0].office_home(Some(period("2024-03"))).unwrap();
    assert_eq!(undone(&march)[0], ("entry", "2024-02", "处理 2024年1—2月 的退回"));
    let sheet = district.offices[0].sheet(period("2024-02"), None).unwrap();
    district.offices[0].enter(&sheet, COUNT, &[(Field::Value, "4".to_owned())]).unwrap();
    let mended = district.offices[0].office_home(Some(period("2024-02"))).unwrap();
    assert_eq!(mended.period.state, PeriodState::Changed);
    assert_eq!(undone(&mended)[0], ("sending", "2024-02", "重新报送"));
    let receipt = mended.last_receipt.unwrap();
    assert_eq!((receipt.summary.as_str(), receipt.returned), ("2024年1—2月 退回 1 格，已改，待报送", 0));
    let march = district.offices[0].office_home(Some(period("2024-03"))).unwrap();
    assert_eq!(undone(&march)[0], ("sending", "2024-02", "重新报送 2024年1—2月"));
}

#[test]
fn a_month_passed_over_is_not_forgotten() {
    let mut district = District::new(1);
    district.report(0, "2024-04", "5", "stick");
    let home = district.offices[0].office_home(Some(period("2024-04"))).unwrap();
    let skipped: Vec<_> = undone(&home).into_iter().map(|(_, period, _)| period).collect();
    assert_eq!(skipped[..2], ["2024-02", "2024-03"]);
    assert_eq!(states(&home)[..3], [PeriodState::Untouched, PeriodState::Untouched, PeriodState::Exported]);
}

#[test]
fn the_period_is_the_one_chosen_and_never_taken_from_the_clock() {
    for day in ["2014-03-03", "2024-07-02", "2034-11-30"] {
        let mut district = District::new(1);
        district.clock.turn_to(day);
        let home = &mut district.offices[0];
        assert_eq!(home.office_home(None).unwrap().period.period, "2024-02", "{day}");
        assert_eq!(home.office_home(Some(period("2024-05"))).unwrap().period.period, "2024-05");
        let dir = home.dir().to_owned();
        let again = district.reopen(&dir).office_home(None).unwrap();
        assert_eq!(again.period.period, "2024-05", "{day}: it is remembered");
        assert_eq!(
            notices(&again) == ["strange_day"],
            !day.starts_with("2024"),
            "{day}: {:?}",
            again.notices
        );
        let refused = district.offices[0].office_home(Some(period("2023-05")));
        assert!(matches!(refused, Err(Error::NotReported(_))));
    }
    let mut district = District::new(1);
    district.report(0, "2024-02", "5", "stick");
    district.clock.turn_to("2024-07-02");
    let home = district.offices[0].office_home(None).unwrap();
    assert_eq!(home.period.period, "2024-03", "the first that was never reported");
    assert_eq!(home.period.days_left, -88);
}

#[test]
fn what_stands_in_the_way_is_said_on_top() {
    let (mut district, receipt) = District::gone_back();
    let home = district.offices[0].office_home(None).unwrap();
    assert_eq!(notices(&home), ["catch_up_first"]);
    assert_eq!(undone(&home)[0], ("receipts", home.period.period.as_str(), "导入最新的回执"));
    let period = period(&home.period.period);
    let sending = district.offices[0].sending(period).unwrap();
    assert_eq!(
        sending.mend_at.as_deref(),
        Some("receipts"),
        "it offers no signing, whatever went out before"
    );
    assert_eq!(sending.refused.map(|said| said.code).as_deref(), Some("catch_up_first"));
    district.receive_at(0, &receipt);
    assert_eq!(
        notices(&district.offices[0].office_home(None).unwrap()),
        ["catch_up_first"],
        "it is no newer"
    );

    let mut district = District::new(1);
    district.report(0, "2024-02", "5", "lost");
    let second = district.report(0, "2024-03", "6", "stick").path;
    district.receive(&second);
    district.answer(0, "receipts");
    let home = district.offices[0].office_home(None).unwrap();
    assert_eq!(notices(&home), ["hub_lacks"]);
    assert!(home.notices[0].message.what.contains("第 1 号"), "{:?}", home.notices);
    let mut plan = district.hub.plan().unwrap();
    plan.targets[0].name = "改了名".to_owned();
    district.hub.replace_draft(&plan).unwrap();
    let issued = district.issue();
    district.receive_at(0, &issued);
    assert_eq!(notices(&district.offices[0].office_home(None).unwrap()), ["hub_lacks", "plan_updated"]);

    let mut unknown = district.set_up(NAMES[0]);
    assert_eq!(notices(&unknown.office_home(None).unwrap()), ["enrol_first"]);
}

#[test]
fn what_a_later_plan_adds_is_no_reason_to_report_a_month_again() {
    let mut district = District::new(1);
    let file = district.report(0, "2024-02", "5", "stick").path;
    district.receive(&file);
    district.answer(0, "receipts");
    let mut plan = district.hub.plan().unwrap();
    let mut added = plan.targets.iter().find(|target| target.id.as_str() == COUNT).unwrap().clone();
    let mut duty = plan.assignments.iter().find(|one| one.target == added.id).unwrap().clone();
    added.id = "9-9-99".parse().unwrap();
    added.name = "新下达的目标".to_owned();
    duty.target = added.id.clone();
    plan.targets.push(added);
    plan.assignments.push(duty);
    district.hub.replace_draft(&plan).unwrap();
    let issued = district.issue();
    district.receive_at(0, &issued);

    let home = district.offices[0].office_home(Some(period("2024-02"))).unwrap();
    assert_eq!(home.period.state, PeriodState::Accepted);
    let Counts { total, empty, optional, .. } = home.counts;
    assert_eq!((total, empty, optional, home.open_findings), (4, 0, 2, 0), "it is 未下达, not 未填");
    let sheet = district.offices[0].entry_sheet(period("2024-02")).unwrap();
    let row = sheet.groups.iter().flat_map(|group| &group.rows).find(|row| row.target == "9-9-99").unwrap();
    assert_eq!((row.standing.state, row.standing.findings.len()), (CellState::NotIssued, 0));
    assert!(district.offices[0].checks(period("2024-02")).unwrap().passed);
    assert_eq!(undone(&home), [("entry", "2024-03", "填报 2024年3月")]);
    assert_eq!(home.steps[0].title, "已报 4 项");
    // Whoever goes back to it has it to fill in before it leaves again.
    let sheet = district.offices[0].sheet(period("2024-02"), None).unwrap();
    district.offices[0].enter(&sheet, COUNT, &[(Field::Value, "6".to_owned())]).unwrap();
    let changed = district.offices[0].office_home(Some(period("2024-02"))).unwrap();
    assert_eq!(undone(&changed)[0], ("entry", "2024-02", "填完剩下的 1 项"));
    assert_eq!((changed.counts.total, changed.counts.empty, changed.open_findings), (5, 1, 1));
}
