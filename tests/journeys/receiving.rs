//! 接收: gaps that show and heal, forks side by side, review, the paper held against the file.

use std::fs;
use std::path::{Path, PathBuf};

use app::Error;
use app::screens::hub::receiving::{ArrivedFile, CellSentBack, OpenedReturn, OpenedRow};
use testkit::forge::clone_folder;
use testkit::plan::{COUNT, NAMES, STOCK, target_id};
use testkit::{District, PASSPHRASE, period};

fn arrive(district: &mut District, paths: &[&Path]) -> Vec<ArrivedFile> {
    let paths: Vec<PathBuf> = paths.iter().map(|path| (*path).to_owned()).collect();
    district.hub.receive_at_desk(&paths, &mut |_, _| true).unwrap()
}

fn groups(arrived: &[ArrivedFile]) -> Vec<&str> {
    arrived.iter().map(|file| file.group.as_str()).collect()
}

fn row<'a>(view: &'a OpenedReturn, target: &str) -> &'a OpenedRow {
    view.chapters.iter().flat_map(|chapter| &chapter.rows).find(|row| row.target == target).unwrap()
}

fn cell(target: &str, field: &str, reason: &str) -> CellSentBack {
    CellSentBack { target: target.to_owned(), field: field.to_owned(), reason: reason.to_owned() }
}

#[test]
fn a_gap_is_shown_by_number_until_the_missing_file_arrives() {
    let mut district = District::new(2);
    let lost = district.report(0, "2024-02", "5", "1").path;
    let second = district.report(0, "2024-03", "10", "2").path;
    let arrived = arrive(&mut district, &[&second]);
    assert_eq!(groups(&arrived), ["gap"]);
    let view = district.hub.receiving(period("2024-03")).unwrap();
    assert_eq!(view.gaps.len(), 1);
    assert_eq!((view.gaps[0].name.as_str(), view.gaps[0].missing.as_str()), (NAMES[0], "第 1 号"));
    assert_eq!(view.returns.len(), 1, "what has come counts");

    assert_eq!(groups(&arrive(&mut district, &[&lost])), ["accepted"]);
    assert!(district.hub.receiving(period("2024-03")).unwrap().gaps.is_empty());
    assert_eq!(groups(&arrive(&mut district, &[&lost, &second])), ["duplicate", "duplicate"]);
}

#[test]
fn a_fork_shows_both_sides_and_the_choice_counts() {
    let mut district = District::new(1);
    let first = district.report(0, "2024-02", "5", "1").path;
    let copy = district.at("clone");
    clone_folder(district.offices[0].dir(), &copy);
    let ours = district.report(0, "2024-03", "10", "2a").path;
    let after = district.report(0, "2024-04", "15", "3a").path;
    let theirs = district.rival(&copy, "2024-03", "30", "2b").path;

    let arrived = arrive(&mut district, &[&first, &ours, &after, &theirs]);
    assert_eq!(arrived.last().unwrap().group, "forked");
    let view = district.hub.receiving(period("2024-03")).unwrap();
    assert!(view.waiting.is_empty(), "what is disputed is not there to be accepted");
    let [fork] = view.forks.as_slice() else { panic!("{:?}", view.forks) };
    assert_eq!((fork.from, fork.decided, fork.versions.len()), (2, false, 2));
    let differing: Vec<_> = fork.rows.iter().map(|row| row.target.as_str()).collect();
    assert_eq!(differing, [COUNT], "only what differs is listed");
    let side = |figure: &str| fork.rows[0].figures.iter().position(|one| one.starts_with(figure)).unwrap();
    let (ours_at, theirs_at) = (side("10 "), side("30 "));
    assert_eq!(fork.versions[ours_at].later, ["2024年4月 第 3 号"]);
    assert!(fork.versions[theirs_at].later.is_empty());

    let digest = fork.versions[theirs_at].line.digest.clone();
    assert!(matches!(district.hub.choose_version(&digest, " "), Err(Error::NoReason)));
    district.hub.choose_version(&digest, "电话核实").unwrap();
    let view = district.hub.receiving(period("2024-03")).unwrap();
    let [fork] = view.forks.as_slice() else { panic!("{:?}", view.forks) };
    assert!(fork.decided && fork.versions[theirs_at].chosen && !fork.versions[ours_at].chosen);
    assert_eq!(fork.reason, "电话核实");
    assert_eq!(district.actual("2024-03", COUNT).as_deref(), Some("30"));
    // The operator may have been told wrong.
    let other = fork.versions[ours_at].line.digest.clone();
    district.hub.choose_version(&other, "原来认错了").unwrap();
    assert_eq!(district.actual("2024-03", COUNT).as_deref(), Some("10"));
}

#[test]
fn a_correction_shows_what_it_replaces_and_why_wherever_it_is_looked_at() {
    let mut district = District::new(1);
    let first = district.report(0, "2024-03", "10", "1").path;
    let mended = district.report(0, "2024-03", "12", "2").path;
    assert_eq!(groups(&arrive(&mut district, &[&first])), ["accepted"]);
    let arrived = arrive(&mut district, &[&mended]);
    assert_eq!(groups(&arrived), ["corrected"]);
    assert_eq!(
        arrived[0].details,
        [format!("{COUNT} 新增项目：10 个 → 12 个")],
        "what did not change is not listed"
    );

    let opened = district.hub.open_return(arrived[0].digest.as_ref().unwrap()).unwrap();
    assert_eq!((opened.corrects, opened.over_stand_in), (Some(1), false));
    let changed = row(&opened, COUNT);
    let said = (changed.before.as_deref(), changed.figures.as_str(), changed.explanation.as_str());
    assert_eq!(said, (Some("10 个"), "12 个", "说明"));
    assert_eq!(row(&opened, STOCK).before, None);

    let office = opened.line.office;
    let entry = district.hub.entry_behind(period("2024-03"), COUNT, &office).unwrap();
    assert_eq!((entry.figure.as_str(), entry.remark.as_str()), ("12 个", "说明"));
    let versions: Vec<_> = entry
        .history
        .iter()
        .map(|one| {
            (one.replaced.as_deref(), one.figures.as_str(), one.explanation.as_str(), one.verdict.as_str())
        })
        .collect();
    assert_eq!(versions, [(Some("10 个"), "12 个", "说明", "已接收"), (None, "10 个", "说明", "已更正")]);
}

#[test]
fn a_return_is_reviewed_sent_back_and_corrected() {
    let mut district = District::new(2);
    district.hub.set_review(true).unwrap();
    let march = period("2024-03");
    let first = district.report(0, "2024-03", "10", "1").path;
    let other = district.report(1, "2024-03", "20", "2").path;
    let arrived = arrive(&mut district, &[&first, &other]);
    assert_eq!(groups(&arrived), ["pending", "pending"]);
    let view = district.hub.receiving(march).unwrap();
    assert_eq!((view.review, view.waiting_total, view.returns.len()), (true, 2, 0));

    let digest = arrived[0].digest.clone().unwrap();
    let opened = district.hub.open_return(&digest).unwrap();
    assert!(opened.refused.is_none() && opened.corrects.is_none());
    let count = row(&opened, COUNT);
    assert_eq!((count.figures.as_str(), count.before.as_deref()), ("10 个", None));
    assert_eq!(count.explanation, "说明");
    assert!(matches!(
        district.hub.send_cells_back(&digest, &[cell(COUNT, "value", " ")]),
        Err(Error::NoReason)
    ));
    district.hub.send_cells_back(&digest, &[cell(COUNT, "value", "与台账不一致")]).unwrap();
    assert_eq!(district.hub.accept_waiting(march, None).unwrap(), 1, "only the other one waited");
    assert_eq!(district.actual("2024-03", COUNT).as_deref(), Some("20"), "the cell sent back does not count");
    let view = district.hub.receiving(march).unwrap();
    let labels: Vec<_> = view.returns.iter().map(|line| line.state_label.as_str()).collect();
    assert_eq!(labels, ["退回 1 格", "已接收"]);
    assert_eq!(row(&district.hub.open_return(&digest).unwrap(), COUNT).returned[0].reason, "与台账不一致");

    // Sent back by mistake, it is taken back and counts; the reason given for another stays.
    district.hub.send_cells_back(&digest, &[cell(STOCK, "explanation", "说清楚")]).unwrap();
    district.hub.take_cell_back(&digest, COUNT, "value").unwrap();
    assert_eq!(district.actual("2024-03", COUNT).as_deref(), Some("30"));
    let opened = district.hub.open_return(&digest).unwrap();
    assert_eq!((row(&opened, COUNT).returned.len(), opened.line.state_label.as_str()), (0, "退回 1 格"));
    assert!(district.hub.take_cell_back(&digest, COUNT, "value").is_err(), "it was taken back already");
    district.hub.take_cell_back(&digest, STOCK, "explanation").unwrap();
    assert_eq!(district.hub.open_return(&digest).unwrap().line.state_label, "已接收");
    district.hub.send_cells_back(&digest, &[cell(COUNT, "value", "与台账不一致")]).unwrap();

    let mended = district.report(0, "2024-03", "12", "3").path;
    let arrived = arrive(&mut district, &[&mended]);
    assert_eq!(arrived[0].group, "pending");
    assert_eq!(arrived[0].details, [format!("{COUNT} 新增项目：10 个 → 12 个")]);
    let digest = arrived[0].digest.clone().unwrap();
    let opened = district.hub.open_return(&digest).unwrap();
    assert_eq!((opened.corrects, row(&opened, COUNT).before.as_deref()), (Some(1), Some("10 个")));
    let id = opened.line.office.clone();
    assert_eq!(district.hub.accept_waiting(march, Some(&id)).unwrap(), 1);
    assert_eq!(district.actual("2024-03", COUNT).as_deref(), Some("32"));
    // Nobody sends cells of the old one back any more.
    let old = district.hub.open_return(&hex_of(&first)).unwrap();
    assert_eq!(old.refused.map(|why| why.code).as_deref(), Some("replaced"));
    let late = district.hub.send_cells_back(&hex_of(&first), &[cell(COUNT, "value", "迟了")]);
    assert!(matches!(late, Err(Error::NoReturn { .. })));
    let late = district.hub.take_cell_back(&hex_of(&first), COUNT, "value");
    assert!(matches!(late, Err(Error::NoReturn { .. })));

    // Accepted, it can still come back, until the month is locked.
    district.hub.send_cells_back(&digest, &[cell(COUNT, "explanation", "请写明原因")]).unwrap();
    assert_eq!(
        district.actual("2024-03", COUNT).as_deref(),
        Some("32"),
        "words sent back take no figure away"
    );
    district.hub.lock(march, "").unwrap();
    let opened = district.hub.open_return(&digest).unwrap();
    assert_eq!(opened.refused.map(|why| why.code).as_deref(), Some("locked"));
}

#[test]
fn what_the_checks_hold_back_says_how_much_is_wrong() {
    let mut district = District::new(1);
    let mut hole = testkit::Opened::of(&district.report(0, "2024-03", "12", "1").path);
    hole.content().entries.remove(&target_id(STOCK));
    let key = testkit::forge::keys_of(district.offices[0].dir());
    let file = hole.sealed(&key, &district.at("forged/hole.tzb"));
    assert_eq!(groups(&arrive(&mut district, &[&file])), ["pending"]);
    let view = district.hub.receiving(period("2024-03")).unwrap();
    assert_eq!((view.review, view.waiting[0].errors), (false, 1));
    let opened = district.hub.open_return(&view.waiting[0].digest).unwrap();
    let rows = opened.chapters.iter().flat_map(|chapter| &chapter.rows);
    let errors = rows.flat_map(|row| &row.findings).chain(&opened.findings).filter(|finding| finding.error);
    assert_eq!(errors.count(), 1, "it is shown where the return is opened");
}

#[test]
fn a_correction_without_review_is_listed_as_such() {
    let mut district = District::new(1);
    let first = district.report(0, "2024-03", "10", "1").path;
    arrive(&mut district, &[&first]);
    let second = district.report(0, "2024-03", "8", "2").path;
    let arrived = arrive(&mut district, &[&second]);
    assert_eq!(groups(&arrived), ["corrected"]);
    assert_eq!(arrived[0].details, [format!("{COUNT} 新增项目：10 个 → 8 个")]);
}

#[test]
fn what_is_not_taken_says_so_under_its_own_head() {
    let mut district = District::new(1);
    let stick = district.at("stick");
    let good = district.report(0, "2024-03", "10", "stick").path;
    let mut bytes = fs::read(&good).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(stick.join("a.tzb"), bytes).unwrap();
    let mut stranger = district.set_up(NAMES[0]);
    stranger.enrol(PASSPHRASE, &stick).unwrap();
    let arrived = arrive(&mut district, &[&stick]);
    let mut heads = groups(&arrived);
    heads.sort_unstable();
    assert_eq!(heads, ["accepted", "enrolment", "rejected"]);
    for file in &arrived {
        assert!(!file.message.what.is_empty() && !file.message.next.is_empty(), "{file:?}");
    }
    assert_eq!(district.hub.receiving(period("2024-03")).unwrap().enrolments, 1);
}

#[test]
fn the_stamped_paper_is_held_against_the_file_and_the_outcome_is_remembered() {
    let mut district = District::new(1);
    let file = district.report(0, "2024-03", "10", "1").path;
    arrive(&mut district, &[&file]);
    let digest = hex_of(&file);
    let slip = district.offices[0].slip(&digest, false).unwrap();
    let state = |district: &District| district.hub.open_return(&digest).unwrap().paper.state;
    assert_eq!(state(&district), "none");
    let check = |district: &mut District, number, digits: &str| {
        let view = district.hub.check_paper(&digest, number, digits).unwrap();
        (view.state, view.message.map(|message| message.what).unwrap_or_default())
    };
    assert_eq!(check(&mut district, slip.seq, "9f86 d08").0, "unreadable");
    assert_eq!(state(&district), "none", "a slip of the finger decides nothing");
    let (found, said) = check(&mut district, slip.seq + 1, &slip.short_digest);
    assert_eq!(found, "differs");
    assert!(said.contains("第 2 号") && said.contains("第 1 号"), "{said}");
    let wrong = if slip.short_digest.starts_with('0') { "1111 1111" } else { "0000 0000" };
    assert!(check(&mut district, slip.seq, wrong).1.contains("不一致"));
    assert_eq!(state(&district), "differs");
    assert_eq!(check(&mut district, slip.seq, &slip.short_digest.to_uppercase()).0, "agrees");
    let dir = district.hub.dir().to_owned();
    let hub = district.reopen(&dir);
    assert_eq!(hub.receiving(period("2024-03")).unwrap().returns[0].paper, "agrees");
}

#[test]
fn evidence_that_came_with_a_return_can_be_looked_at() {
    let mut district = District::new(1);
    let scan = district.at("scan.pdf");
    fs::write(&scan, "%PDF-1.7 佐证").unwrap();
    district.fill(0, "2024-03", "10");
    let sheet = district.offices[0].sheet(period("2024-03"), None).unwrap();
    district.offices[0].attach(&sheet, COUNT, &scan).unwrap();
    let file = district.export(0, "2024-03", "1").path;
    arrive(&mut district, &[&file]);
    let opened = district.hub.open_return(&hex_of(&file)).unwrap();
    let found = row(&opened, COUNT).evidence[0].clone();
    assert_eq!((found.label.as_str(), found.media.as_str()), ("scan.pdf", "pdf"));
    assert!(district.hub.evidence_name(&found.digest).is_err(), "it lies in the bundle still");
    assert_eq!(district.hub.bring_out_evidence(&hex_of(&file)).unwrap(), 1);
    let to = district.at("saved.pdf");
    district.hub.save_evidence(&found.digest, &to).unwrap();
    assert_eq!(fs::read(to).unwrap(), fs::read(scan).unwrap());
}

fn hex_of(file: &Path) -> String {
    app::verify::examine(file).unwrap().file_digest.to_string()
}
