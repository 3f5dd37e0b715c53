//! Warnings: figures that changed in a way somebody will ask about.

use std::cmp::Ordering;

use super::{Finding, History, Issue};
use crate::exact::Exact;
use crate::figure::Figure;
use crate::period::Period;
use crate::returns::{Entry, Field, Figures};
use crate::target::{Kind, Target};

/// A month's increase, or a level, this many times the running mean is a jump.
const JUMP: i64 = 3;

pub(super) fn check(
    target: &Target,
    period: Period,
    entry: &Entry,
    now: Figures,
    history: &History,
    findings: &mut Vec<Finding>,
) {
    let mut warn = |field, issue| findings.push(Finding::on(&target.id, field, issue));
    let earlier = history.earlier.get(&target.id).map(Vec::as_slice).unwrap_or_default();
    let before = earlier.last().copied();
    match (now, before) {
        (Figures::Amount(now), Some((since, Figures::Amount(before)))) if target.kind() == Kind::Count => {
            if now < before {
                warn(Field::Value, Issue::Fell { since, before, now });
            } else if let Some(jump) = rise(since, before, period, now) {
                warn(Field::Value, jump);
            }
        }
        (Figures::Amount(now), Some(_)) => {
            if let Some(jump) = level(earlier, now) {
                warn(Field::Value, jump);
            }
        }
        // Both amounts of a growth rate are cumulative, this year's and last year's.
        (Figures::Pair(current, base), Some((since, Figures::Pair(current_before, base_before))))
            if target.kind() != Kind::Share =>
        {
            for (field, before, now) in
                [(Field::Current, current_before, current), (Field::Base, base_before, base)]
            {
                if now < before {
                    warn(field, Issue::Fell { since, before, now });
                }
            }
        }
        (Figures::Stage(now), Some((_, Figures::Stage(before)))) if now < before => {
            let name = |stage| target.stage_name(stage).unwrap_or_default().to_owned();
            warn(Field::Stage, Issue::WentBack { before: name(before), now: name(now) });
        }
        _ => {}
    }
    if let (Figures::Stage(stage), Some(count)) = (now, target.stage_count())
        && usize::from(stage) + 1 == count
        && entry.evidence.is_empty()
        // What was done already was asked for its evidence then.
        && before.is_none_or(|(_, before)| before != now)
    {
        warn(Field::Evidence, Issue::DoneWithoutEvidence);
    }
    corrected(target, now, history, &mut warn);
}

/// Asks why a figure that was accepted no longer applies.
pub(super) fn withdrawn(target: &Target, history: &History, findings: &mut Vec<Finding>) {
    if let Some(before) = history.replaced.get(&target.id) {
        let issue = Issue::AnswerChanged { before: Some(*before), now: None };
        findings.push(Finding::on(&target.id, Field::NotApplicable, issue));
    }
}

fn corrected(target: &Target, now: Figures, history: &History, warn: &mut impl FnMut(Field, Issue)) {
    if history.not_applicable.contains(&target.id) {
        let boxes = Field::of_figures(target.kind(), target.official);
        warn(boxes[0], Issue::AnswerChanged { before: None, now: Some(now) });
    }
    let Some(before) = history.replaced.get(&target.id).copied().filter(|before| *before != now) else {
        return;
    };
    let boxes = Field::of_figures(target.kind(), target.official);
    warn(boxes[0], Issue::Corrected { before, now });
    if let (Figures::Pair(_, before), Figures::Pair(_, now)) = (before, now)
        && before != now
    {
        warn(boxes[1], Issue::BaseChanged { before, now });
    }
}

/// Holds the increase per month since the last figure against the mean increase until then.
fn rise(since: Period, before: Figure, period: Period, now: Figure) -> Option<Issue> {
    let per_month = |amount: &Exact, months: u8| Exact::quotient(amount, &Exact::from(i64::from(months)));
    let mean = per_month(&before.into(), since.month())?;
    let months = period.month().checked_sub(since.month())?;
    let step = per_month(&(&Exact::from(now) - &Exact::from(before)), months)?;
    jumped(mean, step)
}

/// Holds a level against the mean of the year's earlier levels.
fn level(earlier: &[(Period, Figures)], now: Figure) -> Option<Issue> {
    let levels = earlier.iter().filter_map(|(_, figures)| match figures {
        Figures::Amount(level) => Some(Exact::from(*level)),
        _ => None,
    });
    let (sum, count) = levels.fold((Exact::from(0), 0), |(sum, count), level| (&sum + &level, count + 1));
    let mean = Exact::quotient(&sum, &Exact::from(count))?;
    let now = Exact::from(now);
    if now.sign() == Ordering::Greater && &now * &Exact::from(JUMP) < mean {
        return Some(Issue::Jumped { mean: mean.trimmed(1), now: now.trimmed(6) });
    }
    jumped(mean, now)
}

fn jumped(mean: Exact, now: Exact) -> Option<Issue> {
    let jumps = mean.sign() == Ordering::Greater && now > &mean * &Exact::from(JUMP);
    jumps.then(|| Issue::Jumped { mean: mean.trimmed(1), now: now.trimmed(1) })
}
