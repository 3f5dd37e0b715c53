//! Saves what was typed, and says what that changed.

use model::id::TargetId;
use model::returns::Field;

use super::sheet::typed;
use super::{CellEdit, EntrySheet, Saved};
use crate::desk::Desk;
use crate::enter::{ReturnOf, write_cells};
use crate::field_names::parse_field;
use crate::{Error, Home, Result, words};

/// Texts on their way into boxes.
type Edits = Vec<(TargetId, Field, String)>;

impl Home {
    /// Puts texts into boxes as typed, all of them or none; they are durable when this returns.
    ///
    /// # Errors
    /// [`Error::UnknownTarget`] and [`Error::UnknownField`] for a box that is not there.
    pub fn save_cells(&mut self, of: impl Into<ReturnOf>, edits: &[CellEdit]) -> Result<Saved> {
        let sheet = self.sheet_of_return(of.into())?;
        let mut desk = self.take_desk(sheet.clone())?;
        let edits = boxes(&desk, edits)?;
        // Somebody else may write between looking and writing: then the desk is laid out again and nothing is lost.
        let changed = loop {
            let texts = differing(&desk, &edits);
            if texts.is_empty() {
                break Vec::new();
            }
            let now = self.now();
            let detail = format!("{} {}", desk.sheet.period, texts.len());
            let deed = self.deed("enter", desk.sheet.office.as_str(), detail);
            let written = self.ledger.write(|tx| {
                if tx.stamp()? != desk.stamp {
                    return Ok(None);
                }
                write_cells(tx, &desk.sheet, &texts, now)?;
                tx.record(&deed)?;
                Ok::<_, ledger::Error>(Some(tx.stamp()?))
            })?;
            match written {
                Some(stamp) => {
                    let mut draft = desk.draft.clone();
                    for (id, field, text) in texts {
                        draft.cells.entry(id.clone()).or_default().insert(*field, text.clone());
                    }
                    (desk.stamp, desk.saved) = (stamp, Some(now));
                    break desk.read(draft);
                }
                None => desk = self.take_desk(sheet.clone())?,
            }
        };
        let saved = Saved {
            at: desk.saved.map(|at| words::clock_time(at, self.today())).unwrap_or_default(),
            standings: desk.standings_of(&changed),
            counts: desk.counts(),
            open_findings: desk.open_findings().total(),
            nil_refused: desk.nil_refusal().map(|why| words::nil_refusal(&why).into()),
        };
        self.leave(desk);
        Ok(saved)
    }

    /// Declares 零报告 for a period, or takes it back.
    ///
    /// # Errors
    /// [`Error::NilRefused`] where it cannot be declared, [`Error::NilStandIn`] for a 代录; taking it back always works.
    pub fn declare_nil(&mut self, of: impl Into<ReturnOf>, nil: bool) -> Result<EntrySheet> {
        let of = of.into();
        let desk = self.take_desk(self.sheet_of_return(of.clone())?)?;
        let refused = match desk.nil_refusal() {
            _ if !nil => None,
            _ if self.stands_in(&desk.sheet) => Some(Error::NilStandIn),
            why => why.map(Error::NilRefused),
        };
        if let Some(error) = refused {
            self.leave(desk);
            return Err(error);
        }
        if desk.draft.nil != nil {
            self.set_nil(&desk.sheet, nil)?;
        }
        self.leave(desk);
        self.entry_sheet(of)
    }
}

fn boxes(desk: &Desk, edits: &[CellEdit]) -> Result<Edits> {
    let named = |edit: &CellEdit| {
        let target = desk.own_target(&edit.target)?;
        let field = parse_field(&edit.field).filter(|field| *field != Field::Evidence);
        let field = field.ok_or_else(|| Error::UnknownField(model::names::reveal(&edit.field)))?;
        Ok((target, field, edit.text.clone()))
    };
    edits.iter().map(named).collect()
}

/// Lists the edits that change something: what stands there already leaves the sheet as it was exported.
fn differing<'a>(desk: &Desk, edits: &'a Edits) -> Vec<&'a (TargetId, Field, String)> {
    // Of several texts for one box the last one counts.
    let last = |at: usize, (id, field, _): &(TargetId, Field, String)| {
        !edits[at + 1..].iter().any(|(other, of, _)| other == id && of == field)
    };
    let edits = edits.iter().enumerate().filter(|(at, edit)| last(*at, edit)).map(|(_, edit)| edit);
    edits.filter(|(id, field, text)| typed(&desk.draft, id, *field) != text).collect()
}
