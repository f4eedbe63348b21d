//! The years behind the days that pages show: every change of status in memory, read once and then only what is new, and the days made
//! of them, made anew only when a day ends, and for a component when its own past changes.

use std::collections::HashMap;
use std::sync::Arc;

use app::view::Past;
use app::words::{Component, Id, Maintenance, StatusChange, Window};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use crate::domain::uptime::{EARLIEST, History};
use crate::domain::{calendar, maintenance};
use crate::store::{StoreError, Tx, status_changes};

/// Of which components the past is another one than it was, and from when on.
#[derive(Clone, Debug, Default)]
pub struct News(HashMap<Id, DateTime<Utc>>);

impl News {
    /// A component has another past from then on.
    pub fn tell(&mut self, component: &Id, at: DateTime<Utc>) {
        self.0.entry(component.clone()).and_modify(|known| *known = at.min(*known)).or_insert(at);
    }

    /// The same for all components that planned work disturbed, as it was known or as it is known now.
    pub fn tell_of(&mut self, work: &Maintenance, now: DateTime<Utc>) {
        let Some(window) = maintenance::under_way(work, now) else { return };
        for component in maintenance::disturbed(work) {
            self.tell(component, window.from);
        }
    }

    fn reach_before(&self, component: &Id, instant: DateTime<Utc>) -> bool {
        self.0.get(component).is_some_and(|at| *at < instant)
    }
}

/// Every change of status of every component, oldest first. Shared for each component: one that changed copies no other's years.
#[derive(Clone, Debug, Default)]
pub struct Changes(HashMap<Id, Arc<Vec<StatusChange>>>);

impl Changes {
    /// Reads what was noted after a revision, and adds what that changes to the news. Nothing is ever taken back.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn load(tx: &mut Tx, page: &Id, known: Option<(&Self, i64)>, news: &mut News) -> Result<Self, StoreError> {
        let (mut all, since) = known.map_or((Self::default(), -1), |(before, revision)| (before.clone(), revision));
        let mut new: HashMap<Id, Vec<StatusChange>> = HashMap::new();
        for change in status_changes::noted_since(tx, page, since).await? {
            new.entry(change.component_id.clone()).or_default().push(change);
        }
        for (component, new) in new {
            let changes = Arc::make_mut(all.0.entry(component.clone()).or_default());
            for change in new {
                news.tell(&component, change.at);
                let after = changes.partition_point(|known| known.at <= change.at);
                changes.insert(after, change);
            }
        }
        Ok(all)
    }

    /// Those of a component.
    #[must_use]
    pub fn of(&self, component: &Id) -> &[StatusChange] {
        self.0.get(component).map_or(&[], |changes| changes.as_slice())
    }
}

/// The days that are over.
#[derive(Clone, Debug)]
pub struct Years {
    /// The day on which they were made.
    made_on: NaiveDate,
    zone: Tz,
    /// The components, and from which day on each is offered.
    offered: HashMap<Id, Option<NaiveDate>>,
    /// What pages show of them.
    pub shown: Arc<HashMap<Id, Arc<Past>>>,
}

impl Years {
    /// The days before today; of each component those known already, where the news do not reach into them.
    #[must_use]
    pub fn renewed<'a>(
        known: Option<&Self>,
        components: impl Iterator<Item = &'a Component>,
        changes: &Changes,
        planned: &[&Maintenance],
        news: &News,
        zone: Tz,
        now: DateTime<Utc>,
    ) -> Self {
        let today = calendar::day_of(zone, now);
        let began = calendar::day_start(zone, today);
        let offered: HashMap<_, _> = components.filter(|c| c.showcase).map(|c| (c.id.clone(), c.start_date)).collect();
        let known = known.filter(|known| known.made_on == today && known.zone == zone);
        let stands =
            |known: &Self, id: &Id, start: &Option<NaiveDate>| known.offered.get(id) == Some(start) && !news.reach_before(id, began);
        if let Some(known) = known
            && known.offered.len() == offered.len()
            && offered.iter().all(|(id, start)| stands(known, id, start))
        {
            return known.clone();
        }
        let worked = Worked::since(DateTime::<Utc>::MIN_UTC, planned, now);
        let past = |id: &Id, start_date: Option<NaiveDate>| {
            let changes = changes.of(id);
            let history = History { changes, planned: worked.on(id), zone, start_date };
            // What was before the first change is not measured, whatever day is said to be the first: there is nothing to show of it.
            let first = calendar::day_of(zone, changes.first()?.at).max(start_date.unwrap_or(EARLIEST)).max(EARLIEST);
            let yesterday = today.pred_opt().filter(|yesterday| first <= *yesterday)?;
            Some(Arc::new(Past { days: history.days(first, yesterday, began), stretches: history.stretches(first, began) }))
        };
        let one = |(id, start): (&Id, &Option<NaiveDate>)| {
            let past = match known.filter(|known| stands(known, id, start)) {
                Some(known) => known.shown.get(id).cloned(),
                None => past(id, *start),
            };
            Some((id.clone(), past?))
        };
        let shown = Arc::new(offered.iter().filter_map(one).collect());
        Self { made_on: today, zone, offered, shown }
    }
}

/// When planned work disturbed each component, as far as it has come: all work is looked at once, however many components there are.
#[derive(Clone, Debug, Default)]
pub struct Worked<'a>(HashMap<&'a Id, Vec<Window>>);

impl<'a> Worked<'a> {
    /// What reaches beyond an instant.
    #[must_use]
    pub fn since(since: DateTime<Utc>, planned: &[&'a Maintenance], now: DateTime<Utc>) -> Self {
        let mut worked: HashMap<&Id, Vec<Window>> = HashMap::new();
        for work in planned {
            let Some(window) = maintenance::under_way(work, now).filter(|window| window.until > since) else { continue };
            for component in maintenance::disturbed(work) {
                worked.entry(component).or_default().push(window);
            }
        }
        Self(worked)
    }

    /// On a component.
    #[must_use]
    pub fn on(&self, component: &Id) -> &[Window] {
        self.0.get(component).map_or(&[], Vec::as_slice)
    }
}
