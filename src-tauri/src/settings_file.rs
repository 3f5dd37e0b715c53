//! Settings of this computer, beside the ledger: they hold also before there is one, and no backup carries them away.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// Light, dark, or as the system has it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// Returns the name that the page knows it by.
    pub fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// What is kept in `settings.json`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SettingsFile {
    /// The exchange folder.
    pub exchange: Option<PathBuf>,
    /// Light or dark.
    pub theme: Theme,
}

impl SettingsFile {
    /// Reads the file. What is not there or cannot be read is as at the beginning: nothing here is worth not opening for.
    pub fn read(path: &Path) -> Self {
        let Ok(text) = fs::read(path) else { return Self::default() };
        serde_json::from_slice(&text).unwrap_or_else(|_| {
            tracing::warn!("the settings cannot be read");
            Self::default()
        })
    }

    /// Writes the file; it is there whole or as it was.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        let folder = path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(&serde_json::to_vec_pretty(self)?)?;
        file.as_file().sync_all()?;
        app::patience::persist(file, path)?;
        Ok(())
    }
}

#[cfg(test)]
mod laws {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("数据").join("settings.json");
        assert_eq!(SettingsFile::read(&path), SettingsFile::default());
        let settings = SettingsFile { exchange: Some(dir.path().join("交换")), theme: Theme::Dark };
        settings.write(&path).unwrap();
        assert_eq!(SettingsFile::read(&path), settings);
        SettingsFile::default().write(&path).unwrap();
        assert_eq!(SettingsFile::read(&path), SettingsFile::default());
    }

    #[test]
    fn what_cannot_be_read_and_what_is_not_known_stop_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("settings.json");
        fs::write(&path, b"{").unwrap();
        assert_eq!(SettingsFile::read(&path), SettingsFile::default());
        fs::write(&path, br#"{"theme":"light","later":1}"#).unwrap();
        assert_eq!(SettingsFile::read(&path).theme, Theme::Light);
    }
}
