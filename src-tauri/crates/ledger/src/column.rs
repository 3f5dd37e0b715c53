//! How values of the model lie in columns.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use model::id::{HubId, OfficeId, PlanId, TargetId};
use model::period::Period;
use model::returns::Field;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};

/// A value of the model on its way into or out of a column.
///
/// The model knows nothing of SQLite and SQLite's traits are not ours, hence a wrapper between them.
pub(crate) struct Col<T>(pub(crate) T);

fn other(error: impl std::error::Error + Send + Sync + 'static) -> FromSqlError {
    FromSqlError::Other(Box::new(error))
}

macro_rules! parsed_text {
    ($($type:ty),*) => {$(
        impl FromSql for Col<$type> {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                value.as_str()?.parse().map(Self).map_err(other)
            }
        }
    )*};
}
parsed_text!(HubId, PlanId, OfficeId, TargetId, NaiveDate, DateTime<Utc>);

macro_rules! borrowed_text {
    ($($type:ty),*) => {$(
        impl ToSql for Col<&$type> {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(self.0.as_str().into())
            }
        }
    )*};
}
borrowed_text!(HubId, PlanId, OfficeId, TargetId);

impl ToSql for Col<NaiveDate> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.to_string().into())
    }
}

impl ToSql for Col<DateTime<Utc>> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.to_rfc3339_opts(SecondsFormat::AutoSi, true).into())
    }
}

impl FromSql for Col<Period> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Period::from_number(u32::column_result(value)?).map(Self).map_err(other)
    }
}

impl ToSql for Col<Period> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.number().into())
    }
}

/// A number that a column holds and no version of the program has written.
#[derive(Debug, thiserror::Error)]
#[error("{0:?} is not a name that this column takes")]
pub(crate) struct BadName(pub(crate) String);

/// Gives an enum the texts under which its values are stored.
macro_rules! named {
    ($type:ty { $($variant:ident = $text:literal),* $(,)? }) => {
        impl $type {
            /// Returns the text under which the ledger keeps the value.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }
        }

        impl rusqlite::types::FromSql for $type {
            fn column_result(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
                match value.as_str()? {
                    $($text => Ok(Self::$variant),)*
                    name => Err(rusqlite::types::FromSqlError::Other(Box::new(
                        crate::column::BadName(name.to_owned()),
                    ))),
                }
            }
        }

        impl rusqlite::types::ToSql for $type {
            fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
                Ok(self.as_str().into())
            }
        }
    };
}
pub(crate) use named;

fn field_name(field: Field) -> &'static str {
    match field {
        Field::Value => "value",
        Field::Current => "current",
        Field::Base => "base",
        Field::Numerator => "numerator",
        Field::Denominator => "denominator",
        Field::Rate => "rate",
        Field::Stage => "stage",
        Field::NotApplicable => "not_applicable",
        Field::Note => "note",
        Field::Problem => "problem",
        Field::NextStep => "next_step",
        Field::Explanation => "explanation",
        Field::Evidence => "evidence",
    }
}

impl ToSql for Col<Field> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(field_name(self.0).into())
    }
}

impl FromSql for Col<Field> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let name = value.as_str()?;
        let field = Field::ALL.into_iter().find(|field| field_name(*field) == name);
        field.map(Self).ok_or_else(|| other(BadName(name.to_owned())))
    }
}
