//! How a period stands.

use app::status::{OfficeStatus, StatusView};
use app::{Home, Period};

use super::Outcome;
use crate::output::{Output, table};

pub fn status(period: Period, home: &Home, out: &Output) -> Outcome {
    let status = home.status(period)?;
    if out.is_json() {
        out.json(&status);
        return Ok(());
    }
    print(&status, out);
    Ok(())
}

/// Prints the table of targets with their lamps, then who is missing.
pub fn print(status: &StatusView, out: &Output) {
    let locked = if status.locked { "  已锁定" } else { "" };
    out.line(format!(
        "{}  应报 {} 家，实报 {} 家，迟报 {} 家  方案第 {} 版{locked}",
        status.period_label, status.owed, status.reported, status.late, status.plan_version
    ));
    let mut rows = table(&["编码", "目标", "目标数", "完成", "序时", "差距", "亮灯", "汇总"], &[2, 3, 4, 5]);
    for target in &status.targets {
        let lamp = lamp(target.lamp, target.shown.lamp);
        let partial = if target.partial && target.assigned > 0 { "，未报齐" } else { "" };
        let carried = match target.carried {
            0 => String::new(),
            carried => format!("，含 {carried} 家上期数"),
        };
        let coverage = format!("{}/{} 家{carried}{partial}", target.reported, target.assigned);
        let shown = &target.shown;
        rows.add_row([
            target.code.as_str(),
            &target.name,
            &target.goal,
            &shown.actual,
            &shown.expected,
            &shown.gap,
            &lamp,
            &coverage,
        ]);
    }
    out.line(rows);
    let missing: Vec<String> = status
        .offices
        .iter()
        .filter(|office| !office.reported)
        .map(|office| match office.telephone.as_str() {
            "" => office.name.clone(),
            telephone => format!("{}（{telephone}）", office.name),
        })
        .collect();
    if !missing.is_empty() {
        out.line(format!("未报：{}", missing.join("、")));
    }
    let late = status.offices.iter().filter(|office| office.late);
    let stood_in = status.offices.iter().filter(|office| office.stand_in);
    for (mark, marked) in [("迟报", names(late)), ("代录", names(stood_in))] {
        if !marked.is_empty() {
            out.line(format!("{mark}：{marked}"));
        }
    }
    let red = status.targets.iter().filter(|target| target.lamp == Some("red"));
    for target in red {
        out.line(format!("■ {} {}：{}", target.code, target.name, target.explanation));
    }
}

/// Lists offices by name.
fn names<'a>(offices: impl Iterator<Item = &'a OfficeStatus>) -> String {
    offices.map(|office| office.name.as_str()).collect::<Vec<_>>().join("、")
}

/// A lamp is a shape and a word, never a colour alone.
fn lamp(code: Option<&str>, word: &str) -> String {
    let shape = match code {
        Some("done") => "✓",
        Some("green") => "●",
        Some("yellow") => "▲",
        Some("red") => "■",
        _ => "○",
    };
    format!("{shape} {word}")
}
