//! Files kept by their digest, for ever: raw bundles and evidence; and what was rejected, for inspection.
//!
//! A file of the archive is complete or absent, since it gets its name only when written. It is durable once
//! [`Archive::sync_batch`] has returned, which comes before the transaction that mentions it is committed.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tempfile::NamedTempFile;

use crate::ledger::sync_folder;
use crate::{Digest, Error, Result, patience};

/// The most bytes kept of one rejected file.
pub const SET_ASIDE_FILE: u64 = 256 << 20;
/// The most bytes kept of all rejected files together; the oldest go first.
pub const SET_ASIDE_TOTAL: u64 = 1 << 30;
/// Up to this many new files are synced one by one; for more, one sync of the whole file system is cheaper.
#[cfg(target_os = "linux")]
const SYNC_SINGLY: usize = 16;
/// How the name of a file begins that is still being written.
const UNFINISHED: &str = ".unfinished-";

/// A folder of files named by their SHA-256, which many threads may use at once.
#[derive(Debug)]
pub struct Archive {
    folder: PathBuf,
    suffix: &'static str,
    unsynced: Mutex<Vec<PathBuf>>,
    // Held while syncing, so that a caller whose files another thread is just syncing waits for them.
    syncing: Mutex<()>,
}

/// What [`Archive::put`] found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put {
    /// The file is new.
    New,
    /// The same file was there.
    Present,
    /// A file of this name but other content was there, left by a power cut or a bad disk; it was replaced.
    Repaired,
}

impl Archive {
    /// Opens, or makes, the archive of raw bundles in `folder`: `ab/<digest>.tzb`.
    pub fn of_bundles(folder: &Path) -> Result<Self> {
        Self::open(folder, ".tzb")
    }

    /// Opens, or makes, the archive of evidence in `folder`: `ab/<digest>.bin`, whatever it is.
    pub fn of_evidence(folder: &Path) -> Result<Self> {
        Self::open(folder, ".bin")
    }

    fn open(folder: &Path, suffix: &'static str) -> Result<Self> {
        for folder in [folder.to_owned(), folder.join("staging"), folder.join("set-aside")] {
            fs::create_dir_all(&folder).map_err(Error::io(&folder))?;
        }
        Ok(Self { folder: folder.to_owned(), suffix, unsynced: Mutex::default(), syncing: Mutex::default() })
    }

    /// Returns where the file with a digest lies, or would.
    pub fn path(&self, digest: &Digest) -> PathBuf {
        let name = hex(digest);
        self.folder.join(&name[..2]).join(name + self.suffix)
    }

    /// Makes an empty private file on the archive's file system, to be filled and then given to [`Self::put_staged`].
    ///
    /// It vanishes when dropped.
    pub fn stage(&self) -> Result<NamedTempFile> {
        let folder = self.folder.join("staging");
        NamedTempFile::new_in(&folder).map_err(Error::io(&folder))
    }

    /// Keeps bytes under their digest.
    pub fn put(&self, bytes: &[u8], digest: &Digest) -> Result<Put> {
        let path = self.path(digest);
        if same_content(&path, &mut &*bytes)? == Some(true) {
            self.note([path]);
            return Ok(Put::Present);
        }
        // Beside its final place: threads that all create and rename in one folder wait for one another.
        let shelf = shelf(&path)?;
        let mut staged =
            tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(shelf).map_err(Error::io(shelf))?;
        staged.write_all(bytes).map_err(Error::io(staged.path()))?;
        self.shelve(staged, path)
    }

    /// Keeps a staged file under the digest of its content.
    pub fn put_staged(&self, staged: NamedTempFile, digest: &Digest) -> Result<Put> {
        let path = self.path(digest);
        shelf(&path)?;
        self.shelve(staged, path)
    }

    fn shelve(&self, staged: NamedTempFile, path: PathBuf) -> Result<Put> {
        let put = match patience::persist_noclobber(staged, &path) {
            Ok(_) => Put::New,
            Err(refused) if refused.error.kind() == ErrorKind::AlreadyExists => {
                let staged = refused.file;
                let mut content = File::open(staged.path()).map_err(Error::io(staged.path()))?;
                if same_content(&path, &mut content)? == Some(true) {
                    Put::Present
                } else {
                    patience::persist(staged, &path).map_err(|refused| Error::io(&path)(refused.error))?;
                    Put::Repaired
                }
            }
            Err(refused) => return Err(Error::io(&path)(refused.error)),
        };
        // Also what was present: it may be another thread's, not yet synced.
        self.note([path]);
        Ok(put)
    }

    fn note(&self, paths: impl IntoIterator<Item = PathBuf>) {
        self.unsynced.lock().unwrap_or_else(PoisonError::into_inner).extend(paths);
    }

    /// Makes every file kept so far durable.
    ///
    /// # Errors
    /// The files stay noted, so that a later call tries again.
    pub fn sync_batch(&self) -> Result<()> {
        let _alone = self.syncing.lock().unwrap_or_else(PoisonError::into_inner);
        let batch = std::mem::take(&mut *self.unsynced.lock().unwrap_or_else(PoisonError::into_inner));
        let outcome = self.sync(&batch);
        if outcome.is_err() {
            self.note(batch);
        }
        outcome
    }

    fn sync(&self, batch: &[PathBuf]) -> Result<()> {
        #[cfg(target_os = "linux")]
        if batch.len() > SYNC_SINGLY {
            let folder = File::open(&self.folder).map_err(Error::io(&self.folder))?;
            return rustix::fs::syncfs(&folder).map_err(|e| Error::io(&self.folder)(e.into()));
        }
        let mut folders: Vec<&Path> = batch.iter().filter_map(|path| path.parent()).collect();
        folders.sort_unstable();
        folders.dedup();
        for path in batch {
            patience::sync(path).map_err(Error::io(path))?;
        }
        for folder in folders.iter().copied() {
            sync_folder(folder)?;
        }
        if folders.is_empty() { Ok(()) } else { sync_folder(&self.folder) }
    }

    /// Opens the file with a digest; none when it is not there.
    pub fn find(&self, digest: &Digest) -> Result<Option<File>> {
        let path = self.path(digest);
        match File::open(&path) {
            Ok(file) => Ok(Some(file)),
            Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
            Err(e) => Err(Error::io(&path)(e)),
        }
    }

    /// Lists what is kept for inspection.
    pub fn set_aside_files(&self) -> Result<Vec<PathBuf>> {
        let mut files = entries(&self.folder.join("set-aside"))?;
        files.sort_unstable();
        Ok(files)
    }

    /// Lets go of a file that was kept for inspection and has been taken since.
    pub fn release(&self, path: &Path) -> Result<()> {
        patience::remove_file(path).map_err(Error::io(path))
    }

    /// Lists every file by name, for a restored hub that takes all of them in again.
    pub fn files(&self) -> Result<Vec<PathBuf>> {
        let mut files = Vec::new();
        let kept = |path: &PathBuf| path.to_str().is_some_and(|name| name.ends_with(self.suffix));
        for shelf in self.shelves()? {
            files.extend(entries(&shelf)?.into_iter().filter(kept));
        }
        files.sort_unstable();
        Ok(files)
    }

    fn shelves(&self) -> Result<impl Iterator<Item = PathBuf> + use<>> {
        let is_shelf = |path: &PathBuf| path.file_name().is_some_and(|name| name.len() == 2);
        Ok(entries(&self.folder)?.into_iter().filter(is_shelf))
    }

    /// Removes staged files that a killed process left behind; nobody else may be using the archive.
    pub fn sweep(&self) -> Result<()> {
        let unfinished = |path: &PathBuf| {
            path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(UNFINISHED.as_bytes()))
        };
        let mut left = entries(&self.folder.join("staging"))?;
        for shelf in self.shelves()? {
            left.extend(entries(&shelf)?.into_iter().filter(unfinished));
        }
        left.iter().try_for_each(|left| patience::remove_file(left).map_err(Error::io(left)))
    }

    /// Keeps a rejected file for inspection under a name made of its digest, and returns where.
    ///
    /// Only the first [`SET_ASIDE_FILE`] bytes are kept; of all rejected files the newest [`SET_ASIDE_TOTAL`] bytes.
    pub fn set_aside(&self, content: &mut dyn Read, digest: &Digest) -> Result<PathBuf> {
        let mut staged = self.stage()?;
        io::copy(&mut content.take(SET_ASIDE_FILE), &mut staged).map_err(Error::io(staged.path()))?;
        let folder = self.folder.join("set-aside");
        let path = folder.join(hex(digest) + ".rejected");
        patience::persist(staged, &path).map_err(|refused| Error::io(&path)(refused.error))?;
        drop_oldest(&folder, &path, SET_ASIDE_TOTAL)?;
        Ok(path)
    }
}

/// Returns the folder of a file's place, which is made if it is not there.
fn shelf(path: &Path) -> Result<&Path> {
    let shelf = path.parent().unwrap_or(path);
    if !shelf.exists() {
        fs::create_dir_all(shelf).map_err(Error::io(shelf))?;
    }
    Ok(shelf)
}

/// Removes the oldest files of a folder, but never `newest`, until the rest is no larger than `limit`.
fn drop_oldest(folder: &Path, newest: &Path, limit: u64) -> Result<()> {
    let mut files = Vec::new();
    for path in entries(folder)? {
        // Another thread may be removing it at this moment.
        if let Ok(found) = fs::metadata(&path) {
            files.push((found.modified().map_err(Error::io(&path))?, found.len(), path));
        }
    }
    files.sort_unstable();
    let mut total: u64 = files.iter().map(|(_, len, _)| len).sum();
    for (_, len, path) in files {
        if total > limit && path != newest {
            match patience::remove_file(&path) {
                Err(e) if e.kind() != ErrorKind::NotFound => return Err(Error::io(&path)(e)),
                _ => total -= len,
            }
        }
    }
    Ok(())
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let list = fs::read_dir(folder).map_err(Error::io(folder))?;
    list.map(|entry| entry.map(|e| e.path())).collect::<io::Result<_>>().map_err(Error::io(folder))
}

/// Compares a file with other bytes; none when there is no such file.
fn same_content(path: &Path, other: &mut dyn Read) -> Result<Option<bool>> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(Error::io(path)(e)),
    };
    let (mut ours, mut theirs) = (vec![0; 1 << 16], vec![0; 1 << 16]);
    loop {
        let read = (fill(&mut file, &mut ours), fill(other, &mut theirs));
        let (n, m) = (read.0.map_err(Error::io(path))?, read.1.map_err(Error::io(path))?);
        if ours[..n] != theirs[..m] {
            return Ok(Some(false));
        }
        if n == 0 {
            return Ok(Some(true));
        }
    }
}

/// Reads until the buffer is full or the source ends.
fn fill(source: &mut dyn Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match source.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(n) => filled += n,
            Err(e) if e.kind() == ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    Ok(filled)
}

fn hex(digest: &Digest) -> String {
    use std::fmt::Write as _;
    digest.iter().fold(String::with_capacity(80), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_rejected_files_go_first() {
        let folder = tempfile::tempdir().unwrap();
        let path = |n: u64| folder.path().join(n.to_string());
        let age = |n| std::time::UNIX_EPOCH + std::time::Duration::from_secs(n);
        for n in [3, 1, 4, 2] {
            let mut file = File::create(path(n)).unwrap();
            file.write_all(&[0; 100]).unwrap();
            file.set_modified(age(n)).unwrap();
        }
        drop_oldest(folder.path(), &path(4), 400).unwrap();
        assert_eq!(entries(folder.path()).unwrap().len(), 4);
        drop_oldest(folder.path(), &path(4), 250).unwrap();
        assert!(!path(1).exists() && !path(2).exists() && path(3).exists() && path(4).exists());
        drop_oldest(folder.path(), &path(4), 50).unwrap();
        assert_eq!(entries(folder.path()).unwrap(), [path(4)]);
    }
}
