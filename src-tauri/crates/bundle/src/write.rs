//! Putting a bundle together.

use std::io::{self, Read, Seek, SeekFrom, Write};

use sha2::{Digest as _, Sha256};

use crate::deflate;
use crate::digest::{Digester, Digests, Sha256Digest, Sm3Digest};
use crate::frame::{self, Preamble};
use crate::header::{Attachment, Claims, Contents, Header, HeaderFault};
use crate::keys::{SecretKeys, SigningFailed};
use crate::limits::{Bound, Exceeded, Limits};
use crate::media::{Media, SNIFF_LEN};
use crate::successor;
use crate::v1::{Payload, RecordFault};

/// An attachment to be written. It is read three times: measured, digested after the records, copied.
pub trait Source: Read + Seek {}

impl<T: Read + Seek> Source for T {}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The header that was signed.
    pub header: Header,
    /// SM3 of the header's bytes: the `prev` of what follows.
    pub header_digest: Sm3Digest,
    /// SHA-256 of the whole file.
    pub file_digest: Sha256Digest,
    /// Length of the file.
    pub file_len: u64,
}

/// Why a bundle could not be written. What `out` has received by then is to be thrown away.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The header would not be readable.
    #[error("bad header")]
    Header(#[from] HeaderFault),
    /// A record would not be readable.
    #[error("bad record")]
    Record(#[from] RecordFault),
    /// It would be beyond a limit, and refused by whoever receives it.
    #[error(transparent)]
    Limit(#[from] Exceeded),
    /// An attachment is neither JPEG nor PNG nor PDF.
    #[error("attachment {index} is neither JPEG nor PNG nor PDF")]
    Media {
        /// Which attachment, from 0.
        index: usize,
    },
    /// An attachment changed while it was being read.
    #[error("attachment {index} changed while it was being read")]
    Changed {
        /// Which attachment, from 0.
        index: usize,
    },
    /// It could not be signed.
    #[error(transparent)]
    Signing(#[from] SigningFailed),
    /// An attachment could not be read, or `out` not be written.
    #[error("reading or writing failed")]
    Io(#[from] io::Error),
}

/// Writes a bundle: signs the claims, the payload and the attachments with `keys`.
///
/// The payload must say the same as the claims wherever both say it. The same input gives the same bytes.
pub fn write(
    keys: &SecretKeys,
    claims: Claims,
    payload: &Payload,
    attachments: &mut [&mut dyn Source],
    limits: &Limits,
    out: &mut impl Write,
) -> Result<Written, WriteError> {
    put_together((keys, None), claims, payload, attachments, limits, out)
}

/// Writes a bundle that hands over: `new` signs its agreement into the header, then `keys` sign the bundle.
///
/// The claims name the successor; what they say of its signature is replaced.
pub fn write_handing_over(
    keys: &SecretKeys,
    new: &SecretKeys,
    claims: Claims,
    payload: &Payload,
    limits: &Limits,
    out: &mut impl Write,
) -> Result<Written, WriteError> {
    put_together((keys, Some(new)), claims, payload, &mut [], limits, out)
}

fn put_together(
    (keys, new): (&SecretKeys, Option<&SecretKeys>),
    claims: Claims,
    payload: &Payload,
    attachments: &mut [&mut dyn Source],
    limits: &Limits,
    out: &mut impl Write,
) -> Result<Written, WriteError> {
    let mut listed = Vec::with_capacity(attachments.len());
    for (index, source) in attachments.iter_mut().enumerate() {
        listed.push(measure(index, *source, limits)?);
    }
    let inflated = payload.write(&claims, &listed, limits)?;
    let records = deflate::deflate(&inflated)?;
    let mut header = Header {
        contents: Contents {
            records_len: records.len() as u64,
            inflated_len: inflated.len() as u64,
            payload: digest_payload(&records, &listed, attachments)?,
            attachments: listed,
        },
        claims,
    };
    header.contents.check(limits)?;
    if let Some(new) = new {
        successor::sign(keys.public(), new, &mut header)?;
    }
    let json = header.to_json()?;
    Bound::Header.check(limits.header, json.len() as u64)?;
    let payload_len = header.contents.payload_len().unwrap_or(u64::MAX);
    Bound::Bundle.check(limits.bundle, frame::payload_at(json.len() as u64).saturating_add(payload_len))?;
    let header_len = u32::try_from(json.len()).map_err(|_| io::Error::from(io::ErrorKind::InvalidInput))?;
    let public = keys.public().as_bytes();
    let signature = keys.sign(&frame::message(public, &json))?;

    let mut out = Tally { out, len: 0, sha256: Sha256::new() };
    out.write_all(&Preamble::write(public, header_len))?;
    out.write_all(&json)?;
    out.write_all(&signature)?;
    out.write_all(&records)?;
    for (index, source) in attachments.iter_mut().enumerate() {
        let declared = &header.contents.attachments[index];
        let mut digester = Digester::default();
        source.seek(SeekFrom::Start(0))?;
        let len = each_chunk(*source, limits.attachment, |chunk| {
            digester.update(chunk);
            out.write_all(chunk)
        })?;
        // What goes out must be what was signed, whatever happened to the source in between.
        if len != declared.len || digester.finish() != declared.digests {
            return Err(WriteError::Changed { index });
        }
    }
    out.flush()?;
    Ok(Written {
        header,
        header_digest: Sm3Digest::of(&json),
        file_digest: Sha256Digest(out.sha256.finalize().into()),
        file_len: out.len,
    })
}

/// Measures an attachment and tells what it is by its content.
fn measure(index: usize, source: &mut dyn Source, limits: &Limits) -> Result<Attachment, WriteError> {
    source.seek(SeekFrom::Start(0))?;
    let mut start = Vec::with_capacity(SNIFF_LEN);
    let mut digester = Digester::default();
    let len = each_chunk(source, limits.attachment, |chunk| {
        let missing = SNIFF_LEN.saturating_sub(start.len()).min(chunk.len());
        start.extend_from_slice(&chunk[..missing]);
        digester.update(chunk);
        Ok(())
    })?;
    let media = Media::of(&start).ok_or(WriteError::Media { index })?;
    Ok(Attachment { len, digests: digester.finish(), media })
}

/// Digests the payload as it will be written.
fn digest_payload(
    records: &[u8],
    listed: &[Attachment],
    sources: &mut [&mut dyn Source],
) -> Result<Digests, WriteError> {
    let mut digester = Digester::default();
    digester.update(records);
    for (source, attachment) in sources.iter_mut().zip(listed) {
        source.seek(SeekFrom::Start(0))?;
        each_chunk(*source, attachment.len, |chunk| {
            digester.update(chunk);
            Ok(())
        })?;
    }
    Ok(digester.finish())
}

/// Reads a source to its end, or to one byte beyond `limit`; returns how much was read.
fn each_chunk(
    source: &mut dyn Source,
    limit: u64,
    mut see: impl FnMut(&[u8]) -> io::Result<()>,
) -> io::Result<u64> {
    let mut source = source.take(limit.saturating_add(1));
    let mut chunk = vec![0; 64 * 1024];
    let mut len = 0;
    loop {
        match source.read(&mut chunk) {
            Ok(0) => return Ok(len),
            Ok(n) => {
                see(&chunk[..n])?;
                len += n as u64;
            }
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
}

/// Counts and digests what passes.
struct Tally<'a, W> {
    out: &'a mut W,
    len: u64,
    sha256: Sha256,
}

impl<W: Write> Write for Tally<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.sha256.update(&bytes[..written]);
        self.len += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
