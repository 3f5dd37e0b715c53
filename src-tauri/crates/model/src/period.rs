//! Reporting periods: months of a year.

use std::fmt;
use std::str::FromStr;

use chrono::{Months, NaiveDate};

/// A month, `2024-03`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    year: u16,
    month: u8,
}

/// A text that is not a period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a period of the form 2024-03")]
pub struct BadPeriod(pub String);

impl Period {
    /// Takes a year 2000–2999 and a month 1–12.
    pub fn new(year: u16, month: u8) -> Result<Self, BadPeriod> {
        if (2000..=2999).contains(&year) && (1..=12).contains(&month) {
            Ok(Self { year, month })
        } else {
            Err(BadPeriod(format!("{year}-{month}")))
        }
    }

    /// Returns the year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// Returns the month, 1–12, which is also the months elapsed (m of §2).
    pub fn month(self) -> u8 {
        self.month
    }

    /// Returns the last day.
    pub fn last_day(self) -> NaiveDate {
        let first =
            NaiveDate::from_ymd_opt(i32::from(self.year), u32::from(self.month), 1).unwrap_or_default();
        (first + Months::new(1)).pred_opt().unwrap_or_default()
    }

    /// Says whether this is the year's last period.
    pub fn is_final(self) -> bool {
        self.month == 12
    }

    /// Returns `202403`, the number under which the ledger keeps the period.
    pub fn number(self) -> u32 {
        u32::from(self.year) * 100 + u32::from(self.month)
    }

    /// Reads [`Self::number`] back.
    pub fn from_number(number: u32) -> Result<Self, BadPeriod> {
        let bad = || BadPeriod(number.to_string());
        let year = u16::try_from(number / 100).map_err(|_| bad())?;
        Self::new(year, (number % 100) as u8).map_err(|_| bad())
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:02}", self.year, self.month)
    }
}

impl FromStr for Period {
    type Err = BadPeriod;

    fn from_str(text: &str) -> Result<Self, BadPeriod> {
        let bad = || BadPeriod(text.to_owned());
        let (year, month) = text.split_once('-').ok_or_else(bad)?;
        let plain = |part: &str, len| part.len() == len && part.bytes().all(|b| b.is_ascii_digit());
        if !plain(year, 4) || !plain(month, 2) {
            return Err(bad());
        }
        Self::new(year.parse().map_err(|_| bad())?, month.parse().map_err(|_| bad())?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_read_and_print() {
        let march: Period = "2024-03".parse().unwrap();
        assert_eq!((march.to_string().as_str(), march.number()), ("2024-03", 202_403));
        assert_eq!(Period::from_number(202_403), Ok(march));
        assert_eq!(march.last_day().to_string(), "2024-03-31");
        for bad in ["2024-3", "2024-13", "2024-00", "24-03", "2024/03", "2024-03-01", "+024-03", ""] {
            assert!(bad.parse::<Period>().is_err(), "{bad}");
        }
        assert!(Period::from_number(202_413).is_err());
    }
}
