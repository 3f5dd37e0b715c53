//! Figures as people read them.

use model::exact::Exact;
use model::returns::Figures;
use model::target::Target;

/// The most decimals a figure may carry, and so the most that are shown.
const DECIMALS: u32 = model::figure::MAX_DECIMALS;

/// Writes an amount with thousands separators and all its decimals.
pub fn amount(value: &Exact) -> String {
    group(&value.trimmed(DECIMALS))
}

fn group(plain: &str) -> String {
    let (sign, unsigned) = plain.strip_prefix('-').map_or(("", plain), |rest| ("-", rest));
    let (whole, fraction) = unsigned.split_once('.').map_or((unsigned, None), |(w, f)| (w, Some(f)));
    let mut out = String::from(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// Writes a rate with one decimal and its sign of percent, or more where rounding would hide on which side of the bar it lies.
pub(super) fn rate(value: &Exact, bar: Option<&Exact>) -> String {
    match bar {
        Some(bar) => format!("{}%", value.shown_against(bar)),
        None => format!("{}%", value.rounded(1)),
    }
}

/// Writes points or percent: one decimal, none where the number is whole.
pub(super) fn points(value: &Exact) -> String {
    // A gap that rounds to nothing is still a gap.
    let decimals = (1..DECIMALS).find(|d| value.rounded(*d).contains(|c| ('1'..='9').contains(&c)));
    value.rounded(if value.is_zero() { 0 } else { decimals.unwrap_or(DECIMALS) })
}

/// Writes the figures of an entry: `690 个`, `3.42 ÷ 3.05`, `主体封顶`.
pub fn figures(target: &Target, figures: &Figures) -> String {
    let plain = |figure: &model::figure::Figure| group(&figure.to_string());
    match figures {
        Figures::Amount(value) => format!("{} {}", plain(value), target.unit),
        Figures::Pair(first, second) => format!("{} ／ {}", plain(first), plain(second)),
        Figures::Published { rate, .. } => format!("{rate}%"),
        Figures::Stage(stage) => target.stage_name(*stage).unwrap_or_default().to_owned(),
    }
}

/// Writes the size of a file or of a drive: `812 字节`, `37 KB`, `1.2 MB`, `12.3 GB`.
pub fn size(bytes: u64) -> String {
    // What would round up to a thousand of a unit is one of the next.
    let tenths = |unit: u64| {
        let tenths = (bytes + unit / 20) / (unit / 10);
        format!("{}.{}", tenths / 10, tenths % 10)
    };
    match bytes {
        0..1000 => format!("{bytes} 字节"),
        1000..999_500 => format!("{} KB", (bytes + 500) / 1000),
        999_500..999_950_000 => format!("{} MB", tenths(1_000_000)),
        _ => format!("{} GB", tenths(1_000_000_000)),
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;

    fn exact(text: &str) -> Exact {
        text.parse::<Decimal>().unwrap().into()
    }

    #[test]
    fn amounts_are_grouped() {
        for (value, shown) in
            [("7400", "7,400"), ("-1234567.5", "-1,234,567.5"), ("999", "999"), ("0", "0"), ("7.5", "7.5")]
        {
            assert_eq!(amount(&exact(value)), shown);
        }
    }

    #[test]
    fn sizes_never_show_a_thousand_of_a_unit() {
        for (bytes, shown) in [
            (812, "812 字节"),
            (1000, "1 KB"),
            (36_600, "37 KB"),
            (999_499, "999 KB"),
            (999_500, "1.0 MB"),
            (1_249_999, "1.2 MB"),
            (1_250_000, "1.3 MB"),
            (20_000_000, "20.0 MB"),
            (999_949_999, "999.9 MB"),
            (999_950_000, "1.0 GB"),
            (12_340_000_000, "12.3 GB"),
        ] {
            assert_eq!(size(bytes), shown);
        }
    }

    #[test]
    fn a_gap_never_rounds_to_nothing() {
        assert_eq!(points(&exact("27")), "27.0");
        assert_eq!(points(&exact("0.04")), "0.04");
        assert_eq!(points(&exact("0")), "0");
    }
}
