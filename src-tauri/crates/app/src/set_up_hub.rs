//! Sets up a hub step by step: its name and its plan, the passphrase, the digits on paper, the copy of the key for the safe.
//!
//! As for an office, what was done before the home is there lies in a folder of its own; afterwards the home says what is
//! still to do. The passphrase is never kept.

use std::fs;
use std::path::{Path, PathBuf};

use model::draft::printable;
use serde::{Deserialize, Serialize};

use crate::home::move_into_place;
use crate::init_hub::{StartingPlan, init_hub};
use crate::screens::hub::start::HubStep;
use crate::set_up_office::{discard, fresh_room, keep_state};
use crate::world::World;
use crate::{Error, Home, HubFault, Result, passphrase};

const STATE: &str = "setup.toml";

/// The setting that says which step of the first run comes next once the home is there.
const FIRST_RUN: &str = "first_run";

/// The most characters of a hub's name.
pub(crate) const NAME_CHARS: usize = 40;
/// The years that an empty plan may be for.
const YEARS: std::ops::RangeInclusive<u16> = 2000..=2099;

/// A hub being set up.
pub struct HubSetup {
    dir: PathBuf,
    pub(crate) state: State,
}

/// What is kept between two steps.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct State {
    /// The step shown; none where one went back to the choice of a role.
    pub at: Option<HubStep>,
    pub name: String,
    /// Whether the name and the plan were sent off.
    pub named: bool,
    /// Whether the plan is the built-in one; an empty one otherwise.
    pub builtin: bool,
    /// The year of an empty plan; 0 before one was given.
    pub year: u16,
}

impl HubSetup {
    /// Takes up what was begun in a folder; none where nothing was.
    pub fn resume(dir: &Path) -> Result<Option<Self>> {
        let Ok(text) = fs::read_to_string(dir.join(STATE)) else { return Ok(None) };
        // What cannot be read any more is typed again.
        let mut state: State = toml::from_str(&text).unwrap_or_default();
        state.at = state.at.map(|at| at.min(furthest(&state)));
        Ok(Some(Self { dir: dir.to_owned(), state }))
    }

    /// Chooses the role of a hub: begins, or goes on where one had come to.
    pub fn begin(dir: &Path, world: &World) -> Result<Self> {
        let year = || u16::try_from(chrono::Datelike::year(&world.clock.today())).unwrap_or(0);
        let mut setup = match Self::resume(dir)? {
            Some(setup) => setup,
            None => {
                let state = State { builtin: true, year: year(), ..State::default() };
                Self { dir: dir.to_owned(), state }
            }
        };
        setup.state.at = Some(furthest(&setup.state));
        setup.keep()?;
        Ok(setup)
    }

    /// Says what the hub is called and what its plan starts from, and goes on to the passphrase.
    pub fn name(&mut self, name: &str, plan: StartingPlan) -> Result<()> {
        self.state.name = checked_name(name)?;
        match plan {
            StartingPlan::Builtin2024 => self.state.builtin = true,
            StartingPlan::Empty { year } if YEARS.contains(&year) => {
                self.state = State { builtin: false, year, ..self.state.clone() };
            }
            StartingPlan::Empty { year } => return Err(HubFault::Year(year).into()),
        }
        self.state.named = true;
        self.state.at = Some(HubStep::Passphrase);
        self.keep()
    }

    /// Keeps a name while it is typed, without a look at it.
    pub fn note(&mut self, name: &str) -> Result<()> {
        let name: String = name.chars().take(2 * NAME_CHARS).collect();
        self.state.named &= name == self.state.name;
        self.state.name = name;
        self.keep()
    }

    /// Goes to a step that was reached before, or back to the choice of a role.
    pub fn go(&mut self, step: Option<HubStep>) -> Result<()> {
        if step > Some(furthest(&self.state)) {
            return Err(Error::StepSkipped);
        }
        self.state.at = step;
        self.keep()
    }

    /// Makes the home under a passphrase and puts it in its place; its papers are next.
    ///
    /// What is stopped in between leaves the setup as it was, or the home complete.
    pub fn finish(self, passphrase: &str, home: &Path, world: World) -> Result<()> {
        if furthest(&self.state) < HubStep::Passphrase {
            return Err(Error::StepSkipped);
        }
        passphrase::fit(passphrase, &self.own_words())?;
        let State { name, builtin, year, .. } = &self.state;
        let plan = if *builtin { StartingPlan::Builtin2024 } else { StartingPlan::Empty { year: *year } };
        let made = fresh_room(&self.dir)?;
        let mut new = init_hub(&made, name, plan, passphrase, world)?;
        new.set_first_run(Some(HubStep::Slip))?;
        // Nobody may hold the ledger while it moves.
        drop(new);
        move_into_place(&made, home)?;
        discard(&self.dir)
    }

    /// Returns the words that somebody who knows the hub would try first.
    pub fn own_words(&self) -> Vec<&str> {
        vec![&*self.state.name]
    }

    fn keep(&self) -> Result<()> {
        keep_state(&self.dir, STATE, &self.state)
    }
}

/// Returns the last step whose steps before it are done.
pub(crate) fn furthest(state: &State) -> HubStep {
    if state.named { HubStep::Passphrase } else { HubStep::Name }
}

/// Returns a hub's name as it is kept.
pub(crate) fn checked_name(name: &str) -> Result<String> {
    let name = printable(name).trim().to_owned();
    if name.is_empty() || name.chars().count() > NAME_CHARS || name.chars().any(model::names::is_hidden) {
        return Err(HubFault::Name { limit: NAME_CHARS }.into());
    }
    Ok(name)
}

impl Home {
    /// Says which step of a new hub's first run comes next; none once it is over.
    pub fn first_run(&self) -> Result<Option<HubStep>> {
        self.hub_only()?;
        Ok(match self.setting(FIRST_RUN)?.as_deref() {
            Some("slip") => Some(HubStep::Slip),
            Some("recovery") => Some(HubStep::Recovery),
            _ => None,
        })
    }

    /// Goes to a step of a new hub's first run, or ends it.
    ///
    /// # Errors
    /// [`Error::StepSkipped`] for the steps that make the home.
    pub fn set_first_run(&mut self, step: Option<HubStep>) -> Result<()> {
        self.hub_only()?;
        let step = match step {
            None => None,
            Some(HubStep::Slip) => Some("slip"),
            Some(HubStep::Recovery) => Some("recovery"),
            Some(HubStep::Name | HubStep::Passphrase) => return Err(Error::StepSkipped),
        };
        self.set_setting(FIRST_RUN, step)
    }
}
