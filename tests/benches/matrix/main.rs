//! How long a hub waits for its screens: a district of 22 offices through the year, a province of 2,000 in March.
//!
//! `cargo xtask bench --hub`, or `cargo bench -p journeys --bench matrix`, with `--profile dev` too. Every query is asked of a
//! ledger that was just opened, where nothing is remembered, and once more; the limits are 100 ms for the district and 200 ms
//! for the province. What is slower is marked, and in a release build ends the program with an error. Beside the time that one
//! waits stands the part of it that the asking thread was on a core, where the system tells.
#![expect(clippy::unwrap_used, reason = "a measurement that fails has nothing to say")]

use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use app::screens::analysis::Theme;
use app::screens::settings::Surroundings;
use app::{Home, Period, World};

mod fixture;

/// So many targets by so many offices are seen at once, with what is drawn beyond the edges.
const SEEN: (usize, usize) = (17, 16);

/// A hub, and what its screens are asked for.
struct Case {
    dir: std::path::PathBuf,
    period: Period,
    limit: Duration,
    targets: Vec<String>,
    offices: Vec<String>,
    slower: Vec<String>,
}

impl Case {
    /// Makes the ledger.
    fn new(dir: &Path, offices: usize, periods: &[Period], limit: Duration) -> Self {
        let plan = fixture::plan(dir, offices);
        fixture::file(dir, &plan, offices, periods);
        Self {
            dir: dir.to_owned(),
            period: *periods.last().unwrap(),
            limit,
            targets: plan.targets.iter().map(|target| target.id.to_string()).collect(),
            offices: plan.offices.iter().map(|office| office.id.to_string()).collect(),
            slower: Vec::new(),
        }
    }

    fn open(&self) -> Home {
        Home::open(&self.dir, World::real()).unwrap()
    }

    /// Asks a fresh hub, then again, and prints both.
    fn ask<T>(&mut self, screen: &str, what: &str, mut query: impl FnMut(&mut Home, Period) -> T) {
        let mut hub = self.open();
        let period = self.period;
        let mut timed = || {
            let (begun, worked) = (Instant::now(), on_core());
            drop(query(&mut hub, period));
            (begun.elapsed(), on_core().saturating_sub(worked))
        };
        let (first, core) = timed();
        let again = (0..3).map(|_| timed().0).min().unwrap_or_default();
        self.line(screen, what, (first, core), again);
    }

    fn line(&mut self, screen: &str, what: &str, (first, core): (Duration, Duration), again: Duration) {
        let over = first.max(again) > self.limit;
        if over {
            self.slower.push(format!("{screen} {what}"));
        }
        let ms = |time: Duration| format!("{:.1}", time.as_secs_f64() * 1000.0);
        let mark = if over { "slower" } else { "" };
        let (first, core, again, limit) = (ms(first), ms(core), ms(again), self.limit.as_millis());
        println!("  {screen:<14} {what:<34} {first:>9} {core:>9} {again:>9} {limit:>7}  {mark}");
    }

    /// Scrolls along all columns, a window at a time; the first window finds nothing remembered.
    fn scroll(&mut self) {
        let hub = self.open();
        let (rows, columns) = (SEEN.0.min(self.targets.len()), SEEN.1.min(self.offices.len()));
        let step = (self.offices.len() / 25).max(1);
        let window = |from: usize| {
            let (begun, worked) = (Instant::now(), on_core());
            hub.matrix_window(self.period, &self.targets[..rows], &self.offices[from..from + columns])
                .unwrap();
            (begun.elapsed(), on_core().saturating_sub(worked))
        };
        let all: Vec<_> = (0..=self.offices.len() - columns).step_by(step).map(window).collect();
        let (first, longest) = (all[0], all[1..].iter().map(|it| it.0).max().unwrap_or_default());
        self.line("consolidation", &format!("window of {rows} × {columns}, longest again"), first, longest);
    }
}

/// Returns how long this thread has been on a core: on a busy machine the rest of what one waits was spent waiting for one.
fn on_core() -> Duration {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let worked = stat.split(' ').next().and_then(|nanoseconds| nanoseconds.parse().ok());
    Duration::from_nanos(worked.unwrap_or(0))
}

fn around() -> Surroundings {
    Surroundings { exchange: String::new(), exchange_fixed: false, version: String::new(), demo: false }
}

fn measure(offices: usize, months: &[String], limit: u64) -> Vec<String> {
    println!("{offices} offices × 90 targets × {} periods", months.len());
    println!(
        "  {:<14} {:<34} {:>9} {:>9} {:>9} {:>7}",
        "screen", "query", "first ms", "on a core", "again ms", "limit"
    );
    let folder = tempfile::tempdir().unwrap();
    let periods: Vec<Period> = months.iter().map(|month| month.parse().unwrap()).collect();
    let mut case = Case::new(&folder.path().join("hub"), offices, &periods, Duration::from_millis(limit));
    let (target, office) = (case.targets[20].clone(), case.offices[1].clone());
    let light = Theme::Light;
    case.ask("every", "frame", |hub, period| hub.hub_home(Some(period)).unwrap());
    case.ask("overview", "lamps, red list", |hub, period| hub.hub_overview(period, light).unwrap());
    case.ask("overview", "heat map", |hub, period| hub.heat_page(period, 0, light).unwrap());
    case.ask("overview", "months, as many as at once", |hub, period| hub.hub_months(period, light).unwrap());
    case.ask("targets", "list", |hub, _| hub.targets().unwrap());
    case.ask("targets", "one", |hub, _| hub.target_detail(&target).unwrap());
    case.ask("targets", "changes", |hub, _| hub.plan_changes().unwrap());
    let form = case.open().targets().unwrap().lamps;
    case.ask("targets", "preview of the lamps", |hub, period| hub.lamp_preview(period, &form).unwrap());
    case.ask("offices", "list", |hub, _| hub.hub_offices().unwrap());
    case.ask("receiving", "what waits and what counts", |hub, period| hub.receiving(period).unwrap());
    case.ask("consolidation", "heads", |hub, period| hub.matrix(period).unwrap());
    case.scroll();
    case.ask("consolidation", "order of one office", |hub, period| {
        hub.order_by_office(period, &office).unwrap()
    });
    case.ask("consolidation", "behind a figure", |hub, period| hub.figure_behind(period, &target).unwrap());
    case.ask("consolidation", "behind a cell", |hub, period| {
        hub.entry_behind(period, &target, &office).unwrap()
    });
    case.ask("consolidation", "who is missing", |hub, period| hub.missing(period).unwrap());
    case.ask("upward", "what leaves", |hub, period| hub.upward(period).unwrap());
    case.ask("own return", "sheet", |hub, period| hub.entry_sheet(period).unwrap());
    case.ask("bulletin", "page", |hub, period| hub.bulletin(period, light).unwrap());
    case.ask("issuing", "what goes out", |hub, _| hub.issuing().unwrap());
    case.ask("settings", "page", |hub, _| hub.hub_settings(around()).unwrap());
    // No screen waits for these: they have a progress bar, or happen once a month.
    let hub = case.open();
    let workbook = folder.path().join("汇总.xlsx");
    aside("the workbook", || hub.save_matrix(case.period, &workbook, &mut |_, _| true).unwrap());
    let mut hub = case.open();
    aside("locking the period", || hub.lock_period(case.period, "").unwrap());
    case.ask("overview", "of the locked period", |hub, period| hub.hub_overview(period, light).unwrap());
    case.ask("consolidation", "heads of the locked period", |hub, period| hub.matrix(period).unwrap());
    case.slower
}

/// Times what has no limit.
fn aside<T>(what: &str, work: impl FnOnce() -> T) {
    let begun = Instant::now();
    work();
    println!("  {what}: {:.0} ms", begun.elapsed().as_secs_f64() * 1000.0);
}

fn main() -> ExitCode {
    let year: Vec<String> = (2..=12).map(|month| format!("2024-{month:02}")).collect();
    let mut slower = measure(22, &year, 100);
    slower.extend(measure(2000, &year[..2], 200));
    if slower.is_empty() {
        println!("everything is within its limit");
        return ExitCode::SUCCESS;
    }
    println!("slower than the limit: {}", slower.join("; "));
    // An unoptimised build says nothing of the limits.
    if cfg!(debug_assertions) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
