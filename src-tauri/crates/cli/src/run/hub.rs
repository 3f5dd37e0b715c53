//! The hub's decisions: offices, review, forks, locks, receipts.

use std::path::Path;

use app::deliver::Delivered;
use app::send_back::SentBack;
use app::{Error, Home, Period, field_names, words};
use serde::Serialize;

use super::{Failure, Outcome};
use crate::args::Switch;
use crate::output::{Output, table};
use crate::passphrase;

#[derive(Serialize)]
struct WaitingView {
    office: String,
    period: String,
    seq: u64,
    state: &'static str,
    bundle: String,
}

pub fn waiting(home: &Home, out: &Output) -> Outcome {
    let plan = home.plan()?;
    let mut views: Vec<WaitingView> = home
        .waiting()?
        .into_iter()
        .map(|row| WaitingView {
            office: plan.office(&row.office).map(|office| office.name().to_owned()).unwrap_or_default(),
            period: row.period.to_string(),
            seq: row.seq,
            state: words::state_label(row.state),
            bundle: app::hex(&row.bundle),
        })
        .collect();
    for office in &plan.offices {
        for row in home.disputed_handovers(&office.id)? {
            views.push(WaitingView {
                office: office.name().to_owned(),
                period: String::new(),
                seq: row.seq,
                state: "更换密钥，争议",
                bundle: app::hex(&row.digest),
            });
        }
    }
    if out.is_json() {
        out.json(&views);
        return Ok(());
    }
    let mut rows = table(&["单位", "报告期", "编号", "状态", "数据包"], &[2]);
    for view in &views {
        rows.add_row([&view.office, &view.period, &view.seq.to_string(), view.state, &view.bundle[..16]]);
    }
    out.line(rows);
    Ok(())
}

pub fn review(switch: Switch, home: &mut Home, out: &Output) -> Outcome {
    home.set_review(switch == Switch::On)?;
    out.line(if switch == Switch::On {
        "已开启审核：收到的报表先待审。"
    } else {
        "已关闭审核：验证无误即接收。"
    });
    Ok(())
}

pub fn accept(period: Period, office: Option<&str>, home: &mut Home, out: &Output) -> Outcome {
    let accepted = home.accept(period, office)?;
    out.line(format!("已接收 {accepted} 份。"));
    Ok(())
}

pub fn send_back(office: &str, period: Period, cells: &[String], home: &mut Home, out: &Output) -> Outcome {
    let parsed = cells.iter().map(|text| cell(text)).collect::<Result<Vec<_>, _>>()?;
    home.send_back(office, period, &parsed)?;
    out.line(format!("已退回 {office} 的 {} 格，随下一次回执送达。", parsed.len()));
    Ok(())
}

fn cell(text: &str) -> Result<SentBack<'_>, Failure> {
    let bad = || {
        Failure::usage(
            "bad_cell",
            &format!("“{text}”不是 格=原因"),
            "写成 5-2-04=与现场不符 或 5-2-04.本期=… 这样",
        )
    };
    let (place, reason) = text.split_once('=').ok_or_else(bad)?;
    let (target, field) = match place.split_once('.') {
        Some((target, name)) => {
            let field = field_names::parse_field(name).ok_or_else(|| Error::UnknownField(name.to_owned()))?;
            (target, Some(field))
        }
        None => (place, None),
    };
    Ok(SentBack { target, field, reason })
}

pub fn choose(office: &str, bundle: &str, why: &str, home: &mut Home, out: &Output) -> Outcome {
    let plan = home.plan()?;
    let id = home.office_named(&plan, office)?.id;
    let (rows, handovers) = (home.branches(&id)?, home.disputed_handovers(&id)?);
    let wanted = bundle.to_ascii_lowercase();
    let is_wanted = |digest: &[u8; 32]| app::hex(digest).starts_with(&wanted);
    let rows: Vec<_> = rows.iter().filter(|row| is_wanted(&row.bundle)).collect();
    let handovers: Vec<_> = handovers.iter().filter(|row| is_wanted(&row.digest)).collect();
    match (rows.as_slice(), handovers.as_slice()) {
        ([row], []) => {
            home.choose_branch(row, why)?;
            out.line(format!("{office} 第 {} 号以这一份为准。", row.seq));
            Ok(())
        }
        ([], [row]) => {
            home.choose_handover(row, why)?;
            out.line(format!("{office} 第 {} 号以更换密钥的这一份为准，起用新密钥。", row.seq));
            Ok(())
        }
        _ => Err(Failure::usage(
            "unknown_bundle",
            "没有唯一的一份与这个摘要相符",
            "用 waiting 查看，多写几位；不在分叉上的不用选",
        )),
    }
}

pub fn lock(period: Period, why: &str, home: &mut Home, out: &Output) -> Outcome {
    let locked = home.lock(period, why)?;
    let issue = locked.freeze.issue;
    out.line(format!("{period} 已锁定，第 {issue} 次，含 {} 份报表。", locked.freeze.bundles.len()));
    if issue > 1 {
        out.line(format!("更正：与上次相比有 {} 个目标不同", locked.corrections.len()));
        for one in &locked.corrections {
            let shown = |figure: &Option<app::lock::FrozenFigure>| {
                figure.as_ref().map_or("—".to_owned(), |f| f.actual.clone())
            };
            out.line(format!("  {}：{} → {}", one.target, shown(&one.before), shown(&one.after)));
        }
    }
    Ok(())
}

pub fn unlock(period: Period, why: &str, home: &mut Home, out: &Output) -> Outcome {
    let accepted = home.unlock_period(period, why)?;
    out.line(format!("{period} 已解锁，等待的 {accepted} 份报表已处理。"));
    Ok(())
}

pub fn receipt(office: Option<&str>, fresh: bool, to: &Path, home: &mut Home, out: &Output) -> Outcome {
    let passphrase = passphrase::ask()?;
    if let (true, Some(office)) = (fresh, office) {
        let delivered = home.send_fresh_receipt(office, &passphrase, to)?;
        out.line(format!("{}\n1 份回执已写好，可以拔出。", delivered.path.display()));
        return Ok(());
    }
    let sent = match home.send_receipts(office, &passphrase, to) {
        Err(Error::ReceiptsFailed { sent, failed }) => {
            list_sent(sent.iter().map(|(_, delivered)| delivered), out);
            return Err(Error::ReceiptsFailed { sent, failed }.into());
        }
        sent => sent?,
    };
    list_sent(sent.iter().map(|(_, delivered)| delivered), out);
    out.line(format!("{} 份回执已写好，可以拔出。", sent.len()));
    Ok(())
}

fn list_sent<'a>(sent: impl Iterator<Item = &'a Delivered>, out: &Output) {
    for delivered in sent {
        let again = if delivered.again { "（与上次相同）" } else { "" };
        out.line(format!("{}{again}", delivered.path.display()));
    }
}
