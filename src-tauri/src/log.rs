//! The log: a file a day beside the data, with codes and places in the program, never figures, names or paths.

use std::panic;

use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

use crate::folders::Folders;

/// How many days are kept.
const DAYS: usize = 30;

/// Begins the log. Where it cannot be written the application runs without one.
pub fn begin(folders: &Folders) {
    panic_hook();
    // Where this fails, opening the file says why.
    let _ = std::fs::create_dir_all(folders.logs());
    let file = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("taizhang")
        .filename_suffix("log")
        .max_log_files(DAYS)
        .build(folders.logs());
    match file {
        Ok(file) => {
            // Only what we write ourselves: a library may put anything into its messages.
            let ours = Targets::new().with_target(env!("CARGO_CRATE_NAME"), LevelFilter::INFO);
            let lines = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(file).with_filter(ours);
            // Fails only if there is a log already, which is as good.
            let _ = tracing_subscriber::registry().with(lines).try_init();
        }
        Err(error) => eprintln!("日志写不了（{error}），程序照常运行"),
    }
    tracing::info!(version = env!("CARGO_PKG_VERSION"), system = std::env::consts::OS, "started");
}

/// Writes where the program panicked, and not the message, which may quote what somebody typed.
fn panic_hook() {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if let Some(place) = info.location() {
            tracing::error!(file = place.file(), line = place.line(), "panicked");
        }
        before(info);
    }));
}
