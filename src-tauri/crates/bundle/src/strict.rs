//! JSON read more strictly than serde's derived code does by itself.
//!
//! Derived structs refuse duplicate keys, and unknown ones when told to. What they let through is refused here: an
//! array in place of an object, `null` in place of an absent field, and `{"word": null}` in place of `"word"`.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{self, Serialize, Serializer};

/// A struct that is read from a JSON object only.
pub(crate) struct Object<T>(pub(crate) T);

impl<T: Serialize> Serialize for Object<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OnlyMaps<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for OnlyMaps<T> {
            type Value = T;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map))
            }
        }

        deserializer.deserialize_map(OnlyMaps(PhantomData)).map(Self)
    }
}

/// Reads an optional field that is there; absence is the only way to have none.
pub(crate) fn present<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    T::deserialize(deserializer).map(Some)
}

/// A text that may travel, borrowed from the line where it has no escapes.
pub(crate) struct Text<'a>(pub(crate) Cow<'a, str>);

impl<'a> Text<'a> {
    pub(crate) fn owned(text: impl ToString) -> Self {
        Self(Cow::Owned(text.to_string()))
    }

    pub(crate) fn into_string(self) -> String {
        self.0.into_owned()
    }
}

impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Self {
        Self(Cow::Borrowed(text))
    }
}

impl std::ops::Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

const CONTROL: &str = "a control character";

impl Serialize for Text<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if is_text(&self.0) { serializer.serialize_str(&self.0) } else { Err(ser::Error::custom(CONTROL)) }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // serde's own Cow copies every text unless its field is marked, which does not reach into an Option.
        struct Borrowing;

        impl<'de> Visitor<'de> for Borrowing {
            type Value = Text<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }

            fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Text<'de>, E> {
                if is_text(text) { Ok(Text(Cow::Borrowed(text))) } else { Err(E::custom(CONTROL)) }
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Text<'de>, E> {
                if is_text(text) { Ok(Text::owned(text)) } else { Err(E::custom(CONTROL)) }
            }
        }

        deserializer.deserialize_str(Borrowing)
    }
}

/// Says whether a text may travel: no control characters except tab, line feed and carriage return.
///
/// The others have no place in what people write, and can steer a terminal that shows it.
pub(crate) fn is_text(text: &str) -> bool {
    // All controls are below 0x20, 0x7f, or the two bytes c2 80 to c2 9f; looking at bytes is much faster than at chars.
    let plain = |b: u8| b >= 0x20 && b != 0x7f && b != 0xc2;
    text.bytes().all(plain) || text.chars().all(|c| !c.is_control() || matches!(c, '\t' | '\n' | '\r'))
}

/// Makes a reason out of an error that may quote the file: printable, and no longer than people read.
pub(crate) fn reason(error: impl fmt::Display) -> String {
    let printable = |c: char| match c {
        '"' | '\'' => c.into(),
        c => c.escape_debug().to_string(),
    };
    error.to_string().chars().take(200).map(printable).collect()
}

/// A word that stands for nothing in this place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is none of the words known here")]
pub struct UnknownWord(String);

impl UnknownWord {
    /// Keeps no more of the word than a message can show.
    pub(crate) fn new(word: &str) -> Self {
        Self(word.chars().take(40).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize, Debug)]
    #[serde(deny_unknown_fields)]
    struct Pair {
        a: u32,
        #[serde(default, deserialize_with = "present")]
        b: Option<u32>,
    }

    #[test]
    fn only_one_spelling_is_read() {
        let read = |json: &str| serde_json::from_str::<Object<Pair>>(json).map(|Object(p)| (p.a, p.b));
        assert_eq!(read(r#"{"a":1}"#).unwrap(), (1, None));
        assert_eq!(read(r#"{"b":2,"a":1}"#).unwrap(), (1, Some(2)));
        for bad in [
            r#"[1,2]"#,
            r#"{"a":1,"b":null}"#,
            r#"{"a":1,"a":1}"#,
            r#"{"a":1,"c":1}"#,
            r#"{"a":1.0}"#,
            r#"{"a":1e0}"#,
            r#"{"a":-0}"#,
            r#"{"a":01}"#,
            r#"{"a":NaN}"#,
            r#"{"a":1e999}"#,
            r#"{"a":1,}"#,
            r#"{"a":1}{"#,
            "\u{feff}{\"a\":1}",
            "null",
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn controls_do_not_travel() {
        for good in ["", "完成12所，\t见附件\r\n𠮷㙍😀", "Â£ é"] {
            assert!(is_text(good), "{good:?}");
        }
        for bad in ["a\0", "\u{1b}[2J", "\u{7f}", "\u{85}", "\u{9b}1m", "\u{b}"] {
            assert!(!is_text(bad), "{bad:?}");
        }
    }
}
