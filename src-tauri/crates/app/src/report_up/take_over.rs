//! One target's figures, taken over for the hub above: exactly as they were rolled up, or not at all.

use model::figure::Figure;
use model::period::Period;
use model::plan::Plan;
use model::returns::Figures;
use model::target::Target;

use super::fit::{Misfit, fits, same_amounts};
use crate::facts::{ExactFigures, TargetFacts};
use crate::words;

/// Why a target of the plan above gets no figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Omission {
    /// No own target answers to it.
    Unanswered,
    /// The own target is no longer in force.
    Gone,
    /// The two are not of the same make any more.
    Unfit(Misfit),
    /// The own target was not due so far.
    NotDue,
    /// The last own figure is of an earlier period, by its label.
    Earlier(String),
    /// No office gave a figure.
    NoFigure,
    /// The freeze is one from before figures were frozen to the last digit.
    NotFrozen,
    /// The own rate was published without its amounts.
    NoAmounts,
    /// The milestone above has no stage of this name.
    NoSuchStage(String),
    /// The sum has more digits than a figure may have.
    TooLong,
}

/// Takes over what was rolled up for an own target, with the coverage.
pub(super) fn figures(
    plan: &Plan,
    upper: &Target,
    (own, facts): (&Target, &TargetFacts),
    period: Period,
) -> Result<(Figures, String), Omission> {
    fits(upper, own).map_err(Omission::Unfit)?;
    if !facts.due {
        return Err(Omission::NotDue);
    }
    let nobody = facts.reported + facts.carried == 0;
    let exact = facts.exact.as_ref().ok_or(if nobody { Omission::NoFigure } else { Omission::NotFrozen })?;
    let of: Option<Period> = facts.of.as_deref().and_then(|of| of.parse().ok());
    if let Some(earlier) = of.filter(|of| *of != period) {
        return Err(Omission::Earlier(words::month_label(&plan.calendar, earlier)));
    }
    let figures = match exact {
        ExactFigures::Amount(value) => Figures::Amount(figure(value)?),
        ExactFigures::Sums(first, second) => Figures::Pair(figure(first)?, figure(second)?),
        ExactFigures::Published(rate, sums) if upper.official => {
            let sums = sums.as_ref().filter(|_| same_amounts(upper, own));
            Figures::Published { rate: figure(rate)?, amounts: sums.map(pair).transpose()? }
        }
        // A rate alone cannot be added up above; its amounts can.
        ExactFigures::Published(_, sums) => {
            let (first, second) = pair(sums.as_ref().ok_or(Omission::NoAmounts)?)?;
            Figures::Pair(first, second)
        }
        ExactFigures::Stage(name) => Figures::Stage(stage(upper, name)?),
    };
    Ok((figures, facts.coverage.clone()))
}

fn figure(text: &str) -> Result<Figure, Omission> {
    Figure::from_canonical(text).map_err(|_| Omission::TooLong)
}

fn pair((first, second): &(String, String)) -> Result<(Figure, Figure), Omission> {
    Ok((figure(first)?, figure(second)?))
}

/// Finds a stage of the target above by its name.
fn stage(upper: &Target, name: &str) -> Result<u8, Omission> {
    let count = u8::try_from(upper.stage_count().unwrap_or(0)).unwrap_or(u8::MAX);
    let found = (0..count).find(|stage| upper.stage_name(*stage) == Some(name));
    found.ok_or_else(|| Omission::NoSuchStage(name.to_owned()))
}
