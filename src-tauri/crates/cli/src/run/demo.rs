//! The demonstration, told step by step.

use std::path::Path;

use app::demo::run::{PASSPHRASE, Scene, run};
use app::words::{self, Tone};

use super::{Outcome, receive, status};
use crate::output::Output;

pub fn demo(to: &Path, out: &Output) -> Outcome {
    out.line("演示：所有分解数和填报数都由程序按固定种子生成，不是真实数据。");
    run(to, &mut |scene| tell(&scene, out))?;
    out.line(format!("\n文件都在 {}", to.display()));
    for (folder, what) in [
        ("汇总单位", "汇总单位的台账（口令见下）"),
        ("填报单位", "22 家单位各自的台账"),
        ("录入    ", "每家每期填的 CSV，可与上表核对"),
        ("优盘    ", "来往的数据包"),
        ("本级    ", "本级自己的上报包"),
    ] {
        out.line(format!("  {folder}    {what}"));
    }
    // In quotes: a folder may have spaces in its name.
    out.line(format!(
        "口令都是“{PASSPHRASE}”。可以接着试：taizhang-cli --home \"{}\" status --period 2024-05",
        to.join("汇总单位").display()
    ));
    Ok(())
}

fn tell(scene: &Scene<'_>, out: &Output) {
    match scene {
        Scene::Heading(heading) => out.line(format!("\n━━ {heading}")),
        Scene::Done(what) => out.line(format!("  {what}")),
        Scene::Verdicts(plan, received) => {
            for one in *received {
                let (tone, sentence) = words::verdict(plan, &one.verdict);
                // A file that was not taken has no office to be called by.
                let name = if tone == Tone::Good {
                    String::new()
                } else {
                    format!("{}  ", app::reveal(&one.label()))
                };
                out.line(format!("  {} {name}{}", receive::mark(tone), sentence.what));
            }
        }
        Scene::Status(view) => status::print(view, out),
        Scene::Office => {}
    }
}
