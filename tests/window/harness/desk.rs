//! A desk of a test's own: a screen, a session bus, a data folder, and a folder that stands for the stick.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::processes::Running;
use super::window::Window;

/// A bus that starts no services of its own: neither portals nor anything else of this machine takes part.
const BUS: &str = r#"<busconfig>
  <type>session</type>
  <listen>unix:dir=FOLDER</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// Has the application live on a day of the tests' choice, beginning at half past ten in the morning where the plan
/// is carried out. Timers go on as ever.
const ON_A_DAY: &str = r#"#!/bin/sh
export TZ=Asia/Shanghai FAKETIME='@DAY 10:30:00' FAKETIME_DONT_FAKE_MONOTONIC=1 NO_FAKE_STAT=1
export LD_PRELOAD='/usr/$LIB/faketime/libfaketimeMT.so.1'
exec 'PROGRAM' "$@"
"#;

/// Where one application is used, closed and opened again.
pub struct Desk {
    folder: TempDir,
    _screen: Running,
    _bus: Running,
    display: String,
    address: String,
    program: PathBuf,
    dark: bool,
    stick: PathBuf,
}

impl Desk {
    /// Lays out an empty desk.
    pub fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let mut screen = mortal("Xvfb");
        screen.args(["-displayfd", "1", "-screen", "0", "1920x1200x24", "-nolisten", "tcp"]);
        let (screen, number) = Running::announced(screen.stderr(std::process::Stdio::null()));
        let settings = folder.path().join("bus.conf");
        fs::write(&settings, BUS.replace("FOLDER", &folder.path().display().to_string())).unwrap();
        let mut bus = mortal("dbus-daemon");
        bus.args(["--nofork", "--nopidfile", "--print-address=1", "--config-file"]).arg(&settings);
        let (bus, address) = Running::announced(bus.stderr(std::process::Stdio::null()));
        for name in ["data", "stick", "user", "run"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        let stick = folder.path().join("stick");
        Self {
            folder,
            stick,
            _screen: screen,
            _bus: bus,
            display: format!(":{number}"),
            address,
            program: built(),
            dark: false,
        }
    }

    /// Has the system's dark theme.
    pub fn dark(mut self) -> Self {
        self.dark = true;
        self
    }

    /// Uses the stick of another desk: what one writes the other finds.
    pub fn with_stick_of(mut self, other: &Self) -> Self {
        self.stick = other.stick();
        self
    }

    /// Has no session bus, as after a login without a desktop.
    pub fn without_a_bus(mut self) -> Self {
        self.address = format!("unix:path={}", self.at("no bus").display());
        self
    }

    /// Starts another program in the application's place; it gets the same words.
    pub fn through(mut self, program: PathBuf) -> Self {
        self.program = program;
        self
    }

    /// Returns a path on the desk.
    pub fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Returns the application's data folder.
    pub fn data(&self) -> PathBuf {
        self.at("data")
    }

    /// Returns the folder of the home that the window works in.
    pub fn home(&self) -> PathBuf {
        self.data().join("home")
    }

    /// Returns the folder that stands for the stick.
    pub fn stick(&self) -> PathBuf {
        self.stick.clone()
    }

    /// Returns the words that the application is started with.
    pub fn words(&self) -> Vec<String> {
        let paths = [("--data", self.data()), ("--exchange", self.stick())];
        paths.into_iter().flat_map(|(word, path)| [word.to_owned(), path.display().to_string()]).collect()
    }

    /// Prepares a program to be started at this desk.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = mortal(program);
        for name in ["WAYLAND_DISPLAY", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"] {
            command.env_remove(name);
        }
        command
            .env("DISPLAY", &self.display)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.address)
            .env("HOME", self.at("user"))
            .env("XDG_RUNTIME_DIR", self.at("run"))
            .env("GDK_BACKEND", "x11")
            .env("GTK_THEME", if self.dark { "Adwaita:dark" } else { "Adwaita" })
            .env("LANG", "C.UTF-8")
            .env("NO_AT_BRIDGE", "1")
            .current_dir(self.folder.path());
        command
    }

    /// Opens the application.
    pub fn open(&self) -> Window<'_> {
        self.start(&self.program, &[])
    }

    /// Opens the application with files, as by a double click.
    pub fn open_with(&self, files: &[&Path]) -> Window<'_> {
        self.start(&self.program, files)
    }

    /// Opens the application on another day than today, such as `2024-03-05`.
    pub fn open_on(&self, day: &str) -> Window<'_> {
        let script = ON_A_DAY.replace("DAY", day).replace("PROGRAM", &built().display().to_string());
        let path = self.at("on-a-day");
        fs::write(&path, script).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        self.start(&path, &[])
    }

    fn start(&self, program: &Path, files: &[&Path]) -> Window<'_> {
        let (port, native) = (free_port(), free_port());
        let mut driver = self.command(driver());
        driver.args(["--port", &port.to_string(), "--native-port", &native.to_string()]);
        if env::var_os("TAIZHANG_NOISY").is_none() {
            driver.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
        }
        let mut words = self.words();
        words.extend(files.iter().map(|file| file.display().to_string()));
        Window::open(self, Running::start(&mut driver), [native, port], program, &words)
    }

    /// Asks or tells the screen something, as `xdotool` does; returns what it said.
    pub fn xdotool(&self, words: &[&str]) -> String {
        let answer = self.command("xdotool").args(words).output().unwrap();
        String::from_utf8_lossy(&answer.stdout).trim().to_owned()
    }

    /// Puts a text on the clipboard, as another program would.
    pub fn copy(&self, text: &str) -> Running {
        let file = self.at("clipboard");
        fs::write(&file, text).unwrap();
        // It stays in the foreground as long as the text is offered.
        let mut clip = self.command("xclip");
        clip.args(["-quiet", "-selection", "clipboard", "-target", "UTF8_STRING", "-in"]).arg(&file);
        let owner =
            Running::start(clip.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null()));
        super::until("the clipboard has the text", || (self.clipboard() == text).then_some(()));
        owner
    }

    /// Chooses a file or folder in the system's dialog with this title, as a user who types its name.
    pub fn choose(&self, title: &str, path: &Path) {
        let named = format!("^{title}$");
        let shown = || self.xdotool(&["search", "--onlyvisible", "--name", &named]);
        let dialog = super::until("the dialog is open", || shown().lines().next().map(str::to_owned));
        self.xdotool(&["windowfocus", "--sync", &dialog]);
        let name = self.copy(&path.display().to_string());
        // The dialog says nothing of when it is ready for a name, so it is told again until it has gone.
        super::until("the dialog is closed", || {
            // Among the recently used, where it begins, it takes no folder's name.
            self.xdotool(&["key", "--delay", "150", "alt+Home", "ctrl+l", "ctrl+a", "ctrl+v"]);
            // A folder is entered first and taken then.
            (0..2).find_map(|_| {
                self.xdotool(&["key", "Return"]);
                let end = Instant::now() + Duration::from_millis(1000);
                while Instant::now() < end {
                    if shown().is_empty() {
                        return Some(());
                    }
                }
                None
            })
        });
        drop(name);
    }

    /// Returns the text on the clipboard.
    pub fn clipboard(&self) -> String {
        let mut paste = self.command("xclip");
        paste.args(["-selection", "clipboard", "-target", "UTF8_STRING", "-out"]);
        String::from_utf8_lossy(&paste.output().unwrap().stdout).into_owned()
    }
}

/// Prepares a program that ends with the thread that starts it, also where that was killed.
fn mortal(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "TERM", "--"]).arg(program);
    command
}

/// Returns the application that is tested, with the user interface inside.
pub fn built() -> PathBuf {
    asked("TAIZHANG_WINDOW", "the application with its user interface inside")
}

fn driver() -> PathBuf {
    asked("TAIZHANG_DRIVER", "tauri-driver")
}

fn asked(name: &str, what: &str) -> PathBuf {
    let path = env::var_os(name).map(PathBuf::from).unwrap_or_else(|| {
        panic!("{name} must name {what}: `cargo xtask test` builds what the window's tests need and names it")
    });
    path.canonicalize().unwrap_or_else(|error| panic!("{name}={}: {error}", path.display()))
}

/// Finds a port below those that outgoing connections take, so that none of them comes between.
fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let first = 20_000 + u16::try_from(std::process::id() % 100).unwrap_or_default() * 100;
    super::until("a port is free", || {
        let port = first + NEXT.fetch_add(1, Ordering::Relaxed) % 10_000;
        TcpListener::bind(("127.0.0.1", port)).is_ok().then_some(port)
    })
}
