//! What is written is what is read.

use bundle::header::{Kind, Link};
use bundle::v1::Payload;

use crate::fixture::*;

#[test]
fn a_return_comes_back_as_it_was() {
    let payload = Payload::Progress(filed(90));
    let bytes = bytes(1, progress_claims(), &payload, &[]);
    let verified = verify(bytes.clone()).unwrap();
    assert_eq!(verified.header().claims, progress_claims());
    assert_eq!(verified.keys(), keys(1).public());
    assert_eq!(verified.payload(), &payload);
    assert_eq!(verified.file_len(), bytes.len() as u64);
    println!("{} bytes, {:?}", bytes.len(), verified.header().contents);
}

#[test]
fn an_enrolment_comes_back_as_it_was() {
    let verified = verify(bytes(1, enrolment_claims(), &enrolment(), &[])).unwrap();
    assert_eq!(verified.header().claims, enrolment_claims());
    assert_eq!(verified.header().claims.subject.kind(), Kind::Enrolment);
    assert_eq!(verified.header().claims.subject.link().map(Link::seq), None);
    assert_eq!(verified.into_payload(), enrolment());
}
