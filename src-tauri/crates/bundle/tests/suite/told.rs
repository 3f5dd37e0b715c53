//! What a reader is told beyond the verdict: the numbers and names that people and programs go by.

use bundle::digest::Sha256Digest;
use bundle::header::Kind;
use bundle::keys::{PublicKeys, SM2_PUBLIC_LEN};
use bundle::limits::Limits;
use bundle::rejection::{Part, Rejection};
use bundle::v1::Payload;
use bundle::write::write;

use crate::fixture::*;
use crate::raw::{RETURN, Raw};

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

#[test]
fn a_part_is_called_by_its_place() {
    assert_eq!(
        [Part::Payload, Part::Attachment(2)].map(|part| part.to_string()),
        ["payload", "attachment 2"]
    );
}

#[test]
fn what_is_wrong_with_a_header_is_said_in_words() {
    let said = |from: &str, to: &str| {
        let rejection = verify(Raw::progress(RETURN).claim(from, to).bytes()).unwrap_err();
        std::error::Error::source(&rejection).unwrap().to_string()
    };
    let text = said(r#""attachments":[]"#, r#""attachments":[1]"#);
    assert!(text.contains("expected an object"), "{text}");
    let text = said(r#""hub":"hub-1""#, r#""hub":1"#);
    assert!(text.contains("expected a text"), "{text}");
    let text = said(r#""hub":"hub-1""#, r#""\u0007hub\u001b":"hub-1""#);
    assert!(text.contains("unknown field") && !text.contains(char::is_control), "{text}");
}

/// Many keys that are fine, among them those whose encodings are nearly ones that are refused.
#[test]
fn keys_that_look_nearly_wrong_are_keys() {
    let sm2 = keys(1).public().as_bytes()[..SM2_PUBLIC_LEN].to_vec();
    let (mut near_p, mut near_one) = (0, 0);
    for number in 0..20_000_u32 {
        let mut seed = [0x21; 32];
        seed[..4].copy_from_slice(&number.to_be_bytes());
        let ed25519 = ed25519_dalek::SigningKey::from_bytes(&seed).verifying_key().to_bytes();
        let both: Vec<u8> = [&sm2[..], &ed25519].concat();
        let negative = ed25519[31] & 0x80 != 0;
        near_p += u32::from(ed25519[31] & 0x7f == 0x7f && ed25519[0] >= 0xed);
        near_one += u32::from(negative && (ed25519[0] == 1 || ed25519[0] == 0xec));
        assert!(PublicKeys::from_bytes(&both.try_into().unwrap()).is_ok(), "{number}");
    }
    assert!(near_p > 3 && near_one > 3, "{near_p} {near_one}");
}

#[test]
fn keys_are_told_apart_and_secret_ones_never_shown() {
    let (one, other) = (keys(1), keys(2));
    assert!(one.public() == one.public() && one.public() != other.public());
    let hex = crate::raw::hex(one.public().as_bytes());
    assert_eq!(format!("{:?}", one.public()), format!("PublicKeys({hex})"));
    let shown = format!("{one:?}");
    assert!(shown.contains(&hex) && !shown.contains(&"01".repeat(32)), "{shown}");
}

#[test]
fn a_file_is_saved_under_the_ending_of_its_kind() {
    use bundle::media::Media;
    let endings: Vec<_> = [Media::Jpeg, Media::Png, Media::Pdf].map(Media::extension).into();
    assert_eq!(endings, ["jpg", "png", "pdf"]);
}

/// Remembers whether it was told to pass on what it holds.
#[derive(Default)]
struct Drain {
    bytes: Vec<u8>,
    flushed: bool,
}

impl std::io::Write for Drain {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.flushed = false;
        self.bytes.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.flushed = true;
        Ok(())
    }
}

#[test]
fn whoever_writes_learns_what_was_written() {
    let mut out = Drain::default();
    let payload = Payload::Progress(filed(3));
    let told = write(&keys(1), progress_claims(), &payload, &mut [], &Limits::default(), &mut out).unwrap();
    assert!(out.flushed && out.bytes == small());
    assert_eq!((told.file_len, told.file_digest), (out.bytes.len() as u64, Sha256Digest::of(&out.bytes)));
}
