//! What a hub needs to report upward: the plan of the hub above it, and which own target answers to which there.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use model::id::{HubId, OfficeId, PlanId, TargetId};
use rusqlite::{OptionalExtension, Row, named_params};

use crate::column::Col;
use crate::{Result, Tx};

/// The plan of the hub above.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpperPlan {
    /// The hub above.
    pub hub: HubId,
    /// Its plan.
    pub plan: PlanId,
    /// The version.
    pub version: u32,
    /// The whole plan, opaque.
    pub document: Vec<u8>,
    /// Which office of it this hub is; none while nobody has said so.
    pub office: Option<OfficeId>,
    /// The day it was taken in.
    pub taken_on: NaiveDate,
}

impl UpperPlan {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            hub: row.get::<_, Col<_>>("hub")?.0,
            plan: row.get::<_, Col<_>>("plan")?.0,
            version: row.get("version")?,
            document: row.get("document")?,
            office: row.get::<_, Option<Col<_>>>("office")?.map(|office| office.0),
            taken_on: row.get::<_, Col<_>>("taken_on")?.0,
        })
    }
}

impl Tx<'_> {
    /// Returns the plan of the hub above, once it was taken in.
    pub fn upper_plan(&self) -> Result<Option<UpperPlan>> {
        let sql = "SELECT hub, plan, version, document, office, taken_on FROM upper_plan";
        Ok(self.0.prepare_cached(sql)?.query_row([], UpperPlan::from_row).optional()?)
    }

    /// Keeps the plan of the hub above in place of the one before.
    pub fn set_upper_plan(&self, plan: &UpperPlan) -> Result<()> {
        self.0.prepare_cached(include_str!("put_plan.sql"))?.execute(named_params! {
            ":hub": Col(&plan.hub),
            ":plan": Col(&plan.plan),
            ":version": plan.version,
            ":document": plan.document,
            ":office": plan.office.as_ref().map(Col),
            ":taken_on": Col(plan.taken_on),
        })?;
        Ok(())
    }

    /// Lists which own target answers to which target of a plan above.
    pub fn upward_targets(&self, plan: &PlanId) -> Result<BTreeMap<TargetId, TargetId>> {
        let sql = "SELECT upper, own FROM upward_targets WHERE plan = :plan";
        let mut statement = self.0.prepare_cached(sql)?;
        let pair = |row: &Row<'_>| Ok((row.get::<_, Col<_>>("upper")?.0, row.get::<_, Col<_>>("own")?.0));
        let rows = statement.query_map(named_params! { ":plan": Col(plan) }, pair)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Says which own target answers to a target of a plan above; none where none does any more.
    pub fn set_upward_target(&self, plan: &PlanId, upper: &TargetId, own: Option<&TargetId>) -> Result<()> {
        let key = (Col(plan), Col(upper));
        match own {
            Some(own) => {
                let params = named_params! { ":plan": key.0, ":upper": key.1, ":own": Col(own) };
                self.0.prepare_cached(include_str!("put_target.sql"))?.execute(params)?
            }
            None => {
                let sql = "DELETE FROM upward_targets WHERE plan = :plan AND upper = :upper";
                self.0.prepare_cached(sql)?.execute(named_params! { ":plan": key.0, ":upper": key.1 })?
            }
        };
        Ok(())
    }
}
