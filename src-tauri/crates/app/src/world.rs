//! What the use cases take from the outside world: the time and randomness.

use bundle::key_file::WorkFactor;
use chrono::{DateTime, Local, NaiveDate, Utc};
use rand_core::{CryptoRng, UnwrapErr};

/// Tells the time. The only implementation that asks the machine is [`SystemClock`].
pub trait Clock: Send + Sync {
    /// Returns the instant.
    fn now(&self) -> DateTime<Utc>;

    /// Returns the day at this place, by which arrivals are judged.
    fn today(&self) -> NaiveDate;
}

/// The machine's clock and time zone.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine for the time")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }

    fn today(&self) -> NaiveDate {
        self.now().with_timezone(&Local).date_naive()
    }
}

/// The time, randomness, and how hard passphrases are made to try.
pub struct World {
    /// The clock.
    pub clock: Box<dyn Clock>,
    /// The source of keys and identifiers.
    pub rng: Box<dyn CryptoRng + Send>,
    /// The work that opening a key file takes.
    pub work: WorkFactor,
}

impl World {
    /// Makes the world as it is.
    pub fn real() -> Self {
        Self {
            clock: Box::new(SystemClock),
            rng: Box::new(UnwrapErr(getrandom::SysRng)),
            work: WorkFactor::default(),
        }
    }

    /// Draws 8 random bytes as 16 hexadecimal digits, for identifiers.
    pub(crate) fn random_hex(&mut self) -> String {
        let mut bytes = [0; 8];
        self.rng.fill_bytes(&mut bytes);
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
