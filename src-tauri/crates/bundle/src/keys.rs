//! The composite key: one SM2 pair and one Ed25519 pair that always act together.

use ed25519_dalek::pkcs8::EncodePublicKey as _;
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::{Signer as _, SigningKey as Ed25519Secret, VerifyingKey as Ed25519Public};
use rand_core::CryptoRng;
use sm2::dsa::{SigningKey as Sm2Secret, VerifyingKey as Sm2Public};
use zeroize::{Zeroize as _, Zeroizing};

/// The user id that enters every SM2 signature (GB/T 32918.2 Z value), the customary default.
///
/// It is always passed explicitly: libraries differ in what they assume, and a signature under another user id must
/// fail.
pub const SM2_USER_ID: &str = "1234567812345678";

/// Bytes of the SM2 public key: an uncompressed point.
pub const SM2_PUBLIC_LEN: usize = 65;
/// Bytes of the Ed25519 public key.
pub const ED25519_PUBLIC_LEN: usize = 32;
/// Bytes of both public keys, as every bundle carries them.
pub const PUBLIC_LEN: usize = SM2_PUBLIC_LEN + ED25519_PUBLIC_LEN;
/// Bytes of one half of a signature.
pub const HALF_LEN: usize = 64;
/// Bytes of both halves, SM2 first.
pub const SIGNATURE_LEN: usize = 2 * HALF_LEN;
/// Bytes of one secret seed.
const SEED_LEN: usize = 32;
/// Bytes of both secret seeds, SM2 first.
pub const SEEDS_LEN: usize = 2 * SEED_LEN;

/// One half of the composite scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    /// SM2 with SM3.
    Sm2,
    /// Ed25519.
    Ed25519,
}

/// A public or secret key that must not be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadKey {
    /// The SM2 public key is not an uncompressed point of the curve.
    #[error("the SM2 public key is not an uncompressed point on the curve")]
    Sm2Point,
    /// The Ed25519 public key is not a point in canonical form.
    #[error("the Ed25519 public key is not a canonically encoded point")]
    Ed25519Point,
    /// The Ed25519 public key has small order: signatures under it prove nothing.
    #[error("the Ed25519 public key has small order")]
    Ed25519SmallOrder,
    /// The SM2 seed is zero, n − 1 or larger (n is the order of the curve).
    #[error("the SM2 seed is not a number from 1 to n-2")]
    Sm2Seed,
}

/// Both public keys, checked.
#[derive(Clone)]
pub struct PublicKeys {
    bytes: [u8; PUBLIC_LEN],
    sm2: Sm2Public,
    ed25519: Ed25519Public,
}

impl PublicKeys {
    /// Reads both keys as a bundle carries them: 65 bytes of SM2, 32 bytes of Ed25519.
    pub fn from_bytes(bytes: &[u8; PUBLIC_LEN]) -> Result<Self, BadKey> {
        let (sm2, ed25519) = bytes.split_at(SM2_PUBLIC_LEN);
        // Of this length there is only the uncompressed form, so that a key has one encoding.
        let sm2 = Sm2Public::from_sec1_bytes(SM2_USER_ID, sm2).map_err(|_| BadKey::Sm2Point)?;
        let ed25519 = ed25519.try_into().map_err(|_| BadKey::Ed25519Point)?;
        if !is_canonical(ed25519) {
            return Err(BadKey::Ed25519Point);
        }
        let ed25519 = Ed25519Public::from_bytes(ed25519).map_err(|_| BadKey::Ed25519Point)?;
        if ed25519.is_weak() {
            return Err(BadKey::Ed25519SmallOrder);
        }
        Ok(Self { bytes: *bytes, sm2, ed25519 })
    }

    /// Returns both keys as a bundle carries them.
    pub fn as_bytes(&self) -> &[u8; PUBLIC_LEN] {
        &self.bytes
    }

    /// Returns the SM2 key as PEM (SubjectPublicKeyInfo), for the `openssl` program.
    pub fn sm2_pem(&self) -> String {
        sm2::PublicKey::from(&self.sm2).to_public_key_pem(LineEnding::LF).unwrap_or_default()
    }

    /// Returns the Ed25519 key as PEM (SubjectPublicKeyInfo), for the `openssl` program.
    pub fn ed25519_pem(&self) -> String {
        self.ed25519.to_public_key_pem(LineEnding::LF).unwrap_or_default()
    }

    /// Checks both halves of `signature` over `message`; names the half that fails.
    pub(crate) fn verify(&self, message: &[u8], signature: &[u8; SIGNATURE_LEN]) -> Result<(), Half> {
        use sm2::dsa::signature::Verifier as _;
        let (sm2, ed25519) = signature.split_at(HALF_LEN);
        // The cheaper half first. A caller learns which half failed; neither is ever enough alone.
        let ed25519 = ed25519_dalek::Signature::from_slice(ed25519).map_err(|_| Half::Ed25519)?;
        self.ed25519.verify_strict(message, &ed25519).map_err(|_| Half::Ed25519)?;
        let sm2 = sm2::dsa::Signature::from_slice(sm2).map_err(|_| Half::Sm2)?;
        self.sm2.verify(message, &sm2).map_err(|_| Half::Sm2)
    }
}

impl PartialEq for PublicKeys {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

impl Eq for PublicKeys {}

impl std::fmt::Debug for PublicKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PublicKeys({})", crate::digest::Hex(&self.bytes))
    }
}

/// Says whether the encoded y is below p = 2²⁵⁵ − 19, and x = 0 is not written as negative.
///
/// The decoder accepts both; each would be a second encoding of the same key.
fn is_canonical(bytes: &[u8; ED25519_PUBLIC_LEN]) -> bool {
    let top = bytes[31] & 0x7f == 0x7f && bytes[1..31].iter().all(|&b| b == 0xff);
    let not_reduced = top && bytes[0] >= 0xed;
    // x = 0 only where y = ±1; both are of small order, but the encoding is refused for what it is.
    let negative = bytes[31] & 0x80 != 0;
    let one = bytes[0] == 1 && bytes[1..31].iter().all(|&b| b == 0) && bytes[31] & 0x7f == 0;
    let minus_one = top && bytes[0] == 0xec;
    !not_reduced && !(negative && (one || minus_one))
}

/// n − 1, the one scalar below the order of the curve that cannot sign: 1 + d has no inverse (GB/T 32918.2, 6.1).
const SM2_ORDER_LESS_ONE: [u8; SEED_LEN] = [
    0xff, 0xff, 0xff, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x72,
    0x03, 0xdf, 0x6b, 0x21, 0xc6, 0x05, 0x2b, 0x53, 0xbb, 0xf4, 0x09, 0x39, 0xd5, 0x41, 0x22,
];

/// Both secret keys; wiped from memory when dropped.
///
/// Signatures are deterministic (RFC 6979, RFC 8032): the same keys and message give the same bytes.
pub struct SecretKeys {
    // The crate's secret key is wiped on drop, its signing key is not; that one is made per signature.
    sm2: sm2::SecretKey,
    ed25519: Ed25519Secret,
    public: PublicKeys,
}

impl SecretKeys {
    /// Makes new keys.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        let mut seeds = Zeroizing::new([0; SEEDS_LEN]);
        loop {
            rng.fill_bytes(&mut seeds[..]);
            // Fails once in 2³² times, when the number is beyond the order of the curve.
            if let Ok(keys) = Self::from_seeds(&seeds) {
                return keys;
            }
        }
    }

    /// Takes the two seeds: the SM2 scalar (32 bytes, big-endian), then the Ed25519 seed (32 bytes, RFC 8032).
    pub fn from_seeds(seeds: &[u8; SEEDS_LEN]) -> Result<Self, BadKey> {
        let (scalar, seed) = seeds.split_at(SEED_LEN);
        if scalar == SM2_ORDER_LESS_ONE {
            return Err(BadKey::Sm2Seed);
        }
        let sm2 = sm2::SecretKey::from_slice(scalar).map_err(|_| BadKey::Sm2Seed)?;
        let ed25519 = Ed25519Secret::try_from(seed).map_err(|_| BadKey::Ed25519Point)?;

        let mut bytes = [0; PUBLIC_LEN];
        bytes[..SM2_PUBLIC_LEN].copy_from_slice(&sm2.public_key().to_sec1_bytes());
        bytes[SM2_PUBLIC_LEN..].copy_from_slice(ed25519.verifying_key().as_bytes());
        Ok(Self { sm2, ed25519, public: PublicKeys::from_bytes(&bytes)? })
    }

    /// Returns the two seeds as [`Self::from_seeds`] takes them.
    pub(crate) fn seeds(&self) -> Zeroizing<[u8; SEEDS_LEN]> {
        let mut seeds = Zeroizing::new([0; SEEDS_LEN]);
        let mut scalar = self.sm2.to_bytes();
        seeds[..SEED_LEN].copy_from_slice(&scalar);
        scalar.zeroize();
        seeds[SEED_LEN..].copy_from_slice(self.ed25519.as_bytes());
        seeds
    }

    /// Returns the public keys.
    pub fn public(&self) -> &PublicKeys {
        &self.public
    }

    /// Signs `message` with both keys: 64 bytes SM2 r ‖ s, then 64 bytes Ed25519.
    pub(crate) fn sign(&self, message: &[u8]) -> Result<[u8; SIGNATURE_LEN], SigningFailed> {
        let sm2 = Sm2Secret::new(SM2_USER_ID, &self.sm2).map_err(|_| SigningFailed)?;
        let sm2: sm2::dsa::Signature = sm2.try_sign(message).map_err(|_| SigningFailed)?;
        let ed25519 = self.ed25519.try_sign(message).map_err(|_| SigningFailed)?;
        let mut signature = [0; SIGNATURE_LEN];
        signature[..HALF_LEN].copy_from_slice(&sm2.to_bytes());
        signature[HALF_LEN..].copy_from_slice(&ed25519.to_bytes());
        // A fault while signing (a bad bit of memory) can give away a deterministic key; such a signature never leaves.
        self.public.verify(message, &signature).map_err(|_| SigningFailed)?;
        Ok(signature)
    }
}

impl std::fmt::Debug for SecretKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SecretKeys(of {:?})", self.public)
    }
}

/// A signature could not be made, or did not verify once made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the signature could not be made")]
pub struct SigningFailed;

#[cfg(test)]
mod known_answers;
