//! Verdicts on received files, one line each.

use std::ops::RangeInclusive;

use model::id::OfficeId;
use model::plan::Plan;

use super::keys::{of_plan, of_rotation, own_handover};
use super::{Sentence, finding, refusal, rejection, skipped};
use crate::receive::{ReceiptVerdict, Refusal, ReturnStanding, ReturnVerdict, Verdict};

/// How many findings or ranges of numbers a line names; a hostile return has them by the thousand.
const SHOWN: usize = 5;

/// How a verdict is to be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// All is well.
    Good,
    /// Nothing to do.
    Quiet,
    /// Somebody has to look.
    Attention,
    /// It was not taken.
    Bad,
}

/// Says what became of a file.
pub fn verdict(plan: &Plan, verdict: &Verdict) -> (Tone, Sentence) {
    let office =
        |id: &OfficeId| plan.office(id).map_or_else(|| id.to_string(), |office| office.name().to_owned());
    match verdict {
        Verdict::Skipped(why) => (Tone::Attention, skipped(*why)),
        Verdict::Rejected(why) => {
            let sentence = rejection(None, why);
            (Tone::Bad, Sentence { what: format!("拒收：{}", sentence.what), ..sentence })
        }
        Verdict::Own => (Tone::Quiet, Sentence::new("own", "跳过：是本单位自己发出的", "不用处理")),
        Verdict::OwnHandover { version } => own_handover(*version),
        // What others sent lies on every stick that goes round.
        Verdict::Refused(why @ (Refusal::WrongPlace(_) | Refusal::OtherOffice)) => {
            let sentence = refusal(why);
            (Tone::Quiet, Sentence { what: format!("跳过：{}", sentence.what), ..sentence })
        }
        Verdict::Refused(why) => {
            let sentence = refusal(why);
            let whose = match why {
                Refusal::KeyClosed { office: id, seq, .. } => format!("{} 第 {seq} 号，", office(id)),
                _ => String::new(),
            };
            (Tone::Bad, Sentence { what: format!("拒收：{whose}{}", sentence.what), ..sentence })
        }
        Verdict::Duplicate => {
            (Tone::Quiet, Sentence::new("duplicate", "重复：以前收过，没有变化", "不用处理"))
        }
        Verdict::Return(it) => of_return(plan, &office(&it.office), it),
        Verdict::EnrolmentWaiting { office: id, name } => {
            let known = office(id);
            let shown = if *name == known {
                String::new()
            } else {
                format!("（文件里写作“{name}”，请留意）")
            };
            let what = format!("注册包：自称“{known}”{shown}，等待核对指纹");
            (
                Tone::Attention,
                Sentence::new("enrolment_waiting", what, "请对着盖章的纸，用 office enrol 输入 40 位指纹")
                    .in_window("请对着盖章的纸，输入 40 位指纹"),
            )
        }
        Verdict::Rotation(it) => of_rotation(&office(&it.office), it),
        Verdict::Plan { version, news } => of_plan(*version, *news),
        Verdict::Receipt(it) => of_receipt(it),
    }
}

/// Says in a line what a receipt says.
pub(super) fn said_by_receipt(it: &ReceiptVerdict) -> String {
    // A return with cells sent back counts but for these: “接收 0 份” would say that all of it is lost.
    let counts = [
        (it.accepted, "接收", "份"),
        (it.returned, "退回", "格"),
        (it.pending, "待审", "份"),
        (it.locked, "待解锁", "份"),
        (it.disputed, "争议", "份"),
    ];
    let mut parts: Vec<String> = counts
        .iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, what, unit)| format!("{what} {count} {unit}"))
        .collect();
    if !it.missing.is_empty() {
        parts.push(format!("缺第 {} 号", numbers(&it.missing)));
    }
    if it.key_confirmed {
        parts.push("汇总单位已改用本单位的新密钥".to_owned());
    }
    if let Some(after) = it.key_closed {
        parts.push(format!("本单位的密钥已停用，只算到第 {after} 号"));
    }
    if it.caught_up > 0 {
        parts.push(format!("补回 {} 份以前的报表", it.caught_up));
    }
    if parts.is_empty() { "没有新的结果".to_owned() } else { parts.join("，") }
}

fn of_receipt(it: &ReceiptVerdict) -> (Tone, Sentence) {
    let what = format!("回执第 {} 号：{}", it.seq, said_by_receipt(it));
    let mut steps: Vec<String> = Vec::new();
    // The gravest first: nothing that is sent counts until a dispute is decided.
    if it.disputed > 0 {
        steps.push("争议：本单位的密钥可能被复制，请立即打电话联系汇总单位".to_owned());
    }
    if it.key_closed.is_some() {
        steps.push("这台电脑上的密钥不能再报送：请用更换密钥之后的备份恢复，或重新注册".to_owned());
    }
    if it.returned > 0 {
        steps.push("请改正退回的格，说明后重新报送".to_owned());
    }
    if !it.missing.is_empty() {
        let missing = numbers(&it.missing);
        steps.push(format!("第 {missing} 号汇总单位没有收到，请把第 {missing} 号再拷一份带去"));
    }
    let quiet = steps.is_empty();
    if it.pending + it.locked > 0 {
        steps.push("待审、待解锁的请等待汇总单位处理".to_owned());
    }
    if steps.is_empty() {
        steps.push("不用处理".to_owned());
    }
    (if quiet { Tone::Good } else { Tone::Attention }, Sentence::new("receipt", what, steps.join("；")))
}

fn of_return(plan: &Plan, office: &str, it: &ReturnVerdict) -> (Tone, Sentence) {
    let head = format!("{office} {} 第 {} 号", plan.calendar.label(it.period), it.seq);
    let late = if it.late { "，迟报" } else { "" };
    let gap =
        if it.missing.is_empty() { String::new() } else { format!("，缺第 {} 号", numbers(&it.missing)) };
    let (tone, code, what, next) = match it.standing {
        ReturnStanding::Accepted if it.missing.is_empty() => {
            (Tone::Good, "accepted", "已接收", "不用处理".to_owned())
        }
        ReturnStanding::Accepted => (
            Tone::Attention,
            "accepted",
            "已接收",
            "本份照常计入；请向该单位要缺的那几份，收到即自动补上".to_owned(),
        ),
        ReturnStanding::Older => {
            (Tone::Quiet, "older", "较早的一份，已有更新的，不影响汇总", "不用处理".to_owned())
        }
        ReturnStanding::Pending if it.findings.is_empty() => {
            (Tone::Attention, "pending", "待审", "请审核后接收或退回".to_owned())
        }
        ReturnStanding::Pending => {
            let found: Vec<String> = it.findings.iter().take(SHOWN).map(|f| finding(plan, f).what).collect();
            let more =
                if it.errors > found.len() { format!(" 等 {} 处", it.errors) } else { String::new() };
            (
                Tone::Attention,
                "pending",
                "待审：审核发现错误，暂不计入",
                format!("请核对：{}{more}", found.join("；")),
            )
        }
        ReturnStanding::AwaitingUnlock => (
            Tone::Attention,
            "awaiting_unlock",
            "待解锁：该期已锁定，已留存，暂不计入",
            "解锁后再接收".to_owned(),
        ),
        ReturnStanding::Beyond { after } => {
            let what = format!("{head}：这把密钥只算到第 {after} 号，之后已换了新密钥；这一份不计入");
            let next = "可能有别人还在用它原来的密钥。请打电话核实，请该单位用新密钥重新报送";
            return (Tone::Bad, Sentence::new("key_closed", what, next));
        }
        ReturnStanding::Disputed { from } => {
            let what = format!("{head}：分叉，第 {from} 号有两份不同的内容，从这一号起都是争议、暂不计入");
            let next = "可能两台电脑在用同一把密钥。请打电话核实，再选定以哪一份为准";
            return (Tone::Bad, Sentence::new("forked", what, next));
        }
    };
    (tone, Sentence::new(code, format!("{head}：{what}{late}{gap}"), next))
}

/// Names numbers: `2、4—6`.
pub fn numbers(ranges: &[RangeInclusive<u64>]) -> String {
    let one = |range: &RangeInclusive<u64>| {
        if range.start() == range.end() {
            range.start().to_string()
        } else {
            format!("{}—{}", range.start(), range.end())
        }
    };
    let named = ranges.iter().take(SHOWN).map(one).collect::<Vec<_>>().join("、");
    if ranges.len() > SHOWN { format!("{named} 等 {} 段", ranges.len()) } else { named }
}
