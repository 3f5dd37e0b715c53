//! Issues a round: the plan and receipts are signed, then written to a folder of their own on the drive, as often as there are sticks.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use bundle::digest::Sha256Digest;
use chrono::NaiveDate;
use ledger::bundles::BundleRow;
use model::id::OfficeId;
use serde::{Deserialize, Serialize};

use crate::edit_offices::OfficeFault;
use crate::receive::Progress;
use crate::{Error, Home, HubFault, Result};

/// The setting that keeps what went out last.
const ROUNDS: &str = "rounds";
/// How many rounds are kept; what they carried stays in the archive for ever.
const KEPT: usize = 24;
/// What a file counts in the progress of a round.
const PARTS: u64 = 100;

/// What is to go out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Order {
    /// Whether the plan goes out: the draft as the next version, else the version in force again.
    pub plan: bool,
    /// Ids of the offices whose receipts go out.
    pub receipts: Vec<String>,
    /// Whether each of them goes out under a number of its own even if it says what the last one said: for an office that
    /// was restored from a backup.
    pub fresh: bool,
}

/// What went out together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// Its number.
    pub id: u32,
    /// The name of its folder on every stick.
    pub folder: String,
    /// The day.
    pub day: NaiveDate,
    /// Its files.
    pub files: Vec<RoundFile>,
}

/// A file of a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundFile {
    /// SHA-256 of the file in hexadecimal.
    pub digest: String,
    /// Its name, without its ending.
    pub name: String,
    /// The office of a receipt; none for the plan.
    pub office: Option<String>,
    /// The version of the plan that it was made under.
    pub plan_version: u32,
    /// Its number in its stream.
    pub seq: u64,
}

/// A round that was signed.
#[derive(Debug)]
pub struct SignedRound {
    /// What can go out.
    pub round: Round,
    /// Receipts that could not be made, by the office's name.
    pub failed: Vec<(String, Error)>,
}

impl Home {
    /// Signs what is to go out and keeps the list of it. Nothing is on a drive yet.
    ///
    /// # Errors
    /// [`HubFault::NothingToIssue`] for an empty order. What is wrong with one office's receipt keeps no other from going out.
    pub fn sign_round(&mut self, order: &Order, passphrase: &str) -> Result<SignedRound> {
        self.hub_only()?;
        if !order.plan && order.receipts.is_empty() {
            return Err(HubFault::NothingToIssue.into());
        }
        let keys = self.unlock(passphrase)?;
        let (mut files, mut failed) = (Vec::new(), Vec::new());
        if order.plan {
            files.push(described(&self.sign_plan(passphrase)?.row));
        }
        let plan = self.plan()?;
        let enrolled: BTreeSet<OfficeId> = match order.receipts.is_empty() {
            true => BTreeSet::new(),
            false => self.answered(&plan, None)?.into_iter().collect(),
        };
        for office in &order.receipts {
            let id = OfficeId::new(office).map_err(|_| OfficeFault::Unknown)?;
            let name = || plan.office(&id).map_or_else(|| office.clone(), |it| it.name().to_owned());
            let made = if enrolled.contains(&id) {
                self.sign_receipt(&plan, &keys, &id, order.fresh)
            } else {
                Err(Error::NotEnrolled(name()))
            };
            match made {
                Ok((row, _)) => files.push(described(&row)),
                Err(error) => failed.push((name(), error)),
            }
        }
        if files.is_empty() {
            return Err(Error::ReceiptsFailed { sent: Vec::new(), failed });
        }
        let round = self.keep_round(files)?;
        Ok(SignedRound { round, failed })
    }

    fn keep_round(&mut self, files: Vec<RoundFile>) -> Result<Round> {
        let mut rounds = self.rounds()?;
        let day = self.today();
        let taken = |name: &str| rounds.iter().any(|round| round.folder == name);
        let name = |n: u32| if n == 1 { format!("下达-{day}") } else { format!("下达-{day}-{n}") };
        let folder = (1..).map(name).find(|name| !taken(name)).unwrap_or_default();
        let id = rounds.iter().map(|round| round.id).max().unwrap_or(0) + 1;
        let round = Round { id, folder, day, files };
        rounds.push(round.clone());
        let old = rounds.len().saturating_sub(KEPT);
        let text = serde_json::to_string(&rounds[old..]).map_err(Error::unreadable)?;
        self.set_setting(ROUNDS, Some(&text))?;
        Ok(round)
    }

    /// Lists what went out, the oldest first.
    pub fn rounds(&self) -> Result<Vec<Round>> {
        self.hub_only()?;
        // What cannot be read any more is only a list; the files themselves are in the archive.
        let text = self.setting(ROUNDS)?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
    }

    /// Writes a round into its folder at a place and reads every file back; the same bytes every time. Returns the folder.
    ///
    /// # Errors
    /// [`Error::Stopped`] where `progress` returns false; the files written until then are whole.
    pub fn deliver_round(&self, id: u32, to: &Path, progress: &mut Progress<'_>) -> Result<PathBuf> {
        let round = self.rounds()?.into_iter().find(|round| round.id == id).ok_or(HubFault::NoSuchRound)?;
        let folder = to.join(&round.folder);
        let total = round.files.len() as u64 * PARTS;
        for (at, file) in (0_u64..).zip(&round.files) {
            let mut part = |done: u64, size: u64| {
                let within = (done * PARTS).checked_div(size).unwrap_or(0).min(PARTS);
                progress(at * PARTS + within, total)
            };
            let digest: Sha256Digest =
                file.digest.parse().map_err(|_| Error::Archive(file.digest.clone()))?;
            self.deliver(digest, &file.name, &folder, &mut part)?;
        }
        progress(total, total);
        Ok(folder)
    }
}

fn described(row: &BundleRow) -> RoundFile {
    RoundFile {
        digest: Sha256Digest(row.digest).to_string(),
        name: row.file_name.clone(),
        office: row.office.as_ref().map(ToString::to_string),
        plan_version: row.plan_version.unwrap_or(0),
        seq: row.seq,
    }
}
