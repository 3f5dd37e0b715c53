//! Filling in, checking, exporting.

use std::path::Path;

use app::check::Checked;
use app::deliver::Delivered;
use app::enter::Sheet;
use app::{Error, Field, Home, SignOff, field_names, words};
use serde::Serialize;

use super::{Failure, Outcome};
use crate::args;
use crate::output::Output;
use crate::passphrase;

pub fn enrol(home: &mut Home, new_key: bool, to: &Path, out: &Output) -> Outcome {
    let delivered = if new_key {
        let passphrase = passphrase::choose_another()?;
        home.enrol_again(&passphrase)?;
        home.enrol(&passphrase, to)?
    } else {
        home.enrol(&passphrase::ask()?, to)?
    };
    report("注册包", &delivered, out);
    out.line(format!("指纹：{}", home.show_key()?.fingerprint));
    out.line("请把指纹写在纸上、盖章，与 U 盘一起交汇总单位。");
    Ok(())
}

fn report(what: &str, delivered: &Delivered, out: &Output) {
    let again = if delivered.again { "（与上次相同）" } else { "" };
    out.line(format!("{what}已写到 {}{again}", delivered.path.display()));
    out.line(format!("短摘要：{}", &delivered.digest.to_string()[..8]));
    out.line("已核对，可以拔出。");
}

fn sheet(args: &args::Sheet, home: &Home) -> Result<Sheet, Failure> {
    Ok(home.sheet(args.at.period, args.on_behalf_of.as_deref())?)
}

pub fn enter(args: &args::Enter, home: &mut Home, out: &Output) -> Outcome {
    let sheet = sheet(&args.sheet, home)?;
    if let Some(form) = &args.form {
        home.write_form(&sheet, form)?;
        out.line(format!("填报表已写到 {}，填好后用 enter --from 导入", form.display()));
    }
    if let Some(file) = &args.from {
        let rows = home.enter_file(&sheet, file)?;
        out.line(format!("已导入 {rows} 个目标"));
    }
    if args.nil || args.not_nil {
        home.set_nil(&sheet, args.nil)?;
        out.line(if args.nil { "已报零报告" } else { "已取消零报告" });
    }
    let Some(target) = &args.target else { return Ok(()) };
    let boxes = args.boxes.iter().map(|text| pair(text)).collect::<Result<Vec<_>, _>>()?;
    let id = home.enter(&sheet, target, &boxes)?;
    for file in &args.attach {
        home.attach(&sheet, target, file)?;
    }
    out.line(format!("已保存 {id}"));
    let checked = home.check(&sheet)?;
    for finding in checked.findings.iter().filter(|finding| finding.target.as_ref() == Some(&id)) {
        let sentence = words::finding(&checked.plan, finding);
        out.line(format!("  {}：{}", sentence.what, sentence.next));
    }
    Ok(())
}

fn pair(text: &str) -> Result<(Field, String), Failure> {
    let (name, value) = text.split_once('=').ok_or_else(|| {
        Failure::usage("bad_box", &format!("“{text}”不是 格=值"), "写成 本期=690 或 value=690 这样")
    })?;
    let field = field_names::parse_field(name).ok_or_else(|| Error::UnknownField(name.to_owned()))?;
    Ok((field, value.to_owned()))
}

#[derive(Serialize)]
struct FindingView {
    code: &'static str,
    severity: &'static str,
    target: Option<String>,
    field: Option<&'static str>,
    explained: bool,
    what: String,
    next: String,
}

pub fn check(args: &args::Sheet, home: &Home, out: &Output) -> Outcome {
    let sheet = sheet(args, home)?;
    let checked = home.check(&sheet)?;
    let views = views(&checked);
    let blocking = checked.findings.iter().filter(|finding| finding.blocks()).count();
    if out.is_json() {
        out.json(&views);
    }
    for cell in &checked.returned {
        let field = field_names::field_label(cell.field);
        out.line(format!("← 退回 {} “{field}”：{}\n       请核实改正后重新报送", cell.target, cell.reason));
    }
    for view in &views {
        let mark = match (view.severity, view.explained) {
            ("error", _) => "✗ 错误",
            (_, true) => "✓ 已说明",
            _ => "! 需说明",
        };
        out.line(format!("{mark} {}\n       {}", view.what, view.next));
    }
    if blocking == 0 {
        out.line("审核通过，可以报送。");
        Ok(())
    } else {
        Err(Failure::usage("blocked", &format!("有 {blocking} 处还不能报送"), "请逐处改正或说明后再审核"))
    }
}

fn views(checked: &Checked) -> Vec<FindingView> {
    let view = |finding: &app::check::Finding| {
        let sentence = words::finding(&checked.plan, finding);
        FindingView {
            code: sentence.code,
            severity: if app::check::is_error(finding) { "error" } else { "warning" },
            target: finding.target.as_ref().map(ToString::to_string),
            field: finding.field.map(field_names::field_code),
            explained: finding.explained,
            what: sentence.what,
            next: sentence.next,
        }
    };
    checked.findings.iter().map(view).collect()
}

pub fn export(args: &args::Export, home: &mut Home, out: &Output) -> Outcome {
    let sheet = sheet(&args.sheet, home)?;
    let sign_off = SignOff {
        filled_by: args.filled_by.clone(),
        checked_by: args.checked_by.clone(),
        issued_by: args.issued_by.clone(),
    };
    match home.export(&sheet, &sign_off, &passphrase::ask()?, &args.to.to) {
        Ok(delivered) => {
            report(&format!("上报包第 {} 号", delivered.seq), &delivered, out);
            Ok(())
        }
        Err(Error::Blocked(findings)) => {
            let plan = home.plan()?;
            let details: Vec<_> = findings.iter().map(|finding| words::finding(&plan, finding)).collect();
            Err(Failure::from(Error::Blocked(findings)).with(details))
        }
        Err(error) => Err(error.into()),
    }
}
