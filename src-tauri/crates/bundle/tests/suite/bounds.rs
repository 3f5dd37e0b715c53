//! Row 11 of the attacks: nothing a bundle declares or does makes its reader run out of anything.

use std::io::{Cursor, Read};

use bundle::limits::{Bound, Exceeded, Limits};
use bundle::rejection::{InflateFault, Rejection};
use bundle::stage::Staged;
use bundle::v1::Payload;
use bundle::write::{Source, WriteError, write};

use crate::fixture::*;
use crate::raw::{RETURN, Raw};

const GIB_10: u64 = 10 << 30;

fn exceeded(result: Result<impl std::fmt::Debug, Rejection>) -> Bound {
    match result {
        Err(Rejection::Limit(Exceeded { bound, .. })) => bound,
        other => panic!("{other:?}"),
    }
}

#[test]
fn declared_sizes_are_compared_before_anything_is_reserved() {
    let raw = Raw::progress(RETURN);
    let declare = |field: &str, len: u64| {
        let header = String::from_utf8(raw.header()).unwrap();
        let (before, after) = header.split_once(&format!("\"{field}\":")).unwrap();
        let (_, after) = after.split_at(after.find(|c: char| !c.is_ascii_digit()).unwrap());
        let header = Some(format!("{before}\"{field}\":{len}{after}").into_bytes());
        verify(Raw { header, ..raw.clone() }.bytes())
    };
    assert_eq!(exceeded(declare("records_len", GIB_10)), Bound::Records);
    assert_eq!(exceeded(declare("inflated_len", GIB_10)), Bound::Records);
    assert_eq!(exceeded(declare("inflated_len", (1 << 53) - 1)), Bound::Records);
    assert_eq!(declare("records_len", u64::MAX).unwrap_err().code(), "bad_header");

    let zeros = "0".repeat(64);
    let attach = |len: u64, n: usize| {
        let one = format!(r#"{{"len":{len},"sm3":"{zeros}","sha256":"{zeros}","media":"image/png"}}"#);
        let list = format!("\"attachments\":[{}]", vec![one; n].join(","));
        verify(raw.clone().claim("\"attachments\":[]", &list).bytes())
    };
    assert_eq!(exceeded(attach(GIB_10, 1)), Bound::Attachment);
    assert_eq!(exceeded(attach(1, 201)), Bound::AttachmentCount);
    assert_eq!(exceeded(attach(20_000_000, 11)), Bound::Bundle);
    assert_eq!(attach(20_000_000, 1).unwrap_err().code(), "truncated");

    let mut long = raw.bytes();
    long[105..109].fill(0xff);
    assert_eq!(exceeded(verify(long)), Bound::Header);
}

#[test]
fn a_deflate_bomb_stops_at_the_declared_length() {
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::copy(&mut std::io::repeat(b' ').take(1 << 28), &mut encoder).unwrap();
    let bomb = encoder.finish().unwrap();
    assert!((bomb.len() as u64) < (1 << 28) / 1000);
    for declared in [0, 1, 1 << 24] {
        let raw = Raw { stream: Some(bomb.clone()), inflated_len: Some(declared), ..Raw::progress("") };
        match verify(raw.bytes()) {
            Err(Rejection::Inflate(InflateFault::Long { declared: d })) => assert_eq!(d, declared),
            other => panic!("{other:?}"),
        }
    }
    let raw = Raw { stream: Some(bomb), inflated_len: Some(1 << 30), ..Raw::progress("") };
    assert_eq!(exceeded(verify(raw.bytes())), Bound::Records);
    #[cfg(target_os = "linux")]
    assert!(peak_memory() < 300 << 20, "{} MiB", peak_memory() >> 20);
}

/// The most memory that this process ever had, in bytes.
#[cfg(target_os = "linux")]
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() << 10
}

#[test]
fn the_deflate_stream_ends_where_it_is_declared_to() {
    let raw = Raw::progress(RETURN);
    let stream = raw.payload();
    let with = |stream: Vec<u8>, inflated_len: usize| {
        verdict(Raw { stream: Some(stream), inflated_len: Some(inflated_len as u64), ..raw.clone() }.bytes())
    };
    assert_eq!(with(stream.clone(), RETURN.len()), "accepted");
    assert_eq!(with([&stream[..], b"\0"].concat(), RETURN.len()), "bad_compression");
    assert_eq!(with([&stream[..], &stream].concat(), RETURN.len()), "bad_compression");
    assert_eq!(with(stream[..stream.len() - 1].to_vec(), RETURN.len()), "bad_compression");
    assert_eq!(with(stream.clone(), RETURN.len() - 1), "bad_compression");
    assert_eq!(with(stream.clone(), RETURN.len() + 1), "bad_compression");
    assert_eq!(with(vec![], RETURN.len()), "bad_compression");
    assert_eq!(with(vec![0x06], RETURN.len()), "bad_compression");
    // Wrapped as zlib or gzip would.
    assert_eq!(with([b"\x78\x9c", &stream[..]].concat(), RETURN.len()), "bad_compression");
}

#[test]
fn lines_and_records_are_bounded() {
    let entry = |note: usize| {
        format!("{{\"entry\":{{\"target\":\"1\",\"amount\":\"1\",\"note\":\"{}\"}}}}\n", "a".repeat(note))
    };
    let frame = entry(0).len() - 1;
    let limit = Limits::default().line as usize;
    assert_eq!(verdict(Raw::progress(&[RETURN, &entry(limit - frame)].concat()).bytes()), "accepted");
    let long = [RETURN, &entry(limit - frame + 1)].concat();
    assert_eq!(exceeded(verify(Raw::progress(&long).bytes())), Bound::Line);
    assert_eq!(exceeded(verify(Raw::progress(&"a".repeat(limit + 1)).bytes())), Bound::Line);

    let limits = Limits { record_count: 3, ..Limits::default() };
    let count = |n| {
        let staged = Staged::from_bytes(bytes(1, progress_claims(), &Payload::Progress(filed(n)), &[]));
        staged.verify(&limits).map_err(|refused| refused.rejection)
    };
    count(2).unwrap();
    assert_eq!(exceeded(count(3)), Bound::RecordCount);
}

#[test]
fn what_would_be_refused_is_not_written() {
    let limits = Limits {
        header: 900,
        records: 2000,
        line: 200,
        record_count: 10,
        attachment: 100,
        attachment_count: 2,
        bundle: 1700,
        in_memory: 10,
    };
    let try_with = |limits: &Limits, payload: Payload, attachments: &[&[u8]]| {
        let mut cursors: Vec<_> = attachments.iter().map(Cursor::new).collect();
        let mut sources: Vec<_> = cursors.iter_mut().map(|c| c as &mut dyn Source).collect();
        let written = write(&keys(1), progress_claims(), &payload, &mut sources, limits, &mut Vec::new());
        match written {
            Ok(_) => None,
            Err(WriteError::Limit(Exceeded { bound, .. })) => Some(bound),
            Err(other) => panic!("{other:?}"),
        }
    };
    let attempt = |payload, attachments: &[&[u8]]| try_with(&limits, payload, attachments);
    let progress = |n| Payload::Progress(filed(n));
    let noted = |len| {
        let mut it = filed(1);
        it.entries.values_mut().for_each(|entry| entry.remarks.note = "a".repeat(len));
        Payload::Progress(it)
    };
    let png = |len: usize| [b"\x89PNG\r\n\x1a\n".to_vec(), vec![0; len - 8]].concat();
    assert_eq!(attempt(progress(9), &[]), None);
    assert_eq!(attempt(progress(10), &[]), Some(Bound::RecordCount));
    assert_eq!(attempt(noted(200), &[]), Some(Bound::Line));
    assert_eq!(attempt(progress(1), &[&png(100)]), None);
    assert_eq!(attempt(progress(1), &[&png(101)]), Some(Bound::Attachment));
    assert_eq!(attempt(progress(1), &[&png(20), &png(21), &png(22)]), Some(Bound::AttachmentCount));
    assert_eq!(attempt(progress(1), &[&png(99), &png(98)]), Some(Bound::Header));
    let less = Limits { bundle: 1000, ..limits.clone() };
    assert_eq!(try_with(&less, progress(1), &[&png(100)]), Some(Bound::Bundle));
    let less = Limits { records: 400, ..limits.clone() };
    assert_eq!(try_with(&less, progress(9), &[]), Some(Bound::Records));
}

#[test]
fn staging_stops_at_the_limit() {
    let folder = tempfile::tempdir().unwrap();
    let limits = Limits { bundle: 5000, in_memory: 2000, ..Limits::default() };
    let copy = |bytes: &[u8]| Staged::copy_of(bytes, &limits, folder.path());
    let mut endless = crate::raw::MAGIC.to_vec();
    endless.resize(5000, 0);
    assert_eq!(copy(&endless).unwrap().len(), 5000);
    endless.push(0);
    assert_eq!(exceeded(copy(&endless)), Bound::Bundle);
    assert_eq!(
        exceeded(Staged::copy_of(endless.chain(std::io::repeat(0)), &limits, folder.path())),
        Bound::Bundle
    );
    // What does not begin like a bundle is not copied at all.
    assert_eq!(
        Staged::copy_of(std::io::repeat(0), &limits, folder.path()).unwrap_err().code(),
        "not_a_bundle"
    );
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn only_what_is_too_long_for_memory_needs_a_place_to_lie() {
    let good = small();
    let nowhere = std::path::Path::new("no such folder");
    for (in_memory, stays) in [(good.len() as u64 + 1, true), (good.len() as u64, false)] {
        let limits = Limits { in_memory, ..Limits::default() };
        match Staged::copy_of(&good[..], &limits, nowhere) {
            Ok(_) => assert!(stays, "{in_memory}"),
            Err(rejection) => assert!(!stays && rejection.code() == "unreadable", "{rejection:?}"),
        }
    }
}
