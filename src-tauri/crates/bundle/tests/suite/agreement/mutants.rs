//! Mutants of good bundles, the same ones in every run.

use std::ops::Range;

use crate::raw::{HEADER_AT, Raw};
use crate::vectors::Vector;

/// Values that are put where others stood: at the edges of what the format takes, and beyond.
const VALUES: &[&str] = &[
    "0",
    "-0",
    "1",
    "-1",
    "2",
    "12",
    "13",
    "28",
    "29",
    "255",
    "256",
    "65535",
    "65536",
    "4294967295",
    "4294967296",
    "9007199254740991",
    "9007199254740992",
    "18446744073709551615",
    "18446744073709551616",
    "1.0",
    "1e3",
    "01",
    "NaN",
    "null",
    "true",
    "false",
    "[]",
    "{}",
    "[1,2]",
    "[[2,2]]",
    "[\"1\",\"2\"]",
    "{\"a\":1}",
    "\"\"",
    "\" \"",
    "\"a\"",
    "\"own\"",
    "\"u01\"",
    "\"0\"",
    "\"-0\"",
    "\"-1\"",
    "\"0.1\"",
    "\"1.50\"",
    "\"999999999999999999\"",
    "\"1e3\"",
    "\"2024-02\"",
    "\"2024-13\"",
    "\"1999-12\"",
    "\"2024-02-29\"",
    "\"2023-02-29\"",
    "\"1899-12-31\"",
    "\"1900-01-01\"",
    "\"9999-12-31\"",
    "\"0000-01-01\"",
    "\"\\ud800\"",
    "\"\\ud83d\\ude00\"",
    "\"\\u0000\"",
    "\"\\u007f\"",
    "\"\\n\"",
    "\"\\u0061\"",
    "\"街\"",
    "\"image/png\"",
    "\"plan\"",
    "\"receipt\"",
    "\"street\"",
    "\"count\"",
    "\"growth\"",
    "\"reach\"",
    "\"format\"",
    "\"value\"",
    "\"note\"",
    "\"evidence\"",
    "\"retired\"",
    "\"since\"",
    "\"seq\"",
    "\"prev\"",
];

/// Pieces that are put in anywhere.
const PIECES: &[&[u8]] = &[
    b"{",
    b"}",
    b"[",
    b"]",
    b"\"",
    b",",
    b":",
    b" ",
    b"\t",
    b"\n",
    b"\r",
    b"\\",
    b"-",
    b"0",
    b"9",
    b"e9",
    b".5",
    b"null",
    b"\\u0000",
    b"\0",
    b"\x1f",
    b"\x7f",
    b"\xc2\x80",
    b"\xff",
    b"\xe4\xb8",
    b"\xed\xa0\x80",
    b"\xef\xbb\xbf",
];

/// xorshift64*, so that every run sees the same.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % n.max(1)
    }

    fn of<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }
}

/// A good bundle taken apart.
struct Parts<'a> {
    file: &'a [u8],
    header: &'a [u8],
    stream: &'a [u8],
    tail: &'a [u8],
    records: Vec<u8>,
}

impl<'a> Parts<'a> {
    fn of(file: &'a [u8]) -> Self {
        let header_len = u32::from_be_bytes(file[HEADER_AT - 4..HEADER_AT].try_into().unwrap()) as usize;
        let header = &file[HEADER_AT..HEADER_AT + header_len];
        let payload = &file[HEADER_AT + header_len + 128..];
        let text = std::str::from_utf8(header).unwrap();
        let records_len = text[member(text, "records_len")].parse().unwrap();
        let (stream, tail) = payload.split_at(records_len);
        let mut records = Vec::new();
        std::io::Read::read_to_end(&mut flate2::read::DeflateDecoder::new(stream), &mut records).unwrap();
        Self { file, header, stream, tail, records }
    }

    /// The same bundle with other records or another stream, its lengths and digests put right, signed again.
    fn carrying(&self, records: Vec<u8>, stream: Option<Vec<u8>>) -> Vec<u8> {
        let raw = Raw { records, stream, tail: self.tail.to_vec(), ..Raw::progress("") };
        let measured = String::from_utf8(raw.header()).unwrap();
        let mut header = String::from_utf8(self.header.to_vec()).unwrap();
        for key in ["records_len", "inflated_len", "payload_sm3", "payload_sha256"] {
            let value = measured[member(&measured, key)].to_owned();
            header.replace_range(member(&header, key), &value);
        }
        Raw { header: Some(header.into_bytes()), ..raw }.bytes()
    }
}

/// Finds the value of a header's own member, digits or hex.
fn member(header: &str, key: &str) -> Range<usize> {
    let start = header.find(&format!("\"{key}\":")).unwrap() + key.len() + 3;
    let start = start + usize::from(header[start..].starts_with('"'));
    let end = header[start..].find(|c: char| !c.is_ascii_hexdigit()).unwrap();
    start..start + end
}

/// Finds the strings, numbers and words of a JSON text.
fn tokens(text: &[u8]) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let start = at;
        match text[at] {
            b'"' => {
                at += 1;
                while at < text.len() && text[at] != b'"' {
                    at += 1 + usize::from(text[at] == b'\\');
                }
                at = (at + 1).min(text.len());
                all.push(start..at);
            }
            b if b.is_ascii_alphanumeric() || b == b'-' => {
                while at < text.len() && (text[at].is_ascii_alphanumeric() || b"-+.".contains(&text[at])) {
                    at += 1;
                }
                all.push(start..at);
            }
            _ => at += 1,
        }
    }
    all
}

/// Flips, cuts or puts in some bytes.
fn bytes(dice: &mut Dice, mut text: Vec<u8>) -> Vec<u8> {
    let at = dice.below(text.len());
    match dice.below(4) {
        0 if !text.is_empty() => text[at] ^= 1 << dice.below(8),
        1 => drop(text.drain(at..(at + 1 + dice.below(4)).min(text.len()))),
        2 => drop(text.splice(at..at, dice.of(PIECES).to_vec())),
        _ => {
            let end = (at + 1 + dice.below(40)).min(text.len());
            let piece = text[at..end].to_vec();
            let to = dice.below(text.len());
            drop(text.splice(to..to, piece));
        }
    }
    text
}

/// Puts another value where one stood, or takes a member out, or doubles it.
fn json(dice: &mut Dice, mut text: Vec<u8>, other: &[u8]) -> Vec<u8> {
    let found = tokens(&text);
    if found.is_empty() {
        return bytes(dice, text);
    }
    let token = found[dice.below(found.len())].clone();
    match dice.below(8) {
        0..4 => drop(text.splice(token, dice.of(VALUES).bytes())),
        4 => {
            let theirs = tokens(other);
            let value = theirs.get(dice.below(theirs.len())).map_or(&b"0"[..], |range| &other[range.clone()]);
            drop(text.splice(token, value.to_vec()));
        }
        5 => {
            let value = text[found[dice.below(found.len())].clone()].to_vec();
            drop(text.splice(token, value));
        }
        6 => {
            // From this token to the comma behind it: a member or an item, more often than not.
            let end = text[token.start..]
                .iter()
                .position(|b| *b == b',')
                .map_or(token.end, |n| token.start + n + 1);
            drop(text.drain(token.start..end));
        }
        _ => {
            let end = text[token.start..]
                .iter()
                .position(|b| *b == b',')
                .map_or(token.end, |n| token.start + n + 1);
            let twice = text[token.start..end].to_vec();
            drop(text.splice(end..end, twice));
        }
    }
    text
}

/// Doubles, drops, moves or borrows a record.
fn lines(dice: &mut Dice, text: &[u8], other: &[u8]) -> Vec<u8> {
    let mut all: Vec<&[u8]> = text.split_inclusive(|b| *b == b'\n').collect();
    let theirs: Vec<&[u8]> = other.split_inclusive(|b| *b == b'\n').collect();
    let (at, to) = (dice.below(all.len()), dice.below(all.len() + 1));
    match dice.below(4) {
        0 if !all.is_empty() => drop(all.remove(at)),
        1 if !all.is_empty() => all.insert(to, all[at]),
        2 if to < all.len() => all.swap(at, to),
        _ if !theirs.is_empty() => all.insert(to, theirs[dice.below(theirs.len())]),
        _ => {}
    }
    all.concat()
}

fn one(dice: &mut Dice, parts: &Parts<'_>, other: &Parts<'_>) -> (&'static str, Vec<u8>) {
    let some = 1 + dice.below(2);
    match dice.below(20) {
        0..3 => ("file", (0..some).fold(parts.file.to_vec(), |file, _| bytes(dice, file))),
        3..8 => {
            let spoil = |header: Vec<u8>, dice: &mut Dice| match dice.below(4) {
                0 => bytes(dice, header),
                _ => json(dice, header, other.header),
            };
            let header = (0..some).fold(parts.header.to_vec(), |header, _| spoil(header, dice));
            let stream = Some(parts.stream.to_vec());
            let raw = Raw { header: Some(header), stream, tail: parts.tail.to_vec(), ..Raw::progress("") };
            ("header", raw.bytes())
        }
        8..10 => {
            let stream = (0..some).fold(parts.stream.to_vec(), |stream, _| bytes(dice, stream));
            ("stream", parts.carrying(parts.records.clone(), Some(stream)))
        }
        _ => {
            let spoil = |records: Vec<u8>, dice: &mut Dice| match dice.below(8) {
                0 => bytes(dice, records),
                1 | 2 => lines(dice, &records, &other.records),
                _ => json(dice, records, &other.records),
            };
            let records = (0..some).fold(parts.records.clone(), |records, _| spoil(records, dice));
            ("records", parts.carrying(records, None))
        }
    }
}

/// Makes so many mutants of the good ones, each with a name that says where it comes from.
pub fn of(good: &[Vector], count: usize) -> Vec<(String, Vec<u8>)> {
    let parts: Vec<_> = good.iter().map(|one| Parts::of(&one.bytes)).collect();
    let mut dice = Dice(0x7461_697a_6861_6e67);
    let mutant = |n| {
        let (at, other) = (dice.below(parts.len()), dice.below(parts.len()));
        let (what, bytes) = one(&mut dice, &parts[at], &parts[other]);
        (format!("{n}-{what}-of-{}", good[at].name), bytes)
    };
    (0..count).map(mutant).collect()
}
