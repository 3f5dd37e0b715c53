//! What the page looks like: its picture for people to look at, and axe-core for what keeps people out.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::PATIENCE;
use super::window::Window;

/// Finds what is serious and what is critical; the rest is a matter of taste.
const AXE: &str = "const done = arguments[0]
axe.run(document, { resultTypes: ['violations'] }).then(
  ({ violations }) => done(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${help}\\n  ${html}\\n  ${failureSummary}`))),
  (error) => done([`axe itself failed: ${error}`]),
)";

/// What is wider than the window, which nobody can scroll to.
const CUT_OFF: &str = "return [...document.querySelectorAll('body *')]
  .filter((element) => element.getClientRects().length > 0 && !element.closest('.visually-hidden, [aria-hidden=true]'))
  .filter((element) => { const { left, right } = element.getBoundingClientRect(); return left < -1 || right > innerWidth + 1 })
  .filter((element) => { for (let at = element.parentElement; at; at = at.parentElement)
      if (['auto', 'scroll', 'hidden'].includes(getComputedStyle(at).overflowX)) return false
    return true })
  .map((element) => element.outerHTML.slice(0, 120))";

/// The buttons of the open dialog that cannot be seen without scrolling.
const OUT_OF_SIGHT: &str = "const dialog = [...document.querySelectorAll('dialog[open]')].at(-1)
return [...(dialog?.querySelectorAll('.actions button') ?? [])]
  .filter((button) => { const { top, right, bottom, left } = button.getBoundingClientRect()
    return top < 0 || left < 0 || bottom > innerHeight || right > innerWidth })
  .map((button) => button.innerText)";

/// What the page says or marks while something of it is still to come; a picture of that shows nothing.
const STILL_READING: &str = "const waits = /正在(读取|打开|汇总|画图|写通报|检查|查找|对照|试算)/
const said = document.body.innerText.split('\\n').filter((line) => waits.test(line))
const marked = [...document.querySelectorAll('[aria-busy=true], [aria-label$=正在读取]')]
const pictures = [...document.images].filter((image) => !image.complete)
return [...said, ...[...marked, ...pictures].map((element) => element.outerHTML.slice(0, 120))]";

impl Window<'_> {
    /// Waits until nothing of the page is still being read.
    fn is_read(&self) {
        let mut last: Vec<String> = Vec::new();
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            last = serde_json::from_value(self.js(STILL_READING, &[])).unwrap();
            if last.is_empty() {
                return;
            }
            std::thread::sleep(Duration::from_millis(25));
        }
        panic!("waited {PATIENCE:?} until the page is read; it still has:\n{}", last.join("\n"));
    }

    /// Returns what is wider than the window and cannot be scrolled to.
    pub fn cut_off_at_the_side(&self) -> Vec<String> {
        serde_json::from_value(self.js(CUT_OFF, &[])).unwrap()
    }

    /// Has people look at the page once it is read: keeps its picture, and fails where it keeps somebody out, is wider than the
    /// window, or has a dialog whose buttons are out of sight.
    pub fn is_fit_to_be_seen(&self, name: &str) {
        self.is_read();
        self.rests();
        self.screenshot(name);
        self.keeps_nobody_out(name);
        let cut = self.cut_off_at_the_side();
        assert!(cut.is_empty(), "{name} is wider than the window:\n{}", cut.join("\n"));
        let hidden = self.js(OUT_OF_SIGHT, &[]);
        assert_eq!(hidden, Value::Array(Vec::new()), "{name}: these buttons are out of sight");
    }

    /// Writes the picture of the page to `target/screens/NAME.png`.
    pub fn screenshot(&self, name: &str) {
        keep(name, &self.picture());
    }

    /// Says whether the page's ground is dark.
    pub fn is_dark(&self) -> bool {
        let ground = self.js("return getComputedStyle(document.body).backgroundColor", &[]).to_string();
        let parts = ground.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse::<u32>().ok());
        parts.max().is_some_and(|brightest| brightest < 80)
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
