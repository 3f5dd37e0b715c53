//! Delivery to a drive: nothing may be pulled out before what was written reads back as it was meant (§3).

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use bundle::digest::Sha256Digest;
use bundle::header::{Header, Subject};
use model::plan::Plan;

use crate::{Error, Home, Result};

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

impl Home {
    /// Copies an archived bundle to a folder under a name for people and reads it back. What lies there stays.
    pub(crate) fn deliver(&self, digest: Sha256Digest, name: &str, to: &Path) -> Result<PathBuf> {
        let missing = || Error::Archive(digest.to_string());
        // Only the last folder is made: a stick that is not there must not turn into a folder of this machine.
        if !to.exists() {
            fs::create_dir(to).map_err(Error::io(to))?;
        }
        for attempt in 1..MOST_NAMES {
            let suffix = if attempt == 1 { String::new() } else { format!("-{attempt}") };
            let path = to.join(format!("{name}{suffix}.tzb"));
            if path.symlink_metadata().is_ok() {
                // The same file from an earlier try needs no second copy.
                if path.is_file() && self.reads_back(&path, digest)? {
                    return Ok(path);
                }
                continue;
            }
            let mut source = self.archive.find(&digest.0)?.ok_or_else(missing)?;
            write_through(&mut source, &path)?;
            return if self.reads_back(&path, digest)? {
                Ok(path)
            } else {
                // A drive that lies must not leave a file that looks right.
                fs::remove_file(&path).map_err(Error::io(&path))?;
                Err(Error::ReadBack(path))
            };
        }
        Err(Error::HomeTaken(to.to_owned()))
    }

    /// Reads a file from the drive itself and verifies it as a receiver would.
    fn reads_back(&self, path: &Path, digest: Sha256Digest) -> Result<bool> {
        #[cfg(unix)]
        {
            let file = File::open(path).map_err(Error::io(path))?;
            // What is still in the cache proves nothing about the drive. A file system that cannot drop it is read as it is.
            let _ = rustix::fs::fadvise(&file, 0, None, rustix::fs::Advice::DontNeed);
        }
        match self.verify_file(path) {
            Ok(verified) => Ok(verified.file_digest() == digest),
            Err(Error::Rejected { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

/// Copies into `….part`, syncs, renames and syncs the folder, so that the final name never has bad bytes.
fn write_through(source: &mut File, path: &Path) -> Result<()> {
    let part = path.with_extension("tzb.part");
    // What an earlier try left, or somebody planted, goes first; `create_new` follows no link.
    let _ = fs::remove_file(&part);
    let written = File::create_new(&part).and_then(|mut file| {
        io::copy(source, &mut file)?;
        file.sync_all()?;
        fs::rename(&part, path)?;
        sync_folder(path)
    });
    written.map_err(|source| {
        // Best effort: the drive may be gone, and the error to tell is the first one.
        let _ = fs::remove_file(&part);
        Error::Io { path: path.to_owned(), source }
    })
}

#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    match File::open(folder)?.sync_all() {
        // Some drives' file systems have no such thing.
        Err(e) if matches!(e.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
        result => result,
    }
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
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
        Subject::Plan { link } => {
            let hub = safe_part(&plan.hub_name).unwrap_or_else(|| plan.hub.to_string());
            format!("下达-{hub}-{}-v{}-{:04}", plan.calendar.year, header.claims.plan_version, link.seq())
        }
        Subject::Enrolment { office: id, .. } => format!("注册-{}", office(id)),
        Subject::Progress { office: id, period, link, .. } => {
            format!("上报-{}-{period}-{:04}", office(id), link.seq())
        }
        Subject::Receipt { office: id, link } => format!("回执-{}-{:04}", office(id), link.seq()),
    }
}

/// Takes a name into a file name if it has only letters, digits, ideographs and a few signs that every drive can keep.
fn safe_part(name: &str) -> Option<String> {
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
