//! Programs that a test started, and what they do on the machine.

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Resource, Rlimit, Signal, kill_process, kill_process_group, prlimit};

/// A program with everything that it starts; all of it ends with this value, also when the test panics.
pub struct Running {
    child: Child,
}

impl Running {
    /// Starts a program in a process group of its own.
    pub fn start(command: &mut Command) -> Self {
        let name = command.get_program().display().to_string();
        let child = command.stdin(Stdio::null()).process_group(0).spawn();
        Self { child: child.unwrap_or_else(|error| panic!("{name} does not start: {error}")) }
    }

    /// Starts a program that says in its first line where it can be reached.
    pub fn announced(command: &mut Command) -> (Self, String) {
        let mut running = Self::start(command.stdout(Stdio::piped()));
        let mut line = String::new();
        BufReader::new(running.child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let line = line.trim().to_owned();
        assert!(!line.is_empty(), "{command:?} ended before it was ready");
        (running, line)
    }

    /// Returns how it ended; none while it runs.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().unwrap()
    }

    /// Returns the processes of its group whose program has this path.
    pub fn running(&self, program: &Path) -> Vec<i32> {
        self.group().into_iter().filter(|&pid| runs(pid, program)).collect()
    }

    /// Returns every process of its group.
    pub fn group(&self) -> Vec<i32> {
        let group = self.child.id().to_string();
        processes().filter(|&pid| field(pid, 2).as_deref() == Some(&group)).collect()
    }

    fn send(&self, signal: Signal) {
        if let Some(pid) = Pid::from_raw(self.child.id().cast_signed()) {
            // Whoever has ended already needs no signal.
            let _ended = kill_process_group(pid, signal);
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.send(Signal::TERM);
        let end = Instant::now() + Duration::from_secs(3);
        while self.child.try_wait().is_ok_and(|status| status.is_none()) || !self.group().is_empty() {
            if Instant::now() > end {
                self.send(Signal::KILL);
                let _status = self.child.wait();
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

/// Lets a process do nothing from now on, as a computer that swaps would.
pub fn hold_up(pid: i32) {
    kill_process(Pid::from_raw(pid).unwrap(), Signal::STOP).unwrap();
}

/// Lets a process write no file beyond this size, as a disk that fails; none lifts it again.
///
/// It has to ignore the signal that comes with it.
pub fn limit_files(pid: i32, size: Option<u64>) {
    let limit = Rlimit { current: size, maximum: None };
    prlimit(Pid::from_raw(pid), Resource::Fsize, limit).unwrap();
}

/// Ends one process as a power cut would.
pub fn cut_off(pid: i32) {
    kill_process(Pid::from_raw(pid).unwrap(), Signal::KILL).unwrap();
    while Path::new(&format!("/proc/{pid}/fd")).read_dir().is_ok() {
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn processes() -> impl Iterator<Item = i32> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok())
}

fn runs(pid: i32, program: &Path) -> bool {
    // A program that was built anew meanwhile is `… (deleted)`.
    let exe: Option<PathBuf> = fs::read_link(format!("/proc/{pid}/exe")).ok();
    exe.is_some_and(|exe| exe.to_string_lossy().trim_end_matches(" (deleted)") == program.to_string_lossy())
}

/// Returns a field of `/proc/PID/stat`, counted behind the name in brackets; none of a process that has ended.
fn field(pid: i32, at: usize) -> Option<String> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace();
    let state = fields.next()?;
    // The first thread may be gone while others still hold what the process held.
    if state == "Z" && fs::read_dir(format!("/proc/{pid}/task")).is_ok_and(|threads| threads.count() < 2) {
        return None;
    }
    if at == 0 { Some(state.to_owned()) } else { fields.nth(at - 1).map(str::to_owned) }
}
