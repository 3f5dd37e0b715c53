//! Texts that a spreadsheet would take for a formula (CSV injection).
//!
//! Following OWASP, such a text gets an apostrophe in front. Taking it off again is exact because a text that already
//! has apostrophes there gets one more.

/// What makes a spreadsheet compute instead of show; a Chinese Excel also takes the full-width signs.
const TRIGGERS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
/// What may stand before a trigger without disarming it, and the apostrophe itself.
const SKIPPED: [char; 4] = ['\'', ' ', '\u{a0}', '\u{3000}'];

fn is_formula(text: &str) -> bool {
    text.trim_start_matches(SKIPPED).starts_with(TRIGGERS)
}

/// Makes a text safe to open in a spreadsheet.
pub(super) fn guard(text: &str) -> String {
    if is_formula(text) { format!("'{text}") } else { text.to_owned() }
}

/// Takes off what [`guard`] put on.
pub(super) fn unguard(text: &str) -> &str {
    text.strip_prefix('\'').filter(|_| is_formula(text)).unwrap_or(text)
}
