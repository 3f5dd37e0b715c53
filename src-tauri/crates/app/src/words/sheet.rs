//! What stands in and beside the boxes of an office's own sheet.

use std::cmp::Ordering;

use chrono::{DateTime, Local, NaiveDate, Utc};
use model::assess::{Assessment, Ground};
use model::lamp::Lamp;
use model::period::Period;
use model::plan::Plan;
use model::returns::{Answer, Field, Figures};
use model::rollup::rate as rate_of;
use model::target::{Goal, Kind, Target};

use super::Sentence;
use super::lamps::{arithmetic, ground, value_shown};
use super::numbers::{amount, points};
use super::terms::day_label;
use crate::field_names::field_label;
use crate::picture::{MAX_PIXELS, PictureFault};
use crate::screens::entry::NilRefusal;

/// The most names that one sentence lists.
const NAMED: usize = 3;
const NUMERALS: [&str; 11] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

/// Writes the number of a chapter as the report does: `五`; the main targets have none.
pub fn chapter_number(code: &str) -> String {
    let number = code.parse::<usize>().ok().and_then(|number| NUMERALS.get(number));
    number.map_or_else(|| code.to_owned(), |number| (*number).to_owned())
}

/// Says what a box of a target asks for.
pub fn box_label(target: &Target, field: Field) -> &'static str {
    match (field, target.kind()) {
        (Field::Value, Kind::Stock) => "期末数",
        (Field::Value, _) => "累计完成",
        (Field::Current, _) => "今年累计",
        (Field::Base, _) => "上年同期",
        (Field::Rate, Kind::Share) => "公布占比",
        (Field::Rate, _) => "公布增速",
        (Field::Stage, _) => "目前进度",
        (field, _) => field_label(field),
    }
}

/// Returns the unit that stands beside a box.
pub fn box_unit(target: &Target, field: Field) -> &str {
    match field {
        Field::Value => &target.unit,
        Field::Rate => "%",
        Field::Stage => "",
        _ => &target.amount_unit,
    }
}

/// Names the box that the hub sent back; one that the target does not have stands for all its figures.
pub fn returned_box(target: &Target, field: Field) -> &'static str {
    let has = Field::of_figures(target.kind(), target.official).contains(&field);
    if field.is_figure() && !has { "数据" } else { box_label(target, field) }
}

/// Writes an answer as one short figure: `330`, `11.8%`, `开工`, `不适用`.
pub fn short_answer(target: &Target, answer: Option<&Figures>) -> String {
    match answer {
        None => "不适用".to_owned(),
        Some(Figures::Amount(value)) => amount(&(*value).into()),
        Some(Figures::Pair(first, second)) => {
            match rate_of(target.kind(), (first.decimal(), second.decimal())) {
                Some(rate) => format!("{}%", rate.rounded(1)),
                None => "无法计算".to_owned(),
            }
        }
        Some(Figures::Published { rate, .. }) => format!("{rate}%"),
        Some(Figures::Stage(stage)) => target.stage_name(*stage).unwrap_or_default().to_owned(),
    }
}

/// Writes everything that an answer says: `318 个`, `3.42 ／ 3.05 亿元`, `不适用`.
pub fn whole_answer(target: &Target, answer: &Answer) -> String {
    match answer {
        Answer::NotApplicable(_) => "不适用".to_owned(),
        Answer::Figures(figures @ Figures::Pair(..)) if !target.amount_unit.is_empty() => {
            format!("{} {}", super::figures(target, figures), target.amount_unit)
        }
        Answer::Figures(figures) => super::figures(target, figures),
    }
}

/// Says beside a lamp by how much: `落后 7.0 点`, `高 2.1 个百分点`, `达标`.
pub fn lamp_words(target: &Target, goal: Option<Goal>, assessment: &Assessment) -> String {
    let downward = goal.is_some_and(|goal| goal.comparator.is_downward());
    let gap = assessment.gap.as_ref();
    let by = gap.map(|gap| points(&gap.abs())).unwrap_or_default();
    let sign = gap.map_or(Ordering::Equal, |gap| gap.sign());
    let kind = target.kind();
    let (above, below) = if downward { ("低", "高") } else { ("高", "低") };
    let said = match (assessment.lamp, assessment.ground) {
        (None, _) => "",
        (Some(Lamp::Done), _) => "已完成",
        (Some(Lamp::Unreported), _) => "未填",
        (Some(Lamp::Unscheduled), _) => "未排节点",
        (Some(Lamp::Green), _) if kind.is_rate() && sign == Ordering::Greater => {
            return format!("{above} {by} 个百分点");
        }
        (Some(Lamp::Green), Ground::Met) => "达标",
        (Some(Lamp::Green), _) if kind == Kind::Milestone => "按节点 正常",
        (Some(Lamp::Green), _) => "正常",
        (_, Ground::PastDeadline) => "已逾期",
        // Neither ahead nor behind, and still not met: the goal asks for more than reaching it.
        _ if sign == Ordering::Equal => "持平，未突破",
        _ if sign == Ordering::Greater => "未达到全年目标",
        _ => match kind {
            Kind::Growth | Kind::Share | Kind::Relative => return format!("{below} {by} 个百分点"),
            Kind::Count | Kind::Stock if downward => return format!("超出控制数 {by} 点"),
            Kind::Count | Kind::Stock => return format!("落后 {by} 点"),
            Kind::Milestone | Kind::Statement => {
                let stages = gap.map(|gap| gap.abs().rounded(0)).unwrap_or_default();
                return format!("落后 {stages} 级");
            }
        },
    };
    said.to_owned()
}

/// Explains the lamp of an office's own figures.
pub fn explain_own(plan: &Plan, target: &Target, goal: Option<Goal>, assessment: &Assessment) -> String {
    let why = match assessment.ground {
        Ground::NoFigure => "还没有填".to_owned(),
        Ground::NotJudged => "没有分解数，只汇总不考核".to_owned(),
        _ => ground(goal, assessment),
    };
    let parts = [arithmetic(plan, target, goal, assessment), why];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("；")
}

/// Says what each remaining month needs; empty where it says nothing.
pub fn outlook_own(target: &Target, goal: Option<Goal>, period: Period, assessment: &Assessment) -> String {
    let (Some(needed), Some(goal)) = (&assessment.needed_per_month, goal) else { return String::new() };
    let unit = &target.unit;
    let forecast = assessment.forecast.as_ref().map(|all| amount(&value_shown(all)));
    let forecast = forecast.map(|all| format!("；照目前进度全年约 {all} {unit}")).unwrap_or_default();
    format!(
        "要完成 {} {unit}，剩余 {} 个月，月均需完成 {} {unit}{forecast}",
        amount(&goal.value.into()),
        12 - period.month(),
        amount(needed)
    )
}

/// Says why a target asks for nothing this period.
pub fn not_due(target: &Target) -> String {
    format!("{}报一次，本期不用填", super::frequency_label(target.frequency))
}

/// Says why a target is not asked for in a return that was made before it was issued.
pub fn added_later() -> &'static str {
    "报送以后才下达的，这一期不算未填；这一期要是改了再报，就要一起填上"
}

/// Says why a target that does not apply has no lamp.
pub fn inapplicable() -> &'static str {
    "不适用，不参加考核"
}

/// Says why nothing follows from what stands in a box.
pub fn unreadable() -> &'static str {
    "填的内容读不出来，改正后才能算"
}

/// Says why 零报告 cannot be declared.
pub fn nil_refusal(why: &NilRefusal) -> Sentence {
    match why {
        NilRefusal::RatesDue(names) => {
            let named = names.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join("、");
            let more = if names.len() > NAMED { "等" } else { "" };
            Sentence::new(
                "nil_while_rate_due",
                format!("本期要报 {} 项增速或占比（{named}{more}），不能报零报告", names.len()),
                "请逐项填写；没有新增的累计数填上期的数",
            )
        }
        NilRefusal::AfterFigures => Sentence::new(
            "nil_after_figures",
            "本期已报过数据，不能再改报零报告",
            "请在各目标里改正数据，并写“说明”",
        ),
        NilRefusal::Typed(rows) => Sentence::new(
            "nil_with_entries",
            format!("已有 {rows} 项填了内容"),
            "有进展就不要报零报告；确无新增，请先清空已填的格",
        ),
    }
}

/// Says what is wrong with a picture.
pub fn bad_picture(file: &str, fault: PictureFault) -> Sentence {
    match fault {
        PictureFault::TooManyPixels { width, height } => Sentence::new(
            "too_many_pixels",
            format!("{file} 有 {width} × {height} 像素，太大了，没有打开"),
            format!("图片不超过 {} 万像素，请缩小后再加", MAX_PIXELS / 10_000),
        ),
        PictureFault::Broken => Sentence::new(
            "broken_picture",
            format!("{file} 是一张损坏的图片，打不开"),
            "请重新拍照、扫描或另存一份再加",
        ),
    }
}

/// Writes when something was saved, in this place's time: `10:42`, with its day where that is not today.
pub fn clock_time(at: DateTime<Utc>, today: NaiveDate) -> String {
    let at = at.with_timezone(&Local);
    let time = at.format("%H:%M");
    if at.date_naive() == today { time.to_string() } else { format!("{} {time}", day_label(at.date_naive())) }
}

#[cfg(test)]
mod laws {
    use super::*;

    #[test]
    fn chapters_are_numbered_as_in_the_report() {
        for (code, number) in [("0", ""), ("1", "一"), ("10", "十"), ("11", "11"), ("甲", "甲")] {
            assert_eq!(chapter_number(code), number);
        }
    }
}
