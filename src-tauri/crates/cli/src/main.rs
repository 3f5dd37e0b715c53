//! `taizhang-cli`: the use cases of 台账 for scripts, for hubs without a screen, and for tests.
//!
//! Exit status 0 only on success; errors go to standard error as code, sentence and next step.

mod args;
mod output;
mod passphrase;
mod run;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let args = args::Args::parse();
    let out = output::Output::new(args.format);
    match run::run(&args, &out) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            // Standard error may be closed; the exit status still tells.
            let _ = writeln!(std::io::stderr(), "{}", failure.text());
            ExitCode::FAILURE
        }
    }
}
