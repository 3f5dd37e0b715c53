//! In the window there are screens: no sentence there names a command of the command line, or an option.

use std::path::PathBuf;

use bundle::header::Kind;
use bundle::rejection::Rejection;
use model::calendar::NotReported;
use model::plan::{PlanFault, RevisionFault};

use super::*;
use crate::edit_offices::OfficeFault;
use crate::entry_file::EntryFileErrors;
use crate::receive::Verdict;
use crate::{Error, KeyFault, Period};

/// Every command, and its options' mark.
const COMMANDS: &str = "init hub office key plan show assign unassign export list enrol revoke enter check receive status \
    waiting review accept return choose lock unlock receipt verify passphrase backup restore demo taizhang-cli -- \
    home form for attach replace fresh upward take answer";

fn named(sentence: &str) -> Option<&'static str> {
    COMMANDS.split_whitespace().find(|command| match *command {
        "--" | "taizhang-cli" => sentence.contains(command),
        word => sentence.split(|c: char| !c.is_ascii_alphabetic()).any(|found| found == word),
    })
}

/// One error of every kind; the match keeps the list whole.
fn errors() -> Vec<Error> {
    let name = || "王台街道".to_owned();
    let period: Period = "2024-03".parse().unwrap();
    let io = || std::io::Error::from(std::io::ErrorKind::NotFound);
    let mut all = vec![Error::NoHome(PathBuf::from("甲"))];
    while let Some(next) = match all.last().unwrap() {
        Error::NoHome(_) => Some(Error::HomeTaken(PathBuf::from("甲"))),
        Error::HomeTaken(_) => Some(Error::HubOnly),
        Error::HubOnly => Some(Error::OfficeOnly),
        Error::OfficeOnly => Some(Error::WrongPassphrase),
        Error::WrongPassphrase => Some(Error::WeakPassphrase { found: 3, wanted: 8 }),
        Error::WeakPassphrase { .. } => Some(Error::GuessablePassphrase),
        Error::GuessablePassphrase => Some(Error::StepSkipped),
        Error::StepSkipped => Some(Error::BadContact { limit: 100 }),
        Error::BadContact { .. } => Some(Error::BadHub(crate::HubFault::NothingToIssue)),
        Error::BadHub(_) => Some(KeyFault::Closed(3).into()),
        Error::BadKey(KeyFault::Closed(_)) => Some(KeyFault::Unknown(name()).into()),
        Error::BadKey(KeyFault::Unknown(_)) => Some(KeyFault::HandedOver.into()),
        Error::BadKey(KeyFault::HandedOver) => {
            Some(Error::BadUpward(crate::report_up::UpwardFault::NoOffice))
        }
        Error::BadUpward(_) => Some(Error::BadOffice(OfficeFault::Own)),
        Error::BadOffice(_) => {
            Some(Error::Rejected { file: name(), rejection: Rejection::NotABundle { found: Vec::new() } })
        }
        Error::Rejected { .. } => {
            Some(Error::OtherKind { file: name(), found: Kind::Receipt, wanted: Kind::Plan })
        }
        Error::OtherKind { .. } => Some(Error::OtherFingerprint),
        Error::OtherFingerprint => Some(bundle::fingerprint::BadFingerprint::Length(39).into()),
        Error::BadFingerprint(_) => Some(Error::OtherOffice { claimed: name(), picked: name() }),
        Error::OtherOffice { .. } => Some(Error::OtherPlan(name())),
        Error::OtherPlan(_) => Some(Error::KeyClosed(name())),
        Error::KeyClosed(_) => Some(Error::EnrolledOtherwise),
        Error::EnrolledOtherwise => Some(Error::StreamTaken),
        Error::StreamTaken => Some(Error::BadEnrolment),
        Error::BadEnrolment => Some(Error::AlreadyEnrolled(name())),
        Error::AlreadyEnrolled(_) => Some(Error::NotEnrolled(name())),
        Error::NotEnrolled(_) => Some(Error::EnrolFirst),
        Error::EnrolFirst => Some(Error::NoPlan),
        Error::NoPlan => Some(Error::PlanFaults(vec![PlanFault::NoOwnUnit])),
        Error::PlanFaults(_) => Some(RevisionFault::OtherPlan.into()),
        Error::Revision(_) => Some(Error::UnknownTarget("9-9-99".to_owned())),
        Error::UnknownTarget(_) => Some(Error::UnknownOffice { name: name(), similar: Vec::new() }),
        Error::UnknownOffice { similar, .. } if similar.is_empty() => {
            Some(Error::UnknownOffice { name: name(), similar: vec![name()] })
        }
        Error::UnknownOffice { .. } => Some(Error::UnknownField(name())),
        Error::UnknownField(_) => Some(model::figure::FigureError::NotANumber(name()).into()),
        Error::BadFigure(_) => Some(model::period::BadPeriod(name()).into()),
        Error::BadPeriod(_) => Some(NotReported::Merged(period).into()),
        Error::NotReported(_) => Some(Error::Blocked(Vec::new())),
        Error::Blocked(_) => Some(Error::NotSignedOff),
        Error::NotSignedOff => Some(Error::NilStandIn),
        Error::NilStandIn => Some(Error::NoScan),
        Error::NoScan => Some(Error::CatchUpFirst),
        Error::CatchUpFirst => Some(Error::NothingFilledIn(period)),
        Error::NothingFilledIn(_) => Some(Error::NoReturn { office: name(), period }),
        Error::NoReturn { .. } => Some(Error::NoEntry("1-1-01".parse().unwrap())),
        Error::NoEntry(_) => Some(Error::AlreadyLocked(period)),
        Error::AlreadyLocked(_) => Some(Error::NotLocked(period)),
        Error::NotLocked(_) => Some(Error::NoReason),
        Error::NoReason => Some(Error::ReasonTooLong { found: 9, limit: 8 }),
        Error::ReasonTooLong { .. } => Some(Error::NotForked(3)),
        Error::NotForked(_) => Some(Error::StillForked(3)),
        Error::StillForked(_) => Some(Error::ReceiptsFailed { sent: Vec::new(), failed: Vec::new() }),
        Error::ReceiptsFailed { .. } => {
            Some(EntryFileErrors { file: name(), errors: Vec::new(), more: 1 }.into())
        }
        Error::EntryFile(_) => Some(Error::EvidenceTooLarge { file: name(), len: 3, limit: 2 }),
        Error::EvidenceTooLarge { .. } => Some(Error::NotEvidence(name())),
        Error::NotEvidence(_) => {
            Some(Error::BadPicture { file: name(), fault: crate::picture::PictureFault::Broken })
        }
        Error::BadPicture { .. } => Some(Error::NoPicture(name())),
        Error::NoPicture(_) => Some(Error::NilRefused(crate::screens::entry::NilRefusal::AfterFigures)),
        Error::NilRefused(_) => Some(Error::ReadBack(PathBuf::from("甲"))),
        Error::ReadBack(_) => Some(Error::Archive(name())),
        Error::Archive(_) => Some(Error::Io { path: PathBuf::from("甲"), source: io() }),
        Error::Io { .. } => Some(ledger::Error::Full.into()),
        Error::Ledger(_) => Some(bundle::write::WriteError::Media { index: 0 }.into()),
        Error::Write(_) => Some(crate::builtin::SeedError::from(csv::Error::from(io())).into()),
        Error::Seed(_) => Some(Error::Stopped),
        Error::Stopped => Some(Error::Unreadable(name())),
        Error::Unreadable(_) => None,
    } {
        all.push(next);
    }
    all
}

#[test]
fn no_error_names_a_command_in_the_window() {
    for error in errors() {
        let said = sentence(&error).for_window();
        assert_eq!(named(&said.what).or(named(&said.next)), None, "{said:?}");
        assert!(!said.next.is_empty(), "{said:?}");
    }
}

#[test]
fn at_the_command_line_errors_name_commands() {
    let said: Vec<_> = errors().iter().map(sentence).filter(|said| named(&said.next).is_some()).collect();
    assert!(said.len() > 5);
    // The two ways are written side by side: whatever names a command has another text.
    assert!(said.iter().all(|said| said.in_window.is_some()));
}

#[test]
fn nothing_else_names_a_command_in_the_window() {
    use crate::entry_file::EntryFileError;
    // NoDisplay, NoWindow, NoWebView and NoDataFolder are told where there is no window.
    let mishaps = [
        Mishap::Crashed,
        Mishap::Cancelled,
        Mishap::NoFileManager,
        Mishap::NoPrintDialog,
        Mishap::NoSuchPlace,
        Mishap::DataFolderTaken(None),
        Mishap::DataFolderTaken(Some(Holder { user: "甲".to_owned(), computer: String::new(), process: 7 })),
    ];
    let mut said: Vec<Sentence> = mishaps.iter().map(mishap).collect();
    said.push(entry_file_error(&EntryFileError::NoHeader));
    said.extend([Unfit::ReadOnly, Unfit::Full, Unfit::Missing].map(unfit));
    let plan =
        crate::builtin::plan_2024("p".parse().unwrap(), "h".parse().unwrap(), "区".to_owned()).unwrap();
    let office = plan.offices[1].id.clone();
    let waiting = Verdict::EnrolmentWaiting { office, name: "王台街道".to_owned() };
    said.push(verdict(&plan, &waiting).1);
    said.push(refusal(&crate::receive::Refusal::UnknownHubKey { version: Some(3) }));
    said.push(refusal(&crate::receive::Refusal::Unregistered));
    for said in said.into_iter().map(Sentence::for_window) {
        assert_eq!(named(&said.what).or(named(&said.next)), None, "{said:?}");
    }
}
