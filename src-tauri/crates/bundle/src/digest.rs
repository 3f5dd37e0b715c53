//! The two digests: SM3, because it is asked for, and SHA-256 beside it.

use std::fmt;

use sha2::Sha256;
use sm3::digest::Digest;

/// A text that is not a digest: 64 hexadecimal digits, lower case.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not {1} lower-case hexadecimal digits")]
pub struct BadHex(pub String, pub usize);

/// Reads exactly `N` bytes of lower-case hexadecimal, so that one value has one text.
pub(crate) fn from_hex<const N: usize>(text: &str) -> Result<[u8; N], BadHex> {
    let bad = || BadHex(text.chars().take(2 * N + 1).collect(), 2 * N);
    let nibble = |b: u8| match b {
        b'0'..=b'9' => Some(b - b'0'),
        b'a'..=b'f' => Some(b - b'a' + 10),
        _ => None,
    };
    if text.len() != 2 * N {
        return Err(bad());
    }
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *byte = nibble(pair[0]).zip(nibble(pair[1])).map(|(h, l)| h * 16 + l).ok_or_else(bad)?;
    }
    Ok(bytes)
}

/// Prints bytes in lower-case hexadecimal.
pub(crate) struct Hex<'a>(pub(crate) &'a [u8]);

impl fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// A value of `$len` bytes, written as lower-case hexadecimal.
macro_rules! hex_value {
    ($(#[$doc:meta])* $name:ident, $len:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; $len]);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&$crate::digest::Hex(&self.0), f)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::digest::BadHex;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $crate::digest::from_hex(text).map(Self)
            }
        }
    };
}
pub(crate) use hex_value;

hex_value! {
    /// An SM3 digest (GB/T 32905).
    Sm3Digest, 32
}
hex_value! {
    /// A SHA-256 digest.
    Sha256Digest, 32
}

impl Sm3Digest {
    /// Digests `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(sm3::Sm3::digest(bytes).into())
    }
}

impl Sha256Digest {
    /// Digests `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

/// Both digests of the same bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digests {
    /// SM3.
    pub sm3: Sm3Digest,
    /// SHA-256.
    pub sha256: Sha256Digest,
}

impl Digests {
    /// Digests `bytes` twice.
    pub fn of(bytes: &[u8]) -> Self {
        Self { sm3: Sm3Digest::of(bytes), sha256: Sha256Digest::of(bytes) }
    }
}

/// Computes [`Digests`] piece by piece.
#[derive(Default)]
pub(crate) struct Digester {
    sm3: sm3::Sm3,
    sha256: Sha256,
}

impl Digester {
    pub(crate) fn update(&mut self, bytes: &[u8]) {
        self.sm3.update(bytes);
        self.sha256.update(bytes);
    }

    pub(crate) fn finish(self) -> Digests {
        Digests {
            sm3: Sm3Digest(self.sm3.finalize().into()),
            sha256: Sha256Digest(self.sha256.finalize().into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// GB/T 32905-2016, appendix A, both examples.
    #[test]
    fn sm3_gives_the_answers_of_the_standard() {
        let cases = [
            ("abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
            (&"abcd".repeat(16), "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
        ];
        for (text, digest) in cases {
            assert_eq!(Sm3Digest::of(text.as_bytes()).to_string(), digest);
        }
    }

    #[test]
    fn pieces_give_the_digests_of_the_whole() {
        let mut digester = Digester::default();
        digester.update(b"ab");
        digester.update(b"");
        digester.update(b"c");
        assert_eq!(digester.finish(), Digests::of(b"abc"));
    }

    #[test]
    fn one_value_has_one_text() {
        let digest = Sm3Digest::of(b"abc");
        let text = digest.to_string();
        assert_eq!(text.parse(), Ok(digest));
        for bad in [text.to_uppercase(), text[1..].to_owned(), format!("{text}0"), text.replace('6', "g")] {
            assert!(bad.parse::<Sm3Digest>().is_err(), "{bad}");
        }
        assert!("６".repeat(22).parse::<Sm3Digest>().is_err());
        // One character beyond what is wanted shows that it is too long; more would only flood the log.
        let long = "0".repeat(100).parse::<Sm3Digest>();
        assert_eq!(long, Err(BadHex("0".repeat(65), 64)));
    }
}
