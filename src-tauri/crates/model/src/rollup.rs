//! Roll-up (汇总): many offices' figures of one target become one, with their coverage.
//!
//! A [`Tally`] is a commutative accumulator: offices may be added in any order and tallies merged in any grouping.
//! Rates are never summed or averaged: amounts are, and the rate is taken of the sums.

use rust_decimal::Decimal;

use crate::exact::Exact;
use crate::figure::Figure;
use crate::returns::Figures;
use crate::target::{Kind, Target};

/// How one office stands towards one target in one period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// A figure of this period's accepted return.
    Reported(Figures),
    /// No figure this period; the latest accepted one of the year stands in. Rates are not carried and must be [`Standing::Missing`].
    Carried(Figures),
    /// 不适用: leaves the denominator.
    NotApplicable,
    /// 未下达: the return was made against a plan version that did not have the target yet.
    NotIssued,
    /// 未填 or 未报.
    Missing,
}

/// How many of the offices that owe a figure gave one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Coverage {
    /// Offices with a figure in this period's accepted return.
    pub reported: u32,
    /// Offices without one whose latest accepted figure was used.
    pub carried: u32,
    /// Offices to which the target does not apply.
    pub not_applicable: u32,
    /// Offices whose return was made against a version without the target.
    pub not_issued: u32,
    /// Offices without any usable figure.
    pub missing: u32,
}

impl Coverage {
    /// Returns how many offices were looked at.
    pub fn seen(&self) -> u32 {
        self.owed() + self.not_applicable
    }

    /// Returns the denominator: the offices that owe a figure.
    pub fn owed(&self) -> u32 {
        self.reported + self.carried + self.not_issued + self.missing
    }

    /// Says whether every office that owes a figure gave one this period.
    pub fn is_full(&self) -> bool {
        self.reported == self.owed()
    }

    /// Says whether some office contributed nothing at all.
    pub fn has_holes(&self) -> bool {
        self.missing + self.not_issued > 0
    }
}

/// The rolled-up figure of a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actual {
    /// Sum of counts or of levels.
    Amount(Decimal),
    /// A rate in percent, with the two sums behind it where amounts were given.
    Rate {
        /// The rate; none where it cannot be computed because the sum of bases is zero (无法计算).
        rate: Option<Exact>,
        /// Σ current and Σ base, or Σ numerator and Σ denominator.
        sums: Option<(Decimal, Decimal)>,
    },
    /// The least advanced office's stage.
    Stage(u8),
}

impl Actual {
    /// Returns the number that is compared with a goal: the amount, or the rate in percent.
    pub fn number(&self) -> Option<Exact> {
        match self {
            Self::Amount(amount) => Some((*amount).into()),
            Self::Rate { rate, .. } => rate.clone(),
            Self::Stage(_) => None,
        }
    }
}

/// A target's figure and how many offices stand behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollUp {
    /// The figure; none where no office contributed.
    pub actual: Option<Actual>,
    /// The offices behind it.
    pub coverage: Coverage,
}

/// Accumulates the standings of offices towards one target.
#[derive(Debug, Clone)]
pub struct Tally {
    kind: Kind,
    first: Decimal,
    second: Decimal,
    /// Least stage seen.
    stage: Option<u8>,
    /// The published rate and whether amounts came with it; only 本级 publishes, so there is at most one.
    published: Option<(Decimal, bool)>,
    coverage: Coverage,
}

impl Tally {
    /// Begins an empty tally for a target.
    pub fn new(target: &Target) -> Self {
        Self {
            kind: target.kind(),
            first: Decimal::ZERO,
            second: Decimal::ZERO,
            stage: None,
            published: None,
            coverage: Coverage::default(),
        }
    }

    /// Adds one office.
    pub fn add(&mut self, standing: Standing) {
        match standing {
            Standing::Reported(figures) => {
                self.coverage.reported += 1;
                self.take(figures);
            }
            Standing::Carried(figures) => {
                self.coverage.carried += 1;
                self.take(figures);
            }
            Standing::NotApplicable => self.coverage.not_applicable += 1,
            Standing::NotIssued => self.coverage.not_issued += 1,
            Standing::Missing => self.coverage.missing += 1,
        }
    }

    /// Adds offices that gave nothing at all.
    pub fn add_missing(&mut self, offices: u32) {
        self.coverage.missing += offices;
    }

    /// Returns the coverage so far.
    pub fn coverage(&self) -> Coverage {
        self.coverage
    }

    fn take(&mut self, figures: Figures) {
        match figures {
            Figures::Amount(value) => self.first += value.decimal(),
            Figures::Pair(first, second) => {
                self.first += first.decimal();
                self.second += second.decimal();
            }
            Figures::Published { rate, amounts } => {
                let (first, second) = amounts.unwrap_or((Figure::ZERO, Figure::ZERO));
                self.first += first.decimal();
                self.second += second.decimal();
                self.publish((rate.decimal(), amounts.is_some()));
            }
            Figures::Stage(stage) => self.stage = Some(self.stage.map_or(stage, |least| least.min(stage))),
        }
    }

    fn publish(&mut self, rate: (Decimal, bool)) {
        // Two published rates cannot be reconciled; keeping the lesser keeps the tally independent of order.
        self.published = Some(self.published.map_or(rate, |held| held.min(rate)));
    }

    /// Adds another tally of the same target.
    pub fn merge(&mut self, other: &Self) {
        self.first += other.first;
        self.second += other.second;
        self.stage = match (self.stage, other.stage) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        if let Some(rate) = other.published {
            self.publish(rate);
        }
        let (a, b) = (&mut self.coverage, &other.coverage);
        a.reported += b.reported;
        a.carried += b.carried;
        a.not_applicable += b.not_applicable;
        a.not_issued += b.not_issued;
        a.missing += b.missing;
    }

    /// Rolls up what was added.
    pub fn roll_up(&self) -> RollUp {
        let contributed = self.coverage.reported + self.coverage.carried > 0;
        RollUp { actual: contributed.then(|| self.actual()).flatten(), coverage: self.coverage }
    }

    fn actual(&self) -> Option<Actual> {
        let sums = (self.first, self.second);
        Some(match self.kind {
            Kind::Count | Kind::Stock => Actual::Amount(self.first),
            Kind::Milestone | Kind::Statement => Actual::Stage(self.stage?),
            _ => match self.published {
                Some((rate, amounts)) => {
                    Actual::Rate { rate: Some(rate.into()), sums: amounts.then_some(sums) }
                }
                None => Actual::Rate { rate: rate(self.kind, sums), sums: Some(sums) },
            },
        })
    }
}

/// Takes the rate, in percent, of two sums: a share, or a growth over the base; none where the second sum is zero.
pub fn rate(kind: Kind, (first, second): (Decimal, Decimal)) -> Option<Exact> {
    let percent = Exact::percent(&first.into(), &second.into())?;
    Some(if kind == Kind::Share { percent } else { &percent - &Exact::from(100) })
}
