//! Receiving at the hub: workers verify, one writer applies.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use bundle::digest::Sha256Digest;
use bundle::header::Subject;
use bundle::v1::Payload;
use bundle::verify::Verified;
use chrono::NaiveDate;
use model::plan::Plan;

use super::apply::Arrivals;
use super::look::{Looked, Registry};
use super::{Progress, Received, Refusal, Verdict};
use crate::fetch::{self, Found};
use crate::{Error, Home, Result};

/// Bundles that wait for the writer, and the most that one transaction takes: enough to make a sync per transaction
/// cheap, few enough to keep memory small.
const BATCH: usize = 1024;

/// How long one transaction collects: so often the page sees how far it is, and it can be stopped. A stick of ordinary
/// length would otherwise be one batch.
const COLLECTING: Duration = Duration::from_millis(250);

/// The inflated records, in bytes, that one transaction takes; at most twice as many wait. Ordinary returns never reach it,
/// hostile ones of sixteen megabytes each would fill the memory.
const BATCH_WEIGHT: u64 = 32 * 1024 * 1024;

type Message = (usize, Result<Looked>);

impl Home {
    pub(super) fn receive_at_hub(
        &mut self,
        found: Vec<Found>,
        arrived: NaiveDate,
        progress: &mut Progress<'_>,
    ) -> Result<Vec<Received>> {
        let mut verdicts = self.pass(&found, arrived, progress)?;
        self.heal_at_hub(&found, &mut verdicts, arrived)?;
        Ok(found
            .into_iter()
            .zip(verdicts)
            .filter_map(|(found, verdict)| Some(Received { path: found.path, verdict: verdict? }))
            .collect())
    }

    /// Looks at every file once and applies what may be; there is no verdict of what was stopped before.
    pub(super) fn pass(
        &mut self,
        found: &[Found],
        arrived: NaiveDate,
        progress: &mut Progress<'_>,
    ) -> Result<Vec<Option<Verdict>>> {
        let own_keys = self.own_public_keys()?;
        let plans = self.issued_plans()?;
        let now = self.now();
        let review_on = self.setting(crate::accept::REVIEW)?.is_some();
        let (keys, streams) = self.ledger.read(|tx| Ok::<_, ledger::Error>((tx.keys()?, tx.streams()?)))?;
        let own_streams: Vec<_> = streams.into_iter().map(|stream| (stream.stream, stream.office)).collect();
        let plan_id = self.plan_id()?;
        let Self { ledger, archive, identity, limits, dir, .. } = self;
        let registry = Registry {
            hub: &identity.hub,
            plan: &plan_id,
            own_keys: &own_keys,
            own_streams: &own_streams,
            keys: keys.into_iter().map(|key| (key.enrolled.public_keys, key)).collect(),
            versions: plans.iter().map(|(version, plan)| (*version, (plan, plan.duties()))).collect(),
            limits: limits.clone(),
            archive,
            scratch: dir,
        };
        let describe = |verified: &Verified| crate::publish::received_row(verified, arrived, now);
        let mut verdicts: Vec<Option<Verdict>> = Vec::new();
        verdicts.resize_with(found.len(), || None);
        // Opened one after the other at the end: each may let in what the next one needs.
        let mut keys_to_come: Vec<(usize, Sha256Digest)> = Vec::new();
        let arrivals = Arrivals { registry: &registry, arrived, review_on };
        let next = AtomicUsize::new(0);
        let stop = AtomicBool::new(false);
        let scales = Scales::default();
        let workers = thread::available_parallelism().map_or(2, usize::from);
        thread::scope(|scope| -> Result<()> {
            let (sender, inbox) = mpsc::sync_channel(BATCH);
            for _ in 0..workers {
                let sender = sender.clone();
                scope.spawn(|| work(&registry, found, &next, &stop, &scales, &describe, sender));
            }
            drop(sender);
            let mut done = 0;
            let result = (|| {
                while let Some((batch, weight)) = batch(&inbox) {
                    done += batch.len() as u64;
                    let mut returns = Vec::new();
                    for (index, looked) in batch {
                        verdicts[index] = Some(match looked? {
                            Looked::Return(arriving) => {
                                returns.push((index, arriving));
                                continue;
                            }
                            Looked::Enrolment(digest) | Looked::Rotation(digest) => {
                                keys_to_come.push((index, digest));
                                continue;
                            }
                            Looked::Skipped(skipped) => Verdict::Skipped(skipped),
                            Looked::Own => Verdict::Own,
                            Looked::OwnHandover(version) => Verdict::OwnHandover { version },
                            Looked::Rejected(rejection) => Verdict::Rejected(rejection),
                            Looked::Refused(refusal) => Verdict::Refused(refusal),
                        });
                    }
                    archive.sync_batch()?;
                    let applied = ledger.write(|tx| arrivals.apply(tx, returns))?;
                    for (index, verdict) in applied {
                        verdicts[index] = Some(Verdict::from(verdict));
                    }
                    scales.take_off(weight);
                    if !progress(done, found.len() as u64) {
                        break;
                    }
                }
                Ok(())
            })();
            // Workers that wait to send are released when the inbox goes.
            stop.store(true, Ordering::Relaxed);
            scales.open();
            drop(inbox);
            result
        })?;
        drop(registry);
        for (index, digest) in keys_to_come {
            verdicts[index] = Some(self.take_in_key(&found[index], digest, arrived)?);
        }
        Ok(verdicts)
    }

    /// Takes in an enrolment, or a key that is handed to, that was verified before, if the file is still the same.
    fn take_in_key(&mut self, found: &Found, digest: Sha256Digest, arrived: NaiveDate) -> Result<Verdict> {
        let mut verified = match self.verify_file(&found.path) {
            Ok(verified) => verified,
            Err(Error::Rejected { rejection, .. }) => return Ok(Verdict::Rejected(rejection)),
            Err(other) => return Err(other),
        };
        if verified.file_digest() != digest {
            return Ok(Verdict::Skipped(fetch::Skipped::Unreadable));
        }
        if self.ledger.read(|tx| tx.bundle(&digest.0))?.is_some() {
            return Ok(Verdict::Duplicate);
        }
        if matches!(verified.header().claims.subject, Subject::Rotation { .. }) {
            return self.take_over(&mut verified, arrived);
        }
        let key = match self.keep_enrolment(&mut verified) {
            Ok(key) => key,
            // One hostile enrolment must not keep the rest of the drive from being received.
            Err(Error::EnrolledOtherwise | Error::StreamTaken | Error::BadEnrolment) => {
                self.keep_refused(&mut verified)?;
                return Ok(Verdict::Refused(Refusal::BadEnrolment));
            }
            Err(other) => return Err(other),
        };
        let name = match verified.payload() {
            Payload::Enrolment(enrolment) => model::names::reveal(&enrolment.office_name),
            _ => String::new(),
        };
        Ok(Verdict::EnrolmentWaiting { office: key.enrolled.office, name })
    }

    /// Reads every version of the plan that was issued; returns are checked against the one they were made against.
    pub(crate) fn issued_plans(&self) -> Result<BTreeMap<u32, Plan>> {
        let documents = self.ledger.read(|tx| {
            let versions = tx.issued_versions()?;
            versions
                .into_iter()
                .filter_map(|(version, _)| tx.issued(version).transpose())
                .collect::<Result<Vec<_>, _>>()
        })?;
        documents
            .iter()
            .map(|issued| Ok((issued.version, self.read_plan(&issued.document, issued.version)?)))
            .collect()
    }
}

/// Weighs what was looked at and not yet applied.
#[derive(Default)]
struct Scales {
    weight: Mutex<u64>,
    lighter: Condvar,
}

impl Scales {
    /// Puts a weight on, once there is room. A single one always finds room, however heavy.
    ///
    /// A batch ends before it holds all that may wait, so the writer never waits for workers that wait here.
    fn put_on(&self, more: u64) {
        let weight = self.weight.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |weight: &mut u64| *weight >= 2 * BATCH_WEIGHT;
        let mut weight = self.lighter.wait_while(weight, full).unwrap_or_else(PoisonError::into_inner);
        *weight += more;
    }

    fn take_off(&self, less: u64) {
        let mut weight = self.weight.lock().unwrap_or_else(PoisonError::into_inner);
        *weight = weight.saturating_sub(less);
        self.lighter.notify_all();
    }

    /// Lets everybody pass who waits.
    fn open(&self) {
        self.take_off(u64::MAX);
    }
}

fn work(
    registry: &Registry<'_>,
    found: &[Found],
    next: &AtomicUsize,
    stop: &AtomicBool,
    scales: &Scales,
    describe: &(impl Fn(&Verified) -> ledger::bundles::BundleRow + Sync),
    sender: SyncSender<Message>,
) {
    while !stop.load(Ordering::Relaxed) {
        let index = next.fetch_add(1, Ordering::Relaxed);
        let Some(file) = found.get(index) else { return };
        let looked = registry.look(file, describe);
        scales.put_on(weight(&looked));
        if sender.send((index, looked)).is_err() {
            return;
        }
    }
}

fn weight(looked: &Result<Looked>) -> u64 {
    match looked {
        Ok(Looked::Return(arriving)) => arriving.inflated,
        _ => 0,
    }
}

/// Waits for a bundle and takes those that come behind it, up to a batch, and says what they weigh; none when no more can come.
fn batch(inbox: &Receiver<Message>) -> Option<(Vec<Message>, u64)> {
    let first = inbox.recv().ok()?;
    let mut weighed = weight(&first.1);
    let mut batch = vec![first];
    let end = Instant::now() + COLLECTING;
    while batch.len() < BATCH && weighed < BATCH_WEIGHT {
        let left = end.saturating_duration_since(Instant::now());
        let Ok(message) = inbox.recv_timeout(left) else { break };
        weighed += weight(&message.1);
        batch.push(message);
    }
    Some((batch, weighed))
}
