//! What the tests install: the setup that was packaged, and others made of the same programs.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, OnceLock};

use tempfile::TempDir;

/// Returns the setup that `cargo xtask package windows` has made.
pub fn built() -> PathBuf {
    let path = env::var_os("TAIZHANG_SETUP").map(PathBuf::from).unwrap_or_else(|| {
        panic!("TAIZHANG_SETUP must name the setup: `cargo xtask test` makes it, `cargo xtask package windows` too")
    });
    path.canonicalize().unwrap_or_else(|error| panic!("TAIZHANG_SETUP={}: {error}", path.display()))
}

/// Returns the folder of what is in the setup.
pub fn programs() -> PathBuf {
    built().with_file_name("windows")
}

/// Returns a setup of the same programs that calls itself another version.
pub fn setup_of(version: &str) -> PathBuf {
    setup(version, &[])
}

/// Returns a setup that has a setup of WebView2 inside.
pub fn setup_with(webview2: &Path) -> PathBuf {
    setup("0.0.1", &[&format!("-DWEBVIEW2={}", webview2.display())])
}

fn setup(version: &str, more: &[&str]) -> PathBuf {
    let setup = scratch().join(format!("taizhang-setup-{version}-x64.exe"));
    once(&setup, || {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let mut makensis = Command::new("makensis");
        makensis.args(["-V1", "-WX", "-INPUTCHARSET", "UTF8", "-DSIZE_KB=1", "-DQUICK"]);
        makensis
            .args(more)
            .arg(format!("-DVERSION={version}"))
            .arg(format!("-DPROGRAMS={}", programs().display()));
        makensis.arg(format!("-DICON={}", root.join("icons/icon.ico").display()));
        makensis.arg(format!("-DSIDE={}", root.join("icons/setup.bmp").display()));
        makensis.arg(format!("-DOUT={}", setup.display())).arg(root.join("src-tauri/windows/installer.nsi"));
        makensis
    });
    setup
}

/// Compiles one of the small programs beside the tests for Windows.
pub fn compile_c(name: &str, words: &[&str]) -> PathBuf {
    let made = scratch().join(Path::new(name).file_name().unwrap());
    once(&made, || {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("windows").join(name).with_extension("c");
        let mut gcc = Command::new("x86_64-w64-mingw32-gcc");
        gcc.args(["-Os", "-s", "-Wall", "-Werror"]).arg(source).arg("-o").arg(&made).args(words);
        gcc
    });
    made
}

/// Makes a file, unless it was made for another test.
fn once(file: &Path, how: impl FnOnce() -> Command) {
    static ALONE: Mutex<()> = Mutex::new(());
    let _alone = ALONE.lock();
    if !file.exists() {
        let status = how().status().unwrap();
        assert!(status.success(), "{}: {status}", file.display());
    }
}

/// Returns a folder for this run.
fn scratch() -> &'static Path {
    static FOLDER: OnceLock<TempDir> = OnceLock::new();
    FOLDER.get_or_init(|| TempDir::new().unwrap()).path()
}
