//! Receiving: a verdict and a next step per file.

use app::words::{self, Tone};
use app::{Home, Role};
use serde::Serialize;

use super::Outcome;
use crate::args;
use crate::output::Output;

#[derive(Serialize)]
struct VerdictView {
    file: String,
    code: &'static str,
    taken: bool,
    what: String,
    next: String,
}

pub fn receive(args: &args::Receive, home: &mut Home, out: &Output) -> Outcome {
    let bar = out.progress("接收");
    let received = home.receive(&args.paths, args.arrived, &mut |done, total| {
        bar.set_length(total);
        bar.set_position(done);
        true
    });
    bar.finish_and_clear();
    let received = received?;
    let plan = home.plan()?;
    let mut views = Vec::new();
    for one in &received {
        let (tone, sentence) = words::verdict(&plan, &one.verdict);
        let label = app::reveal(&one.label());
        out.line(format!("{} {label}\n    {}", mark(tone), sentence.what));
        if tone != Tone::Good && tone != Tone::Quiet {
            out.line(format!("    下一步：{}", sentence.next));
        }
        let taken = !matches!(tone, Tone::Bad);
        views.push(VerdictView {
            file: label,
            code: sentence.code,
            taken,
            what: sentence.what,
            next: sentence.next,
        });
    }
    if out.is_json() {
        out.json(&views);
    }
    let bad = views.iter().filter(|view| !view.taken).count();
    out.line(format!("共 {} 个文件，{bad} 个没有接收。", views.len()));
    if home.role() == Role::Hub && bad < views.len() {
        out.line("用 status 查看汇总，用 receipt 导出回执。");
    }
    Ok(())
}

/// Returns the sign that stands before a verdict.
pub fn mark(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "✓",
        Tone::Quiet => "·",
        Tone::Attention => "!",
        Tone::Bad => "✗",
    }
}
