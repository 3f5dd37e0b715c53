//! Lamps (亮灯) and the rule that lights them.

use crate::figure::Figure;

/// How a target stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lamp {
    /// Met for the year.
    Done,
    /// On course, or met as of this period.
    Green,
    /// Behind, within the rule's tolerance.
    Yellow,
    /// Behind beyond it.
    Red,
    /// No accepted figure.
    Unreported,
    /// 未排节点: a milestone whose months nobody has set.
    Unscheduled,
}

/// Thresholds of the lamps, per kind of comparison; the plan carries them and the hub may edit them (§2, lamps).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LampRule {
    /// Count: points of the target up to which being behind is yellow.
    pub count_yellow: Figure,
    /// Stock: points of the target up to which being behind is yellow.
    pub stock_yellow: Figure,
    /// Growth and relative: percentage points up to which being behind is yellow.
    pub growth_yellow: Figure,
    /// Share: percentage points up to which being behind is yellow.
    pub share_yellow: Figure,
    /// Milestone and statement: stages up to which being behind is yellow.
    pub stage_yellow: u8,
}

impl Default for LampRule {
    fn default() -> Self {
        Self {
            count_yellow: Figure::from(10),
            stock_yellow: Figure::from(10),
            growth_yellow: Figure::from(1),
            share_yellow: Figure::from(1),
            stage_yellow: 1,
        }
    }
}
