//! What is said of what a hub sends out.

use chrono::NaiveDate;
use ledger::returns::ReturnState;

use super::{day_label, returned_cells, state_label};

/// Whom a plan is for.
pub const EVERY_OFFICE: &str = "各填报单位";

/// Says in a line what a round carries: `方案第 2 版，回执 21 份`.
pub fn round_summary(version: Option<u32>, receipts: usize) -> String {
    let plan = version.map(plan_file);
    let receipts = (receipts > 0).then(|| format!("回执 {receipts} 份"));
    plan.into_iter().chain(receipts).collect::<Vec<_>>().join("，")
}

/// Names a plan file.
pub fn plan_file(version: u32) -> String {
    format!("方案第 {version} 版")
}

/// Names a receipt file.
pub fn receipt_file(seq: u64) -> String {
    format!("第 {seq} 号回执")
}

/// Names an office's last receipt.
pub fn last_receipt(seq: u32, day: NaiveDate) -> String {
    format!("第 {seq} 号，{}", day_label(day))
}

/// Says how a return stands: `2024年6月 退回 1 格`.
pub fn return_in_a_line(period: &str, state: ReturnState, returned: usize) -> String {
    match state {
        ReturnState::Returned => format!("{period} {}", returned_cells(returned)),
        state => format!("{period} {}", state_label(state)),
    }
}
