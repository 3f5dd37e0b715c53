//! The charts of an office's own figures, held against what the demonstration typed.

use app::demo::office::{open, prepare};
use app::screens::analysis::{ChartView, Theme, Trend};
use app::{Error, Field, Home, Period};
use model::plan::{Assignee, Assignment, OfficeKind};
use model::target::{Comparator, Measure};
use tempfile::TempDir;
use testkit::plan::{COUNT, GROWTH, MILESTONE, QUARTERLY, figure, small, target, target_id};
use testkit::{District, period};

fn home() -> (TempDir, Home) {
    let root = TempDir::new().unwrap();
    prepare(root.path(), &mut |_, _| true).unwrap();
    let home = open(root.path()).unwrap();
    (root, home)
}

fn june() -> Period {
    "2024-06".parse().unwrap()
}

fn row<'a>(chart: &'a ChartView, column: usize, name: &str) -> Vec<&'a str> {
    let row = chart.rows.iter().find(|row| row[column] == name);
    row.unwrap_or_else(|| panic!("{name} in {:?}", chart.rows)).iter().map(String::as_str).collect()
}

fn trend(home: &Home, target: &str) -> Trend {
    home.trend(target, june(), Theme::Light).unwrap()
}

/// Every table is as wide as its heads, and every chart is drawn and described.
fn is_whole(chart: &ChartView) {
    assert!(chart.svg.starts_with("<svg") && chart.svg.trim_end().ends_with("</svg>"), "{}", chart.title);
    assert!(chart.alt.ends_with('。') && !chart.alt.contains("。。"), "{}", chart.alt);
    assert!(!chart.rows.is_empty());
    for row in &chart.rows {
        assert_eq!(row.len(), chart.heads.len(), "{row:?}");
    }
}

#[test]
fn completion_is_reckoned_from_the_sheet() {
    let (_root, home) = home();
    let shown = home.analysis(june(), Theme::Light).unwrap();
    is_whole(&shown.chapters);
    is_whole(&shown.completion);
    assert_eq!(shown.targets.len(), 28);
    // 128 of 165, half of which was expected by June; typed and not yet sent.
    let charging = row(&shown.completion, 1, "新增充电桩");
    assert_eq!(charging[2..6], ["165 个", "128 个", "82.5 个", "77.6%"]);
    let berths = row(&shown.completion, 1, "新增泊位");
    assert_eq!(berths[2..], ["440 个", "—", "220 个", "—", "待改正"]);
    assert_eq!(row(&shown.completion, 1, "数字经济核心产业营收增速").last(), Some(&"不适用"));
    assert_eq!(row(&shown.completion, 1, "扶持创业").last(), Some(&"未填"));
}

#[test]
fn lamps_are_counted_once_in_chapters_targets_and_sentence() {
    let (_root, home) = home();
    let shown = home.analysis(june(), Theme::Light).unwrap();
    let lit = |code: &str| {
        shown.targets.iter().filter(|one| one.lamp.as_ref().is_some_and(|lamp| lamp.code == code)).count()
    };
    let column = |at: usize| -> usize {
        shown.chapters.rows.iter().map(|row| row[at].parse::<usize>().unwrap()).sum()
    };
    let counts = ["done", "green", "yellow", "red"].map(lit);
    assert_eq!([1, 2, 3, 4].map(column), counts);
    assert!(counts.iter().all(|count| *count > 0), "{counts:?}");
    let grey = ["unreported", "unscheduled"].map(lit);
    assert_eq!([5, 6].map(column), grey);
    assert_eq!((1..=6).map(column).sum::<usize>(), column(7));
    let [done, green, yellow, red] = counts;
    let said = format!("已完成 {done} 个，正常 {green} 个，落后 {yellow} 个，严重落后 {red} 个");
    assert!(shown.chapters.alt.contains(&said), "{}", shown.chapters.alt);
    let said = format!("，未填 {} 个", grey[0]);
    assert!(grey[0] > 0 && shown.chapters.alt.contains(&said), "{}", shown.chapters.alt);
    assert_eq!(shown.chapters.alt.contains("未排节点"), grey[1] > 0);
}

#[test]
fn a_target_shows_its_months_and_where_the_year_stands() {
    let (_root, home) = home();
    let shown = trend(&home, "5-2-05");
    is_whole(&shown.chart);
    let done: Vec<&str> = shown.chart.rows.iter().map(|row| row[1].as_str()).collect();
    assert_eq!(done[..6], ["59 个", "89 个", "118 个", "148 个", "128 个", "—"]);
    assert_eq!(done.len(), 11);
    assert_eq!(row(&shown.chart, 0, "1—2月")[2], "27.5 个");
    assert_eq!(row(&shown.chart, 0, "12月")[1..], ["—", "165 个", ""]);
    assert_eq!(row(&shown.chart, 0, "6月")[3], "按本期填报数");
    assert!(shown.chart.alt.contains("从1—2月的 59 个到6月的 128 个"), "{}", shown.chart.alt);
    assert!(shown.explanation.contains("128 ÷ 165"), "{}", shown.explanation);
    assert!(shown.clause.contains("充电桩"));
}

#[test]
fn a_period_before_shows_what_stood_then() {
    let (_root, home) = home();
    let april = home.trend("7-1-03", "2024-04".parse().unwrap(), Theme::Light).unwrap();
    // The correction is what stands: 55 was filed first.
    assert_eq!(row(&april.chart, 0, "4月")[1], "56 人");
    assert_eq!(row(&april.chart, 0, "5月")[1], "—");
}

#[test]
fn what_was_sent_back_or_does_not_apply_leaves_a_gap() {
    let (_root, home) = home();
    let returned = trend(&home, "3-2-02");
    assert_eq!(row(&returned.chart, 0, "4月")[1], "5 家");
    assert_eq!(row(&returned.chart, 0, "5月")[1], "—");
    assert!(row(&returned.chart, 0, "5月")[3].contains("退回"));
    let never = trend(&home, "2-4-01");
    assert_eq!(row(&never.chart, 0, "6月")[1..], ["—", "15%", "不适用"]);
    assert!(never.chart.alt.contains("还没有数"), "{}", never.chart.alt);
}

#[test]
fn rates_and_stages_have_months_too() {
    let (_root, home) = home();
    let rate = trend(&home, "2-1-03");
    is_whole(&rate.chart);
    // 271.95 ÷ 410.19 = 66.3 %
    assert_eq!(row(&rate.chart, 0, "6月")[1..3], ["66.3%", "65%"]);
    let stage = trend(&home, "7-3-02");
    is_whole(&stage.chart);
    assert_eq!(row(&stage.chart, 0, "5月")[1], "推进中");
    assert_eq!(row(&stage.chart, 0, "6月")[1..3], ["主体封顶", "推进中"]);
}

#[test]
fn charts_follow_the_theme_and_nothing_else_does() {
    let (_root, home) = home();
    let [light, dark] =
        [Theme::Light, Theme::Dark].map(|theme| home.trend("5-2-05", june(), theme).unwrap().chart);
    assert_ne!(light.svg, dark.svg);
    assert_eq!((light.alt, light.rows), (dark.alt, dark.rows));
}

#[test]
fn others_targets_and_periods_are_refused() {
    let (_root, home) = home();
    for code in ["1-1-02", "no-such", "", "<b>"] {
        let refused = home.trend(code, june(), Theme::Light);
        assert!(matches!(refused, Err(Error::UnknownTarget(_))), "{code}: {refused:?}");
    }
    let refused = home.analysis("2023-06".parse().unwrap(), Theme::Light);
    assert!(matches!(refused, Err(Error::NotReported(_))), "{refused:?}");
}

#[test]
fn between_its_quarters_a_count_stands_where_it_stood() {
    let mut district = District::new(1);
    district.report(0, "2024-03", "10", "stick");
    district.fill(0, "2024-05", "20");
    let shown = district.offices[0].trend(QUARTERLY, period("2024-05"), Theme::Light).unwrap();
    assert_eq!(row(&shown.chart, 0, "1—2月")[1..], ["—", "—", "本月不报"]);
    assert_eq!(row(&shown.chart, 0, "3月")[1..], ["5 场", "—", ""]);
    assert_eq!(row(&shown.chart, 0, "5月")[1..], ["5 场", "—", "沿用上期数"]);
    assert_eq!(row(&shown.chart, 0, "6月")[1], "—");
    // A count that is due every month is not carried over the month that was skipped.
    let monthly = district.offices[0].trend(COUNT, period("2024-05"), Theme::Light).unwrap();
    assert_eq!(row(&monthly.chart, 0, "4月")[1], "—");
    assert_eq!(row(&monthly.chart, 0, "5月")[1..], ["20 个", "16.67 个", "按本期填报数"]);
}

#[test]
fn a_relative_target_is_held_against_its_reference_month_by_month() {
    const RELATIVE: &str = "1-1-07";
    let mut plan = small(1);
    let measure = Measure::Relative {
        to: target_id(GROWTH),
        comparator: Comparator::AtLeast,
        tolerance: figure("0.5"),
    };
    plan.targets.push(target(RELATIVE, "居民收入", measure, "%"));
    let to = Assignee::Every(OfficeKind::Street);
    plan.assignments.push(Assignment { target: target_id(RELATIVE), to, quota: None });
    let mut district = District::with_plan(&plan, 1);
    district.fill(0, "2024-03", "10");
    let home = &mut district.offices[0];
    let sheet = home.sheet(period("2024-03"), None).unwrap();
    let boxes = [(Field::Current, "108".to_owned()), (Field::Base, "100".to_owned())];
    home.enter(&sheet, RELATIVE, &boxes).unwrap();
    let shown = home.trend(RELATIVE, period("2024-03"), Theme::Light).unwrap();
    // 7 % less half a point.
    assert_eq!(row(&shown.chart, 0, "3月")[1..3], ["8.0%", "6.5%"]);
    assert_eq!(row(&shown.chart, 0, "4月")[1..3], ["—", "—"]);
}

#[test]
fn markup_in_a_plan_is_text_in_its_charts() {
    const MARKUP: &str = "<script>alert(1)</script><b onload=x>&\"'";
    let mut plan = small(1);
    plan.chapters[0].title = MARKUP.to_owned();
    for target in &mut plan.targets {
        target.name.push_str(MARKUP);
        target.clause.push_str(MARKUP);
        if let Measure::Milestone { stages } = &mut target.measure {
            stages.iter_mut().for_each(|stage| stage.name.push_str("<i>"));
        }
    }
    plan.targets[0].unit = "<u>".to_owned();
    let district = District::with_plan(&plan, 1);
    let home = &district.offices[0];
    let all = home.analysis(period("2024-03"), Theme::Light).unwrap();
    let months =
        [COUNT, MILESTONE].map(|code| home.trend(code, period("2024-03"), Theme::Dark).unwrap().chart);
    for chart in [all.chapters, all.completion].iter().chain(&months) {
        for tag in ["<script", "<b ", "<i>", "<u>"] {
            assert!(!chart.svg.contains(tag), "{tag} in {}", chart.title);
        }
    }
    assert!(months[1].svg.contains("&lt;i&gt;"));
    assert!(all.targets[0].name.ends_with(MARKUP));
}
