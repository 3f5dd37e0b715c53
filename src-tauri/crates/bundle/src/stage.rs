//! The private copy of a file on which everything is checked.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;

use crate::frame::Preamble;
use crate::limits::{Bound, Limits};
use crate::rejection::Rejection;

/// A private copy of a file, not yet verified.
///
/// What is on the drive may change while it is read; the copy does not. Small files are kept in memory; larger ones go
/// to a temporary file that has no name.
#[derive(Debug)]
pub struct Staged {
    body: Body,
    len: u64,
}

#[derive(Debug)]
enum Body {
    Memory(Vec<u8>),
    File(File),
}

/// How much of a file is held at once.
const CHUNK: usize = 64 * 1024;

impl Staged {
    /// Takes bytes that are in memory already.
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        Self { len: bytes.len() as u64, body: Body::Memory(bytes) }
    }

    /// Copies a file. What is too long for memory goes to a temporary file in the folder `scratch`.
    ///
    /// # Errors
    /// A file that does not begin like a bundle or is longer than [`Limits::bundle`] is not copied to its end.
    pub fn copy_of(source: impl Read, limits: &Limits, scratch: &Path) -> Result<Self, Rejection> {
        // One byte beyond the limit tells a file of just that length from a longer one.
        let mut source = source.take(limits.bundle.saturating_add(1));
        // Room for nearly every bundle, so that it takes one read.
        let mut start = Vec::with_capacity(16 * 1024);
        source.by_ref().take(limits.in_memory).read_to_end(&mut start)?;
        if (start.len() as u64) < limits.in_memory {
            Bound::Bundle.check(limits.bundle, start.len() as u64)?;
            return Ok(Self::from_bytes(start));
        }
        Preamble::read(&start)?;
        let file = tempfile::tempfile_in(scratch)?;
        let mut copy = BufWriter::with_capacity(CHUNK, file);
        copy.write_all(&start)?;
        let len = start.len() as u64 + io::copy(&mut source, &mut copy)?;
        Bound::Bundle.check(limits.bundle, len)?;
        let file = copy.into_inner().map_err(io::IntoInnerError::into_error)?;
        Ok(Self { body: Body::File(file), len })
    }

    /// Returns the length in bytes.
    #[expect(
        clippy::len_without_is_empty,
        reason = "an empty file is a truncated one, and says so when verified"
    )]
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Writes the file out, byte for byte.
    pub fn copy_to(&mut self, out: &mut impl Write) -> io::Result<()> {
        let len = self.len;
        self.each_chunk(0, len, |chunk| out.write_all(chunk))
    }

    /// Returns the bytes from `at` on, `len` of them; the caller has compared both with the length of the file.
    pub(crate) fn bytes(&mut self, at: u64, len: u64) -> io::Result<Cow<'_, [u8]>> {
        match &mut self.body {
            Body::Memory(bytes) => slice(bytes, at, len).map(Cow::Borrowed),
            Body::File(file) => {
                let mut bytes = vec![0; usize::try_from(len).map_err(|_| out_of_range())?];
                file.seek(SeekFrom::Start(at))?;
                file.read_exact(&mut bytes)?;
                Ok(Cow::Owned(bytes))
            }
        }
    }

    /// Shows the bytes from `at` on, `len` of them, piece by piece.
    pub(crate) fn each_chunk(
        &mut self,
        at: u64,
        len: u64,
        mut see: impl FnMut(&[u8]) -> io::Result<()>,
    ) -> io::Result<()> {
        match &mut self.body {
            Body::Memory(bytes) => see(slice(bytes, at, len)?),
            Body::File(file) => {
                file.seek(SeekFrom::Start(at))?;
                let mut chunk = vec![0; CHUNK];
                let mut left = len;
                while left > 0 {
                    let part = &mut chunk[..CHUNK.min(usize::try_from(left).unwrap_or(CHUNK))];
                    file.read_exact(part)?;
                    see(part)?;
                    left -= part.len() as u64;
                }
                Ok(())
            }
        }
    }
}

fn slice(bytes: &[u8], at: u64, len: u64) -> io::Result<&[u8]> {
    let start = usize::try_from(at).map_err(|_| out_of_range())?;
    let end = at.checked_add(len).and_then(|end| usize::try_from(end).ok()).ok_or_else(out_of_range)?;
    bytes.get(start..end).ok_or_else(out_of_range)
}

pub(crate) fn out_of_range() -> io::Error {
    io::ErrorKind::UnexpectedEof.into()
}
