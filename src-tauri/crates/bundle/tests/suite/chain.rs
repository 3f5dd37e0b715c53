//! The verdict on a stream is a function of the set of its headers.

use std::collections::BTreeSet;

use bundle::chain::{Chain, Standing, State};
use bundle::digest::Sm3Digest;
use bundle::header::{Link, MAX_INTEGER};
use proptest::prelude::*;

use crate::fixture::{anchor, stream};

/// A header of a number, told apart by a letter.
fn header(seq: u64, letter: char) -> Sm3Digest {
    Sm3Digest::of(format!("{seq}{letter}").as_bytes())
}

fn named(name: &str) -> Sm3Digest {
    header(name[..name.len() - 1].parse().unwrap(), name.chars().last().unwrap())
}

/// `"1a<"`, `"3b<a"`: number, letter, letter of the predecessor; `<` alone names the anchor, `<-` none, `<1a` that header.
fn link(text: &str) -> (Link, Sm3Digest) {
    let (own, prev) = text.split_once('<').unwrap();
    let (letter, seq) = (own.chars().last().unwrap(), own[..own.len() - 1].parse().unwrap());
    let prev = match prev.chars().next() {
        None => Some(anchor()),
        Some('-') => None,
        Some(number) if number.is_ascii_digit() => Some(named(prev)),
        Some(prev) => Some(header(seq - 1, prev)),
    };
    (Link::new(stream(), seq, prev).unwrap(), header(seq, letter))
}

fn chain(links: &str) -> Chain {
    let mut chain = Chain::new(Some(anchor()));
    for (link, digest) in links.split_whitespace().map(link) {
        chain.insert(&link, digest);
    }
    chain
}

/// `head | gaps | fork | disputed | discarded` after the operator's choices, in the letters of the headers.
fn sum(links: &str, choices: &str) -> String {
    let name =
        |seq: u64, digest| ('a'..='z').find(|l| header(seq, *l) == digest).map(|l| format!("{seq}{l}"));
    let state = chain(links).state(&choices.split_whitespace().map(named).collect());
    let standing = |wanted| {
        let those = state.standings.iter().filter(move |(_, s)| **s == wanted);
        let mut those: Vec<_> = those.map(|((seq, digest), _)| name(*seq, *digest).unwrap()).collect();
        those.sort();
        those.join(" ")
    };
    format!(
        "{} | {} | {} | {} | {}",
        state.head.map_or(String::new(), |(seq, digest)| name(seq, digest).unwrap()),
        state.gaps.iter().map(|g| format!("{}-{}", g.start(), g.end())).collect::<Vec<_>>().join(" "),
        state.fork.as_ref().map_or(String::new(), |fork| fork.seq.to_string()),
        standing(Standing::Disputed),
        standing(Standing::Discarded),
    )
}

#[test]
fn streams_are_judged_as_the_format_says() {
    let cases = [
        // links, choices, head | gaps | fork | disputed | discarded
        ("", "", " |  |  |  | "),
        ("1a< 2a<a 3a<a", "", "3a |  |  |  | "),
        ("3a<a", "", "3a | 1-2 |  |  | "),
        ("1a< 2a<a 6a<a", "", "6a | 3-5 |  |  | "),
        // The same number twice.
        ("1a< 2a<a 2b<a 3a<a", "", "1a |  | 2 | 2a 2b 3a | "),
        ("1a< 2a<a 2b<a 3a<a", "2a", "3a |  |  |  | 2b"),
        ("1a< 2a<a 2b<a 3a<a", "2b", "2b |  |  |  | 2a 3a"),
        ("1a< 2a<a 2b<a 3a<a", "2a 2b", "1a |  | 2 | 2a 2b 3a | "),
        // A predecessor that contradicts the known one proves a second header.
        ("1a< 2a<a 3a<b", "", "1a |  | 2 | 2a 3a | "),
        ("1a< 2a<a 3a<b", "2a", "2a |  |  |  | 3a"),
        ("1a< 2a<a 3a<b", "2b", "3a | 2-2 |  |  | 2a"),
        // … also when neither of the two has arrived.
        ("1a< 3a<a 3b<b", "", "1a | 2-2 | 2 | 3a 3b | "),
        // The anchor.
        ("1a<x 2a<a", "", " |  | 0 | 1a 2a | "),
        ("1a<- 2a<a", "", " |  | 0 | 1a 2a | "),
        ("1a< 1b<x", "", " |  | 0 | 1a 1b | "),
        // A second fork above a decided one.
        ("1a< 1b< 2a<a 2b<a", "1a", "1a |  | 2 | 2a 2b | 1b"),
        ("1a< 1b< 2a<a 2b<a 3b<b", "1a 2b", "3b |  |  |  | 1b 2a"),
        ("1a< 1b< 2a<a 2b<b 3a<a 3b<b", "1b", "3b |  |  |  | 1a 2a 3a"),
        // After a decided fork, what descends from nothing known stays in dispute until it does, or is chosen.
        ("1a< 1b< 3a<a", "1a", "1a | 2-2 |  | 3a | 1b"),
        ("1a< 1b< 2a<a 3a<a", "1a", "3a |  |  |  | 1b"),
        ("1a< 1b< 2a<b 3a<a", "1a", "1a |  |  |  | 1b 2a 3a"),
        ("1a< 1b< 3a<a 4a<a", "1a 3a", "4a | 2-2 |  |  | 1b"),
        ("1a< 1b< 3a<a 4a<a", "1a 2a", "4a | 2-2 |  |  | 1b"),
        ("1a< 1b< 3a<a 4a<a", "1a 4a", "4a | 2-2 |  | 3a | 1b"),
        ("1a< 1b< 3a<1a", "1a", "1a | 2-2 |  | 3a | 1b"),
        // A choice where there is no fork changes nothing.
        ("1a< 2a<a", "1a", "2a |  |  |  | "),
        ("1a< 2a<a", "2b", "2a |  |  |  | "),
    ];
    for (links, choices, expected) in cases {
        assert_eq!(sum(links, choices), expected, "{links:?} {choices:?}");
    }
}

fn judge(links: &[(Link, Sm3Digest)], chosen: &BTreeSet<Sm3Digest>) -> State {
    let mut chain = Chain::new(Some(anchor()));
    for (link, digest) in links {
        chain.insert(link, *digest);
    }
    chain.state(chosen)
}

/// Streams in which numbers are missing, stand twice and name predecessors that never arrive.
fn tangled() -> impl Strategy<Value = Vec<(Link, Sm3Digest)>> {
    let one = (1..7_u64, 0..2_u8, 0..3_u8).prop_map(|(seq, own, prev)| {
        let letter = |n: u8| char::from(b'a' + n);
        let prev = if seq == 1 && prev == 0 { anchor() } else { header(seq - 1, letter(prev)) };
        let digest = Sm3Digest::of(&[header(seq, letter(own)).0, prev.0].concat());
        // Mostly one line: the first letter of a number keeps its plain digest, so that successors find it.
        let digest = if own == 0 { header(seq, 'a') } else { digest };
        (Link::new(stream(), seq, Some(prev)).unwrap(), digest)
    });
    proptest::collection::vec(one, 0..12).prop_map(|mut links| {
        // A digest stands for one header: what names two predecessors is not one.
        let mut seen = BTreeSet::new();
        links.retain(|(_, digest)| seen.insert(*digest));
        links
    })
}

/// An honest stream of 1 to 12 bundles, and which of them have arrived.
fn honest() -> impl Strategy<Value = Vec<((Link, Sm3Digest), bool)>> {
    proptest::collection::vec(any::<bool>(), 1..12).prop_map(|arrived| {
        let link = |(seq, arrived): (u64, bool)| {
            let prev = if seq == 1 { anchor() } else { header(seq - 1, 'a') };
            ((Link::new(stream(), seq, Some(prev)).unwrap(), header(seq, 'a')), arrived)
        };
        (1..).zip(arrived).map(link).collect()
    })
}

proptest! {
    #[test]
    fn the_order_of_arrival_decides_nothing(
        (links, shuffled) in tangled().prop_flat_map(|l| (Just(l.clone()), Just(l).prop_shuffle())),
        picks in proptest::collection::vec(any::<prop::sample::Index>(), 0..3),
    ) {
        let chosen = match links.len() {
            0 => BTreeSet::new(),
            n => picks.iter().map(|i| links[i.index(n)].1).collect(),
        };
        let state = judge(&links, &chosen);
        prop_assert_eq!(&judge(&shuffled, &chosen), &state);
        let twice = [links, shuffled].concat();
        prop_assert_eq!(judge(&twice, &chosen), state);
    }

    #[test]
    fn only_a_dispute_moves_the_head_back(links in tangled(), more in tangled()) {
        let mut all = links.clone();
        let seen: BTreeSet<_> = links.iter().map(|(_, digest)| *digest).collect();
        all.extend(more.into_iter().filter(|(_, digest)| !seen.contains(digest)));
        let (before, after) = (judge(&links, &seen), judge(&all, &seen));
        let (undecided, later) = (judge(&links, &BTreeSet::new()), judge(&all, &BTreeSet::new()));
        prop_assert!(later.fork.is_some() || later.head.map(|h| h.0) >= undecided.head.map(|h| h.0));
        let disputed = after.standings.values().any(|s| *s != Standing::Sound);
        prop_assert!(disputed || after.head.map(|h| h.0) >= before.head.map(|h| h.0));
    }

    #[test]
    fn below_the_fork_all_is_sound_and_above_it_nothing(links in tangled()) {
        let state = judge(&links, &BTreeSet::new());
        let from = state.fork.map_or(u64::MAX, |fork| fork.seq);
        for ((seq, _), standing) in state.standings {
            prop_assert_eq!(standing == Standing::Sound, seq < from, "{}", seq);
        }
    }

    #[test]
    fn after_a_choice_what_is_sound_descends_from_it(links in tangled()) {
        let Some(fork) = judge(&links, &BTreeSet::new()).fork else { return Ok(()) };
        for choice in fork.candidates.into_iter().flatten() {
            let state = judge(&links, &BTreeSet::from([choice]));
            prop_assert!(state.fork.is_none_or(|next| next.seq > fork.seq));
            for (link, digest) in links.iter().filter(|(link, _)| link.seq() > fork.seq) {
                if state.standings[&(link.seq(), *digest)] == Standing::Sound {
                    let prev = link.prev().unwrap();
                    let parent = state.standings.get(&(link.seq() - 1, prev));
                    prop_assert!(prev == choice || parent == Some(&Standing::Sound));
                }
            }
        }
    }

    #[test]
    fn an_honest_stream_never_forks_and_its_gaps_heal(links in honest()) {
        let arrived: Vec<_> = links.iter().filter(|(_, arrived)| *arrived).map(|(link, _)| *link).collect();
        let state = judge(&arrived, &BTreeSet::new());
        prop_assert_eq!(state.fork, None);
        prop_assert_eq!(state.head.map(|h| h.0), arrived.last().map(|(link, _)| link.seq()));
        let missing: Vec<u64> = state.gaps.into_iter().flatten().collect();
        let top = state.head.map_or(0, |h| h.0);
        let expected: Vec<u64> =
            links.iter().filter(|((l, _), arrived)| !arrived && l.seq() < top).map(|((l, _), _)| l.seq()).collect();
        prop_assert_eq!(missing, expected);

        let all: Vec<_> = links.iter().map(|(link, _)| *link).collect();
        prop_assert_eq!(judge(&all, &BTreeSet::new()).gaps, vec![]);
    }
}

#[test]
fn numbers_may_be_as_large_as_they_can_be() {
    let far = Link::new(stream(), MAX_INTEGER, Some(header(9, 'a'))).unwrap();
    let state = judge(&[(far, header(MAX_INTEGER, 'a'))], &BTreeSet::new());
    assert_eq!(state.gaps, [1..=MAX_INTEGER - 1]);
    assert!(Link::new(stream(), MAX_INTEGER + 1, Some(anchor())).is_err());
    assert!(Link::new(stream(), 0, None).is_err());
    assert!(Link::new(stream(), 2, None).is_err());
}
