//! What can go wrong in a use case. The Chinese for it lives in [`crate::words`].

use std::path::{Path, PathBuf};

use bundle::header::Kind;
use bundle::rejection::Rejection;
use bundle::write::WriteError;
use model::calendar::NotReported;
use model::check::Finding;
use model::id::{OfficeId, TargetId};
use model::period::Period;
use model::plan::{PlanFault, RevisionFault};

use crate::builtin::SeedError;
use crate::deliver::Delivered;
use crate::entry_file::EntryFileErrors;
use crate::picture::PictureFault;
use crate::screens::entry::NilRefusal;

/// What keeps a hub from being set up, or from sending something out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HubFault {
    /// Its name is missing, too long, or has characters that nobody sees.
    #[error("a hub's name has at most {limit} characters that can be seen")]
    Name {
        /// How many characters it may have.
        limit: usize,
    },
    /// No plan is made for this year.
    #[error("{0} is no year of a plan")]
    Year(u16),
    /// The key in a file is another one than this ledger's.
    #[error("the file holds another key")]
    OtherKey,
    /// The copy of the key does not open with the passphrase, or is damaged.
    #[error("the copy of the key does not open")]
    WrongCopy,
    /// Neither the plan nor a receipt was chosen.
    #[error("nothing was chosen to be issued")]
    NothingToIssue,
    /// The round is not known any more.
    #[error("the round is unknown")]
    NoSuchRound,
}

/// What keeps a key from being used or replaced.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyFault {
    /// The hub closed this office's key after a number: it was replaced since, or revoked.
    #[error("this office's key was closed after number {0}")]
    Closed(u64),
    /// An office has no key of that number.
    #[error("{0} has no such key")]
    Unknown(String),
    /// The office's first key handed over; its enrolment introduces nobody any more.
    #[error("the key handed over to another")]
    HandedOver,
}

/// The error of every use case.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The folder holds no ledger.
    #[error("{0} holds no ledger")]
    NoHome(PathBuf),
    /// The folder holds a ledger, or other files, already.
    #[error("{0} is not empty")]
    HomeTaken(PathBuf),
    /// Only a hub can do this.
    #[error("only a hub can do this")]
    HubOnly,
    /// Only an office can do this.
    #[error("only an office can do this")]
    OfficeOnly,
    /// The passphrase is wrong, or the key file is damaged.
    #[error("the key cannot be opened")]
    WrongPassphrase,
    /// The passphrase is too easy to guess.
    #[error("the passphrase has {found} characters, {wanted} are needed")]
    WeakPassphrase {
        /// How many it has.
        found: usize,
        /// How many it needs.
        wanted: usize,
    },
    /// The passphrase is long enough, and among the first that would be tried.
    #[error("the passphrase is easy to guess")]
    GuessablePassphrase,
    /// A step of setting up wants the steps before it.
    #[error("a step was skipped")]
    StepSkipped,
    /// The contact or the telephone number is missing or too long.
    #[error("contact and telephone have to be given, each of at most {limit} characters")]
    BadContact {
        /// How many characters each may have.
        limit: usize,
    },
    /// Something that only a hub does cannot be done like this.
    #[error(transparent)]
    BadHub(#[from] HubFault),
    /// A key cannot be used, named or replaced like this.
    #[error(transparent)]
    BadKey(#[from] KeyFault),
    /// A hub cannot report upward like this.
    #[error(transparent)]
    BadUpward(#[from] crate::report_up::UpwardFault),
    /// An office cannot be edited like this.
    #[error(transparent)]
    BadOffice(#[from] crate::edit_offices::OfficeFault),
    /// A file is not a bundle that can be trusted.
    #[error("{file}: {rejection}")]
    Rejected {
        /// The file's name.
        file: String,
        /// Why.
        #[source]
        rejection: Rejection,
    },
    /// A bundle is of another kind than the one asked for.
    #[error("{file} is a {found} bundle, not a {wanted} bundle")]
    OtherKind {
        /// The file's name.
        file: String,
        /// What it is.
        found: Kind,
        /// What was asked for.
        wanted: Kind,
    },
    /// The digits typed are not the fingerprint of the key in the file.
    #[error("the digits do not belong to this file")]
    OtherFingerprint,
    /// The digits typed cannot be a fingerprint.
    #[error("not a fingerprint: {0}")]
    BadFingerprint(#[from] bundle::fingerprint::BadFingerprint),
    /// A bundle claims to come from another office than the one picked.
    #[error("the bundle claims to come from {claimed}, not from {picked}")]
    OtherOffice {
        /// Whom the bundle names.
        claimed: String,
        /// Whom the operator picked.
        picked: String,
    },
    /// A bundle belongs to another hub or another plan.
    #[error("{0} belongs to another hub or plan")]
    OtherPlan(String),
    /// The key in an enrolment was closed; a closed key never counts again.
    #[error("the key of {0} was closed")]
    KeyClosed(String),
    /// The key is registered by another enrolment.
    #[error("the key is registered by another enrolment")]
    EnrolledOtherwise,
    /// An enrolment names a stream in which somebody else sends.
    #[error("the enrolment names a stream that is not its own")]
    StreamTaken,
    /// An enrolment names an office that the plan lacks, or texts too long to be names.
    #[error("the enrolment names no office of the plan, or is too long")]
    BadEnrolment,
    /// The office has an active key already.
    #[error("{0} is enrolled already")]
    AlreadyEnrolled(String),
    /// The office has no active key.
    #[error("{0} is not enrolled")]
    NotEnrolled(String),
    /// The office has not yet exported its enrolment.
    #[error("the enrolment has not been exported yet")]
    EnrolFirst,
    /// There is no plan in force yet.
    #[error("no plan has been issued yet")]
    NoPlan,
    /// The plan is not whole.
    #[error("the plan has {} faults", .0.len())]
    PlanFaults(Vec<PlanFault>),
    /// A plan cannot follow the one at hand.
    #[error(transparent)]
    Revision(#[from] RevisionFault),
    /// No target has this code.
    #[error("there is no target {0}")]
    UnknownTarget(String),
    /// No office has this name.
    #[error("there is no office {name:?}")]
    UnknownOffice {
        /// The name asked for, hidden characters spelled out.
        name: String,
        /// Offices whose name looks like it.
        similar: Vec<String>,
    },
    /// No box of a form has this name.
    #[error("there is no field {0:?}")]
    UnknownField(String),
    /// A text is not a figure.
    #[error(transparent)]
    BadFigure(#[from] model::figure::FigureError),
    /// A text is not a period.
    #[error(transparent)]
    BadPeriod(#[from] model::period::BadPeriod),
    /// The plan does not report this period.
    #[error(transparent)]
    NotReported(#[from] NotReported),
    /// The return has errors, or warnings without an explanation.
    #[error("{} findings keep the return from leaving", .0.len())]
    Blocked(Vec<Finding>),
    /// Somebody's name is missing under the return.
    #[error("the return is not signed off")]
    NotSignedOff,
    /// A 零报告 was entered for an office, which leaves no place for the scan.
    #[error("a nil return cannot be entered for an office")]
    NilStandIn,
    /// A 代录 has no scan of the stamped paper.
    #[error("a return entered for an office needs the scan of its paper")]
    NoScan,
    /// The ledger was restored from a backup and does not know what it had sent.
    #[error("the ledger was restored and has to catch up first")]
    CatchUpFirst,
    /// Nothing was filled in for the period.
    #[error("nothing is filled in for {0}")]
    NothingFilledIn(Period),
    /// The office has no counted return for the period.
    #[error("{office} has no return for {period} that could be decided")]
    NoReturn {
        /// Name of the office.
        office: String,
        /// The period.
        period: Period,
    },
    /// A return names no cell for this target.
    #[error("the return has no entry for {0}")]
    NoEntry(TargetId),
    /// The period is locked already.
    #[error("{0} is locked already")]
    AlreadyLocked(Period),
    /// The period is not locked.
    #[error("{0} is not locked")]
    NotLocked(Period),
    /// A reason is needed.
    #[error("a reason is needed")]
    NoReason,
    /// A reason is longer than can travel.
    #[error("the reason has {found} characters, at most {limit} are allowed")]
    ReasonTooLong {
        /// How many it has.
        found: usize,
        /// How many it may have.
        limit: usize,
    },
    /// The return named lies on no fork, so there is nothing to choose.
    #[error("number {0} lies on no fork")]
    NotForked(u64),
    /// A choice would leave the stream forked at this number, for want of what lies in between.
    #[error("the stream still forks at number {0}")]
    StillForked(u64),
    /// Receipts of some offices could not be written.
    #[error("{} receipts could not be written", .failed.len())]
    ReceiptsFailed {
        /// Those that were.
        sent: Vec<(OfficeId, Delivered)>,
        /// The offices, by name, whose receipt was not, and why.
        failed: Vec<(String, Error)>,
    },
    /// An entry file cannot be taken in; nothing was.
    #[error(transparent)]
    EntryFile(#[from] EntryFileErrors),
    /// A file is too large to be evidence.
    #[error("{file} has {len} bytes, at most {limit} are allowed")]
    EvidenceTooLarge {
        /// The file's name.
        file: String,
        /// How long it is.
        len: u64,
        /// How long it may be.
        limit: u64,
    },
    /// A file is neither JPEG nor PNG nor PDF, whatever its name says.
    #[error("{0} is neither JPEG nor PNG nor PDF")]
    NotEvidence(String),
    /// A picture cannot be shown.
    #[error("{file} cannot be shown: {fault:?}")]
    BadPicture {
        /// The file's name.
        file: String,
        /// What is wrong with it.
        fault: PictureFault,
    },
    /// What should be shown is no picture.
    #[error("{0} is no picture")]
    NoPicture(String),
    /// 零报告 cannot be declared.
    #[error("a nil return cannot be declared: {0:?}")]
    NilRefused(NilRefusal),
    /// What was written to the drive does not read back as it was written.
    #[error("{0} does not read back as it was written")]
    ReadBack(PathBuf),
    /// A file that is needed from the archive is missing or damaged there.
    #[error("{0} is missing in the archive or damaged")]
    Archive(String),
    /// Reading or writing a file failed.
    #[error("{path}: {source}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The system's error.
        #[source]
        source: std::io::Error,
    },
    /// The store failed.
    #[error(transparent)]
    Ledger(#[from] ledger::Error),
    /// A bundle could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// A shipped file is broken.
    #[error(transparent)]
    Seed(#[from] SeedError),
    /// Whoever watched the progress stopped it.
    #[error("stopped")]
    Stopped,
    /// The ledger holds something that this version cannot read.
    #[error("the ledger holds what this version cannot read: {0}")]
    Unreadable(String),
}

/// The result of a use case.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// Names the path at which the system failed.
    pub(crate) fn io(path: &Path) -> impl FnOnce(std::io::Error) -> Self + '_ {
        move |source| Self::Io { path: path.to_owned(), source }
    }

    /// Wraps what cannot be read back from the store.
    pub(crate) fn unreadable(error: impl std::fmt::Display) -> Self {
        Self::Unreadable(error.to_string())
    }
}
