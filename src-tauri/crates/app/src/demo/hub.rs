//! The demonstration (演示) of a hub, for trying the window out: half a year behind it, June due today, and files on the stick that wait to be taken in.
//!
//! Where it plays it is always 5 July 2024, the day on which June is due.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use ledger::patience;
use model::id::{OfficeId, TargetId};
use model::period::Period;
use model::plan::Office;
use model::returns::Field;

use super::acts::{TurnedClock, fill_in};
pub use super::run::PASSPHRASE;
use super::run::{MONTHS, SEED, Scene, Stage, first_file};
use super::{Incident, PREFIX, draft, incident};
use crate::home::empty_folder;
use crate::init_office::{Introduction, init_office};
use crate::send_back::SentBack;
use crate::{Error, Home, Result};

/// The setting that keeps what stands on the paper of the enrolment that waits: the office and its digits.
///
/// Only a demonstration has it: there is no paper to look at.
pub const PAPER: &str = "demo_paper";

/// What the months are locked up to.
const LOCKED_TO: u8 = 4;
/// The month after which receipts went out.
const ANSWERED: u8 = 5;
/// Who has a new computer.
const MOVED: &str = "u05";
/// Who signed a number twice, and the target in which the two differ.
const FORKED: (&str, &str) = ("u08", "7-1-03");
/// Whose file was altered on its way to the stick.
const FORGED: &str = "u12";
/// What was sent back of June.
const SENT_BACK: (&str, &str, &str) = ("u16", "3-2-02", "与海关登记的户数不一致，请核对后重报。");

const HUB: &str = "汇总单位";
const STICK: &str = "优盘";
/// What travelled before; it does not lie on the stick any more.
const TRAVELLED: &str = "往来";
/// The hub's home until everything is in it: what was cut short is never opened.
const UNFINISHED: &str = "未备好";

/// Returns the day that it always is.
fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 7, 5).unwrap_or_default()
}

/// Returns the folder that stands for the stick.
pub fn exchange(root: &Path) -> PathBuf {
    root.join(STICK)
}

/// Opens the hub's home, on the day that it always is.
///
/// # Errors
/// [`Error::NoHome`] where nothing was prepared, or not to its end.
pub fn open(root: &Path) -> Result<Home> {
    let clock = TurnedClock::default();
    clock.turn_to(today());
    Home::open(&root.join(HUB), clock.world())
}

/// Makes the demonstration in an empty folder: a hub's home, those of its 22 offices, and a folder that stands for the
/// stick.
///
/// Every home has the passphrase [`PASSPHRASE`]. The whole folder can be thrown away at any time.
///
/// # Errors
/// [`Error::Stopped`] where `progress` returns false; what was made until then is to be thrown away.
pub fn prepare(root: &Path, progress: &mut dyn FnMut(u64, u64) -> bool) -> Result<()> {
    empty_folder(root)?;
    let offices = crate::builtin::offices()?.iter().filter(|office| !office.id.is_own()).count() as u64;
    // Every office is enrolled and files each month; one is silent once.
    let total = offices * (MONTHS.len() as u64 + 1) + 1;
    let mut done = 0;
    let mut step = |scene: Scene<'_>| {
        if matches!(scene, Scene::Office) {
            done = (done + 1).min(total - 1);
            if !progress(done, total) {
                return Err(Error::Stopped);
            }
        }
        Ok(())
    };
    let mut stage = Stage::set_up(root, &root.join(UNFINISHED), &root.join(TRAVELLED), &mut step)?;
    stage.enrol(&mut step)?;
    let mut second = None;
    for month in MONTHS {
        let period = stage.period(month)?;
        let last = MONTHS.last() == Some(&month);
        if last {
            second = Some(stage.copy_of(&code(FORKED.0)?)?);
        }
        stage.report(period, &mut step)?;
        if month == ANSWERED {
            // One round for all months: syncing every receipt of every month would take most of the time.
            stage.hub.send_receipts(None, PASSPHRASE, &root.join(TRAVELLED).join("回执"))?;
        }
        if month <= LOCKED_TO {
            stage.hub.lock(period, "")?;
        }
    }
    let june = stage.period(MONTHS[MONTHS.len() - 1])?;
    stage.send_a_cell_back(june)?;
    let stick = exchange(root);
    fs::create_dir_all(&stick).map_err(Error::io(&stick))?;
    stage.leave_files(june, &stick)?;
    if let Some(copy) = second {
        stage.sign_twice(june, copy, &stick)?;
    }
    stage.move_office(&stick)?;
    drop(stage);
    let made = root.join(HUB);
    patience::rename(&root.join(UNFINISHED), &made).map_err(Error::io(&made))?;
    if progress(total, total) { Ok(()) } else { Err(Error::Stopped) }
}

impl Stage {
    fn home_of(&mut self, id: &OfficeId) -> Result<(&Office, &mut Home)> {
        let found = self.offices.iter_mut().find(|(office, _)| office.id == *id);
        found.map(|(office, home)| (&*office, home)).ok_or_else(|| Error::NotEnrolled(id.to_string()))
    }

    fn form(&self, name: &str) -> PathBuf {
        self.root.join("录入").join(format!("{name}.csv"))
    }

    fn send_a_cell_back(&mut self, period: Period) -> Result<()> {
        let (office, target, reason) = SENT_BACK;
        let name = self.home_of(&code(office)?)?.0.name().to_owned();
        let reason = format!("{PREFIX}{reason}");
        self.hub.send_back(&name, period, &[SentBack { target, field: None, reason: &reason }])
    }

    /// Leaves on the stick what was missing, what came before, and what nobody signed.
    fn leave_files(&mut self, period: Period, stick: &Path) -> Result<()> {
        let plan = self.plan.clone();
        let form = self.form("补报");
        for (office, home) in &mut self.offices {
            let mishap = incident(&office.id, period);
            let forged = office.id.as_str() == FORGED;
            let waits = matches!(mishap, Some(Incident::Silent | Incident::Altered | Incident::SentTwice));
            if waits || forged {
                let filled = draft(&plan, &plan.duties(), &office.id, period, SEED);
                let file = fill_in(home, &plan, period, &filled, &form, stick)?;
                if forged {
                    alter(&file)?;
                }
            }
        }
        // What was lost on its way turns up.
        let lost = self.root.join("录入").join(period.to_string()).join("未送达");
        let file = first_file(&lost)?;
        let name = file.file_name().unwrap_or_default();
        fs::copy(&file, stick.join(name)).map_err(Error::io(&file))?;
        Ok(())
    }

    /// Copies an office's home, as somebody does who carries it to a second computer.
    fn copy_of(&mut self, id: &OfficeId) -> Result<PathBuf> {
        let home = self.home_of(id)?.1.dir().to_owned();
        let copy = self.root.join("第二台电脑");
        copy_folder(&home, &copy)?;
        Ok(copy)
    }

    /// Signs from the copy what was signed from the home: the same number, other figures.
    fn sign_twice(&mut self, period: Period, copy: PathBuf, stick: &Path) -> Result<()> {
        let (office, target) = FORKED;
        let mut home = Home::open(&copy, self.clock.world())?;
        let mut filled = draft(&self.plan, &self.plan.duties(), &code(office)?, period, SEED);
        let cells = filled.cells.entry(TargetId::new(target).map_err(Error::unreadable)?).or_default();
        let counted = cells.get(&Field::Value).and_then(|text| text.parse::<u64>().ok()).unwrap_or(0);
        cells.insert(Field::Value, (counted + 1).to_string());
        fill_in(&mut home, &self.plan, period, &filled, &self.form("第二台电脑"), stick)?;
        Ok(())
    }

    /// Has an office make a new key on a new computer; its enrolment and its paper wait.
    fn move_office(&mut self, stick: &Path) -> Result<()> {
        let plan_file = first_file(&self.root.join(TRAVELLED).join("下达"))?;
        let name = self.home_of(&code(MOVED)?)?.0.name().to_owned();
        let hub_digits = self.hub.show_key()?.fingerprint;
        let introduction =
            Introduction { office: &name, contact: "演示联系人", telephone: "演示电话" };
        let dir = self.root.join("新电脑");
        let mut home =
            init_office(&dir, &plan_file, &introduction, &hub_digits, PASSPHRASE, self.clock.world())?;
        home.enrol(PASSPHRASE, stick)?;
        let digits = home.show_key()?.fingerprint;
        self.hub.set_setting(PAPER, Some(&format!("{name} {digits}")))
    }
}

fn code(office: &str) -> Result<OfficeId> {
    OfficeId::new(office).map_err(Error::unreadable)
}

/// Changes the last byte of a file.
pub(super) fn alter(file: &Path) -> Result<()> {
    let mut bytes = fs::read(file).map_err(Error::io(file))?;
    if let Some(byte) = bytes.last_mut() {
        *byte ^= 1;
    }
    fs::write(file, bytes).map_err(Error::io(file))
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).map_err(Error::io(to))?;
    for entry in fs::read_dir(from).map_err(Error::io(from))? {
        let path = entry.map_err(Error::io(from))?.path();
        let target = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            copy_folder(&path, &target)?;
        } else {
            fs::copy(&path, &target).map_err(Error::io(&path))?;
        }
    }
    Ok(())
}
