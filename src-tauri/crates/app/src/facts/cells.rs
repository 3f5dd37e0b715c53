//! Every office's own figures held against its own quotas.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::panic::resume_unwind;

use model::assess::{Case, lamp, quota_goal};
use model::exact::Exact;
use model::id::{OfficeId, TargetId};
use model::lamp::Lamp;
use model::period::Period;
use model::plan::{Duties, Holder, Plan};
use model::rollup::{Standing, Tally};
use model::target::{Kind, Measure, Target};

use crate::consolidate::{ConsolidatedTarget, Consolidation, Parts};

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
    /// Judged by the stages of the plan or by another target, not by a quota: shown, not ranked.
    Shown(Lamp),
    /// Judged by its quota.
    Lamp(Lamp),
}

const LETTERS: [(CellMark, char); 16] = [
    (CellMark::Blank, '-'),
    (CellMark::NotApplicable, 'a'),
    (CellMark::NotIssued, 'i'),
    (CellMark::NotJudged, 'n'),
    (CellMark::Shown(Lamp::Done), 'd'),
    (CellMark::Shown(Lamp::Green), 'g'),
    (CellMark::Shown(Lamp::Yellow), 'y'),
    (CellMark::Shown(Lamp::Red), 'r'),
    (CellMark::Shown(Lamp::Unreported), 'u'),
    (CellMark::Shown(Lamp::Unscheduled), 's'),
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

    /// Returns the lamp that its quota lights, by which offices are ranked.
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
    let dues = consolidation.targets.iter().filter_map(|one| one.period);
    let duties: BTreeMap<Period, Duties<'_>> =
        dues.collect::<BTreeSet<_>>().into_iter().map(|due| (due, plan.duties_in(due))).collect();
    // Looked up once: every office is asked for its part of every target.
    let holders: BTreeMap<Period, Vec<Option<Holder<'_>>>> = duties
        .iter()
        .map(|(due, duties)| (*due, plan.offices.iter().map(|office| duties.holder(&office.id)).collect()))
        .collect();
    // With thousands of offices every core takes its share of the targets.
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let share =
        if places.len() > MANY { consolidation.targets.len().div_ceil(cores).max(1) } else { usize::MAX };
    let work = |targets: &[ConsolidatedTarget]| {
        targets
            .iter()
            .map(|one| column(consolidation, one, (&duties, &holders), &standings))
            .collect::<Vec<_>>()
    };
    let work = &work;
    let columns: Vec<Vec<char>> = std::thread::scope(|scope| {
        let parts = consolidation.targets.chunks(share.min(consolidation.targets.len().max(1)));
        let hands: Vec<_> = parts.map(|part| scope.spawn(move || work(part))).collect();
        hands.into_iter().flat_map(|hand| hand.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    });
    (0..places.len()).map(|office| columns.iter().map(|column| column[office]).collect()).collect()
}

/// Above so many offices the work is shared.
const MANY: usize = 100;

/// What each office of the plan holds, by period.
type Holders<'a> = BTreeMap<Period, Vec<Option<Holder<'a>>>>;

/// Marks one target of every office of the plan.
fn column(
    consolidation: &Consolidation,
    one: &ConsolidatedTarget,
    (duties, holders): (&BTreeMap<Period, Duties<'_>>, &Holders<'_>),
    standings: &impl Fn(&TargetId) -> Vec<Option<Standing>>,
) -> Vec<char> {
    let plan = &consolidation.plan;
    let due = one.period.and_then(|due| Some((due, duties.get(&due)?, holders.get(&due)?)));
    let (Some(target), Some((due, duties, holders))) = (plan.target(&one.id), due) else {
        return vec![CellMark::Blank.letter(); plan.offices.len()];
    };
    let division = duties.division(&target.id);
    let found = standings(&target.id);
    let references = reference(plan, consolidation, target, due).map(|to| (to, standings(&to.id)));
    let mark = |(at, holder): (usize, &Option<Holder<'_>>)| {
        let part = division.zip(*holder).and_then(|(it, holder)| holder.part_of(it));
        let Some(quota) = part else { return CellMark::Blank };
        let standing = match found[at].unwrap_or(Standing::Missing) {
            Standing::NotApplicable => return CellMark::NotApplicable,
            Standing::NotIssued => return CellMark::NotIssued,
            standing => standing,
        };
        let by_itself = matches!(target.kind(), Kind::Milestone | Kind::Statement | Kind::Relative);
        if quota.is_none() && !by_itself {
            return CellMark::NotJudged;
        }
        let rate = |(to, all): &(&Target, Vec<Option<Standing>>)| rolled(to, all[at]?).actual?.number();
        let reference = references.as_ref().and_then(rate);
        let case = Case {
            target,
            goal: quota_goal(target, quota),
            period: due,
            roll_up: &rolled(target, standing),
            reference: reference.as_ref(),
            rule: &plan.lamp_rule,
        };
        match lamp(&case) {
            None => CellMark::NotJudged,
            Some(lamp) if quota.is_none() => CellMark::Shown(lamp),
            Some(lamp) => CellMark::Lamp(lamp),
        }
    };
    holders.iter().enumerate().map(|holder| mark(holder).letter()).collect()
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
