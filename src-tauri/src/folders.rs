//! Where the application keeps what is its own.

use std::fs;
use std::path::{Path, PathBuf};

use app::Role;

/// The data folder and its rooms. Nothing in them is ever named by a file from outside.
#[derive(Debug, Clone)]
pub struct Folders {
    data: PathBuf,
}

impl Folders {
    /// Takes the folder that was asked for, else the one that the platform keeps for the user's data.
    ///
    /// Returns nothing where the platform knows no such place and none was named.
    pub fn choose(asked: Option<&Path>) -> Option<Self> {
        let data = match asked {
            // A relative path means the folder as it was at the start, whatever a dialog changes later.
            Some(asked) => std::path::absolute(asked).ok()?,
            None => usual()?,
        };
        Some(Self { data })
    }

    /// Makes the data folder. Where that fails, whoever writes in it says why.
    pub fn prepare(&self) {
        let _there = fs::create_dir_all(&self.data);
    }

    /// Says whether this is where the user's data lies when nothing is asked for.
    pub fn is_usual(&self) -> bool {
        usual().is_some_and(|usual| whole(&usual) == whole(&self.data))
    }

    /// Returns the file whose lock the folder's owner holds.
    pub fn lock(&self) -> PathBuf {
        self.data.join("owner.lock")
    }

    /// Returns the file that says who that is.
    pub fn lock_note(&self) -> PathBuf {
        self.data.join("owner.json")
    }

    /// Returns the ledger's home.
    pub fn home(&self) -> PathBuf {
        self.data.join("home")
    }

    /// Returns where an unfinished first run waits.
    pub fn setup(&self) -> PathBuf {
        self.data.join("setup")
    }

    /// Returns where an unfinished first run of a hub waits.
    pub fn setup_hub(&self) -> PathBuf {
        self.data.join("setup-hub")
    }

    /// Returns a role's demonstration, which can be thrown away.
    pub fn demo(&self, role: Role) -> PathBuf {
        self.data.join(match role {
            Role::Office => "demo",
            Role::Hub => "demo-hub",
        })
    }

    /// Returns the file of settings.
    pub fn settings(&self) -> PathBuf {
        self.data.join("settings.json")
    }

    /// Returns the folder of log files.
    pub fn logs(&self) -> PathBuf {
        self.data.join("logs")
    }

    /// Returns what the web view keeps for itself.
    pub fn web(&self) -> PathBuf {
        self.data.join("web")
    }

    /// Returns the file that remembers the window's place and size.
    pub fn window(&self) -> PathBuf {
        self.data.join("window.json")
    }

    /// Returns a word that tells this data folder from others, for names that the whole machine shares.
    pub fn mark(&self) -> String {
        let whole = whole(&self.data);
        let bytes = whole.as_os_str().as_encoded_bytes();
        // FNV-1a: two starts must agree on it, and nothing depends on its strength.
        let mark = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| {
            (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        });
        format!("d{mark:016x}")
    }
}

fn usual() -> Option<PathBuf> {
    // Not the roaming one: a ledger that Windows copies from computer to computer would fork.
    Some(dirs::data_local_dir()?.join("taizhang"))
}

/// Returns a folder's one name, by whatever way it was reached.
fn whole(folder: &Path) -> PathBuf {
    fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned())
}

#[cfg(test)]
mod laws {
    use super::*;

    #[test]
    fn everything_lies_in_the_folder_that_was_asked_for() {
        let asked = std::env::temp_dir().join("台账 测试");
        let folders = Folders::choose(Some(&asked)).unwrap();
        let rooms = [
            folders.home(),
            folders.setup(),
            folders.setup_hub(),
            folders.demo(Role::Office),
            folders.demo(Role::Hub),
            folders.settings(),
            folders.logs(),
            folders.web(),
            folders.window(),
            folders.lock(),
            folders.lock_note(),
        ];
        for (at, room) in rooms.iter().enumerate() {
            assert_eq!(room.parent(), Some(asked.as_path()));
            assert!(!rooms[..at].contains(room), "{} twice", room.display());
        }
    }

    #[test]
    fn a_relative_folder_is_fixed_at_the_start() {
        assert!(Folders::choose(Some(Path::new("data"))).unwrap().data.is_absolute());
    }

    #[test]
    fn two_data_folders_are_told_apart() {
        let marks = ["a", "b", "甲"].map(|name| Folders::choose(Some(Path::new(name))).unwrap().mark());
        assert_eq!(marks[0], Folders::choose(Some(Path::new("a"))).unwrap().mark());
        assert_ne!(marks[0], marks[1]);
        assert_ne!(marks[1], marks[2]);
    }

    #[test]
    fn a_folder_is_known_by_whatever_way_it_is_reached() {
        let room = tempfile::tempdir().unwrap();
        let (direct, around) = (room.path().join("data"), room.path().join("data").join("..").join("data"));
        fs::create_dir(&direct).unwrap();
        let mark = |path: &Path| Folders::choose(Some(path)).unwrap().mark();
        assert_eq!(mark(&direct), mark(&around));
        if let Some(usual) = dirs::data_local_dir() {
            assert!(Folders::choose(Some(&usual.join("taizhang"))).unwrap().is_usual());
        }
        assert!(Folders::choose(None).is_none_or(|folders| folders.is_usual()));
        assert!(!Folders::choose(Some(&direct)).unwrap().is_usual());
    }
}
