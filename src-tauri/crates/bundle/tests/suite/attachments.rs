//! Evidence: large, streamed, told by its content (row 36 of the attacks), and a private copy (row 22).

use std::io::{Cursor, ErrorKind, Seek, SeekFrom};

use bundle::digest::Sha256Digest;
use bundle::header::HeaderFault;
use bundle::limits::Limits;
use bundle::media::Media;
use bundle::rejection::{Part, Rejection};
use bundle::stage::Staged;
use bundle::v1::Payload;
use bundle::write::{Source, WriteError, write};
use model::returns::{Evidence, Return};

use crate::fixture::*;

fn jpeg(len: usize) -> Vec<u8> {
    (0..len).map(|i| b"\xff\xd8\xff".get(i).copied().unwrap_or((i * 31 % 251) as u8)).collect()
}

fn with_evidence(files: &[&[u8]]) -> Return {
    let mut it = filed(files.len());
    for (entry, file) in it.entries.values_mut().zip(files) {
        let label = "现场 ../../照片\u{202e}.exe".to_owned();
        entry.evidence.push(Evidence { sha256: Sha256Digest::of(file).0, len: file.len() as u64, label });
    }
    it
}

#[test]
fn large_evidence_is_streamed() {
    let (first, second) = (jpeg(3_000_000), [b"%PDF-1.7\n".to_vec(), jpeg(70_000)].concat());
    let it = with_evidence(&[&first, &second]);
    let good = bytes(1, progress_claims(), &Payload::Progress(it.clone()), &[&first, &second]);
    let folder = tempfile::tempdir().unwrap();
    // The same from memory and from a temporary file.
    for in_memory in [10_000, 100_000_000] {
        let limits = Limits { in_memory, ..Limits::default() };
        let staged = Staged::copy_of(&good[..], &limits, folder.path()).unwrap();
        let mut verified = staged.verify(&limits).unwrap();
        assert_eq!(verified.payload(), &Payload::Progress(it.clone()));
        let media: Vec<_> = verified.header().contents.attachments.iter().map(|a| a.media).collect();
        assert_eq!(media, [Media::Jpeg, Media::Pdf]);
        for (index, original) in [(1, &second), (0, &first)] {
            let mut copy = Vec::new();
            verified.copy_attachment(index, &mut copy).unwrap();
            assert!(copy == *original);
        }
        assert!(verified.copy_attachment(2, &mut Vec::new()).is_err());
        let mut archived = Vec::new();
        verified.copy_to(&mut archived).unwrap();
        assert!(archived == good);
        assert_eq!(verified.file_digest(), Sha256Digest::of(&good));

        for at in [good.len() - 1, good.len() - 60_000, good.len() - 71_000, 5000] {
            let mut bad = good.clone();
            bad[at] ^= 1;
            let staged = Staged::copy_of(&bad[..], &limits, folder.path()).unwrap();
            let refused = staged.verify(&limits).unwrap_err();
            let part =
                if at >= good.len() - second.len() { Part::Attachment(1) } else { Part::Attachment(0) };
            assert!(matches!(refused.rejection, Rejection::Digest { part: p, .. } if p == part), "{at}");
            // The refused copy is still there, for inspection.
            let (mut staged, mut kept) = (refused.staged, Vec::new());
            staged.copy_to(&mut kept).unwrap();
            assert!(kept == bad);
        }
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "the temporary copies have no names");
}

#[test]
fn a_file_that_changes_after_it_was_copied_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.tzb");
    let evidence = jpeg(50_000);
    let good = bytes(1, progress_claims(), &Payload::Progress(filed(1)), &[&evidence]);
    std::fs::write(&path, &good).unwrap();
    let limits = Limits { in_memory: 1000, ..Limits::default() };
    let staged = Staged::copy_of(std::fs::File::open(&path).unwrap(), &limits, folder.path()).unwrap();
    std::fs::write(&path, b"something else").unwrap();
    let mut verified = staged.verify(&limits).unwrap();
    std::fs::remove_file(&path).unwrap();
    let mut copy = Vec::new();
    verified.copy_attachment(0, &mut copy).unwrap();
    assert!(copy == evidence);
}

#[test]
fn content_decides_at_both_ends() {
    let attempt = |file: &[u8]| {
        let mut cursor = Cursor::new(file);
        let payload = Payload::Progress(filed(1));
        write(&keys(1), progress_claims(), &payload, &mut [&mut cursor], &Limits::default(), &mut Vec::new())
    };
    assert!(attempt(b"%PDF-1.4").is_ok());
    for bad in [&b"MZ\x90\0"[..], b"<svg onload=alert(1)>", b"GIF89a", b"", b"\xff\xd8", b"PK\x03\x04"] {
        assert!(matches!(attempt(bad), Err(WriteError::Media { index: 0 })), "{bad:?}");
    }
    // A writer that lies about what it attaches.
    let program = b"MZ\x90\0 not evidence";
    for (declared, file) in
        [("application/pdf", &program[..]), ("image/png", b"%PDF-1.7"), ("image/jpeg", b"")]
    {
        assert_eq!(verdict(crate::raw::attached(declared, file)), "bad_attachment", "{declared}");
    }
    assert_eq!(verdict(crate::raw::attached("application/pdf", b"%PDF-1.7")), "accepted");
    assert_eq!(verdict(crate::raw::attached("image/svg+xml", b"<svg/>")), "bad_header");
}

#[test]
fn only_progress_bundles_have_attachments() {
    let attempt = |claims, payload: &Payload| {
        let mut cursor = Cursor::new(b"%PDF-1.7");
        match write(&keys(1), claims, payload, &mut [&mut cursor], &Limits::default(), &mut Vec::new()) {
            Err(WriteError::Header(HeaderFault::Forbidden(_, field))) => field,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(attempt(enrolment_claims(), &enrolment()), "attachments");
}

#[test]
fn evidence_must_be_attached() {
    let file = jpeg(100);
    let payload = Payload::Progress(with_evidence(&[&file]));
    let attempt = |file: &[u8]| {
        let mut cursor = Cursor::new(file);
        write(&keys(1), progress_claims(), &payload, &mut [&mut cursor], &Limits::default(), &mut Vec::new())
    };
    assert!(attempt(&file).is_ok());
    assert!(matches!(attempt(&jpeg(101)), Err(WriteError::Record(_))));
}

/// Gives other bytes each time it is read again.
struct Restless(Cursor<Vec<u8>>, u8);

impl std::io::Read for Restless {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        self.0.read(out)
    }
}

impl Seek for Restless {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.1 += 1;
        self.0.get_mut()[20] = self.1;
        self.0.seek(to)
    }
}

#[test]
fn a_source_that_changes_is_noticed() {
    let mut restless = Restless(Cursor::new(jpeg(100)), 0);
    let payload = Payload::Progress(filed(1));
    let written = write(
        &keys(1),
        progress_claims(),
        &payload,
        &mut [&mut restless],
        &Limits::default(),
        &mut Vec::new(),
    );
    assert!(matches!(written, Err(WriteError::Changed { index: 0 })));
}

/// Fails once, the second time that it is read.
struct Stumbling(Cursor<Vec<u8>>, u8, ErrorKind);

impl std::io::Read for Stumbling {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        self.1 += 1;
        if self.1 == 2 { Err(self.2.into()) } else { self.0.read(out) }
    }
}

impl Seek for Stumbling {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.0.seek(to)
    }
}

#[test]
fn a_source_that_was_only_interrupted_is_read_on() {
    let attempt = |kind| {
        let mut stumbling = Stumbling(Cursor::new(jpeg(100)), 0, kind);
        let payload = Payload::Progress(filed(1));
        let mut out = Vec::new();
        let sources: &mut [&mut dyn Source] = &mut [&mut stumbling];
        write(&keys(1), progress_claims(), &payload, sources, &Limits::default(), &mut out).map(|_| out)
    };
    let whole = bytes(1, progress_claims(), &Payload::Progress(filed(1)), &[&jpeg(100)]);
    assert!(attempt(ErrorKind::Interrupted).unwrap() == whole);
    assert!(matches!(attempt(ErrorKind::PermissionDenied), Err(WriteError::Io(_))));
}
