//! 接收: what came from a drive and what became of it, what is missing, what has to be decided.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap};

use bundle::digest::Sha256Digest;
use ledger::Tx;
use ledger::keys::KeyState;
use ledger::returns::{ReturnId, ReturnRow, ReturnState};
use model::check::{self, History};
use model::id::OfficeId;
use model::period::Period;
use model::plan::{Duties, Plan};
use serde::Serialize;
use ts_rs::TS;

use crate::accept::REVIEW;
use crate::check::is_error;
use crate::screens::{Message, Mood};
use crate::words::{self, Filed, day_label, state_label};
use crate::{Error, Home, Result, hex};

mod evidence;
mod forks;
mod gaps;
mod intake;
mod opened;
mod paper;

pub use forks::{ForkRow, ForkVersion, ForkView};
pub use opened::{BoxChoice, CellSentBack, OpenedChapter, OpenedReturn, OpenedRow, ReturnedMark};
pub use paper::PaperView;

/// How many waiting returns are listed; the others come up as these are decided.
const LISTED: usize = 200;

/// The screen, with the returns of a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Receiving {
    /// `2024年6月`.
    pub label: String,
    /// Whether the period is locked.
    pub locked: bool,
    /// Whether returns wait for review before they count.
    pub review: bool,
    /// Enrolments that wait for their digits.
    pub enrolments: u32,
    /// 缺号: streams in which numbers are missing.
    pub gaps: Vec<GapView>,
    /// 分叉: numbers under which there are two bundles, undecided ones first.
    pub forks: Vec<ForkView>,
    /// Returns of any period that wait for review or for their period, the first of them.
    pub waiting: Vec<ReturnLine>,
    /// How many wait in all.
    pub waiting_total: u32,
    /// The returns that count for the period.
    pub returns: Vec<ReturnLine>,
}

/// An office of which bundles are missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct GapView {
    /// Id of the office.
    pub office: String,
    /// Its name.
    pub name: String,
    /// Its contact and telephone number.
    pub telephone: String,
    /// What is missing, by number: `第 2、4—6 号`.
    pub missing: String,
}

/// A return in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReturnLine {
    /// SHA-256 of its file in hexadecimal, which names it.
    pub digest: String,
    /// Id of the office.
    pub office: String,
    /// Its name.
    pub name: String,
    /// `2024-06`.
    pub period: String,
    /// `2024年6月`.
    pub label: String,
    /// Number of its bundle.
    pub seq: u32,
    /// The day it arrived.
    pub day: String,
    /// `pending`, `locked`, `accepted`, `returned`, `disputed`, `superseded` or `revoked`.
    pub state: String,
    /// The state in words: `退回 2 格`.
    pub state_label: String,
    /// Whether it counts.
    pub counted: bool,
    /// 零报告.
    pub nil: bool,
    /// 代录.
    pub stand_in: bool,
    /// How many errors the checks find, in one that waits.
    pub errors: u32,
    /// How the stamped paper was held against it.
    pub paper: String,
}

/// What became of a file that was received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ArrivedFile {
    /// The file's name.
    pub file: String,
    /// Under which head it is listed: `accepted`, `corrected`, `gap`, `forked`, `pending`, `enrolment`, `unregistered`,
    /// `rejected`, `duplicate` or `skipped`.
    pub group: String,
    /// How good that is.
    pub mood: Mood,
    /// What became of it, and what to do.
    pub message: Message,
    /// What a correction changed: `3-2-02 新增企业：12 个 → 15 个`.
    pub details: Vec<String>,
    /// The return in it, by the digest that names it.
    pub digest: Option<String>,
    /// Id of the office that it comes from, where that is certain.
    pub office: Option<String>,
}

impl Home {
    /// Shows what was received, for a period.
    pub fn receiving(&self, period: Period) -> Result<Receiving> {
        self.hub_only()?;
        let plan = self.plan()?;
        self.admit(&plan, period)?;
        let (counted, keys, locked) = self.ledger.read(|tx| {
            Ok::<_, ledger::Error>((tx.counted_returns(period)?, tx.keys()?, tx.lock_of(period)?.is_some()))
        })?;
        let mut waiting = self.waiting()?;
        waiting.retain(|row| row.state != ReturnState::Disputed);
        let total = waiting.len();
        waiting.truncate(LISTED);
        let order: HashMap<&OfficeId, usize> =
            plan.offices.iter().enumerate().map(|(at, office)| (&office.id, at)).collect();
        let mut returns = counted;
        returns.retain(|row| !row.office.is_own());
        returns.sort_by_key(|row| order.get(&row.office).copied());
        waiting.sort_by_key(|row| (row.period, order.get(&row.office).copied(), row.seq));
        let errors = self.errors_in(&waiting)?;
        // One by one, thousands of settings would take longer to ask for than everything else.
        let papers = self.ledger.read(|tx| tx.settings())?;
        let line = |row: &ReturnRow| self.line_with(&plan, row, &paper::state_in(&papers, row), &errors);
        Ok(Receiving {
            label: plan.calendar.label(period),
            locked,
            review: self.setting(REVIEW)?.is_some(),
            enrolments: short(keys.iter().filter(|key| key.state == KeyState::Pending).count() as u64),
            gaps: self.gap_views(&plan)?,
            forks: self.fork_views(&plan)?,
            waiting: waiting.iter().map(line).collect::<Result<_>>()?,
            waiting_total: short(total as u64),
            returns: returns.iter().map(line).collect::<Result<_>>()?,
        })
    }

    /// Describes a return in a line.
    fn return_line(&self, plan: &Plan, row: &ReturnRow) -> Result<ReturnLine> {
        let errors = self.errors_in(std::slice::from_ref(row))?;
        self.line_with(plan, row, &self.paper_of(row)?.state, &errors)
    }

    fn line_with(
        &self,
        plan: &Plan,
        row: &ReturnRow,
        paper: &str,
        errors: &BTreeMap<ReturnId, u32>,
    ) -> Result<ReturnLine> {
        let state_label = self.ledger.read(|tx| state_in_words(tx, row))?;
        Ok(ReturnLine {
            digest: hex(&row.bundle),
            office: row.office.to_string(),
            name: office_name(plan, &row.office),
            period: row.period.to_string(),
            label: plan.calendar.label(row.period),
            seq: short(row.seq),
            day: day_label(row.arrived),
            state: state_code(row.state).to_owned(),
            state_label,
            counted: row.counted,
            nil: row.nil,
            stand_in: row.stand_in,
            errors: errors.get(&row.id).copied().unwrap_or(0),
            paper: paper.to_owned(),
        })
    }

    /// Counts the errors for which the hub's own checks hold returns that wait for review.
    ///
    /// Each plan version is read once: hundreds of returns may wait.
    fn errors_in(&self, rows: &[ReturnRow]) -> Result<BTreeMap<ReturnId, u32>> {
        let pending = || rows.iter().filter(|row| row.state == ReturnState::Pending);
        let mut plans: BTreeMap<u32, Plan> = BTreeMap::new();
        for row in pending() {
            if let Entry::Vacant(vacant) = plans.entry(row.plan_version) {
                vacant.insert(self.plan_of(row.plan_version)?);
            }
        }
        let mut duties: BTreeMap<(u32, Period), Duties<'_>> = BTreeMap::new();
        let mut errors = BTreeMap::new();
        for row in pending() {
            let plan = &plans[&row.plan_version];
            let given =
                duties.entry((row.plan_version, row.period)).or_insert_with(|| plan.duties_in(row.period));
            let content = self.ledger.read(|tx| tx.load_return(row.id))?;
            let found = check::check(plan, given, &content, &History::default());
            errors.insert(row.id, short(found.iter().filter(|finding| is_error(finding)).count() as u64));
        }
        Ok(errors)
    }

    /// Finds a return by the digest of its file in hexadecimal.
    fn return_named(&self, digest: &str) -> Result<ReturnRow> {
        let missing = || Error::Archive(model::names::reveal(digest));
        let parsed: Sha256Digest = digest.parse().map_err(|_| missing())?;
        self.ledger.read(|tx| tx.return_of_bundle(&parsed.0))?.ok_or_else(missing)
    }

    /// Accepts the returns of a period that wait for review, of one office or of all; returns how many.
    pub fn accept_waiting(&mut self, period: Period, office: Option<&str>) -> Result<u32> {
        let plan = self.plan()?;
        let name = office.map(|id| named(&plan, id)).transpose()?;
        Ok(short(self.accept(period, name.as_deref())? as u64))
    }
}

/// Finds the name of the office with an id.
fn named(plan: &Plan, id: &str) -> Result<String> {
    let found = plan.offices.iter().find(|office| office.id.as_str() == id);
    let unknown = || Error::UnknownOffice { name: model::names::reveal(id), similar: Vec::new() };
    found.map(|office| office.name().to_owned()).ok_or_else(unknown)
}

fn office_name(plan: &Plan, id: &OfficeId) -> String {
    plan.office(id).map_or_else(|| id.to_string(), |office| office.name().to_owned())
}

fn short(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn state_in_words(tx: &Tx<'_>, row: &ReturnRow) -> Result<String> {
    if row.stand_in || row.office.is_own() {
        let counted = tx.counted_return(&row.office, row.period)?;
        let own = row.stand_in && counted.is_some_and(|counted| !counted.stand_in);
        return Ok(words::filed(Filed::of(row, own)).to_owned());
    }
    Ok(match row.state {
        ReturnState::Returned => words::returned_cells(tx.returned_cells(row.id)?.len()),
        state => state_label(state).to_owned(),
    })
}

fn state_code(state: ReturnState) -> &'static str {
    match state {
        ReturnState::Pending => "pending",
        ReturnState::LockedOut => "locked",
        ReturnState::Accepted => "accepted",
        ReturnState::Returned => "returned",
        ReturnState::Superseded => "superseded",
        ReturnState::Disputed => "disputed",
        ReturnState::Revoked => "revoked",
    }
}

/// Finds the return that another of the same office and period takes the place of: the last one before it that was taken.
///
/// An office's own corrects its own, and where there is none takes the place of a 代录; a 代录 only corrects a 代录.
fn corrected(tx: &Tx<'_>, row: &ReturnRow) -> Result<Option<ReturnRow>> {
    let taken = |state| matches!(state, ReturnState::Accepted | ReturnState::Returned);
    let mut rows = tx.returns_for(&row.office, row.period)?;
    // Numbers order a stream; between streams only the order of arrival is known.
    rows.retain(|other| {
        let before = if other.stream == row.stream { other.seq < row.seq } else { other.id < row.id };
        before && taken(other.state) && (other.stand_in || !row.stand_in)
    });
    let order = |other: &ReturnRow| (!other.stand_in, other.counted, other.seq);
    let latest: BTreeMap<_, _> = rows.into_iter().map(|other| (order(&other), other)).collect();
    Ok(latest.into_values().next_back())
}
