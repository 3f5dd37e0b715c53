//! Long work: how far it is, and how it is stopped.

use std::sync::atomic::{AtomicBool, Ordering};

use serde::Serialize;
use tauri::ipc::Channel;

/// How far a long piece of work is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// How many steps are done.
    pub done: u64,
    /// How many there are.
    pub total: u64,
    /// What is being done, in words.
    pub what: String,
}

/// Stops the long work that is going on; there is one at a time.
#[derive(Debug, Default)]
pub struct Brake {
    pulled: AtomicBool,
}

impl Brake {
    /// Asks the work to stop at its next step.
    pub fn pull(&self) {
        self.pulled.store(true, Ordering::Relaxed);
    }

    /// Begins a piece of work: what was asked of an earlier one is forgotten.
    ///
    /// The returned function is what the use cases call at every step; it says whether to go on. The page hears of
    /// every percent, not of every step, because each message costs more than a step does.
    pub fn begin<'a>(
        &'a self,
        channel: &'a Channel<Progress>,
        what: &'a str,
    ) -> impl FnMut(u64, u64) -> bool + 'a {
        self.pulled.store(false, Ordering::Relaxed);
        self.watch(what, move |progress| {
            // A page that was reloaded listens no more; the work goes on.
            let _ = channel.send(progress);
        })
    }

    fn watch<'a>(
        &'a self,
        what: &'a str,
        mut tell: impl FnMut(Progress) + 'a,
    ) -> impl FnMut(u64, u64) -> bool + 'a {
        let mut told = None;
        move |done, total| {
            let percent = (done.min(total) * 100).checked_div(total);
            if told != Some(percent) {
                told = Some(percent);
                tell(Progress { done, total, what: what.to_owned() });
            }
            !self.pulled.load(Ordering::Relaxed)
        }
    }
}

#[cfg(test)]
mod laws {
    use super::*;

    #[test]
    fn the_page_hears_of_percents_and_of_the_end() {
        let (brake, mut heard) = (Brake::default(), Vec::new());
        let mut step = brake.watch("导出", |progress| heard.push(progress));
        assert!((0..=40_000).all(|done| step(done, 40_000)));
        drop(step);
        assert_eq!(heard.len(), 101);
        assert_eq!(heard.last(), Some(&Progress { done: 40_000, total: 40_000, what: "导出".to_owned() }));
    }

    #[test]
    fn work_of_unknown_length_is_told_once() {
        let (brake, mut heard) = (Brake::default(), 0);
        let mut step = brake.watch("查找", |_| heard += 1);
        assert!(step(0, 0) && step(1, 0));
        drop(step);
        assert_eq!(heard, 1);
    }

    #[test]
    fn the_brake_stops_the_work_at_hand() {
        let brake = Brake::default();
        let mut step = brake.watch("导出", |_| ());
        assert!(step(1, 3));
        brake.pull();
        assert!(!step(2, 3));
    }
}
