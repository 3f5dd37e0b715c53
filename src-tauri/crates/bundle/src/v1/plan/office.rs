//! One office.

use model::plan::{Dated, Office};
use serde::{Deserialize, Serialize};

use super::super::RecordFault;
use super::super::entry::value;
use super::super::words::Word;
use super::{date, date_wire};
use crate::strict::{Object, Text, present};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OfficeWire<'a> {
    #[serde(borrow)]
    id: Text<'a>,
    #[serde(borrow)]
    kind: Text<'a>,
    #[serde(borrow)]
    names: Vec<Object<DatedWire<'a>>>,
    #[serde(borrow)]
    codes: Vec<Object<DatedWire<'a>>>,
    #[serde(borrow, default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    retired: Option<Text<'a>>,
    #[serde(borrow, default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    origins: Option<Vec<Text<'a>>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct DatedWire<'a> {
    #[serde(borrow)]
    value: Text<'a>,
    #[serde(borrow, default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    since: Option<Text<'a>>,
}

impl<'a> DatedWire<'a> {
    fn of(dated: &'a Dated<String>) -> Result<Object<Self>, RecordFault> {
        let since = dated.since.map(|since| date_wire("since", since)).transpose()?;
        Ok(Object(Self { value: dated.value.as_str().into(), since }))
    }

    fn read(self) -> Result<Dated<String>, RecordFault> {
        let since = self.since.map(|since| date("since", &since)).transpose()?;
        Ok(Dated { value: self.value.into_string(), since })
    }
}

impl<'a> OfficeWire<'a> {
    pub(super) fn of(office: &'a Office) -> Result<Self, RecordFault> {
        Ok(Self {
            id: office.id.as_str().into(),
            kind: office.kind.word().into(),
            names: office.names.iter().map(DatedWire::of).collect::<Result<_, _>>()?,
            codes: office.codes.iter().map(DatedWire::of).collect::<Result<_, _>>()?,
            retired: office.retired.map(|day| date_wire("retired", day)).transpose()?,
            origins: (!office.origins.is_empty())
                .then(|| office.origins.iter().map(|id| id.as_str().into()).collect()),
        })
    }

    pub(super) fn read(self) -> Result<Office, RecordFault> {
        let dated = |list: Vec<Object<DatedWire<'_>>>| -> Result<Vec<_>, RecordFault> {
            list.into_iter().map(|Object(dated)| dated.read()).collect()
        };
        Ok(Office {
            id: value("id", &self.id)?,
            kind: Word::read("kind", &self.kind)?,
            names: dated(self.names)?,
            codes: dated(self.codes)?,
            retired: self.retired.map(|day| date("retired", &day)).transpose()?,
            origins: match self.origins {
                Some(none) if none.is_empty() => {
                    return Err(RecordFault::value("origins", "where there are none the member is absent"));
                }
                origins => {
                    let origins = origins.unwrap_or_default();
                    origins.iter().map(|id| value("origins", id)).collect::<Result<_, _>>()?
                }
            },
        })
    }
}
