//! The form that an office opens in a spreadsheet.

use std::collections::BTreeMap;

use model::draft::Cells;
use model::figure::Figure;
use model::id::{OfficeId, TargetId};
use model::period::Period;
use model::plan::{Duties, Plan};
use model::returns::Field;
use model::target::{Comparator, Goal, Measure, Target};

use super::formula::guard;
use super::header::{BOXES_LABEL, CODE_LABEL, GOAL_LABEL, NAME_LABEL, PERIOD_LABEL, QUOTA_LABEL, UNIT_LABEL};
use crate::field_names::field_label;

/// Writes the form of an office for a period: one row per target due, filled with what stands in its boxes so far.
///
/// UTF-8 with its mark and CRLF, so that Excel and WPS open it with a double click; [`super::read`] reads it back to the
/// same boxes. Texts that a spreadsheet would compute get an apostrophe in front, codes and the period a tab behind them,
/// without which `5-2-03` would become a date; the reader takes both off. A text must not hold NUL, which no text file can.
pub fn write_csv(
    plan: &Plan,
    duties: &Duties<'_>,
    office: &OfficeId,
    period: Period,
    cells: &BTreeMap<TargetId, Cells>,
) -> Vec<u8> {
    let fields = || Field::ALL.into_iter().filter(|field| *field != Field::Evidence);
    let guides = [CODE_LABEL, NAME_LABEL, PERIOD_LABEL, UNIT_LABEL, GOAL_LABEL, QUOTA_LABEL, BOXES_LABEL];
    let mut out = String::from('\u{feff}');
    put_row(&mut out, guides.into_iter().chain(fields().map(field_label)).map(str::to_owned));
    for target in duties.targets_of(office).filter(|target| target.frequency.is_due(period)) {
        let quota = duties.duty(&target.id, office).flatten();
        let typed =
            |field| cells.get(&target.id).and_then(|cells| cells.get(&field)).map_or("", String::as_str);
        let guides = [
            as_text(&target.id),
            guard(&target.name),
            as_text(&plan.calendar.label(period)),
            guard(&target.unit),
            guard(&goal(plan, target)),
            quota.map(|quota| quota.to_string()).unwrap_or_default(),
            boxes(target),
        ];
        put_row(&mut out, guides.into_iter().chain(fields().map(|field| box_text(field, typed(field)))));
    }
    out.into_bytes()
}

/// Writes figures of a period and the note beside them for [`super::read`] at another home, by the targets of its plan.
///
/// Problem, next step, explanation and 不适用 have no column: what is typed there stays.
pub fn write_figures(plan: &Plan, period: Period, rows: &[(&Target, Cells)]) -> Vec<u8> {
    let fields = || Field::ALL.into_iter().filter(|field| field.is_figure() || *field == Field::Note);
    let mut out = String::from('\u{feff}');
    let guides = [CODE_LABEL, NAME_LABEL, PERIOD_LABEL, UNIT_LABEL];
    put_row(&mut out, guides.into_iter().chain(fields().map(field_label)).map(str::to_owned));
    for (target, cells) in rows {
        let text = |field| box_text(field, cells.get(&field).map_or("", String::as_str));
        let period = as_text(&plan.calendar.label(period));
        let guides = [as_text(&target.id), guard(&target.name), period, guard(&target.unit)];
        put_row(&mut out, guides.into_iter().chain(fields().map(text)));
    }
    out.into_bytes()
}

/// Keeps a spreadsheet from taking a text for a date.
fn as_text(text: &impl std::fmt::Display) -> String {
    format!("{text}\t")
}

fn put_row(out: &mut String, fields: impl Iterator<Item = String>) {
    for (at, field) in fields.enumerate() {
        if at > 0 {
            out.push(',');
        }
        if field.contains([',', ';', '\t', '"', '\r', '\n']) {
            out.push('"');
            out.push_str(&field.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&field);
        }
    }
    out.push_str("\r\n");
}

/// Guards everything but what reads as a figure: a negative rate is to stay a number.
fn box_text(field: Field, text: &str) -> String {
    let is_number =
        field.is_figure() && Figure::from_typed(text).is_ok() && !text.starts_with(char::is_whitespace);
    if is_number { text.to_owned() } else { guard(text) }
}

fn goal(plan: &Plan, target: &Target) -> String {
    let words = |comparator: Comparator, value: &str| match comparator {
        Comparator::Reach => value.to_owned(),
        Comparator::AtLeast => format!("{value}以上"),
        Comparator::Above => format!("突破{value}"),
        Comparator::About => format!("{value}多"),
        Comparator::AtMost => format!("不超过{value}"),
        Comparator::Below => format!("低于{value}"),
    };
    match &target.measure {
        Measure::Milestone { stages } => stages.last().map(|stage| stage.name.clone()).unwrap_or_default(),
        Measure::Statement { deadline } => format!("{deadline}月底前完成"),
        Measure::Relative { to, .. } => {
            format!("与{}同步", plan.target(to).map_or("", |target| target.name.as_str()))
        }
        _ => target
            .goal()
            .map(|Goal { comparator, value }| words(comparator, &value.to_string()))
            .unwrap_or_default(),
    }
}

/// Says which columns are to be filled in; the amounts behind a published rate may be left out.
fn boxes(target: &Target) -> String {
    let labels: Vec<&str> =
        Field::of_figures(target.kind(), target.official).iter().map(|field| field_label(*field)).collect();
    match labels.as_slice() {
        [rate, optional @ ..] if target.official => format!("{rate}（{}可不填）", optional.join("、")),
        all => all.join("、"),
    }
}
