//! Rows 5 to 9 of the attacks: halves that do not belong, and keys and signatures outside the strict rules.

use num_bigint::BigUint;
use sha2::{Digest as _, Sha512};

use super::tables::ENTRIES;
use super::{Vector, enrolment, vector};
use crate::forgery::{L, N, SMALL_ORDER, unhex};
use crate::raw::{RETURN, Raw, pae};

/// The prime of the SM2 curve and its constant b.
const P: &str = "fffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffff";
const B: &str = "28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93";
/// The Ed25519 key of the seed 01…01 plus a point of order 8.
const MIXED: &str = "4f5c0ee0a42cb0f328eb802f5bc93f7709db39eff3e2095ac3f5d61fa29f315f";
/// p + 3, where 3 is the y of a point that is not of small order.
const Y_BEYOND_P: &str = "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f";

fn big(hex: &str) -> BigUint {
    BigUint::from_bytes_be(&unhex::<32>(hex))
}

fn bytes_be(number: &BigUint) -> [u8; 32] {
    let digits = number.to_bytes_be();
    let mut out = [0; 32];
    out[32 - digits.len()..].copy_from_slice(&digits);
    out
}

fn bytes_le(number: &BigUint) -> [u8; 32] {
    let mut out = bytes_be(number);
    out.reverse();
    out
}

fn halves(all: &mut Vec<Vector>) {
    let raw = enrolment();
    let good = raw.signature();
    let other = Raw { seed: [2; 32], ..raw.clone() }.signature();
    let progress = Raw::progress(RETURN);
    let receipt = Raw::of("receipt", "").signature();
    let with = |edit: &dyn Fn(&mut [u8; 128])| {
        let mut signature = good;
        edit(&mut signature);
        raw.signed(&signature)
    };
    let (sm2, ed25519) = ("bad_signature_sm2", "bad_signature_ed25519");
    for (name, expect, rule, bytes) in [
        ("half-sm2-zeroed", sm2, "both halves verify", with(&|s| s[..64].fill(0))),
        ("half-ed25519-zeroed", ed25519, "both halves verify", with(&|s| s[64..].fill(0))),
        ("halves-zeroed", ed25519, "both halves verify", with(&|s| s.fill(0))),
        ("halves-swapped", ed25519, "each half has its place", with(&|s| s.rotate_left(64))),
        ("half-sm2-twice", ed25519, "each half has its place", with(&|s| s.copy_within(..64, 64))),
        (
            "half-sm2-of-another-key",
            sm2,
            "both halves verify",
            with(&|s| s[..64].copy_from_slice(&other[..64])),
        ),
        (
            "half-ed25519-of-another-key",
            ed25519,
            "both halves verify",
            with(&|s| s[64..].copy_from_slice(&other[64..])),
        ),
        (
            "half-sm2-of-another-bundle",
            sm2,
            "both halves sign this header",
            with(&|s| s[..64].copy_from_slice(&receipt[..64])),
        ),
        (
            "half-ed25519-of-another-bundle",
            ed25519,
            "both halves sign this header",
            with(&|s| s[64..].copy_from_slice(&receipt[64..])),
        ),
        ("halves-of-another-key", ed25519, "the keys of the file sign it", raw.signed(&other)),
        (
            "receipt-signature-on-progress",
            ed25519,
            "a signature serves one header",
            progress.signed(&receipt),
        ),
        (
            "kind-receipt-with-a-return",
            "bad_record",
            "what is carried fits the kind",
            Raw::of("receipt", &[RETURN, ENTRIES].concat()).bytes(),
        ),
        (
            "kind-progress-with-an-enrolment",
            "bad_record",
            "what is carried fits the kind",
            Raw { records: raw.records.clone(), ..progress.clone() }.bytes(),
        ),
        ("kind-plan-with-nothing", "bad_record", "only a receipt may be empty", Raw::of("plan", "").bytes()),
    ] {
        all.push(vector(name, expect, rule, bytes));
    }
    // Both signatures are good, each of its own key; but the keys in the file are part of what is signed.
    let mine = raw.public();
    let theirs = Raw { seed: [2; 32], ..raw.clone() }.public();
    let mixed = Raw { public: Some([&mine[..65], &theirs[65..]].concat()), ..raw.clone() };
    let rule = "both keys are in what both sign";
    all.push(vector("keys-one-exchanged", ed25519, rule, mixed.signed(&good)));
    let shown = Raw { public: Some(theirs), ..raw.clone() };
    all.push(vector("keys-both-exchanged", ed25519, rule, shown.signed(&good)));
}

fn sm2(all: &mut Vec<Vector>) {
    let raw = enrolment();
    let n = big(N);
    let one = BigUint::from(1_u8);
    let good = raw.signature();
    for (half, at) in [("r", 0), ("s", 32)] {
        let values =
            [("0", [0; 32]), ("n", bytes_be(&n)), ("n-plus-1", bytes_be(&(&n + &one))), ("ones", [0xff; 32])];
        for (called, value) in values {
            let mut bad = good;
            bad[at..at + 32].copy_from_slice(&value);
            let rule = "r and s lie in 1 to n-1";
            let name = format!("sm2-{half}-{called}");
            all.push(vector(&name, "bad_signature_sm2", rule, raw.signed(&bad)));
        }
    }
    let r = BigUint::from_bytes_be(&good[..32]);
    let mut bad = good;
    bad[32..64].copy_from_slice(&bytes_be(&(&n - r)));
    all.push(vector("sm2-r-plus-s-is-n", "bad_signature_sm2", "r + s is not n", raw.signed(&bad)));
    for (name, user_id) in [
        ("sm2-user-id-empty", ""),
        ("sm2-user-id-of-the-draft", "ALICE123@YAHOO.COM"),
        ("sm2-user-id-one-digit-more", "12345678123456780"),
        ("sm2-user-id-last-digit", "1234567812345679"),
    ] {
        let rule = "the user id is 1234567812345678";
        all.push(vector(name, "bad_signature_sm2", rule, Raw { user_id, ..raw.clone() }.bytes()));
    }
    sm2_keys(all, &raw);
}

fn sm2_keys(all: &mut Vec<Vector>, raw: &Raw) {
    let good = raw.public();
    let with = |key: [u8; 65]| Raw { public: Some([&key[..], &good[65..]].concat()), ..raw.clone() }.bytes();
    let key: [u8; 65] = good[..65].try_into().unwrap();
    let edited = |edit: &dyn Fn(&mut [u8; 65])| {
        let mut key = key;
        edit(&mut key);
        with(key)
    };
    let p = big(P);
    // The smallest x of a point: x + p still has 32 bytes.
    let (x, y) = (0..99_u32)
        .map(BigUint::from)
        .find_map(|x| {
            let square = (x.pow(3) + &p * 3_u8 - &x * 3_u8 + big(B)) % &p;
            let y = square.modpow(&((&p + 1_u8) / 4_u8), &p);
            (&y * &y % &p == square).then_some((x, y))
        })
        .unwrap();
    let point =
        |x: &BigUint, y: &BigUint| with([&[4][..], &bytes_be(x), &bytes_be(y)].concat().try_into().unwrap());
    let mirrored = |key: &mut [u8; 65]| {
        let y = &p - BigUint::from_bytes_be(&key[33..]);
        key[33..].copy_from_slice(&bytes_be(&y));
    };
    for (name, expect, rule, bytes) in [
        ("sm2-key-off-the-curve", "bad_key", "the key is a point of the curve", edited(&|k| k[64] ^= 1)),
        ("sm2-key-zeroes", "bad_key", "infinity is no key", edited(&|k| k[1..].fill(0))),
        ("sm2-key-infinity", "bad_key", "infinity is no key", edited(&|k| k.fill(0))),
        ("sm2-key-ones", "bad_key", "x and y are below p", edited(&|k| k[1..].fill(0xff))),
        ("sm2-key-x-plus-p", "bad_key", "x and y are below p", point(&(&x + &p), &y)),
        ("sm2-key-hybrid", "bad_key", "04 is the only form", edited(&|k| k[0] = 6 + (k[64] & 1))),
        (
            "sm2-key-compressed",
            "bad_key",
            "04 is the only form",
            edited(&|k| {
                k[0] = 2 + (k[64] & 1);
                k[33..].fill(0);
            }),
        ),
        (
            "sm2-key-mirrored",
            "bad_signature_sm2",
            "the point with the other y is another key",
            edited(&mirrored),
        ),
        ("sm2-key-smallest-x", "bad_signature_sm2", "a point like any other, but another key", point(&x, &y)),
    ] {
        all.push(vector(name, expect, rule, bytes));
    }
}

fn secret_scalar(seed: &[u8; 32]) -> BigUint {
    let mut scalar: [u8; 32] = Sha512::digest(seed)[..32].try_into().unwrap();
    scalar[0] &= 0xf8;
    scalar[31] = scalar[31] & 0x7f | 0x40;
    BigUint::from_bytes_le(&scalar)
}

fn order() -> BigUint {
    BigUint::from_bytes_le(&unhex::<32>(L))
}

fn challenge(commitment: &[u8], key: &[u8], message: &[u8]) -> BigUint {
    BigUint::from_bytes_le(&Sha512::digest([commitment, key, message].concat())) % order()
}

fn ed25519(all: &mut Vec<Vector>) {
    let raw = enrolment();
    let good = raw.signature();
    let with = |r: &[u8], s: &[u8]| raw.signed(&[&good[..64], r, s].concat().try_into().unwrap());
    let s = BigUint::from_bytes_le(&good[96..]);
    let key = raw.ed25519().verifying_key().to_bytes();
    let message = pae(&raw.public(), &raw.header());
    let refused = "bad_signature_ed25519";
    let below = "S is below L";
    all.push(vector("ed25519-s-plus-l", refused, below, with(&good[64..96], &bytes_le(&(&s + order())))));
    all.push(vector("ed25519-s-is-l", refused, below, with(&good[64..96], &bytes_le(&order()))));
    for (i, point) in SMALL_ORDER.iter().enumerate() {
        let point: [u8; 32] = unhex(point);
        let form = if i < 8 { "small-order" } else { "non-canonical" };
        // With S = k·a it holds where R is the neutral point: only the strict rules are in its way.
        let s = challenge(&point, &key, &message) * secret_scalar(&raw.seed) % order();
        let rule = "R is canonical and not of small order";
        let name = format!("ed25519-r-{form}-{}", i % 8 + 1);
        all.push(vector(&name, refused, rule, with(&point, &bytes_le(&s))));
        // R = the point and S = 0 holds for a key of small order in one message of eight, or in all.
        let public = [&raw.public()[..65], &point].concat();
        let shown = Raw { public: Some(public), ..raw.clone() };
        let signature = [&shown.signature()[..64], &point, &[0; 32]].concat().try_into().unwrap();
        let rule = "the key is canonical and not of small order";
        let name = format!("ed25519-key-{form}-{}", i % 8 + 1);
        all.push(vector(&name, "bad_key", rule, shown.signed(&signature)));
    }
    let (rule, large) = ("a y is below p", unhex::<32>(Y_BEYOND_P));
    let shown = Raw { public: Some([&raw.public()[..65], &large].concat()), ..raw.clone() };
    all.push(vector("ed25519-key-non-canonical-of-large-order", "bad_key", rule, shown.bytes()));
    let no_point = |at: usize, bytes: &[u8]| {
        let mut file = bytes.to_vec();
        file[at..at + 32].fill(0);
        file[at] = 2;
        file
    };
    let file = raw.bytes();
    let r_at = file.len() - raw.payload().len() - 64;
    all.push(vector("ed25519-key-no-point", "bad_key", "the key is a point", no_point(73, &file)));
    all.push(vector("ed25519-r-no-point", refused, "R is a point", no_point(r_at, &file)));
    cofactor(all);
}

/// A key with a part of order 8: the equation without the cofactor holds for it in one message of eight.
fn cofactor(all: &mut Vec<Vector>) {
    let (l, mixed) = (order(), unhex::<32>(MIXED));
    let mut wanted = vec![
        (
            false,
            "ed25519-holds-only-with-cofactor",
            "bad_signature_ed25519",
            "the equation holds without the cofactor",
        ),
        (
            true,
            "good-ed25519-key-with-a-part-of-small-order",
            "ok",
            "a point with a part of small order is a point like any other",
        ),
    ];
    for attempt in 0.. {
        let claims = enrolment().claims.replace("0.1.0", &format!("0.1.{attempt}"));
        let raw = Raw { claims, ..enrolment() };
        let a = secret_scalar(&raw.seed);
        // The commitment of an ordinary signature, with its secret r = S − k·a, serves the other key as well.
        let ordinary = raw.signature();
        let key = raw.ed25519().verifying_key().to_bytes();
        let message = pae(&raw.public(), &raw.header());
        let k = challenge(&ordinary[64..96], &key, &message);
        let r = (BigUint::from_bytes_le(&ordinary[96..]) + &l * &l - k * &a % &l) % &l;

        let raw = Raw { public: Some([&raw.public()[..65], &mixed].concat()), ..raw };
        let message = pae(&raw.public(), &raw.header());
        let k = challenge(&ordinary[64..96], &mixed, &message);
        let s = (r + &k * &a) % &l;
        let signature = [&raw.signature()[..64], &ordinary[64..96], &bytes_le(&s)].concat();
        let holds = k % 8_u8 == BigUint::default();
        if let Some(at) = wanted.iter().position(|(wants, ..)| *wants == holds) {
            let (_, name, expect, rule) = wanted.remove(at);
            all.push(vector(name, expect, rule, raw.signed(&signature.try_into().unwrap())));
        }
        if wanted.is_empty() {
            return;
        }
    }
}

pub fn vectors() -> Vec<Vector> {
    let mut all = Vec::new();
    halves(&mut all);
    sm2(&mut all);
    ed25519(&mut all);
    all
}
