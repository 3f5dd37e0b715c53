//! The facts of a period (本期事实): everything that a hub's overview and bulletin say, gathered once and frozen with the lock.
//!
//! Ranking: an office is ranked only against its own quotas ([`model::ranking`]). Counted are its targets that are due, have a
//! quota and apply to it; kept is what is done or on course. Where it gave nothing this period its latest accepted figure of
//! the year stands in, as in every roll-up, and where there is none the target is not kept. 本级 is not ranked.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use ledger::Stamp;
use model::period::Period;
use model::ranking::{Place, Score, rank};
use serde::{Deserialize, Serialize};

use crate::{Home, Result};

mod cells;
mod exact;
mod gather;
mod lamps;

pub(crate) use cells::CellMark;
pub use exact::ExactFigures;
pub use lamps::Lamps;

/// A period's facts. Figures are texts, as people read them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// `2024-06`.
    pub period: String,
    /// `2024年6月`.
    pub label: String,
    /// Its month without the year, `6月`.
    pub month: String,
    /// Where the year stands, `50%`.
    pub elapsed: String,
    /// The last day in time, `7月5日`.
    pub due: String,
    /// Title of the plan.
    pub plan: String,
    /// Version of the plan.
    pub plan_version: u32,
    /// What the hub is called.
    pub hub: String,
    /// Targets in force, in the order of the report.
    pub targets: Vec<TargetFacts>,
    /// Codes of the targets that are behind, the furthest first.
    pub behind: Vec<String>,
    /// Offices with a duty, in the order of the plan, 本级 included.
    pub offices: Vec<OfficeFacts>,
}

/// How a target stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetFacts {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Code of its chapter.
    pub chapter_code: String,
    /// Number and title of its chapter.
    pub chapter: String,
    /// The lamp's code, `none` where nothing is judged.
    pub lamp: String,
    /// The words beside the lamp: `落后 27.0 点`.
    pub words: String,
    /// Whether it was due at all so far.
    pub due: bool,
    /// The goal.
    pub goal: String,
    /// Actual.
    pub actual: String,
    /// Expected by now.
    pub expected: String,
    /// Gap.
    pub gap: String,
    /// Actual of goal, `23.0%`; empty where it has none.
    pub completion: String,
    /// The same and the expected share in percent, for drawing.
    pub drawn: Option<(String, String)>,
    /// Why the lamp is what it is, with its arithmetic and its coverage.
    pub reason: String,
    /// 剩余月均需, `385 个`; empty where it does not apply.
    pub needed: String,
    /// What a month brought so far, `115 个`; empty where nothing is needed.
    pub pace: String,
    /// Offices with a figure in the period.
    pub reported: u32,
    /// Offices that owe one.
    pub owed: u32,
    /// Offices whose earlier figure stands in.
    pub carried: u32,
    /// Whether it is given to offices at all, or lies with 本级.
    pub given: bool,
    /// The figures, exactly, for whoever reckons on with them; none where there are none.
    #[serde(default)]
    pub exact: Option<ExactFigures>,
    /// The period whose figures these are, `2024-06`; none before the first is due.
    #[serde(default)]
    pub of: Option<String>,
    /// The coverage in words: `按 18/22 家汇总，含 4 家上期数`.
    #[serde(default)]
    pub coverage: String,
}

/// How an office stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeFacts {
    /// Internal id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Whether it is 本级.
    pub own: bool,
    /// Whether it owes a return for the period.
    pub owes: bool,
    /// The day its return arrived; none where it is missing.
    pub arrived: Option<String>,
    /// 迟报.
    pub late: bool,
    /// 零报告.
    pub nil: bool,
    /// 代录.
    pub stand_in: bool,
    /// Who to ask.
    pub contact: String,
    /// Telephone number.
    pub telephone: String,
    /// The last month of the year that it reported before, `5月`; empty where there is none.
    pub last: String,
    /// How it stands towards every target, a letter each in their order.
    pub cells: String,
}

impl Facts {
    /// Counts the targets by lamp.
    pub fn lamps(&self) -> Lamps {
        self.targets.iter().map(|target| target.lamp.as_str()).collect()
    }

    /// Lists the offices that owe a return.
    pub fn owing(&self) -> impl Iterator<Item = &OfficeFacts> {
        self.offices.iter().filter(|office| office.owes)
    }

    /// Lists the offices that owe a return and gave none that counts.
    pub fn missing(&self) -> impl Iterator<Item = &OfficeFacts> {
        self.owing().filter(|office| office.arrived.is_none())
    }

    /// Finds a target.
    pub fn target(&self, code: &str) -> Option<&TargetFacts> {
        self.targets.iter().find(|target| target.code == code)
    }

    /// Puts the offices in their order: the ranked ones with their places, then those that are not ranked.
    pub fn order(&self) -> Vec<(&OfficeFacts, Option<Place>)> {
        let scores: Vec<Score> = self.offices.iter().map(OfficeFacts::score).collect();
        let mut order: Vec<_> = self.offices.iter().zip(rank(&scores)).collect();
        order.sort_by_key(|(_, place)| place.map_or(u32::MAX, |place| place.rank));
        order
    }
}

impl OfficeFacts {
    /// Counts its judged targets by lamp.
    pub fn lamps(&self) -> Lamps {
        self.cells.chars().filter_map(|letter| CellMark::of(letter).lamp()).collect()
    }

    /// Says how many of its judged targets it kept; 本级 is not ranked.
    pub fn score(&self) -> Score {
        if self.own {
            return Score::default();
        }
        let lamps = self.lamps();
        // A milestone whose months nobody has set says nothing about who is to reach it.
        Score { kept: lamps.done + lamps.green, judged: lamps.judged() + lamps.unreported }
    }
}

/// What was gathered and is still so.
#[derive(Default)]
pub(crate) struct Gathered {
    stamp: Option<Stamp>,
    facts: BTreeMap<Period, Arc<Facts>>,
    stands: BTreeMap<Period, Stand>,
}

/// How a period stood, in numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stand {
    pub label: String,
    pub reported: u32,
    pub owed: u32,
    pub lamps: Lamps,
}

impl Home {
    /// Returns the facts of a period: of a locked one as they were frozen, of another as they are.
    pub fn facts(&self, period: Period) -> Result<Arc<Facts>> {
        if let Some(kept) = self.gathered()?.borrow().facts.get(&period) {
            return Ok(Arc::clone(kept));
        }
        let facts = Arc::new(match self.frozen_facts(period)? {
            Some(frozen) => frozen,
            None => self.gather(&*self.apart(period)?)?,
        });
        self.gathered.borrow_mut().facts.insert(period, Arc::clone(&facts));
        Ok(facts)
    }

    /// Returns how a period stood, which takes less than its facts.
    pub(crate) fn stand(&self, period: Period) -> Result<Stand> {
        let kept = self.gathered()?.borrow();
        if let Some(stand) = kept.stands.get(&period) {
            return Ok(stand.clone());
        }
        let facts = kept.facts.get(&period).cloned();
        drop(kept);
        let stand = match facts
            .map(Ok)
            .or_else(|| self.frozen_facts(period).transpose().map(|facts| facts.map(Arc::new)))
        {
            Some(facts) => Stand::of(&*facts?),
            None => self.present_stand(period)?,
        };
        self.gathered.borrow_mut().stands.insert(period, stand.clone());
        Ok(stand)
    }

    /// Says whether how a period stood is known without looking.
    pub(crate) fn knows_stand(&self, period: Period) -> Result<bool> {
        Ok(self.gathered()?.borrow().stands.contains_key(&period))
    }

    /// Forgets what was gathered before anything was written since.
    fn gathered(&self) -> Result<&RefCell<Gathered>> {
        let stamp = Some(self.ledger.read(|tx| tx.stamp())?);
        let mut kept = self.gathered.borrow_mut();
        if kept.stamp != stamp {
            *kept = Gathered { stamp, ..Gathered::default() };
        }
        drop(kept);
        Ok(&self.gathered)
    }

    fn frozen_facts(&self, period: Period) -> Result<Option<Facts>> {
        let lock = self.ledger.read(|tx| tx.lock_of(period))?;
        // A freeze that holds something else is one of a format before this one.
        Ok(lock.and_then(|lock| serde_json::from_slice(&lock.payload).ok()))
    }

    /// Writes the facts of a period for its freeze.
    pub(crate) fn freeze_facts(&self, facts: &Facts) -> Result<Vec<u8>> {
        serde_json::to_vec(facts).map_err(crate::Error::unreadable)
    }
}
