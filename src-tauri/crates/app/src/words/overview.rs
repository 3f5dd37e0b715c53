//! What a hub's overview says: its drawings in words, and what waits.

use model::ranking::{Place, Score};

use super::numbers::amount;
use crate::facts::{CellMark, Facts, Lamps, OfficeFacts, Stand};

/// Title of the offices in their order.
pub const RANKING: &str = "单位排名";
/// Heads of its table.
pub const RANKING_HEADS: [&str; 9] =
    ["名次", "单位", "已完成", "正常", "落后", "严重落后", "未报", "完成和正常/考核目标", "占比"];
/// Title of the map of offices × targets.
pub const HEAT: &str = "单位 × 目标";
/// Head of its first column.
pub const TARGET: &str = "目标";
/// Title of the year so far.
pub const MONTHS: &str = "各期走势";
/// Heads of its table.
pub const MONTHS_HEADS: [&str; 8] =
    ["报告期", "应报", "已报", "已完成", "正常", "落后", "严重落后", "未评价"];

/// Something that waits for the hub.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Waiting {
    /// 分叉: so many returns of the office are disputed.
    Fork(usize),
    /// 待审, of a period.
    Review(String),
    /// 待解锁, of a period.
    Unlock(String),
    /// An enrolment waits for its digits.
    Enrolment,
    /// 缺号.
    Gap(Vec<u64>),
    /// Cells were sent back, and no receipt says so yet.
    Receipt {
        /// The period.
        period: String,
        /// How many cells.
        cells: usize,
    },
}

/// Says what waits, and what is to be done.
pub fn waiting(office: &str, what: &Waiting) -> (String, String) {
    match what {
        Waiting::Fork(count) => (format!("{office} 分叉"), format!("{count} 份报表争议，待选定")),
        Waiting::Review(period) => (format!("{office} {period}"), "待审".to_owned()),
        Waiting::Unlock(period) => (format!("{office} {period}"), "本期已锁定，待解锁".to_owned()),
        Waiting::Enrolment => (format!("{office} 新注册"), "待输入指纹".to_owned()),
        Waiting::Gap(missing) => {
            let numbers: Vec<String> = missing.iter().map(u64::to_string).collect();
            (format!("{office} 缺第 {} 号", numbers.join("、")), "请补交数据包".to_owned())
        }
        Waiting::Receipt { period, cells } => {
            (format!("{office} {period} 退回 {cells} 格"), "回执未下达".to_owned())
        }
    }
}

/// Says what the grey lamps are made of.
pub fn grey_detail(lamps: &Lamps) -> String {
    match (lamps.unreported, lamps.unscheduled) {
        (0, 0) => String::new(),
        (_, 0) => "未报".to_owned(),
        (0, _) => "未排节点".to_owned(),
        (unreported, unscheduled) => format!("未报 {unreported} · 未排节点 {unscheduled}"),
    }
}

/// Says how the lamps of a chapter stand.
pub fn chapter_lamps(lamps: &Lamps) -> String {
    let named = [
        (lamps.done, "已完成"),
        (lamps.green, "正常"),
        (lamps.yellow, "落后"),
        (lamps.red, "严重落后"),
        (lamps.unreported, "未报"),
        (lamps.unscheduled, "未排节点"),
        (lamps.none, "不亮灯"),
    ];
    let parts: Vec<String> =
        named.iter().filter(|(count, _)| *count > 0).map(|(count, name)| format!("{name} {count}")).collect();
    parts.join("，")
}

/// Says when an office reported last before.
pub fn last_reported(month: &str) -> String {
    if month.is_empty() { "今年没有报过".to_owned() } else { format!("上次 {month}") }
}

/// Writes a place: `3`, `并列 3`.
pub fn place(place: Place) -> String {
    if place.shared { format!("并列 {}", place.rank) } else { place.rank.to_string() }
}

/// Writes the share of targets kept: `85.7%`.
pub fn kept_share(score: Score) -> String {
    let (kept, judged) = (i64::from(score.kept).into(), i64::from(score.judged).into());
    model::exact::Exact::percent(&kept, &judged).map(|share| super::percent(&share)).unwrap_or_default()
}

/// Says who leads and who is last, with their figures.
pub fn ranking_alt(facts: &Facts, cut: bool) -> String {
    let order = facts.order();
    let ranked: Vec<&OfficeFacts> =
        order.iter().filter(|(_, place)| place.is_some()).map(|(office, _)| *office).collect();
    let said = |office: &OfficeFacts| {
        let score = office.score();
        format!("{}（{}/{}，{}）", office.name, score.kept, score.judged, kept_share(score))
    };
    let (Some(first), Some(last)) = (ranked.first(), ranked.last()) else {
        return "还没有可以排名的单位。".to_owned();
    };
    let cut = if cut { "图中只画最前和最后的，表中是全部。" } else { "" };
    if ranked.len() == 1 {
        return format!("参加排名的只有{}。", said(first));
    }
    format!("参加排名的 {} 家中，最前的是{}，最后的是{}。{cut}", ranked.len(), said(first), said(last))
}

/// Says what a cell of the map shows.
pub fn cell(mark: CellMark) -> &'static str {
    match mark {
        CellMark::Blank => "",
        CellMark::NotApplicable => "不适用",
        CellMark::NotIssued => "未下达",
        CellMark::NotJudged => "不考核",
        CellMark::Shown(lamp) | CellMark::Lamp(lamp) => super::lamp_label(Some(lamp)),
    }
}

/// Says how many cells of the map are behind, and whose most.
pub fn heat_alt(offices: &[&OfficeFacts]) -> String {
    let behind = |office: &OfficeFacts| {
        let lamps = office.lamps();
        lamps.yellow + lamps.red
    };
    let total: u32 = offices.iter().map(|office| behind(office)).sum();
    let Some(most) = offices.iter().rev().max_by_key(|office| behind(office)).filter(|_| total > 0) else {
        return "按各单位自己的分解数，没有落后的目标。".to_owned();
    };
    format!("按各单位自己的分解数，落后的共 {total} 格，最多的是{}，{} 格。", most.name, behind(most))
}

/// Says which offices a part shows.
pub fn part(first: usize, last: usize, all: usize) -> String {
    let shown = |number: usize| amount(&i64::try_from(number).unwrap_or(i64::MAX).into());
    match all {
        0 => "没有单位".to_owned(),
        _ if first == 1 && last == all => format!("{} 家，按名次排列", shown(all)),
        _ => format!("第 {}—{} 家，共 {} 家，按名次排列", shown(first), shown(last), shown(all)),
    }
}

/// Says how the year went, from its first to its last period.
pub fn months_alt(stands: &[Stand]) -> String {
    let said = |stand: &Stand| {
        let lamps = &stand.lamps;
        format!(
            "{}已报 {}/{}，落后 {} 个，严重落后 {} 个",
            stand.label, stand.reported, stand.owed, lamps.yellow, lamps.red
        )
    };
    match stands {
        [] => "还没有数据。".to_owned(),
        [only] => format!("{}。", said(only)),
        [first, .., last] => format!("{}；{}。", said(first), said(last)),
    }
}
