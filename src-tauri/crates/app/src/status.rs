//! Shows how a period stands: every target with its lamp, every office with its return.

use std::collections::HashMap;

use model::assess::Expected;
use model::lamp::Lamp;
use model::lock::Freeze;
use model::period::Period;
use model::plan::Plan;
use model::rollup::Actual;
use serde::Serialize;

use crate::consolidate::{ConsolidatedTarget, Consolidation};
use crate::show_plan::shown_goal;
use crate::words::{explain, goal_label, lamp_code, lamp_label, shown_actual, shown_expected, shown_gap};
use crate::{Home, Result};

/// Most decimals of figures for programs; exact values that do not end are rounded half away from zero here only.
pub(crate) const DECIMALS: u32 = 6;

/// How a freeze writes that nothing was judged.
pub(crate) const NO_LAMP: &str = "none";

const LAMPS: [Lamp; 6] =
    [Lamp::Done, Lamp::Green, Lamp::Yellow, Lamp::Red, Lamp::Unreported, Lamp::Unscheduled];

/// How a period stands. Figures are strings: exact decimals, rates in percent, stages by name.
#[derive(Debug, Clone, Serialize)]
pub struct StatusView {
    /// The period, `2024-03`.
    pub period: String,
    /// The period as people read it.
    pub period_label: String,
    /// Version of the plan.
    pub plan_version: u32,
    /// Whether the period is locked.
    pub locked: bool,
    /// 应报.
    pub owed: usize,
    /// 实报.
    pub reported: usize,
    /// 迟报.
    pub late: usize,
    /// Targets in the order of the report.
    pub targets: Vec<TargetStatus>,
    /// Offices in the order of the plan.
    pub offices: Vec<OfficeStatus>,
}

/// How a target stands.
#[derive(Debug, Clone, Serialize)]
pub struct TargetStatus {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// The goal as people read it.
    pub goal: String,
    /// The period whose figures these are; none before the target is due for the first time.
    pub period: Option<String>,
    /// Offices with a figure in that period.
    pub reported: u32,
    /// Offices that owe one.
    pub assigned: u32,
    /// Offices whose earlier figure stands in.
    pub carried: u32,
    /// Actual.
    pub actual: Option<String>,
    /// Expected by now.
    pub expected: Option<String>,
    /// Ahead (positive) or behind (negative): points of the goal, percentage points, or stages.
    pub gap: Option<String>,
    /// Actual of goal in percent.
    pub completion: Option<String>,
    /// Lamp, as a code; none where nothing is to be judged.
    pub lamp: Option<&'static str>,
    /// 未报齐: not every office that owes a figure gave one.
    pub partial: bool,
    /// Why the lamp is what it is, with its arithmetic.
    pub explanation: String,
    /// The same for people.
    #[serde(skip)]
    pub shown: Shown,
}

/// Figures as people read them, with their units.
#[derive(Debug, Clone, Default)]
pub struct Shown {
    /// Actual.
    pub actual: String,
    /// Expected by now.
    pub expected: String,
    /// Gap.
    pub gap: String,
    /// The lamp's word.
    pub lamp: &'static str,
}

/// How an office stands.
#[derive(Debug, Clone, Serialize)]
pub struct OfficeStatus {
    /// Name.
    pub name: String,
    /// Whether its return counts.
    pub reported: bool,
    /// Day of arrival.
    pub arrived: Option<String>,
    /// 迟报.
    pub late: bool,
    /// 零报告.
    pub nil: bool,
    /// 代录.
    pub stand_in: bool,
    /// Telephone number, for who is missing.
    pub telephone: String,
}

impl Home {
    /// Says how a period stands.
    pub fn status(&self, period: Period) -> Result<StatusView> {
        self.status_of(&self.consolidate(period)?)
    }

    /// Says how a consolidated period stands.
    pub(crate) fn status_of(&self, consolidation: &Consolidation) -> Result<StatusView> {
        let period = consolidation.period;
        let keys = self.present_keys()?;
        let Consolidation { plan, targets, offices, .. } = consolidation;
        let names: HashMap<_, _> = plan.offices.iter().map(|office| (&office.id, office.name())).collect();
        let offices: Vec<OfficeStatus> = offices
            .iter()
            .map(|standing| OfficeStatus {
                name: names.get(&standing.office).copied().unwrap_or_default().to_owned(),
                reported: standing.reported.is_some(),
                arrived: standing.reported.as_ref().map(|reported| reported.arrived.to_string()),
                late: standing.reported.as_ref().is_some_and(|reported| reported.late),
                nil: standing.reported.as_ref().is_some_and(|reported| reported.nil),
                stand_in: standing.reported.as_ref().is_some_and(|reported| reported.stand_in),
                telephone: keys
                    .get(&standing.office)
                    .map(|key| key.enrolled.telephone.clone())
                    .unwrap_or_default(),
            })
            .collect();
        let mut targets: Vec<TargetStatus> =
            targets.iter().filter_map(|one| target_status(plan, one)).collect();
        let locked = self.ledger.read(|tx| tx.lock_of(period))?.is_some();
        if let Some(freeze) = self.freezes(period)?.pop().filter(|_| locked) {
            targets.iter_mut().for_each(|target| thaw(target, &freeze));
        }
        Ok(StatusView {
            period: period.to_string(),
            period_label: plan.calendar.label(period),
            plan_version: plan.version,
            locked,
            owed: offices.len(),
            reported: offices.iter().filter(|office| office.reported).count(),
            late: offices.iter().filter(|office| office.late).count(),
            targets,
            offices,
        })
    }
}

/// Puts the figures of a locked period back as they were frozen; what arrived or changed since does not show.
fn thaw(target: &mut TargetStatus, freeze: &Freeze) {
    let frozen = freeze.figures.iter().find(|(id, _)| id.as_str() == target.code).map(|(_, frozen)| frozen);
    let Some(frozen) = frozen else { return };
    let now =
        [&target.actual, &target.expected, &target.gap].map(|figure| figure.clone().unwrap_or_default());
    if now == [frozen.actual.clone(), frozen.expected.clone(), frozen.gap.clone()]
        && target.lamp.unwrap_or(NO_LAMP) == frozen.lamp
    {
        return;
    }
    let given = |figure: &String| (!figure.is_empty()).then(|| figure.clone());
    let dash = |figure: &String| given(figure).unwrap_or_else(|| "—".to_owned());
    let lamp = LAMPS.into_iter().find(|lamp| lamp_code(*lamp) == frozen.lamp);
    target.actual = given(&frozen.actual);
    target.expected = given(&frozen.expected);
    target.gap = given(&frozen.gap);
    target.lamp = lamp.map(lamp_code);
    target.explanation = frozen.explanation.clone();
    target.shown = Shown {
        actual: dash(&frozen.actual),
        expected: dash(&frozen.expected),
        gap: dash(&frozen.gap),
        lamp: lamp_label(lamp),
    };
}

/// Describes a consolidated target.
pub fn target_status(plan: &Plan, one: &ConsolidatedTarget) -> Option<TargetStatus> {
    let target = plan.target(&one.id)?;
    let assessment = &one.assessment;
    let coverage = &one.roll_up.coverage;
    let stage = |stage: u8| target.stage_name(stage).unwrap_or_default().to_owned();
    let actual = assessment.actual.as_ref().and_then(|actual| match actual {
        Actual::Stage(reached) => Some(stage(*reached)),
        other => other.number().map(|number| number.trimmed(DECIMALS)),
    });
    let expected = assessment.expected.as_ref().map(|expected| match expected {
        Expected::Amount { amount, .. } => amount.trimmed(DECIMALS),
        Expected::Rate(rate) => rate.trimmed(DECIMALS),
        Expected::Stage(planned) => stage(*planned),
    });
    let lamp = assessment.lamp.filter(|_| one.period.is_some());
    let dash = |text: Option<String>| text.unwrap_or_else(|| "—".to_owned());
    Some(TargetStatus {
        code: target.id.to_string(),
        name: target.name.clone(),
        goal: match one.goal {
            Some(goal) => goal_label(target, goal),
            None => shown_goal(plan, target),
        },
        period: one.period.map(|period| period.to_string()),
        reported: coverage.reported,
        assigned: coverage.owed(),
        carried: coverage.carried,
        actual,
        expected,
        gap: assessment.gap.as_ref().map(|gap| gap.trimmed(DECIMALS)),
        completion: assessment.completion.as_ref().map(|part| part.trimmed(DECIMALS)),
        lamp: lamp.map(lamp_code),
        partial: !coverage.is_full(),
        explanation: match one.period {
            Some(_) => explain(plan, target, one),
            None => format!("{}报一次，还没有到期", crate::words::frequency_label(target.frequency)),
        },
        shown: Shown {
            actual: dash(shown_actual(target, assessment)),
            expected: dash(shown_expected(target, assessment)),
            gap: dash(shown_gap(target, assessment)),
            lamp: if one.period.is_some() { lamp_label(lamp) } else { "未到期" },
        },
    })
}
