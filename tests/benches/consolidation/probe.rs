//! What a process uses, and what verifying costs at least.

use std::fs;
use std::hint::black_box;
use std::time::Instant;

use bundle::digest::{Digests, Sha256Digest};
use bundle::limits::Limits;
use bundle::stage::Staged;
use bundle::v1::Payload;

use crate::hub;
use crate::offices::{Member, Offices, report};

/// Bundles whose verification is timed.
const SAMPLE: u32 = 2_000;

/// How many bundles one core verifies in a second.
#[derive(Debug, Clone, Copy)]
pub struct Verifying {
    /// Verified and read.
    pub whole: f64,
    /// Both signatures and all digests, and next to nothing else.
    pub bare: f64,
}

/// Times verification alone, on one core.
pub fn verifying(offices: &Offices) -> Verifying {
    let plan = hub::open(&offices.home()).plan().unwrap();
    let limits = Limits::default();
    let write = |n: u32, empty: bool| {
        let member = Member::new(n);
        let mut it = report(&plan, n);
        if empty {
            it.entries.clear();
        }
        let (mut out, claims, payload) = (Vec::new(), member.claims(&plan), Payload::Progress(it));
        bundle::write::write(&member.keys, claims, &payload, &mut [], &limits, &mut out).unwrap();
        out
    };
    let bundles = offices.size.bundles.min(SAMPLE);
    let full: Vec<_> = (0..bundles).map(|n| write(n, false)).collect();
    // The same keys and signatures with a return that says nothing: what is left is the cryptography.
    let empty: Vec<_> = (0..bundles).map(|n| write(n, true)).collect();
    let verify = |bytes: &Vec<u8>| assert!(Staged::from_bytes(bytes.clone()).verify(&limits).is_ok());
    let start = Instant::now();
    full.iter().for_each(verify);
    let whole = start.elapsed();
    let start = Instant::now();
    for (empty, full) in empty.iter().zip(&full) {
        verify(empty);
        black_box((Digests::of(full), Sha256Digest::of(full)));
    }
    let bare = start.elapsed();
    let rate = |time: std::time::Duration| f64::from(bundles) / time.as_secs_f64();
    Verifying { whole: rate(whole), bare: rate(bare) }
}

/// Returns the CPU time of this process so far, in the program and in the system; nothing where the system does not say.
pub fn cpu_seconds() -> [f64; 2] {
    // Fields 14 and 15 count from 1; the second, in parentheses, may contain spaces. The unit has been 1/100 s for ever.
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit_once(')').map_or("", |(_, rest)| rest).split_whitespace().collect();
    [11, 12]
        .map(|at| fields.get(at).and_then(|ticks| ticks.parse().ok()).map_or(f64::NAN, |t: f64| t / 100.0))
}

/// Returns the most memory this process ever held, in MiB.
pub fn peak_memory() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = peak.and_then(|peak| peak.trim().strip_suffix(" kB")?.parse().ok());
    kib.map_or(f64::NAN, |kib: f64| kib / 1024.0)
}
