//! Reading back what was written to a drive, past the system's cache: what is still in memory proves nothing about the drive.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Reads a whole file from the drive itself.
pub(crate) fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Opens a file to be read from the drive itself. A file system that cannot leave its cache out is read as it is.
#[cfg(not(windows))]
pub(crate) fn open(path: &Path) -> io::Result<impl Read + use<>> {
    let file = File::open(path)?;
    #[cfg(unix)]
    let _ = rustix::fs::fadvise(&file, 0, None, rustix::fs::Advice::DontNeed);
    Ok(file)
}

/// Opens a file to be read from the drive itself. A file system that cannot leave its cache out is read as it is.
#[cfg(windows)]
pub(crate) fn open(path: &Path) -> io::Result<impl Read + use<>> {
    use std::fs::OpenOptions;
    use std::os::windows::fs::OpenOptionsExt;

    const FILE_FLAG_NO_BUFFERING: u32 = 0x2000_0000;
    // ERROR_INVALID_FUNCTION, ERROR_NOT_SUPPORTED, ERROR_INVALID_PARAMETER.
    const CANNOT: i32 = 1;
    const NOT_SUPPORTED: i32 = 50;
    const NOT_IN_SECTORS: i32 = 87;
    let past = || -> io::Result<_> {
        let file = OpenOptions::new().read(true).custom_flags(FILE_FLAG_NO_BUFFERING).open(path)?;
        let mut reader = InSectors::new(file);
        // Told at the first read, where it is told at all: a network's drive, or sectors larger than ours.
        reader.fill()?;
        Ok(reader)
    };
    match past() {
        Err(refused) if matches!(refused.raw_os_error(), Some(CANNOT | NOT_SUPPORTED | NOT_IN_SECTORS)) => {
            Ok(InSectors::new(File::open(path)?))
        }
        read => read,
    }
}

/// What addresses and lengths have to be multiples of where the cache is left out: as large as a drive's sectors get.
#[cfg(any(windows, test))]
const SECTOR: usize = 4096;
/// How much is read at once, in whole sectors.
#[cfg(any(windows, test))]
const CHUNK: usize = 64 * SECTOR;

/// Reads in whole sectors, to an address that is a multiple of theirs; only the last read is shorter.
#[cfg(any(windows, test))]
struct InSectors<R> {
    source: R,
    room: Vec<u8>,
    /// Where in the room the sectors begin.
    start: usize,
    taken: usize,
    filled: usize,
    ended: bool,
}

#[cfg(any(windows, test))]
impl<R: Read> InSectors<R> {
    fn new(source: R) -> Self {
        let room = vec![0; CHUNK + SECTOR];
        let start = room.as_ptr().align_offset(SECTOR).min(SECTOR);
        Self { source, room, start, taken: 0, filled: 0, ended: false }
    }

    fn fill(&mut self) -> io::Result<()> {
        self.filled = self.source.read(&mut self.room[self.start..self.start + CHUNK])?;
        self.taken = 0;
        // Behind a part of a sector nothing can follow, and nothing could be asked for there.
        self.ended = !self.filled.is_multiple_of(SECTOR) || self.filled == 0;
        Ok(())
    }
}

#[cfg(any(windows, test))]
impl<R: Read> Read for InSectors<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.taken == self.filled && !self.ended {
            self.fill()?;
        }
        let count = buffer.len().min(self.filled - self.taken);
        let from = self.start + self.taken;
        buffer[..count].copy_from_slice(&self.room[from..from + count]);
        self.taken += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file that is as strict as one that Windows opened past its cache, and gives at most so much at once.
    struct Strict<'f> {
        file: &'f [u8],
        at: usize,
        most: usize,
    }

    impl Read for Strict<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let odd =
                [buffer.as_ptr().addr(), buffer.len(), self.at].iter().any(|one| !one.is_multiple_of(SECTOR));
            if odd {
                return Err(io::Error::from(io::ErrorKind::InvalidInput));
            }
            let count = buffer.len().min(self.most).min(self.file.len() - self.at);
            buffer[..count].copy_from_slice(&self.file[self.at..self.at + count]);
            self.at += count;
            Ok(count)
        }
    }

    #[test]
    fn a_file_of_any_length_is_read_in_whole_sectors() {
        let bytes: Vec<u8> = (0..2 * CHUNK + SECTOR + 7).map(|at| (at % 251) as u8).collect();
        for length in [0, 1, SECTOR - 1, SECTOR, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, bytes.len()] {
            for most in [SECTOR, CHUNK] {
                let file = &bytes[..length];
                let mut reader = InSectors::new(Strict { file, at: 0, most });
                let mut read = Vec::new();
                reader.read_to_end(&mut read).unwrap();
                assert!(read == file, "{length} bytes, {most} at once");
            }
        }
    }

    #[test]
    fn what_was_written_reads_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        for length in [0, 5, SECTOR, CHUNK + 3] {
            let bytes = vec![7; length];
            std::fs::write(&path, &bytes).unwrap();
            assert!(read(&path).unwrap() == bytes, "{length}");
        }
        assert!(read(&folder.path().join("b")).is_err());
    }
}
