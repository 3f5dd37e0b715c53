//! 台账, the window: opens the data folder, registers the commands, runs.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

mod args;
mod arrivals;
mod commands;
mod failure;
mod folders;
mod log;
mod notice;
mod origin;
mod owner;
mod progress;
mod session;
mod settings_file;
mod window;

use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;

use app::words::Mishap;
use clap::Parser;

use crate::args::Args;
use crate::failure::Failure;
use crate::folders::Folders;

fn main() -> ExitCode {
    match run(Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(mishap) => {
            let failure = Failure::from(mishap);
            tracing::error!(code = failure.code, "ended");
            notice::tell(&failure);
            ExitCode::FAILURE
        }
    }
}

fn run(args: Args) -> Result<(), Mishap> {
    let folders = Folders::choose(args.data.as_deref()).ok_or(Mishap::NoDataFolder)?;
    log::begin(&folders);
    let display = ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|v| !v.is_empty()));
    if cfg!(target_os = "linux") && !display {
        return Err(Mishap::NoDisplay);
    }
    if cfg!(windows) && tauri::webview_version().is_err() {
        return Err(Mishap::NoWebView);
    }
    // The toolkit panics where the system gives it no window.
    match panic::catch_unwind(AssertUnwindSafe(|| window::run(&args, &folders))) {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => {
            eprintln!("{error}");
            Err(Mishap::NoWindow)
        }
        Err(_) => Err(Mishap::NoWindow),
    }
}
