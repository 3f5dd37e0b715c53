//! How one version of a plan differs from the one before it, in sentences.

use std::collections::BTreeMap;

use model::figure::Figure;
use model::id::{OfficeId, TargetId};
use model::plan::{Assignee, Change, Office, Plan};
use model::target::{Measure, Stage, Target};

use super::plan_rules::rules;
use super::terms::{comparator_label, frequency_label, goal_label, kind_label, office_kind_label};
use crate::screens::hub::plan_changes::{PlanChangeAbout, PlanChangeView};
use crate::show_plan::shown_goal;

/// Names whom a target is given to: `东街道`, `全部镇`.
pub fn assignee_label(plan: &Plan, to: &Assignee) -> String {
    match to {
        Assignee::Office(id) => plan.office(id).map_or_else(|| id.to_string(), |o| o.name().to_owned()),
        Assignee::Every(kind) => format!("全部{}", office_kind_label(*kind)),
    }
}

/// Says every difference, targets first, in the order of the report.
pub fn plan_change_sentences(before: &Plan, after: &Plan, changes: &[Change]) -> Vec<PlanChangeView> {
    let mut out = Vec::new();
    let mut divided: BTreeMap<&TargetId, Divided> = BTreeMap::new();
    for change in changes {
        match change {
            Change::TargetAdded(id) | Change::TargetRetired(id) | Change::TargetEdited(id) => {
                out.extend(after.target(id).map(|target| of_target(before, after, target, change)));
            }
            Change::OfficeAdded(id) | Change::OfficeEdited(id) => out.extend(of_office(before, after, id)),
            Change::Assignment { target, to, before: was, after: is } => {
                divided.entry(target).or_default().take(after, to, *was, *is);
            }
            Change::Rules => {}
        }
    }
    for (id, divided) in divided {
        let target = after.target(id);
        out.push(PlanChangeView {
            about: PlanChangeAbout::Assignment,
            target: Some(id.to_string()),
            subject: target.map_or_else(|| id.to_string(), titled),
            what: divided.sentence(target.map_or("", |target| target.unit.as_str())),
        });
    }
    out.extend(rules(before, after).into_iter().map(|(subject, what)| PlanChangeView {
        about: PlanChangeAbout::Rules,
        target: None,
        subject: subject.to_owned(),
        what,
    }));
    // A target's own change stands before its division; a stable sort keeps the order of the report otherwise.
    let place: BTreeMap<&str, usize> =
        after.targets.iter().enumerate().map(|(at, target)| (target.id.as_str(), at)).collect();
    out.sort_by_key(|one| {
        let target = one.target.as_deref().and_then(|id| place.get(id)).copied();
        (target.unwrap_or(usize::MAX), one.about)
    });
    out
}

fn titled(target: &Target) -> String {
    format!("{} {}", target.id, target.name)
}

fn of_target(before: &Plan, after: &Plan, target: &Target, change: &Change) -> PlanChangeView {
    let (about, what) = match (change, before.target(&target.id)) {
        (Change::TargetRetired(_), _) => {
            (PlanChangeAbout::TargetRetired, "停用，不再填报；已报的数保留".to_owned())
        }
        (Change::TargetEdited(_), Some(old)) => {
            (PlanChangeAbout::TargetEdited, edited(before, after, old, target))
        }
        _ => (PlanChangeAbout::TargetAdded, added(after, target)),
    };
    PlanChangeView { about, target: Some(target.id.to_string()), subject: titled(target), what }
}

fn added(plan: &Plan, target: &Target) -> String {
    let goal = shown_goal(plan, target);
    let goal = if goal.is_empty() { "没有目标数".to_owned() } else { goal };
    format!("新增目标，{}，{goal}，{}", kind_label(target.kind()), frequency_label(target.frequency))
}

/// Collects `what：before → after`.
#[derive(Default)]
pub(super) struct Differences(Vec<String>);

impl Differences {
    pub(super) fn compare(&mut self, what: &str, before: &str, after: &str) {
        let named = |text: &str| if text.is_empty() { "（无）".to_owned() } else { text.to_owned() };
        if before != after {
            self.0.push(format!("{what} {} → {}", named(before), named(after)));
        }
    }

    pub(super) fn say(&mut self, what: String) {
        self.0.push(what);
    }

    pub(super) fn sentence(self) -> String {
        self.0.join("；")
    }
}

fn edited(before: &Plan, after: &Plan, old: &Target, new: &Target) -> String {
    let mut all = Differences::default();
    all.compare("名称", &old.name, &new.name);
    let section = |plan: &Plan, target: &Target| {
        plan.section(&target.section).map_or_else(String::new, |(_, section)| section.title.clone())
    };
    if old.section != new.section {
        all.compare("所属节", &section(before, old), &section(after, new));
    }
    all.compare("目标", &shown(before, old), &shown(after, new));
    all.compare("填报频次", frequency_label(old.frequency), frequency_label(new.frequency));
    all.compare("计算用数的单位", &old.amount_unit, &new.amount_unit);
    match (&old.measure, &new.measure) {
        (Measure::Count { monthly: was, .. }, Measure::Count { monthly: is, .. }) if was != is => {
            all.compare("分月计划", &months(was.as_deref()), &months(is.as_deref()));
        }
        (Measure::Stock { base: was, .. }, Measure::Stock { base: is, .. }) => {
            let text = |base: &Option<Figure>| base.map(|base| base.to_string()).unwrap_or_default();
            all.compare("年初数", &text(was), &text(is));
        }
        (Measure::Milestone { stages: was }, Measure::Milestone { stages: is }) => {
            all.compare("节点", &stages(was), &stages(is));
        }
        _ => {}
    }
    if old.clause != new.clause {
        all.say("原文有改动".to_owned());
    }
    all.sentence()
}

/// What a target is to reach; end states and references are told elsewhere or with their tolerance.
fn shown(plan: &Plan, target: &Target) -> String {
    match &target.measure {
        Measure::Milestone { .. } => String::new(),
        Measure::Relative { to, comparator, tolerance } => {
            let name = plan.target(to).map_or(to.as_str(), |target| target.name.as_str());
            let sign = comparator_label(*comparator);
            let eased =
                if tolerance.is_zero() { String::new() } else { format!("，放宽 {tolerance} 点") };
            format!("对照“{name}”{sign}{eased}")
        }
        _ => target.goal().map_or_else(|| shown_goal(plan, target), |goal| goal_label(target, goal)),
    }
}

fn months(plan: Option<&[Figure; 12]>) -> String {
    plan.map(|plan| plan.map(|figure| figure.to_string()).join("、")).unwrap_or_default()
}

fn stages(stages: &[Stage]) -> String {
    let named = stages.iter().map(|stage| match stage.month {
        Some(month) => format!("{}（{month}月）", stage.name),
        None => stage.name.clone(),
    });
    named.collect::<Vec<_>>().join("、")
}

/// What became of a target's assignments.
#[derive(Default)]
struct Divided {
    given: Vec<(String, Option<Figure>)>,
    taken: Vec<String>,
    changed: Vec<(String, Option<Figure>, Option<Figure>)>,
}

impl Divided {
    fn take(&mut self, plan: &Plan, to: &Assignee, was: Option<Option<Figure>>, is: Option<Option<Figure>>) {
        let name = assignee_label(plan, to);
        match (was, is) {
            (None, Some(quota)) => self.given.push((name, quota)),
            (Some(_), None) => self.taken.push(name),
            (Some(was), Some(is)) => self.changed.push((name, was, is)),
            (None, None) => {}
        }
    }

    fn sentence(self, unit: &str) -> String {
        let gap = if unit == "%" { "" } else { " " };
        let figure = |figure: Option<Figure>| match figure {
            Some(figure) => format!("{}{gap}{unit}", super::amount(&figure.into())),
            None => "不设分解数".to_owned(),
        };
        let mut parts = Vec::new();
        if !self.given.is_empty() {
            let named = |(name, quota): &(String, Option<Figure>)| match quota {
                Some(quota) => format!("{name}（{}）", figure(Some(*quota))),
                None => name.clone(),
            };
            parts.push(format!("分解给{}", self.given.iter().map(named).collect::<Vec<_>>().join("、")));
        }
        if !self.taken.is_empty() {
            parts.push(format!("不再分解给{}", self.taken.join("、")));
        }
        if !self.changed.is_empty() {
            let named = |(name, was, is): &(String, Option<Figure>, Option<Figure>)| {
                format!("{name} {} → {}", figure(*was), figure(*is))
            };
            parts.push(format!("分解数 {}", self.changed.iter().map(named).collect::<Vec<_>>().join("、")));
        }
        parts.join("；")
    }
}

fn of_office(before: &Plan, after: &Plan, id: &OfficeId) -> Option<PlanChangeView> {
    let new = after.office(id)?;
    let what = match before.office(id) {
        None => {
            let origins = super::origins_label(after, new);
            let origins = if origins.is_empty() { origins } else { format!("，{origins}") };
            format!("新增填报单位，{}{origins}", office_kind_label(new.kind))
        }
        Some(old) => office_edited(old, new, after),
    };
    let subject = new.name().to_owned();
    Some(PlanChangeView { about: PlanChangeAbout::Office, target: None, subject, what })
}

fn office_edited(old: &Office, new: &Office, after: &Plan) -> String {
    let mut all = Differences::default();
    all.compare("名称", old.name(), new.name());
    all.compare("类别", office_kind_label(old.kind), office_kind_label(new.kind));
    if old.name() == new.name() && old.names != new.names {
        all.say("曾用名或起用日期有改动".to_owned());
    }
    if old.origins != new.origins {
        all.say(super::origins_label(after, new));
    }
    if old.codes != new.codes {
        let code = |office: &Office| office.codes.last().map(|code| code.value.clone()).unwrap_or_default();
        all.compare("统计用代码", &code(old), &code(new));
        if code(old) == code(new) {
            all.say("统计用代码的起用日期有改动".to_owned());
        }
    }
    if old.origins != new.origins {
        all.say("并入或分出的来源单位有改动".to_owned());
    }
    match (old.retired, new.retired) {
        (was, Some(day)) if was != Some(day) => all.say(format!("自 {day} 起停用")),
        (Some(_), None) => all.say("恢复填报".to_owned()),
        _ => {}
    }
    all.sentence()
}
