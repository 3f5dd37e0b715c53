//! The real program: the whole loop, what it says when it fails, what programs read from it.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use testkit::PASSPHRASE;
use testkit::program::{Said, run, run_with};

/// A hub with the built-in plan, one office and a stick.
pub(crate) struct Desk {
    folder: tempfile::TempDir,
}

pub(crate) const OFFICE: &str = "王台街道";
pub(crate) const NAMES: [&str; 6] = ["--filled-by", "甲", "--checked-by", "乙", "--issued-by", "丙"];

impl Desk {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn hub(&self, args: &[&str]) -> String {
        good(run(&self.at("hub"), args))
    }

    pub(crate) fn office(&self, args: &[&str]) -> String {
        good(run(&self.at("office"), args))
    }

    pub(crate) fn path(&self, name: &str) -> String {
        self.at(name).to_str().unwrap().to_owned()
    }

    /// Returns the one file in a folder.
    pub(crate) fn only(&self, folder: &str) -> String {
        let mut files = fs::read_dir(self.at(folder)).unwrap().map(|file| file.unwrap().path());
        let first = files.next().unwrap();
        assert!(files.next().is_none(), "one file in {folder}");
        first.to_str().unwrap().to_owned()
    }

    pub(crate) fn digits(&self, home: &str) -> String {
        json(&good(run(&self.at(home), &["--format", "json", "key", "show"])))["fingerprint"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// Issues three targets to the office and sets it up, not yet enrolled.
    pub(crate) fn begin(&self) {
        self.hub(&["init", "hub", "--name", "测试新区"]);
        self.hub(&["plan", "assign", "5-2-04", "5-2-05", "--to", OFFICE, "--quota", "400"]);
        self.hub(&["plan", "assign", "2-1-05", "--to", OFFICE]);
        self.hub(&["plan", "export", "--to", &self.path("plan")]);
        let (plan, digits) = (self.only("plan"), self.digits("hub"));
        let office = ["--office", OFFICE, "--contact", "王五", "--telephone", "0532-1"];
        let init = [&["init", "office", "--plan", &plan, "--hub-fingerprint", &digits], &office[..]].concat();
        self.office(&init);
    }

    pub(crate) fn enrol(&self) {
        self.office(&["enrol", "--to", &self.path("enrolment")]);
        let (file, digits) = (self.only("enrolment"), self.digits("office"));
        self.hub(&["office", "enrol", &file, "--office", OFFICE, "--fingerprint", &digits]);
    }

    pub(crate) fn fill(&self) {
        self.office(&["enter", "5-2-04", "--period", "2024-02", "本期=60"]);
        self.office(&["enter", "5-2-05", "--period", "2024-02", "value=70", "note=按计划"]);
        self.office(&["enter", "2-1-05", "--period", "2024-02", "本期数=22", "同期数=20"]);
    }

    pub(crate) fn export(&self, period: &str, to: &str) -> Said {
        let to = self.path(to);
        run(&self.at("office"), &[&["export", "--period", period, "--to", &to], &NAMES[..]].concat())
    }

    fn draft(&self) -> String {
        let form = self.path("form.csv");
        self.office(&["enter", "--period", "2024-02", "--form", &form]);
        fs::read_to_string(form).unwrap()
    }
}

pub(crate) fn good(said: Said) -> String {
    assert!(said.ok, "{}{}", said.out, said.err);
    assert_eq!(said.err, "", "nothing is wrong, so nothing is said to be");
    said.out
}

/// Insists that a command failed as it should: not with status 0, on standard error, with this code and a next step.
pub(crate) fn bad(said: &Said, code: &str) {
    assert!(!said.ok, "{code}: {}", said.out);
    assert!(said.err.contains(&format!("[{code}]")), "{code}: {}", said.err);
    assert!(said.err.contains("下一步："), "{code}: {}", said.err);
    assert!(said.err.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{}", said.err);
}

pub(crate) fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn the_whole_loop_runs_from_the_command_line() {
    let desk = Desk::new();
    desk.begin();
    desk.enrol();
    desk.fill();
    desk.office(&["check", "--period", "2024-02"]);
    let said = good(desk.export("2024-02", "stick"));
    assert!(said.contains("可以拔出"), "{said}");
    let sent = desk.only("stick");
    let received =
        json(&desk.hub(&["--format", "json", "receive", &desk.path("stick"), "--arrived", "2024-03-05"]));
    assert_eq!((&received[0]["code"], &received[0]["taken"]), (&"accepted".into(), &true.into()));
    let status = json(&desk.hub(&["--format", "json", "status", "--period", "2024-02"]));
    let target = |status: &Value, code: &str| {
        let all = status["targets"].as_array().unwrap();
        all.iter().find(|one| one["code"] == code).unwrap().clone()
    };
    assert_eq!(target(&status, "5-2-04")["actual"], "60");
    assert_eq!((&status["reported"], &status["late"]), (&1.into(), &0.into()));

    desk.hub(&["return", OFFICE, "--period", "2024-02", "5-2-04.本期=与现场不符"]);
    let status = json(&desk.hub(&["--format", "json", "status", "--period", "2024-02"]));
    assert_eq!(target(&status, "5-2-04")["actual"], Value::Null);
    assert_eq!(target(&status, "5-2-05")["actual"], "70");
    desk.hub(&["receipt", "--to", &desk.path("receipt")]);
    let said = desk.office(&["receive", &desk.only("receipt")]);
    assert!(said.contains("退回 1 格"), "{said}");
    let checked = run(&desk.at("office"), &["check", "--period", "2024-02"]);
    assert!(checked.out.contains("与现场不符"), "{}", checked.out);
    desk.office(&["enter", "5-2-04", "--period", "2024-02", "本期=58", "说明=重新清点"]);
    desk.office(&["enter", "5-2-05", "--period", "2024-02", "说明=没有变化"]);
    good(desk.export("2024-02", "stick"));
    let received = json(&desk.hub(&["--format", "json", "receive", &desk.path("stick")]));
    let mut codes: Vec<&str> =
        received.as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect();
    codes.sort_unstable();
    assert_eq!(codes, ["accepted", "duplicate"]);

    desk.hub(&["lock", "2024-02"]);
    bad(&run(&desk.at("hub"), &["lock", "2024-02"]), "already_locked");
    desk.hub(&["unlock", "2024-02", "--why", "更正"]);
    let again = desk.hub(&["lock", "2024-02"]);
    assert!(again.contains("更正"), "{again}");
    desk.hub(&["review", "on"]);
    desk.office(&["enter", "5-2-04", "--period", "2024-03", "本期=100"]);
    desk.office(&["enter", "5-2-05", "--period", "2024-03", "本期=110"]);
    desk.office(&["enter", "2-1-05", "--period", "2024-03", "本期数=110", "同期数=100"]);
    good(desk.export("2024-03", "march"));
    let waiting = desk.hub(&["--format", "json", "receive", &desk.only("march"), "--arrived", "2024-04-09"]);
    assert_eq!(json(&waiting)[0]["code"], "pending");
    let waiting = json(&desk.hub(&["--format", "json", "waiting"]));
    assert_eq!((&waiting[0]["office"], &waiting[0]["seq"]), (&OFFICE.into(), &3.into()));
    desk.hub(&["accept", "--period", "2024-03"]);
    let status = json(&desk.hub(&["--format", "json", "status", "--period", "2024-03"]));
    assert_eq!((&status["reported"], &status["late"]), (&1.into(), &1.into()));
    desk.hub(&["office", "revoke", OFFICE, "--after", "3"]);
    desk.hub(&["backup", "--to", &desk.path("backup")]);
    let restored = run(&desk.at("restored"), &["restore", "--from", &desk.only("backup")]);
    good(restored);
    let verified = json(&desk.hub(&["--format", "json", "verify", &sent]));
    assert_eq!((&verified["kind"], &verified["period"]), (&"progress".into(), &"2024-02".into()));
}

#[test]
fn keys_are_held_against_the_ones_that_are_trusted() {
    let desk = Desk::new();
    desk.begin();
    desk.enrol();
    desk.fill();
    good(desk.export("2024-02", "stick"));
    let sent = desk.only("stick");
    let pem = |home: &str, half: &str| {
        let shown = json(&good(run(&desk.at(home), &["--format", "json", "key", "show", "--pem"])));
        let file = desk.at(&format!("{home}-{half}.pem"));
        fs::write(&file, shown[half].as_str().unwrap()).unwrap();
        file.to_str().unwrap().to_owned()
    };
    let own = [pem("office", "sm2_pem"), pem("office", "ed25519_pem")];
    let hubs = pem("hub", "sm2_pem");
    good(run(Path::new("-"), &["verify", &sent, "--key", &own[0], "--key", &own[1]]));
    bad(&run(Path::new("-"), &["verify", &sent, "--key", &hubs]), "other_key");
    bad(&run(Path::new("-"), &["verify", &sent, "--key", &own[0], "--key", &hubs]), "other_key");
    let mut bytes = fs::read(&sent).unwrap();
    bytes.pop();
    fs::write(&sent, bytes).unwrap();
    bad(&run(Path::new("-"), &["verify", &sent]), "truncated");
}

#[test]
fn plan_and_status_are_complete_for_programs() {
    let desk = Desk::new();
    desk.begin();
    let plan = json(&desk.hub(&["--format", "json", "plan", "show"]));
    let targets = plan["targets"].as_array().unwrap();
    assert_eq!(targets.len(), 90);
    let is_decimal = |value: &Value| {
        value.is_null() || value.as_str().is_some_and(|text| text.parse::<rust_decimal::Decimal>().is_ok())
    };
    for target in targets {
        for key in ["code", "section", "name", "wording", "kind", "unit"] {
            assert!(target[key].is_string(), "{key} of {target}");
        }
        for key in ["comparator", "value"] {
            assert!(target.as_object().unwrap().contains_key(key), "{key} of {target}");
        }
        assert!(is_decimal(&target["value"]), "{target}");
    }
    let status = json(&desk.hub(&["--format", "json", "status", "--period", "2024-03"]));
    let kinds = targets.iter().map(|target| target["kind"].as_str().unwrap());
    for (one, kind) in status["targets"].as_array().unwrap().iter().zip(kinds) {
        for key in ["code", "reported", "assigned", "actual", "expected", "gap", "lamp", "explanation"] {
            assert!(one.as_object().unwrap().contains_key(key), "{key} of {one}");
        }
        assert!(one["reported"].is_u64() && one["assigned"].is_u64() && one["explanation"].is_string());
        assert_eq!(one["lamp"], "unreported", "grey, never green: {one}");
        if !["milestone", "statement"].contains(&kind) {
            assert!(is_decimal(&one["expected"]) && is_decimal(&one["gap"]), "{one}");
        }
    }
    let offices = json(&desk.hub(&["--format", "json", "office", "list"]));
    assert_eq!(offices.as_array().unwrap().len(), 22);
    let findings = run(&desk.at("office"), &["--format", "json", "check", "--period", "2024-02"]);
    bad(&findings, "blocked");
    assert!(json(&findings.out).as_array().unwrap().iter().all(|one| one["code"] == "missing"));
}

#[test]
fn spreadsheets_are_read_in_the_encodings_that_wps_and_excel_save() {
    let desk = Desk::new();
    desk.begin();
    let text = "目标编码,目标,本期,进展说明\r\n5-2-04,新增泊位,１２,完工，验收中\r\n5-2-05,新增充电桩,\"1,234\",㙍𠮷\r\n";
    let gb18030 = encoding_rs::GB18030.encode(text).0.into_owned();
    let bom = [b"\xef\xbb\xbf".as_slice(), text.as_bytes()].concat();
    for (name, bytes) in [("utf-8", text.as_bytes().to_vec()), ("bom", bom), ("gb18030", gb18030)] {
        let file = desk.at(&format!("{name}.csv"));
        fs::write(&file, bytes).unwrap();
        desk.office(&["enter", "5-2-04", "--period", "2024-02", "本期=", "进展说明="]);
        let said = desk.office(&["enter", "--period", "2024-02", "--from", file.to_str().unwrap()]);
        assert!(said.contains("已导入 2 个目标"), "{name}: {said}");
        let draft = desk.draft();
        assert!(draft.contains("完工，验收中") && draft.contains("㙍𠮷"), "{name}: {draft}");
    }
}

#[test]
fn an_unreadable_spreadsheet_names_the_place_and_leaves_the_draft_alone() {
    let desk = Desk::new();
    desk.begin();
    desk.fill();
    let before = desk.draft();
    let file = desk.at("坏表.csv");
    let (good_row, header) = ("5-2-04,新增泊位,99,\n", "目标编码,目标,本期,增速\n");
    for (text, code, place) in [
        (format!("{header}{good_row}9-9-99,没有,1,\n"), "unknown_target", "第 3 行第 1 列"),
        (format!("{header}{good_row}5-2-05,,1,2\n"), "wrong_box", "第 3 行第 4 列"),
        (format!("{header}{good_row}5-2-04,,1,\n"), "target_twice", "第 3 行第 1 列"),
        (format!("目标编码,目标,本旗\n{good_row}"), "unknown_column", "第 1 行第 3 列"),
        (format!("{header}{good_row}5-2-05,\"没完,1,\n"), "unterminated_quote", "第 3 行第 2 列"),
    ] {
        fs::write(&file, &text).unwrap();
        let said =
            run(&desk.at("office"), &["enter", "--period", "2024-02", "--from", file.to_str().unwrap()]);
        bad(&said, "bad_entry_file");
        assert!(said.err.contains(code) && said.err.contains(place), "{text}{}", said.err);
        assert!(said.err.contains("坏表.csv"), "{}", said.err);
        assert_eq!(desk.draft(), before, "nothing is half-imported: {text}");
    }
}

#[test]
fn every_failure_has_a_code_a_sentence_and_a_next_step() {
    let desk = Desk::new();
    let nowhere = desk.at("nowhere");
    bad(&run(&nowhere, &["status", "--period", "2024-02"]), "no_home");
    bad(&run_with(&nowhere, "短口令", &["init", "hub", "--name", "测试"]), "weak_passphrase");
    bad(&run(&nowhere, &["init", "hub", "--name", "测试", "--plan", "builtin:1999"]), "unknown_plan");
    assert!(!nowhere.exists(), "a failure leaves nothing behind");
    desk.begin();
    bad(&run(&desk.at("hub"), &["init", "hub", "--name", "再来"]), "home_taken");
    desk.fill();
    bad(&desk.export("2024-02", "early"), "enrol_first");
    desk.enrol();
    bad(&desk.export("2024-04", "stick"), "nothing_filled_in");
    let export = ["export", "--period", "2024-02", "--to", &desk.path("stick")];
    let nameless = ["--filled-by", "甲", "--checked-by", " ", "--issued-by", "丙"];
    bad(&run(&desk.at("office"), &[&export[..], &nameless].concat()), "not_signed_off");
    let wrong = run_with(&desk.at("office"), "不是这个口令的口令", &[&export[..], &NAMES].concat());
    bad(&wrong, "wrong_passphrase");
    assert!(!desk.at("stick").exists(), "nothing leaves without the passphrase");
    desk.office(&["enter", "5-2-04", "--period", "2024-02", "本期=-3"]);
    let blocked = desk.export("2024-02", "stick");
    bad(&blocked, "blocked");
    assert!(blocked.err.contains("[negative]"), "{}", blocked.err);

    let hub = |args: &[&str]| run(&desk.at("hub"), args);
    bad(&hub(&["status", "--period", "2024-01"]), "not_reported");
    bad(&hub(&["plan", "assign", "9-9-99", "--to", OFFICE]), "unknown_target");
    let similar = hub(&["plan", "assign", "5-2-04", "--to", "王台\u{200b}街道"]);
    bad(&similar, "unknown_office");
    assert!(similar.err.contains("王台⟨U+200B⟩街道") && similar.err.contains("是不是：王台街道"));
    bad(
        &hub(&["office", "enrol", &desk.only("enrolment"), "--office", OFFICE, "--fingerprint", "123"]),
        "bad_fingerprint",
    );
    let zeros = "0".repeat(40);
    let other =
        hub(&["office", "enrol", &desk.only("enrolment"), "--office", OFFICE, "--fingerprint", &zeros]);
    bad(&other, "other_fingerprint");
    let true_digits = desk.digits("office");
    assert!(
        !other.err.contains(true_digits.split(' ').next().unwrap()),
        "the computed digits are never shown"
    );
    bad(&hub(&["return", OFFICE, "--period", "2024-02", "5-2-04"]), "bad_cell");
    bad(&hub(&["return", OFFICE, "--period", "2024-02", "5-2-04=不对"]), "no_return");
    bad(&hub(&["unlock", "2024-02", "--why", "没锁过"]), "not_locked");
    bad(&hub(&["enrol", "--to", &desk.path("x")]), "office_only");
    bad(&run(&desk.at("office"), &["lock", "2024-02"]), "hub_only");
    bad(&hub(&["receive", &desk.path("不存在")]), "io");
    assert!(!run(&nowhere, &["没有这个命令"]).ok);
    assert!(!run(&nowhere, &["status", "--period", "二月"]).ok);
}

#[test]
fn the_passphrase_is_changed_from_the_command_line() {
    let desk = Desk::new();
    desk.begin();
    let mut command = std::process::Command::new(testkit::program::program());
    command.args(["--home", &desk.path("office"), "passphrase"]).env("TAIZHANG_PASSPHRASE", PASSPHRASE);
    let said: Said = command.env("TAIZHANG_NEW_PASSPHRASE", "换成另一个新口令").output().unwrap().into();
    good(said);
    let enrol = ["enrol", "--to", &desk.path("enrolment")];
    bad(&run(&desk.at("office"), &enrol), "wrong_passphrase");
    good(run_with(&desk.at("office"), "换成另一个新口令", &enrol));
}

#[test]
fn keys_are_replaced_and_offices_reshaped_from_the_command_line() {
    let desk = Desk::new();
    desk.begin();
    desk.enrol();
    // An office's key: one file, the same again until the hub has answered, and no digits at the hub.
    let said = desk.office(&["key", "rotate", "--to", &desk.path("new-key")]);
    assert!(said.contains("换钥包第 1 号") && said.contains("可以拔出"), "{said}");
    assert!(desk.office(&["key", "rotate", "--to", &desk.path("new-key")]).contains("与上次相同"));
    let said = desk.hub(&["receive", &desk.only("new-key")]);
    assert!(said.contains("由原来的密钥在第 1 号担保"), "{said}");
    let keys = json(&desk.hub(&["--format", "json", "office", "keys", OFFICE]));
    let how: Vec<_> = keys.as_array().unwrap().iter().map(|key| key["how"].as_str().unwrap()).collect();
    assert_eq!(how, ["handed", "typed"]);
    bad(&run(&desk.at("office"), &["enrol", "--to", &desk.path("again")]), "handed_over");
    bad(&run(&desk.at("hub"), &["office", "revoke", OFFICE, "--after", "0", "--key", "3"]), "no_such_key");
    desk.hub(&["office", "revoke", OFFICE, "--after", "1", "--key", "1"]);
    desk.fill();
    assert!(desk.export("2024-02", "stick").ok);
    assert!(desk.hub(&["receive", &desk.path("stick")]).contains("已接收"));

    // The hub's: with the next plan, and who missed that types the new digits.
    let said = desk.hub(&["key", "rotate", "--to", &desk.path("change")]);
    assert!(said.contains("第 2 版方案") && said.contains("旧的副本作废"), "{said}");
    desk.hub(&["office", "merge", OFFICE, "宝山镇", "--into", "王台新街道", "--on", "2024-07-01"]);
    desk.hub(&["office", "retire", "海青镇", "--on", "2024-08-01"]);
    desk.hub(&["plan", "export", "--to", &desk.path("plan-3")]);
    let missed = run(&desk.at("office"), &["receive", &desk.only("plan-3")]);
    assert!(
        !missed.ok && missed.out.contains("key trust") && missed.out.contains("第 2 版"),
        "{}",
        missed.out
    );
    let wrong = desk.digits("office");
    let trust = |digits: &str| {
        run(&desk.at("office"), &["key", "trust", &desk.only("plan-3"), "--fingerprint", digits])
    };
    bad(&trust(&wrong), "other_fingerprint");
    good(trust(&desk.digits("hub")));
    assert!(desk.office(&["plan", "show"]).contains("5-2-04"));
    desk.hub(&["key", "save", "--to", &desk.path("plan-3")]);
}
