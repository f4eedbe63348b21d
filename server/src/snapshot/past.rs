//! The years behind the days that pages show: every change of status in memory, read once and then only what is new, and the days made
//! of them, made anew only when a day ends or the past changes.

use std::collections::HashMap;
use std::sync::Arc;

use app::view::Past;
use app::words::{Component, Id, Maintenance, StatusChange, Window};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use crate::domain::uptime::History;
use crate::domain::{calendar, maintenance};
use crate::store::{StoreError, Tx, status_changes};

/// Every change of status of every component, oldest first.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    by_component: HashMap<Id, Vec<StatusChange>>,
    count: i64,
}

impl Changes {
    /// Reads what was noted after a revision; all of it where what is known does not add up, because something was taken back. Tells from
    /// when on it is another history than the known one.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn load(tx: &mut Tx, page: &Id, known: Option<(&Arc<Self>, i64)>) -> Result<(Arc<Self>, Option<DateTime<Utc>>), StoreError> {
        let count = status_changes::count(tx, page).await?;
        if let Some((before, revision)) = known {
            let new = status_changes::noted_since(tx, page, revision).await?;
            let since = new.iter().map(|change| change.at).min();
            let mut both = before.clone();
            if since.is_some() {
                Arc::make_mut(&mut both).add(new);
            }
            if both.count == count {
                return Ok((both, since));
            }
        }
        let mut all = Self::default();
        all.add(status_changes::noted_since(tx, page, -1).await?);
        Ok((Arc::new(all), Some(DateTime::<Utc>::MIN_UTC)))
    }

    fn add(&mut self, new: Vec<StatusChange>) {
        for change in new {
            let changes = self.by_component.entry(change.component_id.clone()).or_default();
            let after = changes.partition_point(|known| known.at <= change.at);
            changes.insert(after, change);
            self.count += 1;
        }
    }

    /// Those of a component.
    #[must_use]
    pub fn of(&self, component: &Id) -> &[StatusChange] {
        self.by_component.get(component).map_or(&[], Vec::as_slice)
    }
}

/// The days that are over.
#[derive(Clone, Debug)]
pub struct Years {
    /// The day on which they were made.
    made_on: NaiveDate,
    zone: Tz,
    /// The components, and from which day on each is offered.
    offered: Vec<(Id, Option<NaiveDate>)>,
    /// What pages show of them.
    pub shown: Arc<HashMap<Id, Past>>,
}

impl Years {
    /// The days before today; those known already, where nothing of them can have changed since: statuses changed from `news` on only.
    #[must_use]
    pub fn renewed<'a>(
        known: Option<&Self>,
        components: impl Iterator<Item = &'a Component>,
        changes: &Changes,
        planned: &[&Maintenance],
        news: Option<DateTime<Utc>>,
        zone: Tz,
        now: DateTime<Utc>,
    ) -> Self {
        let today = calendar::day_of(zone, now);
        let began = calendar::day_start(zone, today);
        let offered: Vec<_> = components.filter(|c| c.showcase).map(|c| (c.id.clone(), c.start_date)).collect();
        let untouched = news.is_none_or(|at| at >= began);
        if let Some(known) = known.filter(|known| untouched && known.made_on == today && known.zone == zone && known.offered == offered) {
            return known.clone();
        }
        let past = |(id, start_date): &(Id, Option<NaiveDate>)| {
            let changes = changes.of(id);
            let windows = windows(planned, id, now);
            let history = History { changes, planned: &windows, zone, start_date: *start_date };
            let first = changes.first().map(|change| calendar::day_of(zone, change.at)).max(*start_date)?;
            let yesterday = today.pred_opt().filter(|yesterday| first <= *yesterday)?;
            Some((id.clone(), Past { days: history.days(first, yesterday, began), stretches: history.stretches(first, began) }))
        };
        let shown = Arc::new(offered.iter().filter_map(past).collect());
        Self { made_on: today, zone, offered, shown }
    }
}

/// When planned work disturbed a component, as far as it has come.
#[must_use]
pub fn windows(planned: &[&Maintenance], component: &Id, now: DateTime<Utc>) -> Vec<Window> {
    planned.iter().filter(|m| maintenance::disturbs(m, component)).filter_map(|m| maintenance::under_way(m, now)).collect()
}
