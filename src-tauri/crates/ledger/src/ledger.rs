//! The database file: opening, refusing, transactions, copies.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, Utc};
use rusqlite::backup::Backup;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use rusqlite_migration::{M, Migrations};

use crate::{Error, Result, patience};

/// "TZLG", as the first migration writes it.
const APPLICATION_ID: u32 = 0x545a_4c47;
/// Every schema so far, oldest first.
const MIGRATIONS: &[M<'_>] = &[
    M::up(include_str!("../migrations/0001_ledger.sql")),
    M::up(include_str!("../migrations/0002_upward.sql")),
    M::up(include_str!("../migrations/0003_handovers.sql")),
];
/// How long a transaction waits for another process.
const BUSY: Duration = Duration::from_secs(10);
/// Files up to this size are checked whenever they are opened; for larger ones there is [`Ledger::look_through`].
const CHECKED_AT_OPEN: u64 = 32 << 20;
/// SQLite's smallest page; what is shorter it takes for an empty database.
const SMALLEST: u64 = 512;
/// The most memory for pages: a batch of a thousand returns stays in it until it is committed.
const CACHE_KIB: i64 = 32 << 10;
/// Pages, of 4 KiB, in the log before they go to the database. More than a batch, since every batch writes to the same
/// pages of the indexes, which then move once for several batches.
const CHECKPOINT_PAGES: u32 = 8192;
/// Pages copied per step of a backup, about 16 MiB.
const BACKUP_PAGES: std::ffi::c_int = 4096;

/// An open ledger.
///
/// It may be sent to another thread but not shared; each thread opens its own. While one is open the file must not
/// be opened by other means, not even to copy it: [`Ledger::backup_to`] copies.
#[derive(Debug)]
pub struct Ledger {
    db: Connection,
}

/// A state of the ledger: as long as it stays the same, so does everything that was read.
///
/// It means something to the connection that took it alone, and is kept nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// Rows that this connection has changed.
    own: u64,
    /// What SQLite says about commits of other connections.
    others: i64,
}

/// One transaction, whose methods are the ledger's whole interface.
pub struct Tx<'a>(pub(crate) Transaction<'a>);

impl Ledger {
    /// Makes a new ledger; it appears under its name complete or not at all.
    ///
    /// # Errors
    /// [`Error::Exists`] when there is something at the path.
    pub fn create(path: &Path) -> Result<Self> {
        fresh(path, |db| Ok(migrations().to_latest(db)?))?;
        Self::open(path)
    }

    /// Opens a ledger and brings its schema up to date.
    ///
    /// # Errors
    /// [`Error::Missing`], [`Error::Foreign`], [`Error::Newer`], [`Error::Damaged`]; the file is then as it was.
    pub fn open(path: &Path) -> Result<Self> {
        examine(path, CHECKED_AT_OPEN)?;
        let mut db = Connection::open_with_flags(
            path,
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )?;
        configure(&db)?;
        migrations().to_latest(&mut db)?;
        Ok(Self { db })
    }

    /// Does `work` in a transaction, which is kept whole if it returns `Ok` and undone otherwise.
    ///
    /// When this returns `Ok`, what was written survives a power cut.
    pub fn write<T, E: From<Error>>(&mut self, work: impl FnOnce(&Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        // Immediate: a transaction that reads first and writes later must not find that another one came between.
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(Error::from)?;
        let tx = Tx(tx);
        let outcome = work(&tx)?;
        tx.0.commit().map_err(Error::from)?;
        Ok(outcome)
    }

    /// Reads one unchanging state of the ledger; writing in `work` is refused.
    pub fn read<T, E: From<Error>>(&self, work: impl FnOnce(&Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        let read_only = ReadOnly::of(&self.db)?;
        let tx =
            Transaction::new_unchecked(read_only.0, TransactionBehavior::Deferred).map_err(Error::from)?;
        work(&Tx(tx))
    }

    /// Reads a ledger that was too large to be read when it was opened, and changes nothing; it may be in use.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn look_through(path: &Path) -> Result<()> {
        let small = std::fs::metadata(path).is_ok_and(|found| found.len() <= CHECKED_AT_OPEN);
        if small { Ok(()) } else { examine(path, u64::MAX).map(drop) }
    }

    /// Reads the whole file for damage.
    ///
    /// # Errors
    /// [`Error::Damaged`] with what was found.
    pub fn check(&self) -> Result<()> {
        look_for_damage(&self.db, "integrity_check")?;
        let dangling: u64 =
            self.db.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0))?;
        if dangling == 0 { Ok(()) } else { Err(Error::Damaged(format!("{dangling} dangling references"))) }
    }

    /// Copies the ledger, while it may be in use, into a new file.
    ///
    /// # Errors
    /// [`Error::Exists`] when there is something at the path.
    pub fn backup_to(&self, path: &Path) -> Result<()> {
        fresh(path, |db| copy(&self.db, db))
    }

    /// Makes a ledger from a backup and marks it as restored at `now`; the backup stays as it is.
    ///
    /// # Errors
    /// As [`Self::open`] for the backup, [`Error::Exists`] for the path.
    pub fn restore(backup: &Path, path: &Path, now: DateTime<Utc>) -> Result<Self> {
        let source = examine(backup, u64::MAX)?;
        fresh(path, |db| {
            copy(&source, db)?;
            migrations().to_latest(db)?;
            let tx = Tx(db.transaction()?);
            tx.set_restored(Some(now))?;
            Ok(tx.0.commit()?)
        })?;
        Self::open(path)
    }

    /// Moves a damaged ledger out of the way, with its log, so that another can be restored in its place.
    ///
    /// Nobody may have it open.
    ///
    /// # Errors
    /// [`Error::Exists`] when there is something at the new path, [`Error::Missing`] when there is nothing to move.
    pub fn put_aside(path: &Path, to: &Path) -> Result<()> {
        if !path.exists() {
            return Err(Error::Missing(path.to_owned()));
        }
        // The log first: stopped in between, the ledger is still where it was and can be put aside again.
        let moves = ["-wal", "-journal", "-shm", ""].map(|suffix| (beside(path, suffix), beside(to, suffix)));
        let moves: Vec<_> = moves.into_iter().filter(|(from, _)| from.exists()).collect();
        if let Some((_, taken)) = moves.iter().find(|(_, to)| to.exists()) {
            return Err(Error::Exists(taken.clone()));
        }
        for (from, to) in moves {
            patience::rename(&from, &to).map_err(Error::io(&from))?;
        }
        sync_folder(folder_of(to))?;
        sync_folder(folder_of(path))
    }
}

impl Tx<'_> {
    /// Says which state of the ledger this transaction sees, its own changes included.
    pub fn stamp(&self) -> Result<Stamp> {
        let others = self.0.pragma_query_value(None, "data_version", |row| row.get(0))?;
        Ok(Stamp { own: self.0.total_changes(), others })
    }
}

/// Keeps a connection from writing for as long as it lives.
struct ReadOnly<'a>(&'a Connection);

impl<'a> ReadOnly<'a> {
    fn of(db: &'a Connection) -> Result<Self> {
        db.pragma_update(None, "query_only", true)?;
        Ok(Self(db))
    }
}

impl Drop for ReadOnly<'_> {
    fn drop(&mut self) {
        // It sets a flag of the connection and touches no file. Should it fail, later writes fail loudly.
        let _ = self.0.pragma_update(None, "query_only", false);
    }
}

fn migrations() -> Migrations<'static> {
    Migrations::from_slice(MIGRATIONS)
}

fn configure(db: &Connection) -> Result<()> {
    db.busy_timeout(BUSY)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    db.pragma_update(None, "journal_mode", "wal")?;
    db.pragma_update(None, "synchronous", "full")?;
    db.pragma_update(None, "foreign_keys", true)?;
    db.pragma_update(None, "trusted_schema", false)?;
    db.pragma_update(None, "cell_size_check", true)?;
    db.pragma_update(None, "recursive_triggers", true)?;
    db.pragma_update(None, "cache_size", -CACHE_KIB)?;
    db.pragma_update(None, "wal_autocheckpoint", CHECKPOINT_PAGES)?;
    db.set_prepared_statement_cache_capacity(128);
    Ok(())
}

/// Looks at a file without changing it and returns a connection that cannot.
fn examine(path: &Path, checked_up_to: u64) -> Result<Connection> {
    let size = match std::fs::metadata(path) {
        Ok(found) => found.len(),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Err(Error::Missing(path.to_owned())),
        Err(e) => return Err(Error::io(path)(e)),
    };
    if size < SMALLEST {
        return Err(Error::Damaged(format!("{size} bytes are no database")));
    }
    // SQLite is asked for the numbers in the file's header: they may be newer in the write-ahead log, and opening the
    // file by ourselves would, on closing it, take away the locks of other connections of this process.
    // Only a read-only connection leaves a full log alone, and only a writable one clears away the empty log it made.
    let mode = match std::fs::metadata(beside(path, "-wal")) {
        Ok(log) if log.len() > 0 => OpenFlags::SQLITE_OPEN_READ_ONLY,
        _ => OpenFlags::SQLITE_OPEN_READ_WRITE,
    };
    let db = Connection::open_with_flags(path, mode | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    db.pragma_update(None, "query_only", true)?;
    db.busy_timeout(BUSY)?;
    db.pragma_update(None, "trusted_schema", false)?;
    db.pragma_update(None, "cell_size_check", true)?;
    let pragma = |name| db.pragma_query_value(None, name, |row| row.get::<_, u32>(0));
    refuse_strangers(pragma("application_id")?, pragma("user_version")?)?;
    if size <= checked_up_to {
        look_for_damage(&db, "quick_check")?;
    }
    Ok(db)
}

fn refuse_strangers(application_id: u32, user_version: u32) -> Result<()> {
    let supported = MIGRATIONS.len() as u32;
    if application_id != APPLICATION_ID {
        return Err(Error::Foreign { found: application_id });
    }
    if user_version > supported {
        return Err(Error::Newer { found: user_version, supported });
    }
    Ok(())
}

fn look_for_damage(db: &Connection, pragma: &str) -> Result<()> {
    let found: String = db.pragma_query_value(None, pragma, |row| row.get(0))?;
    if found == "ok" { Ok(()) } else { Err(Error::Damaged(found)) }
}

/// Makes a database beside `path` and gives it the name when it is complete and synced.
fn fresh(path: &Path, fill: impl FnOnce(&mut Connection) -> Result<()>) -> Result<()> {
    let folder = folder_of(path);
    let file = tempfile::Builder::new().prefix(".ledger-").tempfile_in(folder).map_err(Error::io(folder))?;
    let mut db = Connection::open(file.path())?;
    fill(&mut db)?;
    // Set last: as a property of the file it would come over with a copy anyway.
    db.pragma_update(None, "journal_mode", "wal")?;
    db.close().map_err(|(_, e)| e)?;
    file.as_file().sync_all().map_err(Error::io(path))?;
    // The log of a database that went away would be played into the one that takes its name.
    if let Some(log) =
        ["-wal", "-journal"].map(|suffix| beside(path, suffix)).into_iter().find(|log| log.exists())
    {
        return Err(Error::Exists(log));
    }
    patience::persist_noclobber(file, path).map_err(|e| match e.error.kind() {
        std::io::ErrorKind::AlreadyExists => Error::Exists(path.to_owned()),
        _ => Error::io(path)(e.error),
    })?;
    sync_folder(folder)
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Returns the name of a file that SQLite keeps beside a database.
fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// Makes a new name in a folder durable, where the system has such a thing.
pub(crate) fn sync_folder(folder: &Path) -> Result<()> {
    if cfg!(unix) {
        File::open(folder).and_then(|f| f.sync_all()).map_err(Error::io(folder))?;
    }
    Ok(())
}

fn copy(from: &Connection, to: &mut Connection) -> Result<()> {
    Backup::new(from, to)?.run_to_completion(BACKUP_PAGES, Duration::ZERO, None)?;
    Ok(())
}

#[cfg(test)]
mod tests;
