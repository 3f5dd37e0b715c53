//! The glossary: the words for kinds, comparators, lamps and states, and their codes for programs.

use bundle::header::Kind as BundleKind;
use chrono::{Datelike, NaiveDate};
use ledger::returns::ReturnState;
use model::lamp::Lamp;
use model::plan::OfficeKind;
use model::target::{Comparator, Frequency, Goal, Kind, Target};

/// Returns a kind's code.
pub fn kind_code(kind: Kind) -> &'static str {
    match kind {
        Kind::Count => "count",
        Kind::Stock => "stock",
        Kind::Growth => "growth",
        Kind::Share => "share",
        Kind::Milestone => "milestone",
        Kind::Statement => "statement",
        Kind::Relative => "relative",
    }
}

/// Returns what people call a kind.
pub fn kind_label(kind: Kind) -> &'static str {
    match kind {
        Kind::Count => "累计数",
        Kind::Stock => "期末数",
        Kind::Growth => "增速",
        Kind::Share => "占比",
        Kind::Milestone => "节点",
        Kind::Statement => "定性",
        Kind::Relative => "同步",
    }
}

/// Returns a comparator's code.
pub fn comparator_code(comparator: Comparator) -> &'static str {
    match comparator {
        Comparator::Reach => "reach",
        Comparator::AtLeast => "at_least",
        Comparator::Above => "above",
        Comparator::About => "about",
        Comparator::AtMost => "at_most",
        Comparator::Below => "below",
    }
}

/// Returns the sign that stands before a goal.
pub fn comparator_label(comparator: Comparator) -> &'static str {
    match comparator {
        Comparator::Reach => "",
        Comparator::AtLeast => "≥",
        Comparator::Above => ">",
        Comparator::About => "约",
        Comparator::AtMost => "≤",
        Comparator::Below => "<",
    }
}

/// Writes a goal with its unit: `≥6%`, `>1,200 家`.
pub fn goal_label(target: &Target, goal: Goal) -> String {
    let value = super::amount(&goal.value.into());
    let gap = if target.unit == "%" { "" } else { " " };
    format!("{}{value}{gap}{}", comparator_label(goal.comparator), target.unit)
}

/// Returns a lamp's code.
pub fn lamp_code(lamp: Lamp) -> &'static str {
    match lamp {
        Lamp::Done => "done",
        Lamp::Green => "green",
        Lamp::Yellow => "yellow",
        Lamp::Red => "red",
        Lamp::Unreported => "unreported",
        Lamp::Unscheduled => "unscheduled",
    }
}

/// Returns the word that stands beside a lamp.
pub fn lamp_label(lamp: Option<Lamp>) -> &'static str {
    match lamp {
        Some(Lamp::Done) => "已完成",
        Some(Lamp::Green) => "正常",
        Some(Lamp::Yellow) => "落后",
        Some(Lamp::Red) => "严重落后",
        Some(Lamp::Unreported) => "未报",
        Some(Lamp::Unscheduled) => "未排节点",
        None => "不亮灯",
    }
}

/// Returns a frequency's code.
pub fn frequency_code(frequency: Frequency) -> &'static str {
    match frequency {
        Frequency::Monthly => "monthly",
        Frequency::Quarterly => "quarterly",
        Frequency::HalfYearly => "half_yearly",
        Frequency::Yearly => "yearly",
    }
}

/// Returns what people call a frequency.
pub fn frequency_label(frequency: Frequency) -> &'static str {
    match frequency {
        Frequency::Monthly => "每月",
        Frequency::Quarterly => "每季",
        Frequency::HalfYearly => "每半年",
        Frequency::Yearly => "每年",
    }
}

/// Returns a kind of office's code.
pub fn office_kind_code(kind: OfficeKind) -> &'static str {
    match kind {
        OfficeKind::Street => "street",
        OfficeKind::Town => "town",
        OfficeKind::Zone => "zone",
        OfficeKind::Department => "department",
        OfficeKind::Own => "own",
    }
}

/// Returns what people call a kind of office.
pub fn office_kind_label(kind: OfficeKind) -> &'static str {
    match kind {
        OfficeKind::Street => "街道",
        OfficeKind::Town => "镇",
        OfficeKind::Zone => "功能区",
        OfficeKind::Department => "部门",
        OfficeKind::Own => "本级",
    }
}

/// Returns what people call the state of a return.
pub fn state_label(state: ReturnState) -> &'static str {
    match state {
        ReturnState::Pending => "待审",
        ReturnState::LockedOut => "待解锁",
        ReturnState::Accepted => "已接收",
        ReturnState::Returned => "退回",
        ReturnState::Superseded => "未采用",
        ReturnState::Disputed => "争议",
        ReturnState::Revoked => "密钥已停用",
    }
}

/// Returns what people call a kind of bundle.
pub fn bundle_kind_label(kind: BundleKind) -> &'static str {
    match kind {
        BundleKind::Plan => "下达包",
        BundleKind::Enrolment => "注册包",
        BundleKind::Progress => "上报包",
        BundleKind::Receipt => "回执包",
    }
}

/// Writes a day of the plan's year: `4月5日`.
pub fn day_label(day: NaiveDate) -> String {
    format!("{}月{}日", day.month(), day.day())
}
