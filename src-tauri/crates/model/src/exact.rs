//! Exact quotients: decisions are made on them, only display rounds (§2, numbers).

use std::cmp::Ordering;
use std::ops::{Add, Mul, Sub};

use num_bigint::BigInt;
use num_rational::BigRational;
use rust_decimal::Decimal;

use crate::figure::Figure;

/// Digits after the point beyond which display stops trying to show a decision.
const MOST_DECIMALS: u32 = 12;

/// An exact rational number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Exact(BigRational);

impl Exact {
    /// Divides exactly; none where the divisor is zero.
    pub fn quotient(dividend: &Self, divisor: &Self) -> Option<Self> {
        (!divisor.is_zero()).then(|| Self(&dividend.0 / &divisor.0))
    }

    /// Returns `part` of `whole`, in percent; none where `whole` is zero.
    pub fn percent(part: &Self, whole: &Self) -> Option<Self> {
        Self::quotient(&(part * &Self::from(100)), whole)
    }

    /// Says whether this is zero.
    pub fn is_zero(&self) -> bool {
        self.sign() == Ordering::Equal
    }

    /// Says whether this is above, at or below zero.
    pub fn sign(&self) -> Ordering {
        self.0.numer().cmp(&BigInt::ZERO)
    }

    /// Returns the distance from zero.
    pub fn abs(&self) -> Self {
        if self.sign() == Ordering::Less { &Self::from(0) - self } else { self.clone() }
    }

    /// Rounds up to a number of decimals.
    pub fn ceil(&self, decimals: u32) -> Self {
        let scale = BigRational::from_integer(BigInt::from(10).pow(decimals));
        Self((&self.0 * &scale).ceil() / scale)
    }

    /// Rounds half away from zero and prints exactly this many decimals.
    pub fn rounded(&self, decimals: u32) -> String {
        let scaled = &self.0 * BigRational::from_integer(BigInt::from(10).pow(decimals));
        // BigRational::round rounds half away from zero.
        let digits = scaled.round().to_integer();
        let negative = digits < BigInt::ZERO;
        let digits = digits.magnitude().to_string();
        let width = decimals as usize + 1;
        let padded = format!("{digits:0>width$}");
        let (whole, fraction) = padded.split_at(padded.len() - decimals as usize);
        let sign = if negative { "-" } else { "" };
        if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
    }

    /// Prints at most this many decimals, without trailing zeros.
    pub fn trimmed(&self, decimals: u32) -> String {
        let text = self.rounded(decimals);
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
    }

    /// Prints one decimal, or as many more as it takes to stand on the right side of `bar`.
    ///
    /// 5.96 against 6 prints as `5.96`, because `6.0` would hide that the bar is missed.
    pub fn shown_against(&self, bar: &Self) -> String {
        let truth = self.cmp(bar);
        let shows = |decimals: u32| {
            let scale = BigRational::from_integer(BigInt::from(10).pow(decimals));
            let round = |value: &Self| (&value.0 * &scale).round();
            round(self).cmp(&(&bar.0 * &scale)) == truth || truth == Ordering::Equal
        };
        let decimals = (1..MOST_DECIMALS).find(|d| shows(*d)).unwrap_or(MOST_DECIMALS);
        self.rounded(decimals)
    }
}

impl From<i64> for Exact {
    fn from(value: i64) -> Self {
        Self(BigRational::from_integer(value.into()))
    }
}

impl From<Decimal> for Exact {
    fn from(value: Decimal) -> Self {
        Self(BigRational::new(value.mantissa().into(), BigInt::from(10).pow(value.scale())))
    }
}

impl From<Figure> for Exact {
    fn from(value: Figure) -> Self {
        value.decimal().into()
    }
}

impl Add for &Exact {
    type Output = Exact;

    fn add(self, other: Self) -> Exact {
        Exact(&self.0 + &other.0)
    }
}

impl Sub for &Exact {
    type Output = Exact;

    fn sub(self, other: Self) -> Exact {
        Exact(&self.0 - &other.0)
    }
}

impl Mul for &Exact {
    type Output = Exact;

    fn mul(self, other: Self) -> Exact {
        Exact(&self.0 * &other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> Exact {
        text.parse::<Decimal>().unwrap().into()
    }

    #[test]
    fn halves_round_away_from_zero() {
        for (value, shown) in
            [("0.25", "0.3"), ("-0.25", "-0.3"), ("0.24", "0.2"), ("-0.04", "0.0"), ("1234.56", "1234.6")]
        {
            assert_eq!(exact(value).rounded(1), shown, "{value}");
        }
        assert_eq!(exact("0.5").rounded(0), "1");
        assert_eq!(exact("12.500").trimmed(6), "12.5");
        assert_eq!(exact("100").trimmed(6), "100");
    }

    #[test]
    fn rounding_never_hides_a_decision() {
        let six = exact("6");
        for (value, shown) in [
            ("5.96", "5.96"),
            ("5.94", "5.9"),
            ("5.9996", "5.9996"),
            ("6", "6.0"),
            ("6.04", "6.04"),
            ("7", "7.0"),
        ] {
            assert_eq!(exact(value).shown_against(&six), shown, "{value}");
        }
        assert_eq!(exact("6.04").shown_against(&exact("6.05")), "6.0");
        let third = Exact::quotient(&exact("1"), &exact("3")).unwrap();
        assert_eq!(third.rounded(3), "0.333");
        assert_eq!(Exact::quotient(&third, &exact("0")), None);
    }

    #[test]
    fn ceilings_keep_the_unit() {
        assert_eq!(exact("70.1").ceil(0), exact("71"));
        assert_eq!(exact("0.61").ceil(1), exact("0.7"));
        assert_eq!(exact("71").ceil(0), exact("71"));
    }
}
