//! Stages of milestones across plan versions: a return names a stage by its number in the version it was made against.

use std::collections::BTreeMap;

use super::Plan;
use crate::id::TargetId;
use crate::returns::Figures;
use crate::target::{Measure, Stage, Target};

/// The stages of other plan versions under their present numbers.
#[derive(Debug, Clone, Default)]
pub struct Renumbering(BTreeMap<u32, BTreeMap<TargetId, Vec<u8>>>);

impl Plan {
    /// Finds the present numbers of the stages that other versions of the plan numbered differently.
    pub fn renumbering<'a>(&self, versions: impl IntoIterator<Item = &'a Plan>) -> Renumbering {
        let of_version = |version: &Plan| {
            let moved = version
                .targets
                .iter()
                .filter_map(|was| Some((was.id.clone(), numbers(was, self.target(&was.id)?)?)));
            (version.version, moved.collect::<BTreeMap<_, _>>())
        };
        let moved = versions.into_iter().map(of_version).filter(|(_, moved)| !moved.is_empty());
        Renumbering(moved.collect())
    }
}

impl Renumbering {
    /// Returns figures of a return with their stage under its present number; none where its own version lacked the stage.
    pub fn present(&self, version: u32, target: &TargetId, figures: Figures) -> Option<Figures> {
        let Figures::Stage(stage) = figures else { return Some(figures) };
        match self.0.get(&version).and_then(|targets| targets.get(target)) {
            None => Some(figures),
            Some(numbers) => numbers.get(usize::from(stage)).copied().map(Figures::Stage),
        }
    }
}

/// Returns the present number of each stage a target had; none where they are numbered as they were.
///
/// The end state stays the end state whatever it is called; a name that is gone stands at the latest one before it that is left.
fn numbers(was: &Target, is: &Target) -> Option<Vec<u8>> {
    let (Measure::Milestone { stages: before }, Measure::Milestone { stages: after }) =
        (&was.measure, &is.measure)
    else {
        return None;
    };
    let same = |(before, after): (&Stage, &Stage)| before.name == after.name;
    if before.len() == after.len() && before.iter().zip(after).all(same) {
        return None;
    }
    let mut reached = 0;
    let mut numbers = Vec::with_capacity(before.len());
    for stage in before {
        let found = after.iter().position(|one| one.name == stage.name);
        reached = found.and_then(|at| u8::try_from(at).ok()).unwrap_or(reached);
        numbers.push(reached);
    }
    if let (Some(end), Ok(last)) = (numbers.last_mut(), u8::try_from(after.len().saturating_sub(1))) {
        *end = last;
    }
    Some(numbers)
}
