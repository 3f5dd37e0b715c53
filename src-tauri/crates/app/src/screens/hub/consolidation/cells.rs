//! Cells of the matrix: how one office stands towards one target.

use std::collections::BTreeMap;

use model::assess::{Assessment, Case, assess, quota_goal};
use model::exact::Exact;
use model::figure::Figure;
use model::lamp::Lamp;
use model::period::Period;
use model::plan::Duties;
use model::rollup::{Actual, RollUp, Standing, Tally};
use model::target::{Goal, Measure, Target};

use super::{CellOrigin, MatrixCell, MatrixWindow, Table};
use crate::assign::known_target;
use crate::screens::LampView;
use crate::{Error, Home, Result, words};

/// The most cells a page may ask for at once: more than any screen shows.
const MOST_CELLS: usize = 20_000;

/// Works out cells of a table.
pub(crate) struct Worker<'a> {
    pub table: &'a Table,
    duties: BTreeMap<Period, Duties<'a>>,
}

/// A cell, worked out.
pub(crate) struct Cell {
    pub origin: CellOrigin,
    /// Its own quota.
    pub quota: Option<Figure>,
    /// What it is judged by; none where it is not judged.
    pub goal: Option<Goal>,
    /// Whether its lamp says anything of the office.
    pub judged: bool,
    pub assessment: Option<Assessment>,
}

impl<'a> Worker<'a> {
    pub fn new(table: &'a Table) -> Self {
        Self { table, duties: BTreeMap::new() }
    }

    /// Works out the cell of a row and an office, both by their places.
    pub fn cell(&mut self, row: usize, office: usize) -> Cell {
        let table = self.table;
        let consolidation = &table.consolidation;
        let plan = &consolidation.plan;
        let one = &consolidation.targets[row];
        let period = one.period.unwrap_or(consolidation.period);
        let duties = self.duties.entry(period).or_insert_with(|| plan.duties_in(period));
        let holder = duties.holder(&plan.offices[office].id);
        let blank = |origin| Cell { origin, quota: None, goal: None, judged: false, assessment: None };
        let (Some(target), Some(quota)) =
            (plan.target(&one.id), holder.and_then(|holder| holder.duty(&one.id)))
        else {
            return blank(CellOrigin::Blank);
        };
        if one.period.is_none() {
            return Cell { quota, ..blank(CellOrigin::NotDue) };
        }
        let standing = table.standing(row, office).unwrap_or(Standing::Missing);
        let origin = table.origin(row, office, period, standing);
        if matches!(origin, CellOrigin::NotApplicable | CellOrigin::NotIssued) {
            return Cell { quota, ..blank(origin) };
        }
        let reference = table.reference(target, period, office);
        let judged = match &target.measure {
            Measure::Milestone { .. } | Measure::Statement { .. } => true,
            Measure::Relative { to, .. } => holder.is_some_and(|holder| holder.duty(to).is_some()),
            _ => quota.is_some(),
        };
        let goal = quota_goal(target, quota);
        let roll_up = rolled(target, standing);
        let case = Case {
            target,
            goal,
            period,
            roll_up: &roll_up,
            reference: reference.as_ref(),
            rule: &plan.lamp_rule,
        };
        Cell { origin, quota, goal, judged, assessment: Some(assess(&case)) }
    }

    /// Shows a cell.
    pub fn view(&mut self, row: usize, office: usize) -> MatrixCell {
        let cell = self.cell(row, office);
        let plan = &self.table.consolidation.plan;
        match plan.target(&self.table.consolidation.targets[row].id) {
            Some(target) => cell.view(target),
            None => MatrixCell { state: cell.origin, figure: String::new(), lamp: None },
        }
    }
}

impl Cell {
    /// Shows the cell of a target.
    pub fn view(&self, target: &Target) -> MatrixCell {
        MatrixCell { state: self.origin, figure: self.figure(target), lamp: self.lamp(target) }
    }

    /// Writes its figure without the unit; empty where there is none.
    pub fn figure(&self, target: &Target) -> String {
        let Some(assessment) = &self.assessment else { return String::new() };
        match &assessment.actual {
            Some(Actual::Amount(value)) => words::amount(&(*value).into()),
            Some(_) => words::shown_actual(target, assessment).unwrap_or_default(),
            None => String::new(),
        }
    }

    /// Writes its figure for programs: an exact decimal, rates in percent; none where it is no number.
    pub fn number(&self) -> Option<String> {
        let number = self.assessment.as_ref()?.actual.as_ref()?.number()?;
        Some(number.trimmed(crate::status::DECIMALS))
    }

    /// Shows its lamp; none where the office is not judged by it.
    pub fn lamp(&self, target: &Target) -> Option<LampView> {
        let assessment = self.assessment.as_ref().filter(|_| self.judged)?;
        let words = match assessment.lamp? {
            Lamp::Unreported => words::cell_origin(self.origin).to_owned(),
            _ => words::lamp_words(target, self.goal, assessment),
        };
        Some(LampView { code: words::lamp_code(assessment.lamp?).to_owned(), words })
    }
}

fn rolled(target: &Target, standing: Standing) -> RollUp {
    let mut tally = Tally::new(target);
    tally.add(standing);
    tally.roll_up()
}

impl Table {
    /// Says where the figure of a cell comes from.
    fn origin(&self, row: usize, office: usize, period: Period, standing: Standing) -> CellOrigin {
        let source = &self.sources[&period];
        let counted = source.counted.get(&office);
        let id = &self.consolidation.targets[row].id;
        match standing {
            _ if source.excluded.contains(&(office, id.clone())) => CellOrigin::Returned,
            Standing::NotApplicable => CellOrigin::NotApplicable,
            Standing::NotIssued => CellOrigin::NotIssued,
            Standing::Carried(_) => CellOrigin::Carried,
            Standing::Reported(_) if counted.is_some_and(|row| row.nil) => CellOrigin::Nil,
            Standing::Reported(_) => CellOrigin::Reported,
            Standing::Missing if counted.is_some() => CellOrigin::Unfilled,
            Standing::Missing => CellOrigin::Unreported,
        }
    }

    /// Finds the rate that a relative target is held against: the same office's, of the very same period.
    fn reference(&self, target: &Target, period: Period, office: usize) -> Option<Exact> {
        let Measure::Relative { to, .. } = &target.measure else { return None };
        let row = *self.rows.get(to)?;
        let consolidation = &self.consolidation;
        if consolidation.targets[row].period != Some(period) {
            return None;
        }
        let standing = self.standing(row, office)?;
        rolled(consolidation.plan.target(to)?, standing).actual?.number()
    }

    /// Finds a target's row by its code.
    pub fn row(&self, code: &str) -> Result<usize> {
        let id = known_target(&self.consolidation.plan, code)?;
        self.rows.get(&id).copied().ok_or_else(|| Error::UnknownTarget(code.to_owned()))
    }

    /// Finds an office's place by its id.
    pub fn place(&self, id: &str) -> Result<usize> {
        let found = self.consolidation.plan.offices.iter().position(|office| office.id.as_str() == id);
        found.ok_or_else(|| Error::UnknownOffice { name: model::names::reveal(id), similar: Vec::new() })
    }
}

impl Home {
    /// Shows a window of a period's matrix: so many targets by so many offices, in the order in which they are named.
    pub fn matrix_window(
        &self,
        period: Period,
        targets: &[String],
        offices: &[String],
    ) -> Result<MatrixWindow> {
        let table = self.table(period)?;
        let offices: Vec<usize> = offices.iter().map(|id| table.place(id)).collect::<Result<_>>()?;
        let most = MOST_CELLS / offices.len().max(1);
        let rows: Vec<usize> =
            targets.iter().take(most.max(1)).map(|code| table.row(code)).collect::<Result<_>>()?;
        let mut worker = Worker::new(&table);
        let row = |row: usize| offices.iter().map(|office| worker.view(row, *office)).collect();
        Ok(MatrixWindow { rows: rows.into_iter().map(row).collect() })
    }
}
