//! The setup for Windows: both programs, and everything that puts them on a computer that was never online.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::{
    Make, PROGRAMS, VERSION, at, components, date, flags, mb, moment, notices, only_what_is_used, sums,
};
use crate::Failure;
use crate::machine::{CC, MAKENSIS, MINGW, NPM, RUST_FOR_WINDOWS, ensure, find};
use crate::process::{cargo, command, root, run_unasked, target_dir};
use crate::ui::Ui;

/// What is built on Debian. On Windows the host's own target is.
pub const TARGET: &str = "x86_64-pc-windows-gnu";
/// What Microsoft calls the setup of its runtime for computers without internet.
const RUNTIME_SETUP: &str = "MicrosoftEdgeWebView2RuntimeInstallerX64.exe";

/// Makes the setup, its digests and the list of what is in it; returns where it lies.
pub fn package(make: Make, webview2: Option<&Path>) -> Result<PathBuf, Failure> {
    if let Some(file) = webview2
        && !file.is_file()
    {
        return Err(format!("{} is not there", file.display()));
    }
    ensure(&[&CC, &NPM, &MAKENSIS])?;
    if !cfg!(windows) {
        ensure(&[&RUST_FOR_WINDOWS, &MINGW])?;
    }
    // For the tests it was built just now, and building it again would have everything built again that holds it.
    if make == Make::Dist {
        Ui::ready()?.build()?;
    }
    let start = Instant::now();
    let built = build(make)?;
    println!("built for Windows in {:.0?}", start.elapsed());

    let moment = moment(make)?;
    let out = make.folder()?;
    let programs = out.join("windows");
    // Nothing that an earlier version had stays behind.
    let _ = fs::remove_dir_all(&programs);
    fs::create_dir_all(&programs).map_err(at(&programs))?;
    let mut size = 0;
    for name in ["taizhang.exe", "taizhang-cli.exe", "WebView2Loader.dll"] {
        let from = built.join(name);
        // Microsoft's own toolchain links the loader into the program.
        if from.is_file() || !cfg!(windows) {
            let to = programs.join(name);
            fs::copy(&from, &to).map_err(at(&from))?;
            size += date(&to, moment)?;
        }
    }
    let notices_file = programs.join("LICENSES.txt");
    let listed = components::of(if cfg!(windows) { "x86_64-pc-windows-msvc" } else { TARGET })?;
    notices::write(&listed, &notices_file)?;
    size += date(&notices_file, moment)?;

    // Named as it is when it lies beside the setup, so that the list of digests names it too.
    let webview2 = match webview2 {
        Some(file) => {
            let beside = programs.join(RUNTIME_SETUP);
            fs::copy(file, &beside).map_err(at(file))?;
            date(&beside, moment)?;
            Some(beside)
        }
        None => None,
    };

    let name = format!("taizhang-setup-{VERSION}-x64");
    let setup = out.join(format!("{name}.exe"));
    compile(make, &programs, &setup, size, webview2.as_deref())?;
    let mut files = vec![setup.clone()];
    if make == Make::Dist {
        files.push(out.join(format!("{name}.spdx")));
        components::write(&listed, &name, &files[1])?;
    }
    let first = files.len();
    for entry in fs::read_dir(&programs).map_err(at(&programs))? {
        files.push(entry.map_err(at(&programs))?.path());
    }
    files[first..].sort();
    let list = out.join("SHA256SUMS");
    sums::write(&list, &files)?;
    sums::check(&list, make == Make::Dist)?;
    let length = |path: &Path| fs::metadata(path).map(|file| file.len()).map_err(at(path));
    println!("{}: {:.2} MB; installed {:.2} MB", setup.display(), mb(length(&setup)?), mb(size));
    Ok(setup)
}

/// Builds both programs; returns the folder that they lie in.
fn build(make: Make) -> Result<PathBuf, Failure> {
    let profile = make.profile();
    if cfg!(windows) {
        let mut build = cargo(&["build", "--locked", "--profile", profile])?;
        // Nothing has to be installed beside the programs; the linker leaves its time out.
        let timeless = if cfg!(target_env = "msvc") { "/Brepro" } else { "-Wl,--no-insert-timestamp" };
        let flags = flags(&["-Ctarget-feature=+crt-static", &format!("-Clink-arg={timeless}")])?.0;
        build.args(PROGRAMS).env("CARGO_ENCODED_RUSTFLAGS", flags);
        run_unasked(only_what_is_used(&mut build)?)?;
        return Ok(target_dir()?.join(profile));
    }
    let mut build = command(RUST_FOR_WINDOWS.name())?;
    build.args(["build", "--locked", "--profile", profile, "--target", TARGET]).args(PROGRAMS);
    // Debian has no standard library for Windows, only its source. It needs no symbols: there are none to name.
    build.args(["-Zbuild-std=std,panic_unwind", "-Zbuild-std-features=panic-unwind,optimize_for_size"]);
    build.env("RUSTC_BOOTSTRAP", "1");
    build.env("RUSTC", Path::new(RUST_FOR_WINDOWS.name()).with_file_name("rustc"));
    // The cargo that runs this program has left word of itself and of its own toolchain.
    for name in ["CARGO", "LD_LIBRARY_PATH", "RUSTUP_TOOLCHAIN", "RUSTC_WRAPPER", "RUSTFLAGS"] {
        build.env_remove(name);
    }
    build.env("CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER", MINGW.name());
    if make == Make::Dist {
        // The C compiler asks for it, and compiles anew what it was compiled with another one.
        build.env("SOURCE_DATE_EPOCH", moment(make)?.to_string());
    }
    let (flags, c_flags) = flags(&["-Ctarget-feature=+crt-static", "-Clink-arg=-Wl,--no-insert-timestamp"])?;
    build.env("CARGO_ENCODED_RUSTFLAGS", flags).env("CFLAGS_x86_64_pc_windows_gnu", c_flags);
    run_unasked(only_what_is_used(&mut build)?)?;
    Ok(target_dir()?.join(TARGET).join(profile))
}

/// Compiles the setup from what it installs.
fn compile(
    make: Make,
    programs: &Path,
    setup: &Path,
    size: u64,
    webview2: Option<&Path>,
) -> Result<(), Failure> {
    let script = root()?.join("src-tauri/windows/installer.nsi");
    let mut makensis = command(find(MAKENSIS.name()).unwrap_or_else(|| MAKENSIS.name().into()))?;
    makensis.args(["-V2", "-WX", "-INPUTCHARSET", "UTF8"]);
    if make == Make::Trial {
        makensis.arg("-DQUICK");
    }
    let mut define = |name: &str, value: &Path| {
        let mut word = OsString::from(format!("-D{name}="));
        word.push(value);
        makensis.arg(word);
    };
    define("VERSION", Path::new(VERSION));
    define("PROGRAMS", programs);
    define("ICON", &root()?.join("icons/icon.ico"));
    define("SIDE", &root()?.join("icons/setup.bmp"));
    define("SIZE_KB", Path::new(&size.div_ceil(1024).to_string()));
    define("OUT", setup);
    if let Some(file) = webview2 {
        define("WEBVIEW2", file);
    }
    run_unasked(makensis.arg(script))
}
