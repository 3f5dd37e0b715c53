//! Packs a workbook while somebody watches, who may stop it.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use rust_xlsxwriter::Workbook;

use super::Halt;

/// How often whoever watches is told.
const TOLD_EVERY: Duration = Duration::from_millis(50);

/// Packs a workbook; `watch` hears how many bytes there are, and says whether to go on.
pub(super) fn pack(mut book: Workbook, watch: &mut dyn FnMut(u64) -> bool) -> Result<Vec<u8>, Halt> {
    let (written, stopped) = (AtomicU64::new(0), AtomicBool::new(false));
    let (ended, end) = channel();
    let mut sink = Sink { bytes: Vec::new(), written: &written, stopped: &stopped };
    let saved = thread::scope(|scope| {
        let sink = &mut sink;
        // The library packs in one call, so that it is watched from outside.
        let hand = scope.spawn(move || {
            let saved = book.save_to_writer(sink);
            // Whoever watches may have gone already.
            let _ = ended.send(());
            saved
        });
        while end.recv_timeout(TOLD_EVERY) == Err(RecvTimeoutError::Timeout) {
            if !watch(written.load(Ordering::Relaxed)) {
                stopped.store(true, Ordering::Relaxed);
            }
        }
        hand.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    });
    if stopped.load(Ordering::Relaxed) || !watch(written.load(Ordering::Relaxed)) {
        return Err(Halt::Asked);
    }
    saved?;
    Ok(sink.bytes)
}

/// Keeps what is packed, and breaks off when it is told to.
struct Sink<'a> {
    bytes: Vec<u8>,
    written: &'a AtomicU64,
    stopped: &'a AtomicBool,
}

impl Write for Sink<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.stopped.load(Ordering::Relaxed) {
            return Err(io::Error::other("stopped"));
        }
        self.bytes.extend_from_slice(bytes);
        self.written.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
