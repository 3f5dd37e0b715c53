//! The rows of the matrix in the order in which one office stands towards them.

use std::cmp::Reverse;

use model::exact::Exact;
use model::lamp::Lamp;
use model::period::Period;

use super::heads::lag;
use super::{CellOrigin, Worker};
use crate::{Home, Result, words};

impl Home {
    /// Lists the codes of a period's targets, those in which an office is furthest behind first; what is not judged comes after,
    /// then what does not apply or is not due, then what is not the office's.
    pub fn order_by_office(&self, period: Period, office: &str) -> Result<Vec<String>> {
        let table = self.table(period)?;
        let place = table.place(office)?;
        let plan = &table.consolidation.plan;
        let mut worker = Worker::new(&table);
        let key = |row: usize| -> (u8, u8, Reverse<Exact>) {
            let cell = worker.cell(row, place);
            let group = match cell.origin {
                CellOrigin::Blank => 2,
                CellOrigin::NotDue | CellOrigin::NotApplicable | CellOrigin::NotIssued => 1,
                _ => 0,
            };
            let assessment = cell.assessment.as_ref();
            let lamp = assessment.and_then(|assessment| assessment.lamp);
            // Whether a figure is missing is told of every office, how good it is only of those with a quota.
            let lamp = lamp.filter(|lamp| cell.judged || *lamp == Lamp::Unreported);
            let target = plan.target(&table.consolidation.targets[row].id);
            let gap = assessment.filter(|_| cell.judged).and_then(|assessment| assessment.gap.as_ref());
            let lag = target.zip(gap).map_or_else(|| Exact::from(0), |(target, gap)| lag(plan, target, gap));
            (group, words::lamp_rank(lamp), Reverse(lag))
        };
        let mut rows: Vec<_> = (0..table.consolidation.targets.len()).map(key).zip(0..).collect();
        // Where two are as far behind, the report's order stays.
        rows.sort();
        let code = |row: usize| table.consolidation.targets[row].id.to_string();
        Ok(rows.into_iter().map(|(_, row)| code(row)).collect())
    }
}
