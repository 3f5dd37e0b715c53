//! Who gets which part of the plan in the demonstration.

use model::figure::Figure;
use model::id::{OfficeId, TargetId};
use model::plan::{Assignee, Assignment, Office, OfficeKind, Plan};
use model::target::{Measure, Target};

use super::random::draw;
use super::{SUFFIX, amount, incident};

/// The assignments are the same for every seed, so that runs differ in figures only.
const SEED: u64 = 0;

/// How widely a target is spread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Spread {
    /// Every street and town.
    All,
    /// Every office of a kind.
    Kind(OfficeKind),
    /// Half of the offices, for rates.
    Half,
    /// This many offices, the same ones throughout a section.
    Few(usize),
    /// One office.
    One,
}

/// What is spread, and how widely; targets that do not stand here stay with 本级.
const SPREADS: [(&str, Spread); 50] = [
    ("0-1-02", Spread::Half),
    ("0-1-05", Spread::Half),
    ("1-1-01", Spread::Few(6)),
    ("1-3-01", Spread::Few(8)),
    ("1-3-02", Spread::All),
    ("2-1-01", Spread::All),
    ("2-1-02", Spread::All),
    ("2-1-03", Spread::Half),
    ("2-1-04", Spread::Few(9)),
    ("2-1-05", Spread::Half),
    ("2-2-02", Spread::Few(2)),
    ("2-2-05", Spread::Few(2)),
    ("2-3-01", Spread::One),
    ("2-3-02", Spread::One),
    ("2-4-01", Spread::Half),
    ("2-4-02", Spread::Few(7)),
    ("2-5-01", Spread::Few(4)),
    ("3-1-01", Spread::All),
    ("3-1-02", Spread::Kind(OfficeKind::Street)),
    ("3-2-01", Spread::Few(6)),
    ("3-2-02", Spread::All),
    ("3-2-03", Spread::All),
    ("3-2-04", Spread::Few(9)),
    ("3-3-01", Spread::All),
    ("3-3-02", Spread::Few(5)),
    ("3-3-03", Spread::All),
    ("3-3-04", Spread::One),
    ("4-2-02", Spread::All),
    ("5-1-03", Spread::One),
    ("5-1-05", Spread::Few(5)),
    ("5-2-01", Spread::Few(3)),
    ("5-2-02", Spread::Few(4)),
    ("5-2-03", Spread::Few(4)),
    ("5-2-04", Spread::All),
    ("5-2-05", Spread::All),
    ("5-3-01", Spread::Kind(OfficeKind::Street)),
    ("5-4-01", Spread::Kind(OfficeKind::Town)),
    ("6-1-04", Spread::All),
    ("6-2-02", Spread::One),
    ("6-4-01", Spread::Few(12)),
    ("7-1-01", Spread::All),
    ("7-1-03", Spread::All),
    ("7-1-04", Spread::All),
    ("7-1-05", Spread::All),
    ("7-2-01", Spread::Few(8)),
    ("7-2-02", Spread::Few(7)),
    ("7-2-03", Spread::Few(8)),
    ("7-3-02", Spread::One),
    ("7-4-01", Spread::Few(3)),
    ("7-4-02", Spread::Few(3)),
];

/// Milestones that get a month per stage after the first, so that other lamps than 未排节点 can be seen.
const SCHEDULES: [(&str, &[u8]); 3] = [("5-1-03", &[2, 6]), ("6-1-02", &[2, 6]), ("7-3-02", &[4, 10])];

/// Assigns the plan's targets to its offices for a demonstration, and marks it as one.
///
/// Counts and stocks are divided into quotas whose sum is exactly the target's own figure. Rates go to about half of the offices, one in four of
/// them without a quota (只汇总不考核), and to none that files a 零报告. What is not spread stays with 本级. Earlier assignments are
/// replaced; the title of the plan and the name of its hub end in （演示） afterwards.
pub fn assign(plan: &mut Plan) {
    for name in [&mut plan.title, &mut plan.hub_name] {
        if !name.ends_with(SUFFIX) {
            name.push_str(SUFFIX);
        }
    }
    for (code, months) in SCHEDULES {
        let target = plan.targets.iter_mut().find(|target| target.id.as_str() == code);
        if let Some(Measure::Milestone { stages }) = target.map(|target| &mut target.measure) {
            for (stage, month) in stages.iter_mut().skip(1).zip(months) {
                stage.month = Some(*month);
            }
        }
    }
    let assignments = SPREADS.iter().filter_map(|(code, spread)| {
        let target = plan.active_targets().find(|target| target.id.as_str() == *code && !target.official)?;
        Some(spread_out(target, &chosen(plan, target, *spread)))
    });
    plan.assignments = assignments.flatten().collect();
}

/// Picks the offices that a target goes to, in the plan's order.
fn chosen<'a>(plan: &'a Plan, target: &Target, spread: Spread) -> Vec<&'a Office> {
    let reports = |office: &&Office| office.kind != OfficeKind::Own && office.retired.is_none();
    let everybody: Vec<&Office> = plan.offices.iter().filter(reports).collect();
    // Building, finishing and filling schools go to the same offices.
    let few = |offices: Vec<&'a Office>, place: &str, count: usize| {
        let mut ranked = offices.clone();
        ranked.sort_by_key(|office| draw(SEED, &["few", place, office.id.as_str()]).order());
        ranked.truncate(count);
        let kept = |office: &&Office| ranked.iter().any(|other| other.id == office.id);
        offices.into_iter().filter(kept).collect()
    };
    match spread {
        Spread::All => everybody,
        Spread::Kind(kind) => everybody.into_iter().filter(|office| office.kind == kind).collect(),
        Spread::Half => {
            let half = everybody.len() / 2;
            let able = everybody.into_iter().filter(|office| !incident::files_nil(&office.id)).collect();
            few(able, target.id.as_str(), half)
        }
        Spread::Few(count) => few(everybody, &target.section, count),
        Spread::One => few(everybody, target.id.as_str(), 1),
    }
}

fn spread_out(target: &Target, offices: &[&Office]) -> Vec<Assignment> {
    let given = |(office, quota): (&&Office, Option<Figure>)| Assignment {
        target: target.id.clone(),
        to: Assignee::Office(office.id.clone()),
        quota,
    };
    let goal = target.goal().map(|goal| goal.value);
    let quotas: Vec<Option<Figure>> = match goal {
        Some(goal) if target.kind().is_amount() => {
            let decimals = amount::decimals(target);
            let weights: Vec<u64> = offices.iter().map(|office| weight(&target.id, &office.id)).collect();
            let parts = divide(amount::steps(goal, decimals).max(0).unsigned_abs(), &weights);
            let figure = |part: u64| {
                let steps = i64::try_from(part).ok()?;
                Figure::from_typed(&amount::typed(steps, decimals)).ok()
            };
            parts.into_iter().map(figure).collect()
        }
        goal => (0..offices.len()).map(|at| goal.filter(|_| at % 4 != 3)).collect(),
    };
    offices.iter().zip(quotas).map(given).collect()
}

/// An office is large or small in everything, and a little different in each target.
fn weight(target: &TargetId, office: &OfficeId) -> u64 {
    let size = draw(SEED, &["size", office.as_str()]).between(40, 100);
    let bent = draw(SEED, &["bent", target.as_str(), office.as_str()]).between(80, 120);
    size.unsigned_abs() * bent.unsigned_abs()
}

/// Divides a total by weights into whole parts that add up to it exactly; nobody gets nothing while there is enough for all.
fn divide(total: u64, weights: &[u64]) -> Vec<u64> {
    let least = u64::from(total >= weights.len() as u64);
    let rest = u128::from(total - least * weights.len() as u64);
    let sum: u128 = weights.iter().copied().map(u128::from).sum::<u128>().max(1);
    let shares: Vec<(u64, u128)> = weights
        .iter()
        .map(|weight| rest * u128::from(*weight))
        .map(|share| (u64::try_from(share / sum).unwrap_or(u64::MAX), share % sum))
        .collect();
    let given: u64 = shares.iter().map(|(whole, _)| whole).sum();
    let over = usize::try_from(rest - u128::from(given)).unwrap_or_default();
    // What is left goes to the largest remainders, one step each.
    let mut by_remainder: Vec<usize> = (0..shares.len()).collect();
    by_remainder.sort_by_key(|at| std::cmp::Reverse(shares[*at].1));
    let mut parts: Vec<u64> = shares.iter().map(|(whole, _)| least + whole).collect();
    by_remainder.into_iter().take(over).for_each(|at| parts[at] += 1);
    parts
}
