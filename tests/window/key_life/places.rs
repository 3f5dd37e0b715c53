//! A hub and one of its offices, each at a desk of its own with one stick between them; February was reported and answered.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use app::Home;
use tempfile::TempDir;
use testkit::district::fill;
use testkit::plan::NAMES;
use testkit::{District, PASSPHRASE, TurnableClock, period, sign_off, world};

use crate::harness::{Desk, Window, stage};

/// The day that it is; what was before lies on 1 March.
pub const DAY: &str = "2024-03-20";
/// The office at the second desk.
pub const OFFICE: &str = NAMES[0];
/// What the stick is called.
pub const STICK: &str = "交换文件夹";

/// The second is what a screen of 1280×720 has left at 150 %, less the bars of the window and the system.
const SIZES: [(u32, u32); 2] = [(1280, 720), (853, 420)];

/// The two desks.
pub struct Two {
    pub hub: Desk,
    pub office: Desk,
}

impl Two {
    /// Lays them out.
    pub fn new() -> Self {
        Self::lit(Desk::new)
    }

    /// Lays them out with the system's theme of a test's choice.
    pub fn lit(desk: impl Fn() -> Desk) -> Self {
        let made = district();
        let hub = desk();
        let office = desk().with_stick_of(&hub);
        stage::copy(&made.join("hub"), &hub.home());
        stage::copy(&made.join("office-0"), &office.home());
        Self { hub, office }
    }

    /// Opens the office's home as the command line would.
    pub fn office_home(&self) -> Home {
        Home::open(&self.office.home(), world(&TurnableClock::at(DAY), 77)).unwrap()
    }

    /// Opens the hub's.
    pub fn hub_home(&self) -> Home {
        Home::open(&self.hub.home(), world(&TurnableClock::at(DAY), 78)).unwrap()
    }

    /// Lets the office fill a month in and sign it to the stick.
    pub fn report(&self, month: &str, count: &str, passphrase: &str) {
        fill(&mut self.office_home(), period(month), count);
        self.export(month, passphrase);
    }

    /// Lets the office sign what is filled in to the stick.
    pub fn export(&self, month: &str, passphrase: &str) {
        let mut home = self.office_home();
        let sheet = home.sheet(period(month), None).unwrap();
        home.export(&sheet, &sign_off(), passphrase, &self.hub.stick()).unwrap();
    }

    /// Returns what the hub has of a target.
    pub fn counted(&self, month: &str, target: &str) -> Option<String> {
        let status = self.hub_home().status(period(month)).unwrap();
        status.targets.into_iter().find(|one| one.code == target).unwrap().actual
    }

    /// Counts the files on the stick by the beginning of their names.
    pub fn on_the_stick(&self, start: &str) -> usize {
        self.found(start).len()
    }

    /// Takes the one file that begins so from the stick; returns where it lies now.
    pub fn put_aside(&self, start: &str) -> PathBuf {
        let found = self.found(start);
        let [file] = found.as_slice() else { panic!("{found:?}") };
        let aside = self.hub.at(&file.file_name().unwrap().to_string_lossy());
        fs::rename(file, &aside).unwrap();
        aside
    }

    /// Puts a file back on the stick, beside what has its name by now.
    pub fn bring_back(&self, file: &Path) {
        fs::copy(file, self.hub.stick().join("找到了.tzb")).unwrap();
    }

    /// Lists the files of the stick, and of the folders on it, by the beginning of their names.
    pub fn found(&self, start: &str) -> Vec<PathBuf> {
        let mut folders = vec![self.hub.stick()];
        let mut found = Vec::new();
        while let Some(folder) = folders.pop() {
            for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
                let begins = path.file_name().unwrap().to_string_lossy().starts_with(start);
                if path.is_dir() {
                    folders.push(path);
                } else if begins {
                    found.push(path);
                }
            }
        }
        found
    }
}

/// Returns a folder with the homes of the hub (`hub`) and two offices (`office-0`, `office-1`), made once.
pub fn district() -> &'static Path {
    static MADE: OnceLock<TempDir> = OnceLock::new();
    let made = MADE.get_or_init(|| {
        let mut district = District::new(2);
        for at in 0..2 {
            let sent = district.report(at, "2024-02", "5", &format!("february-{at}")).path;
            // The second office's is on its way.
            if at == 0 {
                district.receive(&sent);
            }
        }
        district.answer(0, "receipts");
        // Nothing may be open while it is copied.
        let names = ["hub", "office-0", "office-1"];
        let homes: Vec<PathBuf> = std::iter::once(&district.hub)
            .chain(&district.offices)
            .map(|home| home.dir().to_owned())
            .collect();
        let folder = district.closed();
        let root = TempDir::new().unwrap();
        for (name, home) in names.into_iter().zip(&homes) {
            stage::copy(home, &root.path().join(name));
        }
        drop(folder);
        root
    });
    made.path()
}

/// Closes a window in which nothing went wrong.
pub fn closed(window: Window<'_>) {
    assert_eq!(window.complaints(), Vec::<String>::new());
    drop(window);
}

/// Has people look at the page as it stands, wide and narrow.
pub fn look(window: &Window<'_>, name: &str) {
    let theme = if window.is_dark() { "dark" } else { "light" };
    for (width, height) in SIZES {
        window.size(width, height);
        window.is_fit_to_be_seen(&format!("{name}-{theme}-{width}"));
    }
    window.size(SIZES[0].0, SIZES[0].1);
}

/// The hub takes in what is on the stick; returns what it says of it in a line.
pub fn receive(window: &Window<'_>) -> String {
    window.go("接收");
    window.click("choice", STICK);
    window.click("button", "开始接收");
    window.sees("接收结果");
    window.rests();
    let line = "return [...document.querySelectorAll('h2')].find((head) => head.innerText === '接收结果').nextElementSibling.innerText";
    window.js(line, &[]).as_str().unwrap().to_owned()
}

/// The hub signs what has news to the stick.
pub fn sign_round(window: &Window<'_>) {
    window.go("下达");
    window.click("choice", STICK);
    window.fill("口令", PASSPHRASE);
    window.click("button", "签名并写入");
    window.sees("可以拔出");
}
