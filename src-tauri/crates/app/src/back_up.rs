//! Backs up a home into a folder, and makes a home from such a folder.

use std::fs;
use std::path::{Path, PathBuf};

use bundle::digest::Sm3Digest;
use bundle::header::StreamId;
use chrono::Local;
use ledger::bundles::BundleKind;
use ledger::streams::Stream;
use ledger::{Ledger, Tx, patience};

use crate::deliver::{safe_part, sync_folder};
use crate::home::{ARCHIVE, EVIDENCE, KEY, LEDGER, empty_folder};
use crate::issue_plan::VERSION_FLOOR;
use crate::receive::Progress;
use crate::world::World;
use crate::{Error, Home, Result};

/// How many versions of the plan a hub may at most have issued between a backup and its loss.
const FORGOTTEN_VERSIONS: u32 = 100;

/// The setting that keeps when a backup was last made.
pub(crate) const LAST_BACKUP: &str = "last_backup";

impl Home {
    /// Copies ledger, key and archive into a new folder below `to`, whole while the application runs.
    ///
    /// Its name says whose it is and when it was made.
    pub fn back_up(&mut self, to: &Path) -> Result<PathBuf> {
        self.back_up_watched(to, &mut |_, _| true)
    }

    /// As [`Home::back_up`], under somebody's eyes. What is stopped in between leaves nothing behind.
    pub(crate) fn back_up_watched(&mut self, to: &Path, progress: &mut Progress<'_>) -> Result<PathBuf> {
        let now = self.now().with_timezone(&Local).format("%Y%m%d-%H%M%S");
        let whose = safe_part(&self.own_name()?).unwrap_or_else(|| self.own_office().to_string());
        let name = format!("台账备份-{whose}-{now}");
        let folder = to.join(&name);
        if folder.exists() {
            return Err(Error::HomeTaken(folder));
        }
        // Made under another name first: a folder with the final name is complete.
        let part = to.join(format!("{name}.part"));
        // What an earlier try left when the drive was pulled out.
        remove(&part)?;
        let copied = self.copy_into(&part, &folder, progress);
        if copied.is_err() {
            // The drive may be gone, and the error to tell is the first one.
            let _ = remove(&part);
        }
        copied?;
        patience::rename(&part, &folder).map_err(Error::io(&folder))?;
        sync_folder(&folder).map_err(Error::io(&folder))?;
        let now = self.now().to_rfc3339();
        self.set_setting(LAST_BACKUP, Some(&now))?;
        Ok(folder)
    }

    fn copy_into(&mut self, part: &Path, folder: &Path, progress: &mut Progress<'_>) -> Result<()> {
        fs::create_dir_all(part).map_err(Error::io(part))?;
        let deed = self.deed("back_up", "", folder.display().to_string());
        self.ledger.write(|tx| tx.record(&deed))?;
        // The archive only grows: whatever the ledger's copy names is there when it is copied after the ledger.
        self.ledger.backup_to(&part.join(LEDGER))?;
        copy_file(&self.dir.join(KEY), &part.join(KEY))?;
        let mut files = Vec::new();
        for name in [ARCHIVE, EVIDENCE] {
            fs::create_dir_all(part.join(name)).map_err(Error::io(part))?;
            files.extend(archived(&self.dir.join(name))?.into_iter().map(|file| Path::new(name).join(file)));
        }
        let total = files.len() as u64;
        for (done, file) in (0..).zip(&files) {
            if !progress(done, total) {
                return Err(Error::Stopped);
            }
            copy_file(&self.dir.join(file), &part.join(file))?;
        }
        progress(total, total);
        sync_folder(&part.join(LEDGER)).map_err(Error::io(part))
    }
}

/// Makes a home in an empty folder from a backup.
///
/// What was sent after the backup is not in it: an office may not export before a newer receipt has told it; a hub goes
/// on in new streams.
pub fn restore(backup: &Path, dir: &Path, world: World) -> Result<Home> {
    let source = backup.join(LEDGER);
    if !source.is_file() || !backup.join(KEY).is_file() {
        return Err(Error::NoHome(backup.to_owned()));
    }
    empty_folder(dir)?;
    for name in [ARCHIVE, EVIDENCE] {
        copy_archive(&backup.join(name), &dir.join(name))?;
    }
    copy_file(&backup.join(KEY), &dir.join(KEY))?;
    let now = world.clock.now();
    drop(Ledger::restore(&source, &dir.join(LEDGER), now)?);
    let mut home = Home::open(dir, world)?;
    let deed = home.deed("restore", "", backup.display().to_string());
    home.ledger.write(|tx| tx.record(&deed))?;
    Ok(home)
}

impl Home {
    /// Closes every stream of a restored hub and opens another in its place.
    ///
    /// Nobody can tell a hub what it had sent since the backup; numbers used twice would look like a fork to its offices.
    pub(crate) fn reopen_streams(&mut self) -> Result<()> {
        let streams = self.streams_to_reopen(None)?;
        self.ledger.write(|tx| {
            reopen(tx, &streams, None)?;
            let issued = tx.issued_versions()?.into_iter().map(|(version, _)| version).max().unwrap_or(0);
            tx.set_setting(VERSION_FLOOR, Some(&(issued + FORGOTTEN_VERSIONS).to_string()))?;
            tx.set_restored(None)
        })?;
        self.identity.restored_at = None;
        Ok(())
    }

    /// Lists the open streams, each with the id of the one that follows it; the plans' may be given.
    pub(crate) fn streams_to_reopen(&mut self, plans: Option<StreamId>) -> Result<Vec<(Stream, StreamId)>> {
        let open = self.ledger.read(|tx| tx.streams())?.into_iter().filter(|stream| !stream.closed);
        let rng = &mut self.world.rng;
        let next = |stream: Stream| {
            let given = plans.filter(|_| stream.kind == BundleKind::Plan);
            (stream, given.unwrap_or_else(|| StreamId::generate(rng)))
        };
        Ok(open.map(next).collect())
    }
}

/// Closes streams and opens those that follow them.
///
/// The new plan stream says in its first bundle which one it goes on from: `header`, or the last plan that is remembered.
pub(crate) fn reopen(
    tx: &Tx<'_>,
    streams: &[(Stream, StreamId)],
    header: Option<Sm3Digest>,
) -> Result<(), ledger::Error> {
    for (old, new) in streams {
        let anchor = match old.kind {
            BundleKind::Plan => header.map(|header| header.0).or(old.head).or(old.anchor),
            _ => old.anchor,
        };
        tx.close_stream(&old.stream)?;
        tx.open_stream(&new.to_string(), old.kind, old.office.as_ref(), anchor)?;
    }
    Ok(())
}

/// Copies the digest folders of an archive; what it staged or set aside stays behind.
fn copy_archive(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).map_err(Error::io(to))?;
    for file in archived(from)? {
        copy_file(&from.join(&file), &to.join(&file))?;
    }
    Ok(())
}

/// Lists the files in the digest folders of an archive, as paths within it.
fn archived(archive: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for folder in fs::read_dir(archive).map_err(Error::io(archive))? {
        let folder = folder.map_err(Error::io(archive))?;
        let digests = folder.file_name().len() == 2 && folder.path().is_dir();
        if !digests {
            continue;
        }
        for file in fs::read_dir(folder.path()).map_err(Error::io(archive))? {
            let file = file.map_err(Error::io(archive))?;
            files.push(Path::new(&folder.file_name()).join(file.file_name()));
        }
    }
    Ok(files)
}

fn remove(folder: &Path) -> Result<()> {
    match patience::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Error::io(folder)(error)),
        _ => Ok(()),
    }
}

fn copy_file(from: &Path, to: &Path) -> Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).map_err(Error::io(folder))?;
    }
    fs::copy(from, to).map_err(Error::io(from))?;
    patience::sync(to).map_err(Error::io(to))
}
