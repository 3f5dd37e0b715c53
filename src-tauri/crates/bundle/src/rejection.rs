//! Why a file is not taken.

use crate::digest::{Sha256Digest, Sm3Digest};
use crate::header::HeaderFault;
use crate::keys::{BadKey, Half};
use crate::limits::Exceeded;
use crate::media::Media;
use crate::successor::SuccessorFault;
use crate::v1::RecordFault;

/// Why a file is not taken as a bundle. Nothing of a rejected file is to be used or shown as its author's word.
#[derive(Debug, thiserror::Error)]
pub enum Rejection {
    /// The file begins with something else.
    #[error("not a bundle: begins with {found:02x?}")]
    NotABundle {
        /// The first bytes, at most eight.
        found: Vec<u8>,
    },
    /// The file was copied as text, which rewrote some of its bytes.
    #[error("damaged by a copy in text mode: {0:?}")]
    TextMode(TextDamage),
    /// The file has a later format: a newer version of the application is needed.
    #[error("format {found} is not supported")]
    UnsupportedFormat {
        /// The number of the format.
        found: u64,
    },
    /// The file ends too early.
    #[error("truncated: {found} bytes of {expected}")]
    Truncated {
        /// How long it would have to be at least.
        expected: u64,
        /// How long it is.
        found: u64,
    },
    /// The file goes on after its end.
    #[error("{found} bytes where {expected} were declared")]
    TrailingBytes {
        /// How long it is declared to be.
        expected: u64,
        /// How long it is.
        found: u64,
    },
    /// The public keys in the file cannot be keys.
    #[error("bad key")]
    Key(#[from] BadKey),
    /// A half of the signature does not fit the keys and the header.
    #[error("the {half:?} half of the signature is not valid")]
    Signature {
        /// The half that was found wrong first.
        half: Half,
    },
    /// The header is signed but does not follow the format.
    #[error("bad header")]
    Header(#[source] HeaderFault),
    /// It hands over to a key that is not new, or that did not sign for it.
    #[error("the successor is not valid")]
    Successor(#[from] SuccessorFault),
    /// The payload is not the one that was signed.
    #[error("the {part} is not the one that was signed")]
    Digest {
        /// Which part of the payload.
        part: Part,
        /// The digest that differs, and both its values.
        mismatch: Mismatch,
    },
    /// A length or number is beyond its limit.
    #[error(transparent)]
    Limit(#[from] Exceeded),
    /// The records do not inflate to what the header declares.
    #[error("the records cannot be inflated: {0}")]
    Inflate(InflateFault),
    /// A record does not follow the format.
    #[error("record {line}")]
    Record {
        /// Its line, from 1; 0 when the fault lies in the records as a whole.
        line: u64,
        /// What is wrong with it.
        #[source]
        fault: RecordFault,
    },
    /// An attachment is not what the header says it is.
    #[error("attachment {index} is declared as {declared:?}, its content is {found:?}")]
    Media {
        /// Which attachment, from 0.
        index: usize,
        /// What the header says.
        declared: Media,
        /// What its first bytes say.
        found: Option<Media>,
    },
    /// The staged copy could not be made or read.
    #[error("the file cannot be read")]
    Io(#[from] std::io::Error),
}

impl Rejection {
    /// Returns the class of the rejection, a word that never changes its meaning.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotABundle { .. } => "not_a_bundle",
            Self::TextMode(_) => "text_mode",
            Self::UnsupportedFormat { .. } => "unsupported_format",
            Self::Truncated { .. } => "truncated",
            Self::TrailingBytes { .. } => "trailing_bytes",
            Self::Key(_) => "bad_key",
            Self::Signature { half: Half::Sm2 } => "bad_signature_sm2",
            Self::Signature { half: Half::Ed25519 } => "bad_signature_ed25519",
            Self::Header(_) => "bad_header",
            Self::Successor(_) => "bad_successor",
            Self::Digest { .. } => "digest_mismatch",
            Self::Limit(_) => "limit_exceeded",
            Self::Inflate(_) => "bad_compression",
            Self::Record { .. } => "bad_record",
            Self::Media { .. } => "bad_attachment",
            Self::Io(_) => "unreadable",
        }
    }
}

/// What a copy in text mode did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextDamage {
    /// Line endings were rewritten.
    LineEndings,
    /// Bytes were taken for characters of some encoding.
    Characters,
}

/// A part of the payload that has digests of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The whole payload.
    Payload,
    /// One attachment, counted from 0.
    Attachment(usize),
}

impl std::fmt::Display for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Payload => f.write_str("payload"),
            Self::Attachment(index) => write!(f, "attachment {index}"),
        }
    }
}

/// A digest that differs from the declared one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mismatch {
    /// SM3.
    Sm3 {
        /// What the header says.
        declared: Sm3Digest,
        /// What the bytes give.
        found: Sm3Digest,
    },
    /// SHA-256.
    Sha256 {
        /// What the header says.
        declared: Sha256Digest,
        /// What the bytes give.
        found: Sha256Digest,
    },
}

/// How inflating ends when it does not end well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InflateFault {
    /// The stream breaks the rules of RFC 1951.
    #[error("not a deflate stream")]
    Corrupt,
    /// The stream does not end where the declared length ends.
    #[error("the stream is not finished")]
    Unfinished,
    /// The stream ends before its declared length.
    #[error("{left} bytes follow the end of the stream")]
    Trailing {
        /// How many bytes follow.
        left: u64,
    },
    /// The stream holds fewer bytes than declared.
    #[error("{found} bytes instead of {declared}")]
    Short {
        /// How many bytes the header declares.
        declared: u64,
        /// How many there are.
        found: u64,
    },
    /// The stream holds more bytes than declared; how many more was not looked at.
    #[error("more than {declared} bytes")]
    Long {
        /// How many bytes the header declares.
        declared: u64,
    },
}
