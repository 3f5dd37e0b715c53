//! What charts are called and what they say to those who cannot see them.

use model::calendar::Calendar;
use model::exact::Exact;
use model::period::Period;
use model::target::Kind;

use crate::facts::Lamps;
use crate::screens::entry::CellState;

/// Title of the lamps by chapter.
pub const CHAPTERS: &str = "各篇亮灯";
/// No accepted figure, as a hub says it.
pub const UNREPORTED: &str = "未报";
/// Title of completion against expected progress.
pub const COMPLETION: &str = "完成率对照序时进度";
/// Heads of its table.
pub const COMPLETION_HEADS: [&str; 7] =
    ["篇", "目标", "全年要求", "本期完成", "到本期应完成", "完成率", "评价"];
/// What a target's months are called.
pub const TREND: &str = "月度走势";
/// An earlier figure stands in.
pub const CARRIED: &str = "沿用上期数";
/// The figure stands in the sheet and may still change.
pub const BY_THE_SHEET: &str = "按本期填报数";
/// 不适用.
pub const NOT_APPLICABLE: &str = "不适用";
/// Nothing was due.
pub const NOT_DUE: &str = "本月不报";
/// The box is empty.
pub const NOT_FILLED_IN: &str = "未填";
/// No accepted figure.
pub const NOT_COUNTED: &str = "没有计入的数（未报、退回或不适用）";

/// How many names a sentence takes before it says 等.
const NAMES: usize = 3;

/// Names a month without its year: `1—2月`.
pub fn month_label(calendar: &Calendar, period: Period) -> String {
    let label = calendar.label(period);
    label.split_once('年').map_or(label.clone(), |(_, month)| month.to_owned())
}

/// Writes a completion: `43.0%`.
pub fn percent(completion: &Exact) -> String {
    format!("{}%", completion.shown_against(&Exact::from(100)))
}

/// Heads the table of a target's months.
pub fn trend_heads(kind: Kind) -> [&'static str; 4] {
    match kind {
        Kind::Count => ["月份", "累计完成", "到当月应完成", "说明"],
        Kind::Stock => ["月份", "期末数", "到当月应达到", "说明"],
        Kind::Growth | Kind::Share | Kind::Relative => ["月份", "实际", "要求", "说明"],
        Kind::Milestone | Kind::Statement => ["月份", "进度", "计划节点", "说明"],
    }
}

/// Says why a target has no lamp.
pub fn no_lamp(state: CellState, due: bool) -> &'static str {
    match state {
        CellState::NotApplicable => NOT_APPLICABLE,
        CellState::Unreadable => "待改正",
        CellState::Empty if due => NOT_FILLED_IN,
        CellState::Empty => NOT_DUE,
        CellState::NotIssued => "未下达",
        CellState::Filled | CellState::Zero | CellState::Nil => "只汇总不考核",
    }
}

/// Heads the table of lamps by chapter.
pub fn chapters_heads(missing: &'static str) -> [&'static str; 8] {
    ["篇", "已完成", "正常", "落后", "严重落后", missing, "未排节点", "合计"]
}

/// Says what the lamps by chapter show, and which chapters are behind, the worst first.
pub fn chapters_alt(lamps: &Lamps, missing: &str, behind: &[(&str, u32)]) -> String {
    if lamps.lit() == 0 {
        return "还没有参加考核的目标。".to_owned();
    }
    let Lamps { done, green, yellow, red, unreported, unscheduled, .. } = *lamps;
    let mut counts = format!(
        "参加考核的 {} 个目标中，已完成 {done} 个，正常 {green} 个，落后 {yellow} 个，严重落后 {red} 个",
        lamps.lit()
    );
    for (count, name) in [(unreported, missing), (unscheduled, "未排节点")] {
        if count > 0 {
            counts.push_str(&format!("，{name} {count} 个"));
        }
    }
    match behind {
        [] => format!("{counts}。没有落后的篇。"),
        [(name, count), ..] => format!("{counts}。落后最多的是{}，{count} 个。", quoted(name)),
    }
}

/// Says what the bars show: name, completion, expected progress and lamp of every target that has all of them.
pub fn completion_alt(bars: &[(&str, f64, f64, charts::Lamp)]) -> String {
    if bars.is_empty() {
        return "还没有可以对照序时进度的数。".to_owned();
    }
    let mut behind: Vec<_> = bars.iter().filter(|(.., lamp)| is_behind(*lamp)).collect();
    behind.sort_by(|(_, one, by, _), (_, other, other_by, _)| (one - by).total_cmp(&(other - other_by)));
    let count = bars.len();
    let Some((name, done, expected, _)) = behind.first() else {
        return format!("有完成率的 {count} 个目标都没有落后。");
    };
    let names: Vec<String> = behind.iter().take(NAMES).map(|(name, ..)| quoted(name)).collect();
    let more = if behind.len() > NAMES { "等" } else { "" };
    format!(
        "有完成率的 {count} 个目标中，{} 个落后于进度：{}{more}。差得最多的是{}，完成 {done:.1}%，按进度应为 {expected:.1}%。",
        behind.len(),
        names.join("、"),
        quoted(name),
    )
}

/// Puts a name into quotes; its own become single ones.
fn quoted(name: &str) -> String {
    let single = |c| match c {
        '“' => '‘',
        '”' => '’',
        c => c,
    };
    let inner: String = name.chars().map(single).collect();
    format!("“{inner}”")
}

fn is_behind(lamp: charts::Lamp) -> bool {
    matches!(lamp, charts::Lamp::Yellow | charts::Lamp::Red)
}

/// Says what a target's months show: its first and its last figure, and the arithmetic of the period.
pub fn trend_alt(name: &str, shown: &[(String, String)], explanation: &str) -> String {
    let course = match shown {
        [] => format!("{name}今年还没有数"),
        [(month, only)] => format!("{name}{month}为 {only}"),
        [(first, from), .., (last, to)] => format!("{name}从{first}的 {from}到{last}的 {to}"),
    };
    if explanation.is_empty() { format!("{course}。") } else { format!("{course}。{explanation}。") }
}

#[cfg(test)]
mod laws {
    use charts::Lamp;

    use super::*;

    #[test]
    fn lamps_are_counted_and_the_worst_chapter_is_named() {
        let all = Lamps { done: 1, green: 2, yellow: 3, red: 1, unreported: 4, unscheduled: 2, none: 9 };
        let said = chapters_alt(&all, "未填", &[("三、项目", 3), ("一、海洋", 1)]);
        assert!(said.starts_with("参加考核的 13 个目标中，已完成 1 个，正常 2 个，落后 3 个"), "{said}");
        assert!(said.contains("严重落后 1 个，未填 4 个，未排节点 2 个。"), "{said}");
        assert!(said.ends_with("落后最多的是“三、项目”，3 个。"), "{said}");
        let one = Lamps { done: 1, ..Lamps::default() };
        assert!(chapters_alt(&one, "未填", &[]).ends_with("严重落后 0 个。没有落后的篇。"));
        assert_eq!(chapters_alt(&Lamps::default(), "未填", &[]), "还没有参加考核的目标。");
    }

    #[test]
    fn the_bar_that_is_furthest_behind_is_named_with_both_figures() {
        let bars = [
            ("甲", 40.0, 50.0, Lamp::Yellow),
            ("“乙”", 20.0, 50.0, Lamp::Red),
            ("丙", 60.0, 50.0, Lamp::Green),
        ];
        let said = completion_alt(&bars);
        assert_eq!(
            said,
            "有完成率的 3 个目标中，2 个落后于进度：“‘乙’”、“甲”。差得最多的是“‘乙’”，完成 20.0%，按进度应为 50.0%。"
        );
        assert_eq!(completion_alt(&bars[2..]), "有完成率的 1 个目标都没有落后。");
        assert!(completion_alt(&[]).contains("还没有"));
    }

    #[test]
    fn a_course_has_its_ends() {
        let point = |month: &str, figure: &str| (month.to_owned(), figure.to_owned());
        let shown = [point("1—2月", "39 个"), point("3月", "58 个"), point("4月", "77 个")];
        assert_eq!(
            trend_alt("新增泊位", &shown, "差 3 点"),
            "新增泊位从1—2月的 39 个到4月的 77 个。差 3 点。"
        );
        assert_eq!(trend_alt("新增泊位", &shown[..1], ""), "新增泊位1—2月为 39 个。");
        assert_eq!(trend_alt("新增泊位", &[], ""), "新增泊位今年还没有数。");
    }
}
