//! Any bytes as a key file: no keys come out but those that were locked in, and no cost above the pinned one is paid.
#![no_main]

use bundle::key_file::{WorkFactor, unlock};
use bundle::keys::SecretKeys;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(keys) = unlock(bytes, "口令", WorkFactor::TEST) {
        let ours = SecretKeys::from_seeds(&[1; 64]).expect("good seeds");
        assert_eq!(keys.public(), ours.public());
    }
});
