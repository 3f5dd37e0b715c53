//! Drafts: what was typed, as it was typed, until it reads as a return.
//!
//! A draft never refuses a text: whatever stands in a box is kept, and what cannot be read becomes a finding.

use std::collections::BTreeMap;

use crate::check::{self, Finding, History, Issue};
use crate::figure::Figure;
use crate::id::{OfficeId, TargetId};
use crate::period::Period;
use crate::plan::{Duties, Plan};
use crate::returns::{Answer, Entry, Evidence, Field, Figures, Remarks, Return, SignOff};
use crate::target::{Kind, Target};

/// The boxes of one target as typed; an empty text is an empty box.
pub type Cells = BTreeMap<Field, String>;

/// A return being filled in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// 零报告.
    pub nil: bool,
    /// What was typed, by target.
    pub cells: BTreeMap<TargetId, Cells>,
    /// The evidence, by target.
    pub evidence: BTreeMap<TargetId, Vec<Evidence>>,
}

/// Whose return a draft is, and how it will be signed.
#[derive(Debug, Clone)]
pub struct Cover {
    /// The office whose figures these are.
    pub office: OfficeId,
    /// The period reported.
    pub period: Period,
    /// 代录: entered by the hub.
    pub stand_in: bool,
    /// Who filled in, checked and issued it; may be empty until export.
    pub sign_off: SignOff,
}

/// Reads a draft as a return and checks it.
///
/// Returns what could be read together with everything that was found; entries with unreadable boxes are left out of the
/// return, so it may only be exported when no finding [blocks](Finding::blocks).
pub fn compile(
    plan: &Plan,
    duties: &Duties<'_>,
    cover: &Cover,
    draft: &Draft,
    history: &History,
) -> (Return, Vec<Finding>) {
    let mut entries = BTreeMap::new();
    let mut unread: BTreeMap<&TargetId, Vec<Finding>> = BTreeMap::new();
    let no_cells = Cells::new();
    let with_evidence =
        draft.evidence.keys().filter(|id| !draft.cells.contains_key(*id)).map(|id| (id, &no_cells));
    for (id, cells) in draft.cells.iter().chain(with_evidence) {
        let evidence = draft.evidence.get(id).cloned().unwrap_or_default();
        let typed = cells.values().any(|text| !text.trim().is_empty());
        if !typed && evidence.is_empty() {
            continue;
        }
        let Some(target) = plan.target(id) else {
            unread.entry(id).or_default().push(Finding::on(id, Field::Value, Issue::UnknownTarget));
            continue;
        };
        match read_cells(target, cells) {
            Ok(answer) => {
                entries.insert(id.clone(), Entry { answer, remarks: remarks(cells), evidence });
            }
            Err(findings) => unread.entry(id).or_default().extend(findings),
        }
    }
    let the_return = Return {
        office: cover.office.clone(),
        period: cover.period,
        plan_version: plan.version,
        nil: draft.nil,
        stand_in: cover.stand_in,
        sign_off: cover.sign_off.clone(),
        entries,
    };
    let found = check::check(plan, duties, &the_return, history);
    // A target whose boxes could not be read is not 未填: its own finding stands for it.
    let read = |finding: &Finding| {
        finding.issue != Issue::Missing || finding.target.as_ref().is_none_or(|id| !unread.contains_key(id))
    };
    let mut findings: Vec<Finding> = found.into_iter().filter(read).collect();
    findings.extend(unread.into_values().flatten());
    let place: BTreeMap<&TargetId, usize> =
        plan.targets.iter().enumerate().map(|(at, t)| (&t.id, at)).collect();
    findings.sort_by_key(|finding| {
        finding.target.as_ref().map(|id| place.get(id).copied().unwrap_or(usize::MAX))
    });
    (the_return, findings)
}

/// Reads the boxes of one target.
///
/// # Errors
/// A finding per box that cannot be read.
pub fn read_cells(target: &Target, cells: &Cells) -> Result<Answer, Vec<Finding>> {
    let fields = Field::of_figures(target.kind(), target.official);
    let filled = |field: &Field| !cell(cells, *field).is_empty();
    let reason = cell(cells, Field::NotApplicable);
    let stray = cells
        .iter()
        .find(|(field, text)| field.is_figure() && !fields.contains(field) && !text.trim().is_empty());
    if let Some((field, _)) = stray {
        return Err(vec![Finding::on(&target.id, *field, Issue::WrongKind)]);
    }
    if !reason.is_empty() {
        return match fields.iter().find(|field| filled(field)) {
            None => Ok(Answer::NotApplicable(printable(reason))),
            Some(field) => Err(vec![Finding::on(&target.id, *field, Issue::AnsweredTwice)]),
        };
    }
    if matches!(target.kind(), Kind::Milestone | Kind::Statement) {
        return read_stage(target, cell(cells, Field::Stage)).map(Answer::Figures);
    }
    let mut findings = Vec::new();
    let mut read = |field: Field| {
        let text = cell(cells, field);
        let figure = if text.is_empty() {
            Err(Issue::Missing)
        } else {
            Figure::from_typed(text).map_err(Issue::NotAFigure)
        };
        figure.map_err(|issue| findings.push(Finding::on(&target.id, field, issue))).ok()
    };
    let figures = match fields {
        [value] => read(*value).map(Figures::Amount),
        [first, second] => {
            read(*first).zip(read(*second)).map(|(first, second)| Figures::Pair(first, second))
        }
        [rate, first, second] => {
            let rate = read(*rate);
            let amounts =
                if filled(first) || filled(second) { Some((read(*first), read(*second))) } else { None };
            let amounts = amounts.map(|(first, second)| first.zip(second));
            rate.and_then(|rate| match amounts {
                None => Some(Figures::Published { rate, amounts: None }),
                Some(both) => both.map(|both| Figures::Published { rate, amounts: Some(both) }),
            })
        }
        _ => None,
    };
    figures.map(Answer::Figures).ok_or(findings)
}

/// Reads a stage by its name, or by its number counted from 1.
fn read_stage(target: &Target, typed: &str) -> Result<Figures, Vec<Finding>> {
    let on = |issue| vec![Finding::on(&target.id, Field::Stage, issue)];
    if typed.is_empty() {
        return Err(on(Issue::Missing));
    }
    let count = u8::try_from(target.stage_count().unwrap_or(0)).unwrap_or(u8::MAX);
    let by_name = (0..count).find(|stage| target.stage_name(*stage) == Some(typed));
    let by_number = || {
        let number = Figure::from_typed(typed).ok()?.to_string().parse::<u8>().ok()?;
        number.checked_sub(1).filter(|stage| *stage < count)
    };
    let stage = by_name.or_else(by_number);
    stage.map(Figures::Stage).ok_or_else(|| on(check::no_such_stage(target, typed.to_owned())))
}

fn remarks(cells: &Cells) -> Remarks {
    let text = |field| cells.get(&field).map(|text| printable(text)).unwrap_or_default();
    Remarks {
        note: text(Field::Note),
        problem: text(Field::Problem),
        next_step: text(Field::NextStep),
        explanation: text(Field::Explanation),
    }
}

/// Keeps words exactly as typed but for control characters, which no bundle carries: word processors paste line breaks
/// as U+000B and page breaks as U+000C.
pub fn printable(text: &str) -> String {
    let kept = |c: char| match c {
        '\u{b}' | '\u{c}' | '\u{85}' => Some('\n'),
        '\t' | '\n' | '\r' => Some(c),
        c if c.is_control() => None,
        c => Some(c),
    };
    text.chars().filter_map(kept).collect()
}

fn cell(cells: &Cells, field: Field) -> &str {
    cells.get(&field).map_or("", |text| text.trim())
}

/// Writes an answer's figures back into boxes, as a draft that starts from a return shows them.
pub fn cells_of(target: &Target, entry: &Entry) -> Cells {
    let boxes = Field::of_figures(target.kind(), target.official);
    let mut cells = Cells::new();
    let mut put = |field: Field, text: String| {
        if !text.is_empty() {
            cells.insert(field, text);
        }
    };
    match &entry.answer {
        Answer::NotApplicable(reason) => put(Field::NotApplicable, reason.clone()),
        Answer::Figures(figures) => {
            let values = match figures {
                Figures::Amount(value) => vec![value.to_string()],
                Figures::Pair(first, second) => vec![first.to_string(), second.to_string()],
                Figures::Published { rate, amounts: None } => vec![rate.to_string()],
                Figures::Published { rate, amounts: Some((first, second)) } => {
                    vec![rate.to_string(), first.to_string(), second.to_string()]
                }
                Figures::Stage(stage) => vec![target.stage_name(*stage).unwrap_or_default().to_owned()],
            };
            boxes.iter().zip(values).for_each(|(field, text)| put(*field, text));
        }
    }
    put(Field::Note, entry.remarks.note.clone());
    put(Field::Problem, entry.remarks.problem.clone());
    put(Field::NextStep, entry.remarks.next_step.clone());
    put(Field::Explanation, entry.remarks.explanation.clone());
    cells
}
