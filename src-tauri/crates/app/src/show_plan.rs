//! Shows a plan as a list of targets and offices.

use std::collections::HashMap;

use bundle::digest::Sm3Digest;
use ledger::keys::{KeyState, OfficeKey};
use model::id::OfficeId;
use model::names::reveal;
use model::plan::{Assignee, Plan};
use serde::Serialize;

use crate::words::{
    comparator_code, frequency_code, goal_label, kind_code, kind_label, office_kind_code, office_kind_label,
};
use crate::{Home, Result};

/// A target as lists show it; figures are strings.
#[derive(Debug, Clone, Serialize)]
pub struct TargetView {
    /// Permanent code.
    pub code: String,
    /// Number and title of the chapter.
    pub chapter: String,
    /// Title of the section.
    pub section: String,
    /// Short name.
    pub name: String,
    /// 原文.
    pub wording: String,
    /// Kind, as a code.
    pub kind: &'static str,
    /// Kind, as people call it.
    pub kind_label: &'static str,
    /// Comparator, as a code; none where no figure is set.
    pub comparator: Option<&'static str>,
    /// The figure set; none where there is none.
    pub value: Option<String>,
    /// Unit of the figure.
    pub unit: String,
    /// The goal as people read it.
    pub goal: String,
    /// Published district figure.
    pub official: bool,
    /// Frequency, as a code.
    pub frequency: &'static str,
    /// Stages of a milestone.
    pub stages: Vec<StageView>,
    /// Month by whose end a statement is due.
    pub deadline: Option<u8>,
    /// The target whose rate a relative target follows.
    pub relative_to: Option<String>,
    /// How many offices report it.
    pub assigned: usize,
    /// 分解.
    pub assignments: Vec<AssignmentView>,
}

/// A stage of a milestone.
#[derive(Debug, Clone, Serialize)]
pub struct StageView {
    /// Its name.
    pub name: String,
    /// The month by whose end it is planned.
    pub month: Option<u8>,
}

/// Whom a target is given to.
#[derive(Debug, Clone, Serialize)]
pub struct AssignmentView {
    /// The office, or 全部 of a kind.
    pub to: String,
    /// Its quota.
    pub quota: Option<String>,
}

/// A plan as lists show it.
#[derive(Debug, Clone, Serialize)]
pub struct PlanView {
    /// Title of the report.
    pub title: String,
    /// What the hub is called.
    pub hub: String,
    /// Year.
    pub year: u16,
    /// Version; 0 while never issued.
    pub version: u32,
    /// Chapters with their sections, empty ones included.
    pub chapters: Vec<ChapterView>,
    /// Targets in force, in the order of the report.
    pub targets: Vec<TargetView>,
}

/// A chapter with its sections.
#[derive(Debug, Clone, Serialize)]
pub struct ChapterView {
    /// Number.
    pub code: String,
    /// Title.
    pub title: String,
    /// Titles of its sections.
    pub sections: Vec<String>,
}

/// Lists a plan.
pub fn view(plan: &Plan) -> PlanView {
    let duties = plan.duties();
    let chapters = plan.chapters.iter().map(|chapter| ChapterView {
        code: chapter.code.clone(),
        title: chapter.title.clone(),
        sections: chapter.sections.iter().map(|section| section.title.clone()).collect(),
    });
    let targets = plan.active_targets().map(|target| {
        let (chapter, section) =
            plan.section(&target.section).map_or_else(Default::default, |(chapter, section)| {
                (format!("{} {}", chapter.code, chapter.title), section.title.clone())
            });
        let (comparator, relative_to) = match &target.measure {
            model::target::Measure::Relative { to, comparator, .. } => {
                (Some(*comparator), Some(to.to_string()))
            }
            _ => (target.goal().map(|goal| goal.comparator), None),
        };
        let (stages, deadline) = match &target.measure {
            model::target::Measure::Milestone { stages } => {
                (stages.iter().map(|s| StageView { name: s.name.clone(), month: s.month }).collect(), None)
            }
            model::target::Measure::Statement { deadline } => (Vec::new(), Some(*deadline)),
            _ => (Vec::new(), None),
        };
        let assignments = plan.assignments.iter().filter(|a| a.target == target.id).map(|a| AssignmentView {
            to: match &a.to {
                Assignee::Office(id) => {
                    plan.office(id).map_or_else(|| id.to_string(), |o| o.name().to_owned())
                }
                Assignee::Every(kind) => format!("全部{}", office_kind_label(*kind)),
            },
            quota: a.quota.map(|quota| quota.to_string()),
        });
        TargetView {
            code: target.id.to_string(),
            chapter,
            section,
            name: target.name.clone(),
            wording: target.clause.clone(),
            kind: kind_code(target.kind()),
            kind_label: kind_label(target.kind()),
            comparator: comparator.map(comparator_code),
            value: target.goal().map(|goal| goal.value.to_string()),
            unit: target.unit.clone(),
            goal: shown_goal(plan, target),
            official: target.official,
            frequency: frequency_code(target.frequency),
            stages,
            deadline,
            relative_to,
            assigned: duties.assigned(&target.id),
            assignments: assignments.collect(),
        }
    });
    PlanView {
        title: plan.title.clone(),
        hub: plan.hub_name.clone(),
        year: plan.calendar.year,
        version: plan.version,
        chapters: chapters.collect(),
        targets: targets.collect(),
    }
}

/// Writes what a target is to reach: its figure, its end state, its reference.
pub(crate) fn shown_goal(plan: &Plan, target: &model::target::Target) -> String {
    use model::target::Measure;
    match &target.measure {
        Measure::Milestone { stages } => stages.last().map(|stage| stage.name.clone()).unwrap_or_default(),
        Measure::Statement { deadline } => format!("{deadline}月底前完成"),
        Measure::Relative { to, .. } => {
            format!("与“{}”同步", plan.target(to).map_or(to.as_str(), |target| target.name.as_str()))
        }
        _ => target.goal().map(|goal| goal_label(target, goal)).unwrap_or_default(),
    }
}

/// An office as lists show it.
#[derive(Debug, Clone, Serialize)]
pub struct OfficeView {
    /// Permanent id.
    pub id: String,
    /// Present name.
    pub name: String,
    /// Kind, as a code.
    pub kind: &'static str,
    /// Statistics-bureau code, as last known.
    pub code: Option<String>,
    /// Where its enrolment stands: none, pending, active, closed.
    pub enrolment: &'static str,
    /// Header digest of its enrolment in force.
    pub enrolment_digest: Option<String>,
    /// Whom to ask for.
    pub contact: String,
    /// Telephone number.
    pub telephone: String,
    /// How many targets it reports.
    pub targets: usize,
}

impl Home {
    /// Lists the offices with their enrolments, 本级 apart.
    pub fn offices(&self) -> Result<Vec<OfficeView>> {
        let plan = self.working_plan()?;
        let duties = plan.duties();
        let keys = self.present_keys()?;
        // Nobody should call a number that came with an enrolment whose digits were never typed.
        let known = |key: Option<&OfficeKey>| key.filter(|key| key.activated_on.is_some()).cloned();
        let views = plan.offices.iter().filter(|office| !office.id.is_own()).map(|office| {
            let key = keys.get(&office.id);
            OfficeView {
                id: office.id.to_string(),
                name: office.name().to_owned(),
                kind: office_kind_code(office.kind),
                code: office.codes.last().map(|code| code.value.clone()),
                enrolment: match key.map(|key| key.state) {
                    None => "none",
                    Some(KeyState::Pending) => "pending",
                    Some(KeyState::Active) => "active",
                    Some(KeyState::Closed) => "closed",
                },
                enrolment_digest: key.map(|key| Sm3Digest(key.enrolled.enrolment).to_string()),
                contact: known(key).map(|key| reveal(&key.enrolled.contact)).unwrap_or_default(),
                telephone: known(key).map(|key| reveal(&key.enrolled.telephone)).unwrap_or_default(),
                targets: duties.targets_of(&office.id).count(),
            }
        });
        Ok(views.collect())
    }

    /// Reads of every office the key that says where its enrolment stands: an active one before a pending one before a
    /// closed one, and of several the latest.
    pub(crate) fn present_keys(&self) -> Result<HashMap<OfficeId, OfficeKey>> {
        let rank = |state: KeyState| match state {
            KeyState::Active => 2,
            KeyState::Pending => 1,
            KeyState::Closed => 0,
        };
        let mut keys = self.ledger.read(|tx| tx.keys())?;
        keys.sort_by_key(|key| (rank(key.state), key.id));
        Ok(keys.into_iter().map(|key| (key.enrolled.office.clone(), key)).collect())
    }
}
