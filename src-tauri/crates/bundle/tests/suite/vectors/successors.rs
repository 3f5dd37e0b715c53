//! Row 19 of the attacks: a stream ends by handing over to a key that agreed to it, and not otherwise.

use bundle::header::{Link, Subject};
use bundle::keys::SecretKeys;
use bundle::limits::Limits;
use bundle::successor::Successor;
use bundle::v1::Payload;
use bundle::write::write_handing_over;
use sha2::{Digest as _, Sha256};
use sm3::Sm3;

use super::tables::{PLAN, progress};
use super::{Vector, enrolment, vector};
use crate::fixture::{anchor, claims, enrolment as office_enrolment, keys, office, stream};
use crate::forgery::{SMALL_ORDER, unhex};
use crate::raw::{Raw, hex};
use crate::records::plan;

/// The stream that the new key opens.
const NEXT: [u8; 16] = [0x6b; 16];

/// What the second writer puts together: the new key's statement, and the header around it.
#[derive(Clone)]
struct Handing {
    raw: Raw,
    /// Seeds of the key that takes over; it signs the statement, too, unless another is named.
    new: [u8; 32],
    signer: [u8; 32],
    user_id: &'static str,
    /// What the statement says: what the header says, unless a test spoils it.
    said: Vec<Vec<u8>>,
    /// Replaces the new public keys.
    keys: Option<Vec<u8>>,
    next: [u8; 16],
}

impl Handing {
    fn of(raw: Raw, role: &str, office: &str, seq: u64, prev: &[u8]) -> Self {
        let payload = raw.payload();
        let said = vec![
            role.into(),
            b"hub-1".to_vec(),
            b"plan-2024".to_vec(),
            3_u32.to_be_bytes().to_vec(),
            office.into(),
            vec![0x5a; 16],
            seq.to_be_bytes().to_vec(),
            prev.to_vec(),
            raw.public(),
            Vec::new(),
            NEXT.to_vec(),
            Sm3::digest(&payload).to_vec(),
            Sha256::digest(&payload).to_vec(),
        ];
        let user_id = raw.user_id;
        Self { raw, new: [2; 32], signer: [2; 32], user_id, said, keys: None, next: NEXT }
    }

    /// An office that hands over under number 3.
    fn office() -> Self {
        let zeros = "0".repeat(64);
        let numbered = format!(r#""office":"u01","seq":3,"prev":"{zeros}""#);
        Self::of(enrolment().claim(r#""office":"u01""#, &numbered), "office", "u01", 3, &[0; 32])
    }

    /// A hub that hands over with its very first plan.
    fn hub() -> Self {
        Self::of(Raw::of("plan", PLAN), "hub", "", 1, &[])
    }

    /// Has the statement say something else in its part of that number.
    fn saying(mut self, part: usize, what: &[u8]) -> Self {
        assert_ne!(self.said[part], what);
        self.said[part] = what.to_vec();
        self
    }

    fn keys(&self) -> Vec<u8> {
        self.keys.clone().unwrap_or_else(|| Raw { seed: self.new, ..self.raw.clone() }.public())
    }

    fn signature(&self) -> [u8; 128] {
        use sm2::dsa::signature::Signer as _;
        let mut said = self.said.clone();
        if said[9].is_empty() {
            said[9] = self.keys();
        }
        let body: Vec<u8> =
            said.iter().flat_map(|part| [&(part.len() as u32).to_be_bytes()[..], part].concat()).collect();
        let start = format!("DSSEv1 37 application/vnd.taizhang.successor.v1 {} ", body.len());
        let message = [start.as_bytes(), &body].concat();
        let signer = Raw { seed: self.signer, user_id: self.user_id, ..self.raw.clone() };
        let sm2: sm2::dsa::Signature = signer.sm2().sign(&message);
        let mut signature = [0; 128];
        signature[..64].copy_from_slice(&sm2.to_bytes());
        signature[64..].copy_from_slice(&signer.ed25519().sign(&message).to_bytes());
        signature
    }

    fn member(&self, signature: &[u8; 128]) -> String {
        let (keys, next, signature) = (hex(&self.keys()), hex(&self.next), hex(signature));
        format!(r#""successor":{{"keys":"{keys}","stream":"{next}","signature":"{signature}"}}"#)
    }

    fn signed(&self, signature: &[u8; 128]) -> Raw {
        let created = r#""created""#;
        self.raw.clone().claim(created, &format!("{},{created}", self.member(signature)))
    }

    fn sealed(&self) -> Raw {
        self.signed(&self.signature())
    }

    fn bytes(&self) -> Vec<u8> {
        self.sealed().bytes()
    }
}

fn written(all: &mut Vec<Vector>) {
    let next = bundle::header::StreamId(NEXT);
    let successor = |new: &SecretKeys| Box::new(Successor::new(new.public(), next));
    let write = |subject: Subject, payload: &Payload| {
        let mut out = Vec::new();
        let claims = claims(subject);
        write_handing_over(&keys(1), &keys(2), claims, payload, &Limits::default(), &mut out).unwrap();
        out
    };
    let later = Link::following(stream(), 6, anchor()).unwrap();
    let rotation = |link| Subject::Rotation { office: office(), link, successor: successor(&keys(2)) };
    let handed_on = Subject::Plan { link: later, successor: Some(successor(&keys(2))) };
    let rule = "what the application writes is taken";
    for (name, bytes) in [
        ("good-rotation", write(rotation(later), &office_enrolment())),
        (
            "good-rotation-before-any-return",
            write(rotation(Link::first(stream(), Some(anchor()))), &office_enrolment()),
        ),
        ("good-plan-that-hands-over", write(handed_on, &Payload::Plan(Box::new(plan())))),
    ] {
        all.push(vector(name, "ok", rule, bytes));
    }
    let rule = "the second writer is understood";
    all.push(vector("good-second-writer-rotation", "ok", rule, Handing::office().bytes()));
    all.push(vector("good-second-writer-plan-that-hands-over", "ok", rule, Handing::hub().bytes()));
}

/// The new key's own signature: missing, bad, somebody else's, or made for something else.
fn agreement(all: &mut Vec<Vector>) {
    let good = Handing::office();
    let signature = good.signature();
    let with = |edit: &dyn Fn(&mut [u8; 128])| {
        let mut signature = signature;
        edit(&mut signature);
        good.signed(&signature).bytes()
    };
    let signer = |seed: u8| Handing { signer: [seed; 32], ..good.clone() }.bytes();
    let rule = "the new key agrees with both its halves";
    for (name, bytes) in [
        ("successor-signature-zeroed", with(&|s| s.fill(0))),
        ("successor-half-sm2-zeroed", with(&|s| s[..64].fill(0))),
        ("successor-half-ed25519-zeroed", with(&|s| s[64..].fill(0))),
        ("successor-halves-swapped", with(&|s| s.rotate_left(64))),
        ("successor-signed-by-the-old-key", signer(1)),
        ("successor-signed-by-a-third-key", signer(3)),
        ("successor-user-id-empty", Handing { user_id: "", ..good.clone() }.bytes()),
    ] {
        all.push(vector(name, "bad_successor", rule, bytes));
    }
    let rule = "the new key agrees to this bundle and to no other";
    let third = Raw { seed: [3; 32], ..good.raw.clone() }.public();
    for (name, part, what) in [
        ("successor-of-the-other-role", 0, &b"hub"[..]),
        ("successor-under-another-hub", 1, b"hub-2"),
        ("successor-under-another-plan", 2, b"plan-2025"),
        ("successor-under-another-version", 3, b"\0\0\0\x04"),
        ("successor-of-another-office", 4, b"u02"),
        ("successor-in-another-stream", 5, &[0x5b; 16]),
        ("successor-under-another-number", 6, b"\0\0\0\0\0\0\0\x04"),
        ("successor-after-another-bundle", 7, &[1; 32]),
        ("successor-after-nothing", 7, b""),
        ("successor-of-another-key", 8, &third),
        ("successor-agrees-for-a-third-key", 9, &third),
        ("successor-with-another-stream", 10, &[0x6c; 16]),
        ("successor-with-another-payload-sm3", 11, &[0; 32]),
        ("successor-with-another-payload-sha256", 12, &[0; 32]),
    ] {
        all.push(vector(name, "bad_successor", rule, good.clone().saying(part, what).bytes()));
    }
    let office = Handing::hub().saying(4, b"u01");
    all.push(vector("successor-of-a-hub-with-an-office", "bad_successor", rule, office.bytes()));
    // Office 2 replays what the new key of office 1 signed, under its own name and its own key.
    let replayed = Raw { seed: [4; 32], ..good.sealed() }.claim("u01", "u02");
    all.push(vector("successor-replayed-by-another-office", "bad_successor", rule, replayed.bytes()));
}

/// Keys that are none, or not new.
fn keys_and_streams(all: &mut Vec<Vector>) {
    let good = Handing::office();
    let (old, new) = (good.raw.public(), good.keys());
    let with = |keys: Vec<u8>| Handing { keys: Some(keys), ..good.clone() }.bytes();
    // Each half signed by the key that stands for it: nothing but the half that is kept is wrong.
    let keeping = |keys: Vec<u8>, seeds: [[u8; 32]; 2]| {
        let it = Handing { keys: Some(keys), ..good.clone() };
        let [sm2, ed25519] = seeds.map(|signer| Handing { signer, ..it.clone() }.signature());
        let mut signature = sm2;
        signature[64..].copy_from_slice(&ed25519[64..]);
        it.signed(&signature).bytes()
    };
    let seeds = [good.raw.seed, good.new];
    let off = |at: usize| {
        let mut keys = new.clone();
        keys[at] ^= 1;
        keys
    };
    let same = Handing { new: [1; 32], signer: [1; 32], ..good.clone() };
    let own_stream = Handing { next: [0x5a; 16], ..good.clone() }.saying(10, &[0x5a; 16]);
    let small: [u8; 32] = unhex(SMALL_ORDER[0]);
    for (name, rule, bytes) in [
        ("successor-is-the-old-key", "a key does not follow itself", same.bytes()),
        (
            "successor-keeps-the-sm2-half",
            "both halves are new",
            keeping([&old[..65], &new[65..]].concat(), seeds),
        ),
        (
            "successor-keeps-the-ed25519-half",
            "both halves are new",
            keeping([&new[..65], &old[65..]].concat(), [seeds[1], seeds[0]]),
        ),
        ("successor-keeps-the-stream", "a stream does not follow itself", own_stream.bytes()),
        ("successor-sm2-key-off-the-curve", "the new key is held to the rules of keys", with(off(64))),
        (
            "successor-ed25519-key-of-small-order",
            "the new key is held to the rules of keys",
            with([&new[..65], &small].concat()),
        ),
    ] {
        all.push(vector(name, "bad_successor", rule, bytes));
    }
}

/// Who signs the bundle itself.
fn handing(all: &mut Vec<Vector>) {
    let good = Handing::office();
    let raw = good.sealed();
    let rule = "the old key hands over, the new one cannot take";
    // The new key in the place of the old one: it would follow itself.
    let alone = Raw { seed: [2; 32], ..raw.clone() };
    all.push(vector("rotation-by-the-new-key-alone", "bad_successor", rule, alone.bytes()));
    let signed = raw.signed(&alone.signature());
    all.push(vector("rotation-signed-by-the-new-key", "bad_signature_ed25519", rule, signed));
    let third = Raw { seed: [3; 32], ..raw.clone() };
    all.push(vector(
        "rotation-signed-by-a-third-key",
        "bad_signature_ed25519",
        rule,
        raw.signed(&third.signature()),
    ));
    // A third key in both places: its signature is good, but the new key agreed to follow another.
    all.push(vector("rotation-by-a-third-key", "bad_successor", rule, third.bytes()));
}

/// Where the header may name a successor, and how.
fn headers(all: &mut Vec<Vector>) {
    let good = Handing::office();
    let raw = good.sealed();
    let member = good.member(&good.signature());
    let claim = |from: &str, to: &str| raw.clone().claim(from, to).bytes();
    let zeros = format!(r#","prev":"{}""#, "0".repeat(64));
    let created = r#""created""#;
    let added = |raw: Raw| raw.claim(created, &format!("{member},{created}")).bytes();
    let keys = format!(r#""keys":"{}""#, hex(&good.keys()));
    for (name, rule, bytes) in [
        ("rotation-without-number", "a rotation has a number", claim(r#""seq":3,"#, "")),
        ("rotation-without-predecessor", "prev is there when seq is above 1", claim(&zeros, "")),
        (
            "rotation-with-period",
            "a rotation reports nothing",
            claim(r#""seq":3"#, r#""seq":3,"period":"2024-03""#),
        ),
        ("rotation-for-nobody", "a rotation is an office's", claim(r#""office":"u01","#, "")),
        (
            "enrolment-with-number",
            "an enrolment has no number",
            enrolment().claim(r#""office""#, r#""seq":1,"office""#).bytes(),
        ),
        ("enrolment-with-successor-alone", "a rotation has a number", added(enrolment())),
        ("successor-of-a-return", "a return hands nothing over", added(progress())),
        ("successor-of-a-receipt", "a receipt hands nothing over", added(Raw::of("receipt", ""))),
        ("successor-null", "null is not absence", claim(&member, r#""successor":null"#)),
        ("successor-array", "no array in place of an object", claim(&member, r#""successor":[]"#)),
        ("successor-without-keys", "each member is there", claim(&format!("{keys},"), "")),
        (
            "successor-without-stream",
            "each member is there",
            claim(&format!(r#""stream":"{}","#, hex(&NEXT)), ""),
        ),
        (
            "successor-without-signature",
            "the new key's own signature is there",
            claim(&format!(r#","signature":"{}""#, hex(&good.signature())), ""),
        ),
        (
            "successor-with-a-name",
            "no member that the format does not name",
            claim(&keys, &format!(r#""name":"a",{keys}"#)),
        ),
        (
            "successor-keys-in-capitals",
            "hex is lower case",
            claim(&keys, &keys.to_uppercase().replace("KEYS", "keys")),
        ),
        (
            "successor-keys-cut",
            "both keys are there",
            claim(&keys, &format!(r#"{}""#, &keys[..keys.len() - 3])),
        ),
        ("successor-twice", "a key stands once", claim(&member, &format!("{member},{member}"))),
    ] {
        all.push(vector(name, "bad_header", rule, bytes));
    }
    let order = "the successor goes before lengths and digests";
    let raw = Raw { inflated_len: Some(1 << 30), ..good.signed(&[0; 128]) };
    all.push(vector("successor-and-length-bad", "bad_successor", order, raw.bytes()));
    let order = "the successor goes before the records";
    let empty =
        Handing::of(Raw { records: Vec::new(), ..Handing::office().raw }, "office", "u01", 3, &[0; 32]);
    all.push(vector("successor-bad-and-no-record", "bad_successor", order, empty.signed(&[0; 128]).bytes()));
    all.push(vector(
        "rotation-without-record",
        "bad_record",
        "a rotation carries an enrolment",
        empty.bytes(),
    ));
}

pub fn vectors() -> Vec<Vector> {
    let mut all = Vec::new();
    for part in [written, agreement, keys_and_streams, handing, headers] {
        part(&mut all);
    }
    all
}
