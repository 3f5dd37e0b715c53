//! Review at the hub: what becomes of a verified return, and which return counts (§2, review).

/// Where a received return stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewState {
    /// 待审: review is on, or the checks found errors.
    Pending,
    /// 待解锁: its period is locked; kept, not dropped.
    AwaitingUnlock,
    /// 已接收, all cells.
    Accepted,
    /// 退回: the named cells are excluded, the others count.
    Returned,
}

/// What the hub knows when a return arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrival {
    /// The hub reviews before it accepts.
    pub review_on: bool,
    /// The period is locked.
    pub locked: bool,
    /// The checks found errors in it.
    pub has_errors: bool,
}

impl ReviewState {
    /// Says where a verified return stands on arrival: accepted at once unless something holds it.
    pub fn on_arrival(arrival: Arrival) -> Self {
        if arrival.locked {
            Self::AwaitingUnlock
        } else if arrival.review_on || arrival.has_errors {
            Self::Pending
        } else {
            Self::Accepted
        }
    }

    /// Says whether the figures of such a return count, returned cells apart.
    pub fn counts(self) -> bool {
        matches!(self, Self::Accepted | Self::Returned)
    }
}

/// One of several returns of an office for the same period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// Number of its bundle in the stream.
    pub seq: u64,
    /// The order of the streams of an office: a later enrolment's stream comes after an earlier one's.
    pub stream_order: u64,
    /// Where it stands.
    pub state: ReviewState,
    /// 争议: at or after an undecided fork of its stream.
    pub disputed: bool,
    /// 代录: entered by the hub.
    pub stand_in: bool,
}

/// Picks the return that counts: the office's own before a 代录, then the highest number, among those accepted and undisputed.
///
/// The result depends on the set of candidates alone. While a correction waits for review, the return before it counts.
pub fn counting(candidates: &[Candidate]) -> Option<usize> {
    let counts = |(_, one): &(usize, &Candidate)| one.state.counts() && !one.disputed;
    let rank = |(_, one): &(usize, &Candidate)| (!one.stand_in, one.stream_order, one.seq);
    candidates.iter().enumerate().filter(counts).max_by_key(rank).map(|(at, _)| at)
}
