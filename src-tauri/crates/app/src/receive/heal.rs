//! What came before the key that signed it was known: it was kept aside, and is taken in once the key before it vouches.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use bundle::keys::PUBLIC_LEN;
use chrono::NaiveDate;
use ledger::PublicKeys;
use ledger::keys::KeyState;

use super::{Refusal, Verdict};
use crate::fetch::Found;
use crate::{Error, Home, Result};

/// Where the public keys stand in a bundle.
const KEYS_AT: usize = 8;

impl Home {
    /// Looks again at what nobody could vouch for, as long as that lets in further keys: in the same files, and among those kept
    /// aside before.
    pub(super) fn heal_at_hub(
        &mut self,
        found: &[Found],
        verdicts: &mut [Option<Verdict>],
        arrived: NaiveDate,
    ) -> Result<()> {
        let mut seen = BTreeSet::new();
        if !verdicts.iter().flatten().any(|verdict| matches!(verdict, Verdict::Rotation(_))) {
            return Ok(());
        }
        loop {
            let handed_to = self.handed_to()?;
            let fresh: BTreeSet<PublicKeys> = handed_to.difference(&seen).copied().collect();
            if fresh.is_empty() {
                return Ok(());
            }
            let unknown = |at: &usize| matches!(verdicts[*at], Some(Verdict::Refused(Refusal::Unregistered)));
            let again: Vec<usize> = (0..found.len()).filter(unknown).collect();
            let files: Vec<Found> = again.iter().map(|at| found[*at].clone()).collect();
            for (at, verdict) in again.into_iter().zip(self.pass(&files, arrived, &mut |_, _| true)?) {
                verdicts[at] = verdict;
            }
            let healed = self.take_from_aside(&fresh, arrived)?;
            let rotation = verdicts.iter_mut().flatten().find_map(|verdict| match verdict {
                Verdict::Rotation(rotation) => Some(rotation),
                _ => None,
            });
            if let Some(rotation) = rotation {
                rotation.healed += healed;
            }
            seen.extend(fresh);
        }
    }

    /// Lists the keys of offices that others handed over to.
    fn handed_to(&self) -> Result<BTreeSet<PublicKeys>> {
        self.ledger.read(|tx| {
            let keys: Vec<_> = tx.keys()?.into_iter().filter(|key| key.state != KeyState::Pending).collect();
            let mut handed_to = BTreeSet::new();
            for key in &keys {
                let to_it = tx.handovers_of(&key.enrolled.office)?;
                if to_it.iter().any(|one| one.successor == Some(key.id)) {
                    handed_to.insert(key.enrolled.public_keys);
                }
            }
            Ok(handed_to)
        })
    }

    /// Takes in what was kept aside of these keys; says how many bundles are here now that were not.
    fn take_from_aside(&mut self, keys: &BTreeSet<PublicKeys>, arrived: NaiveDate) -> Result<usize> {
        let paths = self.aside_of(keys)?;
        let files: Vec<_> = paths.iter().map(|path| Found { path: path.clone(), skipped: None }).collect();
        let verdicts = self.pass(&files, arrived, &mut |_, _| true)?;
        let mut healed = 0;
        for (path, verdict) in paths.iter().zip(verdicts) {
            match verdict {
                Some(Verdict::Return(_) | Verdict::Rotation(_)) => healed += 1,
                Some(Verdict::Duplicate) => {}
                _ => continue,
            }
            self.archive.release(path)?;
        }
        Ok(healed)
    }

    /// Lists what was kept aside under these keys. Whether they signed it is for whoever opens it.
    pub(super) fn aside_of(&self, keys: &BTreeSet<PublicKeys>) -> Result<Vec<PathBuf>> {
        let mut paths = Vec::new();
        for path in self.archive.set_aside_files()? {
            if signer(&path)?.is_some_and(|signer| keys.contains(&signer)) {
                paths.push(path);
            }
        }
        Ok(paths)
    }
}

/// Reads which keys a file says it is signed with; none where it is too short to say.
pub(crate) fn signer(path: &Path) -> Result<Option<PublicKeys>> {
    let mut start = [0; KEYS_AT + PUBLIC_LEN];
    let mut file = File::open(path).map_err(Error::io(path))?;
    match file.read_exact(&mut start) {
        Ok(()) => Ok(start[KEYS_AT..].try_into().ok()),
        Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(Error::io(path)(error)),
    }
}
