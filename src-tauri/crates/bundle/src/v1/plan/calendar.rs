//! The first record: what holds for the plan as a whole.

use model::calendar::Calendar;
use model::lamp::LampRule;
use model::plan::Plan;
use serde::{Deserialize, Serialize};

use super::super::RecordFault;
use super::super::entry::value;
use super::{date, date_wire};
use crate::header::Claims;
use crate::strict::{Object, Text};

/// The plan's id, version and hub are in the header.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlanWire<'a> {
    #[serde(borrow)]
    hub_name: Text<'a>,
    #[serde(borrow)]
    title: Text<'a>,
    year: u16,
    merge_jan_feb: bool,
    first_month: u8,
    due_day: u8,
    #[serde(borrow)]
    due_exceptions: Vec<Object<DueWire<'a>>>,
    #[serde(borrow)]
    lamp_rule: Object<LampWire<'a>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct DueWire<'a> {
    month: u8,
    #[serde(borrow)]
    date: Text<'a>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LampWire<'a> {
    #[serde(borrow)]
    count_yellow: Text<'a>,
    #[serde(borrow)]
    stock_yellow: Text<'a>,
    #[serde(borrow)]
    growth_yellow: Text<'a>,
    #[serde(borrow)]
    share_yellow: Text<'a>,
    stage_yellow: u8,
}

impl<'a> PlanWire<'a> {
    pub(super) fn of(plan: &'a Plan) -> Result<Self, RecordFault> {
        let (calendar, rule) = (&plan.calendar, &plan.lamp_rule);
        let due = |(month, date): (&u8, _)| {
            Ok(Object(DueWire { month: *month, date: date_wire("due_exceptions", date)? }))
        };
        Ok(Self {
            hub_name: plan.hub_name.as_str().into(),
            title: plan.title.as_str().into(),
            year: calendar.year,
            merge_jan_feb: calendar.merge_jan_feb,
            first_month: calendar.first_month,
            due_day: calendar.due_day,
            due_exceptions: calendar.due_exceptions.iter().map(due).collect::<Result<_, RecordFault>>()?,
            lamp_rule: Object(LampWire {
                count_yellow: Text::owned(rule.count_yellow),
                stock_yellow: Text::owned(rule.stock_yellow),
                growth_yellow: Text::owned(rule.growth_yellow),
                share_yellow: Text::owned(rule.share_yellow),
                stage_yellow: rule.stage_yellow,
            }),
        })
    }

    /// Makes the plan, still empty.
    pub(super) fn read(self, claims: &Claims) -> Result<Plan, RecordFault> {
        let mut calendar = Calendar {
            year: self.year,
            merge_jan_feb: self.merge_jan_feb,
            first_month: self.first_month,
            due_day: self.due_day,
            due_exceptions: Default::default(),
        };
        for Object(due) in self.due_exceptions {
            if calendar.due_exceptions.last_key_value().is_some_and(|(last, _)| *last >= due.month) {
                return Err(RecordFault::value("due_exceptions", "the months do not rise"));
            }
            calendar.due_exceptions.insert(due.month, date("due_exceptions", &due.date)?);
        }
        let Object(rule) = self.lamp_rule;
        Ok(Plan {
            id: claims.plan.clone(),
            hub: claims.hub.clone(),
            hub_name: self.hub_name.into_string(),
            version: claims.plan_version,
            title: self.title.into_string(),
            calendar,
            chapters: Vec::new(),
            targets: Vec::new(),
            offices: Vec::new(),
            assignments: Vec::new(),
            lamp_rule: LampRule {
                count_yellow: value("count_yellow", &rule.count_yellow)?,
                stock_yellow: value("stock_yellow", &rule.stock_yellow)?,
                growth_yellow: value("growth_yellow", &rule.growth_yellow)?,
                share_yellow: value("share_yellow", &rule.share_yellow)?,
                stage_yellow: rule.stage_yellow,
            },
            comparisons: Vec::new(),
        })
    }
}
