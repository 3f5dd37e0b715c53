//! After every step, whatever came before it: the hub's heads are those of the files received, and none ever moves back but for
//! proof of a fork or of an end.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use app::Home;
use bundle::digest::Sm3Digest;
use bundle::header::{StreamId, Subject};
use bundle::v1::{Outcome, Payload, Receipt};
use ledger::Ledger;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use testkit::forge::{clone_folder, keys_of};
use testkit::{District, Opened, PASSPHRASE, TurnableClock, period, taken, world};

use crate::order::seen;

const OFFICES: usize = 3;
const MONTHS: [&str; 3] = ["2024-02", "2024-03", "2024-04"];

/// What a file says of its stream.
struct Filed {
    path: PathBuf,
    stream: StreamId,
    seq: u64,
    prev: Option<Sm3Digest>,
    header: Sm3Digest,
    /// The stream that it hands over to.
    successor: Option<StreamId>,
    /// An office that lost nothing and was never copied would not have sent it.
    hostile: bool,
}

impl Filed {
    fn of(path: PathBuf, hostile: bool) -> Self {
        let opened = Opened::of(&path);
        let link = opened.link();
        let successor = match &opened.claims.subject {
            Subject::Rotation { successor, .. } => Some(successor.stream),
            _ => None,
        };
        let (stream, seq, prev, header) = (link.stream(), link.seq(), link.prev(), opened.header);
        Self { path, stream, seq, prev, header, successor, hostile }
    }
}

/// What the format says of one stream: `(number, header)` of the head, what is missing below it, the end.
type Heads = BTreeMap<StreamId, (u64, Sm3Digest, Vec<u64>, Option<u64>)>;

/// Works out §5 of FORMAT.md by its words, for streams in which the operator chose nothing.
struct Stated {
    heads: Heads,
    forks: BTreeMap<StreamId, u64>,
    ends: BTreeMap<StreamId, u64>,
}

impl Stated {
    fn of(files: &[Filed], received: &BTreeSet<usize>, roots: &[(StreamId, Sm3Digest)]) -> Self {
        let here: Vec<&Filed> = received.iter().map(|at| &files[*at]).collect();
        let mut stated = Self { heads: Heads::new(), forks: BTreeMap::new(), ends: BTreeMap::new() };
        for (stream, anchor) in roots {
            stated.follow(&here, *stream, *anchor);
        }
        stated
    }

    fn follow(&mut self, here: &[&Filed], stream: StreamId, anchor: Sm3Digest) {
        let own: Vec<&Filed> = here.iter().filter(|file| file.stream == stream).copied().collect();
        let mut attested: BTreeMap<u64, BTreeSet<Option<Sm3Digest>>> = BTreeMap::new();
        attested.entry(0).or_default().insert(Some(anchor));
        for file in &own {
            attested.entry(file.seq).or_default().insert(Some(file.header));
            attested.entry(file.seq - 1).or_default().insert(file.prev);
        }
        let fork = attested.iter().find(|(_, headers)| headers.len() > 1).map(|(seq, _)| *seq);
        let sound = |file: &&&Filed| fork.is_none_or(|fork| file.seq < fork);
        let rotations = own.iter().filter(sound).filter(|file| file.successor.is_some());
        let last = rotations.min_by_key(|file| file.seq);
        let end = last.map(|file| file.seq);
        let counting = own.iter().filter(sound).filter(|file| end.is_none_or(|end| file.seq <= end));
        if let Some(head) = counting.max_by_key(|file| file.seq) {
            let missing = (1..head.seq).filter(|seq| own.iter().all(|file| file.seq != *seq)).collect();
            self.heads.insert(stream, (head.seq, head.header, missing, end));
        }
        self.forks.extend(fork.map(|fork| (stream, fork)));
        self.ends.extend(end.map(|end| (stream, end)));
        // A head is that of its stream by itself: it stays while nobody knows whether its key follows.
        for file in own.iter().filter(|file| end.is_none_or(|end| file.seq <= end)) {
            if let Some(next) = file.successor {
                self.follow(here, next, file.header);
            }
        }
    }
}

/// Three offices: a computer that was copied, a key that hands over while somebody goes on with the old one, and one with a
/// return that our program would not have let out.
fn files(district: &mut District) -> Vec<Filed> {
    let mut files = Vec::new();
    let report = |district: &mut District, office: usize, month: &str, count: &str| {
        let folder = format!("out-{office}-{month}-{count}");
        Filed::of(district.report(office, month, count, &folder).path, false)
    };
    files.push(report(district, 0, "2024-02", "5"));
    files.push(report(district, 0, "2024-03", "10"));
    let copy = district.at("copy-0");
    clone_folder(district.offices[0].dir(), &copy);
    files.push(report(district, 0, "2024-04", "15"));
    files.push(report(district, 0, "2024-03", "11"));
    for (month, count) in [("2024-03", "30"), ("2024-04", "40")] {
        let rival = district.rival(&copy, month, count, &format!("rival-{month}"));
        files.push(Filed::of(rival.path, true));
    }

    let first = report(district, 1, "2024-02", "6");
    let copy = district.at("copy-1");
    clone_folder(district.offices[1].dir(), &copy);
    let to = district.at("rotation");
    let rotation = Filed::of(district.offices[1].rotate_key(PASSPHRASE, &to).unwrap().path, false);
    let old = keys_of(&copy);
    let beyond = Opened::of(&first.path).relinked(first.stream, 3, Some(rotation.header)).with_count("99");
    files.push(Filed::of(beyond.sealed(&old, &district.at("forged/beyond.tzb")), true));
    let rival = Opened::of(&first.path).relinked(first.stream, 2, Some(first.header)).with_count("98");
    files.push(Filed::of(rival.sealed(&old, &district.at("forged/beside.tzb")), true));
    files.extend([first, rotation]);
    files.push(report(district, 1, "2024-03", "12"));
    files.push(report(district, 1, "2024-04", "18"));

    files.push(report(district, 2, "2024-02", "7"));
    files.push(report(district, 2, "2024-03", "9"));
    files.push(report(district, 2, "2024-02", "8"));
    let third = &files[files.len() - 1];
    let mut hole = Opened::of(&third.path).relinked(third.stream, 4, Some(third.header));
    hole.content().entries.remove(&testkit::plan::target_id(testkit::plan::COUNT));
    let hole = hole.sealed(&keys_of(district.offices[2].dir()), &district.at("forged/hole.tzb"));
    files.push(Filed::of(hole, false));
    files
}

#[derive(Debug, Clone)]
enum Step {
    /// Some files come, in this order; some of them were there before.
    Take(Vec<usize>),
    Lock(usize),
    Unlock(usize),
    /// An office takes in one of the receipts that were ever sent to it.
    Answer(usize, prop::sample::Index),
}

/// A hub and its offices, and everything that was said so far.
struct Machine<'a> {
    files: &'a [Filed],
    roots: &'a [(StreamId, Sm3Digest)],
    hub: Home,
    offices: Vec<Home>,
    folder: tempfile::TempDir,
    received: BTreeSet<usize>,
    heads: Heads,
    receipts: BTreeMap<String, Vec<(u64, PathBuf)>>,
    answered: Vec<u64>,
}

impl<'a> Machine<'a> {
    fn new(
        pristine: &Path,
        clock: &TurnableClock,
        files: &'a [Filed],
        roots: &'a [(StreamId, Sm3Digest)],
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let open = |name: &str, seed| {
            let home = folder.path().join(name);
            clone_folder(&pristine.join(name), &home);
            Home::open(&home, world(clock, seed)).unwrap()
        };
        let offices = (0..OFFICES).map(|at| open(&format!("office-{at}"), 20 + at as u64)).collect();
        let (received, heads, receipts) = (BTreeSet::new(), Heads::new(), BTreeMap::new());
        let answered = vec![0; OFFICES];
        let hub = open("hub", 7);
        Self { files, roots, hub, offices, folder, received, heads, receipts, answered }
    }

    fn go(&mut self, step: &Step) -> Result<(), TestCaseError> {
        match step {
            Step::Take(some) => {
                let paths: Vec<_> = some.iter().map(|at| self.files[*at].path.clone()).collect();
                self.hub.receive(&paths, None, &mut |_, _| true).unwrap();
                self.received.extend(some);
            }
            // A month that is locked already, or not, is told so, and nothing happens.
            Step::Lock(month) => drop(self.hub.lock(period(MONTHS[*month]), "印发")),
            Step::Unlock(month) => drop(self.hub.unlock_period(period(MONTHS[*month]), "补收")),
            Step::Answer(office, which) => return self.answer(*office, which),
        }
        self.look()
    }

    /// Holds what the hub says in its receipts against the format, and against what it said before.
    fn look(&mut self) -> Result<(), TestCaseError> {
        let to = self.folder.path().join("receipts");
        let mut heads = Heads::new();
        for (office, sent) in self.hub.send_receipts(None, PASSPHRASE, &to).unwrap() {
            let opened = Opened::of(&sent.path);
            let before = self.receipts.entry(office.to_string()).or_default();
            let last = before.last().map_or(0, |(seq, _)| *seq);
            prop_assert_eq!(opened.link().seq(), if sent.again { last } else { last + 1 });
            before.push((opened.link().seq(), sent.path));
            let Payload::Receipt(receipt) = opened.payload else { panic!("a receipt") };
            self.check_verdicts(&receipt)?;
            heads.extend(receipt.heads.into_iter().map(|head| {
                let missing = head.missing.into_iter().flatten().collect();
                (head.stream, (head.seq, head.header, missing, head.closed))
            }));
        }
        let stated = Stated::of(self.files, &self.received, self.roots);
        prop_assert_eq!(&heads, &stated.heads, "after {:?}", self.received);
        for (stream, (seq, header, ..)) in &self.heads {
            let disputed = stated.forks.get(stream).is_some_and(|fork| fork <= seq);
            let closed = stated.ends.get(stream).is_some_and(|end| end < seq);
            let now = heads.get(stream).map(|(now, head, ..)| (*now, *head));
            let forward = now.is_some_and(|now| now.0 > *seq || now == (*seq, *header));
            prop_assert!(forward || disputed || closed, "{stream} from {seq} to {now:?}");
        }
        self.heads = heads;
        Ok(())
    }

    /// Nothing is called accepted that is disputed, or lies beyond an end.
    fn check_verdicts(&self, receipt: &Receipt) -> Result<(), TestCaseError> {
        for said in &receipt.verdicts {
            let head = receipt.heads.iter().find(|head| head.stream == said.stream);
            if said.outcome == Outcome::Accepted {
                prop_assert!(head.is_some_and(|head| said.seq <= head.seq), "{said:?} above {head:?}");
            }
        }
        Ok(())
    }

    /// An office may get its receipts late and twice: what it knows of the hub never moves back.
    fn answer(&mut self, office: usize, which: &prop::sample::Index) -> Result<(), TestCaseError> {
        let id = testkit::plan::office_id(office).to_string();
        let Some(sent) = self.receipts.get(&id) else { return Ok(()) };
        let (_, path) = which.get(sent);
        taken(&mut self.offices[office], path);
        let ledger = Ledger::open(&self.offices[office].dir().join("ledger.db")).unwrap();
        let last = ledger.read(|tx| {
            let taken_in = tx.last_receipt()?;
            taken_in.map_or(Ok(None), |taken_in| tx.bundle(&taken_in.bundle))
        });
        let now = last.unwrap().map_or(0, |row| row.seq);
        prop_assert!(now >= self.answered[office], "from {} to {now}", self.answered[office]);
        self.answered[office] = now;
        Ok(())
    }
}

fn steps(files: &[Filed]) -> impl Strategy<Value = Vec<Step>> + use<> {
    let honest: Vec<usize> = (0..files.len()).filter(|at| !files[*at].hostile).collect();
    let everything: Vec<usize> = (0..files.len()).collect();
    let some = |from: Vec<usize>| proptest::collection::vec(proptest::sample::select(from), 1..4);
    // In one run in three every office is honest: then nothing excuses a head that moves back.
    let from = prop_oneof![1 => Just(honest), 2 => Just(everything)];
    from.prop_flat_map(move |from| {
        let step = prop_oneof![
            6 => some(from).prop_map(Step::Take),
            1 => (0..MONTHS.len()).prop_map(Step::Lock),
            1 => (0..MONTHS.len()).prop_map(Step::Unlock),
            2 => (0..OFFICES, any::<prop::sample::Index>()).prop_map(|(at, which)| Step::Answer(at, which)),
        ];
        proptest::collection::vec(step, 4..16)
    })
}

#[test]
fn after_every_step_the_heads_are_those_of_the_files_and_never_move_back() {
    let mut district = District::new(OFFICES);
    let files = files(&mut district);
    let pristine = district.at("pristine");
    clone_folder(district.hub.dir(), &pristine.join("hub"));
    for (at, office) in district.offices.iter().enumerate() {
        clone_folder(office.dir(), &pristine.join(format!("office-{at}")));
    }
    let successors: BTreeSet<_> = files.iter().filter_map(|file| file.successor).collect();
    let firsts = files.iter().filter(|file| file.seq == 1 && !successors.contains(&file.stream));
    let roots: Vec<_> = firsts.map(|file| (file.stream, file.prev.expect("an enrolment"))).collect();
    assert_eq!(roots.len(), OFFICES);
    let clock = district.clock.clone();
    let config = Config { cases: 16, failure_persistence: None, ..Config::default() };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let outcome = TestRunner::new_with_rng(config, rng).run(&steps(&files), |steps| {
        let mut machine = Machine::new(&pristine, &clock, &files, &roots);
        for step in &steps {
            machine.go(step)?;
        }
        // Locks come and go, and leave no trace in what counts.
        for month in MONTHS {
            drop(machine.hub.unlock_period(period(month), "年终"));
        }
        let mut at_once = Machine::new(&pristine, &clock, &files, &roots);
        let all: Vec<usize> = machine.received.iter().copied().collect();
        if !all.is_empty() {
            at_once.go(&Step::Take(all))?;
        }
        let expected = seen(&mut at_once.hub, &at_once.folder.path().join("last"));
        prop_assert_eq!(seen(&mut machine.hub, &machine.folder.path().join("last")), expected);
        Ok(())
    });
    outcome.unwrap();
}
