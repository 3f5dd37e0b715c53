//! The package for Debian: what is in it, and that it installs, starts and goes again.
//!
//! `cargo xtask test` makes it and names it in `TAIZHANG_DEB`.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "in a test an error is the end of the story")]

use std::env;
use std::fs;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// The machine has one list of packages.
static MACHINE: Mutex<()> = Mutex::new(());

fn deb() -> PathBuf {
    let path = env::var_os("TAIZHANG_DEB").map(PathBuf::from).unwrap_or_else(|| {
        panic!(
            "TAIZHANG_DEB must name the package: `cargo xtask test` makes it, `cargo xtask package linux` too"
        )
    });
    path.canonicalize().unwrap_or_else(|error| panic!("TAIZHANG_DEB={}: {error}", path.display()))
}

fn said(program: &str, words: &[&str]) -> String {
    let output = Command::new(program).args(words).output().unwrap();
    assert!(output.status.success(), "{program} {words:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn field(name: &str) -> String {
    said("dpkg-deb", &["--field", deb().to_str().unwrap(), name]).trim().to_owned()
}

/// Unpacks it without asking the machine's own list.
fn unpacked() -> TempDir {
    let room = TempDir::new().unwrap();
    said("dpkg-deb", &["--extract", deb().to_str().unwrap(), room.path().to_str().unwrap()]);
    room
}

#[test]
fn it_says_what_it_is_and_what_it_needs() {
    assert_eq!(field("Package"), "taizhang");
    assert_eq!(field("Version"), env!("CARGO_PKG_VERSION"));
    let needs = field("Depends");
    for library in ["libwebkit2gtk-4.1-0", "libgtk-3-0", "libc6 (>= "] {
        assert!(needs.contains(library), "{library} is not in `{needs}`");
    }
}

#[test]
fn the_c_library_that_it_asks_for_is_the_one_that_it_needs() {
    let room = unpacked();
    let needs = field("Depends");
    let asked = needs.split("libc6 (>= ").nth(1).unwrap().split(')').next().unwrap().to_owned();
    let number =
        |version: &str| -> Vec<u32> { version.split('.').map(|part| part.parse().unwrap()).collect() };
    for name in ["taizhang", "taizhang-cli"] {
        let program = room.path().join("usr/bin").join(name);
        let symbols = said("objdump", &["-T", program.to_str().unwrap()]);
        let used = symbols.split("GLIBC_").skip(1).map(|rest| {
            rest.split(|c: char| c != '.' && !c.is_ascii_digit()).next().unwrap().trim_end_matches('.')
        });
        let newest = used.filter(|version| !version.is_empty()).map(number).max().unwrap();
        assert!(newest <= number(&asked), "{name} uses {newest:?}, the package asks for {asked}");
    }
}

#[test]
fn everything_is_in_its_place() {
    let room = unpacked();
    let at = |path: &str| room.path().join(path);
    let read = |path: &str| fs::read_to_string(at(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    for size in ["32x32", "128x128", "256x256", "512x512"] {
        assert!(at(&format!("usr/share/icons/hicolor/{size}/apps/taizhang.png")).is_file(), "{size}");
    }
    let entry = read("usr/share/applications/taizhang.desktop");
    for line in [
        "Name=台账",
        "Exec=taizhang %F",
        "Icon=taizhang",
        "MimeType=application/vnd.taizhang.bundle;",
        "Categories=Office;",
    ] {
        assert!(entry.lines().any(|found| found == line), "{line} is not in\n{entry}");
    }
    let kinds = read("usr/share/mime/packages/taizhang.xml");
    assert!(kinds.contains("application/vnd.taizhang.bundle") && kinds.contains("*.tzb"));
    assert!(read("usr/share/doc/taizhang/copyright").contains("Apache-2.0"));
    let version = said(at("usr/bin/taizhang-cli").to_str().unwrap(), &["--version"]);
    assert_eq!(version.trim(), format!("taizhang-cli {}", env!("CARGO_PKG_VERSION")));
}

#[test]
fn the_command_line_works_in_the_ledger_that_the_window_opens() {
    let room = unpacked();
    let data = TempDir::new().unwrap();
    let mut cli = Command::new(room.path().join("usr/bin/taizhang-cli"));
    cli.env("XDG_DATA_HOME", data.path()).env("TAIZHANG_PASSPHRASE", testkit::PASSPHRASE);
    let said = cli.env_remove("TAIZHANG_HOME").args(["init", "hub", "--name", "测试新区"]).output().unwrap();
    assert!(said.status.success(), "{said:?}");
    // Where the window keeps its log, see below, it keeps its ledger too.
    assert!(data.path().join("taizhang/home/ledger.db").is_file());
}

#[test]
fn its_window_opens() {
    let room = unpacked();
    opens(&room.path().join("usr/bin/taizhang"));
}

#[test]
fn it_installs_opens_and_goes_again() {
    let _alone = MACHINE.lock();
    let there = Command::new("dpkg").args(["--status", "taizhang"]).output().unwrap();
    let why_not = if said("id", &["-u"]).trim() != "0" {
        Some("not root: nothing is installed on this machine; the other tests look at what is in the package")
    } else if String::from_utf8_lossy(&there.stdout).contains("Status: install ok installed") {
        Some("taizhang is installed on this machine: it is left alone")
    } else {
        None
    };
    if let Some(why_not) = why_not {
        // CI must be able to; a developer may do without.
        assert!(env::var_os("CI").is_none(), "{why_not}");
        println!("{why_not}");
        return;
    }
    said("dpkg", &["--install", deb().to_str().unwrap()]);
    let _gone = Gone;
    opens(Path::new("/usr/bin/taizhang"));
    let files = said("dpkg", &["--listfiles", "taizhang"]);
    let files: Vec<PathBuf> = files.lines().map(PathBuf::from).filter(|path| path.is_file()).collect();
    assert!(files.len() > 8, "{files:?}");
    let known = || {
        let kinds = fs::read_to_string("/usr/share/mime/globs").unwrap_or_default();
        kinds.contains("application/vnd.taizhang.bundle:*.tzb")
    };
    // Machines without the list of kinds have nothing to bring up to date.
    assert_eq!(known(), Path::new("/usr/bin/update-mime-database").exists());
    said("dpkg", &["--purge", "taizhang"]);
    for file in files {
        assert!(!file.exists(), "{} stays", file.display());
    }
    assert!(!known(), "the machine still knows the kind of file");
}

/// Takes the package away again, however the test ends.
struct Gone;

impl Drop for Gone {
    fn drop(&mut self) {
        let _ = Command::new("dpkg").args(["--purge", "taizhang"]).output();
    }
}

/// Opens the window on a screen of its own, with a user of its own.
fn opens(program: &Path) {
    let home = TempDir::new().unwrap();
    let screen = Stopped(
        Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"])
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap(),
    );
    let display = display_of(screen);
    let mut window = Stopped(
        Command::new("dbus-run-session")
            .arg("--")
            .arg(program)
            .env("DISPLAY", &display.0)
            .env("HOME", home.path())
            .env("XDG_DATA_HOME", home.path().join("data"))
            .env_remove("WAYLAND_DISPLAY")
            // What the session starts ends with it.
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap(),
    );
    let end = Instant::now() + Duration::from_secs(60);
    loop {
        let mut look = Command::new("xdotool");
        look.args(["search", "--onlyvisible", "--name", "^台账$"]).env("DISPLAY", &display.0);
        if look.output().unwrap().status.success() {
            break;
        }
        assert_eq!(window.0.try_wait().unwrap(), None, "it ended");
        assert!(Instant::now() < end, "no window within a minute");
        std::thread::sleep(Duration::from_millis(200));
    }
    assert!(home.path().join("data/taizhang/logs").is_dir(), "it keeps its data with the user's");
}

/// Waits for the screen to say its number; it lives as long as what is returned.
fn display_of(mut screen: Stopped) -> (String, Stopped) {
    use std::io::{BufRead, BufReader};
    let mut number = String::new();
    BufReader::new(screen.0.stdout.take().unwrap()).read_line(&mut number).unwrap();
    (format!(":{}", number.trim()), screen)
}

/// A program that ends with the test, and all that it has started.
struct Stopped(Child);

impl Drop for Stopped {
    fn drop(&mut self) {
        let _ = Command::new("kill").args(["--", &format!("-{}", self.0.id())]).status();
        let _ = self.0.wait();
    }
}
