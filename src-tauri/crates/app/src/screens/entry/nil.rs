//! Why 零报告 cannot be declared, said before anybody tries.

use model::check::{self, History, Issue};
use model::returns::Return;

use crate::desk::{Desk, has_something};

/// Why a sheet cannot be a 零报告.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NilRefusal {
    /// Growth and share targets are due, which it cannot answer: their names.
    RatesDue(Vec<String>),
    /// The period was reported with figures already.
    AfterFigures,
    /// Targets that have something in their boxes.
    Typed(usize),
}

impl Desk {
    /// Says why 零报告 cannot be declared; none where it can, or was.
    pub(crate) fn nil_refusal(&self) -> Option<NilRefusal> {
        let nil = Return { nil: true, entries: Default::default(), ..self.reading.the_return.clone() };
        let history: &History = &self.past.history;
        let duties = self.plan.duties_in(self.sheet.period);
        let found = check::check(&self.plan, &duties, &nil, history);
        let rates: Vec<String> = found
            .iter()
            .filter(|finding| finding.issue == Issue::NilWhileRateDue)
            .filter_map(|finding| Some(self.plan.target(finding.target.as_ref()?)?.name.clone()))
            .collect();
        if !rates.is_empty() {
            return Some(NilRefusal::RatesDue(rates));
        }
        if found.iter().any(|finding| finding.issue == Issue::NilAfterFigures) {
            return Some(NilRefusal::AfterFigures);
        }
        let typed = self.posts.iter().filter(|post| has_something(&self.draft, &post.target)).count();
        (typed > 0 && !self.draft.nil).then_some(NilRefusal::Typed(typed))
    }
}
