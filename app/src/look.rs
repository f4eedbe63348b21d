//! What the look is made of beside the pages: the style sheet of its colours, and the icon that carries a mark.

use std::fmt::Write as _;

use crate::parts::glyph::Face;
use crate::words::{Colour, ComponentStatus, PictureKind};

/// Our own drawing.
const ICON: &str = include_str!("../../style/icon.svg");

/// The style sheet of what was chosen, for light and dark; `None` where nothing differs from ours. It stands after the one of all
/// pages and names the same custom properties.
#[must_use]
pub fn sheet(light: Option<Colour>, dark: Option<Colour>, two_logos: bool) -> Option<String> {
    let rule = |colour: Option<Colour>, shown: &str, hidden: &str| {
        let mut rule = String::new();
        // Writing to a text does not fail.
        let _ = colour.map(|colour| write!(rule, "--link:{colour};--act:{colour};"));
        let _ = two_logos.then(|| write!(rule, "--{shown}:block;--{hidden}:none;"));
        rule
    };
    let (light, dark) = (rule(light, "on-light", "on-dark"), rule(dark, "on-dark", "on-light"));
    let mut sheet = String::new();
    if !light.is_empty() {
        let _ = write!(sheet, ":root,[data-theme=\"light\"]{{{light}}}");
    }
    if !dark.is_empty() {
        let _ = write!(
            sheet,
            "@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=\"light\"]){{{dark}}}}}\
             @media screen{{[data-theme=\"dark\"]{{{dark}}}}}"
        );
    }
    (!sheet.is_empty()).then_some(sheet)
}

/// The icon with the mark of a status in its corner; while all is well it has none. `own` is an image as Base64.
#[must_use]
pub fn icon(status: ComponentStatus, own: Option<(PictureKind, &str)>) -> String {
    let base = own.map_or_else(
        || ICON.trim_end().to_owned(),
        |(kind, base64)| format!(r#"<image width="32" height="32" href="data:{kind};base64,{base64}"/>"#),
    );
    let mark = if status == ComponentStatus::Operational {
        String::new()
    } else {
        let colour = status.colour();
        format!(
            r##"<style>.k{{fill:none;stroke:#fff;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}}</style><circle cx="21.5" cy="21.5" r="10.5" fill="#fff"/><g transform="translate(13 13) scale(1.06)" fill="{colour}">{}</g>"##,
            Face::Known(status).shape()
        )
    };
    format!(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">{base}{mark}</svg>"#)
}
