//! What the window's program says of itself, and what it says where it cannot open.

use std::fs;

use crate::harness::{OWN_PLACE, Windows, built, programs};

#[test]
fn without_webview_it_says_which_file_to_bring() {
    let windows = Windows::new();
    windows.install(&built(), &["/CURRENTUSER"]);
    let mut program = windows.open(format!(r"{OWN_PLACE}\taizhang.exe"), &[]);
    let pages = windows.press(&["1"]);
    assert!(pages[0].contains("MicrosoftEdgeWebView2RuntimeInstallerX64.exe"), "{pages:?}");
    assert!(pages[0].contains("窗口打不开"), "{pages:?}");
    // `timeout` hands the program's answer on.
    assert_eq!(program.wait().unwrap().code(), Some(1));
    let logs = windows.path(r"C:\users\甲\AppData\Local\taizhang\logs");
    let log = fs::read_dir(logs).unwrap().next().unwrap().unwrap().path();
    assert!(fs::read_to_string(log).unwrap().contains("no_webview"));
}

#[test]
fn the_programs_properties_name_publisher_and_version_and_they_know_windows_as_it_is() {
    let both = ["longPathAware", "asInvoker", "8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a"];
    for (name, description, words) in [
        ("taizhang.exe", "台账", &["PerMonitorV2", "Common-Controls"][..]),
        ("taizhang-cli.exe", "台账命令行", &["activeCodePage"]),
    ] {
        let program = fs::read(programs().join(name)).unwrap();
        // Resources come last but for the relocations.
        let program = &program[program.len().saturating_sub(2 << 20)..];
        let has = |bytes: &[u8]| program.windows(bytes.len()).any(|found| found == bytes);
        // A name, then nothing up to the next even place, then its text: both in UTF-16.
        let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let says = |key: &str, text: &str| {
            (1..3).any(|gap| has(&wide(&format!("{key}{}{text}\0", "\0".repeat(gap)))))
        };
        for (key, text) in [
            ("CompanyName", "台账"),
            ("FileDescription", description),
            ("ProductName", "台账"),
            ("ProductVersion", env!("CARGO_PKG_VERSION")),
        ] {
            assert!(says(key, text), "{name} has no {key}");
        }
        for word in both.iter().chain(words) {
            assert!(has(word.as_bytes()), "{word} is not in the manifest of {name}");
        }
    }
}

#[test]
fn the_window_has_its_icon_inside() {
    let program = fs::read(programs().join("taizhang.exe")).unwrap();
    let icon = include_bytes!("../../icons/icon.ico");
    let number = |at: usize| u32::from_le_bytes(icon[at..at + 4].try_into().unwrap()) as usize;
    let count = usize::from(u16::from_le_bytes([icon[4], icon[5]]));
    assert!(count > 1);
    // An entry of sixteen bytes for each picture, with its length and place at its end.
    for entry in (0..count).map(|picture| 6 + 16 * picture) {
        let (length, place) = (number(entry + 8), number(entry + 12));
        let picture = &icon[place..place + length];
        assert!(program.windows(length).any(|found| found == picture), "{} pixels wide", icon[entry]);
    }
}

#[test]
fn nothing_in_the_programs_tells_where_they_were_built() {
    let root = env!("CARGO_MANIFEST_DIR").trim_end_matches("/tests").to_owned();
    let home = std::env::var("HOME").unwrap() + "/.cargo";
    for name in ["taizhang.exe", "taizhang-cli.exe"] {
        let program = fs::read(programs().join(name)).unwrap();
        let program = String::from_utf8_lossy(&program);
        for place in [&root, &home] {
            let around =
                program.split_once(&**place).map(|(_, after)| after.chars().take(120).collect::<String>());
            assert_eq!(around, None, "{name} names {place}");
        }
    }
}
