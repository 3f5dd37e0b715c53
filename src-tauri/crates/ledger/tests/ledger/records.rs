//! Every table gives back what was put in, and refuses what contradicts it.

use ledger::Error;
use ledger::bundles::{BundleKind, BundleRow, ChainLink, Direction};
use ledger::identity::{Identity, Role};
use ledger::keys::{KeyState, NewKey, OfficeKey};
use ledger::locks::{FrozenFigure, Lock, NewLock};
use ledger::plans::{IssuedPlan, PlanDraft};
use ledger::streams::NextLink;
use rusqlite::Connection;

use crate::samples::{bundle, day, digest, fresh, now, office, path, period, target};

#[test]
fn an_owner_is_kept_whole() {
    let (_folder, mut ledger) = fresh();
    assert_eq!(ledger.read(|tx| tx.identity()).unwrap(), None);
    assert!(matches!(ledger.write(|tx| tx.set_restored(None)), Err(Error::NotFound(_))));
    let mut own = Identity {
        role: Role::Office,
        hub: "h-1".parse().unwrap(),
        hub_name: "青岛西海岸新区".to_owned(),
        plan: Some("p-2024".parse().unwrap()),
        office: Some(office("u07")),
        own_keys: [4; 97],
        hub_keys: Some([5; 97]),
        restored_at: None,
    };
    ledger.write(|tx| tx.set_identity(&own)).unwrap();
    assert_eq!(ledger.read(|tx| tx.identity()).unwrap().as_ref(), Some(&own));
    own.hub_name = "西海岸新区".to_owned();
    own.own_keys = [6; 97];
    ledger.write(|tx| tx.set_identity(&own)).unwrap();
    ledger.write(|tx| tx.set_restored(Some(now()))).unwrap();
    own.restored_at = Some(now());
    assert_eq!(ledger.read(|tx| tx.identity()).unwrap(), Some(own));
}

#[test]
fn settings_are_set_changed_and_taken_away() {
    let (_folder, mut ledger) = fresh();
    ledger
        .write(|tx| {
            tx.set_setting("review_on", Some("1"))?;
            tx.set_setting("review_on", Some("0"))?;
            tx.set_setting("gone", Some("x"))?;
            tx.set_setting("gone", None)
        })
        .unwrap();
    let settings = ledger.read(|tx| tx.settings()).unwrap();
    assert_eq!(settings.into_iter().collect::<Vec<_>>(), [("review_on".to_owned(), "0".to_owned())]);
}

#[test]
fn a_stream_advances_by_one_from_its_anchor() {
    let (_folder, mut ledger) = fresh();
    let kind = BundleKind::Receipt;
    ledger.write(|tx| tx.open_stream("aa", kind, Some(&office("u01")), Some(digest(0)))).unwrap();
    ledger.write(|tx| tx.open_stream("bb", BundleKind::Plan, None, None)).unwrap();
    assert!(matches!(ledger.write(|tx| tx.open_stream("aa", kind, None, None)), Err(Error::Constraint(_))));
    let next = |ledger: &ledger::Ledger| ledger.read(|tx| tx.next_link("aa")).unwrap();
    assert_eq!(next(&ledger), NextLink { seq: 1, prev: Some(digest(0)) });
    ledger.write(|tx| tx.advance_stream("aa", 1, digest(1))).unwrap();
    ledger.write(|tx| tx.advance_stream("aa", 2, digest(2))).unwrap();
    assert_eq!(next(&ledger), NextLink { seq: 3, prev: Some(digest(2)) });
    for stale in [0, 1, 2, 4] {
        let outcome = ledger.write(|tx| tx.advance_stream("aa", stale, digest(9)));
        assert!(matches!(outcome, Err(Error::Stale { present: 2, .. })), "{stale}");
    }
    // Catching up skips what was lost, and never goes back.
    ledger.write(|tx| tx.catch_up_stream("aa", 7, digest(7))).unwrap();
    assert_eq!(next(&ledger), NextLink { seq: 8, prev: Some(digest(7)) });
    for stale in [0, 6, 7] {
        let outcome = ledger.write(|tx| tx.catch_up_stream("aa", stale, digest(9)));
        assert!(matches!(outcome, Err(Error::Stale { present: 7, .. })), "{stale}");
    }
    assert_eq!(ledger.read(|tx| tx.next_link("bb")).unwrap(), NextLink { seq: 1, prev: None });
    assert!(matches!(ledger.read(|tx| tx.next_link("cc")), Err(Error::NotFound(_))));

    let current = |ledger: &ledger::Ledger, name| {
        let found = ledger.read(|tx| tx.current_stream(kind, Some(&office(name)))).unwrap();
        found.map(|stream| stream.stream)
    };
    assert_eq!(current(&ledger, "u01").as_deref(), Some("aa"));
    assert_eq!(current(&ledger, "u02"), None);
    ledger.write(|tx| tx.close_stream("aa")).unwrap();
    assert_eq!(current(&ledger, "u01"), None);
    assert!(matches!(ledger.write(|tx| tx.advance_stream("aa", 8, digest(8))), Err(Error::NotFound(_))));
    assert!(matches!(ledger.write(|tx| tx.catch_up_stream("aa", 9, digest(9))), Err(Error::NotFound(_))));
    let streams = ledger.read(|tx| tx.streams()).unwrap();
    assert_eq!(streams.iter().map(|s| (s.seq, s.closed)).collect::<Vec<_>>(), [(7, true), (0, false)]);
}

#[test]
fn plan_versions_only_rise_and_the_draft_is_apart() {
    let (_folder, mut ledger) = fresh();
    let plan = |version, text: &str| IssuedPlan {
        version,
        issued_on: day("2024-01-15"),
        document: text.as_bytes().to_vec(),
        bundle: Some(digest(version)),
    };
    ledger.write(|tx| tx.save_plan_draft(b"first", now())).unwrap();
    ledger.write(|tx| tx.save_plan_draft(b"second", now())).unwrap();
    let draft = PlanDraft { document: b"second".to_vec(), saved: now() };
    assert_eq!(ledger.read(|tx| tx.plan_draft()).unwrap(), Some(draft));
    assert_eq!(ledger.read(|tx| tx.latest_issued()).unwrap(), None);
    ledger.write(|tx| tx.issue_plan(&plan(1, "one"))).unwrap();
    assert_eq!(ledger.read(|tx| tx.plan_draft()).unwrap(), None);
    ledger.write(|tx| tx.save_plan_draft(b"third", now())).unwrap();
    for version in [0, 1] {
        let outcome = ledger.write(|tx| tx.issue_plan(&plan(version, "other")));
        assert!(matches!(outcome, Err(Error::Stale { present: 1, .. })));
    }
    ledger.write(|tx| tx.issue_plan(&plan(3, "three"))).unwrap();
    assert_eq!(ledger.read(|tx| tx.latest_issued()).unwrap(), Some(plan(3, "three")));
    assert_eq!(ledger.read(|tx| tx.issued(1)).unwrap(), Some(plan(1, "one")));
    assert_eq!(ledger.read(|tx| tx.issued(2)).unwrap(), None);
    let days = [(1, day("2024-01-15")), (3, day("2024-01-15"))];
    assert_eq!(ledger.read(|tx| tx.issued_versions()).unwrap(), days);
}

#[test]
fn an_office_has_keys_over_time_and_a_key_has_one_office() {
    let (_folder, mut ledger) = fresh();
    let key = |n: u8, name: &str| NewKey {
        office: office(name),
        public_keys: [n; 97],
        enrolment: digest(n.into()),
        stream: format!("{n:032x}"),
        contact: "张三".to_owned(),
        telephone: "0532-1234567".to_owned(),
        registered_on: day("2024-01-20"),
    };
    let first = ledger.write(|tx| tx.register_key(&key(1, "u01"))).unwrap();
    let second = ledger.write(|tx| tx.register_key(&key(2, "u01"))).unwrap();
    let rejected = ledger.write(|tx| tx.register_key(&key(3, "u02"))).unwrap();
    let stolen = ledger.write(|tx| tx.register_key(&key(1, "u09")));
    assert!(matches!(stolen, Err(Error::Constraint(_))));
    ledger
        .write(|tx| {
            tx.activate_key(first, day("2024-01-21"))?;
            tx.close_key(first, 7, day("2024-06-01"))?;
            tx.activate_key(second, day("2024-06-01"))?;
            tx.drop_pending_key(rejected)
        })
        .unwrap();
    for outcome in [
        ledger.write(|tx| tx.activate_key(first, day("2024-06-02"))),
        ledger.write(|tx| tx.activate_key(99, day("2024-06-02"))),
        ledger.write(|tx| tx.close_key(99, 0, day("2024-06-02"))),
        ledger.write(|tx| tx.drop_pending_key(second)),
    ] {
        assert!(matches!(outcome, Err(Error::NotFound(_))));
    }
    let expected = [
        OfficeKey {
            id: first,
            enrolled: key(1, "u01"),
            state: KeyState::Closed,
            revoked_after: Some(7),
            ended_at: None,
            activated_on: Some(day("2024-01-21")),
            closed_on: Some(day("2024-06-01")),
        },
        OfficeKey {
            id: second,
            enrolled: key(2, "u01"),
            state: KeyState::Active,
            revoked_after: None,
            ended_at: None,
            activated_on: Some(day("2024-06-01")),
            closed_on: None,
        },
    ];
    assert_eq!(ledger.read(|tx| tx.keys()).unwrap(), expected);
    assert_eq!(ledger.read(|tx| tx.keys_of(&office("u01"))).unwrap(), expected);
    assert_eq!(ledger.read(|tx| tx.key_by_public(&[2; 97])).unwrap().as_ref(), Some(&expected[1]));
    assert_eq!(ledger.read(|tx| tx.key_by_public(&[3; 97])).unwrap(), None);
}

#[test]
fn a_bundle_is_recorded_once_and_found_by_digest_stream_and_office() {
    let (_folder, mut ledger) = fresh();
    let rows = [bundle(0, &office("u01"), 1), bundle(1, &office("u01"), 2), bundle(2, &office("u02"), 1)];
    let plan = BundleRow {
        direction: Direction::Out,
        kind: BundleKind::Plan,
        stream: "plan".to_owned(),
        office: None,
        period: None,
        plan_version: Some(3),
        ..bundle(3, &office("u01"), 1)
    };
    ledger.write(|tx| rows.iter().chain([&plan]).try_for_each(|row| tx.add_bundle(row))).unwrap();
    assert!(matches!(ledger.write(|tx| tx.add_bundle(&rows[0])), Err(Error::Constraint(_))));
    assert_eq!(ledger.read(|tx| tx.bundle(&rows[1].digest)).unwrap().as_ref(), Some(&rows[1]));
    assert_eq!(ledger.read(|tx| tx.bundle(&plan.digest)).unwrap().as_ref(), Some(&plan));
    assert_eq!(ledger.read(|tx| tx.bundle(&digest(77))).unwrap(), None);

    let list = |direction, kind, of: Option<&str>| {
        let of = of.map(office);
        ledger.read(|tx| tx.bundles(direction, kind, of.as_ref())).unwrap()
    };
    assert_eq!(list(Direction::In, BundleKind::Progress, Some("u01")), rows[..2]);
    assert_eq!(list(Direction::In, BundleKind::Progress, None), rows);
    assert_eq!(list(Direction::Out, BundleKind::Plan, None), [plan]);
    assert_eq!(list(Direction::Out, BundleKind::Progress, None), []);
}

#[test]
fn a_fork_shows_both_links_and_remembers_the_choice() {
    let (_folder, mut ledger) = fresh();
    let rows = [bundle(5, &office("u01"), 2), bundle(6, &office("u01"), 2), bundle(4, &office("u01"), 1)];
    ledger.write(|tx| rows.iter().try_for_each(|row| tx.add_bundle(row))).unwrap();
    let mut expected: Vec<_> = rows
        .iter()
        .map(|row| ChainLink { digest: row.digest, seq: row.seq, header: row.header, prev: row.prev })
        .collect();
    expected.sort_by_key(|link| (link.seq, link.header));
    assert_eq!(ledger.read(|tx| tx.links("stream-of-u01")).unwrap(), expected);

    let choose = |n: usize, why| (rows[n].header, why);
    for (header, why) in [choose(0, "盘丢了"), choose(1, "更正")] {
        ledger.write(|tx| tx.choose_branch("stream-of-u01", 2, header, day("2024-04-04"), why)).unwrap();
    }
    let choices = ledger.read(|tx| tx.fork_choices("stream-of-u01")).unwrap();
    assert_eq!(choices.into_iter().collect::<Vec<_>>(), [(2, rows[1].header)]);
}

fn freeze(actual: Option<&str>) -> NewLock {
    NewLock {
        period: period("2024-03"),
        plan_version: 2,
        locked_on: day("2024-04-10"),
        why: "一季度通报".to_owned(),
        payload: b"{}".to_vec(),
        figures: vec![FrozenFigure {
            target: target("1-1-01"),
            actual: actual.map(str::to_owned),
            expected: Some("25".to_owned()),
            gap: None,
            lamp: "green".to_owned(),
            explanation: "序时".to_owned(),
        }],
        bundles: vec![digest(1), digest(2)],
    }
}

#[test]
fn a_freeze_stays_and_a_second_one_is_a_correction() {
    let (folder, mut ledger) = fresh();
    let march = period("2024-03");
    let unknown = ledger.write(|tx| tx.lock(&freeze(None)));
    assert!(matches!(unknown, Err(Error::Constraint(_))), "its bundles must be recorded");
    ledger.write(|tx| [1, 2].iter().try_for_each(|n| tx.add_bundle(&bundle(*n, &office("u01"), 1)))).unwrap();
    assert_eq!(ledger.write(|tx| tx.lock(&freeze(None))).unwrap(), 1);
    assert!(matches!(ledger.write(|tx| tx.lock(&freeze(None))), Err(Error::Constraint(_))));
    ledger.write(|tx| tx.unlock(march, day("2024-04-12"), "数据有误")).unwrap();
    assert!(matches!(ledger.write(|tx| tx.unlock(march, day("2024-04-12"), "")), Err(Error::NotFound(_))));
    assert_eq!(ledger.read(|tx| tx.lock_of(march)).unwrap(), None);
    assert_eq!(ledger.write(|tx| tx.lock(&freeze(Some("26.5")))).unwrap(), 2);

    let locks = ledger.read(|tx| tx.locks_of(march)).unwrap();
    let expected = |id, issue, unlocked| Lock {
        id,
        period: march,
        issue,
        plan_version: 2,
        locked_on: day("2024-04-10"),
        why: "一季度通报".to_owned(),
        payload: b"{}".to_vec(),
        unlocked,
    };
    let lifted = Some((day("2024-04-12"), "数据有误".to_owned()));
    assert_eq!(locks, [expected(locks[0].id, 1, lifted), expected(locks[1].id, 2, None)]);
    assert_eq!(ledger.read(|tx| tx.lock_of(march)).unwrap().as_ref(), locks.last());
    for (lock, actual) in [(&locks[0], None), (&locks[1], Some("26.5"))] {
        assert_eq!(ledger.read(|tx| tx.frozen_figures(lock.id)).unwrap(), freeze(actual).figures);
        let mut digests = ledger.read(|tx| tx.frozen_bundles(lock.id)).unwrap();
        digests.sort_by_key(|found| *found != digest(1));
        assert_eq!(digests, freeze(None).bundles);
    }

    let db = Connection::open(path(&folder)).unwrap();
    for statement in ["UPDATE frozen_figures SET actual = '99'", "DELETE FROM frozen_figures"] {
        let refused = db.execute(statement, []).unwrap_err();
        assert!(refused.to_string().contains("do not change"), "{statement}");
    }
}
