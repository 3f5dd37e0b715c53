//! The fixed framing: everything that is looked at before the signatures.

use crate::keys::{PUBLIC_LEN, SIGNATURE_LEN};
use crate::rejection::{Rejection, TextDamage};

/// The first eight bytes, after PNG's: not ASCII, CR LF, end-of-file for DOS, LF. Copying as text changes them.
pub(crate) const MAGIC: [u8; 8] = *b"\x89TZB\r\n\x1a\n";

/// The type that the signed message names, so that a signature made for this purpose serves no other.
pub(crate) const MESSAGE_TYPE: &str = "application/vnd.taizhang.bundle.v1+json";
/// The type of what a key signs that takes over from another.
pub(crate) const SUCCESSOR_TYPE: &str = "application/vnd.taizhang.successor.v1";

const KEYS_AT: usize = MAGIC.len();
const HEADER_LEN_AT: usize = KEYS_AT + PUBLIC_LEN;
/// Where the header begins.
pub(crate) const HEADER_AT: usize = HEADER_LEN_AT + 4;

/// The bytes before the header, taken apart.
pub(crate) struct Preamble {
    pub(crate) keys: [u8; PUBLIC_LEN],
    pub(crate) header_len: u32,
}

impl Preamble {
    /// Takes the first bytes of a file apart; `start` holds [`HEADER_AT`] bytes unless the file is shorter.
    pub(crate) fn read(start: &[u8]) -> Result<Self, Rejection> {
        check_magic(start)?;
        let cut = || Rejection::Truncated { expected: HEADER_AT as u64, found: start.len() as u64 };
        let (_, rest) = start.split_first_chunk::<{ MAGIC.len() }>().ok_or_else(cut)?;
        let (keys, rest) = rest.split_first_chunk().ok_or_else(cut)?;
        let (header_len, _) = rest.split_first_chunk().ok_or_else(cut)?;
        Ok(Self { keys: *keys, header_len: u32::from_be_bytes(*header_len) })
    }

    pub(crate) fn write(keys: &[u8; PUBLIC_LEN], header_len: u32) -> Vec<u8> {
        [&MAGIC[..], keys, &header_len.to_be_bytes()].concat()
    }
}

/// Where the payload begins.
pub(crate) fn payload_at(header_len: u64) -> u64 {
    HEADER_AT as u64 + header_len + SIGNATURE_LEN as u64
}

fn check_magic(start: &[u8]) -> Result<(), Rejection> {
    let seen = &start[..start.len().min(MAGIC.len())];
    if seen == MAGIC {
        return Ok(());
    }
    if MAGIC.starts_with(seen) {
        return Err(Rejection::Truncated { expected: HEADER_AT as u64, found: start.len() as u64 });
    }
    if let Some(damage) = text_damage(start) {
        return Err(Rejection::TextMode(damage));
    }
    if let Some([0x89, b'T', b'Z', format]) = start.first_chunk().filter(|f| (b'C'..=b'Z').contains(&f[3])) {
        // The fourth letter counts incompatible framings; the ones to come are not damaged files.
        if start[4..].starts_with(&MAGIC[4..]) {
            return Err(Rejection::UnsupportedFormat { found: u64::from(format - b'B') + 1 });
        }
    }
    Err(Rejection::NotABundle { found: seen.to_vec() })
}

/// Recognises what copying as text makes of the magic.
fn text_damage(start: &[u8]) -> Option<TextDamage> {
    let name = &MAGIC[1..4];
    if let Some(rest) = start.strip_prefix(&MAGIC[..4]) {
        let line_end = |b: &u8| matches!(b, b'\r' | b'\n');
        let after = rest.iter().position(|b| !line_end(b))?;
        let ends = rest[after..].strip_prefix(b"\x1a")?;
        return (after > 0 && ends.first().is_some_and(line_end)).then_some(TextDamage::LineEndings);
    }
    // 0x89 is no character by itself in UTF-8: taken for Latin-1 it becomes c2 89, replaced it becomes ef bf bd.
    let recoded = [&b"\xc2\x89"[..], b"\xef\xbf\xbd", b"?"]
        .iter()
        .any(|first| start.strip_prefix(*first).is_some_and(|rest| rest.starts_with(name)));
    let stripped = start.first() == Some(&0x09) && start[1..].starts_with(name);
    (recoded || stripped).then_some(TextDamage::Characters)
}

/// Makes the message that both halves sign: DSSE's pre-authentication encoding of the public keys and the header.
///
/// `"DSSEv1" SP len(type) SP type SP len(body) SP body`, with lengths in decimal.
pub(crate) fn message(keys: &[u8; PUBLIC_LEN], header: &[u8]) -> Vec<u8> {
    encode(MESSAGE_TYPE, &[keys, header])
}

/// Makes DSSE's encoding of a type and a body.
pub(crate) fn encode(message_type: &str, body: &[&[u8]]) -> Vec<u8> {
    let body_len: usize = body.iter().map(|part| part.len()).sum();
    let mut message = format!("DSSEv1 {} {message_type} {body_len} ", message_type.len()).into_bytes();
    message.reserve_exact(body_len);
    body.iter().for_each(|part| message.extend_from_slice(part));
    message
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(start: &[u8]) -> &'static str {
        match Preamble::read(start) {
            Ok(_) => "read",
            Err(rejection) => rejection.code(),
        }
    }

    #[test]
    fn copying_as_text_is_recognised() {
        let cases: [(&[u8], _); 13] = [
            (b"\x89TZB\n\x1a\n", "text_mode"),
            (b"\x89TZB\r\r\n\x1a\r\n", "text_mode"),
            (b"\x89TZB\r\n\x1a\r\n", "text_mode"),
            (b"\x89TZB\n\n\x1a\n", "text_mode"),
            (b"\x89TZB\r\r\x1a\r", "text_mode"),
            (b"\x09TZB\r\n\x1a\n", "text_mode"),
            (b"\xc2\x89TZB\r\n\x1a\n", "text_mode"),
            (b"\xef\xbf\xbdTZB\r\n\x1a\n", "text_mode"),
            (b"\x89TZC\r\n\x1a\n", "unsupported_format"),
            (b"\x89TZB\r\n", "truncated"),
            (b"", "truncated"),
            (b"PK\x03\x04", "not_a_bundle"),
            (b"\0\x89TZB\r\n\x1a\n", "not_a_bundle"),
        ];
        for (start, expected) in cases {
            assert_eq!(code(start), expected, "{start:?}");
        }
    }

    #[test]
    fn the_message_is_dsse() {
        let message = message(&[7; PUBLIC_LEN], b"{}");
        let start = b"DSSEv1 39 application/vnd.taizhang.bundle.v1+json 99 \x07\x07";
        assert!(message.starts_with(start), "{:?}", String::from_utf8_lossy(&message));
        assert!(message.ends_with(b"\x07{}"));
    }
}
