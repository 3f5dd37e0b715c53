//! The user interface: Node, its packages, checks and build.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Failure;
use crate::machine::find;
use crate::process::{answer, root, run_unasked, target_dir};

/// The Node that is fetched where the system's is too old, as a package of the npm registry.
const NODE: &str = "22.23.3";

/// The folder `ui`, with a Node that is new enough and with its packages in place.
pub struct Ui {
    folder: PathBuf,
    path: Option<std::ffi::OsString>,
}

impl Ui {
    /// Makes sure that everything is there.
    pub fn ready() -> Result<Self, Failure> {
        let folder = root()?.join("ui");
        let path = match new_enough_node()? {
            None => None,
            Some(bin) => {
                let rest = env::var_os("PATH").unwrap_or_default();
                let folders = std::iter::once(bin).chain(env::split_paths(&rest));
                Some(env::join_paths(folders).map_err(|error| error.to_string())?)
            }
        };
        let ui = Self { folder, path };
        ui.install()?;
        Ok(ui)
    }

    /// Types, accessibility of the components, and the tests of the logic.
    pub fn check(&self) -> Result<(), Failure> {
        run_unasked(self.npm(&["run", "--silent", "check"])?.env("CI", "1"))?;
        run_unasked(self.npm(&["run", "--silent", "test"])?.env("CI", "1"))
    }

    /// Builds the page into `ui/dist`, from where it goes into the program.
    pub fn build(&self) -> Result<(), Failure> {
        run_unasked(&mut self.npm(&["run", "--silent", "build"])?)
    }

    /// Puts the packages in place, exactly as the lock file names them, when they are not yet.
    fn install(&self) -> Result<(), Failure> {
        let read = |path: &Path| fs::read(path).map_err(|error| format!("{}: {error}", path.display()));
        let wanted = read(&self.folder.join("package-lock.json"))?;
        let stamp = self.folder.join("node_modules/.installed-lock.json");
        if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
            return Ok(());
        }
        run_unasked(&mut self.npm(&["ci", "--no-audit", "--no-fund"])?)?;
        fs::write(&stamp, wanted).map_err(|error| format!("{}: {error}", stamp.display()))
    }

    /// npm in the folder, with words after it.
    pub fn npm(&self, words: &[&str]) -> Result<Command, Failure> {
        let mut npm = self.in_folder(Command::new(find("npm").ok_or("npm is not on the PATH")?));
        npm.args(words);
        Ok(npm)
    }

    /// The Node that is new enough.
    pub fn node(&self) -> Command {
        // Looked up on the PATH that it is given.
        self.in_folder(Command::new("node"))
    }

    fn in_folder(&self, mut program: Command) -> Command {
        program.current_dir(&self.folder);
        if let Some(path) = &self.path {
            program.env("PATH", path);
        }
        program
    }
}

/// Returns nothing where the system's Node will do, else the folder of one that does.
fn new_enough_node() -> Result<Option<PathBuf>, Failure> {
    let version_of = |node: &Path| {
        let mut node = Command::new(node);
        node.arg("--version");
        answer(node)
    };
    let system = find("node").and_then(|node| version_of(&node));
    if system.as_deref().is_some_and(is_new_enough) {
        return Ok(None);
    }
    let found = system.unwrap_or_else(|| "none".to_owned());
    let Some(package) = node_package() else {
        return Err(format!(
            "the user interface is built with Node 22.12 or newer, found {found}: install it from nodejs.org{}",
            if cfg!(windows) { ", or with: winget install OpenJS.NodeJS.LTS" } else { "" }
        ));
    };
    let home = target_dir()?.join("tools/node");
    let bin = home.join("node_modules").join(&package).join("bin");
    if version_of(&bin.join("node")).as_deref() != Some(&format!("v{NODE}")) {
        println!("missing: Node {NODE} (builds the user interface; the system's is {found})");
        fs::create_dir_all(&home).map_err(|error| format!("{}: {error}", home.display()))?;
        let mut npm = Command::new(find("npm").ok_or("npm is not on the PATH")?);
        npm.args(["install", "--no-audit", "--no-fund", "--no-save", "--prefix"]).arg(&home);
        run_unasked(npm.arg(format!("{package}@{NODE}")))?;
    }
    Ok(Some(bin))
}

/// The package that holds Node for this machine; other machines install it themselves.
fn node_package() -> Option<String> {
    let arch = match env::consts::ARCH {
        "x86_64" => "x64",
        "aarch64" => "arm64",
        _ => return None,
    };
    (env::consts::OS == "linux").then(|| format!("node-linux-{arch}"))
}

/// Says whether Vite and the tests run on this version: 20.19, 22.12, or 24 and newer.
fn is_new_enough(version: &str) -> bool {
    let mut numbers =
        version.trim_start_matches('v').split('.').map_while(|number| number.parse::<u32>().ok());
    match (numbers.next(), numbers.next()) {
        (Some(20), Some(minor)) => minor >= 19,
        (Some(22), Some(minor)) => minor >= 12,
        (Some(major), _) => major >= 24,
        _ => false,
    }
}

#[cfg(test)]
mod laws {
    use super::*;

    #[test]
    fn only_a_node_that_vite_runs_on_will_do() {
        for good in ["v20.19.0", "v20.20.2", "v22.12.0", "v22.23.3", "v24.0.0", "v26.10.0"] {
            assert!(is_new_enough(good), "{good}");
        }
        for bad in ["v18.20.4", "v20.18.1", "v21.7.0", "v22.11.0", "v23.5.0", "", "none"] {
            assert!(!is_new_enough(bad), "{bad}");
        }
    }

    #[test]
    fn the_lock_file_names_no_registry() {
        let lock = fs::read_to_string(root().unwrap().join("ui/package-lock.json")).unwrap();
        assert!(!lock.contains("\"resolved\""), "omit-lockfile-registry-resolved is off");
    }
}
