//! A data folder has one owner: the window that holds its lock for as long as it runs.
//!
//! The system takes the lock back when the process ends, however it ends. The command line holds no lock: it works in
//! a home and knows of no data folder, its transactions and the window's keep each other out one by one, and only the
//! window ever moves a home or throws one away.

use std::fs::{self, File, TryLockError};
use std::thread::sleep;
use std::time::{Duration, Instant};

use app::words::Holder;
use serde::{Deserialize, Serialize};

use crate::folders::Folders;

/// How often a lock that somebody else holds is asked for again.
const AGAIN: Duration = Duration::from_millis(50);

/// The lock on a data folder; it is let go when this goes, or the process.
pub struct Owner {
    _lock: Option<File>,
}

/// What the owner leaves for those who come later.
#[derive(Serialize, Deserialize)]
struct Note {
    user: String,
    computer: String,
    process: u32,
}

impl Owner {
    /// Takes a data folder; none where another process has it.
    ///
    /// Where nothing can be locked, in a folder that cannot be written or on a drive that knows no locks, the window
    /// opens all the same: it says by itself what it cannot write, and the ledger minds its own transactions.
    pub fn take(folders: &Folders) -> Option<Self> {
        let locked = File::options().create(true).write(true).truncate(false).open(folders.lock());
        match locked.map(|file| file.try_lock().map(|()| file)) {
            Ok(Ok(file)) => {
                leave_note(folders);
                Some(Self { _lock: Some(file) })
            }
            Ok(Err(TryLockError::WouldBlock)) => None,
            Ok(Err(TryLockError::Error(error))) | Err(error) => {
                tracing::warn!(kind = ?error.kind(), "the data folder cannot be locked");
                Some(Self { _lock: None })
            }
        }
    }

    /// As [`Self::take`], for somebody who waits until then for the other process to end.
    pub fn wait(folders: &Folders, until: Instant) -> Option<Self> {
        loop {
            if let Some(owner) = Self::take(folders) {
                return Some(owner);
            }
            if Instant::now() >= until {
                return None;
            }
            sleep(AGAIN);
        }
    }
}

/// Returns who holds a data folder, as far as it is known.
pub fn holder(folders: &Folders) -> Option<Holder> {
    let Note { user, computer, process } =
        serde_json::from_slice(&fs::read(folders.lock_note()).ok()?).ok()?;
    Some(Holder { user, computer, process })
}

/// Writes down who has the folder. Without it others learn less, and nothing else is lost.
///
/// It is a file of its own: where the lock is, Windows lets nobody else read.
fn leave_note(folders: &Folders) {
    let path = folders.lock_note();
    let asked = |names: &[&str]| names.iter().find_map(|name| std::env::var(name).ok()).unwrap_or_default();
    let computer = match fs::read_to_string("/proc/sys/kernel/hostname") {
        Ok(name) => name.trim().to_owned(),
        Err(_) => asked(&["COMPUTERNAME"]),
    };
    let note = Note { user: asked(&["USERNAME", "USER", "LOGNAME"]), computer, process: std::process::id() };
    // What an earlier owner wrote must not speak for this one.
    let _gone = fs::remove_file(&path);
    let written = serde_json::to_vec(&note).map(|text| fs::write(&path, text));
    if !matches!(written, Ok(Ok(()))) {
        tracing::warn!("the owner of the data folder could not be written down");
    }
}

#[cfg(test)]
mod laws {
    use super::*;

    fn folders() -> (tempfile::TempDir, Folders) {
        let room = tempfile::tempdir().unwrap();
        let folders = Folders::choose(Some(&room.path().join("data"))).unwrap();
        fs::create_dir(room.path().join("data")).unwrap();
        (room, folders)
    }

    #[test]
    fn a_folder_has_one_owner_at_a_time_and_says_who() {
        let (_room, folders) = folders();
        assert_eq!(holder(&folders), None);
        let owner = Owner::take(&folders).unwrap();
        assert!(owner._lock.is_some());
        assert_eq!(holder(&folders).unwrap().process, std::process::id());
        assert!(Owner::take(&folders).is_none());
        drop(owner);
        assert!(Owner::take(&folders).is_some());
    }

    #[test]
    fn whoever_waits_gets_it_when_it_is_let_go_and_not_before() {
        let (_room, folders) = folders();
        let owner = Owner::take(&folders).unwrap();
        let begun = Instant::now();
        assert!(Owner::wait(&folders, begun + Duration::from_millis(120)).is_none());
        assert!(begun.elapsed() >= Duration::from_millis(120));
        let held = std::thread::spawn(move || {
            sleep(Duration::from_millis(120));
            drop(owner);
        });
        assert!(Owner::wait(&folders, Instant::now() + Duration::from_secs(20)).is_some());
        held.join().unwrap();
    }

    #[test]
    fn where_nothing_can_be_locked_the_window_opens() {
        let (room, _) = folders();
        fs::write(room.path().join("file"), "").unwrap();
        let folders = Folders::choose(Some(&room.path().join("file"))).unwrap();
        assert!(Owner::take(&folders).unwrap()._lock.is_none());
    }
}
