//! One function per command: read arguments, call a use case, print what came of it.

use std::path::PathBuf;

use app::words::{self, Sentence};
use app::{Error, Home, World};

use crate::args::{Args, Command};
use crate::output::Output;

mod demo;
mod hub;
mod key;
mod office;
mod offices;
mod plan;
mod receive;
mod setup;
mod status;
mod upward;
mod verify;

/// Why a command failed.
#[derive(Debug)]
pub struct Failure(Vec<Sentence>);

impl Failure {
    /// Makes a failure of the command line itself.
    pub fn usage(code: &'static str, what: &str, next: &str) -> Self {
        Self(vec![Sentence { code, what: what.to_owned(), next: next.to_owned(), in_window: None }])
    }

    /// Adds sentences that say more.
    fn with(mut self, details: impl IntoIterator<Item = Sentence>) -> Self {
        self.0.extend(details);
        self
    }

    /// Returns the text for standard error.
    pub fn text(&self) -> String {
        let line = |(at, sentence): (usize, &Sentence)| {
            let Sentence { code, what, next, .. } = sentence;
            if at == 0 {
                format!("错误 [{code}] {what}\n下一步：{next}")
            } else {
                format!("· [{code}] {what}\n  {next}")
            }
        };
        self.0.iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let failure = Self(vec![words::sentence(&error)]);
        match &error {
            Error::EntryFile(errors) => failure.with(errors.errors.iter().map(words::entry_file_error)),
            Error::ReceiptsFailed { failed, .. } => failure.with(failed.iter().map(|(office, why)| {
                let why = words::sentence(why);
                Sentence { what: format!("{office}：{}", why.what), ..why }
            })),
            _ => failure,
        }
    }
}

type Outcome = Result<(), Failure>;

/// Runs the command.
pub fn run(args: &Args, out: &Output) -> Outcome {
    let dir = home_dir(args)?;
    match &args.command {
        Command::Init(init) => setup::init(init, &dir, out),
        Command::Restore { from } => setup::restore(from, &dir, out),
        Command::Demo(to) => demo::demo(&to.to, out),
        Command::Verify { file, key } => verify::verify(file, key, out),
        command => run_at(command, &mut Home::open(&dir, World::real())?, out),
    }
}

fn run_at(command: &Command, home: &mut Home, out: &Output) -> Outcome {
    match command {
        Command::Key(command) => key::key(command, home, out),
        Command::Plan(command) => plan::plan(command, home, out),
        Command::Office(command) => offices::office(command, home, out),
        Command::Enrol { to, new_key } => office::enrol(home, *new_key, &to.to, out),
        Command::Enter(enter) => office::enter(enter, home, out),
        Command::Check(sheet) => office::check(sheet, home, out),
        Command::Export(export) => office::export(export, home, out),
        Command::Receive(receive) => receive::receive(receive, home, out),
        Command::Status(at) => status::status(at.period, home, out),
        Command::Waiting => hub::waiting(home, out),
        Command::Review { switch } => hub::review(*switch, home, out),
        Command::Accept { at, office } => hub::accept(at.period, office.as_deref(), home, out),
        Command::Return { office, at, cells } => hub::send_back(office, at.period, cells, home, out),
        Command::Choose { office, bundle, why } => hub::choose(office, bundle, why, home, out),
        Command::Lock { period, why } => hub::lock(*period, why, home, out),
        Command::Unlock { period, why } => hub::unlock(*period, why, home, out),
        Command::Receipt { to, office, fresh } => hub::receipt(office.as_deref(), *fresh, &to.to, home, out),
        Command::Upward(command) => upward::upward(command, home, out),
        Command::Passphrase => setup::change_passphrase(home, out),
        Command::Backup(to) => setup::back_up(home, &to.to, out),
        Command::Init(_) | Command::Restore { .. } | Command::Demo(_) | Command::Verify { .. } => Ok(()),
    }
}

/// Returns the folder named, else the one that the window opens.
fn home_dir(args: &Args) -> Result<PathBuf, Failure> {
    if let Some(home) = &args.home {
        return Ok(home.clone());
    }
    let base = dirs::data_local_dir();
    let base =
        base.ok_or_else(|| Failure::usage("no_home", "不知道台账放在哪里", "请用 --home 指明文件夹"))?;
    Ok(base.join("taizhang").join("home"))
}
