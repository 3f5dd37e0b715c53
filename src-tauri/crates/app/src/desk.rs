//! What lies on the desk while a sheet is filled in: what does not change as figures are typed, and what follows from those that are.
//!
//! A plan and a year's returns take too long to read at every key; a desk keeps them until something else is written.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use ledger::Stamp;
use model::check::{Finding, Issue, nil_figures};
use model::draft::{self, Cells, Cover, Draft};
use model::exact::Exact;
use model::figure::Figure;
use model::id::TargetId;
use model::plan::Plan;
use model::returns::{Answer, Entry, Field, Figures, Return, SignOff};
use model::rollup::{self, Tally};
use model::target::{Measure, Target};

use crate::check::Past;
use crate::enter::{Sheet, read_draft};
use crate::screens::entry::{CellState, Standing};
use crate::{Error, Home, Result};

/// A sheet being filled in.
#[derive(Debug)]
pub(crate) struct Desk {
    pub sheet: Sheet,
    pub plan: Plan,
    pub past: Past,
    /// What the office reports, in the order of the report; what it typed for other targets comes with it.
    pub posts: Vec<Post>,
    pub draft: Draft,
    /// When the draft was last changed.
    pub saved: Option<DateTime<Utc>>,
    /// What the draft says.
    pub reading: Reading,
    pub standings: BTreeMap<TargetId, Standing>,
    pub stamp: Stamp,
    cover: Cover,
}

/// An office's part in a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Post {
    pub target: TargetId,
    /// 分解数.
    pub quota: Option<Figure>,
    /// Whether a figure is owed in the sheet's period.
    pub due: bool,
    /// Whether the target is the office's at all; what it typed for others has to be seen to be cleared.
    pub given: bool,
}

/// A draft read as a return.
#[derive(Debug)]
pub(crate) struct Reading {
    pub the_return: Return,
    pub findings: Vec<Finding>,
    /// What is known of each post's target.
    pub facts: BTreeMap<TargetId, Facts>,
}

/// Everything that a row's standing follows from, as far as typing can change it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Facts {
    pub state: CellState,
    /// How the office stands towards the target; none where nothing is due.
    pub stands: Option<rollup::Standing>,
    /// The rate that a relative target is held against.
    pub reference: Option<Exact>,
    pub findings: Vec<Finding>,
}

impl Home {
    /// Takes the desk of a sheet, laid out anew if anything was written since; [`Home::leave`] puts it back.
    pub(crate) fn take_desk(&self, sheet: Sheet) -> Result<Box<Desk>> {
        let stamp = self.ledger.read(|tx| tx.stamp())?;
        let kept =
            self.desk.take().filter(|desk| desk.sheet == sheet && desk.stamp == stamp && desk.is_tidy());
        match kept {
            Some(desk) => Ok(desk),
            None => Ok(Box::new(self.lay_out(sheet)?)),
        }
    }

    /// Keeps a desk until it is needed again.
    pub(crate) fn leave(&self, desk: Box<Desk>) {
        self.desk.replace(Some(desk));
    }

    fn lay_out(&self, sheet: Sheet) -> Result<Desk> {
        // Taken first: what is written meanwhile makes the desk old at once.
        let stamp = self.ledger.read(|tx| tx.stamp())?;
        let plan = self.plan()?;
        self.admit_sheet(&plan, &sheet)?;
        let past = self.past(&plan, &sheet)?;
        let (draft, saved) = self.ledger.read(|tx| {
            let saved = tx.draft(sheet.key())?.map(|draft| draft.saved);
            Ok::<_, ledger::Error>((read_draft(tx, &sheet)?, saved))
        })?;
        let posts = posts(&plan, &sheet, &draft);
        let cover = self.cover(&sheet, SignOff::default());
        let reading =
            Reading { the_return: empty(&plan, &sheet), findings: Vec::new(), facts: BTreeMap::new() };
        let mut desk = Desk {
            sheet,
            plan,
            past,
            posts,
            draft: Draft::default(),
            saved,
            reading,
            standings: BTreeMap::new(),
            stamp,
            cover,
        };
        desk.read(draft);
        Ok(desk)
    }
}

impl Desk {
    /// Finds a target of the sheet by its code.
    pub(crate) fn own_target(&self, code: &str) -> Result<TargetId> {
        let found = self.posts.iter().find(|post| post.target.as_str() == code);
        let found = found.map(|post| post.target.clone());
        found.ok_or_else(|| Error::UnknownTarget(model::names::reveal(code)))
    }

    /// Says whether something stands in the boxes of every target that is not the office's.
    fn is_tidy(&self) -> bool {
        self.posts.iter().all(|post| post.given || has_something(&self.draft, &post.target))
    }

    /// Reads another draft of the sheet; returns the targets whose standing is not what it was.
    pub(crate) fn read(&mut self, draft: Draft) -> Vec<TargetId> {
        let reading = self.reading_of(&draft);
        let mut changed = Vec::new();
        for post in &self.posts {
            let Some(target) = self.plan.target(&post.target) else { continue };
            let facts = &reading.facts[&post.target];
            if self.reading.facts.get(&post.target) == Some(facts) {
                continue;
            }
            let standing = self.standing(post, target, facts);
            if self.standings.get(&post.target) != Some(&standing) {
                changed.push(post.target.clone());
                self.standings.insert(post.target.clone(), standing);
            }
        }
        self.draft = draft;
        self.reading = reading;
        changed
    }

    fn reading_of(&self, draft: &Draft) -> Reading {
        let duties = self.plan.duties_in(self.sheet.period);
        let (the_return, mut findings) =
            draft::compile(&self.plan, &duties, &self.cover, draft, &self.past.history);
        self.past.spare_added_later(&self.plan, &the_return, &mut findings);
        let mut by_target: BTreeMap<&TargetId, Vec<Finding>> = BTreeMap::new();
        for finding in &findings {
            if let Some(id) = &finding.target {
                by_target.entry(id).or_default().push(finding.clone());
            }
        }
        let facts = self.posts.iter().filter_map(|post| {
            let target = self.plan.target(&post.target)?;
            let findings = by_target.remove(&post.target).unwrap_or_default();
            Some((post.target.clone(), self.facts(post, target, draft, &the_return, findings)))
        });
        let facts = facts.collect();
        Reading { the_return, findings, facts }
    }

    fn facts(
        &self,
        post: &Post,
        target: &Target,
        draft: &Draft,
        the_return: &Return,
        findings: Vec<Finding>,
    ) -> Facts {
        let entry = the_return.entries.get(&target.id);
        let added_later = post.due && self.past.is_added_later(target, the_return);
        let state = if added_later {
            CellState::NotIssued
        } else if draft.nil && post.due {
            CellState::Nil
        } else {
            state(draft.cells.get(&target.id), entry, &findings)
        };
        let stands = (post.due && !added_later).then(|| match (state, entry.map(|entry| &entry.answer)) {
            (CellState::Nil, _) => self.unchanged(target),
            (_, Some(Answer::Figures(figures))) => rollup::Standing::Reported(*figures),
            (_, Some(Answer::NotApplicable(_))) => rollup::Standing::NotApplicable,
            (_, None) => rollup::Standing::Missing,
        });
        Facts { state, stands, reference: self.reference(target, the_return), findings }
    }

    /// Says what 零报告 stands for.
    fn unchanged(&self, target: &Target) -> rollup::Standing {
        let before = self.past.last.get(&target.id).map(|(_, answer)| *answer);
        match before {
            Some(None) => rollup::Standing::NotApplicable,
            before => nil_figures(target.kind(), before.flatten())
                .map_or(rollup::Standing::Missing, rollup::Standing::Reported),
        }
    }

    /// Takes the rate that a relative target is held against from the same return.
    fn reference(&self, target: &Target, the_return: &Return) -> Option<Exact> {
        let Measure::Relative { to, .. } = &target.measure else { return None };
        let of = self.plan.target(to).filter(|of| of.frequency.is_due(self.sheet.period))?;
        let Answer::Figures(figures) = the_return.entries.get(to)?.answer else { return None };
        let mut tally = Tally::new(of);
        tally.add(rollup::Standing::Reported(figures));
        tally.roll_up().actual?.number()
    }
}

/// Lists the own targets, and after their place in the report those that something was typed for before they were taken away.
fn posts(plan: &Plan, sheet: &Sheet, draft: &Draft) -> Vec<Post> {
    let duties = plan.duties_in(sheet.period);
    let holder = duties.holder(&sheet.office);
    let post = |target: &Target| match holder.and_then(|holder| holder.duty(&target.id)) {
        Some(quota) => {
            let due = target.frequency.is_due(sheet.period);
            Some(Post { target: target.id.clone(), quota, due, given: true })
        }
        None if has_something(draft, &target.id) => {
            Some(Post { target: target.id.clone(), quota: None, due: false, given: false })
        }
        None => None,
    };
    plan.targets.iter().filter_map(post).collect()
}

/// Says whether something was typed or added for a target.
pub(crate) fn has_something(draft: &Draft, id: &TargetId) -> bool {
    draft.cells.get(id).is_some_and(|cells| cells.values().any(|text| !text.trim().is_empty()))
        || draft.evidence.get(id).is_some_and(|files| !files.is_empty())
}

fn empty(plan: &Plan, sheet: &Sheet) -> Return {
    Return {
        office: sheet.office.clone(),
        period: sheet.period,
        plan_version: plan.version,
        nil: false,
        stand_in: false,
        sign_off: SignOff::default(),
        entries: BTreeMap::new(),
    }
}

fn state(cells: Option<&Cells>, entry: Option<&Entry>, findings: &[Finding]) -> CellState {
    let answers = |field: &Field| field.is_figure() || *field == Field::NotApplicable;
    let typed = cells
        .is_some_and(|cells| cells.iter().any(|(field, text)| answers(field) && !text.trim().is_empty()));
    match entry.map(|entry| &entry.answer) {
        _ if !typed => CellState::Empty,
        Some(Answer::NotApplicable(_)) => CellState::NotApplicable,
        Some(Answer::Figures(figures)) if is_zero(figures) => CellState::Zero,
        Some(Answer::Figures(_)) => CellState::Filled,
        // Of two boxes only one is filled: what is missing is missing, and nothing is wrong with the other.
        None if findings.iter().all(|finding| finding.issue == Issue::Missing) => CellState::Empty,
        None => CellState::Unreadable,
    }
}

/// Says whether the figures are a typed 0; a stage never is.
fn is_zero(figures: &Figures) -> bool {
    match figures {
        Figures::Amount(value) => *value == Figure::ZERO,
        Figures::Pair(first, second) => [first, second].iter().all(|value| **value == Figure::ZERO),
        Figures::Published { rate, .. } => *rate == Figure::ZERO,
        Figures::Stage(_) => false,
    }
}
