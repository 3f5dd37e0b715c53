//! 设置: the unit, its key, the exchange folder, backups; and the enrolment slip.

use std::path::Path;

use bundle::fingerprint::{Fingerprint, Holder};
use bundle::keys::PublicKeys;
use chrono::{DateTime, Datelike, NaiveDate};
use ledger::keys::Whose;
use serde::Serialize;
use ts_rs::TS;

use super::keys::KeyLife;
use super::sending::Delivery;
use crate::back_up::LAST_BACKUP;
use crate::init_office::{CONTACT, TELEPHONE};
use crate::receive::Progress;
use crate::set_up_office::checked_contact;
use crate::words::moment;
use crate::{Error, Home, Result, Role, passphrase};

/// What the settings show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Settings {
    /// The unit.
    pub office: String,
    /// The hub.
    pub hub: String,
    /// Title of the report.
    pub plan: String,
    /// Version of the plan.
    pub plan_version: u32,
    /// Whom to ask for.
    pub contact: String,
    /// The telephone number.
    pub telephone: String,
    /// The unit's own fingerprint: 8 groups of 5 digits.
    pub fingerprint: String,
    /// The hub's fingerprint.
    pub hub_fingerprint: String,
    /// Whether the enrolment was signed; the first time wants the passphrase.
    pub enrolled: bool,
    /// What either role has.
    #[serde(flatten)]
    pub keeping: Keeping,
}

/// How a ledger is kept, whichever role it has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Keeping {
    /// Keys of before, and what is still open about the present one.
    pub keys: KeyLife,
    /// Where the ledger lies.
    pub folder: String,
    /// When a backup was last made; empty where never.
    pub last_backup: String,
    /// Where it is opened.
    #[serde(flatten)]
    pub around: Surroundings,
}

/// What the settings show and the ledger does not know.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct Surroundings {
    /// The exchange folder; empty where none is set.
    pub exchange: String,
    /// Whether the exchange folder was named at the start, or is the demonstration's, and so cannot be changed here.
    pub exchange_fixed: bool,
    /// The application's version.
    pub version: String,
    /// Whether this is the demonstration.
    pub demo: bool,
}

/// A backup that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BackedUp {
    /// The name of its folder.
    pub name: String,
    /// Where it lies.
    pub folder: String,
}

/// The page that goes to the hub beside the enrolment file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct EnrolmentSlip {
    /// The unit.
    pub office: String,
    /// The hub it goes to.
    pub hub: String,
    /// Whom to ask for.
    pub contact: String,
    /// The telephone number.
    pub telephone: String,
    /// The fingerprint: 8 groups of 5 digits.
    pub fingerprint: String,
    /// The enrolment's file name.
    pub file: String,
    /// The day.
    pub day: String,
    /// Whether it belongs to the demonstration.
    pub demo: bool,
    /// Whether another key was introduced before: the hub has to put this one in its place.
    pub again: bool,
}

impl Home {
    /// Shows the settings of an office.
    pub fn settings(&self, around: Surroundings) -> Result<Settings> {
        self.office_only()?;
        let plan = self.plan()?;
        let text = |key| self.setting(key).map(Option::unwrap_or_default);
        Ok(Settings {
            office: self.own_name()?,
            hub: plan.hub_name,
            plan: plan.title,
            plan_version: plan.version,
            contact: text(CONTACT)?,
            telephone: text(TELEPHONE)?,
            fingerprint: self.show_key()?.fingerprint,
            hub_fingerprint: self.hub_fingerprint()?,
            enrolled: self.enrolment()?.is_some(),
            keeping: self.keeping(around)?,
        })
    }

    pub(super) fn keeping(&self, around: Surroundings) -> Result<Keeping> {
        Ok(Keeping {
            keys: self.key_life()?,
            folder: self.dir.display().to_string(),
            last_backup: self.last_backup()?,
            around,
        })
    }

    /// Changes whom to ask for and where to call.
    pub fn set_contact(&mut self, contact: &str, telephone: &str) -> Result<()> {
        self.office_only()?;
        let (contact, telephone) = (checked_contact(contact)?, checked_contact(telephone)?);
        self.set_setting(CONTACT, Some(&contact))?;
        self.set_setting(TELEPHONE, Some(&telephone))
    }

    /// Changes the passphrase to one that is not among the first that would be tried.
    pub fn change_to_fit_passphrase(&mut self, old: &str, new: &str) -> Result<()> {
        let words = self.own_words()?;
        passphrase::fit(new, &words.iter().map(String::as_str).collect::<Vec<_>>())?;
        self.change_passphrase(old, new)
    }

    /// Returns the words that somebody who knows the office would try first.
    pub fn own_words(&self) -> Result<Vec<String>> {
        let text = |key| self.setting(key).map(Option::unwrap_or_default);
        Ok(vec![self.own_name()?, text(CONTACT)?, text(TELEPHONE)?, self.identity.hub_name.clone()])
    }

    /// Writes the enrolment into a folder, the same bytes every time.
    pub fn deliver_enrolment(&mut self, passphrase: &str, to: &Path) -> Result<Delivery> {
        let delivered = self.enrol(passphrase, to)?;
        self.delivery(delivered)
    }

    /// Makes the page that goes to the hub beside the enrolment.
    pub fn enrolment_slip(&self, demo: bool) -> Result<EnrolmentSlip> {
        self.still_introduced()?;
        let row = self.enrolment()?.ok_or(Error::EnrolFirst)?;
        let text = |key| self.setting(key).map(Option::unwrap_or_default);
        Ok(EnrolmentSlip {
            office: self.own_name()?,
            // Its name as the plan has it now; the ledger's own is of the first day.
            hub: self.plan()?.hub_name,
            contact: text(CONTACT)?,
            telephone: text(TELEPHONE)?,
            fingerprint: self.show_key()?.fingerprint,
            file: format!("{}.tzb", row.file_name),
            day: whole_day(self.today()),
            demo,
            again: !self.ledger.read(|tx| tx.former_keys(Whose::Own))?.is_empty(),
        })
    }

    /// Backs up into a new folder of a place.
    pub fn back_up_to_place(&mut self, to: &Path, progress: &mut Progress<'_>) -> Result<BackedUp> {
        let folder = self.back_up_watched(to, progress)?;
        Ok(BackedUp { name: crate::fetch::label(&folder), folder: folder.display().to_string() })
    }

    pub(crate) fn own_name(&self) -> Result<String> {
        if self.role() == Role::Hub {
            return Ok(self.identity.hub_name.clone());
        }
        let plan = self.plan()?;
        Ok(plan.office(&self.own_office()).map(|office| office.name().to_owned()).unwrap_or_default())
    }

    fn hub_fingerprint(&self) -> Result<String> {
        let Some(keys) = &self.identity.hub_keys else { return Ok(String::new()) };
        let keys = PublicKeys::from_bytes(keys).map_err(Error::unreadable)?;
        Ok(Fingerprint::of(Holder::Hub(&self.identity.hub), &keys).to_string())
    }

    pub(super) fn last_backup(&self) -> Result<String> {
        let at = self.setting(LAST_BACKUP)?.and_then(|at| DateTime::parse_from_rfc3339(&at).ok());
        Ok(at.map(|at| moment(at.into(), self.today())).unwrap_or_default())
    }
}

pub(super) fn whole_day(day: NaiveDate) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}
