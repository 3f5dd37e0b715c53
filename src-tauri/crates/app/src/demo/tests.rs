//! The demonstration is whole, passes its own checks, shows every lamp, and never looks real.

use std::collections::{BTreeMap, BTreeSet};

use model::assess::{Case, assess};
use model::check::{History, nil_figures};
use model::draft::{Cover, Draft, compile};
use model::figure::Figure;
use model::id::{HubId, OfficeId, PlanId, TargetId};
use model::lamp::Lamp;
use model::period::Period;
use model::plan::{Duties, Plan};
use model::returns::{Answer, Field, Figures, Return, SignOff};
use model::rollup::{Actual, RollUp, Standing, Tally};
use model::target::{Kind, Measure, Target};
use proptest::prelude::*;

use super::*;
use crate::builtin::plan_2024;

mod plan;
mod year;

fn demo_plan() -> Plan {
    let (id, hub) = (PlanId::new("p").unwrap(), HubId::new("h").unwrap());
    let mut plan = plan_2024(id, hub, "测试".to_owned()).unwrap();
    assign(&mut plan);
    plan
}

fn office(id: &str) -> OfficeId {
    OfficeId::new(id).unwrap()
}

fn target(plan: &Plan, code: &str) -> Target {
    plan.target(&TargetId::new(code).unwrap()).unwrap().clone()
}

fn half_year(plan: &Plan) -> Vec<Period> {
    plan.calendar.periods().take_while(|period| period.month() <= 6).collect()
}
