//! Keys, claims and payloads that the tests share.

use bundle::digest::Sm3Digest;
use bundle::header::{Claims, Link, StreamId, Subject};
use bundle::keys::SecretKeys;
use bundle::limits::Limits;
use bundle::rejection::Rejection;
use bundle::stage::Staged;
use bundle::v1::{Enrolment, Payload};
use bundle::verify::Verified;
use bundle::write::{Source, write};
use model::id::{HubId, OfficeId, PlanId, TargetId};
use model::returns::{Answer, Entry, Figures, Remarks, Return, SignOff};

pub fn keys(seed: u8) -> SecretKeys {
    SecretKeys::from_seeds(&[seed; 64]).unwrap()
}

pub fn office() -> OfficeId {
    OfficeId::new("u01").unwrap()
}

pub fn stream() -> StreamId {
    StreamId([0x5a; 16])
}

pub fn anchor() -> Sm3Digest {
    Sm3Digest::of(b"enrolment")
}

pub fn claims(subject: Subject) -> Claims {
    Claims {
        hub: HubId::new("hub-1").unwrap(),
        plan: PlanId::new("plan-2024").unwrap(),
        plan_version: 3,
        subject,
        created: "2024-04-03T09:30:00+08:00".to_owned(),
        application: "taizhang 0.1.0".to_owned(),
    }
}

pub fn progress_claims() -> Claims {
    claims(Subject::Progress {
        office: office(),
        period: "2024-03".parse().unwrap(),
        link: Link::first(stream(), Some(anchor())),
        last_receipt: None,
        stand_in: false,
    })
}

pub fn enrolment_claims() -> Claims {
    claims(Subject::Enrolment { office: office(), stream: stream() })
}

pub fn enrolment() -> Payload {
    Payload::Enrolment(Enrolment {
        office_name: "王台街道".to_owned(),
        contact: "张三".to_owned(),
        telephone: "0532-0000000".to_owned(),
    })
}

pub fn entry(answer: Answer) -> Entry {
    Entry { answer, remarks: Remarks::default(), evidence: Vec::new() }
}

pub fn amount(text: &str) -> Answer {
    Answer::Figures(Figures::Amount(text.parse().unwrap()))
}

/// A return with `n` counts.
pub fn filed(n: usize) -> Return {
    let target = |i| TargetId::new(&format!("2-{}-{:02}", i / 20, i % 20)).unwrap();
    Return {
        office: office(),
        period: "2024-03".parse().unwrap(),
        plan_version: 3,
        nil: false,
        stand_in: false,
        sign_off: SignOff {
            filled_by: "张三".to_owned(),
            checked_by: "李四".to_owned(),
            issued_by: "王五".to_owned(),
        },
        entries: (0..n).map(|i| (target(i), entry(amount(&i.to_string())))).collect(),
    }
}

/// Writes a bundle within the usual limits.
pub fn bytes(seed: u8, claims: Claims, payload: &Payload, attachments: &[&[u8]]) -> Vec<u8> {
    let mut cursors: Vec<_> = attachments.iter().map(std::io::Cursor::new).collect();
    let mut sources: Vec<_> = cursors.iter_mut().map(|c| c as &mut dyn Source).collect();
    let mut out = Vec::new();
    write(&keys(seed), claims, payload, &mut sources, &Limits::default(), &mut out).unwrap();
    out
}

/// A small progress bundle.
pub fn small() -> Vec<u8> {
    bytes(1, progress_claims(), &Payload::Progress(filed(3)), &[])
}

pub fn verify(bytes: impl Into<Vec<u8>>) -> Result<Verified, Rejection> {
    Staged::from_bytes(bytes.into()).verify(&Limits::default()).map_err(|refused| refused.rejection)
}

/// The code of the rejection, or `accepted`.
pub fn verdict(bytes: impl Into<Vec<u8>>) -> &'static str {
    verify(bytes).err().map_or("accepted", |rejection| rejection.code())
}
