//! Rows 1 to 5 of the attacks: what happens to files on their way.

use bundle::rejection::{Rejection, TextDamage};

use crate::fixture::*;
use crate::raw::{HEADER_AT, Raw};

#[test]
fn every_flipped_byte_is_noticed() {
    let good = small();
    verify(good.clone()).unwrap();
    for at in 0..good.len() {
        for mask in [0x01, 0x80, 0xff] {
            let mut bad = good.clone();
            bad[at] ^= mask;
            assert!(verify(bad).is_err(), "byte {at} ^ {mask:02x}");
        }
    }
}

#[test]
fn every_truncation_is_said_as_such() {
    let good = bytes(1, progress_claims(), &bundle::v1::Payload::Progress(filed(3)), &[b"%PDF-1.7 scan"]);
    for len in 0..good.len() {
        match verify(&good[..len]) {
            Err(Rejection::Truncated { expected, found }) => {
                assert!(found == len as u64 && found < expected && expected <= good.len() as u64, "{len}");
            }
            other => panic!("{len}: {other:?}"),
        }
    }
}

#[test]
fn appended_and_prepended_bytes_are_refused() {
    let good = small();
    for extra in [&b"\0"[..], b"\n", b"PK\x03\x04", &good] {
        assert_eq!(verdict([&good, extra].concat()), "trailing_bytes");
    }
    for extra in [&b"\0"[..], b"\n", b"\xef\xbb\xbf", b"MZ"] {
        assert_eq!(verdict([extra, &good].concat()), "not_a_bundle");
    }
}

#[test]
fn copying_as_text_is_said_as_such() {
    let good = small();
    let replaced = |from: &[u8], to: &[u8]| {
        let mut out = Vec::new();
        let mut rest = &good[..];
        while let Some(first) = rest.first() {
            if let Some(after) = rest.strip_prefix(from) {
                out.extend_from_slice(to);
                rest = after;
            } else {
                out.push(*first);
                rest = &rest[1..];
            }
        }
        out
    };
    for (from, to) in [(&b"\r\n"[..], &b"\n"[..]), (b"\n", b"\r\n"), (b"\r", b"\n"), (b"\n", b"\r")] {
        match verify(replaced(from, to)) {
            Err(Rejection::TextMode(TextDamage::LineEndings)) => {}
            other => panic!("{from:?} {to:?}: {other:?}"),
        }
    }
    // Ended at the DOS end-of-file mark; taken for UTF-8; stripped to seven bits.
    assert_eq!(verdict(&good[..6]), "truncated");
    let lossy = String::from_utf8_lossy(&good).into_owned();
    let seven: Vec<u8> = good.iter().map(|byte| byte & 0x7f).collect();
    for recoded in [lossy.into_bytes(), seven] {
        assert!(matches!(verify(recoded), Err(Rejection::TextMode(TextDamage::Characters))));
    }
}

#[test]
fn both_halves_of_the_signature_are_needed() {
    let good = small();
    let other = bytes(1, progress_claims(), &bundle::v1::Payload::Progress(filed(4)), &[]);
    let foreign = bytes(2, progress_claims(), &bundle::v1::Payload::Progress(filed(3)), &[]);
    let signature_at = |bytes: &[u8]| {
        HEADER_AT + u32::from_be_bytes(bytes[HEADER_AT - 4..HEADER_AT].try_into().unwrap()) as usize
    };
    let (at, other_at, foreign_at) = (signature_at(&good), signature_at(&other), signature_at(&foreign));
    let (sm2, ed25519) = (at..at + 64, at + 64..at + 128);
    let with = |range: std::ops::Range<usize>, half: &[u8]| {
        let mut bad = good.clone();
        bad[range].copy_from_slice(half);
        verdict(bad)
    };
    for (from, from_at) in [(&other, other_at), (&foreign, foreign_at)] {
        assert_eq!(with(sm2.clone(), &from[from_at..from_at + 64]), "bad_signature_sm2");
        assert_eq!(with(ed25519.clone(), &from[from_at + 64..from_at + 128]), "bad_signature_ed25519");
        assert_eq!(with(at..at + 128, &from[from_at..from_at + 128]), "bad_signature_ed25519");
    }
    assert_eq!(with(sm2.clone(), &[0; 64]), "bad_signature_sm2");
    assert_eq!(with(ed25519.clone(), &[0; 64]), "bad_signature_ed25519");
    let swapped = [&good[ed25519.clone()], &good[sm2.clone()]].concat();
    assert_eq!(with(at..at + 128, &swapped), "bad_signature_ed25519");
    // One genuine half twice is not two halves.
    assert_eq!(with(sm2, &good[ed25519]), "bad_signature_sm2");
}

#[test]
fn keys_cannot_be_exchanged_under_a_signature() {
    let (good, foreign) = (small(), bytes(2, progress_claims(), &enrolment_free(), &[]));
    for (range, codes) in [
        (8..8 + 65, ["bad_signature_ed25519", "bad_signature_sm2"]),
        (8 + 65..8 + 97, ["bad_signature_ed25519", "bad_signature_ed25519"]),
        (8..8 + 97, ["bad_signature_ed25519", "bad_signature_ed25519"]),
    ] {
        let mut bad = good.clone();
        bad[range.clone()].copy_from_slice(&foreign[range]);
        assert!(codes.contains(&verdict(bad)));
    }
}

fn enrolment_free() -> bundle::v1::Payload {
    bundle::v1::Payload::Progress(filed(3))
}

/// Signed by its author, but with one digest of the header wrong: each of them is compared, not only one of two.
#[test]
fn every_digest_is_compared() {
    let file = bytes(1, progress_claims(), &bundle::v1::Payload::Progress(filed(3)), &[b"%PDF-1.7 scan"]);
    let header_len = u32::from_be_bytes(file[HEADER_AT - 4..HEADER_AT].try_into().unwrap()) as usize;
    let (header, rest) = file[HEADER_AT..].split_at(header_len);
    let header = std::str::from_utf8(header).unwrap();
    for key in ["\"payload_sm3\":\"", "\"payload_sha256\":\"", "\"sm3\":\"", "\"sha256\":\""] {
        let at = header.find(key).unwrap() + key.len();
        let digit = if &header[at..=at] == "0" { "1" } else { "0" };
        let wrong = [&header[..at], digit, &header[at + 1..]].concat();
        let raw =
            Raw { header: Some(wrong.into_bytes()), stream: Some(rest[128..].to_vec()), ..Raw::progress("") };
        assert_eq!(verdict(raw.bytes()), "digest_mismatch", "{key}");
        let untouched = Raw { header: Some(header.as_bytes().to_vec()), ..raw };
        assert_eq!(verdict(untouched.bytes()), "accepted");
    }
}
