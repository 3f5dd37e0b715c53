//! A stick that is full, or whose switch is on read-only.

use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

/// A file system of a fixed size, which only root can mount.
pub struct SmallStick(Place);

enum Place {
    Own(TempDir),
    Given(std::path::PathBuf),
}

impl SmallStick {
    /// Mounts one; none where that cannot be done, which it says.
    pub fn mount(size: &str) -> Option<Self> {
        Self::put_in(Place::Own(tempfile::tempdir().unwrap()), size)
    }

    /// Mounts one over a folder.
    pub fn mount_at(folder: &Path, size: &str) -> Option<Self> {
        Self::put_in(Place::Given(folder.to_owned()), size)
    }

    fn put_in(place: Place, size: &str) -> Option<Self> {
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"]).arg(place.path());
        let mounted = mount.output().is_ok_and(|output| output.status.success());
        if !mounted {
            eprintln!("skipped: a small file system could not be mounted here");
        }
        mounted.then_some(Self(place))
    }

    /// Returns where it is mounted.
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Changes it: `ro`, `rw`, `size=8m`.
    pub fn remount(&self, options: &str) {
        let options = format!("remount,{options}");
        assert!(Command::new("mount").args(["-o", &options]).arg(self.path()).status().unwrap().success());
    }
}

impl Place {
    fn path(&self) -> &Path {
        match self {
            Self::Own(folder) => folder.path(),
            Self::Given(folder) => folder,
        }
    }
}

impl Drop for SmallStick {
    fn drop(&mut self) {
        // Lazily: whoever looks at it still must not keep it. Nothing else to be done in a test that is over.
        let _ = Command::new("umount").arg("--lazy").arg(self.path()).status();
    }
}
