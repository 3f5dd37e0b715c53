//! The grid of 填报, as the one who fills it in sees it.

use serde_json::{Value, json};

use super::until;
use super::window::Window;

/// The box that has the focus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// What it is called, such as `新增专精特新企业，累计完成（家）`.
    pub label: String,
    /// What stands in it.
    pub text: String,
    /// The stages to choose from; none where a figure is typed.
    pub stages: Vec<String>,
    /// Whether it takes nothing now.
    pub shut: bool,
}

impl Window<'_> {
    /// Returns the box of the grid that has the focus.
    pub fn cell(&self) -> Option<Cell> {
        let cell = self.js(
            "const box = document.activeElement.closest('[role=grid] input, [role=grid] select')
             return box && { label: box.ariaLabel, text: box.value, shut: box.readOnly === true || box.ariaDisabled === 'true',
               stages: [...(box.options ?? [])].map((option) => option.value).filter(Boolean) }",
            &[],
        );
        let text = |name: &str| cell[name].as_str().unwrap_or_default().to_owned();
        let stages = cell["stages"].as_array()?.iter().filter_map(|name| name.as_str().map(str::to_owned));
        Some(Cell {
            label: text("label"),
            text: text("text"),
            stages: stages.collect(),
            shut: cell["shut"] == Value::Bool(true),
        })
    }

    /// Returns what is written in the row of the target with this name, its box left out.
    pub fn line(&self, name: &str) -> String {
        let words = "return [...document.querySelectorAll('[role=row]')]
            .find((row) => row.querySelector('b')?.textContent === arguments[0])?.innerText ?? ''";
        self.js(words, &[json!(name)])
            .as_str()
            .unwrap_or_default()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Looks for a target by its code in the hub's 目标 and comes to its row.
    pub fn to_target(&self, code: &str) {
        self.fill("查找目标", code);
        self.press("Enter");
        self.until(&format!("the row of {code} has the focus"), || {
            let here = "return document.activeElement.dataset.code === arguments[0]";
            (self.js(here, &[json!(code)]) == Value::Bool(true)).then_some(())
        });
    }

    /// Comes to who is given a target, in the hub's 目标.
    pub fn to_division(&self, code: &str) {
        self.to_target(code);
        self.press("Ctrl+Enter");
        self.sees("全部街镇");
        self.until("the panel has the focus", || {
            let here = "return document.activeElement.closest('aside.side') !== null";
            (self.js(here, &[]) == Value::Bool(true)).then_some(())
        });
    }

    /// Waits until the row of this target says so.
    pub fn line_says(&self, name: &str, words: &str) {
        let mut last = String::new();
        until(&format!("the row of {name} says “{words}”"), || {
            last = self.line(name);
            last.contains(words).then_some(())
        });
    }
}
