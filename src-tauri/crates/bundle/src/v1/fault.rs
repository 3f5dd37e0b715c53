//! What can be wrong with a record.

use std::fmt::Display;

use crate::strict;

/// Why a record is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordFault {
    /// The records are not UTF-8.
    #[error("not UTF-8")]
    Encoding,
    /// A line is empty, does not begin with `{` and end with `}`, or the last one has no line feed.
    #[error("not one JSON object per line")]
    Line,
    /// The line is not a record of this kind of bundle: syntax, a duplicate, unknown or missing key, a wrong type.
    #[error("{0}")]
    Json(String),
    /// A record stands where it may not: out of order, twice, or a part of something that is not there.
    #[error("a {0:?} record may not stand here")]
    Misplaced(&'static str),
    /// A record that must be there is not.
    #[error("no {0:?} record")]
    Absent(&'static str),
    /// A field has a value that it cannot have.
    #[error("{field:?}: {reason}")]
    Value {
        /// The field.
        field: &'static str,
        /// Why.
        reason: String,
    },
    /// The payload says something else than the header.
    #[error("{0:?} differs from the header")]
    Contradiction(&'static str),
    /// The plan is not whole.
    #[error("the plan is not whole: {0}")]
    Plan(String),
}

impl RecordFault {
    pub(crate) fn value(field: &'static str, reason: impl Display) -> Self {
        Self::Value { field, reason: strict::reason(reason) }
    }

    pub(crate) fn json(error: &serde_json::Error) -> Self {
        Self::Json(strict::reason(error))
    }
}
