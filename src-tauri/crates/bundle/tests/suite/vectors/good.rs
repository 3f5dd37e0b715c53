//! Good bundles of every kind, those of the real writer among them.

use bundle::digest::{Sha256Digest, Sm3Digest};
use bundle::header::{Link, Subject};
use bundle::v1::{Payload, Receipt};
use model::returns::{Evidence, Return};

use super::tables::{PLAN, RECEIPT, progress};
use super::{Vector, enrolment, vector};
use crate::fixture::{
    anchor, bytes, claims, enrolment as office_enrolment, enrolment_claims, filed, office, progress_claims,
    stream,
};
use crate::raw::{RETURN, Raw};
use crate::records::{plan, plan_claims, receipt, receipt_claims};

const SCAN: &[u8] = b"%PDF-1.7 scan";
const PHOTO: &[u8] = b"\xff\xd8\xff\xe0 photo";

fn written() -> Vec<Vector> {
    let of_the_writer = "what the application writes is taken";
    let good = |name: &str, bytes| vector(name, "ok", of_the_writer, bytes);
    let mut proven = filed(2);
    let pieces = [SCAN, PHOTO].map(|file| Evidence {
        sha256: Sha256Digest::of(file).0,
        len: file.len() as u64,
        label: "../扫描件.exe".to_owned(),
    });
    proven.entries.values_mut().zip(pieces).for_each(|(entry, piece)| entry.evidence.push(piece));
    let later = claims(Subject::Progress {
        office: office(),
        period: "2024-03".parse().unwrap(),
        link: Link::following(stream(), 6, anchor()).unwrap(),
        last_receipt: Some(Sm3Digest::of(b"receipt")),
        stand_in: true,
    });
    let stand_in = Payload::Progress(Return { stand_in: true, nil: true, ..filed(0) });
    vec![
        good("good-plan", bytes(1, plan_claims(), &Payload::Plan(Box::new(plan())), &[])),
        good("good-enrolment", bytes(1, enrolment_claims(), &office_enrolment(), &[])),
        good("good-progress", bytes(1, progress_claims(), &Payload::Progress(filed(90)), &[])),
        good(
            "good-progress-with-evidence",
            bytes(1, progress_claims(), &Payload::Progress(proven), &[SCAN, PHOTO]),
        ),
        good("good-progress-stand-in-without-entries", bytes(1, later, &stand_in, &[])),
        good("good-receipt", bytes(1, receipt_claims(), &Payload::Receipt(receipt()), &[])),
        good("good-receipt-empty", bytes(1, receipt_claims(), &Payload::Receipt(Receipt::default()), &[])),
    ]
}

/// A deflate stream of one stored block.
pub fn stored(records: &[u8]) -> Vec<u8> {
    let len = (records.len() as u16).to_le_bytes();
    [&[1], &len[..], &len.map(|byte| !byte), records].concat()
}

pub fn vectors() -> Vec<Vector> {
    let mut all = written();
    let mut good = |name: &str, rule: &str, raw: Raw| all.push(vector(name, "ok", rule, raw.bytes()));
    good("good-second-writer-plan", "the tables' plan is good as it stands", Raw::of("plan", PLAN));
    good("good-second-writer-enrolment", "the second writer is understood", enrolment());
    good("good-second-writer-progress", "the tables' return is good as it stands", progress());
    good(
        "good-second-writer-receipt",
        "the tables' receipt is good as it stands",
        Raw::of("receipt", RECEIPT),
    );
    let records = progress().records;
    let blocks = Raw { stream: Some(stored(&records)), ..progress() };
    good("good-deflate-stored", "a stream may consist of stored blocks", blocks);
    let attached = |files: &[(&str, &[u8])]| Raw::progress(RETURN).with_files(files);
    let (pdf, jpeg) = (("application/pdf", SCAN), ("image/jpeg", PHOTO));
    let png = ("image/png", &b"\x89PNG\r\n\x1a\n"[..]);
    good(
        "good-attachments-of-each-kind",
        "an attachment need not be named by an entry",
        attached(&[pdf, jpeg, png]),
    );
    good("good-attachment-twice", "the same attachment may stand twice", attached(&[pdf, pdf]));
    let reversed = enrolment();
    let mut members: Vec<_> = reversed.claims.split(',').collect();
    members.reverse();
    let claims = members.join(",");
    good("good-header-in-another-order", "keys stand in any order", Raw { claims, ..reversed });
    all
}
