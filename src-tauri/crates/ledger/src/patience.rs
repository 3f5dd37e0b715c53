//! Files that another program holds open for a moment: on Windows a virus scanner or an indexer looks into every new
//! file, and until it is done the file can be neither renamed nor removed.
//!
//! Every rename and removal of the application's own files goes through here, and opening them to be synced. The tries are bounded, so that what is
//! refused for good is told within three seconds.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;
use std::time::Duration;

use tempfile::{NamedTempFile, PersistError};

/// How long is waited after each refusal, in milliseconds: two and a half seconds in all.
const WAITS: [u64; 9] = [5, 10, 20, 40, 80, 160, 320, 640, 1280];

/// Renames a file or folder.
pub fn rename(from: &Path, to: &Path) -> io::Result<()> {
    retry(|| fs::rename(from, to), is_held)
}

/// Removes a file.
pub fn remove_file(path: &Path) -> io::Result<()> {
    retry(|| fs::remove_file(path), is_held)
}

/// Removes a folder that is empty.
pub fn remove_dir(path: &Path) -> io::Result<()> {
    retry(|| fs::remove_dir(path), is_held)
}

/// Syncs a file that was written before, and closed since.
pub fn sync(path: &Path) -> io::Result<()> {
    // Windows syncs only what is open for writing, which whoever looks into the file may refuse.
    retry(|| OpenOptions::new().read(true).write(cfg!(windows)).open(path), is_held)?.sync_all()
}

/// Removes a folder with everything in it.
pub fn remove_dir_all(path: &Path) -> io::Result<()> {
    retry(|| fs::remove_dir_all(path), is_held)
}

/// Gives a finished file its name, over whatever has it.
pub fn persist(file: NamedTempFile, path: &Path) -> Result<File, PersistError> {
    retry_with(file, |file| file.persist(path))
}

/// Gives a finished file its name, if nothing has it.
pub fn persist_noclobber(file: NamedTempFile, path: &Path) -> Result<File, PersistError> {
    retry_with(file, |file| file.persist_noclobber(path))
}

fn retry_with(
    file: NamedTempFile,
    attempt: impl Fn(NamedTempFile) -> Result<File, PersistError>,
) -> Result<File, PersistError> {
    let mut tried = attempt(file);
    for wait in WAITS {
        match tried {
            Err(refused) if is_held(&refused.error) => {
                std::thread::sleep(Duration::from_millis(wait));
                tried = attempt(refused.file);
            }
            done => return done,
        }
    }
    tried
}

fn retry<T>(mut attempt: impl FnMut() -> io::Result<T>, held: impl Fn(&io::Error) -> bool) -> io::Result<T> {
    for wait in WAITS {
        match attempt() {
            Err(refused) if held(&refused) => std::thread::sleep(Duration::from_millis(wait)),
            done => return done,
        }
    }
    attempt()
}

/// Says whether it may be otherwise in a moment.
fn is_held(refused: &io::Error) -> bool {
    // Access denied, which is also how a file being removed answers; sharing violation; lock violation.
    cfg!(windows) && matches!(refused.raw_os_error(), Some(5 | 32 | 33))
}

#[cfg(test)]
mod laws {
    use super::*;

    fn always(_: &io::Error) -> bool {
        true
    }

    #[test]
    fn what_is_held_for_a_moment_succeeds() {
        let mut tries = 0;
        let outcome = retry(
            || {
                tries += 1;
                if tries < 4 { Err(io::Error::other("held")) } else { Ok(tries) }
            },
            always,
        );
        assert_eq!(outcome.unwrap(), 4);
    }

    #[test]
    fn what_is_refused_for_another_reason_is_told_at_once() {
        let mut tries = 0;
        let outcome: io::Result<()> = retry(
            || {
                tries += 1;
                Err(io::Error::other("gone"))
            },
            |_| false,
        );
        assert_eq!((outcome.unwrap_err().to_string(), tries), ("gone".to_owned(), 1));
    }

    #[test]
    fn the_tries_are_bounded() {
        let mut tries = 0;
        let outcome: io::Result<()> = retry(
            || {
                tries += 1;
                Err(io::Error::other("held"))
            },
            always,
        );
        assert!(outcome.is_err());
        assert_eq!(tries, WAITS.len() + 1);
        assert!(WAITS.iter().sum::<u64>() < 3000);
    }

    #[test]
    fn names_are_given_and_taken() {
        let room = tempfile::tempdir().unwrap();
        let at = |name: &str| room.path().join(name);
        let file = || tempfile::NamedTempFile::new_in(room.path()).unwrap();
        persist_noclobber(file(), &at("a")).unwrap();
        let refused = persist_noclobber(file(), &at("a")).unwrap_err();
        assert_eq!(refused.error.kind(), io::ErrorKind::AlreadyExists);
        persist(refused.file, &at("a")).unwrap();
        rename(&at("a"), &at("b")).unwrap();
        sync(&at("b")).unwrap();
        assert_eq!(sync(&at("a")).unwrap_err().kind(), io::ErrorKind::NotFound);
        assert!(!at("a").exists());
        remove_file(&at("b")).unwrap();
        assert_eq!(remove_file(&at("b")).unwrap_err().kind(), io::ErrorKind::NotFound);
        fs::create_dir(at("c")).unwrap();
        remove_dir(&at("c")).unwrap();
        assert_eq!(fs::read_dir(room.path()).unwrap().count(), 0);
    }
}
