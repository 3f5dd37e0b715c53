//! Rows 6 to 9 of the attacks: keys and signatures that must not pass. The tests sign with keys of their own, so that
//! nothing but the one thing under test is wrong.

use bundle::keys::{BadKey, PublicKeys, SM2_USER_ID, SecretKeys};
use ed25519_dalek::Verifier as _;
use num_bigint::BigUint;
use sha2::{Digest as _, Sha512};

use crate::fixture::*;
use crate::raw::{RETURN, Raw, pae};

/// The order of the SM2 curve.
pub const N: &str = "fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123";
/// The order of the Ed25519 base point, little-endian.
pub const L: &str = "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010";

pub fn unhex<const K: usize>(text: &str) -> [u8; K] {
    std::array::from_fn(|i| u8::from_str_radix(&text[2 * i..2 * i + 2], 16).unwrap())
}

fn raw() -> Raw {
    Raw::progress(RETURN)
}

#[test]
fn the_second_writer_is_understood() {
    assert_eq!(verdict(raw().bytes()), "accepted");
}

#[test]
fn a_signature_serves_one_kind_only() {
    let receipt = raw()
        .claim(r#""kind":"progress""#, r#""kind":"receipt""#)
        .claim(r#""period":"2024-03","#, "")
        .claim(r#""stand_in":false,"attachments":[],"#, "");
    assert_eq!(verdict(Raw { records: vec![], ..receipt.clone() }.bytes()), "accepted");
    assert_eq!(verdict(raw().signed(&receipt.signature())), "bad_signature_ed25519");
    // Signed as a receipt, but it carries a return; signed as a progress bundle, but it carries an enrolment.
    assert_eq!(verdict(receipt.bytes()), "bad_record");
    let enrolment = r#"{"enrolment":{"office_name":"a","contact":"b","telephone":"c"}}"#.to_owned() + "\n";
    assert_eq!(verdict(Raw::progress(&enrolment).bytes()), "bad_record");
    for kind in ["plan", "enrolment", "receipt"] {
        let disguised = raw().claim(r#""kind":"progress""#, &format!(r#""kind":"{kind}""#));
        assert_eq!(verdict(disguised.bytes()), "bad_header", "{kind}");
    }
}

#[test]
fn sm2_signatures_outside_their_range_are_refused() {
    let good = raw().signature();
    let n: [u8; 32] = unhex(N);
    let mut n_plus_one = n;
    n_plus_one[31] += 1;
    for value in [[0; 32], n, n_plus_one, [0xff; 32]] {
        for at in [0, 32] {
            let mut bad = good;
            bad[at..at + 32].copy_from_slice(&value);
            assert_eq!(verdict(raw().signed(&bad)), "bad_signature_sm2");
        }
    }
}

#[test]
fn sm2_under_another_user_id_is_refused() {
    for user_id in ["", "ALICE123@YAHOO.COM", "12345678123456780", "1234567812345679"] {
        let bad = Raw { user_id, ..raw() };
        assert_eq!(verdict(bad.bytes()), "bad_signature_sm2", "{user_id}");
    }
}

#[test]
fn sm2_keys_off_the_curve_are_refused() {
    let good = raw().public();
    let with = |change: fn(&mut [u8])| {
        let mut public = good.clone();
        change(&mut public);
        verdict(Raw { public: Some(public), ..raw() }.bytes())
    };
    assert_eq!(with(|_| {}), "accepted");
    assert_eq!(with(|p| p[64] ^= 1), "bad_key");
    assert_eq!(with(|p| p[1..65].fill(0)), "bad_key");
    assert_eq!(with(|p| p[..65].fill(0)), "bad_key");
    assert_eq!(with(|p| p[1..65].fill(0xff)), "bad_key");
    // The same point, compressed and padded, or in the hybrid form.
    assert_eq!(
        with(|p| {
            p[0] = 2 + (p[64] & 1);
            p[33..65].fill(0)
        }),
        "bad_key"
    );
    assert_eq!(with(|p| p[0] = 6 + (p[64] & 1)), "bad_key");
}

#[test]
fn ed25519_signatures_have_one_form() {
    let good = raw().signature();
    let l: [u8; 32] = unhex(L);
    let mut bad = good;
    let mut carry = 0;
    for (byte, l) in bad[96..].iter_mut().zip(l) {
        let sum = u16::from(*byte) + u16::from(l) + carry;
        (*byte, carry) = (sum as u8, sum >> 8);
    }
    assert_ne!(bad, good);
    assert_eq!(carry, 0);
    assert_eq!(verdict(raw().signed(&bad)), "bad_signature_ed25519");
}

/// The eight points of small order, and every other encoding of them.
pub const SMALL_ORDER: [&str; 14] = [
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "0100000000000000000000000000000000000000000000000000000000000080",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
];

#[test]
fn ed25519_points_of_small_order_are_refused() {
    for (i, point) in SMALL_ORDER.iter().enumerate() {
        let point: [u8; 32] = unhex(point);
        // As the key: R = the point, S = 0 passes a loose verifier for one message in eight, or for all.
        let mut public = raw().public();
        public[65..].copy_from_slice(&point);
        let raw = Raw { public: Some(public), ..raw() };
        let mut signature = raw.signature();
        signature[64..96].copy_from_slice(&point);
        signature[96..].fill(0);
        assert_eq!(verdict(raw.signed(&signature)), "bad_key", "{i}");
        let expected = if i < 8 { BadKey::Ed25519SmallOrder } else { BadKey::Ed25519Point };
        let bytes = raw.public().try_into().unwrap();
        assert_eq!(PublicKeys::from_bytes(&bytes).unwrap_err(), expected, "{i}");
    }
}

#[test]
fn ed25519_small_order_commitments_are_refused() {
    // With R the neutral point and S = k·a, [S]B = R + [k]A holds: an honest key, a signature that strict rules refuse.
    let raw = raw();
    let neutral: [u8; 32] = unhex(SMALL_ORDER[0]);
    let message = pae(&raw.public(), &raw.header());
    let key = raw.ed25519().verifying_key();
    let mut scalar: [u8; 32] = Sha512::digest(raw.seed)[..32].try_into().unwrap();
    scalar[0] &= 0xf8;
    scalar[31] = scalar[31] & 0x7f | 0x40;
    let k = Sha512::digest([&neutral[..], key.as_bytes(), &message].concat());
    let s = BigUint::from_bytes_le(&k) * BigUint::from_bytes_le(&scalar)
        % BigUint::from_bytes_le(&unhex::<32>(L));

    let mut signature = raw.signature();
    signature[64..96].copy_from_slice(&neutral);
    signature[96..].fill(0);
    signature[96..96 + s.to_bytes_le().len()].copy_from_slice(&s.to_bytes_le());
    let loose = ed25519_dalek::Signature::from_slice(&signature[64..]).unwrap();
    assert!(key.verify(&message, &loose).is_ok(), "a loose verifier takes it");
    assert_eq!(verdict(raw.signed(&signature)), "bad_signature_ed25519");
}

#[test]
fn seeds_that_cannot_sign_are_refused() {
    let n: [u8; 32] = unhex(N);
    let less = |by| {
        let mut seed = n;
        seed[31] -= by;
        seed
    };
    for (scalar, fits) in
        [([0; 32], false), (less(0), false), (less(1), false), (less(2), true), ([1; 32], true)]
    {
        let seeds = [scalar, [1; 32]].concat().try_into().unwrap();
        assert_eq!(SecretKeys::from_seeds(&seeds).is_ok(), fits, "{scalar:02x?}");
    }
}

/// GB/T 32918.5-2017, appendix A.2: the public key and the signature over "message digest".
#[test]
fn sm2_gives_the_answer_of_the_standard() {
    let public: [u8; 65] = unhex(concat!(
        "04",
        "09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020",
        "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13",
    ));
    let signature: [u8; 64] = unhex(concat!(
        "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3",
        "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa",
    ));
    let private: [u8; 32] = unhex("3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8");
    let key = sm2::dsa::SigningKey::from_slice(SM2_USER_ID, &private).unwrap();
    assert_eq!(key.verifying_key().to_sec1_bytes()[..], public);
    let signature = sm2::dsa::Signature::from_slice(&signature).unwrap();
    sm2::dsa::signature::Verifier::verify(key.verifying_key(), b"message digest", &signature).unwrap();
}
