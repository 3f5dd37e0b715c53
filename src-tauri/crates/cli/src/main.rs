//! `taizhang-cli`: the use cases of 台账 for scripts, for hubs without a screen, and for tests.
//!
//! Exit status 0 only on success; errors go to standard error as code, sentence and next step.

mod args;
mod output;
mod passphrase;
mod run;
mod usage;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let args = match args::Args::try_parse() {
        Ok(args) => args,
        Err(error) => return told(&error),
    };
    let out = output::Output::new(args.format);
    match run::run(&args, &out) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failed(&failure),
    }
}

fn told(error: &clap::Error) -> ExitCode {
    match usage::asked_for(error) {
        Some(help) => {
            let _ = writeln!(std::io::stdout(), "{help}");
            ExitCode::SUCCESS
        }
        None => failed(&usage::failure(error)),
    }
}

fn failed(failure: &run::Failure) -> ExitCode {
    // Standard error may be closed; the exit status still tells.
    let _ = writeln!(std::io::stderr(), "{}", failure.text());
    ExitCode::FAILURE
}
