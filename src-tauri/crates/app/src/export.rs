//! Signs a return and delivers it (报送); at the hub, files 本级's own return and 代录.

use std::fs::File;
use std::path::Path;

use bundle::digest::{Sha256Digest, Sm3Digest};
use bundle::header::{StreamId, Subject};
use bundle::keys::SecretKeys;
use bundle::v1::Payload;
use bundle::write::Source;
use ledger::Tx;
use ledger::bundles::{BundleKind, BundleRow, Direction};
use ledger::drafts::Exported;
use ledger::returns::{NewReturn, ReturnState};
use model::check::Finding;
use model::draft::printable;
use model::returns::{Return, SignOff};

use crate::deliver::Delivered;
use crate::enter::Sheet;
use crate::publish::{Signed, next_link, own_stream, record};
use crate::receive::{Progress, settle};
use crate::{Error, Home, Result};

impl Home {
    /// Signs the sheet and copies it to a folder.
    ///
    /// As long as neither the draft nor the names under it change, every call delivers the same bytes: a retry, a second
    /// stick. Only a new sign-off makes a new number.
    ///
    /// # Errors
    /// [`Error::Blocked`] with what keeps the return from leaving.
    pub fn export(
        &mut self,
        sheet: &Sheet,
        sign_off: &SignOff,
        passphrase: &str,
        to: &Path,
    ) -> Result<Delivered> {
        self.export_watched(sheet, sign_off, passphrase, to, &mut |_, _| true)
    }

    /// As [`Home::export`], under somebody's eyes: progress counts the bytes written, then those read back.
    ///
    /// # Errors
    /// [`Error::Stopped`]; what was signed by then stays signed, and a later call delivers it.
    pub fn export_watched(
        &mut self,
        sheet: &Sheet,
        sign_off: &SignOff,
        passphrase: &str,
        to: &Path,
        progress: &mut Progress<'_>,
    ) -> Result<Delivered> {
        let (row, again) = self.signed(sheet, sign_off, passphrase)?;
        self.hand_out_return(&row, to, again, progress)
    }

    /// Copies a return to a folder; until the hub has answered, the bundle that hands over to its key goes along.
    fn hand_out_return(
        &self,
        row: &BundleRow,
        to: &Path,
        again: bool,
        progress: &mut Progress<'_>,
    ) -> Result<Delivered> {
        let delivered = self.hand_out_watched(row, to, again, progress)?;
        if let Some(rotation) = self.unconfirmed_rotation()? {
            self.hand_out(&rotation, to, true)?;
        }
        Ok(delivered)
    }

    /// Signs the sheet at a hub, where it is archived and counted at once: 本级's own return, or a 代录. Nothing leaves.
    ///
    /// # Errors
    /// [`Error::Blocked`] with what keeps the return from being signed.
    pub(crate) fn file(&mut self, sheet: &Sheet, sign_off: &SignOff, passphrase: &str) -> Result<BundleRow> {
        self.hub_only()?;
        Ok(self.signed(sheet, sign_off, passphrase)?.0)
    }

    /// Signs the sheet, unless just this was signed before; says whether it was.
    fn signed(&mut self, sheet: &Sheet, sign_off: &SignOff, passphrase: &str) -> Result<(BundleRow, bool)> {
        if self.is_restored() {
            return Err(Error::CatchUpFirst);
        }
        self.still_ours()?;
        let name = |name: &str| printable(name.trim());
        let sign_off = &SignOff {
            filled_by: name(&sign_off.filled_by),
            checked_by: name(&sign_off.checked_by),
            issued_by: name(&sign_off.issued_by),
        };
        if [&sign_off.filled_by, &sign_off.checked_by, &sign_off.issued_by].iter().any(|name| name.is_empty())
        {
            return Err(Error::NotSignedOff);
        }
        if let Some(row) = self.exported_unchanged(sheet, sign_off)? {
            return Ok((row, true));
        }
        let revision = self.ledger.read(|tx| tx.draft(sheet.key()))?.map(|draft| draft.revision);
        let revision = revision.ok_or(Error::NothingFilledIn(sheet.period))?;
        let checked = self.check_signed(sheet, sign_off)?;
        if !checked.the_return.nil && checked.the_return.entries.is_empty() {
            return Err(Error::NothingFilledIn(sheet.period));
        }
        if checked.findings.iter().any(Finding::blocks) {
            return Err(Error::Blocked(checked.findings.into_iter().filter(Finding::blocks).collect()));
        }
        if checked.the_return.stand_in && checked.the_return.nil {
            return Err(Error::NilStandIn);
        }
        if lacks_scan(&checked.the_return) {
            return Err(Error::NoScan);
        }
        let keys = self.unlock(passphrase)?;
        let signed = self.sign_return(&keys, &checked.plan, &checked.the_return)?;
        self.commit_return(sheet, &signed, &checked.the_return, revision)?;
        Ok((signed.row, false))
    }

    /// Copies a return that was exported before to a folder again, whatever has been typed since: the same bytes.
    ///
    /// # Errors
    /// [`Error::Archive`] for what never went out from here, or is known from a receipt only.
    pub fn copy_again(&self, digest: &str, to: &Path, progress: &mut Progress<'_>) -> Result<Delivered> {
        let row = self.sent_return(digest)?;
        self.hand_out_return(&row, to, true, progress)
    }

    /// Finds a return that went out, by the digest of its file in hexadecimal.
    pub(crate) fn sent_return(&self, digest: &str) -> Result<BundleRow> {
        let missing = || Error::Archive(digest.to_owned());
        let parsed: Sha256Digest = digest.parse().map_err(|_| missing())?;
        let row = self.ledger.read(|tx| tx.bundle(&parsed.0))?.ok_or_else(missing)?;
        let sent = row.direction == Direction::Out && row.kind == BundleKind::Progress;
        if sent { Ok(row) } else { Err(missing()) }
    }

    /// Returns the bundle last exported from this sheet, if the draft and the names are still the same.
    fn exported_unchanged(&self, sheet: &Sheet, sign_off: &SignOff) -> Result<Option<BundleRow>> {
        self.ledger.read(|tx| {
            let Some(draft) = tx.draft(sheet.key())?.filter(|draft| draft.is_exported()) else {
                return Ok(None);
            };
            let Some(exported) = draft.exported else { return Ok(None) };
            let row = tx.return_of_bundle(&exported.bundle)?;
            if row.is_some_and(|row| row.sign_off == *sign_off) {
                // Of a return that only a receipt knows the file is lost; it is signed anew.
                Ok::<_, Error>(tx.bundle(&exported.bundle)?.filter(|bundle| bundle.size > 0))
            } else {
                Ok(None)
            }
        })
    }

    fn sign_return(
        &mut self,
        keys: &SecretKeys,
        plan: &model::plan::Plan,
        the_return: &Return,
    ) -> Result<Signed> {
        let stream_office = the_return.office.clone();
        if the_return.stand_in {
            self.open_stand_in_stream(&stream_office)?;
        }
        let (link, last_receipt) = self.ledger.read(|tx| {
            let link = next_link(&own_stream(tx, BundleKind::Progress, Some(&stream_office))?)?;
            Ok::<_, Error>((link, last_receipt(tx)?))
        })?;
        let subject = Subject::Progress {
            office: the_return.office.clone(),
            period: the_return.period,
            link,
            last_receipt,
            stand_in: the_return.stand_in,
        };
        let mut files = self.evidence_files(the_return)?;
        let mut sources: Vec<&mut dyn Source> =
            files.iter_mut().map(|file| file as &mut dyn Source).collect();
        self.sign(keys, plan, subject, &Payload::Progress(the_return.clone()), &mut sources)
    }

    /// A 代录 travels in a stream of the hub's own, one per office, apart from the office's.
    fn open_stand_in_stream(&mut self, office: &model::id::OfficeId) -> Result<()> {
        if self.ledger.read(|tx| tx.current_stream(BundleKind::Progress, Some(office)))?.is_none() {
            let stream = StreamId::generate(&mut self.world.rng).to_string();
            self.ledger.write(|tx| tx.open_stream(&stream, BundleKind::Progress, Some(office), None))?;
        }
        Ok(())
    }

    /// Opens every distinct evidence file of a return, in the order in which its entries name them.
    fn evidence_files(&self, the_return: &Return) -> Result<Vec<File>> {
        let mut seen = Vec::new();
        for evidence in the_return.entries.values().flat_map(|entry| &entry.evidence) {
            if !seen.contains(&evidence.sha256) {
                seen.push(evidence.sha256);
            }
        }
        let open = |digest: &[u8; 32]| {
            self.evidence.find(digest)?.ok_or_else(|| Error::Archive(Sha256Digest(*digest).to_string()))
        };
        seen.iter().map(open).collect()
    }

    fn commit_return(
        &mut self,
        sheet: &Sheet,
        signed: &Signed,
        the_return: &Return,
        revision: u64,
    ) -> Result<()> {
        let arrived = self.today();
        let deed = self.deed(
            "export",
            sheet.office.as_str(),
            format!("{} {}", sheet.period, signed.written.file_digest),
        );
        let (own, locked) = (self.own_office(), self.ledger.read(|tx| tx.lock_of(sheet.period))?.is_some());
        self.ledger.write(|tx| {
            record(tx, signed)?;
            // Stale where somebody typed on while this was being signed; what was signed is what was checked.
            tx.mark_exported(sheet.key(), Exported { bundle: signed.row.digest, revision })?;
            tx.insert_return(&NewReturn {
                bundle: &signed.row.digest,
                stream: &signed.row.stream,
                seq: signed.row.seq,
                arrived,
                state: if locked { ReturnState::LockedOut } else { ReturnState::Accepted },
                content: the_return,
            })?;
            settle::settle(tx, &sheet.office, sheet.period)?;
            if sheet.office == own {
                remember(tx, &the_return.sign_off)?;
            }
            Ok::<_, Error>(tx.record(&deed)?)
        })
    }
}

/// Says whether a 代录 lacks the stamped scan that it stands on; without one nobody could tell whose figures these are.
pub(crate) fn lacks_scan(the_return: &Return) -> bool {
    the_return.stand_in && the_return.entries.values().all(|entry| entry.evidence.is_empty())
}

fn last_receipt(tx: &Tx<'_>) -> Result<Option<Sm3Digest>> {
    let Some(receipt) = tx.last_receipt()? else { return Ok(None) };
    Ok(tx.bundle(&receipt.bundle)?.map(|row| Sm3Digest(row.header)))
}

/// The settings in which the names under the last return are kept.
const NAMES: [&str; 3] = ["sign_off.filled_by", "sign_off.checked_by", "sign_off.issued_by"];

/// Keeps the names, to be offered under the next return.
fn remember(tx: &Tx<'_>, names: &SignOff) -> Result<()> {
    for (key, name) in NAMES.iter().zip([&names.filled_by, &names.checked_by, &names.issued_by]) {
        tx.set_setting(key, Some(name))?;
    }
    Ok(())
}

impl Home {
    /// Returns the names under the last return; empty before the first.
    pub fn remembered_names(&self) -> Result<SignOff> {
        Ok(self.ledger.read(|tx| {
            let name = |key| Ok::<_, ledger::Error>(tx.setting(key)?.unwrap_or_default());
            let [filled_by, checked_by, issued_by] = NAMES;
            Ok::<_, ledger::Error>(SignOff {
                filled_by: name(filled_by)?,
                checked_by: name(checked_by)?,
                issued_by: name(issued_by)?,
            })
        })?)
    }
}
