//! The payload of an enrolment: one record.

use serde::{Deserialize, Serialize};

use super::RecordFault;
use super::lines::{Lines, Stop, Written};
use crate::strict::{Object, Text};
use crate::write::WriteError;

/// Who an office says it is and how to reach it. Its id is in the header, its keys are in the framing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// The office's name as it was picked from the plan.
    pub office_name: String,
    /// 联系人.
    pub contact: String,
    /// 电话.
    pub telephone: String,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Record<'a> {
    #[serde(borrow)]
    Enrolment(Object<Wire<'a>>),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire<'a> {
    #[serde(borrow)]
    office_name: Text<'a>,
    #[serde(borrow)]
    contact: Text<'a>,
    #[serde(borrow)]
    telephone: Text<'a>,
}

pub(super) fn read(lines: &mut Lines<'_>) -> Result<Enrolment, Stop> {
    let Some(Record::Enrolment(Object(wire))) = lines.next()? else {
        return Err(RecordFault::Absent("enrolment").into());
    };
    if let Some(Record::Enrolment(_)) = lines.next()? {
        return Err(RecordFault::Misplaced("enrolment").into());
    }
    Ok(Enrolment {
        office_name: wire.office_name.into_string(),
        contact: wire.contact.into_string(),
        telephone: wire.telephone.into_string(),
    })
}

pub(super) fn write(enrolment: &Enrolment, lines: &mut Written<'_>) -> Result<(), WriteError> {
    lines.push(&Record::Enrolment(Object(Wire {
        office_name: enrolment.office_name.as_str().into(),
        contact: enrolment.contact.as_str().into(),
        telephone: enrolment.telephone.as_str().into(),
    })))
}
