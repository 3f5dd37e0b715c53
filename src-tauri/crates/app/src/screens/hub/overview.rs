//! 总览: a month at one look: who reported, how the lamps stand, what is behind and why, who keeps up, what is to be done.

use model::period::Period;
use serde::Serialize;
use ts_rs::TS;

use super::count;
use crate::facts::{Facts, Lamps, TargetFacts};
use crate::screens::LampView;
use crate::screens::analysis::{ChartView, Theme};
use crate::{Home, Result, words};

pub(crate) mod drawings;
mod todo;

/// The screen of a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HubOverview {
    /// `2024-06`.
    pub period: String,
    /// `2024年6月`.
    pub label: String,
    /// Where the year stands, `50%`.
    pub elapsed: String,
    /// The last day in time, `7月5日`.
    pub due: String,
    /// Whether the figures are those of a freeze.
    pub locked: bool,
    /// 应报.
    pub owed: u32,
    /// 实报.
    pub reported: u32,
    /// 迟报, by name.
    pub late: Vec<String>,
    /// Targets in force.
    pub targets: u32,
    /// How the lamps stand: 已完成, 正常, 落后, 严重落后, 未评价, in this order.
    pub lamps: Vec<LampTally>,
    /// Lamps by chapter, in the order of the report.
    pub chapters: Vec<ChapterLamps>,
    /// Targets that are behind: the red ones first, each the furthest first.
    pub behind: Vec<BehindTarget>,
    /// What that order is, in words.
    pub behind_order: String,
    /// Offices that gave no return that counts.
    pub missing: Vec<MissingReturn>,
    /// What waits for the hub.
    pub todo: Vec<Todo>,
    /// Offices in their order.
    pub ranking: ChartView,
    /// The rule of that order, in a sentence.
    pub ranking_rule: String,
    /// Offices without a judged target, by name.
    pub unranked: Vec<String>,
    /// Offices × targets.
    pub heat: HeatPage,
}

/// How many targets stand under a lamp.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LampTally {
    /// The lamp; its words are its name alone.
    pub lamp: LampView,
    /// How many.
    pub count: u32,
    /// What they are made of, where that is not plain; else empty.
    pub detail: String,
}

/// A chapter and its lamps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ChapterLamps {
    /// Its code.
    pub code: String,
    /// Its number and title.
    pub title: String,
    /// Its targets under each lamp, in the order of [`HubOverview::lamps`].
    pub counts: Vec<u32>,
    /// Those with a figure that is judged.
    pub judged: u32,
    /// Those that have a lamp at all.
    pub lit: u32,
    /// The same in a sentence.
    pub words: String,
}

/// A target that is behind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BehindTarget {
    /// Its code.
    pub target: String,
    /// Its name.
    pub name: String,
    /// Number and title of its chapter.
    pub chapter: String,
    /// Its lamp.
    pub lamp: LampView,
    /// Why, with the arithmetic.
    pub reason: String,
    /// 剩余月均需; empty where it does not apply.
    pub needed: String,
    /// What a month brought so far; empty where nothing is needed.
    pub pace: String,
}

/// An office whose return is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MissingReturn {
    /// Its id.
    pub office: String,
    /// Its name.
    pub name: String,
    /// Who to ask; may be empty.
    pub contact: String,
    /// Telephone number; may be empty.
    pub telephone: String,
    /// What else is known: `上次 5月`.
    pub known: String,
}

/// Something that waits for the hub.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Todo {
    /// Whose it is, and what: `王台街道 退回 1 格`.
    pub what: String,
    /// What is to be done: `回执未下达`.
    pub next: String,
    /// Where: `receiving`, `offices`, `issuing`.
    pub place: String,
    /// Id of the office.
    pub office: String,
}

/// A part of the map of offices × targets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HeatPage {
    /// The map.
    pub chart: ChartView,
    /// Which part, from 0.
    pub page: u32,
    /// How many there are.
    pub pages: u32,
    /// Which offices it shows, in words: `第 1—40 家，共 2,000 家`.
    pub words: String,
}

/// The year so far, as far as it has been looked through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HubMonths {
    /// A column per period.
    pub chart: ChartView,
    /// Whether it has every period; ask again where it has not.
    pub complete: bool,
}

impl Home {
    /// Shows a period at one look.
    pub fn hub_overview(&self, period: Period, theme: Theme) -> Result<HubOverview> {
        self.hub_only()?;
        let facts = self.facts(period)?;
        let locked = self.ledger.read(|tx| tx.lock_of(period))?.is_some();
        let missing: Vec<MissingReturn> = facts.missing().map(missing).collect();
        let owed = count(facts.owing().count());
        Ok(HubOverview {
            period: facts.period.clone(),
            label: facts.label.clone(),
            elapsed: facts.elapsed.clone(),
            due: facts.due.clone(),
            locked,
            owed,
            reported: owed - count(missing.len()),
            late: facts.owing().filter(|office| office.late).map(|office| office.name.clone()).collect(),
            targets: count(facts.targets.len()),
            lamps: tallies(&facts.lamps()),
            chapters: chapters(&facts),
            behind: facts.behind.iter().filter_map(|code| facts.target(code)).map(behind).collect(),
            behind_order: words::BEHIND_ORDER.to_owned(),
            missing,
            todo: self.todo()?,
            ranking: drawings::ranking(&facts, theme.into()),
            ranking_rule: words::RANKING_RULE.to_owned(),
            unranked: drawings::unranked(&facts),
            heat: drawings::heat(&facts, 0, theme.into()),
        })
    }

    /// Shows a part of the map of offices × targets.
    pub fn heat_page(&self, period: Period, page: u32, theme: Theme) -> Result<HeatPage> {
        self.hub_only()?;
        Ok(drawings::heat(&*self.facts(period)?, page, theme.into()))
    }

    /// Shows the year up to a period; looks through as many more periods as take a moment only.
    pub fn hub_months(&self, period: Period, theme: Theme) -> Result<HubMonths> {
        self.hub_only()?;
        let plan = self.plan()?;
        self.admit(&plan, period)?;
        let (mut stands, mut looked, mut complete) = (Vec::new(), false, true);
        for one in plan.calendar.periods().take_while(|one| *one <= period) {
            if !self.knows_stand(one)? {
                // One at a time: with thousands of offices each takes a while, and the window waits for none of them.
                if looked && plan.offices.len() > MANY {
                    complete = false;
                    break;
                }
                looked = true;
            }
            stands.push(self.stand(one)?);
        }
        Ok(HubMonths { chart: drawings::months(&stands, theme.into()), complete })
    }
}

/// Above so many offices a year is not looked through at once.
const MANY: usize = 100;

fn tallies(lamps: &Lamps) -> Vec<LampTally> {
    let tally = |code: &str, name: &str, count, detail: String| LampTally {
        lamp: LampView { code: code.to_owned(), words: name.to_owned() },
        count,
        detail,
    };
    vec![
        tally("done", "已完成", lamps.done, String::new()),
        tally("green", "正常", lamps.green, String::new()),
        tally("yellow", "落后", lamps.yellow, String::new()),
        tally("red", "严重落后", lamps.red, String::new()),
        tally("unreported", "未评价", lamps.grey(), words::grey_detail(lamps)),
    ]
}

fn chapters(facts: &Facts) -> Vec<ChapterLamps> {
    drawings::by_chapter(facts)
        .map(|targets| {
            let lamps: Lamps = targets.iter().map(|target| target.lamp.as_str()).collect();
            ChapterLamps {
                code: targets[0].chapter_code.clone(),
                title: targets[0].chapter.clone(),
                counts: lamps.drawn().to_vec(),
                judged: lamps.judged(),
                lit: lamps.lit(),
                words: words::chapter_lamps(&lamps),
            }
        })
        .collect()
}

fn behind(target: &TargetFacts) -> BehindTarget {
    BehindTarget {
        target: target.code.clone(),
        name: target.name.clone(),
        chapter: target.chapter.clone(),
        lamp: LampView { code: target.lamp.clone(), words: target.words.clone() },
        reason: target.reason.clone(),
        needed: target.needed.clone(),
        pace: target.pace.clone(),
    }
}

fn missing(office: &crate::facts::OfficeFacts) -> MissingReturn {
    MissingReturn {
        office: office.id.clone(),
        name: office.name.clone(),
        contact: office.contact.clone(),
        telephone: office.telephone.clone(),
        known: words::last_reported(&office.last),
    }
}
