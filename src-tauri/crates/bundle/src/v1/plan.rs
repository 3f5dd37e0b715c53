//! The payload of a plan bundle: the whole plan, in the order plan, chapters with their sections, targets, offices,
//! assignments, comparisons.

use std::fmt::Display;
use std::str::FromStr;

use model::plan::{Assignee, Assignment, Chapter, Comparison, Plan, Section};
use serde::{Deserialize, Serialize};

use self::calendar::PlanWire;
use self::office::OfficeWire;
use self::target::TargetWire;
use super::RecordFault;
use super::entry::value;
use super::lines::{Lines, Stop, Written};
use super::words::Word;
use crate::header::Claims;
use crate::strict::{self, Object, Text, present};
use crate::write::WriteError;

mod calendar;
mod office;
mod target;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Record<'a> {
    #[serde(borrow)]
    Plan(Object<PlanWire<'a>>),
    #[serde(borrow)]
    Chapter(Object<TitleWire<'a>>),
    #[serde(borrow)]
    Section(Object<TitleWire<'a>>),
    #[serde(borrow)]
    Target(Box<Object<TargetWire<'a>>>),
    #[serde(borrow)]
    Office(Object<OfficeWire<'a>>),
    #[serde(borrow)]
    Assignment(Object<AssignmentWire<'a>>),
    #[serde(borrow)]
    Comparison(Object<ComparisonWire<'a>>),
}

impl Record<'_> {
    /// Returns the name of the record and its place in the order; sections stand among chapters.
    fn place(&self) -> (&'static str, u8) {
        match self {
            Self::Plan(_) => ("plan", 0),
            Self::Chapter(_) => ("chapter", 1),
            Self::Section(_) => ("section", 1),
            Self::Target(_) => ("target", 2),
            Self::Office(_) => ("office", 3),
            Self::Assignment(_) => ("assignment", 4),
            Self::Comparison(_) => ("comparison", 5),
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TitleWire<'a> {
    #[serde(borrow)]
    code: Text<'a>,
    #[serde(borrow)]
    title: Text<'a>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct AssignmentWire<'a> {
    #[serde(borrow)]
    target: Text<'a>,
    #[serde(borrow, default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    office: Option<Text<'a>>,
    #[serde(borrow, default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    every: Option<Text<'a>>,
    #[serde(borrow, default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    quota: Option<Text<'a>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ComparisonWire<'a> {
    #[serde(borrow)]
    lesser: Text<'a>,
    #[serde(borrow)]
    greater: Text<'a>,
}

/// Reads a date in the one form `2024-04-05`; the parser of dates takes others too.
fn date<T: FromStr<Err: Display> + Display>(field: &'static str, text: &str) -> Result<T, RecordFault> {
    let date: T = text.parse().map_err(|e: T::Err| RecordFault::value(field, e))?;
    if date.to_string() == text && is_in_reach(text) {
        Ok(date)
    } else {
        Err(RecordFault::value(field, "not of the form 2024-04-05, or before 1900"))
    }
}

/// Writes a date that can be read again.
fn date_wire<'a>(field: &'static str, date: impl Display) -> Result<Text<'a>, RecordFault> {
    let text = Text::owned(date);
    if is_in_reach(&text) {
        Ok(text)
    } else {
        Err(RecordFault::value(field, "not in the years 1900 to 9999"))
    }
}

/// Says whether a date has four digits for its year, from 1900 on: calendars of readers differ before.
fn is_in_reach(date: &str) -> bool {
    date.len() == 10 && date >= "1900"
}

impl AssignmentWire<'_> {
    fn read(self) -> Result<Assignment, RecordFault> {
        let to = match (self.office, self.every) {
            (Some(office), None) => Assignee::Office(value("office", &office)?),
            (None, Some(kind)) => Assignee::Every(Word::read("every", &kind)?),
            _ => return Err(RecordFault::value("assignment", "needs either office or every")),
        };
        let quota = self.quota.map(|quota| value("quota", &quota)).transpose()?;
        Ok(Assignment { target: value("target", &self.target)?, to, quota })
    }
}

fn take(plan: &mut Plan, record: Record<'_>) -> Result<(), RecordFault> {
    match record {
        Record::Plan(_) => return Err(RecordFault::Misplaced("plan")),
        Record::Chapter(Object(chapter)) => plan.chapters.push(Chapter {
            code: chapter.code.into_string(),
            title: chapter.title.into_string(),
            sections: Vec::new(),
        }),
        Record::Section(Object(section)) => {
            let chapter = plan.chapters.last_mut().ok_or(RecordFault::Misplaced("section"))?;
            chapter
                .sections
                .push(Section { code: section.code.into_string(), title: section.title.into_string() });
        }
        Record::Target(target) => plan.targets.push(target.0.read()?),
        Record::Office(Object(office)) => plan.offices.push(office.read()?),
        Record::Assignment(Object(assignment)) => plan.assignments.push(assignment.read()?),
        Record::Comparison(Object(pair)) => plan.comparisons.push(Comparison {
            lesser: value("lesser", &pair.lesser)?,
            greater: value("greater", &pair.greater)?,
        }),
    }
    Ok(())
}

/// A plan that is not whole is neither written nor taken in.
fn check(plan: &Plan) -> Result<(), RecordFault> {
    plan.validate().map_err(|faults| match faults.first() {
        Some(first) => RecordFault::Plan(strict::reason(format_args!("{first} ({} faults)", faults.len()))),
        None => RecordFault::Plan(String::new()),
    })
}

pub(super) fn read(claims: &Claims, lines: &mut Lines<'_>) -> Result<Plan, Stop> {
    let mut plan = match lines.next()? {
        Some(Record::Plan(Object(wire))) => wire.read(claims)?,
        Some(record) => return Err(RecordFault::Misplaced(record.place().0).into()),
        None => return Err(RecordFault::Absent("plan").into()),
    };
    let mut reached = 0;
    while let Some(record) = lines.next::<Record<'_>>()? {
        let (name, place) = record.place();
        if place < reached {
            return Err(RecordFault::Misplaced(name).into());
        }
        reached = place;
        take(&mut plan, record)?;
    }
    check(&plan)?;
    Ok(plan)
}

pub(super) fn write(plan: &Plan, claims: &Claims, lines: &mut Written<'_>) -> Result<(), WriteError> {
    let agreements = [
        ("plan", plan.id == claims.plan),
        ("plan_version", plan.version == claims.plan_version),
        ("hub", plan.hub == claims.hub),
    ];
    if let Some((field, _)) = agreements.iter().find(|(_, agrees)| !agrees) {
        return Err(RecordFault::Contradiction(field).into());
    }
    check(plan)?;
    lines.push(&Record::Plan(Object(PlanWire::of(plan)?)))?;
    for chapter in &plan.chapters {
        let wire = TitleWire { code: chapter.code.as_str().into(), title: chapter.title.as_str().into() };
        lines.push(&Record::Chapter(Object(wire)))?;
        for section in &chapter.sections {
            let wire = TitleWire { code: section.code.as_str().into(), title: section.title.as_str().into() };
            lines.push(&Record::Section(Object(wire)))?;
        }
    }
    for target in &plan.targets {
        lines.push(&Record::Target(Box::new(Object(TargetWire::of(target)))))?;
    }
    for office in &plan.offices {
        lines.push(&Record::Office(Object(OfficeWire::of(office)?)))?;
    }
    for assignment in &plan.assignments {
        let (office, every) = match &assignment.to {
            Assignee::Office(office) => (Some(office.as_str().into()), None),
            Assignee::Every(kind) => (None, Some(kind.word().into())),
        };
        lines.push(&Record::Assignment(Object(AssignmentWire {
            target: assignment.target.as_str().into(),
            office,
            every,
            quota: assignment.quota.map(Text::owned),
        })))?;
    }
    for pair in &plan.comparisons {
        let wire =
            ComparisonWire { lesser: pair.lesser.as_str().into(), greater: pair.greater.as_str().into() };
        lines.push(&Record::Comparison(Object(wire)))?;
    }
    Ok(())
}
