//! Receiving at the hub: workers verify, one writer applies.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::thread;

use bundle::v1::Payload;
use bundle::verify::Verified;
use chrono::NaiveDate;
use model::plan::Plan;

use super::apply::Arrivals;
use super::look::{Looked, Registry};
use super::{Progress, Received, Verdict};
use crate::fetch::Found;
use crate::{Error, Home, Result};

/// Bundles that wait for the writer, and the most that one transaction takes: enough to make a sync per transaction
/// cheap, few enough to keep memory small.
const BATCH: usize = 1024;

type Message = (usize, Result<Looked>);

impl Home {
    pub(super) fn receive_at_hub(
        &mut self,
        found: Vec<Found>,
        arrived: NaiveDate,
        progress: &mut Progress<'_>,
    ) -> Result<Vec<Received>> {
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
            own_keys: &identity.own_keys,
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
        let mut rest: Vec<(usize, Looked)> = Vec::new();
        let arrivals = Arrivals { registry: &registry, arrived, review_on };
        let next = AtomicUsize::new(0);
        let stop = AtomicBool::new(false);
        let workers = thread::available_parallelism().map_or(2, usize::from);
        thread::scope(|scope| -> Result<()> {
            let (sender, inbox) = mpsc::sync_channel(BATCH);
            for _ in 0..workers {
                let sender = sender.clone();
                scope.spawn(|| work(&registry, &found, &next, &stop, &describe, sender));
            }
            drop(sender);
            let mut done = 0;
            let result = (|| {
                while let Some(batch) = batch(&inbox) {
                    done += batch.len() as u64;
                    let (returns, others) = sort(batch)?;
                    rest.extend(others);
                    archive.sync_batch()?;
                    let applied = ledger.write(|tx| arrivals.apply(tx, returns))?;
                    for (index, verdict) in applied {
                        verdicts[index] = Some(Verdict::from(verdict));
                    }
                    if !progress(done, found.len() as u64) {
                        break;
                    }
                }
                Ok(())
            })();
            // Workers that wait to send are released when the inbox goes.
            stop.store(true, Ordering::Relaxed);
            drop(inbox);
            result
        })?;
        drop(registry);
        for (index, looked) in rest {
            verdicts[index] = Some(self.conclude(looked)?);
        }
        Ok(found
            .into_iter()
            .zip(verdicts)
            .filter_map(|(found, verdict)| Some(Received { path: found.path, verdict: verdict? }))
            .collect())
    }

    /// Deals with everything that is not a return.
    fn conclude(&mut self, looked: Looked) -> Result<Verdict> {
        Ok(match looked {
            Looked::Skipped(skipped) => Verdict::Skipped(skipped),
            Looked::Own => Verdict::Own,
            Looked::Unreadable(rejection) => Verdict::Rejected(rejection),
            Looked::Rejected(refused) => Verdict::Rejected(self.set_aside(*refused)?),
            Looked::Refused(refusal, mut verified) => {
                let mut bytes = Vec::new();
                verified.copy_to(&mut bytes).map_err(Error::io(&self.dir))?;
                self.keep_aside(&bytes)?;
                Verdict::Refused(refusal)
            }
            Looked::Enrolment(mut verified) => {
                if self.ledger.read(|tx| tx.bundle(&verified.file_digest().0))?.is_some() {
                    return Ok(Verdict::Duplicate);
                }
                let key = self.keep_enrolment(&mut verified)?;
                let name = match verified.payload() {
                    Payload::Enrolment(enrolment) => model::names::reveal(&enrolment.office_name),
                    _ => String::new(),
                };
                Verdict::EnrolmentWaiting { office: key.enrolled.office, name }
            }
            Looked::Return(_) => return Err(Error::unreadable("a return outside its batch")),
        })
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

fn work(
    registry: &Registry<'_>,
    found: &[Found],
    next: &AtomicUsize,
    stop: &AtomicBool,
    describe: &(impl Fn(&Verified) -> ledger::bundles::BundleRow + Sync),
    sender: SyncSender<Message>,
) {
    while !stop.load(Ordering::Relaxed) {
        let index = next.fetch_add(1, Ordering::Relaxed);
        let Some(file) = found.get(index) else { return };
        if sender.send((index, registry.look(file, describe))).is_err() {
            return;
        }
    }
}

/// Waits for a bundle and takes those behind it, up to a batch; none when no more can come.
fn batch(inbox: &Receiver<Message>) -> Option<Vec<Message>> {
    let mut batch = vec![inbox.recv().ok()?];
    while batch.len() < BATCH {
        match inbox.recv() {
            Ok(message) => batch.push(message),
            Err(_) => break,
        }
    }
    Some(batch)
}

type Sorted = (Vec<(usize, Box<super::look::Arriving>)>, Vec<(usize, Looked)>);

fn sort(batch: Vec<Message>) -> Result<Sorted> {
    let (mut returns, mut others) = (Vec::new(), Vec::new());
    for (index, looked) in batch {
        match looked? {
            Looked::Return(arriving) => returns.push((index, arriving)),
            other => others.push((index, other)),
        }
    }
    Ok((returns, others))
}
