//! The heads of the matrix: targets with the district's figures, offices with their returns.

use std::cmp::Reverse;
use std::collections::HashMap;

use model::assess::yellow;
use model::exact::Exact;
use model::id::OfficeId;
use model::lamp::Lamp;
use model::period::Period;
use model::plan::{Duties, Office, Plan};
use model::target::Target;

use super::super::count;
use super::{Matrix, MatrixOffice, MatrixTarget, OfficeState, Table};
use crate::consolidate::{ConsolidatedTarget, OfficeStanding};
use crate::screens::LampView;
use crate::status::{NO_LAMP, TargetStatus, target_status};
use crate::{Home, Result, words};

impl Home {
    /// Shows the heads of a period's matrix.
    pub fn matrix(&self, period: Period) -> Result<Matrix> {
        let table = self.table(period)?;
        let Table { consolidation, status, sources, .. } = &*table;
        let lock = self.ledger.read(|tx| tx.lock_of(period))?;
        let issues = self.ledger.read(|tx| tx.locks_of(period))?.len();
        let plan = &consolidation.plan;
        Ok(Matrix {
            period: status.period.clone(),
            label: status.period_label.clone(),
            plan_version: status.plan_version,
            locked: status.locked,
            locked_on: lock.map(|lock| words::day_label(lock.locked_on)).unwrap_or_default(),
            issues: count(issues),
            drifted: count(table.drifted()),
            owed: count(status.owed),
            reported: count(status.reported),
            late: count(status.late),
            waiting: count(sources[&period].waiting.len()),
            targets: table.heads(),
            offices: table.columns(&plan.duties_in(period)),
        })
    }
}

impl Table {
    /// Lists the rows.
    pub(crate) fn heads(&self) -> Vec<MatrixTarget> {
        let targets = &self.consolidation.targets;
        let mut order: Vec<(usize, _)> = (0..targets.len()).map(|row| (row, self.severity(row))).collect();
        // Where two are as far behind, the report's order stays.
        order.sort_by(|(_, one), (_, other)| one.cmp(other));
        let mut behind = vec![0; targets.len()];
        for (place, (row, _)) in order.into_iter().enumerate() {
            behind[row] = count(place);
        }
        let statuses = self.statuses();
        let head = |row: usize| self.head(row, statuses.get(targets[row].id.as_str())?, behind[row]);
        (0..targets.len()).filter_map(head).collect()
    }

    /// Shows one row.
    pub(crate) fn head_of(&self, row: usize) -> Option<MatrixTarget> {
        let id = &self.consolidation.targets[row].id;
        let status = self.status.targets.iter().find(|status| status.code == id.as_str())?;
        self.head(row, status, 0)
    }

    fn statuses(&self) -> HashMap<&str, &TargetStatus> {
        self.status.targets.iter().map(|status| (status.code.as_str(), status)).collect()
    }

    fn head(&self, row: usize, status: &TargetStatus, behind: u32) -> Option<MatrixTarget> {
        let one = &self.consolidation.targets[row];
        let plan = &self.consolidation.plan;
        let target = plan.target(&one.id)?;
        let (coverage, coverage_more) = words::coverage_parts(&one.roll_up.coverage);
        let live = target_status(plan, one)?;
        let as_now = live.lamp == status.lamp && live.actual == status.actual;
        let words = match one.assessment.lamp.filter(|_| one.period.is_some()) {
            Some(lamp) if as_now && lamp != Lamp::Unreported => {
                words::lamp_words(target, one.goal, &one.assessment)
            }
            _ => status.shown.lamp.to_owned(),
        };
        Some(MatrixTarget {
            code: status.code.clone(),
            name: status.name.clone(),
            chapter_code: plan.section(&target.section).map(|(it, _)| it.code.clone()).unwrap_or_default(),
            chapter: words::chapter_label(plan, target),
            unit: target.unit.clone(),
            kind_label: words::kind_label(target.kind()).to_owned(),
            goal: status.goal.clone(),
            actual: status.shown.actual.clone(),
            lamp: LampView { code: status.lamp.unwrap_or(NO_LAMP).to_owned(), words },
            coverage,
            coverage_more,
            reported: status.reported,
            owed: status.assigned,
            full: !status.partial,
            earlier: one
                .period
                .filter(|due| *due != self.consolidation.period)
                .map(|due| words::month_label(&plan.calendar, due)),
            due: one.period.is_some(),
            behind,
            own: !plan.assignments.iter().any(|assignment| assignment.target == one.id),
        })
    }

    /// Says how badly a target stands: the lesser, the further behind.
    fn severity(&self, row: usize) -> (u8, Reverse<Exact>) {
        let one = &self.consolidation.targets[row];
        let lamp = one.assessment.lamp.filter(|_| one.period.is_some());
        let plan = &self.consolidation.plan;
        let found = plan.target(&one.id).zip(one.assessment.gap.as_ref());
        let lag = found.map_or_else(|| Exact::from(0), |(target, gap)| lag(plan, target, gap));
        (words::lamp_rank(lamp), Reverse(lag))
    }

    /// Counts the targets whose figure is another one now than when the period was frozen.
    fn drifted(&self) -> usize {
        if !self.status.locked {
            return 0;
        }
        let statuses = self.statuses();
        let moved = |one: &&ConsolidatedTarget| {
            let now = target_status(&self.consolidation.plan, one);
            let shown = statuses.get(one.id.as_str());
            now.zip(shown).is_some_and(|(now, shown)| now.actual != shown.actual || now.lamp != shown.lamp)
        };
        self.consolidation.targets.iter().filter(moved).count()
    }

    /// Lists the columns: whoever has a duty, or has reported all the same.
    fn columns(&self, duties: &Duties<'_>) -> Vec<MatrixOffice> {
        let busy = duties.offices();
        let standings: HashMap<&OfficeId, &OfficeStanding> =
            self.consolidation.offices.iter().map(|standing| (&standing.office, standing)).collect();
        let offices = self.consolidation.plan.offices.iter().enumerate();
        let shown = offices.filter(|(_, office)| busy.contains(&office.id));
        shown.map(|(place, office)| self.column(place, office, standings.get(&office.id).copied())).collect()
    }

    fn column(&self, place: usize, office: &Office, standing: Option<&OfficeStanding>) -> MatrixOffice {
        let reported = standing.and_then(|standing| standing.reported.as_ref());
        let waiting = self.sources[&self.consolidation.period].waiting.get(&place);
        let (state, state_label) = match (standing, reported, waiting) {
            (_, Some(reported), _) if reported.late => {
                (OfficeState::Late, format!("迟报 {}", words::day_label(reported.arrived)))
            }
            (_, Some(reported), _) => {
                (OfficeState::Reported, format!("{}报", words::day_label(reported.arrived)))
            }
            (_, None, Some(state)) => (OfficeState::Waiting, words::state_label(*state).to_owned()),
            (Some(_), None, None) => (OfficeState::Missing, "未报".to_owned()),
            (None, None, None) => (OfficeState::Free, "本期不用报".to_owned()),
        };
        MatrixOffice {
            id: office.id.to_string(),
            name: office.name().to_owned(),
            kind: words::office_kind_code(office.kind).to_owned(),
            kind_label: words::office_kind_label(office.kind).to_owned(),
            state,
            state_label,
            nil: reported.is_some_and(|reported| reported.nil),
            stand_in: reported.is_some_and(|reported| reported.stand_in),
        }
    }
}

/// Says how far behind a gap is, in multiples of what the rule lets pass as yellow.
pub(super) fn lag(plan: &Plan, target: &Target, gap: &Exact) -> Exact {
    let zero = Exact::from(0);
    if *gap >= zero {
        return zero;
    }
    Exact::quotient(&gap.abs(), &yellow(&plan.lamp_rule, target.kind())).unwrap_or_else(|| gap.abs())
}

/// Names a period for the figures that are of it.
pub(super) fn period_label(table: &Table, period: Option<Period>) -> String {
    period.map(|period| table.consolidation.plan.calendar.label(period)).unwrap_or_default()
}
