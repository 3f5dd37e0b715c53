//! A hub edits its plan act by act; every act is in the draft at once, and travels to an office.

use app::edit_plan::Edited;
use app::screens::hub::plan_changes::PlanChangeAbout;
use app::screens::hub::targets::{
    DivisionEdit, LampForm, PairForm, QuotaStanding, StageForm, TargetForm, TargetLine,
};
use model::plan::Plan;
use testkit::district::taken;
use testkit::plan::{COUNT, GROWTH, MILESTONE, OFFICIAL, QUARTERLY, STOCK};
use testkit::{District, period};

/// The form of a count in the small plan's section.
fn form(name: &str) -> TargetForm {
    TargetForm {
        code: None,
        section: "1-1".to_owned(),
        name: name.to_owned(),
        clause: "报告里的话".to_owned(),
        kind: "count".to_owned(),
        unit: "个".to_owned(),
        amount_unit: String::new(),
        official: false,
        frequency: "monthly".to_owned(),
        comparator: "at_least".to_owned(),
        goal: "60".to_owned(),
        base: String::new(),
        monthly: Vec::new(),
        stages: Vec::new(),
        deadline: String::new(),
        relative_to: String::new(),
        tolerance: String::new(),
    }
}

fn kept(edited: Edited) -> Edited {
    assert_eq!(edited.faults, []);
    edited
}

fn fields(edited: &Edited) -> Vec<&str> {
    edited.faults.iter().map(|fault| fault.field.as_str()).collect()
}

fn line<'a>(edited: &'a Edited, code: &str) -> &'a TargetLine {
    edited.view.targets.iter().find(|line| line.code == code).unwrap()
}

fn give(to: &str, quota: &str) -> DivisionEdit {
    DivisionEdit { to: to.to_owned(), given: true, quota: quota.to_owned() }
}

fn said(district: &District) -> Vec<(PlanChangeAbout, String, String)> {
    let changes = district.hub.plan_changes().unwrap();
    changes.into_iter().map(|one| (one.about, one.subject, one.what)).collect()
}

/// Issues the draft, takes it in at the office, and returns what that has then.
fn through(district: &mut District) -> (Plan, Plan) {
    let path = district.issue();
    taken(&mut district.offices[0], &path);
    (district.hub.plan().unwrap(), district.offices[0].plan().unwrap())
}

#[test]
fn targets_of_every_kind_are_added_and_reach_an_office() {
    let mut district = District::new(2);
    let stage =
        |name: &str, month: &str| StageForm { name: name.to_owned(), month: month.to_owned(), fixed: false };
    let monthly: Vec<String> = (1..=12).map(|month| (month * 5).to_string()).collect();
    let of = |kind: &str, name: &str| TargetForm { kind: kind.to_owned(), ..form(name) };
    let forms = [
        TargetForm { monthly, ..form("分月") },
        TargetForm { goal: "１,２００".to_owned(), base: "1000".to_owned(), ..of("stock", "存量") },
        TargetForm { goal: "7%".to_owned(), amount_unit: "亿元".to_owned(), ..of("growth", "增长") },
        TargetForm { goal: String::new(), ..of("share", "占比") },
        TargetForm {
            stages: vec![stage("未开始", ""), stage("开工", "4"), stage("完工", "11")],
            ..of("milestone", "节点")
        },
        TargetForm {
            deadline: "9".to_owned(), frequency: "quarterly".to_owned(), ..of("statement", "定性")
        },
        TargetForm {
            relative_to: GROWTH.to_owned(),
            comparator: "reach".to_owned(),
            tolerance: "0.5".to_owned(),
            ..of("relative", "同步")
        },
    ];
    for (at, form) in forms.iter().enumerate() {
        let edited = kept(district.hub.save_target(form).unwrap());
        let code = format!("1-1-{:02}", at + 7);
        assert!(line(&edited, &code).added);
        let detail = edited.detail.unwrap();
        assert_eq!(
            detail.form.code.as_deref(),
            Some(code.as_str()),
            "numbered on from what the section ever had"
        );
        assert!(!detail.fixed);
    }
    let changes = said(&district);
    assert_eq!(changes.len(), 7);
    assert_eq!(changes[1].2, "新增目标，期末数，≥1,200 个，每月");
    let (hub, office) = through(&mut district);
    assert_eq!(hub.targets, office.targets);
    assert_eq!(hub.targets.len(), 13);
    assert!(district.hub.plan_changes().unwrap().is_empty());
}

#[test]
fn what_cannot_be_is_said_at_its_box_and_nothing_is_kept() {
    let mut district = District::new(1);
    let stage =
        |name: &str, month: &str| StageForm { name: name.to_owned(), month: month.to_owned(), fixed: false };
    let months = |list: [&str; 12]| list.map(str::to_owned).to_vec();
    let rising = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"];
    let mut falls = rising;
    falls[5] = "4";
    let mut short = rising;
    short[3] = "";
    let of = |kind: &str| TargetForm { kind: kind.to_owned(), ..form("新目标") };
    let bad = [
        (TargetForm { name: "  ".to_owned(), goal: "-3".to_owned(), ..form("x") }, vec!["name", "goal"]),
        (TargetForm { name: "看\u{200b}不见".to_owned(), ..form("x") }, vec!["name"]),
        (TargetForm { clause: String::new(), unit: String::new(), ..form("x") }, vec!["clause", "unit"]),
        (TargetForm { section: "9-9".to_owned(), ..form("x") }, vec!["section"]),
        (TargetForm { monthly: months(falls), goal: "12".to_owned(), ..form("x") }, vec!["monthly.5"]),
        (TargetForm { monthly: months(short), goal: "12".to_owned(), ..form("x") }, vec!["monthly.3"]),
        (TargetForm { monthly: months(rising), ..form("x") }, vec!["monthly.11"]),
        (TargetForm { monthly: months(rising), goal: String::new(), ..form("x") }, vec!["goal"]),
        (TargetForm { stages: vec![stage("一", "")], ..of("milestone") }, vec!["stages", "stage_month.0"]),
        (
            TargetForm {
                stages: vec![stage("一", ""), stage("二", "8"), stage("一", "3")],
                ..of("milestone")
            },
            vec!["stage.2", "stage_month.2"],
        ),
        (TargetForm { deadline: "13".to_owned(), ..of("statement") }, vec!["deadline"]),
        (TargetForm { relative_to: COUNT.to_owned(), ..of("relative") }, vec!["relative_to"]),
    ];
    for (form, wanted) in bad {
        let edited = district.hub.save_target(&form).unwrap();
        assert_eq!(fields(&edited), wanted, "{form:?}");
        assert!(edited.faults.iter().all(|fault| !fault.what.is_empty()));
        assert_eq!(edited.view.changes, 0, "nothing is kept of {form:?}");
    }
}

#[test]
fn kind_unit_and_stages_are_fixed_once_issued_and_an_edit_taken_back_leaves_no_draft() {
    let mut district = District::new(1);
    let count = district.hub.target_detail(COUNT).unwrap();
    assert!(count.fixed);
    let edited =
        district.hub.save_target(&TargetForm { unit: "家".to_owned(), ..count.form.clone() }).unwrap();
    assert_eq!(fields(&edited), ["kind"]);
    let edited =
        kept(district.hub.save_target(&TargetForm { goal: "150".to_owned(), ..count.form.clone() }).unwrap());
    assert!(line(&edited, COUNT).changed);
    assert_eq!(said(&district)[0].2, "目标 120 个 → 150 个");
    let edited = kept(district.hub.save_target(&count.form).unwrap());
    assert_eq!((edited.view.changes, edited.view.saved.as_str()), (0, ""));

    let milestone = district.hub.target_detail(MILESTONE).unwrap().form;
    assert!(milestone.stages.iter().all(|stage| stage.fixed));
    let mut renamed = milestone.clone();
    renamed.stages[1].name = "奠基".to_owned();
    assert_eq!(fields(&district.hub.save_target(&renamed).unwrap()), ["stages"]);
    let mut more = milestone;
    more.stages.insert(2, StageForm { name: "封顶".to_owned(), month: "8".to_owned(), fixed: false });
    kept(district.hub.save_target(&more).unwrap());
    assert!(said(&district)[0].2.contains("封顶（8月）"));
    let (hub, office) = through(&mut district);
    assert_eq!(hub.targets, office.targets);
}

#[test]
fn quotas_are_given_in_bulk_and_checked_against_the_target() {
    let mut district = District::new(3);
    let edited = kept(district.hub.divide_target(COUNT, &[give("every:street", "40")]).unwrap());
    assert_eq!(edited.view.changes, 0, "as it was");
    let edits = [give("office:u01", "50"), give("office:u02", "６５"), give("office:u03", "")];
    let edited = kept(district.hub.divide_target(COUNT, &edits).unwrap());
    let check = edited.detail.as_ref().and_then(|detail| detail.quota.clone()).unwrap();
    assert_eq!((check.standing, check.short.as_str()), (QuotaStanding::Short, "缺口 5"));
    assert_eq!(check.whole, "已分解 115 个，目标 120 个，缺口 5 个");
    let alone = [
        give("office:u03", "5"),
        DivisionEdit { to: "every:street".to_owned(), given: false, quota: String::new() },
    ];
    let edited = kept(district.hub.divide_target(COUNT, &alone).unwrap());
    assert_eq!(line(&edited, COUNT).quota.as_ref().unwrap().standing, QuotaStanding::Even);
    assert_eq!(line(&edited, COUNT).assigned, "3 家");
    let (about, subject, what) = said(&district).remove(0);
    assert_eq!((about, subject.as_str()), (PlanChangeAbout::Assignment, "1-1-01 新增项目"));
    assert_eq!(what, "分解给东街道（50 个）、西街道（65 个）、南街道（5 个）；不再分解给全部街道");

    // One bad quota of a column, and none of it is kept.
    let edited =
        district.hub.divide_target(COUNT, &[give("office:u01", "1"), give("office:u02", "x")]).unwrap();
    assert_eq!(fields(&edited), ["office:u02"]);
    assert_eq!(line(&edited, COUNT).quota.as_ref().unwrap().standing, QuotaStanding::Even);
    assert_eq!(
        fields(&district.hub.divide_target(MILESTONE, &[give("office:u01", "1")]).unwrap()),
        ["office:u01"]
    );
    assert_eq!(
        fields(&district.hub.divide_target(OFFICIAL, &[give("office:u01", "")]).unwrap()),
        ["office:u01"]
    );

    let nobody =
        [1, 2, 3].map(|at| DivisionEdit { to: format!("office:u0{at}"), given: false, quota: String::new() });
    let edited = kept(district.hub.divide_target(COUNT, &nobody).unwrap());
    assert!(line(&edited, COUNT).unassigned);
    assert_eq!(line(&edited, COUNT).assigned, "未分解，归本级");
    let (hub, office) = through(&mut district);
    assert_eq!(hub.assignments, office.assignments);
}

#[test]
fn a_target_with_figures_is_not_lost_silently() {
    let mut district = District::new(2);
    for office in 0..2 {
        district.report(office, "2024-02", "5", "stick");
    }
    district.receive(&district.at("stick"));
    let question = district.hub.retirement(COUNT).unwrap();
    assert_eq!((question.offices, question.never_issued), (2, false));
    assert!(question.what.contains("2 家") && question.what.contains("1—2月"), "{}", question.what);
    assert_eq!(fields(&district.hub.retire_target(COUNT, "并入其他目标", 0).unwrap()), ["told"]);
    assert!(matches!(district.hub.retire_target(COUNT, " ", 2), Err(app::Error::NoReason)));
    let edited = kept(district.hub.retire_target(COUNT, "并入其他目标", 2).unwrap());
    assert!(line(&edited, COUNT).retired);
    assert_eq!(said(&district)[0].0, PlanChangeAbout::TargetRetired);
    assert!(testkit::dump(district.hub.dir()).contains("并入其他目标"), "the reason is in the audit trail");
    let edited = kept(district.hub.restore_target(COUNT).unwrap());
    assert_eq!(edited.view.changes, 0);

    kept(district.hub.retire_target(COUNT, "并入其他目标", 2).unwrap());
    let (hub, office) = through(&mut district);
    assert_eq!(hub.targets, office.targets);
    assert!(!district.hub.targets().unwrap().targets.iter().any(|line| line.code == COUNT));
    // What was reported stays where it was.
    let entries = |dump: String| dump.matches(&format!("TargetId(\"{COUNT}\")")).count();
    assert!(entries(testkit::dump(district.hub.dir())) >= 2);
    // A new target of the section never takes its code.
    let edited = kept(district.hub.save_target(&form("另加")).unwrap());
    assert_eq!(edited.detail.unwrap().form.code.as_deref(), Some("1-1-07"));
    let edited = kept(district.hub.retire_target("1-1-07", "", 0).unwrap());
    assert_eq!(edited.view.changes, 0, "what was never issued is gone without a trace");
}

#[test]
fn chapters_and_sections_grow_and_only_empty_ones_go() {
    let mut district = District::new(1);
    kept(district.hub.save_chapter(None, "民生").unwrap());
    kept(district.hub.save_section("2", None, "就业").unwrap());
    kept(district.hub.save_section("1", Some("1-1"), "产业").unwrap());
    let edited =
        kept(district.hub.save_target(&TargetForm { section: "2-1".to_owned(), ..form("就业") }).unwrap());
    assert_eq!(edited.detail.unwrap().form.code.as_deref(), Some("2-1-01"));
    for full in ["1", "1-1", "2", "2-1"] {
        assert_eq!(fields(&district.hub.remove_heading(full).unwrap()), ["title"], "{full}");
    }
    assert_eq!(fields(&district.hub.save_chapter(None, " ").unwrap()), ["title"]);
    // A target moves to another section and keeps its code, which the section then does not give away again.
    let moved = TargetForm { section: "1-1".to_owned(), code: Some("2-1-01".to_owned()), ..form("就业") };
    kept(district.hub.save_target(&moved).unwrap());
    let edited =
        kept(district.hub.save_target(&TargetForm { section: "2-1".to_owned(), ..form("培训") }).unwrap());
    assert_eq!(edited.detail.unwrap().form.code.as_deref(), Some("2-1-02"));
    kept(district.hub.save_section("2", None, "空").unwrap());
    kept(district.hub.remove_heading("2-2").unwrap());
    let rules = said(&district).into_iter().find(|one| one.0 == PlanChangeAbout::Rules).unwrap();
    assert_eq!(rules.2, "1-1 节 节 → 产业；新增2-1 节“就业”；新增第二章“民生”");
    let (hub, office) = through(&mut district);
    assert_eq!((hub.chapters, hub.targets), (office.chapters, office.targets));
}

#[test]
fn the_calendar_is_edited_but_merging_is_fixed_once_a_return_exists() {
    let mut district = District::new(1);
    let view = district.hub.targets().unwrap();
    assert!(!view.merging_fixed);
    assert_eq!(view.due_days[2], "4月5日");
    let mut calendar = view.calendar;
    calendar.due_day = "8".to_owned();
    calendar.exceptions[8] = "10月9日".to_owned();
    kept(district.hub.save_calendar(&calendar).unwrap());
    assert_eq!(said(&district)[0].2, "截止日 次月5日 → 次月8日；9月的截止日 按常规 → 10月9日");
    let (hub, office) = through(&mut district);
    assert_eq!(hub.calendar, office.calendar);
    for (day, first, exception, wanted) in [
        ("31", "2", "", vec!["due_day"]),
        ("5", "0", "", vec!["first_month"]),
        ("5", "2", "8月1日", vec!["exception.9"]),
    ] {
        let mut bad = calendar.clone();
        (bad.due_day, bad.first_month) = (day.to_owned(), first.to_owned());
        bad.exceptions[8] = exception.to_owned();
        assert_eq!(fields(&district.hub.save_calendar(&bad).unwrap()), wanted);
    }
    district.report(0, "2024-02", "5", "stick");
    district.receive(&district.at("stick"));
    assert!(district.hub.targets().unwrap().merging_fixed);
    let parted = app::screens::hub::targets::CalendarForm {
        merge_jan_feb: false,
        first_month: "1".to_owned(),
        ..calendar
    };
    assert_eq!(fields(&district.hub.save_calendar(&parted).unwrap()), ["merge_jan_feb"]);
}

#[test]
fn the_lamp_rule_shows_before_what_it_would_do() {
    let mut district = District::new(3);
    for office in 0..3 {
        district.report(office, "2024-03", "8", "stick");
    }
    district.receive(&district.at("stick"));
    // 24 of 120 is 20 %, a quarter of the year is gone: five points behind.
    assert_eq!(district.status("2024-03", COUNT).lamp, Some("yellow"));
    let rule = district.hub.targets().unwrap().lamps;
    let preview =
        |district: &District, rule: &LampForm| district.hub.lamp_preview(period("2024-03"), rule).unwrap();
    assert!(preview(&district, &rule).changes.is_empty());
    let strict = LampForm { count: "4.9".to_owned(), ..rule.clone() };
    let shown = preview(&district, &strict);
    let changed: Vec<_> = shown
        .changes
        .iter()
        .map(|c| (c.code.as_str(), c.before.code.as_str(), c.after.code.as_str()))
        .collect();
    assert_eq!(changed, [(COUNT, "yellow", "red")]);
    assert!(shown.changes[0].why.contains("24 ÷ 120 = 20.0%"), "{}", shown.changes[0].why);
    assert_eq!(preview(&district, &LampForm { count: "-1".to_owned(), ..rule }).faults[0].field, "count");
    kept(district.hub.save_lamps(&strict).unwrap());
    assert_eq!(said(&district)[0].2, "累计数落后 10 点以内亮黄灯 → 4.9 点以内亮黄灯");
    assert_eq!(district.status("2024-03", COUNT).lamp, Some("yellow"), "a draft changes nothing");
    let (hub, office) = through(&mut district);
    assert_eq!(hub.lamp_rule, office.lamp_rule);
    assert_eq!(district.status("2024-03", COUNT).lamp, Some("red"), "as the preview had it");
}

#[test]
fn targets_are_compared_only_with_their_like() {
    let mut district = District::new(1);
    let pair =
        |lesser: &str, greater: &str| PairForm { lesser: lesser.to_owned(), greater: greater.to_owned() };
    for (pairs, field) in [
        (vec![pair(COUNT, COUNT)], "pair.0"),
        (vec![pair(COUNT, "")], "pair.0"),
        (vec![pair(COUNT, STOCK)], "comparisons"),
        (vec![pair(COUNT, GROWTH)], "comparisons"),
        (vec![pair(COUNT, QUARTERLY)], "comparisons"),
    ] {
        assert_eq!(fields(&district.hub.save_comparisons(&pairs).unwrap()), [field], "{pairs:?}");
    }
    let edited = kept(district.hub.save_target(&form("过亿元项目")).unwrap());
    let code = edited.detail.unwrap().form.code.unwrap();
    let twice = [pair(COUNT, &code), pair(&code, COUNT)];
    assert_eq!(fields(&district.hub.save_comparisons(&twice).unwrap()), ["pair.1"]);
    kept(district.hub.save_comparisons(&twice[..1]).unwrap());
    assert!(said(&district).iter().any(|one| one.2 == "新增 “新增项目”≤“过亿元项目”"));
    let (hub, office) = through(&mut district);
    assert_eq!(hub.comparisons, office.comparisons);
}

#[test]
fn a_draft_is_dropped_as_a_whole() {
    let mut district = District::new(1);
    kept(district.hub.save_target(&form("一")).unwrap());
    kept(district.hub.divide_target(COUNT, &[give("office:u01", "7")]).unwrap());
    let before = district.hub.plan().unwrap();
    let view = district.hub.discard_draft().unwrap();
    assert_eq!((view.changes, view.targets.len()), (0, 6));
    assert_eq!(district.hub.plan_draft().unwrap(), before);
    assert!(district.hub.plan_changes().unwrap().is_empty());
    // An office edits no plan.
    let office = &mut district.offices[0];
    assert!(matches!(office.save_target(&form("x")), Err(app::Error::HubOnly)));
    assert!(matches!(office.discard_draft(), Err(app::Error::HubOnly)));
}
