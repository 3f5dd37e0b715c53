//! 报送: sign-off, the drive, what has gone out, and the slip that is stamped.

use std::path::Path;

use bundle::digest::Sha256Digest;
use ledger::Tx;
use ledger::bundles::{BundleKind, BundleRow, Direction};
use ledger::returns::ReturnState;
use model::check::Finding;
use model::id::OfficeId;
use model::period::Period;
use model::plan::Plan;
use model::returns::SignOff;
use serde::Serialize;
use ts_rs::TS;

use super::{Message, PeriodState, PeriodView};
use crate::check::{Checked, Open};
use crate::deliver::Delivered;
use crate::enter::{ReturnOf, Sheet};
use crate::export::lacks_scan;
use crate::receive::Progress;
use crate::words::{self, day_label};
use crate::{Error, Home, KeyFault, Result, Role};

mod file;
mod slip;

pub use file::FiledReturn;

/// What the screen needs before it signs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Sending {
    /// The period.
    pub period: PeriodView,
    /// Why the return cannot leave: nothing filled in, errors, a ledger that has to catch up; none where it can.
    pub refused: Option<Message>,
    /// Where to mend that: `entry`, `checks`, `receipts`, `receiving`.
    pub mend_at: Option<String>,
    /// What to know before signing, such as that the period is locked; none where there is nothing.
    pub warning: Option<Message>,
    /// 填报人, as remembered.
    pub filled_by: String,
    /// 审核人, as remembered.
    pub checked_by: String,
    /// 签发人, as remembered.
    pub issued_by: String,
    /// What will be signed: `31 项：有数 24，零 3，不适用 2` or `零报告`.
    pub summary: String,
    /// The bundle that was exported last, where nothing has been typed since: copying it again is all there is to do.
    pub current: Option<String>,
    /// Everything exported for any period, newest first.
    pub sent: Vec<SentBundle>,
}

/// A bundle that was exported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SentBundle {
    /// SHA-256 of its file in hexadecimal, which names it.
    pub digest: String,
    /// The period: `2024年5月`.
    pub period: String,
    /// Whether a later one of the same period has taken its place.
    pub replaced: bool,
    /// Its number.
    pub seq: u32,
    /// Its file's name.
    pub file: String,
    /// The day it was signed.
    pub day: String,
    /// Its size in words.
    pub size: String,
    /// How the hub judged it; empty while it said nothing.
    pub verdict: String,
    /// Whether the hub says that it lacks it.
    pub missing: bool,
    /// Whether the file is still in the archive; one that only a receipt knows is not.
    pub kept: bool,
}

/// A file that lies complete and verified on the drive: 可以拔出.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Delivery {
    /// The bundle, to print its slip.
    pub digest: String,
    /// The file's name.
    pub file: String,
    /// The folder it lies in.
    pub folder: String,
    /// Its number.
    pub seq: u32,
    /// First 8 digits of its SHA-256, as on the slip.
    pub short_digest: String,
    /// Its size in words.
    pub size: String,
    /// The same bytes were delivered before; nothing new was signed.
    pub again: bool,
}

/// The page that is printed, signed and stamped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Slip {
    /// The unit.
    pub office: String,
    /// The hub it goes to.
    pub hub: String,
    /// Title of the report.
    pub plan: String,
    /// Version of the plan it was made against.
    pub plan_version: u32,
    /// The period: `2024年6月`.
    pub period: String,
    /// Number of the bundle.
    pub seq: u32,
    /// The file's name.
    pub file: String,
    /// First 8 digits of the file's SHA-256, in two groups of four.
    pub short_digest: String,
    /// The whole SHA-256.
    pub digest: String,
    /// The day it was signed.
    pub day: String,
    /// 零报告.
    pub nil: bool,
    /// 填报人.
    pub filled_by: String,
    /// 审核人.
    pub checked_by: String,
    /// 签发人.
    pub issued_by: String,
    /// Whether it belongs to the demonstration.
    pub demo: bool,
    /// The figures, by chapter.
    pub chapters: Vec<SlipChapter>,
}

/// A chapter of the slip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SlipChapter {
    /// Number and title.
    pub title: String,
    /// Its lines.
    pub rows: Vec<SlipRow>,
}

/// A line of the slip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SlipRow {
    /// The target's code.
    pub target: String,
    /// Its name.
    pub name: String,
    /// What the office is to reach.
    pub goal: String,
    /// The figures: `318 个`, `3.42 ／ 3.05 亿元`, `不适用`.
    pub figures: String,
    /// Completion or rate; empty where there is none.
    pub computed: String,
    /// Explanation, reason for 不适用, note: what a reader of the page wants to know, in this order, as far as given.
    pub remark: String,
}

impl Home {
    /// Says what a return needs before it is signed, and lists what was signed of its office.
    pub fn sending(&self, of: impl Into<ReturnOf>) -> Result<Sending> {
        let sheet = self.sheet_of_return(of.into())?;
        let checked = self.check(&sheet)?;
        self.admit_sheet(&checked.plan, &sheet)?;
        let period_view = self.period_view(&checked.plan, &sheet)?;
        let names =
            if self.stands_in(&sheet) { self.names_on_paper(&sheet)? } else { self.remembered_names()? };
        let current = self.ledger.read(|tx| current_bundle(tx, &sheet))?.map(|row| crate::hex(&row.digest));
        let refusal = match self.overtaken(&checked.plan, &sheet)? {
            Some(said) => Some((said.into(), "receiving")),
            None => match self.refusal(&sheet, &period_view, &checked)? {
                // What was signed unchanged is kept, whatever the checks say now; a ledger that has to catch up signs nothing.
                Some((error, place)) if current.is_none() || matches!(error, Error::CatchUpFirst) => {
                    Some((refused(&error, &period_view), place))
                }
                _ => None,
            },
        };
        let (refused, mend_at) = refusal.map(|(said, place)| (said, place.to_owned())).unzip();
        let locked = self.role() == Role::Hub && self.ledger.read(|tx| tx.lock_of(sheet.period))?.is_some();
        Ok(Sending {
            summary: summary(&checked.the_return),
            period: period_view,
            refused,
            mend_at,
            warning: locked.then(|| words::filed_while_locked().into()),
            filled_by: names.filled_by,
            checked_by: names.checked_by,
            issued_by: names.issued_by,
            current,
            sent: self.sent_bundles(&checked.plan, &sheet.office)?,
        })
    }

    /// Says what export would say, and where that is mended.
    fn refusal(
        &self,
        sheet: &Sheet,
        period: &PeriodView,
        checked: &Checked,
    ) -> Result<Option<(Error, &'static str)>> {
        let stream = self.ledger.read(|tx| tx.current_stream(BundleKind::Progress, Some(&sheet.office)))?;
        let blocking: Vec<Finding> =
            checked.findings.iter().filter(|finding| finding.blocks()).cloned().collect();
        Ok(if self.is_restored() {
            Some((Error::CatchUpFirst, "receipts"))
        } else if let Some(after) = self.own_key_end()? {
            Some((KeyFault::Closed(after).into(), "settings"))
        } else if stream.is_none() && !self.stands_in(sheet) {
            Some((Error::EnrolFirst, "settings"))
        } else if period.state == PeriodState::Untouched {
            Some((Error::NothingFilledIn(sheet.period), "entry"))
        } else if !blocking.is_empty() {
            Some((Error::Blocked(blocking), "checks"))
        } else if lacks_scan(&checked.the_return) {
            Some((Error::NoScan, "entry"))
        } else {
            None
        })
    }

    fn sent_bundles(&self, plan: &Plan, office: &OfficeId) -> Result<Vec<SentBundle>> {
        let (missing, role, end) = (self.numbers_missing()?, self.role(), self.own_key_end()?);
        let kept = |row: &BundleRow| Ok::<_, Error>(self.archive.find(&row.digest)?.is_some());
        let rows = self.ledger.read(|tx| {
            let stream = tx.current_stream(BundleKind::Progress, Some(office))?.map(|stream| stream.stream);
            let rows = tx.bundles(Direction::Out, BundleKind::Progress, Some(office))?;
            rows.into_iter()
                .map(|row| {
                    let (verdict, replaced) = match role {
                        Role::Office => judged(tx, &row)?,
                        Role::Hub => file::standing(tx, &row)?,
                    };
                    let current = stream.as_ref() == Some(&row.stream);
                    let is_beyond = current && end.is_some_and(|after| row.seq > after);
                    let verdict = if is_beyond { words::BEYOND_KEY.to_owned() } else { verdict };
                    Ok((row, verdict, replaced, current))
                })
                .collect::<Result<Vec<_>>>()
        })?;
        let view = |(row, verdict, replaced, current): (BundleRow, String, bool, bool)| {
            Ok(SentBundle {
                digest: crate::hex(&row.digest),
                period: row.period.map(|period| plan.calendar.label(period)).unwrap_or_default(),
                replaced,
                seq: short(row.seq),
                day: day_label(row.day),
                size: words::size(row.size),
                verdict,
                missing: current && missing.contains(&short(row.seq)),
                kept: kept(&row)?,
                file: format!("{}.tzb", row.file_name),
            })
        };
        rows.into_iter().rev().map(view).collect()
    }

    /// Signs the return of a period and delivers it; a stick that fails keeps nothing but the trouble of trying again.
    pub fn export_return(
        &mut self,
        period: Period,
        sign_off: &SignOff,
        passphrase: &str,
        to: &Path,
        progress: &mut Progress<'_>,
    ) -> Result<Delivery> {
        let sheet = self.sheet(period, None)?;
        let delivered = self.export_watched(&sheet, sign_off, passphrase, to, progress)?;
        self.delivery(delivered)
    }

    /// Copies a bundle that went out before to a drive again.
    pub fn copy_return(&self, digest: &str, to: &Path, progress: &mut Progress<'_>) -> Result<Delivery> {
        self.delivery(self.copy_again(digest, to, progress)?)
    }

    pub(crate) fn delivery(&self, delivered: Delivered) -> Result<Delivery> {
        let Delivered { path, digest: Sha256Digest(digest), seq, again } = delivered;
        let size = std::fs::metadata(&path).map_err(Error::io(&path))?.len();
        let folder = path.parent().unwrap_or(&path);
        Ok(Delivery {
            file: crate::fetch::label(&path),
            folder: folder.display().to_string(),
            seq: short(seq),
            short_digest: slip::short_digest(&crate::hex(&digest)),
            digest: crate::hex(&digest),
            size: words::size(size),
            again,
        })
    }
}

/// Says what keeps a return from being signed, where that is looked at from here.
fn refused(error: &Error, period: &PeriodView) -> Message {
    let mut said: Message = words::sentence(error).into();
    match error {
        Error::NothingFilledIn(_) => said.what = words::nothing_filled_in(&period.label),
        // The findings are on another screen; here they are counted as they are there.
        Error::Blocked(findings) => said.next = words::open_in_words(Open::of(findings)),
        _ => {}
    }
    said
}

/// Returns the bundle that holds the draft as it stands, if there is one and its file is here.
fn current_bundle(tx: &Tx<'_>, sheet: &Sheet) -> Result<Option<BundleRow>> {
    let draft = tx.draft(sheet.key())?.filter(|draft| draft.is_exported());
    let Some(exported) = draft.and_then(|draft| draft.exported) else { return Ok(None) };
    // Of a return that only a receipt knows the file is lost; it is signed anew.
    Ok(tx.bundle(&exported.bundle)?.filter(|bundle| bundle.size > 0))
}

/// Returns the hub's word on a bundle that went out, and whether a later one has taken its place.
fn judged(tx: &Tx<'_>, row: &BundleRow) -> Result<(String, bool)> {
    let Some(of_it) = tx.return_of_bundle(&row.digest)? else { return Ok(Default::default()) };
    let verdict = match tx.verdict(of_it.id)? {
        None => String::new(),
        // What a correction has taken the place of was not turned down.
        Some(said) if said.verdict == ReturnState::Superseded && !of_it.counted => "已更正".to_owned(),
        Some(said) if said.verdict == ReturnState::Returned => {
            words::returned_cells(tx.returned_cells(of_it.id)?.len())
        }
        Some(said) => words::state_label(said.verdict).to_owned(),
    };
    Ok((verdict, !of_it.counted))
}

/// Says in a line what a return holds.
fn summary(the_return: &model::returns::Return) -> String {
    use model::returns::{Answer, Figures};
    if the_return.nil {
        return "零报告".to_owned();
    }
    if the_return.entries.is_empty() {
        return "还没有填".to_owned();
    }
    let (mut figures, mut zero, mut inapplicable) = (0, 0, 0);
    for entry in the_return.entries.values() {
        match &entry.answer {
            Answer::NotApplicable(_) => inapplicable += 1,
            Answer::Figures(Figures::Amount(value)) if value.is_zero() => zero += 1,
            Answer::Figures(_) => figures += 1,
        }
    }
    let mut parts = vec![format!("有数 {figures}")];
    parts.extend((zero > 0).then(|| format!("零 {zero}")));
    parts.extend((inapplicable > 0).then(|| format!("不适用 {inapplicable}")));
    format!("{} 项：{}", the_return.entries.len(), parts.join("，"))
}

/// Numbers of bundles rise by one; four thousand million of them are never sent.
pub(crate) fn short(seq: u64) -> u32 {
    u32::try_from(seq).unwrap_or(u32::MAX)
}
