//! Identifiers: permanent, opaque, never reused, and safe to show.

use std::fmt;
use std::str::FromStr;

/// The most characters an identifier may have.
pub const MAX_ID_LEN: usize = 40;

/// A text that cannot serve as an identifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("identifier {0:?} is not 1 to {MAX_ID_LEN} of the characters a-z, 0-9 and '-'")]
pub struct BadId(pub String);

fn checked(text: &str) -> Result<Box<str>, BadId> {
    let fits = !text.is_empty()
        && text.len() <= MAX_ID_LEN
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if fits { Ok(text.into()) } else { Err(BadId(text.to_owned())) }
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Box<str>);

        impl $name {
            /// Takes a text of 1 to [`MAX_ID_LEN`] characters `a-z`, `0-9`, `-`.
            pub fn new(text: &str) -> Result<Self, BadId> {
                checked(text).map(Self)
            }

            /// Returns the identifier's text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = BadId;

            fn from_str(text: &str) -> Result<Self, BadId> {
                Self::new(text)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }
    };
}

id! {
    /// Identifies a hub (汇总单位) for ever.
    HubId
}
id! {
    /// Identifies a plan (目标方案) across its versions.
    PlanId
}
id! {
    /// Identifies an office (填报单位) whatever its names and codes become.
    OfficeId
}
id! {
    /// Identifies a target (目标) across plan versions; users read it as its code, `2-1-03`.
    TargetId
}

impl OfficeId {
    /// Returns the id of 本级, the hub's own unit, the same in every plan.
    pub fn own() -> Self {
        Self("own".into())
    }

    /// Says whether this is 本级.
    pub fn is_own(&self) -> bool {
        &*self.0 == "own"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_allowlist_makes_an_id() {
        assert_eq!(OfficeId::new("u01").map(|id| id.to_string()), Ok("u01".to_owned()));
        for bad in ["", "U01", "a/b", "..", "王台", "a b", &"x".repeat(41)] {
            assert!(OfficeId::new(bad).is_err(), "{bad:?}");
        }
    }
}
