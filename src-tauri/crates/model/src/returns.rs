//! Returns: what one office reports for one period.

use std::collections::BTreeMap;

use crate::figure::Figure;
use crate::id::{OfficeId, TargetId};
use crate::period::Period;
use crate::target::Kind;

/// What one office reports for one period: a full snapshot, not a difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Return {
    /// The office whose figures these are.
    pub office: OfficeId,
    /// The period reported.
    pub period: Period,
    /// The plan version it was made against.
    pub plan_version: u32,
    /// 零报告: one signed statement that nothing was added this period.
    pub nil: bool,
    /// 代录: entered by the hub from a stamped scan, superseded by the office's own return.
    pub stand_in: bool,
    /// Who filled in, checked and issued it.
    pub sign_off: SignOff,
    /// The entries; a target without one is 未填.
    pub entries: BTreeMap<TargetId, Entry>,
}

/// The three names under every return.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SignOff {
    /// 填报人.
    pub filled_by: String,
    /// 审核人.
    pub checked_by: String,
    /// 签发人.
    pub issued_by: String,
}

/// One target's line in a return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The figures, or why there are none.
    pub answer: Answer,
    /// The words beside them.
    pub remarks: Remarks,
    /// The evidence files, in the order added.
    pub evidence: Vec<Evidence>,
}

/// What an entry says: figures (0 among them), or 不适用. 未填 is the absence of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Figures of the target's kind.
    Figures(Figures),
    /// 不适用, with the reason.
    NotApplicable(String),
}

/// The figures of an entry, by the kind of its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figures {
    /// Count or stock: the cumulative figure or the level.
    Amount(Figure),
    /// Growth and relative: current amount, then the same period of last year. Share: numerator, then denominator.
    Pair(Figure, Figure),
    /// An official rate in percent, with the two amounts where they are published too.
    Published {
        /// The published rate, in percent.
        rate: Figure,
        /// The two amounts, in the order of [`Figures::Pair`].
        amounts: Option<(Figure, Figure)>,
    },
    /// Milestone and statement: the stage reached, 0 being the first.
    Stage(u8),
}

impl Figures {
    /// Says whether these figures can stand in an entry of a target.
    pub fn suits(&self, kind: Kind, official: bool) -> bool {
        match self {
            Self::Amount(_) => kind.is_amount(),
            Self::Pair(..) => kind.is_rate() && !official,
            Self::Published { .. } => kind.is_rate() && official,
            Self::Stage(_) => matches!(kind, Kind::Milestone | Kind::Statement),
        }
    }

    /// Returns what a 零报告 stands for when nothing was accepted before: zero, or the first stage; rates have no such value.
    pub fn nothing(kind: Kind) -> Option<Self> {
        match kind {
            Kind::Count | Kind::Stock => Some(Self::Amount(Figure::ZERO)),
            Kind::Milestone | Kind::Statement => Some(Self::Stage(0)),
            Kind::Growth | Kind::Share | Kind::Relative => None,
        }
    }
}

/// The words of an entry; empty where nothing was said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Remarks {
    /// 进展说明.
    pub note: String,
    /// 存在问题.
    pub problem: String,
    /// 下步措施.
    pub next_step: String,
    /// The explanation of warnings that the checks raised.
    pub explanation: String,
}

impl Remarks {
    /// Says whether nothing was said at all.
    pub fn is_empty(&self) -> bool {
        [&self.note, &self.problem, &self.next_step, &self.explanation].iter().all(|text| text.is_empty())
    }
}

/// A file that supports an entry; its bytes travel beside the return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// SHA-256 of the content, which is also how it is stored.
    pub sha256: [u8; 32],
    /// Length in bytes.
    pub len: u64,
    /// The name it had, for people; never used as a path.
    pub label: String,
}

/// A box of an entry, as findings, returned cells and entry files name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The amount of a count or stock.
    Value,
    /// The current amount of a growth target.
    Current,
    /// The amount of the same period of last year.
    Base,
    /// The numerator of a share.
    Numerator,
    /// The denominator of a share.
    Denominator,
    /// The published rate.
    Rate,
    /// The stage reached.
    Stage,
    /// The reason why the target does not apply.
    NotApplicable,
    /// 进展说明.
    Note,
    /// 存在问题.
    Problem,
    /// 下步措施.
    NextStep,
    /// The explanation of a warning.
    Explanation,
    /// The evidence files.
    Evidence,
}

impl Field {
    /// Every field, in the order in which forms show them.
    pub const ALL: [Self; 13] = [
        Self::Value,
        Self::Rate,
        Self::Current,
        Self::Base,
        Self::Numerator,
        Self::Denominator,
        Self::Stage,
        Self::NotApplicable,
        Self::Note,
        Self::Problem,
        Self::NextStep,
        Self::Explanation,
        Self::Evidence,
    ];

    /// Lists the boxes that hold the figures of a kind of target, required ones first.
    pub fn of_figures(kind: Kind, official: bool) -> &'static [Self] {
        match (kind, official) {
            (Kind::Count | Kind::Stock, _) => &[Self::Value],
            (Kind::Share, false) => &[Self::Numerator, Self::Denominator],
            (Kind::Share, true) => &[Self::Rate, Self::Numerator, Self::Denominator],
            (Kind::Growth | Kind::Relative, false) => &[Self::Current, Self::Base],
            (Kind::Growth | Kind::Relative, true) => &[Self::Rate, Self::Current, Self::Base],
            (Kind::Milestone | Kind::Statement, _) => &[Self::Stage],
        }
    }

    /// Says whether the box holds a figure or a stage, and not words.
    pub fn is_figure(self) -> bool {
        self < Self::NotApplicable
    }
}
