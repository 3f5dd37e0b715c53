//! Setting up, keys, backups.

use std::path::Path;

use app::init_hub::{StartingPlan, init_hub};
use app::init_office::{Introduction, init_office};
use app::{Home, Role, World, back_up};

use super::{Failure, Outcome};
use crate::args::Init;
use crate::output::Output;
use crate::passphrase;

pub fn init(init: &Init, dir: &Path, out: &Output) -> Outcome {
    match init {
        Init::Hub { name, plan } => {
            let starting = starting_plan(plan)?;
            let home = init_hub(dir, name, starting, &passphrase::choose()?, World::real())?;
            out.line(format!("已建立汇总单位“{name}”的台账：{}", dir.display()));
            out.line(format!("指纹：{}", home.show_key()?.fingerprint));
            out.line("请把指纹印在纸上、盖章，发给各填报单位。");
            out.line(format!(
                "密钥的备用副本：{}，请拷到 U 盘放进保险柜，再从这里删去。",
                home.recovery_path().display()
            ));
        }
        Init::Office { plan, office, hub_fingerprint, contact, telephone } => {
            let introduction = Introduction { office, contact, telephone };
            let home = init_office(
                dir,
                plan,
                &introduction,
                hub_fingerprint,
                &passphrase::choose()?,
                World::real(),
            )?;
            out.line(format!("已建立“{office}”的台账：{}", dir.display()));
            out.line(format!("本单位指纹：{}", home.show_key()?.fingerprint));
            out.line("下一步：用 enrol 导出注册包，连同盖章的指纹交汇总单位。");
        }
    }
    Ok(())
}

fn starting_plan(text: &str) -> Result<StartingPlan, Failure> {
    let unknown =
        || Failure::usage("unknown_plan", &format!("没有方案“{text}”"), "可用 builtin:2024 或 empty:年份");
    match text.split_once(':') {
        Some(("builtin", "2024")) => Ok(StartingPlan::Builtin2024),
        Some(("empty", year)) => {
            let year = year.parse().ok().filter(|year| (2000..=2999).contains(year)).ok_or_else(unknown)?;
            Ok(StartingPlan::Empty { year })
        }
        _ => Err(unknown()),
    }
}

pub fn change_passphrase(home: &mut Home, out: &Output) -> Outcome {
    let old = passphrase::ask()?;
    home.change_passphrase(&old, &passphrase::choose_another()?)?;
    out.line("口令已更换。以前拷走的备用副本仍用旧口令，请换成新的一份。");
    Ok(())
}

pub fn back_up(home: &mut Home, to: &Path, out: &Output) -> Outcome {
    let folder = home.back_up(to)?;
    out.line(format!("已备份到 {}", folder.display()));
    Ok(())
}

pub fn restore(from: &Path, dir: &Path, out: &Output) -> Outcome {
    let home = back_up::restore(from, dir, World::real())?;
    out.line(format!("已恢复到 {}", dir.display()));
    out.line(match home.role() {
        Role::Office => "报送前请先导入汇总单位最新的回执，接上编号。",
        Role::Hub => "备份之后收到的上报包请重新接收；下达和回执从新的编号开始。",
    });
    Ok(())
}
