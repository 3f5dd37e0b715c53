//! Sends receipts: to every office that sent something, where the hub stands with it and what became of each bundle.

use std::collections::BTreeSet;
use std::path::Path;

use bundle::chain::Standing;
use bundle::digest::{Sha256Digest, Sm3Digest};
use bundle::header::{Link, StreamId, Subject};
use bundle::keys::SecretKeys;
use bundle::v1::{Head, Outcome, Payload, Receipt, ReturnedCell, Verdict};
use ledger::Tx;
use ledger::bundles::{BundleKind, BundleRow, Direction};
use ledger::keys::{OfficeKey, Whose};
use ledger::returns::{ReturnRow, ReturnState};
use model::id::OfficeId;
use model::plan::Plan;
use model::returns::{Remarks, Return};

use crate::deliver::Delivered;
use crate::publish::{next_link, record};
use crate::receive::settle::chain_state;
use crate::{Error, Home, Result};

impl Home {
    /// Writes a receipt for each office, or for one; the same state gives the same file again.
    ///
    /// # Errors
    /// [`Error::ReceiptsFailed`] when some could not be written; the others were.
    pub fn send_receipts(
        &mut self,
        only: Option<&str>,
        passphrase: &str,
        to: &Path,
    ) -> Result<Vec<(OfficeId, Delivered)>> {
        self.hub_only()?;
        let plan = self.plan()?;
        let only = only.map(|name| self.office_named(&plan, name)).transpose()?.map(|office| office.id);
        let keys = self.unlock(passphrase)?;
        let offices = self.answered(&plan, only)?;
        let mut sent = Vec::new();
        let mut failed = Vec::new();
        for office in offices {
            match self.send_receipt(&plan, &keys, &office, false, to) {
                Ok(delivered) => sent.push((office, delivered)),
                // What is wrong with one office's receipt is nothing that the others should wait for.
                Err(error) => {
                    let name = plan.office(&office).map(|o| o.name().to_owned()).unwrap_or_default();
                    failed.push((name, error));
                }
            }
        }
        if failed.is_empty() { Ok(sent) } else { Err(Error::ReceiptsFailed { sent, failed }) }
    }

    /// Writes a receipt under the next number for one office, even if it says what the last one said: an office restored
    /// from a backup waits for a receipt that it has never seen.
    pub fn send_fresh_receipt(
        &mut self,
        office_name: &str,
        passphrase: &str,
        to: &Path,
    ) -> Result<Delivered> {
        self.hub_only()?;
        let plan = self.plan()?;
        let office = self.office_named(&plan, office_name)?.id;
        let keys = self.unlock(passphrase)?;
        self.answered(&plan, Some(office.clone()))?;
        self.send_receipt(&plan, &keys, &office, true, to)
    }

    /// Lists the offices that can have a receipt, or the one asked for.
    pub(crate) fn answered(&self, plan: &Plan, only: Option<OfficeId>) -> Result<Vec<OfficeId>> {
        let mut offices: Vec<OfficeId> = Vec::new();
        let mut seen = BTreeSet::new();
        for key in self.ledger.read(|tx| tx.keys())? {
            let office = key.enrolled.office;
            if key.activated_on.is_some()
                && only.as_ref().is_none_or(|o| *o == office)
                && seen.insert(office.clone())
            {
                offices.push(office);
            }
        }
        if let (Some(office), true) = (&only, offices.is_empty()) {
            return Err(Error::NotEnrolled(
                plan.office(office).map(|o| o.name().to_owned()).unwrap_or_default(),
            ));
        }
        Ok(offices)
    }

    fn send_receipt(
        &mut self,
        plan: &Plan,
        keys: &SecretKeys,
        office: &OfficeId,
        fresh: bool,
        to: &Path,
    ) -> Result<Delivered> {
        let (row, again) = self.sign_receipt(plan, keys, office, fresh)?;
        self.hand_out(&row, to, again)
    }

    /// Signs an office's receipt, or finds the last one where it says the same already.
    pub(crate) fn sign_receipt(
        &mut self,
        plan: &Plan,
        keys: &SecretKeys,
        office: &OfficeId,
        fresh: bool,
    ) -> Result<(BundleRow, bool)> {
        let (receipt, mark) = self.ledger.read(|tx| {
            let mark = receipt_mark(tx, office, &tx.returns_of(office)?)?;
            Ok::<_, Error>((Payload::Receipt(compose(tx, office)?), mark))
        })?;
        let key = mark_key(office);
        // Nothing is signed before this: two files under one number would prove a fork.
        if let (false, Some(row)) = (fresh, self.last_receipt_saying(office, &receipt)?) {
            self.set_setting(&key, Some(&mark))?;
            return Ok((row, true));
        }
        let link = self.receipt_link(office)?;
        let subject = Subject::Receipt { office: office.clone(), link };
        let signed = self.sign(keys, plan, subject, &receipt, &mut [])?;
        let deed = self.deed("send_receipt", office.as_str(), signed.written.file_digest.to_string());
        self.ledger.write(|tx| {
            record(tx, &signed)?;
            tx.set_setting(&key, Some(&mark))?;
            Ok::<_, Error>(tx.record(&deed)?)
        })?;
        Ok((signed.row, false))
    }

    /// Returns the place of the office's next receipt, opening its receipt stream at the first.
    fn receipt_link(&mut self, office: &OfficeId) -> Result<Link> {
        let open = self.ledger.read(|tx| tx.current_stream(BundleKind::Receipt, Some(office)))?;
        if let Some(stream) = open {
            return next_link(&stream);
        }
        let stream = StreamId::generate(&mut self.world.rng).to_string();
        let stream = self.ledger.write(|tx| {
            // The first receipt follows the enrolment that it answers.
            let anchor = tx.keys_of(office)?.last().map(|key| key.enrolled.enrolment);
            tx.open_stream(&stream, BundleKind::Receipt, Some(office), anchor)?;
            tx.stream(&stream)
        })?;
        next_link(&stream.ok_or(Error::EnrolFirst)?)
    }

    /// Finds the last receipt sent to an office, if it already says this.
    fn last_receipt_saying(&self, office: &OfficeId, receipt: &Payload) -> Result<Option<BundleRow>> {
        let sent = self.ledger.read(|tx| tx.bundles(Direction::Out, BundleKind::Receipt, Some(office)))?;
        let Some(row) = sent.into_iter().next_back() else { return Ok(None) };
        let missing = || Error::Archive(Sha256Digest(row.digest).to_string());
        let path = self.archive.path(&row.digest);
        let before = self.verify_file(&path).map_err(|_| missing())?;
        // What the key before signed is no longer taken by those that follow this one.
        let same = before.keys().as_bytes() == &self.identity.own_keys && before.payload() == receipt;
        Ok(same.then_some(row))
    }
}

/// The setting that keeps what an office's last receipt was made from.
pub(crate) fn mark_key(office: &OfficeId) -> String {
    format!("receipt_mark:{office}")
}

/// Sums up what an office's receipt is made from, much faster than making it: the same mark means the same receipt.
pub(crate) fn receipt_mark(tx: &Tx<'_>, office: &OfficeId, rows: &[ReturnRow]) -> Result<String> {
    let mut text = String::new();
    for key in tx.keys_of(office)? {
        if let Some(end) = key.last_number() {
            text.push_str(&format!("{} {end};", key.id));
        }
    }
    match tx.former_keys(Whose::Own)?.len() {
        0 => {}
        changes => text.push_str(&format!("{changes};")),
    }
    for row in rows {
        text.push_str(&format!("{} {:?} {};", row.id.0, row.state, row.counted));
        if row.state == ReturnState::Returned {
            for cell in tx.returned_cells(row.id)? {
                text.push_str(&format!("{} {:?} {};", cell.target, cell.field, cell.reason));
            }
        }
    }
    Ok(Sm3Digest::of(text.as_bytes()).to_string())
}

/// States what the hub has of an office: a function of what was received and decided.
fn compose(tx: &Tx<'_>, office: &OfficeId) -> Result<Receipt> {
    let mut keys: Vec<OfficeKey> = tx.keys_of(office)?;
    keys.sort_by_key(|key| key.id);
    let mut receipt = Receipt::default();
    for key in &keys {
        let stream: StreamId = key.enrolled.stream.parse().map_err(Error::unreadable)?;
        let state = chain_state(tx, &key.enrolled.stream, office)?;
        // Of what lies beyond the last number that counts only the end is said.
        let end = key.last_number().unwrap_or(u64::MAX);
        let sound = |(_, standing): &(&(u64, Sm3Digest), &Standing)| **standing == Standing::Sound;
        let within =
            state.standings.iter().filter(sound).map(|(place, _)| *place).rfind(|(seq, _)| *seq <= end);
        if let Some((seq, header)) = within {
            // What is missing among disputed numbers above the head is said once the fork is decided.
            let below = state.gaps.iter().filter(|gap| *gap.start() < seq);
            let missing = below.map(|gap| *gap.start()..=(*gap.end()).min(seq - 1)).collect();
            receipt.heads.push(Head { stream, seq, header, missing, closed: key.last_number() });
        }
    }
    let mut rows = tx.returns_of(office)?;
    rows.retain(|row| !row.stand_in && keys.iter().any(|key| key.enrolled.stream == row.stream));
    for row in &rows {
        let Some(bundle) = tx.bundle(&row.bundle)? else { continue };
        let Some(outcome) = outcome(tx, row)? else { continue };
        let stream: StreamId = row.stream.parse().map_err(Error::unreadable)?;
        let header = Sm3Digest(bundle.header);
        receipt.verdicts.push(Verdict { stream, seq: row.seq, header, period: row.period, outcome });
        if row.counted {
            receipt.accepted.push(figures_of(tx.load_return(row.id)?));
        }
    }
    receipt.verdicts.sort_by_key(|said| (said.stream.to_string(), said.seq, said.header.to_string()));
    receipt.accepted.sort_by_key(|content| content.period);
    Ok(receipt)
}

/// Leaves of a return what an office needs to go on after a loss. Its words and files do not travel: a year of long texts
/// would be more than a receipt can hold, and the hub still has them.
fn figures_of(mut content: Return) -> Return {
    for entry in content.entries.values_mut() {
        entry.remarks = Remarks::default();
        entry.evidence.clear();
    }
    content
}

/// Says what became of a return; none of one that its office never may have sent.
fn outcome(tx: &Tx<'_>, row: &ReturnRow) -> Result<Option<Outcome>> {
    Ok(Some(match row.state {
        ReturnState::Pending => Outcome::Pending,
        ReturnState::LockedOut => Outcome::Locked,
        ReturnState::Disputed => Outcome::Disputed,
        ReturnState::Revoked => return Ok(None),
        ReturnState::Accepted | ReturnState::Returned | ReturnState::Superseded if !row.counted => {
            Outcome::Superseded
        }
        ReturnState::Returned => {
            let cells = tx.returned_cells(row.id)?.into_iter();
            let cell = |cell: ledger::review::ReturnedCell| ReturnedCell {
                target: cell.target,
                field: Some(cell.field),
                reason: cell.reason,
            };
            Outcome::Returned(cells.map(cell).collect())
        }
        ReturnState::Accepted | ReturnState::Superseded => Outcome::Accepted,
    }))
}
