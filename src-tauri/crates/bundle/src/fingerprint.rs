//! The 40 digits by which people recognise a key.

use std::fmt;
use std::str::FromStr;

use model::id::{HubId, OfficeId};
use sm3::digest::Digest as _;

use crate::keys::PublicKeys;

const DOMAIN: &str = "taizhang fingerprint v1";
const GROUPS: usize = 8;
const GROUP_DIGITS: usize = 5;
const GROUP_MODULUS: u32 = 100_000;

/// Whose key it is.
///
/// The digits depend on it: a true key that claims to be another office's has other digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder<'a> {
    /// The hub (汇总单位).
    Hub(&'a HubId),
    /// An office (填报单位) of a hub.
    Office(&'a HubId, &'a OfficeId),
}

/// The 40 digits of a key: eight groups of five.
///
/// There is no `PartialEq`: what a person typed is compared with [`Self::matches`].
#[derive(Clone, Copy)]
pub struct Fingerprint([u32; GROUPS]);

impl Fingerprint {
    /// Computes the digits: SM3 over the domain, the role, the hub, the office and both keys, modulo 10⁴⁰.
    pub fn of(holder: Holder<'_>, keys: &PublicKeys) -> Self {
        let (role, hub, office) = match holder {
            Holder::Hub(hub) => ("hub", hub.as_str(), ""),
            Holder::Office(hub, office) => ("office", hub.as_str(), office.as_str()),
        };
        let mut sm3 = sm3::Sm3::new();
        // Each part after its length, so that no two holders share the bytes that are digested.
        for part in [DOMAIN.as_bytes(), role.as_bytes(), hub.as_bytes(), office.as_bytes(), keys.as_bytes()] {
            sm3.update((part.len() as u32).to_be_bytes());
            sm3.update(part);
        }
        Self::reduce(sm3.finalize().into())
    }

    /// Reduces a big-endian number modulo 10⁴⁰ by dividing by 10⁵ eight times and keeping the remainders.
    fn reduce(mut number: [u8; 32]) -> Self {
        let mut groups = [0; GROUPS];
        for group in groups.iter_mut().rev() {
            let mut remainder = 0;
            for byte in &mut number {
                let dividend = remainder * 256 + u32::from(*byte);
                // The remainder is below 10⁵, so the quotient is below 256.
                *byte = (dividend / GROUP_MODULUS) as u8;
                remainder = dividend % GROUP_MODULUS;
            }
            *group = remainder;
        }
        Self(groups)
    }

    /// Compares two fingerprints in a time that does not depend on where they differ.
    pub fn matches(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).fold(0, |differences, (a, b)| differences | (a ^ b)) == 0
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, group) in self.0.iter().enumerate() {
            let space = if i == 0 { "" } else { " " };
            write!(f, "{space}{group:0GROUP_DIGITS$}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fingerprint({self})")
    }
}

/// A text that is not a fingerprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadFingerprint {
    /// It holds something else than digits, spaces and hyphens.
    #[error("a fingerprint has digits, spaces and hyphens only, not {0:?}")]
    Character(char),
    /// It has too few or too many digits.
    #[error("a fingerprint has 40 digits, not {0}")]
    Length(usize),
}

impl FromStr for Fingerprint {
    type Err = BadFingerprint;

    /// Reads 40 digits as people type or paste them: spaces and hyphens anywhere, full-width digits.
    fn from_str(text: &str) -> Result<Self, BadFingerprint> {
        let mut groups = [0; GROUPS];
        let mut digits = 0;
        for c in text.chars() {
            let digit = match c {
                '0'..='9' => c as u32 - '0' as u32,
                '０'..='９' => c as u32 - '０' as u32,
                '-' | '－' | '‐' | '–' | '—' => continue,
                c if c.is_whitespace() => continue,
                c => return Err(BadFingerprint::Character(c)),
            };
            if let Some(group) = groups.get_mut(digits / GROUP_DIGITS) {
                *group = *group * 10 + digit;
            }
            digits += 1;
        }
        if digits == GROUPS * GROUP_DIGITS { Ok(Self(groups)) } else { Err(BadFingerprint::Length(digits)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::SecretKeys;

    fn print(holder: Holder<'_>, seed: u8) -> Fingerprint {
        Fingerprint::of(holder, SecretKeys::from_seeds(&[seed; 64]).unwrap().public())
    }

    #[test]
    fn reduction_is_modulo_ten_to_the_fortieth() {
        let counting = std::array::from_fn(|i| i as u8);
        let cases = [
            ([0; 32], "00000 00000 00000 00000 00000 00000 00000 00000"),
            ([0xff; 32], "32699 84665 64056 40394 57584 00791 31296 39935"),
            (counting, "22007 42329 63730 31997 54547 59836 99794 40671"),
        ];
        for (number, digits) in cases {
            assert_eq!(Fingerprint::reduce(number).to_string(), digits);
        }
    }

    /// Computed by another program, written from FORMAT.md.
    #[test]
    fn digits_are_those_of_the_format() {
        let (hub, office) = (HubId::new("hub-1").unwrap(), OfficeId::new("u01").unwrap());
        let cases = [
            (Holder::Hub(&hub), "84523 89439 97228 22585 39551 66224 69708 25652"),
            (Holder::Office(&hub, &office), "83313 60017 81664 84664 05470 84462 48468 90580"),
        ];
        for (holder, digits) in cases {
            assert_eq!(print(holder, 1).to_string(), digits);
        }
    }

    #[test]
    fn differences_in_two_groups_do_not_cancel() {
        let zeros: Fingerprint = "0".repeat(40).parse().unwrap();
        let two: Fingerprint = "00001 00001 00000 00000 00000 00000 00000 00000".parse().unwrap();
        assert!(!zeros.matches(&two) && two.matches(&two));
        assert_eq!(format!("{two:?}"), format!("Fingerprint({two})"));
    }

    #[test]
    fn digits_belong_to_one_holder_and_one_key() {
        let (hub, other_hub) = (HubId::new("h1").unwrap(), HubId::new("h1u").unwrap());
        let (office, other_office) = (OfficeId::new("u01").unwrap(), OfficeId::new("01").unwrap());
        let all = [
            print(Holder::Hub(&hub), 1),
            print(Holder::Hub(&hub), 2),
            print(Holder::Hub(&other_hub), 1),
            print(Holder::Office(&hub, &office), 1),
            print(Holder::Office(&other_hub, &other_office), 1),
            print(Holder::Office(&hub, &other_office), 1),
        ];
        for (i, a) in all.iter().enumerate() {
            for (j, b) in all.iter().enumerate() {
                assert_eq!(a.matches(b), i == j, "{i} {j}");
            }
        }
    }

    #[test]
    fn digits_are_read_as_people_write_them() {
        let digits = print(Holder::Hub(&HubId::new("h1").unwrap()), 1);
        let text = digits.to_string();
        assert_eq!(text.len(), 47);
        let wide = text
            .chars()
            .map(|c| char::from_u32(c as u32 + 0xfee0).filter(|_| c != ' ').unwrap_or('\u{3000}'));
        for written in [
            text.clone(),
            text.replace(' ', ""),
            text.replace(' ', "-"),
            wide.collect(),
            format!(" {}\n", text.replace(' ', "  ")),
        ] {
            assert!(written.parse::<Fingerprint>().unwrap().matches(&digits), "{written}");
        }
        assert_eq!(text[1..].parse::<Fingerprint>().unwrap_err(), BadFingerprint::Length(39));
        assert_eq!(format!("{text}0").parse::<Fingerprint>().unwrap_err(), BadFingerprint::Length(41));
        assert_eq!(
            text.replacen('0', "O", 1).parse::<Fingerprint>().unwrap_err(),
            BadFingerprint::Character('O')
        );
        let mut wrong = text.into_bytes();
        wrong[46] = if wrong[46] == b'9' { b'8' } else { b'9' };
        assert!(!std::str::from_utf8(&wrong).unwrap().parse::<Fingerprint>().unwrap().matches(&digits));
    }
}
