//! The line of an office's keys: which stream follows which, and what counts of each.
//!
//! A key that handed over vouches for the next one: what the next one signed stands as the bundle that handed over does. It is
//! a function of all headers received, of what was typed and chosen, never of the order in which they came.

use std::collections::{BTreeMap, BTreeSet};

use bundle::chain::{Chain, Fork, Standing, State};
use bundle::digest::Sm3Digest;
use bundle::header::{Link, StreamId};
use ledger::Tx;
use ledger::keys::{Handover, KeyState, OfficeKey};
use ledger::returns::{ReturnRow, ReturnState};
use model::id::OfficeId;

use super::settle::{released, settle};
use crate::{Error, Result};

/// The stream of one key, and how the key came to sign it.
#[derive(Debug, Clone)]
pub(crate) struct Stretch {
    pub key: OfficeKey,
    pub state: State,
    /// What is said of the bundle that handed over to the key; sound where digits were typed.
    pub vouched: Place,
    /// The number under which the key hands over in its turn.
    pub hands_over_at: Option<u64>,
}

/// Where a bundle stands in the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// It counts.
    Sound,
    /// 争议, as the stream that forks under this number.
    Disputed(u64),
    /// It lies on a branch that was not chosen.
    Discarded,
    /// It lies beyond the last number that counts.
    Beyond(u64),
}

impl Place {
    /// How good it is, the best first.
    fn rank(&self) -> u8 {
        match self {
            Self::Sound => 0,
            Self::Disputed(_) => 1,
            Self::Discarded => 2,
            Self::Beyond(_) => 3,
        }
    }
}

impl Stretch {
    /// Says where a bundle of this stream stands.
    pub fn place(&self, seq: u64, header: Sm3Digest) -> Place {
        if self.vouched != Place::Sound {
            return self.vouched.clone();
        }
        let ends = [self.key.revoked_after, self.hands_over_at];
        match ends.into_iter().flatten().min() {
            Some(end) if seq > end => Place::Beyond(end),
            _ => place_in(&self.state, seq, header),
        }
    }

    /// Lists what is missing, but nothing beyond its end.
    fn without_gaps_beyond(mut self) -> Self {
        let ends = [self.key.revoked_after, self.hands_over_at];
        if let Some(end) = ends.into_iter().flatten().min() {
            let within = self.state.gaps.iter().filter(|gap| *gap.start() <= end);
            self.state.gaps = within.map(|gap| *gap.start()..=(*gap.end()).min(end)).collect();
        }
        self
    }
}

fn place_in(state: &State, seq: u64, header: Sm3Digest) -> Place {
    match state.standings.get(&(seq, header)) {
        Some(Standing::Sound) => Place::Sound,
        Some(Standing::Discarded) => Place::Discarded,
        _ => Place::Disputed(state.fork.as_ref().map_or(seq, |Fork { seq, .. }| *seq)),
    }
}

/// Judges a stream by its recorded headers.
pub(super) fn judge(tx: &Tx<'_>, stream: &str, anchor: Option<Sm3Digest>) -> Result<State> {
    let id: StreamId = stream.parse().map_err(Error::unreadable)?;
    let mut chain = Chain::new(anchor);
    for link in tx.links(stream)? {
        // The enrolment that opened the stream is recorded under it with number 0; it is the anchor, not a link.
        if link.seq > 0 {
            let place = Link::new(id, link.seq, link.prev.map(Sm3Digest)).map_err(Error::unreadable)?;
            chain.insert(&place, Sm3Digest(link.header));
        }
    }
    let chosen: BTreeSet<Sm3Digest> = tx.fork_choices(stream)?.into_values().map(Sm3Digest).collect();
    Ok(chain.state(&chosen))
}

/// Follows the keys of an office from those whose digits were typed to those that were handed to.
pub(crate) fn of(tx: &Tx<'_>, office: &OfficeId) -> Result<Vec<Stretch>> {
    let mut keys = tx.keys_of(office)?;
    // A key that waits for its digits holds no stream, whichever it names.
    keys.retain(|key| key.state != KeyState::Pending);
    keys.sort_by_key(|key| key.id);
    let handovers = tx.handovers_of(office)?;
    let mut line: Vec<Stretch> = Vec::new();
    // A key is registered after the one that vouches for it.
    for key in keys {
        let (vouched, anchor) = vouched(&line, &handovers, &key);
        let state = judge(tx, &key.enrolled.stream, Some(anchor))?;
        let mut stretch = Stretch { key, state, vouched, hands_over_at: None };
        let own = handovers.iter().filter(|one| one.stream == stretch.key.enrolled.stream);
        let sound = own.filter(|one| stretch.place(one.seq, Sm3Digest(one.header)) == Place::Sound);
        stretch.hands_over_at = sound.map(|one| one.seq).min();
        line.push(stretch.without_gaps_beyond());
    }
    Ok(line)
}

/// Says how good the word is by which a key came in, and which header its stream begins at.
fn vouched(line: &[Stretch], handovers: &[Handover], key: &OfficeKey) -> (Place, Sm3Digest) {
    let to_it = handovers.iter().filter(|one| one.successor == Some(key.id));
    let placed = to_it.filter_map(|one| {
        let before = line.iter().find(|stretch| stretch.key.enrolled.stream == one.stream)?;
        Some((before.place(one.seq, Sm3Digest(one.header)), Sm3Digest(one.header)))
    });
    let best = placed.min_by_key(|(place, _)| place.rank());
    best.unwrap_or((Place::Sound, Sm3Digest(key.enrolled.enrolment)))
}

/// Says whether any key of an office handed over.
pub(crate) fn is_handed_on(tx: &Tx<'_>, office: &OfficeId) -> Result<bool> {
    Ok(!tx.handovers_of(office)?.is_empty())
}

/// Settles everything that an office sent, key after key.
pub(crate) fn settle_line(tx: &Tx<'_>, office: &OfficeId, today: chrono::NaiveDate) -> Result<Vec<Stretch>> {
    let line = of(tx, office)?;
    let mut moved = BTreeSet::new();
    for stretch in &line {
        let end = match stretch.vouched {
            Place::Discarded | Place::Beyond(_) => Some(0),
            Place::Sound | Place::Disputed(_) => stretch.hands_over_at,
        };
        tx.end_key(stretch.key.id, end, today)?;
        let headers: BTreeMap<_, _> = tx
            .links(&stretch.key.enrolled.stream)?
            .into_iter()
            .map(|link| (link.digest, link.header))
            .collect();
        for row in tx.returns_of_stream(&stretch.key.enrolled.stream)? {
            let Some(header) = headers.get(&row.bundle) else { continue };
            let next = state_at(tx, &row, &stretch.place(row.seq, Sm3Digest(*header)))?;
            if row.state != next {
                tx.set_return_state(row.id, next)?;
                moved.insert(row.period);
            }
        }
    }
    for period in moved {
        settle(tx, office, period)?;
    }
    Ok(line)
}

/// Says what becomes of a return at a place; what review and locks decided stays.
fn state_at(tx: &Tx<'_>, row: &ReturnRow, place: &Place) -> Result<ReturnState> {
    use ReturnState as R;
    Ok(match place {
        Place::Sound if matches!(row.state, R::Disputed | R::Superseded | R::Revoked) => released(tx, row)?,
        Place::Sound => row.state,
        Place::Disputed(_) => R::Disputed,
        // The operator chose another in its place: it waits for nobody, until the choice is changed.
        Place::Discarded => R::Superseded,
        Place::Beyond(_) => R::Revoked,
    })
}
