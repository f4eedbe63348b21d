//! Which images the page takes: small ones of four kinds, told by their content and never by their name.

use std::fmt::Write as _;

use app::words::{PictureKind, PictureUse};
use imagesize::ImageType;
use sha2::{Digest, Sha256};

use super::svg;

/// The most bytes of a logo.
pub const LOGO_BYTES: usize = 256 * 1024;
/// The most bytes of an icon: it is part of a small file for each status.
pub const ICON_BYTES: usize = 64 * 1024;
/// The most pixels of a side.
pub const LONGEST_SIDE: u32 = 4096;

/// What an image is and how large.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measured {
    /// What it is.
    pub kind: PictureKind,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
}

/// Bytes of a hash that stand in a name.
const NAMED_BYTES: usize = 8;

/// The hash that names a content.
#[must_use]
pub fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(NAMED_BYTES).fold(String::new(), |mut text, byte| {
        // Writing to a text does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Looks at an image that is to be used.
///
/// # Errors
/// A sentence where it cannot be used.
pub fn measure(bytes: &[u8], purpose: PictureUse) -> Result<Measured, String> {
    let most = if purpose == PictureUse::Icon { ICON_BYTES } else { LOGO_BYTES };
    if bytes.is_empty() {
        return Err("Choose a file first.".to_owned());
    }
    if bytes.len() > most {
        return Err(format!("This file has {} kB; at most {} kB are taken. Save it smaller.", bytes.len().div_ceil(1024), most / 1024));
    }
    let kind = match imagesize::image_type(bytes) {
        Ok(ImageType::Png) => PictureKind::Png,
        Ok(ImageType::Jpeg) => PictureKind::Jpeg,
        Ok(ImageType::Webp) => PictureKind::Webp,
        _ => PictureKind::Svg,
    };
    let (width, height) = if kind == PictureKind::Svg {
        svg::size(std::str::from_utf8(bytes).map_err(|_| svg::UNKNOWN.to_owned())?)?
    } else {
        let size = imagesize::blob_size(bytes).map_err(|_| "This image is damaged: its size cannot be read.".to_owned())?;
        (u32::try_from(size.width).unwrap_or(u32::MAX), u32::try_from(size.height).unwrap_or(u32::MAX))
    };
    if !(1..=LONGEST_SIDE).contains(&width) || !(1..=LONGEST_SIDE).contains(&height) {
        return Err(format!("This image has {width} by {height} pixels; each side must have 1 to {LONGEST_SIDE}."));
    }
    Ok(Measured { kind, width, height })
}
