//! What the application can be started with.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::Parser;

/// 台账的窗口。平时双击打开，不用写任何参数。
#[derive(Debug, Parser)]
#[command(name = "taizhang", version)]
pub struct Args {
    /// 数据文件夹；不写就用本用户的
    #[arg(long, value_name = "文件夹")]
    pub data: Option<PathBuf>,

    /// 本次运行用的交换文件夹，代替设置里的
    #[arg(long, value_name = "文件夹")]
    pub exchange: Option<PathBuf>,

    /// 要打开的数据包（.tzb）
    #[arg(value_name = "数据包")]
    pub files: Vec<PathBuf>,
}

impl Args {
    /// Reads what a second start was given, seen from the folder in which it was started.
    ///
    /// What cannot be read opens nothing: the second start only wanted the window then.
    pub fn files_of(words: Vec<String>, folder: &Path) -> Vec<PathBuf> {
        let args = Self::try_parse_from(words.into_iter().map(OsString::from));
        args.map(|args| args.files_from(folder)).unwrap_or_default()
    }

    /// Returns the files to open, as paths that mean the same in every folder.
    pub fn files_from(&self, folder: &Path) -> Vec<PathBuf> {
        self.files.iter().map(|file| folder.join(file)).collect()
    }
}

#[cfg(test)]
mod laws {
    use super::*;

    #[test]
    fn a_second_start_hands_over_its_files_and_nothing_else() {
        let words = |list: &[&str]| list.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let folder = std::env::temp_dir();
        let elsewhere = folder.join("盘").join("甲.tzb");
        let given = words(&["taizhang", "--data", "x", "上报 1.tzb", &elsewhere.to_string_lossy()]);
        assert_eq!(Args::files_of(given, &folder), [folder.join("上报 1.tzb"), elsewhere]);
        assert!(Args::files_of(words(&["taizhang"]), &folder).is_empty());
        assert!(Args::files_of(words(&["taizhang", "--nonsense", "a.tzb"]), &folder).is_empty());
    }
}
