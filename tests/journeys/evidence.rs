//! Evidence: what is taken, what is refused in which words, and what is shown of it.

use std::fs;
use std::path::{Path, PathBuf};

use app::screens::entry::{Attached, EvidenceView};
use app::{Error, Home};
use testkit::plan::{COUNT, MILESTONE};
use testkit::{District, period};

const MARCH: &str = "2024-03";
const PICTURE: &[u8] = include_bytes!("../../src-tauri/crates/app/src/demo/office/evidence.png");
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The checksum at the end of every part of a PNG.
fn crc(bytes: &[u8]) -> [u8; 4] {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & 0u32.wrapping_sub(crc & 1)))
    };
    (!bytes.iter().fold(u32::MAX, step)).to_be_bytes()
}

/// The picture with another size in its header.
fn claiming(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = PICTURE.to_vec();
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let sum = crc(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&sum);
    bytes
}

fn written(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    fs::create_dir_all(folder).unwrap();
    let path = folder.join(name);
    fs::write(&path, bytes).unwrap();
    path
}

fn attach(home: &mut Home, files: &[PathBuf]) -> Attached {
    home.attach_files(period(MARCH), COUNT, files).unwrap()
}

fn codes(attached: &Attached) -> Vec<&str> {
    attached.refused.iter().map(|one| one.message.code.as_str()).collect()
}

fn labels(files: &[EvidenceView]) -> Vec<&str> {
    files.iter().map(|file| file.label.as_str()).collect()
}

#[test]
fn one_bad_file_keeps_no_other_out() {
    let mut district = District::new(1);
    let folder = district.at("files");
    let home = &mut district.offices[0];
    let files = [
        written(&folder, "现场.png", PICTURE),
        written(&folder, "验收单.pdf", b"MZ\x90\0 a program"),
        written(&folder, "炸弹.png", &claiming(60_000, 60_000)),
        written(&folder, "半张.png", &PICTURE[..PICTURE.len() / 2]),
        written(&folder, "太大.pdf", &[b"%PDF-1.7".as_slice(), &vec![0; 20_000_001]].concat()),
        folder.join("不在.pdf"),
        folder.clone(),
        written(&folder, "文件.pdf", b"%PDF-1.7 \xe7\x9b\x96\xe7\xab\xa0"),
        written(&folder, "再来一次.png", PICTURE),
    ];
    let attached = attach(home, &files);
    assert_eq!(
        labels(&attached.row.evidence),
        ["现场.png", "文件.pdf"],
        "the same picture is not added twice"
    );
    assert_eq!(
        codes(&attached),
        ["not_evidence", "too_many_pixels", "broken_picture", "evidence_too_large", "io", "not_evidence"]
    );
    assert!(attached.refused[1].message.what.contains("60000 × 60000"), "{:?}", attached.refused[1]);
    assert!(attached.refused.iter().all(|one| !one.message.next.is_empty()));
    let media: Vec<_> = attached.row.evidence.iter().map(|file| file.media.as_str()).collect();
    assert_eq!(media, ["png", "pdf"]);
    let sheet = home.entry_sheet(period(MARCH)).unwrap();
    let kept = sheet.groups[0].rows.iter().find(|row| row.target == COUNT).unwrap();
    assert_eq!(kept.evidence, attached.row.evidence);
}

#[test]
fn a_bomb_is_refused_before_any_of_it_is_unpacked() {
    let mut district = District::new(1);
    let folder = district.at("files");
    let home = &mut district.offices[0];
    // Nothing but a header: whoever looked at the pixels first would call it broken.
    let header = [PNG, &claiming(60_000, 60_000)[8..33]].concat();
    for (width, height) in [(60_000, 60_000), (1_000_000, 51), (10_000, 5_001)] {
        let file = written(&folder, "炸弹.png", &claiming(width, height));
        assert_eq!(codes(&attach(home, &[file])), ["too_many_pixels"], "{width} × {height}");
    }
    let files = [(u32::MAX >> 1, 1), (1, u32::MAX >> 1), (0, 0), (u32::MAX, u32::MAX)]
        .map(|(width, height)| written(&folder, &format!("{width}.png"), &claiming(width, height)));
    assert_eq!(attach(home, &files).refused.len(), files.len());
    let file = written(&folder, "只有头.png", &header);
    assert_eq!(attach(home, &[file]).refused.len(), 1);
}

#[test]
fn a_hostile_name_is_spelled_out_and_never_a_path() {
    let mut district = District::new(1);
    let folder = district.at("files");
    let home = &mut district.offices[0];
    let files = [
        written(&folder, "invoice\u{202e}fdp.exe", b"%PDF-1.7 one"),
        written(&folder, "..\\..\\evil.pdf", b"%PDF-1.7 two"),
        written(&folder, "<img src=x onerror=alert(1)>.pdf", b"%PDF-1.7 three"),
        written(&folder, "CON.pdf", b"%PDF-1.7 four"),
    ];
    let attached = attach(home, &files);
    assert!(attached.refused.is_empty());
    let names = labels(&attached.row.evidence);
    assert!(!names[0].contains('\u{202e}'), "{names:?}");
    for file in &attached.row.evidence {
        let name = home.evidence_name(&file.digest).unwrap();
        assert_eq!(name, format!("佐证材料-{}.pdf", &file.digest[..8]));
        let to = folder.join(&name);
        home.save_evidence(&file.digest, &to).unwrap();
        assert!(fs::read(&to).unwrap().starts_with(b"%PDF-1.7 "));
    }
    assert!(!folder.parent().unwrap().parent().unwrap().join("evil.pdf").exists());
    for digest in ["", "..", "../../ledger.db", &"0".repeat(63), &"g".repeat(64), &"0".repeat(64)] {
        assert!(matches!(home.evidence_name(digest), Err(Error::Archive(_))), "{digest}");
        assert!(matches!(home.evidence_picture(digest, 100), Err(Error::Archive(_))), "{digest}");
    }
}

#[test]
fn pictures_are_drawn_anew_and_documents_are_not_opened() {
    let mut district = District::new(1);
    let folder = district.at("files");
    let home = &mut district.offices[0];
    let hidden = b"<script>alert(1)</script>";
    let files = [
        written(&folder, "现场.png", &[PICTURE, hidden].concat()),
        written(&folder, "文件.pdf", b"%PDF-1.7"),
    ];
    let attached = attach(home, &files);
    let [picture, document] = attached.row.evidence.as_slice() else { panic!("{:?}", attached.refused) };
    for size in [0, 64, u32::MAX] {
        let drawn = home.evidence_picture(&picture.digest, size).unwrap();
        assert!(drawn.starts_with(PNG));
        assert!(
            !drawn.windows(hidden.len()).any(|part| part == hidden),
            "the original never reaches the page"
        );
        let sides = [16, 20].map(|at| u32::from_be_bytes(drawn[at..at + 4].try_into().unwrap()));
        assert!(sides.iter().all(|side| *side >= 1 && *side <= size.clamp(1, 2400)), "{sides:?} of {size}");
    }
    assert!(matches!(home.evidence_picture(&document.digest, 64), Err(Error::NoPicture(_))));
}

#[test]
fn evidence_settles_a_warning_and_taking_it_away_raises_it_again() {
    let mut district = District::new(1);
    let file = written(&district.at("files"), "竣工.png", PICTURE);
    let home = &mut district.offices[0];
    let sheet = home.sheet(period(MARCH), None).unwrap();
    home.enter(&sheet, MILESTONE, &[(app::Field::Stage, "建成".to_owned())]).unwrap();
    let found = |home: &mut Home| {
        let sheet = home.entry_sheet(period(MARCH)).unwrap();
        let row = sheet.groups[0].rows.iter().find(|row| row.target == MILESTONE).unwrap().clone();
        row.standing.findings.iter().map(|one| one.message.code.clone()).collect::<Vec<_>>()
    };
    assert_eq!(found(home), ["done_without_evidence"]);
    let attached = home.attach_files(period(MARCH), MILESTONE, &[file]).unwrap();
    assert!(attached.row.standing.findings.is_empty());
    let row = home.detach(period(MARCH), MILESTONE, &attached.row.evidence[0].digest).unwrap();
    assert!(row.evidence.is_empty() && row.standing.findings.len() == 1);
    assert_eq!(found(home), ["done_without_evidence"]);
    let unknown = home.attach_files(period(MARCH), "9-9-99", &[]);
    assert!(matches!(unknown, Err(Error::UnknownTarget(_))));
}
