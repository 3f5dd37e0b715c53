//! Bundles between the two builds: what one writes the other verifies, consolidates and answers.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use testkit::program;

use crate::harness::{Said, Windows, built};

const OFFICE: &str = "王台街道";
const MONTH: &str = "2024-03";

/// A computer with a home and the same stick as the other one.
struct Side<'w> {
    windows: Option<&'w Windows>,
    home: PathBuf,
}

impl Side<'_> {
    fn run(&self, words: &[&str]) -> String {
        let said: Said = match self.windows {
            Some(windows) => windows.cli(&[&["--home", &self.name(&self.home)], words].concat()),
            None => {
                let said = program::run(&self.home, words);
                Said { code: Some(i32::from(!said.ok)), out: said.out, err: said.err }
            }
        };
        assert_eq!(said.code, Some(0), "{words:?}: {said:?}");
        said.out
    }

    fn json(&self, words: &[&str]) -> Value {
        serde_json::from_str(&self.run(&[&["--format", "json"], words].concat())).unwrap()
    }

    /// Returns a path as this computer sees it.
    fn name(&self, path: &Path) -> String {
        if self.windows.is_some() { Windows::seen(path) } else { path.to_str().unwrap().to_owned() }
    }

    fn fingerprint(&self) -> String {
        self.json(&["key", "show"])["fingerprint"].as_str().unwrap().to_owned()
    }
}

/// Goes once around: plan down, enrolment up, a month up, a receipt down.
fn around(hub: &Side<'_>, office: &Side<'_>, stick: &Path) {
    let at = |name: &str| stick.join(name);
    let only = |name: &str| {
        let mut files = fs::read_dir(at(name)).unwrap().map(|file| file.unwrap().path());
        let file = files.next().unwrap();
        assert_eq!(files.next(), None, "one file in {name}");
        file
    };
    hub.run(&["init", "hub", "--name", "测试新区"]);
    hub.run(&["plan", "assign", "5-2-04", "5-2-05", "--to", OFFICE, "--quota", "400"]);
    hub.run(&["plan", "export", "--to", &hub.name(&at("下达"))]);
    let introduction = ["--office", OFFICE, "--contact", "王五", "--telephone", "0532-1"];
    let (plan, digits) = (office.name(&only("下达")), hub.fingerprint());
    office.run(
        &[&["init", "office", "--plan", &plan, "--hub-fingerprint", &digits], &introduction[..]].concat(),
    );
    office.run(&["enrol", "--to", &office.name(&at("注册"))]);
    let (enrolment, digits) = (hub.name(&only("注册")), office.fingerprint());
    hub.run(&["office", "enrol", &enrolment, "--office", OFFICE, "--fingerprint", &digits]);

    // As WPS and Excel save it on a Chinese computer: GB18030, lines that end with both characters.
    let figures = "目标编码,本期,说明\r\n5-2-04,60,镇海路、㭎口\r\n5-2-05,70,按计划\r\n";
    let (figures, _, lost) = encoding_rs::GB18030.encode(figures);
    assert!(!lost);
    let file = stick.join("三月 填报.csv");
    fs::write(&file, figures).unwrap();
    office.run(&["enter", "--period", MONTH, "--from", &office.name(&file)]);
    let names = ["--filled-by", "甲", "--checked-by", "乙", "--issued-by", "丙"];
    let to = office.name(&at("上报"));
    office.run(&[&["export", "--period", MONTH, "--to", &to], &names[..]].concat());

    hub.run(&["verify", &hub.name(&only("上报"))]);
    hub.run(&["receive", &hub.name(&at("上报"))]);
    let status = hub.json(&["status", "--period", MONTH]);
    let target = |id: &str| {
        let targets = status["targets"].as_array().unwrap();
        targets.iter().find(|target| target["code"] == id).unwrap().clone()
    };
    assert_eq!(target("5-2-04")["actual"], "60", "{status}");
    assert_eq!(target("5-2-05")["actual"], "70", "{status}");
    hub.run(&["receipt", "--to", &hub.name(&at("回执"))]);
    office.run(&["receive", &office.name(&at("回执"))]);
}

#[test]
fn a_month_goes_around_between_a_windows_office_and_a_linux_hub_and_the_other_way_round() {
    let windows = Windows::new();
    windows.install(&built(), &["/CURRENTUSER"]);
    for hub_has_windows in [false, true] {
        let room = tempfile::tempdir().unwrap();
        let side = |has_windows: bool, home: &str| Side {
            windows: has_windows.then_some(&windows),
            home: room.path().join(home),
        };
        let stick = room.path().join("优盘");
        fs::create_dir(&stick).unwrap();
        around(&side(hub_has_windows, "汇总 单位"), &side(!hub_has_windows, "填报 单位"), &stick);
    }
}

#[test]
fn the_demonstration_comes_out_alike_on_both() {
    let windows = Windows::new();
    windows.install(&built(), &["/CURRENTUSER"]);
    let said = windows.cli(&["demo", "--to", r"C:\演示 一"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.out.contains(r#"--home "C:\演示 一\汇总单位" status"#), "{said:?}");
    assert!(!said.out.contains(r"C:\演示 一/"), "{said:?}");
    let there = windows.path(r"C:\演示 一");
    let room = tempfile::tempdir().unwrap();
    let here = room.path().join("演示");
    assert!(program::run(&here, &["demo", "--to", here.to_str().unwrap()]).ok);

    // What Windows signed, this machine's own build verifies, except what the demonstration spoils on purpose.
    let verdicts = |root: &Path| {
        let mut all = Vec::new();
        bundles(&root.join("优盘"), &mut all);
        all.sort();
        let name = |path: &Path| path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
        let verify = |path: &PathBuf| program::run(room.path(), &["verify", path.to_str().unwrap()]).ok;
        all.iter().map(|path| (name(path), verify(path))).collect::<Vec<_>>()
    };
    let (ours, theirs) = (verdicts(&here), verdicts(&there));
    assert!(ours.len() > 50 && ours.iter().filter(|(_, good)| *good).count() > 50);
    assert_eq!(ours, theirs);

    // A home that Windows wrote opens here, and says what ours says.
    for month in ["2024-03", "2024-06"] {
        let status = |root: &Path| {
            let said =
                program::run(&root.join("汇总单位"), &["--format", "json", "status", "--period", month]);
            assert!(said.ok, "{}", said.err);
            serde_json::from_str::<Value>(&said.out).unwrap()
        };
        assert_eq!(status(&here)["targets"], status(&there)["targets"], "{month}");
    }
}

fn bundles(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            bundles(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "tzb") {
            found.push(path);
        }
    }
}
