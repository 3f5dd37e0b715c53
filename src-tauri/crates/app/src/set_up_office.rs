//! Sets up an office step by step: the hub's plan, the digits on its paper, the unit, the passphrase.
//!
//! What was done lies in a folder of its own, so that every step can be left and taken up again. The home is made there and
//! moved to its place whole; the passphrase is never kept.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use bundle::fingerprint::Fingerprint;
use ledger::patience;
use model::draft::printable;
use model::plan::Office;
use serde::{Deserialize, Serialize};

use crate::home::move_into_place;
use crate::init_office::{Introduction, PlanFile, init_office};
use crate::screens::start::SetupStep;
use crate::world::World;
use crate::{Error, Home, Result, fetch, passphrase};

const STATE: &str = "setup.toml";
const PLAN: &str = "plan.tzb";
const MADE: &str = "home";

/// The setting that says what of the first run is still to do once the home is there.
pub(crate) const FIRST_RUN: &str = "first_run";
/// The enrolment is to be handed to the hub.
pub(crate) const ENROL: &str = "enrol";

/// The most characters of a contact or a telephone number, as the hub takes them.
const CONTACT_CHARS: usize = 100;

/// An office being set up.
pub struct Setup {
    dir: PathBuf,
    pub(crate) state: State,
    pub(crate) plan: Option<PlanFile>,
}

/// What is kept between two steps.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct State {
    /// The step shown; none where one went back to the choice of a role.
    pub at: Option<SetupStep>,
    /// Name of the plan's file.
    pub file: String,
    /// The hub's digits, as far as typed.
    pub digits: String,
    pub office: String,
    pub contact: String,
    pub telephone: String,
}

/// What was typed and not yet sent off with 下一步.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    /// The hub's digits.
    pub digits: Option<String>,
    /// The unit.
    pub office: Option<String>,
    /// Whom to ask for.
    pub contact: Option<String>,
    /// The telephone number.
    pub telephone: Option<String>,
}

impl Setup {
    /// Takes up what was begun in a folder; none where nothing was.
    pub fn resume(dir: &Path) -> Result<Option<Self>> {
        let path = dir.join(STATE);
        let Ok(text) = fs::read_to_string(&path) else { return Ok(None) };
        // What cannot be read any more is typed again.
        let state = toml::from_str(&text).unwrap_or_default();
        let plan = PlanFile::read(&dir.join(PLAN)).ok();
        let mut setup = Self { dir: dir.to_owned(), state, plan };
        setup.state.at = setup.state.at.map(|at| at.min(setup.furthest()));
        Ok(Some(setup))
    }

    /// Chooses the role of an office: begins, or goes on where one had come to.
    pub fn begin(dir: &Path) -> Result<Self> {
        let mut setup = match Self::resume(dir)? {
            Some(setup) => setup,
            None => Self { dir: dir.to_owned(), state: State::default(), plan: None },
        };
        setup.state.at = Some(setup.furthest());
        setup.keep()?;
        Ok(setup)
    }

    /// Takes in the hub's plan bundle: a private copy, verified. Whose it is, the next step tells.
    pub fn take_plan(&mut self, file: &Path) -> Result<()> {
        let mut plan = PlanFile::read(file)?;
        plan.plan.validate().map_err(Error::PlanFaults)?;
        let path = self.dir.join(PLAN);
        let mut copy = tempfile::NamedTempFile::new_in(&self.dir).map_err(Error::io(&self.dir))?;
        plan.verified.copy_to(&mut copy).map_err(Error::io(&path))?;
        copy.as_file().sync_all().map_err(Error::io(&path))?;
        patience::persist(copy, &path).map_err(|e| Error::Io { path, source: e.error })?;
        self.plan = Some(plan);
        self.state.file = fetch::label(file);
        self.state.at = Some(SetupStep::Hub);
        self.keep()
    }

    /// Compares the digits on the hub's paper with the key that signed the plan.
    pub fn confirm_hub(&mut self, digits: &str) -> Result<()> {
        let typed: Fingerprint = digits.parse()?;
        let plan = self.plan.as_ref().ok_or(Error::StepSkipped)?;
        if !plan.is_from(&typed) {
            return Err(Error::OtherFingerprint);
        }
        self.state.digits = typed.to_string();
        self.state.at = Some(SetupStep::Unit);
        self.keep()
    }

    /// Says which unit this is, whom to ask for and where to call.
    pub fn introduce(&mut self, introduction: &Introduction<'_>) -> Result<()> {
        if !self.is_confirmed() {
            return Err(Error::StepSkipped);
        }
        if !self.offices().any(|office| office.name() == introduction.office) {
            let plan = self.plan.as_ref().ok_or(Error::StepSkipped)?;
            return Err(crate::home::unknown_office(&plan.plan, introduction.office));
        }
        let contact = checked_contact(introduction.contact)?;
        let telephone = checked_contact(introduction.telephone)?;
        let office = introduction.office.to_owned();
        self.state =
            State { at: Some(SetupStep::Passphrase), office, contact, telephone, ..self.state.clone() };
        self.keep()
    }

    /// Keeps what was typed so far, without a look at it.
    pub fn note(&mut self, typed: Typed) -> Result<()> {
        for (kept, typed) in [
            (&mut self.state.digits, typed.digits),
            (&mut self.state.office, typed.office),
            (&mut self.state.contact, typed.contact),
            (&mut self.state.telephone, typed.telephone),
        ] {
            if let Some(typed) = typed {
                *kept = typed.chars().take(2 * CONTACT_CHARS).collect();
            }
        }
        self.keep()
    }

    /// Goes to a step that was reached before, or back to the choice of a role.
    pub fn go(&mut self, step: Option<SetupStep>) -> Result<()> {
        if step > Some(self.furthest()) {
            return Err(Error::StepSkipped);
        }
        self.state.at = step;
        self.keep()
    }

    /// Makes the home under a passphrase, with its enrolment signed, and puts it in its place.
    ///
    /// What is stopped in between leaves the setup as it was, or the home complete.
    pub fn finish(self, passphrase: &str, home: &Path, world: World) -> Result<()> {
        if self.furthest() < SetupStep::Passphrase {
            return Err(Error::StepSkipped);
        }
        passphrase::fit(passphrase, &self.own_words())?;
        let made = fresh_room(&self.dir)?;
        let State { digits, office, contact, telephone, .. } = &self.state;
        let introduction = Introduction { office, contact, telephone };
        let mut new = init_office(&made, &self.dir.join(PLAN), &introduction, digits, passphrase, world)?;
        new.sign_enrolment(passphrase)?;
        new.set_setting(FIRST_RUN, Some(ENROL))?;
        // Nobody may hold the ledger while it moves.
        drop(new);
        move_into_place(&made, home)?;
        discard(&self.dir)
    }

    /// Returns the last step whose steps before it are done.
    pub(crate) fn furthest(&self) -> SetupStep {
        if self.plan.is_none() {
            SetupStep::Plan
        } else if !self.is_confirmed() {
            SetupStep::Hub
        } else if self.introduced() {
            SetupStep::Passphrase
        } else {
            SetupStep::Unit
        }
    }

    /// Says whether the digits typed are those of the key that signed the plan.
    pub(crate) fn is_confirmed(&self) -> bool {
        let typed = self.state.digits.parse().ok();
        self.plan.as_ref().zip(typed).is_some_and(|(plan, digits)| plan.is_from(&digits))
    }

    fn introduced(&self) -> bool {
        let State { office, contact, telephone, .. } = &self.state;
        self.offices().any(|it| it.name() == office)
            && [contact, telephone].iter().all(|text| checked_contact(text).is_ok())
    }

    /// Lists the units that can be chosen.
    pub(crate) fn offices(&self) -> impl Iterator<Item = &Office> {
        let offices = self.plan.iter().flat_map(|plan| &plan.plan.offices);
        offices.filter(|office| !office.id.is_own() && office.retired.is_none())
    }

    /// Returns the words that somebody who knows the office would try first.
    pub fn own_words(&self) -> Vec<&str> {
        let mut words = vec![&*self.state.office, &*self.state.contact, &*self.state.telephone];
        words.extend(self.plan.iter().map(|plan| &*plan.plan.hub_name));
        words
    }

    fn keep(&self) -> Result<()> {
        keep_state(&self.dir, STATE, &self.state)
    }
}

/// Writes what was answered so far, whole or not at all.
pub(crate) fn keep_state(dir: &Path, name: &str, state: &impl Serialize) -> Result<()> {
    fs::create_dir_all(dir).map_err(Error::io(dir))?;
    let path = dir.join(name);
    let text = toml::to_string(state).map_err(Error::unreadable)?;
    let mut file = tempfile::NamedTempFile::new_in(dir).map_err(Error::io(dir))?;
    file.write_all(text.as_bytes()).map_err(Error::io(&path))?;
    file.as_file().sync_all().map_err(Error::io(&path))?;
    patience::persist(file, &path).map_err(|e| Error::Io { path, source: e.error })?;
    Ok(())
}

/// Throws away what was begun.
pub fn discard(dir: &Path) -> Result<()> {
    match patience::remove_dir_all(dir) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Error::io(dir)(error)),
        _ => Ok(()),
    }
}

/// Returns the empty room in which a home is made before it is moved to its place.
pub(crate) fn fresh_room(dir: &Path) -> Result<PathBuf> {
    fs::create_dir_all(dir).map_err(Error::io(dir))?;
    let made = dir.join(MADE);
    discard(&made)?;
    Ok(made)
}

/// Returns a contact or telephone number as it is kept.
pub(crate) fn checked_contact(text: &str) -> Result<String> {
    let text = printable(text).trim().to_owned();
    if text.is_empty() || text.chars().count() > CONTACT_CHARS {
        return Err(Error::BadContact { limit: CONTACT_CHARS });
    }
    Ok(text)
}

impl Home {
    /// Says whether the enrolment of a new home still has to be handed to the hub.
    pub fn is_enrolling(&self) -> Result<bool> {
        Ok(self.setting(FIRST_RUN)?.as_deref() == Some(ENROL))
    }

    /// Ends the first run: the enrolment and its slip are on their way to the hub.
    pub fn finish_enrolment(&mut self) -> Result<()> {
        if self.enrolment()?.is_none() {
            return Err(Error::EnrolFirst);
        }
        self.set_setting(FIRST_RUN, None)
    }
}
