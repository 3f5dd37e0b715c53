//! The drawings of a hub's month, each with its words and its table.

use charts::Theme;
use charts::completion::{Group, Row};
use charts::heat::{self, Cell, Heat};
use charts::ranking::Ranked;
use model::ranking::Place;

use super::HeatPage;
use crate::facts::{CellMark, Facts, Lamps, OfficeFacts, Stand, TargetFacts};
use crate::screens::analysis::{self, ChartView};
use crate::words;

/// Most offices of one part of the map.
const HEAT_OFFICES: usize = 40;
/// Most offices in the drawing of the ranking; of more, the first and the last.
const RANKED: usize = 44;

/// Puts what follows one another in the same chapter together.
pub(crate) fn by_chapter(facts: &Facts) -> impl Iterator<Item = &[TargetFacts]> {
    facts.targets.chunk_by(|one, next| one.chapter_code == next.chapter_code)
}

fn view(title: &str, svg: String, alt: String, heads: &[&str], rows: Vec<Vec<String>>) -> ChartView {
    let heads = heads.iter().map(|head| (*head).to_owned()).collect();
    ChartView { title: title.to_owned(), svg, alt, heads, rows }
}

/// Draws the lamps by chapter.
pub(crate) fn chapters(facts: &Facts, theme: Theme) -> ChartView {
    let counted: Vec<(&str, Lamps)> = by_chapter(facts)
        .map(|all| (all[0].chapter.as_str(), all.iter().map(|one| one.lamp.as_str()).collect()))
        .collect();
    analysis::chapters::chapters(&counted, words::UNREPORTED, theme)
}

/// Draws completion against expected progress of targets that have both, in as many drawings as pages need.
pub(crate) fn completions(facts: &Facts, theme: Theme, rows_each: usize) -> Vec<ChartView> {
    let all: Vec<&TargetFacts> = facts.targets.iter().filter(|target| target.drawn.is_some()).collect();
    all.chunks(rows_each).map(|part| completion(part, theme)).collect()
}

fn completion(part: &[&TargetFacts], theme: Theme) -> ChartView {
    let number = |text: &str| text.parse::<f64>().ok();
    let pair = |target: &TargetFacts| {
        target.drawn.as_ref().map_or((None, None), |(done, expected)| (number(done), number(expected)))
    };
    let row = |target: &&TargetFacts| {
        let (completion, expected) = pair(target);
        Row {
            name: target.name.clone(),
            completion,
            expected,
            lamp: charts_lamp(&target.lamp),
            figure: target.completion.clone(),
            verdict: target.words.clone(),
        }
    };
    let groups: Vec<Group> = part
        .chunk_by(|one, next| one.chapter_code == next.chapter_code)
        .map(|all| Group { heading: all[0].chapter.clone(), rows: all.iter().map(row).collect() })
        .collect();
    let bars: Vec<_> = part
        .iter()
        .filter_map(|target| {
            let (done, expected) = pair(target);
            Some((target.name.as_str(), done?, expected?, charts_lamp(&target.lamp)?))
        })
        .collect();
    let cells = |target: &&TargetFacts| {
        let one = [&target.chapter, &target.name, &target.goal, &target.actual, &target.expected];
        one.into_iter().chain([&target.completion, &target.words]).cloned().collect()
    };
    view(
        words::COMPLETION,
        charts::completion(&groups, theme).svg,
        words::completion_alt(&bars),
        &words::COMPLETION_HEADS,
        part.iter().map(cells).collect(),
    )
}

fn charts_lamp(code: &str) -> Option<charts::Lamp> {
    Some(match code {
        "done" => charts::Lamp::Done,
        "green" => charts::Lamp::Green,
        "yellow" => charts::Lamp::Yellow,
        "red" => charts::Lamp::Red,
        "unreported" | "unscheduled" => charts::Lamp::Grey,
        _ => return None,
    })
}

/// Draws the offices in their order.
pub(crate) fn ranking(facts: &Facts, theme: Theme) -> ChartView {
    let order: Vec<(&OfficeFacts, Place)> =
        facts.order().into_iter().filter_map(|(office, place)| Some((office, place?))).collect();
    let row = |(office, place): &(&OfficeFacts, Place)| {
        let (lamps, score) = (office.lamps(), office.score());
        let [done, green, yellow, red, _] = lamps.drawn();
        Ranked {
            place: words::place(*place),
            name: office.name.clone(),
            lamps: [done, green, yellow, red, lamps.unreported],
            figure: format!("{}/{}", score.kept, score.judged),
            share: words::kept_share(score),
        }
    };
    let rows: Vec<Ranked> = order.iter().map(row).collect();
    let shown: Vec<Ranked> = if rows.len() > RANKED {
        rows[..RANKED / 2].iter().chain(&rows[rows.len() - RANKED / 2..]).cloned().collect()
    } else {
        rows.clone()
    };
    let cells = |row: &Ranked| {
        let lamps = row.lamps.iter().map(u32::to_string);
        let name = [row.place.clone(), row.name.clone()].into_iter();
        name.chain(lamps).chain([row.figure.clone(), row.share.clone()]).collect()
    };
    view(
        words::RANKING,
        charts::ranking(&shown, theme).svg,
        words::ranking_alt(facts, shown.len() < rows.len()),
        &words::RANKING_HEADS,
        rows.iter().map(cells).collect(),
    )
}

/// Names the offices that are not ranked because nothing of theirs is judged; 本级 goes without saying.
pub(crate) fn unranked(facts: &Facts) -> Vec<String> {
    let order = facts.order();
    let none = order.iter().filter(|(office, place)| place.is_none() && !office.own);
    none.map(|(office, _)| office.name.clone()).collect()
}

/// Draws a part of the map of offices × targets: those given to offices, the offices in their order.
pub(crate) fn heat(facts: &Facts, page: u32, theme: Theme) -> HeatPage {
    let order: Vec<&OfficeFacts> =
        facts.order().into_iter().map(|(office, _)| office).filter(|office| !office.own).collect();
    let pages = order.len().div_ceil(HEAT_OFFICES).max(1);
    let page = (page as usize).min(pages - 1);
    let shown: Vec<&OfficeFacts> =
        order.iter().copied().skip(page * HEAT_OFFICES).take(HEAT_OFFICES).collect();
    let marks: Vec<Vec<CellMark>> =
        shown.iter().map(|office| office.cells.chars().map(CellMark::of).collect()).collect();
    let mark = |office: usize, target: usize| marks[office].get(target).copied().unwrap_or(CellMark::Blank);
    let given: Vec<(usize, &TargetFacts)> =
        facts.targets.iter().enumerate().filter(|(_, target)| target.given && target.due).collect();
    let row = |(at, target): &(usize, &TargetFacts)| heat::Row {
        name: target.name.clone(),
        cells: (0..shown.len()).map(|office| cell(mark(office, *at))).collect(),
    };
    let groups = given
        .chunk_by(|(_, one), (_, next)| one.chapter_code == next.chapter_code)
        .map(|all| heat::Group { heading: all[0].1.chapter.clone(), rows: all.iter().map(row).collect() });
    let map =
        Heat { offices: shown.iter().map(|office| office.name.clone()).collect(), groups: groups.collect() };
    let heads: Vec<&str> =
        std::iter::once(words::TARGET).chain(shown.iter().map(|office| office.name.as_str())).collect();
    let rows = given.iter().map(|(at, target)| {
        let cells = (0..shown.len()).map(|office| words::cell(mark(office, *at)).to_owned());
        std::iter::once(target.name.clone()).chain(cells).collect()
    });
    let chart =
        view(words::HEAT, charts::heat(&map, theme).svg, words::heat_alt(&shown), &heads, rows.collect());
    let first = page * HEAT_OFFICES;
    HeatPage {
        chart,
        page: u32::try_from(page).unwrap_or(0),
        pages: u32::try_from(pages).unwrap_or(1),
        words: words::part(first + 1, first + shown.len(), order.len()),
    }
}

fn cell(mark: CellMark) -> Cell {
    match mark {
        CellMark::Blank | CellMark::NotIssued => Cell::Blank,
        CellMark::NotApplicable => Cell::NotApplicable,
        CellMark::NotJudged => Cell::NotJudged,
        CellMark::Shown(lamp) | CellMark::Lamp(lamp) => {
            charts_lamp(words::lamp_code(lamp)).map_or(Cell::NotJudged, Cell::Lamp)
        }
    }
}

/// Draws how the periods stood.
pub(crate) fn months(stands: &[Stand], theme: Theme) -> ChartView {
    let stand = |stand: &Stand| charts::months::Stand {
        label: stand.label.clone(),
        reported: stand.reported,
        owed: stand.owed,
        lamps: stand.lamps.drawn(),
    };
    let row = |stand: &Stand| {
        let figures = [stand.owed, stand.reported].into_iter().chain(stand.lamps.drawn());
        std::iter::once(stand.label.clone()).chain(figures.map(|count| count.to_string())).collect()
    };
    view(
        words::MONTHS,
        charts::months(&stands.iter().map(stand).collect::<Vec<_>>(), theme).svg,
        words::months_alt(stands),
        &words::MONTHS_HEADS,
        stands.iter().map(row).collect(),
    )
}
