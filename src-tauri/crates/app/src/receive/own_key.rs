//! What a receipt says of an office's own key: that the hub follows to the new one, or that it signs no more.

use bundle::v1::{Head, Receipt};
use ledger::Tx;
use ledger::bundles::BundleKind;

use crate::rotate_key::UNCONFIRMED;
use crate::{Home, KeyFault, Result};

/// The setting that keeps the last number that counts, once the hub closed this office's key.
pub(crate) const CLOSED: &str = "key_closed_after";

/// Notes that the hub has the bundle by which the key handed over; says whether that was open.
pub(super) fn confirm(tx: &Tx<'_>, receipt: &Receipt) -> Result<bool> {
    let Some(header) = tx.setting(UNCONFIRMED)? else { return Ok(false) };
    let there = receipt.heads.iter().any(|head| head.header.to_string() == header && head.closed.is_some());
    if there {
        tx.set_setting(UNCONFIRMED, None)?;
    }
    Ok(there)
}

/// Notes under which number the hub closed the stream that this office writes, if it did.
pub(super) fn note_end(tx: &Tx<'_>, own: Option<&Head>) -> Result<Option<u64>> {
    let Some(head) = own else { return Ok(None) };
    tx.set_setting(CLOSED, head.closed.map(|after| after.to_string()).as_deref())?;
    Ok(head.closed)
}

impl Home {
    /// Says that the office's key still counts, as far as it knows.
    ///
    /// # Errors
    /// [`KeyFault::Closed`] where a receipt said that it signs no more: it was replaced since this ledger was backed up, or
    /// revoked.
    pub(crate) fn still_ours(&self) -> Result<()> {
        match self.own_key_end()? {
            Some(after) => Err(KeyFault::Closed(after).into()),
            None => Ok(()),
        }
    }

    /// Returns the stream that the hub closed, and the last number of it that counts, where it did.
    pub(crate) fn closed_stream(&self) -> Result<Option<(String, u64)>> {
        let Some(after) = self.own_key_end()? else { return Ok(None) };
        let office = self.own_office();
        let stream = self.ledger.read(|tx| tx.current_stream(BundleKind::Progress, Some(&office)))?;
        Ok(stream.map(|stream| (stream.stream, after)))
    }

    /// Returns the last number that counts, where the hub closed this office's key.
    pub(crate) fn own_key_end(&self) -> Result<Option<u64>> {
        Ok(self.setting(CLOSED)?.and_then(|after| after.parse().ok()))
    }
}
