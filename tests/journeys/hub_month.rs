//! A hub's overview and bulletin: what `status` says, and what can be reckoned once more from the files that were typed in.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use app::screens::analysis::Theme;
use app::screens::hub::bulletin::Bulletin;
use app::screens::hub::overview::HubOverview;
use app::send_back::SentBack;
use app::{Field, Home, Period, World};
use serde_json::Value;
use tempfile::TempDir;
use testkit::District;

use crate::by_hand::{Sum, add_up_of, arrived, judged};
use crate::demonstration::{hub, json};

fn june() -> Period {
    "2024-06".parse().unwrap()
}

/// Copies the demonstration's hub, so that tests may lock and write in it.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

fn opened() -> (TempDir, Home) {
    let folder = TempDir::new().unwrap();
    copy(&hub(), folder.path());
    let home = Home::open(folder.path(), World::real()).unwrap();
    (folder, home)
}

fn overview(home: &Home) -> HubOverview {
    home.hub_overview(june(), Theme::Light).unwrap()
}

fn bulletin(home: &Home) -> Bulletin {
    home.bulletin(june(), Theme::Light).unwrap()
}

/// Sends a count of an office's return back that was covered in full.
fn send_back(home: &mut Home, period: &str) {
    let period: Period = period.parse().unwrap();
    let (plan, status) = (json(&["plan", "show"]), home.status(period).unwrap());
    let full = status.targets.iter().find_map(|one| {
        let all = plan["targets"].as_array().unwrap();
        let target = all.iter().find(|target| target["code"] == one.code.as_str())?;
        let office = target["assignments"][0]["to"].as_str()?;
        (target["kind"] == "count" && !one.partial).then(|| (office.to_owned(), one.code.clone()))
    });
    let (office, code) = full.unwrap();
    let cell = SentBack { target: &code, field: Some(Field::Value), reason: "请核对" };
    home.send_back(&office, period, &[cell]).unwrap();
}

#[test]
fn the_overview_says_what_status_says() {
    let (_folder, home) = opened();
    let (view, status) = (overview(&home), home.status(june()).unwrap());
    assert_eq!((view.owed, view.reported), (status.owed as u32, status.reported as u32));
    assert_eq!(view.late.len(), status.late);
    let lamps = |code: &str| status.targets.iter().filter(|one| one.lamp == Some(code)).count() as u32;
    let counts: Vec<u32> = view.lamps.iter().map(|one| one.count).collect();
    let grey = lamps("unreported") + lamps("unscheduled");
    assert_eq!(counts, [lamps("done"), lamps("green"), lamps("yellow"), lamps("red"), grey]);
    // Chapters part the same targets.
    for (at, count) in counts.iter().enumerate() {
        assert_eq!(view.chapters.iter().map(|chapter| chapter.counts[at]).sum::<u32>(), *count);
    }
    let behind: BTreeSet<&str> = view.behind.iter().map(|one| one.target.as_str()).collect();
    let expected = status.targets.iter().filter(|one| matches!(one.lamp, Some("red" | "yellow")));
    assert_eq!(behind, expected.map(|one| one.code.as_str()).collect());
    for one in &view.behind {
        let said = status.targets.iter().find(|target| target.code == one.target).unwrap();
        for part in one.reason.split('；') {
            assert!(said.explanation.contains(part), "{part} is not in {}", said.explanation);
        }
        let needed = said.explanation.contains(&format!("剩余月均需完成 {}", one.needed));
        assert!(one.needed.is_empty() || needed, "{}: {}", one.needed, said.explanation);
        assert_eq!(one.needed.is_empty(), !said.explanation.contains("剩余月均需完成"));
    }
    // Red ones first.
    let first_yellow = view.behind.iter().position(|one| one.lamp.code == "yellow").unwrap();
    assert!(view.behind[first_yellow..].iter().all(|one| one.lamp.code == "yellow"));
    let missing: Vec<(&str, &str)> =
        view.missing.iter().map(|one| (one.name.as_str(), one.telephone.as_str())).collect();
    let expected = status.offices.iter().filter(|one| !one.reported);
    assert_eq!(missing, expected.map(|one| (one.name.as_str(), one.telephone.as_str())).collect::<Vec<_>>());
    assert!(view.missing.iter().all(|one| one.known == "上次 5月"), "{:?}", view.missing);
}

/// Every office's lamp of every target given to it with a quota, reckoned from what was typed.
fn by_hand() -> BTreeMap<String, BTreeMap<String, &'static str>> {
    let (typed, plan) = (arrived(), json(&["plan", "show"]));
    let mut offices: BTreeMap<String, BTreeMap<String, &'static str>> = BTreeMap::new();
    for target in plan["targets"].as_array().unwrap() {
        let code = target["code"].as_str().unwrap();
        for assignment in target["assignments"].as_array().unwrap() {
            let office = assignment["to"].as_str().unwrap();
            let Some(quota) = assignment["quota"].as_str() else { continue };
            let sum = add_up_of(target, &[office], &typed);
            if sum.owed == 0 {
                continue; // 不适用
            }
            let mut own = target.clone();
            own["value"] = Value::String(quota.to_owned());
            if own["comparator"].is_null() {
                own["comparator"] = Value::String("reach".to_owned());
            }
            let none: BTreeMap<String, (Value, Sum)> = BTreeMap::new();
            let lamp = judged(&own, &sum, &none).3.unwrap();
            offices.entry(office.to_owned()).or_default().insert(code.to_owned(), lamp);
        }
    }
    offices
}

#[test]
fn the_ranking_can_be_reckoned_from_what_was_typed() {
    let (_folder, home) = opened();
    let view = overview(&home);
    let marked = by_hand();
    let score = |lamps: &BTreeMap<String, &str>| {
        let judged = lamps.values().filter(|lamp| **lamp != "unscheduled").count();
        (lamps.values().filter(|lamp| matches!(**lamp, "done" | "green")).count(), judged)
    };
    let scores: BTreeMap<&str, (usize, usize)> =
        marked.iter().map(|(office, lamps)| (office.as_str(), score(lamps))).collect();
    let better = |one: (usize, usize), other: (usize, usize)| {
        let (a, b) = (one.0 * other.1, other.0 * one.1);
        a > b || (a == b && one.1 > other.1)
    };
    assert_eq!(view.ranking.rows.len(), scores.values().filter(|(_, judged)| *judged > 0).count());
    assert!(view.ranking.rows.len() > 15);
    for row in &view.ranking.rows {
        let own = scores[row[1].as_str()];
        let before = scores.values().filter(|other| other.1 > 0 && better(**other, own)).count();
        let shared = scores.values().filter(|other| **other == own).count() > 1;
        let place = if shared { format!("并列 {}", before + 1) } else { (before + 1).to_string() };
        assert_eq!((&row[0], &row[7]), (&place, &format!("{}/{}", own.0, own.1)), "{row:?}");
    }
    let places: BTreeSet<&str> = view.ranking.rows.iter().map(|row| row[0].as_str()).collect();
    assert!(places.len() > 10, "{places:?}");
    assert!(view.unranked.is_empty() && !view.ranking.rows.iter().any(|row| row[1] == "本级"));

    // The map's cells are the same lamps.
    let words: BTreeMap<&str, &str> = [
        ("done", "已完成"),
        ("green", "正常"),
        ("yellow", "落后"),
        ("red", "严重落后"),
        ("unreported", "未报"),
        ("unscheduled", "未排节点"),
    ]
    .into();
    let codes: BTreeMap<String, String> =
        home.status(june()).unwrap().targets.into_iter().map(|target| (target.name, target.code)).collect();
    let heat = &view.heat.chart;
    let plan = json(&["plan", "show"]);
    let by_stage = |target: &&Value| matches!(target["kind"].as_str(), Some("milestone" | "statement"));
    let stages: BTreeSet<&str> = plan["targets"]
        .as_array()
        .unwrap()
        .iter()
        .filter(by_stage)
        .map(|target| target["code"].as_str().unwrap())
        .collect();
    let mut lamps = 0;
    for row in &heat.rows {
        let code = &codes[&row[0]];
        for (office, cell) in heat.heads.iter().zip(row).skip(1) {
            match marked[office].get(code) {
                Some(lamp) => {
                    assert_eq!(cell, words[lamp], "{office} {code}");
                    lamps += 1;
                }
                // Stages are judged by the plan's months, without a quota; they are shown and not ranked.
                None if stages.contains(code.as_str()) => {}
                None => assert!(matches!(cell.as_str(), "" | "不适用" | "不考核"), "{office} {code} {cell}"),
            }
        }
    }
    assert_eq!(lamps, marked.values().map(BTreeMap::len).sum::<usize>());
}

#[test]
fn the_year_is_what_status_says_of_each_period() {
    let (_folder, home) = opened();
    let months = home.hub_months(june(), Theme::Dark).unwrap();
    assert!(months.complete);
    let periods = ["2024-02", "2024-03", "2024-04", "2024-05", "2024-06"];
    assert_eq!(months.chart.rows.len(), periods.len());
    for (row, period) in months.chart.rows.iter().zip(periods) {
        let status = home.status(period.parse().unwrap()).unwrap();
        let lamp = |code: &str| status.targets.iter().filter(|one| one.lamp == Some(code)).count();
        let grey = lamp("unreported") + lamp("unscheduled");
        let counts = [lamp("done"), lamp("green"), lamp("yellow"), lamp("red"), grey];
        let expected =
            [status.owed, status.reported].into_iter().chain(counts).map(|count| count.to_string());
        assert_eq!(row[1..], expected.collect::<Vec<_>>(), "{period}");
    }
}

fn text(bulletin: &Bulletin, id: &str) -> String {
    bulletin.paragraphs.iter().find(|one| one.id == id).unwrap().text.clone()
}

#[test]
fn the_bulletin_says_what_status_says() {
    let (_folder, home) = opened();
    let (view, status) = (bulletin(&home), home.status(june()).unwrap());
    let lamp = |code: &str| status.targets.iter().filter(|one| one.lamp == Some(code)).count();
    let overall = text(&view, "overall");
    for (code, word) in [("done", "已完成"), ("green", "正常"), ("yellow", "落后"), ("red", "严重落后")]
    {
        assert!(overall.contains(&format!("{word} {} 个", lamp(code))), "{overall}");
    }
    assert!(overall.starts_with("截至2024年6月底，序时进度 50%。全年 90 个目标中"), "{overall}");
    let reporting = text(&view, "reporting");
    let counts = format!("应报 {} 家，已报 {} 家", status.owed, status.reported);
    assert!(reporting.contains(&counts), "{reporting}");
    for office in status.offices.iter().filter(|office| !office.reported) {
        assert!(reporting.contains(&office.name) && text(&view, "requests").contains(&office.name));
    }
    let coverage = text(&view, "coverage");
    let partial = status.targets.iter().filter(|one| one.reported < one.assigned).count();
    let carried = status.targets.iter().filter(|one| one.reported < one.assigned && one.carried > 0).count();
    assert!(coverage.contains(&format!("未报齐的 {partial} 个，其中 {carried} 个")), "{coverage}");
    let ranking = overview(&home).ranking.rows;
    assert!(text(&view, "leading").contains(&format!("居前的是{}（{}", ranking[0][1], ranking[0][7])));
    // Who has not reported is named neither among the first nor among the last.
    let silent = |name: &str| status.offices.iter().any(|office| office.name == name && !office.reported);
    let last = ranking.iter().rfind(|row| !silent(&row[1])).unwrap();
    let behind = text(&view, "behind");
    let named = behind.split_once("占比靠后的是").unwrap().1;
    assert!(named.contains(&format!("{}（{}", last[1], last[7])), "{behind}");
    assert!(!ranking.iter().any(|row| silent(&row[1]) && named.contains(row[1].as_str())), "{behind}");

    let table = |id: &str| view.tables.iter().find(|table| table.id == id).unwrap();
    assert_eq!(table("behind").rows.len(), lamp("yellow") + lamp("red"));
    let all: Vec<&Vec<String>> =
        table("all").rows.iter().map(|row| &row.cells).filter(|cells| !cells.is_empty()).collect();
    assert_eq!(all.len(), status.targets.len());
    for (cells, target) in all.iter().zip(&status.targets) {
        let coverage = format!("{}/{}", target.reported, target.assigned);
        assert_eq!(
            [&cells[0], &cells[1], &cells[2], &cells[5]],
            [&target.name, &target.goal, &target.shown.actual, &coverage]
        );
    }
    assert!(
        view.tables
            .iter()
            .all(|table| table.widths.iter().map(|width| u32::from(*width)).sum::<u32>() == 100)
    );
    assert!(!view.correction && !view.locked && view.basis.contains("尚未锁定"));
}

#[test]
fn what_was_rewritten_stays_until_it_is_taken_back_and_shows_what_has_changed() {
    let (_folder, mut home) = opened();
    let generated = text(&bulletin(&home), "reporting");
    let written = home.write_paragraph(june(), "reporting", Some("  由人改写。 ")).unwrap();
    assert_eq!((written.text.as_str(), written.edited, &written.replaced), ("由人改写。", true, &None));
    let other: Period = "2024-05".parse().unwrap();
    assert!(home.bulletin(other, Theme::Light).unwrap().paragraphs.iter().all(|one| !one.edited));
    assert!(home.write_paragraph(june(), "weather", Some("晴")).is_err());

    // A return is sent back: the figures are others, and with them the text of what is behind or covered.
    let coverage = text(&bulletin(&home), "coverage");
    home.write_paragraph(june(), "coverage", Some("口径由人说明。")).unwrap();
    send_back(&mut home, "2024-06");
    let after = bulletin(&home);
    let stale = after.paragraphs.iter().find(|one| one.id == "coverage").unwrap();
    assert_eq!((stale.text.as_str(), stale.replaced.as_ref()), ("口径由人说明。", Some(&coverage)));
    assert_ne!(stale.generated, coverage);
    let reporting = after.paragraphs.iter().find(|one| one.id == "reporting").unwrap();
    assert_eq!((&reporting.generated, &reporting.replaced), (&generated, &None));

    // Kept once more, it is no longer old; taken back, it is what the figures make.
    assert_eq!(home.write_paragraph(june(), "coverage", Some("口径由人说明。")).unwrap().replaced, None);
    let back = home.write_paragraph(june(), "coverage", None).unwrap();
    assert_eq!((back.edited, &back.text), (false, &back.generated));
}

#[test]
fn a_locked_month_is_printed_from_its_freeze_and_a_correction_lists_its_differences() {
    let (_folder, mut home) = opened();
    let before = (overview(&home), bulletin(&home));
    home.lock(june(), "").unwrap();
    let frozen = bulletin(&home);
    assert!(frozen.locked && !frozen.correction && frozen.basis.contains("锁定的为准"));
    assert_eq!(frozen.tables, before.1.tables);
    assert_eq!(overview(&home).ranking, before.0.ranking);
    // What the figures behind it become does not reach what is frozen.
    send_back(&mut home, "2024-05");
    assert_eq!(bulletin(&home).tables, before.1.tables);

    home.unlock_period(june(), "补报").unwrap();
    send_back(&mut home, "2024-06");
    let status = home.status(june()).unwrap();
    let locked = home.lock(june(), "更正").unwrap();
    let corrected = bulletin(&home);
    assert!(corrected.correction && corrected.basis.contains("第 2 次锁定"));
    let table = corrected.tables.iter().find(|table| table.id == "correction").unwrap();
    let names: BTreeSet<&str> = table.rows.iter().map(|row| row.cells[0].as_str()).collect();
    let changed = locked.corrections.iter().map(|one| {
        status.targets.iter().find(|target| target.code == one.target.as_str()).unwrap().name.as_str()
    });
    assert_eq!(names, changed.collect());
    assert!(!names.is_empty());
    assert!(table.rows.iter().all(|row| row.cells[1] != row.cells[2]), "{:?}", table.rows);
    let said = &corrected.paragraphs[0];
    assert_eq!(said.id, "correction");
    assert!(names.iter().all(|name| said.text.contains(name)), "{}", said.text);
}

#[test]
fn before_its_time_a_bulletin_says_so_and_hurries_nobody() {
    let mut district = District::new(3);
    let march: Period = "2024-03".parse().unwrap();
    district.report(0, "2024-03", "12", "stick");
    let told = |day: &str| {
        district.clock.turn_to(day);
        let view = district.hub.bulletin(march, Theme::Light).unwrap();
        (text(&view, "overall"), text(&view, "requests"))
    };
    let (overall, requests) = told("2024-03-31");
    assert!(overall.starts_with("2024年3月还没有过完"), "{overall}");
    assert!(requests.contains("在4月5日前报送本期数据") && !requests.contains("补报"), "{requests}");
    let (overall, requests) = told("2024-04-05");
    assert!(overall.starts_with("报送截止日是4月5日"), "{overall}");
    assert!(!requests.contains("补报"), "{requests}");
    let (overall, requests) = told("2024-04-06");
    assert!(overall.starts_with("截至2024年3月底"), "{overall}");
    assert!(requests.contains("尽快补报本期数据"), "{requests}");
}
