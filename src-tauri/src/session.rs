//! What is open while the window is: one home, held by one command at a time.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use app::enter::ReturnOf;
use app::look_through::{look_through, open_in_doubt};
use app::places::Places;
use app::words::Mishap;
use app::{Home, Period, Role, World};
use tauri::{AppHandle, Emitter, Manager};

use crate::arrivals::Arrivals;
use crate::failure::Failure;
use crate::folders::Folders;
use crate::progress::Brake;
use crate::settings_file::SettingsFile;

/// The own ledger was found damaged while it was open: there is no payload.
const DAMAGED: &str = "damaged";

/// The application's state for its commands.
pub struct Session {
    /// Where everything lies.
    pub folders: Folders,
    /// The exchange folder of this run, where one was named at the start; it goes before the setting.
    asked_exchange: Option<PathBuf>,
    /// Files that were double-clicked or dropped.
    pub arrivals: Arrivals,
    /// Stops long work.
    pub brake: Brake,
    /// Whether the own ledger was looked through since the start.
    looked_through: AtomicBool,
    open: Mutex<Open>,
    places: Mutex<Places>,
    settings: Mutex<SettingsFile>,
    demo_exchange: Mutex<Option<PathBuf>>,
}

/// What is open.
#[derive(Default)]
pub struct Open {
    home: Option<Home>,
    /// Whether the own ledger was found damaged while it was open: it is read whole before it is opened again.
    in_doubt: bool,
    /// Whose demonstration the home is; none where it is the own home.
    pub demo: Option<Role>,
}

impl Session {
    /// Begins with nothing open.
    pub fn new(folders: Folders, exchange: Option<PathBuf>) -> Self {
        Self {
            settings: Mutex::new(SettingsFile::read(&folders.settings())),
            folders,
            asked_exchange: exchange,
            arrivals: Arrivals::default(),
            brake: Brake::default(),
            looked_through: AtomicBool::default(),
            open: Mutex::default(),
            places: Mutex::default(),
            demo_exchange: Mutex::default(),
        }
    }

    /// Returns the places and files that the page knows by number.
    pub fn places(&self) -> MutexGuard<'_, Places> {
        lock(&self.places)
    }

    /// Returns the settings of this computer.
    pub fn settings(&self) -> MutexGuard<'_, SettingsFile> {
        lock(&self.settings)
    }

    /// Changes the settings of this computer.
    pub fn change_settings(&self, change: impl FnOnce(&mut SettingsFile)) -> Result<(), app::Error> {
        let mut kept = self.settings();
        let mut settings = kept.clone();
        change(&mut settings);
        let path = self.folders.settings();
        settings.write(&path).map_err(|source| app::Error::Io { path, source })?;
        *kept = settings;
        Ok(())
    }

    /// Says whether the exchange folder is given, by the demonstration or at the start.
    pub fn exchange_is_fixed(&self) -> bool {
        self.asked_exchange.is_some() || lock(&self.demo_exchange).is_some()
    }

    /// Names the demonstration's own exchange folder while it is open; none afterwards.
    pub fn set_demo_exchange(&self, folder: Option<PathBuf>) {
        *lock(&self.demo_exchange) = folder;
    }

    /// Returns the exchange folder, if there is one, and whether it is the demonstration's.
    ///
    /// It takes no hold of the open home, so that places can be shown while something long goes on.
    pub fn exchange_folder(&self) -> Option<(PathBuf, bool)> {
        if let Some(folder) = lock(&self.demo_exchange).clone() {
            return Some((folder, true));
        }
        let folder = self.asked_exchange.clone().or_else(|| self.settings().exchange.clone())?;
        Some((folder, false))
    }

    /// Holds what is open. Whoever panicked while holding it leaves nothing open: the home is opened anew.
    pub fn hold(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(|poisoned: PoisonError<_>| {
            self.open.clear_poison();
            let mut open = poisoned.into_inner();
            open.home = None;
            open
        })
    }
}

impl Open {
    /// Returns the home, opened if it is there and was not open yet.
    pub fn home(&mut self, folders: &Folders) -> Result<Option<&mut Home>, app::Error> {
        if self.home.is_none() {
            let opened = match self.demo {
                Some(role) => open_demo(folders, role),
                None if self.in_doubt => open_in_doubt(&folders.home(), World::real()),
                None => Home::open(&folders.home(), World::real()),
            };
            self.home = match opened {
                Ok(home) => {
                    self.in_doubt &= self.demo.is_some();
                    Some(home)
                }
                Err(app::Error::NoHome(_)) => None,
                Err(error) => return Err(error),
            };
        }
        Ok(self.home.as_mut())
    }

    /// Closes what is open; what is opened next is a role's demonstration, or the own home.
    pub fn switch(&mut self, demo: Option<Role>) {
        *self = Self { home: None, demo, in_doubt: self.in_doubt };
    }

    /// Closes the own ledger, in which damage was found.
    fn doubt(&mut self) {
        self.in_doubt = true;
        if self.demo.is_none() {
            self.home = None;
        }
    }

    /// Returns the home of those who are at work; without one there is nothing to answer.
    pub fn at_work(&mut self, folders: &Folders) -> Result<&mut Home, Failure> {
        let folder = self.demo.map_or_else(|| folders.home(), |role| folders.demo(role));
        Ok(self.home(folders)?.ok_or(app::Error::NoHome(folder))?)
    }
}

/// Opens a role's demonstration.
pub fn open_demo(folders: &Folders, role: Role) -> Result<Home, app::Error> {
    let root = folders.demo(role);
    match role {
        Role::Office => app::demo::office::open(&root),
        Role::Hub => app::demo::hub::open(&root),
    }
}

/// What is locked here stays whole whatever panicked while it was held.
fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Does a command's work, and answers even when it panics.
///
/// Every command's body is one call of this or of [`with_open`].
pub fn work<T>(app: AppHandle, body: impl FnOnce(&Session) -> Result<T, Failure>) -> Result<T, Failure> {
    guarded(|| body(&app.state::<Session>()))
}

/// What was held when the work panicked is looked after by [`Session::hold`].
fn guarded<T>(body: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    let outcome = catch_unwind(AssertUnwindSafe(body)).unwrap_or_else(|_| Err(Mishap::Crashed.into()));
    if let Err(failure) = &outcome {
        tracing::warn!(code = failure.code, "a command failed");
    }
    outcome
}

/// Looks once for damage that opening the own ledger left unread; the page hears of what is found.
pub fn look_through_once(app: &AppHandle) {
    let session = app.state::<Session>();
    if session.looked_through.swap(true, Ordering::Relaxed) {
        return;
    }
    let (app, home) = (app.clone(), session.folders.home());
    std::thread::spawn(move || {
        // Whatever else keeps it from being read, those who work with it come upon as well.
        let failure = look_through(&home).err().map(Failure::from);
        if failure.as_ref().is_some_and(Failure::is_damage) {
            tracing::error!("damage was found in the ledger");
            app.state::<Session>().hold().doubt();
            tell_of_damage(&app);
        }
    });
}

/// Has the page ask anew where the application stands.
fn tell_of_damage(app: &AppHandle) {
    if app.emit(DAMAGED, ()).is_err() {
        tracing::warn!("the page could not be told of the damage");
    }
}

/// As [`work`], holding what is open.
pub fn with_open<T>(
    app: AppHandle,
    body: impl FnOnce(&Session, &mut Open) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let page = app.clone();
    work(app, move |session| {
        let mut open = session.hold();
        let done = body(session, &mut open);
        // What comes upon damage first finds it for everybody; a demonstration is made anew instead.
        if done.as_ref().is_err_and(Failure::is_damage) && open.demo.is_none() {
            open.doubt();
            drop(open);
            tell_of_damage(&page);
        }
        done
    })
}

/// As [`with_open`], with the home of those who are at work.
pub fn with_home<T>(
    app: AppHandle,
    body: impl FnOnce(&Session, &mut Home) -> Result<T, Failure>,
) -> Result<T, Failure> {
    with_open(app, |session, open| body(session, open.at_work(&session.folders)?))
}

/// Reads whose return of which period the page asks for: the own unit's, or at a hub that of an office (代录).
pub fn of_return(period: &str, office: Option<String>) -> Result<ReturnOf, Failure> {
    Ok(ReturnOf { period: of_period(period)?, office })
}

/// Reads a period as the page names it.
pub fn of_period(text: &str) -> Result<Period, Failure> {
    Ok(text.parse::<Period>().map_err(app::Error::from)?)
}

#[cfg(test)]
mod laws {
    use super::*;

    fn session() -> (tempfile::TempDir, Session) {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::choose(Some(folder.path())).unwrap();
        (folder, Session::new(folders, None))
    }

    #[test]
    fn a_command_that_panics_is_answered_and_the_next_one_works() {
        let (_folder, session) = session();
        let outcome: Result<(), Failure> = guarded(|| {
            let mut open = session.hold();
            open.demo = Some(Role::Hub);
            panic!("a fault of the program");
        });
        let failure = outcome.unwrap_err();
        assert_eq!(failure.code, "crashed");
        assert!(!failure.what.is_empty() && !failure.next.is_empty());
        let mut open = session.hold();
        assert_eq!(open.demo, Some(Role::Hub), "what was chosen stays chosen");
        assert!(open.home(&session.folders).unwrap().is_none());
        drop(open);
        assert!(!session.open.is_poisoned());
    }

    #[test]
    fn what_cannot_be_opened_is_an_error_and_not_an_empty_start() {
        let (_folder, session) = session();
        std::fs::create_dir_all(session.folders.home()).unwrap();
        std::fs::write(session.folders.home().join("ledger.db"), "no database").unwrap();
        assert!(session.hold().home(&session.folders).is_err());
    }
}
