//! Published answers, put to the very function that checks a bundle's signature.

use super::*;

/// Keys of ours, to fill the half that an example does not speak of.
fn filler() -> SecretKeys {
    SecretKeys::from_seeds(&[7; SEEDS_LEN]).unwrap()
}

fn bytes<const N: usize>(hex: &str) -> [u8; N] {
    crate::digest::from_hex(hex).unwrap()
}

/// Checks `sm2` and `ed25519` as one composite signature under the keys that belong to them.
fn composite(
    sm2: (&[u8], &[u8]),
    ed25519: (&[u8], &[u8]),
    message: &[u8],
) -> Result<Result<(), Half>, BadKey> {
    let keys = PublicKeys::from_bytes(&[sm2.0, ed25519.0].concat().try_into().unwrap())?;
    Ok(keys.verify(message, &[sm2.1, ed25519.1].concat().try_into().unwrap()))
}

/// Wycheproof's Ed25519 set; a signature of another length than 64 bytes cannot stand in a bundle at all.
#[test]
fn ed25519_answers_as_wycheproof_expects() {
    let set = wycheproof::eddsa::TestSet::load(wycheproof::eddsa::TestName::Ed25519).unwrap();
    let (mut valid, mut invalid) = (0, 0);
    let ours = filler();
    for group in &set.test_groups {
        for case in group.tests.iter().filter(|case| case.sig.len() == HALF_LEN) {
            let whole = ours.sign(&case.msg).unwrap();
            let sm2 = (&ours.public().as_bytes()[..SM2_PUBLIC_LEN], &whole[..HALF_LEN]);
            let answer = composite(sm2, (&group.key.pk, &case.sig), &case.msg).unwrap();
            let expected = match case.result {
                wycheproof::TestResult::Valid => Ok(()),
                _ => Err(Half::Ed25519),
            };
            assert_eq!(answer, expected, "case {}: {}", case.tc_id, case.comment);
            *(if expected.is_ok() { &mut valid } else { &mut invalid }) += 1;
        }
    }
    assert!(valid > 80 && invalid > 20, "{valid} valid, {invalid} invalid");
}

/// The signature of GB/T 32918.5—2017, A.2: user id 1234567812345678 on the recommended curve.
const STANDARD: [&str; 4] = [
    "3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8",
    "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020\
     ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13",
    "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3",
    "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa",
];
const STANDARD_MESSAGE: &[u8] = b"message digest";

/// Checks the standard's signature with other r, s, key or message in its place.
fn standard(public: &str, r: &str, s: &str, message: &[u8]) -> Result<Result<(), Half>, BadKey> {
    let ours = filler();
    let whole = ours.sign(message).unwrap();
    let (r, s): ([u8; 32], [u8; 32]) = (bytes(r), bytes(s));
    let sm2 = (&bytes::<SM2_PUBLIC_LEN>(public)[..], &[r, s].concat()[..]);
    composite(sm2, (&ours.public().as_bytes()[SM2_PUBLIC_LEN..], &whole[HALF_LEN..]), message)
}

#[test]
fn sm2_gives_the_key_and_takes_the_signature_of_the_standard() {
    let [secret, public, r, s] = STANDARD;
    let seeds = [bytes::<32>(secret), [7; 32]].concat().try_into().unwrap();
    let derived = SecretKeys::from_seeds(&seeds).unwrap();
    assert_eq!(derived.public().as_bytes()[..SM2_PUBLIC_LEN], bytes::<SM2_PUBLIC_LEN>(public));
    assert_eq!(standard(public, r, s, STANDARD_MESSAGE), Ok(Ok(())));
    assert_eq!(standard(public, r, s, b"message digesT"), Ok(Err(Half::Sm2)));
    assert_eq!(standard(public, s, r, STANDARD_MESSAGE), Ok(Err(Half::Sm2)));
}

/// What lies at the edges of the numbers: 0, n, n + 1, values above n that are right modulo n, r + s = n.
#[test]
fn sm2_takes_no_number_outside_its_range() {
    use num_bigint::BigUint;
    let [_, public, r, s] = STANDARD;
    let number = |hex: &str| BigUint::parse_bytes(hex.as_bytes(), 16).unwrap();
    let text = |number: &BigUint| format!("{number:064x}");
    let order = number("fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123");
    let zero = BigUint::ZERO;
    let largest = number(&"f".repeat(64));
    for edge in [&zero, &order, &(&order + 1_u8), &largest] {
        assert_eq!(standard(public, &text(edge), s, STANDARD_MESSAGE), Ok(Err(Half::Sm2)), "r = {edge:x}");
        assert_eq!(standard(public, r, &text(edge), STANDARD_MESSAGE), Ok(Err(Half::Sm2)), "s = {edge:x}");
    }
    // r + s = n makes t = 0 (GB/T 32918.2, 7.1, B5).
    let opposite = &order - number(r);
    assert_eq!(standard(public, r, &text(&opposite), STANDARD_MESSAGE), Ok(Err(Half::Sm2)));
    // A negated s is a second signature in ECDSA; not in SM2.
    let negated = &order - number(s);
    assert_eq!(standard(public, r, &text(&negated), STANDARD_MESSAGE), Ok(Err(Half::Sm2)));
}

/// Points that are none: beside the curve, beyond the field, infinity, the compressed and the hybrid form.
#[test]
fn sm2_takes_no_key_beside_the_curve() {
    let [_, public, r, s] = STANDARD;
    let field = "fffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffff";
    let beside = format!("{}4", &public[..public.len() - 1]);
    let beyond = format!("04{field}{}", &public[66..]);
    let nothing = "04".to_owned() + &"00".repeat(64);
    let (hybrid, compressed) = (format!("06{}", &public[2..]), format!("03{}", &public[2..]));
    for bad in [&beside, &beyond, &nothing, &hybrid, &compressed] {
        assert_eq!(standard(bad, r, s, STANDARD_MESSAGE), Err(BadKey::Sm2Point), "{bad}");
    }
}
