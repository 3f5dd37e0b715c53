//! The independent check: the `openssl` program verifies both halves, step by step as FORMAT.md says.

use std::path::Path;
use std::process::Command;

use crate::fixture::*;
use crate::raw::{HEADER_AT, pae};

/// DER of an SM2 signature: SEQUENCE of the integers r and s.
fn der(signature: &[u8]) -> Vec<u8> {
    let integer = |half: &[u8]| {
        let digits = &half[half.iter().position(|b| *b != 0).unwrap_or(half.len() - 1)..];
        let sign: &[u8] = if digits[0] & 0x80 != 0 { &[0] } else { &[] };
        [&[0x02, (sign.len() + digits.len()) as u8], sign, digits].concat()
    };
    let both = [integer(&signature[..32]), integer(&signature[32..])].concat();
    [&[0x30, both.len() as u8], &both[..]].concat()
}

fn openssl(folder: &Path, arguments: &str) -> bool {
    let output = Command::new("openssl")
        .args(arguments.split_whitespace())
        .current_dir(folder)
        .output()
        .expect("the openssl program is needed for this test");
    println!("openssl {arguments}: {}{}", output.status, String::from_utf8_lossy(&output.stderr));
    output.status.success()
}

const SM2: &str = "pkeyutl -verify -pubin -inkey sm2.pem -rawin -digest sm3 -pkeyopt distid:1234567812345678 \
                   -in message -sigfile sm2.der";
const ED25519: &str = "pkeyutl -verify -pubin -inkey ed25519.pem -rawin -in message -sigfile ed25519.sig";

#[test]
fn openssl_verifies_both_halves() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, content: &[u8]| std::fs::write(folder.path().join(name), content).unwrap();
    for seed in 1..5 {
        let file = bytes(seed, progress_claims(), &bundle::v1::Payload::Progress(filed(3)), &[]);
        let header_len = u32::from_be_bytes(file[HEADER_AT - 4..HEADER_AT].try_into().unwrap()) as usize;
        let (public, header) = (&file[8..105], &file[HEADER_AT..HEADER_AT + header_len]);
        let signature = &file[HEADER_AT + header_len..][..128];
        let message = pae(public, header);
        put("sm2.pem", keys(seed).public().sm2_pem().as_bytes());
        put("ed25519.pem", keys(seed).public().ed25519_pem().as_bytes());
        put("message", &message);
        put("sm2.der", &der(&signature[..64]));
        put("ed25519.sig", &signature[64..]);
        assert!(openssl(folder.path(), SM2));
        assert!(openssl(folder.path(), ED25519));

        let mut altered = message;
        altered[200] ^= 1;
        put("message", &altered);
        assert!(!openssl(folder.path(), SM2));
        assert!(!openssl(folder.path(), ED25519));
    }
}
