//! Colours as people write them, and how well one reads on another (WCAG 2, relative luminance).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A colour: red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Colour(pub [u8; 3]);

/// The grounds that text stands on in the light theme: page, card and well. A test compares them with the style sheet.
pub const LIGHT_GROUNDS: [Colour; 3] = [Colour([0xfb, 0xfb, 0xfa]), Colour([0xff, 0xff, 0xff]), Colour([0xf3, 0xf4, 0xf4])];
/// The same in the dark theme.
pub const DARK_GROUNDS: [Colour; 3] = [Colour([0x11, 0x14, 0x17]), Colour([0x19, 0x1d, 0x21]), Colour([0x21, 0x26, 0x2b])];

impl Colour {
    /// Black.
    pub const BLACK: Self = Self([0; 3]);
    /// White.
    pub const WHITE: Self = Self([255; 3]);

    /// How much it stands out from another: 1 for the same colour, 21 for black on white.
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// The colour that lies so far on the way to another: 0 is itself, 1 the other.
    #[must_use]
    pub fn towards(self, other: Self, share: f64) -> Self {
        let mut mixed = self.0;
        for (channel, goal) in mixed.iter_mut().zip(other.0) {
            let value = f64::from(*channel) + (f64::from(goal) - f64::from(*channel)) * share;
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held to 0 to 255 before")]
            let value = value.round().clamp(0.0, 255.0) as u8;
            *channel = value;
        }
        Self(mixed)
    }

    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.039_28 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl FromStr for Colour {
    type Err = &'static str;

    /// Reads `#0b57a4`, `#05a`, or either without its sign.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.strip_prefix('#').unwrap_or(text);
        let digits: Option<Vec<u8>> = digits.chars().map(|digit| digit.to_digit(16).and_then(|value| u8::try_from(value).ok())).collect();
        match digits.as_deref() {
            Some([red, green, blue]) => Ok(Self([red * 17, green * 17, blue * 17])),
            Some([r1, r2, g1, g2, b1, b2]) => Ok(Self([r1 * 16 + r2, g1 * 16 + g2, b1 * 16 + b2])),
            _ => Err("Write a colour as # and six hexadecimal digits, such as #0b57a4."),
        }
    }
}

impl TryFrom<String> for Colour {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Colour> for String {
    fn from(colour: Colour) -> Self {
        colour.to_string()
    }
}
