//! Taking in, at the hub, a bundle by which an office's key hands over to the next.

use bundle::digest::Sm3Digest;
use bundle::header::{Link, Subject};
use bundle::v1::Payload;
use bundle::verify::Verified;
use ledger::keys::{Handover, NewKey};
use model::id::OfficeId;

use super::line::{self, Place};
use super::{Refusal, RotationStanding, RotationVerdict, Verdict};
use crate::admit::{is_fit, is_taken};
use crate::publish::received_row;
use crate::{Home, Result};

impl Home {
    /// Takes in a bundle by which a registered key hands over. The old key's word is enough: no digits are typed.
    ///
    /// It is kept as a bundle of its stream whatever becomes of its successor, so that a rival proves a fork.
    pub(super) fn take_over(
        &mut self,
        verified: &mut Verified,
        arrived: chrono::NaiveDate,
    ) -> Result<Verdict> {
        let header = verified.header().claims.subject.clone();
        let (Subject::Rotation { office, link, successor }, Payload::Enrolment(said)) =
            (header, verified.payload().clone())
        else {
            return Ok(Verdict::Refused(Refusal::BadEnrolment));
        };
        let digest = verified.header_digest();
        let known = self.ledger.read(|tx| {
            let links = tx.links(&link.stream().to_string())?;
            Ok::<_, ledger::Error>(links.iter().any(|link| link.header == digest.0))
        })?;
        if known {
            return Ok(Verdict::Duplicate);
        }
        if !is_fit(&said) || self.plan()?.office(&office).is_none() {
            self.keep_refused(verified)?;
            return Ok(Verdict::Refused(Refusal::BadEnrolment));
        }
        let new = NewKey {
            office: office.clone(),
            public_keys: successor.keys.0,
            enrolment: digest.0,
            stream: successor.stream.to_string(),
            contact: said.contact,
            telephone: said.telephone,
            registered_on: arrived,
        };
        self.archive_received(verified)?;
        let row = received_row(verified, arrived, self.now());
        let detail = format!("{} {}", link.seq(), verified.file_digest());
        let deed = self.deed("key_handed_over", office.as_str(), detail);
        let own = self.own_public_keys()?;
        self.ledger.write(|tx| {
            tx.add_bundle(&row)?;
            let key = registered(tx, &new, &own)?;
            let handover =
                Handover { header: digest.0, stream: row.stream.clone(), seq: link.seq(), successor: key };
            tx.add_handover(&handover)?;
            let line = line::settle_line(tx, &office, arrived)?;
            tx.record(&deed)?;
            Ok(standing(&line, &office, &link, digest))
        })
    }
}

/// Registers the key that is handed to, unless it is there already for the same office and stream; none where it, or its
/// stream, is somebody else's.
fn registered(tx: &ledger::Tx<'_>, new: &NewKey, own: &[ledger::PublicKeys]) -> Result<Option<i64>> {
    if let Some(known) = tx.key_by_public(&new.public_keys)? {
        let same = known.enrolled.office == new.office
            && known.enrolled.stream == new.stream
            && tx.handovers_of(&new.office)?.iter().any(|one| one.successor == Some(known.id));
        return Ok(same.then_some(known.id));
    }
    if own.contains(&new.public_keys) || is_taken(tx, &new.stream, &new.public_keys)? {
        return Ok(None);
    }
    Ok(Some(tx.register_successor(new)?))
}

fn standing(line: &[line::Stretch], office: &OfficeId, link: &Link, digest: Sm3Digest) -> Verdict {
    let stream = link.stream().to_string();
    let stretch = line.iter().find(|stretch| stretch.key.enrolled.stream == stream);
    let standing = match stretch.map(|stretch| stretch.place(link.seq(), digest)) {
        Some(Place::Sound) => RotationStanding::InForce,
        Some(Place::Disputed(from)) => RotationStanding::Disputed { from },
        Some(Place::Beyond(after)) => RotationStanding::Void { after },
        Some(Place::Discarded) | None => RotationStanding::Void { after: link.seq().saturating_sub(1) },
    };
    let missing = stretch.map(|stretch| stretch.state.gaps.clone()).unwrap_or_default();
    Verdict::Rotation(RotationVerdict {
        office: office.clone(),
        seq: link.seq(),
        standing,
        missing,
        healed: 0,
    })
}
