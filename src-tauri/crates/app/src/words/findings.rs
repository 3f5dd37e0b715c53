//! Findings of the checks, as a clerk would say them: both figures, and how to mend it.

use model::check::{Finding, Issue};
use model::exact::Exact;
use model::figure::FigureError;
use model::plan::Plan;
use model::returns::Field;
use model::target::Target;

use super::Sentence;
use super::numbers::{amount, figures};
use super::sheet::box_label;
use crate::field_names::field_label;

/// Returns a finding's code.
pub fn finding_code(issue: &Issue) -> &'static str {
    match issue {
        Issue::Missing => "missing",
        Issue::NotAFigure(_) => "not_a_figure",
        Issue::Negative(_) => "negative",
        Issue::NumeratorExceeds { .. } => "numerator_exceeds",
        Issue::Unassigned => "unassigned",
        Issue::UnknownTarget => "unknown_target",
        Issue::NotDue { .. } => "not_due",
        Issue::WrongKind => "wrong_kind",
        Issue::NoSuchStage { .. } => "no_such_stage",
        Issue::AnsweredTwice => "answered_twice",
        Issue::NoReason => "no_reason",
        Issue::NilWithEntries => "nil_with_entries",
        Issue::NilWhileRateDue => "nil_while_rate_due",
        Issue::NilAfterFigures => "nil_after_figures",
        Issue::ExceedsOther { .. } => "exceeds_other",
        Issue::TextTooLong { .. } => "text_too_long",
        Issue::TextsTooLong { .. } => "texts_too_long",
        Issue::Fell { .. } => "fell",
        Issue::Jumped { .. } => "jumped",
        Issue::BaseChanged { .. } => "base_changed",
        Issue::WentBack { .. } => "went_back",
        Issue::DoneWithoutEvidence => "done_without_evidence",
        Issue::Corrected { .. } => "corrected",
        Issue::AnswerChanged { .. } => "answer_changed",
    }
}

/// Says what a finding found and how to mend it, beginning with the target's code and name.
pub fn finding(plan: &Plan, finding: &Finding) -> Sentence {
    let alone = said(plan, finding, |_, field| field_label(field));
    match finding.target.as_ref().and_then(|id| plan.target(id)) {
        Some(target) => Sentence { what: format!("{} {}：{}", target.id, target.name, alone.what), ..alone },
        None => alone,
    }
}

/// Says the same where the target stands beside it already, and names the box as the sheet does.
pub fn finding_alone(plan: &Plan, finding: &Finding) -> Sentence {
    let said = said(plan, finding, box_label);
    let target = finding.target.as_ref().and_then(|id| plan.target(id));
    let (Some(target), Some(field)) = (target, finding.field) else { return said };
    // Where there is but one box its name says nothing, and takes the room of what does.
    let only = field.is_figure() && Field::of_figures(target.kind(), target.official).len() == 1;
    let name = format!("“{}”", box_label(target, field));
    match said.what.strip_prefix(&name).filter(|_| only) {
        Some(rest) => Sentence { what: rest.trim_start_matches("里的").to_owned(), ..said },
        None => said,
    }
}

fn said(plan: &Plan, finding: &Finding, label: fn(&Target, Field) -> &'static str) -> Sentence {
    let target = finding.target.as_ref().and_then(|id| plan.target(id));
    let field = target.zip(finding.field).map_or("报表", |(target, field)| label(target, field));
    let (what, next) = match target {
        Some(target) => of_target(plan, target, field, &finding.issue),
        None => of_return(&finding.issue),
    };
    Sentence::new(finding_code(&finding.issue), what, next)
}

const EXPLAIN: &str = "若属实，请在“说明”里写明原因；否则请改正";

fn of_return(issue: &Issue) -> (String, String) {
    match issue {
        Issue::NilWithEntries => {
            ("报了零报告，又填了数据".to_owned(), "有进展就取消零报告；确无新增就清空已填的格".to_owned())
        }
        Issue::NilAfterFigures => (
            "本期已报过数据，不能再改报零报告".to_owned(),
            "请取消零报告，在各目标里改正数据，并写“说明”".to_owned(),
        ),
        Issue::UnknownTarget => {
            ("方案里没有这个目标".to_owned(), "请删去这一格，或先导入新的目标方案".to_owned())
        }
        _ => ("这张报表有问题".to_owned(), "请逐项核对".to_owned()),
    }
}

fn of_target(plan: &Plan, target: &Target, field: &str, issue: &Issue) -> (String, String) {
    let unit = target.unit.as_str();
    let number = |figure: &model::figure::Figure| amount(&Exact::from(*figure));
    match issue {
        Issue::Missing => {
            (format!("“{field}”未填"), "请填数；没有进展填 0，与本单位无关填不适用原因".to_owned())
        }
        Issue::NotAFigure(error) => not_a_figure(field, error),
        Issue::Negative(value) => {
            (format!("“{field}”是负数 {}", number(value)), "数量不能小于 0，请改正".to_owned())
        }
        Issue::NumeratorExceeds { numerator, denominator } => (
            format!("分子 {} 大于分母 {}", number(numerator), number(denominator)),
            "占比不能超过 100%，请核对两个数是否填反".to_owned(),
        ),
        Issue::Unassigned => (
            "这个目标没有分解给本单位".to_owned(),
            "请清空这一格；如应由本单位填报，请联系汇总单位".to_owned(),
        ),
        Issue::UnknownTarget => ("方案里已没有这个目标".to_owned(), "请清空这一格".to_owned()),
        Issue::NotDue { period } => (
            format!(
                "{} 不填报这个目标（{}报一次）",
                plan.calendar.label(*period),
                super::frequency_label(target.frequency)
            ),
            "请清空这一格，到期再填".to_owned(),
        ),
        Issue::WrongKind => (
            format!("“{}”目标没有“{field}”这一格", super::kind_label(target.kind())),
            format!("请改填：{}", boxes(target)),
        ),
        Issue::NoSuchStage { typed, stages } => {
            (format!("没有“{typed}”这个节点"), format!("请从这些里选一个：{}", stages.join("、")))
        }
        Issue::AnsweredTwice => ("既填了数，又填了不适用原因".to_owned(), "两者只留一个".to_owned()),
        Issue::NoReason => ("不适用没有写原因".to_owned(), "请写明为什么与本单位无关".to_owned()),
        Issue::NilWhileRateDue => {
            ("本期要报增速或占比，不能报零报告".to_owned(), "请取消零报告，填写各目标的数据".to_owned())
        }
        Issue::ExceedsOther { value, other, bound } => {
            let other = plan.target(other).map_or(other.as_str(), |target| target.name.as_str());
            (
                format!("本期 {} {unit}，多于“{other}”的 {} {unit}", number(value), number(bound)),
                "前者包含在后者之内，请核对两个数".to_owned(),
            )
        }
        Issue::TextTooLong { chars } => (
            format!("“{field}”有 {chars} 个字"),
            format!("最多 {} 个字，请精简，其余放进佐证材料", model::check::MAX_TEXT_CHARS),
        ),
        Issue::TextsTooLong { bytes } => (
            format!("各栏文字合计太长（{bytes} 字节）"),
            format!(
                "一个目标的文字合计不超过 {} 字节（约 1.6 万字），请精简，其余放进佐证材料",
                model::check::MAX_ENTRY_BYTES
            ),
        ),
        Issue::NilWithEntries | Issue::NilAfterFigures => of_return(issue),
        Issue::Fell { since, before, now } => {
            let less = &Exact::from(*before) - &Exact::from(*now);
            let unit = if target.kind().is_amount() { unit } else { target.amount_unit.as_str() };
            (
                format!(
                    "累计数变小了：{} {}，本期 {}，少 {} {unit}",
                    plan.calendar.label(*since),
                    number(before),
                    number(now),
                    amount(&less)
                ),
                EXPLAIN.to_owned(),
            )
        }
        Issue::Jumped { mean, now } if target.kind() == model::target::Kind::Count => {
            (format!("增加得特别快：此前月均 {mean} {unit}，本期月均 {now} {unit}"), EXPLAIN.to_owned())
        }
        Issue::Jumped { mean, now } => {
            (format!("与往期相差很大：此前平均 {mean} {unit}，本期 {now} {unit}"), EXPLAIN.to_owned())
        }
        Issue::BaseChanged { before, now } => {
            (format!("同期数改了：原值 {}，新值 {}", number(before), number(now)), EXPLAIN.to_owned())
        }
        Issue::WentBack { before, now } => {
            (format!("进度倒退了：上次“{before}”，本期“{now}”"), EXPLAIN.to_owned())
        }
        Issue::DoneWithoutEvidence => (
            "报了完成，没有佐证材料".to_owned(),
            "请附上照片或文件（JPEG、PNG、PDF），或在“说明”里写明在哪里可查".to_owned(),
        ),
        Issue::Corrected { before, now } => (
            format!("改了已报的数：原值 {}，新值 {}", figures(target, before), figures(target, now)),
            "请在“说明”里写明为什么更正".to_owned(),
        ),
        Issue::AnswerChanged { before, now } => {
            let answer = |one: &Option<model::returns::Figures>| match one {
                Some(given) => figures(target, given),
                None => "不适用".to_owned(),
            };
            (
                format!("改了已报的内容：原为 {}，现为 {}", answer(before), answer(now)),
                "请在“说明”里写明为什么更正".to_owned(),
            )
        }
    }
}

pub(super) fn not_a_figure(field: &str, error: &FigureError) -> (String, String) {
    match error {
        FigureError::NotANumber(text) | FigureError::NotCanonical(text) => {
            (format!("“{field}”里的“{text}”不是数"), "只填数字，如 1937 或 7.5，不要带单位和文字".to_owned())
        }
        FigureError::TooManyDigits(text) => {
            (format!("“{field}”里的“{text}”位数太多"), "最多 18 位，请核对是否多打了几位".to_owned())
        }
        FigureError::TooManyDecimals(text) => {
            (format!("“{field}”里的“{text}”小数太长"), "最多 6 位小数".to_owned())
        }
    }
}

fn boxes(target: &Target) -> String {
    let fields = model::returns::Field::of_figures(target.kind(), target.official);
    fields.iter().map(|field| field_label(*field)).collect::<Vec<_>>().join("、")
}
