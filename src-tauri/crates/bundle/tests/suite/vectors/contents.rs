//! Rows 10, 11 and 36 of the attacks: headers as a whole, digests, attachments, deflate streams and bombs, limits of records.

use super::good::stored;
use super::tables::progress;
use super::{Vector, enrolment, vector};
use crate::raw::{RETURN, Raw, deflate, deflate_best, hex};

const PDF: &[u8] = b"%PDF-1.7 scan";
const JPEG: &[u8] = b"\xff\xd8\xff\xe0 photo";

fn headers(all: &mut Vec<Vector>) {
    let good = String::from_utf8(enrolment().header()).unwrap();
    let with = |header: Vec<u8>| Raw { header: Some(header), ..enrolment() }.bytes();
    let deep = |open: &str, depth| {
        with(good.replacen('{', &format!("{{\"deep\":{}", open.repeat(depth)), 1).into_bytes())
    };
    let spoilt = |piece: &[u8]| {
        let (before, after) = good.split_once("taizhang").unwrap();
        with([before.as_bytes(), piece, after.as_bytes()].concat())
    };
    let (bad, other) = ("bad_header", "unsupported_format");
    for (name, expect, rule, bytes) in [
        ("header-empty", bad, "the header is an object", with(Vec::new())),
        ("header-array", bad, "the header is an object", with(format!("[{good}]").into_bytes())),
        ("header-array-in-its-place", bad, "no array in place of an object", with(b"[2]".to_vec())),
        ("header-null", bad, "the header is an object", with(b"null".to_vec())),
        ("header-twice", bad, "the header is one object", with(good.repeat(2).into_bytes())),
        ("header-byte-order-mark", bad, "no byte order mark", with(format!("\u{feff}{good}").into_bytes())),
        ("header-depth-10000-arrays", bad, "depth costs nothing", deep("[", 10_000)),
        ("header-depth-2000-objects", bad, "depth costs nothing", deep("{\"a\":", 2_000)),
        ("header-not-utf-8", bad, "the header is UTF-8", spoilt(b"\xff")),
        ("header-overlong-utf-8", bad, "the header is UTF-8", spoilt(b"\xc0\xaf")),
        ("header-surrogate-in-utf-8", bad, "the header is UTF-8", spoilt(b"\xed\xa0\x80")),
        ("header-raw-control-character", bad, "no control characters in texts", spoilt(b"\x01")),
        (
            "header-format-2-alone",
            other,
            "only the format is asked of a later format",
            with(b"{\"format\":2}".to_vec()),
        ),
        (
            "header-format-2-not-utf-8",
            bad,
            "a later format is UTF-8 too",
            with(b"{\"format\":2,\"a\":\"\xff\"}".to_vec()),
        ),
        ("header-format-2-broken", bad, "a later format is JSON too", with(b"{\"format\":2".to_vec())),
        (
            "header-format-2-key-lone-surrogate",
            bad,
            "a later format has texts for keys",
            with(br#"{"format":2,"\ud800":1}"#.to_vec()),
        ),
    ] {
        all.push(vector(name, expect, rule, bytes));
    }
}

/// A good return with two attachments, its header and its attachments edited.
fn attached(edit: impl Fn(String) -> String, swap: bool) -> Vec<u8> {
    let mut raw = Raw::progress(RETURN).with_files(&[("application/pdf", PDF), ("image/jpeg", JPEG)]);
    let good = String::from_utf8(raw.header()).unwrap();
    let header = edit(good.clone());
    assert!(swap || header != good);
    raw.header = Some(header.into_bytes());
    if swap {
        raw.tail = [JPEG, PDF].concat();
    }
    raw.bytes()
}

fn digests(all: &mut Vec<Vector>) {
    let zeros = "0".repeat(64);
    // The first is the payload's, the others those of the two attachments: listed before it.
    let digest = |header: &str, key: &str, nth: usize| {
        let found = header.match_indices(&format!("\"{key}\":\"")).nth(nth).unwrap().0 + key.len() + 4;
        header[..found].to_owned() + &zeros + &header[found + 64..]
    };
    let media = |header: &str, from: &str, to: &str| header.replacen(from, to, 1);
    let must = "every digest is compared";
    let order = "attachment by attachment, digests before content; the payload last";
    type Edit<'a> = Box<dyn Fn(String) -> String + 'a>;
    let cases: [(&str, &str, &str, Edit<'_>); 9] = [
        ("digest-payload-sm3", "digest_mismatch", must, Box::new(|h| digest(&h, "payload_sm3", 0))),
        ("digest-payload-sha256", "digest_mismatch", must, Box::new(|h| digest(&h, "payload_sha256", 0))),
        ("digest-attachment-sm3", "digest_mismatch", must, Box::new(|h| digest(&h, "sm3", 1))),
        ("digest-attachment-sha256", "digest_mismatch", must, Box::new(|h| digest(&h, "sha256", 0))),
        (
            "attachment-declared-as-png",
            "bad_attachment",
            "content is what it says",
            Box::new(|h| media(&h, "application/pdf", "image/png")),
        ),
        (
            "attachment-first-of-another-kind-second-altered",
            "bad_attachment",
            order,
            Box::new(|h| media(&digest(&h, "sm3", 1), "application/pdf", "image/png")),
        ),
        (
            "attachment-first-altered-second-of-another-kind",
            "digest_mismatch",
            order,
            Box::new(|h| media(&digest(&h, "sm3", 0), "image/jpeg", "image/png")),
        ),
        (
            "attachment-of-another-kind-payload-altered",
            "bad_attachment",
            order,
            Box::new(|h| media(&digest(&h, "payload_sm3", 0), "image/jpeg", "image/png")),
        ),
        (
            "attachment-with-a-name",
            "bad_header",
            "nothing in a header names a file",
            Box::new(|h| media(&h, "{\"len\"", "{\"name\":\"../a\",\"len\"")),
        ),
    ];
    for (name, expect, rule, edit) in cases {
        all.push(vector(name, expect, rule, attached(edit, false)));
    }
    all.push(vector(
        "attachments-swapped",
        "digest_mismatch",
        "attachments stand in the header's order",
        attached(|h| h, true),
    ));
    let mut stream = deflate(&progress().records);
    stream[20] ^= 1;
    let altered = Raw { header: Some(progress().header()), stream: Some(stream), ..progress() };
    all.push(vector("digest-of-another-payload", "digest_mismatch", must, altered.bytes()));
}

fn attachments(all: &mut Vec<Vector>) {
    let one = |media: &str, file: &[u8]| Raw::progress(RETURN).with_files(&[(media, file)]).bytes();
    let (bad, rule) = ("bad_attachment", "content is what it says");
    for (name, expect, bytes) in [
        ("attachment-program-as-pdf", bad, one("application/pdf", b"MZ\x90\0 program")),
        ("attachment-page-as-jpeg", bad, one("image/jpeg", b"<html><script>")),
        ("attachment-png-of-text-mode", bad, one("image/png", b"\x89PNG\n\x1a\n")),
        ("attachment-pdf-behind-a-space", bad, one("application/pdf", b" %PDF-1.7")),
        ("attachment-cut-within-its-beginning", bad, one("image/png", b"\x89PNG\r\n\x1a")),
        ("attachment-empty", bad, one("image/jpeg", b"")),
        ("attachment-gif", "bad_header", one("image/gif", b"GIF89a")),
        ("attachment-svg", "bad_header", one("image/svg+xml", b"<svg>")),
    ] {
        all.push(vector(name, expect, rule, bytes));
    }
    let of_len = |lengths: &[u64]| {
        let zeros = "0".repeat(64);
        let each = |len| format!(r#"{{"len":{len},"sm3":"{zeros}","sha256":"{zeros}","media":"image/png"}}"#);
        let list: Vec<_> = lengths.iter().map(each).collect();
        Raw::progress(RETURN)
            .claim("\"attachments\":[]", &format!("\"attachments\":[{}]", list.join(",")))
            .bytes()
    };
    let before = "lengths are held against their limits before anything is reserved";
    for (name, expect, lengths) in [
        ("lengths-attachment-10-gib", "limit_exceeded", vec![10 << 30]),
        ("lengths-attachment-beyond-limit", "limit_exceeded", vec![20_000_001]),
        ("lengths-attachment-at-limit", "truncated", vec![20_000_000]),
        ("lengths-attachments-together", "limit_exceeded", vec![20_000_000; 10]),
        ("lengths-attachments-201", "limit_exceeded", vec![8; 201]),
        ("lengths-attachment-2-to-the-53", "bad_header", vec![1 << 53]),
    ] {
        all.push(vector(name, expect, before, of_len(&lengths)));
    }
    evidence(all);
    let plan = Raw::of("plan", super::tables::PLAN).claim("\"seq\"", "\"attachments\":[],\"seq\"");
    all.push(vector("attachments-of-a-plan", "bad_header", "only a return attaches", plan.bytes()));
}

fn evidence(all: &mut Vec<Vector>) {
    use sha2::Digest as _;
    let digest = hex(&sha2::Sha256::digest(PDF));
    let named = |pieces: &str| {
        let entry = format!("{{\"entry\":{{\"target\":\"a\",\"stage\":1,\"evidence\":[{pieces}]}}}}\n");
        Raw::progress(&(RETURN.to_owned() + &entry)).with_files(&[("application/pdf", PDF)]).bytes()
    };
    let piece = |digest: &str, len: usize| format!(r#"{{"sha256":"{digest}","len":{len},"name":""}}"#);
    let good = piece(&digest, PDF.len());
    let rule = "evidence is among the attachments";
    for (name, expect, bytes) in [
        ("evidence-names-nothing", "bad_record", named(&piece(&"0".repeat(64), PDF.len()))),
        ("evidence-of-another-length", "bad_record", named(&piece(&digest, PDF.len() + 1))),
        ("evidence-in-capitals", "bad_record", named(&piece(&digest.to_uppercase(), PDF.len()))),
        (
            "evidence-second-names-nothing",
            "bad_record",
            named(&format!("{good},{}", piece(&"1".repeat(64), 1))),
        ),
        (
            "evidence-with-a-path",
            "bad_record",
            named(&good.replace("\"name\"", "\"path\":\"/etc\",\"name\"")),
        ),
        ("evidence-named-twice", "ok", named(&format!("{good},{good}"))),
    ] {
        all.push(vector(name, expect, rule, bytes));
    }
}

fn streams(all: &mut Vec<Vector>) {
    let records = progress().records;
    let (good, len) = (deflate(&records), records.len() as u64);
    let block = stored(&records);
    let with = |stream: &[u8], inflated_len| {
        Raw { stream: Some(stream.to_vec()), inflated_len: Some(inflated_len), ..progress() }.bytes()
    };
    let spoilt = |at: usize, byte: u8| {
        let mut block = block.clone();
        block[at] = byte;
        with(&block, len)
    };
    let ends = "the stream ends exactly where it is declared to";
    let exactly = "the stream inflates to exactly inflated_len";
    let rules = "the stream follows RFC 1951";
    for (name, rule, bytes) in [
        ("deflate-bytes-left-over", ends, with(&[&good[..], b"\0"].concat(), len)),
        ("deflate-second-stream", ends, with(&good.repeat(2), len)),
        ("deflate-unfinished", ends, with(&good[..good.len() - 1], len)),
        ("deflate-last-block-not-marked", ends, spoilt(0, 0)),
        ("deflate-empty", ends, with(b"", len)),
        ("deflate-one-byte-more", exactly, with(&good, len - 1)),
        ("deflate-one-byte-less", exactly, with(&good, len + 1)),
        ("deflate-declared-as-nothing", exactly, with(&good, 0)),
        ("deflate-reserved-block", rules, spoilt(0, 7)),
        ("deflate-stored-length-wrong", rules, spoilt(3, 0)),
        ("deflate-distance-before-the-beginning", rules, with(&[0x03, 0x02], len)),
        ("deflate-zlib", rules, with(&[b"\x78\x9c", &good[..], b"\0\0\0\0"].concat(), len)),
        ("deflate-gzip", rules, with(&[b"\x1f\x8b\x08\0\0\0\0\0\0\x03", &good[..]].concat(), len)),
    ] {
        all.push(vector(name, "bad_compression", rule, bytes));
    }
}

/// What is small in the file and large once inflated.
fn bombs(all: &mut Vec<Vector>) {
    let (limit, million) = (16 << 20, 1 << 20);
    let declared = |inflated_len, len: usize| {
        let stream = Some(deflate(&vec![b' '; len]));
        Raw { stream, inflated_len: Some(inflated_len), ..enrolment() }.bytes()
    };
    let lines = |line: &str, n: usize| {
        let raw = Raw::of("receipt", &line.repeat(n));
        Raw { stream: Some(deflate_best(&raw.records)), ..raw }.bytes()
    };
    let zeros = "0".repeat(64);
    let head = format!(
        "{{\"head\":{{\"stream\":\"{}\",\"seq\":1,\"header\":\"{zeros}\",\"missing\":[]}}}}\n",
        "5a".repeat(16)
    );
    let note = |len: usize| {
        let entry =
            |note: &str| format!("{{\"entry\":{{\"target\":\"a\",\"stage\":1,\"note\":\"{note}\"}}}}\n");
        let frame = entry("").len() - 1;
        Raw::progress(&(RETURN.to_owned() + &entry(&"a".repeat(len - frame)))).bytes()
    };
    let endless = Raw::progress(&(RETURN.to_owned() + &"a".repeat(65_537))).bytes();
    let stops = "inflating stops at the declared length";
    for (name, expect, rule, bytes) in [
        ("bomb-declared-small", "bad_compression", stops, declared(100, million)),
        ("bomb-declared-at-limit", "bad_compression", stops, declared(16 << 20, limit + 1)),
        (
            "bomb-one-line",
            "limit_exceeded",
            "a record has at most 65,536 bytes",
            Raw::of("receipt", &" ".repeat(million)).bytes(),
        ),
        ("bomb-empty-lines", "bad_record", "a line is a record", lines("\n", million)),
        ("records-50000", "ok", "50,000 records are allowed", lines(&head, 50_000)),
        ("records-50001", "limit_exceeded", "50,000 records are allowed", lines(&head, 50_001)),
        ("record-of-65536-bytes", "ok", "a record has at most 65,536 bytes", note(65_536)),
        ("record-of-65537-bytes", "limit_exceeded", "a record has at most 65,536 bytes", note(65_537)),
        ("record-too-long-without-line-feed", "limit_exceeded", "a record has at most 65,536 bytes", endless),
    ] {
        all.push(vector(name, expect, rule, bytes));
    }
}

/// Texts that are broken as bytes, and depth: where a table of text cannot say it.
fn texts(all: &mut Vec<Vector>) {
    let entry = |note: &[u8]| {
        let start = br#"{"entry":{"target":"a","stage":1,"note":""#;
        let records = [RETURN.as_bytes(), start, note, b"\"}}\n"].concat();
        Raw { records, ..progress() }.bytes()
    };
    for (name, rule, bytes) in [
        ("records-not-utf-8", "records are UTF-8", entry(b"\xff")),
        ("records-overlong-utf-8", "records are UTF-8", entry(b"\xc0\xaf")),
        ("records-surrogate-in-utf-8", "records are UTF-8", entry(b"\xed\xa0\x80")),
        ("records-beyond-unicode", "records are UTF-8", entry(b"\xf4\x90\x80\x80")),
        ("records-cut-character", "records are UTF-8", entry(b"\xe4\xb8")),
        ("records-raw-nul", "no control characters in texts", entry(b"\0")),
        ("records-raw-tab", "JSON has no raw control characters in strings", entry(b"\t")),
        ("records-raw-delete", "no control characters in texts", entry(b"\x7f")),
        ("records-raw-escape-sequence", "no control characters in texts", entry("\u{9b}2J".as_bytes())),
    ] {
        all.push(vector(name, "bad_record", rule, bytes));
    }
    for (name, open, close) in
        [("json-depth-10000-arrays", "[", "]"), ("json-depth-10000-objects", "{\"a\":", "}")]
    {
        let deep = format!("{}1{}", open.repeat(10_000), close.repeat(10_000));
        let records = format!("{RETURN}{{\"entry\":{{\"target\":\"a\",\"amount\":{deep}}}}}\n");
        all.push(vector(name, "bad_record", "depth costs nothing", Raw::progress(&records).bytes()));
    }
}

pub fn vectors() -> Vec<Vector> {
    let mut all = Vec::new();
    for part in [headers, digests, attachments, streams, bombs, texts] {
        part(&mut all);
    }
    all
}
