//! Why a file was not taken, in plain words.

use bundle::keys::Half;
use bundle::limits::Bound;
use bundle::rejection::{Rejection, TextDamage};

use super::Sentence;
use super::disk;
use super::keys::unknown_hub_key;
use super::terms::bundle_kind_label;
use crate::fetch::Skipped;
use crate::receive::Refusal;

const RECOPY: &str = "请让对方重新拷贝一份；U 盘没有坏的话，原文件还在对方电脑里";
const CALL: &str = "不要使用这个文件，请打电话向对方核实，并请其重新导出";

/// Says why a file cannot be trusted.
pub fn rejection(file: Option<&str>, rejection: &Rejection) -> Sentence {
    let name = file.map(|file| format!("{}：", model::names::reveal(file))).unwrap_or_default();
    let (what, next) = match rejection {
        Rejection::NotABundle { .. } => {
            ("不是台账的数据包".to_owned(), "请选扩展名为 .tzb、由本程序导出的文件")
        }
        Rejection::TextMode(TextDamage::LineEndings) => (
            "拷贝时被当作文本，换行被改写，内容已损坏".to_owned(),
            "请不要经聊天或邮件转发，用 U 盘直接拷贝一份",
        ),
        Rejection::TextMode(TextDamage::Characters) => (
            "拷贝时被当作文本，字符被改写，内容已损坏".to_owned(),
            "请不要经聊天或邮件转发，用 U 盘直接拷贝一份",
        ),
        Rejection::UnsupportedFormat { found } => {
            (format!("是更新的程序导出的（格式 {found}）"), "请升级本程序后再接收")
        }
        Rejection::Truncated { expected, found } => {
            (format!("不完整：应有至少 {expected} 字节，只有 {found} 字节"), RECOPY)
        }
        Rejection::TrailingBytes { expected, found } => {
            (format!("末尾多出内容：应为 {expected} 字节，却有 {found} 字节"), CALL)
        }
        Rejection::Key(_) => ("里面的公钥不是合法的公钥".to_owned(), CALL),
        Rejection::Signature { half } => {
            let half = match half {
                Half::Sm2 => "SM2",
                Half::Ed25519 => "Ed25519",
            };
            (format!("签名不对（{half}），内容在路上被改动过"), CALL)
        }
        Rejection::Successor(_) => ("更换密钥的内容不对：新密钥没有同意接替，或者不是新的".to_owned(), CALL),
        Rejection::Header(_) => ("签名无误，但开头部分不合格式".to_owned(), CALL),
        Rejection::Digest { .. } => ("内容与签名不符，在路上被改动过".to_owned(), CALL),
        Rejection::Limit(exceeded) => {
            let bound = match exceeded.bound {
                Bound::Bundle => "文件",
                Bound::Attachment => "佐证材料",
                Bound::AttachmentCount => "佐证材料个数",
                _ => "报表内容",
            };
            (format!("{bound}太大：{}，上限 {}", exceeded.found, exceeded.limit), CALL)
        }
        Rejection::Inflate(_) => ("内容无法解压".to_owned(), CALL),
        Rejection::Record { line, .. } => (format!("第 {line} 条记录不合格式"), CALL),
        Rejection::Media { .. } => ("佐证材料的内容与所说的格式不符".to_owned(), CALL),
        Rejection::Io(error) => (format!("读不出来：{}", disk::word(error)), disk::reading_remedy(error)),
    };
    Sentence::new(rejection.code(), format!("{name}{what}"), next)
}

/// Says why a genuine bundle is not taken.
pub fn refusal(refusal: &Refusal) -> Sentence {
    let (code, what, next) = match refusal {
        Refusal::Unregistered => (
            "unregistered",
            "未注册：没有登记过这把密钥，已留存一份".to_owned(),
            "该单位换过密钥的，请接收它的换钥包（文件名以“换钥-”开头），这一份会自动补上；没有注册过的，请先导入注册包并输入指纹，再接收",
        ),
        Refusal::KeyPending => {
            ("key_pending", "注册还没有完成".to_owned(), "请对着盖章的纸输入 40 位指纹，再接收")
        }
        Refusal::KeyClosed { after, .. } => (
            "key_closed",
            format!("这把密钥已停用，只算到第 {after} 号"),
            "请让该单位用新密钥重新签发；如有疑问请打电话核实",
        ),
        Refusal::OtherPlan => ("other_plan", "属于另一个汇总单位或另一年的方案".to_owned(), "请核对文件来源"),
        Refusal::NotItsKey => (
            "not_its_key",
            "签名的密钥与文件自称的单位不符".to_owned(),
            "不要使用这个文件，请打电话向双方核实",
        ),
        Refusal::UnknownHubKey { version } => return unknown_hub_key(*version),
        Refusal::FormerHubKey => (
            "former_hub_key",
            "是汇总单位更换密钥以前签的，已不再接收".to_owned(),
            "请向汇总单位要更换密钥之后的回执，里面有全部结果；它的台账刚从备份恢复的，请它先用换密钥以后存的恢复钥匙换回密钥",
        ),
        Refusal::WrongPlace(kind) => {
            return Sentence::new(
                "wrong_place",
                format!("这里不接收{}", bundle_kind_label(*kind)),
                "上报包和注册包由汇总单位接收，下达包和回执包由填报单位接收",
            );
        }
        Refusal::UnknownVersion(version) => (
            "unknown_version",
            format!("依据的第 {version} 版方案从未下达过"),
            "请打电话核实，并请该单位导入最新的下达包后重报",
        ),
        Refusal::NotReported(_) => {
            ("not_reported", "报告期不在方案之内".to_owned(), "请该单位核对报告期后重报")
        }
        Refusal::OldPlan { offered, present } => (
            "old_plan",
            format!("是第 {offered} 版方案，本机已有第 {present} 版"),
            "不用再导入；如需最新方案，请向汇总单位要",
        ),
        Refusal::BadPlan => {
            ("bad_plan", "方案内容不完整，或不能接在现有方案之后".to_owned(), "请联系汇总单位重新下达")
        }
        Refusal::BadEnrolment => (
            "bad_enrolment",
            "注册包有问题：单位不在方案里，或冒用了别的编号序列、已登记过的密钥".to_owned(),
            "不要登记，请打电话核实它的来历",
        ),
        Refusal::OtherOffice => ("other_office", "是给别的单位的回执".to_owned(), "请选本单位的回执包"),
        Refusal::Forked { from } => (
            "forked",
            format!("与已收到的第 {from} 号互相矛盾，可能有人冒用汇总单位的密钥"),
            "不要使用，请打电话向汇总单位核实",
        ),
    };
    Sentence::new(code, what, next)
}

/// Says why something named like a bundle was not opened.
pub fn skipped(skipped: Skipped) -> Sentence {
    let (code, what) = match skipped {
        Skipped::Link => ("skipped_link", "是链接，不是文件"),
        Skipped::NotAFile => ("skipped_not_a_file", "不是文件"),
        Skipped::Empty => ("skipped_empty", "是空文件"),
        Skipped::Unreadable => ("skipped_unreadable", "打不开"),
    };
    Sentence::new(code, format!("跳过：{what}"), "请让对方重新导出到 U 盘")
}
