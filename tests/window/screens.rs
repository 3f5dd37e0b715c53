//! Every screen, light and dark, wide and narrow: nobody is kept out, nothing is cut off, and people can look at it.

use crate::harness::{Desk, Window, stage};

const PLACES: [(&str, &str); 7] = [
    ("首页", "home"),
    ("填报", "entry"),
    ("审核", "checks"),
    ("报送", "sending"),
    ("回执", "receipts"),
    ("分析", "analysis"),
    ("设置", "settings"),
];

/// What is wider than the window, which nobody can scroll to.
const CUT_OFF: &str = "return [...document.querySelectorAll('body *')]
  .filter((element) => element.getClientRects().length > 0 && !element.closest('.visually-hidden, [aria-hidden=true]'))
  .filter((element) => { const { left, right } = element.getBoundingClientRect(); return left < -1 || right > innerWidth + 1 })
  .filter((element) => { for (let at = element.parentElement; at; at = at.parentElement)
      if (['auto', 'scroll', 'hidden'].includes(getComputedStyle(at).overflowX)) return false
    return true })
  .map((element) => element.outerHTML.slice(0, 120))";

fn look_around(window: &Window<'_>, theme: &str) {
    // The second is what a screen of 1280×720 has left at 150 %, less the bars of the window and the system.
    for (width, height) in [(1280, 720), (853, 420)] {
        window.size(width, height);
        for (place, name) in PLACES {
            window.go(place);
            window.rests();
            window.screenshot(&format!("{name}-{theme}-{width}"));
            window.keeps_nobody_out(&format!("{place}, {theme}, {width} pixels wide"));
            let cut: Vec<String> = serde_json::from_value(window.js(CUT_OFF, &[])).unwrap();
            assert!(cut.is_empty(), "{place} is cut off at {width}:\n{}", cut.join("\n"));
        }
    }
    assert_eq!(window.complaints(), Vec::<String>::new());
}

#[test]
fn every_screen_in_the_light() {
    let desk = Desk::new();
    stage::office_at_work(&desk);
    let window = desk.open();
    window.sees("泊里镇");
    look_around(&window, "light");
}

#[test]
fn every_screen_in_the_dark() {
    let desk = Desk::new().dark();
    stage::office_at_work(&desk);
    let window = desk.open();
    window.sees("泊里镇");
    let ground = window.js("return getComputedStyle(document.body).backgroundColor", &[]).to_string();
    let brightest =
        ground.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse::<u32>().ok()).max();
    assert!(brightest.unwrap() < 80, "the dark is not dark: {ground}");
    look_around(&window, "dark");
}

#[test]
fn what_keeps_people_out_would_be_seen() {
    let desk = Desk::new();
    let window = desk.open();
    window.sees("这台电脑给谁用？");
    assert_eq!(window.hindrances(), Vec::<String>::new());
    window.js("document.querySelector('h1').style.color = '#ddd'", &[]);
    window.js("document.querySelector('button').textContent = ''", &[]);
    let found = window.hindrances();
    for rule in ["color-contrast", "button-name"] {
        assert!(found.iter().any(|one| one.starts_with(rule)), "{rule} was not seen: {found:?}");
    }
    window.js("document.querySelector('h1').style.width = '3000px'", &[]);
    assert_ne!(window.js(CUT_OFF, &[]), serde_json::json!([]));
}
