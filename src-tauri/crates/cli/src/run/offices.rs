//! The offices of a plan: enrolling, their keys, coming and going.

use app::reshape_offices::Newcomer;
use app::{Home, OfficeKind, words};

use super::{Failure, Outcome};
use crate::args::{Office, OfficeSort};
use crate::output::{Output, table};

/// What is still to be done after an edit of the plan.
const ISSUE: &str = "用 plan export 下达后生效。";

impl OfficeSort {
    fn kind(self) -> OfficeKind {
        match self {
            Self::Street => OfficeKind::Street,
            Self::Town => OfficeKind::Town,
            Self::Zone => OfficeKind::Zone,
            Self::Department => OfficeKind::Department,
        }
    }
}

fn id(home: &Home, office: &str) -> Result<String, Failure> {
    Ok(home.edited_office(office)?.to_string())
}

pub fn office(command: &Office, home: &mut Home, out: &Output) -> Outcome {
    match command {
        Office::List => list(home, out),
        Office::Enrol { file, office, fingerprint, replace } => {
            home.admit_office(file, office, fingerprint, *replace)?;
            out.line(format!("{office} 注册完成，可以接收它的上报包。"));
            Ok(())
        }
        Office::Keys { office } => keys(office, home, out),
        Office::Revoke { office, after, key } => {
            match key {
                Some(nth) => home.revoke_key(office, *nth, *after)?,
                None => home.revoke(office, *after)?,
            }
            out.line(format!("{office} 的密钥在第 {after} 号之后停用。"));
            Ok(())
        }
        Office::Add { office, kind, code, since } => {
            let since = since.unwrap_or_else(|| home.present_day());
            home.add_office_since(office, kind.kind(), code, since, true)?;
            out.line(format!("已新增 {office}，自 {since} 起填报。{ISSUE}"));
            Ok(())
        }
        Office::Rename { office, to, since } => {
            home.rename_office(&id(home, office)?, to, since, true)?;
            out.line(format!("{office} 自 {since} 起改称 {to}。{ISSUE}"));
            Ok(())
        }
        Office::Retire { office, on, .. } => {
            home.retire_office(&id(home, office)?, on.as_deref())?;
            out.line(match on {
                Some(on) => format!("{office} 自 {on} 起不再填报，以前各期照旧。{ISSUE}"),
                None => format!("{office} 恢复填报。{ISSUE}"),
            });
            Ok(())
        }
        Office::Merge { offices, into, kind, on } => {
            let from: Vec<&str> = offices.iter().map(String::as_str).collect();
            home.merge_offices(&from, Newcomer { name: into, kind: kind.kind(), code: "" }, on)?;
            out.line(format!("{} 自 {on} 起合并为 {into}，以前各期仍在原单位名下。", offices.join("、")));
            out.line(format!("{}{ISSUE}", words::CUMULATIVE_AFTER_MERGER));
            Ok(())
        }
        Office::Split { office, into, kind, on } => {
            let heirs: Vec<_> =
                into.iter().map(|name| Newcomer { name, kind: kind.kind(), code: "" }).collect();
            home.split_office(office, &heirs, on)?;
            out.line(format!("{office} 自 {on} 起分为 {}，以前各期仍在原单位名下。", into.join("、")));
            out.line(format!("{}分解数请重新定。{ISSUE}", words::CUMULATIVE_AFTER_MERGER));
            Ok(())
        }
    }
}

fn list(home: &Home, out: &Output) -> Outcome {
    let offices = home.offices()?;
    if out.is_json() {
        out.json(&offices);
        return Ok(());
    }
    let mut rows = table(&["单位", "代码", "注册", "目标", "联系人", "电话"], &[3]);
    for office in &offices {
        let enrolment = match office.enrolment {
            "active" => "已注册",
            "pending" => "待核对指纹",
            "closed" => "已停用",
            _ => "未注册",
        };
        rows.add_row([
            office.name.as_str(),
            office.code.as_deref().unwrap_or(""),
            enrolment,
            &office.targets.to_string(),
            &office.contact,
            &office.telephone,
        ]);
    }
    out.line(rows);
    Ok(())
}

fn keys(office: &str, home: &Home, out: &Output) -> Outcome {
    let keys = home.office_keys(office)?;
    if out.is_json() {
        out.json(&keys);
        return Ok(());
    }
    let mut rows = table(&["序号", "密钥", "登记方式", "收到第几号"], &[0, 3]);
    for key in keys.iter().rev() {
        let number = if key.number == 0 { String::new() } else { key.number.to_string() };
        let how = if key.how == "handed" { "原密钥担保" } else { "核对指纹" };
        rows.add_row([number.as_str(), &key.label, how, &key.head.to_string()]);
    }
    out.line(rows);
    Ok(())
}
