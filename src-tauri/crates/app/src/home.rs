//! A home: the folder with an office's or hub's ledger, key and archive.

use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};

use bundle::key_file::{self, KeyFileError, WorkFactor};
use bundle::keys::{PublicKeys, SecretKeys};
use bundle::limits::Limits;
use bundle::v1;
use chrono::{DateTime, NaiveDate, Utc};
use ledger::audit::Deed;
use ledger::identity::{Identity, Role};
use ledger::{Archive, Ledger, patience};
use model::id::OfficeId;
use model::period::Period;
use model::plan::{Office, Plan};

use crate::consolidate::Apart;
use crate::desk::Desk;
use crate::facts::Gathered;
use crate::screens::hub::consolidation::Kept;
use crate::world::World;
use crate::{Error, Result};

pub(crate) const LEDGER: &str = "ledger.db";
pub(crate) const KEY: &str = "key.age";
pub(crate) const ARCHIVE: &str = "archive";
pub(crate) const EVIDENCE: &str = "evidence";

/// The least characters of a passphrase.
pub const PASSPHRASE_CHARS: usize = 8;

/// An open home. Its folder is the application's own; people exchange files elsewhere.
pub struct Home {
    pub(crate) dir: PathBuf,
    pub(crate) ledger: Ledger,
    pub(crate) archive: Archive,
    pub(crate) evidence: Archive,
    pub(crate) identity: Identity,
    pub(crate) world: World,
    pub(crate) limits: Limits,
    /// The sheet that was looked at last.
    pub(crate) desk: RefCell<Option<Box<Desk>>>,
    /// The period that was consolidated last.
    pub(crate) apart: RefCell<Apart>,
    /// What was gathered of periods since something was written.
    pub(crate) gathered: RefCell<Gathered>,
    /// The matrix that was looked at last.
    pub(crate) table: RefCell<Kept>,
}

impl Home {
    /// Opens the home in a folder.
    pub fn open(dir: &Path, world: World) -> Result<Self> {
        let path = dir.join(LEDGER);
        if !path.is_file() {
            return Err(Error::NoHome(dir.to_owned()));
        }
        let ledger = Ledger::open(&path)?;
        let identity = ledger.read(|tx| tx.identity())?.ok_or_else(|| Error::NoHome(dir.to_owned()))?;
        let mut home = Self::assemble(dir, ledger, identity, world)?;
        home.settle_key_file()?;
        if home.role() == Role::Hub && home.is_restored() {
            home.reopen_streams()?;
        }
        Ok(home)
    }

    fn assemble(dir: &Path, ledger: Ledger, identity: Identity, world: World) -> Result<Self> {
        let archive = Archive::of_bundles(&dir.join(ARCHIVE))?;
        let evidence = Archive::of_evidence(&dir.join(EVIDENCE))?;
        Ok(Self {
            dir: dir.to_owned(),
            ledger,
            archive,
            evidence,
            identity,
            world,
            limits: Limits::default(),
            desk: RefCell::default(),
            apart: RefCell::default(),
            gathered: RefCell::default(),
            table: RefCell::default(),
        })
    }

    /// Makes a home: writes the key file first, so that an identity never lacks its key.
    pub(crate) fn create(
        dir: &Path,
        world: World,
        identity: Identity,
        keys: &SecretKeys,
        passphrase: &str,
    ) -> Result<Self> {
        check_passphrase(passphrase)?;
        empty_folder(dir)?;
        write_key_as(&dir.join(KEY), keys, passphrase, &world)?;
        let mut ledger = Ledger::create(&dir.join(LEDGER))?;
        ledger.write(|tx| tx.set_identity(&identity))?;
        Self::assemble(dir, ledger, identity, world)
    }

    /// Returns whether this is an office's or a hub's home.
    pub fn role(&self) -> Role {
        self.identity.role
    }

    /// Returns the folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Says whether the ledger was restored from a backup and has not caught up since.
    pub fn is_restored(&self) -> bool {
        self.identity.restored_at.is_some()
    }

    pub(crate) fn hub_only(&self) -> Result<()> {
        if self.identity.role == Role::Hub { Ok(()) } else { Err(Error::HubOnly) }
    }

    pub(crate) fn office_only(&self) -> Result<()> {
        if self.identity.role == Role::Office { Ok(()) } else { Err(Error::OfficeOnly) }
    }

    /// Returns the unit whose figures are entered here: the office, or 本级.
    pub(crate) fn own_office(&self) -> OfficeId {
        self.identity.office.clone().unwrap_or_else(OfficeId::own)
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.world.clock.now()
    }

    pub(crate) fn today(&self) -> NaiveDate {
        self.world.clock.today()
    }

    /// Opens the signing keys.
    pub(crate) fn unlock(&self, passphrase: &str) -> Result<SecretKeys> {
        let path = self.dir.join(KEY);
        let file = fs::File::open(&path).map_err(Error::io(&path))?;
        key_file::unlock(file, passphrase, WorkFactor::STANDARD).map_err(|error| match error {
            KeyFileError::Write(source) => Error::Io { path, source },
            _ => Error::WrongPassphrase,
        })
    }

    /// Seals the keys under another passphrase.
    pub(crate) fn reseal(&self, keys: &SecretKeys, passphrase: &str) -> Result<()> {
        check_passphrase(passphrase)?;
        write_key_as(&self.key_path(), keys, passphrase, &self.world)
    }

    pub(crate) fn public_keys(&self) -> Result<PublicKeys> {
        PublicKeys::from_bytes(&self.identity.own_keys).map_err(Error::unreadable)
    }

    /// Returns the plan in force: the latest issued, or a hub's draft while none is.
    pub fn plan(&self) -> Result<Plan> {
        match self.issued_plan()? {
            Some(plan) => Ok(plan),
            None => self.draft_plan()?.ok_or(Error::NoPlan),
        }
    }

    /// Returns the plan being edited by a hub: its draft, or the one in force.
    pub(crate) fn working_plan(&self) -> Result<Plan> {
        match self.draft_plan()? {
            Some(draft) => Ok(draft),
            None => self.plan(),
        }
    }

    /// Returns the latest plan that was issued.
    pub(crate) fn issued_plan(&self) -> Result<Option<Plan>> {
        let issued = self.ledger.read(|tx| tx.latest_issued())?;
        issued.map(|issued| self.read_plan(&issued.document, issued.version)).transpose()
    }

    /// Returns the draft of the next version, under its number, so that what it adds is in force in it.
    pub(crate) fn draft_plan(&self) -> Result<Option<Plan>> {
        let (draft, issued) = self.ledger.read(|tx| {
            let versions = tx.issued_versions()?;
            Ok::<_, ledger::Error>((tx.plan_draft()?, versions.into_iter().map(|(version, _)| version).max()))
        })?;
        draft.map(|draft| self.read_plan(&draft.document, issued.unwrap_or(0) + 1)).transpose()
    }

    /// Reads a plan document of the ledger.
    pub(crate) fn read_plan(&self, document: &[u8], version: u32) -> Result<Plan> {
        let id = self.identity.plan.clone().ok_or(Error::NoPlan)?;
        let name = (self.identity.hub.clone(), id, version);
        v1::read_plan_document(document, name, &self.limits).map_err(Error::unreadable)
    }

    /// Finds an office of the plan in force by name; says which ones look like it otherwise.
    pub fn office_named(&self, plan: &Plan, name: &str) -> Result<Office> {
        plan.office_named(name).cloned().ok_or_else(|| unknown_office(plan, name))
    }

    /// Admits a period of the plan.
    pub(crate) fn admit(&self, plan: &Plan, period: Period) -> Result<()> {
        Ok(plan.calendar.admit(period)?)
    }

    /// Makes a line of the audit trail.
    pub(crate) fn deed(&self, verb: &str, subject: impl Into<String>, detail: impl Into<String>) -> Deed {
        let who = match self.identity.role {
            Role::Hub => "hub".to_owned(),
            Role::Office => self.own_office().to_string(),
        };
        Deed { at: self.now(), who, verb: verb.to_owned(), subject: subject.into(), detail: detail.into() }
    }

    pub(crate) fn key_path(&self) -> PathBuf {
        self.dir.join(KEY)
    }

    /// Reads a setting.
    pub fn setting(&self, key: &str) -> Result<Option<String>> {
        Ok(self.ledger.read(|tx| tx.setting(key))?)
    }

    /// Changes a setting; none forgets it.
    pub fn set_setting(&mut self, key: &str, value: Option<&str>) -> Result<()> {
        Ok(self.ledger.write(|tx| tx.set_setting(key, value))?)
    }
}

/// Makes a folder, or takes one that has nothing in it.
pub(crate) fn empty_folder(dir: &Path) -> Result<()> {
    fs::create_dir_all(dir).map_err(Error::io(dir))?;
    if fs::read_dir(dir).map_err(Error::io(dir))?.next().is_some() {
        return Err(Error::HomeTaken(dir.to_owned()));
    }
    Ok(())
}

/// Moves a finished home to its place, which is empty or not there yet. It is there whole or not at all.
pub(crate) fn move_into_place(made: &Path, home: &Path) -> Result<()> {
    empty_folder(home)?;
    // Not every system renames onto a folder, even an empty one.
    patience::remove_dir(home).map_err(Error::io(home))?;
    patience::rename(made, home).map_err(Error::io(home))
}

/// Says that no office has this name, and which ones look like it.
pub(crate) fn unknown_office(plan: &Plan, name: &str) -> Error {
    let wanted = name.trim();
    let similar = |office: &&Office| {
        model::names::are_lookalikes(office.name(), name)
            || (!wanted.is_empty() && office.name().contains(wanted))
    };
    Error::UnknownOffice {
        name: model::names::reveal(name),
        similar: plan.offices.iter().filter(similar).map(|office| office.name().to_owned()).collect(),
    }
}

/// Writes a plan as a document of the ledger.
pub(crate) fn write_plan(plan: &Plan) -> Result<Vec<u8>> {
    Ok(v1::write_plan_document(plan, &Limits::default())?)
}

/// Says whether a passphrase is long enough to be one.
pub(crate) fn check_passphrase(passphrase: &str) -> Result<()> {
    let found = passphrase.chars().count();
    if found < PASSPHRASE_CHARS {
        Err(Error::WeakPassphrase { found, wanted: PASSPHRASE_CHARS })
    } else {
        Ok(())
    }
}

/// Seals a key into a file, which is there whole or not at all.
pub(crate) fn write_key_as(path: &Path, keys: &SecretKeys, passphrase: &str, world: &World) -> Result<()> {
    let dir = path.parent().unwrap_or(path);
    let mut file = tempfile::NamedTempFile::new_in(dir).map_err(Error::io(dir))?;
    key_file::lock(keys, passphrase, world.work, &mut file).map_err(Error::unreadable)?;
    file.as_file().sync_all().map_err(Error::io(path))?;
    patience::persist(file, path).map_err(|e| Error::Io { path: path.to_owned(), source: e.error })?;
    Ok(())
}
