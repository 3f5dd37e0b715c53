//! The real program's rarer commands: keys lost and put back, offices reshaped, forks decided, receipts made anew.

use std::fs;

use serde_json::Value;
use testkit::PASSPHRASE;
use testkit::forge::clone_folder;
use testkit::program::{run, run_with};

use crate::command_line::{Desk, NAMES, OFFICE, bad, good, json};

/// Reports a month from one of the homes to a folder of its own.
fn report(desk: &Desk, home: &str, to: &str) -> String {
    let to = desk.path(to);
    let args = [&["export", "--period", "2024-02", "--to", &to], &NAMES[..]].concat();
    good(run(&desk.at(home), &args));
    fs::read_dir(to).unwrap().next().unwrap().unwrap().path().to_str().unwrap().to_owned()
}

#[test]
fn a_hubs_key_is_put_back_from_its_copy_also_into_a_backup_from_before_it_changed() {
    let desk = Desk::new();
    desk.begin();
    for stick in ["safe", "second"] {
        fs::create_dir(desk.at(stick)).unwrap();
    }
    desk.hub(&["key", "save", "--to", &desk.path("safe")]);
    let first = desk.only("safe");
    fs::write(desk.at("hub/key.age"), "damaged").unwrap();
    desk.hub(&["plan", "assign", "5-2-04", "--to", "宝山镇", "--quota", "5"]);
    let export = ["plan", "export", "--to", &desk.path("again")];
    bad(&run(&desk.at("hub"), &export), "wrong_passphrase");
    bad(&run_with(&desk.at("hub"), "不是那天的口令呀", &["key", "restore", &first]), "wrong_copy");
    assert!(desk.hub(&["key", "restore", &first]).contains("密钥已恢复"));
    desk.hub(&export);

    desk.hub(&["backup", "--to", &desk.path("backup")]);
    desk.hub(&["key", "rotate", "--to", &desk.path("change")]);
    desk.hub(&["key", "save", "--to", &desk.path("second")]);
    good(run(&desk.at("hub-back"), &["restore", "--from", &desk.only("backup")]));
    let back = |args: &[&str]| run(&desk.at("hub-back"), args);
    let second = desk.only("second");
    let early = back(&["key", "restore", &second]);
    bad(&early, "other_key");
    assert!(early.err.contains("最近一次换密钥以后存的"), "{}", early.err);
    let told = good(back(&["receive", &desk.only("change")]));
    assert!(told.contains("第 3 版") && told.contains("key restore"), "{told}");
    good(back(&["key", "restore", &second]));
    assert_eq!(desk.digits("hub-back"), desk.digits("hub"));
    bad(&back(&["key", "restore", &first]), "other_key");
    let office = desk.office(&["receive", &desk.only("change")]);
    assert!(office.contains("汇总单位更换了密钥"), "{office}");
    good(back(&["plan", "export", "--to", &desk.path("later")]));
}

#[test]
fn an_office_that_lost_its_key_takes_the_old_ones_place() {
    let desk = Desk::new();
    desk.begin();
    desk.enrol();
    let (plan, hub) = (desk.only("plan"), desk.digits("hub"));
    let again = |args: &[&str]| good(run(&desk.at("office-again"), args));
    let by = ["--contact", "王五", "--telephone", "0532-1"];
    again(
        &[&["init", "office", "--plan", &plan, "--hub-fingerprint", &hub, "--office", OFFICE], &by[..]]
            .concat(),
    );
    again(&["enrol", "--to", &desk.path("enrolment-again")]);
    let (file, digits) = (desk.only("enrolment-again"), desk.digits("office-again"));
    let enrol = ["office", "enrol", &file, "--office", OFFICE, "--fingerprint", &digits];
    bad(&run(&desk.at("hub"), &enrol), "already_enrolled");
    desk.hub(&[&enrol[..], &["--replace"]].concat());
    let keys = json(&desk.hub(&["--format", "json", "office", "keys", OFFICE]));
    assert_eq!(keys.as_array().unwrap().len(), 2);
    desk.fill();
    let old = report(&desk, "office", "old");
    let refused = run(&desk.at("hub"), &["receive", &old]);
    assert!(!refused.ok && refused.out.contains("已停用"), "{}", refused.out);
}

#[test]
fn an_office_back_from_its_backup_is_answered_anew() {
    let desk = Desk::new();
    desk.begin();
    desk.enrol();
    desk.fill();
    let sent = report(&desk, "office", "sent");
    desk.hub(&["receive", &sent]);
    desk.hub(&["receipt", "--to", &desk.path("receipt")]);
    desk.office(&["receive", &desk.only("receipt")]);
    desk.office(&["backup", "--to", &desk.path("backup")]);
    good(run(&desk.at("office-back"), &["restore", "--from", &desk.only("backup")]));
    let back = |args: &[&str]| run(&desk.at("office-back"), args);
    good(back(&["enter", "5-2-04", "--period", "2024-02", "本期=61", "说明=重新清点"]));
    let to = desk.path("back");
    let export = [&["export", "--period", "2024-02", "--to", &to], &NAMES[..]].concat();
    bad(&back(&export), "catch_up_first");
    let receipt = ["receipt", "--office", OFFICE, "--to"];
    desk.hub(&[&receipt[..], &[&desk.path("receipt")]].concat());
    desk.only("receipt");
    desk.hub(&[&receipt[..], &[&desk.path("fresh"), "--fresh"]].concat());
    good(back(&["receive", &desk.only("fresh")]));
    good(back(&export));
}

#[test]
fn a_fork_is_decided_by_the_digest_of_one_of_its_files() {
    let desk = Desk::new();
    desk.begin();
    desk.enrol();
    desk.fill();
    clone_folder(&desk.at("office"), &desk.at("copy"));
    good(run(&desk.at("copy"), &["enter", "5-2-04", "--period", "2024-02", "本期=61"]));
    let (one, other) = (report(&desk, "office", "one"), report(&desk, "copy", "other"));
    desk.hub(&["receive", &one]);
    let forked = run(&desk.at("hub"), &["receive", &other]);
    assert!(!forked.ok && forked.out.contains("分叉"), "{}", forked.out);
    let actual = || {
        let status = json(&desk.hub(&["--format", "json", "status", "--period", "2024-02"]));
        let targets = status["targets"].as_array().unwrap().clone();
        targets.into_iter().find(|one| one["code"] == "5-2-04").unwrap()["actual"].clone()
    };
    assert_eq!(actual(), Value::Null, "neither counts");
    let waiting = json(&desk.hub(&["--format", "json", "waiting"]));
    assert_eq!(waiting.as_array().unwrap().len(), 2, "{waiting}");
    let digest = app::hex(&app::verify::examine(other.as_ref()).unwrap().file_digest.0);
    assert!(waiting.as_array().unwrap().iter().any(|row| row["bundle"] == digest.as_str()), "{waiting}");
    let choose =
        |digest: &str| run(&desk.at("hub"), &["choose", OFFICE, "--bundle", digest, "--why", "打电话核实过"]);
    bad(&choose("ffffffffffffffff"), "unknown_bundle");
    let said = good(choose(&digest[..16]));
    assert!(said.contains("第 1 号以这一份为准"), "{said}");
    assert_eq!(actual(), "61");
}

#[test]
fn offices_are_renamed_and_divided() {
    let desk = Desk::new();
    desk.begin();
    let said = desk.hub(&["office", "rename", "宝山镇", "--to", "宝山新镇", "--since", "2024-07-01"]);
    assert!(said.contains("起改称 宝山新镇"), "{said}");
    let heirs = ["--into", "海青一镇", "--into", "海青二镇", "--kind", "town"];
    let said = desk.hub(&[&["office", "split", "海青镇"], &heirs[..], &["--on", "2024-08-01"]].concat());
    assert!(said.contains("分为 海青一镇、海青二镇"), "{said}");
    bad(
        &run_with(
            &desk.at("hub"),
            PASSPHRASE,
            &["office", "split", "没有这个镇", "--into", "甲镇", "--into", "乙镇", "--on", "2024-08-01"],
        ),
        "office_not_issued",
    );
    desk.hub(&["plan", "export", "--to", &desk.path("next")]);
    desk.office(&["receive", &desk.only("next")]);
    let offices = desk.hub(&["office", "list"]);
    for name in ["宝山新镇", "海青一镇", "海青二镇"] {
        assert!(offices.contains(name), "{name}: {offices}");
    }
}
