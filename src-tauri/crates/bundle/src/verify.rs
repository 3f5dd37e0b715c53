//! Taking a file apart: framing, signatures, header, lengths, digests, records; in that order.

use std::io::{self, Write};

use sha2::{Digest as _, Sha256};

use crate::deflate;
use crate::digest::{Digester, Digests, Sha256Digest, Sm3Digest};
use crate::frame::{self, HEADER_AT, Preamble};
use crate::header::{Contents, Header, HeaderFault};
use crate::keys::{PublicKeys, SIGNATURE_LEN};
use crate::limits::{Bound, Limits};
use crate::media::{Media, SNIFF_LEN};
use crate::rejection::{Mismatch, Part, Rejection};
use crate::stage::{Staged, out_of_range};
use crate::successor;
use crate::v1::Payload;

/// A bundle of which every byte is what the holder of [`Self::keys`] signed.
///
/// Whose keys these are, and whether they may sign this, is for the caller to decide: an office key never signs a plan or
/// a receipt, and an unknown key can only introduce itself.
#[derive(Debug)]
pub struct Verified {
    keys: PublicKeys,
    header: Header,
    header_digest: Sm3Digest,
    file_digest: Sha256Digest,
    payload: Payload,
    attachments_at: u64,
    staged: Staged,
}

/// A rejected file: why, and the private copy, to be kept aside for inspection.
#[derive(Debug, thiserror::Error)]
#[error("the file is not taken as a bundle")]
pub struct Refused {
    /// Why it is not taken.
    #[source]
    pub rejection: Rejection,
    /// The copy that was looked at.
    pub staged: Staged,
}

impl From<Refused> for Rejection {
    fn from(refused: Refused) -> Self {
        refused.rejection
    }
}

impl Staged {
    /// Verifies the copy and reads it.
    ///
    /// Nothing beyond the fixed framing is parsed before both halves of the signature fit, and nothing of the payload
    /// before its digests do.
    pub fn verify(mut self, limits: &Limits) -> Result<Verified, Box<Refused>> {
        match verify(&mut self, limits) {
            Ok(seen) => Ok(Verified {
                keys: seen.keys,
                header: seen.header,
                header_digest: seen.header_digest,
                file_digest: seen.file_digest,
                payload: seen.payload,
                attachments_at: seen.attachments_at,
                staged: self,
            }),
            Err(rejection) => Err(Box::new(Refused { rejection, staged: self })),
        }
    }
}

impl Verified {
    /// Returns the keys that signed it.
    pub fn keys(&self) -> &PublicKeys {
        &self.keys
    }

    /// Returns what it says about itself.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Returns SM3 of the header's bytes: the name by which the next bundle of the stream, a receipt and a chain know it.
    pub fn header_digest(&self) -> Sm3Digest {
        self.header_digest
    }

    /// Returns SHA-256 of the whole file, by which it is archived.
    pub fn file_digest(&self) -> Sha256Digest {
        self.file_digest
    }

    /// Returns the length of the file.
    pub fn file_len(&self) -> u64 {
        self.staged.len()
    }

    /// Returns what it carries.
    pub fn payload(&self) -> &Payload {
        &self.payload
    }

    /// Gives up everything but what it carries.
    pub fn into_payload(self) -> Payload {
        self.payload
    }

    /// Writes the whole file out, byte for byte, for the archive.
    pub fn copy_to(&mut self, out: &mut impl Write) -> io::Result<()> {
        self.staged.copy_to(out)
    }

    /// Writes one attachment out, counted from 0. It fails when there is none of this number.
    pub fn copy_attachment(&mut self, index: usize, out: &mut impl Write) -> io::Result<()> {
        let attachments = &self.header.contents.attachments;
        let len = attachments.get(index).ok_or(io::ErrorKind::NotFound)?.len;
        let at = attachments.iter().take(index).fold(self.attachments_at, |at, before| at + before.len);
        self.staged.each_chunk(at, len, |chunk| out.write_all(chunk))
    }
}

struct Seen {
    keys: PublicKeys,
    header: Header,
    header_digest: Sm3Digest,
    file_digest: Sha256Digest,
    payload: Payload,
    attachments_at: u64,
}

fn verify(staged: &mut Staged, limits: &Limits) -> Result<Seen, Rejection> {
    let file_len = staged.len();
    Bound::Bundle.check(limits.bundle, file_len)?;
    let preamble = Preamble::read(&staged.bytes(0, file_len.min(HEADER_AT as u64))?)?;
    let header_len = u64::from(preamble.header_len);
    Bound::Header.check(limits.header, header_len)?;
    let payload_at = frame::payload_at(header_len);
    if file_len < payload_at {
        return Err(Rejection::Truncated { expected: payload_at, found: file_len });
    }

    let head = staged.bytes(0, payload_at)?;
    let (signed, signature) = head.split_last_chunk::<SIGNATURE_LEN>().ok_or_else(out_of_range)?;
    let header = signed.get(HEADER_AT..).ok_or_else(out_of_range)?;
    let keys = PublicKeys::from_bytes(&preamble.keys)?;
    keys.verify(&frame::message(keys.as_bytes(), header), signature)
        .map_err(|half| Rejection::Signature { half })?;

    let header_digest = Sm3Digest::of(header);
    let mut file = Sha256::new_with_prefix(&head);
    let header = Header::parse(header).map_err(|fault| match fault {
        HeaderFault::Format(found) => Rejection::UnsupportedFormat { found },
        fault => Rejection::Header(fault),
    })?;
    drop(head);
    successor::check(&keys, &header)?;

    let contents = &header.contents;
    contents.check(limits)?;
    let expected = contents.payload_len().and_then(|len| len.checked_add(payload_at)).unwrap_or(u64::MAX);
    match file_len {
        found if found < expected => return Err(Rejection::Truncated { expected, found }),
        found if found > expected => return Err(Rejection::TrailingBytes { expected, found }),
        _ => {}
    }
    check_digests(staged, payload_at, contents, &mut file)?;

    let records = staged.bytes(payload_at, contents.records_len)?;
    let inflated_len = usize::try_from(contents.inflated_len).unwrap_or(usize::MAX);
    let records = deflate::inflate(&records, inflated_len).map_err(Rejection::Inflate)?;
    let payload = Payload::read(&header, &records, limits)?;
    Ok(Seen {
        keys,
        header_digest,
        file_digest: Sha256Digest(file.finalize().into()),
        payload,
        attachments_at: payload_at + contents.records_len,
        header,
    })
}

/// Compares every digest and the kind of every attachment with what the header declares, in one pass over the payload.
fn check_digests(
    staged: &mut Staged,
    payload_at: u64,
    contents: &Contents,
    file: &mut Sha256,
) -> Result<(), Rejection> {
    let mut payload = Digester::default();
    staged.each_chunk(payload_at, contents.records_len, |chunk| {
        file.update(chunk);
        payload.update(chunk);
        Ok(())
    })?;
    let mut at = payload_at + contents.records_len;
    for (index, attachment) in contents.attachments.iter().enumerate() {
        let mut digester = Digester::default();
        staged.each_chunk(at, attachment.len, |chunk| {
            file.update(chunk);
            payload.update(chunk);
            digester.update(chunk);
            Ok(())
        })?;
        compare(Part::Attachment(index), attachment.digests, digester.finish())?;
        let start = staged.bytes(at, attachment.len.min(SNIFF_LEN as u64))?;
        let (declared, found) = (attachment.media, Media::of(&start));
        if found != Some(declared) {
            return Err(Rejection::Media { index, declared, found });
        }
        at += attachment.len;
    }
    compare(Part::Payload, contents.payload, payload.finish())
}

fn compare(part: Part, declared: Digests, found: Digests) -> Result<(), Rejection> {
    let mismatch = if declared.sm3 != found.sm3 {
        Mismatch::Sm3 { declared: declared.sm3, found: found.sm3 }
    } else if declared.sha256 != found.sha256 {
        Mismatch::Sha256 { declared: declared.sha256, found: found.sha256 }
    } else {
        return Ok(());
    };
    Err(Rejection::Digest { part, mismatch })
}
