//! Checks the draft of a return (审核).

use ledger::review::ReturnedCell;
pub use model::check::Finding;
use model::check::History;
use model::check::Severity;
use model::draft::{self, Cover};
use model::period::Period;
use model::plan::Plan;
use model::returns::{Answer, Figures, Return, SignOff};
use model::target::Kind;

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
            draft::compile(&plan, &plan.duties(), &cover, &self.draft(sheet)?, &history);
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
        let mut history = History::default();
        let returns = self.ledger.read(|tx| {
            let mut all = Vec::new();
            for period in plan.calendar.periods().take_while(|period| *period <= sheet.period) {
                if let Some(row) = tx.counted_return(&sheet.office, period)? {
                    all.push((tx.load_return(row.id)?, tx.returned_cells(row.id)?));
                }
            }
            Ok::<_, ledger::Error>(all)
        })?;
        for (earlier, returned) in returns {
            if earlier.period == sheet.period {
                for (id, entry) in &earlier.entries {
                    let mended = returned.iter().any(|cell| cell.target == *id);
                    if let (Answer::Figures(figures), false) = (&entry.answer, mended) {
                        history.replaced.insert(id.clone(), *figures);
                    }
                }
            } else {
                remember(plan, &mut history, &earlier);
            }
        }
        Ok(history)
    }
}

/// Says whether a finding is an error, and not a warning.
pub fn is_error(finding: &Finding) -> bool {
    finding.issue.severity() == Severity::Error
}

/// Adds a return to the earlier figures; 零报告 repeats what was there.
fn remember(plan: &Plan, history: &mut History, earlier: &Return) {
    if earlier.nil {
        let duties = plan.duties();
        let repeated = |kind: Kind, last: Option<&(Period, Figures)>| {
            model::check::nil_figures(kind, last.map(|(_, figures)| *figures))
        };
        for target in duties.targets_of(&earlier.office) {
            let all = history.earlier.entry(target.id.clone()).or_default();
            if let Some(figures) = repeated(target.kind(), all.last()) {
                all.push((earlier.period, figures));
            }
        }
        return;
    }
    for (id, entry) in &earlier.entries {
        if let Answer::Figures(figures) = entry.answer {
            history.earlier.entry(id.clone()).or_default().push((earlier.period, figures));
        }
    }
}
