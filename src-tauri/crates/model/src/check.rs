//! Checks (审核): what is wrong with a return, or has to be explained, before it leaves (§2, checks).
//!
//! Errors block the export; warnings need an explanation in words. A finding carries both figures, so that the
//! sentence made of it can name them.

use std::collections::{BTreeMap, BTreeSet};

use crate::figure::{Figure, FigureError};
use crate::id::TargetId;
use crate::period::Period;
use crate::plan::{Duties, Plan};
use crate::returns::{Answer, Entry, Field, Figures, Return};
use crate::target::{Kind, Target};

mod changes;
mod figures;

pub(crate) use figures::no_such_stage;

/// What the checks know of an office's earlier figures.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// Accepted figures of earlier periods of the year, in order of period.
    pub earlier: BTreeMap<TargetId, Vec<(Period, Figures)>>,
    /// The accepted figures of the same period, where this return corrects one.
    pub replaced: BTreeMap<TargetId, Figures>,
    /// What the return that this one corrects called 不适用.
    pub not_applicable: BTreeSet<TargetId>,
    /// The return that this one corrects was a 零报告; `replaced` holds what it stood for.
    pub replaced_nil: bool,
}

/// Whether a finding blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Blocks the export.
    Error,
    /// Needs an explanation.
    Warning,
}

/// Something wrong with a cell, or to be explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The target; none where it concerns the return as a whole.
    pub target: Option<TargetId>,
    /// The box of the target's entry that is to be mended or explained.
    pub field: Option<Field>,
    /// What is wrong.
    pub issue: Issue,
    /// The entry already explains it.
    pub explained: bool,
}

/// What can be wrong. Errors first, then warnings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Issue {
    /// 未填.
    Missing,
    /// What was typed is not a figure.
    NotAFigure(FigureError),
    /// An amount below zero.
    Negative(Figure),
    /// A numerator above its denominator.
    NumeratorExceeds {
        /// The numerator.
        numerator: Figure,
        /// The denominator.
        denominator: Figure,
    },
    /// A figure for a target that the office was not given.
    Unassigned,
    /// A target that the plan version does not have.
    UnknownTarget,
    /// A figure in a month in which the target is not reported.
    NotDue {
        /// The period.
        period: Period,
    },
    /// Figures of another kind than the target's.
    WrongKind,
    /// A stage that the target does not have.
    NoSuchStage {
        /// What was typed, or the stage's number counted from 1.
        typed: String,
        /// The target's stages.
        stages: Vec<String>,
    },
    /// 不适用 together with figures.
    AnsweredTwice,
    /// 不适用 without a reason.
    NoReason,
    /// 零报告 together with entries.
    NilWithEntries,
    /// 零报告 while a rate is due.
    NilWhileRateDue,
    /// 零报告 in the place of a return whose answers were accepted: what would become of them could not be explained.
    NilAfterFigures,
    /// A figure above the one that bounds it, such as 过50亿元项目 above 过亿元项目.
    ExceedsOther {
        /// This target's figure.
        value: Figure,
        /// The bounding target.
        other: TargetId,
        /// Its figure.
        bound: Figure,
    },
    /// A text longer than fits a bundle's line.
    TextTooLong {
        /// Characters found.
        chars: usize,
    },
    /// All texts of an entry together longer than fits a bundle's line.
    TextsTooLong {
        /// Bytes found, as a bundle writes them.
        bytes: usize,
    },

    /// A cumulative figure below the last accepted one.
    Fell {
        /// The earlier period.
        since: Period,
        /// The figure then.
        before: Figure,
        /// The figure now.
        now: Figure,
    },
    /// A month's increase, or a level, far from the running mean.
    Jumped {
        /// The mean so far, per month for cumulative figures.
        mean: String,
        /// This period's increase per month, or its level.
        now: String,
    },
    /// The same-period base differs from the one accepted for this period.
    BaseChanged {
        /// The base accepted before.
        before: Figure,
        /// The base now.
        now: Figure,
    },
    /// A stage before the one last accepted.
    WentBack {
        /// Name of the stage accepted before.
        before: String,
        /// Name of the stage now.
        now: String,
    },
    /// The end state reached without any evidence.
    DoneWithoutEvidence,
    /// A correction of an accepted figure: 原值 → 新值.
    Corrected {
        /// The accepted figures.
        before: Figures,
        /// The new figures.
        now: Figures,
    },
    /// A correction between a figure and 不适用; none stands for 不适用.
    AnswerChanged {
        /// The accepted answer.
        before: Option<Figures>,
        /// The new answer.
        now: Option<Figures>,
    },
}

/// The most characters a text of an entry may have.
pub const MAX_TEXT_CHARS: usize = 10_000;
/// The most bytes that all texts of an entry may take together: a line of a bundle has 64 KiB, and evidence needs room too.
pub const MAX_ENTRY_BYTES: usize = 48 * 1024;

impl Issue {
    /// Says whether the issue blocks or wants an explanation.
    pub fn severity(&self) -> Severity {
        match self {
            Self::Fell { .. }
            | Self::Jumped { .. }
            | Self::BaseChanged { .. }
            | Self::WentBack { .. }
            | Self::DoneWithoutEvidence
            | Self::Corrected { .. }
            | Self::AnswerChanged { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }
}

impl Finding {
    pub(crate) fn on(target: &TargetId, field: Field, issue: Issue) -> Self {
        Self { target: Some(target.clone()), field: Some(field), issue, explained: false }
    }

    fn on_return(issue: Issue) -> Self {
        Self { target: None, field: None, issue, explained: false }
    }

    /// Says whether the finding keeps the return from leaving: an error, or a warning nobody explained.
    pub fn blocks(&self) -> bool {
        self.issue.severity() == Severity::Error || !self.explained
    }
}

/// Checks a return against the plan version it was made against and the office's earlier figures.
///
/// Findings come in the order of the report; the hub runs the same checks on what it receives.
pub fn check(plan: &Plan, duties: &Duties<'_>, the_return: &Return, history: &History) -> Vec<Finding> {
    let mut findings = Vec::new();
    let period = the_return.period;
    let due = |target: &&Target| target.frequency.is_due(period);
    let expected: Vec<&Target> = duties.targets_of(&the_return.office).filter(due).collect();
    if the_return.nil {
        if !the_return.entries.is_empty() {
            findings.push(Finding::on_return(Issue::NilWithEntries));
        }
        let answered = !history.replaced.is_empty() || !history.not_applicable.is_empty();
        if answered && !history.replaced_nil {
            findings.push(Finding::on_return(Issue::NilAfterFigures));
        }
        let rates = expected.iter().filter(|target| target.kind().is_rate());
        findings.extend(rates.map(|target| Finding {
            target: Some(target.id.clone()),
            field: None,
            issue: Issue::NilWhileRateDue,
            explained: false,
        }));
        return findings;
    }
    let mut met = 0;
    for target in expected {
        match the_return.entries.get(&target.id) {
            None => {
                let field = Field::of_figures(target.kind(), target.official)[0];
                findings.push(Finding::on(&target.id, field, Issue::Missing));
            }
            Some(entry) => {
                met += 1;
                one_entry(plan, the_return, target, entry, history, &mut findings);
            }
        }
    }
    if met < the_return.entries.len() {
        findings.extend(strangers(plan, duties, the_return));
    }
    findings
}

/// Finds entries that have no place in the return.
fn strangers<'a>(
    plan: &'a Plan,
    duties: &'a Duties<'_>,
    the_return: &'a Return,
) -> impl Iterator<Item = Finding> + 'a {
    the_return.entries.keys().filter_map(move |id| {
        let Some(target) = plan.target(id).filter(|t| t.in_force(plan.version.max(1))) else {
            return Some(Finding::on(id, Field::Value, Issue::UnknownTarget));
        };
        let field = Field::of_figures(target.kind(), target.official)[0];
        if !duties.is_assigned(id, &the_return.office) {
            Some(Finding::on(id, field, Issue::Unassigned))
        } else if !target.frequency.is_due(the_return.period) {
            Some(Finding::on(id, field, Issue::NotDue { period: the_return.period }))
        } else {
            None
        }
    })
}

fn one_entry(
    plan: &Plan,
    the_return: &Return,
    target: &Target,
    entry: &Entry,
    history: &History,
    findings: &mut Vec<Finding>,
) {
    let first = findings.len();
    texts(target, entry, findings);
    match &entry.answer {
        Answer::NotApplicable(reason) if reason.trim().is_empty() => {
            findings.push(Finding::on(&target.id, Field::NotApplicable, Issue::NoReason));
        }
        Answer::NotApplicable(_) => changes::withdrawn(target, history, findings),
        Answer::Figures(given) if !given.suits(target.kind(), target.official) => {
            let field = Field::of_figures(target.kind(), target.official)[0];
            findings.push(Finding::on(&target.id, field, Issue::WrongKind));
        }
        Answer::Figures(given) => {
            figures::check(target, *given, findings);
            figures::compare(plan, the_return, target, *given, findings);
            let sound = findings.len() == first;
            if sound {
                changes::check(target, the_return.period, entry, *given, history, findings);
            }
        }
    }
    let explained = !entry.remarks.explanation.trim().is_empty();
    for finding in &mut findings[first..] {
        finding.explained = explained && finding.issue.severity() == Severity::Warning;
    }
}

fn texts(target: &Target, entry: &Entry, findings: &mut Vec<Finding>) {
    let remarks = &entry.remarks;
    let reason = match &entry.answer {
        Answer::NotApplicable(reason) => reason.as_str(),
        Answer::Figures(_) => "",
    };
    let all = [
        (Field::NotApplicable, reason),
        (Field::Note, &remarks.note),
        (Field::Problem, &remarks.problem),
        (Field::NextStep, &remarks.next_step),
        (Field::Explanation, &remarks.explanation),
    ];
    // A quote, a backslash and a line break take two bytes on the wire.
    let wire = |text: &str| text.len() + text.matches(['"', '\\', '\n', '\r', '\t']).count();
    let bytes = all.iter().map(|(_, text)| wire(text)).sum();
    if bytes > MAX_ENTRY_BYTES {
        findings.push(Finding::on(&target.id, Field::Note, Issue::TextsTooLong { bytes }));
    }
    for (field, text) in all {
        let chars = text.chars().count();
        if chars > MAX_TEXT_CHARS {
            findings.push(Finding::on(&target.id, field, Issue::TextTooLong { chars }));
        }
    }
}

/// Returns what a 零报告 says of a target: the last accepted figures, or nothing yet; none for rates, which it cannot answer.
pub fn nil_figures(kind: Kind, last_accepted: Option<Figures>) -> Option<Figures> {
    let nothing = Figures::nothing(kind)?;
    Some(last_accepted.unwrap_or(nothing))
}
