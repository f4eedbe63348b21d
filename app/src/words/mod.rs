//! The shared vocabulary: plain data in the field's terms. Imports nothing of the web framework and knows no IO.
//!
//! **Status** is what viewers read, **state** is our own machinery; one word per thing.

/// Declares an enum whose variants have a fixed spelling on the wire and in the database.
macro_rules! wire_enum {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            /// Every value, in declared order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The spelling on the wire and in the database.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::words::UnknownWord;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($text => Ok(Self::$variant),)+
                    _ => Err($crate::words::UnknownWord { word: text.to_owned(), of: stringify!($name) }),
                }
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::words::UnknownWord;
            fn try_from(text: String) -> Result<Self, Self::Error> { text.parse() }
        }
    };
}

pub mod colour;
pub mod component;
pub mod ids;
pub mod incident;
pub mod look;
pub mod maintenance;
pub mod monitor;
pub mod postmortem;
pub mod staff;
pub mod status_page;
pub mod subscriber;
pub mod translation;
pub mod uptime;
pub mod voice;

pub use colour::*;
pub use component::*;
pub use ids::*;
pub use incident::*;
pub use look::*;
pub use maintenance::*;
pub use monitor::*;
pub use postmortem::*;
pub use staff::*;
pub use status_page::*;
pub use subscriber::*;
pub use translation::*;
pub use uptime::*;
pub use voice::*;

/// A text that is none of an enum's spellings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownWord {
    /// What was given.
    pub word: String,
    /// The enum it was read as.
    pub of: &'static str,
}

impl std::fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "\"{}\" is not a known {}", self.word, self.of)
    }
}

impl std::error::Error for UnknownWord {}
