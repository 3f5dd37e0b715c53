//! What a bundle says about itself: the part that is signed.

use std::fmt;
use std::str::FromStr;

use model::id::{HubId, OfficeId, PlanId};
use model::period::Period;
use rand_core::CryptoRng;

use crate::digest::{Digests, Sm3Digest, hex_value};
use crate::limits::{Bound, Exceeded, Limits};
use crate::media::Media;
use crate::strict::UnknownWord;
use crate::successor::Successor;

mod wire;

/// The one format that this crate writes and reads.
pub const FORMAT: u32 = 1;

/// The largest sequence number and length: the largest integer that every JSON reader keeps exactly, 2⁵³ − 1.
pub const MAX_INTEGER: u64 = (1 << 53) - 1;

/// A verified header, or one about to be signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// What its author says.
    pub claims: Claims,
    /// What the writer measured.
    pub contents: Contents,
}

/// What the author of a bundle says about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    /// The hub (汇总单位) in whose realm it travels.
    pub hub: HubId,
    /// The plan (目标方案) it belongs to.
    pub plan: PlanId,
    /// The version of that plan: the one it contains, or the one it was made against.
    pub plan_version: u32,
    /// Its kind, with what that kind has to say.
    pub subject: Subject,
    /// When it was made, `2024-04-03T09:30:00+08:00`; information only, nothing is decided by it.
    pub created: String,
    /// What made it, `taizhang 0.1.0`; information only.
    pub application: String,
}

/// The kind of a bundle and the fields that only this kind has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// 下达包: the hub's plan for everyone.
    Plan {
        /// Place in the hub's plan stream.
        link: Link,
        /// The hub's next key, where this is the last plan under the present one.
        successor: Option<Box<Successor>>,
    },
    /// 注册包: an office's key, contact and telephone.
    Enrolment {
        /// The office that it claims to be.
        office: OfficeId,
        /// The progress stream that it opens. Such an enrolment has no number.
        stream: StreamId,
    },
    /// 注册包 of an office's next key: the last bundle of a progress stream, signed by the key that hands over.
    Rotation {
        /// The office whose key it is.
        office: OfficeId,
        /// Place in the progress stream that it ends.
        link: Link,
        /// The next key, and the stream that it opens.
        successor: Box<Successor>,
    },
    /// 上报包: one return, a full snapshot.
    Progress {
        /// The office whose figures it carries.
        office: OfficeId,
        /// The period reported.
        period: Period,
        /// Place in the office's progress stream.
        link: Link,
        /// Header digest of the last receipt the office had seen.
        last_receipt: Option<Sm3Digest>,
        /// 代录: entered by the hub for the office, from a stamped scan.
        stand_in: bool,
    },
    /// 回执包: the hub's answer to one office.
    Receipt {
        /// The office that it answers.
        office: OfficeId,
        /// Place in the receipt stream of that office.
        link: Link,
    },
}

/// The kind of a bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// 下达包.
    Plan,
    /// 注册包.
    Enrolment,
    /// 上报包.
    Progress,
    /// 回执包.
    Receipt,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Plan, Self::Enrolment, Self::Progress, Self::Receipt];

    /// Returns the word that stands for it in headers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Enrolment => "enrolment",
            Self::Progress => "progress",
            Self::Receipt => "receipt",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Kind {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        Self::ALL.into_iter().find(|kind| kind.name() == text).ok_or_else(|| UnknownWord::new(text))
    }
}

impl Subject {
    /// Returns the kind.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Plan { .. } => Kind::Plan,
            Self::Enrolment { .. } | Self::Rotation { .. } => Kind::Enrolment,
            Self::Progress { .. } => Kind::Progress,
            Self::Receipt { .. } => Kind::Receipt,
        }
    }

    /// Returns the office that it comes from or goes to; a plan is for everyone.
    pub fn office(&self) -> Option<&OfficeId> {
        match self {
            Self::Plan { .. } => None,
            Self::Enrolment { office, .. }
            | Self::Rotation { office, .. }
            | Self::Progress { office, .. }
            | Self::Receipt { office, .. } => Some(office),
        }
    }

    /// Returns its place in a stream; an enrolment only opens one.
    pub fn link(&self) -> Option<&Link> {
        match self {
            Self::Plan { link, .. }
            | Self::Rotation { link, .. }
            | Self::Progress { link, .. }
            | Self::Receipt { link, .. } => Some(link),
            Self::Enrolment { .. } => None,
        }
    }

    /// Returns the stream that it belongs to or opens.
    pub fn stream(&self) -> StreamId {
        match self {
            Self::Plan { link, .. }
            | Self::Rotation { link, .. }
            | Self::Progress { link, .. }
            | Self::Receipt { link, .. } => link.stream(),
            Self::Enrolment { stream, .. } => *stream,
        }
    }

    /// Returns the key to which it hands over, if it does.
    pub fn successor(&self) -> Option<&Successor> {
        match self {
            Self::Plan { successor, .. } => successor.as_deref(),
            Self::Rotation { successor, .. } => Some(successor),
            Self::Enrolment { .. } | Self::Progress { .. } | Self::Receipt { .. } => None,
        }
    }

    pub(crate) fn successor_mut(&mut self) -> Option<&mut Successor> {
        match self {
            Self::Plan { successor, .. } => successor.as_deref_mut(),
            Self::Rotation { successor, .. } => Some(successor),
            Self::Enrolment { .. } | Self::Progress { .. } | Self::Receipt { .. } => None,
        }
    }
}

hex_value! {
    /// Identifies a stream: 16 random bytes.
    StreamId, 16
}

impl StreamId {
    /// Opens a new stream.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        let mut bytes = [0; 16];
        rng.fill_bytes(&mut bytes);
        Self(bytes)
    }
}

/// A place in a stream: every number above 1 names its predecessor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    stream: StreamId,
    seq: u64,
    prev: Option<Sm3Digest>,
}

/// Numbers start at 1, end at [`MAX_INTEGER`], and only number 1 may have no predecessor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("number {0} cannot stand in a stream with this predecessor")]
pub struct BadLink(pub u64);

impl Link {
    /// Makes the first link. `anchor` is the digest of the header that opened the stream: an enrolment, or the last bundle
    /// under the key before. Streams that nothing opened (the hub's first plans, its own returns, stand-ins) have none.
    pub fn first(stream: StreamId, anchor: Option<Sm3Digest>) -> Self {
        Self { stream, seq: 1, prev: anchor }
    }

    /// Makes the link that follows the header numbered `seq` with this digest.
    pub fn following(stream: StreamId, seq: u64, digest: Sm3Digest) -> Result<Self, BadLink> {
        Self::new(stream, seq.saturating_add(1), Some(digest))
    }

    /// Takes a link apart from a header.
    pub fn new(stream: StreamId, seq: u64, prev: Option<Sm3Digest>) -> Result<Self, BadLink> {
        let fits = (1..=MAX_INTEGER).contains(&seq) && (seq == 1 || prev.is_some());
        if fits { Ok(Self { stream, seq, prev }) } else { Err(BadLink(seq)) }
    }

    /// Returns the stream.
    pub fn stream(&self) -> StreamId {
        self.stream
    }

    /// Returns the number, from 1.
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// Returns the digest of the preceding header, or the anchor.
    pub fn prev(&self) -> Option<Sm3Digest> {
        self.prev
    }
}

/// What the writer measured, and what the reader checks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents {
    /// Length of the deflate stream.
    pub records_len: u64,
    /// Length of the records once inflated.
    pub inflated_len: u64,
    /// Digests of the payload: the deflate stream and all attachments.
    pub payload: Digests,
    /// The attachments in order; only a progress bundle has any.
    pub attachments: Vec<Attachment>,
}

/// One attachment, as the header lists it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attachment {
    /// Length in bytes.
    pub len: u64,
    /// Digests of its bytes.
    pub digests: Digests,
    /// What it is, by its content.
    pub media: Media,
}

impl Contents {
    /// Returns the length of the payload, or nothing when the declared lengths do not even add up.
    pub fn payload_len(&self) -> Option<u64> {
        self.attachments.iter().try_fold(self.records_len, |sum, a| sum.checked_add(a.len))
    }

    /// Compares every declared length with its limit.
    pub(crate) fn check(&self, limits: &Limits) -> Result<(), Exceeded> {
        Bound::Records.check(limits.records, self.records_len)?;
        Bound::Records.check(limits.records, self.inflated_len)?;
        Bound::AttachmentCount.check(limits.attachment_count, self.attachments.len() as u64)?;
        for attachment in &self.attachments {
            Bound::Attachment.check(limits.attachment, attachment.len)?;
        }
        Bound::Bundle.check(limits.bundle, self.payload_len().unwrap_or(u64::MAX))
    }
}

/// Why a header is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HeaderFault {
    /// Its format is not [`FORMAT`].
    #[error("format {0}")]
    Format(u64),
    /// It is not the JSON object that the format describes: syntax, a duplicate, unknown or missing key, a wrong type.
    #[error("{0}")]
    Json(String),
    /// This kind of bundle needs a field that is missing.
    #[error("a {0} bundle needs {1:?}")]
    Missing(Kind, &'static str),
    /// This kind of bundle must not have a field.
    #[error("a {0} bundle has no {1:?}")]
    Forbidden(Kind, &'static str),
    /// A field has a value that it cannot have.
    #[error("{0:?}: {1}")]
    Value(&'static str, String),
}

impl Header {
    /// Reads the header of a verified bundle.
    pub(crate) fn parse(json: &[u8]) -> Result<Self, HeaderFault> {
        wire::read(json)
    }

    /// Writes the header to be signed.
    pub(crate) fn to_json(&self) -> Result<Vec<u8>, HeaderFault> {
        wire::write(self)
    }
}
