//! One target of the plan that is edited: its form, and who is given what.

use std::collections::BTreeMap;

use model::figure::Figure;
use model::plan::{Assignee, Office, OfficeKind, Plan};
use model::target::{Goal, Measure, Target};
use serde::Serialize;
use ts_rs::TS;

use super::list::quota_view;
use super::{QuotaView, StageForm, TargetForm};
use crate::edit_plan::{WHOLE_KINDS, assignee_code};
use crate::words::{comparator_code, frequency_code, kind_code, kind_label, office_kind_label};
use crate::{Error, Home, Result};

/// A target with everything that can be edited about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TargetDetail {
    /// Its form.
    pub form: TargetForm,
    /// Kind, as people call it.
    pub kind_label: String,
    /// Whether kind and unit are fixed, because a version that was issued has it.
    pub fixed: bool,
    /// Whether it retires with the draft.
    pub retired: bool,
    /// Whether a quota can be typed.
    pub quotas: bool,
    /// Who may be given it: whole kinds first, then the offices, 本级 last.
    pub division: Vec<DivisionLine>,
    /// How the quotas add up; none where they do not.
    pub quota: Option<QuotaView>,
    /// The targets that a relative one may follow.
    pub references: Vec<Reference>,
}

/// A target that others may follow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Reference {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
}

/// What one office, or every office of a kind, has of a target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DivisionLine {
    /// Whom: `office:u01`, `every:street`.
    pub to: String,
    /// The kind it is of, as a code.
    pub kind: String,
    /// What it is called: `东街道`, `全部镇（10 家）`.
    pub name: String,
    /// Whether it is a whole kind.
    pub whole: bool,
    /// Whether it is given the target by itself.
    pub given: bool,
    /// Its quota; empty where it has none.
    pub quota: String,
    /// Through what else it has the target: `随全部街道`, `未分解，归本级`; empty where through nothing.
    pub through: String,
    /// The quota that comes with that.
    pub inherited: String,
}

impl Home {
    /// Shows a target of the plan that is edited.
    pub fn target_detail(&self, code: &str) -> Result<TargetDetail> {
        self.hub_only()?;
        let plan = self.working_plan()?;
        let issued = self.issued_plan()?;
        let target = plan.targets.iter().find(|one| one.id.as_str() == code);
        let target = target.ok_or_else(|| Error::UnknownTarget(model::names::reveal(code)))?;
        let old = issued.as_ref().and_then(|issued| issued.target(&target.id));
        Ok(TargetDetail {
            form: form_of(target, old),
            kind_label: kind_label(target.kind()).to_owned(),
            fixed: old.is_some(),
            retired: target.retired.is_some(),
            quotas: target.kind().is_amount()
                || matches!(target.measure, Measure::Growth { .. } | Measure::Share { .. }),
            division: division(&plan, target),
            quota: quota_view(&plan.duties(), target),
            references: plan
                .active_targets()
                .filter(|one| {
                    one.id != target.id
                        && matches!(one.measure, Measure::Growth { .. } | Measure::Relative { .. })
                })
                .map(|one| Reference { code: one.id.to_string(), name: one.name.clone() })
                .collect(),
        })
    }
}

fn form_of(target: &Target, old: Option<&Target>) -> TargetForm {
    let text = |figure: Option<Figure>| figure.map(|figure| figure.to_string()).unwrap_or_default();
    let goal: Option<Goal> = target.goal();
    let mut form = TargetForm {
        code: Some(target.id.to_string()),
        section: target.section.clone(),
        name: target.name.clone(),
        clause: target.clause.clone(),
        kind: kind_code(target.kind()).to_owned(),
        unit: target.unit.clone(),
        amount_unit: target.amount_unit.clone(),
        official: target.official,
        frequency: frequency_code(target.frequency).to_owned(),
        comparator: comparator_code(goal.map_or(model::target::Comparator::AtLeast, |goal| goal.comparator))
            .to_owned(),
        goal: text(goal.map(|goal| goal.value)),
        base: String::new(),
        monthly: Vec::new(),
        stages: Vec::new(),
        deadline: String::new(),
        relative_to: String::new(),
        tolerance: String::new(),
    };
    match &target.measure {
        Measure::Count { monthly: Some(monthly), .. } => {
            form.monthly = monthly.iter().map(ToString::to_string).collect();
        }
        Measure::Stock { base, .. } => form.base = text(*base),
        Measure::Milestone { stages } => {
            let known = |name: &str| match old.map(|old| &old.measure) {
                Some(Measure::Milestone { stages }) => stages.iter().any(|stage| stage.name == name),
                _ => false,
            };
            let stage = |stage: &model::target::Stage| StageForm {
                name: stage.name.clone(),
                month: stage.month.map(|month| month.to_string()).unwrap_or_default(),
                fixed: known(&stage.name),
            };
            form.stages = stages.iter().map(stage).collect();
        }
        Measure::Statement { deadline } => form.deadline = deadline.to_string(),
        Measure::Relative { to, comparator, tolerance } => {
            form.relative_to = to.to_string();
            form.comparator = comparator_code(*comparator).to_owned();
            form.tolerance = tolerance.to_string();
        }
        Measure::Count { .. } | Measure::Growth { .. } | Measure::Share { .. } => {}
    }
    form
}

fn division(plan: &Plan, target: &Target) -> Vec<DivisionLine> {
    let given: BTreeMap<&Assignee, Option<Figure>> = plan
        .assignments
        .iter()
        .filter(|one| one.target == target.id)
        .map(|one| (&one.to, one.quota))
        .collect();
    let text = |quota: Option<Figure>| quota.map(|quota| quota.to_string()).unwrap_or_default();
    let line = |to: Assignee, kind: OfficeKind, name: String| {
        let own = given.get(&to).copied();
        let whole = matches!(to, Assignee::Every(_));
        let by_kind = given.get(&Assignee::Every(kind)).copied().filter(|_| !whole && own.is_none());
        let rest = kind == OfficeKind::Own && given.is_empty();
        DivisionLine {
            to: assignee_code(&to),
            kind: crate::words::office_kind_code(kind).to_owned(),
            name,
            whole,
            given: own.is_some(),
            quota: text(own.flatten()),
            through: match by_kind {
                Some(_) => format!("随全部{}", office_kind_label(kind)),
                None if rest => "未分解，归本级".to_owned(),
                None => String::new(),
            },
            inherited: text(by_kind.flatten()),
        }
    };
    let working = |office: &&Office| office.retired.is_none();
    let of_kind = |kind| plan.offices.iter().filter(working).filter(move |office| office.kind == kind);
    let whole = WHOLE_KINDS.into_iter().filter(|kind| of_kind(*kind).next().is_some() && !target.official);
    let mut lines: Vec<DivisionLine> = whole
        .map(|kind| {
            let name = format!("全部{}（{} 家）", office_kind_label(kind), of_kind(kind).count());
            line(Assignee::Every(kind), kind, name)
        })
        .collect();
    for kind in WHOLE_KINDS.into_iter().chain([OfficeKind::Own]) {
        let offices = of_kind(kind).filter(|_| kind == OfficeKind::Own || !target.official);
        lines.extend(
            offices.map(|office| line(Assignee::Office(office.id.clone()), kind, office.name().to_owned())),
        );
    }
    lines
}
