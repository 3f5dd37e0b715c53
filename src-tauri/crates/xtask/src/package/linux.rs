//! The `.deb` for Debian and what descends from it, by Tauri's own bundler.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::{
    Make, PROGRAMS, VERSION, at, components, date, flags, mb, moment, notices, only_what_is_used, sums,
};
use crate::Failure;
use crate::machine::{CC, DPKG, NPM, ensure};
use crate::process::{answer, cargo, command, root, run_unasked, target_dir};
use crate::programs::WINDOW;
use crate::ui::Ui;

/// Tauri's command, as the npm registry has it: the program itself lies in the package, where the crate of the same
/// version would be built for many minutes. It needs no network to make a `.deb`.
const BUNDLER: &str = "@tauri-apps/cli";
const BUNDLER_VERSION: &str = "2.12.5";
/// Makes the package, its digests and the list of what is in it; returns where it lies.
pub fn package(make: Make) -> Result<PathBuf, Failure> {
    if !cfg!(target_os = "linux") {
        return Err("a package for Linux is made on Linux".to_owned());
    }
    ensure(&[&CC, &NPM, &DPKG])?;
    ensure(&WINDOW)?;
    let ui = Ui::ready()?;
    if make == Make::Dist {
        ui.build()?;
    }
    let bundler = bundler(&ui)?;
    let target = host()?;
    let programs = match make {
        Make::Dist => build(&target)?,
        // What the other tests have just run.
        Make::Trial => target_dir()?.join("debug"),
    };

    let moment = moment(make)?;
    let out = make.folder()?;
    let stage = out.join("linux");
    // Nothing that an earlier version had stays behind.
    let _ = fs::remove_dir_all(&stage);
    // The bundler takes the program from where it would have built it.
    let built = stage.join("release");
    fs::create_dir_all(&built).map_err(at(&built))?;
    for name in ["taizhang", "taizhang-cli"] {
        let to = built.join(name);
        fs::copy(programs.join(name), &to).map_err(at(&to))?;
        if make == Make::Trial {
            run_unasked(command("strip")?.arg(&to))?;
        }
        date(&to, moment)?;
    }
    let listed = components::of(&target)?;
    let notices_file = built.join("LICENSES.txt");
    notices::write(&listed, &notices_file)?;
    date(&notices_file, moment)?;

    let mut bundle = ui.node();
    bundle.current_dir(root()?.join("src-tauri")).arg(bundler).args(["bundle", "--bundles", "deb"]);
    bundle.args(["--no-binary-patching", "--config", "linux/bundle.json", "--config"]).arg(beside(&built));
    run_unasked(bundle.env("CARGO_TARGET_DIR", &stage).env("CI", "true"))?;

    let made = built.join("bundle/deb");
    let deb = fs::read_dir(&made).map_err(at(&made))?.filter_map(|entry| Some(entry.ok()?.path()));
    let deb = deb.into_iter().find(|path| path.extension().is_some_and(|extension| extension == "deb"));
    let deb = deb.ok_or_else(|| format!("no package in {}", made.display()))?;
    let package = out.join(deb.file_name().unwrap_or_default());
    pack(&deb.with_extension(""), &package, make, moment)?;
    let mut files = vec![package.clone()];
    if make == Make::Dist {
        files.push(package.with_extension("spdx"));
        components::write(&listed, &format!("taizhang-{VERSION}-linux"), &files[1])?;
    }
    let list = out.join("SHA256SUMS-linux");
    sums::write(&list, &files)?;
    sums::check(&list, make == Make::Dist)?;
    let length = fs::metadata(&package).map_err(at(&package))?.len();
    println!("{}: {:.2} MB", package.display(), mb(length));
    Ok(package)
}

/// Packs what the bundler has laid out. Its own package has files in the order and with the times of this machine's disk.
fn pack(laid_out: &Path, package: &Path, make: Make, moment: u64) -> Result<(), Failure> {
    let (control, data) = (laid_out.join("control"), laid_out.join("data"));
    fs::rename(&control, data.join("DEBIAN")).map_err(at(&control))?;
    let mut dpkg = command(DPKG.name())?;
    dpkg.args(["--root-owner-group", "-Zxz", if make == Make::Dist { "-z9" } else { "-z0" }]);
    run_unasked(dpkg.arg("--build").arg(&data).arg(package).env("SOURCE_DATE_EPOCH", moment.to_string()))
}

/// Builds both programs as offices get them; returns the folder that they lie in.
fn build(target: &str) -> Result<PathBuf, Failure> {
    let start = Instant::now();
    let profile = Make::Dist.profile();
    let mut build = cargo(&["build", "--locked", "--profile", profile])?;
    let (flags, c_flags) = flags(&[])?;
    build.args(PROGRAMS).env("CARGO_ENCODED_RUSTFLAGS", flags);
    build.env(format!("CFLAGS_{}", target.replace('-', "_")), c_flags);
    run_unasked(only_what_is_used(&mut build)?)?;
    println!("built for Linux in {:.0?}", start.elapsed());
    Ok(target_dir()?.join(profile))
}

/// Words for the bundler: what lies beside the window's program.
fn beside(built: &Path) -> OsString {
    let file = |place: &str, name: &str| format!("{place:?}:{:?}", built.join(name).display().to_string());
    let files = [
        file("/usr/bin/taizhang-cli", "taizhang-cli"),
        file("/usr/share/doc/taizhang/copyright", "LICENSES.txt"),
    ];
    format!("{{\"bundle\":{{\"linux\":{{\"deb\":{{\"files\":{{{}}}}}}}}}}}", files.join(",")).into()
}

/// The machine's own target.
fn host() -> Result<String, Failure> {
    let mut rustc = command("rustc")?;
    rustc.args(["--print", "host-tuple"]);
    answer(rustc).ok_or_else(|| "rustc does not say for which machine it builds".to_owned())
}

/// Makes sure that the bundler is there; returns its script.
fn bundler(ui: &Ui) -> Result<OsString, Failure> {
    let home = target_dir()?.join("tools/tauri-cli");
    let script = home.join("node_modules").join(BUNDLER).join("tauri.js");
    let mut version = ui.node();
    version.arg(&script).arg("--version");
    if answer(version).as_deref() != Some(&format!("tauri-cli {BUNDLER_VERSION}")) {
        println!("missing: {BUNDLER} {BUNDLER_VERSION} (makes the package)");
        fs::create_dir_all(&home).map_err(at(&home))?;
        let words = ["install", "--no-audit", "--no-fund", "--no-save", "--prefix"];
        run_unasked(ui.npm(&words)?.arg(&home).arg(format!("{BUNDLER}@{BUNDLER_VERSION}")))?;
    }
    Ok(script.into())
}

#[cfg(test)]
mod laws {
    use super::*;

    #[test]
    fn the_words_for_the_bundler_are_json() {
        assert_eq!(
            beside(Path::new("/a \"b\"")).to_string_lossy(),
            "{\"bundle\":{\"linux\":{\"deb\":{\"files\":{\
             \"/usr/bin/taizhang-cli\":\"/a \\\"b\\\"/taizhang-cli\",\
             \"/usr/share/doc/taizhang/copyright\":\"/a \\\"b\\\"/LICENSES.txt\"}}}}}"
        );
    }
}
