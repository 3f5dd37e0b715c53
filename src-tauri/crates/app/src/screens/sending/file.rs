//! 签发入账: a hub signs what it entered itself, and it counts without going anywhere.

use ledger::Tx;
use ledger::bundles::BundleRow;
use model::plan::{Office, Plan};
use model::returns::SignOff;
use serde::Serialize;
use ts_rs::TS;

use super::short;
use crate::enter::{ReturnOf, Sheet};
use crate::screens::Message;
use crate::words::{self, Filed, Sentence};
use crate::{Home, Result};

/// A return that was signed at the hub.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FiledReturn {
    /// The bundle, by the digest that names it.
    pub digest: String,
    /// Its number.
    pub seq: u32,
    /// What came of it: that it counts, and what takes its place.
    pub message: Message,
}

impl Home {
    /// Signs 本级's own return or a 代录, and counts it.
    pub fn file_return(
        &mut self,
        of: impl Into<ReturnOf>,
        sign_off: &SignOff,
        passphrase: &str,
    ) -> Result<FiledReturn> {
        let sheet = self.sheet_of_return(of.into())?;
        let plan = self.plan()?;
        self.admit_sheet(&plan, &sheet)?;
        let row = self.file(&sheet, sign_off, passphrase)?;
        let locked = self.ledger.read(|tx| tx.lock_of(sheet.period))?.is_some();
        let office = plan.office(&sheet.office).filter(|_| self.stands_in(&sheet)).map(Office::name);
        let label = plan.calendar.label(sheet.period);
        Ok(FiledReturn {
            digest: crate::hex(&row.digest),
            seq: short(row.seq),
            message: words::has_been_filed(office, &label, locked).into(),
        })
    }

    /// Says of a 代录 that there is nothing to enter, since the office's own return counts; none where there is.
    pub(crate) fn overtaken(&self, plan: &Plan, sheet: &Sheet) -> Result<Option<Sentence>> {
        if !self.stands_in(sheet) {
            return Ok(None);
        }
        let counted = self.ledger.read(|tx| tx.counted_return(&sheet.office, sheet.period))?;
        let name = plan.office(&sheet.office).map(Office::name).unwrap_or_default();
        let own = counted.is_some_and(|row| !row.stand_in);
        Ok(own.then(|| words::own_return_counts(name, &plan.calendar.label(sheet.period))))
    }

    /// Returns the names that the 代录 filed before took from the paper; empty before the first.
    pub(super) fn names_on_paper(&self, sheet: &Sheet) -> Result<SignOff> {
        let filed = self.ledger.read(|tx| tx.returns_for(&sheet.office, sheet.period))?;
        Ok(filed.into_iter().rfind(|row| row.stand_in).map(|row| row.sign_off).unwrap_or_default())
    }
}

/// Returns how a return that was signed here stands, and whether another has taken its place.
pub(super) fn standing(tx: &Tx<'_>, bundle: &BundleRow) -> Result<(String, bool)> {
    let Some(row) = tx.return_of_bundle(&bundle.digest)? else { return Ok(Default::default()) };
    let counted = tx.counted_return(&row.office, row.period)?;
    let own = row.stand_in && counted.is_some_and(|counted| !counted.stand_in);
    Ok((words::filed(Filed::of(&row, own)).to_owned(), !row.counted))
}
