//! The CSV form of offices.

use chrono::NaiveDate;
use model::id::OfficeId;
use model::plan::{Dated, Office, OfficeKind};
use serde::Deserialize;

use super::SeedError;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    name: String,
    kind: Kind,
    code: String,
    code_as_of: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Street,
    Town,
}

pub(super) fn read(text: &str) -> Result<Vec<Office>, SeedError> {
    csv::Reader::from_reader(text.as_bytes()).deserialize().map(|row| office(row?)).collect()
}

fn office(row: Row) -> Result<Office, SeedError> {
    let since: NaiveDate = row.code_as_of.parse()?;
    Ok(Office {
        id: OfficeId::new(&row.id)?,
        kind: match row.kind {
            Kind::Street => OfficeKind::Street,
            Kind::Town => OfficeKind::Town,
        },
        // The source dates the codes only: since when an office bears its name is not known.
        names: vec![Dated { value: row.name, since: None }],
        codes: vec![Dated { value: row.code, since: Some(since) }],
        retired: None,
        origins: Vec::new(),
    })
}
