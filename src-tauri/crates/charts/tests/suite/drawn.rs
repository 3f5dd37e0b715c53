//! Reads a document back: what is drawn, and where.

use charts::Chart;
use roxmltree::{Document, Node};

/// The document, after checking that it is one and is as large as it says.
pub fn read(chart: &Chart) -> Document<'_> {
    let document = Document::parse(&chart.svg).unwrap();
    let root = document.root_element();
    assert_eq!(root.tag_name().name(), "svg");
    assert_eq!(root.attribute("width"), Some(chart.width.to_string().as_str()));
    assert_eq!(root.attribute("height"), Some(chart.height.to_string().as_str()));
    let (right, bottom) = corner(chart);
    assert_eq!(root.attribute("viewBox"), Some(format!("0 0 {right} {bottom}").as_str()));
    document
}

/// The lower right corner of the view box, which has four units to a pixel.
fn corner(chart: &Chart) -> (f64, f64) {
    (f64::from(chart.width * 4), f64::from(chart.height * 4))
}

/// All texts, in the order of drawing.
pub fn texts(chart: &Chart) -> Vec<String> {
    let document = read(chart);
    let texts = document.descendants().filter(|node| node.has_tag_name("text"));
    texts.map(|node| node.text().unwrap_or_default().trim().to_owned()).collect()
}

/// How many elements of a name are filled with a colour.
pub fn filled(chart: &Chart, name: &str, colour: &str) -> usize {
    let document = read(chart);
    let of_colour = |node: &Node| is(node, name) && node.attribute("fill") == Some(colour);
    document.descendants().filter(of_colour).count()
}

/// Fails where something reaches outside of the view box, or a text into another.
pub fn check_layout(chart: &Chart) {
    let (right, bottom) = corner(chart);
    let mut set: Vec<(Span, Span)> = Vec::new();
    for node in read(chart).descendants().filter(Node::is_element).skip(1) {
        let (x, y) = extent(&node);
        let inside = x.0 >= 0.0 && x.1 <= right && y.0 >= 0.0 && y.1 <= bottom;
        assert!(inside, "{x:?} {y:?} in {right} × {bottom}: {:?} {:?}", node.tag_name(), node.text());
        if is(&node, "text") {
            let other = set.iter().find(|(ox, oy)| overlap(*ox, x) && overlap(*oy, y));
            assert!(other.is_none(), "{:?} at {x:?} {y:?} on {other:?}", node.text());
            set.push((x, y));
        }
    }
}

fn overlap(one: Span, other: Span) -> bool {
    one.0 < other.1 && other.0 < one.1
}

type Span = (f64, f64);

fn extent(node: &Node) -> (Span, Span) {
    let number = |name: &str| -> f64 { node.attribute(name).unwrap_or("0").parse().unwrap() };
    let stroke = number("stroke-width") / 2.0;
    match node.tag_name().name() {
        "rect" => {
            let (x, y, width, height) = (number("x"), number("y"), number("width"), number("height"));
            assert!(width >= 0.0 && height >= 0.0, "{width} × {height}");
            ((x, x + width), (y, y + height))
        }
        "circle" => {
            let (x, y, radius) = (number("cx"), number("cy"), number("r") + stroke);
            ((x - radius, x + radius), (y - radius, y + radius))
        }
        "line" => (
            span([number("x1"), number("x2")].into_iter(), stroke),
            span([number("y1"), number("y2")].into_iter(), stroke),
        ),
        "polyline" | "polygon" => {
            let points: Vec<f64> = node
                .attribute("points")
                .unwrap()
                .split([',', ' '])
                .filter(|part| !part.is_empty())
                .map(|part| part.parse().unwrap())
                .collect();
            let xs = points.iter().step_by(2).copied();
            let ys = points.iter().skip(1).step_by(2).copied();
            (span(xs, stroke), span(ys, stroke))
        }
        "text" => {
            let size = number("font-size");
            let text = node.text().unwrap_or_default().trim().to_owned();
            // Other and more modest estimates than the crate's: what a narrow font would need at least.
            let em = |one: char| match one {
                ' ' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | 'i' | 'j' | 'l' | 'I' => 0.25,
                '\0'..='\u{7f}' | '\u{ff61}'..='\u{ffdc}' => 0.5,
                '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200d}' | '\u{feff}' => 0.0,
                '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' => 0.0,
                '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}' | '\u{e0000}'..='\u{e0fff}' => 0.0,
                '\u{80}'..='\u{52f}' => 0.7,
                _ => 1.0,
            };
            let width: f64 = text.chars().map(em).sum::<f64>() * size;
            let x = number("x");
            let x = match node.attribute("text-anchor") {
                Some("start") => (x, x + width),
                Some("middle") => (x - width / 2.0, x + width / 2.0),
                _ => (x - width, x),
            };
            // The base line is 0.76 em below the position, descenders another 0.24.
            (x, (number("y") - 0.12 * size, number("y") + size))
        }
        other => panic!("what is {other}?"),
    }
}

fn span(values: impl Iterator<Item = f64> + Clone, stroke: f64) -> Span {
    (values.clone().fold(f64::INFINITY, f64::min) - stroke, values.fold(f64::NEG_INFINITY, f64::max) + stroke)
}

fn is(node: &Node, name: &str) -> bool {
    node.tag_name().name() == name
}
