//! Reporting to the hub above.

use app::{Home, Period};

use super::{Failure, Outcome};
use crate::args::Upward;
use crate::output::{Output, table};

pub fn upward(command: &Upward, home: &mut Home, out: &Output) -> Outcome {
    match command {
        Upward::Take { file, office } => {
            home.take_upper_plan(file)?;
            if let Some(office) = office {
                home.set_upper_office(office)?;
            }
            out.line("上级的方案已导入。");
            Ok(())
        }
        Upward::Show(at) => show(at.period, home, out),
        Upward::Answer { pairs, suggested } => answer(pairs, *suggested, home, out),
        Upward::Export { at, to } => {
            let written = home.send_upward(at.period, &to.to)?;
            if out.is_json() {
                out.json(&written);
                return Ok(());
            }
            out.line(format!("{}。", written.message.what));
            for one in &written.omitted {
                out.line(format!("  {} {}：{}", one.code, one.name, one.why));
            }
            out.line("已核对，可以拔出。");
            Ok(())
        }
    }
}

fn show(period: Period, home: &Home, out: &Output) -> Outcome {
    let view = home.upward(period)?;
    if out.is_json() {
        out.json(&view);
        return Ok(());
    }
    let Some(above) = &view.above else {
        return Err(app::Error::from(app::report_up::UpwardFault::NoPlan).into());
    };
    let office = if above.office.is_empty() { "（还没有说明是哪一家）" } else { &above.office };
    let locked = if view.locked { "  已锁定" } else { "" };
    out.line(format!(
        "{}  {}  第 {} 版  本单位：{office}  {}{locked}",
        above.hub, above.title, above.version, view.label
    ));
    if let Some(why) = &view.unwanted {
        out.line(format!("! {}", why.what));
    }
    let mut rows = table(&["上级编码", "上级目标", "填报", "本单位目标", "本期", "说明"], &[4]);
    for target in &view.targets {
        let own = match (&target.own, &target.suggested) {
            (Some(own), _) => format!("{} {}", own.code, own.name),
            (None, Some(seems)) => format!("可能是 {} {}（{}）", seems.code, seems.name, seems.why),
            (None, None) => String::new(),
        };
        let about = if target.due { target.why_not.as_str() } else { "本期不用报" };
        let about = if target.why_not.is_empty() && target.due { &target.coverage } else { about };
        rows.add_row([&target.code, &target.name, &target.measure, &own, &target.figure, about]);
    }
    out.line(rows);
    Ok(())
}

fn answer(pairs: &[String], suggested: bool, home: &mut Home, out: &Output) -> Outcome {
    for text in pairs {
        let (upper, own) = text.split_once('=').ok_or_else(|| {
            Failure::usage("bad_pair", &format!("“{text}”不是 上级=本单位"), "写成 3-1-02=5-2-04 这样")
        })?;
        home.set_answer(upper, Some(own).filter(|own| !own.trim().is_empty()))?;
        out.line(format!("已记下 {text}"));
    }
    if suggested {
        out.line(format!("已对应 {} 项", home.take_suggestions()?));
    }
    Ok(())
}
