//! Which own target can answer to a target of the plan above.

use model::id::TargetId;
use model::target::{Kind, Target};

/// Why the figures of one target cannot stand for another's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misfit {
    /// They are of different kinds.
    Kind {
        /// The kind above.
        upper: Kind,
        /// The own kind.
        own: Kind,
    },
    /// Their figures have different units.
    Unit {
        /// The unit above.
        upper: String,
        /// The own unit.
        own: String,
    },
    /// The amounts behind their rates have different units.
    AmountUnit {
        /// The unit above.
        upper: String,
        /// The own unit.
        own: String,
    },
    /// The hub above wants a published rate, and the own one is worked out of the offices' amounts.
    NotPublished,
}

/// What makes an own target likely to be the one that is meant above.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness {
    /// Name and clause are the same.
    Both,
    /// The name is the same.
    Name,
    /// The clause is the same.
    Clause,
}

/// Says whether figures of an own target can stand for those of a target above.
pub fn fits(upper: &Target, own: &Target) -> Result<(), Misfit> {
    let (above, here) = (upper.kind(), own.kind());
    // Both are two amounts a year apart; what the rate is held against makes no difference to them.
    let growth = |kind| matches!(kind, Kind::Growth | Kind::Relative);
    if above != here && !(growth(above) && growth(here)) {
        return Err(Misfit::Kind { upper: above, own: here });
    }
    if upper.unit.trim() != own.unit.trim() {
        return Err(Misfit::Unit { upper: upper.unit.clone(), own: own.unit.clone() });
    }
    match (upper.official, own.official) {
        (true, false) => Err(Misfit::NotPublished),
        (false, _) if above.is_rate() && !same_amounts(upper, own) => {
            Err(Misfit::AmountUnit { upper: upper.amount_unit.clone(), own: own.amount_unit.clone() })
        }
        _ => Ok(()),
    }
}

/// Says whether the amounts behind two rates have the same unit.
pub(super) fn same_amounts(upper: &Target, own: &Target) -> bool {
    upper.amount_unit.trim() == own.amount_unit.trim()
}

/// Finds the own target that is meant above: of those that fit, the one of the same name and clause, else of the same name,
/// else of the same clause; none where two are as like.
pub(super) fn likest(upper: &Target, own: &[&Target]) -> Option<(TargetId, Likeness)> {
    let same = |one: &str, other: &str| {
        let plain = |text: &str| text.split_whitespace().collect::<String>();
        !one.trim().is_empty() && plain(one) == plain(other)
    };
    let name = |own: &Target| same(&upper.name, &own.name);
    let clause = |own: &Target| same(&upper.clause, &own.clause);
    let only = |likeness: Likeness, like: &dyn Fn(&Target) -> bool| {
        let mut found = own.iter().filter(|own| fits(upper, own).is_ok() && like(own));
        let first = found.next()?;
        found.next().is_none().then(|| (first.id.clone(), likeness))
    };
    only(Likeness::Both, &|own| name(own) && clause(own))
        .or_else(|| only(Likeness::Name, &name))
        .or_else(|| only(Likeness::Clause, &clause))
}
