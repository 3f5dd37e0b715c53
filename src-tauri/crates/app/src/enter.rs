//! Enters figures into the draft of a return, box by box or from a file.

use std::path::Path;

use chrono::{DateTime, Utc};
use ledger::Tx;
use ledger::drafts::DraftOf;
use model::draft::{Cells, Draft};
use model::id::{OfficeId, TargetId};
use model::period::Period;
use model::plan::Plan;
use model::returns::Field;

use crate::assign::known_target;
use crate::entry_file;
use crate::{Error, Home, Result};

/// Whose return is being entered, and for when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The office: the home's own, or at a hub the one that a 代录 is for.
    pub office: OfficeId,
    /// The period.
    pub period: Period,
}

/// The return that a screen asks for: the own unit's, or at a hub that of an office, by its id (代录).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnOf {
    /// The period.
    pub period: Period,
    /// Id of the office; none for the own unit.
    pub office: Option<String>,
}

impl From<Period> for ReturnOf {
    fn from(period: Period) -> Self {
        Self { period, office: None }
    }
}

impl Sheet {
    pub(crate) fn key(&self) -> DraftOf<'_> {
        DraftOf { office: &self.office, period: self.period }
    }
}

impl Home {
    /// Opens the sheet of a period: the own unit's, or at a hub that of an office whose return is entered for it (代录).
    pub fn sheet(&self, period: Period, on_behalf_of: Option<&str>) -> Result<Sheet> {
        let plan = self.plan()?;
        self.admit(&plan, period)?;
        let office = match on_behalf_of {
            None => self.own_office(),
            Some(name) => {
                self.hub_only()?;
                self.office_named(&plan, name)?.id
            }
        };
        Ok(Sheet { office, period })
    }

    /// Returns the own unit's sheet of a period.
    pub(crate) fn own_sheet(&self, period: Period) -> Sheet {
        Sheet { office: self.own_office(), period }
    }

    /// Returns the sheet that a screen asks for; [`Home::admit_sheet`] says whether the plan has it.
    pub(crate) fn sheet_of_return(&self, of: ReturnOf) -> Result<Sheet> {
        let ReturnOf { period, office } = of;
        let Some(id) = office else { return Ok(self.own_sheet(period)) };
        self.hub_only()?;
        let office = OfficeId::new(&id).map_err(|_| unknown_id(&id))?;
        Ok(Sheet { office, period })
    }

    /// Admits a sheet whose period and office are the plan's.
    pub(crate) fn admit_sheet(&self, plan: &Plan, sheet: &Sheet) -> Result<()> {
        self.admit(plan, sheet.period)?;
        plan.office(&sheet.office).map(|_| ()).ok_or_else(|| unknown_id(sheet.office.as_str()))
    }

    /// Says whether a sheet is entered for another: 代录.
    pub(crate) fn stands_in(&self, sheet: &Sheet) -> bool {
        sheet.office != self.own_office()
    }

    /// Puts texts into boxes of a target as typed; an empty text empties the box.
    pub fn enter(&mut self, sheet: &Sheet, target: &str, boxes: &[(Field, String)]) -> Result<TargetId> {
        let plan = self.plan()?;
        let id = known_target(&plan, target)?;
        let cells: Cells = boxes.iter().cloned().collect();
        self.put(sheet, &[(id.clone(), cells)])?;
        Ok(id)
    }

    /// Takes in a file saved by WPS or Excel: all of it, or nothing.
    ///
    /// # Errors
    /// [`Error::EntryFile`] with line and column of everything that is wrong.
    pub fn enter_file(&mut self, sheet: &Sheet, file: &Path) -> Result<usize> {
        let plan = self.plan()?;
        let bytes = std::fs::read(file).map_err(Error::io(file))?;
        let label = crate::fetch::label(file);
        let read = entry_file::read(&label, &bytes, &plan, sheet.period)?;
        // Of the targets it names, the file speaks for every box it has a column for; an empty field empties the box.
        let whole = |(target, cells): &(TargetId, Cells)| {
            let boxes =
                read.columns.iter().map(|field| (*field, cells.get(field).cloned().unwrap_or_default()));
            (target.clone(), boxes.collect())
        };
        let rows: Vec<(TargetId, Cells)> = read.entries.iter().map(whole).collect();
        self.put(sheet, &rows)?;
        Ok(rows.len())
    }

    fn put(&mut self, sheet: &Sheet, rows: &[(TargetId, Cells)]) -> Result<()> {
        let now = self.now();
        let deed = self.deed("enter", sheet.office.as_str(), format!("{} {}", sheet.period, rows.len()));
        // A text that stands there already is no change: exporting again then gives the same bytes.
        let present = self.draft(sheet)?.cells;
        let stands = |target: &TargetId, field: &Field, text: &str| {
            present.get(target).and_then(|cells| cells.get(field)).map_or("", String::as_str) == text
        };
        let boxes = rows.iter().flat_map(|(target, cells)| {
            cells.iter().map(move |(field, text)| (target.clone(), *field, text.clone()))
        });
        let boxes: Vec<_> = boxes.filter(|(target, field, text)| !stands(target, field, text)).collect();
        Ok(self.ledger.write(|tx| {
            write_cells(tx, sheet, &boxes.iter().collect::<Vec<_>>(), now)?;
            tx.record(&deed)
        })?)
    }

    /// Declares 零报告 for the sheet, or takes it back.
    pub fn set_nil(&mut self, sheet: &Sheet, nil: bool) -> Result<()> {
        let (now, deed) = (self.now(), self.deed("set_nil", sheet.office.as_str(), sheet.period.to_string()));
        Ok(self.ledger.write(|tx| {
            tx.set_nil(sheet.key(), nil, now)?;
            tx.record(&deed)
        })?)
    }

    /// Returns the draft of a sheet as typed.
    pub fn draft(&self, sheet: &Sheet) -> Result<Draft> {
        Ok(self.ledger.read(|tx| read_draft(tx, sheet))?)
    }

    /// Writes the form of a period for WPS and Excel: one row per target that the sheet's office reports.
    pub fn write_form(&self, sheet: &Sheet, file: &Path) -> Result<()> {
        let plan: Plan = self.plan()?;
        let bytes = entry_file::write_csv(
            &plan,
            &plan.duties_in(sheet.period),
            &sheet.office,
            sheet.period,
            &self.draft(sheet)?.cells,
        );
        std::fs::write(file, bytes).map_err(Error::io(file))
    }
}

fn unknown_id(id: &str) -> Error {
    Error::UnknownOffice { name: model::names::reveal(id), similar: Vec::new() }
}

/// Reads what was typed.
pub(crate) fn read_draft(tx: &Tx<'_>, sheet: &Sheet) -> ledger::Result<Draft> {
    let mut draft = Draft {
        nil: tx.draft(sheet.key())?.is_some_and(|draft| draft.nil),
        evidence: tx.draft_evidence(sheet.key())?,
        ..Draft::default()
    };
    for cell in tx.draft_cells(sheet.key())? {
        draft.cells.entry(cell.target).or_default().insert(cell.field, cell.text);
    }
    Ok(draft)
}

/// Writes texts into boxes; an empty text empties the box.
pub(crate) fn write_cells(
    tx: &Tx<'_>,
    sheet: &Sheet,
    boxes: &[&(TargetId, Field, String)],
    now: DateTime<Utc>,
) -> ledger::Result<()> {
    for (target, field, text) in boxes {
        if text.is_empty() {
            tx.clear_cell(sheet.key(), target, *field, now)?;
        } else {
            tx.set_cell(sheet.key(), target, *field, text, now)?;
        }
    }
    Ok(())
}
