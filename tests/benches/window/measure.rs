//! Starts the window again and again and looks at it.

#[path = "../../window/harness/mod.rs"]
#[expect(dead_code, unused_imports, reason = "the tests of the window use more of it")]
mod harness;

#[path = "../matrix/fixture.rs"]
#[expect(unreachable_pub, reason = "the benchmark of the queries uses it too")]
mod fixture;

use std::fs;
use std::time::Duration;

use app::{Clock, SystemClock};
use harness::{Desk, Window, built, stage};
use serde_json::Value;
use testkit::District;
use testkit::plan::{NAMES, large};

/// Starts that are measured, after one that fills the caches.
const STARTS: usize = 5;
/// Keys that are measured.
const KEYS: usize = 30;
/// Targets in the list that is scrolled.
const TARGETS: usize = 300;
/// Offices in the matrix that is scrolled.
const OFFICES: usize = 2000;
/// Pixels that are scrolled in a frame.
const STEP: u32 = 200;
/// Frames that are measured.
const FRAMES: usize = 200;

/// Measures and tells.
pub fn run() {
    let mut starts = Vec::new();
    let mut grids = Vec::new();
    let mut kept = Vec::new();
    let mut held = Vec::new();
    for start in 0..=STARTS {
        let desk = Desk::new();
        stage::office_at_work(&desk);
        let window = desk.open();
        window.until("the first screen is there", || window.find("button", "去填报"));
        let first = now().saturating_sub(began(window.own_process()));
        window.press("Alt+2");
        let asked = now();
        window.until("the grid takes keys", || window.cell());
        let grid = now().saturating_sub(asked);
        let keys = keys(&window);
        if start > 0 {
            starts.push(first);
            grids.push(grid);
            kept.extend(keys);
            held.push(window.processes().into_iter().map(memory).sum::<u64>());
        }
    }
    let millis = |list: &mut Vec<Duration>| {
        list.sort();
        (list[list.len() / 2].as_millis(), list[list.len() - 1].as_millis())
    };
    let size = fs::metadata(built()).unwrap().len();
    println!("executable            {:>7.1} MB", size as f64 / 1e6);
    for (what, list) in
        [("start → first screen", &mut starts), ("→ grid takes keys", &mut grids), ("key → disk", &mut kept)]
    {
        let (median, most) = millis(list);
        println!("{what:<21} {median:>7} ms median, {most} ms at most of {}", list.len());
    }
    held.sort_unstable();
    println!("memory, all processes {:>7} MiB (proportional share)", held[held.len() / 2] / 1024);
    frames();
}

/// Measures how long frames last: of a long list while it stands and while it is scrolled, of the matrix of a province
/// while it is scrolled, and beside them those of as much plain text, which is what the machine's drawing alone costs.
fn frames() {
    let desk = Desk::new();
    let district = District::with_plan(&large(TARGETS), 1);
    stage::copy(district.offices[0].dir(), &desk.home());
    let window = desk.open_on("2024-07-03");
    window.sees(NAMES[0]);
    window.go("填报");
    window.until("the grid takes keys", || window.cell());
    window.js("window.list = document.querySelector('[role=grid]').parentElement", &[]);
    scroll(&window, "a frame at rest", "scrollTop", 0);
    scroll(&window, "scrolling the grid", "scrollTop", STEP);
    window.js(
        "window.list.replaceChildren(...Array.from({ length: 300 }, (_, at) => {
           const line = document.createElement('p')
           line.style.height = '64px'
           line.textContent = `${at} 完成规模以上工业总产值`
           return line
         }))",
        &[],
    );
    scroll(&window, "scrolling plain text", "scrollTop", STEP);
    drop(window);

    let desk = Desk::new();
    let periods = ["2024-02", "2024-03"].map(stage::period);
    let plan = fixture::plan(&desk.home(), OFFICES);
    fixture::file(&desk.home(), &plan, OFFICES, &periods);
    let window = desk.open_on("2024-04-03");
    window.sees("已报单位");
    window.choose_period("2024-03");
    window.go("汇总");
    window.sees("第00001街道");
    window.js("window.list = document.querySelector('.matrix')", &[]);
    scroll(&window, "matrix, downwards", "scrollTop", STEP);
    scroll(&window, "matrix, sideways", "scrollLeft", STEP);
}

/// Scrolls `window.list` from end to end and back, so many pixels a frame, and tells how long the frames lasted.
fn scroll(window: &Window<'_>, what: &str, along: &str, step: u32) {
    let lasted = window.js_later(
        "const [along, step, frames, done] = arguments
         const lasted = []
         let before, way = step
         const frame = (now) => {
           if (before !== undefined) lasted.push(now - before)
           before = now
           const stood = window.list[along]
           window.list[along] += way
           if (way && window.list[along] === stood) way = -way
           if (lasted.length < frames) requestAnimationFrame(frame)
           else done(lasted)
         }
         requestAnimationFrame(frame)",
        &[along.into(), step.into(), FRAMES.into()],
    );
    let mut lasted: Vec<f64> = serde_json::from_value(lasted).unwrap();
    lasted.sort_by(f64::total_cmp);
    let at = |share: usize| lasted[(lasted.len() - 1) * share / 100];
    println!("{what:<21} {:>7.1} ms median, 95 of 100 within {:.1}, longest {:.1}", at(50), at(95), at(100));
}

/// Measures in the page how long after a key its figure is known to be on disk: what follows from it has changed.
fn keys(window: &Window<'_>) -> Vec<Duration> {
    window.js(
        "window.kept = []; let pressed = 0
         addEventListener('keydown', () => (pressed = performance.now()), true)
         new MutationObserver(() => { if (pressed) window.kept.push(performance.now() - pressed); pressed = 0 })
           .observe(document.activeElement.closest('[role=row]').querySelector('.computed'), { subtree: true, characterData: true, childList: true })",
        &[],
    );
    for at in 0..KEYS {
        window.type_text("1");
        let seen = |window: &Window<'_>| window.js("return window.kept.length", &[]).as_u64();
        window.until("the key is kept", || (seen(window) > Some(at as u64)).then_some(()));
        window.press("Esc");
        window.until("the text is back", || (seen(window) > Some(at as u64)).then_some(()));
        window.js("window.kept.length = arguments[0]", &[Value::from(at + 1)]);
    }
    let kept: Vec<f64> = serde_json::from_value(window.js("return window.kept", &[])).unwrap();
    kept.into_iter().map(|millis| Duration::from_secs_f64(millis / 1000.0)).collect()
}

/// Returns the memory that a process has for itself and its share of what it shares, in KiB.
fn memory(pid: i32) -> u64 {
    let rollup = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap_or_default();
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"));
    line.and_then(|rest| rest.trim().trim_end_matches("kB").trim().parse().ok()).unwrap_or(0)
}

/// Returns when a process began, since 1970.
fn began(pid: i32) -> Duration {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    let ticks: u64 = stat.rsplit_once(')').unwrap().1.split_whitespace().nth(19).unwrap().parse().unwrap();
    let up = fs::read_to_string("/proc/uptime").unwrap();
    let up: f64 = up.split_whitespace().next().unwrap().parse().unwrap();
    // A hundred ticks a second, on every Linux that offices have.
    now() - Duration::from_secs_f64(up) + Duration::from_millis(ticks * 10)
}

fn now() -> Duration {
    Duration::from_micros(SystemClock.now().timestamp_micros().unsigned_abs())
}
