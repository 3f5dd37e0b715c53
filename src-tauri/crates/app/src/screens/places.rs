//! Places that bundles are written to and taken from: removable drives, the exchange folder, a folder chosen.

use serde::Serialize;
use ts_rs::TS;

/// A place to write to or to read from. The window names it by its id alone, never by a path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Place {
    /// Names it while the application runs.
    pub id: u32,
    /// What it is.
    pub kind: PlaceKind,
    /// What people call it: `优盘 KINGSTON (E:)`, `交换文件夹`.
    pub label: String,
    /// Where it is, for people.
    pub path: String,
    /// Room on it: `剩 12.3 GB`; empty where it is not known.
    pub room: String,
    /// Why it cannot be written to; none where it can.
    pub refused: Option<super::Message>,
}

/// What a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// A removable drive.
    Drive,
    /// The exchange folder of the settings.
    Exchange,
    /// A folder chosen in the system's dialog.
    Chosen,
}

/// A bundle that lies in a place. Nothing in it is believed before it has been verified.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FoundBundle {
    /// Names it while the application runs.
    pub id: u32,
    /// The place it lies in.
    pub place: u32,
    /// The file's name.
    pub file: String,
    /// The folder within the place; empty at its root.
    pub folder: String,
    /// When the file was last written: `7月2日 10:42`.
    pub modified: String,
    /// Its size in words.
    pub size: String,
}
