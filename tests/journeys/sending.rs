//! Delivering under somebody's eyes: stopped, retried, copied again; and the slip that is stamped.

use std::fs;
use std::path::{Path, PathBuf};

use app::deliver::Delivered;
use app::screens::sending::{Slip, SlipRow};
use app::{Error, Field, Home, SignOff};
use testkit::plan::{COUNT, GROWTH, MILESTONE, QUARTERLY, STOCK};
use testkit::{District, PASSPHRASE, dump, period, sign_off};

/// A district whose office has a March return of some megabytes ready, so that a delivery has many steps.
fn with_evidence() -> District {
    let mut district = District::new(1);
    district.fill(0, "2024-03", "10");
    let scan = district.at("scan.pdf");
    let noise: Vec<u8> = (0..1_500_000u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    fs::write(&scan, [b"%PDF-1.7 ".as_slice(), &noise].concat()).unwrap();
    let sheet = district.offices[0].sheet(period("2024-03"), None).unwrap();
    district.offices[0].attach(&sheet, COUNT, &scan).unwrap();
    district
}

/// Exports March and stops after so many steps.
fn export_stopping(home: &mut Home, to: &Path, steps: usize) -> Result<Delivered, Error> {
    let sheet = home.sheet(period("2024-03"), None).unwrap();
    let mut left = steps;
    let mut step = |_, _| {
        left = left.saturating_sub(1);
        left > 0
    };
    home.export_watched(&sheet, &sign_off(), PASSPHRASE, to, &mut step)
}

fn names(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    entries.map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn stopping_a_delivery_at_any_step_leaves_no_file_and_a_retry_gives_the_same_bytes() {
    let mut district = with_evidence();
    let stick = district.at("stick");
    let (mut steps, mut signed) = (0, None);
    let delivered = loop {
        steps += 1;
        match export_stopping(&mut district.offices[0], &stick, steps) {
            Err(Error::Stopped) => {
                assert_eq!(names(&stick), Vec::<PathBuf>::new(), "stopped at step {steps}");
                let now = dump(district.offices[0].dir());
                // What was signed before the first stop stays the one that is signed.
                assert_eq!(*signed.get_or_insert_with(|| now.clone()), now, "stopped at step {steps}");
            }
            result => break result.unwrap(),
        }
    };
    assert!(steps > 10, "only {steps} steps: nothing could be stopped");
    assert_eq!((delivered.seq, delivered.again), (1, true));
    assert_eq!(names(&stick), [delivered.path.as_path()]);
    assert_eq!(district.receive(&delivered.path), ["accepted"]);
    // A file that lay there before stays when somebody stops while it is read.
    let stopped = export_stopping(&mut district.offices[0], &stick, 2);
    assert!(matches!(stopped, Err(Error::Stopped)), "{stopped:?}");
    assert_eq!(names(&stick), [delivered.path]);
}

#[test]
fn progress_counts_what_is_written_and_then_what_is_read_back() {
    let mut district = with_evidence();
    let to = district.at("stick");
    let sheet = district.offices[0].sheet(period("2024-03"), None).unwrap();
    let mut heard = Vec::new();
    let mut step = |done, total| {
        heard.push((done, total));
        true
    };
    let delivered =
        district.offices[0].export_watched(&sheet, &sign_off(), PASSPHRASE, &to, &mut step).unwrap();
    let size = fs::metadata(&delivered.path).unwrap().len();
    assert!(heard.iter().all(|(_, total)| *total == 2 * size));
    assert_eq!((heard.first().unwrap().0, heard.last().unwrap().0), (0, 2 * size));
    assert!(heard.is_sorted_by_key(|(done, _)| *done), "{heard:?}");
    assert!(heard.contains(&(size, 2 * size)), "all is written before anything is read back");
}

#[test]
fn a_bundle_is_copied_again_whatever_was_typed_since() {
    let mut district = District::new(1);
    let first = district.report(0, "2024-03", "10", "stick");
    let bytes = fs::read(&first.path).unwrap();
    district.fill(0, "2024-03", "12");
    let before = dump(district.offices[0].dir());
    let to = district.at("second");
    let copied = district.offices[0].copy_again(&first.digest.to_string(), &to, &mut |_, _| true).unwrap();
    assert_eq!((copied.seq, copied.again), (1, true));
    assert_eq!(fs::read(&copied.path).unwrap(), bytes);
    assert_eq!(dump(district.offices[0].dir()), before, "nothing was signed");
    // Only returns that went out are copied, never what came in.
    let plan = app::verify::examine(&district.newest_plan()).unwrap().file_digest.to_string();
    for digest in [plan.as_str(), &"0".repeat(64), "../../etc/passwd", ""] {
        let refused = district.offices[0].copy_again(digest, &to, &mut |_, _| true);
        assert!(matches!(refused, Err(Error::Archive(_))), "{refused:?}");
        assert!(district.offices[0].slip(digest, false).is_err());
    }
}

#[test]
fn a_link_on_the_stick_is_no_copy() {
    let mut district = District::new(1);
    let elsewhere = district.report(0, "2024-03", "10", "elsewhere");
    let stick = district.at("stick");
    fs::create_dir(&stick).unwrap();
    std::os::unix::fs::symlink(&elsewhere.path, stick.join(elsewhere.path.file_name().unwrap())).unwrap();
    let delivered = district.export(0, "2024-03", "stick");
    assert!(fs::symlink_metadata(&delivered.path).unwrap().is_file());
    assert!(delivered.path.ends_with("上报-东街道-2024-03-0001-2.tzb"), "{:?}", delivered.path);
}

#[test]
fn the_screen_says_what_is_in_the_way_and_where_it_is_mended() {
    let mut district = District::new(1);
    let view = |district: &District| district.offices[0].sending(period("2024-03")).unwrap();
    let refused = |district: &District| {
        let view = view(district);
        (view.refused.map(|said| said.code), view.mend_at)
    };
    let at = |code: &str, place: &str| (Some(code.to_owned()), Some(place.to_owned()));
    assert_eq!(refused(&district), at("nothing_filled_in", "entry"));
    let sheet = district.offices[0].sheet(period("2024-03"), None).unwrap();
    district.offices[0].enter(&sheet, COUNT, &[(Field::Value, "10".to_owned())]).unwrap();
    assert_eq!(refused(&district), at("blocked", "checks"));
    district.fill(0, "2024-03", "10");
    assert_eq!(refused(&district), (None, None));
    let fresh = view(&district);
    assert_eq!((fresh.filled_by.as_str(), fresh.current), ("", None), "no name is made up");

    let sent = district.export(0, "2024-03", "stick");
    let after = view(&district);
    let SignOff { filled_by, checked_by, issued_by } = sign_off();
    assert_eq!((after.filled_by, after.checked_by, after.issued_by), (filled_by, checked_by, issued_by));
    assert_eq!(after.current, Some(sent.digest.to_string()), "there is nothing to sign");
    assert_eq!((after.sent.len(), after.sent[0].seq, after.sent[0].kept), (1, 1, true));
    district.fill(0, "2024-03", "12");
    assert_eq!(view(&district).current, None);
    let second = district.export(0, "2024-03", "stick");
    let both = view(&district).sent;
    assert_eq!(both.iter().map(|one| (one.seq, one.replaced)).collect::<Vec<_>>(), [(2, false), (1, true)]);
    assert_eq!(both[0].digest, second.digest.to_string());
}

#[test]
fn a_restored_office_is_led_to_the_receipts() {
    let (mut district, _) = District::gone_back();
    district.fill(0, "2024-03", "10");
    let view = district.offices[0].sending(period("2024-03")).unwrap();
    assert_eq!(view.refused.unwrap().code, "catch_up_first");
    assert_eq!(view.mend_at.as_deref(), Some("receipts"));
}

fn rows(slip: &Slip) -> Vec<&SlipRow> {
    slip.chapters.iter().flat_map(|chapter| &chapter.rows).collect()
}

#[test]
fn the_slip_says_what_was_signed_and_nothing_that_was_typed_since() {
    let mut district = District::new(1);
    district.fill(0, "2024-03", "12");
    let sheet = district.offices[0].sheet(period("2024-03"), None).unwrap();
    let long = "长".repeat(4_000);
    let boxes = [(Field::Explanation, "因项目集中开工".to_owned()), (Field::Note, long.clone())];
    district.offices[0].enter(&sheet, COUNT, &boxes).unwrap();
    let reason = [(Field::Value, String::new()), (Field::NotApplicable, "本单位没有".to_owned())];
    district.offices[0].enter(&sheet, STOCK, &reason).unwrap();
    let sent = district.export(0, "2024-03", "stick");
    district.fill(0, "2024-03", "99");

    let digest = sent.digest.to_string();
    let slip = district.offices[0].slip(&digest, false).unwrap();
    assert_eq!((slip.office.as_str(), slip.hub.as_str(), slip.seq), ("东街道", "测试新区", 1));
    assert_eq!((slip.period.as_str(), slip.plan_version), ("2024年3月", 1));
    assert_eq!(slip.short_digest, format!("{} {}", &digest[..4], &digest[4..8]));
    assert_eq!((slip.digest.as_str(), slip.file.as_str()), (digest.as_str(), "上报-东街道-2024-03-0001.tzb"));
    let read = app::verify::examine(&sent.path).unwrap();
    assert_eq!(read.file_digest.to_string(), slip.digest, "the paper names the very file");
    let said: Vec<_> = rows(&slip)
        .into_iter()
        .map(|row| (row.target.as_str(), row.goal.as_str(), row.figures.as_str(), row.computed.as_str()))
        .collect();
    assert_eq!(
        said,
        [
            (COUNT, "40 个", "12 个", "30.0%"),
            (GROWTH, "全区 ≥6%", "107 ／ 100", "7.0%"),
            (QUARTERLY, "全区 40 场", "5 场", ""),
            (MILESTONE, "建成", "开工", "2/3"),
            (STOCK, "全区 >300 家", "不适用", ""),
        ]
    );
    let remarks: Vec<_> = rows(&slip).into_iter().map(|row| row.remark.clone()).collect();
    assert_eq!(remarks[0], format!("说明：因项目集中开工\n进展：{long}"), "whole, to the last word");
    assert!(remarks[4].contains("不适用原因：本单位没有"), "{}", remarks[4]);
}

#[test]
fn a_nil_return_has_a_slip_without_figures() {
    let mut district = District::with_plan(&without_rates(), 1);
    let home = &mut district.offices[0];
    let sheet = home.sheet(period("2024-03"), None).unwrap();
    home.set_nil(&sheet, true).unwrap();
    let sent = district.export(0, "2024-03", "stick");
    let slip = district.offices[0].slip(&sent.digest.to_string(), true).unwrap();
    assert!(slip.nil && slip.demo && slip.chapters.is_empty());
    assert_eq!(slip.issued_by, sign_off().issued_by);
    assert_eq!(district.offices[0].sending(period("2024-03")).unwrap().summary, "零报告");
}

/// The small plan without what a nil return cannot answer.
fn without_rates() -> model::plan::Plan {
    let mut plan = testkit::plan::small(1);
    plan.assignments.retain(|assignment| assignment.target.as_str() != GROWTH);
    plan
}
