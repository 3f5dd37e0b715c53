//! The demonstration (演示) of one office, for trying the window out: half a year behind it, June open with something of everything.
//!
//! The office was chosen for the variety of its targets. Where it plays it is always 2 July 2024, three days before June is due.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{Days, NaiveDate};
use ledger::patience;
use model::draft::{Cells, Draft};
use model::id::TargetId;
use model::period::Period;
use model::plan::{Office, Plan};
use model::returns::Field;

use super::acts::{Founded, TurnedClock, enrol, fill_in, found, type_in};
pub use super::run::PASSPHRASE;
use super::run::SEED;
use super::{PREFIX, draft};
use crate::home::empty_folder;
use crate::send_back::SentBack;
use crate::{Error, Home, Result};

/// The office whose window is shown.
pub const OFFICE: &str = "泊里镇";

/// The months that are over: January and February together, then to May.
const OVER: [u8; 4] = [2, 3, 4, 5];
/// The month that is being filled in.
const OPEN: u8 = 6;
/// The month that is corrected the day after.
const CORRECTED: u8 = 4;

/// What the office never has: its rate does not apply.
const NOT_APPLICABLE: (&str, &str) = ("2-4-01", "辖区内暂无此类企业。");
/// What April is first filed with, one short of what was counted, and why it is corrected.
const SHORT: (&str, &str, &str) = ("7-1-03", "55", "漏报 1 人，核对后更正。");
/// What the hub sends back of May's return, first and later.
const SENT_BACK: [(&str, &str); 2] = [
    ("3-2-02", "与海关登记的户数不一致，请核对后重报。"),
    ("4-2-02", "请在进展说明里写明举措的名称和文号。"),
];
/// What nobody has come to in June.
const EMPTY: [&str; 4] = ["4-2-02", "7-1-03", "7-1-04", "7-1-05"];
/// What nobody can read in June.
const UNREADABLE: (&str, &str) = ("5-2-04", "约116");
/// What in June is less than it was in May.
const FELL: (&str, &str) = ("5-2-05", "128");
/// What is done in June, with a picture for evidence.
const PROVEN: &str = "7-3-02";
const PICTURE: (&str, &[u8]) = ("演示-佐证材料.png", include_bytes!("office/evidence.png"));

const HUB: &str = "汇总单位";
const OFFICES: &str = "填报单位";
const STICK: &str = "优盘";
/// What travelled before; it does not lie on the stick any more.
const TRAVELLED: &str = "往来";
const FORMS: &str = "录入";
/// The office's home until everything is in it: what was cut short is never opened.
const UNFINISHED: &str = "未备好";

/// Returns the day that it always is.
fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 7, 2).unwrap_or_default()
}

/// Returns the folder that stands for the stick.
pub fn exchange(root: &Path) -> PathBuf {
    root.join(STICK)
}

/// Opens the office's home, on the day that it always is.
///
/// # Errors
/// [`Error::NoHome`] where nothing was prepared, or not to its end.
pub fn open(root: &Path) -> Result<Home> {
    let clock = TurnedClock::default();
    clock.turn_to(today());
    Home::open(&home(root), clock.world())
}

fn home(root: &Path) -> PathBuf {
    root.join(OFFICES).join(OFFICE)
}

/// Makes the demonstration in an empty folder: a hub's home, the office's home, and a folder that stands for the stick,
/// in which a receipt waits.
///
/// Every home has the passphrase [`PASSPHRASE`]. The whole folder can be thrown away at any time.
///
/// # Errors
/// [`Error::Stopped`] where `progress` returns false; what was made until then is to be thrown away.
pub fn prepare(root: &Path, progress: &mut dyn FnMut(u64, u64) -> bool) -> Result<()> {
    empty_folder(root)?;
    let total = OVER.len() as u64 + 3;
    let mut done = 0;
    let mut step = || {
        done += 1;
        if progress(done, total) { Ok(()) } else { Err(Error::Stopped) }
    };
    let mut play = Play::begin(root)?;
    step()?;
    for month in OVER {
        play.report(month)?;
        step()?;
    }
    play.fill_in_june()?;
    step()?;
    play.leave_a_receipt_waiting()?;
    drop(play);
    let made = home(root);
    fs::create_dir_all(root.join(OFFICES)).map_err(Error::io(root))?;
    patience::rename(&root.join(UNFINISHED), &made).map_err(Error::io(&made))?;
    step()
}

struct Play {
    root: PathBuf,
    clock: TurnedClock,
    hub: Home,
    office: Office,
    home: Home,
    plan: Plan,
}

impl Play {
    fn begin(root: &Path) -> Result<Self> {
        let clock = TurnedClock::default();
        let travelled = root.join(TRAVELLED);
        let Founded { mut hub, plan, bundle } = found(&root.join(HUB), &clock, &travelled)?;
        let office = hub.office_named(&plan, OFFICE)?;
        let home = enrol(&mut hub, &bundle.path, &office, &root.join(UNFINISHED), &clock, &travelled)?;
        for folder in [exchange(root), root.join(FORMS)] {
            fs::create_dir_all(&folder).map_err(Error::io(&folder))?;
        }
        Ok(Self { root: root.to_owned(), clock, hub, office, home, plan })
    }

    fn period(&self, month: u8) -> Result<Period> {
        Period::new(self.plan.calendar.year, month).map_err(Error::unreadable)
    }

    /// Makes what the office has to say of a month when nothing goes wrong.
    fn draft(&self, period: Period) -> Result<Draft> {
        let mut made = draft(&self.plan, &self.plan.duties(), &self.office.id, period, SEED);
        let (target, reason) = NOT_APPLICABLE;
        let reason = Cells::from([(Field::NotApplicable, format!("{PREFIX}{reason}"))]);
        made.cells.entry(code(target)?).and_modify(|cells| *cells = reason);
        Ok(made)
    }

    /// Files a month, and takes in what the hub answers.
    fn report(&mut self, month: u8) -> Result<()> {
        let period = self.period(month)?;
        let due = self.plan.calendar.due_date(period);
        let mut filled = self.draft(period)?;
        self.clock.turn_to(due - Days::new(2));
        if month == CORRECTED {
            let (target, short, why) = SHORT;
            let cells = filled.cells.entry(code(target)?).or_default();
            let counted = cells.insert(Field::Value, short.to_owned()).unwrap_or_default();
            self.file(period, &filled)?;
            self.clock.turn_to(due - Days::new(1));
            let cells = filled.cells.entry(code(target)?).or_default();
            cells.insert(Field::Value, counted);
            cells.insert(Field::Explanation, format!("{PREFIX}{why}"));
        }
        self.file(period, &filled)?;
        let last = OVER.last() == Some(&month);
        if last {
            self.send_back(period, SENT_BACK[0])?;
        }
        self.clock.turn_to(due);
        for answer in self.answer(&self.root.join(TRAVELLED))? {
            self.home.receive(&[answer], None, &mut |_, _| true)?;
        }
        // Of the last one nobody has taken note yet.
        if !last {
            self.home.look_at_receipts()?;
        }
        Ok(())
    }

    fn file(&mut self, period: Period, filled: &Draft) -> Result<()> {
        let (form, to) = (self.form(period), self.root.join(TRAVELLED));
        let file = fill_in(&mut self.home, &self.plan, period, filled, &form, &to)?;
        self.hub.receive(&[file], None, &mut |_, _| true)?;
        Ok(())
    }

    fn form(&self, period: Period) -> PathBuf {
        self.root.join(FORMS).join(format!("{period}.csv"))
    }

    fn send_back(&mut self, period: Period, (target, reason): (&str, &str)) -> Result<()> {
        let reason = format!("{PREFIX}{reason}");
        self.hub.send_back(OFFICE, period, &[SentBack { target, field: None, reason: &reason }])
    }

    fn answer(&mut self, to: &Path) -> Result<Vec<PathBuf>> {
        let sent = self.hub.send_receipts(Some(OFFICE), PASSPHRASE, to)?;
        Ok(sent.into_iter().map(|(_, delivered)| delivered.path).collect())
    }

    fn fill_in_june(&mut self) -> Result<()> {
        self.clock.turn_to(today());
        let period = self.period(OPEN)?;
        let mut filled = self.draft(period)?;
        for target in EMPTY {
            filled.cells.remove(&code(target)?);
        }
        if let Some(cells) = filled.cells.get_mut(&code(PROVEN)?) {
            cells.remove(&Field::Explanation);
        }
        let sheet = self.home.sheet(period, None)?;
        let form = self.form(period);
        type_in(&mut self.home, &self.plan, &sheet, &filled, &form)?;
        for (target, text) in [UNREADABLE, FELL] {
            self.home.enter(&sheet, target, &[(Field::Value, text.to_owned())])?;
        }
        let (name, bytes) = PICTURE;
        let picture = self.root.join(FORMS).join(name);
        fs::write(&picture, bytes).map_err(Error::io(&picture))?;
        self.home.attach(&sheet, PROVEN, &picture)
    }

    fn leave_a_receipt_waiting(&mut self) -> Result<()> {
        let last = self.period(OVER[OVER.len() - 1])?;
        self.send_back(last, SENT_BACK[1])?;
        self.answer(&exchange(&self.root))?;
        Ok(())
    }
}

fn code(target: &str) -> Result<TargetId> {
    TargetId::new(target).map_err(Error::unreadable)
}
