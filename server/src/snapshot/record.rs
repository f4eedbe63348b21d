//! The public record in memory: what the store says, brought up to date by what changed, and turned into a view for one instant.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use app::translations::Translations;
use app::view::{ComponentView, DAYS_SHOWN, GroupView, PostmortemView, PublicView};
use app::words::{Announcement, ComponentGroup, Earlier, Id, Incident, Maintenance, PostmortemLink, StatusPage, UptimeFigure, Weights};
use app::{language, markdown};
use chrono::{DateTime, Days, NaiveDate, Utc};
use chrono_tz::Tz;

use super::joined::{postmortem_update, promise_only};
use super::look;
use super::past::{Changes, News, Worked, Years};
use super::planned::Planned;
use super::responses::Responses;
use crate::domain::uptime::History;
use crate::domain::{calendar, incident as rules, maintenance, overall, settings, status, valid_until};
use crate::store::components::ComponentRecord;
use crate::store::{StoreError, Tx, announcements, checks, components, incident_updates, incidents, pages, postmortems, translations};

/// One process's copy of the public record.
#[derive(Clone, Debug)]
pub struct Record {
    page: StatusPage,
    zone: Tz,
    revision: i64,
    groups: Vec<ComponentGroup>,
    components: Vec<ComponentRecord>,
    weights: Weights,
    changes: Changes,
    years: Option<Years>,
    /// What the years do not tell yet.
    news: News,
    responses: Option<Arc<Responses>>,
    incidents: HashMap<Id, Arc<Told>>,
    /// What pages show of `incidents`: unresolved first, then newest start first.
    shown: Arc<Vec<Arc<Incident>>>,
    /// Those that are over, latest end first.
    ended: Arc<Vec<Arc<Incident>>>,
    planned: Planned,
    postmortems: HashMap<Id, Arc<PostmortemView>>,
    announcements: Vec<Announcement>,
    /// What public messages said before they were edited, by message.
    edits: Arc<HashMap<Id, Arc<[Earlier]>>>,
    translations: Arc<Translations>,
}

/// A public incident as the store has it, what it states of components while open, and the form that pages show.
#[derive(Clone, Debug)]
struct Told {
    stored: Incident,
    stating: Vec<(Id, status::Word)>,
    shown: Arc<Incident>,
}

/// Planned work as it bears on components: what is under way, and what was during the days shown.
struct Work<'a> {
    under_way: Vec<&'a Maintenance>,
    worked: Worked<'a>,
}

/// What the page is beside what the store says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Where readers reach it.
    pub url: String,
    /// Whether this is the demonstration.
    pub demo: bool,
    /// Whether mail is configured, so that one can subscribe.
    pub mail: bool,
}

impl Record {
    /// Reads the record in one transaction: all of it, or with `previous` only what changed since. [`Self::with_years`] has to follow.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn load(tx: &mut Tx, setting: &Setting, previous: Option<&Self>, now: DateTime<Utc>) -> Result<Option<Self>, StoreError> {
        let Some(page) = pages::default_page(tx).await? else { return Ok(None) };
        // An import may give the page another id: what was known belongs to the old one.
        let previous = previous.filter(|record| record.page.id == page.id && record.revision <= page.revision);
        let known = previous.map_or(-1, |record| record.revision);
        let zone: Tz = page.time_zone.parse().unwrap_or(Tz::UTC);
        let look = look::load(tx, &page.id, previous.map(|record| &record.page.look)).await?;
        let mut news = previous.map(|record| record.news.clone()).unwrap_or_default();
        let changes = Changes::load(tx, &page.id, previous.map(|record| (&record.changes, known)), &mut news).await?;
        let mut record = Self {
            zone,
            revision: page.revision,
            groups: components::groups(tx, &page.id).await?,
            components: components::components(tx, &page.id).await?,
            weights: settings::read(pages::setting(tx, &page.id, settings::KEY).await?.as_deref()).weights,
            changes,
            years: previous.and_then(|record| record.years.clone()),
            news,
            responses: previous.and_then(|record| record.responses.clone()),
            incidents: previous.map(|record| record.incidents.clone()).unwrap_or_default(),
            shown: Arc::default(),
            ended: Arc::default(),
            planned: previous.map(|record| record.planned.clone()).unwrap_or_default(),
            postmortems: previous.map(|record| record.postmortems.clone()).unwrap_or_default(),
            announcements: announcements::all_current(tx, &page.id, now).await?,
            edits: previous.map(|record| record.edits.clone()).unwrap_or_default(),
            translations: previous.map(|record| record.translations.clone()).unwrap_or_default(),
            page: StatusPage {
                id: page.id,
                name: page.name,
                url: setting.url.clone(),
                time_zone: page.time_zone,
                language: look.chosen.language.clone(),
                languages: look::offered(&look.chosen),
                updated_at: page.updated_at,
                demo: setting.demo,
                mail: setting.mail,
                look,
            },
        };
        for announcement in &mut record.announcements {
            announcement.body_html = markdown::to_html(&announcement.body);
        }
        let translated = translations::changed_since(tx, &record.page.id, known).await?;
        if !translated.is_empty() {
            let translations = Arc::make_mut(&mut record.translations);
            for mut translation in translated {
                translation.body_html = translation.body.as_deref().map(markdown::to_html).unwrap_or_default();
                translations.put(translation);
            }
        }
        let mut touched: Vec<Id> = Vec::new();
        for changed in postmortems::changed_since(tx, &record.page.id, known).await? {
            touched.extend(changed.postmortem.incident_ids.iter().cloned());
            if let Some(before) = record.postmortems.get(&changed.postmortem.id) {
                touched.extend(before.postmortem.incident_ids.iter().cloned());
            }
            if changed.visible {
                record.postmortems.insert(changed.postmortem.id.clone(), Arc::new(PostmortemView::new(changed.postmortem)));
            } else if changed.promised {
                let promise = promise_only(changed.postmortem);
                record.postmortems.insert(promise.id.clone(), Arc::new(PostmortemView::new(promise)));
            } else {
                record.postmortems.remove(&changed.postmortem.id);
            }
        }
        for changed in incidents::changed_since(tx, &record.page.id, known).await? {
            let id = changed.incident.id.clone();
            touched.push(id.clone());
            if changed.visible {
                let stating = changed.stating.into_iter().map(|(component, status, at)| (component, status::Word { status, at })).collect();
                let mut stored = changed.incident;
                render_bodies(&mut stored.updates);
                record.incidents.insert(id, Arc::new(Told { shown: Arc::new(stored.clone()), stored, stating }));
            } else {
                record.incidents.remove(&id);
            }
        }
        let edits = incident_updates::earlier_since(tx, &record.page.id, known).await?;
        if !edits.is_empty() {
            // What was said before stays; of a message that was withdrawn since then, nothing is shown at all.
            Arc::make_mut(&mut record.edits).extend(edits.into_iter().map(|(id, texts)| (id, texts.into())));
        }
        record.planned.load(tx, &record.page.id, known, &mut record.news, now).await?;
        record.join(&touched);
        record.read_responses(tx, now).await?;
        Ok(Some(record))
    }

    /// The revision it holds.
    #[must_use]
    pub const fn revision(&self) -> i64 {
        self.revision
    }

    /// Whether this is the newest that page has to say.
    #[must_use]
    pub fn holds(&self, page: &Id, revision: i64) -> bool {
        self.page.id == *page && self.revision == revision
    }

    /// The same record with what time has made of it: how fresh components are and how fast checks were answered.
    /// [`Self::with_years`] has to follow, since a day may have ended.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn freshened(&self, tx: &mut Tx, now: DateTime<Utc>) -> Result<Self, StoreError> {
        let mut record = self.clone();
        let fresh = checks::freshness(tx, &self.page.id).await?;
        for row in &mut record.components {
            row.fresh_until = fresh.iter().find(|(id, _)| *id == row.component.id).map(|(_, until)| *until);
        }
        record.read_responses(tx, now).await?;
        Ok(record)
    }

    /// The same record with the days that are over. Many years may have to be made anew, so it is done with no transaction open.
    #[must_use]
    pub fn with_years(mut self, now: DateTime<Utc>) -> Self {
        let planned = self.planned.announced();
        let components = self.components.iter().map(|row| &row.component);
        let news = std::mem::take(&mut self.news);
        self.years = Some(Years::renewed(self.years.as_ref(), components, &self.changes, &planned, &news, self.zone, now));
        self
    }

    async fn read_responses(&mut self, tx: &mut Tx, now: DateTime<Utc>) -> Result<(), StoreError> {
        if let Some(newer) = Responses::load(tx, &self.page.id, self.zone, self.responses.as_deref(), now).await? {
            self.responses = Some(Arc::new(newer));
        }
        Ok(())
    }

    /// Joins incidents with their post-mortems: a published document is the newest update on the wire (design §8).
    fn join(&mut self, touched: &[Id]) {
        for id in touched {
            let Some(told) = self.incidents.get_mut(id) else { continue };
            let mut shown = told.stored.clone();
            let mut documents: Vec<&PostmortemView> =
                self.postmortems.values().filter(|p| p.postmortem.incident_ids.contains(id)).map(AsRef::as_ref).collect();
            documents.sort_by_key(|p| p.postmortem.published_at);
            for view in documents {
                let postmortem = &view.postmortem;
                shown.postmortem = Some(PostmortemLink {
                    id: postmortem.id.clone(),
                    status: postmortem.status,
                    due_at: postmortem.due_at,
                    waived_because: postmortem.waived_because.clone(),
                    published_at: postmortem.published_at,
                });
                if let (true, Some(at)) = (postmortem.status.is_public(), postmortem.published_at) {
                    shown.updates.insert(0, postmortem_update(id, postmortem, view, at));
                }
            }
            rules::sort_updates(&mut shown.updates);
            if let Some(standing) = rules::standing(&shown.updates) {
                shown.status = standing.status;
            }
            Arc::make_mut(told).shown = Arc::new(shown);
        }
        let mut shown: Vec<Arc<Incident>> = self.incidents.values().map(|told| told.shown.clone()).collect();
        shown.sort_by(|a, b| (a.status.is_over(), Reverse(a.started_at), &a.id).cmp(&(b.status.is_over(), Reverse(b.started_at), &b.id)));
        let mut ended: Vec<Arc<Incident>> = shown.iter().filter(|incident| incident.status.is_over()).cloned().collect();
        ended.sort_by_key(|incident| Reverse(incident.resolved_at.unwrap_or(incident.updated_at)));
        self.shown = Arc::new(shown);
        self.ended = Arc::new(ended);
    }

    /// What the public pages show at `now`, when the record was last seen at `seen_at`. Pure: the same record and instants give the
    /// same view.
    #[must_use]
    pub fn view(&self, now: DateTime<Utc>, seen_at: DateTime<Utc>) -> PublicView {
        let planned = self.planned.announced();
        // Open ones stand first: what is asked of each component must not grow with the years of history behind them.
        let open: Vec<&Told> =
            self.shown.iter().take_while(|i| !i.status.is_over()).filter_map(|i| self.incidents.get(&i.id)).map(AsRef::as_ref).collect();
        let today = calendar::day_of(self.zone, now);
        let first = today.checked_sub_days(Days::new(DAYS_SHOWN as u64 - 1)).unwrap_or(today);
        let work = Work {
            under_way: planned.iter().copied().filter(|m| maintenance::is_under_way(m, now)).collect(),
            worked: Worked::since(calendar::day_start(self.zone, first), &planned, now),
        };
        let components: Vec<ComponentView> =
            self.components.iter().map(|row| self.component_view(row, &open, &work, (first, today), now)).collect();
        let groups = self
            .groups
            .iter()
            .map(|group| {
                let members = components.iter().filter(|c| c.component.group_id.as_ref() == Some(&group.id));
                GroupView {
                    group: group.clone(),
                    status: status::worst(members.clone().map(|c| c.status)),
                    components: members.map(|c| c.component.id.clone()).collect(),
                }
            })
            .collect();
        let leaves: Vec<_> = components.iter().map(|c| overall::Leaf { status: c.status, upstream: c.component.upstream }).collect();
        let (changed_at, valid_until) = self.between(now, &planned);
        PublicView {
            page: self.page.clone(),
            language: self.page.language.clone(),
            translated: Arc::default(),
            translations: self.translations.clone(),
            revision: self.revision,
            as_of: now,
            seen_at: seen_at.min(now),
            changed_at,
            valid_until,
            sentence: overall::sentence(&leaves),
            groups,
            components,
            incidents: self.shown.clone(),
            ended: self.ended.clone(),
            maintenances: self.planned.shown(language::of(&self.page.language), now),
            gone: self.planned.gone(now),
            postmortems: self.shown_postmortems(),
            edits: self.edits.clone(),
            announcements: self
                .announcements
                .iter()
                .filter(|a| a.starts_at <= now && a.expires_at.is_none_or(|end| end > now))
                .cloned()
                .collect(),
            weights: self.weights,
            past: self.years.as_ref().map(|years| years.shown.clone()).unwrap_or_default(),
            response_times: self.responses.as_ref().map(|responses| responses.shown.clone()).unwrap_or_default(),
        }
    }

    fn component_view(
        &self,
        row: &ComponentRecord,
        open: &[&Told],
        work: &Work,
        (first, today): (NaiveDate, NaiveDate),
        now: DateTime<Utc>,
    ) -> ComponentView {
        let id = &row.component.id;
        let mut words: Vec<status::Word> = row.stated.iter().map(|(status, at, _)| status::Word { status: *status, at: *at }).collect();
        for told in open {
            words.extend(told.stating.iter().filter(|(component, _)| component == id).map(|(_, word)| *word));
        }
        words.sort_by_key(|word| word.at);
        let stale = row.fresh_until.is_some_and(|until| until <= now);
        let observed = row.observed.filter(|_| !stale);
        let (mut days, mut stretches) = (Vec::new(), Vec::new());
        if row.component.showcase {
            let start_date = row.component.start_date;
            let history = History { changes: self.changes.of(id), planned: work.worked.on(id), zone: self.zone, start_date };
            days = history.days(first, today, now);
            stretches = history.stretches(first, now);
        }
        ComponentView {
            status: status::effective(status::stated(&words), observed, maintenance::planned_at(id, work.under_way.iter().copied(), now)),
            no_recent_data: stale,
            uptime: UptimeFigure::over(&days, self.weights),
            days,
            stretches,
            component: row.component.clone(),
        }
    }

    fn shown_postmortems(&self) -> Vec<Arc<PostmortemView>> {
        let mut shown: Vec<_> = self.postmortems.values().cloned().collect();
        shown.sort_by(|a, b| (b.postmortem.published_at, &b.postmortem.id).cmp(&(a.postmortem.published_at, &a.postmortem.id)));
        shown
    }

    /// When time alone last changed what is shown, and when it does next.
    fn between(&self, now: DateTime<Utc>, planned: &[&Maintenance]) -> (DateTime<Utc>, DateTime<Utc>) {
        let promises: Vec<_> = self
            .shown
            .iter()
            .take_while(|i| !i.status.is_over())
            .filter_map(|i| i.next_update_at)
            .chain(self.postmortems.values().filter(|p| !p.postmortem.status.is_public()).filter_map(|p| p.postmortem.due_at))
            .collect();
        let fresh: Vec<_> = self.components.iter().filter_map(|row| row.fresh_until).collect();
        let announcements = &self.announcements;
        let clockwork = valid_until::Clockwork { maintenances: planned, promises: &promises, announcements, fresh_until: &fresh };
        (valid_until::changed_at(now, self.zone, &clockwork), valid_until::valid_until(now, self.zone, &clockwork))
    }
}

/// Renders what messages say.
pub(super) fn render_bodies<S>(updates: &mut [app::words::Update<S>]) {
    updates.iter_mut().for_each(render_body);
}

/// Renders what a message says.
pub(super) fn render_body<S>(update: &mut app::words::Update<S>) {
    update.body_html = markdown::to_html(&update.body);
}
