//! Time that stands still until it is turned, randomness that repeats, and no work to open a key.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use app::{Clock, Period, World};
use bundle::key_file::WorkFactor;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use rand_core::{TryCryptoRng, TryRng};

/// A clock that several homes share and the test turns.
#[derive(Debug, Clone)]
pub struct TurnableClock(Arc<AtomicI64>);

impl TurnableClock {
    /// Makes a clock that stands at a day's first second.
    pub fn at(text: &str) -> Self {
        let clock = Self(Arc::default());
        clock.turn_to(text);
        clock
    }

    /// Turns the clock to another day, forwards or back.
    pub fn turn_to(&self, text: &str) {
        self.0.store(day(text).and_time(NaiveTime::MIN).and_utc().timestamp(), Ordering::Relaxed);
    }

    /// Lets some seconds pass.
    pub fn advance(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::Relaxed);
    }
}

impl Clock for TurnableClock {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.0.load(Ordering::Relaxed), 0).unwrap()
    }

    fn today(&self) -> NaiveDate {
        self.now().date_naive()
    }
}

/// SplitMix64: anything but secret, and the same on every machine.
#[derive(Debug, Clone)]
pub struct Repeating(u64);

impl Repeating {
    /// Begins at a seed.
    pub fn from_seed(seed: u64) -> Self {
        Self(seed)
    }

    fn step(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

impl TryRng for Repeating {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok((self.step() >> 32) as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.step())
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(&self.step().to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

// Only by word of this mark do keys come out of it; they protect nothing.
impl TryCryptoRng for Repeating {}

/// Makes a world of a shared clock and a seed of its own.
pub fn world(clock: &TurnableClock, seed: u64) -> World {
    World {
        clock: Box::new(clock.clone()),
        rng: Box::new(Repeating::from_seed(seed)),
        work: WorkFactor::TEST,
    }
}

/// Reads a day, `2024-04-03`.
pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Reads a period, `2024-03`.
pub fn period(text: &str) -> Period {
    text.parse().unwrap()
}
