//! The telephone list: who is missing for a period.

use std::collections::HashMap;

use model::id::OfficeId;
use model::names::reveal;
use model::period::Period;

use super::{AbsentOffice, MissingList};
use crate::{Home, Result, words};

impl Home {
    /// Lists the offices without a return that counts for a period, with whom to ask.
    pub fn missing(&self, period: Period) -> Result<MissingList> {
        let table = self.table(period)?;
        let plan = &table.consolidation.plan;
        let keys = self.present_keys()?;
        let before: HashMap<OfficeId, Period> =
            self.ledger.read(|tx| tx.last_reported_before(period))?.into_iter().collect();
        let waiting = &table.sources[&period].waiting;
        let begun = self.ledger.read(|tx| tx.drafts_of(period))?;
        let missing = table.consolidation.offices.iter().filter(|standing| standing.reported.is_none());
        let offices = missing.filter_map(|standing| {
            let office = plan.office(&standing.office)?;
            // Nobody should call a number that came with an enrolment whose digits were never typed.
            let key = keys.get(&office.id).filter(|key| key.activated_on.is_some()).map(|key| &key.enrolled);
            let state = table.places.get(&office.id).and_then(|place| waiting.get(place));
            let last = before.get(&office.id).map(|last| words::month_label(&plan.calendar, *last));
            Some(AbsentOffice {
                office: office.id.to_string(),
                enterable: state.is_none(),
                begun: begun.contains(&office.id),
                name: office.name().to_owned(),
                why: state.map_or("未报", |state| words::state_label(*state)).to_owned(),
                contact: key.map(|key| reveal(&key.contact)).unwrap_or_default(),
                telephone: key.map(|key| reveal(&key.telephone)).unwrap_or_default(),
                last: last.unwrap_or_default(),
                enrolled: key.is_some() || office.id.is_own(),
            })
        });
        let offices: Vec<AbsentOffice> = offices.collect();
        Ok(MissingList { text: words::missing_text(&offices), offices })
    }
}
