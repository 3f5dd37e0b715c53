//! The plan: list, assign, issue.

use app::assign::{QuotaCheck, To};
use app::show_plan::view;
use app::{Home, OfficeKind, Role};

use super::Outcome;
use crate::args::{Assign, PlanCommand};
use crate::output::{Output, table};
use crate::passphrase;

pub fn plan(command: &PlanCommand, home: &mut Home, out: &Output) -> Outcome {
    match command {
        PlanCommand::Show => show(home, out),
        PlanCommand::Assign(assign) => {
            each(assign, out, |target, to| home.assign(target, &to, assign.quota.as_deref()))
        }
        PlanCommand::Unassign(assign) => each(assign, out, |target, to| home.unassign(target, &to)),
        PlanCommand::Export(to) => {
            for gap in home.quota_gaps()? {
                out.line(format!("! {}：{}", gap.target, quota_words(&gap)));
            }
            let issued = home.issue_plan(&passphrase::ask()?, &to.to)?;
            let again = if issued.delivered.again { "（与上次相同）" } else { "" };
            out.line(format!(
                "第 {} 版方案已下达到 {}{again}",
                issued.version,
                issued.delivered.path.display()
            ));
            if !issued.changes.is_empty() {
                out.line(format!("与上一版相比有 {} 处变化", issued.changes.len()));
            }
            out.line("可以拔出。");
            Ok(())
        }
    }
}

fn show(home: &Home, out: &Output) -> Outcome {
    let plan = if home.role() == Role::Hub { home.plan_draft()? } else { home.plan()? };
    let view = view(&plan);
    if out.is_json() {
        out.json(&view);
        return Ok(());
    }
    out.line(format!("{}  第 {} 版  共 {} 个目标", view.title, view.version, view.targets.len()));
    for chapter in &view.chapters {
        out.line(format!("\n{} {}", chapter.code, chapter.title));
        let prefix = format!("{}-", chapter.code);
        let mut rows = table(&["编码", "节", "目标", "类型", "目标数", "分解"], &[]);
        for target in view.targets.iter().filter(|target| target.code.starts_with(&prefix)) {
            let assigned = match target.assignments.len() {
                0 => "本级".to_owned(),
                _ => format!("{} 家", target.assigned),
            };
            rows.add_row([
                &target.code,
                &target.section,
                &target.name,
                target.kind_label,
                &target.goal,
                &assigned,
            ]);
        }
        out.line(rows);
        let empty = |section: &&String| !view.targets.iter().any(|t| t.section == **section);
        for section in chapter.sections.iter().filter(empty) {
            out.line(format!("（{section}：没有目标）"));
        }
    }
    Ok(())
}

fn each(
    assign: &Assign,
    out: &Output,
    mut act: impl FnMut(&str, To<'_>) -> app::Result<Option<QuotaCheck>>,
) -> Outcome {
    for target in &assign.targets {
        let mut check = None;
        for to in &assign.to {
            check = act(target, whom(to))?;
        }
        out.line(format!("{target}：{}", assign.to.join("、")));
        if let Some(check) = check {
            out.line(format!("  {}", quota_words(&check)));
        }
    }
    Ok(())
}

fn quota_words(check: &QuotaCheck) -> String {
    let excess = check.excess();
    let word = match excess.is_sign_negative() {
        _ if excess.is_zero() => "正好".to_owned(),
        true => format!("缺口 {}", excess.abs().normalize()),
        false => format!("多出 {}", excess.normalize()),
    };
    format!("分解合计 {}，目标 {}，{word}", check.sum.normalize(), check.goal)
}

fn whom(to: &str) -> To<'_> {
    match to {
        "全部" => To::Everyone,
        "全部街道" => To::Every(OfficeKind::Street),
        "全部镇" => To::Every(OfficeKind::Town),
        name => To::Office(name),
    }
}
