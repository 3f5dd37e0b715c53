//! Where things are drawn, held against the figures that they stand for.

use std::collections::HashMap;

use charts::completion::{Group, Row};
use charts::trend::{Goal, Month, Reading, Scale, Trend};
use charts::{Chart, Lamp, Theme};
use roxmltree::{Document, Node};

const RED: &str = "#B3261E";
const ACCENT: &str = "#1B4F8F";

/// What rounding to whole pixels may move, in units of the view box.
const ROUNDED: f64 = 4.0;

fn number(node: Node, name: &str) -> f64 {
    node.attribute(name).unwrap().parse().unwrap()
}

fn near(is: f64, wanted: f64, what: &str) {
    assert!((is - wanted).abs() <= ROUNDED, "{what}: {is}, not {wanted}");
}

fn named<'a>(document: &'a Document, name: &str) -> Vec<Node<'a, 'a>> {
    document.descendants().filter(|node| node.has_tag_name(name)).collect()
}

/// Where the words stand that are drawn once.
fn words(document: &Document) -> HashMap<String, (f64, f64)> {
    let place = |node: Node| {
        let middle = number(node, "y") + 0.39 * number(node, "font-size");
        (node.text().unwrap_or_default().trim().to_owned(), (number(node, "x"), middle))
    };
    named(document, "text").into_iter().map(place).collect()
}

fn bar(completion: f64, expected: f64) -> Chart {
    let row = Row {
        name: "新增充电桩".to_owned(),
        completion: Some(completion),
        expected: Some(expected),
        lamp: Some(Lamp::Red),
        figure: String::new(),
        verdict: String::new(),
    };
    charts::completion(&[Group { heading: String::new(), rows: vec![row] }], Theme::Light)
}

/// The x of the axis at 0, 50 and 100 %, by its labels.
fn axis(document: &Document) -> [f64; 3] {
    let words = words(document);
    ["0", "50%", "100%"].map(|label| words[label].0)
}

/// Where the bar begins and how long it is; right of it, in the same colour, stands the lamp's shape.
fn bar_of(document: &Document) -> (f64, f64) {
    let bars = named(document, "rect").into_iter().filter(|node| node.attribute("fill") == Some(RED));
    let row = bars.filter(|node| number(*node, "height") == 40.0 && number(*node, "y") > 200.0);
    let spans: Vec<_> = row.map(|node| (number(node, "x"), number(node, "width"))).collect();
    assert!(spans.len() == 2 && spans[0].0 < spans[1].0, "{spans:?}");
    spans[0]
}

#[test]
fn a_bar_is_as_long_as_its_figure() {
    for (completion, share) in [(0.0, 0.0), (25.0, 0.25), (50.0, 0.5), (100.0, 1.0), (110.0, 1.1)] {
        let chart = bar(completion, 80.0);
        let document = Document::parse(&chart.svg).unwrap();
        let [zero, half, whole] = axis(&document);
        near(half - zero, (whole - zero) / 2.0, "the label of 50 %");
        // The whole takes a good part of the chart: were the scale halved, labels and all, this would tell.
        let part = (whole - zero) / f64::from(chart.width * 4);
        assert!((0.3..0.4).contains(&part), "100 % takes {part} of the chart");
        let (x, width) = bar_of(&document);
        near(x, zero, "where the bar begins");
        near(width, (whole - zero) * share, &format!("the bar of {completion} %"));
    }
}

#[test]
fn the_mark_stands_where_the_year_stands() {
    for expected in [0.0, 8.3, 50.0, 100.0] {
        let chart = bar(30.0, expected);
        let document = Document::parse(&chart.svg).unwrap();
        let [zero, _, whole] = axis(&document);
        let marks: Vec<f64> = named(&document, "rect")
            .into_iter()
            .filter(|node| (number(*node, "width"), number(*node, "height")) == (8.0, 72.0))
            .map(|node| number(node, "x") + 4.0)
            .collect();
        assert_eq!(marks.len(), 1, "{marks:?}");
        near(marks[0], zero + (whole - zero) * expected / 100.0, &format!("the mark of {expected} %"));
    }
}

#[test]
fn points_and_goal_of_a_trend_stand_at_the_height_of_their_figures() {
    let figures = [0.0, 60.0, 200.0, 318.0, 740.0];
    let month = |value: &f64| Month {
        label: format!("{value}月"),
        actual: Some(Reading { value: *value, label: String::new(), carried: false }),
        expected: None,
    };
    let trend = Trend {
        scale: Scale::Amount { unit: "个".to_owned() },
        months: figures.iter().map(month).collect(),
        goal: Some(Goal { value: 600.0, label: "目标".to_owned() }),
    };
    let chart = charts::trend(&trend, Theme::Light);
    let document = Document::parse(&chart.svg).unwrap();
    let words = words(&document);
    let (bottom, top) = (words["0"].1, words["800"].1);
    let room = (bottom - top) / f64::from(chart.height * 4);
    assert!((0.6..0.8).contains(&room), "the axis takes {room} of the height");
    near(words["400"].1, (bottom + top) / 2.0, "the label of 400");
    let height = |value: f64| bottom - (bottom - top) * value / 800.0;

    let points: Vec<(f64, f64)> = named(&document, "circle")
        .into_iter()
        .filter(|node| node.attribute("fill") == Some(ACCENT))
        .map(|node| (number(node, "cx"), number(node, "cy")))
        .skip_while(|(_, y)| *y < top)
        .collect();
    let points: Vec<_> = points.into_iter().filter(|(_, y)| *y > top - ROUNDED).collect();
    assert_eq!(points.len(), figures.len(), "{points:?}");
    for ((x, y), value) in points.iter().zip(figures) {
        near(*y, height(value), &format!("the point of {value}"));
        near(*x, words[&format!("{value}月")].0, &format!("the month of {value}"));
    }
    // The goal's arrow points at its line.
    let arrows = named(&document, "polygon");
    let tips = arrows.iter().map(|node| node.attribute("points").unwrap().split(' ').next().unwrap());
    let tips: Vec<f64> = tips.map(|tip| tip.split(',').nth(1).unwrap().parse().unwrap()).collect();
    let goal = tips.iter().copied().find(|y| *y > top).unwrap();
    near(goal, height(600.0), "the goal");
    let levels = named(&document, "polyline").into_iter().chain(named(&document, "line"));
    let at_goal = levels.filter(|node| {
        let ys = node.attribute("points").map(|points| {
            let ys = points.split(' ').filter_map(|point| point.split(',').nth(1));
            ys.map(|y| y.parse::<f64>().unwrap()).collect::<Vec<_>>()
        });
        let ys = ys.unwrap_or_else(|| vec![number(*node, "y1"), number(*node, "y2")]);
        ys.iter().all(|y| (y - height(600.0)).abs() <= ROUNDED)
    });
    assert!(at_goal.count() >= 1, "no line at the height of the goal");
}
