//! What drafts say of components instead of the stock sentence.

use app::words::Id;
use chrono::{DateTime, Utc};

use super::values::Word;
use super::{StoreError, Tx};
use crate::domain::template::Template;

/// What a draft says of a component; empty where that is the stock sentence.
///
/// # Errors
/// [`StoreError`]
pub async fn get(tx: &mut Tx, component: &Id) -> Result<Template, StoreError> {
    let row = fetch_optional!(tx, (String, String), "select title, body from component_templates where component_id = $1", component)?;
    Ok(row.map(|(title, body)| Template { title, body }).unwrap_or_default())
}

/// What drafts say of the page's components, where that is not the stock sentence.
///
/// # Errors
/// [`StoreError`]
pub async fn all(tx: &mut Tx, page: &Id) -> Result<Vec<(Id, Template)>, StoreError> {
    let rows = fetch_all!(
        tx,
        (Word<Id>, String, String),
        "select t.component_id, t.title, t.body from component_templates t join components c on c.id = t.component_id
         where c.page_id = $1 and c.deleted_at is null order by t.component_id",
        page
    )?;
    Ok(rows.into_iter().map(|(id, title, body)| (id.0, Template { title, body })).collect())
}

/// Says what drafts say of a component; an empty template is the stock sentence again.
///
/// # Errors
/// [`StoreError::Sql`] where there is no such component.
pub async fn set(tx: &mut Tx, component: &Id, template: &Template, now: DateTime<Utc>) -> Result<(), StoreError> {
    if template.is_empty() {
        execute!(tx, "delete from component_templates where component_id = $1", component)?;
        return Ok(());
    }
    execute!(
        tx,
        "insert into component_templates (component_id, title, body, updated_at) values ($1, $2, $3, $4)
         on conflict (component_id) do update set title = excluded.title, body = excluded.body, updated_at = excluded.updated_at",
        component,
        template.title,
        template.body,
        now
    )?;
    Ok(())
}
