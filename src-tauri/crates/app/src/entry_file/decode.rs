//! Bytes to text: the encodings in which WPS and Excel save.

use std::borrow::Cow;

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

use super::error::{EntryFileError, Foreign};

/// The encoding that a file turned out to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without its mark.
    Utf8,
    /// GB18030, and with it GBK and GB2312.
    Gb18030,
    /// UTF-16 with its mark, as Excel's "Unicode text".
    Utf16,
}

const UTF_8_MARK: &[u8] = b"\xef\xbb\xbf";
/// From here on a character takes three bytes in UTF-8, which are hardly ever GB18030 as well; Chinese lies beyond.
const FIRST_OF_THREE_BYTES: char = '\u{800}';
/// Characters by which an ambiguous encoding is shown.
const SAMPLE_CHARS: usize = 20;
const SIGNATURES: [(&[u8], Foreign); 3] = [
    (b"PK\x03\x04", Foreign::Workbook),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Foreign::Workbook),
    (b"%PDF-", Foreign::Pdf),
];

/// Reads a file's bytes as text.
///
/// What is valid UTF-8 is UTF-8, unless it is so short of Chinese that it may as well be GB18030 (`C4 BF` is Ŀ in one and 目 in
/// the other), which is refused. Everything else must be GB18030 without a single bad byte, because a replacement
/// character would be a figure or a word lost.
pub(super) fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, Encoding), EntryFileError> {
    if let Some((_, foreign)) = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)) {
        return Err(EntryFileError::NotText(*foreign));
    }
    let (text, encoding) = match bytes {
        [0xff, 0xfe, rest @ ..] => utf_16(rest, UTF_16LE)?,
        [0xfe, 0xff, rest @ ..] => utf_16(rest, UTF_16BE)?,
        _ if bytes.contains(&0) => return Err(EntryFileError::NotText(Foreign::Binary)),
        _ => eight_bit(bytes)?,
    };
    if text.contains('\0') { Err(EntryFileError::NotText(Foreign::Binary)) } else { Ok((text, encoding)) }
}

fn eight_bit(bytes: &[u8]) -> Result<(Cow<'_, str>, Encoding), EntryFileError> {
    let (unmarked, marked) = match bytes.strip_prefix(UTF_8_MARK) {
        Some(rest) => (rest, true),
        None => (bytes, false),
    };
    let other = || GB18030.decode_without_bom_handling_and_without_replacement(bytes);
    match std::str::from_utf8(unmarked) {
        Ok(text) if marked || text.is_ascii() || text.contains(|c: char| c >= FIRST_OF_THREE_BYTES) => {
            Ok((Cow::Borrowed(text), Encoding::Utf8))
        }
        Ok(text) => match other() {
            None => Ok((Cow::Borrowed(text), Encoding::Utf8)),
            Some(other) => Err(ambiguous(text, &other)),
        },
        Err(bad) if marked => Err(EntryFileError::BadEncoding { line: line_at(unmarked, bad.valid_up_to()) }),
        Err(_) => match other() {
            Some(text) => Ok((text, Encoding::Gb18030)),
            None => Err(EntryFileError::BadEncoding { line: line_at(bytes, first_bad(bytes)) }),
        },
    }
}

fn ambiguous(as_utf8: &str, as_gb18030: &str) -> EntryFileError {
    let foreign = |text: &str| -> String {
        text.chars().skip_while(char::is_ascii).take_while(|c| !c.is_ascii()).take(SAMPLE_CHARS).collect()
    };
    let offset = as_utf8.find(|c: char| !c.is_ascii()).unwrap_or_default();
    EntryFileError::AmbiguousEncoding {
        line: line_at(as_utf8.as_bytes(), offset),
        utf8: foreign(as_utf8),
        gb18030: foreign(as_gb18030),
    }
}

fn utf_16(
    bytes: &[u8],
    encoding: &'static encoding_rs::Encoding,
) -> Result<(Cow<'static, str>, Encoding), EntryFileError> {
    match encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => Ok((Cow::Owned(text.into_owned()), Encoding::Utf16)),
        None => {
            // Lone surrogates and half units come out as replacement characters, which tell the line.
            let (text, _) = encoding.decode_without_bom_handling(bytes);
            let before = text.split('\u{fffd}').next().unwrap_or_default();
            Err(EntryFileError::BadEncoding { line: line_at(before.as_bytes(), before.len()) })
        }
    }
}

/// Returns the offset behind the first bytes that are not GB18030; a line feed that cuts a character short is not among them.
fn first_bad(bytes: &[u8]) -> usize {
    let mut decoder = GB18030.new_decoder_without_bom_handling();
    let capacity = decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(bytes.len());
    let mut out = vec![0; capacity];
    let (_, read, _) = decoder.decode_to_utf8_without_replacement(bytes, &mut out, true);
    read
}

/// Returns the line of an offset; no byte of a character in UTF-8 or GB18030 is a line feed.
fn line_at(bytes: &[u8], offset: usize) -> usize {
    super::rows::line_ends(&bytes[..offset.min(bytes.len())]) + 1
}
