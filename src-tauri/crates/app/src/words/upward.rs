//! What is said of the figures that leave for the hub above.

use super::{Sentence, kind_label};
use crate::report_up::{Likeness, Misfit, Omission, UpwardFault};

/// Says why an own target cannot answer to one above.
pub fn misfit(why: &Misfit) -> String {
    let shown =
        |unit: &str| if unit.trim().is_empty() { "没有写".to_owned() } else { format!("是“{unit}”") };
    match why {
        Misfit::Kind { upper, own } => {
            format!("类型不同：上级是{}，本单位是{}", kind_label(*upper), kind_label(*own))
        }
        Misfit::Unit { upper, own } => {
            format!("单位不同：上级{}，本单位{}", shown(upper), shown(own))
        }
        Misfit::AmountUnit { upper, own } => {
            format!("增速、占比背后的数单位不同：上级{}，本单位{}", shown(upper), shown(own))
        }
        Misfit::NotPublished => "上级要填公布的数，本单位的是由各家的数算出来的".to_owned(),
    }
}

/// Says what makes an own target likely to be the one that is meant above.
pub fn likeness(likeness: Likeness) -> &'static str {
    match likeness {
        Likeness::Both => "名称和原文相同",
        Likeness::Name => "名称相同",
        Likeness::Clause => "原文相同",
    }
}

/// Says why a target above gets no figure.
pub fn omission(why: &Omission) -> String {
    match why {
        Omission::Unanswered => "还没有对应本单位的目标".to_owned(),
        Omission::Gone => "对应的目标已不在本单位的方案里".to_owned(),
        Omission::Unfit(why) => misfit(why),
        Omission::NotDue => "本单位这一项还没有到期".to_owned(),
        Omission::Earlier(month) => format!("本单位这一项最近的数是{month}的，不是本期的"),
        Omission::NoFigure => "还没有一家报数".to_owned(),
        Omission::NotFrozen => "锁定时没有记下全部数字，请解锁后重新锁定".to_owned(),
        Omission::NoAmounts => "只有公布的增速或占比，没有背后的两个数".to_owned(),
        Omission::NoSuchStage(name) => format!("上级这一项没有叫“{name}”的节点"),
        Omission::TooLong => "合计超过 18 位数字".to_owned(),
    }
}

/// Says what left for the hub above.
pub fn reported_up(file: &str, targets: usize, omitted: usize) -> Sentence {
    let left = match omitted {
        0 => String::new(),
        _ => format!("；有 {omitted} 项没有数，不在表里"),
    };
    Sentence::new(
        "reported_up",
        format!("已写好 {file}，{targets} 项{left}"),
        "在本单位作为填报单位的台账里用 enter --from 导入，审核后报送",
    )
    .in_window("在本单位作为填报单位的台账里，到“填报”导入这张表，审核后报送")
}

/// Says what keeps a hub from reporting upward.
pub(super) fn upward_fault(why: &UpwardFault) -> Sentence {
    let (code, what, next, window) = match why {
        UpwardFault::OwnPlan => (
            "own_plan",
            "这是本单位自己下达的方案，不是上级的".to_owned(),
            "请选上级汇总单位的下达包".to_owned(),
            None,
        ),
        UpwardFault::Older { held, found } => (
            "older_upper_plan",
            format!("这是上级方案的第 {found} 版，已导入的是第 {held} 版"),
            "不用再导入；如需最新方案，请向上级要".to_owned(),
            None,
        ),
        UpwardFault::NoPlan => (
            "no_upper_plan",
            "还没有导入上级的方案".to_owned(),
            "请先用 upward take 导入上级的下达包".to_owned(),
            Some("请先导入上级的下达包"),
        ),
        UpwardFault::NoOffice => (
            "no_upper_office",
            "还没有说明本单位是上级方案里的哪一家".to_owned(),
            "请用 upward take --as 写明单位名称".to_owned(),
            Some("请先选择本单位在上级方案里的名称"),
        ),
        UpwardFault::NotGiven(code) => (
            "not_given",
            format!("上级没有把目标 {code} 交给本单位"),
            "请用 upward show 核对编码".to_owned(),
            Some("请核对上级的目标"),
        ),
        UpwardFault::Unfit { upper, own, why } => (
            "unfit_target",
            format!("{own} 不能对应上级的 {upper}。{}", misfit(why)),
            "请换一个目标；没有合适的就空着，在上级的报表里直接填".to_owned(),
            None,
        ),
        UpwardFault::Nothing => (
            "nothing_to_report_up",
            "没有可以上报的数，没有写文件".to_owned(),
            "请用 upward show 看每一项缺什么".to_owned(),
            Some("请看每一项后面缺什么"),
        ),
    };
    Sentence::new(code, what, next).in_window(window)
}
