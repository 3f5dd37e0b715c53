//! What a bundle may ask of the machine that reads it.

/// The bounds within which a bundle is written and read.
///
/// Every length a bundle declares is compared with these before anything is reserved or read for it. The same
/// bounds hold for writing, so that nobody exports a file which the other side must refuse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// The header's JSON, in bytes.
    pub header: u64,
    /// The records, deflated and also inflated, in bytes.
    pub records: u64,
    /// One record, in bytes without its line feed.
    pub line: u64,
    /// The number of records.
    pub record_count: u64,
    /// One attachment, in bytes.
    pub attachment: u64,
    /// The number of attachments.
    pub attachment_count: u64,
    /// The whole file, in bytes.
    pub bundle: u64,
    /// How much of a file is staged in memory before it goes to a temporary file, in bytes.
    pub in_memory: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            header: 64 * KIB,
            records: 16 * MIB,
            line: 64 * KIB,
            record_count: 50_000,
            attachment: 20_000_000,
            attachment_count: 200,
            bundle: 200_000_000,
            in_memory: MIB,
        }
    }
}

const KIB: u64 = 1024;
const MIB: u64 = 1024 * KIB;

/// Names the bound of [`Limits`] that was passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// [`Limits::header`]
    Header,
    /// [`Limits::records`]
    Records,
    /// [`Limits::line`]
    Line,
    /// [`Limits::record_count`]
    RecordCount,
    /// [`Limits::attachment`]
    Attachment,
    /// [`Limits::attachment_count`]
    AttachmentCount,
    /// [`Limits::bundle`]
    Bundle,
}

/// A length or number beyond its bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{bound:?} is limited to {limit}, found {found}")]
pub struct Exceeded {
    /// Which bound.
    pub bound: Bound,
    /// Its value.
    pub limit: u64,
    /// What the bundle declares, or what had been seen when reading stopped.
    pub found: u64,
}

impl Bound {
    /// Refuses `found` when it is beyond `limit`.
    pub(crate) fn check(self, limit: u64, found: u64) -> Result<(), Exceeded> {
        if found > limit { Err(Exceeded { bound: self, limit, found }) } else { Ok(()) }
    }
}
