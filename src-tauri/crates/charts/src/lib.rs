#![doc = include_str!("../README.md")]

mod canvas;
pub mod chapters;
pub mod completion;
pub mod heat;
pub mod lamp;
pub mod months;
pub mod ranking;
mod rows;
mod stack;
mod text;
pub mod theme;
pub mod trend;
mod words;

pub use chapters::chapters;
pub use completion::completion;
pub use heat::heat;
pub use lamp::Lamp;
pub use months::months;
pub use ranking::ranking;
pub use theme::Theme;
pub use trend::trend;

/// A drawn chart: a whole SVG document of fixed size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// The document, UTF-8 without an XML declaration.
    pub svg: String,
    /// Width in CSS pixels.
    pub width: u32,
    /// Height in CSS pixels.
    pub height: u32,
}

/// Figures that cannot be drawn count as none: not a number, infinite, or beyond the 18 digits that a figure may have.
fn drawable(value: Option<f64>) -> Option<f64> {
    value.filter(|value| value.abs() <= 1e18)
}
