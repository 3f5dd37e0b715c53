//! Handing over: the last bundle of a stream names the key that signs on, and that key agrees.
//!
//! The old key vouches by signing the bundle; the new one shows that it is there, and that it wants this, by a signature of
//! its own inside the header. Neither alone moves anything.

use crate::digest::hex_value;
use crate::frame;
use crate::header::{Header, Link, StreamId, Subject};
use crate::keys::{
    BadKey, Half, PUBLIC_LEN, PublicKeys, SIGNATURE_LEN, SM2_PUBLIC_LEN, SecretKeys, SigningFailed,
};

hex_value! {
    /// Both public keys as a header writes them, not yet looked at.
    WrittenKeys, 97
}
hex_value! {
    /// Both halves of a signature as a header writes them.
    WrittenSignature, 128
}

const _: () = assert!(PUBLIC_LEN == 97 && SIGNATURE_LEN == 128);

/// The key that takes over, as the last bundle of a stream names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Successor {
    /// Its public keys.
    pub keys: WrittenKeys,
    /// The stream in which it signs.
    pub stream: StreamId,
    /// Its own signature over the [`statement`]; [`crate::write::write_handing_over`] fills it in.
    pub signature: WrittenSignature,
}

impl Successor {
    /// Names a key and its stream. It is not signed yet.
    pub fn new(keys: &PublicKeys, stream: StreamId) -> Self {
        let signature = WrittenSignature([0; SIGNATURE_LEN]);
        Self { keys: WrittenKeys(*keys.as_bytes()), stream, signature }
    }

    /// Returns the keys; those of a verified bundle are keys.
    pub fn public(&self) -> Result<PublicKeys, BadKey> {
        PublicKeys::from_bytes(&self.keys.0)
    }
}

/// Why a successor is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SuccessorFault {
    /// Its keys cannot be keys.
    #[error("its keys cannot be keys")]
    Key(#[from] BadKey),
    /// One of its halves, or its stream, is the old one.
    #[error("its keys and its stream are not both new")]
    NotNew,
    /// A half of its own signature does not fit.
    #[error("the {0:?} half of its own signature is not valid")]
    Signature(Half),
}

/// Looks at the successor that a verified header names, if it names one: new keys, and their own signature.
pub(crate) fn check(old: &PublicKeys, header: &Header) -> Result<(), SuccessorFault> {
    let Some((successor, message)) = statement(old, header) else { return Ok(()) };
    let new = successor.public()?;
    let ((old_sm2, old_ed25519), (sm2, ed25519)) = (halves(old), halves(&new));
    if old_sm2 == sm2 || old_ed25519 == ed25519 || successor.stream == header.claims.subject.stream() {
        return Err(SuccessorFault::NotNew);
    }
    new.verify(&message, &successor.signature.0).map_err(SuccessorFault::Signature)
}

fn halves(keys: &PublicKeys) -> (&[u8], &[u8]) {
    keys.as_bytes().split_at(SM2_PUBLIC_LEN)
}

/// Lets the new key sign the statement of a header that is about to be signed by the old one.
pub(crate) fn sign(old: &PublicKeys, new: &SecretKeys, header: &mut Header) -> Result<(), SigningFailed> {
    let Some((_, message)) = statement(old, header) else { return Ok(()) };
    let signature = WrittenSignature(new.sign(&message)?);
    if let Some(successor) = header.claims.subject.successor_mut() {
        successor.signature = signature;
    }
    Ok(())
}

/// Makes what the new key signs: everything by which one bundle differs from another, in parts as a fingerprint has them.
///
/// With the payload's digests in it, the new key vouches for what is carried as well.
fn statement<'h>(old: &PublicKeys, header: &'h Header) -> Option<(&'h Successor, Vec<u8>)> {
    let claims = &header.claims;
    let successor = claims.subject.successor()?;
    let (role, office) = match &claims.subject {
        Subject::Rotation { office, .. } => ("office", office.as_str()),
        _ => ("hub", ""),
    };
    let link = claims.subject.link()?;
    let seq = link.seq().to_be_bytes();
    let prev = Link::prev(link).map(|prev| prev.0);
    let payload = &header.contents.payload;
    let parts: [&[u8]; 13] = [
        role.as_bytes(),
        claims.hub.as_str().as_bytes(),
        claims.plan.as_str().as_bytes(),
        &claims.plan_version.to_be_bytes(),
        office.as_bytes(),
        &link.stream().0,
        &seq,
        prev.as_ref().map_or(&[], |prev| &prev[..]),
        old.as_bytes(),
        &successor.keys.0,
        &successor.stream.0,
        &payload.sm3.0,
        &payload.sha256.0,
    ];
    let mut body = Vec::with_capacity(512);
    for part in parts {
        body.extend_from_slice(&(part.len() as u32).to_be_bytes());
        body.extend_from_slice(part);
    }
    Some((successor, frame::encode(frame::SUCCESSOR_TYPE, &[&body])))
}
