//! Checks the draft of a return (审核).

use std::collections::BTreeMap;

use ledger::review::ReturnedCell;
pub use model::check::Finding;
use model::check::{History, Issue, Severity, nil_figures};
use model::draft::{self, Cover};
use model::id::TargetId;
use model::period::Period;
use model::plan::{Plan, Renumbering};
use model::returns::{Answer, Entry, Field, Figures, Return, SignOff};
use model::target::Target;

use crate::enter::Sheet;
use crate::{Home, Result};

/// What an office reported before a sheet was begun.
#[derive(Debug, Clone, Default)]
pub(crate) struct Past {
    /// What the checks hold the sheet against.
    pub history: History,
    /// The last accepted answer of each target before the sheet's period, 零报告 included; none for 不适用.
    pub last: BTreeMap<TargetId, (Period, Option<Figures>)>,
    /// The return of the same period that this one corrects, its stages under their present numbers.
    pub corrected: Option<Return>,
    /// Cells of [`Past::corrected`] that the hub sent back.
    pub returned: Vec<ReturnedCell>,
}

impl Past {
    /// Says whether a target was added to the plan after the return that a draft still repeats: 未下达 for it, and not 未填.
    ///
    /// Whoever changes anything makes another return, under the present plan.
    pub(crate) fn is_added_later(&self, target: &Target, draft: &Return) -> bool {
        let stands = |before: &&Return| before.nil == draft.nil && before.entries == draft.entries;
        let before = self.corrected.as_ref().filter(|_| self.returned.is_empty()).filter(stands);
        before.is_some_and(|before| target.since > before.plan_version)
    }

    /// Leaves out what is 未填 only because its target was added later.
    pub(crate) fn spare_added_later(&self, plan: &Plan, draft: &Return, findings: &mut Vec<Finding>) {
        let target = |finding: &Finding| finding.target.as_ref().and_then(|id| plan.target(id));
        findings.retain(|finding| {
            finding.issue != Issue::Missing
                || !target(finding).is_some_and(|target| self.is_added_later(target, draft))
        });
    }
}

/// A draft read as a return, with everything that was found.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The plan it was checked against.
    pub plan: Plan,
    /// What could be read.
    pub the_return: Return,
    /// What is wrong or wants an explanation, in the order of the report.
    pub findings: Vec<Finding>,
    /// Cells of the present return that the hub sent back, with its reasons.
    pub returned: Vec<ReturnedCell>,
}

/// What keeps a return from leaving, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Open {
    /// Errors.
    pub errors: u32,
    /// Of these, what is merely 未填.
    pub missing: u32,
    /// Warnings without an explanation.
    pub warnings: u32,
}

impl Open {
    /// Counts the findings that block.
    pub fn of(findings: &[Finding]) -> Self {
        let count = |wanted: fn(&Finding) -> bool| {
            let found = findings.iter().filter(|finding| finding.blocks() && wanted(finding));
            u32::try_from(found.count()).unwrap_or(u32::MAX)
        };
        Self {
            errors: count(is_error),
            missing: count(|finding| finding.issue == Issue::Missing),
            warnings: count(|finding| !is_error(finding)),
        }
    }

    /// Returns the one number that every screen names.
    pub fn total(self) -> u32 {
        self.errors.saturating_add(self.warnings)
    }
}

impl Home {
    /// Checks a sheet as it stands.
    pub fn check(&self, sheet: &Sheet) -> Result<Checked> {
        let (mut checked, past) = self.compile(sheet, &SignOff::default())?;
        past.spare_added_later(&checked.plan, &checked.the_return, &mut checked.findings);
        Ok(checked)
    }

    /// Checks a sheet as it is signed, which makes another return.
    pub(crate) fn check_signed(&self, sheet: &Sheet, sign_off: &SignOff) -> Result<Checked> {
        Ok(self.compile(sheet, sign_off)?.0)
    }

    fn compile(&self, sheet: &Sheet, sign_off: &SignOff) -> Result<(Checked, Past)> {
        let plan = self.plan()?;
        let past = self.past(&plan, sheet)?;
        let cover = self.cover(sheet, sign_off.clone());
        let (the_return, findings) =
            draft::compile(&plan, &plan.duties_in(sheet.period), &cover, &self.draft(sheet)?, &past.history);
        Ok((Checked { plan, the_return, findings, returned: past.returned.clone() }, past))
    }

    /// Says whose return a sheet is.
    pub(crate) fn cover(&self, sheet: &Sheet, sign_off: SignOff) -> Cover {
        Cover {
            office: sheet.office.clone(),
            period: sheet.period,
            stand_in: self.stands_in(sheet),
            sign_off,
        }
    }

    /// Collects what an office reported before: its earlier periods of the year, and this one where it corrects.
    ///
    /// Cells that the hub returned are no accepted figures, so mending one needs no explanation.
    pub(crate) fn past(&self, plan: &Plan, sheet: &Sheet) -> Result<Past> {
        let returns = self.ledger.read(|tx| {
            let mut all = Vec::new();
            for period in plan.calendar.periods().take_while(|period| *period <= sheet.period) {
                if let Some(row) = tx.counted_return(&sheet.office, period)? {
                    all.push((tx.load_return(row.id)?, tx.returned_cells(row.id)?));
                }
            }
            Ok::<_, ledger::Error>(all)
        })?;
        let renumbering = self.renumbering(plan)?;
        let mut past = Past::default();
        let mut last: BTreeMap<TargetId, Stood> = BTreeMap::new();
        for (mut the_return, returned) in returns {
            let standing = stood(plan, &renumbering, &the_return, &returned, &last);
            if the_return.period == sheet.period {
                past.history.replaced_nil = the_return.nil;
                for (id, stood) in standing {
                    match stood {
                        Some(figures) => drop(past.history.replaced.insert(id, figures)),
                        None => drop(past.history.not_applicable.insert(id)),
                    }
                }
                renumber(&renumbering, &mut the_return);
                (past.corrected, past.returned) = (Some(the_return), returned);
                continue;
            }
            for (id, stood) in &standing {
                let figures = stood.map(|figures| (the_return.period, figures));
                past.history.earlier.entry(id.clone()).or_default().extend(figures);
                past.last.insert(id.clone(), (the_return.period, *stood));
            }
            last.extend(standing);
        }
        Ok(past)
    }
}

/// Puts the stages of a return under their present numbers; one that is gone takes its entry with it.
fn renumber(renumbering: &Renumbering, the_return: &mut Return) {
    let version = the_return.plan_version;
    the_return.entries.retain(|id, entry| match &mut entry.answer {
        Answer::NotApplicable(_) => true,
        Answer::Figures(figures) => match renumbering.present(version, id, *figures) {
            Some(present) => {
                *figures = present;
                true
            }
            None => false,
        },
    });
}

/// What was accepted in a cell; none for 不适用.
type Stood = Option<Figures>;

/// Says whether a finding is an error, and not a warning.
pub fn is_error(finding: &Finding) -> bool {
    finding.issue.severity() == Severity::Error
}

/// Lists what a return stands for, as of the present plan: its accepted answers, and for 零报告 the last ones before it.
fn stood(
    plan: &Plan,
    renumbering: &Renumbering,
    the_return: &Return,
    returned: &[ReturnedCell],
    last: &BTreeMap<TargetId, Stood>,
) -> BTreeMap<TargetId, Stood> {
    if the_return.nil {
        let duties = plan.duties_in(the_return.period);
        let spoken_for = |target: &&Target| {
            target.since <= the_return.plan_version && target.frequency.is_due(the_return.period)
        };
        let repeated = |target: &Target| match last.get(&target.id) {
            Some(None) => Some((target.id.clone(), None)),
            before => {
                let figures = nil_figures(target.kind(), before.copied().flatten())?;
                Some((target.id.clone(), Some(figures)))
            }
        };
        return duties.targets_of(&the_return.office).filter(spoken_for).filter_map(repeated).collect();
    }
    let excluded = |id: &TargetId| {
        let figures = |cell: &&ReturnedCell| cell.field.is_figure() || cell.field == Field::NotApplicable;
        returned.iter().filter(figures).any(|cell| cell.target == *id)
    };
    let read = |(id, entry): (&TargetId, &Entry)| match entry.answer {
        Answer::Figures(figures) => {
            Some((id.clone(), Some(renumbering.present(the_return.plan_version, id, figures)?)))
        }
        Answer::NotApplicable(_) => Some((id.clone(), None)),
    };
    the_return.entries.iter().filter(|(id, _)| !excluded(id)).filter_map(read).collect()
}
