//! The text of a month's bulletin (通报), made of its facts and of nothing else.

use chrono::{Datelike, NaiveDate};
use model::exact::Exact;

use super::{kept_share, percent};
use crate::facts::{Facts, Lamps, OfficeFacts, TargetFacts};

/// Most names in one list of a sentence.
const NAMES: usize = 30;
/// How many are named as leading or as last.
const FIRST: usize = 3;
/// Most targets of one list.
const TARGETS: usize = 5;

/// What stands in the place of a target that the issue before did not have.
pub const NOT_ISSUED_THEN: &str = "上次没有这个目标";
/// What stands in the place of a target that is none any more.
pub const NO_LONGER: &str = "本次不再列入";

/// Writes a day with its year: `2024年7月5日`.
pub fn whole_day(day: NaiveDate) -> String {
    format!("{}年{}", day.year(), super::day_label(day))
}

/// Says how an office reported: `已报`, `迟报（7月8日）`, `零报告`, `代录`, `未报`, `本期不报`.
pub fn how_reported(office: &OfficeFacts) -> String {
    match &office.arrived {
        None if office.owes => "未报".to_owned(),
        None => "本期不报".to_owned(),
        Some(day) if office.late && office.stand_in => format!("迟报（{day}），代录"),
        Some(day) if office.late => format!("迟报（{day}）"),
        Some(_) if office.nil => "零报告".to_owned(),
        Some(_) if office.stand_in => "代录".to_owned(),
        Some(_) => "已报".to_owned(),
    }
}

/// A paragraph: what it is, for programs, its heading and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// A word for programs; it never changes its meaning.
    pub id: &'static str,
    /// Its heading without a number.
    pub heading: &'static str,
    /// Its text; lines end where the paragraph breaks.
    pub text: String,
}

/// When a bulletin is read, as seen from the period it is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// The month has not passed.
    Running,
    /// The month has passed, the last day in time has not.
    Open,
    /// The last day in time has passed.
    Due,
}

/// Titles a month's bulletin: `2024年6月目标推进情况通报`.
pub fn bulletin_title(facts: &Facts) -> String {
    format!("{}目标推进情况通报", facts.label)
}

/// Writes the paragraphs of a bulletin, in their order.
pub fn bulletin(facts: &Facts, moment: Moment) -> Vec<Paragraph> {
    let paragraph = |id, heading, text| Paragraph { id, heading, text };
    vec![
        paragraph("overall", "总体情况", overall(facts, moment)),
        paragraph("reporting", "报送情况", reporting(facts)),
        paragraph("coverage", "汇总口径", coverage(facts)),
        paragraph("chapters", "各篇情况", chapters(facts)),
        paragraph("leading", "进展较快", leading(facts)),
        paragraph("behind", "落后较多", behind(facts)),
        paragraph("requests", "有关要求", requests(facts, moment)),
    ]
}

/// Says in what a corrected issue differs from the one before it.
pub fn correction(issue_before: u32, names: &[String]) -> Paragraph {
    let text = if names.is_empty() {
        format!("本通报为更正。各目标的数据与第 {issue_before} 次锁定时相同。")
    } else {
        let count = names.len();
        format!(
            "本通报为更正。与第 {issue_before} 次锁定时相比，{count} 个目标有变化：{}。前后数据见更正表。",
            list(names)
        )
    };
    Paragraph { id: "correction", heading: "更正说明", text }
}

/// Says what a bulletin's figures are those of; `issued` is whether their plan has gone out.
pub fn bulletin_basis(facts: &Facts, issued: bool, locked: Option<(u32, &str)>) -> String {
    let figures = match locked {
        Some((1, day)) => format!("数据以 {day} 锁定的为准"),
        Some((issue, day)) => format!("数据以 {day} 第 {issue} 次锁定的为准"),
        None => "本期尚未锁定，按目前已接收的报表".to_owned(),
    };
    if issued {
        format!("{figures}，目标方案第 {} 版", facts.plan_version)
    } else {
        format!("{figures}，目标方案尚未下达")
    }
}

fn share(part: u32, whole: u32) -> String {
    let (part, whole) = (i64::from(part).into(), i64::from(whole).into());
    Exact::percent(&part, &whole).map(|share| percent(&share)).unwrap_or_default()
}

/// Lists names: `甲、乙`, or the first of many and how many there are.
fn list<T: AsRef<str>>(names: &[T]) -> String {
    let shown: Vec<&str> = names.iter().take(NAMES).map(AsRef::as_ref).collect();
    let shown = shown.join("、");
    if names.len() > NAMES { format!("{shown}等 {} 个", names.len()) } else { shown }
}

/// Joins what there is: `已完成 7 个，正常 58 个`.
fn counted(parts: &[(u32, &str)]) -> String {
    let there = parts.iter().filter(|(count, _)| *count > 0);
    there.map(|(count, what)| format!("{what} {count} 个")).collect::<Vec<_>>().join("，")
}

fn overall(facts: &Facts, moment: Moment) -> String {
    let lamps = facts.lamps();
    let total = facts.targets.len();
    let end = month_end(facts);
    let so_far = match moment {
        Moment::Running => format!("{end}还没有过完，以下是目前收到的情况。"),
        Moment::Open => format!("报送截止日是{}，以下是目前收到的情况。", facts.due),
        Moment::Due => String::new(),
    };
    let begin = format!("{so_far}截至{end}底，序时进度 {}。全年 {total} 个目标中，", facts.elapsed);
    let rest = counted(&[
        (lamps.unreported, "未报"),
        (lamps.unscheduled, "未排节点"),
        (lamps.none, "只汇总不考核或尚未到期"),
    ]);
    let judged = lamps.judged();
    if judged == 0 {
        let rest = if rest.is_empty() { rest } else { format!("{rest}。") };
        return format!("{begin}还没有可以评价的。{rest}");
    }
    let counts = counted(&[
        (lamps.done, "已完成"),
        (lamps.green, "正常"),
        (lamps.yellow, "落后"),
        (lamps.red, "严重落后"),
    ]);
    let kept = share(lamps.done + lamps.green, judged);
    let rest = if rest.is_empty() { String::new() } else { format!("另有{rest}。") };
    format!("{begin}可以评价的 {judged} 个：{counts}；已完成和正常的占 {kept}。{rest}")
}

/// The month at whose end the figures stand: `2024年2月`, also of January and February together.
fn month_end(facts: &Facts) -> String {
    let Some((year, month)) = facts.period.split_once('-') else { return facts.label.clone() };
    format!("{year}年{}月", month.trim_start_matches('0'))
}

fn named<'a>(offices: impl Iterator<Item = &'a OfficeFacts>) -> Vec<&'a str> {
    offices.map(|office| office.name.as_str()).collect()
}

fn reporting(facts: &Facts) -> String {
    let owed = named(facts.owing());
    if owed.is_empty() {
        return "本期没有应报的单位。".to_owned();
    }
    let missing = named(facts.missing());
    let late = named(facts.owing().filter(|office| office.late));
    let nil = named(facts.owing().filter(|office| office.nil));
    let stand_in = named(facts.owing().filter(|office| office.stand_in));
    let count = |of: usize| u32::try_from(of).unwrap_or(u32::MAX);
    let reported = owed.len() - missing.len();
    let mut text = format!(
        "本期应报 {} 家，已报 {reported} 家，报送率 {}。",
        owed.len(),
        share(count(reported), count(owed.len()))
    );
    let mut say = |what: &str, names: &[&str]| {
        if !names.is_empty() {
            text.push_str(&format!("{what} {} 家：{}。", names.len(), list(names)));
        }
    };
    say("未报", &missing);
    say("迟报", &late);
    say("零报告", &nil);
    say("由汇总单位代录", &stand_in);
    if missing.is_empty() && late.is_empty() {
        text.push_str("应报单位全部按时报送。");
    }
    text
}

fn coverage(facts: &Facts) -> String {
    let due: Vec<&TargetFacts> =
        facts.targets.iter().filter(|target| target.due && target.owed > 0).collect();
    let partial: Vec<&&TargetFacts> = due.iter().filter(|target| target.reported < target.owed).collect();
    if partial.is_empty() {
        return format!("本期 {} 个目标，应报单位都已报齐。", due.len());
    }
    let carried = partial.iter().filter(|target| target.carried > 0).count();
    let mut text = format!(
        "本期 {} 个目标中，应报单位都已报齐的 {} 个，未报齐的 {} 个",
        due.len(),
        due.len() - partial.len(),
        partial.len()
    );
    if carried > 0 {
        text.push_str(&format!("，其中 {carried} 个用了未报单位今年最近一次已接收的数"));
    }
    text.push_str("。未报齐的目标补报后可能变化。");
    text
}

fn chapters(facts: &Facts) -> String {
    let chapters = facts.targets.chunk_by(|one, next| one.chapter_code == next.chapter_code);
    let said = chapters.filter_map(|targets| {
        let lamps: Lamps = targets.iter().map(|target| target.lamp.as_str()).collect();
        if lamps.lit() == 0 {
            return None;
        }
        let counts = counted(&[
            (lamps.done + lamps.green, "已完成和正常"),
            (lamps.yellow, "落后"),
            (lamps.red, "严重落后"),
            (lamps.unreported, "未报"),
            (lamps.unscheduled, "未排节点"),
        ]);
        Some(format!("{}：{counts}。", targets[0].chapter))
    });
    said.collect::<Vec<_>>().join("\n")
}

/// Names an office with what its place follows from: `铁山街道（12/14，85.7%）`.
fn with_score(office: &OfficeFacts) -> String {
    let score = office.score();
    format!("{}（{}/{}，{}）", office.name, score.kept, score.judged, kept_share(score))
}

fn leading(facts: &Facts) -> String {
    let done: Vec<String> = facts
        .targets
        .iter()
        .filter(|target| target.lamp == "done")
        .map(|target| match target.completion.as_str() {
            "" => target.name.clone(),
            completion => format!("{}（完成率 {completion}）", target.name),
        })
        .collect();
    let mut text = if done.is_empty() {
        "目前没有目标提前完成全年任务。".to_owned()
    } else {
        format!("已完成全年任务的目标 {} 个：{}。", done.len(), list(&done))
    };
    let order = facts.order();
    // Who has reported nothing, or kept nothing, leads nobody.
    let first = order.iter().filter(|(office, place)| {
        let heard = office.arrived.is_some() && office.score().kept > 0;
        heard && place.is_some_and(|place| place.rank as usize <= FIRST)
    });
    let first: Vec<String> = first.map(|(office, _)| with_score(office)).collect();
    if !first.is_empty() {
        text.push_str(&format!("按各单位自己的分解数，已完成和正常的目标占比居前的是{}。", list(&first)));
    }
    text
}

fn behind(facts: &Facts) -> String {
    let red: Vec<&TargetFacts> =
        facts.behind.iter().filter_map(|code| facts.target(code)).filter(|one| one.lamp == "red").collect();
    let mut text = if red.is_empty() {
        "没有严重落后的目标。".to_owned()
    } else {
        format!("严重落后的目标 {} 个。", red.len())
    };
    for (at, target) in red.iter().take(TARGETS).enumerate() {
        let needed = if target.needed.is_empty() {
            String::new()
        } else {
            format!("；剩余月均需完成 {}，至今月均 {}", target.needed, target.pace)
        };
        text.push_str(&format!("\n{}. {}：{}{needed}。", at + 1, target.name, target.reason));
    }
    if red.len() > TARGETS {
        text.push_str(&format!("\n其余 {} 个见附表。", red.len() - TARGETS));
    }
    let order = facts.order();
    // Who has not reported is told of elsewhere: nothing is known of how it does.
    let ranked: Vec<_> = (order.iter().filter(|(office, _)| office.arrived.is_some()))
        .filter_map(|(office, place)| Some((*office, (*place)?)))
        .collect();
    // Of few offices everybody is among the last; whoever kept everything is never one of them.
    if ranked.len() > 2 * FIRST {
        let from = ranked[ranked.len() - FIRST].1.rank;
        let last = ranked.iter().filter(|(office, place)| {
            let score = office.score();
            place.rank >= from && score.kept < score.judged
        });
        let last: Vec<String> = last.map(|(office, _)| with_score(office)).collect();
        if !last.is_empty() {
            text.push_str(&format!(
                "\n已报单位中，按各自的分解数，已完成和正常的目标占比靠后的是{}。",
                list(&last)
            ));
        }
    }
    text
}

fn requests(facts: &Facts, moment: Moment) -> String {
    let mut asked: Vec<String> = Vec::new();
    let missing = named(facts.missing().filter(|office| !office.own));
    if !missing.is_empty() {
        asked.push(match moment {
            Moment::Due => format!("请{}尽快补报本期数据", list(&missing)),
            Moment::Running | Moment::Open => {
                format!("请还没有报送的 {} 家在{}前报送本期数据", missing.len(), facts.due)
            }
        });
    }
    let lamps = facts.lamps();
    if lamps.red > 0 {
        asked.push("请严重落后目标的责任单位说明原因，对照剩余月均需完成数加快推进".to_owned());
    }
    if lamps.yellow > 0 {
        asked.push("请落后目标的责任单位采取措施，尽快赶上序时进度".to_owned());
    }
    asked.push("请各单位按时报送下一期数据".to_owned());
    format!("{}。", asked.join("；"))
}
