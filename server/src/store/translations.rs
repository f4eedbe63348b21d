//! What people wrote in other languages than the page's own.

use app::words::{Id, Translation};
use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::audience::keys;
use super::values::Word;
use super::{StoreError, Tx};

#[derive(FromRow)]
struct Row {
    object_id: Word<Id>,
    language: String,
    name: Option<String>,
    body: Option<String>,
}

impl From<Row> for Translation {
    fn from(row: Row) -> Self {
        Self { object_id: row.object_id.0, language: row.language, name: row.name, body: row.body, body_html: String::new() }
    }
}

/// Writes what is said of one thing in one language. An empty one stays behind as such, so that whoever reads only what changed learns
/// that it is gone.
///
/// # Errors
/// [`StoreError`]
pub async fn set(
    tx: &mut Tx,
    page: &Id,
    translation: &Translation,
    author: &str,
    now: DateTime<Utc>,
    revision: i64,
) -> Result<(), StoreError> {
    execute!(
        tx,
        "insert into translations (page_id, object_id, language, name, body, author, updated_at, revision)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (page_id, object_id, language) do update set name = excluded.name, body = excluded.body,
             author = excluded.author, updated_at = excluded.updated_at, revision = excluded.revision",
        page,
        translation.object_id,
        translation.language,
        translation.name,
        translation.body,
        author,
        now,
        revision
    )?;
    Ok(())
}

/// What is said of one thing in one language.
///
/// # Errors
/// [`StoreError`]
pub async fn get(tx: &mut Tx, page: &Id, id: &Id, language: &str) -> Result<Option<Translation>, StoreError> {
    let row = fetch_optional!(
        tx,
        Row,
        "select object_id, language, name, body from translations where page_id = $1 and object_id = $2 and language = $3",
        page,
        id,
        language
    )?;
    Ok(row.map(Translation::from))
}

/// What is said of one thing, and of each of its messages, by thing and language.
///
/// # Errors
/// [`StoreError`]
pub async fn of_object(tx: &mut Tx, page: &Id, id: &Id) -> Result<Vec<Translation>, StoreError> {
    let rows = fetch_all!(
        tx,
        Row,
        "select object_id, language, name, body from translations
         where page_id = $1 and (name is not null or body is not null) and (object_id = $2
             or object_id in (select id from incident_updates where incident_id = $2)
             or object_id in (select id from maintenance_updates where maintenance_id = $2))
         order by object_id, language",
        page,
        id
    )?;
    Ok(rows.into_iter().map(Translation::from).collect())
}

/// What is said of any of these things, by thing and language.
///
/// # Errors
/// [`StoreError`]
pub async fn of_all(tx: &mut Tx, page: &Id, ids: &[&Id]) -> Result<Vec<Translation>, StoreError> {
    let rows = fetch_all!(
        tx,
        Row,
        "select object_id, language, name, body from translations
         where page_id = $1 and (name is not null or body is not null) and object_id in (select key from jsonb_each($2))
         order by object_id, language",
        page,
        keys(ids.iter().map(|id| id.as_str()))
    )?;
    Ok(rows.into_iter().map(Translation::from).collect())
}

/// What changed after a revision, oldest first; of what is not said any more, an empty one.
///
/// # Errors
/// [`StoreError`]
pub async fn changed_since(tx: &mut Tx, page: &Id, revision: i64) -> Result<Vec<Translation>, StoreError> {
    let rows = fetch_all!(
        tx,
        Row,
        "select object_id, language, name, body from translations
         where page_id = $1 and revision > $2 order by revision, object_id, language",
        page,
        revision
    )?;
    Ok(rows.into_iter().map(Translation::from).collect())
}
