//! What a hub's screens say.

use super::Sentence;
use crate::HubFault;

/// Something that a hub is told until it is dealt with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HubStandstill {
    /// No plan was issued yet.
    NeverIssued,
    /// The plan was edited since it was issued.
    Changed,
    /// No copy of the key lies in a safe.
    NoRecoveryKey,
}

/// Says what stands in the hub's way, and what to do about it.
pub fn hub_standstill(what: &HubStandstill) -> Sentence {
    match what {
        HubStandstill::NeverIssued => Sentence::new(
            "never_issued",
            "方案还没有下达，填报单位还不能注册",
            "在“目标”里核对任务分解，再到“下达”写到优盘",
        ),
        HubStandstill::Changed => Sentence::new(
            "plan_changed",
            "方案有改动，还没有下达",
            "改完后到“下达”核对改动，写到优盘；在此之前仍按上一版汇总",
        ),
        HubStandstill::NoRecoveryKey => Sentence::new(
            "no_recovery_key",
            "恢复钥匙还没有存到优盘上",
            "请到“设置”里存一份，锁进柜子：密钥文件坏了，靠它和存它那天的口令才能接着用",
        ),
    }
}

/// Says how a period stands at the hub: `已报 18/22`, `报齐`, `已锁定`.
pub fn hub_period_state(locked: bool, reported: u32, owed: u32) -> String {
    match (locked, reported, owed) {
        (true, ..) => "已锁定".to_owned(),
        (_, 0, 0) => "没有应报的".to_owned(),
        (_, 0, _) => "未收到".to_owned(),
        _ if reported == owed => "报齐".to_owned(),
        _ => format!("已报 {reported}/{owed}"),
    }
}

/// Says what keeps a hub from being set up, or from sending something out.
pub(super) fn hub_fault(what: &HubFault) -> (&'static str, String, String) {
    match what {
        HubFault::Name { limit } => (
            "bad_hub_name",
            "汇总单位的名称没有写、太长，或含有看不见的字符".to_owned(),
            format!("请写全称或通用的简称，不超过 {limit} 个字"),
        ),
        HubFault::Year(year) => {
            ("bad_year", format!("{year} 不能作为方案的年份"), "请填 2000 到 2099 之间的年份".to_owned())
        }
        HubFault::WrongCopy => (
            "wrong_copy",
            "口令打不开这把恢复钥匙，或文件已损坏".to_owned(),
            "请输入存它那天的口令，不是现在的；还是打不开，请换另一份恢复钥匙".to_owned(),
        ),
        HubFault::OtherKey => (
            "other_key",
            "这个文件里是别的密钥，不是本台账的".to_owned(),
            "请换成最近一次换密钥以后存的那份；台账是从换密钥以前的备份恢复的，请先接收换密钥时下达的方案（文件名以“下达-”开头，各单位导入的那份也行），再用那份恢复钥匙".to_owned(),
        ),
        HubFault::NothingToIssue => {
            ("nothing_to_issue", "没有选要下达的内容".to_owned(), "请勾选方案或回执".to_owned())
        }
        HubFault::NoSuchRound => (
            "no_such_round",
            "没有这一批的记录了".to_owned(),
            "请重新下达一次：内容没有变的文件还是原来的".to_owned(),
        ),
    }
}
