//! Rows 1 to 4 of the attacks: bytes flipped, cut, put before and behind, copied as text; and lengths that lie.

use super::{Vector, enrolment, vector};
use crate::raw::{HEADER_AT, MAGIC, Raw};

/// A copy in text mode: every occurrence of some bytes becomes others.
fn rewritten(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        match rest.strip_prefix(from) {
            Some(after) => {
                out.extend_from_slice(to);
                rest = after;
            }
            None => {
                out.push(rest[0]);
                rest = &rest[1..];
            }
        }
    }
    out
}

fn cut(all: &mut Vec<Vector>, good: &[u8], header_len: usize) {
    for (name, at, rule) in [
        ("cut-empty", 0, "an empty file is a truncated one"),
        ("cut-in-magic", 5, "a proper beginning of the magic is truncated"),
        ("cut-in-sm2-key", 40, "the framing is complete before anything else is looked at"),
        ("cut-in-ed25519-key", 104, "the framing is complete before anything else is looked at"),
        ("cut-in-header-length", 108, "the framing is complete before anything else is looked at"),
        ("cut-in-header", HEADER_AT + 60, "the header is complete before a signature is looked at"),
        ("cut-in-sm2-signature", HEADER_AT + header_len + 32, "both halves are there"),
        ("cut-in-ed25519-signature", HEADER_AT + header_len + 127, "both halves are there"),
        ("cut-before-payload", HEADER_AT + header_len + 128, "the file has its declared length"),
        ("cut-last-byte", good.len() - 1, "the file has its declared length"),
    ] {
        all.push(vector(name, "truncated", rule, good[..at].to_vec()));
    }
}

fn text_mode(all: &mut Vec<Vector>, good: &[u8]) {
    let behind = |start: &[u8]| [start, &good[1..]].concat();
    let ends =
        |n: usize| [b"\x89TZB".to_vec(), vec![b'\n'; n], b"\x1a\n".to_vec(), good[8..].to_vec()].concat();
    let unix = rewritten(good, b"\r\n", b"\n");
    for (name, expect, rule, bytes) in [
        ("text-mode-unix", "text_mode", "CR LF became LF", unix.clone()),
        ("text-mode-dos", "text_mode", "LF became CR LF", rewritten(good, b"\n", b"\r\n")),
        (
            "text-mode-unix-and-back",
            "text_mode",
            "CR LF became LF, and that CR LF",
            rewritten(&unix, b"\n", b"\r\n"),
        ),
        ("text-mode-mac", "text_mode", "LF became CR", rewritten(good, b"\n", b"\r")),
        ("text-mode-latin-1", "text_mode", "bytes were taken for Latin-1", behind(b"\xc2\x89")),
        ("text-mode-replaced", "text_mode", "bytes that are no UTF-8 were replaced", behind(b"\xef\xbf\xbd")),
        ("text-mode-ascii", "text_mode", "bytes that are no ASCII were replaced", behind(b"?")),
        ("text-mode-7-bit", "text_mode", "the highest bit was lost", behind(b"\t")),
        ("text-mode-103-line-ends", "text_mode", "the first 109 bytes are looked at", ends(103)),
        ("text-mode-104-line-ends", "not_a_bundle", "the first 109 bytes are looked at", ends(104)),
    ] {
        all.push(vector(name, expect, rule, bytes));
    }
}

fn magic(all: &mut Vec<Vector>, good: &[u8]) {
    let fourth = |byte: u8| [&good[..3], &[byte], &good[4..]].concat();
    for (name, expect, rule, bytes) in [
        ("magic-format-2", "unsupported_format", "the fourth byte counts formats", fourth(b'C')),
        ("magic-format-25", "unsupported_format", "formats go up to 5A", fourth(b'Z')),
        ("magic-after-z", "not_a_bundle", "formats go up to 5A", fourth(b'[')),
        ("magic-before-b", "not_a_bundle", "no format comes before the first", fourth(b'A')),
        ("magic-lower-case", "not_a_bundle", "the magic is bytes, not letters", fourth(b'b')),
        (
            "magic-without-line-ends",
            "not_a_bundle",
            "text mode loses no line end",
            rewritten(good, b"\r\n\x1a", b"\x1a"),
        ),
        ("magic-damaged-and-cut", "not_a_bundle", "no beginning of the magic", b"\x89TZB\n".to_vec()),
        (
            "magic-format-2-in-text-mode",
            "not_a_bundle",
            "the other seven bytes stay",
            rewritten(&fourth(b'C'), b"\r\n", b"\n"),
        ),
        ("magic-of-png", "not_a_bundle", "something else", [b"\x89PNG", &good[4..]].concat()),
        ("magic-of-zip", "not_a_bundle", "something else", b"PK\x03\x04".to_vec()),
        ("prepended-byte", "not_a_bundle", "nothing stands before the magic", [b"\0", good].concat()),
        (
            "prepended-byte-order-mark",
            "not_a_bundle",
            "nothing stands before the magic",
            [b"\xef\xbb\xbf", good].concat(),
        ),
        ("prepended-html", "not_a_bundle", "nothing stands before the magic", [b"<html>", good].concat()),
        ("appended-byte", "trailing_bytes", "the file ends with its payload", [good, b"\0"].concat()),
        ("appended-bundle", "trailing_bytes", "the file ends with its payload", [good, good].concat()),
        (
            "appended-text",
            "trailing_bytes",
            "the file ends with its payload",
            [good, b"{\"entry\":{}}\n"].concat(),
        ),
    ] {
        all.push(vector(name, expect, rule, bytes));
    }
}

fn flipped(all: &mut Vec<Vector>, good: &[u8], header_len: usize) {
    let signature_at = HEADER_AT + header_len;
    for (name, expect, at) in [
        ("flipped-magic", "not_a_bundle", 0),
        ("flipped-sm2-key", "bad_key", 30),
        ("flipped-ed25519-key", "bad_signature_ed25519", 73),
        ("flipped-header-length", "bad_signature_ed25519", 108),
        ("flipped-header", "bad_signature_ed25519", HEADER_AT + 40),
        ("flipped-sm2-r", "bad_signature_sm2", signature_at + 20),
        ("flipped-sm2-s", "bad_signature_sm2", signature_at + 50),
        ("flipped-ed25519-r", "bad_signature_ed25519", signature_at + 70),
        ("flipped-ed25519-s", "bad_signature_ed25519", signature_at + 100),
        ("flipped-records", "digest_mismatch", signature_at + 130),
    ] {
        let mut bytes = good.to_vec();
        bytes[at] ^= 1;
        all.push(vector(name, expect, "any one bit counts", bytes));
    }
    let with_len = |len: u32| [&good[..105], &len.to_be_bytes(), &good[109..]].concat();
    for (name, expect, rule, len) in [
        ("header-length-65537", "limit_exceeded", "a header has at most 65,536 bytes", 65_537),
        (
            "header-length-65536",
            "truncated",
            "a header may have 65,536 bytes, but they are not there",
            65_536,
        ),
        ("header-length-4-gib", "limit_exceeded", "the length is no sign to reserve memory", u32::MAX),
        ("header-length-0", "bad_signature_ed25519", "the signature covers the length", 0),
    ] {
        all.push(vector(name, expect, rule, with_len(len)));
    }
}

/// Declared lengths: the header is signed as it should be, only what it declares is not so.
fn declared(all: &mut Vec<Vector>) {
    let with = |field: &str, value: u64| {
        let raw = enrolment();
        let header = String::from_utf8(raw.header()).unwrap();
        let (before, after) = header.split_once(&format!("\"{field}\":")).unwrap();
        let rest = after.trim_start_matches(|c: char| c.is_ascii_digit());
        let header = format!("{before}\"{field}\":{value}{rest}");
        Raw { header: Some(header.into_bytes()), ..raw }.bytes()
    };
    let len = enrolment().payload().len() as u64;
    let before = "lengths are held against their limits before anything is reserved";
    let exactly = "the file has its declared length";
    for (name, expect, rule, field, value) in [
        ("lengths-records-10-gib", "limit_exceeded", before, "records_len", 10 << 30),
        ("lengths-inflated-10-gib", "limit_exceeded", before, "inflated_len", 10 << 30),
        ("lengths-records-beyond-limit", "limit_exceeded", before, "records_len", (16 << 20) + 1),
        ("lengths-inflated-beyond-limit", "limit_exceeded", before, "inflated_len", (16 << 20) + 1),
        ("lengths-records-at-limit", "truncated", exactly, "records_len", 16 << 20),
        ("lengths-records-one-less", "trailing_bytes", exactly, "records_len", len - 1),
        ("lengths-records-one-more", "truncated", exactly, "records_len", len + 1),
        ("lengths-records-2-to-the-53", "bad_header", "no length is beyond 2^53-1", "records_len", 1 << 53),
        (
            "lengths-records-2-to-the-64-less-1",
            "bad_header",
            "no length is beyond 2^53-1",
            "records_len",
            u64::MAX,
        ),
    ] {
        all.push(vector(name, expect, rule, with(field, value)));
    }
}

pub fn vectors() -> Vec<Vector> {
    let mut all = Vec::new();
    let raw = enrolment();
    let (good, header_len) = (raw.bytes(), raw.header().len());
    assert!(good.starts_with(MAGIC));
    cut(&mut all, &good, header_len);
    text_mode(&mut all, &good);
    magic(&mut all, &good);
    flipped(&mut all, &good, header_len);
    declared(&mut all);
    all
}
