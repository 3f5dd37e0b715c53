//! Lock (锁定): a period frozen with its plan version, its bundles and its figures (§2, lock).

use std::collections::BTreeMap;

use crate::id::TargetId;
use crate::period::Period;

/// A frozen period, as bulletins print it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Freeze {
    /// The period.
    pub period: Period,
    /// 1 for the first issue; each one after an unlocking is a 更正.
    pub issue: u32,
    /// The plan version it was computed under.
    pub plan_version: u32,
    /// SHA-256 of the bundles that counted, sorted.
    pub bundles: Vec<[u8; 32]>,
    /// The figures, by target.
    pub figures: BTreeMap<TargetId, FrozenFigure>,
}

/// One target's figures as they were shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FrozenFigure {
    /// The actual figure.
    pub actual: String,
    /// What was expected.
    pub expected: String,
    /// The gap.
    pub gap: String,
    /// The lamp's code.
    pub lamp: String,
    /// The lamp's explanation.
    pub explanation: String,
}

/// A figure that a corrected issue shows differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The target.
    pub target: TargetId,
    /// As issued before; none where it was not.
    pub before: Option<FrozenFigure>,
    /// As issued now; none where it no longer is.
    pub after: Option<FrozenFigure>,
}

impl Freeze {
    /// Lists what this issue shows differently from an earlier one of the same period.
    pub fn differences(&self, before: &Self) -> Vec<Difference> {
        let targets: std::collections::BTreeSet<_> =
            before.figures.keys().chain(self.figures.keys()).collect();
        let pair =
            |target: &TargetId| (before.figures.get(target).cloned(), self.figures.get(target).cloned());
        targets
            .into_iter()
            .map(|target| (target, pair(target)))
            .filter(|(_, (before, after))| before != after)
            .map(|(target, (before, after))| Difference { target: target.clone(), before, after })
            .collect()
    }
}
