//! The records of format 1 and what they mean.
//!
//! A record is a line of JSON with one key that says what it is: `{"entry": {…}}`. serde reads such enums without
//! buffering, so that duplicate and unknown keys are seen and a line is walked once. The wire structs here are the
//! format; a rename in the model changes nothing in them.

use model::id::{HubId, PlanId};
use model::plan::Plan;
use model::returns::Return;

use crate::header::{Attachment, Claims, Header, Kind, Link, StreamId, Subject};
use crate::limits::Limits;
use crate::rejection::Rejection;

mod enrolment;
mod entry;
mod fault;
mod lines;
mod plan;
mod progress;
mod receipt;
mod words;

pub use enrolment::Enrolment;
pub use fault::RecordFault;
pub use receipt::{Head, Outcome, Receipt, ReturnedCell, Verdict};

use lines::{Lines, Written};

/// What a bundle carries, one variant per kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Payload {
    /// 下达包: the whole plan.
    Plan(Box<Plan>),
    /// 注册包: who the office is and how to reach it.
    Enrolment(Enrolment),
    /// 上报包: the return, complete.
    Progress(Return),
    /// 回执包: the hub's answer.
    Receipt(Receipt),
}

impl Payload {
    /// Returns the kind of bundle that carries it.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Plan(_) => Kind::Plan,
            Self::Enrolment(_) => Kind::Enrolment,
            Self::Progress(_) => Kind::Progress,
            Self::Receipt(_) => Kind::Receipt,
        }
    }

    /// Reads the records of a bundle whose header and digests are verified.
    pub(crate) fn read(header: &Header, records: &[u8], limits: &Limits) -> Result<Self, Rejection> {
        let mut lines = Lines::new(records, limits)?;
        let claims = &header.claims;
        let payload = match &claims.subject {
            Subject::Plan { .. } => plan::read(claims, &mut lines).map(|plan| Self::Plan(Box::new(plan))),
            Subject::Enrolment { .. } | Subject::Rotation { .. } => {
                enrolment::read(&mut lines).map(Self::Enrolment)
            }
            Subject::Progress { office, period, stand_in, .. } => {
                let blank = progress::blank(office, *period, claims.plan_version, *stand_in);
                progress::read(blank, &header.contents.attachments, &mut lines).map(Self::Progress)
            }
            Subject::Receipt { office, .. } => receipt::read(office, &mut lines).map(Self::Receipt),
        };
        payload.map_err(|stop| lines.rejection(stop))
    }

    /// Writes the records that go with these claims and attachments.
    pub(crate) fn write(
        &self,
        claims: &Claims,
        attachments: &[Attachment],
        limits: &Limits,
    ) -> Result<Vec<u8>, crate::write::WriteError> {
        let mut lines = Written::new(limits);
        match (self, &claims.subject) {
            (Self::Plan(plan), Subject::Plan { .. }) => plan::write(plan, claims, &mut lines)?,
            (Self::Enrolment(enrolment), Subject::Enrolment { .. } | Subject::Rotation { .. }) => {
                enrolment::write(enrolment, &mut lines)?
            }
            (Self::Progress(it), Subject::Progress { .. }) => {
                progress::write(it, claims, attachments, &mut lines)?;
            }
            (Self::Receipt(receipt), Subject::Receipt { office, .. }) => {
                receipt::write(receipt, office, &mut lines)?;
            }
            _ => return Err(RecordFault::Contradiction("kind").into()),
        }
        Ok(lines.finish())
    }
}

/// Writes a plan as the records that a plan bundle carries, for keeping it elsewhere.
///
/// # Errors
/// When the plan is not whole, or beyond a limit.
pub fn write_plan_document(plan: &Plan, limits: &Limits) -> Result<Vec<u8>, crate::write::WriteError> {
    let mut lines = Written::new(limits);
    plan::write(plan, &document_claims(plan.hub.clone(), plan.id.clone(), plan.version), &mut lines)?;
    Ok(lines.finish())
}

/// Reads what [`write_plan_document`] wrote; hub, id and version stand beside a plan, not in its records.
///
/// # Errors
/// As for the records of a bundle.
pub fn read_plan_document(
    document: &[u8],
    (hub, id, version): (HubId, PlanId, u32),
    limits: &Limits,
) -> Result<Plan, Rejection> {
    let mut lines = Lines::new(document, limits)?;
    plan::read(&document_claims(hub, id, version), &mut lines).map_err(|stop| lines.rejection(stop))
}

fn document_claims(hub: HubId, plan: PlanId, plan_version: u32) -> Claims {
    let link = Link::first(StreamId([0; 16]), None);
    let (created, application) = (String::new(), String::new());
    Claims { hub, plan, plan_version, subject: Subject::Plan { link, successor: None }, created, application }
}
