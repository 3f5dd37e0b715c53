//! Figures of a target to the last digit, as a freeze keeps them.

use model::rollup::Actual;
use model::target::Target;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// What was rolled up for a target: decimals as texts that nothing was rounded off, stages by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExactFigures {
    /// A sum of counts or of levels.
    Amount(String),
    /// The two sums behind a rate.
    Sums(String, String),
    /// A published rate in percent, and the two amounts where they were published too.
    Published(String, Option<(String, String)>),
    /// The stage of the office that is least advanced.
    Stage(String),
}

impl ExactFigures {
    /// Takes the figures out of a roll-up.
    pub(crate) fn of(target: &Target, actual: &Actual) -> Option<Self> {
        let text = |value: &Decimal| value.normalize().to_string();
        let pair = |sums: &Option<(Decimal, Decimal)>| {
            sums.as_ref().map(|(first, second)| (text(first), text(second)))
        };
        Some(match actual {
            Actual::Amount(value) => Self::Amount(text(value)),
            Actual::Rate { rate: Some(rate), sums } if target.official => {
                // What was published has at most six decimals.
                Self::Published(rate.trimmed(crate::status::DECIMALS), pair(sums))
            }
            Actual::Rate { sums, .. } => pair(sums).map(|(first, second)| Self::Sums(first, second))?,
            Actual::Stage(stage) => Self::Stage(target.stage_name(*stage)?.to_owned()),
        })
    }
}
