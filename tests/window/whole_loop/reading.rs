//! What the hub's screens say, read off the page.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::harness::Window;

/// Reads the whole matrix, of which only what is in sight is drawn: target by target, the district's figure and every
/// office's cell. Cells that are still being read are waited for.
const MATRIX: &str = "const done = arguments[0], found = {}
const grid = document.querySelector('[role=grid]'), frame = () => new Promise((go) => requestAnimationFrame(go))
const small = (row, css) => row.querySelector(css)?.innerText.trim() ?? ''
async function read() {
  for (let top = 0, more = true; more; top += grid.clientHeight - 120) {
    grid.scrollTop = top
    more = top < grid.scrollHeight - grid.clientHeight
    for (let left = 0, right = true; right; left += grid.clientWidth - 420) {
      grid.scrollLeft = left
      right = left < grid.scrollWidth - grid.clientWidth
      for (let tries = 0; tries < 200; tries += 1) {
        await frame()
        if (grid.querySelector('.cell.unread') === null) break
        await new Promise((go) => setTimeout(go, 10))
      }
      for (const row of grid.querySelectorAll('[role=row]')) {
        if (row.querySelector('.district') === null) continue
        const code = small(row, '.target small').split(' ')[0]
        const lamp = [...row.querySelector('.district .lamp').classList].find((name) => name !== 'lamp' && !name.startsWith('svelte'))
        const target = (found[code] ??= { actual: small(row, '.district .figure b'), lamp, coverage: small(row, '.district small'), cells: {} })
        for (const cell of row.querySelectorAll('[role=gridcell]')) target.cells[cell.ariaLabel] = cell.innerText.trim().split('\\n')[0]
      }
    }
  }
  grid.scrollTop = grid.scrollLeft = 0
}
read().then(() => done(found), (error) => done(`${error}`))";

/// A line of 汇总 as it is shown.
#[derive(Debug)]
pub struct Line {
    /// The district's figure.
    pub actual: String,
    /// Code of its lamp.
    pub lamp: String,
    /// `按 4/4 家汇总`.
    pub coverage: String,
    /// What every cell says, by its words for those who cannot see it.
    cells: BTreeMap<String, String>,
}

impl Line {
    /// Returns the figure in an office's cell; none where the office is not given the target.
    pub fn cell(&self, office: &str) -> Option<&str> {
        let blank = format!("{office}不承担");
        assert!(
            self.cells.keys().any(|words| words.starts_with(office)),
            "{office} has no column: {:?}",
            self.cells
        );
        let start = format!("{office}，");
        let mut cells = self.cells.iter().filter(|(words, _)| !words.starts_with(&blank));
        cells.find(|(words, _)| words.starts_with(&start)).map(|(_, text)| text.as_str())
    }
}

/// Reads 汇总.
pub fn matrix(window: &Window<'_>) -> BTreeMap<String, Line> {
    let found = window.js_later(MATRIX, &[]);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let lines = found.as_object().unwrap_or_else(|| panic!("the matrix cannot be read: {found}"));
    let lines = lines.iter().map(|(code, line)| {
        let cells =
            line["cells"].as_object().unwrap().iter().map(|(words, cell)| (words.clone(), text(cell)));
        let cells = cells.collect();
        let [actual, lamp, coverage] = ["actual", "lamp", "coverage"].map(|name| text(&line[name]));
        (code.clone(), Line { actual, lamp, coverage, cells })
    });
    lines.collect()
}

/// Reads the tiles of 总览: what they count, and how many.
pub fn tiles(window: &Window<'_>) -> BTreeMap<String, String> {
    let read = "return [...document.querySelectorAll('dl.facts > div')].map((tile) => [
      tile.className.split(' ').find((name) => !name.startsWith('svelte')) || '已报', tile.querySelector('dd').innerText.replaceAll(/\\s/g, '')])";
    serde_json::from_value::<Vec<(String, String)>>(window.js(read, &[])).unwrap().into_iter().collect()
}
