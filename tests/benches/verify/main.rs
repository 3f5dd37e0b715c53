//! Measures on one core how fast returns of 90 entries are verified and read, against the bare cost of their cryptography.
//!
//! `cargo xtask bench --verify [SECONDS]`. At least 0.7 of the bare rate is wanted; this prints what was measured and judges
//! nothing. It is a benchmark of the room `bundle`, the only one that may name what it is compared with.

use std::hint::black_box;
use std::ops::Range;
use std::time::{Duration, Instant};

use bundle::digest::{Digests, Sha256Digest, Sm3Digest};
use bundle::header::{Claims, Link, StreamId, Subject};
use bundle::keys::{SM2_USER_ID, SecretKeys};
use bundle::limits::Limits;
use bundle::stage::Staged;
use bundle::v1::Payload;
use bundle::write::write;
use model::id::{HubId, OfficeId, PlanId, TargetId};
use model::returns::{Answer, Entry, Figures, Remarks, Return, SignOff};
use sm2::dsa::signature::{Signer as _, Verifier as _};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

const ENTRIES: usize = 90;
const TURNS: u32 = 10;
/// Bytes of both halves.
const SIGNATURE: usize = 128;

fn main() -> Outcome<()> {
    // Cargo adds a word of its own.
    let seconds =
        std::env::args().skip(1).find(|word| word != "--bench").map_or(Ok(10.0), |word| word.parse())?;
    let time = Duration::from_secs_f64(seconds);
    let bytes = bundle_of_one_return()?;
    let limits = Limits::default();

    // Turn by turn, so that whatever else the machine does falls on both alike.
    let turn = time / TURNS;
    let (mut verified, mut bare) = (0.0, 0.0);
    let cryptography = Cryptography::of(&bytes)?;
    for _ in 0..TURNS {
        verified +=
            rate(turn, || Staged::from_bytes(bytes.clone()).verify(&limits).is_ok()) / f64::from(TURNS);
        bare += rate(turn, || cryptography.check()) / f64::from(TURNS);
    }
    println!("one return of {ENTRIES} entries, {} bytes", bytes.len());
    println!("verified and read     {verified:>8.0} per second and core");
    println!("signatures, digests   {bare:>8.0} per second and core");
    println!("ratio                 {:>8.2}", verified / bare);
    Ok(())
}

/// The two signature checks and the digests that one bundle costs, and nothing else.
struct Cryptography {
    bytes: Vec<u8>,
    header: Range<usize>,
    sm2: (sm2::dsa::VerifyingKey, sm2::dsa::Signature),
    ed25519: (ed25519_dalek::VerifyingKey, ed25519_dalek::Signature),
}

impl Cryptography {
    /// Signs as many bytes as the bundle's own signatures cover; FORMAT.md says where what lies.
    fn of(bytes: &[u8]) -> Outcome<Self> {
        let length = u32::from_be_bytes(bytes[105..109].try_into()?) as usize;
        let header = 109..109 + length;
        let message = &bytes[..header.end];
        let seed = [7; 32];
        let sm2 = sm2::dsa::SigningKey::from_slice(SM2_USER_ID, &seed)?;
        let ed25519 = ed25519_dalek::SigningKey::from_bytes(&seed);
        Ok(Self {
            sm2: (sm2.verifying_key().clone(), sm2.try_sign(message)?),
            ed25519: (ed25519.verifying_key(), ed25519.try_sign(message)?),
            bytes: bytes.to_vec(),
            header,
        })
    }

    /// Both signatures; the payload's two digests, the header's and the file's.
    fn check(&self) -> bool {
        let message = &self.bytes[..self.header.end];
        let payload = &self.bytes[self.header.end + SIGNATURE..];
        black_box(Digests::of(payload));
        black_box((Sm3Digest::of(&self.bytes[self.header.clone()]), Sha256Digest::of(&self.bytes)));
        self.sm2.0.verify(message, &self.sm2.1).is_ok()
            && self.ed25519.0.verify_strict(message, &self.ed25519.1).is_ok()
    }
}

/// How often something is done in a second of the processor's time, so that it matters little what else the machine does.
fn rate(time: Duration, mut once: impl FnMut() -> bool) -> f64 {
    let (start, before) = (Instant::now(), on_the_processor());
    let mut done = 0_u32;
    while start.elapsed() < time {
        for _ in 0..50 {
            assert!(black_box(once()));
        }
        done += 50;
    }
    let spent = before.and_then(|before| on_the_processor()?.checked_sub(before));
    f64::from(done) / spent.unwrap_or_else(|| start.elapsed()).as_secs_f64()
}

/// Returns the time that this thread has had a processor, where the system says so: on Linux.
fn on_the_processor() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(Duration::from_nanos(text.split(' ').next()?.parse().ok()?))
}

/// A return as offices make them: a figure per target, words for one target in six.
fn bundle_of_one_return() -> Outcome<Vec<u8>> {
    let office = OfficeId::new("u01")?;
    let period = "2024-03".parse()?;
    let mut it = Return {
        office: office.clone(),
        period,
        plan_version: 1,
        nil: false,
        stand_in: false,
        sign_off: SignOff {
            filled_by: "张三".to_owned(),
            checked_by: "李四".to_owned(),
            issued_by: "王五".to_owned(),
        },
        entries: Default::default(),
    };
    for i in 0..ENTRIES {
        let figures = match i % 3 {
            0 => {
                Figures::Pair(format!("{}.37", 1900 + i * 7).parse()?, format!("{}.1", 1800 + i * 5).parse()?)
            }
            1 => Figures::Stage((i % 4) as u8),
            _ => Figures::Amount((i as u32 * 37).into()),
        };
        let note = match i % 6 {
            0 => format!("截至3月底已完成{}项，其余按计划推进，预计6月底前全部开工。", i + 3),
            _ => String::new(),
        };
        let remarks = Remarks { note, ..Remarks::default() };
        let entry = Entry { answer: Answer::Figures(figures), remarks, evidence: Vec::new() };
        it.entries.insert(TargetId::new(&format!("{}-{}-{:02}", i / 40, i / 10 % 4, i % 10))?, entry);
    }
    let claims = Claims {
        hub: HubId::new("hub")?,
        plan: PlanId::new("plan-2024")?,
        plan_version: 1,
        subject: Subject::Progress {
            office,
            period,
            link: Link::first(StreamId([1; 16]), Some(Sm3Digest::of(b"enrolment"))),
            last_receipt: None,
            stand_in: false,
        },
        created: "2024-04-03T09:30:00+08:00".to_owned(),
        application: "taizhang 0.1.0".to_owned(),
    };
    let keys = SecretKeys::from_seeds(&[7; 64])?;
    let mut out = Vec::new();
    write(&keys, claims, &Payload::Progress(it), &mut [], &Limits::default(), &mut out)?;
    Ok(out)
}
