//! Every bundle that the demonstration wrote, verified by a program that shares no code with ours.
//!
//! The pieces are cut out by FORMAT.md, §1 and §10; `openssl` does the rest.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

use crate::demonstration::{bundles, is_altered};

/// SubjectPublicKeyInfo of an SM2 point and of an Ed25519 key, up to the key.
const SM2_PREFIX: &[u8] = b"\x30\x59\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\x2a\x81\x1c\xcf\x55\x01\x82\x2d\x03\x42\x00";
const ED25519_PREFIX: &[u8] = b"\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00";

/// Writes a number as an ASN.1 INTEGER.
fn integer(bytes: &[u8]) -> Vec<u8> {
    let significant = &bytes[bytes.iter().take_while(|byte| **byte == 0).count()..];
    let sign = if significant.first().is_some_and(|byte| *byte >= 0x80) { &[0][..] } else { &[] };
    [&[2, (sign.len() + significant.len()) as u8][..], sign, significant].concat()
}

/// Cuts a bundle into the files that `openssl` reads; returns its header.
fn cut(bundle: &Path, to: &Path) -> Value {
    let bytes = fs::read(bundle).unwrap();
    let h = u32::from_be_bytes(bytes[105..109].try_into().unwrap()) as usize;
    let (keys, header) = (&bytes[8..105], &bytes[109..109 + h]);
    let start = format!("DSSEv1 39 application/vnd.taizhang.bundle.v1+json {} ", 97 + h);
    let (sm2, ed25519) = (&bytes[109 + h..173 + h], &bytes[173 + h..237 + h]);
    let numbers = [integer(&sm2[..32]), integer(&sm2[32..])].concat();
    fs::create_dir_all(to).unwrap();
    for (name, parts) in [
        ("message", [start.as_bytes(), keys, header].concat()),
        ("sm2.key", [SM2_PREFIX, &keys[..65]].concat()),
        ("ed25519.key", [ED25519_PREFIX, &keys[65..]].concat()),
        ("sm2.sig", [&[0x30, numbers.len() as u8][..], &numbers].concat()),
        ("ed25519.sig", ed25519.to_vec()),
        ("payload", bytes[237 + h..].to_vec()),
    ] {
        fs::write(to.join(name), parts).unwrap();
    }
    serde_json::from_slice(header).unwrap()
}

fn openssl(folder: &Path, args: &[&str]) -> Output {
    Command::new("openssl").args(args).current_dir(folder).output().unwrap()
}

fn verifies(folder: &Path, key: &str, sig: &str, more: &[&str]) -> bool {
    let verify = ["pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-rawin", "-in", "message"];
    let output = openssl(folder, &[&verify[..], &["-inkey", key, "-sigfile", sig], more].concat());
    let said = String::from_utf8_lossy(&output.stdout);
    output.status.success() && said.contains("Signature Verified Successfully")
}

fn both_verify(folder: &Path) -> (bool, bool) {
    let sm2 = ["-digest", "sm3", "-pkeyopt", "distid:1234567812345678"];
    (verifies(folder, "sm2.key", "sm2.sig", &sm2), verifies(folder, "ed25519.key", "ed25519.sig", &[]))
}

#[test]
fn openssl_verifies_every_bundle_of_the_demonstration() {
    let scratch = tempfile::tempdir().unwrap();
    let bundles = bundles();
    assert!(bundles.len() > 150, "{}", bundles.len());
    let mut digests = Vec::new();
    for (at, bundle) in bundles.iter().enumerate() {
        let folder = scratch.path().join(at.to_string());
        let header = cut(bundle, &folder);
        assert_eq!(both_verify(&folder), (true, true), "{}", bundle.display());
        digests.push((header["payload_sm3"].clone(), header["payload_sha256"].clone()));
    }
    // One process per digest for all payloads together.
    let files: Vec<String> = (0..bundles.len()).map(|at| format!("{at}/payload")).collect();
    for (which, name) in [("-sm3", 0), ("-sha256", 1)] {
        let args: Vec<&str> =
            ["dgst", which, "-r"].into_iter().chain(files.iter().map(String::as_str)).collect();
        let said = String::from_utf8(openssl(scratch.path(), &args).stdout).unwrap();
        let found: Vec<&str> = said.lines().map(|line| line.split(' ').next().unwrap()).collect();
        assert_eq!(found.len(), bundles.len());
        for ((bundle, declared), found) in bundles.iter().zip(&digests).zip(found) {
            let declared = if name == 0 { &declared.0 } else { &declared.1 };
            // The altered byte lies in the payload: there, and only there, the digests differ.
            assert_eq!(declared == found, !is_altered(bundle), "{} {which}", bundle.display());
        }
    }

    // And openssl does refuse: another message, another half.
    let (one, other) = (scratch.path().join("0"), scratch.path().join("1"));
    fs::copy(other.join("message"), one.join("message")).unwrap();
    assert_eq!(both_verify(&one), (false, false));
}
