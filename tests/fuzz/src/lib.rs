//! What the fuzz targets share: a bundle that is signed whatever stands in it, and what must hold of one that is taken.

#[path = "../../../src-tauri/crates/bundle/tests/suite/raw.rs"]
#[allow(dead_code, clippy::unwrap_used)] // The bundle's suite uses more of it.
pub mod raw;

use bundle::keys::SecretKeys;
use bundle::limits::Limits;
use bundle::stage::Staged;
use bundle::v1::Payload;
use bundle::verify::Verified;
use bundle::write::write;

pub use raw::Raw;

/// The kinds of bundle, by the first byte of an input.
pub const KINDS: [&str; 4] = ["plan", "enrolment", "progress", "receipt"];

/// A signed bundle of a kind with these records.
pub fn of_records(kind: u8, records: &[u8]) -> Raw {
    let mut raw = Raw::of(KINDS[usize::from(kind) % KINDS.len()], "");
    raw.records = records.to_vec();
    raw
}

/// Verifies a file.
pub fn verified(bytes: Vec<u8>) -> Option<Verified> {
    Staged::from_bytes(bytes).verify(&Limits::default()).ok()
}

/// Writes what was taken with our own writer: the reader must take it again, and read the same.
pub fn comes_back(verified: Verified) -> Payload {
    let claims = verified.header().claims.clone();
    let payload = verified.into_payload();
    // A key's successor signed for the key before it, which is not the fuzzer's.
    if claims.subject.successor().is_some() {
        return payload;
    }
    let keys = SecretKeys::from_seeds(&[1; 64]).expect("good seeds");
    let mut again = Vec::new();
    // A bundle with attachments wants their bytes; what refers to them is left to the suites.
    match write(&keys, claims, &payload, &mut [], &Limits::default(), &mut again) {
        Ok(_) => {
            let read = self::verified(again).expect("our own bundle").into_payload();
            assert_eq!(format!("{read:?}"), format!("{payload:?}"));
            read
        }
        Err(_) => payload,
    }
}
