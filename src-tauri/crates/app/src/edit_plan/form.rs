//! Reads the form of a target.

use model::figure::Figure;
use model::id::TargetId;
use model::plan::Plan;
use model::target::{Comparator, Frequency, Goal, Kind, Measure, Stage, Target};

use super::Faults;
use super::figure::Reader;
use crate::screens::hub::targets::{StageForm, TargetForm};
use crate::words::{comparator_code, frequency_code, kind_code};

const NAME_CHARS: usize = 100;
const CLAUSE_CHARS: usize = 2000;
const UNIT_CHARS: usize = 12;
const STAGE_CHARS: usize = 60;

/// Every comparator, in the order in which forms list them.
pub(crate) const COMPARATORS: [Comparator; 6] = [
    Comparator::Reach,
    Comparator::AtLeast,
    Comparator::Above,
    Comparator::About,
    Comparator::AtMost,
    Comparator::Below,
];

/// Makes the target that a form describes; its id is left to the caller.
pub(super) fn read(plan: &Plan, id: TargetId, form: &TargetForm) -> Result<Target, Faults> {
    let mut reader = Reader::default();
    let section = plan.section(&form.section).map(|(_, section)| section.code.clone());
    if section.is_none() {
        reader.refuse("section", "请选所属的节");
    }
    let name = reader.text("name", "名称", &form.name, NAME_CHARS);
    let clause = reader.text("clause", "原文", &form.clause.replace(['\r', '\n'], " "), CLAUSE_CHARS);
    let Some(kind) = Kind::ALL.into_iter().find(|kind| kind_code(*kind) == form.kind) else {
        reader.refuse("kind", "请选类型");
        return Err(reader.faults);
    };
    let frequency = Frequency::ALL.into_iter().find(|one| frequency_code(*one) == form.frequency);
    if frequency.is_none() {
        reader.refuse("frequency", "请选填报频次");
    }
    let unit = match kind {
        Kind::Count | Kind::Stock => reader.text("unit", "单位", &form.unit, UNIT_CHARS),
        Kind::Growth | Kind::Share | Kind::Relative => "%".to_owned(),
        Kind::Milestone | Kind::Statement => String::new(),
    };
    let amount_unit = if kind.is_rate() { form.amount_unit.trim().to_owned() } else { String::new() };
    reader.fits("amount_unit", "单位", &amount_unit, UNIT_CHARS);
    let measure = measure(&mut reader, kind, form);
    let target = measure.zip(section).zip(frequency).map(|((measure, section), frequency)| Target {
        id,
        section,
        name,
        clause,
        measure,
        unit,
        amount_unit,
        official: form.official && kind.is_rate(),
        frequency,
        since: plan.version,
        retired: None,
    });
    reader.done(target)
}

fn comparator(reader: &mut Reader, form: &TargetForm) -> Option<Comparator> {
    let found = COMPARATORS.into_iter().find(|one| comparator_code(*one) == form.comparator);
    if found.is_none() {
        reader.refuse("comparator", "请选怎样算完成");
    }
    found
}

fn goal(reader: &mut Reader, kind: Kind, form: &TargetForm) -> Option<Goal> {
    let value = if kind.is_amount() {
        reader.amount("goal", "目标数", &form.goal)
    } else {
        reader.figure("goal", "目标数", &form.goal)
    }?;
    Some(Goal { comparator: comparator(reader, form)?, value })
}

fn measure(reader: &mut Reader, kind: Kind, form: &TargetForm) -> Option<Measure> {
    Some(match kind {
        Kind::Count => {
            let goal = goal(reader, kind, form);
            let monthly = monthly(reader, form, goal);
            Measure::Count { goal, monthly }
        }
        Kind::Stock => {
            let goal = goal(reader, kind, form);
            Measure::Stock { goal, base: reader.amount("base", "年初数", &form.base) }
        }
        Kind::Growth => Measure::Growth { goal: goal(reader, kind, form) },
        Kind::Share => Measure::Share { goal: goal(reader, kind, form) },
        Kind::Milestone => Measure::Milestone { stages: stages(reader, &form.stages) },
        Kind::Statement => Measure::Statement {
            deadline: reader.number("deadline", "期限（月）", &form.deadline, 1, 12)?,
        },
        Kind::Relative => {
            let to = TargetId::new(&form.relative_to).ok();
            if to.is_none() {
                reader.refuse("relative_to", "请选对照哪个目标");
            }
            let tolerance = if form.tolerance.trim().is_empty() {
                Some(Figure::ZERO)
            } else {
                reader.amount("tolerance", "放宽的点数", &form.tolerance)
            };
            let comparator = comparator(reader, form);
            Measure::Relative { to: to?, comparator: comparator?, tolerance: tolerance? }
        }
    })
}

/// Reads 分月计划: all twelve months or none.
fn monthly(reader: &mut Reader, form: &TargetForm, goal: Option<Goal>) -> Option<Box<[Figure; 12]>> {
    if form.monthly.iter().all(|text| text.trim().is_empty()) {
        return None;
    }
    let mut months = [Figure::ZERO; 12];
    let faults = reader.faults.len();
    for (at, slot) in months.iter_mut().enumerate() {
        let (field, label) = (format!("monthly.{at}"), format!("{}月", at + 1));
        let typed = form.monthly.get(at).map_or("", String::as_str);
        if typed.trim().is_empty() {
            reader.refuse(field, format!("{label}没有填；12 个月要都填，或都不填"));
        } else if let Some(figure) = reader.amount(&field, &label, typed) {
            *slot = figure;
        }
    }
    if reader.faults.len() > faults {
        return None;
    }
    for at in 1..12 {
        if months[at] < months[at - 1] {
            let (last, this) = (months[at - 1], months[at]);
            reader.refuse(
                format!("monthly.{at}"),
                format!("{}月 {this} 小于上月 {last}；分月计划是累计数，不会变少", at + 1),
            );
        }
    }
    match goal {
        None => reader.refuse("goal", "有分月计划，要先写全年的目标数"),
        Some(goal) if goal.value != months[11] => {
            reader.refuse("monthly.11", format!("12月 {} 要等于目标数 {}", months[11], goal.value));
        }
        Some(_) => {}
    }
    Some(Box::new(months))
}

fn stages(reader: &mut Reader, forms: &[StageForm]) -> Vec<Stage> {
    if forms.len() < 2 {
        reader.refuse("stages", "节点至少两个：第一个是还没开始，最后一个是完成");
    }
    let mut stages: Vec<Stage> = Vec::new();
    let mut latest = None;
    for (at, form) in forms.iter().enumerate() {
        let field = format!("stage.{at}");
        let name = reader.text(&field, "节点名称", &form.name, STAGE_CHARS);
        if stages.iter().any(|stage| stage.name == name) {
            reader.refuse(&field, format!("“{name}”已经有了"));
        }
        let field = format!("stage_month.{at}");
        let month = match form.month.trim() {
            "" if at + 1 == forms.len() => {
                reader.refuse(&field, "最后一个节点要有月份");
                None
            }
            "" => None,
            typed => reader.number(&field, "月份", typed, 1, 12),
        };
        if let (Some(month), Some(before)) = (month, latest)
            && month < before
        {
            reader.refuse(&field, format!("{month}月早于前面的节点（{before}月）"));
        }
        latest = month.or(latest);
        stages.push(Stage { name, month });
    }
    stages
}
