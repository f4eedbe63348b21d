//! What open incidents say of components.

use app::words::{ComponentStatus, Id};
use chrono::{DateTime, Utc};

use crate::store::values::Word;
use crate::store::{StoreError, Tx};

/// What an open incident says of a component.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// The incident.
    pub incident: Id,
    /// The component.
    pub component: Id,
    /// The status it states.
    pub status: ComponentStatus,
    /// Since when.
    pub at: DateTime<Utc>,
}

/// What the incidents that viewers know of and that are not over say of components, oldest word first.
///
/// # Errors
/// [`StoreError`]
pub async fn stated(tx: &mut Tx, page: &Id) -> Result<Vec<Stated>, StoreError> {
    let rows = fetch_all!(
        tx,
        (Word<Id>, Word<Id>, Word<ComponentStatus>, DateTime<Utc>),
        "select i.id, c.component_id, c.stated_status, c.stated_at from incidents i join incident_components c on c.incident_id = i.id
         where i.page_id = $1 and i.published_at is not null and i.resolved_at is null and i.deleted_at is null
             and c.stated_status is not null and c.stated_at is not null
         order by c.stated_at, i.id",
        page
    )?;
    let stated = |(incident, component, status, at): (Word<Id>, Word<Id>, Word<ComponentStatus>, _)| Stated {
        incident: incident.0,
        component: component.0,
        status: status.0,
        at,
    };
    Ok(rows.into_iter().map(stated).collect())
}
