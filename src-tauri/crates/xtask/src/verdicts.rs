//! Adds up what `cargo test` says while its output streams by.

use std::fmt;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, ExitStatus, Stdio};

use crate::Failure;
use crate::process::cannot_start;

/// The sum over all test binaries.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Verdicts {
    /// Tests that held.
    pub passed: u64,
    /// Tests that did not.
    pub failed: u64,
    /// Tests that were not run.
    pub skipped: u64,
}

impl Verdicts {
    /// Runs a `cargo test`, passes its output through and counts.
    pub fn of(command: &mut Command) -> Result<(Self, ExitStatus), Failure> {
        command.stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = command.spawn().map_err(|error| cannot_start(command, &error))?;
        let mut sum = Self::default();
        let failed = |error: std::io::Error| format!("the output of the tests was lost: {error}");
        if let Some(output) = child.stdout.take() {
            let mut output = BufReader::new(output);
            let mut line = Vec::new();
            while output.read_until(b'\n', &mut line).map_err(failed)? > 0 {
                // Bytes pass as they came: a test may print what is not UTF-8.
                std::io::stdout().write_all(&line).map_err(failed)?;
                sum.count(&String::from_utf8_lossy(&line));
                line.clear();
            }
        }
        Ok((sum, child.wait().map_err(failed)?))
    }

    /// Adds another sum.
    pub fn add(&mut self, more: &Self) {
        self.passed += more.passed;
        self.failed += more.failed;
        self.skipped += more.skipped;
    }

    fn count(&mut self, line: &str) {
        let Some(("ok" | "FAILED", figures)) =
            line.strip_prefix("test result: ").and_then(|rest| rest.trim_end().split_once(". "))
        else {
            return;
        };
        for figure in figures.split("; ") {
            let (number, what) = figure.split_once(' ').unwrap_or((figure, ""));
            let Ok(number) = number.parse::<u64>() else { continue };
            match what {
                "passed" => self.passed += number,
                "failed" => self.failed += number,
                "ignored" => self.skipped += number,
                _ => {}
            }
        }
    }
}

impl fmt::Display for Verdicts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 { write!(f, ", {} skipped", self.skipped) } else { Ok(()) }
    }
}

#[cfg(test)]
mod laws {
    use super::*;

    #[test]
    fn results_of_all_binaries_are_added_up() {
        let mut sum = Verdicts::default();
        for line in [
            "running 3 tests",
            "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s\n",
            "test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 7 filtered out; finished in 1.20s\r\n",
            "test result: the words of some test, 9 passed; 9 failed",
        ] {
            sum.count(line);
        }
        assert_eq!(sum, Verdicts { passed: 4, failed: 2, skipped: 1 });
        assert_eq!(sum.to_string(), "4 passed, 2 failed, 1 skipped");
    }

    #[test]
    fn nothing_skipped_is_not_mentioned() {
        let sum = Verdicts { passed: 12, ..Verdicts::default() };
        assert_eq!(sum.to_string(), "12 passed, 0 failed");
    }
}
