//! What every test of the window stands on.

mod desk;
mod grid;
mod keys;
mod looks;
pub mod month;
pub mod processes;
pub mod stage;
mod window;

use std::time::{Duration, Instant};

pub use desk::{Desk, built};
pub use window::Window;

/// How long anything may take before a test gives up; generous, because two windows and a build may share two cores.
const PATIENCE: Duration = Duration::from_secs(20);

/// Asks again and again until there is an answer.
pub fn until<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let end = Instant::now() + PATIENCE;
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(Instant::now() < end, "waited {PATIENCE:?} until {what}");
        std::thread::sleep(Duration::from_millis(25));
    }
}
