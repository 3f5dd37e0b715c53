//! Row 31 of the attacks: without the passphrase there is no key and no hint.

use bundle::key_file::{KeyFileError, WorkFactor, lock, unlock};

use crate::fixture::keys;

fn locked(passphrase: &str, work: WorkFactor) -> Vec<u8> {
    let mut file = Vec::new();
    lock(&keys(7), passphrase, work, &mut file).unwrap();
    file
}

#[test]
fn the_passphrase_opens_the_file() {
    let file = locked("胶州湾 2024", WorkFactor::TEST);
    let opened = unlock(&file[..], "胶州湾 2024", WorkFactor::STANDARD).unwrap();
    assert_eq!(opened.public(), keys(7).public());
    assert!(file.starts_with(b"age-encryption.org/v1\n-> scrypt "));
}

#[test]
fn a_wrong_passphrase_and_a_damaged_file_look_the_same() {
    let file = locked("right", WorkFactor::TEST);
    for wrong in ["", "Right", "right ", "rightright"] {
        assert!(matches!(unlock(&file[..], wrong, WorkFactor::TEST), Err(KeyFileError::Locked)), "{wrong:?}");
    }
    for at in 0..file.len() {
        let mut bad = file.clone();
        bad[at] ^= 1;
        let opened = unlock(&bad[..], "right", WorkFactor::TEST);
        // The work factor itself is written in the file, unprotected until the passphrase is known.
        assert!(matches!(opened, Err(KeyFileError::Locked | KeyFileError::ExcessiveWork { .. })), "{at}");
        assert!(unlock(&file[..at], "right", WorkFactor::TEST).is_err(), "cut at {at}");
    }
    assert!(unlock(&[&file[..], b"\n"].concat()[..], "right", WorkFactor::TEST).is_err());
}

#[test]
fn excessive_work_is_refused_before_it_is_done() {
    let file = locked("right", WorkFactor::STANDARD);
    match unlock(&file[..], "right", WorkFactor::TEST) {
        Err(KeyFileError::ExcessiveWork { found: 16, limit: 2 }) => {}
        other => panic!("{other:?}"),
    }
    // 2⁶³ rounds would not end.
    let text = String::from_utf8_lossy(&file).into_owned();
    let line = text.lines().nth(1).unwrap();
    let greedy = [line.strip_suffix("16").unwrap(), "63"].concat();
    let at = file.windows(line.len()).position(|window| window == line.as_bytes()).unwrap();
    let mut bad = file.clone();
    bad[at..at + line.len()].copy_from_slice(greedy.as_bytes());
    assert!(matches!(
        unlock(&bad[..], "right", WorkFactor::STANDARD),
        Err(KeyFileError::ExcessiveWork { found: 63, limit: 16 })
    ));
}

#[test]
fn what_is_inside_must_be_two_seeds() {
    use age::secrecy::SecretString;
    use std::io::Write as _;
    for content in [&[7; 63][..], &[7; 65], &[0; 64], &[]] {
        let mut recipient = age::scrypt::Recipient::new(SecretString::from("right"));
        recipient.set_work_factor(2);
        let encryptor = age::Encryptor::with_recipients(std::iter::once(&recipient as _)).unwrap();
        let mut file = Vec::new();
        let mut body = encryptor.wrap_output(&mut file).unwrap();
        body.write_all(content).unwrap();
        body.finish().unwrap();
        assert!(matches!(unlock(&file[..], "right", WorkFactor::TEST), Err(KeyFileError::Locked)));
    }
}
