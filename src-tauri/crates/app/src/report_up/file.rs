//! The CSV that leaves, complete and read back, or not there at all.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use ledger::patience;
use model::draft::{Cells, cells_of};
use model::period::Period;
use model::returns::{Answer, Entry, Remarks};
use model::target::Target;

use super::{Line, Omission, UpwardFault};
use crate::deliver::{safe_part, sync_folder};
use crate::{Error, Home, Result, entry_file};

/// How many names are tried beside one that is taken.
const MOST_NAMES: u32 = 1000;

/// What left for the hub above.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportedUp {
    /// Where the file lies.
    pub path: PathBuf,
    /// How many targets have figures in it.
    pub targets: usize,
    /// Those that were wanted and got none: code, name and why.
    pub omitted: Vec<(String, String, Omission)>,
}

impl Home {
    /// Writes the figures of a period for the hub above to a folder; what lies there stays.
    ///
    /// Only targets with figures stand in the file, so that nothing else that was typed above is emptied.
    pub fn report_up(&self, period: Period, to: &Path) -> Result<ReportedUp> {
        let above = self.the_above()?;
        let office = above.office.clone().ok_or(UpwardFault::NoOffice)?;
        above.plan.calendar.admit(period)?;
        let facts = self.facts(period)?;
        let lines = above.lines(&self.plan()?, &facts, period);
        let (mut rows, mut omitted) = (Vec::new(), Vec::new());
        for Line { upper, outcome, .. } in lines.into_iter().filter(|line| line.due) {
            match outcome {
                Ok((figures, note)) => rows.push((upper, cells(upper, Answer::Figures(figures), note))),
                Err(why) => omitted.push((upper.id.to_string(), upper.name.clone(), why)),
            }
        }
        if rows.is_empty() {
            return Err(UpwardFault::Nothing.into());
        }
        let office = above.plan.office(&office).and_then(|office| safe_part(office.name()));
        let name = format!("上报上级-{}-{period}", office.unwrap_or_else(|| above.plan.id.to_string()));
        let path = deliver(&entry_file::write_figures(&above.plan, period, &rows), &name, to)?;
        Ok(ReportedUp { path, targets: rows.len(), omitted })
    }
}

/// Writes figures and their coverage into the boxes of a target.
pub(super) fn cells(upper: &Target, answer: Answer, note: String) -> Cells {
    let remarks = Remarks { note, ..Remarks::default() };
    cells_of(upper, &Entry { answer, remarks, evidence: Vec::new() })
}

fn deliver(bytes: &[u8], name: &str, to: &Path) -> Result<PathBuf> {
    if !to.exists() {
        fs::create_dir(to).map_err(Error::io(to))?;
    }
    for attempt in 1..MOST_NAMES {
        let suffix = if attempt == 1 { String::new() } else { format!("-{attempt}") };
        let path = to.join(format!("{name}{suffix}.csv"));
        if let Ok(there) = path.symlink_metadata() {
            // The same file from an earlier try needs no second copy.
            if there.is_file() && there.len() == bytes.len() as u64 && reads_back(&path, bytes)? {
                return Ok(path);
            }
            continue;
        }
        write_through(bytes, &path)?;
        if reads_back(&path, bytes)? {
            return Ok(path);
        }
        patience::remove_file(&path).map_err(Error::io(&path))?;
        return Err(Error::ReadBack(path));
    }
    Err(Error::HomeTaken(to.to_owned()))
}

fn reads_back(path: &Path, bytes: &[u8]) -> Result<bool> {
    Ok(fs::read(path).map_err(Error::io(path))? == bytes)
}

/// Writes into `….part`, syncs, renames and syncs the folder, so that the final name never has half a table.
fn write_through(bytes: &[u8], path: &Path) -> Result<()> {
    let part = path.with_extension("csv.part");
    // What an earlier try left, or somebody planted, goes first; `create_new` follows no link.
    let _ = patience::remove_file(&part);
    let fill = || {
        let mut file = File::create_new(&part)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        patience::rename(&part, path)?;
        sync_folder(path)
    };
    let written = fill().map_err(Error::io(path));
    if written.is_err() {
        // Best effort: the drive may be gone, and the error to tell is the first one.
        let _ = patience::remove_file(&part);
    }
    written
}
