//! Retires a target: it leaves with the next version, and what was reported stays.

use std::collections::BTreeSet;

use model::period::Period;
use model::plan::Plan;
use model::returns::Answer;
use model::target::{Measure, Target};
use serde::Serialize;
use ts_rs::TS;

use super::{Deed, Edited, FieldFault};
use crate::assign::known_target;
use crate::{Error, Home, Result, words};

/// The most characters of a reason.
const REASON_CHARS: usize = 200;

/// What retiring a target means, said before it is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Retirement {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Whether no version that was issued has it: then it is only taken out of the draft.
    pub never_issued: bool,
    /// How many offices reported figures for it.
    pub offices: u32,
    /// What becomes of the figures.
    pub what: String,
    /// What else hangs on it, one sentence each.
    pub also: Vec<String>,
}

impl Home {
    /// Says what retiring a target would mean.
    pub fn retirement(&self, code: &str) -> Result<Retirement> {
        self.hub_only()?;
        let plan = self.working_plan()?;
        let id = known_target(&plan, code)?;
        let target = plan.target(&id).ok_or_else(|| Error::UnknownTarget(code.to_owned()))?;
        let never_issued = self.issued_plan()?.is_none_or(|issued| issued.target(&id).is_none());
        let (offices, periods) = self.reported_of(&plan, target)?;
        let span = periods.first().zip(periods.last()).map(|(first, last)| {
            let label = |period: &Period| plan.calendar.label(*period);
            if first == last { label(first) } else { format!("{}至{}", label(first), label(last)) }
        });
        Ok(Retirement {
            code: id.to_string(),
            name: target.name.clone(),
            never_issued,
            offices,
            what: words::retirement(never_issued, offices, span.as_deref()),
            also: hanging_on(&plan, target),
        })
    }

    /// Retires a target, or takes one out of the draft that was never issued.
    ///
    /// `told` is the number of offices with figures that the operator was told of: where it is another by now, or none was
    /// named, nothing is done and the question comes back.
    ///
    /// # Errors
    /// [`Error::NoReason`] and [`Error::ReasonTooLong`] for a target that was issued.
    pub fn retire_target(&mut self, code: &str, reason: &str, told: u32) -> Result<Edited> {
        let question = self.retirement(code)?;
        let reason = reason.trim();
        let found = reason.chars().count();
        if !question.never_issued && reason.is_empty() {
            return Err(Error::NoReason);
        }
        if found > REASON_CHARS {
            return Err(Error::ReasonTooLong { found, limit: REASON_CHARS });
        }
        self.edit_plan(Deed { verb: "retire_target", subject: code, detail: reason }, |plan| {
            if told != question.offices {
                return Err(vec![FieldFault::new("told", question.what.clone())]);
            }
            if question.never_issued {
                plan.targets.retain(|target| target.id.as_str() != code);
                plan.assignments.retain(|given| given.target.as_str() != code);
                plan.comparisons.retain(|pair| pair.lesser.as_str() != code && pair.greater.as_str() != code);
                return Ok(None);
            }
            let version = plan.version;
            for target in plan.targets.iter_mut().filter(|target| target.id.as_str() == code) {
                target.retired = Some(version);
            }
            Ok(Some(code.to_owned()))
        })
    }

    /// Takes back that a target retires with the draft.
    pub fn restore_target(&mut self, code: &str) -> Result<Edited> {
        let issued = self.issued_plan()?;
        self.edit_plan(Deed { verb: "restore_target", subject: code, detail: "" }, |plan| {
            let in_force = issued.iter().flat_map(|plan| &plan.targets);
            let back = in_force.filter(|one| one.retired.is_none()).any(|one| one.id.as_str() == code);
            for target in plan.targets.iter_mut().filter(|target| back && target.id.as_str() == code) {
                target.retired = None;
            }
            Ok(Some(code.to_owned()))
        })
    }

    /// Counts the offices that ever reported figures for a target, and lists the periods.
    fn reported_of(&self, plan: &Plan, target: &Target) -> Result<(u32, BTreeSet<Period>)> {
        let mut periods = BTreeSet::new();
        let mut offices = 0;
        self.ledger.read(|tx| {
            for office in &plan.offices {
                let said = tx.cell_history(&office.id, &target.id)?;
                let figures = said.iter().filter(|one| matches!(one.answer, Answer::Figures(_)));
                let reported: Vec<Period> = figures.map(|one| one.period).collect();
                offices += u32::from(!reported.is_empty());
                periods.extend(reported);
            }
            Ok::<_, ledger::Error>(())
        })?;
        Ok((offices, periods))
    }
}

/// Says what refers to a target.
fn hanging_on(plan: &Plan, target: &Target) -> Vec<String> {
    let mut all = Vec::new();
    for other in plan.active_targets() {
        if matches!(&other.measure, Measure::Relative { to, .. } if *to == target.id) {
            all.push(format!("“{}”对照它，停用后没有对照数，不再亮灯", other.name));
        }
    }
    for pair in plan.comparisons.iter().filter(|p| p.lesser == target.id || p.greater == target.id) {
        let other = if pair.lesser == target.id { &pair.greater } else { &pair.lesser };
        let name = plan.target(other).map_or(other.as_str(), |target| target.name.as_str());
        all.push(format!("与“{name}”的比较不再检查"));
    }
    all
}
