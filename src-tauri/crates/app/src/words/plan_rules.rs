//! How the rules of one version of a plan differ from those before: chapters, calendar, lamps, comparisons.

use std::collections::BTreeMap;

use model::calendar::Calendar;
use model::lamp::LampRule;
use model::plan::{Comparison, Plan};

use super::plan_changes::Differences;
use super::sheet::chapter_number;
use super::terms::day_label;

/// Says every difference of the rules, with what it is about.
pub(super) fn rules(before: &Plan, after: &Plan) -> Vec<(&'static str, String)> {
    let mut titles = Differences::default();
    titles.compare("名称", &before.title, &after.title);
    titles.compare("汇总单位", &before.hub_name, &after.hub_name);
    let all = [
        ("方案", titles.sentence()),
        ("章节", chapters(before, after)),
        ("报告期和截止日", calendar(&before.calendar, &after.calendar)),
        ("亮灯规则", lamps(&before.lamp_rule, &after.lamp_rule)),
        ("目标间比较", comparisons(before, after)),
    ];
    all.into_iter().filter(|(_, what)| !what.is_empty()).collect()
}

fn chapters(before: &Plan, after: &Plan) -> String {
    let index = |plan: &Plan| -> BTreeMap<String, String> {
        let mut all = BTreeMap::new();
        for chapter in &plan.chapters {
            all.insert(chapter_name(&chapter.code), chapter.title.clone());
            for section in &chapter.sections {
                all.insert(format!("{} 节", section.code), section.title.clone());
            }
        }
        all
    };
    let (was, is) = (index(before), index(after));
    let mut all = Differences::default();
    for (code, title) in &is {
        match was.get(code) {
            None => all.say(format!("新增{code}“{title}”")),
            Some(old) => all.compare(code, old, title),
        }
    }
    for (code, title) in was.iter().filter(|(code, _)| !is.contains_key(*code)) {
        all.say(format!("删去{code}“{title}”"));
    }
    let said = all.sentence();
    if said.is_empty() && before.chapters != after.chapters { "次序有改动".to_owned() } else { said }
}

/// Names a chapter by its number; the main expected targets have none.
fn chapter_name(code: &str) -> String {
    let number = chapter_number(code);
    if number.is_empty() { "卷首".to_owned() } else { format!("第{number}章") }
}

fn calendar(before: &Calendar, after: &Calendar) -> String {
    let mut all = Differences::default();
    let merged = |calendar: &Calendar| if calendar.merge_jan_feb { "合并报" } else { "分开报" };
    all.compare("1 月和 2 月", merged(before), merged(after));
    let month = |calendar: &Calendar| format!("{}月", calendar.first_month);
    all.compare("首个报告期", &month(before), &month(after));
    let day = |calendar: &Calendar| format!("次月{}日", calendar.due_day);
    all.compare("截止日", &day(before), &day(after));
    let months = before.due_exceptions.keys().chain(after.due_exceptions.keys());
    for month in months.copied().collect::<std::collections::BTreeSet<u8>>() {
        let day = |calendar: &Calendar| {
            calendar.due_exceptions.get(&month).map_or_else(|| "按常规".to_owned(), |day| day_label(*day))
        };
        all.compare(&format!("{month}月的截止日"), &day(before), &day(after));
    }
    all.sentence()
}

fn lamps(before: &LampRule, after: &LampRule) -> String {
    let mut all = Differences::default();
    let figures = |rule: &LampRule| {
        [
            ("累计数落后", rule.count_yellow.to_string(), "点"),
            ("期末数落后", rule.stock_yellow.to_string(), "点"),
            ("增速和同步落后", rule.growth_yellow.to_string(), "个百分点"),
            ("占比落后", rule.share_yellow.to_string(), "个百分点"),
            ("节点和定性落后", rule.stage_yellow.to_string(), "级"),
        ]
    };
    for ((what, was, unit), (_, is, _)) in figures(before).into_iter().zip(figures(after)) {
        all.compare(what, &format!("{was} {unit}以内亮黄灯"), &format!("{is} {unit}以内亮黄灯"));
    }
    all.sentence()
}

fn comparisons(before: &Plan, after: &Plan) -> String {
    let said = |plan: &Plan, pair: &Comparison| {
        let name = |id| plan.target(id).map_or_else(|| id.to_string(), |target| target.name.clone());
        format!("“{}”≤“{}”", name(&pair.lesser), name(&pair.greater))
    };
    let mut all = Differences::default();
    for pair in after.comparisons.iter().filter(|pair| !before.comparisons.contains(pair)) {
        all.say(format!("新增 {}", said(after, pair)));
    }
    for pair in before.comparisons.iter().filter(|pair| !after.comparisons.contains(pair)) {
        all.say(format!("取消 {}", said(before, pair)));
    }
    all.sentence()
}
