//! One target, with what it measures.

use model::figure::Figure;
use model::target::{Goal, Kind, Measure, Stage, Target};
use serde::{Deserialize, Serialize};

use super::super::RecordFault;
use super::super::entry::value;
use super::super::words::Word;
use crate::strict::{Object, Text, present};

/// The measure is spread over optional fields; [`TargetWire::measure`] gives each kind those that are its own.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TargetWire<'a> {
    #[serde(borrow)]
    id: Text<'a>,
    #[serde(borrow)]
    section: Text<'a>,
    #[serde(borrow)]
    name: Text<'a>,
    #[serde(borrow)]
    clause: Text<'a>,
    #[serde(borrow)]
    kind: Text<'a>,
    #[serde(borrow, default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    comparator: Option<Text<'a>>,
    #[serde(borrow, default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    value: Option<Text<'a>>,
    #[serde(borrow, default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    monthly: Option<[Text<'a>; 12]>,
    #[serde(borrow, default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    base: Option<Text<'a>>,
    #[serde(borrow, default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    stages: Option<Vec<Object<StageWire<'a>>>>,
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    deadline: Option<u8>,
    #[serde(borrow, default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    to: Option<Text<'a>>,
    #[serde(borrow, default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    tolerance: Option<Text<'a>>,
    #[serde(borrow)]
    unit: Text<'a>,
    #[serde(borrow)]
    amount_unit: Text<'a>,
    official: bool,
    #[serde(borrow)]
    frequency: Text<'a>,
    since: u32,
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    retired: Option<u32>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StageWire<'a> {
    #[serde(borrow)]
    name: Text<'a>,
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    month: Option<u8>,
}

impl<'a> TargetWire<'a> {
    pub(super) fn of(target: &'a Target) -> Self {
        let mut wire = Self {
            id: target.id.as_str().into(),
            section: target.section.as_str().into(),
            name: target.name.as_str().into(),
            clause: target.clause.as_str().into(),
            kind: target.kind().word().into(),
            comparator: None,
            value: None,
            monthly: None,
            base: None,
            stages: None,
            deadline: None,
            to: None,
            tolerance: None,
            unit: target.unit.as_str().into(),
            amount_unit: target.amount_unit.as_str().into(),
            official: target.official,
            frequency: target.frequency.word().into(),
            since: target.since,
            retired: target.retired,
        };
        if let Some(goal) = target.goal() {
            wire.comparator = Some(goal.comparator.word().into());
            wire.value = Some(Text::owned(goal.value));
        }
        match &target.measure {
            Measure::Count { monthly, .. } => {
                wire.monthly = monthly.as_ref().map(|values| values.each_ref().map(Text::owned));
            }
            Measure::Stock { base, .. } => wire.base = base.map(Text::owned),
            Measure::Growth { .. } | Measure::Share { .. } => {}
            Measure::Milestone { stages } => {
                let stage = |s: &'a Stage| Object(StageWire { name: s.name.as_str().into(), month: s.month });
                wire.stages = Some(stages.iter().map(stage).collect());
            }
            Measure::Statement { deadline } => wire.deadline = Some(*deadline),
            Measure::Relative { to, comparator, tolerance } => {
                wire.to = Some(to.as_str().into());
                wire.comparator = Some(comparator.word().into());
                wire.tolerance = Some(Text::owned(tolerance));
            }
        }
        wire
    }

    pub(super) fn read(mut self) -> Result<Target, RecordFault> {
        let measure = self.measure()?;
        Ok(Target {
            id: value("id", &self.id)?,
            section: self.section.into_string(),
            name: self.name.into_string(),
            clause: self.clause.into_string(),
            measure,
            unit: self.unit.into_string(),
            amount_unit: self.amount_unit.into_string(),
            official: self.official,
            frequency: Word::read("frequency", &self.frequency)?,
            since: self.since,
            retired: self.retired,
        })
    }

    /// Takes the fields of the kind; what is left over is refused.
    fn measure(&mut self) -> Result<Measure, RecordFault> {
        let measure = match Kind::read("kind", &self.kind)? {
            Kind::Count => Measure::Count { goal: self.goal()?, monthly: self.monthly()? },
            Kind::Stock => Measure::Stock {
                goal: self.goal()?,
                base: self.base.take().map(|base| value("base", &base)).transpose()?,
            },
            Kind::Growth => Measure::Growth { goal: self.goal()? },
            Kind::Share => Measure::Share { goal: self.goal()? },
            Kind::Milestone => Measure::Milestone { stages: self.stages()? },
            Kind::Statement => Measure::Statement { deadline: need("deadline", self.deadline.take())? },
            Kind::Relative => Measure::Relative {
                to: value("to", &need("to", self.to.take())?)?,
                comparator: Word::read("comparator", &need("comparator", self.comparator.take())?)?,
                tolerance: value("tolerance", &need("tolerance", self.tolerance.take())?)?,
            },
        };
        let left = [
            ("comparator", self.comparator.is_some()),
            ("value", self.value.is_some()),
            ("monthly", self.monthly.is_some()),
            ("base", self.base.is_some()),
            ("stages", self.stages.is_some()),
            ("deadline", self.deadline.is_some()),
            ("to", self.to.is_some()),
            ("tolerance", self.tolerance.is_some()),
        ];
        match left.into_iter().find(|(_, present)| *present) {
            Some((name, _)) => Err(RecordFault::value(name, "not a field of this kind of target")),
            None => Ok(measure),
        }
    }

    fn goal(&mut self) -> Result<Option<Goal>, RecordFault> {
        match (self.comparator.take(), self.value.take()) {
            (None, None) => Ok(None),
            (Some(comparator), Some(figure)) => Ok(Some(Goal {
                comparator: Word::read("comparator", &comparator)?,
                value: value("value", &figure)?,
            })),
            _ => Err(RecordFault::value("value", "comparator and value stand together")),
        }
    }

    fn monthly(&mut self) -> Result<Option<Box<[Figure; 12]>>, RecordFault> {
        let Some(texts) = self.monthly.take() else { return Ok(None) };
        let mut values = [Figure::ZERO; 12];
        for (figure, text) in values.iter_mut().zip(&texts) {
            *figure = value("monthly", text)?;
        }
        Ok(Some(Box::new(values)))
    }

    fn stages(&mut self) -> Result<Vec<Stage>, RecordFault> {
        let stages = need("stages", self.stages.take())?;
        Ok(stages.into_iter().map(|Object(s)| Stage { name: s.name.into_string(), month: s.month }).collect())
    }
}

fn need<T>(name: &'static str, field: Option<T>) -> Result<T, RecordFault> {
    field.ok_or_else(|| RecordFault::value(name, "missing for this kind of target"))
}
