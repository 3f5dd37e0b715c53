//! The one catalogue of what people read: every error, finding, verdict and lamp as a Chinese sentence.
//!
//! The matches are exhaustive, so a code without a sentence does not compile.

mod bulletin;
mod charts;
mod consolidation;
mod disk;
mod entry_files;
mod errors;
mod filing;
mod findings;
mod home;
mod hub;
mod hub_offices;
mod issuing;
mod keys;
mod lamps;
mod mishaps;
mod month;
mod numbers;
mod overview;
mod passphrases;
mod places;
mod plan_changes;
mod plan_forms;
mod plan_rules;
mod receiving;
mod rejections;
mod returns;
mod sheet;
mod terms;
mod upward;
mod verdicts;

pub use bulletin::{Moment, NO_LONGER, NOT_ISSUED_THEN, Paragraph, bulletin, bulletin_basis, bulletin_title};
pub use bulletin::{correction, how_reported, whole_day};
pub use charts::{
    BY_THE_SHEET, CARRIED, CHAPTERS, COMPLETION, COMPLETION_HEADS, NOT_APPLICABLE, NOT_COUNTED, NOT_DUE,
    NOT_FILLED_IN, TREND, UNREPORTED, chapters_alt, chapters_heads, completion_alt, month_label, no_lamp,
    percent, trend_alt, trend_heads,
};
pub use consolidation::{
    cell_in_words, cell_origin, coverage_parts, lamp_in_words, lamp_of_code, lamp_rank, missing_text,
    period_locked, period_unlocked,
};
pub use entry_files::{entry_file_error, form_taken};
pub use errors::{plan_fault, revision_fault, sentence};
pub use filing::{
    CHANGED_SINCE_FILED, Filed, filed, filed_version, filed_while_locked, has_been_filed, own_return_counts,
    takes_the_place_of_a_stand_in,
};
pub use findings::{finding, finding_alone, finding_code};
pub use home::{Standstill, StepWords, lamp_name, open_in_words, receipt_in_a_line, standstill, step};
pub use hub::{HubStandstill, hub_period_state, hub_standstill};
pub use hub_offices::{
    CUMULATIVE_AFTER_MERGER, KeyStanding, OFFICE_ADDED, OFFICE_RENAMED, OFFICE_RETIRED, dated_name,
    enrolment_looks_like, enrolment_named_otherwise, enrolment_of_nobody, first_return_after, key_standing,
    lost_return, origins_label, whole_day_label,
};
pub use issuing::{EVERY_OFFICE, last_receipt, plan_file, receipt_file, return_in_a_line, round_summary};
pub use keys::{BEYOND_KEY, KeyEnd, fork_handover, former_key, rotation_waits};
pub use lamps::{coverage, explain, shown_actual, shown_expected, shown_gap};
pub use mishaps::{Holder, Mishap, mishap};
pub use month::{BEHIND_ORDER, RANKING_RULE, needed, pace, reason};
pub use numbers::{amount, figures, size};
pub use overview::{
    HEAT, MONTHS, MONTHS_HEADS, RANKING, RANKING_HEADS, TARGET, Waiting, chapter_lamps, grey_detail,
    kept_share, last_reported, part, place, ranking_alt, waiting,
};
pub(crate) use overview::{cell, heat_alt, months_alt};
pub use passphrases::{passphrase_advice, strength_word};
pub use places::{Unfit, moment, room, unfit};
pub use plan_changes::{assignee_label, plan_change_sentences};
pub use plan_forms::{not_a_figure_sentence, retirement};
pub use receiving::{Paper, Unreviewable, paper, unreviewable};
pub use rejections::{refusal, rejection, skipped};
pub use returns::{chapter_label, computed, duty_change, nothing_filled_in, receipt_summary, returned_cells};
pub use sheet::{
    added_later, bad_picture, box_label, box_unit, chapter_number, clock_time, explain_own, inapplicable,
    lamp_words, nil_refusal, not_due, outlook_own, returned_box, short_answer, unreadable, whole_answer,
};
pub use terms::{
    bundle_kind_label, comparator_code, comparator_label, day_label, frequency_code, frequency_label,
    goal_label, kind_code, kind_label, lamp_code, lamp_label, office_kind_code, office_kind_label,
    state_label,
};
pub use upward::{likeness, misfit, omission, reported_up};
pub use verdicts::{Tone, numbers, verdict};

/// What happened, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// A word for programs; it never changes its meaning.
    pub code: &'static str,
    /// What happened: what was found, what was expected.
    pub what: String,
    /// What to do next; at the command line where the two ways differ.
    pub next: String,
    /// What to do next in the window, where that is something else.
    pub in_window: Option<&'static str>,
}

impl Sentence {
    pub(crate) fn new(code: &'static str, what: impl Into<String>, next: impl Into<String>) -> Self {
        Self { code, what: what.into(), next: next.into(), in_window: None }
    }

    /// Adds what to do next in the window, in place of a command.
    pub(crate) fn in_window(self, next: impl Into<Option<&'static str>>) -> Self {
        Self { in_window: next.into(), ..self }
    }

    /// Says the same to somebody who sits before the window, where there are screens and no commands.
    pub fn for_window(self) -> Self {
        match self.in_window {
            Some(next) => Self { next: next.to_owned(), in_window: None, ..self },
            None => self,
        }
    }
}

#[cfg(test)]
mod window;
