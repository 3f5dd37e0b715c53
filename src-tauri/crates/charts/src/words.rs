//! The words that a chart needs of its own: legends and the empty chart. All others come from the caller.

use crate::lamp::Lamp;

pub const EMPTY: &str = "暂无数据";
pub const COMPLETION: &str = "完成率";
pub const EXPECTED: &str = "序时进度";
pub const ACTUAL: &str = "实际";
pub const PLANNED: &str = "计划节点";
pub const CARRIED: &str = "沿用上期数";
pub const GOAL: &str = "全年目标";
pub const TOTAL: &str = "合计";
pub const UNIT: &str = "单位：";
pub const NOT_FROM_ZERO: &str = "纵轴不从 0 起";

/// The lamp's word in a legend.
pub const fn lamp(lamp: Lamp) -> &'static str {
    match lamp {
        Lamp::Done => "已完成",
        Lamp::Green => "正常",
        Lamp::Yellow => "落后",
        Lamp::Red => "严重落后",
        Lamp::Grey => "未评价",
    }
}

/// What an office's share is of.
pub const ON_COURSE: &str = "完成和正常";
/// Offices whose return counts, of those that owe one.
pub const REPORTED: &str = "已报/应报";
/// Lamps of all targets.
pub const LAMPS: &str = "目标亮灯";
/// A figure without a quota.
pub const NOT_JUDGED: &str = "不考核";
/// 不适用.
pub const NOT_APPLICABLE: &str = "不适用";
/// What an empty cell means.
pub const BLANK: &str = "空白：未分解或未到期";
