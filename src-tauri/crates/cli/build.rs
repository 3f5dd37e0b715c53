//! Gives the program its properties on Windows: version, publisher, and what the system is told before it runs.

use std::env;
use std::error::Error;

const RESOURCES: &str = "../../windows/taizhang-cli.rc";
const MANIFEST: &str = "../../windows/taizhang-cli.manifest";

fn main() -> Result<(), Box<dyn Error>> {
    for file in [RESOURCES, MANIFEST] {
        println!("cargo::rerun-if-changed={file}");
    }
    let version = env::var("CARGO_PKG_VERSION")?;
    let numbers = version.replace('.', ",");
    // Does nothing for other systems.
    let made =
        embed_resource::compile(RESOURCES, [format!("VERSION={version}"), format!("NUMBERS={numbers},0")]);
    made.manifest_required()?;
    Ok(())
}
