//! Signing a bundle and committing its complete bytes, before it goes anywhere (§3: exporting is idempotent).

use std::path::Path;

use bundle::digest::{Sha256Digest, Sm3Digest};
use bundle::header::{Claims, Header, Link, StreamId, Subject};
use bundle::keys::SecretKeys;
use bundle::v1::Payload;
use bundle::verify::Verified;
use bundle::write::{Source, Written, write_handing_over};
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use ledger::Tx;
use ledger::bundles::{BundleKind, BundleRow, Direction};
use ledger::streams::Stream;
use model::id::{OfficeId, PlanId};
use model::plan::Plan;
use tempfile::NamedTempFile;

use crate::deliver::{Delivered, file_name};
use crate::receive::Progress;
use crate::{Error, Home, Result};

const APPLICATION: &str = concat!("taizhang ", env!("CARGO_PKG_VERSION"));

/// A bundle signed and archived, not yet recorded.
pub(crate) struct Signed {
    pub written: Written,
    pub row: BundleRow,
}

impl Home {
    /// Signs a bundle and puts it into the archive. It counts for nothing until [`record`] commits it.
    pub(crate) fn sign(
        &mut self,
        keys: &SecretKeys,
        plan: &Plan,
        subject: Subject,
        payload: &Payload,
        attachments: &mut [&mut dyn Source],
    ) -> Result<Signed> {
        let claims = self.claims(plan, subject)?;
        let mut staged = self.archive.stage()?;
        let written = bundle::write::write(keys, claims, payload, attachments, &self.limits, &mut staged)?;
        self.shelve(plan, staged, written)
    }

    /// Signs a bundle by which the first key hands over to the second, and puts it into the archive.
    pub(crate) fn sign_handing_over(
        &mut self,
        (keys, new): (&SecretKeys, &SecretKeys),
        plan: &Plan,
        subject: Subject,
        payload: &Payload,
    ) -> Result<Signed> {
        let claims = self.claims(plan, subject)?;
        let mut staged = self.archive.stage()?;
        let written = write_handing_over(keys, new, claims, payload, &self.limits, &mut staged)?;
        self.shelve(plan, staged, written)
    }

    fn claims(&self, plan: &Plan, subject: Subject) -> Result<Claims> {
        Ok(Claims {
            hub: self.identity.hub.clone(),
            plan: self.plan_id()?,
            plan_version: plan.version,
            subject,
            created: self.now().to_rfc3339_opts(SecondsFormat::Secs, true),
            application: APPLICATION.to_owned(),
        })
    }

    fn shelve(&mut self, plan: &Plan, staged: NamedTempFile, written: Written) -> Result<Signed> {
        self.archive.put_staged(staged, &written.file_digest.0)?;
        self.archive.sync_batch()?;
        let file = Described {
            header: &written.header,
            header_digest: written.header_digest,
            file_digest: written.file_digest,
            size: written.file_len,
        };
        let name = file_name(plan, &written.header);
        let row = file.row(Direction::Out, name, self.today(), self.now());
        Ok(Signed { written, row })
    }

    pub(crate) fn plan_id(&self) -> Result<PlanId> {
        self.identity.plan.clone().ok_or(Error::NoPlan)
    }

    /// Copies a recorded bundle to a folder.
    pub(crate) fn hand_out(&self, row: &BundleRow, to: &Path, again: bool) -> Result<Delivered> {
        self.hand_out_watched(row, to, again, &mut |_, _| true)
    }

    /// Copies a recorded bundle to a folder under somebody's eyes.
    pub(crate) fn hand_out_watched(
        &self,
        row: &BundleRow,
        to: &Path,
        again: bool,
        progress: &mut Progress<'_>,
    ) -> Result<Delivered> {
        let digest = Sha256Digest(row.digest);
        let path = self.deliver(digest, &row.file_name, to, progress)?;
        Ok(Delivered { path, digest, seq: row.seq, again })
    }
}

/// What the ledger needs to know of a bundle file.
struct Described<'a> {
    header: &'a Header,
    header_digest: Sm3Digest,
    file_digest: Sha256Digest,
    size: u64,
}

impl Described<'_> {
    fn row(&self, direction: Direction, file_name: String, day: NaiveDate, now: DateTime<Utc>) -> BundleRow {
        let subject = &self.header.claims.subject;
        let period = match subject {
            Subject::Progress { period, .. } => Some(*period),
            _ => None,
        };
        BundleRow {
            digest: self.file_digest.0,
            direction,
            kind: kind_of(subject),
            stream: subject.stream().to_string(),
            seq: subject.link().map_or(0, Link::seq),
            header: self.header_digest.0,
            prev: subject.link().and_then(Link::prev).map(|digest| digest.0),
            office: subject.office().cloned(),
            period,
            plan_version: Some(self.header.claims.plan_version),
            file_name,
            size: self.size,
            day,
            recorded: now,
        }
    }
}

/// Describes a received bundle for the ledger. The name it came under is not kept: it proves nothing.
pub(crate) fn received_row(verified: &Verified, day: NaiveDate, now: DateTime<Utc>) -> BundleRow {
    let file = Described {
        header: verified.header(),
        header_digest: verified.header_digest(),
        file_digest: verified.file_digest(),
        size: verified.file_len(),
    };
    file.row(Direction::In, String::new(), day, now)
}

/// Records a signed bundle and moves its stream on, in the caller's transaction.
pub(crate) fn record(tx: &Tx<'_>, signed: &Signed) -> Result<()> {
    tx.add_bundle(&signed.row)?;
    if signed.row.seq > 0 {
        tx.advance_stream(&signed.row.stream, signed.row.seq, signed.row.header)?;
    }
    Ok(())
}

/// Returns the own stream of a kind, which must be open.
pub(crate) fn own_stream(tx: &Tx<'_>, kind: BundleKind, office: Option<&OfficeId>) -> Result<Stream> {
    tx.current_stream(kind, office)?.ok_or(Error::EnrolFirst)
}

/// Makes the place that a stream's next bundle takes.
pub(crate) fn next_link(stream: &Stream) -> Result<Link> {
    let id: StreamId = stream.stream.parse().map_err(Error::unreadable)?;
    let next = stream.next_link();
    Link::new(id, next.seq, next.prev.map(Sm3Digest)).map_err(Error::unreadable)
}

fn kind_of(subject: &Subject) -> BundleKind {
    match subject {
        Subject::Plan { .. } => BundleKind::Plan,
        Subject::Enrolment { .. } | Subject::Rotation { .. } => BundleKind::Enrolment,
        Subject::Progress { .. } => BundleKind::Progress,
        Subject::Receipt { .. } => BundleKind::Receipt,
    }
}
