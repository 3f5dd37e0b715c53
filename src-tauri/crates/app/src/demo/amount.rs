//! Amounts as whole numbers of their smallest step, so that nothing is ever rounded twice.

use model::figure::Figure;
use model::target::Target;

/// Decimals of amounts counted in ten thousands or hundred millions.
const COARSE_UNIT_DECIMALS: u32 = 2;

/// Returns the decimals that figures of a target have: a count of things has none.
pub(super) fn decimals(target: &Target) -> u32 {
    let coarse = target.unit.starts_with(['万', '亿']);
    let of_unit = if coarse { COARSE_UNIT_DECIMALS } else { 0 };
    target.goal().map_or(0, |goal| goal.value.decimal().scale()).max(of_unit)
}

/// Returns a figure as steps of that many decimals, cut where it has more.
pub(super) fn steps(figure: Figure, decimals: u32) -> i64 {
    let decimal = figure.decimal();
    let power = |exponent: u32| 10_i128.saturating_pow(exponent);
    let steps = match decimals.checked_sub(decimal.scale()) {
        Some(more) => decimal.mantissa().saturating_mul(power(more)),
        None => decimal.mantissa() / power(decimal.scale() - decimals),
    };
    i64::try_from(steps).unwrap_or(i64::MAX)
}

/// Writes steps as a figure is typed.
pub(super) fn typed(steps: i64, decimals: u32) -> String {
    let sign = if steps < 0 { "-" } else { "" };
    let width = decimals as usize + 1;
    let digits = format!("{:0>width$}", steps.unsigned_abs());
    let (whole, fraction) = digits.split_at(digits.len() - decimals as usize);
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}
