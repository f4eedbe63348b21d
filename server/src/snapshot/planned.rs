//! Planned work in memory: what viewers may know of, and what was announced and is gone, of which only calendars are told.

use std::collections::HashMap;
use std::sync::Arc;

use app::language::Language;
use app::words::{GoneMaintenance, Id, Maintenance};
use chrono::{DateTime, Utc};

use super::past::News;
use super::record::{render_bodies, render_body};
use crate::domain::maintenance;
use crate::store::{StoreError, Tx, maintenances};

/// Planned work by id.
#[derive(Clone, Debug, Default)]
pub struct Planned {
    announced: HashMap<Id, Arc<Maintenance>>,
    gone: HashMap<Id, GoneMaintenance>,
}

impl Planned {
    /// Takes over what changed after a revision, and adds what that changes of the past to the news.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn load(&mut self, tx: &mut Tx, page: &Id, known: i64, news: &mut News, now: DateTime<Utc>) -> Result<(), StoreError> {
        for changed in maintenances::changed_since(tx, page, known).await? {
            let mut work = changed.maintenance;
            // Planned work may have been in the past, or be said to have been.
            if let Some(before) = self.announced.remove(&work.id) {
                news.tell_of(&before, now);
            }
            self.gone.remove(&work.id);
            if changed.visible {
                news.tell_of(&work, now);
                render_bodies(&mut work.updates);
                self.announced.insert(work.id.clone(), Arc::new(work));
            } else if let Some(gone) = changed.gone {
                self.gone.insert(work.id, gone);
            }
        }
        self.gone.retain(|_, gone| maintenance::is_told_as_gone(gone, now));
        Ok(())
    }

    /// What viewers may know of.
    #[must_use]
    pub fn announced(&self) -> Vec<&Maintenance> {
        self.announced.values().map(AsRef::as_ref).collect()
    }

    /// What is shown of it at `now`: newest window first, undated work first of all. What the clock says, it says in that language.
    #[must_use]
    pub fn shown(&self, language: &'static Language, now: DateTime<Utc>) -> Vec<Arc<Maintenance>> {
        let mut shown: Vec<Arc<Maintenance>> = self
            .announced
            .values()
            .map(|stored| {
                let Some(mut m) = maintenance::carried_on(language, stored, now) else { return stored.clone() };
                let made = m.updates.len() - stored.updates.len();
                m.updates.iter_mut().take(made).for_each(render_body);
                Arc::new(m)
            })
            .collect();
        let starts = |m: &Maintenance| m.window.map_or(DateTime::<Utc>::MAX_UTC, |w| w.from);
        shown.sort_by(|a, b| starts(b).cmp(&starts(a)).then_with(|| a.id.cmp(&b.id)));
        shown
    }

    /// What calendars are told at `now` that it is off, in the order of ids.
    #[must_use]
    pub fn gone(&self, now: DateTime<Utc>) -> Vec<GoneMaintenance> {
        let mut gone: Vec<_> = self.gone.values().filter(|gone| maintenance::is_told_as_gone(gone, now)).cloned().collect();
        gone.sort_by(|a, b| a.id.cmp(&b.id));
        gone
    }
}
