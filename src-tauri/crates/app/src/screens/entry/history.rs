//! Shows a cell through the year: every version, newest first.

use std::collections::BTreeMap;

use ledger::identity::Role;
use ledger::returns::{ReturnRow, ReturnState};
use model::id::OfficeId;
use model::period::Period;
use model::returns::Answer;

use super::sheet::short_label;
use super::{CellHistory, CellVersion};
use crate::assign::known_target;
use crate::edit_offices::OfficeFault;
use crate::words::{self, Filed};
use crate::{Home, Result};

impl Home {
    /// Shows everything that was ever reported in a cell: of the unit's own, or at a hub of an office's, by its id.
    pub fn cell_history(&self, target: &str, office: Option<&str>) -> Result<CellHistory> {
        let Some(id) = office else { return self.history_of(&self.own_office(), target) };
        self.hub_only()?;
        let id = OfficeId::new(id).map_err(|_| OfficeFault::Unknown)?;
        self.history_of(&id, target)
    }

    /// Shows everything that an office ever reported in a cell: what a receipt said of it, or at a hub how it stands.
    pub(crate) fn history_of(&self, office: &OfficeId, target: &str) -> Result<CellHistory> {
        let plan = self.plan()?;
        let id = known_target(&plan, target)?;
        let Some(target) = plan.target(&id) else { return Ok(CellHistory { versions: Vec::new() }) };
        let is_hub = self.role() == Role::Hub;
        let renumbering = self.renumbering(&plan)?;
        let mut versions = Vec::new();
        let mut replaced: BTreeMap<Period, String> = BTreeMap::new();
        self.ledger.read(|tx| {
            let said = tx.cell_history(office, &id)?;
            let rows = tx.returns_of(office)?;
            for row in &rows {
                let version = said.iter().find(|version| version.id == row.id);
                let figures = match version.map(|version| &version.answer) {
                    Some(Answer::Figures(figures)) => {
                        let Some(present) = renumbering.present(row.plan_version, &id, *figures) else {
                            continue;
                        };
                        words::whole_answer(target, &Answer::Figures(present))
                    }
                    Some(answer) => words::whole_answer(target, answer),
                    None if row.nil => "零报告".to_owned(),
                    None => continue,
                };
                let corrected = |other: &ReturnRow| other.period == row.period && other.id > row.id;
                let judged = match is_hub {
                    true => Some(row.state),
                    false => tx.verdict(row.id)?.map(|verdict| verdict.verdict),
                };
                let verdict = match judged {
                    None => "",
                    Some(ReturnState::Superseded | ReturnState::Accepted | ReturnState::Returned)
                        if is_hub && !row.counted && rows.iter().any(corrected) =>
                    {
                        "已更正"
                    }
                    Some(ReturnState::Superseded) if rows.iter().any(corrected) => "已更正",
                    // The others of a return that was sent back were accepted.
                    Some(ReturnState::Returned) if version.is_some_and(|version| !version.excluded) => {
                        words::state_label(ReturnState::Accepted)
                    }
                    Some(state) => words::state_label(state),
                };
                let verdict = if is_hub && (row.stand_in || office.is_own()) {
                    let own = rows
                        .iter()
                        .any(|other| other.period == row.period && other.counted && !other.stand_in);
                    words::filed_version(Filed::of(row, row.stand_in && own), row.stand_in)
                } else {
                    verdict.to_owned()
                };
                let shown = CellVersion {
                    period: short_label(&plan, row.period),
                    replaced: replaced
                        .insert(row.period, figures.clone())
                        .filter(|before| *before != figures),
                    figures,
                    seq: u32::try_from(row.seq).unwrap_or(u32::MAX),
                    day: words::day_label(row.arrived),
                    verdict,
                    explanation: version.map(|version| version.explanation.clone()).unwrap_or_default(),
                };
                versions.push(shown);
            }
            Ok::<_, ledger::Error>(())
        })?;
        versions.reverse();
        Ok(CellHistory { versions })
    }
}
