//! Any bytes as a header that is truly signed.
#![no_main]

use fuzz::{Raw, comes_back, raw, verified};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut raw = Raw::progress(raw::RETURN);
    raw.header = Some(bytes.to_vec());
    if let Some(verified) = verified(raw.bytes()) {
        comes_back(verified);
    }
});
