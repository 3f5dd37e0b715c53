//! Figures: exact decimals of at most 18 digits, 6 of them after the point.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

/// The most digits a figure may have, before and after the point together.
pub const MAX_DIGITS: u32 = 18;
/// The most digits a figure may have after the point.
pub const MAX_DECIMALS: u32 = 6;

/// An exact decimal as an office reports it (§2, numbers).
///
/// Its text form is canonical: no leading or trailing zeros, no exponent, no plus sign, `0` for zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Figure(Decimal);

/// A text that is not a figure.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FigureError {
    /// The text holds something else than one number.
    #[error("{0:?} is not a number")]
    NotANumber(String),
    /// The number has more than [`MAX_DIGITS`] digits.
    #[error("{0:?} has more than {MAX_DIGITS} digits")]
    TooManyDigits(String),
    /// The number has more than [`MAX_DECIMALS`] digits after the point.
    #[error("{0:?} has more than {MAX_DECIMALS} decimals")]
    TooManyDecimals(String),
    /// The number is right but not written in canonical form.
    #[error("{0:?} is not in canonical form")]
    NotCanonical(String),
}

impl Figure {
    /// Zero.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// Takes a decimal that fits the bounds.
    pub fn new(value: Decimal) -> Result<Self, FigureError> {
        Self::parse(&value.normalize().to_string())
    }

    /// Reads a figure in canonical form, as bundles and the ledger carry it.
    pub fn from_canonical(text: &str) -> Result<Self, FigureError> {
        let figure = Self::parse(text)?;
        if is_canonical(text) { Ok(figure) } else { Err(FigureError::NotCanonical(text.to_owned())) }
    }

    /// Reads what a person typed or pasted.
    ///
    /// Full-width digits and signs (`１２．５`), thousands separators in their places (`1,937` or `1，937`), surrounding
    /// white space, one leading plus sign and superfluous zeros are understood; anything else is refused, never guessed.
    pub fn from_typed(text: &str) -> Result<Self, FigureError> {
        let narrow: String = text.trim().chars().map(narrow).collect();
        let bad = || FigureError::NotANumber(text.trim().to_owned());
        let unsigned = narrow.strip_prefix('+').or_else(|| narrow.strip_prefix('-')).unwrap_or(&narrow);
        let (whole, fraction) = match unsigned.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (unsigned, None),
        };
        let whole = ungrouped(whole).filter(|whole| !whole.is_empty()).ok_or_else(bad)?;
        if fraction == Some("") || !whole.bytes().all(|b| b.is_ascii_digit()) {
            return Err(bad());
        }
        let sign = if narrow.starts_with('-') { "-" } else { "" };
        let whole = whole.trim_start_matches('0');
        let fraction = fraction.map(|f| f.trim_end_matches('0')).unwrap_or("");
        let whole = if whole.is_empty() { "0" } else { whole };
        let plain =
            if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") };
        Self::parse(&plain).map_err(|e| e.about(text.trim()))
    }

    fn parse(text: &str) -> Result<Self, FigureError> {
        let owned = || text.to_owned();
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || unsigned.ends_with('.') || !digits(whole) || !digits(fraction) {
            return Err(FigureError::NotANumber(owned()));
        }
        if fraction.len() > MAX_DECIMALS as usize {
            return Err(FigureError::TooManyDecimals(owned()));
        }
        if whole.len() + fraction.len() > MAX_DIGITS as usize {
            return Err(FigureError::TooManyDigits(owned()));
        }
        // So few digits always fit.
        let digit = |sum: i64, byte: u8| sum * 10 + i64::from(byte - b'0');
        let digits = whole.bytes().chain(fraction.bytes()).fold(0, digit);
        let signed = if unsigned.len() < text.len() { -digits } else { digits };
        Ok(Self(Decimal::new(signed, fraction.len() as u32).normalize()))
    }

    /// Returns the decimal.
    pub fn decimal(self) -> Decimal {
        self.0
    }

    /// Says whether the figure is below zero.
    pub fn is_negative(self) -> bool {
        self.0.is_sign_negative() && !self.0.is_zero()
    }

    /// Says whether the figure is zero.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }
}

impl FigureError {
    fn about(self, text: &str) -> Self {
        let text = text.to_owned();
        match self {
            Self::NotANumber(_) => Self::NotANumber(text),
            Self::TooManyDigits(_) => Self::TooManyDigits(text),
            Self::TooManyDecimals(_) => Self::TooManyDecimals(text),
            Self::NotCanonical(_) => Self::NotCanonical(text),
        }
    }
}

/// Maps a full-width character (FF01–FF5E, and the Chinese full stop and minus people type) to its ASCII form.
fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '−' => '-',
        '。' => '.',
        c => c,
    }
}

/// Takes thousands separators out, provided they stand where thousands end.
fn ungrouped(whole: &str) -> Option<String> {
    if !whole.contains(',') {
        return Some(whole.to_owned());
    }
    let mut groups = whole.split(',');
    let first = groups.next().is_some_and(|g| (1..=3).contains(&g.len()));
    (first && groups.all(|g| g.len() == 3)).then(|| whole.replace(',', ""))
}

fn is_canonical(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "1"));
    let leading_zero = whole.len() > 1 && whole.starts_with('0');
    !leading_zero && !fraction.ends_with('0') && text != "-0"
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Decimal keeps the sign of zero; a figure has only one zero.
        if self.0.is_zero() { f.pad("0") } else { f.pad(&self.0.to_string()) }
    }
}

impl FromStr for Figure {
    type Err = FigureError;

    fn from_str(text: &str) -> Result<Self, FigureError> {
        Self::from_canonical(text)
    }
}

impl From<u32> for Figure {
    fn from(value: u32) -> Self {
        Self(value.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn typed_figures_are_understood_or_refused() {
        let good = [
            ("１２．５", "12.5"),
            ("1,937", "1937"),
            ("１，９３７", "1937"),
            (" 007.50 ", "7.5"),
            ("+3", "3"),
            ("-0", "0"),
            ("－0.40", "-0.4"),
            ("0.000001", "0.000001"),
            ("123456789012345678", "123456789012345678"),
            ("1.0000000", "1"),
        ];
        for (typed, canonical) in good {
            assert_eq!(Figure::from_typed(typed).map(|f| f.to_string()), Ok(canonical.to_owned()), "{typed}");
        }
        for bad in [
            "", "-", ".", "1.", ".5", "1,93", "1,9375", ",937", "1e3", "12个", "1 937", "0x1", "NaN",
            "1.2.3", "--1", "+-1", "1.2,3",
        ] {
            assert!(matches!(Figure::from_typed(bad), Err(FigureError::NotANumber(_))), "{bad}");
        }
        assert!(matches!(Figure::from_typed("0.0000001"), Err(FigureError::TooManyDecimals(_))));
        assert!(matches!(Figure::from_typed("1234567890123456789"), Err(FigureError::TooManyDigits(_))));
        assert!(matches!(Figure::from_typed("1234567890123.123456"), Err(FigureError::TooManyDigits(_))));
    }

    #[test]
    fn one_value_has_one_text() {
        for bad in ["1.0", "01", "-0", "0.10", "+1", "１", "1,000", "1.", ".1", ""] {
            assert!(Figure::from_canonical(bad).is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn text_round_trips(mantissa in -999_999_999_999_999_999i64..=999_999_999_999_999_999, scale in 0u32..=6) {
            let figure = Figure::new(Decimal::new(mantissa, scale)).unwrap();
            prop_assert_eq!(Figure::from_canonical(&figure.to_string()), Ok(figure));
            prop_assert_eq!(Figure::from_typed(&figure.to_string()), Ok(figure));
        }
    }
}
