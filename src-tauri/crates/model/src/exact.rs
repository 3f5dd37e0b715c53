//! Exact quotients: decisions are made on them, only display rounds (§2, numbers).

use std::cmp::Ordering;
use std::ops::{Add, Mul, Sub};

use num_bigint::BigInt;
use num_rational::BigRational;
use rust_decimal::Decimal;

use self::Parts::{Large, Small};
use crate::figure::Figure;

/// Digits after the point beyond which display stops trying to show a decision.
const MOST_DECIMALS: u32 = 12;

/// An exact rational number.
#[derive(Debug, Clone)]
pub struct Exact(Parts);

/// Hundreds of thousands of lamps are decided on a few digits each, which are no work for numbers without bounds.
#[derive(Debug, Clone)]
enum Parts {
    /// A numerator and a denominator above zero, not reduced: finding what they share would cost more than the rest.
    Small(i128, i128),
    /// What does not fit.
    Large(BigRational),
}

impl Exact {
    /// Divides exactly; none where the divisor is zero.
    pub fn quotient(dividend: &Self, divisor: &Self) -> Option<Self> {
        if divisor.is_zero() {
            return None;
        }
        let small = |(a, b): (i128, i128), (c, d): (i128, i128)| {
            let (above, below) = (a.checked_mul(d)?, b.checked_mul(c)?);
            if below > 0 { Some((above, below)) } else { Some((above.checked_neg()?, below.checked_neg()?)) }
        };
        Some(dividend.with(divisor, small, |one, other| one / other))
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
        match &self.0 {
            Small(above, _) => above.cmp(&0),
            Large(value) => value.numer().cmp(&BigInt::ZERO),
        }
    }

    /// Returns the distance from zero.
    pub fn abs(&self) -> Self {
        if self.sign() == Ordering::Less { &Self::from(0) - self } else { self.clone() }
    }

    /// Rounds up to a number of decimals.
    pub fn ceil(&self, decimals: u32) -> Self {
        let scale = BigRational::from_integer(BigInt::from(10).pow(decimals));
        Self(Large((self.large() * &scale).ceil() / scale))
    }

    /// Rounds half away from zero and prints exactly this many decimals.
    pub fn rounded(&self, decimals: u32) -> String {
        let scaled = self.large() * BigRational::from_integer(BigInt::from(10).pow(decimals));
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
            let round = |value: &Self| (value.large() * &scale).round();
            round(self).cmp(&(bar.large() * &scale)) == truth || truth == Ordering::Equal
        };
        let decimals = (1..MOST_DECIMALS).find(|d| shows(*d)).unwrap_or(MOST_DECIMALS);
        self.rounded(decimals)
    }

    fn large(&self) -> BigRational {
        match &self.0 {
            Small(above, below) => BigRational::new((*above).into(), (*below).into()),
            Large(value) => value.clone(),
        }
    }

    /// Works on two numbers: on the small ones if their outcome is small too, else without bounds.
    fn with(
        &self,
        other: &Self,
        small: impl FnOnce((i128, i128), (i128, i128)) -> Option<(i128, i128)>,
        large: impl FnOnce(BigRational, BigRational) -> BigRational,
    ) -> Self {
        if let (Small(a, b), Small(c, d)) = (&self.0, &other.0)
            && let Some((above, below)) = small((*a, *b), (*c, *d))
        {
            return Self(Small(above, below));
        }
        Self(Large(large(self.large(), other.large())))
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        let crossed = match (&self.0, &other.0) {
            (Small(a, b), Small(c, d)) if b == d => Some(a.cmp(c)),
            (Small(a, b), Small(c, d)) => a.checked_mul(*d).zip(c.checked_mul(*b)).map(|(a, c)| a.cmp(&c)),
            _ => None,
        };
        crossed.unwrap_or_else(|| self.large().cmp(&other.large()))
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Exact {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Exact {}

impl From<i64> for Exact {
    fn from(value: i64) -> Self {
        Self(Small(value.into(), 1))
    }
}

impl From<Decimal> for Exact {
    fn from(value: Decimal) -> Self {
        // A decimal has at most 28 decimals, for which there is room.
        Self(Small(value.mantissa(), 10_i128.pow(value.scale())))
    }
}

impl From<Figure> for Exact {
    fn from(value: Figure) -> Self {
        value.decimal().into()
    }
}

/// Brings two numbers to one denominator and works on the numerators.
fn together(
    (a, b): (i128, i128),
    (c, d): (i128, i128),
    work: impl FnOnce(i128, i128) -> Option<i128>,
) -> Option<(i128, i128)> {
    if b == d {
        return Some((work(a, c)?, b));
    }
    Some((work(a.checked_mul(d)?, c.checked_mul(b)?)?, b.checked_mul(d)?))
}

impl Add for &Exact {
    type Output = Exact;

    fn add(self, other: Self) -> Exact {
        self.with(other, |one, two| together(one, two, i128::checked_add), |one, two| one + two)
    }
}

impl Sub for &Exact {
    type Output = Exact;

    fn sub(self, other: Self) -> Exact {
        self.with(other, |one, two| together(one, two, i128::checked_sub), |one, two| one - two)
    }
}

impl Mul for &Exact {
    type Output = Exact;

    fn mul(self, other: Self) -> Exact {
        let small = |(a, b): (i128, i128), (c, d)| Some((a.checked_mul(c)?, b.checked_mul(d)?));
        self.with(other, small, |one, two| one * two)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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

    /// Some numbers, of all sizes: small ones, and ones whose products no machine word holds.
    fn any_exact() -> impl Strategy<Value = Exact> {
        let part = prop_oneof![-1_000_i64..1_000, any::<i64>()];
        (part.clone(), part.clone(), part).prop_map(|(a, b, c)| {
            let long = &Exact::from(a) * &Exact::from(b);
            Exact::quotient(&long, &Exact::from(c)).unwrap_or(long)
        })
    }

    fn agree(found: &Exact, wanted: &BigRational) {
        assert_eq!(found.large(), *wanted);
        assert_eq!(found, &Exact(Large(wanted.clone())));
        assert_eq!(found.sign(), wanted.numer().cmp(&BigInt::ZERO));
    }

    proptest! {
        #[test]
        fn what_is_small_reckons_as_what_has_no_bounds(a in any_exact(), b in any_exact()) {
            let (x, y) = (a.large(), b.large());
            agree(&(&a + &b), &(&x + &y));
            agree(&(&a - &b), &(&x - &y));
            agree(&(&a * &b), &(&x * &y));
            agree(&a.abs(), &x.max(-a.large()));
            let x = a.large();
            match Exact::quotient(&a, &b) {
                Some(found) => agree(&found, &(&x / &y)),
                None => assert!(b.is_zero()),
            }
            assert_eq!(a.cmp(&b), x.cmp(&y));
            assert_eq!(a == b, x == y);
        }
    }

    #[test]
    fn ceilings_keep_the_unit() {
        assert_eq!(exact("70.1").ceil(0), exact("71"));
        assert_eq!(exact("0.61").ceil(1), exact("0.7"));
        assert_eq!(exact("71").ceil(0), exact("71"));
    }
}
