//! Windows as it is: long paths, scanners that hold files open, sticks that take nothing.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::Stdio;

use testkit::stick::SmallStick;

use crate::harness::{OWN_PLACE, Windows, built, compile_c};

const OFFICE: &str = "王台街道";

/// Installs, and makes a hub with an office to send something to.
fn with_hub(home: &str) -> Windows {
    let windows = Windows::new();
    windows.install(&built(), &["/CURRENTUSER"]);
    for words in [
        &["init", "hub", "--name", "测试新区"][..],
        &["plan", "assign", "5-2-04", "--to", OFFICE, "--quota", "400"],
    ] {
        let said = windows.cli(&[&["--home", home], words].concat());
        assert_eq!(said.code, Some(0), "{words:?}: {said:?}");
    }
    windows
}

#[test]
fn a_home_may_lie_deep() {
    // 300 characters and more: twice what Windows once allowed.
    let deep = format!(r"C:\台账\{}\home", ["一个很长的文件夹名字在这里"; 24].join(r"\"));
    assert!(deep.chars().count() > 300);
    let windows = with_hub(&deep);
    let to = format!(r"{deep}\..\下达");
    let said = windows.cli(&["--home", &deep, "plan", "export", "--to", &to]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert_eq!(fs::read_dir(windows.path(&deep).parent().unwrap().join("下达")).unwrap().count(), 1);
}

#[test]
fn what_a_scanner_holds_open_for_a_moment_is_tried_again() {
    let home = r"C:\台账 库";
    let windows = with_hub(home);
    let mut scanner = windows.command(compile_c("scanner.exe", &["-municode"]));
    let mut scanner = scanner.arg(home).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(scanner.stdout.take().unwrap()).lines();
    assert_eq!(lines.next().unwrap().unwrap().trim(), "watching");
    for round in 0..3 {
        let to = format!(r"{home}\盘{round}");
        let said = windows.cli(&["--home", home, "plan", "export", "--to", &to]);
        assert_eq!(said.code, Some(0), "{said:?}");
        let said = windows.cli(&["--home", home, "backup", "--to", &format!(r"{home}\备份{round}")]);
        assert_eq!(said.code, Some(0), "{said:?}");
    }
    windows.switch_off();
    scanner.wait().unwrap();
    assert!(lines.count() > 10, "it looked into new files");
}

#[test]
fn a_stick_that_is_read_only_is_told_and_takes_it_afterwards() {
    let home = r"C:\台账";
    let windows = with_hub(home);
    let Some(stick) = SmallStick::mount("1m") else { return };
    stick.remount("ro");
    let place = Windows::seen(stick.path());
    let said = windows.cli(&["--home", home, "plan", "export", "--to", &place]);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.err.contains(&place) && said.err.contains("写保护"), "{said:?}");
    stick.remount("rw");
    let said = windows.cli(&["--home", home, "plan", "export", "--to", &place]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert_eq!(fs::read_dir(stick.path()).unwrap().count(), 1);
}

#[test]
fn a_place_that_takes_nothing_is_named() {
    let home = r"C:\台账";
    let windows = with_hub(home);
    // A file system of this machine on which nobody can write, not even its administrator.
    let said = windows.cli(&["--home", home, "plan", "export", "--to", r"Z:\proc\taizhang"]);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.err.contains(r"Z:\proc\taizhang"), "{said:?}");
    assert!(windows.path(OWN_PLACE).exists());
}

#[test]
fn a_file_that_another_program_keeps_to_itself_is_told() {
    let home = r"C:\台账";
    let windows = with_hub(home);
    let said = windows.cli(&["--home", home, "plan", "export", "--to", r"C:\下达"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    let file = fs::read_dir(windows.path(r"C:\下达")).unwrap().next().unwrap().unwrap().file_name();
    let file = format!(r"C:\下达\{}", file.to_str().unwrap());
    assert_eq!(windows.cli(&["verify", &file]).code, Some(0));
    let mut holder = windows.command(compile_c("holder.exe", &["-municode"]));
    let mut holder = holder.arg(&file).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(holder.stdout.take().unwrap()).lines();
    assert_eq!(lines.next().unwrap().unwrap().trim(), "holding");
    let said = windows.cli(&["verify", &file]);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.err.contains("正被别的程序打开") && said.err.contains("请关掉"), "{said:?}");
    windows.switch_off();
    holder.wait().unwrap();
}
