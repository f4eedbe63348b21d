//! What updates of incidents and of maintenances share.

use std::collections::HashMap;

use app::words::{ComponentEffect, Id, UnknownWord, Update};
use chrono::{DateTime, Utc};
use sqlx::FromRow;
use sqlx::types::Json;

use super::StoreError;
use super::values::Word;

/// An update as both tables keep it. The status is read where it is known whose it is.
#[derive(FromRow)]
pub(super) struct UpdateRow {
    parent_id: Word<Id>,
    id: Word<Id>,
    status: String,
    body: String,
    display_at: DateTime<Utc>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    effects: Option<Json<Vec<ComponentEffect>>>,
    notify: bool,
}

/// The effects as they are bound.
pub(super) fn effects<S>(update: &Update<S>) -> Option<Json<&[ComponentEffect]>> {
    update.effects.as_deref().map(Json)
}

/// Updates by parent, each list in the order of the rows.
pub(super) fn by_parent<S>(rows: Vec<UpdateRow>) -> Result<HashMap<Id, Vec<Update<S>>>, StoreError>
where
    S: TryFrom<String, Error = UnknownWord>,
{
    let mut lists: HashMap<Id, Vec<Update<S>>> = HashMap::new();
    for row in rows {
        let update = Update {
            status: S::try_from(row.status).map_err(|error| StoreError::Corrupt(error.to_string()))?,
            id: row.id.0,
            body: row.body,
            body_html: String::new(),
            display_at: row.display_at,
            created_at: row.created_at,
            updated_at: row.updated_at,
            effects: row.effects.map(|effects| effects.0),
            notify: row.notify,
        };
        lists.entry(row.parent_id.0).or_default().push(update);
    }
    Ok(lists)
}

/// Children by parent, each list in the order of the rows.
pub(super) fn grouped<T>(pairs: impl IntoIterator<Item = (Id, T)>) -> HashMap<Id, Vec<T>> {
    let mut lists: HashMap<Id, Vec<T>> = HashMap::new();
    for (parent, child) in pairs {
        lists.entry(parent).or_default().push(child);
    }
    lists
}
