//! Figures as a sheet holds them.

use model::target::{Kind, Target};

/// The most digits that a number of a sheet keeps; what has more is written as text, so that none is lost.
const DIGITS: usize = 15;

/// What a cell of a sheet holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// An amount, with so many decimals.
    Amount(f64, usize),
    /// A rate, 0.06 for 6 %, with so many decimals of its percent.
    Rate(f64, usize),
    /// A stage, or what is no number.
    Text(String),
}

impl Value {
    /// Makes the value of a figure: exact as programs read it, and as people do.
    pub fn of(target: &Target, exact: Option<&str>, shown: &str) -> Self {
        let text = || Self::Text(if shown == "—" { String::new() } else { shown.to_owned() });
        let Some(exact) = exact.filter(|exact| significant(exact) <= DIGITS) else { return text() };
        let Ok(number) = exact.parse::<f64>() else { return text() };
        match target.kind() {
            Kind::Count | Kind::Stock => Self::Amount(number, decimals(exact)),
            Kind::Growth | Kind::Share | Kind::Relative => Self::Rate(number / 100.0, decimals(shown)),
            Kind::Milestone | Kind::Statement => text(),
        }
    }
}

fn significant(number: &str) -> usize {
    number.trim_start_matches(['-', '0', '.']).chars().filter(char::is_ascii_digit).count()
}

/// Counts the digits behind the point.
fn decimals(number: &str) -> usize {
    let behind = number.split_once('.').map_or("", |(_, behind)| behind);
    behind.chars().take_while(char::is_ascii_digit).count()
}

#[cfg(test)]
mod laws {
    use super::*;

    #[test]
    fn digits_are_counted_where_they_are() {
        assert_eq!((significant("0.00120"), significant("-1234.5"), significant("0")), (3, 5, 0));
        assert_eq!((decimals("5.96%"), decimals("7"), decimals("0.5")), (2, 0, 1));
    }
}
