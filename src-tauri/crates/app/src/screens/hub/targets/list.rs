//! Lists the plan that is edited.

use std::collections::{BTreeMap, BTreeSet};

use model::calendar::Calendar;
use model::id::TargetId;
use model::lamp::LampRule;
use model::plan::{Assignee, Assignment, Duties, OfficeKind, Plan};
use model::target::Target;
use rust_decimal::Decimal;

use super::super::count;
use super::{
    CalendarForm, LampForm, PairForm, PlanChapter, PlanSection, QuotaStanding, QuotaView, TargetLine,
    TargetsView,
};
use crate::assign::quota_check_in;
use crate::screens::hub::plan_changes::changes_between;
use crate::show_plan::shown_goal;
use crate::words::{self, amount, chapter_number, day_label, frequency_label, kind_code, kind_label};
use crate::{Home, Result};

impl Home {
    /// Shows the plan that the hub is editing.
    pub fn targets(&self) -> Result<TargetsView> {
        self.hub_only()?;
        let plan = self.working_plan()?;
        let issued = self.issued_plan()?;
        let saved = self.ledger.read(|tx| tx.plan_draft())?.map(|draft| draft.saved);
        let changes = match saved {
            Some(_) => changes_between(issued.as_ref(), &plan)?,
            None => Vec::new(),
        };
        let changed: BTreeSet<&str> = changes.iter().filter_map(|change| change.target.as_deref()).collect();
        let merging_fixed = match &issued {
            Some(issued) => self.has_returns(issued)?,
            None => false,
        };
        let mut given: BTreeMap<&TargetId, Vec<&Assignment>> = BTreeMap::new();
        for one in &plan.assignments {
            given.entry(&one.target).or_default().push(one);
        }
        let duties = plan.duties();
        let listed = |target: &&Target| {
            let in_force = |plan: &Plan| plan.target(&target.id).is_some_and(|old| old.retired.is_none());
            target.retired.is_none() || issued.as_ref().is_some_and(in_force)
        };
        let line = |target: &Target| {
            let added = issued.as_ref().is_none_or(|issued| issued.target(&target.id).is_none());
            let mut line = line_of(&plan, &duties, target, given.get(&target.id).map_or(&[], Vec::as_slice));
            line.added = added && issued.is_some();
            line.changed = changed.contains(target.id.as_str());
            line
        };
        let first = Calendar { due_exceptions: BTreeMap::new(), ..plan.calendar.clone() };
        let months = (1..=12).filter_map(|month| model::period::Period::new(plan.calendar.year, month).ok());
        Ok(TargetsView {
            year: plan.calendar.year,
            version: issued.as_ref().map_or(0, |issued| issued.version),
            saved: saved.map(|at| words::clock_time(at, self.today())).unwrap_or_default(),
            changes: count(changes.len()),
            chapters: chapters(&plan),
            targets: plan.targets.iter().filter(listed).map(line).collect(),
            calendar: calendar_form(&plan),
            merging_fixed,
            due_days: months.map(|month| day_label(first.due_date(month))).collect(),
            lamps: lamp_form(&plan.lamp_rule),
            comparisons: plan
                .comparisons
                .iter()
                .map(|pair| PairForm { lesser: pair.lesser.to_string(), greater: pair.greater.to_string() })
                .collect(),
        })
    }
}

fn chapters(plan: &Plan) -> Vec<PlanChapter> {
    let mut of_section: BTreeMap<&str, u32> = BTreeMap::new();
    for target in &plan.targets {
        *of_section.entry(&target.section).or_default() += 1;
    }
    let chapter = |chapter: &model::plan::Chapter| PlanChapter {
        code: chapter.code.clone(),
        label: format!("{} {}", chapter_number(&chapter.code), chapter.title).trim_start().to_owned(),
        title: chapter.title.clone(),
        sections: chapter
            .sections
            .iter()
            .map(|section| PlanSection {
                code: section.code.clone(),
                title: section.title.clone(),
                targets: of_section.get(section.code.as_str()).copied().unwrap_or(0),
            })
            .collect(),
    };
    plan.chapters.iter().map(chapter).collect()
}

fn line_of(plan: &Plan, duties: &Duties<'_>, target: &Target, given: &[&Assignment]) -> TargetLine {
    TargetLine {
        code: target.id.to_string(),
        chapter: plan.section(&target.section).map(|(chapter, _)| chapter.code.clone()).unwrap_or_default(),
        section: target.section.clone(),
        name: target.name.clone(),
        clause: target.clause.clone(),
        kind: kind_code(target.kind()).to_owned(),
        kind_label: kind_label(target.kind()).to_owned(),
        unit: target.unit.clone(),
        goal: shown_goal(plan, target),
        frequency: frequency_label(target.frequency).to_owned(),
        assigned: assigned_words(given),
        unassigned: given.is_empty(),
        quota: quota_view(duties, target),
        changed: false,
        added: false,
        retired: target.retired.is_some(),
    }
}

/// Says in short whom a target is given to: `全部街镇`, `全部街道、3 家`, `本级`.
fn assigned_words(given: &[&Assignment]) -> String {
    let every = |kind| given.iter().any(|one| one.to == Assignee::Every(kind));
    let mut parts: Vec<String> = Vec::new();
    match (every(OfficeKind::Street), every(OfficeKind::Town)) {
        (true, true) => parts.push("全部街镇".to_owned()),
        (true, false) => parts.push("全部街道".to_owned()),
        (false, true) => parts.push("全部镇".to_owned()),
        (false, false) => {}
    }
    for kind in [OfficeKind::Zone, OfficeKind::Department].into_iter().filter(|kind| every(*kind)) {
        parts.push(format!("全部{}", words::office_kind_label(kind)));
    }
    let alone = given.iter().filter(|one| matches!(&one.to, Assignee::Office(id) if !id.is_own())).count();
    if alone > 0 {
        parts.push(if parts.is_empty() { format!("{alone} 家") } else { format!("{alone} 家另定") });
    }
    if given.iter().any(|one| matches!(&one.to, Assignee::Office(id) if id.is_own())) {
        parts.push("本级".to_owned());
    }
    if parts.is_empty() { "未分解，归本级".to_owned() } else { parts.join("、") }
}

/// Says how the quotas of a target add up.
pub(super) fn quota_view(duties: &Duties<'_>, target: &Target) -> Option<QuotaView> {
    let check = quota_check_in(duties, target)?;
    let excess = check.excess();
    let shown = |value: Decimal| amount(&value.into());
    let unit = &target.unit;
    let (standing, short) = match excess.cmp(&Decimal::ZERO) {
        std::cmp::Ordering::Equal => (QuotaStanding::Even, "已分足".to_owned()),
        std::cmp::Ordering::Less => (QuotaStanding::Short, format!("缺口 {}", shown(-excess))),
        std::cmp::Ordering::Greater => (QuotaStanding::Over, format!("多出 {}", shown(excess))),
    };
    let sums = format!("已分解 {} {unit}，目标 {} {unit}", shown(check.sum), shown(check.goal.decimal()));
    let whole = match standing {
        QuotaStanding::Even => format!("{sums}，正好"),
        _ => format!("{sums}，{short} {unit}"),
    };
    Some(QuotaView { standing, short, whole })
}

fn calendar_form(plan: &Plan) -> CalendarForm {
    let exception =
        |month| plan.calendar.due_exceptions.get(&month).map(ToString::to_string).unwrap_or_default();
    CalendarForm {
        title: plan.title.clone(),
        merge_jan_feb: plan.calendar.merge_jan_feb,
        first_month: plan.calendar.first_month.to_string(),
        due_day: plan.calendar.due_day.to_string(),
        exceptions: (1..=12).map(exception).collect(),
    }
}

fn lamp_form(rule: &LampRule) -> LampForm {
    LampForm {
        count: rule.count_yellow.to_string(),
        stock: rule.stock_yellow.to_string(),
        growth: rule.growth_yellow.to_string(),
        share: rule.share_yellow.to_string(),
        stage: rule.stage_yellow.to_string(),
    }
}
