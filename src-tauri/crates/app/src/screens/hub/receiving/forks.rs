//! 分叉: two bundles under one number, side by side, for the operator to decide between.

use std::collections::{BTreeMap, BTreeSet};

use bundle::chain::{Standing, State};
use bundle::digest::{Sha256Digest, Sm3Digest};
use ledger::bundles::{BundleKind, BundleRow, ChainLink, Direction};
use ledger::returns::{ReturnRow, ReturnState};
use model::id::OfficeId;
use model::plan::Plan;
use model::returns::{Entry, Return};
use serde::Serialize;
use ts_rs::TS;

use super::{ReturnLine, office_name};
use crate::receive::settle::chain_state;
use crate::{Error, Home, Result, hex, words};

/// A number under which an office sent two bundles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ForkView {
    /// Id of the office.
    pub office: String,
    /// Its name.
    pub name: String,
    /// Its contact and telephone number.
    pub telephone: String,
    /// The number from which on its returns are disputed.
    pub from: u32,
    /// Whether the operator has chosen; the choice can be changed.
    pub decided: bool,
    /// Why it was chosen.
    pub reason: String,
    /// The versions that have arrived.
    pub versions: Vec<ForkVersion>,
    /// The targets in which they differ, one figure per version.
    pub rows: Vec<ForkRow>,
    /// How many targets are the same in all.
    pub same: u32,
    /// Bundles of that number by which the office's key hands over to another.
    pub handovers: Vec<ForkHandover>,
}

/// A version of a fork that reports nothing: the office's key hands over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ForkHandover {
    /// SHA-256 of its file in hexadecimal.
    pub digest: String,
    /// What it is, and when it arrived.
    pub label: String,
    /// Whether it was chosen.
    pub chosen: bool,
}

/// One of the versions of a fork.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ForkVersion {
    /// The return itself.
    pub line: ReturnLine,
    /// 填报人.
    pub filled_by: String,
    /// 审核人.
    pub checked_by: String,
    /// 签发人.
    pub issued_by: String,
    /// What follows on it: `2024年7月 第 8 号`.
    pub later: Vec<String>,
    /// Whether it was chosen.
    pub chosen: bool,
}

/// A target in which the versions of a fork differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ForkRow {
    /// Its code.
    pub target: String,
    /// Its name.
    pub name: String,
    /// What each version says, in their order.
    pub figures: Vec<String>,
}

/// A stream that forks, as the ledger has it.
struct Stream {
    office: OfficeId,
    rows: Vec<ReturnRow>,
    links: Vec<ChainLink>,
    state: State,
    choices: BTreeMap<u64, [u8; 32]>,
    reasons: BTreeMap<u64, String>,
    handovers: Vec<BundleRow>,
}

impl Home {
    /// Decides a fork: this return counts, and so does what it descends from.
    pub fn choose_version(&mut self, digest: &str, reason: &str) -> Result<()> {
        let handover = self.handover_named(digest)?;
        if let Some(row) = handover {
            return self.choose_handover(&row, reason.trim());
        }
        let row = self.return_named(digest)?;
        self.choose_branch(&row, reason.trim())
    }

    /// Finds a bundle by which a key hands over, by the digest of its file.
    fn handover_named(&self, digest: &str) -> Result<Option<BundleRow>> {
        let Ok(digest) = digest.parse::<Sha256Digest>() else { return Ok(None) };
        let row = self.ledger.read(|tx| tx.bundle(&digest.0))?;
        Ok(row.filter(|row| row.kind == BundleKind::Enrolment && row.seq > 0))
    }

    /// Lists the streams that fork where keys hand over.
    fn disputed_lines(&self, plan: &Plan) -> Result<Vec<String>> {
        let mut streams = Vec::new();
        for office in &plan.offices {
            streams.extend(self.disputed_handovers(&office.id)?.into_iter().map(|row| row.stream));
        }
        Ok(streams)
    }

    /// Lists the forks, undecided ones first.
    pub(super) fn fork_views(&self, plan: &Plan) -> Result<Vec<ForkView>> {
        let disputed = self.waiting()?.into_iter().filter(|row| row.state == ReturnState::Disputed);
        let mut streams: BTreeSet<String> = disputed.map(|row| row.stream).collect();
        streams.extend(self.ledger.read(|tx| tx.decided_streams())?);
        streams.extend(self.disputed_lines(plan)?);
        let mut views = Vec::new();
        for stream in streams {
            let Some(stream) = self.forked_stream(&stream)? else { continue };
            let open = stream.state.fork.as_ref().map(|fork| fork.seq);
            for from in open.into_iter().chain(stream.choices.keys().copied()) {
                views.extend(self.fork_view(plan, &stream, from)?);
            }
        }
        views.sort_by_key(|view| view.decided);
        Ok(views)
    }

    fn forked_stream(&self, stream: &str) -> Result<Option<Stream>> {
        self.ledger.read(|tx| {
            let rows = tx.returns_of_stream(stream)?;
            let keys = tx.keys()?;
            let of_key =
                keys.iter().find(|key| key.enrolled.stream == stream).map(|key| &key.enrolled.office);
            let Some(office) = rows.first().map(|row| &row.office).or(of_key).cloned() else {
                return Ok(None);
            };
            let mut handovers = tx.bundles(Direction::In, BundleKind::Enrolment, Some(&office))?;
            handovers.retain(|row| row.stream == stream && row.seq > 0);
            Ok::<_, Error>(Some(Stream {
                handovers,
                state: chain_state(tx, stream, &office)?,
                links: tx.links(stream)?,
                choices: tx.fork_choices(stream)?,
                reasons: tx.fork_reasons(stream)?,
                office,
                rows,
            }))
        })
    }

    fn fork_view(&self, plan: &Plan, stream: &Stream, from: u64) -> Result<Option<ForkView>> {
        let rows = stream.versions(from);
        let handovers: Vec<&BundleRow> = stream.handovers.iter().filter(|row| row.seq == from).collect();
        // A choice that was overtaken leaves nothing to compare.
        if rows.is_empty() && handovers.is_empty() {
            return Ok(None);
        }
        let decided = stream.state.fork.as_ref().is_none_or(|fork| fork.seq != from);
        let returns = self
            .ledger
            .read(|tx| rows.iter().map(|row| tx.load_return(row.id)).collect::<ledger::Result<Vec<_>>>())?;
        let plans = rows.iter().map(|row| self.plan_of(row.plan_version)).collect::<Result<Vec<_>>>()?;
        let (differing, same) = compare(plan, &plans, &returns);
        let versions = rows.iter().map(|row| {
            Ok(ForkVersion {
                line: self.return_line(plan, row)?,
                filled_by: row.sign_off.filled_by.clone(),
                checked_by: row.sign_off.checked_by.clone(),
                issued_by: row.sign_off.issued_by.clone(),
                later: stream.after(row).map(|later| later_label(plan, later)).collect(),
                chosen: decided && stream.is_sound(row),
            })
        });
        let key = self.present_keys()?.remove(&stream.office).map(|key| key.enrolled);
        Ok(Some(ForkView {
            office: stream.office.to_string(),
            name: office_name(plan, &stream.office),
            telephone: key.map(|key| format!("{} {}", key.contact, key.telephone)).unwrap_or_default(),
            from: super::short(from.max(1)),
            decided,
            reason: stream.reasons.get(&from).cloned().filter(|_| decided).unwrap_or_default(),
            versions: versions.collect::<Result<_>>()?,
            rows: differing,
            same,
            handovers: handovers
                .into_iter()
                .map(|row| ForkHandover {
                    digest: hex(&row.digest),
                    label: words::fork_handover(row.seq, row.day),
                    chosen: decided && stream.is_sound_at(row.seq, row.header),
                })
                .collect(),
        }))
    }
}

impl Stream {
    fn header(&self, row: &ReturnRow) -> Option<[u8; 32]> {
        self.links.iter().find(|link| link.digest == row.bundle).map(|link| link.header)
    }

    fn prev(&self, header: [u8; 32]) -> Option<[u8; 32]> {
        self.links.iter().find(|link| link.header == header).and_then(|link| link.prev)
    }

    /// Lists the versions at a number; one that has not arrived is stood in for by what follows on it.
    fn versions(&self, from: u64) -> Vec<ReturnRow> {
        let at = |seq: u64| self.rows.iter().filter(move |row| row.seq == seq);
        let present: BTreeSet<_> = at(from).filter_map(|row| self.header(row)).collect();
        let unfounded = at(from + 1).filter(|row| {
            let prev = self.header(row).and_then(|header| self.prev(header));
            prev.is_none_or(|prev| !present.contains(&prev))
        });
        at(from).chain(unfounded).cloned().collect()
    }

    /// Lists what descends from a return.
    fn after<'a>(&'a self, row: &'a ReturnRow) -> impl Iterator<Item = &'a ReturnRow> {
        let root = self.header(row);
        self.rows.iter().filter(move |later| {
            let mut at = self.header(later).filter(|_| later.seq > row.seq);
            while let Some(header) = at {
                at = self.prev(header);
                if at == root {
                    return root.is_some();
                }
            }
            false
        })
    }

    fn is_sound(&self, row: &ReturnRow) -> bool {
        self.header(row).is_some_and(|header| self.is_sound_at(row.seq, header))
    }

    fn is_sound_at(&self, seq: u64, header: [u8; 32]) -> bool {
        self.state.standings.get(&(seq, Sm3Digest(header))) == Some(&Standing::Sound)
    }
}

/// Lists the targets in which returns differ, and counts the others.
fn compare(plan: &Plan, plans: &[Plan], returns: &[Return]) -> (Vec<ForkRow>, u32) {
    let (mut rows, mut same) = (Vec::new(), 0);
    for target in &plan.targets {
        let entries: Vec<Option<&Entry>> = returns.iter().map(|one| one.entries.get(&target.id)).collect();
        let Some((first, others)) = entries.split_first() else { continue };
        if others.iter().all(|other| other == first) {
            same += u32::from(first.is_some());
            continue;
        }
        let figures = entries.iter().zip(plans).zip(returns).map(|((entry, plan), of)| match entry {
            Some(entry) => said(plan.target(&target.id), entry),
            None if of.nil => "零报告".to_owned(),
            None => "未填".to_owned(),
        });
        rows.push(ForkRow {
            target: target.id.to_string(),
            name: target.name.clone(),
            figures: figures.collect(),
        });
    }
    (rows, same)
}

/// Writes an entry with the words and files that may be all that differs.
fn said(target: Option<&model::target::Target>, entry: &Entry) -> String {
    let figure = target.map(|target| words::whole_answer(target, &entry.answer)).unwrap_or_default();
    let remarks = &entry.remarks;
    let texts = [&remarks.explanation, &remarks.note, &remarks.problem, &remarks.next_step];
    let mut said = vec![figure];
    said.extend(texts.into_iter().filter(|text| !text.is_empty()).cloned());
    if !entry.evidence.is_empty() {
        said.push(format!("佐证 {} 件", entry.evidence.len()));
    }
    said.join("；")
}

fn later_label(plan: &Plan, row: &ReturnRow) -> String {
    format!("{} 第 {} 号", plan.calendar.label(row.period), row.seq)
}
