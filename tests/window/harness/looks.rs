//! What the page looks like: its picture for people to look at, and axe-core for what keeps people out.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::window::Window;

/// Finds what is serious and what is critical; the rest is a matter of taste.
const AXE: &str = "const done = arguments[0]
axe.run(document, { resultTypes: ['violations'] }).then(
  ({ violations }) => done(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${help}\\n  ${html}\\n  ${failureSummary}`))),
  (error) => done([`axe itself failed: ${error}`]),
)";

impl Window<'_> {
    /// Writes the picture of the page to `target/screens/NAME.png`.
    pub fn screenshot(&self, name: &str) {
        keep(name, &self.picture());
    }

    /// Returns what axe-core finds serious or critical on the page as it stands.
    pub fn hindrances(&self) -> Vec<String> {
        if self.js("return window.axe === undefined", &[]) == Value::Bool(true) {
            let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/node_modules/axe-core/axe.min.js");
            let axe = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            self.js(&axe, &[]);
        }
        serde_json::from_value(self.js_later(AXE, &[])).unwrap()
    }

    /// Fails where axe-core finds something serious or critical on the page as it stands.
    pub fn keeps_nobody_out(&self, what: &str) {
        let found = self.hindrances();
        assert!(found.is_empty(), "{what} keeps people out:\n{}", found.join("\n"));
    }
}

/// Keeps a picture where people look at them.
pub fn keep(name: &str, picture: &[u8]) {
    let folder: PathBuf = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("screens");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(format!("{name}.png")), picture).unwrap();
}
