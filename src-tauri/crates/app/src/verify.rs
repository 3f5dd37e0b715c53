//! Verifies a single file and says what it is, without taking it in.

use std::path::Path;

use bundle::digest::{Sha256Digest, Sm3Digest};
use bundle::header::{Header, Link, Subject};
use bundle::keys::PublicKeys;
use bundle::limits::Limits;
use bundle::verify::Verified;

use crate::fetch;
use crate::words::bundle_kind_label;
use crate::{Error, Home, Result};

/// What a file turned out to be.
#[derive(Debug, Clone)]
pub struct Examined {
    /// What it says about itself, all of it signed.
    pub header: Header,
    /// The keys that signed it. Whose they are, the file cannot prove.
    pub keys: PublicKeys,
    /// SM3 of the header.
    pub header_digest: Sm3Digest,
    /// SHA-256 of the file.
    pub file_digest: Sha256Digest,
    /// Length of the file in bytes.
    pub len: u64,
}

/// The header of an examined file as plain text.
#[derive(Debug, Clone)]
pub struct Summary {
    /// Kind of bundle, as a code.
    pub kind: &'static str,
    /// Kind of bundle, as people call it.
    pub kind_label: &'static str,
    /// Id of the hub.
    pub hub: String,
    /// Id of the office it comes from or goes to.
    pub office: Option<String>,
    /// Period reported.
    pub period: Option<String>,
    /// Version of the plan.
    pub plan_version: u32,
    /// Id of the stream.
    pub stream: String,
    /// Number in the stream.
    pub seq: Option<u64>,
    /// When it says it was made.
    pub created: String,
}

/// Puts a header into words and numbers.
pub fn summarize(examined: &Examined) -> Summary {
    let claims = &examined.header.claims;
    let period = match &claims.subject {
        Subject::Progress { period, .. } => Some(period.to_string()),
        _ => None,
    };
    Summary {
        kind: claims.subject.kind().name(),
        kind_label: bundle_kind_label(claims.subject.kind()),
        hub: claims.hub.to_string(),
        office: claims.subject.office().map(ToString::to_string),
        period,
        plan_version: claims.plan_version,
        stream: claims.subject.stream().to_string(),
        seq: claims.subject.link().map(Link::seq),
        created: claims.created.clone(),
    }
}

/// Verifies a file by the keys in it.
pub fn examine(file: &Path) -> Result<Examined> {
    let verified = verified(file, &Limits::default(), &std::env::temp_dir())?;
    Ok(Examined {
        header: verified.header().clone(),
        keys: verified.keys().clone(),
        header_digest: verified.header_digest(),
        file_digest: verified.file_digest(),
        len: verified.file_len(),
    })
}

fn verified(file: &Path, limits: &Limits, scratch: &Path) -> Result<Verified> {
    let label = fetch::label(file);
    let metadata = std::fs::symlink_metadata(file).map_err(Error::io(file))?;
    if !metadata.is_file() {
        let source = std::io::Error::from(std::io::ErrorKind::InvalidInput);
        return Err(Error::Io { path: file.to_owned(), source });
    }
    let reject = |rejection| Error::Rejected { file: label.clone(), rejection };
    let staged = fetch::stage(file, limits, scratch).map_err(reject)?;
    staged.verify(limits).map_err(|refused| reject(refused.rejection))
}

impl Home {
    /// Verifies a file, staging what is large in the home's own folder.
    pub(crate) fn verify_file(&self, file: &Path) -> Result<Verified> {
        verified(file, &self.limits, &self.dir)
    }
}
