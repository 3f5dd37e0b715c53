//! Every office's own figures held against its own quotas.

use std::collections::HashMap;

use model::assess::{Case, assess, quota_goal};
use model::exact::Exact;
use model::id::{OfficeId, TargetId};
use model::lamp::Lamp;
use model::period::Period;
use model::plan::Plan;
use model::rollup::{Standing, Tally};
use model::target::{Measure, Target};

use crate::consolidate::{Consolidation, Parts};

/// How one office stands towards one target, as a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CellMark {
    /// Not the office's, or nothing is due.
    Blank,
    /// 不适用.
    NotApplicable,
    /// 未下达: its plan version did not have the target.
    NotIssued,
    /// Without a quota, or nothing to be held against.
    NotJudged,
    /// Judged.
    Lamp(Lamp),
}

const LETTERS: [(CellMark, char); 10] = [
    (CellMark::Blank, '-'),
    (CellMark::NotApplicable, 'a'),
    (CellMark::NotIssued, 'i'),
    (CellMark::NotJudged, 'n'),
    (CellMark::Lamp(Lamp::Done), 'D'),
    (CellMark::Lamp(Lamp::Green), 'G'),
    (CellMark::Lamp(Lamp::Yellow), 'Y'),
    (CellMark::Lamp(Lamp::Red), 'R'),
    (CellMark::Lamp(Lamp::Unreported), 'U'),
    (CellMark::Lamp(Lamp::Unscheduled), 'S'),
];

impl CellMark {
    /// Reads a letter.
    pub fn of(letter: char) -> Self {
        LETTERS.iter().find(|(_, one)| *one == letter).map_or(Self::Blank, |(mark, _)| *mark)
    }

    fn letter(self) -> char {
        LETTERS.iter().find(|(mark, _)| *mark == self).map_or('-', |(_, letter)| *letter)
    }

    /// Returns the lamp.
    pub fn lamp(self) -> Option<Lamp> {
        match self {
            Self::Lamp(lamp) => Some(lamp),
            _ => None,
        }
    }
}

/// Marks every target of every office: a text per office of the plan, a letter per target of the consolidation.
pub(super) fn marks(consolidation: &Consolidation, parts: &Parts) -> Vec<String> {
    let plan = &consolidation.plan;
    let places: HashMap<&OfficeId, usize> =
        plan.offices.iter().enumerate().map(|(at, office)| (&office.id, at)).collect();
    let standings = |id: &TargetId| -> Vec<Option<Standing>> {
        let mut found = vec![None; places.len()];
        for (office, standing) in parts.get(id).into_iter().flatten() {
            if let Some(at) = places.get(office) {
                found[*at] = Some(*standing);
            }
        }
        found
    };
    let mut texts = vec![String::with_capacity(consolidation.targets.len()); places.len()];
    let mut duties: HashMap<Period, model::plan::Duties<'_>> = HashMap::new();
    for one in &consolidation.targets {
        let (Some(target), Some(due)) = (plan.target(&one.id), one.period) else {
            texts.iter_mut().for_each(|text| text.push(CellMark::Blank.letter()));
            continue;
        };
        let duties = duties.entry(due).or_insert_with(|| plan.duties_in(due));
        let division = duties.division(&target.id);
        let found = standings(&target.id);
        let references = reference(plan, consolidation, target, due).map(|to| (to, standings(&to.id)));
        for (at, office) in plan.offices.iter().enumerate() {
            let part = division.zip(duties.holder(&office.id)).and_then(|(it, holder)| holder.part_of(it));
            let standing = found[at].unwrap_or(Standing::Missing);
            let mark = match (part, standing) {
                (None, _) => CellMark::Blank,
                (_, Standing::NotApplicable) => CellMark::NotApplicable,
                (_, Standing::NotIssued) => CellMark::NotIssued,
                (Some(None), _) => CellMark::NotJudged,
                (Some(quota), standing) => {
                    let reference =
                        references.as_ref().and_then(|(to, all)| rolled(to, all[at]?).actual?.number());
                    let case = Case {
                        target,
                        goal: quota_goal(target, quota),
                        period: due,
                        roll_up: &rolled(target, standing),
                        reference: reference.as_ref(),
                        rule: &plan.lamp_rule,
                    };
                    assess(&case).lamp.map_or(CellMark::NotJudged, CellMark::Lamp)
                }
            };
            texts[at].push(mark.letter());
        }
    }
    texts
}

fn rolled(target: &Target, standing: Standing) -> model::rollup::RollUp {
    let mut tally = Tally::new(target);
    tally.add(standing);
    tally.roll_up()
}

/// Finds the target whose rate of the very same period a relative one is held against.
fn reference<'a>(
    plan: &'a Plan,
    consolidation: &Consolidation,
    target: &Target,
    due: Period,
) -> Option<&'a Target> {
    let Measure::Relative { to, .. } = &target.measure else { return None };
    let same = consolidation.targets.iter().any(|one| one.id == *to && one.period == Some(due));
    plan.target(to).filter(|_| same)
}

/// Says how far behind a target is, in multiples of what the rule lets pass as yellow.
pub(super) fn lag(gap: &Exact, tolerance: &Exact) -> Exact {
    let zero = Exact::from(0);
    if *gap >= zero {
        return zero;
    }
    Exact::quotient(&gap.abs(), tolerance).unwrap_or_else(|| gap.abs())
}
