//! What to do next: 填报, 审核, 报送, 回执, each ticked when it is done.

use super::{OfficeHome, Step};
use crate::desk::Desk;
use crate::screens::PeriodState;
use crate::words::{self, StepWords};

/// Lists what to do about the period, and what cannot wait in others; at least one thing.
pub(super) fn steps(desk: &Desk, home: &OfficeHome, restored: bool) -> Vec<Step> {
    let period = &home.period.period;
    let mut steps = Vec::new();
    let mut add = |place: &str, of: &str, done: bool, said: StepWords<'_>| {
        let (title, text) = words::step(&said);
        steps.push(Step { title, text, place: place.to_owned(), period: of.to_owned(), done });
    };
    if restored {
        add("receipts", period, false, StepWords::CatchUp);
    }
    // What came back goes first, wherever it is; then what was never sent though a later period was.
    let touched = |state| !matches!(state, PeriodState::Untouched | PeriodState::Draft);
    let last_sent = home.periods.iter().rposition(|other| touched(other.state));
    for (at, other) in home.periods.iter().enumerate() {
        let here = other.period == *period;
        match other.state {
            PeriodState::Returned if !here => {
                add("entry", &other.period, false, StepWords::ReturnedElsewhere(other));
            }
            PeriodState::Changed if !here => {
                add("sending", &other.period, false, StepWords::ChangedElsewhere(other));
            }
            PeriodState::Untouched | PeriodState::Draft
                if !here && last_sent.is_some_and(|last| at < last) =>
            {
                add("entry", &other.period, false, StepWords::Skipped(other));
            }
            _ => {}
        }
    }
    let counts = &home.counts;
    let state = home.period.state;
    let returned = desk.posts.iter().filter_map(|post| desk.returned(desk.plan.target(&post.target)?));
    let (mended, open): (Vec<_>, Vec<_>) = returned.partition(|cell| cell.mended);
    let (mended, open) = (mended.len(), open.len());
    if mended + open > 0 {
        add("entry", period, open == 0, StepWords::Returned { open, mended });
    }
    let open_findings = desk.open_findings();
    // What a later plan asks besides is no reason to report a month again.
    let added = desk.added_later();
    if added > 0 {
        add("entry", period, true, StepWords::AddedLater { reported: counts.total, added });
    } else {
        let filled = counts.empty == 0;
        add("entry", period, filled, StepWords::FillIn(counts));
        let clean = filled && open_findings.total() == 0;
        add("checks", period, clean, StepWords::Check(open_findings));
    }
    let sent = touched(state) && state != PeriodState::Changed && open == 0;
    add("sending", period, sent, StepWords::Send { state, due: &home.period.due });
    let answered = sent && !matches!(state, PeriodState::Exported);
    let known = home.last_receipt.is_some();
    let state = &home.period.state_label;
    add("receipts", period, answered, StepWords::Receipt { sent, state, answered, known });
    let next = home.periods.iter().skip_while(|other| other.period != *period).nth(1);
    if let Some(next) = next.filter(|next| sent && next.state == PeriodState::Untouched) {
        add("entry", &next.period, false, StepWords::Next(next));
    }
    steps
}
