//! Values that tests store, and strategies that make more of them.

use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, Utc};
use ledger::bundles::{BundleKind, BundleRow, Direction};
use ledger::returns::{NewReturn, ReturnId, ReturnState};
use ledger::{Digest, Ledger, Result, Tx};
use model::figure::Figure;
use model::id::{OfficeId, TargetId};
use model::period::Period;
use model::returns::{Answer, Entry, Evidence, Figures, Remarks, Return, SignOff};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use rust_decimal::Decimal;
use tempfile::TempDir;

/// A folder with a new ledger in it.
pub fn fresh() -> (TempDir, Ledger) {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::create(&path(&folder)).unwrap();
    (folder, ledger)
}

pub fn path(folder: &TempDir) -> PathBuf {
    folder.path().join("ledger.db")
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn now() -> DateTime<Utc> {
    "2024-04-03T08:15:30.250Z".parse().unwrap()
}

pub fn office(text: &str) -> OfficeId {
    text.parse().unwrap()
}

pub fn target(text: &str) -> TargetId {
    text.parse().unwrap()
}

pub fn period(text: &str) -> Period {
    text.parse().unwrap()
}

pub fn figure(text: &str) -> Figure {
    text.parse().unwrap()
}

pub fn digest(n: u32) -> Digest {
    let mut digest = [7; 32];
    digest[..4].copy_from_slice(&n.wrapping_mul(2_654_435_761).to_be_bytes());
    digest
}

/// The `n`th progress bundle ever, which is number `seq` of an office's stream.
pub fn bundle(n: u32, office: &OfficeId, seq: u64) -> BundleRow {
    BundleRow {
        digest: digest(n),
        direction: Direction::In,
        kind: BundleKind::Progress,
        stream: format!("stream-of-{office}"),
        seq,
        header: digest(n + 1_000_000),
        prev: (n > 0).then(|| digest(n + 999_999)),
        office: Some(office.clone()),
        period: Some(period("2024-03")),
        plan_version: Some(1),
        file_name: "上报-王台街道-2024-03-0001.tzb".to_owned(),
        size: 4096,
        day: day("2024-04-03"),
        recorded: now(),
    }
}

pub fn amount(text: &str) -> Answer {
    Answer::Figures(Figures::Amount(figure(text)))
}

pub fn line(answer: Answer) -> Entry {
    Entry { answer, remarks: Remarks::default(), evidence: Vec::new() }
}

/// A return of `office` with these answers.
pub fn filled(office_id: &str, month: &str, answers: &[(&str, Answer)]) -> Return {
    Return {
        office: office(office_id),
        period: period(month),
        plan_version: 1,
        nil: answers.is_empty(),
        stand_in: false,
        sign_off: SignOff { filled_by: "甲".into(), checked_by: "乙".into(), issued_by: "丙".into() },
        entries: answers.iter().map(|(id, answer)| (target(id), line(answer.clone()))).collect(),
    }
}

/// Stores a return as the `n`th bundle ever.
pub fn store(tx: &Tx<'_>, n: u32, content: &Return, state: ReturnState) -> Result<ReturnId> {
    let bundle = bundle(n, &content.office, u64::from(n));
    tx.add_bundle(&bundle)?;
    tx.insert_return(&NewReturn {
        bundle: &bundle.digest,
        stream: &bundle.stream,
        seq: bundle.seq,
        arrived: bundle.day,
        state,
        content,
    })
}

/// Stores a return as accepted and counted.
pub fn accept(tx: &Tx<'_>, n: u32, content: &Return) -> Result<ReturnId> {
    let id = store(tx, n, content, ReturnState::Accepted)?;
    tx.count_return(id)?;
    Ok(id)
}

pub fn any_figure() -> impl Strategy<Value = Figure> {
    (-999_999_999_999_999_999i64..=999_999_999_999_999_999, 0u32..=6)
        .prop_map(|(mantissa, scale)| Figure::new(Decimal::new(mantissa, scale)).unwrap())
}

pub fn any_answer() -> impl Strategy<Value = Answer> {
    let amounts = || (any_figure(), any_figure());
    prop_oneof![
        any_figure().prop_map(|a| Answer::Figures(Figures::Amount(a))),
        amounts().prop_map(|(a, b)| Answer::Figures(Figures::Pair(a, b))),
        (any_figure(), proptest::option::of(amounts()))
            .prop_map(|(rate, amounts)| Answer::Figures(Figures::Published { rate, amounts })),
        any::<u8>().prop_map(|stage| Answer::Figures(Figures::Stage(stage))),
        ".{0,12}".prop_map(Answer::NotApplicable),
    ]
}

fn any_remarks() -> impl Strategy<Value = Remarks> {
    let word = || prop_oneof![3 => Just(String::new()), 1 => ".{0,40}"];
    (word(), word(), word(), word()).prop_map(|(note, problem, next_step, explanation)| Remarks {
        note,
        problem,
        next_step,
        explanation,
    })
}

fn any_evidence() -> impl Strategy<Value = Evidence> {
    (any::<[u8; 32]>(), 0u64..=20_000_000, ".{0,20}").prop_map(|(sha256, len, label)| Evidence {
        sha256,
        len,
        label,
    })
}

pub fn any_entry() -> impl Strategy<Value = Entry> {
    (any_answer(), any_remarks(), vec(any_evidence(), 0..3)).prop_map(|(answer, remarks, evidence)| Entry {
        answer,
        remarks,
        evidence,
    })
}

pub fn any_return() -> impl Strategy<Value = Return> {
    let name = || ".{0,10}";
    let targets = "[a-z0-9-]{1,40}".prop_map(|text| TargetId::new(&text).unwrap());
    let offices = "[a-z0-9-]{1,40}".prop_map(|text| OfficeId::new(&text).unwrap());
    let periods = (2000u16..=2999, 1u8..=12).prop_map(|(year, month)| Period::new(year, month).unwrap());
    let flags = (any::<u32>(), any::<bool>(), any::<bool>());
    (offices, periods, flags, (name(), name(), name()), btree_map(targets, any_entry(), 0..8)).prop_map(
        |(office, period, (plan_version, nil, stand_in), (filled_by, checked_by, issued_by), entries)| {
            Return {
                office,
                period,
                plan_version,
                nil,
                stand_in,
                sign_off: SignOff { filled_by, checked_by, issued_by },
                entries,
            }
        },
    )
}
