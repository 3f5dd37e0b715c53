//! Every record of every kind comes back as it was written, and a contradiction is never written.

use std::collections::BTreeMap;

use bundle::digest::{Sha256Digest, Sm3Digest};
use bundle::header::{Claims, Link, Subject};
use bundle::limits::Limits;
use bundle::v1::{Head, Outcome, Payload, Receipt, RecordFault, ReturnedCell, Verdict};
use bundle::write::{WriteError, write};
use model::calendar::Calendar;
use model::id::{HubId, OfficeId, PlanId, TargetId};
use model::lamp::LampRule;
use model::plan::{Assignee, Assignment, Chapter, Comparison, Dated, Office, OfficeKind, Plan, Section};
use model::returns::{Answer, Entry, Evidence, Field, Figures, Remarks, Return};
use model::target::{Comparator, Frequency, Goal, Measure, Stage, Target};

use crate::fixture::*;

fn figure(text: &str) -> model::figure::Figure {
    text.parse().unwrap()
}

fn id(text: &str) -> TargetId {
    TargetId::new(text).unwrap()
}

fn target(name: &str, measure: Measure) -> Target {
    Target {
        id: id(name),
        section: "1-1".to_owned(),
        name: format!("目标{name}"),
        clause: "新建中小学幼儿园12所，\n建成10所".to_owned(),
        measure,
        unit: "个".to_owned(),
        amount_unit: String::new(),
        official: false,
        frequency: Frequency::Quarterly,
        since: 1,
        retired: None,
    }
}

/// A plan in which every field of every record says something.
pub fn plan() -> Plan {
    let goal = |comparator, value| Some(Goal { comparator, value: figure(value) });
    let months: [_; 12] = std::array::from_fn(|i| model::figure::Figure::from(i as u32));
    let stage = |name: &str, month| Stage { name: name.to_owned(), month };
    let mut targets = vec![
        target(
            "count",
            Measure::Count { goal: goal(Comparator::About, "11"), monthly: Some(Box::new(months)) },
        ),
        target("count-2", Measure::Count { goal: goal(Comparator::Above, "0.5"), monthly: None }),
        target("stock", Measure::Stock { goal: goal(Comparator::AtMost, "90"), base: Some(figure("100.5")) }),
        target("growth", Measure::Growth { goal: goal(Comparator::AtLeast, "6") }),
        target("share", Measure::Share { goal: goal(Comparator::Below, "3.5") }),
        target(
            "milestone",
            Measure::Milestone { stages: vec![stage("未开始", None), stage("竣工", Some(12))] },
        ),
        target("statement", Measure::Statement { deadline: 11 }),
        target(
            "relative",
            Measure::Relative { to: id("growth"), comparator: Comparator::Reach, tolerance: figure("0.1") },
        ),
    ];
    targets[3].official = true;
    targets[3].amount_unit = "亿元".to_owned();
    targets[1].retired = Some(3);
    targets[1].since = 2;
    targets[2].frequency = Frequency::Yearly;
    let town = Office {
        id: office(),
        kind: OfficeKind::Street,
        names: vec![
            Dated { value: "王台镇".to_owned(), since: None },
            Dated { value: "王台街道".to_owned(), since: Some("2020-06-01".parse().unwrap()) },
        ],
        codes: vec![Dated { value: "370211".to_owned(), since: None }],
        retired: Some("2025-01-01".parse().unwrap()),
        origins: vec![],
    };
    Plan {
        id: PlanId::new("plan-2024").unwrap(),
        hub: HubId::new("hub-1").unwrap(),
        hub_name: "区政府督查室".to_owned(),
        version: 3,
        title: "2024年政府工作报告".to_owned(),
        calendar: Calendar {
            due_exceptions: BTreeMap::from([(9, "2024-10-09".parse().unwrap())]),
            ..Calendar::usual(2024)
        },
        chapters: vec![
            Chapter { code: "0".to_owned(), title: "预期目标".to_owned(), sections: vec![] },
            Chapter {
                code: "1".to_owned(),
                title: "一".to_owned(),
                sections: vec![Section { code: "1-1".to_owned(), title: "（一）".to_owned() }],
            },
        ],
        targets,
        offices: vec![Office::own(), town],
        assignments: vec![
            Assignment { target: id("count"), to: Assignee::Office(office()), quota: Some(figure("4")) },
            Assignment { target: id("stock"), to: Assignee::Every(OfficeKind::Street), quota: None },
        ],
        lamp_rule: LampRule { stage_yellow: 2, share_yellow: figure("0.25"), ..LampRule::default() },
        comparisons: vec![Comparison { lesser: id("count"), greater: id("count-2") }],
    }
}

#[test]
fn an_office_keeps_what_it_came_out_of() {
    let merged = Office {
        id: OfficeId::new("u02").unwrap(),
        kind: OfficeKind::Zone,
        names: vec![Dated {
            value: "合并后的街道".to_owned(), since: Some("2025-01-01".parse().unwrap())
        }],
        codes: vec![],
        retired: None,
        origins: vec![office()],
    };
    let mut plan = plan();
    plan.offices.push(merged);
    comes_back(plan_claims(), Payload::Plan(Box::new(plan)));
}

pub fn plan_claims() -> Claims {
    claims(Subject::Plan { link: Link::first(stream(), None), successor: None })
}

pub fn receipt_claims() -> Claims {
    claims(Subject::Receipt { office: office(), link: Link::first(stream(), Some(anchor())) })
}

/// A return in which every form of an entry occurs.
fn full_return() -> Return {
    let answers = [
        ("amount", amount("12.5")),
        ("pair", Answer::Figures(Figures::Pair(figure("2"), figure("-1")))),
        ("rate", Answer::Figures(Figures::Published { rate: figure("-7.1"), amounts: None })),
        (
            "rate-2",
            Answer::Figures(Figures::Published {
                rate: figure("7"),
                amounts: Some((figure("107"), figure("100"))),
            }),
        ),
        ("stage", Answer::Figures(Figures::Stage(2))),
        ("none", Answer::NotApplicable("辖区内无此项目".to_owned())),
    ];
    let mut it = Return { nil: true, entries: BTreeMap::new(), ..filed(0) };
    for (name, answer) in answers {
        it.entries.insert(id(name), entry(answer));
    }
    let spoken = it.entries.get_mut(&id("stage")).unwrap();
    spoken.remarks = Remarks {
        note: "长".repeat(10_000),
        problem: "\u{feff}=cmd|' /C calc'!A0\t\r\n".to_owned(),
        next_step: "<script>alert(\"1\")</script>\\u0000".to_owned(),
        explanation: "𠮷㙍😀１２.５".to_owned(),
    };
    it
}

fn comes_back(claims: Claims, payload: Payload) {
    let verified = verify(bytes(1, claims.clone(), &payload, &[])).unwrap();
    assert_eq!(verified.header().claims, claims);
    assert_eq!(verified.into_payload(), payload);
}

#[test]
fn a_plan_comes_back_as_it_was() {
    comes_back(plan_claims(), Payload::Plan(Box::new(plan())));
}

#[test]
fn a_return_comes_back_as_it_was() {
    comes_back(progress_claims(), Payload::Progress(full_return()));
    let claims = claims(Subject::Progress {
        office: office(),
        period: "2024-03".parse().unwrap(),
        link: Link::following(stream(), 6, anchor()).unwrap(),
        last_receipt: Some(Sm3Digest::of(b"receipt")),
        stand_in: true,
    });
    comes_back(claims, Payload::Progress(Return { stand_in: true, ..full_return() }));
}

#[test]
fn an_enrolment_comes_back_as_it_was() {
    comes_back(enrolment_claims(), enrolment());
}

pub fn receipt() -> Receipt {
    let cell = |field| ReturnedCell { target: id("count"), field, reason: "与统计数不符".to_owned() };
    let outcomes = [
        Outcome::Accepted,
        Outcome::Returned(Field::ALL.into_iter().map(Some).chain([None]).map(cell).collect()),
        Outcome::Returned(vec![]),
        Outcome::Pending,
        Outcome::Locked,
        Outcome::Disputed,
        Outcome::Superseded,
    ];
    let verdict = |(seq, outcome): (u64, Outcome)| Verdict {
        stream: stream(),
        seq,
        header: Sm3Digest::of(&seq.to_be_bytes()),
        period: "2024-03".parse().unwrap(),
        outcome,
    };
    let march = Return { entries: BTreeMap::from([(id("count"), entry(amount("1")))]), ..full_return() };
    let june = Return { period: "2024-06".parse().unwrap(), stand_in: true, plan_version: 2, ..filed(0) };
    Receipt {
        heads: vec![Head {
            stream: stream(),
            seq: 9,
            header: Sm3Digest::of(b"9"),
            missing: vec![2..=2, 4..=7],
            closed: None,
        }],
        verdicts: (1..).zip(outcomes).map(verdict).collect(),
        accepted: vec![march, june],
    }
}

#[test]
fn a_receipt_says_where_a_stream_ended() {
    let head =
        |closed| Head { stream: stream(), seq: 3, header: Sm3Digest::of(b"3"), missing: vec![], closed };
    let heads = [None, Some(0), Some(3), Some(bundle::header::MAX_INTEGER)].map(head).into();
    comes_back(receipt_claims(), Payload::Receipt(Receipt { heads, ..Receipt::default() }));
}

#[test]
fn a_receipt_comes_back_as_it_was() {
    comes_back(receipt_claims(), Payload::Receipt(receipt()));
    comes_back(receipt_claims(), Payload::Receipt(Receipt::default()));
}

/// Bundles that were written when the format was fixed; they must be readable for ever.
#[test]
fn the_first_bundles_are_still_read() {
    let contents = [
        ("plan", plan_claims(), Payload::Plan(Box::new(plan()))),
        ("enrolment", enrolment_claims(), enrolment()),
        ("progress", progress_claims(), Payload::Progress(full_return())),
        ("receipt", receipt_claims(), Payload::Receipt(receipt())),
    ];
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), contents.len());
    for (name, claims, payload) in contents {
        let path = folder.join(name).with_extension("tzb");
        let verified = verify(std::fs::read(path).unwrap()).unwrap();
        assert_eq!(verified.header().claims, claims);
        assert_eq!(verified.keys(), keys(1).public());
        assert_eq!(verified.into_payload(), payload);
    }
}

#[test]
fn what_contradicts_the_header_is_not_written() {
    let refused = |claims, payload: &Payload| match write(
        &keys(1),
        claims,
        payload,
        &mut [],
        &Limits::default(),
        &mut Vec::new(),
    ) {
        Err(WriteError::Record(RecordFault::Contradiction(field))) => field,
        other => panic!("{other:?}"),
    };
    let own = model::id::OfficeId::own();
    let progress = |it| refused(progress_claims(), &Payload::Progress(it));
    assert_eq!(progress(Return { office: own.clone(), ..filed(1) }), "office");
    assert_eq!(progress(Return { period: "2024-04".parse().unwrap(), ..filed(1) }), "period");
    assert_eq!(progress(Return { stand_in: true, ..filed(1) }), "stand_in");
    assert_eq!(progress(Return { plan_version: 2, ..filed(1) }), "plan_version");
    let of_plan = |it| refused(plan_claims(), &Payload::Plan(Box::new(it)));
    assert_eq!(of_plan(Plan { version: 4, ..plan() }), "plan_version");
    assert_eq!(of_plan(Plan { id: PlanId::new("other").unwrap(), ..plan() }), "plan");
    assert_eq!(of_plan(Plan { hub: HubId::new("other").unwrap(), ..plan() }), "hub");
    let mut foreign = receipt();
    foreign.accepted[0].office = own;
    assert_eq!(refused(receipt_claims(), &Payload::Receipt(foreign)), "office");
    assert_eq!(refused(receipt_claims(), &enrolment()), "kind");
    assert_eq!(refused(progress_claims(), &Payload::Plan(Box::new(plan()))), "kind");
}

#[test]
fn what_would_be_refused_is_not_written() {
    let refused = |claims, payload: &Payload| match write(
        &keys(1),
        claims,
        payload,
        &mut [],
        &Limits::default(),
        &mut Vec::new(),
    ) {
        Err(WriteError::Record(RecordFault::Value { field, .. })) => field,
        other => panic!("{other:?}"),
    };
    let scan = Evidence { sha256: Sha256Digest::of(b"scan").0, len: 4, label: "扫描件.pdf".to_owned() };
    let proven = Entry { evidence: vec![scan], ..entry(amount("1")) };
    let mut with_evidence = receipt();
    with_evidence.accepted[0].entries.insert(id("count"), proven);
    assert_eq!(refused(receipt_claims(), &Payload::Receipt(with_evidence)), "evidence");

    for day in ["1899-12-31", "+10000-01-01"] {
        let dated = |edit: fn(&mut Plan, &str)| {
            let mut it = plan();
            edit(&mut it, day);
            refused(plan_claims(), &Payload::Plan(Box::new(it)))
        };
        assert_eq!(dated(|it, day| it.offices[1].retired = day.parse().ok()), "retired");
        assert_eq!(dated(|it, day| it.offices[1].names[1].since = day.parse().ok()), "since");
        let due = |it: &mut Plan, day: &str| {
            it.calendar.due_exceptions.insert(9, day.parse().unwrap());
        };
        assert_eq!(dated(due), "due_exceptions");
    }
}

#[test]
fn text_that_could_steer_a_screen_is_not_written() {
    for note in ["a\0b", "\u{1b}[2J", "\u{9b}"] {
        let mut it = filed(1);
        it.entries.values_mut().for_each(|entry| entry.remarks.note = note.to_owned());
        let payload = Payload::Progress(it);
        let written =
            write(&keys(1), progress_claims(), &payload, &mut [], &Limits::default(), &mut Vec::new());
        assert!(matches!(written, Err(WriteError::Record(RecordFault::Json(_)))), "{note:?}");
    }
}
