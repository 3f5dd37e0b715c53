//! What is said of keys that are replaced, and of what one of them signed.

use super::verdicts::{Tone, numbers};
use super::{Sentence, hub_offices::whole_day_label};
use crate::error::KeyFault;
use crate::receive::{PlanNews, RotationStanding, RotationVerdict};

/// Says what keeps a key from being used or replaced.
pub(super) fn key_fault(why: &KeyFault) -> Sentence {
    match why {
        KeyFault::Closed(after) => Sentence::new(
            "own_key_closed",
            format!("汇总单位已停用这台电脑上的密钥，只算到第 {after} 号"),
            "可能用了换密钥以前的备份：请用换密钥以后的备份恢复；没有的，用 enrol --new-key 换新密钥，重新注册",
        )
        .in_window("可能用了换密钥以前的备份：请用换密钥以后的备份恢复；没有的，请到“设置”重新注册，填过、报过的都在"),
        KeyFault::Unknown(name) => Sentence::new(
            "no_such_key",
            format!("{name} 没有这把密钥"),
            "用 office keys 查看它有过的密钥，最早的是 1",
        )
        .in_window("请重新打开这个单位，再选要停用的密钥"),
        KeyFault::HandedOver => Sentence::new(
            "handed_over",
            "本单位换过密钥，由换钥包接续，不用再注册",
            "要再拷一份换钥包，用 key rotate",
        )
        .in_window("要再拷一份换钥包，请按“更换密钥”"),
    }
}

/// Says that a bundle of the hub is under a key that is not trusted here, and what would let it in.
pub(super) fn unknown_hub_key(version: Option<u32>) -> Sentence {
    let missed = match version {
        Some(version) if version > 1 => {
            format!("，可能没有导入它换密钥的那一版方案（一般是第 {} 版）", version - 1)
        }
        _ => "，可能没有导入它换密钥的那一版方案".to_owned(),
    };
    Sentence::new(
        "unknown_hub_key",
        format!("不是用已确认的汇总单位密钥签的{missed}，这一份已留存"),
        "请导入那一版的下达包，这一份会自动补上；拿不到的，用 key trust 对着汇总单位新的盖章纸输入 40 位指纹；都对不上的不要使用，请打电话核实",
    )
    .in_window(
        "请导入那一版的下达包，这一份会自动补上；拿不到的，到“设置”对着汇总单位新的盖章纸输入 40 位指纹；都对不上的不要使用，请打电话核实",
    )
}

pub(super) fn of_plan(version: u32, news: PlanNews) -> (Tone, Sentence) {
    let mut what = format!("已导入第 {version} 版目标方案");
    if news.new_key {
        what.push_str("；汇总单位更换了密钥，由原来的密钥担保，不用再核对指纹");
    }
    if news.healed > 0 {
        what.push_str(&format!("，先前到的 {} 份已补上", news.healed));
    }
    if !news.restored {
        let next = "已填的数据都保留，请核对新增目标";
        return (Tone::Good, Sentence::new("plan", what, next));
    }
    what.push_str("；汇总单位的台账从备份恢复过，下达包和回执重新编号");
    let next = "已填的数据都保留，请核对新增目标；最近报过的几期，请等新的回执，回执里没有的再拷一份带去";
    (Tone::Attention, Sentence::new("plan", what, next))
}

/// Says that a hub's ledger is older than its own key.
pub(super) fn own_handover(version: u32) -> (Tone, Sentence) {
    let what = format!(
        "本单位下达第 {version} 版方案时已更换密钥，这个台账还是旧密钥，各单位不会接收；这一份已留存"
    );
    let sentence = Sentence::new(
        "own_key_changed",
        what,
        "台账是从换密钥以前的备份恢复的：请用换密钥以后存的恢复钥匙 key restore，再下达、出回执",
    )
    .in_window("台账是从换密钥以前的备份恢复的：请到“设置”用换密钥以后存的恢复钥匙换回密钥，再下达、出回执");
    (Tone::Attention, sentence)
}

/// Says what became of a bundle by which an office's key handed over.
pub(super) fn of_rotation(office: &str, it: &RotationVerdict) -> (Tone, Sentence) {
    let seq = it.seq;
    match it.standing {
        RotationStanding::InForce => {
            let mut what =
                format!("{office} 更换了密钥：由原来的密钥在第 {seq} 号担保，不用再核对指纹，现在起用新密钥");
            if it.healed > 0 {
                what.push_str(&format!("；先前到的 {} 份已补上", it.healed));
            }
            if it.missing.is_empty() {
                return (Tone::Good, Sentence::new("key_handed_over", what, "不用处理"));
            }
            what.push_str(&format!("；缺第 {} 号", numbers(&it.missing)));
            let next = "请向该单位要缺的那几份，收到即自动补上";
            (Tone::Attention, Sentence::new("key_handed_over", what, next))
        }
        RotationStanding::Disputed { from } => {
            let what = format!(
                "{office} 更换密钥（第 {seq} 号）：分叉，第 {from} 号有两份不同的内容，新旧密钥从这里起都是争议、暂不计入"
            );
            let next = "可能有别人在用它原来的密钥。请打电话核实，再选定以哪一份为准";
            (Tone::Bad, Sentence::new("forked", what, next))
        }
        RotationStanding::Void { after } => {
            let what = format!("{office} 更换密钥（第 {seq} 号）不算数：原来的密钥只算到第 {after} 号");
            let next = "请打电话核实；确实要换的，请该单位重新注册，核对指纹";
            (Tone::Bad, Sentence::new("key_closed", what, next))
        }
    }
}

/// Says what a version of a fork is by which a key hands over.
pub fn fork_handover(seq: u64, arrived: chrono::NaiveDate) -> String {
    format!("第 {seq} 号更换密钥，{} 收到", whole_day_label(arrived))
}

/// What became of a return that an office signed after the last number of its key that counts.
pub const BEYOND_KEY: &str = "密钥已停用，不计入";

/// How a key came to sign no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyEnd {
    /// It vouched for the next.
    HandedOver,
    /// The digits of the next were typed from the hub's paper.
    Typed,
    /// The office enrolled anew.
    EnrolledAgain,
}

/// Says of a key that signed before until when.
pub fn former_key(digits: &str, until: chrono::NaiveDate, end: KeyEnd) -> String {
    let how = match end {
        KeyEnd::HandedOver => "由它担保换成下一把",
        KeyEnd::Typed => "核对新指纹后不再用",
        KeyEnd::EnrolledAgain => "重新注册后不再用",
    };
    format!("{digits}（{} {how}）", whole_day_label(until))
}

/// Says that the hub has not answered the bundle by which the key handed over.
pub fn rotation_waits(file: &str, day: chrono::NaiveDate) -> String {
    format!("{} 换了密钥，等汇总单位的回执确认（{file}）", whole_day_label(day))
}
