//! The header's JSON. FORMAT.md is its specification.
//!
//! One flat object with optional fields, and not an enum by `kind`: serde reads internally tagged enums through a
//! buffer that no longer sees every duplicate key.

use std::fmt::Display;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{Attachment, Claims, Contents, FORMAT, Header, HeaderFault, Kind, Link, MAX_INTEGER, Subject};
use crate::digest::Digests;
use crate::strict::{Object, Text, present, reason};
use crate::successor::Successor;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire<'a> {
    format: u64,
    #[serde(borrow)]
    kind: Text<'a>,
    #[serde(borrow)]
    hub: Text<'a>,
    #[serde(borrow)]
    plan: Text<'a>,
    plan_version: u32,
    #[serde(borrow, default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    office: Option<Text<'a>>,
    #[serde(borrow, default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    period: Option<Text<'a>>,
    #[serde(borrow)]
    stream: Text<'a>,
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    seq: Option<u64>,
    #[serde(borrow, default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    prev: Option<Text<'a>>,
    #[serde(borrow, default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    last_receipt: Option<Text<'a>>,
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    stand_in: Option<bool>,
    #[serde(borrow, default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    successor: Option<Object<WireSuccessor<'a>>>,
    #[serde(borrow)]
    created: Text<'a>,
    #[serde(borrow)]
    application: Text<'a>,
    records_len: u64,
    inflated_len: u64,
    #[serde(borrow)]
    payload_sm3: Text<'a>,
    #[serde(borrow)]
    payload_sha256: Text<'a>,
    #[serde(borrow, default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    attachments: Option<Vec<Object<WireAttachment<'a>>>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WireAttachment<'a> {
    len: u64,
    #[serde(borrow)]
    sm3: Text<'a>,
    #[serde(borrow)]
    sha256: Text<'a>,
    #[serde(borrow)]
    media: Text<'a>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WireSuccessor<'a> {
    #[serde(borrow)]
    keys: Text<'a>,
    #[serde(borrow)]
    stream: Text<'a>,
    #[serde(borrow)]
    signature: Text<'a>,
}

/// All that is read of a header that is not of our format.
#[derive(Deserialize)]
struct OnlyFormat {
    format: u64,
}

/// Returns the format that a header names when it is not ours; of the rest only JSON's grammar is asked.
fn other_format(json: &[u8]) -> Option<u64> {
    // What is skipped in bytes would not have to be UTF-8.
    let Object(OnlyFormat { format }) = serde_json::from_str(std::str::from_utf8(json).ok()?).ok()?;
    (format != u64::from(FORMAT)).then_some(format)
}

/// Reads a field's text.
fn value<T: FromStr<Err: Display>>(field: &'static str, text: &str) -> Result<T, HeaderFault> {
    text.parse().map_err(|e: T::Err| HeaderFault::Value(field, reason(e)))
}

/// The optional fields of one header, each taken by the kind that has it; what is left over is refused.
struct Fields<'a> {
    kind: Kind,
    office: Option<Text<'a>>,
    period: Option<Text<'a>>,
    seq: Option<u64>,
    prev: Option<Text<'a>>,
    last_receipt: Option<Text<'a>>,
    stand_in: Option<bool>,
    successor: Option<Object<WireSuccessor<'a>>>,
    attachments: Option<Vec<Object<WireAttachment<'a>>>>,
}

impl<'a> Fields<'a> {
    fn need<T>(&self, name: &'static str, field: Option<T>) -> Result<T, HeaderFault> {
        field.ok_or(HeaderFault::Missing(self.kind, name))
    }

    fn parsed<T: FromStr<Err: Display>>(
        name: &'static str,
        field: Option<Text<'a>>,
    ) -> Result<Option<T>, HeaderFault> {
        field.map(|text| value(name, &text)).transpose()
    }

    fn office<T: FromStr<Err: Display>>(&mut self) -> Result<T, HeaderFault> {
        let office = self.office.take();
        value("office", &self.need("office", office)?)
    }

    fn link(&mut self, stream: super::StreamId) -> Result<Link, HeaderFault> {
        let seq = self.seq.take();
        let seq = self.need("seq", seq)?;
        let prev = Self::parsed("prev", self.prev.take())?;
        Link::new(stream, seq, prev).map_err(|e| HeaderFault::Value("seq", e.to_string()))
    }

    fn successor(&mut self) -> Result<Option<Box<Successor>>, HeaderFault> {
        let Some(Object(wire)) = self.successor.take() else { return Ok(None) };
        Ok(Some(Box::new(Successor {
            keys: value("successor", &wire.keys)?,
            stream: value("successor", &wire.stream)?,
            signature: value("successor", &wire.signature)?,
        })))
    }

    fn finish(self) -> Result<(), HeaderFault> {
        let left = [
            ("office", self.office.is_some()),
            ("period", self.period.is_some()),
            ("seq", self.seq.is_some()),
            ("prev", self.prev.is_some()),
            ("last_receipt", self.last_receipt.is_some()),
            ("stand_in", self.stand_in.is_some()),
            ("successor", self.successor.is_some()),
            ("attachments", self.attachments.is_some()),
        ];
        match left.into_iter().find(|(_, present)| *present) {
            Some((name, _)) => Err(HeaderFault::Forbidden(self.kind, name)),
            None => Ok(()),
        }
    }
}

pub(super) fn read(json: &[u8]) -> Result<Header, HeaderFault> {
    let Object(wire) = match serde_json::from_slice::<Object<Wire<'_>>>(json) {
        Ok(wire) => wire,
        // A later format may well have fields that are unknown here; that it is later is the better answer.
        Err(e) => match other_format(json) {
            Some(format) => return Err(HeaderFault::Format(format)),
            None => return Err(HeaderFault::Json(reason(e))),
        },
    };
    if wire.format != u64::from(FORMAT) {
        return Err(HeaderFault::Format(wire.format));
    }
    let stream = value("stream", &wire.stream)?;
    let mut fields = Fields {
        kind: value("kind", &wire.kind)?,
        office: wire.office,
        period: wire.period,
        seq: wire.seq,
        prev: wire.prev,
        last_receipt: wire.last_receipt,
        stand_in: wire.stand_in,
        successor: wire.successor,
        attachments: wire.attachments,
    };
    let mut attachments = Vec::new();
    let subject = match fields.kind {
        Kind::Plan => Subject::Plan { link: fields.link(stream)?, successor: fields.successor()? },
        Kind::Enrolment => match fields.successor()? {
            None => Subject::Enrolment { office: fields.office()?, stream },
            Some(successor) => {
                Subject::Rotation { office: fields.office()?, link: fields.link(stream)?, successor }
            }
        },
        Kind::Receipt => Subject::Receipt { office: fields.office()?, link: fields.link(stream)? },
        Kind::Progress => {
            let (period, stand_in, listed) =
                (fields.period.take(), fields.stand_in.take(), fields.attachments.take());
            attachments = read_attachments(fields.need("attachments", listed)?)?;
            Subject::Progress {
                office: fields.office()?,
                period: value("period", &fields.need("period", period)?)?,
                link: fields.link(stream)?,
                last_receipt: Fields::parsed("last_receipt", fields.last_receipt.take())?,
                stand_in: fields.need("stand_in", stand_in)?,
            }
        }
    };
    fields.finish()?;
    let claims = Claims {
        hub: value("hub", &wire.hub)?,
        plan: value("plan", &wire.plan)?,
        plan_version: wire.plan_version,
        subject,
        created: wire.created.into_string(),
        application: wire.application.into_string(),
    };
    check_information(&claims)?;
    let contents = Contents {
        records_len: length("records_len", wire.records_len)?,
        inflated_len: length("inflated_len", wire.inflated_len)?,
        payload: Digests {
            sm3: value("payload_sm3", &wire.payload_sm3)?,
            sha256: value("payload_sha256", &wire.payload_sha256)?,
        },
        attachments,
    };
    Ok(Header { claims, contents })
}

fn read_attachments(listed: Vec<Object<WireAttachment<'_>>>) -> Result<Vec<Attachment>, HeaderFault> {
    let read = |Object(a): Object<WireAttachment<'_>>| {
        Ok(Attachment {
            len: length("attachments", a.len)?,
            digests: Digests { sm3: value("attachments", &a.sm3)?, sha256: value("attachments", &a.sha256)? },
            media: value("attachments", &a.media)?,
        })
    };
    listed.into_iter().map(read).collect()
}

fn length(field: &'static str, len: u64) -> Result<u64, HeaderFault> {
    if len <= MAX_INTEGER {
        Ok(len)
    } else {
        Err(HeaderFault::Value(field, format!("{len} is beyond 2^53-1")))
    }
}

/// Checks the fields that are information only: short, printable, and a time that looks like one.
fn check_information(claims: &Claims) -> Result<(), HeaderFault> {
    if !is_timestamp(&claims.created) {
        return Err(HeaderFault::Value("created", format!("{:?} is not an RFC 3339 time", claims.created)));
    }
    let application = claims.application.as_bytes();
    if !(1..=64).contains(&application.len()) || !application.iter().all(|b| (b' '..=b'~').contains(b)) {
        let fault = "not 1 to 64 printable ASCII characters".to_owned();
        return Err(HeaderFault::Value("application", fault));
    }
    Ok(())
}

/// Says whether a text has the form `2024-04-03T09:30:00Z` or `…+08:00`. Whether the day exists is nobody's concern.
fn is_timestamp(text: &str) -> bool {
    let pattern: &[u8] = match text.len() {
        20 => b"dddd-dd-ddTdd:dd:ddZ",
        25 => b"dddd-dd-ddTdd:dd:dd+dd:dd",
        _ => return false,
    };
    text.bytes().zip(pattern).all(|(byte, expected)| match expected {
        b'd' => byte.is_ascii_digit(),
        b'+' => byte == b'+' || byte == b'-',
        expected => byte == *expected,
    })
}

pub(super) fn write(header: &Header) -> Result<Vec<u8>, HeaderFault> {
    let Header { claims, contents } = header;
    check_information(claims)?;
    let kind = claims.subject.kind();
    let attachment = |a: &Attachment| {
        Object(WireAttachment {
            len: a.len,
            sm3: Text::owned(a.digests.sm3),
            sha256: Text::owned(a.digests.sha256),
            media: a.media.name().into(),
        })
    };
    let attachments: Vec<_> = contents.attachments.iter().map(attachment).collect();
    if kind != Kind::Progress && !attachments.is_empty() {
        return Err(HeaderFault::Forbidden(kind, "attachments"));
    }
    let link = claims.subject.link();
    let (mut period, mut last_receipt, mut stand_in) = (None, None, None);
    if let Subject::Progress { period: p, last_receipt: l, stand_in: s, .. } = &claims.subject {
        (period, last_receipt, stand_in) = (Some(*p), *l, Some(*s));
    }
    let successor = |s: &Successor| {
        Object(WireSuccessor {
            keys: Text::owned(s.keys),
            stream: Text::owned(s.stream),
            signature: Text::owned(s.signature),
        })
    };
    let wire = Wire {
        format: u64::from(FORMAT),
        kind: kind.name().into(),
        hub: claims.hub.as_str().into(),
        plan: claims.plan.as_str().into(),
        plan_version: claims.plan_version,
        office: claims.subject.office().map(|office| office.as_str().into()),
        period: period.map(Text::owned),
        stream: Text::owned(claims.subject.stream()),
        seq: link.map(Link::seq),
        prev: link.and_then(Link::prev).map(Text::owned),
        last_receipt: last_receipt.map(Text::owned),
        stand_in,
        successor: claims.subject.successor().map(successor),
        created: claims.created.as_str().into(),
        application: claims.application.as_str().into(),
        records_len: contents.records_len,
        inflated_len: contents.inflated_len,
        payload_sm3: Text::owned(contents.payload.sm3),
        payload_sha256: Text::owned(contents.payload.sha256),
        attachments: (kind == Kind::Progress).then_some(attachments),
    };
    serde_json::to_vec(&wire).map_err(|e| HeaderFault::Json(reason(e)))
}
