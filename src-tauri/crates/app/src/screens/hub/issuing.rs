//! 下达: what would go out, to whom there is news, and what went out before.

use std::collections::{BTreeMap, BTreeSet};

use ledger::Tx;
use ledger::bundles::{BundleKind, Direction};
use ledger::returns::{ReturnRow, ReturnState};
use model::id::OfficeId;
use model::plan::Plan;
use serde::Serialize;
use ts_rs::TS;

use super::count;
use super::plan_changes::PlanChangeView;
use crate::issue_round::{Round, RoundFile, SignedRound};
use crate::screens::Message;
use crate::screens::sending::short;
use crate::send_receipts::{mark_key, receipt_mark};
use crate::words::{self, sentence};
use crate::{Home, Result};

/// How many hexadecimal digits of a file's digest stand on paper.
const SHORT_DIGEST: usize = 12;

/// What the screen shows before anything is signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Issuing {
    /// Title of the plan.
    pub plan: String,
    /// The version in force; 0 while none was issued.
    pub version: u32,
    /// The day on which it was issued; empty while none was.
    pub issued_on: String,
    /// Whether the draft is to go out as the next version.
    pub changed: bool,
    /// How the draft differs from the version in force.
    pub changes: Vec<PlanChangeView>,
    /// What keeps the draft from going out; none where nothing does.
    pub trouble: Option<Message>,
    /// How many targets are assigned to nobody, and so lie with 本级.
    pub unassigned: u32,
    /// How many targets have quotas that do not add up to their figure.
    pub uneven: u32,
    /// The offices that can have a receipt, in the order of the plan.
    pub offices: Vec<ReceiptFor>,
    /// Offices that are not enrolled, and so get nothing but the plan.
    pub not_enrolled: Vec<String>,
    /// What went out before, newest first.
    pub rounds: Vec<RoundView>,
}

/// An office, and what its receipt would say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReceiptFor {
    /// Its id.
    pub office: String,
    /// Its name.
    pub name: String,
    /// Whether something happened since its last receipt.
    pub news: bool,
    /// How its last return stands: `2024年6月 已接收`; empty where it sent none.
    pub says: String,
    /// Its last receipt: `第 5 号，7月4日`; empty where it had none.
    pub last: String,
}

/// What went out together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RoundView {
    /// Its number.
    pub id: u32,
    /// The name of its folder.
    pub folder: String,
    /// The day.
    pub day: String,
    /// What the hub is called.
    pub hub: String,
    /// Its files.
    pub files: Vec<RoundFileView>,
    /// What is in it, in a line: `方案第 2 版，回执 21 份`.
    pub summary: String,
}

/// A file of a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RoundFileView {
    /// The file's name.
    pub file: String,
    /// What it is: `方案第 2 版`, `第 5 号回执`.
    pub what: String,
    /// Whom it is for: an office, or 各填报单位.
    pub office: String,
    /// The beginning of its SHA-256, for comparing paper and file.
    pub digest: String,
}

/// A round that lies on a drive, whole and read back: 可以拔出.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct IssuedRound {
    /// What is on the drive.
    pub round: RoundView,
    /// Where it lies.
    pub folder: String,
    /// Receipts that could not be made.
    pub failed: Vec<FailedReceipt>,
}

/// A receipt that could not be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FailedReceipt {
    /// The office's name.
    pub office: String,
    /// Why.
    pub message: Message,
}

impl Home {
    /// Shows what would go out.
    pub fn issuing(&self) -> Result<Issuing> {
        self.hub_only()?;
        let (plan, issued) = (self.plan()?, self.ledger.read(|tx| tx.latest_issued())?);
        let changed = self.ledger.read(|tx| tx.plan_draft())?.is_some();
        let (changes, trouble) = match self.draft_to_issue() {
            Ok(changes) => (changes, None),
            Err(error) => (Vec::new(), Some(sentence(&error).into())),
        };
        let enrolled: BTreeSet<OfficeId> = self.answered(&plan, None)?.into_iter().collect();
        let offices = self.ledger.read(|tx| receipts_for(tx, &plan, &enrolled))?;
        let left_out = plan
            .offices
            .iter()
            .filter(|it| !it.id.is_own() && it.retired.is_none() && !enrolled.contains(&it.id));
        let mut rounds: Vec<RoundView> =
            self.rounds()?.iter().map(|round| self.round_view(&plan, round)).collect();
        rounds.reverse();
        Ok(Issuing {
            plan: self.working_plan()?.title,
            version: issued.as_ref().map_or(0, |issued| issued.version),
            issued_on: issued.map(|issued| words::whole_day_label(issued.issued_on)).unwrap_or_default(),
            changed,
            changes,
            trouble,
            unassigned: count(self.unassigned()?.len()),
            uneven: count(self.quota_gaps()?.len()),
            offices,
            not_enrolled: left_out.map(|office| office.name().to_owned()).collect(),
            rounds,
        })
    }

    /// Says what is new in the draft, or why it cannot go out.
    fn draft_to_issue(&self) -> Result<Vec<PlanChangeView>> {
        if let Some(draft) = self.draft_plan()? {
            draft.validate().map_err(crate::Error::PlanFaults)?;
        }
        self.plan_changes()
    }

    /// Shows a round.
    pub fn round_view(&self, plan: &Plan, round: &Round) -> RoundView {
        let receipts = round.files.iter().filter(|file| file.office.is_some()).count();
        let version = round.files.iter().find(|file| file.office.is_none()).map(|file| file.plan_version);
        RoundView {
            id: round.id,
            folder: round.folder.clone(),
            day: words::whole_day_label(round.day),
            hub: self.identity.hub_name.clone(),
            files: round.files.iter().map(|file| file_view(plan, file)).collect(),
            summary: words::round_summary(version, receipts),
        }
    }

    /// Shows a round that lies in a folder now.
    pub fn issued_round(&self, signed: SignedRound, folder: &std::path::Path) -> Result<IssuedRound> {
        let failed = signed.failed.into_iter();
        Ok(IssuedRound {
            round: self.round_view(&self.plan()?, &signed.round),
            folder: folder.display().to_string(),
            failed: failed
                .map(|(office, error)| FailedReceipt { office, message: sentence(&error).into() })
                .collect(),
        })
    }
}

fn file_view(plan: &Plan, file: &RoundFile) -> RoundFileView {
    let office = file.office.as_ref().and_then(|id| OfficeId::new(id).ok());
    let name = office.as_ref().and_then(|id| plan.office(id)).map(|office| office.name().to_owned());
    RoundFileView {
        file: format!("{}.tzb", file.name),
        what: match &file.office {
            None => words::plan_file(file.plan_version),
            Some(_) => words::receipt_file(file.seq),
        },
        office: match &file.office {
            None => words::EVERY_OFFICE.to_owned(),
            Some(id) => name.unwrap_or_else(|| id.clone()),
        },
        digest: file.digest.chars().take(SHORT_DIGEST).collect(),
    }
}

fn receipts_for(tx: &Tx<'_>, plan: &Plan, enrolled: &BTreeSet<OfficeId>) -> Result<Vec<ReceiptFor>> {
    let mut rows: BTreeMap<OfficeId, Vec<ReturnRow>> = BTreeMap::new();
    for row in tx.all_returns()? {
        rows.entry(row.office.clone()).or_default().push(row);
    }
    let mut last = BTreeMap::new();
    for sent in tx.bundles(Direction::Out, BundleKind::Receipt, None)? {
        if let Some(office) = sent.office.clone() {
            last.insert(office, words::last_receipt(short(sent.seq), sent.day));
        }
    }
    let mut offices = Vec::new();
    for office in plan.offices.iter().filter(|office| enrolled.contains(&office.id)) {
        let own = rows.remove(&office.id).unwrap_or_default();
        let mut by_period = own.clone();
        by_period.sort_by_key(|row| (row.period, row.id));
        let mark = receipt_mark(tx, &office.id, &by_period)?;
        let before = tx.setting(&mark_key(&office.id))?;
        let returned = match own.last() {
            Some(row) if row.state == ReturnState::Returned => tx.returned_cells(row.id)?.len(),
            _ => 0,
        };
        let says = own
            .last()
            .map(|row| words::return_in_a_line(&plan.calendar.label(row.period), row.state, returned));
        let last = last.remove(&office.id);
        offices.push(ReceiptFor {
            office: office.id.to_string(),
            name: office.name().to_owned(),
            // A receipt of before marks were kept may say the same; it is then handed out again.
            news: if last.is_none() { !own.is_empty() } else { before.as_deref() != Some(mark.as_str()) },
            says: says.unwrap_or_default(),
            last: last.unwrap_or_default(),
        });
    }
    Ok(offices)
}
