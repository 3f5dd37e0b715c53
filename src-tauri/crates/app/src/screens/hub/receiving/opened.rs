//! A return opened: everything in it, what it changes, and the cells to be sent back.

use bundle::header::Contents;
use bundle::media::Media;
use ledger::returns::{ReturnRow, ReturnState};
use model::assess::quota_goal;
use model::check;
use model::id::TargetId;
use model::plan::{Duties, Plan};
use model::returns::{Answer, Entry, Field, Figures, Return};
use model::target::Target;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{PaperView, ReturnLine, corrected, named, short};
use crate::enter::Sheet;
use crate::field_names::{field_code, field_label, parse_field};
use crate::screens::entry::EvidenceView;
use crate::screens::{FindingView, Message};
use crate::send_back::SentBack;
use crate::show_plan::shown_goal;
use crate::words::{self, Unreviewable};
use crate::{Error, Home, Result, hex};

/// A return as the hub looks through it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OpenedReturn {
    /// What the lists say of it.
    pub line: ReturnLine,
    /// 填报人.
    pub filled_by: String,
    /// 审核人.
    pub checked_by: String,
    /// 签发人.
    pub issued_by: String,
    /// The plan version it was made against.
    pub plan_version: u32,
    /// The number of the return that it corrects.
    pub corrects: Option<u32>,
    /// Whether that is a 代录, whose place the office's own return takes.
    pub over_stand_in: bool,
    /// 代录: the stamped scan that it stands on.
    pub scans: Vec<EvidenceView>,
    /// Why cells cannot be sent back; none where they can.
    pub refused: Option<Message>,
    /// How the stamped paper was held against it.
    pub paper: PaperView,
    /// Findings about the return as a whole.
    pub findings: Vec<FindingView>,
    /// Everything in it, by chapter.
    pub chapters: Vec<OpenedChapter>,
}

/// A chapter of an opened return.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OpenedChapter {
    /// Its number and title.
    pub title: String,
    /// Its entries.
    pub rows: Vec<OpenedRow>,
}

/// An entry of an opened return.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OpenedRow {
    /// Code of the target.
    pub target: String,
    /// Its name.
    pub name: String,
    /// What the office has to reach.
    pub goal: String,
    /// What the entry says; `未填` where only the return before has one.
    pub figures: String,
    /// 原值: what the return that it corrects said, where that differs.
    pub before: Option<String>,
    /// 上期: the last figure accepted before this period.
    pub last: String,
    /// Why it is 不适用.
    pub reason: String,
    /// The office's explanation.
    pub explanation: String,
    /// 进展说明.
    pub note: String,
    /// 存在问题.
    pub problem: String,
    /// 下步措施.
    pub next_step: String,
    /// Files that support it.
    pub evidence: Vec<EvidenceView>,
    /// What the hub's own checks found.
    pub findings: Vec<FindingView>,
    /// Cells of it that were sent back.
    pub returned: Vec<ReturnedMark>,
    /// Boxes that can be sent back; none of what the return does not have.
    pub boxes: Vec<BoxChoice>,
}

/// A cell that was sent back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReturnedMark {
    /// The box, as a code.
    pub field: String,
    /// The box, as people call it.
    pub label: String,
    /// Why.
    pub reason: String,
}

/// A box that can be sent back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BoxChoice {
    /// The box, as a code.
    pub field: String,
    /// The box, as people call it.
    pub label: String,
}

/// A cell to be sent back, as the page names it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct CellSentBack {
    /// Code of the target.
    pub target: String,
    /// The box, as a code.
    pub field: String,
    /// What is wrong, in words.
    pub reason: String,
}

impl Home {
    /// Opens a return that was received.
    pub fn open_return(&self, digest: &str) -> Result<OpenedReturn> {
        self.hub_only()?;
        let (row, present) = (self.return_named(digest)?, self.plan()?);
        let plan = self.plan_of(row.plan_version)?;
        let before = self.ledger.read(|tx| corrected(tx, &row))?;
        let (content, marks, old) = self.ledger.read(|tx| {
            let old = before.as_ref().map(|before| tx.load_return(before.id)).transpose()?;
            Ok::<_, ledger::Error>((tx.load_return(row.id)?, tx.returned_cells(row.id)?, old))
        })?;
        let old_plan = before.as_ref().map(|before| self.plan_of(before.plan_version)).transpose()?;
        let sheet = Sheet { office: row.office.clone(), period: row.period };
        let past = self.past(&plan, &sheet)?;
        let duties = plan.duties_in(row.period);
        let mut findings = check::check(&plan, &duties, &content, &past.history);
        // An answer to a finding stands beside it.
        findings.retain(|finding| !(finding.explained && finding.target.is_none()));
        let media = self.media_of(&row)?;
        let opening = Opening {
            plan: &plan,
            duties: &duties,
            content: &content,
            old: old.as_ref().zip(old_plan.as_ref()),
            media: &media,
        };
        let mut chapters: Vec<OpenedChapter> = Vec::new();
        for target in &plan.targets {
            let found: Vec<FindingView> = findings
                .iter()
                .filter(|finding| finding.target.as_ref() == Some(&target.id))
                .map(|finding| FindingView::of(&plan, finding))
                .collect();
            let Some(mut one) = opening.row(target, !found.is_empty()) else { continue };
            one.findings = found;
            let cells = marks.iter().filter(|cell| cell.target == target.id);
            one.returned = cells
                .map(|cell| ReturnedMark {
                    field: field_code(cell.field).to_owned(),
                    label: words::returned_box(target, cell.field).to_owned(),
                    reason: cell.reason.clone(),
                })
                .collect();
            let last = past.last.get(&target.id);
            one.last =
                last.map(|(_, figures)| words::short_answer(target, figures.as_ref())).unwrap_or_default();
            let title = words::chapter_label(&plan, target);
            match chapters.last_mut().filter(|chapter| chapter.title == title) {
                Some(chapter) => chapter.rows.push(one),
                None => chapters.push(OpenedChapter { title, rows: vec![one] }),
            }
        }
        let whole = findings.iter().filter(|finding| finding.target.is_none());
        Ok(OpenedReturn {
            line: self.return_line(&present, &row)?,
            filled_by: row.sign_off.filled_by.clone(),
            checked_by: row.sign_off.checked_by.clone(),
            issued_by: row.sign_off.issued_by.clone(),
            plan_version: row.plan_version,
            over_stand_in: before.as_ref().is_some_and(|before| before.stand_in && !row.stand_in),
            corrects: before.map(|before| short(before.seq)),
            scans: if row.stand_in { opening.scans() } else { Vec::new() },
            refused: self.unreviewable(&row)?.map(|why| words::unreviewable(&why).into()),
            paper: self.paper_of(&row)?,
            findings: whole.map(|finding| FindingView::of(&plan, finding)).collect(),
            chapters,
        })
    }

    /// Sends cells of an opened return back to its office.
    pub fn send_cells_back(&mut self, digest: &str, cells: &[CellSentBack]) -> Result<()> {
        let (row, plan) = self.reviewable(digest)?;
        let cells: Vec<SentBack<'_>> = cells
            .iter()
            .map(|cell| SentBack {
                target: &cell.target,
                field: parse_field(&cell.field),
                reason: &cell.reason,
            })
            .collect();
        self.send_back(&named(&plan, row.office.as_str())?, row.period, &cells)
    }

    /// Takes back that a cell of an opened return was sent back.
    pub fn take_cell_back(&mut self, digest: &str, target: &str, field: &str) -> Result<()> {
        let (row, _) = self.reviewable(digest)?;
        let field = parse_field(field).ok_or_else(|| Error::UnknownTarget(target.to_owned()))?;
        self.take_back(&row, target, field)
    }

    /// Finds a return that can still be sent back, with the present plan.
    fn reviewable(&self, digest: &str) -> Result<(ReturnRow, Plan)> {
        let (row, plan) = (self.return_named(digest)?, self.plan()?);
        if self.unreviewable(&row)?.is_none() {
            return Ok((row, plan));
        }
        Err(Error::NoReturn { office: super::office_name(&plan, &row.office), period: row.period })
    }

    /// Says why cells of a return cannot be sent back; none where they can.
    fn unreviewable(&self, row: &ReturnRow) -> Result<Option<Unreviewable>> {
        let locked = self.ledger.read(|tx| tx.lock_of(row.period))?.is_some();
        let open = self.row_to_review(&row.office, row.period)?;
        Ok(match row.state {
            ReturnState::Disputed | ReturnState::Superseded => Some(Unreviewable::Forked),
            ReturnState::Revoked => Some(Unreviewable::Revoked),
            _ if locked => Some(Unreviewable::Locked),
            _ if row.stand_in => Some(Unreviewable::StandIn),
            _ if row.office.is_own() => Some(Unreviewable::Own),
            _ => match open {
                Some(open) if open.id != row.id => Some(Unreviewable::Replaced { by: open.seq }),
                _ => None,
            },
        })
    }

    /// Reads what the files of a return's evidence are, from the signed header of its bundle.
    fn media_of(&self, row: &ReturnRow) -> Result<Vec<([u8; 32], Media)>> {
        let any = self.ledger.read(|tx| tx.load_return(row.id))?.entries.into_values();
        if any.into_iter().all(|entry| entry.evidence.is_empty()) {
            return Ok(Vec::new());
        }
        let Ok(verified) = self.verify_file(&self.archive.path(&row.bundle)) else { return Ok(Vec::new()) };
        let Contents { attachments, .. } = &verified.header().contents;
        Ok(attachments.iter().map(|one| (one.digests.sha256.0, one.media)).collect())
    }
}

/// What a row is made from.
struct Opening<'a> {
    plan: &'a Plan,
    duties: &'a Duties<'a>,
    content: &'a Return,
    old: Option<(&'a Return, &'a Plan)>,
    media: &'a [([u8; 32], Media)],
}

impl Opening<'_> {
    /// Describes what the return says of a target, or said before; none where neither says anything and nothing is found
    /// to be missing.
    fn row(&self, target: &Target, is_found: bool) -> Option<OpenedRow> {
        let entry = self.content.entries.get(&target.id);
        let old = self.before(&target.id);
        if entry.is_none() && old.is_none() && !is_found {
            return None;
        }
        let figures = match entry {
            Some(entry) => shown(target, &entry.answer),
            None => "未填".to_owned(),
        };
        let said = entry.map(|entry| entry.remarks.clone()).unwrap_or_default();
        let goal = quota_goal(target, self.duties.duty(&target.id, &self.content.office).flatten());
        Some(OpenedRow {
            target: target.id.to_string(),
            name: target.name.clone(),
            goal: goal.map_or_else(|| shown_goal(self.plan, target), |goal| words::goal_label(target, goal)),
            before: match &self.old {
                Some(_) => Some(old.unwrap_or_else(|| "未填".to_owned())).filter(|old| *old != figures),
                None => None,
            },
            figures,
            last: String::new(),
            reason: match entry.map(|entry| &entry.answer) {
                Some(Answer::NotApplicable(reason)) => reason.clone(),
                _ => String::new(),
            },
            explanation: said.explanation,
            note: said.note,
            problem: said.problem,
            next_step: said.next_step,
            evidence: entry.map(|entry| self.evidence(entry)).unwrap_or_default(),
            findings: Vec::new(),
            returned: Vec::new(),
            boxes: entry.map(|entry| boxes(target, entry)).unwrap_or_default(),
        })
    }

    fn before(&self, id: &TargetId) -> Option<String> {
        let (old, plan) = self.old?;
        if old.nil {
            return Some("零报告".to_owned());
        }
        Some(shown(plan.target(id)?, &old.entries.get(id)?.answer))
    }

    /// Lists every file of the return, once.
    fn scans(&self) -> Vec<EvidenceView> {
        let mut files: Vec<EvidenceView> = Vec::new();
        for file in self.content.entries.values().flat_map(|entry| self.evidence(entry)) {
            if !files.iter().any(|known| known.digest == file.digest) {
                files.push(file);
            }
        }
        files
    }

    fn evidence(&self, entry: &Entry) -> Vec<EvidenceView> {
        let media = |digest: &[u8; 32]| {
            let found = self.media.iter().find(|(of, _)| of == digest).map(|(_, media)| *media);
            match found {
                None => "lost",
                Some(Media::Jpeg) => "jpeg",
                Some(Media::Png) => "png",
                Some(Media::Pdf) => "pdf",
            }
        };
        let view = |file: &model::returns::Evidence| EvidenceView {
            digest: hex(&file.sha256),
            label: file.label.clone(),
            size: words::size(file.len),
            media: media(&file.sha256).to_owned(),
        };
        entry.evidence.iter().map(view).collect()
    }
}

/// Writes an answer whole, with the rate that two amounts make.
fn shown(target: &Target, answer: &Answer) -> String {
    let whole = words::whole_answer(target, answer);
    match answer {
        Answer::Figures(figures @ Figures::Pair(..)) => {
            format!("{}（{whole}）", words::short_answer(target, Some(figures)))
        }
        _ => whole,
    }
}

/// Lists the boxes of an entry that can be sent back: its figures, and what was said of them.
fn boxes(target: &Target, entry: &Entry) -> Vec<BoxChoice> {
    let figures: Vec<Field> = match entry.answer {
        Answer::NotApplicable(_) => vec![Field::NotApplicable],
        Answer::Figures(_) => Field::of_figures(target.kind(), target.official).to_vec(),
    };
    let words = [Field::Note, Field::Problem, Field::NextStep, Field::Explanation, Field::Evidence];
    let label = |field: Field| match field.is_figure() {
        true => words::box_label(target, field),
        false => field_label(field),
    };
    let choice =
        |field: Field| BoxChoice { field: field_code(field).to_owned(), label: label(field).to_owned() };
    figures.into_iter().chain(words).map(choice).collect()
}
