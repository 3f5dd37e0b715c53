//! 缺号: which numbers of which office have not arrived.

use std::ops::RangeInclusive;

use ledger::keys::KeyState;
use model::id::OfficeId;
use model::plan::Plan;

use super::{GapView, office_name};
use crate::receive::settle::chain_state;
use crate::{Home, Result, words};

impl Home {
    /// Lists the numbers that are missing in the streams that are still open.
    pub(crate) fn gaps(&self) -> Result<Vec<(OfficeId, Vec<RangeInclusive<u64>>)>> {
        let mut gaps = Vec::new();
        self.ledger.read(|tx| {
            for (stream, office) in tx.gapped_streams()? {
                let keys = tx.keys_of(&office)?;
                let open =
                    keys.iter().any(|key| key.state == KeyState::Active && key.enrolled.stream == stream);
                let missing = if open { chain_state(tx, &stream, &office)?.gaps } else { Vec::new() };
                if !missing.is_empty() {
                    gaps.push((office, missing));
                }
            }
            Ok::<_, crate::Error>(gaps)
        })
    }

    pub(super) fn gap_views(&self, plan: &Plan) -> Result<Vec<GapView>> {
        let gaps = self.gaps()?;
        if gaps.is_empty() {
            return Ok(Vec::new());
        }
        let keys = self.present_keys()?;
        let view = |(office, missing): (OfficeId, Vec<_>)| GapView {
            name: office_name(plan, &office),
            telephone: keys
                .get(&office)
                .map(|key| format!("{} {}", key.enrolled.contact, key.enrolled.telephone))
                .unwrap_or_default(),
            office: office.to_string(),
            missing: format!("第 {} 号", words::numbers(&missing)),
        };
        Ok(gaps.into_iter().map(view).collect())
    }
}
