//! What can go wrong in the store.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// The error of every operation of this crate.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no ledger at this path.
    #[error("there is no ledger at {0}")]
    Missing(PathBuf),
    /// Something exists already where a new file was to be made; nothing was overwritten.
    #[error("{0} exists already")]
    Exists(PathBuf),
    /// The file is an SQLite database of another program; it was not touched.
    #[error("the database belongs to another application ({found:#010x})")]
    Foreign {
        /// The application id it carries.
        found: u32,
    },
    /// The ledger was written by a newer version of the application; it was not touched.
    #[error("the ledger has version {found}, newer than {supported}")]
    Newer {
        /// The version of the file.
        found: u32,
        /// The latest version that this build knows.
        supported: u32,
    },
    /// The file is damaged; it was not repaired.
    #[error("the ledger is damaged: {0}")]
    Damaged(String),
    /// The disk is full; the transaction was undone.
    #[error("the disk is full")]
    Full,
    /// The disk or the folder does not let itself be written.
    #[error("the ledger cannot be written")]
    ReadOnly,
    /// The disk failed to read or write, or the file could not be opened; the transaction was undone.
    #[error("the disk fails: {0}")]
    Disk(String),
    /// Another process kept the ledger busy for longer than the time limit.
    #[error("the ledger is in use by another process")]
    Busy,
    /// The rows would contradict one another: a second counted return, a key registered twice, an unknown bundle.
    #[error("the ledger refuses: {0}")]
    Constraint(String),
    /// The row that an operation names does not exist.
    #[error("there is no {0}")]
    NotFound(&'static str),
    /// The operation was prepared against a state that is no longer the present one.
    #[error("{what} stands at {present}, not at {expected}")]
    Stale {
        /// What has moved.
        what: &'static str,
        /// Where it stands.
        present: u64,
        /// Where the caller took it to stand.
        expected: u64,
    },
    /// Reading or writing a file failed.
    #[error("{path}: {source}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The system's error.
        source: std::io::Error,
    },
    /// SQLite failed in another way, or a row holds what this version cannot read.
    #[error(transparent)]
    Sqlite(rusqlite::Error),
    /// The schema could not be brought up to date.
    #[error(transparent)]
    Migration(rusqlite_migration::Error),
}

/// The result of an operation of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// Names the path at which the system failed.
    pub(crate) fn io(path: &Path) -> impl FnOnce(std::io::Error) -> Self + '_ {
        move |source| match source.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::Full,
            _ => Self::Io { path: path.to_owned(), source },
        }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        let rusqlite::Error::SqliteFailure(failure, message) = &error else { return Self::Sqlite(error) };
        let message = message.clone().unwrap_or_else(|| failure.to_string());
        match failure.code {
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Self::Damaged(message),
            ErrorCode::DiskFull => Self::Full,
            ErrorCode::SystemIoFailure | ErrorCode::CannotOpen => Self::Disk(message),
            ErrorCode::ReadOnly => Self::ReadOnly,
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Busy,
            ErrorCode::ConstraintViolation => Self::Constraint(message),
            _ => Self::Sqlite(error),
        }
    }
}

impl From<rusqlite_migration::Error> for Error {
    fn from(error: rusqlite_migration::Error) -> Self {
        match error {
            rusqlite_migration::Error::RusqliteError { err, .. } => err.into(),
            other => Self::Migration(other),
        }
    }
}
