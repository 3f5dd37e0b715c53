//! Keys at rest: the two seeds in an age file under a passphrase.

use std::io::{Read, Write};
use std::iter;

use age::secrecy::SecretString;
use age::{DecryptError, Decryptor, Encryptor, scrypt};
use zeroize::Zeroizing;

use crate::keys::{SEEDS_LEN, SecretKeys};

/// How much work one try of a passphrase costs: scrypt with N = 2^`log_n`, r = 8, p = 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkFactor(u8);

impl WorkFactor {
    /// A quarter of a second or less on an office computer, 64 MiB of memory.
    pub const STANDARD: Self = Self(16);
    /// For tests: no protection at all.
    pub const TEST: Self = Self(2);
}

impl Default for WorkFactor {
    fn default() -> Self {
        Self::STANDARD
    }
}

/// Why a key file could not be written or opened.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// The passphrase is wrong or the file is damaged. Which of the two is never said: there is no hint to give.
    #[error("the key file cannot be opened with this passphrase")]
    Locked,
    /// The file demands more work than our own files do; refused before any of it is done.
    #[error("the key file demands the work factor {found}, at most {limit} is accepted")]
    ExcessiveWork {
        /// What the file demands.
        found: u8,
        /// What is accepted.
        limit: u8,
    },
    /// The file could not be written.
    #[error("the key file cannot be written")]
    Write(#[from] std::io::Error),
}

/// Encrypts the secret keys under `passphrase`.
///
/// The age crate draws the salt, file key and nonce from the operating system itself; it takes no generator.
pub fn lock(
    keys: &SecretKeys,
    passphrase: &str,
    work: WorkFactor,
    mut out: impl Write,
) -> Result<(), KeyFileError> {
    let mut recipient = scrypt::Recipient::new(SecretString::from(passphrase));
    recipient.set_work_factor(work.0);
    let encryptor = Encryptor::with_recipients(iter::once(&recipient as _))
        .map_err(|e| KeyFileError::Write(std::io::Error::other(e)))?;
    let mut body = encryptor.wrap_output(&mut out)?;
    body.write_all(&keys.seeds()[..])?;
    body.finish()?;
    Ok(out.flush()?)
}

/// Opens a key file of at most `most` work.
pub fn unlock(file: impl Read, passphrase: &str, most: WorkFactor) -> Result<SecretKeys, KeyFileError> {
    let mut identity = scrypt::Identity::new(SecretString::from(passphrase));
    identity.set_max_work_factor(most.0);
    // A key file is under 300 bytes; whatever is longer is none.
    let decryptor = Decryptor::new(file.take(MAX_FILE)).map_err(|_| KeyFileError::Locked)?;
    let mut body = decryptor.decrypt(iter::once(&identity as _)).map_err(|e| match e {
        DecryptError::ExcessiveWork { required, .. } => {
            KeyFileError::ExcessiveWork { found: required, limit: most.0 }
        }
        _ => KeyFileError::Locked,
    })?;
    let mut seeds = Zeroizing::new([0; SEEDS_LEN]);
    body.read_exact(&mut seeds[..]).map_err(|_| KeyFileError::Locked)?;
    if body.read(&mut [0]).map_err(|_| KeyFileError::Locked)? != 0 {
        return Err(KeyFileError::Locked);
    }
    SecretKeys::from_seeds(&seeds).map_err(|_| KeyFileError::Locked)
}

const MAX_FILE: u64 = 4096;
