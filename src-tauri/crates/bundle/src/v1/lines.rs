//! Records as lines.

use serde::{Deserialize, Serialize};

use super::RecordFault;
use crate::limits::{Bound, Exceeded, Limits};
use crate::rejection::Rejection;
use crate::write::WriteError;

/// Why reading stops.
pub(super) enum Stop {
    Fault(RecordFault),
    Limit(Exceeded),
}

impl From<RecordFault> for Stop {
    fn from(fault: RecordFault) -> Self {
        Self::Fault(fault)
    }
}

impl From<Exceeded> for Stop {
    fn from(exceeded: Exceeded) -> Self {
        Self::Limit(exceeded)
    }
}

/// The lines that are still to be read.
pub(super) struct Lines<'a> {
    rest: &'a str,
    number: u64,
    line_limit: u64,
    count_limit: u64,
}

impl<'a> Lines<'a> {
    pub(super) fn new(records: &'a [u8], limits: &Limits) -> Result<Self, Rejection> {
        // Once for all, so that no text needs to be looked at again.
        let rest = std::str::from_utf8(records)
            .map_err(|_| Rejection::Record { line: 0, fault: RecordFault::Encoding })?;
        Ok(Self { rest, number: 0, line_limit: limits.line, count_limit: limits.record_count })
    }

    /// Reads the next record, or nothing after the last.
    pub(super) fn next<R: Deserialize<'a>>(&mut self) -> Result<Option<R>, Stop> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        self.number += 1;
        Bound::RecordCount.check(self.count_limit, self.number)?;
        let (line, rest) = match self.rest.split_once('\n') {
            Some(split) => split,
            None => {
                Bound::Line.check(self.line_limit, self.rest.len() as u64)?;
                return Err(RecordFault::Line.into());
            }
        };
        self.rest = rest;
        Bound::Line.check(self.line_limit, line.len() as u64)?;
        if !(line.starts_with('{') && line.ends_with('}')) {
            return Err(RecordFault::Line.into());
        }
        match serde_json::from_str(line) {
            Ok(record) => Ok(Some(record)),
            Err(e) => Err(RecordFault::json(&e).into()),
        }
    }

    /// Says at which line reading stopped.
    pub(super) fn rejection(&self, stop: Stop) -> Rejection {
        match stop {
            Stop::Limit(exceeded) => Rejection::Limit(exceeded),
            Stop::Fault(fault @ RecordFault::Absent(_)) => Rejection::Record { line: 0, fault },
            Stop::Fault(fault) => Rejection::Record { line: self.number, fault },
        }
    }
}

/// The lines that have been written.
pub(super) struct Written<'a> {
    lines: Vec<u8>,
    count: u64,
    limits: &'a Limits,
}

impl<'a> Written<'a> {
    pub(super) fn new(limits: &'a Limits) -> Self {
        Self { lines: Vec::new(), count: 0, limits }
    }

    /// Writes one record.
    pub(super) fn push(&mut self, record: &impl Serialize) -> Result<(), WriteError> {
        let start = self.lines.len();
        serde_json::to_writer(&mut self.lines, record).map_err(|e| RecordFault::json(&e))?;
        self.count += 1;
        Bound::RecordCount.check(self.limits.record_count, self.count)?;
        Bound::Line.check(self.limits.line, (self.lines.len() - start) as u64)?;
        self.lines.push(b'\n');
        Ok(())
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.lines
    }
}
