//! Taking in what came on a drive, with what a new plan means for this unit.

use std::path::PathBuf;

use model::plan::Plan;

use super::ReceivedFile;
use crate::receive::{Progress, Received, Verdict};
use crate::words;
use crate::{Home, Result};

impl Home {
    /// Takes in files, and of folders every bundle in them, and says what became of each.
    pub fn receive_files(
        &mut self,
        paths: &[PathBuf],
        progress: &mut Progress<'_>,
    ) -> Result<Vec<ReceivedFile>> {
        let before = self.plan()?;
        let received = self.receive(paths, None, progress)?;
        let plan = self.plan()?;
        let changes = self.changes_for_us(&before, &plan);
        Ok(received.iter().map(|one| received_file(&plan, one, &changes)).collect())
    }

    /// Says line by line what a newer plan changes for the own unit.
    fn changes_for_us(&self, before: &Plan, after: &Plan) -> Vec<String> {
        if before.version == after.version {
            return Vec::new();
        }
        let own = self.own_office();
        let (old, new) = (before.duties(), after.duties());
        let mut lines = Vec::new();
        for target in &after.targets {
            let (was, is) = (old.duty(&target.id, &own), new.duty(&target.id, &own));
            let changed = before.target(&target.id).filter(|old| *old != target);
            lines.extend(words::duty_change(target, was, is, changed.is_some()));
        }
        if before.calendar != after.calendar {
            lines.push("报送日期有调整".to_owned());
        }
        if lines.is_empty() {
            lines.push("本单位要报的没有变化".to_owned());
        }
        lines
    }
}

fn received_file(plan: &Plan, one: &Received, changes: &[String]) -> ReceivedFile {
    let (tone, sentence) = words::verdict(plan, &one.verdict);
    let in_force = matches!(&one.verdict, Verdict::Plan { version, .. } if *version == plan.version);
    ReceivedFile {
        file: model::names::reveal(&one.label()),
        mood: tone.into(),
        message: sentence.into(),
        details: if in_force { changes.to_vec() } else { Vec::new() },
    }
}
