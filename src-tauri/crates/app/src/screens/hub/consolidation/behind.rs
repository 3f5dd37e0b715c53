//! What lies behind a district's figure: the offices, each with its part.

use model::assess::quota_goal;
use model::period::Period;

use super::heads::period_label;
use super::{CellOrigin, FigureBehind, OfficePart, Worker};
use crate::{Error, Home, Result, words};

impl Home {
    /// Shows the offices behind a target's figure.
    pub fn figure_behind(&self, period: Period, target: &str) -> Result<FigureBehind> {
        let table = self.table(period)?;
        let row = table.row(target)?;
        let one = &table.consolidation.targets[row];
        let plan = &table.consolidation.plan;
        let unknown = || Error::UnknownTarget(target.to_owned());
        let known = plan.target(&one.id).ok_or_else(unknown)?;
        let head = table.head_of(row).ok_or_else(unknown)?;
        let status =
            table.status.targets.iter().find(|status| status.code == head.code).ok_or_else(unknown)?;
        let mut worker = Worker::new(&table);
        let mut parts = Vec::new();
        for (place, office) in plan.offices.iter().enumerate() {
            let cell = worker.cell(row, place);
            if cell.origin == CellOrigin::Blank {
                continue;
            }
            let quota = quota_goal(known, cell.quota).map(|goal| words::goal_label(known, goal));
            parts.push(OfficePart {
                office: office.id.to_string(),
                name: office.name().to_owned(),
                quota: quota.unwrap_or_default(),
                cell: cell.view(known),
            });
        }
        Ok(FigureBehind {
            clause: known.clause.clone(),
            expected: status.shown.expected.clone(),
            explanation: status.explanation.clone(),
            period: period_label(&table, one.period),
            parts,
            target: head,
        })
    }
}
