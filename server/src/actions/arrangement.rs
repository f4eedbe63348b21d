//! The order in which readers see components and groups.

use app::words::{Component, ComponentGroup, Id};

use super::{Act, ActionError, Done, pages as page_actions};
use crate::domain::order::{Way, shifted};
use crate::store::{StoreError, Tx, components, pages};

/// What has a place among others.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Placed {
    Group(ComponentGroup),
    Component(Component),
}

impl Placed {
    const fn id(&self) -> &Id {
        match self {
            Self::Group(group) => &group.id,
            Self::Component(component) => &component.id,
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Group(group) => &group.name,
            Self::Component(component) => &component.name,
        }
    }

    const fn position(&self) -> i64 {
        match self {
            Self::Group(group) => group.position,
            Self::Component(component) => component.position,
        }
    }

    async fn put(self, tx: &mut Tx, page: &Id, position: i64) -> Result<(), StoreError> {
        match self {
            Self::Group(group) => components::upsert_group(tx, page, &ComponentGroup { position, ..group }).await,
            Self::Component(component) => components::upsert_component(tx, page, &Component { position, ..component }).await,
        }
    }
}

/// Moves a component or a group one place among what stands beside it: a grouped component in its group, everything else on the page.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn shift(act: &Act<'_>, id: &Id, way: Way) -> Result<Done, ActionError> {
    let mut tx = act.db.write().await?;
    let page = page_actions::here(&mut tx).await?;
    let revision = pages::bump_revision(&mut tx, &page, act.now).await?;
    let all: Vec<Component> = components::components(&mut tx, &page).await?.into_iter().map(|row| row.component).collect();
    let groups = components::groups(&mut tx, &page).await?;
    let within = all.iter().find(|component| component.id == *id).map(|component| component.group_id.clone());
    let noun = if within.is_some() { "component" } else { "component_group" };
    let group = within.flatten();
    let beside = groups.into_iter().filter(|_| group.is_none()).map(Placed::Group);
    let mut siblings: Vec<Placed> = beside.chain(all.into_iter().filter(|c| c.group_id == group).map(Placed::Component)).collect();
    // As the public page sorts them: groups first among equals.
    siblings.sort_by_key(Placed::position);
    let chosen = siblings.iter().find(|one| one.id() == id).cloned().ok_or(ActionError::Missing("component"))?;
    let detail = format!("{} {}", chosen.name(), if way == Way::Up { "up" } else { "down" });
    for (position, one) in (1_i64..).zip(shifted(siblings, &chosen, way)) {
        if one.position() != position {
            one.put(&mut tx, &page, position).await?;
        }
    }
    act.audit(&mut tx, &page, &format!("{noun}.move"), Some((noun, id)), Some(detail)).await?;
    tx.commit().await?;
    Ok(Done { id: id.clone(), revision: Some(revision) })
}
