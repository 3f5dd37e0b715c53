//! The independent check: the script of FORMAT.md, §10, run as it stands there by `sh` and `openssl`.

use std::path::Path;
use std::process::{Command, Output};

use bundle::v1::Payload;

use crate::fixture::*;
use crate::raw::HEADER_AT;

fn script() -> &'static str {
    let format = include_str!("../../FORMAT.md");
    format.split_once("```sh\n").unwrap().1.split_once("```").unwrap().0
}

fn check(folder: &Path, file: &[u8]) -> Output {
    std::fs::write(folder.join("a.tzb"), file).unwrap();
    Command::new("sh").args(["-e", "-c", script()]).current_dir(folder).output().unwrap()
}

#[test]
fn openssl_verifies_both_halves() {
    let folder = tempfile::tempdir().unwrap();
    for seed in 1..5 {
        let file = bytes(seed, progress_claims(), &Payload::Progress(filed(3)), &[b"%PDF-1.7 scan"]);
        let output = check(folder.path(), &file);
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{output:?}");
        assert_eq!(said.matches("Signature Verified Successfully").count(), 2, "{said}");
        let payload = verify(file.clone()).unwrap().header().contents.payload;
        assert!(
            said.contains(&payload.sm3.to_string()) && said.contains(&payload.sha256.to_string()),
            "{said}"
        );

        // The keys as the application shows them are the keys that the script takes from the file.
        let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
        assert_eq!(read("sm2.pem"), keys(seed).public().sm2_pem());
        assert_eq!(read("ed25519.pem"), keys(seed).public().ed25519_pem());

        // The script checks the Ed25519 half first: a byte of the header spoils both, a byte of the other half only that.
        let header_len = u32::from_be_bytes(file[HEADER_AT - 4..HEADER_AT].try_into().unwrap()) as usize;
        let signature_at = HEADER_AT + header_len;
        for (at, verified) in [(HEADER_AT + 30, 0), (signature_at + 70, 0), (signature_at + 10, 1)] {
            let mut bad = file.clone();
            bad[at] ^= 1;
            let output = check(folder.path(), &bad);
            let said = String::from_utf8_lossy(&output.stdout);
            assert!(!output.status.success());
            assert_eq!(said.matches("Signature Verified Successfully").count(), verified, "{at}: {said}");
        }
    }
}
