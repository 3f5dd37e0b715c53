//! The order of a stream: which of its bundles are sound, what is missing, where it forks.
//!
//! Everything here is a function of the *set* of headers received and of the operator's choices, never of the order of
//! arrival.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use crate::digest::Sm3Digest;
use crate::header::Link;

/// The headers of one stream that have been verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    anchor: Option<Sm3Digest>,
    /// By number: each header's digest, and the predecessor that it names.
    levels: BTreeMap<u64, BTreeMap<Sm3Digest, Option<Sm3Digest>>>,
}

/// What the headers of a stream add up to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// The sound header with the highest number.
    pub head: Option<(u64, Sm3Digest)>,
    /// The numbers below the highest one known under which nothing usable has arrived, as ranges that rise.
    pub gaps: Vec<RangeInclusive<u64>>,
    /// The lowest fork that nobody has decided.
    pub fork: Option<Fork>,
    /// Every header, by number and digest.
    pub standings: BTreeMap<(u64, Sm3Digest), Standing>,
}

/// A number under which there is proof of two headers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fork {
    /// The branch point: from this number on, the stream is disputed. 0 means that number 1 does not follow the anchor.
    pub seq: u64,
    /// The headers of that number that are known or named by a successor; none stands for "no predecessor".
    pub candidates: Vec<Option<Sm3Digest>>,
}

/// Where a header stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It counts.
    Sound,
    /// 争议: at or after an undecided fork, or after a decided one without proof that it descends from the choice.
    Disputed,
    /// It lies on a branch that was not chosen.
    Discarded,
}

impl Chain {
    /// Starts a stream. `anchor` is the digest of the enrolment header that number 1 must name; streams without an
    /// enrolment have none, and their number 1 must name none.
    pub fn new(anchor: Option<Sm3Digest>) -> Self {
        Self { anchor, levels: BTreeMap::new() }
    }

    /// Adds a verified header; says whether it is new.
    pub fn insert(&mut self, link: &Link, header: Sm3Digest) -> bool {
        self.levels.entry(link.seq()).or_default().insert(header, link.prev()).is_none()
    }

    /// Says where every header stands, given the digests that the operator has chosen.
    ///
    /// A choice decides the fork at its number: of what follows, only what provably descends from it is sound. Two
    /// choices under one number decide nothing.
    pub fn state(&self, chosen: &BTreeSet<Sm3Digest>) -> State {
        let mut walk = Walk { chain: self, chosen, state: State::default() };
        match walk.first_fork() {
            None => walk.mark(0, Standing::Sound),
            Some(fork) => {
                walk.mark(0, Standing::Sound);
                walk.mark(fork.seq, Standing::Disputed);
                match walk.choice(fork.candidates.iter().flatten()) {
                    Some(choice) => walk.descend(fork.seq, choice),
                    None => walk.state.fork = Some(fork),
                }
            }
        }
        let mut state = walk.state;
        let sound = |(_, standing): &(_, &Standing)| **standing == Standing::Sound;
        state.head = state.standings.iter().filter(sound).map(|(key, _)| *key).next_back();
        state.gaps = gaps(&state.standings);
        state
    }

    fn level(&self, seq: u64) -> impl Iterator<Item = (Sm3Digest, Option<Sm3Digest>)> + '_ {
        self.levels.get(&seq).into_iter().flatten().map(|(digest, prev)| (*digest, *prev))
    }

    fn knows(&self, digest: &Sm3Digest) -> bool {
        self.levels.values().any(|level| level.contains_key(digest))
    }

    /// Collects the headers under a number of which there is proof: those known, and those that successors name.
    fn attested(&self, seq: u64) -> BTreeSet<Option<Sm3Digest>> {
        let mut attested: BTreeSet<_> = self.level(seq).map(|(digest, _)| Some(digest)).collect();
        attested.extend(self.level(seq + 1).map(|(_, prev)| prev));
        if seq == 0 {
            attested.insert(self.anchor);
        }
        attested
    }
}

struct Walk<'a> {
    chain: &'a Chain,
    chosen: &'a BTreeSet<Sm3Digest>,
    state: State,
}

impl Walk<'_> {
    fn first_fork(&self) -> Option<Fork> {
        let known = self.chain.levels.keys();
        let numbers: BTreeSet<u64> = known.flat_map(|seq| [seq.saturating_sub(1), *seq]).collect();
        numbers.into_iter().find_map(|seq| {
            let attested = self.chain.attested(seq);
            (attested.len() > 1).then(|| Fork { seq, candidates: attested.into_iter().collect() })
        })
    }

    /// Returns the one candidate that was chosen.
    fn choice<'c>(&self, candidates: impl Iterator<Item = &'c Sm3Digest>) -> Option<Sm3Digest> {
        let mut chosen = candidates.filter(|candidate| self.chosen.contains(candidate));
        chosen.next().filter(|_| chosen.next().is_none()).copied()
    }

    /// Gives every header from a number on the same standing.
    fn mark(&mut self, from: u64, standing: Standing) {
        for (seq, level) in self.chain.levels.range(from..) {
            self.state.standings.extend(level.keys().map(|digest| ((*seq, *digest), standing)));
        }
    }

    /// Follows the chosen header upwards, through further forks as long as they are decided too.
    fn descend(&mut self, branch: u64, choice: Sm3Digest) {
        for (digest, _) in self.chain.level(branch) {
            let standing = if digest == choice { Standing::Sound } else { Standing::Discarded };
            self.state.standings.insert((branch, digest), standing);
        }
        let chain = self.chain;
        let mut live = BTreeSet::from([choice]);
        let mut below = branch;
        for &seq in chain.levels.keys().filter(|seq| **seq > branch) {
            if seq != below + 1 {
                // A hostile header may name one of a lower number; a predecessor is of the number below, or none.
                live.clear();
            }
            // A header that only its successors name can be chosen too, and then lets them live; under the branch there is but one.
            let named = chain.level(seq).filter_map(|(_, prev)| prev);
            live.extend(named.filter(|prev| self.vouched(prev)));
            live = self.raise(branch, seq, &live);
            below = seq;
            if self.state.fork.is_some() {
                return;
            }
        }
    }

    /// Says whether the operator chose a header of which only the digest is known.
    fn vouched(&self, digest: &Sm3Digest) -> bool {
        self.chosen.contains(digest) && !self.chain.knows(digest)
    }

    /// Decides about one number, given the sound headers of the number below; returns those of this one.
    fn raise(&mut self, branch: u64, seq: u64, below: &BTreeSet<Sm3Digest>) -> BTreeSet<Sm3Digest> {
        let mut live = BTreeSet::new();
        for (digest, prev) in self.chain.level(seq) {
            let parent = prev.and_then(|prev| self.state.standings.get(&(seq - 1, prev)).copied());
            let standing = if prev.is_some_and(|prev| below.contains(&prev)) {
                Standing::Sound
            } else if parent == Some(Standing::Discarded) || seq - 1 == branch {
                Standing::Discarded
            } else if self.chosen.contains(&digest) {
                // Nothing shows that it descends from the choice; the operator's word does.
                Standing::Sound
            } else {
                Standing::Disputed
            };
            if standing == Standing::Sound {
                live.insert(digest);
            }
            self.state.standings.insert((seq, digest), standing);
        }
        if live.len() < 2 {
            return live;
        }
        match self.choice(live.iter()) {
            Some(choice) => {
                for other in live.iter().filter(|digest| **digest != choice) {
                    self.state.standings.insert((seq, *other), Standing::Discarded);
                }
                BTreeSet::from([choice])
            }
            None => {
                for digest in &live {
                    self.state.standings.insert((seq, *digest), Standing::Disputed);
                }
                self.state.fork = Some(Fork { seq, candidates: live.into_iter().map(Some).collect() });
                BTreeSet::new()
            }
        }
    }
}

/// Lists the numbers below the highest one for which there is no header that could count.
fn gaps(standings: &BTreeMap<(u64, Sm3Digest), Standing>) -> Vec<RangeInclusive<u64>> {
    let mut gaps = Vec::new();
    let mut next = 1;
    for ((seq, _), standing) in standings {
        if *standing == Standing::Discarded || *seq < next {
            continue;
        }
        if *seq > next {
            gaps.push(next..=seq - 1);
        }
        next = seq + 1;
    }
    gaps
}
