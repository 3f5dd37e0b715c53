//! The words that stand for the model's choices in records.

use model::plan::OfficeKind;
use model::returns::Field;
use model::target::{Comparator, Frequency, Kind};

use super::RecordFault;
use crate::strict::UnknownWord;

/// A choice with one word for each of its cases. The match is exhaustive: a case added to the model needs its word here.
macro_rules! words {
    ($choice:ident { $($case:ident $word:literal),+ $(,)? }) => {
        impl Word for $choice {
            const ALL: &'static [Self] = &[$(Self::$case),+];

            fn word(self) -> &'static str {
                match self {
                    $(Self::$case => $word),+
                }
            }
        }
    };
}

pub(super) trait Word: Copy + 'static {
    const ALL: &'static [Self];

    fn word(self) -> &'static str;

    fn read(field: &'static str, text: &str) -> Result<Self, RecordFault> {
        let found = Self::ALL.iter().copied().find(|case| case.word() == text);
        found.ok_or_else(|| RecordFault::value(field, UnknownWord::new(text)))
    }
}

words!(Kind {
    Count "count",
    Stock "stock",
    Growth "growth",
    Share "share",
    Milestone "milestone",
    Statement "statement",
    Relative "relative",
});

words!(Comparator {
    Reach "reach",
    AtLeast "at_least",
    Above "above",
    About "about",
    AtMost "at_most",
    Below "below",
});

words!(Frequency {
    Monthly "monthly",
    Quarterly "quarterly",
    HalfYearly "half_yearly",
    Yearly "yearly",
});

words!(OfficeKind {
    Street "street",
    Town "town",
    Zone "zone",
    Department "department",
    Own "own",
});

words!(Field {
    Value "value",
    Current "current",
    Base "base",
    Numerator "numerator",
    Denominator "denominator",
    Rate "rate",
    Stage "stage",
    NotApplicable "not_applicable",
    Note "note",
    Problem "problem",
    NextStep "next_step",
    Explanation "explanation",
    Evidence "evidence",
});
