//! The demonstration's run: a hub, 22 offices, a folder for the stick, and five reports with their mishaps.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::Days;
use model::period::Period;
use model::plan::{Office, Plan};

use super::acts::{Founded, TurnedClock, enrol, fill_in, found};
use super::{Incident, correction, draft, incident};
use crate::home::empty_folder;
use crate::receive::Received;
use crate::status::StatusView;
use crate::{Error, Home, Result};

/// The seed of the data that `demo` shows.
pub const SEED: u64 = 2024;
/// The passphrase of every home of the demonstration.
pub const PASSPHRASE: &str = "演示用口令不保密";

/// The months reported: January and February together, then to June.
pub(super) const MONTHS: [u8; 5] = [2, 3, 4, 5, 6];
/// How long after the due day a late return arrives.
const LATE_DAYS: u64 = 3;

/// What happens, as it happens.
pub enum Scene<'a> {
    /// A part of the story begins.
    Heading(&'a str),
    /// Something was done.
    Done(String),
    /// An office was enrolled, or its return was signed.
    Office,
    /// Files were received.
    Verdicts(&'a Plan, &'a [Received]),
    /// How a period stands.
    Status(&'a StatusView),
}

/// Hears what happens, and may stop it.
pub(super) type Tell<'a> = dyn FnMut(Scene<'_>) -> Result<()> + 'a;

/// Where the demonstration plays: its folders, its calendar, its homes.
pub(super) struct Stage {
    pub(super) root: PathBuf,
    stick: PathBuf,
    pub(super) clock: TurnedClock,
    pub(super) hub: Home,
    pub(super) offices: Vec<(Office, Home)>,
    pub(super) plan: Plan,
}

/// Runs the whole loop in an empty folder, telling every step.
pub fn run(root: &Path, tell: &mut dyn FnMut(Scene<'_>)) -> Result<()> {
    empty_folder(root)?;
    let tell: &mut Tell<'_> = &mut |scene| {
        tell(scene);
        Ok(())
    };
    let mut stage = Stage::set_up(root, &root.join("汇总单位"), &root.join("优盘"), tell)?;
    stage.enrol(tell)?;
    for month in MONTHS {
        let period = stage.period(month)?;
        stage.report(period, tell)?;
    }
    stage.answer(tell)?;
    let last = stage.period(MONTHS[MONTHS.len() - 1])?;
    tell(Scene::Heading("汇总与研判"))?;
    tell(Scene::Status(&stage.hub.status(last)?))
}

impl Stage {
    /// Founds the hub in a folder of its own under the root, and issues its plan to the stick.
    pub(super) fn set_up(root: &Path, hub: &Path, stick: &Path, tell: &mut Tell<'_>) -> Result<Self> {
        tell(Scene::Heading("建立汇总单位，分解目标，下达方案"))?;
        let clock = TurnedClock::default();
        let Founded { hub, plan, bundle } = found(hub, &clock, &stick.join("下达"))?;
        let given = plan.targets.iter().filter(|t| plan.assignments.iter().any(|a| a.target == t.id)).count();
        tell(Scene::Done(format!(
            "方案第 {} 版：{} 个目标，{given} 个分解给 22 家，其余由本级填报；分解数都是演示",
            plan.version,
            plan.targets.len()
        )))?;
        tell(Scene::Done(format!("下达包：{}", bundle.path.display())))?;
        Ok(Self { root: root.to_owned(), stick: stick.to_owned(), clock, hub, offices: Vec::new(), plan })
    }

    /// Names a month of the plan's year.
    pub(super) fn period(&self, month: u8) -> Result<Period> {
        Period::new(self.plan.calendar.year, month).map_err(Error::unreadable)
    }

    /// Sets every office up and has the hub admit it.
    pub(super) fn enrol(&mut self, tell: &mut Tell<'_>) -> Result<()> {
        tell(Scene::Heading("22 家单位导入方案、注册，汇总单位凭指纹登记"))?;
        let plan_file = first_file(&self.stick.join("下达"))?;
        let folder = self.stick.join("注册");
        for office in self.plan.offices.iter().filter(|office| !office.id.is_own()) {
            let dir = self.root.join("填报单位").join(office.name());
            let home = enrol(&mut self.hub, &plan_file, office, &dir, &self.clock, &folder)?;
            self.offices.push((office.clone(), home));
            tell(Scene::Office)?;
        }
        if let [(first, one), (second, _), ..] = self.offices.as_slice() {
            let digits = one.show_key()?.fingerprint;
            tell(Scene::Done(format!("{} 的指纹：{digits}", first.name())))?;
            let file = folder.join(format!("注册-{}.tzb", second.name()));
            let refused = self.hub.admit_office(&file, second.name(), &digits, false);
            if let Err(error) = refused {
                let name = second.name();
                tell(Scene::Done(format!(
                    "把它的指纹错输给{name}：{}",
                    crate::words::sentence(&error).what
                )))?;
            }
        }
        tell(Scene::Done(format!("{} 家注册完成", self.offices.len())))?;
        Ok(())
    }

    /// Has a period reported and received, with its mishaps.
    pub(super) fn report(&mut self, period: Period, tell: &mut Tell<'_>) -> Result<()> {
        let label = self.plan.calendar.label(period);
        let due = self.plan.calendar.due_date(period);
        tell(Scene::Heading(&format!("{label}：填报、报送、接收（截止 {due}）")))?;
        self.clock.turn_to(due - Days::new(1));
        let (stick, later) =
            (self.stick.join(format!("上报-{period}")), self.stick.join(format!("上报-{period}-迟到")));
        let entries = self.root.join("录入").join(period.to_string());
        fs::create_dir_all(&entries).map_err(Error::io(&entries))?;
        let duties = self.plan.duties();
        for (office, home) in &mut self.offices {
            let mishap = incident(&office.id, period);
            if mishap == Some(Incident::Silent) {
                tell(Scene::Done(format!("{} 没有报", office.name())))?;
                continue;
            }
            if mishap == Some(Incident::Gap) {
                lose_a_correction(home, &self.plan, office, period, &entries, tell)?;
            }
            let to = if mishap == Some(Incident::Late) { &later } else { &stick };
            let filled = draft(&self.plan, &duties, &office.id, period, SEED);
            let file = fill_in(home, &self.plan, period, &filled, &form(&entries, office), to)?;
            mishap_on_the_way(mishap, office, &file, tell)?;
            tell(Scene::Office)?;
        }
        let own = Office::own();
        let filled = draft(&self.plan, &duties, &own.id, period, SEED);
        // 本级's return is in the ledger as soon as it is signed; its file needs no stick.
        fill_in(&mut self.hub, &self.plan, period, &filled, &form(&entries, &own), &self.root.join("本级"))?;
        tell(Scene::Done("本级的报表已签发存档".to_owned()))?;
        let received = self.hub.receive(&[stick], None, &mut |_, _| true)?;
        tell(Scene::Verdicts(&self.plan, &received))?;
        if later.exists() {
            self.clock.turn_to(due + Days::new(LATE_DAYS));
            let received = self.hub.receive(&[later], None, &mut |_, _| true)?;
            tell(Scene::Verdicts(&self.plan, &received))?;
        }
        Ok(())
    }

    /// Sends receipts, and has the offices take them in.
    pub(super) fn answer(&mut self, tell: &mut Tell<'_>) -> Result<()> {
        tell(Scene::Heading("回执发回各单位"))?;
        let folder = self.stick.join("回执");
        let sent = self.hub.send_receipts(None, PASSPHRASE, &folder)?;
        for (id, delivered) in &sent {
            if let Some((_, home)) = self.offices.iter_mut().find(|(office, _)| office.id == *id) {
                home.receive(std::slice::from_ref(&delivered.path), None, &mut |_, _| true)?;
            }
        }
        tell(Scene::Done(format!("{} 份回执已导入", sent.len())))?;
        Ok(())
    }
}

/// Names the file that an office fills in.
fn form(entries: &Path, office: &Office) -> PathBuf {
    entries.join(format!("{}.csv", office.name()))
}

/// Files a correction of the month before and loses its file, so that the next number shows the gap.
fn lose_a_correction(
    home: &mut Home,
    plan: &Plan,
    office: &Office,
    period: Period,
    entries: &Path,
    tell: &mut Tell<'_>,
) -> Result<()> {
    let Some(before) = plan.calendar.previous(period) else { return Ok(()) };
    let Some(corrected) = correction(plan, &plan.duties(), &office.id, before, SEED) else { return Ok(()) };
    let lost = entries.join("未送达");
    let file = fill_in(home, plan, before, &corrected, &form(entries, office), &lost)?;
    let label = plan.calendar.label(before);
    tell(Scene::Done(format!("{} 更正了{label}，这一份没有送到：{}", office.name(), file.display())))?;
    Ok(())
}

fn mishap_on_the_way(
    mishap: Option<Incident>,
    office: &Office,
    file: &Path,
    tell: &mut Tell<'_>,
) -> Result<()> {
    match mishap {
        Some(Incident::Altered) => {
            super::hub::alter(file)?;
            tell(Scene::Done(format!("{} 的文件在路上被改了一个字节", office.name())))?;
        }
        Some(Incident::SentTwice) => {
            let copy = file.with_file_name(format!("{}-再拷一份.tzb", office.name()));
            fs::copy(file, &copy).map_err(Error::io(&copy))?;
            tell(Scene::Done(format!("{} 的文件拷了两份", office.name())))?;
        }
        Some(Incident::Nil) => tell(Scene::Done(format!("{} 报零报告", office.name())))?,
        Some(Incident::Falls) => tell(Scene::Done(format!("{} 的累计数变小，附了说明", office.name())))?,
        Some(Incident::Late) => tell(Scene::Done(format!("{} 迟到 {LATE_DAYS} 天", office.name())))?,
        Some(Incident::Gap | Incident::Silent) | None => {}
    }
    Ok(())
}

pub(super) fn first_file(folder: &Path) -> Result<PathBuf> {
    let mut entries = fs::read_dir(folder).map_err(Error::io(folder))?;
    let first = entries.next().transpose().map_err(Error::io(folder))?;
    first.map(|entry| entry.path()).ok_or_else(|| Error::NoHome(folder.to_owned()))
}
