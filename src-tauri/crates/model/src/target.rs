//! Targets: one measurable commitment each, of one of seven kinds (§2, kinds of target).

use crate::figure::Figure;
use crate::id::TargetId;
use crate::period::Period;

/// How an actual figure is held against the target's figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparator {
    /// The report gives a bare figure (增长7%): met by reaching or bettering it.
    Reach,
    /// 以上, 不少于, 达到: met from the figure upwards.
    AtLeast,
    /// 突破: met only beyond the figure.
    Above,
    /// 700多个: met by reaching or bettering the figure.
    About,
    /// 不超过, 控制在…以内: met up to the figure.
    AtMost,
    /// 低于: met only below the figure.
    Below,
}

impl Comparator {
    /// Says whether smaller figures are the better ones.
    pub fn is_downward(self) -> bool {
        matches!(self, Self::AtMost | Self::Below)
    }

    /// Says whether the figure itself does not meet the target.
    pub fn is_strict(self) -> bool {
        matches!(self, Self::Above | Self::Below)
    }
}

/// The figure that a target sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Goal {
    /// How figures are compared with the value.
    pub comparator: Comparator,
    /// The value, in the target's unit; percent for rates.
    pub value: Figure,
}

/// One ordered stage of a milestone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// What users read, such as 主体封顶.
    pub name: String,
    /// The month, 1–12, by whose end the stage is planned to be reached; none for the first stage and where nobody has set one.
    pub month: Option<u8>,
}

/// What a target measures: what is typed, how it rolls up, what it is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measure {
    /// 累计数: cumulative since 1 January; offices add up.
    Count {
        /// The year's figure, if the report gives one.
        goal: Option<Goal>,
        /// 分月计划: twelve planned cumulative values, the last being the goal's.
        monthly: Option<Box<[Figure; 12]>>,
    },
    /// 期末数: level at the end of the period; the latest levels add up.
    Stock {
        /// The level to reach.
        goal: Option<Goal>,
        /// The level at the start of the year, from the plan only.
        base: Option<Figure>,
    },
    /// 增速: current amount against the same period of last year.
    Growth {
        /// The rate to reach, in percent.
        goal: Option<Goal>,
    },
    /// 占比: numerator of denominator.
    Share {
        /// The share to reach, in percent.
        goal: Option<Goal>,
    },
    /// 节点: ordered stages, the first being "not begun", the last the end state.
    Milestone {
        /// At least two stages.
        stages: Vec<Stage>,
    },
    /// 定性: not started, under way, done.
    Statement {
        /// The month by whose end it is to be done.
        deadline: u8,
    },
    /// 同步: a growth rate held against the rate of another target.
    Relative {
        /// The target whose rate of the same period is the reference.
        to: TargetId,
        /// How the rate is compared with the reference.
        comparator: Comparator,
        /// Percentage points by which the reference may be missed and still be met.
        tolerance: Figure,
    },
}

/// The kind of a [`Measure`], without its data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// 累计数.
    Count,
    /// 期末数.
    Stock,
    /// 增速.
    Growth,
    /// 占比.
    Share,
    /// 节点.
    Milestone,
    /// 定性.
    Statement,
    /// 同步.
    Relative,
}

impl Kind {
    /// Every kind, in the order of §2.
    pub const ALL: [Self; 7] = [
        Self::Count,
        Self::Stock,
        Self::Growth,
        Self::Share,
        Self::Milestone,
        Self::Statement,
        Self::Relative,
    ];

    /// Says whether figures are rates of two amounts, which are never summed or carried.
    pub fn is_rate(self) -> bool {
        matches!(self, Self::Growth | Self::Share | Self::Relative)
    }

    /// Says whether figures of offices add up.
    pub fn is_amount(self) -> bool {
        matches!(self, Self::Count | Self::Stock)
    }
}

/// How often a target falls due (§2, frequency).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Frequency {
    /// Every period.
    #[default]
    Monthly,
    /// March, June, September, December.
    Quarterly,
    /// June and December.
    HalfYearly,
    /// December.
    Yearly,
}

impl Frequency {
    /// Every frequency, from the most to the least frequent.
    pub const ALL: [Self; 4] = [Self::Monthly, Self::Quarterly, Self::HalfYearly, Self::Yearly];

    fn months(self) -> u8 {
        match self {
            Self::Monthly => 1,
            Self::Quarterly => 3,
            Self::HalfYearly => 6,
            Self::Yearly => 12,
        }
    }

    /// Says whether a period is one of those in which the target is reported.
    pub fn is_due(self, period: Period) -> bool {
        period.month().is_multiple_of(self.months())
    }

    /// Returns the latest due period up to and including this one, in the same year.
    pub fn latest_due(self, period: Period) -> Option<Period> {
        let month = period.month() / self.months() * self.months();
        Period::new(period.year(), month).ok()
    }
}

/// One measurable commitment of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Permanent id, which users read as the target's code.
    pub id: TargetId,
    /// Code of the section it belongs to.
    pub section: String,
    /// Short name, as in a table column.
    pub name: String,
    /// 原文: the clause of the report that states it.
    pub clause: String,
    /// What it measures.
    pub measure: Measure,
    /// Unit of its figures; `%` for rates, empty for stages.
    pub unit: String,
    /// Unit of the two amounts behind a rate; empty where there are none.
    pub amount_unit: String,
    /// A published district rate, to which the parts need not add up; typed by 本级.
    pub official: bool,
    /// How often it is reported.
    pub frequency: Frequency,
    /// The plan version that brought it in.
    pub since: u32,
    /// The plan version that retired it.
    pub retired: Option<u32>,
}

impl Target {
    /// Returns the kind of the target.
    pub fn kind(&self) -> Kind {
        match self.measure {
            Measure::Count { .. } => Kind::Count,
            Measure::Stock { .. } => Kind::Stock,
            Measure::Growth { .. } => Kind::Growth,
            Measure::Share { .. } => Kind::Share,
            Measure::Milestone { .. } => Kind::Milestone,
            Measure::Statement { .. } => Kind::Statement,
            Measure::Relative { .. } => Kind::Relative,
        }
    }

    /// Returns the figure that the target sets, if it sets one.
    pub fn goal(&self) -> Option<Goal> {
        match self.measure {
            Measure::Count { goal, .. } | Measure::Stock { goal, .. } => goal,
            Measure::Growth { goal } | Measure::Share { goal } => goal,
            Measure::Milestone { .. } | Measure::Statement { .. } | Measure::Relative { .. } => None,
        }
    }

    /// Says whether the target is in force under a plan version.
    pub fn in_force(&self, version: u32) -> bool {
        self.since <= version && self.retired.is_none_or(|retired| version < retired)
    }

    /// Returns the number of stages an entry may name: the milestone's own, or the three of a statement.
    pub fn stage_count(&self) -> Option<usize> {
        match &self.measure {
            Measure::Milestone { stages } => Some(stages.len()),
            Measure::Statement { .. } => Some(STATEMENT_STAGES.len()),
            _ => None,
        }
    }

    /// Returns the name of a stage, for milestones and statements.
    pub fn stage_name(&self, stage: u8) -> Option<&str> {
        match &self.measure {
            Measure::Milestone { stages } => stages.get(usize::from(stage)).map(|s| s.name.as_str()),
            Measure::Statement { .. } => STATEMENT_STAGES.get(usize::from(stage)).copied(),
            _ => None,
        }
    }
}

/// The stages of a statement: not started, under way, done.
pub const STATEMENT_STAGES: [&str; 3] = ["未开始", "推进中", "已完成"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn between_due_periods_the_last_one_stands() {
        let at = |text: &str| text.parse::<Period>().unwrap();
        assert!(Frequency::Quarterly.is_due(at("2024-06")));
        assert!(!Frequency::Quarterly.is_due(at("2024-05")));
        assert_eq!(Frequency::Quarterly.latest_due(at("2024-05")), Some(at("2024-03")));
        assert_eq!(Frequency::Quarterly.latest_due(at("2024-02")), None);
        assert_eq!(Frequency::Monthly.latest_due(at("2024-02")), Some(at("2024-02")));
        assert_eq!(Frequency::Yearly.latest_due(at("2024-12")), Some(at("2024-12")));
    }
}
