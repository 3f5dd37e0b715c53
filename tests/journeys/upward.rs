//! 上报上级: a hub's consolidated figures leave as a CSV, and an office of the hub above reads them.

use std::path::Path;

use app::enter::Sheet;
use app::report_up::UpwardFault;
use app::screens::hub::upward::{Upward, UpwardTarget};
use app::{Error, Field, Home};
use model::plan::Plan;
use model::target::{Measure, Stage, Target};
use testkit::district::sign_off;
use testkit::plan::{COUNT, GROWTH, MILESTONE, OFFICIAL, QUARTERLY, STOCK, small, target_id};
use testkit::{District, PASSPHRASE, period, program};

const MARCH: &str = "2024-03";
const HUB: &str = "测试新区";
/// The same six targets as the hub above numbers them.
const UPPER: [(&str, &str); 6] = [
    (COUNT, "7-1-01"),
    (GROWTH, "7-1-02"),
    (QUARTERLY, "7-1-03"),
    (MILESTONE, "7-1-04"),
    (STOCK, "7-1-05"),
    (OFFICIAL, "7-1-06"),
];

fn upper(own: &str) -> &'static str {
    UPPER.iter().find(|(code, _)| *code == own).unwrap().1
}

/// The plan above: other codes, another name here, another stage there, other units, and one office that is the hub below.
fn plan_above() -> Plan {
    let mut plan = small(1);
    plan.hub_name = "上级市".to_owned();
    plan.offices[0].names[0].value = HUB.to_owned();
    for target in &mut plan.targets {
        target.id = target_id(upper(target.id.as_str()));
    }
    plan.targets[1].name = "城乡居民收入增速".to_owned();
    plan.targets[2].frequency = model::target::Frequency::Monthly;
    let stages = [("未开始", None), ("立项", Some(2)), ("开工", Some(3)), ("建成", Some(10))];
    plan.targets[3].measure = Measure::Milestone {
        stages: stages.map(|(name, month)| Stage { name: name.to_owned(), month }).to_vec(),
    };
    plan.targets[4].unit = "万家".to_owned();
    // What the district publishes the city adds up.
    plan.targets[5].official = false;
    plan.assignments.retain(|one| one.target.as_str() != GROWTH && one.target.as_str() != MILESTONE);
    for one in &mut plan.assignments {
        one.target = target_id(upper(one.target.as_str()));
        one.quota = None;
    }
    let to = plan.offices[0].id.clone();
    plan.assignments.extend([GROWTH, MILESTONE, OFFICIAL].map(|own| model::plan::Assignment {
        target: target_id(upper(own)),
        to: model::plan::Assignee::Office(to.clone()),
        quota: None,
    }));
    plan
}

/// A city with one district, whose three streets have reported March.
fn city() -> (District, District) {
    let city = District::with_seed(&plan_above(), 0, 1000);
    let mut district = District::new(3);
    for (office, count) in [(0, "12345678.123456"), (1, "3.5"), (2, "0.000001")] {
        let file = district.report(office, MARCH, count, &format!("{office}")).path;
        assert_eq!(district.receive(&file), ["accepted"]);
    }
    let sheet = district.hub.sheet(period(MARCH), None).unwrap();
    let published = [(Field::Rate, "6.1"), (Field::Current, "530.5"), (Field::Base, "500")];
    let published = published.map(|(field, text)| (field, text.to_owned()));
    district.hub.enter(&sheet, OFFICIAL, &published).unwrap();
    let to = district.at("own");
    district.hub.export(&sheet, &sign_off(), PASSPHRASE, &to).unwrap();
    (city, district)
}

fn line(view: &Upward, own: &str) -> UpwardTarget {
    view.targets.iter().find(|target| target.code == upper(own)).unwrap().clone()
}

fn typed(home: &Home, sheet: &Sheet, own: &str, field: Field) -> String {
    let draft = home.draft(sheet).unwrap();
    let cells = draft.cells.get(&target_id(upper(own)));
    cells.and_then(|cells| cells.get(&field)).cloned().unwrap_or_default()
}

fn fault(error: Error) -> UpwardFault {
    match error {
        Error::BadUpward(fault) => fault,
        other => panic!("{other}"),
    }
}

#[test]
fn what_a_hub_consolidated_is_what_the_hub_above_receives() {
    let (mut city, mut district) = city();
    let stick = district.at("stick");
    assert_eq!(fault(district.hub.report_up(period(MARCH), &stick).unwrap_err()), UpwardFault::NoPlan);
    district.hub.take_upper_plan(&city.newest_plan()).unwrap();
    let view = district.hub.upward(period(MARCH)).unwrap();
    assert_eq!(view.above.as_ref().unwrap().office, HUB, "the office of the same name");
    assert_eq!(view.targets.len(), 6);
    assert_eq!(fault(district.hub.report_up(period(MARCH), &stick).unwrap_err()), UpwardFault::Nothing);

    // Five are known by name or clause; the one with another unit is not, and cannot be made to fit.
    assert_eq!(line(&view, GROWTH).suggested.unwrap().why, "原文相同");
    assert_eq!(line(&view, STOCK).suggested, None);
    assert_eq!(district.hub.take_suggestions().unwrap(), 5);
    let refused = fault(district.hub.set_answer(upper(STOCK), Some(STOCK)).unwrap_err());
    assert!(matches!(refused, UpwardFault::Unfit { .. }), "{refused}");
    let choices = district.hub.upward_choices(upper(STOCK)).unwrap();
    let stock = choices.iter().find(|choice| choice.code == STOCK).unwrap();
    assert!(stock.why_not.contains("万家"), "{}", stock.why_not);

    let sent = district.hub.report_up(period(MARCH), &stick).unwrap();
    assert_eq!((sent.targets, sent.omitted.len()), (5, 1));
    assert_eq!(sent.omitted[0].0, upper(STOCK));
    // Again it is the same file.
    assert_eq!(district.hub.report_up(period(MARCH), &stick).unwrap().path, sent.path);

    // A second home, an office of the city, takes the file in.
    let mut second = city.set_up(HUB);
    let sheet = second.sheet(period(MARCH), None).unwrap();
    let by_hand = [(Field::Value, "0.0304".to_owned()), (Field::Note, "手填".to_owned())];
    second.enter(&sheet, upper(STOCK), &by_hand).unwrap();
    let explained = [(Field::Explanation, "新开工".to_owned())];
    second.enter(&sheet, upper(COUNT), &explained).unwrap();
    assert_eq!(second.enter_file(&sheet, &sent.path).unwrap(), 5);
    for (own, field, text) in [
        (COUNT, Field::Value, "12345681.623457"),
        (COUNT, Field::Note, "按 3/3 家汇总"),
        (COUNT, Field::Explanation, "新开工"),
        (GROWTH, Field::Current, "214"),
        (GROWTH, Field::Base, "200"),
        (QUARTERLY, Field::Value, "15"),
        (MILESTONE, Field::Stage, "开工"),
        (OFFICIAL, Field::Current, "530.5"),
        (OFFICIAL, Field::Base, "500"),
        (OFFICIAL, Field::Rate, ""),
        (STOCK, Field::Value, "0.0304"),
        (STOCK, Field::Note, "手填"),
    ] {
        assert_eq!(typed(&second, &sheet, own, field), text, "{own} {field:?}");
    }

    // And what it reports is what the city consolidates.
    let enrolment = second.enrol(PASSPHRASE, &city.at("enrolments")).unwrap();
    let digits = second.show_key().unwrap().fingerprint;
    city.hub.admit_office(&enrolment.path, HUB, &digits, false).unwrap();
    let report = second.export(&sheet, &sign_off(), PASSPHRASE, &city.at("stick")).unwrap();
    assert_eq!(city.receive(&report.path), ["accepted"]);
    for own in [COUNT, GROWTH, QUARTERLY, MILESTONE] {
        assert_eq!(city.actual(MARCH, upper(own)), district.actual(MARCH, own), "{own}");
    }
    assert_eq!(city.actual(MARCH, upper(OFFICIAL)).as_deref(), Some("6.1"), "530.5 ÷ 500");
}

#[test]
fn answers_are_kept_for_every_month_and_version() {
    let (mut city, mut district) = city();
    district.hub.take_upper_plan(&city.newest_plan()).unwrap();
    district.hub.take_suggestions().unwrap();
    let dir = district.hub.dir().to_owned();
    district.hub = district.reopen(&dir);
    // A newer version brings a target; what was said stays, and the older file is refused from then on.
    let first = city.newest_plan();
    let mut draft = city.hub.plan_draft().unwrap();
    let known: Target = draft.targets[0].clone();
    draft
        .targets
        .push(Target { id: target_id("7-1-07"), name: "新设企业".to_owned(), since: 2, ..known });
    draft.assignments.push(model::plan::Assignment {
        target: target_id("7-1-07"),
        to: model::plan::Assignee::Office(draft.offices[0].id.clone()),
        quota: None,
    });
    city.hub.replace_draft(&draft).unwrap();
    district.hub.take_upper_plan(&city.issue()).unwrap();
    let view = district.hub.upward(period(MARCH)).unwrap();
    assert_eq!((view.targets.len(), view.above.as_ref().unwrap().version), (7, 2));
    assert_eq!(line(&view, COUNT).own.unwrap().code, COUNT);
    assert_eq!(line(&view, COUNT).figure, "12,345,681.623457 个");
    let older = fault(district.hub.take_upper_plan(&first).unwrap_err());
    assert_eq!(older, UpwardFault::Older { held: 2, found: 1 });
    let own = district.newest_plan();
    assert_eq!(fault(district.hub.take_upper_plan(&own).unwrap_err()), UpwardFault::OwnPlan);

    // April: nobody has reported, the quarterly one is March's, and counts carry what was last accepted.
    let april = district.hub.upward(period("2024-04")).unwrap();
    assert!(line(&april, QUARTERLY).why_not.contains("3月"), "{}", line(&april, QUARTERLY).why_not);
    assert_eq!(line(&april, GROWTH).why_not, "还没有一家报数");
    assert_eq!(line(&april, COUNT).figure, "12,345,681.623457 个");
    assert!(line(&april, COUNT).coverage.starts_with("按 0/3 家汇总，含 3 家上期数"));
    // One that is taken back leaves no more.
    district.hub.set_answer(upper(COUNT), None).unwrap();
    let view = district.hub.upward(period(MARCH)).unwrap();
    assert_eq!((line(&view, COUNT).own, line(&view, COUNT).suggested.is_some()), (None, true));
}

#[test]
fn a_locked_month_leaves_as_it_was_frozen() {
    let (mut city, mut district) = city();
    district.hub.take_upper_plan(&city.newest_plan()).unwrap();
    district.hub.take_suggestions().unwrap();
    let before = district.hub.upward(period(MARCH)).unwrap();
    district.hub.lock_period(period(MARCH), "").unwrap();
    // One street's key turns out to have been in other hands: its return counts no more.
    district.hub.revoke(testkit::plan::NAMES[0], 0).unwrap();
    assert_ne!(district.hub.matrix(period(MARCH)).unwrap().drifted, 0, "the figures did change");
    let frozen = district.hub.upward(period(MARCH)).unwrap();
    assert!(frozen.locked);
    assert_eq!(frozen.targets, before.targets);
    district.hub.lift_lock(period(MARCH), "密钥失窃").unwrap();
    let now = district.hub.upward(period(MARCH)).unwrap();
    assert_eq!(line(&now, COUNT).figure, "3.500001 个");
    assert_eq!(line(&now, GROWTH).coverage, "按 1/2 家汇总，未报齐");
}

#[test]
fn at_the_command_line_the_same() {
    let (mut city, district) = city();
    let (hub, plan, stick) = (district.hub.dir().to_owned(), city.newest_plan(), district.at("stick"));
    let second = city.set_up(HUB).dir().to_owned();
    drop(district.hub);
    let path = |path: &Path| path.to_str().unwrap().to_owned();
    let run = |home: &Path, args: &[&str]| {
        let said = program::run(home, args);
        assert!(said.ok, "{args:?}: {}{}", said.out, said.err);
        said.out
    };
    run(&hub, &["upward", "take", &path(&plan), "--as", HUB]);
    run(&hub, &["upward", "answer", "--suggested"]);
    assert!(run(&hub, &["upward", "show", "--period", MARCH]).contains("按 3/3 家汇总"));
    let sent = run(&hub, &["upward", "export", "--period", MARCH, "--to", &path(&stick)]);
    assert!(sent.contains("5 项") && sent.contains("还没有对应本单位的目标"), "{sent}");
    let file = stick.join(format!("上报上级-{HUB}-{MARCH}.csv"));
    assert!(run(&second, &["enter", "--period", MARCH, "--from", &path(&file)]).contains("已导入 5 个目标"));
    let refused = program::run(&hub, &["upward", "answer", &format!("{}={STOCK}", upper(STOCK))]);
    assert!(!refused.ok && refused.err.contains("单位不同"), "{}", refused.err);
}
