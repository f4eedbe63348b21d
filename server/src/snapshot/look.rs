//! The look as readers get it: what was chosen, and the files that it needs, each under a name that carries its content's hash.

use std::sync::Arc;

use app::words::{ComponentStatus, Id, Look, LookFile, LookSettings, PictureKind, PictureUse};
use app::{look as drawing, markdown};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::domain::accent::{self, Theme};
use crate::domain::picture::digest;
use crate::domain::reader;
use crate::store::{StoreError, Tx, look};

/// Reads the look; as it was `before` where nothing of it changed, so that images are read once.
///
/// # Errors
/// [`StoreError`] when the database cannot be read.
pub async fn load(tx: &mut Tx, page: &Id, before: Option<&Look>) -> Result<Look, StoreError> {
    let chosen = match look::settings(tx, page).await {
        // Readers see the page all the same, as it was last.
        Err(error @ StoreError::Corrupt(_)) => {
            tracing::error!(error = error.to_string(), "what was chosen for the page cannot be read; it looks as before");
            before.map(|before| before.chosen.clone()).unwrap_or_default()
        }
        chosen => chosen?,
    };
    let pictures = look::pictures(tx, page).await?;
    let of = |purpose| pictures.iter().find(|(name, _)| *name == purpose).map(|(_, picture)| picture.clone());
    let mut shown =
        Look { logo: of(PictureUse::Logo), logo_dark: of(PictureUse::LogoDark), icon: of(PictureUse::Icon), chosen, ..Look::default() };
    if let Some(before) = before
        && (&before.chosen, &before.logo, &before.logo_dark, &before.icon) == (&shown.chosen, &shown.logo, &shown.logo_dark, &shown.icon)
    {
        return Ok(before.clone());
    }
    let mut files = Vec::new();
    for (name, picture) in &pictures {
        let bytes = look::bytes(tx, page, *name).await?.unwrap_or_default();
        files.push(LookFile { address: picture.address.clone(), kind: Some(picture.kind), bytes });
    }
    let own = shown.icon.as_ref().and_then(|icon| files.iter().find(|file| file.address == icon.address));
    let own = own.and_then(|file| Some((file.kind?, STANDARD.encode(&file.bytes))));
    let icons = ComponentStatus::ALL.iter().map(|status| {
        let drawn = drawing::icon(*status, own.as_ref().map(|(kind, base64)| (*kind, base64.as_str())));
        named("icon", Some(PictureKind::Svg), drawn)
    });
    let icons: Vec<LookFile> = icons.collect();
    shown.icons = icons.iter().map(|file| file.address.clone()).collect();
    files.extend(icons);
    let dark = shown.chosen.accent_dark.or_else(|| shown.chosen.accent.map(|light| accent::nearest(light, Theme::Dark)));
    let two_logos = shown.logo.is_some() && shown.logo_dark.is_some();
    if let Some(sheet) = drawing::sheet(shown.chosen.accent, dark, two_logos) {
        let sheet = named("look", None, sheet);
        shown.sheet = Some(sheet.address.clone());
        files.push(sheet);
    }
    shown.about_html = markdown::to_html(&shown.chosen.about);
    shown.files = Arc::new(files);
    Ok(shown)
}

/// Codes of the languages the page is offered in, its own first.
#[must_use]
pub fn offered(chosen: &LookSettings) -> Vec<String> {
    reader::offered(chosen).into_iter().map(|language| language.code().to_owned()).collect()
}

fn named(stem: &str, kind: Option<PictureKind>, text: String) -> LookFile {
    let extension = kind.map_or("css", PictureKind::extension);
    LookFile { address: format!("/files/{stem}.{}.{extension}", digest(text.as_bytes())), kind, bytes: text.into_bytes() }
}
