//! What the hub decides: review, locks, new plan versions, returns entered for others, days of arrival.

use app::assign::To;
use app::{Error, Field};
use ledger::returns::ReturnState;
use model::plan::{Assignee, Assignment, OfficeKind};
use model::target::{Comparator, Goal, Measure, Target};
use testkit::district::{code, fill};
use testkit::plan::{COUNT, GROWTH, NAMES, STOCK, figure, target, target_id};
use testkit::{District, PASSPHRASE, day, dump, period, sign_off};

#[test]
fn under_review_nothing_counts_before_it_is_accepted() {
    let mut district = District::new(2);
    district.hub.set_review(true).unwrap();
    let first = district.report(0, "2024-03", "10", "1").path;
    assert_eq!(district.receive(&first), ["pending"]);
    assert_eq!(district.actual("2024-03", COUNT), None);
    assert!(matches!(district.hub.accept(period("2024-03"), Some(NAMES[1])), Err(Error::NoReturn { .. })));
    assert_eq!(district.hub.accept(period("2024-03"), Some(NAMES[0])).unwrap(), 1);
    assert_eq!(district.actual("2024-03", COUNT).as_deref(), Some("10"));

    // While a correction waits, the old figure counts.
    let second = district.report(0, "2024-03", "14", "2").path;
    assert_eq!(district.receive(&second), ["pending"]);
    assert_eq!(district.actual("2024-03", COUNT).as_deref(), Some("10"));
    assert_eq!(district.hub.accept(period("2024-03"), None).unwrap(), 1);
    assert_eq!(district.actual("2024-03", COUNT).as_deref(), Some("14"));

    // Returning cells of a pending one lets the others count.
    let other = district.report(1, "2024-03", "20", "3").path;
    assert_eq!(district.receive(&other), ["pending"]);
    let cell = app::send_back::SentBack { target: COUNT, field: Some(Field::Value), reason: "重复" };
    district.hub.send_back(NAMES[1], period("2024-03"), &[cell]).unwrap();
    assert_eq!(district.actual("2024-03", COUNT).as_deref(), Some("14"));
    assert_eq!(district.actual("2024-03", STOCK).as_deref(), Some("202"));
    assert!(district.hub.waiting().unwrap().is_empty());

    district.hub.set_review(false).unwrap();
    let april = district.report(0, "2024-04", "15", "4").path;
    assert_eq!(district.receive(&april), ["accepted"]);
}

#[test]
fn a_return_that_our_program_would_not_let_out_waits_for_somebody_to_look() {
    let mut district = District::new(1);
    let mut hole = testkit::Opened::of(&district.report(0, "2024-03", "10", "1").path);
    hole.content().entries.remove(&target_id(COUNT));
    let key = testkit::forge::keys_of(district.offices[0].dir());
    let file = hole.sealed(&key, &district.at("forged/hole.tzb"));
    assert_eq!(district.receive(&file), ["pending"]);
    assert_eq!(district.actual("2024-03", STOCK), None);
}

#[test]
fn a_lock_freezes_and_a_second_one_is_a_correction() {
    let mut district = District::new(2);
    let first = district.report(0, "2024-02", "10", "1").path;
    district.receive(&first);
    let second = district.report(1, "2024-02", "6", "2").path;
    let frozen = district.hub.lock(period("2024-02"), "印发通报").unwrap();
    assert_eq!((frozen.freeze.issue, frozen.freeze.bundles.len()), (1, 1));
    assert!(frozen.corrections.is_empty());
    assert!(matches!(district.hub.lock(period("2024-02"), ""), Err(Error::AlreadyLocked(_))));

    assert_eq!(district.receive(&second), ["awaiting_unlock"], "kept, not dropped");
    assert_eq!(district.actual("2024-02", COUNT).as_deref(), Some("10"));
    let cell = app::send_back::SentBack { target: COUNT, field: None, reason: "晚了" };
    let late = district.hub.send_back(NAMES[0], period("2024-02"), &[cell]);
    assert!(matches!(late, Err(Error::AlreadyLocked(_))), "{late:?}");

    let before = dump(district.hub.dir());
    assert!(matches!(district.hub.unlock_period(period("2024-02"), " "), Err(Error::NoReason)));
    assert_eq!(dump(district.hub.dir()), before);
    assert_eq!(district.hub.unlock_period(period("2024-02"), "补收西街道").unwrap(), 1);
    assert_eq!(district.actual("2024-02", COUNT).as_deref(), Some("16"));
    let again = district.hub.lock(period("2024-02"), "更正").unwrap();
    assert_eq!(again.freeze.issue, 2);
    let count = again.corrections.iter().find(|one| one.target.as_str() == COUNT).unwrap();
    let shown = |one: &Option<app::lock::FrozenFigure>| one.as_ref().unwrap().actual.clone();
    assert_eq!((shown(&count.before), shown(&count.after)), ("10".to_owned(), "16".to_owned()));
    // The first issue is as it was.
    let issues = district.hub.freezes(period("2024-02")).unwrap();
    assert_eq!(issues[0].figures[&target_id(COUNT)].actual, "10");
    assert!(matches!(district.hub.unlock_period(period("2024-03"), "没锁"), Err(Error::NotLocked(_))));
}

#[test]
fn returns_of_an_earlier_plan_version_are_taken_and_drafts_survive() {
    let mut district = District::new(2);
    district.fill(0, "2024-03", "10");
    let old = district.report(1, "2024-03", "6", "old").path;
    let drafted = {
        let sheet = district.offices[0].sheet(period("2024-03"), None).unwrap();
        district.offices[0].draft(&sheet).unwrap()
    };
    let mut plan = district.hub.plan_draft().unwrap();
    let goal = Some(Goal { comparator: Comparator::Reach, value: figure("10") });
    let added = target("1-1-07", "新增目标", Measure::Count { goal, monthly: None }, "个");
    plan.targets.push(Target { since: 2, ..added });
    let to = Assignee::Every(OfficeKind::Street);
    plan.assignments.push(Assignment { target: target_id("1-1-07"), to, quota: None });
    district.hub.replace_draft(&plan).unwrap();
    let second = district.issue();
    assert_eq!(district.receive_at(0, &second), ["plan"]);

    let sheet = district.offices[0].sheet(period("2024-03"), None).unwrap();
    assert_eq!(district.offices[0].draft(&sheet).unwrap(), drafted, "what was typed is still there");
    let to = district.at("new");
    let blocked = district.offices[0].export(&sheet, &sign_off(), PASSPHRASE, &to);
    assert!(matches!(blocked, Err(Error::Blocked(_))), "the new target is 未填");
    district.offices[0].enter(&sheet, "1-1-07", &[(Field::Value, "1".to_owned())]).unwrap();
    let new = district.export(0, "2024-03", "new").path;

    assert_eq!(district.receive(&old), ["accepted"], "made against a version that was issued");
    assert_eq!(district.receive(&new), ["accepted"]);
    assert_eq!(district.actual("2024-03", COUNT).as_deref(), Some("16"));
    let added = district.status("2024-03", "1-1-07");
    assert_eq!((added.actual.as_deref(), added.reported, added.assigned), (Some("1"), 1, 2));
    assert!(added.explanation.contains("1 家未下达"), "{}", added.explanation);

    // A plan may not take a target back, nor turn one into another.
    let mut worse = district.hub.plan_draft().unwrap();
    worse.targets.retain(|target| target.id.as_str() != GROWTH);
    worse.assignments.retain(|assignment| assignment.target.as_str() != GROWTH);
    district.hub.replace_draft(&worse).unwrap();
    let before = district.hub.plan().unwrap().version;
    let to = district.at("plan-worse");
    let refused = district.hub.issue_plan(PASSPHRASE, &to);
    assert!(matches!(refused, Err(Error::Revision(_))), "{refused:?}");
    assert_eq!(district.hub.plan().unwrap().version, before);
}

#[test]
fn a_return_entered_for_an_office_gives_way_to_its_own() {
    let mut district = District::new(2);
    let month = period("2024-03");
    let sheet = district.hub.sheet(month, Some(NAMES[1])).unwrap();
    let words = |field, text: &str| (field, text.to_owned());
    district.hub.enter(&sheet, COUNT, &[words(Field::Value, "7")]).unwrap();
    district.hub.enter(&sheet, STOCK, &[words(Field::Value, "90")]).unwrap();
    district.hub.enter(&sheet, "1-1-03", &[words(Field::Value, "2")]).unwrap();
    let growth = [words(Field::Current, "103"), words(Field::Base, "100")];
    district.hub.enter(&sheet, GROWTH, &growth).unwrap();
    let to = district.at("stand-in");
    let refused = district.hub.export(&sheet, &sign_off(), PASSPHRASE, &to);
    assert!(matches!(refused, Err(Error::NoScan)), "{refused:?}");
    let scan = district.at("scan.pdf");
    std::fs::write(&scan, "%PDF-1.7 盖章").unwrap();
    district.hub.attach(&sheet, COUNT, &scan).unwrap();
    district.hub.export(&sheet, &sign_off(), PASSPHRASE, &to).unwrap();
    let standing = |district: &District| {
        let office = district.hub.status(month).unwrap().offices.swap_remove(1);
        (office.reported, office.stand_in)
    };
    assert_eq!(standing(&district), (true, true));
    assert_eq!(district.actual("2024-03", COUNT).as_deref(), Some("7"));

    let own = district.report(1, "2024-03", "8", "own").path;
    assert_eq!(district.receive(&own), ["accepted"]);
    assert_eq!(standing(&district), (true, false));
    assert_eq!(district.actual("2024-03", COUNT).as_deref(), Some("8"));
    // Entered once more, it does not push the office's own away.
    district
        .hub
        .enter(&sheet, COUNT, &[words(Field::Value, "9"), words(Field::Explanation, "核对")])
        .unwrap();
    for target in ["1-1-03", STOCK, GROWTH] {
        district.hub.enter(&sheet, target, &[words(Field::Explanation, "核对")]).unwrap();
    }
    district.hub.export(&sheet, &sign_off(), PASSPHRASE, &to).unwrap();
    assert_eq!(district.actual("2024-03", COUNT).as_deref(), Some("8"));
    let office = district.offices[0].sheet(month, Some(NAMES[1]));
    assert!(matches!(office, Err(Error::HubOnly)), "only the hub enters for others");
}

#[test]
fn lateness_is_judged_by_the_day_on_which_the_hub_received() {
    let mut district = District::new(2);
    // An office whose clock is ten years off: neither its chain nor its period is touched by it.
    district.clock.turn_to("2034-01-01");
    let first = district.report(0, "2024-03", "10", "1").path;
    let second = district.report(1, "2024-03", "10", "2").path;
    district.clock.turn_to("2024-04-05");
    assert_eq!(district.receive(&first), ["accepted"]);
    district.clock.turn_to("2024-04-06");
    assert_eq!(district.receive(&second), ["accepted"]);
    let status = district.hub.status(period("2024-03")).unwrap();
    assert_eq!((status.offices[0].late, status.offices[1].late), (false, true));
    assert_eq!(status.late, 1);
    // The operator may say that the paper came in time.
    let third = district.report(1, "2024-03", "11", "3").path;
    district.hub.receive(&[third], Some(day("2024-04-04")), &mut |_, _| true).unwrap();
    assert_eq!(district.hub.status(period("2024-03")).unwrap().late, 0);
}

#[test]
fn a_choice_between_branches_does_not_slip_past_review() {
    let mut district = District::new(1);
    district.hub.set_review(true).unwrap();
    let first = district.report(0, "2024-03", "10", "1").path;
    let rival = testkit::Opened::of(&first).with_count("99");
    let key = testkit::forge::keys_of(district.offices[0].dir());
    let rival = rival.sealed(&key, &district.at("forged/rival.tzb"));
    assert_eq!(district.receive(&first), ["pending"]);
    assert_eq!(district.receive(&rival), ["forked"]);
    let waiting = district.hub.waiting().unwrap();
    let digest = app::verify::examine(&first).unwrap().file_digest.0;
    let chosen = waiting.iter().find(|row| row.bundle == digest).unwrap();
    district.hub.choose_branch(chosen, "电话核实").unwrap();
    let states: Vec<_> = district.hub.waiting().unwrap().into_iter().map(|row| row.state).collect();
    assert_eq!(states, [ReturnState::Pending], "the rival is out, the choice waits for review");
    assert_eq!(district.actual("2024-03", COUNT), None);
}

#[test]
fn a_lock_lifted_is_no_way_around_the_checks() {
    let mut district = District::new(1);
    let first = district.report(0, "2024-02", "10", "1").path;
    district.receive(&first);
    district.hub.lock(period("2024-02"), "").unwrap();
    let mut hole = testkit::Opened::of(&district.report(0, "2024-02", "12", "2").path);
    hole.content().entries.remove(&target_id(STOCK));
    let key = testkit::forge::keys_of(district.offices[0].dir());
    let file = hole.sealed(&key, &district.at("forged/hole.tzb"));
    assert_eq!(district.receive(&file), ["awaiting_unlock"]);
    district.hub.unlock_period(period("2024-02"), "补收").unwrap();
    assert_eq!(district.hub.waiting().unwrap()[0].state, ReturnState::Pending);
    assert_eq!(district.actual("2024-02", COUNT).as_deref(), Some("10"), "the one before it counts");
}

#[test]
fn an_unchanged_plan_is_issued_as_the_same_bytes() {
    let mut district = District::new(1);
    let bytes = std::fs::read(district.newest_plan()).unwrap();
    let before = dump(district.hub.dir());
    let again = district.hub.issue_plan(PASSPHRASE, &district.at("elsewhere")).unwrap();
    assert!(again.delivered.again);
    assert_eq!(std::fs::read(&again.delivered.path).unwrap(), bytes);
    assert_eq!(dump(district.hub.dir()), before);
    district.hub.assign(COUNT, &To::Office(NAMES[0]), Some("55")).unwrap();
    let next = district.hub.issue_plan(PASSPHRASE, &district.at("elsewhere")).unwrap();
    assert_eq!((next.version, next.delivered.again), (2, false));
    let received = district.hub.receive(&[next.delivered.path], None, &mut |_, _| true).unwrap();
    assert_eq!(code(&district.hub.plan().unwrap(), &received[0].verdict), "own");
    let mut fresh = district.set_up(NAMES[0]);
    fill(&mut fresh, period("2024-03"), "1");
    let sheet = fresh.sheet(period("2024-03"), None).unwrap();
    let early = fresh.export(&sheet, &sign_off(), PASSPHRASE, &district.at("early"));
    assert!(matches!(early, Err(Error::EnrolFirst)), "{early:?}");
}
