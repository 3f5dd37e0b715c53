//! What is drawn for which figures.

use std::time::{Duration, Instant};

use charts::chapters::Chapter;
use charts::completion::{Group, Row};
use charts::trend::{Goal, Month, Reading, Scale, Trend};
use charts::{Lamp, Theme};

use crate::drawn::{check_layout, filled, texts};

const RED: &str = "#B3261E";
const ACCENT: &str = "#1B4F8F";

fn row(completion: Option<f64>, lamp: Lamp) -> Row {
    Row {
        name: "新增充电桩".to_owned(),
        completion,
        expected: Some(50.0),
        lamp: Some(lamp),
        figure: "23.0%".to_owned(),
        verdict: "落后 27.0 点".to_owned(),
    }
}

fn bars(rows: Vec<Row>) -> charts::Chart {
    charts::completion(&[Group { heading: "民生".to_owned(), rows }], Theme::Light)
}

fn month(label: &str, value: Option<f64>, carried: bool) -> Month {
    let actual = value.map(|value| Reading { value, label: format!("{value}"), carried });
    Month { label: label.to_owned(), actual, expected: None }
}

fn line(values: &[Option<f64>]) -> Trend {
    let months = values.iter().map(|value| month("3月", *value, false)).collect();
    Trend { scale: Scale::Amount { unit: "个".to_owned() }, months, goal: None }
}

#[test]
fn nothing_to_draw_says_so() {
    let no_rows = Group { heading: "民生".to_owned(), rows: Vec::new() };
    let nothing = Chapter { name: "民生".to_owned(), done: 0, green: 0, yellow: 0, red: 0, grey: 0 };
    for chart in [
        charts::completion(&[], Theme::Light),
        charts::completion(&[no_rows], Theme::Dark),
        charts::chapters(&[], Theme::Light),
        charts::chapters(&[nothing], Theme::Dark),
        charts::trend(&line(&[]), Theme::Light),
        charts::trend(&line(&[None, Some(f64::NAN), Some(f64::INFINITY), Some(1e300)]), Theme::Dark),
    ] {
        assert_eq!(texts(&chart), ["暂无数据"]);
        check_layout(&chart);
    }
}

#[test]
fn a_row_has_bar_shape_figure_and_words() {
    let chart = bars(vec![row(Some(23.0), Lamp::Red)]);
    let words = texts(&chart);
    for word in ["民生", "新增充电桩", "23.0%", "落后 27.0 点", "完成率", "序时进度"] {
        assert!(words.iter().any(|text| text == word), "{word}: {words:?}");
    }
    // The bar, the shape beside it, and the shape in the legend.
    assert_eq!(filled(&chart, "rect", RED), 3);
}

#[test]
fn what_is_no_number_has_no_bar() {
    for value in [None, Some(f64::NAN), Some(f64::INFINITY), Some(f64::NEG_INFINITY)] {
        assert_eq!(filled(&bars(vec![row(value, Lamp::Red)]), "rect", RED), 2, "{value:?}");
    }
}

#[test]
fn what_leaves_the_scale_ends_in_an_arrow() {
    for (value, arrows) in [(0.0, 0), (119.9, 0), (120.0, 0), (120.1, 1), (1e17, 1), (-0.1, 1)] {
        let chart = bars(vec![row(Some(value), Lamp::Red)]);
        assert_eq!(filled(&chart, "polygon", RED), arrows, "{value}");
        check_layout(&chart);
    }
}

#[test]
fn every_count_of_a_chapter_stands_in_its_column() {
    let chapter = Chapter { name: "民生".to_owned(), done: 3, green: 41, yellow: 5, red: 0, grey: 7 };
    let chart = charts::chapters(&[chapter], Theme::Light);
    let words = texts(&chart);
    let columns: Vec<&str> = words[words.len() - 6..].iter().map(String::as_str).collect();
    assert_eq!(columns, ["3", "41", "5", "0", "7", "56"]);
    assert_eq!(words[..6], ["已完成", "正常", "落后", "严重落后", "未评价", "合计"]);
}

#[test]
fn a_month_without_a_figure_leaves_a_gap() {
    let strokes = |values: &[Option<f64>]| {
        let chart = charts::trend(&line(values), Theme::Light);
        let document = roxmltree::Document::parse(&chart.svg).unwrap();
        let lines = document.descendants().filter(|node| node.attribute("stroke") == Some(ACCENT));
        lines.filter(|node| node.tag_name().name() == "polyline").count() - 1 // the legend's sample
    };
    let some = Some(5.0);
    assert_eq!(strokes(&[some, some, some, some]), 1);
    assert_eq!(strokes(&[some, some, None, some]), 2);
    assert_eq!(strokes(&[some, some, Some(f64::NAN), some, None, some]), 3);
}

#[test]
fn carried_figures_are_hollow_and_explained() {
    let mut trend = line(&[Some(5.0), Some(6.0)]);
    let chart = charts::trend(&trend, Theme::Light);
    assert!(!texts(&chart).iter().any(|text| text == "沿用上期数"));
    assert_eq!(filled(&chart, "circle", ACCENT), 3);
    trend.months.push(month("5月", Some(6.0), true));
    let chart = charts::trend(&trend, Theme::Light);
    assert!(texts(&chart).iter().any(|text| text == "沿用上期数"));
    assert_eq!(filled(&chart, "circle", ACCENT), 3);
    assert_eq!(filled(&chart, "circle", "none"), 2);
}

#[test]
fn stages_are_named_and_stages_beyond_the_list_are_none() {
    let stages = ["未开始", "开工", "主体封顶"].map(str::to_owned).to_vec();
    let mut trend = line(&[Some(0.0), Some(2.0), Some(3.0), Some(-1.0)]);
    trend.scale = Scale::Stages(stages.clone());
    trend.goal = Some(Goal { value: 2.0, label: "主体封顶（8月）".to_owned() });
    let chart = charts::trend(&trend, Theme::Light);
    let words = texts(&chart);
    assert!(stages.iter().all(|stage| words.contains(stage)));
    // Two months and the legend.
    assert_eq!(filled(&chart, "circle", ACCENT), 3);
    check_layout(&chart);
}

#[test]
fn more_months_than_fit_make_a_wider_chart() {
    assert_eq!(charts::trend(&line(&[Some(5.0); 11]), Theme::Light).width, 880);
    let chart = charts::trend(&line(&[Some(5.0); 60]), Theme::Light);
    assert!(chart.width > 60 * 40, "{} pixels", chart.width);
    assert_eq!(texts(&chart).iter().filter(|text| *text == "3月").count(), 60);
    check_layout(&chart);
}

#[test]
fn three_hundred_rows_are_drawn_at_once_and_in_full() {
    let rows: Vec<Row> = (0..300)
        .map(|number| Row {
            name: format!("第{number}号目标"), ..row(Some(f64::from(number)), Lamp::Green)
        })
        .collect();
    let start = Instant::now();
    let chart = bars(rows);
    assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
    assert!((9_000..12_000).contains(&chart.height), "{} pixels", chart.height);
    let words = texts(&chart);
    assert!((0..300).all(|number| words.contains(&format!("第{number}号目标"))));
    check_layout(&chart);
}
