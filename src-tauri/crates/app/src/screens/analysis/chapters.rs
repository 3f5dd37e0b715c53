//! Lamps by chapter: the drawing, its words and its table.

use charts::Theme;
use charts::chapters::Chapter;

use super::ChartView;
use crate::facts::Lamps;
use crate::words;

/// Draws the lamps of every chapter that has any; `missing` is what a target without a figure is called.
pub(crate) fn chapters(counted: &[(&str, Lamps)], missing: &'static str, theme: Theme) -> ChartView {
    let lit: Vec<(&str, Lamps)> = counted.iter().filter(|(_, lamps)| lamps.lit() > 0).copied().collect();
    let drawn = lit.iter().map(|(name, lamps)| {
        let [done, green, yellow, red, grey] = lamps.drawn();
        Chapter { name: (*name).to_owned(), done, green, yellow, red, grey }
    });
    let rows = lit.iter().map(|(name, lamps)| {
        let Lamps { done, green, yellow, red, unreported, unscheduled, .. } = *lamps;
        let figures = [done, green, yellow, red, unreported, unscheduled, lamps.lit()];
        std::iter::once((*name).to_owned()).chain(figures.iter().map(u32::to_string)).collect()
    });
    let mut behind: Vec<(&str, u32)> = lit.iter().map(|(name, lamps)| (*name, lamps.behind())).collect();
    behind.retain(|(_, count)| *count > 0);
    behind.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let all = lit.iter().map(|(_, lamps)| *lamps).sum();
    ChartView {
        title: words::CHAPTERS.to_owned(),
        svg: charts::chapters(&drawn.collect::<Vec<_>>(), theme).svg,
        alt: words::chapters_alt(&all, missing, &behind),
        heads: words::chapters_heads(missing).map(str::to_owned).to_vec(),
        rows: rows.collect(),
    }
}
