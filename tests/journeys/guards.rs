//! Guards: who may be admitted, what a version dates, what a lock and a correction leave alone.

use app::init_office::{Introduction, init_office};
use app::{Error, Home, back_up};
use bundle::header::Subject;
use bundle::v1::{Enrolment, Payload};
use model::plan::RevisionFault;
use model::target::{Comparator, Goal, Measure};
use testkit::district::fill;
use testkit::plan::{COUNT, NAMES, figure, target};
use testkit::{District, Opened, PASSPHRASE, day, period, sign_off, world};

#[test]
fn a_closed_key_is_never_admitted_again() {
    let mut district = District::new(1);
    let (old, new) = (district.at("old"), district.at("new"));
    let old_file = district.offices[0].enrol(PASSPHRASE, &old).unwrap().path;
    let old_digits = district.offices[0].show_key().unwrap().fingerprint;
    let mut again = district.set_up(NAMES[0]);
    let new_file = again.enrol(PASSPHRASE, &new).unwrap().path;
    let new_digits = again.show_key().unwrap().fingerprint;
    district.hub.admit_office(&new_file, NAMES[0], &new_digits, true).unwrap();
    let refused = district.hub.admit_office(&old_file, NAMES[0], &old_digits, true);
    assert!(matches!(refused, Err(Error::KeyClosed(_))), "{refused:?}");
    let states: Vec<_> = district.hub.offices().unwrap().into_iter().map(|office| office.enrolment).collect();
    assert_eq!(states[0], "active", "the new key still counts");
}

#[test]
fn an_enrolment_whose_digits_were_never_typed_names_nobody_to_call() {
    let mut district = District::new(2);
    let plan = district.newest_plan();
    let digits = district.hub.show_key().unwrap().fingerprint;
    let introduction = Introduction { office: NAMES[2], contact: "冒名", telephone: "13800000000" };
    let home = init_office(
        &district.at("thief"),
        &plan,
        &introduction,
        &digits,
        PASSPHRASE,
        world(&district.clock, 77),
    );
    let Ok(mut home) = home else { return assert!(NAMES.len() > 2, "{:?}", home.err()) };
    let file = home.enrol(PASSPHRASE, &district.at("thieves")).unwrap().path;
    assert_eq!(district.receive(&file), ["enrolment_waiting"]);
    let offices = district.hub.offices().unwrap();
    let office = offices.iter().find(|office| office.name == NAMES[2]).unwrap();
    assert_eq!((office.enrolment, office.telephone.as_str(), office.contact.as_str()), ("pending", "", ""));
}

#[test]
fn an_enrolment_of_endless_names_is_refused() {
    let mut district = District::new(1);
    let mut stranger = district.set_up(NAMES[0]);
    let mut enrolment = Opened::of(&stranger.enrol(PASSPHRASE, &district.at("e")).unwrap().path);
    let long =
        Enrolment { office_name: NAMES[0].repeat(100), contact: String::new(), telephone: String::new() };
    enrolment.payload = Payload::Enrolment(long);
    assert!(matches!(enrolment.claims.subject, Subject::Enrolment { .. }));
    let keys = testkit::forge::keys_of(stranger.dir());
    let file = enrolment.sealed(&keys, &district.at("e/long.tzb"));
    assert_eq!(district.receive(&file), ["bad_enrolment"]);
}

#[test]
fn a_version_dates_the_targets_it_brings_in() {
    let mut district = District::new(1);
    let before = district.report(0, "2024-03", "10", "1").path;
    assert_eq!(district.receive(&before), ["accepted"]);
    let mut draft = district.hub.plan_draft().unwrap();
    let goal = Some(Goal { comparator: Comparator::Reach, value: figure("5") });
    // Whatever the editor wrote, a target belongs to the version that first has it.
    let mut added = target("9-9-09", "新增目标", Measure::Count { goal, monthly: None }, "个");
    (added.section, added.since) = (draft.targets[0].section.clone(), 99);
    draft.targets.push(added);
    district.hub.replace_draft(&draft).unwrap();
    district.hub.assign("9-9-09", &app::assign::To::Office(NAMES[0]), Some("5")).unwrap();
    district.issue();
    let plan = district.hub.plan().unwrap();
    let since = |id: &str| plan.targets.iter().find(|t| t.id.as_str() == id).unwrap().since;
    assert_eq!((plan.version, since("9-9-09"), since(COUNT)), (2, 2, 1));
    let shown = district.status("2024-03", "9-9-09");
    assert!(shown.explanation.contains("未下达"), "{}", shown.explanation);
}

#[test]
fn merging_is_fixed_once_a_return_exists() {
    let mut district = District::new(1);
    let edit = |district: &mut District| {
        let mut draft = district.hub.plan_draft().unwrap();
        (draft.calendar.merge_jan_feb, draft.calendar.first_month) = (!draft.calendar.merge_jan_feb, 1);
        district.hub.replace_draft(&draft).unwrap();
        district.hub.issue_plan(PASSPHRASE, &district.at("moved"))
    };
    assert!(edit(&mut district).is_ok(), "nobody has reported yet");
    let plan = district.newest_plan();
    district.receive_at(0, &plan);
    let file = district.report(0, "2024-03", "10", "1").path;
    assert_eq!(district.receive(&file), ["accepted"]);
    let refused = edit(&mut district);
    assert!(matches!(refused, Err(Error::Revision(RevisionFault::MergingFixed))), "{refused:?}");
}

#[test]
fn a_locked_period_takes_nothing_and_shows_what_was_frozen() {
    let mut district = District::new(2);
    let first = district.report(0, "2024-03", "10", "1").path;
    district.receive(&first);
    district.hub.set_review(true).unwrap();
    let second = district.report(1, "2024-03", "6", "2").path;
    assert_eq!(district.receive(&second), ["pending"]);
    district.hub.lock(period("2024-03"), "").unwrap();
    let refused = district.hub.accept(period("2024-03"), None);
    assert!(matches!(refused, Err(Error::AlreadyLocked(_))), "{refused:?}");
    let frozen = district.status("2024-03", COUNT);
    // A revoked key takes its figures out of the count, not out of what was printed.
    district.hub.revoke(NAMES[0], 0).unwrap();
    let now = district.status("2024-03", COUNT);
    assert_eq!((now.actual, now.lamp, now.explanation), (frozen.actual, frozen.lamp, frozen.explanation));
    district.hub.unlock_period(period("2024-03"), "密钥停用").unwrap();
    assert_eq!(district.actual("2024-03", COUNT), None);
}

#[test]
fn a_correction_does_not_make_a_punctual_office_late() {
    let mut district = District::new(1);
    let first = district.report(0, "2024-03", "10", "1").path;
    let correction = district.report(0, "2024-03", "9", "2").path;
    district.hub.receive(&[first], Some(day("2024-04-03")), &mut |_, _| true).unwrap();
    district.hub.receive(&[correction], Some(day("2024-04-10")), &mut |_, _| true).unwrap();
    assert_eq!(district.actual("2024-03", COUNT).as_deref(), Some("9"));
    let status = district.hub.status(period("2024-03")).unwrap();
    let office = status.offices.iter().find(|office| office.name == NAMES[0]).unwrap();
    assert!(!office.late);
    let april = district.report(0, "2024-04", "12", "3").path;
    district.hub.receive(&[april], Some(day("2024-05-06")), &mut |_, _| true).unwrap();
    assert_eq!(district.hub.status(period("2024-04")).unwrap().late, 1);
}

#[test]
fn a_nil_return_is_not_entered_for_an_office() {
    let mut district = District::new(1);
    let sheet = district.hub.sheet(period("2024-04"), Some(NAMES[0])).unwrap();
    district.hub.set_nil(&sheet, true).unwrap();
    let refused = district.hub.export(&sheet, &sign_off(), PASSPHRASE, &district.at("nil"));
    assert!(matches!(refused, Err(Error::NilStandIn | Error::Blocked(_))), "{refused:?}");
}

#[test]
fn a_restored_hub_never_uses_a_version_twice() {
    let mut district = District::new(1);
    let backup = district.hub.back_up(&district.at("backups")).unwrap();
    district.hub.assign(COUNT, &app::assign::To::Office(NAMES[0]), Some("41")).unwrap();
    district.issue();
    assert_eq!(district.hub.plan().unwrap().version, 2, "forgotten by the backup");
    let mut restored: Home =
        back_up::restore(&backup, &district.at("restored"), world(&district.clock, 5)).unwrap();
    restored.assign(COUNT, &app::assign::To::Office(NAMES[0]), Some("42")).unwrap();
    let issued = restored.issue_plan(PASSPHRASE, &district.at("after")).unwrap();
    assert!(issued.version > 2, "{}", issued.version);
    assert_eq!(district.receive_at(0, &issued.delivered.path), ["plan"]);
}

#[test]
fn typing_the_same_again_is_no_change() {
    let mut district = District::new(1);
    let first = district.report(0, "2024-03", "10", "1");
    fill(&mut district.offices[0], period("2024-03"), "10");
    let again = district.export(0, "2024-03", "2");
    assert!(again.again);
    assert_eq!((again.digest, again.seq), (first.digest, first.seq));
}

#[test]
fn a_stick_that_is_not_there_is_not_made() {
    let mut district = District::new(1);
    fill(&mut district.offices[0], period("2024-03"), "10");
    let sheet = district.offices[0].sheet(period("2024-03"), None).unwrap();
    let nowhere = district.at("media/stick/out");
    let refused = district.offices[0].export(&sheet, &sign_off(), PASSPHRASE, &nowhere);
    assert!(matches!(refused, Err(Error::Io { .. })), "{refused:?}");
    assert!(!district.at("media").exists());
}
