//! Receiving from a drive or folder, with a verdict for every file.

use std::path::PathBuf;

use ledger::returns::ReturnRow;
use model::plan::Plan;
use model::returns::Return;

use super::{ArrivedFile, corrected};
use crate::receive::{Progress, Received, Refusal, ReturnStanding, ReturnVerdict, RotationStanding, Verdict};
use crate::words;
use crate::{Home, Result, hex};

impl Home {
    /// Receives files, and of folders every bundle in them, and says what became of each.
    pub fn receive_at_desk(
        &mut self,
        paths: &[PathBuf],
        progress: &mut Progress<'_>,
    ) -> Result<Vec<ArrivedFile>> {
        self.hub_only()?;
        let received = self.receive(paths, None, progress)?;
        let plan = self.plan()?;
        received.iter().map(|one| self.arrived_file(&plan, one)).collect()
    }

    fn arrived_file(&self, plan: &Plan, one: &Received) -> Result<ArrivedFile> {
        let (tone, sentence) = words::verdict(plan, &one.verdict);
        let found = match &one.verdict {
            Verdict::Return(verdict) => self.row_received(verdict)?,
            _ => None,
        };
        let before = match &found {
            Some(row) if row.counted || row.state == ledger::returns::ReturnState::Pending => {
                self.ledger.read(|tx| corrected(tx, row))?
            }
            _ => None,
        };
        let details = match (&found, &before) {
            (Some(row), Some(before)) => self.differences(row, before)?,
            _ => Vec::new(),
        };
        Ok(ArrivedFile {
            file: model::names::reveal(&one.label()),
            group: group(&one.verdict, before.is_some()).to_owned(),
            mood: tone.into(),
            message: sentence.into(),
            details,
            digest: found.map(|row| hex(&row.bundle)),
            office: match &one.verdict {
                Verdict::Return(it) => Some(it.office.to_string()),
                Verdict::EnrolmentWaiting { office, .. } => Some(office.to_string()),
                Verdict::Rotation(it) => Some(it.office.to_string()),
                _ => None,
            },
        })
    }

    /// Finds the return that a verdict is about; of two under one number, the one stored last.
    fn row_received(&self, it: &ReturnVerdict) -> Result<Option<ReturnRow>> {
        let rows = self.ledger.read(|tx| tx.returns_for(&it.office, it.period))?;
        Ok(rows.into_iter().rfind(|row| row.seq == it.seq && !row.stand_in))
    }

    /// Says line by line what differs between a return and the one it corrects.
    fn differences(&self, row: &ReturnRow, before: &ReturnRow) -> Result<Vec<String>> {
        let plan = self.plan_of(row.plan_version)?;
        let older = self.plan_of(before.plan_version)?;
        let (new, old) = self
            .ledger
            .read(|tx| Ok::<_, ledger::Error>((tx.load_return(row.id)?, tx.load_return(before.id)?)))?;
        let mut lines = Vec::new();
        if before.stand_in && !row.stand_in {
            lines.push(words::takes_the_place_of_a_stand_in().to_owned());
        }
        if new.nil != old.nil {
            lines.push(if new.nil { "改为零报告" } else { "原为零报告" }.to_owned());
        }
        for target in &plan.targets {
            let shown = |plan: &Plan, of: &Return| {
                let entry = of.entries.get(&target.id)?;
                Some(words::whole_answer(plan.target(&target.id)?, &entry.answer))
            };
            let (is, was) = (shown(&plan, &new), shown(&older, &old));
            if is != was {
                let said = |figure: Option<String>| figure.unwrap_or_else(|| "未填".to_owned());
                lines.push(format!("{} {}：{} → {}", target.id, target.name, said(was), said(is)));
            }
        }
        Ok(lines)
    }
}

/// Says under which head a verdict is listed.
fn group(verdict: &Verdict, corrects: bool) -> &'static str {
    match verdict {
        Verdict::Return(it) => match it.standing {
            ReturnStanding::Disputed { .. } => "forked",
            ReturnStanding::Pending | ReturnStanding::AwaitingUnlock => "pending",
            ReturnStanding::Accepted if !it.missing.is_empty() => "gap",
            ReturnStanding::Accepted if corrects => "corrected",
            ReturnStanding::Accepted => "accepted",
            ReturnStanding::Older => "duplicate",
            ReturnStanding::Beyond { .. } => "rejected",
        },
        Verdict::Rotation(it) => match it.standing {
            RotationStanding::InForce if it.missing.is_empty() => "handed_over",
            RotationStanding::InForce => "gap",
            RotationStanding::Disputed { .. } => "forked",
            RotationStanding::Void { .. } => "rejected",
        },
        Verdict::OwnHandover { .. } => "handed_over",
        Verdict::EnrolmentWaiting { .. } => "enrolment",
        Verdict::Refused(Refusal::Unregistered | Refusal::KeyPending) => "unregistered",
        Verdict::Refused(Refusal::WrongPlace(_) | Refusal::OtherOffice) | Verdict::Own => "skipped",
        // A file that cannot be opened was not taken either.
        Verdict::Rejected(_) | Verdict::Refused(_) | Verdict::Skipped(_) => "rejected",
        Verdict::Duplicate => "duplicate",
        // An office receives these; a hub never does.
        Verdict::Plan { .. } | Verdict::Receipt(_) => "skipped",
    }
}
