//! Evidence comes in through the system's own dialog; what is not what it says is refused, and no name is ever a path.

use std::fs;
use std::path::Path;

use crate::harness::{Desk, Window, stage, until};

const JUNE: &str = "2024-06";
/// 区中医医院, the last row.
const TARGET: &str = "7-3-02";

/// Attaches a file through the system's dialog.
fn attach(window: &Window<'_>, file: &Path) {
    window.click("button", "添加文件…");
    window.desk.choose("选择佐证材料", file);
}

/// A PNG whose head promises 60,000 × 60,000 pixels in a few bytes.
fn bomb() -> Vec<u8> {
    let mut png = include_bytes!("../../src-tauri/crates/app/src/demo/office/evidence.png").to_vec();
    png[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
    png[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
    let sum = checksum(&png[12..29]);
    png[29..33].copy_from_slice(&sum.to_be_bytes());
    png
}

/// CRC-32 as PNG has it.
fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, &byte| {
        (0..8).fold(sum ^ u32::from(byte), |sum, _| (sum >> 1) ^ (0xedb8_8320 & (sum & 1).wrapping_neg()))
    })
}

#[test]
fn what_is_not_what_it_says_is_refused_and_names_are_only_words() {
    let desk = Desk::new();
    stage::office_at_work(&desk);
    let folder = desk.at("evidence");
    fs::create_dir(&folder).unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let file = folder.join(name);
        fs::write(&file, bytes).unwrap();
        file
    };
    let program = write("会议纪要.pdf", b"MZ\x90\0\x03\0\0\0This program cannot be run in DOS mode.");
    let bomb = write("大图.png", &bomb());
    let picture: &[u8] = include_bytes!("../../src-tauri/crates/app/src/demo/office/evidence.png");
    // Not the same bytes as the picture that is there already.
    let paper = write("<img src=x onerror=alert(1)>$(touch hacked)..%2f&.pdf", b"%PDF-1.4\n%%EOF\n");
    assert!(!picture.is_empty());
    let window = desk.open();
    window.go("填报");
    window.click("box", "新增婴幼儿托位，累计完成");
    window.press("Down");
    window.sees("演示-佐证材料.png");
    attach(&window, &program);
    window.sees("会议纪要.pdf 的内容不是 JPEG、PNG 或 PDF");
    attach(&window, &bomb);
    window.sees("大图.png");
    assert_eq!(stage::row(&desk, JUNE, TARGET).evidence.len(), 1, "what was refused was kept");
    window.screenshot("evidence-refused");
    attach(&window, &paper);
    window.sees("onerror=alert(1)");
    assert_eq!(stage::row(&desk, JUNE, TARGET).evidence.len(), 2);
    assert_eq!(window.js("return document.querySelectorAll('aside img[onerror]').length", &[]), 0);
    // A picture is shown in the window, drawn anew.
    window.click("button", "看 演示-佐证材料.png");
    until("the picture is drawn", || {
        let wide = window.js("return document.querySelector('dialog img')?.naturalWidth ?? 0", &[]);
        (wide.as_u64() > Some(50)).then_some(())
    });
    window.keeps_nobody_out("a picture");
    window.press("Esc");
    assert_eq!(window.complaints(), Vec::<String>::new());
    drop(window);
    let hacked = |folder: &Path| folder.join("hacked").exists();
    assert!(!hacked(&desk.data()) && !hacked(&folder) && !hacked(&desk.at("")));
}
