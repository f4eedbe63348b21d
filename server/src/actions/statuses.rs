//! What is said of components, by people and by monitors, and what follows for their history.

use std::collections::HashMap;

use app::words::{ComponentGroup, ComponentStatus, Id, StatusChange, StatusSource};
use chrono::{DateTime, Utc};

use crate::domain::status::{self, Word};
use crate::store::components::ComponentRecord;
use crate::store::incidents::Stated;
use crate::store::{StoreError, Tx, components, incidents, status_changes};

/// All that is said of the page's components at one instant.
#[derive(Clone, Debug)]
pub struct Board {
    /// Its components, without deleted ones.
    pub components: Vec<ComponentRecord>,
    /// Its groups.
    pub groups: Vec<ComponentGroup>,
    stated: Vec<Stated>,
    now: DateTime<Utc>,
}

impl Board {
    /// Reads what is said now. Three statements.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn load(tx: &mut Tx, page: &Id, now: DateTime<Utc>) -> Result<Self, StoreError> {
        Ok(Self {
            components: components::components(tx, page).await?,
            groups: components::groups(tx, page).await?,
            stated: incidents::stated(tx, page).await?,
            now,
        })
    }

    /// The component of that id.
    #[must_use]
    pub fn component(&self, id: &Id) -> Option<&ComponentRecord> {
        self.components.iter().find(|row| row.component.id == *id)
    }

    /// What the component is called where its group is not in sight: `Group - Component`.
    #[must_use]
    pub fn full_name(&self, row: &ComponentRecord) -> String {
        let group = row.component.group_id.as_ref().and_then(|id| self.groups.iter().find(|group| group.id == *id));
        group.map_or_else(|| row.component.name.clone(), |group| format!("{} - {}", group.name, row.component.name))
    }

    /// The component's status outside planned work.
    #[must_use]
    pub fn status(&self, row: &ComponentRecord) -> ComponentStatus {
        self.status_but_for(row, None)
    }

    /// The component's status outside planned work, as if that incident said nothing.
    #[must_use]
    pub fn status_but_for(&self, row: &ComponentRecord, silent: Option<&Id>) -> ComponentStatus {
        let fresh = row.fresh_until.is_none_or(|until| until > self.now);
        status::effective(status::stated(&self.words(row, silent)), row.observed.filter(|_| fresh), None)
    }

    fn words(&self, row: &ComponentRecord, silent: Option<&Id>) -> Vec<Word> {
        let own = row.stated.iter().map(|(status, at, _)| Word { status: *status, at: *at });
        let others = self.stated.iter().filter(|stated| stated.component == row.component.id && Some(&stated.incident) != silent);
        own.chain(others.map(|stated| Word { status: stated.status, at: stated.at })).collect()
    }
}

/// Appends to the history of these components what changed of their effective status, after a writer has said or observed something.
/// Answers with what is said now.
///
/// A component of which nobody ever said or observed anything gets no history: silence is not uptime.
///
/// # Errors
/// [`StoreError`].
pub async fn settle(tx: &mut Tx, page: &Id, of: &[Id], now: DateTime<Utc>, source: StatusSource) -> Result<Board, StoreError> {
    let board = Board::load(tx, page, now).await?;
    let before = status_changes::newest(tx, page).await?;
    let named = board.components.iter().filter(|row| of.contains(&row.component.id));
    let changes: Vec<StatusChange> = named.filter_map(|row| board.change(row, &before, source)).collect();
    status_changes::append(tx, page, &changes).await?;
    Ok(board)
}

impl Board {
    fn change(&self, row: &ComponentRecord, before: &HashMap<Id, ComponentStatus>, source: StatusSource) -> Option<StatusChange> {
        let component_id = row.component.id.clone();
        let (from, to) = (before.get(&component_id).copied(), self.status(row));
        let said = row.observed.is_some() || !self.words(row, None).is_empty();
        (from != Some(to) && (from.is_some() || said)).then_some(StatusChange { component_id, from, to, at: self.now, source })
    }
}
