//! The slip on paper: printed through the system's own dialog, into a file that is read back.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::harness::{Desk, stage, until};

/// A4 in points.
const WIDTH: f64 = 595.0;
const HEIGHT: f64 = 842.0;
/// What a printer may keep for itself at every edge, 6 mm.
const EDGE: f64 = 17.0;

/// What poppler reads out of a printed file.
fn read(words: &[&str], file: &Path) -> String {
    let said = Command::new("pdftotext").args(words).arg(file).arg("-").output().unwrap();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    String::from_utf8(said.stdout).unwrap()
}

/// The edges of every word: left, top, right, bottom.
fn edges(boxes: &str) -> Vec<[f64; 4]> {
    let edge = |word: &str, name: &str| -> f64 {
        word.split_once(name).unwrap().1[2..].split_once('"').unwrap().0.parse().unwrap()
    };
    let words = boxes.lines().filter(|line| line.trim_start().starts_with("<word "));
    words.map(|word| ["xMin", "yMin", "xMax", "yMax"].map(|name| edge(word, name))).collect()
}

#[test]
fn the_slip_comes_out_of_the_printer_whole() {
    let desk = Desk::new();
    stage::office_at_work(&desk);
    let window = desk.open();
    window.go("报送");
    window.click("button", "报送单");
    window.sees("打印后签名、盖章");
    window.click("button", "打印…");
    let dialog = until("the system's print dialog is open", || {
        let found = desk.xdotool(&["search", "--onlyvisible", "--name", "^Print$"]);
        found.lines().next().map(str::to_owned)
    });
    // The only printer is the one that writes a file, in the folder where the application was started.
    let paper = desk.at("output.pdf");
    until("the printer has written everything", || {
        desk.xdotool(&[
            "mousemove",
            "--window",
            &dialog,
            "90",
            "86",
            "click",
            "--repeat",
            "2",
            "--delay",
            "60",
            "1",
        ]);
        let end = std::time::Instant::now() + std::time::Duration::from_secs(3);
        while std::time::Instant::now() < end {
            let written = fs::read(&paper).unwrap_or_default();
            if written.trim_ascii_end().ends_with(b"%%EOF") {
                return Some(());
            }
        }
        None
    });
    assert_eq!(window.complaints(), Vec::<String>::new());
    drop(window);

    let text = read(&["-layout"], &paper);
    let pages: Vec<&str> = text.trim_end_matches('\u{c}').split('\u{c}').collect();
    assert_eq!(pages.len(), 3, "{text}");
    // Every page says whose it is, which of how many, and has the heads of its columns.
    for (at, page) in pages.iter().enumerate() {
        for words in ["第 5 号", &format!("{}/3", at + 1), "序号", "任务数", "完成情况"] {
            assert!(page.contains(words), "page {} lacks {words}:\n{page}", at + 1);
        }
    }
    // Every row is there once and in order, whatever page it came to.
    let numbers = text.lines().filter_map(|line| line.split_whitespace().next()?.parse::<usize>().ok());
    let numbers: Vec<usize> = numbers.filter(|&number| number < 100).collect();
    assert_eq!(numbers, (1..=28).collect::<Vec<_>>(), "{text}");
    for words in ["区中医医院", "335.51", "（盖章）", "签发", "SHA-256"] {
        assert!(text.contains(words), "the slip lacks {words}:\n{text}");
    }
    // Nothing is cut off: every word lies on the sheet, clear of what printers cannot reach.
    let boxes = read(&["-bbox"], &paper);
    let size = format!("<page width=\"{WIDTH:.6}\" height=\"{HEIGHT:.6}\">");
    assert_eq!(boxes.matches(&size).count(), 3, "not A4:\n{}", &boxes[..600]);
    let edges = edges(&boxes);
    assert!(edges.len() > 200, "only {} words", edges.len());
    for [left, top, right, bottom] in edges {
        // The boxes are taller than what is drawn in them.
        let line = f64::midpoint(top, bottom);
        assert!(left >= EDGE && right <= WIDTH - EDGE && (EDGE..=HEIGHT - EDGE).contains(&line));
    }
}
