//! All targets at one look: lamps by chapter, completion against expected progress.

use charts::completion::{Group, Row};
use charts::{Lamp, Theme};
use model::assess::{Assessment, Expected, quota_goal};
use model::rollup;
use model::target::Target;

use super::{ChartView, drawn};
use crate::desk::{Desk, Post};
use crate::facts::Lamps;
use crate::screens::LampView;
use crate::screens::entry::Standing;
use crate::words;

/// A target with what follows from its figures.
struct Look<'a> {
    post: &'a Post,
    target: &'a Target,
    chapter: String,
    standing: &'a Standing,
    /// None where nothing is due.
    assessment: Option<Assessment>,
}

impl Look<'_> {
    fn lamp(&self) -> Option<Lamp> {
        self.standing.lamp.as_ref().map(lamp)
    }

    fn completion(&self) -> Option<f64> {
        self.assessment.as_ref()?.completion.as_ref().and_then(drawn)
    }

    /// Where the year stands, in percent of the goal; rates and stages are not drawn as parts of one.
    fn expected(&self) -> Option<f64> {
        match &self.assessment.as_ref()?.expected {
            Some(Expected::Amount { percent: Some(percent), .. }) => drawn(percent),
            _ => None,
        }
    }

    fn actual(&self) -> Option<String> {
        words::shown_actual(self.target, self.assessment.as_ref()?)
    }
}

/// Returns the lamp as charts draw it.
pub(super) fn lamp(lamp: &LampView) -> Lamp {
    match lamp.code.as_str() {
        "done" => Lamp::Done,
        "green" => Lamp::Green,
        "yellow" => Lamp::Yellow,
        "red" => Lamp::Red,
        _ => Lamp::Grey,
    }
}

fn looks(desk: &Desk) -> Vec<Look<'_>> {
    desk.posts.iter().filter_map(|post| look(desk, post)).collect()
}

fn look<'a>(desk: &'a Desk, post: &'a Post) -> Option<Look<'a>> {
    let target = desk.plan.target(&post.target)?;
    let facts = desk.reading.facts.get(&post.target)?;
    let stands = facts.stands.filter(|stands| *stands != rollup::Standing::NotApplicable);
    let goal = quota_goal(target, post.quota);
    Some(Look {
        post,
        target,
        chapter: words::chapter_label(&desk.plan, target),
        standing: desk.standings.get(&post.target)?,
        assessment: stands.map(|stands| desk.assess(target, goal, stands, facts.reference.as_ref())),
    })
}

/// Puts what follows one another under the same heading together.
fn by_chapter<'a>(looks: &'a [Look<'a>]) -> impl Iterator<Item = &'a [Look<'a>]> {
    looks.chunk_by(|one, next| one.chapter == next.chapter)
}

fn lamp_code<'a>(look: &'a Look<'_>) -> Option<&'a str> {
    look.standing.lamp.as_ref().map(|lamp| lamp.code.as_str())
}

/// Counts the lamps of every chapter.
pub(super) fn chapters(desk: &Desk, theme: Theme) -> ChartView {
    let looks = looks(desk);
    let counted: Vec<(&str, Lamps)> = by_chapter(&looks)
        .map(|looks| (looks[0].chapter.as_str(), looks.iter().filter_map(lamp_code).collect()))
        .collect();
    super::chapters::chapters(&counted, words::NOT_FILLED_IN, theme)
}

/// Draws every target's completion against expected progress.
pub(super) fn completion(desk: &Desk, theme: Theme) -> ChartView {
    let looks = looks(desk);
    let groups: Vec<Group> = by_chapter(&looks)
        .map(|looks| Group { heading: looks[0].chapter.clone(), rows: looks.iter().map(row).collect() })
        .collect();
    let dash = |text: String| if text.is_empty() { "—".to_owned() } else { text };
    let rows = looks.iter().map(|look| {
        let percent = look.assessment.as_ref().and_then(|it| it.completion.as_ref()).map(words::percent);
        let assessment = look.assessment.as_ref();
        let expected = assessment.and_then(|it| words::shown_expected(look.target, it));
        vec![
            look.chapter.clone(),
            look.target.name.clone(),
            dash(desk.goal(look.post, look.target).0),
            dash(look.actual().unwrap_or_default()),
            dash(expected.unwrap_or_default()),
            dash(percent.unwrap_or_default()),
            verdict(look),
        ]
    });
    let pairs = looks.iter().filter_map(|look| {
        Some((look.target.name.as_str(), look.completion()?, look.expected()?, look.lamp()?))
    });
    ChartView {
        title: words::COMPLETION.to_owned(),
        svg: charts::completion(&groups, theme).svg,
        alt: words::completion_alt(&pairs.collect::<Vec<_>>()),
        heads: words::COMPLETION_HEADS.map(str::to_owned).to_vec(),
        rows: rows.collect(),
    }
}

fn row(look: &Look<'_>) -> Row {
    let computed = &look.standing.computed;
    Row {
        name: look.target.name.clone(),
        completion: look.completion(),
        expected: look.expected(),
        lamp: look.lamp(),
        figure: if computed.is_empty() { look.actual().unwrap_or_default() } else { computed.clone() },
        verdict: verdict(look),
    }
}

/// Says how a target stands: the words of its lamp, or why it has none.
fn verdict(look: &Look<'_>) -> String {
    match &look.standing.lamp {
        Some(lamp) => lamp.words.clone(),
        None => words::no_lamp(look.standing.state, look.assessment.is_some()).to_owned(),
    }
}
