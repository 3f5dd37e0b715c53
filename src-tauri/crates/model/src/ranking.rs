//! Ranking (排名): the order of offices by how they stand against their own quotas.
//!
//! The rule: by the share of the due targets with a quota that are done or on course, the higher first. An office that gave
//! no figure for such a target has not kept it. Of equal shares the one with more targets goes first, because it had more to
//! keep; who is equal in both shares a place. An office without any such target is not ranked.

use std::cmp::Ordering;

/// How an office stands against its own quotas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Score {
    /// Targets that are done or on course.
    pub kept: u32,
    /// Targets that are judged, those without a figure among them.
    pub judged: u32,
}

impl Score {
    /// Compares two scores, the better one first; they are equal where the offices share a place.
    pub fn compare(&self, other: &Self) -> Ordering {
        let cross = |one: &Self, by: &Self| u64::from(one.kept) * u64::from(by.judged);
        cross(other, self).cmp(&cross(self, other)).then(other.judged.cmp(&self.judged))
    }
}

/// A place in the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Counts from 1; after two that share the first comes the third.
    pub rank: u32,
    /// Whether others have it too.
    pub shared: bool,
}

/// Gives every score its place; none to an office of which nothing is judged.
pub fn rank(scores: &[Score]) -> Vec<Option<Place>> {
    let mut judged: Vec<&Score> = scores.iter().filter(|score| score.judged > 0).collect();
    judged.sort_by(|one, other| one.compare(other));
    let place = |score: &Score| {
        let before = judged.partition_point(|other| other.compare(score) == Ordering::Less);
        let through = judged.partition_point(|other| other.compare(score) != Ordering::Greater);
        let rank = u32::try_from(before + 1).unwrap_or(u32::MAX);
        Place { rank, shared: through - before > 1 }
    };
    scores.iter().map(|score| (score.judged > 0).then(|| place(score))).collect()
}
