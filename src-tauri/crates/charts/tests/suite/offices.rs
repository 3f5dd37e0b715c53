//! What is drawn of many offices: their order, their cells, their year.

use std::time::{Duration, Instant};

use charts::heat::{Cell, Group, Heat, Row};
use charts::months::Stand;
use charts::ranking::Ranked;
use charts::{Lamp, Theme};

use crate::drawn::{check_layout, filled, texts};

const RED: &str = "#B3261E";
const GREEN: &str = "#227B3C";
const ACCENT: &str = "#1B4F8F";

fn names(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("演示第{number}街道")).collect()
}

fn map(offices: usize, targets: usize, cell: Cell) -> Heat {
    let row = |number: usize| Row { name: format!("第{number}号目标"), cells: vec![cell; offices] };
    let rows = (0..targets).map(row).collect();
    Heat { offices: names(offices), groups: vec![Group { heading: "七 民生福祉".to_owned(), rows }] }
}

#[test]
fn nothing_to_draw_says_so() {
    for chart in [
        charts::ranking(&[], Theme::Light),
        charts::months(&[], Theme::Dark),
        charts::heat(&map(0, 3, Cell::NotJudged), Theme::Light),
        charts::heat(&map(3, 0, Cell::NotJudged), Theme::Dark),
    ] {
        assert_eq!(texts(&chart), ["暂无数据"]);
    }
}

#[test]
fn an_office_has_its_place_its_lamps_and_its_share() {
    let row = Ranked {
        place: "并列 3".to_owned(),
        name: "铁山街道".to_owned(),
        lamps: [2, 10, 1, 1, 0],
        figure: "12/14".to_owned(),
        share: "85.7%".to_owned(),
    };
    let chart = charts::ranking(&[row], Theme::Light);
    let words = texts(&chart);
    for word in ["并列 3", "铁山街道", "12/14", "85.7%", "10", "已完成", "严重落后", "完成和正常"]
    {
        assert!(words.iter().any(|text| text == word), "{word}: {words:?}");
    }
    // The bar and the shape in the legend.
    assert_eq!(filled(&chart, "rect", RED), 2);
}

#[test]
fn every_office_and_every_target_of_a_district_can_be_read() {
    let chart = charts::heat(&map(22, 90, Cell::Lamp(Lamp::Green)), Theme::Light);
    check_layout(&chart);
    let words = texts(&chart);
    assert!((0..90).all(|number| words.contains(&format!("第{number}号目标"))));
    // Names stand upright, a letter at a time.
    assert_eq!(words.iter().filter(|text| *text == "街").count(), 22);
    // A disc per cell and one in the legend.
    assert_eq!(filled(&chart, "circle", GREEN), 22 * 90 + 1);
}

#[test]
fn who_is_behind_is_filled_and_what_is_not_judged_is_not() {
    let cells = |cell| filled(&charts::heat(&map(1, 1, cell), Theme::Light), "rect", RED);
    assert_eq!(cells(Cell::Lamp(Lamp::Red)), 2);
    assert_eq!([Cell::Blank, Cell::NotJudged, Cell::NotApplicable].map(cells), [1, 1, 1]);
}

#[test]
fn long_names_of_offices_are_cut_and_said_to_be() {
    let mut heat = map(1, 1, Cell::Blank);
    heat.offices = vec!["很长很长很长很长的演示街道办事处".to_owned()];
    assert!(texts(&charts::heat(&heat, Theme::Light)).iter().any(|text| text == "…"));
}

#[test]
fn a_page_of_forty_offices_and_three_hundred_targets_is_drawn_at_once() {
    let start = Instant::now();
    let chart = charts::heat(&map(40, 300, Cell::Lamp(Lamp::Red)), Theme::Light);
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    check_layout(&chart);
}

#[test]
fn a_period_shows_who_reported_and_how_its_lamps_stood() {
    let stand = Stand { label: "1—2月".to_owned(), reported: 18, owed: 22, lamps: [0, 58, 12, 9, 0] };
    let chart = charts::months(&[stand], Theme::Light);
    let words = texts(&chart);
    for word in ["1—2月", "18/22", "58", "12", "9"] {
        assert!(words.iter().any(|text| text == word), "{word}: {words:?}");
    }
    assert_eq!(filled(&chart, "rect", ACCENT), 1);
    check_layout(&chart);
}
