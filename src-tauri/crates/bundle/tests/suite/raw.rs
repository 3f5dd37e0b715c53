//! A second writer, from FORMAT.md alone: it signs whatever it is given, also what the real writer never would.

use bundle::keys::SM2_USER_ID;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use sha2::{Digest as _, Sha256};
use sm3::Sm3;
use std::io::Write as _;

pub const MAGIC: &[u8] = b"\x89TZB\r\n\x1a\n";
pub const HEADER_AT: usize = 8 + 97 + 4;

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub fn deflate(bytes: &[u8]) -> Vec<u8> {
    deflate_at(Compression::default(), bytes)
}

/// What repeats itself becomes as small as it can.
pub fn deflate_best(bytes: &[u8]) -> Vec<u8> {
    deflate_at(Compression::best(), bytes)
}

fn deflate_at(level: Compression, bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), level);
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn pae(public: &[u8], header: &[u8]) -> Vec<u8> {
    let start = format!("DSSEv1 39 application/vnd.taizhang.bundle.v1+json {} ", public.len() + header.len());
    [start.as_bytes(), public, header].concat()
}

/// A bundle in pieces, each of which a test may spoil.
#[derive(Clone)]
pub struct Raw {
    pub seed: [u8; 32],
    pub user_id: &'static str,
    /// Replaces the public keys in the file and in the signed message.
    pub public: Option<Vec<u8>>,
    /// The header's members without lengths and digests, as JSON text.
    pub claims: String,
    /// Replaces the whole header.
    pub header: Option<Vec<u8>>,
    pub records: Vec<u8>,
    /// Replaces the deflate stream.
    pub stream: Option<Vec<u8>>,
    pub inflated_len: Option<u64>,
    /// The attachments, as they stand in the file; the claims have to list them.
    pub tail: Vec<u8>,
}

impl Raw {
    /// A progress bundle with these records.
    pub fn progress(records: &str) -> Self {
        let claims = format!(
            r#""format":1,"kind":"progress","hub":"hub-1","plan":"plan-2024","plan_version":3,"office":"u01",
            "period":"2024-03","stream":"{}","seq":1,"prev":"{}","stand_in":false,"attachments":[],
            "created":"2024-04-03T09:30:00+08:00","application":"taizhang 0.1.0""#,
            "5a".repeat(16),
            "00".repeat(32),
        );
        Self {
            seed: [1; 32],
            user_id: SM2_USER_ID,
            public: None,
            claims,
            header: None,
            records: records.as_bytes().to_vec(),
            stream: None,
            inflated_len: None,
            tail: Vec::new(),
        }
    }

    /// A bundle of any kind with these records.
    pub fn of(kind: &str, records: &str) -> Self {
        let zeros = "0".repeat(64);
        let own = match kind {
            "plan" => r#""seq":1"#.to_owned(),
            "enrolment" => r#""office":"u01""#.to_owned(),
            "receipt" => format!(r#""office":"u01","seq":1,"prev":"{zeros}""#),
            _ => return Self::progress(records),
        };
        let claims = format!(
            r#""format":1,"kind":"{kind}","hub":"hub-1","plan":"plan-2024","plan_version":3,{own},"stream":"{}",
            "created":"2024-04-03T09:30:00+08:00","application":"taizhang 0.1.0""#,
            "5a".repeat(16),
        );
        Self { claims, ..Self::progress(records) }
    }

    /// Attaches files, each declared as what one likes.
    pub fn with_files(mut self, files: &[(&str, &[u8])]) -> Self {
        let listed: Vec<_> = files.iter().map(|(media, file)| listed(media, file)).collect();
        self.tail = files.iter().flat_map(|(_, file)| file.to_vec()).collect();
        self.claim("\"attachments\":[]", &format!("\"attachments\":[{}]", listed.join(",")))
    }

    pub fn claim(mut self, from: &str, to: &str) -> Self {
        assert!(self.claims.contains(from), "{from}");
        self.claims = self.claims.replacen(from, to, 1);
        self
    }

    pub fn sm2(&self) -> sm2::dsa::SigningKey {
        sm2::dsa::SigningKey::from_slice(self.user_id, &self.seed).unwrap()
    }

    pub fn ed25519(&self) -> ed25519_dalek::SigningKey {
        ed25519_dalek::SigningKey::from_bytes(&self.seed)
    }

    pub fn public(&self) -> Vec<u8> {
        self.public.clone().unwrap_or_else(|| {
            [&self.sm2().verifying_key().to_sec1_bytes()[..], self.ed25519().verifying_key().as_bytes()]
                .concat()
        })
    }

    pub fn deflated(&self) -> Vec<u8> {
        self.stream.clone().unwrap_or_else(|| deflate(&self.records))
    }

    pub fn payload(&self) -> Vec<u8> {
        [self.deflated(), self.tail.clone()].concat()
    }

    pub fn header(&self) -> Vec<u8> {
        self.header.clone().unwrap_or_else(|| {
            let payload = self.payload();
            format!(
                r#"{{{},"records_len":{},"inflated_len":{},"payload_sm3":"{}","payload_sha256":"{}"}}"#,
                self.claims,
                self.deflated().len(),
                self.inflated_len.unwrap_or(self.records.len() as u64),
                hex(&Sm3::digest(&payload)),
                hex(&Sha256::digest(&payload)),
            )
            .into_bytes()
        })
    }

    pub fn signature(&self) -> [u8; 128] {
        use sm2::dsa::signature::Signer as _;
        let message = pae(&self.public(), &self.header());
        let sm2: sm2::dsa::Signature = self.sm2().sign(&message);
        let mut signature = [0; 128];
        signature[..64].copy_from_slice(&sm2.to_bytes());
        signature[64..].copy_from_slice(&self.ed25519().sign(&message).to_bytes());
        signature
    }

    pub fn signed(&self, signature: &[u8; 128]) -> Vec<u8> {
        let header = self.header();
        let len = (header.len() as u32).to_be_bytes();
        [MAGIC, &self.public(), &len, &header, signature, &self.payload()].concat()
    }

    pub fn bytes(&self) -> Vec<u8> {
        self.signed(&self.signature())
    }
}

/// The first record of every return.
pub const RETURN: &str =
    "{\"return\":{\"nil\":false,\"filled_by\":\"甲\",\"checked_by\":\"乙\",\"issued_by\":\"丙\"}}\n";

/// What a header says of an attachment.
fn listed(media: &str, file: &[u8]) -> String {
    let (sm3, sha256) = (hex(&Sm3::digest(file)), hex(&Sha256::digest(file)));
    format!(r#"{{"len":{},"sm3":"{sm3}","sha256":"{sha256}","media":"{media}"}}"#, file.len())
}

/// A progress bundle with one attachment, declared as whatever one likes.
pub fn attached(media: &str, file: &[u8]) -> Vec<u8> {
    Raw::progress(RETURN).with_files(&[(media, file)]).bytes()
}
