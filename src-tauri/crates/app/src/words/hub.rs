//! What a hub's screens say.

use super::Sentence;

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
            "请到“设置”里存一份，锁进柜子：密钥文件坏了，靠它和口令才能接着用",
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
