//! What the offices send: one signed bundle each on the stick, and the same figures as rows of a CSV file.

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Instant;

use bundle::digest::{Sha256Digest, Sm3Digest};
use bundle::header::{Claims, Link, StreamId, Subject};
use bundle::keys::SecretKeys;
use bundle::limits::Limits;
use bundle::v1::Payload;
use model::figure::Figure;
use model::plan::Plan;
use model::returns::{Answer, Entry, Figures, Remarks, Return, SignOff};
use model::target::{Kind, Target};

use crate::{Size, cores, hub};

/// The month reported.
pub const PERIOD: &str = "2024-03";
/// Raised whenever what is made here changes, so that nothing made before is measured.
const EDITION: u32 = 1;
/// One entry in so many has a note.
const NOTED: u32 = 30;

/// Everything prepared: a hub's home, a stick, a CSV file.
pub struct Offices {
    folder: PathBuf,
    /// How many there are.
    pub size: Size,
}

/// An office with its keys.
pub struct Member {
    /// Its number.
    pub n: u32,
    /// Its keys.
    pub keys: SecretKeys,
    /// Its progress stream.
    pub stream: StreamId,
    /// Header digest of its enrolment.
    pub enrolment: Sm3Digest,
}

impl Offices {
    /// Makes what is not there yet.
    pub fn prepare(size: Size) -> Self {
        let bench = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("bench");
        let folder = bench.join(format!("{EDITION}-{}x{}", size.bundles, size.entries));
        let offices = Self { folder, size };
        if !offices.folder.exists() {
            // Under another name until it is whole.
            fs::create_dir_all(&bench).unwrap();
            let making = tempfile::Builder::new().prefix("making-").tempdir_in(&bench).unwrap();
            let start = Instant::now();
            Self { folder: making.path().to_owned(), size }.make();
            fs::rename(making.keep(), &offices.folder).unwrap();
            println!("made {} bundles in {:.1} s", size.bundles, start.elapsed().as_secs_f64());
        }
        offices
    }

    /// Where everything lies.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The hub's home before anything was received.
    pub fn home(&self) -> PathBuf {
        self.folder.join("home")
    }

    /// The folder that stands for the stick.
    pub fn stick(&self) -> PathBuf {
        self.folder.join("stick")
    }

    /// The same figures for `sqlite3`.
    pub fn csv(&self) -> PathBuf {
        self.folder.join("rows.csv")
    }

    fn make(&self) {
        let plan = hub::make(&self.home(), self.size);
        fs::create_dir(self.stick()).unwrap();
        let share = (self.size.bundles as usize).div_ceil(cores()).max(1) as u32;
        let members: Vec<Member> = thread::scope(|scope| {
            let workers: Vec<_> = (0..self.size.bundles)
                .step_by(share as usize)
                .map(|first| (first, self.size.bundles.min(first + share)))
                .map(|(first, end)| {
                    let plan = &plan;
                    scope.spawn(move || (first..end).map(|n| self.send(plan, n)).collect::<Vec<_>>())
                })
                .collect();
            workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
        });
        hub::enrol(&self.home(), &members);
        let mut csv = BufWriter::new(File::create(self.csv()).unwrap());
        for n in 0..self.size.bundles {
            let sent = report(&plan, n);
            for (target, entry) in &sent.entries {
                let (first, second) = columns(&entry.answer);
                writeln!(csv, "{},{target},{first},{second},{}", sent.office, entry.remarks.note).unwrap();
            }
        }
        csv.flush().unwrap();
    }

    fn send(&self, plan: &Plan, n: u32) -> Member {
        let member = Member::new(n);
        let name = format!("上报-{}-{PERIOD}-0001.tzb", plan.office(&hub::id(n)).unwrap().name());
        let mut file = BufWriter::new(File::create(self.stick().join(name)).unwrap());
        let payload = Payload::Progress(report(plan, n));
        let claims = member.claims(plan);
        bundle::write::write(&member.keys, claims, &payload, &mut [], &Limits::default(), &mut file).unwrap();
        member
    }
}

impl Member {
    /// Makes office `n`, the same in every run.
    pub fn new(n: u32) -> Self {
        let secret = |what: &str| Sha256Digest::of(format!("{what} {n}").as_bytes()).0;
        let seeds = [secret("sm2"), secret("ed25519")].concat();
        let stream = secret("stream");
        Self {
            n,
            keys: SecretKeys::from_seeds(seeds.first_chunk().unwrap()).unwrap(),
            stream: StreamId(*stream.first_chunk().unwrap()),
            enrolment: Sm3Digest(secret("enrolment")),
        }
    }

    /// Says what its bundle is.
    pub fn claims(&self, plan: &Plan) -> Claims {
        Claims {
            hub: plan.hub.clone(),
            plan: plan.id.clone(),
            plan_version: plan.version,
            subject: Subject::Progress {
                office: hub::id(self.n),
                period: hub::period(),
                link: Link::first(self.stream, Some(self.enrolment)),
                last_receipt: None,
                stand_in: false,
            },
            created: "2024-04-03T09:30:00+08:00".to_owned(),
            application: "taizhang 0.1.0".to_owned(),
        }
    }
}

/// The return of office `n`.
pub fn report(plan: &Plan, n: u32) -> Return {
    let entry = |(e, target): (usize, &Target)| {
        let e = e as u32;
        let noted = (n + e).is_multiple_of(NOTED);
        let note = if noted {
            format!("截至3月底已完成{}项，其余按计划推进。", n % 100)
        } else {
            String::new()
        };
        let answer = Answer::Figures(figures(plan, target, n, e));
        let remarks = Remarks { note, ..Remarks::default() };
        (target.id.clone(), Entry { answer, remarks, evidence: Vec::new() })
    };
    Return {
        office: hub::id(n),
        period: hub::period(),
        plan_version: plan.version,
        nil: false,
        stand_in: false,
        sign_off: SignOff {
            filled_by: "张三".into(), checked_by: "李四".into(), issued_by: "王五".into()
        },
        entries: plan.targets.iter().enumerate().map(entry).collect(),
    }
}

/// Figures that differ from office to office and pass every check.
fn figures(plan: &Plan, target: &Target, n: u32, e: u32) -> Figures {
    // What bounds another figure lies above it.
    let bounds = plan.comparisons.iter().any(|pair| pair.greater == target.id);
    let whole = n % 9_973 * 10 + e + if bounds { 1_000_000 } else { 0 };
    let figure = |value: u32, decimals: u32| -> Figure {
        let text = if decimals == 0 { value.to_string() } else { format!("{value}.{decimals}") };
        text.parse().unwrap()
    };
    match target.kind() {
        Kind::Count | Kind::Stock => Figures::Amount(figure(whole, n % 10)),
        Kind::Milestone | Kind::Statement => Figures::Stage((n % 2) as u8),
        Kind::Growth | Kind::Share | Kind::Relative => {
            Figures::Pair(figure(whole, n % 10), figure(whole + 100 + e, e % 10))
        }
    }
}

fn columns(answer: &Answer) -> (String, String) {
    match answer {
        Answer::Figures(Figures::Amount(amount)) => (amount.to_string(), String::new()),
        Answer::Figures(Figures::Pair(first, second)) => (first.to_string(), second.to_string()),
        Answer::Figures(Figures::Stage(stage)) => (stage.to_string(), String::new()),
        other => unreachable!("{other:?} is never reported here"),
    }
}
