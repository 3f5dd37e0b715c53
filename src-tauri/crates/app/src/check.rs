//! Checks the draft of a return (审核).

use std::collections::BTreeMap;

use ledger::review::ReturnedCell;
pub use model::check::Finding;
use model::check::{History, Severity, nil_figures};
use model::draft::{self, Cover};
use model::id::TargetId;
use model::plan::{Plan, Renumbering};
use model::returns::{Answer, Entry, Field, Figures, Return, SignOff};
use model::target::Target;

use crate::enter::Sheet;
use crate::{Home, Result};

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

impl Home {
    /// Checks a sheet as it stands.
    pub fn check(&self, sheet: &Sheet) -> Result<Checked> {
        self.check_signed(sheet, &SignOff::default())
    }

    pub(crate) fn check_signed(&self, sheet: &Sheet, sign_off: &SignOff) -> Result<Checked> {
        let plan = self.plan()?;
        let history = self.history(&plan, sheet)?;
        let cover = Cover {
            office: sheet.office.clone(),
            period: sheet.period,
            stand_in: sheet.office != self.own_office(),
            sign_off: sign_off.clone(),
        };
        let (the_return, findings) =
            draft::compile(&plan, &plan.duties_in(sheet.period), &cover, &self.draft(sheet)?, &history);
        let returned = self.ledger.read(|tx| match tx.counted_return(&sheet.office, sheet.period)? {
            Some(row) => tx.returned_cells(row.id),
            None => Ok(Vec::new()),
        })?;
        Ok(Checked { plan, the_return, findings, returned })
    }

    /// Collects what an office reported before: its earlier periods of the year, and this one where it corrects.
    ///
    /// Cells that the hub returned are no accepted figures, so mending one needs no explanation.
    fn history(&self, plan: &Plan, sheet: &Sheet) -> Result<History> {
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
        let mut history = History::default();
        let mut last: BTreeMap<TargetId, Stood> = BTreeMap::new();
        for (the_return, returned) in returns {
            let standing = stood(plan, &renumbering, &the_return, &returned, &last);
            if the_return.period == sheet.period {
                history.replaced_nil = the_return.nil;
                for (id, stood) in standing {
                    match stood {
                        Some(figures) => drop(history.replaced.insert(id, figures)),
                        None => drop(history.not_applicable.insert(id)),
                    }
                }
                continue;
            }
            for (id, stood) in &standing {
                let figures = stood.map(|figures| (the_return.period, figures));
                history.earlier.entry(id.clone()).or_default().extend(figures);
            }
            last.extend(standing);
        }
        Ok(history)
    }
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
