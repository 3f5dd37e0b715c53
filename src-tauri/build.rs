//! Gives Tauri what it needs at build time: the page to embed and the commands that the page may call.

use std::error::Error;
use std::path::Path;
use std::{fs, io};

use tauri_build::{AppManifest, Attributes, WindowsAttributes};

const CAPABILITY: &str = "capabilities/main.json";
const PAGE: &str = "../ui/dist/index.html";
/// What Windows is told about the program before it runs.
const MANIFEST: &str = "windows/taizhang.manifest";

fn main() -> Result<(), Box<dyn Error>> {
    stand_in_page()?;
    let commands = commands(&fs::read_to_string(CAPABILITY)?)?;
    println!("cargo::rerun-if-changed={MANIFEST}");
    let windows = WindowsAttributes::new().app_manifest(fs::read_to_string(MANIFEST)?);
    let attributes = Attributes::new().app_manifest(AppManifest::new().commands(commands));
    tauri_build::try_build(attributes.windows_attributes(windows))?;
    Ok(())
}

/// Writes a page that says what is missing where the user interface was not built yet, so that checks and tests of
/// the Rust side need no Node.
fn stand_in_page() -> io::Result<()> {
    println!("cargo::rerun-if-changed=../ui/dist");
    let page = Path::new(PAGE);
    if page.exists() {
        return Ok(());
    }
    if let Some(folder) = page.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(
        page,
        "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>台账</title>\n\
         <p>界面还没有构建：请在项目文件夹运行 <code>cargo xtask run</code>。</p>\n",
    )
}

/// Returns the application's own commands that the capability allows: it is the only list of them.
fn commands(capability: &str) -> Result<&'static [&'static str], Box<dyn Error>> {
    let capability: serde_json::Value = serde_json::from_str(capability)?;
    let permissions = capability["permissions"].as_array().ok_or("the capability lists no permissions")?;
    let own = permissions.iter().filter_map(|one| one.as_str()?.strip_prefix("allow-"));
    let names: Vec<&'static str> = own.map(|name| &*name.replace('-', "_").leak()).collect();
    Ok(names.leak())
}
