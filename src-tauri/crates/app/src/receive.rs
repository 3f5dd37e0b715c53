//! Receives bundles from a drive or folder: at the hub returns and enrolments, at an office plans and receipts.
//!
//! Files are verified on every core and applied by one writer, many in one transaction. What is accepted depends on the
//! set of files alone, never on their order.

use std::ops::RangeInclusive;
use std::path::PathBuf;

use bundle::digest::Sha256Digest;
use bundle::header::Kind;
use bundle::rejection::Rejection;
use bundle::verify::{Refused, Verified};
use chrono::NaiveDate;
use ledger::Archive;
use ledger::identity::Role;
use model::calendar::NotReported;
use model::check::Finding;
use model::id::OfficeId;
use model::period::Period;

use crate::fetch::{self, Skipped};
use crate::{Error, Home, Result};

mod apply;
pub(crate) mod heal;
mod hub;
mod hub_key;
pub(crate) mod line;
mod look;
pub(crate) mod office;
pub(crate) mod own_key;
mod rotation;
pub(crate) mod settle;

/// What became of one file.
#[derive(Debug)]
pub struct Received {
    /// Where it lies.
    pub path: PathBuf,
    /// What became of it.
    pub verdict: Verdict,
}

impl Received {
    /// Returns what people call the file.
    pub fn label(&self) -> String {
        fetch::label(&self.path)
    }
}

/// What became of a file.
#[derive(Debug)]
pub enum Verdict {
    /// It is no file that could be a bundle; it was not opened.
    Skipped(Skipped),
    /// 拒收: it cannot be trusted. A copy is kept aside.
    Rejected(Rejection),
    /// 拒收: it is genuine, but not for us or not from somebody who may send it. A copy is kept aside.
    Refused(Refusal),
    /// 重复: it was received before; nothing changed.
    Duplicate,
    /// It was sent from here and does not come back to be received.
    Own,
    /// This hub's key handed over in it, to one that the ledger does not know: it is older than that.
    OwnHandover {
        /// The version of the plan.
        version: u32,
    },
    /// A return was received.
    Return(ReturnVerdict),
    /// An enrolment waits for the digits of its paper.
    EnrolmentWaiting {
        /// The office that it claims to be.
        office: OfficeId,
        /// The name that it gives itself, hidden characters spelled out.
        name: String,
    },
    /// An office's key handed over to the next.
    Rotation(RotationVerdict),
    /// A plan was taken in.
    Plan {
        /// Its version.
        version: u32,
        /// What it says beside its targets.
        news: PlanNews,
    },
    /// A receipt was taken in.
    Receipt(ReceiptVerdict),
}

/// What became of a return at the hub.
#[derive(Debug)]
pub struct ReturnVerdict {
    /// Whose it is.
    pub office: OfficeId,
    /// The period.
    pub period: Period,
    /// Its number.
    pub seq: u64,
    /// Where it stands.
    pub standing: ReturnStanding,
    /// 缺号: numbers of the stream that have not arrived.
    pub missing: Vec<RangeInclusive<u64>>,
    /// 迟报: it arrived after the due day.
    pub late: bool,
    /// How many errors the hub's own checks found, for which it is held.
    pub errors: usize,
    /// The first of them.
    pub findings: Vec<Finding>,
}

/// What became of a bundle by which an office's key handed over.
#[derive(Debug)]
pub struct RotationVerdict {
    /// Whose key it is.
    pub office: OfficeId,
    /// Its number.
    pub seq: u64,
    /// Where it stands.
    pub standing: RotationStanding,
    /// 缺号: numbers of the stream that have not arrived.
    pub missing: Vec<RangeInclusive<u64>>,
    /// How many bundles of the new key had come before it and were taken in now.
    pub healed: usize,
}

/// Where a bundle stands by which a key handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RotationStanding {
    /// The next key signs for the office from now on.
    InForce,
    /// 争议, from this number on: neither key is followed until the operator chooses.
    Disputed {
        /// The number under which there is proof of two bundles.
        from: u64,
    },
    /// The stream had ended under an earlier number, or another branch was chosen: the next key counts for nothing.
    Void {
        /// The last number that counts.
        after: u64,
    },
}

/// What a plan says of the hub itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PlanNews {
    /// The hub's key handed over to the next, for which it vouches.
    pub new_key: bool,
    /// The hub goes on in a new stream after it was restored from a backup.
    pub restored: bool,
    /// How many bundles of the hub's new key had come before it and were taken in now.
    pub healed: usize,
}

/// Where a received return stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReturnStanding {
    /// 已接收.
    Accepted,
    /// A later one is there already; this one changes nothing.
    Older,
    /// 待审.
    Pending,
    /// 待解锁.
    AwaitingUnlock,
    /// 争议, from this number on.
    Disputed {
        /// The number under which there is proof of two bundles.
        from: u64,
    },
    /// Its key had handed over, or was handed to in vain: it is kept, and counts for nothing.
    Beyond {
        /// The last number that counts.
        after: u64,
    },
}

/// What a receipt said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptVerdict {
    /// Its number.
    pub seq: u64,
    /// Returns that it accepts.
    pub accepted: usize,
    /// Returned cells.
    pub returned: usize,
    /// 待审: returns that the hub has not decided about.
    pub pending: usize,
    /// 待解锁: returns whose period is locked.
    pub locked: usize,
    /// 争议: bundles at or after a fork, be they from here or from a copy of this home.
    pub disputed: usize,
    /// 缺号: numbers sent from here that the hub has not received.
    pub missing: Vec<RangeInclusive<u64>>,
    /// Returns that it restored to this ledger.
    pub caught_up: usize,
    /// The hub has taken over to this ledger's new key.
    pub key_confirmed: bool,
    /// This ledger's key signs no more after that number.
    pub key_closed: Option<u64>,
}

/// Why a genuine bundle is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// 未注册: nobody registered its key.
    Unregistered,
    /// Its key waits for the digits of its paper.
    KeyPending,
    /// Its key was closed after an earlier number.
    KeyClosed {
        /// Whose it was.
        office: OfficeId,
        /// The number that the bundle has.
        seq: u64,
        /// The last number that counts.
        after: u64,
    },
    /// It belongs to another hub or plan.
    OtherPlan,
    /// Its key belongs to another office, or its stream to another key.
    NotItsKey,
    /// It is from a hub, but not signed by the key that is trusted here.
    UnknownHubKey {
        /// Of a plan, the version.
        version: Option<u32>,
    },
    /// It is signed by a key of the hub that was replaced.
    FormerHubKey,
    /// Bundles of this kind are not received here.
    WrongPlace(Kind),
    /// The plan version it was made against was never issued.
    UnknownVersion(u32),
    /// Its period is not reported under its plan.
    NotReported(NotReported),
    /// A plan that is not newer.
    OldPlan {
        /// Its version.
        offered: u32,
        /// The version at hand.
        present: u32,
    },
    /// A plan that is not whole, or that cannot follow the one at hand.
    BadPlan,
    /// An enrolment that names no office of the plan, somebody else's stream, or a key enrolled before.
    BadEnrolment,
    /// A receipt for another office.
    OtherOffice,
    /// It contradicts the receipts or plans already here: somebody else signs with the hub's key.
    Forked {
        /// The number under which there is proof of two bundles.
        from: u64,
    },
}

/// How far a long receive has come; returning false stops it after what is done.
pub type Progress<'a> = dyn FnMut(u64, u64) -> bool + 'a;

impl Home {
    /// Receives files, and of folders every `.tzb` in them.
    ///
    /// `arrived` is the day by which 迟报 is judged. Verdicts come in the order of the files.
    pub fn receive(
        &mut self,
        paths: &[PathBuf],
        arrived: Option<NaiveDate>,
        progress: &mut Progress<'_>,
    ) -> Result<Vec<Received>> {
        let arrived = arrived.unwrap_or_else(|| self.today());
        let found = fetch::find(paths)?;
        match self.role() {
            Role::Hub => self.receive_at_hub(found, arrived, progress),
            Role::Office => self.receive_at_office(found, progress),
        }
    }

    /// Keeps a copy of what was rejected, and says why.
    fn set_aside(&self, refused: Refused) -> Result<Rejection> {
        let Refused { rejection, mut staged } = refused;
        set_aside(&self.archive, |out| staged.copy_to(out))?;
        Ok(rejection)
    }

    /// Keeps a copy of a genuine bundle that is not taken.
    fn keep_refused(&self, verified: &mut Verified) -> Result<()> {
        let mut bytes = Vec::new();
        verified.copy_to(&mut bytes).map_err(Error::io(&self.dir))?;
        keep_aside(&self.archive, &bytes)
    }
}

/// Keeps what was not taken aside. What cannot be read a second time is not kept; the verdict stands without it.
fn set_aside(archive: &Archive, copy: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> Result<()> {
    let mut bytes = Vec::new();
    if copy(&mut bytes).is_ok() { keep_aside(archive, &bytes) } else { Ok(()) }
}

fn keep_aside(archive: &Archive, bytes: &[u8]) -> Result<()> {
    archive.set_aside(&mut &*bytes, &Sha256Digest::of(bytes).0)?;
    Ok(())
}
