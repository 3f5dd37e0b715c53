//! Any bytes as a file: only what is signed may be taken.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Some(verified) = fuzz::verified(bytes.to_vec()) {
        fuzz::comes_back(verified);
    }
});
