//! What a reader is told beyond the verdict: the numbers and names that people and programs go by.

use bundle::header::Kind;
use bundle::rejection::Rejection;

use crate::fixture::*;

#[test]
fn a_bundle_knows_its_length_and_gives_itself_out_whole() {
    let file = small();
    let mut verified = verify(file.clone()).unwrap();
    assert_eq!(verified.file_len(), file.len() as u64);
    let mut out = Vec::new();
    verified.copy_to(&mut out).unwrap();
    assert_eq!(out, file);
}

#[test]
fn a_later_format_is_told_by_its_number() {
    for (letter, number) in [(b'C', 2), (b'D', 3), (b'Z', 25)] {
        let mut file = small();
        file[3] = letter;
        match verify(file) {
            Err(Rejection::UnsupportedFormat { found }) => assert_eq!(found, number),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn kinds_are_called_by_their_words() {
    let words: Vec<_> = Kind::ALL.iter().map(|kind| format!("{kind:>9}")).collect();
    assert_eq!(words, ["     plan", "enrolment", " progress", "  receipt"]);
}
