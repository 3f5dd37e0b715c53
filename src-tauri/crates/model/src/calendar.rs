//! The plan's calendar: which periods are reported, and by when (§2, periods and frequency).

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};

use crate::period::Period;

/// How the year of a plan is reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// The year of the plan.
    pub year: u16,
    /// January is reported together with February, as `02`; `01` is then refused.
    pub merge_jan_feb: bool,
    /// The first period that is reported; earlier months are never missing.
    pub first_month: u8,
    /// The day of the following month by which a return is due, 1–28.
    pub due_day: u8,
    /// Due dates that differ, by month.
    pub due_exceptions: BTreeMap<u8, NaiveDate>,
}

/// A period that the plan does not report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotReported {
    /// The period belongs to another year than the plan.
    #[error("{period} is not a period of {year}")]
    OtherYear {
        /// The period asked for.
        period: Period,
        /// The year of the plan.
        year: u16,
    },
    /// January is reported together with February.
    #[error("{0} is reported together with February")]
    Merged(Period),
    /// The period lies before the first one that the plan reports.
    #[error("{period} lies before the first period {first}")]
    TooEarly {
        /// The period asked for.
        period: Period,
        /// The first period of the plan.
        first: Period,
    },
}

/// The merged first report of the year is filed for February.
const MERGED: u8 = 2;

impl Calendar {
    /// Makes the usual calendar of a year: January and February merged, due on the 5th of the following month.
    pub fn usual(year: u16) -> Self {
        Self { year, merge_jan_feb: true, first_month: MERGED, due_day: 5, due_exceptions: BTreeMap::new() }
    }

    /// Lists the reported periods, in order.
    pub fn periods(&self) -> impl Iterator<Item = Period> + '_ {
        (1..=12).filter_map(|month| Period::new(self.year, month).ok()).filter(|p| self.admit(*p).is_ok())
    }

    /// Checks that a period is reported under this plan.
    pub fn admit(&self, period: Period) -> Result<(), NotReported> {
        if period.year() != self.year {
            return Err(NotReported::OtherYear { period, year: self.year });
        }
        if self.merge_jan_feb && period.month() < MERGED {
            return Err(NotReported::Merged(period));
        }
        match Period::new(self.year, self.first_month) {
            Ok(first) if period < first => Err(NotReported::TooEarly { period, first }),
            _ => Ok(()),
        }
    }

    /// Returns the reported period before this one, in the same year.
    pub fn previous(&self, period: Period) -> Option<Period> {
        self.periods().take_while(|p| *p < period).last()
    }

    /// Returns the last day on which a return for the period arrives in time.
    pub fn due_date(&self, period: Period) -> NaiveDate {
        let (year, month) = match period.month() {
            12 => (i32::from(period.year()) + 1, 1),
            m => (i32::from(period.year()), u32::from(m) + 1),
        };
        let first_day = NaiveDate::from_ymd_opt(year, month, 1).unwrap_or_default();
        let regular = first_day + Days::new(u64::from(self.due_day.saturating_sub(1)));
        self.due_exceptions.get(&period.month()).copied().unwrap_or(regular)
    }

    /// Returns the period that users read as `1—2月` or `3月`.
    pub fn label(&self, period: Period) -> String {
        if self.merge_jan_feb && period.month() == MERGED {
            format!("{}年1—2月", period.year())
        } else {
            format!("{}年{}月", period.year(), period.month())
        }
    }

    /// Returns the period whose return falls due next on a day: the one that just ended.
    pub fn current(&self, today: NaiveDate) -> Option<Period> {
        self.periods()
            .filter(|p| (today.year(), today.month()) > (i32::from(p.year()), u32::from(p.month())))
            .last()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(text: &str) -> Period {
        text.parse().unwrap()
    }

    #[test]
    fn a_merged_year_starts_in_february() {
        let calendar = Calendar::usual(2024);
        assert_eq!(calendar.admit(period("2024-01")), Err(NotReported::Merged(period("2024-01"))));
        assert_eq!(calendar.periods().count(), 11);
        assert_eq!(calendar.label(period("2024-02")), "2024年1—2月");
        assert_eq!(calendar.previous(period("2024-02")), None);
        assert_eq!(calendar.previous(period("2024-03")), Some(period("2024-02")));
        assert!(matches!(calendar.admit(period("2025-03")), Err(NotReported::OtherYear { .. })));
    }

    #[test]
    fn months_before_the_first_period_are_refused() {
        let calendar = Calendar { first_month: 4, merge_jan_feb: false, ..Calendar::usual(2024) };
        assert!(matches!(calendar.admit(period("2024-03")), Err(NotReported::TooEarly { .. })));
        assert_eq!(calendar.periods().next(), Some(period("2024-04")));
    }

    #[test]
    fn due_dates_follow_the_month_and_its_exceptions() {
        let mut calendar = Calendar::usual(2024);
        assert_eq!(calendar.due_date(period("2024-03")).to_string(), "2024-04-05");
        assert_eq!(calendar.due_date(period("2024-12")).to_string(), "2025-01-05");
        let later = NaiveDate::from_ymd_opt(2024, 10, 9).unwrap();
        calendar.due_exceptions.insert(9, later);
        assert_eq!(calendar.due_date(period("2024-09")), later);
        assert_eq!(calendar.current(later), Some(period("2024-09")));
        assert_eq!(calendar.current(NaiveDate::from_ymd_opt(2024, 2, 10).unwrap()), None);
    }
}
