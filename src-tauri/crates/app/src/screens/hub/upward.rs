//! 上报上级: what the hub above wants of a period, what answers to it here, and what would leave.

use std::path::Path;

use model::period::Period;
use model::plan::Plan;
use model::target::Target;
use serde::Serialize;
use ts_rs::TS;

use crate::report_up::{Above, fits};
use crate::screens::Message;
use crate::{Home, Result, words};

/// What a hub reports upward in a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Upward {
    /// `2024-06`.
    pub period: String,
    /// `2024年6月`.
    pub label: String,
    /// Whether the period is frozen; the figures are those of the freeze then.
    pub locked: bool,
    /// The plan of the hub above; none while it was not taken in.
    pub above: Option<UpperPlanView>,
    /// Why nothing is wanted for this period; none where something is.
    pub unwanted: Option<Message>,
    /// What the hub above gave this hub, in the order of its report.
    pub targets: Vec<UpwardTarget>,
}

/// The plan of the hub above.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct UpperPlanView {
    /// What the hub above is called.
    pub hub: String,
    /// Title of the plan.
    pub title: String,
    /// Its version.
    pub version: u32,
    /// The day it was taken in, `7月5日`.
    pub taken_on: String,
    /// The offices that this hub can be there, by name.
    pub offices: Vec<String>,
    /// Which of them it is; empty while nobody has said so.
    pub office: String,
}

/// A target of the plan above.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct UpwardTarget {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Number and title of its chapter.
    pub chapter: String,
    /// 原文.
    pub clause: String,
    /// What is typed for it: `累计数，个`, `增速，亿元`.
    pub measure: String,
    /// Whether the hub above wants it for this period.
    pub due: bool,
    /// The own target that answers to it; none where none does.
    pub own: Option<UpwardAnswer>,
    /// The own target that seems to be meant, and why; none where one answers already, or none does.
    pub suggested: Option<UpwardAnswer>,
    /// The figure that would leave; empty where none does.
    pub figure: String,
    /// The coverage that leaves beside it; empty where no figure does.
    pub coverage: String,
    /// Why no figure leaves; empty where one does.
    pub why_not: String,
}

/// An own target that answers to one above.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct UpwardAnswer {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Of a suggestion, what is the same: `名称相同`.
    pub why: String,
}

/// An own target, for whoever chooses what answers to one above.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OwnChoice {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// What is typed for it.
    pub measure: String,
    /// Why it cannot answer; empty where it can.
    pub why_not: String,
    /// The target above to which it answers already, by its name; empty where there is none.
    pub answers: String,
}

/// What left for the hub above.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReportedUp {
    /// What was done.
    pub message: Message,
    /// Name of the file.
    pub file: String,
    /// What was wanted and got no figure.
    pub omitted: Vec<OmittedTarget>,
}

/// A target of the plan above that got no figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OmittedTarget {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Why.
    pub why: String,
}

impl Home {
    /// Shows what leaves for the hub above in a period.
    pub fn upward(&self, period: Period) -> Result<Upward> {
        let above = self.above()?;
        let plan = self.plan()?;
        self.admit(&plan, period)?;
        let label = plan.calendar.label(period);
        let locked = self.ledger.read(|tx| tx.lock_of(period))?.is_some();
        let unwanted = above.as_ref().and_then(|above| above.plan.calendar.admit(period).err());
        let targets = match &above {
            Some(above) if above.office.is_some() => self.upward_targets(above, &plan, period)?,
            _ => Vec::new(),
        };
        Ok(Upward {
            period: period.to_string(),
            label,
            locked,
            above: above.as_ref().map(above_view),
            unwanted: unwanted.map(|why| words::sentence(&why.into()).into()),
            targets,
        })
    }

    fn upward_targets(&self, above: &Above, plan: &Plan, period: Period) -> Result<Vec<UpwardTarget>> {
        let facts = self.facts(period)?;
        let suggestions = above.suggestions(plan);
        let answer = |id: &model::id::TargetId, why: &str| UpwardAnswer {
            code: id.to_string(),
            name: plan.target(id).map(|target| target.name.clone()).unwrap_or_default(),
            why: why.to_owned(),
        };
        let show = |line: crate::report_up::Line<'_>| {
            let upper = line.upper;
            let (figure, coverage, why_not) = match line.outcome {
                Ok((figures, coverage)) => (shown(upper, &figures), coverage, String::new()),
                Err(why) => (String::new(), String::new(), words::omission(&why)),
            };
            let suggested = suggestions.get(&upper.id);
            UpwardTarget {
                code: upper.id.to_string(),
                name: upper.name.clone(),
                chapter: words::chapter_label(&above.plan, upper),
                clause: upper.clause.clone(),
                measure: measure(upper),
                due: line.due,
                own: line.own.map(|own| answer(own, "")),
                suggested: suggested.map(|(own, why)| answer(own, words::likeness(*why))),
                figure,
                coverage,
                why_not,
            }
        };
        Ok(above.lines(plan, &facts, period).into_iter().map(show).collect())
    }

    /// Lists the own targets that can answer to one above, and why the others cannot.
    pub fn upward_choices(&self, upper: &str) -> Result<Vec<OwnChoice>> {
        let above = self.the_above()?;
        let upper = above.given(upper)?;
        let plan = self.plan()?;
        let choice = |own: &Target| {
            let mut taken =
                above.answers.iter().filter(|(other, answer)| **answer == own.id && **other != upper.id);
            let taken = taken.find_map(|(other, _)| above.plan.target(other));
            OwnChoice {
                code: own.id.to_string(),
                name: own.name.clone(),
                measure: measure(own),
                why_not: fits(upper, own).err().map(|why| words::misfit(&why)).unwrap_or_default(),
                answers: taken.map(|target| target.name.clone()).unwrap_or_default(),
            }
        };
        Ok(plan.active_targets().map(choice).collect())
    }

    /// Writes the figures of a period for the hub above to a folder, and says what is not among them.
    pub fn send_upward(&self, period: Period, to: &Path) -> Result<ReportedUp> {
        let written = self.report_up(period, to)?;
        let file = crate::fetch::label(&written.path);
        let omitted = written.omitted.into_iter().map(|(code, name, why)| OmittedTarget {
            code,
            name,
            why: words::omission(&why),
        });
        let omitted: Vec<OmittedTarget> = omitted.collect();
        let message = words::reported_up(&file, written.targets, omitted.len()).into();
        Ok(ReportedUp { message, file, omitted })
    }
}

fn above_view(above: &Above) -> UpperPlanView {
    let office = above.office.as_ref().and_then(|office| above.plan.office(office));
    UpperPlanView {
        hub: above.plan.hub_name.clone(),
        title: above.plan.title.clone(),
        version: above.plan.version,
        taken_on: words::day_label(above.taken_on),
        offices: above.offices().map(|office| office.name().to_owned()).collect(),
        office: office.map(|office| office.name().to_owned()).unwrap_or_default(),
    }
}

/// Writes what is typed for a target: its kind, and the unit of what is typed.
fn measure(target: &Target) -> String {
    let kind = words::kind_label(target.kind());
    let unit = if target.kind().is_rate() { &target.amount_unit } else { &target.unit };
    let published = if target.official { "（公布数）" } else { "" };
    if unit.is_empty() { format!("{kind}{published}") } else { format!("{kind}{published}，{unit}") }
}

/// Writes a figure with the unit of what is typed.
fn shown(target: &Target, figures: &model::returns::Figures) -> String {
    let plain = words::figures(target, figures);
    match figures {
        model::returns::Figures::Pair(..) if !target.amount_unit.is_empty() => {
            format!("{plain} {}", target.amount_unit)
        }
        _ => plain,
    }
}
