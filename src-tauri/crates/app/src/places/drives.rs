//! Removable drives, as the system lists them.

use std::path::{Path, PathBuf};

use sysinfo::{Disk, DiskRefreshKind, Disks};

/// Where desktops hang up what is plugged in, whatever the bus.
const PLUGGED_IN: [&str; 2] = ["/media", "/run/media"];

/// A removable drive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drive {
    /// Where it is mounted.
    pub path: PathBuf,
    /// What people call it: `优盘 KINGSTON (E:)`.
    pub label: String,
    /// Free bytes; none where it is not known.
    pub room: Option<u64>,
    /// Whether nothing can be written to it.
    pub read_only: bool,
}

/// Lists the removable drives that are plugged in; none where the system does not tell.
pub fn drives() -> Vec<Drive> {
    let disks = Disks::new_with_refreshed_list_specifics(DiskRefreshKind::nothing().with_storage());
    let mut drives: Vec<Drive> = disks
        .iter()
        .flat_map(|disks| disks.iter())
        .filter(|disk| disk.is_removable() || is_plugged_in(disk.mount_point()))
        .map(drive)
        .collect();
    drives.sort_by(|a, b| a.path.cmp(&b.path));
    drives.dedup_by(|a, b| a.path == b.path);
    drives
}

fn is_plugged_in(path: &Path) -> bool {
    PLUGGED_IN.iter().any(|root| path.starts_with(root) && path != Path::new(root))
}

fn drive(disk: &Disk) -> Drive {
    let path = disk.mount_point().to_owned();
    // Windows tells the drive's own name; elsewhere the name is the device, and the folder bears the drive's name.
    let label = if cfg!(windows) {
        label(&disk.name().to_string_lossy(), path.to_string_lossy().trim_end_matches(['\\', '/']))
    } else {
        label(&path.file_name().unwrap_or_default().to_string_lossy(), "")
    };
    let known = disk.total_space() > 0;
    Drive { label, room: known.then(|| disk.available_space()), read_only: disk.is_read_only(), path }
}

fn label(name: &str, letter: &str) -> String {
    let name = model::names::reveal(name.trim());
    match (name.is_empty(), letter.is_empty()) {
        (false, false) => format!("优盘 {name} ({letter})"),
        (false, true) => format!("优盘 {name}"),
        (true, false) => format!("优盘 ({letter})"),
        (true, true) => "优盘".to_owned(),
    }
}

#[cfg(test)]
mod laws {
    use super::*;

    #[test]
    fn a_drive_is_called_by_its_name_and_letter() {
        assert_eq!(label("KINGSTON", "E:"), "优盘 KINGSTON (E:)");
        assert_eq!(label("", "E:"), "优盘 (E:)");
        assert_eq!(label(" 王台 ", ""), "优盘 王台");
        assert_eq!(label("", ""), "优盘");
    }

    #[test]
    fn what_desktops_hang_up_is_plugged_in() {
        assert!(is_plugged_in(Path::new("/media/clerk/STICK")));
        assert!(is_plugged_in(Path::new("/run/media/clerk/STICK")));
        assert!(!is_plugged_in(Path::new("/media")));
        assert!(!is_plugged_in(Path::new("/mediatheque/STICK")));
        assert!(!is_plugged_in(Path::new("/")));
    }

    #[test]
    fn the_machine_can_be_asked() {
        // Nothing is known of what is plugged in where this runs, except that no drive is the machine's own root.
        assert!(drives().iter().all(|drive| drive.path != Path::new("/")));
    }
}
