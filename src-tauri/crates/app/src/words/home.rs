//! What the first screen says: what to do next, and what stands in the way.

use chrono::{Datelike, NaiveDate};
use ledger::returns::ReturnState;
use model::period::Period;
use model::plan::Plan;

use super::{Sentence, state_label};
use crate::check::Open;
use crate::screens::home::Counts;
use crate::screens::{PeriodState, PeriodView};

/// Something that stands at the top until it is dealt with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standstill {
    /// Numbers that were sent and that the hub does not have.
    HubLacks(Vec<u32>),
    /// The plan is newer than the one last reported against.
    NewPlan {
        /// The version last reported against.
        before: u32,
        /// The version in force.
        now: u32,
    },
    /// The machine's day cannot be right.
    StrangeDay {
        /// What the machine says.
        today: NaiveDate,
        /// The year of the plan.
        year: u16,
    },
}

/// Says what stands in the way, and what to do about it.
pub fn standstill(what: &Standstill) -> Sentence {
    match what {
        Standstill::HubLacks(numbers) => {
            let numbers: Vec<String> = numbers.iter().map(u32::to_string).collect();
            Sentence::new(
                "hub_lacks",
                format!("汇总单位没有收到第 {} 号上报包", numbers.join("、")),
                "请到“报送”里再拷一份送去，编号和内容不变",
            )
        }
        Standstill::NewPlan { before, now } => Sentence::new(
            "plan_updated",
            format!("目标方案已更新到第 {now} 版（上次按第 {before} 版报送）"),
            "新的一期按新方案填报；已填的内容都保留",
        ),
        Standstill::StrangeDay { today, year } => Sentence::new(
            "strange_day",
            format!(
                "这台电脑的日期是 {}年{}月{}日，和 {year} 年的方案对不上",
                today.year(),
                today.month(),
                today.day()
            ),
            "不影响填报和报送；请自己核对报告期，剩余天数以纸上的通知为准",
        ),
    }
}

/// A thing to do, before it is said.
#[derive(Debug, Clone, Copy)]
pub enum StepWords<'a> {
    /// Take in a receipt, as the ledger came out of a backup.
    CatchUp,
    /// Mend cells of another period.
    ReturnedElsewhere(&'a PeriodView),
    /// Send another period again, which was changed after it had left.
    ChangedElsewhere(&'a PeriodView),
    /// Report a period that was passed over.
    Skipped(&'a PeriodView),
    /// Mend cells that came back.
    Returned {
        /// Rows still to be mended.
        open: usize,
        /// Rows mended since.
        mended: usize,
    },
    /// Fill in.
    FillIn(&'a Counts),
    /// Nothing: what is 未填 was added to the plan after the period was reported.
    AddedLater {
        /// Targets reported.
        reported: u32,
        /// Targets added.
        added: u32,
    },
    /// Look through what was found.
    Check(Open),
    /// Sign and send.
    Send {
        /// How the return stands.
        state: PeriodState,
        /// The last day.
        due: &'a str,
    },
    /// Wait for the hub's word.
    Receipt {
        /// Whether it has left.
        sent: bool,
        /// How the return stands, in words.
        state: &'a str,
        /// Whether the hub has answered.
        answered: bool,
        /// Whether it ever did: till then nobody here knows of the enrolment.
        known: bool,
    },
    /// Begin the next period.
    Next(&'a PeriodView),
}

/// Why a return is sent again.
const CHANGED_SINCE_SENT: &str = "报送后又改过，汇总单位那里还是原来的数";

/// Says what to do, and why or how.
pub fn step(what: &StepWords<'_>) -> (String, String) {
    let (title, text) = match *what {
        StepWords::CatchUp => ("导入最新的回执".to_owned(), "台账是从备份恢复的，接上号才能报送".to_owned()),
        StepWords::ReturnedElsewhere(period) => {
            (format!("处理 {} 的退回", period.label), format!("{}，改好后重新报送", period.state_label))
        }
        StepWords::ChangedElsewhere(period) => {
            (format!("重新报送 {}", period.label), CHANGED_SINCE_SENT.to_owned())
        }
        StepWords::Skipped(period) => {
            (format!("补报 {}", period.label), format!("{}，后面的月份已经报过", period.state_label))
        }
        StepWords::Returned { open: 0, mended } => {
            (format!("退回的 {mended} 项已改"), "报送后汇总单位才看得到".to_owned())
        }
        StepWords::Returned { open, .. } => {
            (format!("处理退回的 {open} 项"), "看清原因，改数或写明情况，再重新报送".to_owned())
        }
        StepWords::FillIn(counts) => fill_in(counts),
        StepWords::AddedLater { reported, added } => {
            (format!("已报 {reported} 项"), format!("报送以后新下达了 {added} 项，从下一期填起"))
        }
        StepWords::Check(open) => check(open),
        StepWords::Send { state, due } => send(state, due),
        StepWords::Receipt { sent: false, known: false, .. } => (
            "等回执".to_owned(),
            "注册包登记了没有，看汇总单位的第一份回执；登记前也可以填报、报送".to_owned(),
        ),
        StepWords::Receipt { sent: false, .. } => {
            ("等回执".to_owned(), "报送以后，导入汇总单位的回执".to_owned())
        }
        StepWords::Receipt { answered: true, state, .. } => {
            (format!("回执：{state}"), "详情见“回执”".to_owned())
        }
        StepWords::Receipt { .. } => {
            ("等回执".to_owned(), "把优盘交给汇总单位；回执拿到后在“回执”里导入".to_owned())
        }
        StepWords::Next(period) => (format!("填报 {}", period.label), format!("截止 {}", period.due)),
    };
    (title, text)
}

fn fill_in(counts: &Counts) -> (String, String) {
    let Counts { total, empty, nil, .. } = *counts;
    match (total, empty) {
        (0, _) => ("本期没有要填的".to_owned(), "本期没有到期的目标".to_owned()),
        (_, 0) if nil == total => ("已报零报告".to_owned(), "本期没有新增".to_owned()),
        (_, 0) => (format!("{total} 项都填了"), "要改随时可以改".to_owned()),
        (_, all) if all == total => {
            (format!("填报 {total} 项"), "没有进展填 0，与本单位无关填不适用".to_owned())
        }
        (_, left) => (format!("填完剩下的 {left} 项"), format!("已填 {} 项，共 {total} 项", total - left)),
    }
}

fn check(open: Open) -> (String, String) {
    match open {
        open if open.total() == 0 => ("审核通过".to_owned(), "没有要改正或说明的".to_owned()),
        Open { missing, .. } if missing == open.total() => {
            ("审核".to_owned(), format!("还有 {missing} 处不能报送，都是未填；填的时候就在审核"))
        }
        open => (format!("处理审核发现的 {} 处", open.total()), open_in_words(open)),
    }
}

/// Says of what kind the findings are that keep a return from leaving: `错误 5 处，待说明 1 处`.
pub fn open_in_words(open: Open) -> String {
    let missing = if open.missing > 0 && open.missing == open.errors { "（都是未填）" } else { "" };
    let errors = (open.errors > 0).then(|| format!("错误 {} 处{missing}", open.errors));
    let warnings = (open.warnings > 0).then(|| format!("待说明 {} 处", open.warnings));
    errors.into_iter().chain(warnings).collect::<Vec<_>>().join("，")
}

fn send(state: PeriodState, due: &str) -> (String, String) {
    let (title, text) = match state {
        PeriodState::Untouched | PeriodState::Draft => {
            return ("报送".to_owned(), format!("三人签名，输入口令，写到优盘；截止 {due}"));
        }
        PeriodState::Changed => ("重新报送", CHANGED_SINCE_SENT),
        PeriodState::Returned => ("重新报送", "改好退回的内容再报送"),
        _ => ("已报送", "要更正，改了重新报送即可"),
    };
    (title.to_owned(), text.to_owned())
}

/// Says in a line what the receipt that speaks last said, and how many of the cells sent back are mended but not sent.
pub fn receipt_in_a_line(
    plan: &Plan,
    spoken: Option<(Period, ReturnState)>,
    returned: usize,
    mended: usize,
) -> String {
    let Some((period, state)) = spoken else { return "还没有收到任何一期".to_owned() };
    let label = plan.calendar.label(period);
    let done = match mended {
        0 => String::new(),
        all if all == returned => "，已改，待报送".to_owned(),
        some => format!("，已改 {some} 格"),
    };
    match returned {
        0 => format!("{label} {}", state_label(state)),
        cells if state == ReturnState::Returned => format!("{label} 退回 {cells} 格{done}"),
        cells => format!("{label} {}；还有退回 {cells} 格{done}", state_label(state)),
    }
}

/// Names a lamp by its code, as an office reads it of its own figures.
pub fn lamp_name(code: &str) -> &'static str {
    match code {
        "done" => "已完成",
        "green" => "正常",
        "yellow" => "落后",
        "red" => "严重落后",
        "unscheduled" => "未排节点",
        _ => "未填",
    }
}
