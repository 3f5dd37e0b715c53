//! The project's own commands: `cargo xtask …`.
//!
//! Depends on nothing but the standard library, so that it builds in a second on a machine that has only Rust, and
//! on nothing of the workspace, so that it still runs when the rest does not compile.

mod advisories;
mod arrows;
mod fuzz;
mod machine;
mod mutants;
mod package;
mod process;
mod programs;
mod sizes;
mod steps;
mod tools;
mod ui;
mod verdicts;

use std::ffi::OsString;
use std::process::ExitCode;

/// What stops a command: a sentence for the developer, already complete.
type Failure = String;

const HELP: &str = "\
cargo xtask COMMAND [ARGUMENTS]

  run [ARGS]     open the application (without a display: the demo)
  test           set up what is missing, then check and test everything
  demo [ARGS]    the whole loop in a fresh temporary folder, or in --to DIR
  bench [ARGS]   consolidation of 40,000 bundles beside sqlite3's own import; --hub: the hub's screens; --window: the window; --verify: the reader
  package WHAT   what offices install, in target/package: windows [--webview2 FILE], linux; test, reproduce
  fuzz [TARGET]  hostile bytes for what reads files, 20 minutes a target or --minutes N; wants the nightly toolchain
  mutants [FILE] what no test notices when it is altered, in the container and the chain; hours, or a file at a time
  types          write the views' TypeScript anew, for the screens
  deny           only the rules of .cargo/deny.toml: arrows, licences, sources
  advisories     what is publicly known of the crates and packages; asks their databases
  help           this text";

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let command = arguments.next().unwrap_or_else(|| "help".into());
    let rest: Vec<OsString> = arguments.collect();
    match dispatch(&command.to_string_lossy(), &rest) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("xtask: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(command: &str, rest: &[OsString]) -> Result<(), Failure> {
    match command {
        "run" => programs::open(rest),
        "test" => no_arguments(rest).and_then(|()| steps::all()),
        "demo" => programs::demo(rest),
        "bench" => programs::bench(rest),
        "package" => package::package(rest),
        "fuzz" => fuzz::fuzz(rest),
        "mutants" => mutants::mutants(rest),
        "types" => no_arguments(rest).and_then(|()| programs::types()),
        "deny" => no_arguments(rest).and_then(|()| steps::deny_alone()),
        "advisories" => no_arguments(rest).and_then(|()| advisories::check()),
        "help" | "-h" | "--help" => {
            println!("{HELP}");
            Ok(())
        }
        other => Err(format!("there is no command `{other}`\n\n{HELP}")),
    }
}

fn no_arguments(rest: &[OsString]) -> Result<(), Failure> {
    match rest.first() {
        None => Ok(()),
        Some(extra) => Err(format!("this command takes no arguments, found `{}`", extra.display())),
    }
}

#[cfg(test)]
mod laws {
    use super::*;

    #[test]
    fn an_unknown_command_lists_what_there_is() {
        let failure = dispatch("tset", &[]).expect_err("no such command");
        assert!(failure.contains("`tset`"));
        let commands = [
            "run",
            "test",
            "demo",
            "bench",
            "package",
            "fuzz",
            "mutants",
            "types",
            "deny",
            "advisories",
            "help",
        ];
        for command in commands {
            assert!(failure.contains(&format!("\n  {command} ")), "{command} is not listed");
        }
    }

    #[test]
    fn an_argument_too_many_is_refused_before_anything_runs() {
        let failure = dispatch("test", &["--fast".into()]).expect_err("test takes no arguments");
        assert!(failure.contains("--fast"));
    }
}
