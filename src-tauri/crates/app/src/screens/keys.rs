//! 设置: the keys of before, and replacing the present one.

use std::path::Path;

use bundle::fingerprint::{Fingerprint, Holder};
use bundle::keys::PublicKeys;
use ledger::keys::{FormerKey, Whose};
use serde::Serialize;
use ts_rs::TS;

use super::sending::Delivery;
use crate::deliver::Delivered;
use crate::words::KeyEnd;
use crate::{Error, Home, Result, Role, words};

/// Keys of before, and what is still open about the present one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct KeyLife {
    /// At an office: that the hub has not yet answered the bundle by which the key handed over; empty otherwise.
    pub waiting: String,
    /// At an office: whether its enrolment still introduces the present key.
    pub introduced: bool,
    /// The keys that signed before, the newest first, with their digits.
    pub former: Vec<String>,
    /// At an office: those of its hub likewise.
    pub hub_former: Vec<String>,
}

impl Home {
    /// Shows the keys of before.
    pub(crate) fn key_life(&self) -> Result<KeyLife> {
        let office = self.own_office();
        let hub = Holder::Hub(&self.identity.hub);
        let (own, waiting, introduced) = match self.role() {
            Role::Hub => (hub, None, true),
            Role::Office => (
                Holder::Office(&self.identity.hub, &office),
                self.unconfirmed_rotation()?,
                self.rotations()?.is_empty(),
            ),
        };
        let shown = |whose, holder| {
            let keys = self.ledger.read(|tx| tx.former_keys(whose))?;
            keys.iter().rev().map(|key| label(key, holder)).collect::<Result<Vec<_>>>()
        };
        Ok(KeyLife {
            waiting: waiting.map(|row| words::rotation_waits(&row.file_name, row.day)).unwrap_or_default(),
            introduced,
            former: shown(Whose::Own, own)?,
            hub_former: shown(Whose::Hub, hub)?,
        })
    }

    /// Replaces the key, or hands out again the bundle by which it was replaced: an office's own, or with the hub's next plan.
    pub fn deliver_new_key(&mut self, passphrase: &str, to: &Path) -> Result<Delivery> {
        let delivered: Delivered = match self.role() {
            Role::Office => self.rotate_key(passphrase, to)?,
            Role::Hub => self.change_hub_key(passphrase, to)?.delivered,
        };
        self.delivery(delivered)
    }
}

fn label(key: &FormerKey, holder: Holder<'_>) -> Result<String> {
    let keys = PublicKeys::from_bytes(&key.public_keys).map_err(Error::unreadable)?;
    let end = match holder {
        _ if key.header.is_some() => KeyEnd::HandedOver,
        Holder::Hub(_) => KeyEnd::Typed,
        Holder::Office(..) => KeyEnd::EnrolledAgain,
    };
    Ok(words::former_key(&Fingerprint::of(holder, &keys).to_string(), key.day, end))
}
