//! What every demonstration does: it turns a calendar, founds a hub, enrols offices, fills returns in and signs them.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};

use bundle::key_file::WorkFactor;
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Utc};
use model::draft::Draft;
use model::period::Period;
use model::plan::{Office, Plan};
use model::returns::SignOff;

use super::run::PASSPHRASE;
use super::{PREFIX, SUFFIX, assign};
use crate::deliver::Delivered;
use crate::enter::Sheet;
use crate::entry_file::write_csv;
use crate::init_hub::{StartingPlan, init_hub};
use crate::init_office::{Introduction, init_office};
use crate::world::{Clock, World};
use crate::{Error, Home, Result};

/// The time of every day of the demonstration, in UTC: half past ten in the morning where it plays.
const MORNING: (u32, u32) = (2, 30);

/// A calendar that the demonstration turns; between turns it stands still.
#[derive(Clone, Default)]
pub(super) struct TurnedClock(Arc<AtomicI32>);

impl TurnedClock {
    pub(super) fn turn_to(&self, day: NaiveDate) {
        self.0.store(day.num_days_from_ce(), Ordering::Relaxed);
    }

    /// Makes the world in which it is that day.
    pub(super) fn world(&self) -> World {
        World { clock: Box::new(self.clone()), work: WorkFactor::TEST, ..World::real() }
    }
}

impl Clock for TurnedClock {
    fn now(&self) -> DateTime<Utc> {
        let (hour, minute) = MORNING;
        self.today().and_time(NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default()).and_utc()
    }

    fn today(&self) -> NaiveDate {
        NaiveDate::from_num_days_from_ce_opt(self.0.load(Ordering::Relaxed)).unwrap_or_default()
    }
}

/// A hub with its plan issued.
pub(super) struct Founded {
    pub(super) hub: Home,
    pub(super) plan: Plan,
    pub(super) bundle: Delivered,
}

/// Founds the hub on the first of February, assigns the targets and issues the plan to a folder.
pub(super) fn found(dir: &Path, clock: &TurnedClock, to: &Path) -> Result<Founded> {
    clock.turn_to(NaiveDate::from_ymd_opt(2024, 2, 1).unwrap_or_default());
    let name = format!("青岛西海岸新区{SUFFIX}");
    let mut hub = init_hub(dir, &name, StartingPlan::Builtin2024, PASSPHRASE, clock.world())?;
    let mut plan = hub.plan_draft()?;
    assign(&mut plan);
    hub.replace_draft(&plan)?;
    fs::create_dir_all(to).map_err(Error::io(to))?;
    let issued = hub.issue_plan(PASSPHRASE, to)?;
    let plan = hub.plan()?;
    Ok(Founded { hub, plan, bundle: issued.delivered })
}

/// Sets an office up from the plan, hands its enrolment in and has the hub admit it.
pub(super) fn enrol(
    hub: &mut Home,
    plan_file: &Path,
    office: &Office,
    dir: &Path,
    clock: &TurnedClock,
    to: &Path,
) -> Result<Home> {
    let hub_digits = hub.show_key()?.fingerprint;
    let introduction =
        Introduction { office: office.name(), contact: "演示联系人", telephone: "演示电话" };
    let mut home = init_office(dir, plan_file, &introduction, &hub_digits, PASSPHRASE, clock.world())?;
    let delivered = home.enrol(PASSPHRASE, to)?;
    let digits = home.show_key()?.fingerprint;
    hub.admit_office(&delivered.path, office.name(), &digits, false)?;
    Ok(home)
}

/// Fills a return in through the file that an office would save in WPS, signs it and exports it.
pub(super) fn fill_in(
    home: &mut Home,
    plan: &Plan,
    period: Period,
    filled: &Draft,
    file: &Path,
    to: &Path,
) -> Result<PathBuf> {
    let sheet = home.sheet(period, None)?;
    if filled.nil {
        home.set_nil(&sheet, true)?;
    } else {
        type_in(home, plan, &sheet, filled, file)?;
    }
    let sign = |role: &str| format!("{PREFIX}{role}");
    let sign_off =
        SignOff { filled_by: sign("填报人"), checked_by: sign("审核人"), issued_by: sign("签发人") };
    Ok(home.export(&sheet, &sign_off, PASSPHRASE, to)?.path)
}

/// Fills a draft in through that file and leaves it open.
pub(super) fn type_in(
    home: &mut Home,
    plan: &Plan,
    sheet: &Sheet,
    filled: &Draft,
    file: &Path,
) -> Result<()> {
    let form = write_csv(plan, &plan.duties(), &sheet.office, sheet.period, &filled.cells);
    fs::write(file, form).map_err(Error::io(file))?;
    home.enter_file(sheet, file)?;
    Ok(())
}
