//! Receiving: a verdict and a next step per file.

use app::receive::Verdict;
use app::words::{self, Tone};
use app::{Home, Role};
use serde::Serialize;

use super::{Failure, Outcome};
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
    let mut bad = 0;
    for one in &received {
        let (tone, sentence) = words::verdict(&plan, &one.verdict);
        let label = app::reveal(&one.label());
        out.line(format!("{} {label}\n    {}", mark(tone), sentence.what));
        if tone != Tone::Good && tone != Tone::Quiet {
            out.line(format!("    下一步：{}", sentence.next));
        }
        bad += usize::from(tone == Tone::Bad);
        views.push(VerdictView {
            file: label,
            code: sentence.code,
            taken: is_taken(&one.verdict),
            what: sentence.what,
            next: sentence.next,
        });
    }
    if out.is_json() {
        out.json(&views);
    }
    let taken = views.iter().filter(|view| view.taken).count();
    out.line(format!("共 {} 个文件，接收 {taken} 个。", views.len()));
    if home.role() == Role::Hub && taken > 0 {
        out.line("用 status 查看汇总，用 receipt 导出回执。");
    }
    if bad > 0 {
        let what = format!("有 {bad} 个文件被拒收或有争议");
        return Err(Failure::usage("not_all_taken", &what, "请看上面标 ✗ 的每一个，其余的不受影响"));
    }
    Ok(())
}

/// Says whether something of the file is now here that was not before.
fn is_taken(verdict: &Verdict) -> bool {
    match verdict {
        Verdict::Return(_)
        | Verdict::EnrolmentWaiting { .. }
        | Verdict::Rotation(_)
        | Verdict::OwnHandover { .. }
        | Verdict::Plan { .. }
        | Verdict::Receipt(_) => true,
        Verdict::Skipped(_)
        | Verdict::Rejected(_)
        | Verdict::Refused(_)
        | Verdict::Duplicate
        | Verdict::Own => false,
    }
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
