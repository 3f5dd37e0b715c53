//! One entry of a return, in progress bundles and in the catch-up part of receipts.

use std::fmt::Display;
use std::str::FromStr;

use model::figure::Figure;
use model::id::TargetId;
use model::returns::{Answer, Entry, Evidence, Figures, Remarks};
use serde::{Deserialize, Serialize};

use super::RecordFault;
use crate::digest::Sha256Digest;
use crate::strict::{Object, Text, present};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EntryWire<'a> {
    #[serde(borrow)]
    target: Text<'a>,
    #[serde(borrow, default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    amount: Option<Text<'a>>,
    #[serde(borrow, default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    rate: Option<Text<'a>>,
    #[serde(borrow, default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pair: Option<[Text<'a>; 2]>,
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    stage: Option<u8>,
    #[serde(borrow, default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    not_applicable: Option<Text<'a>>,
    #[serde(borrow, default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    note: Option<Text<'a>>,
    #[serde(borrow, default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    problem: Option<Text<'a>>,
    #[serde(borrow, default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    next_step: Option<Text<'a>>,
    #[serde(borrow, default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    explanation: Option<Text<'a>>,
    #[serde(borrow, default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    evidence: Option<Vec<Object<EvidenceWire<'a>>>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EvidenceWire<'a> {
    #[serde(borrow)]
    sha256: Text<'a>,
    len: u64,
    #[serde(borrow)]
    name: Text<'a>,
}

/// Reads a field's text.
pub(super) fn value<T: FromStr<Err: Display>>(field: &'static str, text: &str) -> Result<T, RecordFault> {
    text.parse().map_err(|e: T::Err| RecordFault::value(field, e))
}

fn pair(texts: [Text<'_>; 2]) -> Result<(Figure, Figure), RecordFault> {
    let [first, second] = texts;
    Ok((value("pair", &first)?, value("pair", &second)?))
}

/// Reads words: a field that is there says something.
fn words(field: &'static str, text: Option<Text<'_>>) -> Result<String, RecordFault> {
    match text {
        None => Ok(String::new()),
        Some(text) if text.is_empty() => {
            Err(RecordFault::value(field, "empty; absent where nothing is said"))
        }
        Some(text) => Ok(text.into_string()),
    }
}

fn words_wire(text: &str) -> Option<Text<'_>> {
    (!text.is_empty()).then(|| text.into())
}

impl<'a> EntryWire<'a> {
    pub(super) fn of(target: &'a TargetId, entry: &'a Entry) -> Self {
        let mut wire = Self {
            target: target.as_str().into(),
            amount: None,
            rate: None,
            pair: None,
            stage: None,
            not_applicable: None,
            note: words_wire(&entry.remarks.note),
            problem: words_wire(&entry.remarks.problem),
            next_step: words_wire(&entry.remarks.next_step),
            explanation: words_wire(&entry.remarks.explanation),
            evidence: None,
        };
        let both = |(first, second)| [Text::owned(first), Text::owned(second)];
        match &entry.answer {
            Answer::Figures(Figures::Amount(amount)) => wire.amount = Some(Text::owned(amount)),
            Answer::Figures(Figures::Pair(first, second)) => wire.pair = Some(both((first, second))),
            Answer::Figures(Figures::Published { rate, amounts }) => {
                wire.rate = Some(Text::owned(rate));
                wire.pair = amounts.as_ref().map(|(first, second)| both((first, second)));
            }
            Answer::Figures(Figures::Stage(stage)) => wire.stage = Some(*stage),
            Answer::NotApplicable(reason) => wire.not_applicable = Some(reason.as_str().into()),
        }
        let evidence = |e: &'a Evidence| {
            Object(EvidenceWire {
                sha256: Text::owned(Sha256Digest(e.sha256)),
                len: e.len,
                name: e.label.as_str().into(),
            })
        };
        if !entry.evidence.is_empty() {
            wire.evidence = Some(entry.evidence.iter().map(evidence).collect());
        }
        wire
    }

    pub(super) fn read(self) -> Result<(TargetId, Entry), RecordFault> {
        let answer = match (self.amount, self.rate, self.pair, self.stage, self.not_applicable) {
            (Some(amount), None, None, None, None) => {
                Answer::Figures(Figures::Amount(value("amount", &amount)?))
            }
            (None, None, Some(amounts), None, None) => {
                let (first, second) = pair(amounts)?;
                Answer::Figures(Figures::Pair(first, second))
            }
            (None, Some(rate), amounts, None, None) => Answer::Figures(Figures::Published {
                rate: value("rate", &rate)?,
                amounts: amounts.map(pair).transpose()?,
            }),
            (None, None, None, Some(stage), None) => Answer::Figures(Figures::Stage(stage)),
            (None, None, None, None, Some(reason)) => Answer::NotApplicable(reason.into_string()),
            _ => return Err(RecordFault::value("entry", "needs figures of one kind, or not_applicable")),
        };
        let remarks = Remarks {
            note: words("note", self.note)?,
            problem: words("problem", self.problem)?,
            next_step: words("next_step", self.next_step)?,
            explanation: words("explanation", self.explanation)?,
        };
        let evidence = match self.evidence {
            None => Vec::new(),
            Some(listed) if listed.is_empty() => {
                return Err(RecordFault::value("evidence", "empty; absent where there is none"));
            }
            Some(listed) => listed.into_iter().map(|Object(e)| e.read()).collect::<Result<_, _>>()?,
        };
        Ok((value("target", &self.target)?, Entry { answer, remarks, evidence }))
    }
}

impl EvidenceWire<'_> {
    fn read(self) -> Result<Evidence, RecordFault> {
        let Sha256Digest(sha256) = value("evidence", &self.sha256)?;
        Ok(Evidence { sha256, len: self.len, label: self.name.into_string() })
    }
}
