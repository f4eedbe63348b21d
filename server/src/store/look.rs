//! How the page looks: what was chosen, and its images.

use app::words::{Id, LookSettings, Picture, PictureKind, PictureUse};
use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::values::Word;
use super::{StoreError, Tx, pages};
use crate::domain::picture::Measured;

/// The setting that holds what was chosen, as JSON.
const KEY: &str = "look";

/// An image and where it is served.
pub type Placed = (PictureUse, Picture);

#[derive(FromRow)]
struct FileRow {
    name: Word<PictureUse>,
    content_type: Word<PictureKind>,
    digest: String,
    width: i64,
    height: i64,
}

impl From<FileRow> for Placed {
    fn from(row: FileRow) -> Self {
        let kind = row.content_type.0;
        let pixels = |number: i64| u32::try_from(number).unwrap_or_default();
        let address = format!("/files/{}.{}", row.digest, kind.extension());
        (row.name.0, Picture { address, kind, width: pixels(row.width), height: pixels(row.height) })
    }
}

/// What was chosen, or how we drew it.
///
/// # Errors
/// [`StoreError::Corrupt`] where what is kept is none of it.
pub async fn settings(tx: &mut Tx, page: &Id) -> Result<LookSettings, StoreError> {
    let text = pages::setting(tx, page, KEY).await?;
    // What an earlier version wrote lacks fields, never has others: each has its default.
    let Some(text) = text else { return Ok(LookSettings::default()) };
    serde_json::from_str(&text).map_err(|error| StoreError::Corrupt(format!("the setting \"{KEY}\": {error}")))
}

/// The same, and what is usual where what is kept of them cannot be read: that keeps nobody from being told.
///
/// # Errors
/// [`StoreError`]
pub async fn settings_or_usual(tx: &mut Tx, page: &Id) -> Result<LookSettings, StoreError> {
    match settings(tx, page).await {
        Err(StoreError::Corrupt(_)) => Ok(LookSettings::default()),
        chosen => chosen,
    }
}

/// Keeps what was chosen.
///
/// # Errors
/// [`StoreError`]
pub async fn set_settings(tx: &mut Tx, page: &Id, chosen: &LookSettings) -> Result<(), StoreError> {
    let text = serde_json::to_string(chosen).map_err(|error| StoreError::Corrupt(error.to_string()))?;
    pages::set_setting(tx, page, KEY, &text).await
}

/// An image to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPicture<'a> {
    /// What it is and how large.
    pub measured: Measured,
    /// Names its content.
    pub digest: String,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// The images, without their bytes.
///
/// # Errors
/// [`StoreError`]
pub async fn pictures(tx: &mut Tx, page: &Id) -> Result<Vec<Placed>, StoreError> {
    let rows =
        fetch_all!(tx, FileRow, "select name, content_type, digest, width, height from page_files where page_id = $1 order by name", page)?;
    Ok(rows.into_iter().map(Placed::from).collect())
}

/// The bytes of one; `None` where there is none of that name.
///
/// # Errors
/// [`StoreError`]
pub async fn bytes(tx: &mut Tx, page: &Id, name: PictureUse) -> Result<Option<Vec<u8>>, StoreError> {
    let row = fetch_optional!(tx, (Vec<u8>,), "select bytes from page_files where page_id = $1 and name = $2", page, name)?;
    Ok(row.map(|(bytes,)| bytes))
}

/// Puts one in the place of what had its name.
///
/// # Errors
/// [`StoreError`]
pub async fn put(tx: &mut Tx, page: &Id, name: PictureUse, picture: &NewPicture<'_>, now: DateTime<Utc>) -> Result<(), StoreError> {
    execute!(
        tx,
        "insert into page_files (page_id, name, content_type, bytes, digest, width, height, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (page_id, name) do update set content_type = excluded.content_type, bytes = excluded.bytes,
             digest = excluded.digest, width = excluded.width, height = excluded.height, updated_at = excluded.updated_at",
        page,
        name,
        picture.measured.kind,
        picture.bytes,
        picture.digest,
        i64::from(picture.measured.width),
        i64::from(picture.measured.height),
        now
    )?;
    Ok(())
}

/// Takes one away; whether there was one.
///
/// # Errors
/// [`StoreError`]
pub async fn remove(tx: &mut Tx, page: &Id, name: PictureUse) -> Result<bool, StoreError> {
    Ok(execute!(tx, "delete from page_files where page_id = $1 and name = $2", page, name)? > 0)
}
