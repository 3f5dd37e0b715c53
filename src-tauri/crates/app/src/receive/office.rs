//! Receiving at an office: plans and receipts, both from its hub alone.

use bundle::chain::Chain;
use bundle::digest::Sm3Digest;
use bundle::header::{Kind, Link, StreamId, Subject};
use bundle::v1::{Outcome, Payload, Receipt};
use bundle::verify::Verified;
use ledger::Tx;
use ledger::bundles::{BundleKind, BundleRow, Direction};
use ledger::plans::IssuedPlan;
use ledger::returns::{NewReturn, ReturnState};
use ledger::review::{ReturnedCell, TakenIn, Verdict as KeptVerdict};
use model::plan::Plan;
use model::returns::Field;

use super::{Progress, ReceiptVerdict, Received, Refusal, Verdict, own_key, settle};
use crate::enter::Sheet;
use crate::fetch::{self, Found};
use crate::home::write_plan;
use crate::refill::Refill;
use crate::{Error, Home, Result};

impl Home {
    pub(super) fn receive_at_office(
        &mut self,
        found: Vec<Found>,
        progress: &mut Progress<'_>,
    ) -> Result<Vec<Received>> {
        let mut trusted = self.identity.hub_keys;
        let mut received = self.office_pass(found, progress)?;
        while trusted != self.identity.hub_keys {
            trusted = self.identity.hub_keys;
            let more = self.heal_at_office(&mut received, &mut |_, _| true)?;
            let news = received.iter_mut().find_map(|one| match &mut one.verdict {
                Verdict::Plan { news, .. } if news.new_key => Some(news),
                _ => None,
            });
            if let Some(news) = news {
                news.healed += more;
            }
        }
        Ok(received)
    }

    /// Takes in what was kept aside of the hub's key that is trusted now.
    pub(crate) fn catch_up_with_hub(&mut self) -> Result<Vec<Received>> {
        let mut received = Vec::new();
        self.heal_at_office(&mut received, &mut |_, _| true)?;
        Ok(received)
    }

    /// Looks at every file once and takes in what is from the trusted key.
    pub(super) fn office_pass(
        &mut self,
        found: Vec<Found>,
        progress: &mut Progress<'_>,
    ) -> Result<Vec<Received>> {
        // Every file is looked at once and settled once; looking takes the time.
        let total = 2 * found.len() as u64;
        let mut done = 0;
        let mut looked = Vec::new();
        for one in found {
            done += 1;
            if !progress(done, total) {
                break;
            }
            let verdict = match self.look(&one)? {
                // What is not for this home needs no order; of a drive full of it, one file at a time is held open.
                Ok(mut verified) if self.check_origin(&verified)?.is_err() => {
                    Err(self.take_in(&mut verified)?)
                }
                verdict => verdict,
            };
            looked.push((one, verdict));
        }
        // Bundles of a stream are taken in by their number, so that a folder may list them in any order.
        let number = |verdict: &Result<Box<Verified>, Verdict>| match verdict {
            Ok(verified) => verified.header().claims.subject.link().map_or(0, Link::seq),
            Err(_) => 0,
        };
        let mut order: Vec<usize> = (0..looked.len()).collect();
        order.sort_by_key(|at| number(&looked[*at].1));
        let mut slots: Vec<_> = looked.into_iter().map(Some).collect();
        let mut verdicts: Vec<Option<Received>> = Vec::new();
        verdicts.resize_with(slots.len(), || None);
        for at in order {
            let Some((one, verdict)) = slots[at].take() else { continue };
            let verdict = match verdict {
                Ok(mut verified) => self.take_in(&mut verified)?,
                Err(verdict) => verdict,
            };
            verdicts[at] = Some(Received { path: one.path, verdict });
            done += 1;
            if !progress(done, total) {
                break;
            }
        }
        Ok(verdicts.into_iter().flatten().collect())
    }

    fn look(&self, found: &Found) -> Result<Result<Box<Verified>, Verdict>> {
        if let Some(skipped) = found.skipped {
            return Ok(Err(Verdict::Skipped(skipped)));
        }
        let staged = match fetch::stage(&found.path, &self.limits, &self.dir) {
            Ok(staged) => staged,
            Err(rejection) => return Ok(Err(Verdict::Rejected(rejection))),
        };
        match staged.verify(&self.limits) {
            Ok(verified) => Ok(Ok(Box::new(verified))),
            Err(refused) => Ok(Err(Verdict::Rejected(self.set_aside(*refused)?))),
        }
    }

    fn take_in(&mut self, verified: &mut Verified) -> Result<Verdict> {
        if self.own_public_keys()?.contains(verified.keys().as_bytes()) {
            return Ok(Verdict::Own);
        }
        if self.ledger.read(|tx| tx.bundle(&verified.file_digest().0))?.is_some() {
            return Ok(Verdict::Duplicate);
        }
        if let Err(refusal) = self.check_origin(verified)? {
            self.keep_refused(verified)?;
            return Ok(Verdict::Refused(refusal));
        }
        match verified.payload().clone() {
            Payload::Plan(plan) => self.take_in_plan(verified, &plan),
            Payload::Receipt(receipt) => self.take_in_receipt(verified, &receipt),
            Payload::Progress(_) => Ok(Verdict::Refused(Refusal::WrongPlace(Kind::Progress))),
            Payload::Enrolment(_) => Ok(Verdict::Refused(Refusal::WrongPlace(Kind::Enrolment))),
        }
    }

    /// Says whether a bundle is from the hub whose digits were typed, for this plan and this office.
    fn check_origin(&self, verified: &Verified) -> Result<Result<(), Refusal>> {
        let claims = &verified.header().claims;
        if claims.hub != self.identity.hub || Some(&claims.plan) != self.identity.plan.as_ref() {
            return Ok(Err(Refusal::OtherPlan));
        }
        // A stick that goes round carries what other offices sent; that is no forgery.
        match &claims.subject {
            Subject::Progress { .. } => return Ok(Err(Refusal::WrongPlace(Kind::Progress))),
            Subject::Enrolment { .. } | Subject::Rotation { .. } => {
                return Ok(Err(Refusal::WrongPlace(Kind::Enrolment)));
            }
            Subject::Plan { .. } | Subject::Receipt { .. } => {}
        }
        if let Some(refusal) = self.hub_key_refusal(verified)? {
            return Ok(Err(refusal));
        }
        Ok(match &claims.subject {
            Subject::Receipt { office, .. } if *office != self.own_office() => Err(Refusal::OtherOffice),
            _ => Ok(()),
        })
    }

    fn take_in_plan(&mut self, verified: &mut Verified, plan: &Plan) -> Result<Verdict> {
        let present = self.plan()?;
        if plan.version <= present.version {
            let refusal = Refusal::OldPlan { offered: plan.version, present: present.version };
            return Ok(Verdict::Refused(refusal));
        }
        if plan.validate().is_err() || plan.changes_since(&present).is_err() {
            return Ok(Verdict::Refused(Refusal::BadPlan));
        }
        if let Some(from) = self.forked(verified)? {
            return Ok(Verdict::Refused(Refusal::Forked { from }));
        }
        let news = self.plan_news(verified)?;
        store_plan(self, verified, plan)?;
        Ok(Verdict::Plan { version: plan.version, news })
    }

    /// Returns where the hub's stream would fork if this bundle were taken in.
    fn forked(&self, verified: &Verified) -> Result<Option<u64>> {
        let Some(link) = verified.header().claims.subject.link().copied() else { return Ok(None) };
        let stream: StreamId = link.stream();
        let known = self.ledger.read(|tx| tx.links(&stream.to_string()))?;
        // An office need not have seen the first bundle of a stream, so its anchor is whatever that one says.
        let first = known.iter().find(|known| known.seq == 1).and_then(|known| known.prev).map(Sm3Digest);
        let anchor = if link.seq() == 1 { link.prev() } else { first };
        let mut chain = Chain::new(anchor);
        for one in &known {
            let place = Link::new(stream, one.seq, one.prev.map(Sm3Digest)).map_err(Error::unreadable)?;
            chain.insert(&place, Sm3Digest(one.header));
        }
        chain.insert(&link, verified.header_digest());
        Ok(chain.state(&Default::default()).fork.map(|fork| fork.seq))
    }

    fn take_in_receipt(&mut self, verified: &mut Verified, receipt: &Receipt) -> Result<Verdict> {
        if let Some(from) = self.forked(verified)? {
            return Ok(Verdict::Refused(Refusal::Forked { from }));
        }
        let row = self.archive_received(verified)?;
        let today = self.today();
        let own = self.ledger.read(|tx| tx.current_stream(BundleKind::Progress, Some(&self.own_office())))?;
        let own = own.ok_or(Error::EnrolFirst)?;
        let head = receipt.heads.iter().find(|head| head.stream.to_string() == own.stream);
        let taken = TakenIn {
            bundle: row.digest,
            head_seq: head.map_or(0, |head| head.seq),
            head: head.map(|head| head.header.0),
            day: today,
        };
        let seq = row.seq;
        let deed = self.deed("take_in_receipt", seq.to_string(), "");
        let catch_up = self.is_restored() || taken.head_seq > own.seq;
        let plan = self.plan()?;
        let renumbering = self.renumbering(&plan)?;
        let refill =
            Refill { plan: &plan, renumbering: &renumbering, evidence: &self.evidence, now: self.now() };
        let verdict = self.ledger.write(|tx| {
            let older = is_older(tx, &row)?;
            tx.add_bundle(&row)?;
            let mut verdict = ReceiptVerdict {
                seq,
                accepted: 0,
                returned: 0,
                pending: 0,
                locked: 0,
                disputed: 0,
                missing: Vec::new(),
                caught_up: 0,
                key_confirmed: false,
                key_closed: None,
            };
            // An older receipt is kept, but what a newer one said stands.
            if !older {
                tx.add_receipt(&taken)?;
                verdict.missing = head.map(|head| head.missing.clone()).unwrap_or_default();
                // A home set up anew after its key was lost has no backup to tell that it lacks something.
                verdict.caught_up = restore_returns(tx, receipt, &row, &refill)?;
                if catch_up {
                    if let Some(head) = head.filter(|head| head.seq > own.seq) {
                        tx.catch_up_stream(&own.stream, head.seq, head.header.0)?;
                    }
                    tx.set_restored(None)?;
                }
                keep_verdicts(tx, receipt, &row.digest, today, &mut verdict)?;
                verdict.key_confirmed = own_key::confirm(tx, receipt)?;
                verdict.key_closed = own_key::note_end(tx, head)?;
            }
            tx.record(&deed)?;
            Ok::<_, Error>(verdict)
        })?;
        self.identity.restored_at =
            self.ledger.read(|tx| tx.identity())?.and_then(|identity| identity.restored_at);
        Ok(Verdict::Receipt(verdict))
    }
}

/// Says whether a receipt comes before one already here: a lower number of its stream, or a stream that another has replaced.
fn is_older(tx: &Tx<'_>, row: &BundleRow) -> Result<bool> {
    let office = row.office.as_ref();
    let known = tx.bundles(Direction::In, BundleKind::Receipt, office)?;
    let same = || known.iter().filter(|other| other.stream == row.stream);
    let Some(last) = tx.last_receipt()? else { return Ok(false) };
    let current = known.iter().find(|other| other.digest == last.bundle).map(|other| &other.stream);
    let replaced = current != Some(&row.stream) && same().next().is_some();
    Ok(replaced || same().any(|other| other.seq > row.seq))
}

/// Keeps what the receipt says of each return that this ledger knows.
fn keep_verdicts(
    tx: &Tx<'_>,
    receipt: &Receipt,
    digest: &[u8; 32],
    day: chrono::NaiveDate,
    verdict: &mut ReceiptVerdict,
) -> Result<()> {
    for said in &receipt.verdicts {
        match said.outcome {
            Outcome::Pending => verdict.pending += 1,
            Outcome::Locked => verdict.locked += 1,
            Outcome::Disputed => verdict.disputed += 1,
            Outcome::Accepted | Outcome::Returned(_) | Outcome::Superseded => {}
        }
        let links = tx.links(&said.stream.to_string())?;
        let Some(link) = links.iter().find(|link| link.seq == said.seq && link.header == said.header.0)
        else {
            continue;
        };
        let Some(row) = tx.return_of_bundle(&link.digest)? else { continue };
        let state = match &said.outcome {
            Outcome::Accepted => ReturnState::Accepted,
            Outcome::Returned(_) => ReturnState::Returned,
            Outcome::Pending => ReturnState::Pending,
            Outcome::Locked => ReturnState::LockedOut,
            Outcome::Disputed => ReturnState::Disputed,
            Outcome::Superseded => ReturnState::Superseded,
        };
        tx.set_verdict(row.id, &KeptVerdict { receipt: *digest, verdict: state, day })?;
        let cells = match &said.outcome {
            Outcome::Returned(cells) => cells.as_slice(),
            _ => &[],
        };
        let kept: Vec<ReturnedCell> = cells
            .iter()
            .map(|cell| ReturnedCell {
                target: cell.target.clone(),
                field: cell.field.unwrap_or(Field::Value),
                reason: cell.reason.clone(),
                day,
            })
            .collect();
        tx.set_returned_cells(row.id, &kept)?;
        verdict.returned += kept.len();
        verdict.accepted += usize::from(state == ReturnState::Accepted);
    }
    Ok(())
}

/// Puts the accepted returns that a receipt carries back into a ledger that lost them.
fn restore_returns(tx: &Tx<'_>, receipt: &Receipt, row: &BundleRow, refill: &Refill<'_>) -> Result<usize> {
    let mut restored = 0;
    for content in &receipt.accepted {
        if tx.counted_return(&content.office, content.period)?.is_some() {
            continue;
        }
        let said = receipt.verdicts.iter().find(|said| {
            said.period == content.period && matches!(said.outcome, Outcome::Accepted | Outcome::Returned(_))
        });
        let Some(said) = said else { continue };
        let stream = said.stream.to_string();
        if tx.links(&stream)?.iter().any(|link| link.header == said.header.0) {
            continue;
        }
        // The file itself is lost; what the receipt knows of it, its header's digest, stands for it.
        let lost = BundleRow {
            digest: said.header.0,
            direction: Direction::Out,
            kind: BundleKind::Progress,
            stream,
            seq: said.seq,
            header: said.header.0,
            prev: None,
            office: Some(content.office.clone()),
            period: Some(content.period),
            plan_version: Some(content.plan_version),
            file_name: String::new(),
            size: 0,
            day: row.day,
            recorded: row.recorded,
        };
        tx.add_bundle(&lost)?;
        tx.insert_return(&NewReturn {
            bundle: &lost.digest,
            stream: &lost.stream,
            seq: lost.seq,
            arrived: row.day,
            state: ReturnState::Accepted,
            content,
        })?;
        settle::settle(tx, &content.office, content.period)?;
        refill.run(tx, &Sheet { office: content.office.clone(), period: content.period })?;
        restored += 1;
    }
    Ok(restored)
}

/// Stores a verified plan as the one in force.
pub(crate) fn store_plan(home: &mut Home, verified: &mut Verified, plan: &Plan) -> Result<()> {
    let row = home.archive_received(verified)?;
    let issued = IssuedPlan {
        version: plan.version,
        issued_on: home.today(),
        document: write_plan(plan)?,
        bundle: Some(row.digest),
    };
    let deed = home.deed("store_plan", plan.version.to_string(), "");
    home.ledger.write(|tx| {
        tx.add_bundle(&row)?;
        tx.issue_plan(&issued)?;
        tx.record(&deed)
    })?;
    // Both keys signed this: whoever trusts the one follows to the other.
    match verified.header().claims.subject.successor() {
        Some(next) => home.follow_hub(next.keys.0, Some(verified.header_digest())),
        None => Ok(()),
    }
}
