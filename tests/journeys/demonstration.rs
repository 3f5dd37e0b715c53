//! The demonstration, run once by the real program, for every test that looks at what it leaves behind.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use app::{Clock, SystemClock};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;
use testkit::program::run;

/// The office whose June file is altered on its way.
pub const ALTERED: &str = "张家楼街道";
/// Folders of earlier runs are swept away after this long.
const STALE: TimeDelta = TimeDelta::hours(1);

/// Returns the folder of the demonstration.
pub fn folder() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let base = Path::new(env!("CARGO_TARGET_TMPDIR"));
        sweep(base);
        let folder = base.join(format!("demo-{}", std::process::id()));
        let said = run(Path::new("unused"), &["demo", "--to", folder.to_str().unwrap()]);
        assert!(said.ok, "{}", said.err);
        assert!(said.out.contains("演示"));
        folder
    })
}

fn sweep(base: &Path) {
    let now = SystemClock.now();
    for entry in fs::read_dir(base).unwrap().flatten() {
        let changed = entry.metadata().and_then(|it| it.modified());
        let old = changed.is_ok_and(|at| now - DateTime::<Utc>::from(at) > STALE);
        if old && entry.file_name().to_string_lossy().starts_with("demo-") {
            // Another run may be sweeping too.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Returns the hub's home.
pub fn hub() -> PathBuf {
    folder().join("汇总单位")
}

/// Runs a command at the hub and reads its JSON.
pub fn json(args: &[&str]) -> Value {
    let said = run(&hub(), &[&["--format", "json"], args].concat());
    assert!(said.ok, "{}", said.err);
    serde_json::from_str(&said.out).unwrap()
}

/// Lists every bundle on the stick.
pub fn bundles() -> Vec<PathBuf> {
    let mut all = Vec::new();
    for folder in fs::read_dir(folder().join("优盘")).unwrap() {
        for file in fs::read_dir(folder.unwrap().path()).unwrap() {
            all.push(file.unwrap().path());
        }
    }
    all.sort();
    all
}

/// Says whether a bundle is the one that was altered.
pub fn is_altered(bundle: &Path) -> bool {
    let name = bundle.file_name().unwrap().to_str().unwrap();
    name.starts_with(&format!("上报-{ALTERED}-2024-06"))
}
