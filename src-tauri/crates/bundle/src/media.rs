//! What an attachment is, told by its first bytes and never by a name.

use std::str::FromStr;

use crate::strict::UnknownWord;

/// The three things that can be evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Media {
    /// A JPEG image.
    Jpeg,
    /// A PNG image.
    Png,
    /// A PDF document.
    Pdf,
}

/// How many leading bytes [`Media::of`] looks at.
pub(crate) const SNIFF_LEN: usize = 8;

impl Media {
    /// Tells what a file is from its first bytes (eight are enough); nothing when it is none of the three.
    pub fn of(start: &[u8]) -> Option<Self> {
        if start.starts_with(b"\xff\xd8\xff") {
            Some(Self::Jpeg)
        } else if start.starts_with(b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else if start.starts_with(b"%PDF-") {
            Some(Self::Pdf)
        } else {
            None
        }
    }

    /// Returns the media type.
    pub fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Pdf => "application/pdf",
        }
    }

    /// Returns the extension under which such a file is saved.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Pdf => "pdf",
        }
    }
}

impl FromStr for Media {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        [Self::Jpeg, Self::Png, Self::Pdf]
            .into_iter()
            .find(|media| media.name() == text)
            .ok_or_else(|| UnknownWord::new(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides() {
        let cases: [(&[u8], _); 7] = [
            (b"\xff\xd8\xff\xe0", Some(Media::Jpeg)),
            (b"\x89PNG\r\n\x1a\n", Some(Media::Png)),
            (b"%PDF-1.7", Some(Media::Pdf)),
            (b"MZ\x90\0", None),
            (b"\x89PNG\n\x1a\n", None),
            (b" %PDF-1.", None),
            (b"", None),
        ];
        for (start, media) in cases {
            assert_eq!(Media::of(start), media, "{start:?}");
        }
    }
}
