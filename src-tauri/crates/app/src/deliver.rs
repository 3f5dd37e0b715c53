//! Delivery to a drive: nothing may be pulled out before what was written reads back as it was meant (§3).

use std::fs::{self, File};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use bundle::digest::Sha256Digest;
use bundle::header::{Header, Subject};
use bundle::stage::Staged;
use ledger::patience;
use model::plan::Plan;

use crate::receive::Progress;
use crate::{Error, Home, Result, read_back};

/// A file that lies complete and verified on the drive: 可以拔出.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivered {
    /// Where it lies.
    pub path: PathBuf,
    /// SHA-256 of the file.
    pub digest: Sha256Digest,
    /// The number of the bundle in its stream.
    pub seq: u64,
    /// The same bytes were delivered before; nothing new was signed.
    pub again: bool,
}

/// The most characters of one part of a file name.
const PART_CHARS: usize = 40;
/// How many names are tried beside one that is taken by other bytes.
const MOST_NAMES: u32 = 1000;

/// How much is copied at once.
const CHUNK: usize = 256 * 1024;
/// After how many bytes the drive has to have them, so that what is said to be written is, and stopping does not wait for the rest.
const SYNC_EVERY: u64 = 4 << 20;

impl Home {
    /// Copies an archived bundle to a folder under a name for people and reads it back. What lies there stays.
    ///
    /// Progress counts bytes: the first half is written, the second read back. Whoever stops it finds no file on the drive.
    pub(crate) fn deliver(
        &self,
        digest: Sha256Digest,
        name: &str,
        to: &Path,
        progress: &mut Progress<'_>,
    ) -> Result<PathBuf> {
        let missing = || Error::Archive(digest.to_string());
        let mut source = self.archive.find(&digest.0)?.ok_or_else(missing)?;
        let size = source.metadata().map_err(Error::io(&self.archive.path(&digest.0)))?.len();
        let mut meter = Meter { done: 0, size, progress };
        meter.pass(0)?;
        // Only the last folder is made: a stick that is not there must not turn into a folder of this machine.
        if !to.exists() {
            fs::create_dir(to).map_err(Error::io(to))?;
        }
        for attempt in 1..MOST_NAMES {
            let suffix = if attempt == 1 { String::new() } else { format!("-{attempt}") };
            let path = to.join(format!("{name}{suffix}.tzb"));
            if let Ok(there) = path.symlink_metadata() {
                // The same file from an earlier try needs no second copy.
                meter.done = size;
                if there.is_file() && there.len() == size && self.reads_back(&path, digest, &mut meter)? {
                    return Ok(path);
                }
                continue;
            }
            meter.done = 0;
            write_through(&mut source, &path, &mut meter)?;
            return match self.reads_back(&path, digest, &mut meter) {
                Ok(true) => Ok(path),
                Ok(false) => {
                    // A drive that lies must not leave a file that looks right.
                    patience::remove_file(&path).map_err(Error::io(&path))?;
                    Err(Error::ReadBack(path))
                }
                Err(error) => {
                    // Best effort: the drive may be gone, and the error to tell is the first one.
                    let _ = patience::remove_file(&path);
                    Err(error)
                }
            };
        }
        Err(Error::HomeTaken(to.to_owned()))
    }

    /// Reads a file from the drive itself and verifies it as a receiver would.
    fn reads_back(&self, path: &Path, digest: Sha256Digest, meter: &mut Meter<'_, '_>) -> Result<bool> {
        let file = read_back::open(path).map_err(Error::io(path))?;
        let mut watched = Watched { file, meter, stopped: false };
        let staged = Staged::copy_of(&mut watched, &self.limits, &self.dir);
        if watched.stopped {
            return Err(Error::Stopped);
        }
        let verified =
            staged.and_then(|staged| staged.verify(&self.limits).map_err(|refused| refused.rejection));
        Ok(verified.is_ok_and(|verified| verified.file_digest() == digest))
    }
}

/// Counts the bytes of a delivery.
struct Meter<'m, 'p> {
    done: u64,
    size: u64,
    progress: &'m mut Progress<'p>,
}

impl Meter<'_, '_> {
    fn pass(&mut self, bytes: u64) -> Result<()> {
        self.done += bytes;
        // A file of the same name may be read before ours is written, and may grow meanwhile.
        let total = self.size * 2;
        if (self.progress)(self.done.min(total), total) { Ok(()) } else { Err(Error::Stopped) }
    }
}

/// A file that is read under the eyes of whoever may stop it.
struct Watched<'w, 'm, 'p, R> {
    file: R,
    meter: &'w mut Meter<'m, 'p>,
    stopped: bool,
}

impl<R: Read> Read for Watched<'_, '_, '_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let room = buffer.len().min(CHUNK);
        let read = self.file.read(&mut buffer[..room])?;
        if self.meter.pass(read as u64).is_err() {
            self.stopped = true;
            return Err(io::Error::other("stopped"));
        }
        Ok(read)
    }
}

/// Copies into `….part`, syncs, renames and syncs the folder, so that the final name never has bad bytes.
fn write_through(source: &mut File, path: &Path, meter: &mut Meter<'_, '_>) -> Result<()> {
    let part = path.with_extension("tzb.part");
    // What an earlier try left, or somebody planted, goes first; `create_new` follows no link.
    let _ = patience::remove_file(&part);
    let written = fill(source, &part, path, meter).and_then(|()| {
        patience::rename(&part, path).and_then(|()| sync_folder(path)).map_err(Error::io(path))
    });
    if written.is_err() {
        // Best effort: the drive may be gone, and the error to tell is the first one.
        let _ = patience::remove_file(&part);
    }
    written
}

fn fill(source: &mut File, part: &Path, path: &Path, meter: &mut Meter<'_, '_>) -> Result<()> {
    source.rewind().map_err(Error::io(path))?;
    let mut file = File::create_new(part).map_err(Error::io(path))?;
    let mut chunk = vec![0; CHUNK];
    let mut unsynced = 0;
    loop {
        let read = source.read(&mut chunk).map_err(Error::io(path))?;
        if read == 0 {
            break;
        }
        file.write_all(&chunk[..read]).map_err(Error::io(path))?;
        unsynced += read as u64;
        if unsynced >= SYNC_EVERY {
            file.sync_data().map_err(Error::io(path))?;
            unsynced = 0;
        }
        meter.pass(read as u64)?;
    }
    file.sync_all().map_err(Error::io(path))?;
    meter.pass(0)
}

/// Makes sure that a file's or folder's name is on the drive.
#[cfg(unix)]
pub(crate) fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    match File::open(folder)?.sync_all() {
        // Some drives' file systems have no such thing.
        Err(e) if matches!(e.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
        result => result,
    }
}

#[cfg(not(unix))]
pub(crate) fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Makes the name under which people see a bundle: `上报-王台街道-2024-03-0007`.
pub(crate) fn file_name(plan: &Plan, header: &Header) -> String {
    let office = |id| {
        let id: &model::id::OfficeId = id;
        let name = plan.office(id).map(model::plan::Office::name).unwrap_or_default();
        safe_part(name).unwrap_or_else(|| id.to_string())
    };
    match &header.claims.subject {
        Subject::Plan { link, .. } => {
            let hub = safe_part(&plan.hub_name).unwrap_or_else(|| plan.hub.to_string());
            format!("下达-{hub}-{}-v{}-{:04}", plan.calendar.year, header.claims.plan_version, link.seq())
        }
        Subject::Enrolment { office: id, .. } => format!("注册-{}", office(id)),
        Subject::Rotation { office: id, link, .. } => format!("换钥-{}-{:04}", office(id), link.seq()),
        Subject::Progress { office: id, period, link, .. } => {
            format!("上报-{}-{period}-{:04}", office(id), link.seq())
        }
        Subject::Receipt { office: id, link } => format!("回执-{}-{:04}", office(id), link.seq()),
    }
}

/// Takes a name into a file name if it has only letters, digits, ideographs and a few signs that every drive can keep.
pub(crate) fn safe_part(name: &str) -> Option<String> {
    let name = name.trim();
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '（' | '）' | '(' | ')' | '·' | '-' | '_');
    let safe = !name.is_empty() && name.chars().count() <= PART_CHARS && name.chars().all(fits);
    (safe && !name.chars().any(model::names::is_hidden)).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_from_the_allowlist() {
        assert_eq!(safe_part("王台街道"), Some("王台街道".to_owned()));
        assert_eq!(safe_part("（演示）新区"), Some("（演示）新区".to_owned()));
        for bad in
            ["", "a/b", "..", "a\\b", "nul.", "a:b", "王台\u{202e}街道", &"长".repeat(41), "a b", "a\nb"]
        {
            assert_eq!(safe_part(bad), None, "{bad:?}");
        }
    }
}
