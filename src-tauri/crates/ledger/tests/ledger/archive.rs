//! Files by their digest: once, complete, from many threads.

use std::fs;
use std::io::{Read as _, Write as _};
use std::sync::atomic::{AtomicU32, Ordering};

use ledger::Archive;
use ledger::archive::Put;

use crate::samples::digest;

fn archive() -> (tempfile::TempDir, Archive) {
    let folder = tempfile::tempdir().unwrap();
    let archive = Archive::of_bundles(&folder.path().join("archive")).unwrap();
    (folder, archive)
}

fn content(archive: &Archive, n: u32) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    archive.find(&digest(n)).unwrap()?.read_to_end(&mut bytes).unwrap();
    Some(bytes)
}

#[test]
fn a_file_is_kept_once_under_its_digest() {
    let (folder, archive) = archive();
    assert_eq!(content(&archive, 1), None);
    assert_eq!(archive.put(b"bundle", &digest(1)).unwrap(), Put::New);
    assert_eq!(archive.put(b"bundle", &digest(1)).unwrap(), Put::Present);
    let mut staged = archive.stage().unwrap();
    staged.write_all(b"bundle").unwrap();
    assert_eq!(archive.put_staged(staged, &digest(1)).unwrap(), Put::Present);
    assert_eq!(content(&archive, 1).as_deref(), Some(&b"bundle"[..]));
    archive.sync_batch().unwrap();
    let name: String = digest(1).iter().map(|byte| format!("{byte:02x}")).collect();
    let expected = folder.path().join("archive").join(&name[..2]).join(format!("{name}.tzb"));
    assert_eq!(archive.files().unwrap(), [expected]);
    assert_eq!(fs::read_dir(folder.path().join("archive/staging")).unwrap().count(), 0);
}

#[test]
fn what_a_power_cut_left_is_repaired() {
    let (_folder, archive) = archive();
    let whole = vec![9; 200_000];
    for broken in [&[][..], &whole[..199_999], &[9; 200_001], &[8; 200_000]] {
        archive.put(&whole, &digest(1)).unwrap();
        fs::write(archive.path(&digest(1)), broken).unwrap();
        assert_eq!(archive.put(&whole, &digest(1)).unwrap(), Put::Repaired);
        assert_eq!(content(&archive, 1).as_ref(), Some(&whole));
    }
}

#[test]
fn many_threads_keep_the_same_files_once() {
    let (_folder, archive) = archive();
    let new = AtomicU32::new(0);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for n in 0..200 {
                    let bytes = n.to_string().repeat(1000);
                    if archive.put(bytes.as_bytes(), &digest(n)).unwrap() == Put::New {
                        new.fetch_add(1, Ordering::Relaxed);
                    }
                    if n % 50 == 0 {
                        archive.sync_batch().unwrap();
                    }
                }
                archive.sync_batch().unwrap();
            });
        }
    });
    assert_eq!(new.into_inner(), 200);
    assert_eq!(archive.files().unwrap().len(), 200);
    for n in 0..200 {
        assert_eq!(content(&archive, n), Some(n.to_string().repeat(1000).into_bytes()));
    }
}

#[test]
fn a_failed_write_leaves_no_file_and_the_retry_works() {
    let (_folder, archive) = archive();
    let shelf = archive.path(&digest(1)).parent().unwrap().to_owned();
    fs::write(&shelf, b"in the way").unwrap();
    assert!(archive.put(b"bundle", &digest(1)).is_err());
    fs::remove_file(&shelf).unwrap();
    assert_eq!(archive.files().unwrap().len(), 0);
    assert_eq!(archive.put(b"bundle", &digest(1)).unwrap(), Put::New);
}

#[test]
fn a_failed_sync_is_tried_again() {
    let (_folder, archive) = archive();
    archive.put(b"bundle", &digest(1)).unwrap();
    let path = archive.path(&digest(1));
    let away = path.with_extension("away");
    fs::rename(&path, &away).unwrap();
    assert!(archive.sync_batch().is_err());
    assert!(archive.sync_batch().is_err(), "it is still to be done");
    fs::rename(&away, &path).unwrap();
    archive.sync_batch().unwrap();
}

#[test]
fn what_was_present_is_synced_too() {
    let (_folder, archive) = archive();
    archive.put(b"bundle", &digest(1)).unwrap();
    archive.sync_batch().unwrap();
    // It might be another process's, killed before it synced.
    for staged in [false, true] {
        let put = if staged {
            let mut file = archive.stage().unwrap();
            file.write_all(b"bundle").unwrap();
            archive.put_staged(file, &digest(1))
        } else {
            archive.put(b"bundle", &digest(1))
        };
        assert_eq!(put.unwrap(), Put::Present);
        let path = archive.path(&digest(1));
        fs::rename(&path, path.with_extension("away")).unwrap();
        assert!(archive.sync_batch().is_err());
        fs::rename(path.with_extension("away"), &path).unwrap();
        archive.sync_batch().unwrap();
    }
}

#[test]
fn rejected_files_are_kept_apart_under_our_own_name() {
    let (folder, archive) = archive();
    let path = archive.set_aside(&mut &b"not a bundle"[..], &digest(1)).unwrap();
    assert_eq!(archive.set_aside(&mut &b"not a bundle"[..], &digest(1)).unwrap(), path);
    assert_eq!(path.parent(), Some(folder.path().join("archive/set-aside").as_path()));
    assert_eq!(fs::read(&path).unwrap(), b"not a bundle");
    assert_eq!(archive.files().unwrap().len(), 0);
    assert_eq!(content(&archive, 1), None);
}

#[test]
fn what_a_killed_process_was_staging_is_swept() {
    let (folder, archive) = archive();
    archive.put(b"bundle", &digest(1)).unwrap();
    let shelf = archive.path(&digest(1)).parent().unwrap().to_owned();
    let left = [folder.path().join("archive/staging/.tmpleft"), shelf.join(".unfinished-left")];
    for left in &left {
        fs::write(left, b"half").unwrap();
    }
    assert_eq!(archive.files().unwrap().len(), 1);
    archive.sweep().unwrap();
    assert!(left.iter().all(|left| !left.exists()));
    assert_eq!(archive.files().unwrap().len(), 1);
}
