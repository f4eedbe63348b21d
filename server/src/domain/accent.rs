//! Whether a colour can be read where it is put: text needs 4.5:1 on every ground of its theme (WCAG 1.4.3).

use app::words::{Colour, DARK_GROUNDS, LIGHT_GROUNDS};

/// The least contrast of text.
pub const LEAST: f64 = 4.5;

/// Steps on the way to black or white: finer than anybody sees.
const STEPS: i32 = 256;

/// The grounds of a theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark text on light grounds.
    Light,
    /// Light text on dark grounds.
    Dark,
}

impl Theme {
    const fn grounds(self) -> [Colour; 3] {
        match self {
            Self::Light => LIGHT_GROUNDS,
            Self::Dark => DARK_GROUNDS,
        }
    }

    const fn ink(self) -> Colour {
        match self {
            Self::Light => Colour::BLACK,
            Self::Dark => Colour::WHITE,
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// How much the colour stands out from the ground of the theme where it does so least.
#[must_use]
pub fn contrast(colour: Colour, theme: Theme) -> f64 {
    theme.grounds().into_iter().map(|ground| colour.contrast(ground)).fold(f64::INFINITY, f64::min)
}

/// The nearest colour of the same hue that can be read: itself where it can.
#[must_use]
pub fn nearest(colour: Colour, theme: Theme) -> Colour {
    let way = (0..=STEPS).map(|step| colour.towards(theme.ink(), f64::from(step) / f64::from(STEPS)));
    way.into_iter().find(|shade| contrast(*shade, theme) >= LEAST).unwrap_or(theme.ink())
}

/// Nothing, where the colour can be read.
///
/// # Errors
/// A sentence with the ratio and the nearest colour that passes.
pub fn check(colour: Colour, theme: Theme) -> Result<(), String> {
    let found = contrast(colour, theme);
    if found >= LEAST {
        return Ok(());
    }
    // Cut, not rounded: 4.49 must not read as enough.
    let cut = (found * 100.0).floor() / 100.0;
    let (word, nearest) = (theme.word(), nearest(colour, theme));
    Err(format!(
        "{colour} has a contrast of {cut:.2}:1 on the {word} ground; links and buttons need {LEAST}:1. The nearest that passes is {nearest}."
    ))
}
