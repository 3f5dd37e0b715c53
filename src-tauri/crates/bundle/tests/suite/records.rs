//! Every record of every kind comes back as it was written, and a contradiction is never written.

use std::collections::BTreeMap;

use bundle::digest::{Sha256Digest, Sm3Digest};
use bundle::header::{Claims, Link, Subject};
use bundle::limits::Limits;
use bundle::v1::{Head, Outcome, Payload, Receipt, RecordFault, ReturnedCell, Verdict};
use bundle::write::{WriteError, write};
use model::calendar::Calendar;
use model::id::{HubId, PlanId, TargetId};
use model::lamp::LampRule;
use model::plan::{Assignee, Assignment, Chapter, Comparison, Dated, Office, OfficeKind, Plan, Section};
use model::returns::{Answer, Entry, Evidence, Field, Figures, Remarks, Return};
use model::target::{Comparator, Frequency, Goal, Measure, Stage, Target};

use crate::fixture::*;
use crate::raw::Raw;

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
fn plan() -> Plan {
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

fn plan_claims() -> Claims {
    claims(Subject::Plan { link: Link::first(stream(), None) })
}

fn receipt_claims() -> Claims {
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

fn receipt() -> Receipt {
    let evidence =
        Evidence {
            sha256: Sha256Digest::of(b"scan").0, len: 4, label: "签字盖章扫描件.pdf".to_owned()
        };
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
    let with_evidence = Entry { evidence: vec![evidence], ..entry(amount("1")) };
    let march = Return { entries: BTreeMap::from([(id("count"), with_evidence)]), ..full_return() };
    let june = Return { period: "2024-06".parse().unwrap(), stand_in: true, plan_version: 2, ..filed(0) };
    Receipt {
        heads: vec![Head {
            stream: stream(),
            seq: 9,
            header: Sm3Digest::of(b"9"),
            missing: vec![2..=2, 4..=7],
        }],
        verdicts: (1..).zip(outcomes).map(verdict).collect(),
        accepted: vec![march, june],
    }
}

#[test]
fn a_receipt_comes_back_as_it_was() {
    comes_back(receipt_claims(), Payload::Receipt(receipt()));
    comes_back(receipt_claims(), Payload::Receipt(Receipt::default()));
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

/// The records of a bundle, to be spoilt and signed again.
fn spoilt(claims: Claims, payload: &Payload, from: &str, to: &str) -> &'static str {
    let file = bytes(1, claims, payload, &[]);
    let header_len = u32::from_be_bytes(file[105..109].try_into().unwrap()) as usize;
    let header = String::from_utf8(file[109..109 + header_len].to_vec()).unwrap();
    let mut records = String::new();
    let stream = &file[109 + header_len + 128..];
    std::io::Read::read_to_string(&mut flate2::read::DeflateDecoder::new(stream), &mut records).unwrap();
    assert!(records.contains(from), "{from} is not in {records}");
    let claims = header[1..].split_once(",\"records_len\"").unwrap().0.to_owned();
    let raw = Raw { claims, ..Raw::progress(&records.replacen(from, to, 1)) };
    verdict(raw.bytes())
}

#[test]
fn plans_are_read_strictly() {
    let payload = Payload::Plan(Box::new(plan()));
    for (from, to, expected) in [
        ("督查室", "督查处", "accepted"),
        ("\"year\":2024", "\"year\":2024,\"year\":2024", "bad_record"),
        ("\"year\":2024", "\"year\":\"2024\"", "bad_record"),
        ("\"stage_yellow\":2}", "\"stage_yellow\":2,\"x\":1}", "bad_record"),
        ("2024-10-09", "2024-10-9", "bad_record"),
        ("2024-10-09", "2024-10-32", "bad_record"),
        ("2024-10-09\"}", "2024-10-09\"},{\"month\":9,\"date\":\"2024-10-08\"}", "bad_record"),
        ("2024-10-09\"}", "2024-10-09\"},{\"month\":10,\"date\":\"2024-11-08\"}", "accepted"),
        ("\"kind\":\"stock\"", "\"kind\":\"Stock\"", "bad_record"),
        ("\"kind\":\"stock\"", "\"kind\":\"count\"", "bad_record"),
        ("\"kind\":\"share\",\"comparator\":\"below\",", "\"kind\":\"share\",", "bad_record"),
        ("\"deadline\":11", "\"deadline\":13", "bad_record"),
        ("\"deadline\":11", "\"deadline\":11,\"base\":\"1\"", "bad_record"),
        ("\"to\":\"growth\"", "\"to\":\"gone\"", "bad_record"),
        ("\"every\":\"street\"", "\"every\":\"street\",\"office\":\"u01\"", "bad_record"),
        ("\"every\":\"street\"", "\"every\":\"streets\"", "bad_record"),
        ("{\"section\"", "{\"chapter\"", "bad_record"),
        ("\"100.5\"", "\"100.50\"", "bad_record"),
        ("\"frequency\":\"yearly\"", "\"frequency\":{\"yearly\":null}", "bad_record"),
    ] {
        assert_eq!(spoilt(plan_claims(), &payload, from, to), expected, "{from} {to}");
    }
    let records = [
        "{\"chapter\":{\"code\":\"0\"",
        "{\"plan\":{",
        "{\"target\":{\"id\":\"count\",",
        "{\"comparison\":{",
    ];
    for record in records {
        assert_eq!(spoilt(plan_claims(), &payload, record, &format!("{record}\"x\":")), "bad_record");
    }
}

#[test]
fn plan_records_stand_in_their_order() {
    let payload = Payload::Plan(Box::new(plan()));
    let comparison = "{\"comparison\":{\"lesser\":\"count\",\"greater\":\"count-2\"}}\n";
    let moved = |before: &str| spoilt(plan_claims(), &payload, before, &format!("{comparison}{before}"));
    assert_eq!(moved("{\"comparison\""), "accepted");
    for before in
        ["{\"plan\"", "{\"chapter\"", "{\"section\"", "{\"target\"", "{\"office\"", "{\"assignment\""]
    {
        assert_eq!(moved(before), "bad_record", "{before}");
    }
    let first = "{\"chapter\":{\"code\":\"0\",\"title\":\"预期目标\"}}\n";
    let section = "{\"section\":{\"code\":\"9\",\"title\":\"\"}}\n";
    assert_eq!(spoilt(plan_claims(), &payload, first, &format!("{section}{first}")), "bad_record");
    assert_eq!(spoilt(plan_claims(), &payload, first, &format!("{first}{section}")), "accepted");
}

#[test]
fn receipts_are_read_strictly() {
    let payload = Payload::Receipt(receipt());
    for (from, to, expected) in [
        ("[[2,2],[4,7]]", "[[2,2],[4,8]]", "accepted"),
        ("[[2,2],[4,7]]", "[[2,2],[4,9]]", "bad_record"),
        ("[[2,2],[4,7]]", "[[4,7],[2,2]]", "bad_record"),
        ("[[2,2],[4,7]]", "[[2,3],[3,7]]", "bad_record"),
        ("[[2,2],[4,7]]", "[[0,2]]", "bad_record"),
        ("[[2,2],[4,7]]", "[[3,2]]", "bad_record"),
        ("[[2,2],[4,7]]", "[[2]]", "bad_record"),
        ("\"outcome\":\"accepted\"", "\"outcome\":\"accepted\",\"cells\":[]", "bad_record"),
        ("\"outcome\":\"accepted\"", "\"outcome\":\"returned\"", "bad_record"),
        ("\"outcome\":\"pending\"", "\"outcome\":\"lost\"", "bad_record"),
        ("\"field\":\"next_step\"", "\"field\":\"nextstep\"", "bad_record"),
        ("\"seq\":9", "\"seq\":9007199254740992", "bad_record"),
        ("\"period\":\"2024-06\"", "\"period\":\"2024-03\"", "bad_record"),
        ("{\"period\":{\"period\":\"2024-06\"", "{\"period\":{\"period\":\"2024-02\"", "bad_record"),
    ] {
        assert_eq!(spoilt(receipt_claims(), &payload, from, to), expected, "{from} {to}");
    }
    let head = format!(
        "{{\"head\":{{\"stream\":\"{}\",\"seq\":1,\"header\":\"{}\",\"missing\":[]}}}}\n",
        stream(),
        anchor()
    );
    let verdict = format!(
        "{{\"verdict\":{{\"stream\":\"{}\",\"seq\":1,\"header\":\"{}\",\"period\":\"2024-03\",\"outcome\":\"pending\"}}}}\n",
        stream(),
        anchor()
    );
    let lone = "{\"entry\":{\"target\":\"1\",\"amount\":\"1\"}}\n";
    let period = "{\"period\":{\"period\":\"2024-01\",\"plan_version\":1,\"stand_in\":false}}\n";
    for (before, inserted, expected) in [
        ("{\"head\"", head.as_str(), "accepted"),
        ("{\"verdict\"", &head, "accepted"),
        ("{\"period\"", &head, "bad_record"),
        ("{\"return\"", &head, "bad_record"),
        ("{\"period\"", &verdict, "accepted"),
        ("{\"return\"", &verdict, "bad_record"),
        ("{\"head\"", lone, "bad_record"),
        ("{\"return\"", lone, "bad_record"),
        ("{\"period\"", period, "bad_record"),
        ("{\"verdict\"", crate::raw::RETURN, "bad_record"),
        ("{\"entry\"", crate::raw::RETURN, "bad_record"),
    ] {
        assert_eq!(
            spoilt(receipt_claims(), &payload, before, &format!("{inserted}{before}")),
            expected,
            "{inserted} before {before}"
        );
    }
}
