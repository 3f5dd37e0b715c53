//! What lies behind a cell: the entry with its words and files, and its history.

use ledger::returns::ReturnRow;
use ledger::review::ReturnedCell;
use model::assess::quota_goal;
use model::id::TargetId;
use model::period::Period;
use model::returns::{Answer, Entry, Evidence, Field};
use model::target::Target;

use super::heads::period_label;
use super::{Cell, CellOrigin, EntryBehind, EntrySource, Table, Worker};
use crate::screens::entry::ReturnedView;
use crate::{Error, Home, Result, hex, words};

impl Home {
    /// Shows one office's entry for one target.
    pub fn entry_behind(&self, period: Period, target: &str, office: &str) -> Result<EntryBehind> {
        let table = self.table(period)?;
        let (row, place) = (table.row(target)?, table.place(office)?);
        let one = &table.consolidation.targets[row];
        let plan = &table.consolidation.plan;
        let known = plan.target(&one.id).ok_or_else(|| Error::UnknownTarget(target.to_owned()))?;
        let unit = &plan.offices[place];
        let cell = Worker::new(&table).cell(row, place);
        let counted = one.period.and_then(|due| table.sources[&due].counted.get(&place));
        let found = counted.map(|row| self.found(row, &one.id)).transpose()?;
        let (entry, returned) = found.unwrap_or_default();
        let remarks = entry.as_ref().map(|entry| entry.remarks.clone()).unwrap_or_default();
        let files = match counted {
            // A 代录 stands on one scan, whichever entry it hangs on.
            Some(row) if row.stand_in => self.files_of(row)?,
            _ => entry.as_ref().map(|entry| entry.evidence.clone()).unwrap_or_default(),
        };
        if let Some(row) = counted {
            self.bring_out(row, &files)?;
        }
        let quota = quota_goal(known, cell.quota).map(|goal| words::goal_label(known, goal));
        Ok(EntryBehind {
            office: unit.name().to_owned(),
            office_id: unit.id.to_string(),
            target: known.id.to_string(),
            name: known.name.clone(),
            period: period_label(&table, one.period),
            figure: figure(&table, known, row, place, &cell, entry.as_ref()),
            quota: quota.unwrap_or_default(),
            explanation: explanation(&table, known, &cell),
            cell: cell.view(known),
            source: counted.map(source),
            note: remarks.note,
            problem: remarks.problem,
            next_step: remarks.next_step,
            remark: match entry.as_ref().map(|entry| &entry.answer) {
                Some(Answer::NotApplicable(reason)) => reason.clone(),
                _ => remarks.explanation,
            },
            evidence: files.iter().map(|file| self.evidence_view(file)).collect::<Result<_>>()?,
            returned: sent_back(known, entry.as_ref(), &returned),
            history: self.history_of(&unit.id, target)?.versions,
        })
    }

    /// Brings the entry's files out of their bundle. One that is no longer whole gives none: they show as lost.
    fn bring_out(&self, row: &ReturnRow, files: &[Evidence]) -> Result<()> {
        for file in files {
            if self.evidence.find(&file.sha256)?.is_none() {
                return match self.bring_out_evidence(&hex(&row.bundle)) {
                    Ok(_) | Err(Error::Archive(_)) => Ok(()),
                    Err(error) => Err(error),
                };
            }
        }
        Ok(())
    }

    fn files_of(&self, row: &ReturnRow) -> Result<Vec<Evidence>> {
        let content = self.ledger.read(|tx| tx.load_return(row.id))?;
        let mut files: Vec<Evidence> = Vec::new();
        for file in content.entries.into_values().flat_map(|entry| entry.evidence) {
            if !files.iter().any(|known| known.sha256 == file.sha256) {
                files.push(file);
            }
        }
        Ok(files)
    }

    fn found(&self, row: &ReturnRow, id: &TargetId) -> Result<(Option<Entry>, Vec<ReturnedCell>)> {
        Ok(self.ledger.read(|tx| {
            let entry = tx.load_return(row.id)?.entries.remove(id);
            let mut returned = tx.returned_cells(row.id)?;
            returned.retain(|cell| cell.target == *id);
            Ok::<_, ledger::Error>((entry, returned))
        })?)
    }
}

/// Writes the figure that counts, as it was typed where it was.
fn figure(
    table: &Table,
    target: &Target,
    row: usize,
    place: usize,
    cell: &Cell,
    entry: Option<&Entry>,
) -> String {
    use model::rollup::Standing;
    match (cell.origin, entry, table.standing(row, place)) {
        (
            CellOrigin::Reported,
            Some(Entry { answer: Answer::Figures(_), .. }),
            Some(Standing::Reported(figures)),
        )
        | (_, _, Some(Standing::Reported(figures) | Standing::Carried(figures))) => {
            words::whole_answer(target, &Answer::Figures(figures))
        }
        _ => String::new(),
    }
}

fn explanation(table: &Table, target: &Target, cell: &Cell) -> String {
    let plan = &table.consolidation.plan;
    match (&cell.assessment, cell.origin) {
        (_, CellOrigin::NotApplicable) => words::inapplicable().to_owned(),
        (_, CellOrigin::NotDue) => words::not_due(target),
        (_, CellOrigin::Blank) => "这项目标没有分给这个单位".to_owned(),
        (_, CellOrigin::NotIssued) => "报的时候方案里还没有这项目标".to_owned(),
        (Some(assessment), _) if assessment.actual.is_some() => {
            words::explain_own(plan, target, cell.goal, assessment)
        }
        (_, CellOrigin::Returned) => "数据已退回，不计入汇总；没有以前的数可以沿用".to_owned(),
        (_, origin) => format!("{}，没有数据计入汇总", words::cell_origin(origin)),
    }
}

fn source(row: &ReturnRow) -> EntrySource {
    EntrySource {
        digest: hex(&row.bundle),
        seq: u32::try_from(row.seq).unwrap_or(u32::MAX),
        arrived: words::day_label(row.arrived),
        state: words::state_label(row.state).to_owned(),
        stand_in: row.stand_in,
        filled_by: row.sign_off.filled_by.clone(),
        checked_by: row.sign_off.checked_by.clone(),
        issued_by: row.sign_off.issued_by.clone(),
    }
}

fn sent_back(target: &Target, entry: Option<&Entry>, cells: &[ReturnedCell]) -> Option<ReturnedView> {
    let day = cells.iter().map(|cell| cell.day).max()?;
    let reasons: Vec<&str> = cells.iter().map(|cell| cell.reason.as_str()).collect();
    let boxes: Vec<&str> = cells.iter().map(|cell| words::returned_box(target, cell.field)).collect();
    let figures = cells.iter().any(|cell| cell.field <= Field::NotApplicable);
    let figure = entry.filter(|_| figures).map(|entry| words::whole_answer(target, &entry.answer));
    Some(ReturnedView {
        reason: reasons.join("；"),
        field: boxes.join("、"),
        figure: figure.unwrap_or_default(),
        day: words::day_label(day),
        mended: false,
    })
}
