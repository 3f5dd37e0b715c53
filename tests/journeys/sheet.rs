//! The sheet that an office fills in: what stands in it, what saving changes, and what evidence it takes.

mod from_returns;
mod saving;

use std::collections::BTreeMap;
use std::path::PathBuf;

use app::screens::entry::{CellEdit, CellState, EntrySheet, Row, Saved, Standing};
use app::{Error, Home};
use model::plan::{Assignee, Assignment, Comparison, OfficeKind, Plan};
use model::target::{Comparator, Goal, Measure, Target};
use testkit::plan::{COUNT, GROWTH, MILESTONE, OFFICIAL, QUARTERLY, STOCK, figure, small, target, target_id};
use testkit::{District, period};

/// 累计数 that may never exceed [`COUNT`].
const LARGE: &str = "1-1-07";
/// 占比, at least 50 %.
const SHARE: &str = "1-1-08";
/// 同步 with [`GROWTH`].
const RELATIVE: &str = "1-1-09";
/// 定性, done by June.
const STATEMENT: &str = "1-1-10";

const MARCH: &str = "2024-03";

/// The small plan with a target of every other kind, and with targets that look at one another.
fn every_kind() -> Plan {
    let mut plan = small(1);
    let at_least = |value: &str| Some(Goal { comparator: Comparator::AtLeast, value: figure(value) });
    let relative =
        Measure::Relative { to: target_id(GROWTH), comparator: Comparator::AtLeast, tolerance: figure("0") };
    plan.targets.extend([
        target(LARGE, "大项目", Measure::Count { goal: at_least("12"), monthly: None }, "个"),
        Target {
            amount_unit: "吨".to_owned(),
            ..target(SHARE, "回收率", Measure::Share { goal: at_least("50") }, "%")
        },
        target(RELATIVE, "居民收入", relative, "%"),
        target(STATEMENT, "出台办法", Measure::Statement { deadline: 6 }, ""),
    ]);
    for (id, quota) in [(LARGE, Some("6")), (SHARE, Some("50")), (RELATIVE, None), (STATEMENT, None)] {
        plan.assignments.push(Assignment {
            target: target_id(id),
            to: Assignee::Every(OfficeKind::Street),
            quota: quota.map(figure),
        });
    }
    plan.comparisons.push(Comparison { lesser: target_id(LARGE), greater: target_id(COUNT) });
    plan
}

fn district() -> District {
    District::with_plan(&every_kind(), 1)
}

fn edit(target: &str, field: &str, text: &str) -> CellEdit {
    CellEdit { target: target.to_owned(), field: field.to_owned(), text: text.to_owned() }
}

fn save(home: &mut Home, month: &str, edits: &[(&str, &str, &str)]) -> Saved {
    let edits: Vec<_> = edits.iter().map(|(target, field, text)| edit(target, field, text)).collect();
    home.save_cells(period(month), &edits).unwrap()
}

fn rows(sheet: &EntrySheet) -> impl Iterator<Item = &Row> {
    sheet.groups.iter().flat_map(|group| &group.rows)
}

fn row<'a>(sheet: &'a EntrySheet, target: &str) -> &'a Row {
    rows(sheet).find(|row| row.target == target).unwrap()
}

fn codes(standing: &Standing) -> Vec<&str> {
    standing.findings.iter().map(|finding| finding.message.code.as_str()).collect()
}

fn lamp(standing: &Standing) -> (&str, &str) {
    standing.lamp.as_ref().map_or(("", ""), |lamp| (lamp.code.as_str(), lamp.words.as_str()))
}

/// Fills in everything that the plan of every kind asks for, with its explanations.
fn fill_all(home: &mut Home, month: &str, count: &str) {
    let quarter = period(month).month().is_multiple_of(3);
    let mut edits = vec![
        (COUNT, "value", count),
        (LARGE, "value", "3"),
        (STOCK, "value", "301"),
        (GROWTH, "current", "107"),
        (GROWTH, "base", "100"),
        (SHARE, "numerator", "51"),
        (SHARE, "denominator", "100"),
        (RELATIVE, "current", "108"),
        (RELATIVE, "base", "100"),
        (MILESTONE, "stage", "开工"),
        (STATEMENT, "stage", "推进中"),
    ];
    let explained = [COUNT, LARGE, STOCK, GROWTH, SHARE, RELATIVE, MILESTONE, STATEMENT];
    edits.extend(explained.map(|target| (target, "explanation", "核对过")));
    if quarter {
        edits.extend([(QUARTERLY, "value", "5"), (QUARTERLY, "explanation", "核对过")]);
    }
    save(home, month, &edits);
}

fn export(district: &mut District, month: &str) -> PathBuf {
    district.export(0, month, "stick").path
}

#[test]
fn every_kind_asks_for_its_own_boxes_in_the_clerks_words() {
    let mut district = district();
    let sheet = district.offices[0].entry_sheet(period(MARCH)).unwrap();
    let asked: BTreeMap<&str, Vec<(&str, &str, &str)>> = rows(&sheet)
        .map(|row| {
            let boxes = row.boxes.iter().map(|b| (b.field.as_str(), b.label.as_str(), b.unit.as_str()));
            (row.target.as_str(), boxes.collect())
        })
        .collect();
    assert_eq!(asked[COUNT], [("value", "累计完成", "个")]);
    assert_eq!(asked[STOCK], [("value", "期末数", "家")]);
    assert_eq!(asked[GROWTH], [("current", "今年累计", ""), ("base", "上年同期", "")]);
    assert_eq!(asked[SHARE], [("numerator", "分子", "吨"), ("denominator", "分母", "吨")]);
    assert_eq!(asked[MILESTONE], [("stage", "目前进度", "")]);
    assert!(!asked.contains_key(OFFICIAL), "what 本级 publishes is not asked of an office");
    let milestone = row(&sheet, MILESTONE);
    let stages: Vec<_> = milestone.stages.iter().map(|s| (s.name.as_str(), s.month.as_deref())).collect();
    assert_eq!(stages, [("未开始", None), ("开工", Some("3月")), ("建成", Some("10月"))]);
    let goals: Vec<_> = [COUNT, STOCK, MILESTONE]
        .map(|id| row(&sheet, id))
        .map(|r| (r.goal.as_str(), r.goal_label.as_str(), r.judged))
        .into();
    assert_eq!(goals, [("40 个", "分解数", true), (">300 家", "全区目标", false), ("建成", "目标", true)]);
    assert_eq!((sheet.expected.as_str(), sheet.last_label.as_deref()), ("25%", Some("1—2月")));
    assert_eq!(sheet.groups[0].chapter_code, "一");
    assert_eq!((sheet.counts.total, sheet.counts.empty, sheet.counts.optional), (9, 9, 0));
}

#[test]
fn the_states_are_never_confused() {
    let mut district = district();
    let home = &mut district.offices[0];
    let saved = save(
        home,
        MARCH,
        &[
            (COUNT, "value", "0"),
            (LARGE, "value", "约3"),
            (STOCK, "value", "1,937"),
            (QUARTERLY, "not_applicable", "没有这类活动"),
            (GROWTH, "current", "107"),
            (SHARE, "numerator", "0"),
            (SHARE, "denominator", "5"),
            (MILESTONE, "note", "只写了说明"),
        ],
    );
    let sheet = home.entry_sheet(period(MARCH)).unwrap();
    let state = |target| row(&sheet, target).standing.state;
    assert_eq!(state(COUNT), CellState::Zero);
    assert_eq!(state(LARGE), CellState::Unreadable);
    assert_eq!(state(STOCK), CellState::Filled);
    assert_eq!(state(QUARTERLY), CellState::NotApplicable);
    assert_eq!(state(GROWTH), CellState::Empty, "one box of two is not an answer");
    assert_eq!(state(SHARE), CellState::Filled, "nothing of five is a share");
    assert_eq!(state(MILESTONE), CellState::Empty, "a note is no answer");
    assert_eq!(codes(&row(&sheet, GROWTH).standing), ["missing"]);
    assert_eq!(codes(&row(&sheet, LARGE).standing), ["not_a_figure"]);
    assert_eq!(lamp(&row(&sheet, LARGE).standing), ("unreported", "待改正"));
    let said = &row(&sheet, LARGE).standing.findings[0].message.what;
    assert_eq!(said, "“约3”不是数", "where there is but one box it needs no name");
    assert_eq!(row(&sheet, QUARTERLY).standing.lamp, None);
    assert_eq!(sheet.counts, saved.counts);
    let counts = saved.counts;
    assert_eq!(
        (counts.filled, counts.zero, counts.not_applicable, counts.empty, counts.nil),
        (2, 1, 1, 5, 0)
    );
    assert_eq!(counts.total, 9);
}

#[test]
fn texts_stay_as_typed_and_are_understood() {
    let mut district = district();
    let home = &mut district.offices[0];
    let long = "字".repeat(10_000);
    let too_long = format!("{long}多");
    let words = "𠮷野 👩‍👩‍👧‍👦 “引号”\u{b}换行\t制表";
    save(
        home,
        MARCH,
        &[
            (COUNT, "value", " １２．５ "),
            (STOCK, "value", "１，９３７"),
            (COUNT, "note", &long),
            (STOCK, "note", &too_long),
            (MILESTONE, "stage", "开工"),
            (MILESTONE, "problem", words),
        ],
    );
    let sheet = home.entry_sheet(period(MARCH)).unwrap();
    assert_eq!(row(&sheet, COUNT).boxes[0].text, " １２．５ ");
    assert_eq!(row(&sheet, COUNT).standing.computed, "31.3%", "12.5 ÷ 40");
    assert_eq!(row(&sheet, STOCK).boxes[0].text, "１，９３７");
    assert_eq!(row(&sheet, STOCK).standing.state, CellState::Filled);
    assert_eq!(
        (row(&sheet, COUNT).note.as_str(), row(&sheet, MILESTONE).problem.as_str()),
        (long.as_str(), words)
    );
    assert_eq!(codes(&row(&sheet, COUNT).standing), Vec::<&str>::new());
    assert_eq!(codes(&row(&sheet, STOCK).standing), ["text_too_long"]);
    save(home, MARCH, &[(MILESTONE, "stage", "３")]);
    let sheet = home.entry_sheet(period(MARCH)).unwrap();
    assert_eq!(
        row(&sheet, MILESTONE).boxes[0].text,
        "建成",
        "a stage typed by its number is chosen by its name"
    );
    assert_eq!(sheet.limits.text_chars, 10_000);
}

#[test]
fn arithmetic_lamps_and_outlook_follow_from_what_is_typed() {
    let mut district = district();
    let home = &mut district.offices[0];
    save(
        home,
        MARCH,
        &[
            (COUNT, "value", "3"),
            (GROWTH, "current", "106"),
            (GROWTH, "base", "100"),
            (SHARE, "numerator", "52.1"),
            (SHARE, "denominator", "100"),
            (RELATIVE, "current", "105.5"),
            (RELATIVE, "base", "100"),
            (MILESTONE, "stage", "未开始"),
            (STATEMENT, "stage", "推进中"),
            (STOCK, "value", "301"),
        ],
    );
    let sheet = home.entry_sheet(period(MARCH)).unwrap();
    let standing = |target| &row(&sheet, target).standing;
    let count = standing(COUNT);
    assert_eq!((count.computed.as_str(), lamp(count)), ("7.5%", ("red", "落后 17.5 点")));
    let bar = count.bar.unwrap();
    assert_eq!((bar.done, bar.expected), (8, 25));
    assert_eq!(count.explanation, "3 ÷ 40 = 7.5%，序时 25%（10 个），差 17.5 点");
    assert_eq!(count.outlook, "要完成 40 个，剩余 9 个月，月均需完成 5 个；照目前进度全年约 12 个");
    assert_eq!((standing(GROWTH).computed.as_str(), lamp(standing(GROWTH))), ("6.0%", ("", "")));
    assert_eq!(
        (standing(SHARE).computed.as_str(), lamp(standing(SHARE))),
        ("52.1%", ("green", "高 2.1 个百分点"))
    );
    assert_eq!(lamp(standing(RELATIVE)), ("yellow", "低 0.5 个百分点"));
    assert_eq!(
        (standing(MILESTONE).computed.as_str(), lamp(standing(MILESTONE))),
        ("1/3", ("yellow", "落后 1 级"))
    );
    assert_eq!(
        (standing(STATEMENT).computed.as_str(), lamp(standing(STATEMENT))),
        ("2/3", ("green", "正常"))
    );
    assert_eq!((standing(STOCK).computed.as_str(), standing(STOCK).lamp.as_ref()), ("", None));
    assert!(standing(STOCK).explanation.contains("只汇总不考核"), "{}", standing(STOCK).explanation);
    assert_eq!(lamp(standing(LARGE)), ("unreported", "未填"));
    let bar = standing(LARGE).bar.unwrap();
    assert_eq!((bar.done, bar.expected), (0, 25));

    let saved = save(home, MARCH, &[(GROWTH, "base", "0")]);
    let zero = saved.standings.iter().find(|one| one.target == GROWTH).unwrap();
    assert_eq!(zero.computed, "无法计算");
}

#[test]
fn a_target_not_due_stands_there_with_its_last_figure_and_asks_for_nothing() {
    let mut district = district();
    district.offices[0].entry_sheet(period(MARCH)).unwrap();
    let home = &mut district.offices[0];
    fill_all(home, MARCH, "10");
    export(&mut district, MARCH);
    let home = &mut district.offices[0];
    let sheet = home.entry_sheet(period("2024-05")).unwrap();
    let quarterly = row(&sheet, QUARTERLY);
    assert!(!quarterly.due);
    assert_eq!((quarterly.last.as_deref(), quarterly.last_period.as_deref()), (Some("5"), Some("3月")));
    assert_eq!(quarterly.frequency, "每季");
    assert_eq!(quarterly.standing.explanation, "每季报一次，本期不用填");
    assert_eq!((sheet.counts.total, sheet.counts.optional), (8, 1));
    let saved = save(home, "2024-05", &[(QUARTERLY, "value", "6")]);
    assert_eq!(codes(&saved.standings[0]), ["not_due"]);
    let april = home.entry_sheet(period("2024-04")).unwrap();
    assert_eq!(row(&april, COUNT).last.as_deref(), Some("10"));
    assert_eq!(row(&april, COUNT).last_period, None, "it is the period before");
    assert_eq!(row(&april, GROWTH).last.as_deref(), Some("7.0%"));
    assert_eq!(row(&april, MILESTONE).last.as_deref(), Some("开工"));
}

#[test]
fn nil_is_refused_in_advance_and_counts_as_an_answer() {
    let mut plan = small(1);
    plan.targets.retain(|target| ![GROWTH, OFFICIAL].contains(&target.id.as_str()));
    plan.assignments.retain(|one| one.target.as_str() != GROWTH);
    let mut with_rates = district();
    let home = &mut with_rates.offices[0];
    let sheet = home.entry_sheet(period(MARCH)).unwrap();
    let refused = sheet.nil_refused.unwrap();
    assert_eq!(refused.code, "nil_while_rate_due");
    assert!(refused.what.contains("3 项") && refused.what.contains("收入增速"), "{}", refused.what);
    assert!(matches!(home.declare_nil(period(MARCH), true), Err(Error::NilRefused(_))));
    assert!(!home.entry_sheet(period(MARCH)).unwrap().nil);

    let mut district = District::with_plan(&plan, 1);
    district.report(0, "2024-02", "6", "stick");
    let home = &mut district.offices[0];
    let saved = save(home, MARCH, &[(COUNT, "value", "7")]);
    assert_eq!(saved.nil_refused.unwrap().code, "nil_with_entries");
    save(home, MARCH, &[(COUNT, "value", "")]);
    let sheet = home.declare_nil(period(MARCH), true).unwrap();
    assert!(sheet.nil && sheet.nil_refused.is_none());
    assert_eq!((sheet.counts.nil, sheet.counts.empty, sheet.counts.total), (4, 0, 4));
    let count = &row(&sheet, COUNT).standing;
    assert_eq!((count.state, count.computed.as_str()), (CellState::Nil, "15.0%"), "6 of 40, as before");
    let undone = home.declare_nil(period(MARCH), false).unwrap();
    assert_eq!((undone.nil, undone.counts.empty), (false, 4));
    home.declare_nil(period(MARCH), true).unwrap();
    district.export(0, MARCH, "nil");
    let history = district.offices[0].cell_history(COUNT, None).unwrap();
    assert_eq!(history.versions[0].figures, "零报告");
}
