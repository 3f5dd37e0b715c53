//! Enters figures into the draft of a return, box by box or from a file.

use std::path::Path;

use ledger::drafts::DraftOf;
use model::draft::{Cells, Draft};
use model::id::{OfficeId, TargetId};
use model::period::Period;
use model::plan::Plan;
use model::returns::{Evidence, Field};

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
        let read = entry_file::read(&label, &bytes, &plan)?;
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
        let stands =
            |target, field| present.get(target).and_then(|cells: &Cells| cells.get(field)).map_or("", |t| t);
        Ok(self.ledger.write(|tx| {
            for (target, cells) in rows {
                for (field, text) in
                    cells.iter().filter(|(field, text)| stands(target, field) != text.as_str())
                {
                    if text.is_empty() {
                        tx.clear_cell(sheet.key(), target, *field, now)?;
                    } else {
                        tx.set_cell(sheet.key(), target, *field, text, now)?;
                    }
                }
            }
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

    /// Adds evidence to a target of the sheet: the file's content is checked and kept.
    pub fn attach(&mut self, sheet: &Sheet, target: &str, file: &Path) -> Result<()> {
        let plan = self.plan()?;
        let id = known_target(&plan, target)?;
        let bytes = self.read_evidence(file)?;
        let sha256 = bundle::digest::Sha256Digest::of(&bytes).0;
        self.evidence.put(&bytes, &sha256)?;
        self.evidence.sync_batch()?;
        let label = model::names::reveal(&crate::fetch::label(file));
        let evidence = Evidence { sha256, len: bytes.len() as u64, label };
        let (now, deed) = (self.now(), self.deed("attach", sheet.office.as_str(), id.as_str()));
        Ok(self.ledger.write(|tx| {
            let mut all = tx.draft_evidence(sheet.key())?.remove(&id).unwrap_or_default();
            if !all.iter().any(|known| known.sha256 == evidence.sha256) {
                all.push(evidence);
                tx.set_draft_evidence(sheet.key(), &id, &all, now)?;
            }
            tx.record(&deed)
        })?)
    }

    fn read_evidence(&self, file: &Path) -> Result<Vec<u8>> {
        let len = std::fs::metadata(file).map_err(Error::io(file))?.len();
        let label = || crate::fetch::label(file);
        if len > self.limits.attachment {
            return Err(Error::EvidenceTooLarge { file: label(), len, limit: self.limits.attachment });
        }
        let bytes = std::fs::read(file).map_err(Error::io(file))?;
        if bundle::media::Media::of(&bytes).is_none() {
            return Err(Error::NotEvidence(label()));
        }
        Ok(bytes)
    }

    /// Returns the draft of a sheet as typed.
    pub fn draft(&self, sheet: &Sheet) -> Result<Draft> {
        Ok(self.ledger.read(|tx| {
            let mut draft = Draft {
                nil: tx.draft(sheet.key())?.is_some_and(|draft| draft.nil),
                evidence: tx.draft_evidence(sheet.key())?,
                ..Draft::default()
            };
            for cell in tx.draft_cells(sheet.key())? {
                draft.cells.entry(cell.target).or_default().insert(cell.field, cell.text);
            }
            Ok::<_, ledger::Error>(draft)
        })?)
    }

    /// Writes the form of a period for WPS and Excel: one row per target that the sheet's office reports.
    pub fn write_form(&self, sheet: &Sheet, file: &Path) -> Result<()> {
        let plan: Plan = self.plan()?;
        let bytes = entry_file::write_csv(
            &plan,
            &plan.duties(),
            &sheet.office,
            sheet.period,
            &self.draft(sheet)?.cells,
        );
        std::fs::write(file, bytes).map_err(Error::io(file))
    }
}
