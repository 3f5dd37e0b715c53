//! A hub and its offices, each with a home of its own, and a folder between them that stands for the stick.

use std::path::{Path, PathBuf};

use app::deliver::Delivered;
use app::init_hub::{StartingPlan, init_hub};
use app::init_office::{Introduction, init_office};
use app::receive::{Received, Verdict};
use app::{Field, Home, Period, SignOff, words};
use model::plan::Plan;
use tempfile::TempDir;

use crate::forge::clone_folder;
use crate::plan::{COUNT, GROWTH, MILESTONE, NAMES, QUARTERLY, STOCK, small};
use crate::world::{TurnableClock, world};
use crate::{PASSPHRASE, period};

/// A hub with enrolled offices.
pub struct District {
    folder: TempDir,
    seeds: u64,
    /// The clock of all of them; it begins on 1 March 2024.
    pub clock: TurnableClock,
    /// The hub.
    pub hub: Home,
    /// The offices, by their place in [`NAMES`].
    pub offices: Vec<Home>,
}

/// The names under every return.
pub fn sign_off() -> SignOff {
    SignOff { filled_by: "甲".to_owned(), checked_by: "乙".to_owned(), issued_by: "丙".to_owned() }
}

impl District {
    /// Makes a hub with the small plan issued, and enrols offices by the digits of their slips.
    pub fn new(offices: usize) -> Self {
        Self::with_plan(&small(offices), offices)
    }

    /// Makes a hub with a plan, and enrols its first offices.
    pub fn with_plan(plan: &Plan, offices: usize) -> Self {
        Self::with_seed(plan, offices, 1)
    }

    /// Makes the same with other keys and ids, for a second district in one test.
    pub fn with_seed(plan: &Plan, offices: usize, seed: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = TurnableClock::at("2024-03-01");
        let empty = StartingPlan::Empty { year: plan.calendar.year };
        let dir = folder.path().join("hub");
        let hub = init_hub(&dir, &plan.hub_name, empty, PASSPHRASE, world(&clock, seed)).unwrap();
        let mut district = Self { folder, seeds: seed, clock, hub, offices: Vec::new() };
        district.hub.replace_draft(plan).unwrap();
        district.issue();
        for name in &NAMES[..offices] {
            let mut office = district.set_up(name);
            let delivered = office.enrol(PASSPHRASE, &district.at("enrolments")).unwrap();
            let digits = office.show_key().unwrap().fingerprint;
            district.hub.admit_office(&delivered.path, name, &digits, false).unwrap();
            district.offices.push(office);
        }
        district
    }

    /// Makes an office's home from the plan last issued, not enrolled.
    pub fn set_up(&mut self, name: &str) -> Home {
        self.seeds += 1;
        let dir = self.at(&format!("office-{}", self.seeds));
        let introduction = Introduction { office: name, contact: "王五", telephone: "0532-0000" };
        let digits = self.hub.show_key().unwrap().fingerprint;
        let plan = self.newest_plan();
        let world = world(&self.clock, self.seeds);
        init_office(&dir, &plan, &introduction, &digits, PASSPHRASE, world).unwrap()
    }

    /// Returns a path in the district's folder.
    pub fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Issues the hub's draft to a folder of its own.
    pub fn issue(&mut self) -> PathBuf {
        let version = self.hub.plan().unwrap().version + 1;
        self.hub.issue_plan(PASSPHRASE, &self.at(&format!("plan-{version}"))).unwrap().delivered.path
    }

    /// Returns the plan bundle of the version in force.
    pub fn newest_plan(&mut self) -> PathBuf {
        self.hub.issue_plan(PASSPHRASE, &self.at("plan-again")).unwrap().delivered.path
    }

    /// Opens a home again, as after the application was closed.
    pub fn reopen(&mut self, dir: &Path) -> Home {
        self.seeds += 1;
        Home::open(dir, world(&self.clock, self.seeds)).unwrap()
    }

    /// Closes every home; their folders stay as long as what is returned.
    pub fn closed(self) -> TempDir {
        self.folder
    }

    /// Makes a home from a backup in a new folder.
    pub fn restore(&mut self, backup: &Path) -> Home {
        self.seeds += 1;
        let dir = self.at(&format!("restored-{}", self.seeds));
        app::back_up::restore(backup, &dir, world(&self.clock, self.seeds)).unwrap()
    }

    /// Makes a district of one office that lost its computer right after it had taken in a receipt, and went back to its
    /// backup; returns that receipt too.
    pub fn gone_back() -> (Self, PathBuf) {
        let mut district = Self::new(1);
        district.report(0, "2024-02", "5", "stick");
        district.receive(&district.at("stick"));
        let receipt = district.answer(0, "receipts");
        let safe = district.at("backup");
        let backup = district.offices[0].back_up(&safe).unwrap();
        district.offices[0] = district.restore(&backup);
        (district, receipt)
    }

    /// Fills in everything that an office owes for a period, with this count, and explains what has to be.
    pub fn fill(&mut self, office: usize, month: &str, count: &str) {
        fill(&mut self.offices[office], period(month), count);
    }

    /// Fills in and exports to a folder of that name.
    pub fn report(&mut self, office: usize, month: &str, count: &str, folder: &str) -> Delivered {
        self.fill(office, month, count);
        self.export(office, month, folder)
    }

    /// Lets the copy of an office's folder sign a return that the office knows nothing of.
    pub fn rival(&mut self, copy: &Path, month: &str, count: &str, folder: &str) -> Delivered {
        let mut clone = self.reopen(copy);
        fill(&mut clone, period(month), count);
        let sheet = clone.sheet(period(month), None).unwrap();
        clone.export(&sheet, &sign_off(), PASSPHRASE, &self.at(folder)).unwrap()
    }

    /// Exports what is filled in.
    pub fn export(&mut self, office: usize, month: &str, folder: &str) -> Delivered {
        let to = self.at(folder);
        let home = &mut self.offices[office];
        let sheet = home.sheet(period(month), None).unwrap();
        home.export(&sheet, &sign_off(), PASSPHRASE, &to).unwrap()
    }

    /// Puts the hub back to where it was when its home was copied, in a folder of that name.
    pub fn set_hub_back(&mut self, copy: &Path, name: &str) {
        let dir = self.at(name);
        clone_folder(copy, &dir);
        self.hub = self.reopen(&dir);
    }

    /// Lets the hub receive a file or folder; returns the codes of the verdicts.
    pub fn receive(&mut self, path: &Path) -> Vec<&'static str> {
        let plan = self.hub.plan().unwrap();
        codes(&plan, &taken(&mut self.hub, path))
    }

    /// Lets an office receive a file or folder; returns the codes of the verdicts.
    pub fn receive_at(&mut self, office: usize, path: &Path) -> Vec<&'static str> {
        let plan = self.hub.plan().unwrap();
        codes(&plan, &taken(&mut self.offices[office], path))
    }

    /// Sends the receipts of all offices to a folder of that name and lets one office take in its own.
    pub fn answer(&mut self, office: usize, folder: &str) -> PathBuf {
        let to = self.at(folder);
        let sent = self.hub.send_receipts(Some(NAMES[office]), PASSPHRASE, &to).unwrap();
        let path = sent[0].1.path.clone();
        taken(&mut self.offices[office], &path);
        path
    }

    /// Returns what the hub shows of a target: actual, reported of assigned, lamp and explanation.
    pub fn status(&self, month: &str, target: &str) -> app::status::TargetStatus {
        let view = self.hub.status(period(month)).unwrap();
        view.targets.into_iter().find(|one| one.code == target).expect("a target of the plan")
    }

    /// Returns the hub's figure for a target.
    pub fn actual(&self, month: &str, target: &str) -> Option<String> {
        self.status(month, target).actual
    }
}

/// Every order of some files.
pub fn orders(files: &[PathBuf]) -> Vec<Vec<PathBuf>> {
    if files.is_empty() {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for at in 0..files.len() {
        let mut rest = files.to_vec();
        let first = rest.remove(at);
        all.extend(orders(&rest).into_iter().map(|mut order| {
            order.insert(0, first.clone());
            order
        }));
    }
    all
}

/// Fills in everything that an office owes for a period, with this count, and explains what has to be.
pub fn fill(home: &mut Home, month: Period, count: &str) {
    let sheet = home.sheet(month, None).unwrap();
    let plan = home.plan().unwrap();
    let words = ("说明", Field::Explanation);
    for target in plan.duties().targets_of(&sheet.office).filter(|target| target.frequency.is_due(month)) {
        let boxes: &[(Field, &str)] = match target.id.as_str() {
            COUNT => &[(Field::Value, count)],
            GROWTH => &[(Field::Current, "107"), (Field::Base, "100")],
            QUARTERLY => &[(Field::Value, "5")],
            MILESTONE => &[(Field::Stage, "开工")],
            STOCK => &[(Field::Value, "101")],
            _ => &[],
        };
        let explained = boxes.iter().copied().chain([(words.1, words.0)]);
        let boxes: Vec<_> = explained.map(|(field, text)| (field, text.to_owned())).collect();
        if boxes.len() > 1 {
            home.enter(&sheet, target.id.as_str(), &boxes).unwrap();
        }
    }
}

/// Receives a file or folder at a home.
pub fn taken(home: &mut Home, path: &Path) -> Vec<Received> {
    home.receive(&[path.to_owned()], None, &mut |_, _| true).unwrap()
}

/// Returns the code of every verdict.
pub fn codes(plan: &Plan, received: &[Received]) -> Vec<&'static str> {
    received.iter().map(|one| code(plan, &one.verdict)).collect()
}

/// Returns the code of a verdict.
pub fn code(plan: &Plan, verdict: &Verdict) -> &'static str {
    words::verdict(plan, verdict).1.code
}
