//! A Wine prefix: its drive, its registry, and what runs in it.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{Read, Seek};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use tempfile::{TempDir, tempfile};

use super::{ENTRY, OWN_PLACE, compile_c};

/// A computer with Windows 10 whose user is called 甲. Nothing of it outlives the test.
pub struct Windows {
    prefix: TempDir,
}

/// What a program said.
#[derive(Debug)]
pub struct Said {
    /// Its answer; none where it was stopped because it took too long.
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Said {
    /// Runs to the end. Into files: a pipe would stay open as long as the services that the first program of a prefix starts.
    fn by(command: &mut Command) -> Self {
        let (mut out, mut err) = (tempfile().unwrap(), tempfile().unwrap());
        let status =
            command.stdout(out.try_clone().unwrap()).stderr(err.try_clone().unwrap()).status().unwrap();
        let text = |file: &mut File| {
            let mut bytes = Vec::new();
            file.rewind().unwrap();
            file.read_to_end(&mut bytes).unwrap();
            String::from_utf8_lossy(&bytes).into_owned()
        };
        // `timeout` says 124 where it had to end the program.
        Self { code: status.code().filter(|code| *code != 124), out: text(&mut out), err: text(&mut err) }
    }
}

impl Windows {
    /// Switches it on.
    pub fn new() -> Self {
        let prefix = TempDir::new().unwrap();
        let (from, to) = (template(), prefix.path());
        // The system itself is the same for all; the registry and the user's folders are each one's own.
        for name in ["system.reg", "user.reg", "userdef.reg", ".update-timestamp"] {
            fs::copy(from.join(name), to.join(name)).unwrap();
        }
        let drive = to.join("drive_c");
        fs::create_dir_all(&drive).unwrap();
        symlink(from.join("drive_c/windows"), drive.join("windows")).unwrap();
        fs::create_dir_all(to.join("dosdevices")).unwrap();
        symlink("../drive_c", to.join("dosdevices/c:")).unwrap();
        symlink("/", to.join("dosdevices/z:")).unwrap();
        Self { prefix }
    }

    /// Returns where a path of this Windows lies.
    pub fn path(&self, path: &str) -> PathBuf {
        let below = path.strip_prefix(r"C:\").unwrap();
        self.prefix.path().join("drive_c").join(below.replace('\\', "/"))
    }

    /// Returns a path of this machine as this Windows sees it.
    pub fn seen(path: &Path) -> String {
        format!("Z:{}", path.to_str().unwrap().replace('/', r"\"))
    }

    /// Prepares a program.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        wine(self.prefix.path(), program)
    }

    /// Runs a program to its end.
    pub fn run(&self, program: impl AsRef<OsStr>, words: &[&str]) -> Said {
        Said::by(self.command(program).args(words))
    }

    /// Runs a setup without its pages; returns its answer.
    pub fn install(&self, setup: &Path, words: &[&str]) -> i32 {
        self.run(setup, &[&["/S"], words].concat()).code.unwrap()
    }

    /// Opens a program that shows pages, for [`Self::press`].
    pub fn open(&self, program: impl AsRef<OsStr>, words: &[&str]) -> Child {
        // The first program of a prefix starts its desktop; where two start at once, neither may see the other's windows.
        assert_eq!(self.run("cmd", &["/c", "exit", "0"]).code, Some(0));
        self.command(program).args(words).spawn().unwrap()
    }

    /// Runs the installed command line, with the passphrase of the tests.
    pub fn cli(&self, words: &[&str]) -> Said {
        self.cli_at(OWN_PLACE, words)
    }

    /// As [`Self::cli`], where it was installed elsewhere.
    pub fn cli_at(&self, place: &str, words: &[&str]) -> Said {
        let mut command = self.command(format!(r"{place}\taizhang-cli.exe"));
        command.env("TAIZHANG_PASSPHRASE", testkit::PASSPHRASE).env_remove("TAIZHANG_HOME");
        Said::by(command.args(words))
    }

    /// Reads a text of the registry.
    pub fn registry(&self, hive: &str, key: &str, name: &str) -> Option<String> {
        let file = self.prefix.path().join("drive_c/asked.reg");
        let _ = fs::remove_file(&file);
        // Not `query`: what it prints has only the letters of one code page.
        self.run("reg", &["export", &format!(r"{hive}\{key}"), r"C:\asked.reg", "/y"]);
        let bytes = fs::read(file).ok()?;
        let (text, _, _) = encoding_rs::UTF_16LE.decode(&bytes);
        let begin = if name.is_empty() { "@=".to_owned() } else { format!("\"{name}\"=") };
        // The key itself comes first, those below it follow.
        let own = text.split("\r\n[").nth(1).unwrap_or_default();
        let value = own.lines().find_map(|line| line.strip_prefix(&begin))?;
        let value = value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value);
        Some(value.replace("\\\"", "\"").replace(r"\\", r"\"))
    }

    /// Writes a text or a number into the registry.
    pub fn set_registry(&self, key: &str, name: &str, kind: &str, value: &str) {
        let said = self.run("reg", &["add", key, "/v", name, "/t", kind, "/d", value, "/f"]);
        assert_eq!(said.code, Some(0), "{said:?}");
    }

    /// Waits until nothing runs any more.
    pub fn settle(&self) {
        stop(self.prefix.path(), "-w");
    }

    /// Ends everything that runs.
    pub fn switch_off(&self) {
        stop(self.prefix.path(), "-k");
    }

    /// Says which version the list of installed programs has, for this user or for all.
    pub fn listed(&self, hive: &str) -> Option<String> {
        self.registry(hive, ENTRY, "DisplayVersion")
    }

    /// Uninstalls as the list of programs does, without its pages, and waits: the uninstaller goes on from a copy of itself.
    pub fn uninstall(&self, hive: &str, place: &str) {
        let words = self.registry(hive, ENTRY, "QuietUninstallString").unwrap();
        assert_eq!(words, format!("\"{place}\\uninstall.exe\" /S"));
        assert_eq!(self.run(format!(r"{place}\uninstall.exe"), &["/S"]).code, Some(0));
        self.wait("it is uninstalled", || self.listed(hive).is_none());
    }

    /// Presses buttons of dialogs, one after another, by their numbers; returns what stood in each dialog.
    ///
    /// The buttons of a setup's page are 1 (on) and 2 (cancel); of a question 6 (yes) and 7 (no).
    pub fn press(&self, buttons: &[&str]) -> Vec<String> {
        let said = self.run(compile_c("dialogs.exe", &["-mconsole"]), buttons);
        assert_eq!(said.code, Some(0), "{said:?}");
        let pages: Vec<String> = said.out.split('\x0c').map(str::to_owned).collect();
        pages[1..].to_vec()
    }

    /// Waits until something is so.
    pub fn wait(&self, what: &str, so: impl Fn() -> bool) {
        let end = Instant::now() + Duration::from_secs(60);
        while !so() {
            assert!(Instant::now() < end, "{what}: not within a minute");
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

impl Drop for Windows {
    fn drop(&mut self) {
        self.switch_off();
    }
}

/// Prepares a program in a prefix. It says nothing of its own, opens no window, and ends.
fn wine(prefix: &Path, program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new("timeout");
    command.args(["300", "wine"]).arg(program);
    command.env("WINEPREFIX", prefix).env("HOME", prefix).env("WINEDEBUG", "-all");
    // No browser engine, no .NET, no entries in this machine's menus.
    command.env("WINEDLLOVERRIDES", "mscoree,mshtml,winemenubuilder.exe=");
    // Paths of this machine are UTF-8.
    command.env("LC_ALL", "C.UTF-8").env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn stop(prefix: &Path, how: &str) {
    let status = Command::new("wineserver").arg(how).env("WINEPREFIX", prefix).status();
    assert!(status.is_ok(), "wineserver: {status:?}");
}

/// Makes a Windows 10 once per run.
fn template() -> &'static Path {
    static MADE: OnceLock<TempDir> = OnceLock::new();
    let made = MADE.get_or_init(|| {
        let made = TempDir::new().unwrap();
        let run = |words: &[&str]| {
            let said = Said::by(wine(made.path(), words[0]).args(&words[1..]));
            assert_eq!(said.code, Some(0), "{words:?}: {said:?}");
        };
        run(&["wineboot", "--init"]);
        run(&["winecfg", "-v", "win10"]);
        // Users' names are Chinese, and so are their folders.
        for (name, folder) in [
            ("Local AppData", r"AppData\Local"),
            ("AppData", r"AppData\Roaming"),
            ("Desktop", "Desktop"),
            ("Personal", "Documents"),
            ("Programs", r"AppData\Roaming\Microsoft\Windows\Start Menu\Programs"),
        ] {
            let key = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders";
            run(&[
                "reg",
                "add",
                key,
                "/v",
                name,
                "/t",
                "REG_SZ",
                "/d",
                &format!(r"C:\users\甲\{folder}"),
                "/f",
            ]);
        }
        // Windows that nobody sees.
        run(&["reg", "add", r"HKCU\Software\Wine\Drivers", "/v", "Graphics", "/d", "null", "/f"]);
        stop(made.path(), "-w");
        let shim = compile_c("bcryptprimitives.dll", &["-shared"]);
        fs::copy(shim, made.path().join("drive_c/windows/system32/bcryptprimitives.dll")).unwrap();
        made
    });
    made.path()
}
