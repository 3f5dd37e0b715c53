//! Fills an empty draft from the return of its period, so that a correction starts from what was reported.

use chrono::{DateTime, Utc};
use ledger::drafts::Exported;
use ledger::{Archive, Tx};
use model::draft;
use model::plan::{Plan, Renumbering};
use model::returns::{Answer, Evidence};

use crate::enter::{Sheet, read_draft, write_cells};
use crate::{Home, Result};

/// What a draft is filled with.
pub(crate) struct Refill<'a> {
    pub plan: &'a Plan,
    pub renumbering: &'a Renumbering,
    /// Evidence whose file is not here cannot be sent again and stays out.
    pub evidence: &'a Archive,
    pub now: DateTime<Utc>,
}

impl Home {
    /// Fills the draft of a sheet that was reported but never typed here; an office's own figures are never made a 代录's.
    pub(crate) fn refill(&mut self, sheet: &Sheet) -> Result<()> {
        let stands_in = self.stands_in(sheet);
        let wanted = self.ledger.read(|tx| {
            let counted = tx.counted_return(&sheet.office, sheet.period)?;
            let filed_here = counted.is_some_and(|row| row.stand_in == stands_in);
            Ok::<_, ledger::Error>(filed_here && tx.draft(sheet.key())?.is_none())
        })?;
        if !wanted {
            return Ok(());
        }
        let plan = self.plan()?;
        let renumbering = self.renumbering(&plan)?;
        let refill =
            Refill { plan: &plan, renumbering: &renumbering, evidence: &self.evidence, now: self.now() };
        self.ledger.write(|tx| refill.run(tx, sheet))
    }
}

impl Refill<'_> {
    /// Fills a draft, unless something stands in it already.
    pub(crate) fn run(&self, tx: &Tx<'_>, sheet: &Sheet) -> Result<()> {
        let Some(row) = tx.counted_return(&sheet.office, sheet.period)? else { return Ok(()) };
        let present = read_draft(tx, sheet)?;
        let typed = present.cells.values().flat_map(|cells| cells.values()).any(|text| !text.is_empty());
        if present.nil || typed || present.evidence.values().any(|files| !files.is_empty()) {
            return Ok(());
        }
        tx.set_nil(sheet.key(), row.nil, self.now)?;
        for (id, entry) in tx.load_return(row.id)?.entries {
            let Some(target) = self.plan.target(&id) else { continue };
            let mut entry = entry;
            if let Answer::Figures(figures) = entry.answer {
                let present = self.renumbering.present(row.plan_version, &id, figures);
                let Some(present) = present else { continue };
                entry.answer = Answer::Figures(present);
            }
            let cells = draft::cells_of(target, &entry);
            let cells: Vec<_> = cells.into_iter().map(|(field, text)| (id.clone(), field, text)).collect();
            write_cells(tx, sheet, &cells.iter().collect::<Vec<_>>(), self.now)?;
            let mut files: Vec<Evidence> = Vec::new();
            for file in entry.evidence {
                if self.evidence.find(&file.sha256)?.is_some() {
                    files.push(file);
                }
            }
            if !files.is_empty() {
                tx.set_draft_evidence(sheet.key(), &id, &files, self.now)?;
            }
        }
        if let Some(draft) = tx.draft(sheet.key())? {
            tx.mark_exported(sheet.key(), Exported { bundle: row.bundle, revision: draft.revision })?;
        }
        Ok(())
    }
}
