//! What is said of offices and their keys at the hub.

use chrono::{Datelike, NaiveDate};
use model::plan::{Office, Plan};

use super::Sentence;
use crate::edit_offices::OfficeFault;

/// An office that the version in force does not have.
pub const OFFICE_ADDED: &str = "新增";
/// An office with another name than the version in force has it.
pub const OFFICE_RENAMED: &str = "改名";
/// An office that leaves, or is taken back.
pub const OFFICE_RETIRED: &str = "停用日期";

/// What a merger or split means for figures that add up over the year.
pub const CUMULATIVE_AFTER_MERGER: &str = "汇总单位不改各单位的数：新单位的累计数从 1 月 1 日起算，由它自己把原单位的数计入、签发；原单位的数从这个月起不再相加。";

/// How far an office's key has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyStanding {
    /// Never enrolled.
    None,
    /// An enrolment came in that day and waits for its digits.
    Pending(NaiveDate),
    /// In force since that day.
    Active(NaiveDate),
    /// Closed.
    Closed {
        /// The day.
        on: NaiveDate,
        /// The last number that counts.
        after: u64,
    },
    /// It handed over to the next.
    HandedOver {
        /// The day on which the hub heard of it.
        on: NaiveDate,
        /// The number under which it did.
        at: u64,
    },
}

impl KeyStanding {
    /// Returns the word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Pending(_) => "pending",
            Self::Active(_) => "active",
            Self::Closed { .. } | Self::HandedOver { .. } => "closed",
        }
    }
}

/// Writes a day with its year.
pub fn whole_day_label(day: NaiveDate) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// Says how far an office's key has come.
pub fn key_standing(what: &KeyStanding) -> String {
    match what {
        KeyStanding::None => "未注册".to_owned(),
        KeyStanding::Pending(day) => format!("{} 收到注册包，待核对指纹", whole_day_label(*day)),
        KeyStanding::Active(day) => format!("{} 登记，在用", whole_day_label(*day)),
        KeyStanding::Closed { on, after: 0 } => format!("{} 停用，没有算数的报表", whole_day_label(*on)),
        KeyStanding::HandedOver { on, at } => {
            format!("{} 在第 {at} 号换成下一把", whole_day_label(*on))
        }
        KeyStanding::Closed { on, after } => format!("{} 停用，算到第 {after} 号", whole_day_label(*on)),
    }
}

/// Says which offices one came out of, or has taken in; nothing of one that was always the same.
pub fn origins_label(plan: &Plan, office: &Office) -> String {
    let origins: Vec<_> = office.origins.iter().filter_map(|id| plan.office(id)).collect();
    let names = origins.iter().map(|it| it.name()).collect::<Vec<_>>().join("、");
    let ended = origins.iter().filter_map(|it| it.retired).max();
    let began = office.names.first().and_then(|name| name.since);
    let is_there_before = began.is_none_or(|began| ended.is_some_and(|ended| began < ended));
    let shares = |id| plan.offices.iter().filter(|it| it.origins.contains(id)).count() > 1;
    match office.origins.as_slice() {
        [] => String::new(),
        _ if is_there_before => format!("有{names}并入"),
        [one] if shares(one) => format!("由{names}分出"),
        [_] => format!("由{names}改设"),
        _ => format!("由{names}合并"),
    }
}

/// Says to an office that came out of others, or has taken them in, how its figures begin.
pub fn first_return_after(origins: &str, since: Option<NaiveDate>) -> Sentence {
    let since = since.map(|day| format!("{}起，", whole_day_label(day))).unwrap_or_default();
    Sentence::new(
        "came_out_of",
        format!("{since}本单位{origins}"),
        "累计数从 1 月 1 日起算，请把原单位在现在范围内的数计入；期末数、增速、占比按现在的范围填，同期数口径要一致",
    )
}

/// Says a name with the day from which it applies.
pub fn dated_name(name: &str, since: Option<NaiveDate>) -> String {
    match since {
        Some(day) => format!("{name}（{}起）", whole_day_label(day)),
        None => name.to_owned(),
    }
}

/// Says of an enrolment that the plan lacks its office.
pub fn enrolment_of_nobody() -> String {
    "方案里没有这个单位".to_owned()
}

/// Says of an enrolment that its name looks like an office's and is not.
pub fn enrolment_looks_like(name: &str) -> String {
    format!("写的名称和方案里的“{name}”看起来一样，其实不同，请打电话核实")
}

/// Says of an enrolment that it calls itself otherwise than the plan calls the office.
pub fn enrolment_named_otherwise(name: &str) -> String {
    format!("它要登记的单位在方案里叫“{name}”，请核实")
}

/// Names a return that would no longer count.
pub fn lost_return(period: &str, seq: u64) -> String {
    format!("{period}（第 {seq} 号）")
}

/// Says what keeps an office from being edited.
pub(super) fn office_fault(what: &OfficeFault) -> (&'static str, String, String) {
    match what {
        OfficeFault::Name { limit } => (
            "bad_office_name",
            "单位名称没有写、太长，或含有看不见的字符".to_owned(),
            format!("请写全称或通用的简称，不超过 {limit} 个字"),
        ),
        OfficeFault::Code => (
            "bad_office_code",
            "统计代码只能是字母和数字，不超过 20 位".to_owned(),
            "没有代码可以不填".to_owned(),
        ),
        OfficeFault::Taken(name) => {
            ("office_taken", format!("已经有叫“{name}”的单位"), "请换一个能区分的名称".to_owned())
        }
        OfficeFault::Lookalike(name) => (
            "office_lookalike",
            format!("和“{name}”看起来一样，登记和汇总时容易弄混"),
            "请换一个能区分的名称；确实要用，勾选“知道两个名称看起来一样”再保存".to_owned(),
        ),
        OfficeFault::DayOrder(day) => (
            "office_day_order",
            format!("现在的名称从 {} 起用，新名称不能更早", whole_day_label(*day)),
            "请填这一天以后的日期".to_owned(),
        ),
        OfficeFault::Day(text) => ("bad_day", format!("“{text}”不是日期"), "请这样写：2024-07-01".to_owned()),
        OfficeFault::Ended(name) => (
            "office_ended",
            format!("“{name}”在这一天以前已经停用，或者选了两次"),
            "请核对要合并、拆分的单位和日期".to_owned(),
        ),
        OfficeFault::TooFew => (
            "too_few_offices",
            "选的单位不够：合并至少要有一个并入的单位，拆分至少要分成两个".to_owned(),
            "请补全后再保存".to_owned(),
        ),
        OfficeFault::Own => {
            ("own_office", "本级不在这里改".to_owned(), "本级的名称就是汇总单位自己".to_owned())
        }
        OfficeFault::NoEnrolment(office) => (
            "no_enrolment",
            format!("没有找到{office}的注册包"),
            "请插上它交来的优盘，文件名以“注册-”开头；也请核对选的单位和纸上写的是不是同一个".to_owned(),
        ),
        OfficeFault::Unknown => (
            "office_not_issued",
            "已下达的方案里没有这个单位".to_owned(),
            "新增的单位要先下达方案，才能注册".to_owned(),
        ),
    }
}
