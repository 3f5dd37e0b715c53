//! What a command answers when it could not do its work.

use app::words::{Mishap, Sentence, mishap, sentence};
use serde::Serialize;

/// The catalogue's word for a damaged ledger.
const DAMAGE: &str = "ledger_damaged";

/// What happened and what to do next, in the words of the one catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// A word for programs; it never changes its meaning.
    pub code: &'static str,
    /// What happened.
    pub what: String,
    /// What to do next.
    pub next: String,
}

impl Failure {
    /// Says whether the ledger turned out to be damaged.
    pub fn is_damage(&self) -> bool {
        self.code == DAMAGE
    }
}

impl From<Sentence> for Failure {
    fn from(said: Sentence) -> Self {
        let said = said.for_window();
        Self { code: said.code, what: said.what, next: said.next }
    }
}

impl From<app::Error> for Failure {
    fn from(error: app::Error) -> Self {
        sentence(&error).into()
    }
}

impl From<Mishap> for Failure {
    fn from(what: Mishap) -> Self {
        mishap(&what).into()
    }
}
