//! The public record in memory: what the store says, brought up to date by what changed, and turned into a view for one instant.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use app::markdown;
use app::translations::Translations;
use app::view::{ComponentView, DAYS_SHOWN, GroupView, PostmortemView, PublicView};
use app::words::{
    Announcement, ComponentGroup, Earlier, Id, ImpactFacts, Incident, IncidentStatus, IncidentUpdate, Maintenance, Postmortem,
    PostmortemLink, PostmortemStatus, Sections, StatusChange, StatusPage, Window,
};
use chrono::{DateTime, Days, TimeDelta, Utc};
use chrono_tz::Tz;
use sha2::{Digest, Sha256};

use super::look;
use crate::domain::{incident as rules, maintenance, overall, status, uptime, valid_until};
use crate::store::components::ComponentRecord;
use crate::store::{
    StoreError, Tx, announcements, components, incident_updates, incidents, maintenances, pages, postmortems, status_changes, translations,
};

/// One process's copy of the public record.
#[derive(Clone, Debug)]
pub struct Record {
    page: StatusPage,
    zone: Tz,
    revision: i64,
    groups: Vec<ComponentGroup>,
    components: Vec<ComponentRecord>,
    changes: HashMap<Id, Vec<StatusChange>>,
    incidents: HashMap<Id, Arc<Told>>,
    /// What pages show of `incidents`: unresolved first, then newest start first.
    shown: Arc<Vec<Arc<Incident>>>,
    /// Those that are over, latest end first.
    ended: Arc<Vec<Arc<Incident>>>,
    maintenances: HashMap<Id, Arc<Maintenance>>,
    postmortems: HashMap<Id, Arc<PostmortemView>>,
    announcements: Vec<Announcement>,
    /// What public messages said before they were edited, by message.
    edits: Arc<HashMap<Id, Vec<Earlier>>>,
    translations: Arc<Translations>,
}

/// A public incident as the store has it, what it states of components while open, and the form that pages show.
#[derive(Clone, Debug)]
struct Told {
    stored: Incident,
    stating: Vec<(Id, status::Word)>,
    shown: Arc<Incident>,
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
    /// Reads the record in one transaction: all of it, or with `previous` only what changed since.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn load(tx: &mut Tx, setting: &Setting, previous: Option<&Self>, now: DateTime<Utc>) -> Result<Option<Self>, StoreError> {
        let Some(page) = pages::default_page(tx).await? else { return Ok(None) };
        // An import may give the page another id: what was known belongs to the old one.
        let previous = previous.filter(|record| record.page.id == page.id && record.revision <= page.revision);
        let known = previous.map_or(-1, |record| record.revision);
        let zone: Tz = page.time_zone.parse().unwrap_or(Tz::UTC);
        let first_day = first_day_shown(now);
        let look = look::load(tx, &page.id, previous.map(|record| &record.page.look)).await?;
        let mut record = Self {
            zone,
            revision: page.revision,
            groups: components::groups(tx, &page.id).await?,
            components: components::components(tx, &page.id).await?,
            changes: HashMap::new(),
            incidents: previous.map(|record| record.incidents.clone()).unwrap_or_default(),
            shown: Arc::default(),
            ended: Arc::default(),
            maintenances: previous.map(|record| record.maintenances.clone()).unwrap_or_default(),
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
        for change in status_changes::since(tx, &record.page.id, first_day).await? {
            record.changes.entry(change.component_id.clone()).or_default().push(change);
        }
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
            Arc::make_mut(&mut record.edits).extend(edits);
        }
        for changed in maintenances::changed_since(tx, &record.page.id, known).await? {
            let mut maintenance = changed.maintenance;
            if changed.visible {
                render_bodies(&mut maintenance.updates);
                record.maintenances.insert(maintenance.id.clone(), Arc::new(maintenance));
            } else {
                record.maintenances.remove(&maintenance.id);
            }
        }
        record.join(&touched);
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

    /// The same record with what the checks since say of how fresh components are; `None` where nothing is different.
    #[must_use]
    pub fn freshened(&self, fresh: &[(Id, DateTime<Utc>)]) -> Option<Self> {
        let until = |row: &ComponentRecord| fresh.iter().find(|(id, _)| *id == row.component.id).map(|(_, until)| *until);
        if self.components.iter().all(|row| row.fresh_until == until(row)) {
            return None;
        }
        let mut record = self.clone();
        for row in &mut record.components {
            row.fresh_until = until(row);
        }
        Some(record)
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
        let planned: Vec<&Maintenance> = self.maintenances.values().map(AsRef::as_ref).collect();
        // Open ones stand first: what is asked of each component must not grow with the years of history behind them.
        let open: Vec<&Told> =
            self.shown.iter().take_while(|i| !i.status.is_over()).filter_map(|i| self.incidents.get(&i.id)).map(AsRef::as_ref).collect();
        let components: Vec<ComponentView> = self.components.iter().map(|row| self.component_view(row, &open, &planned, now)).collect();
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
            maintenances: self.shown_maintenances(now),
            postmortems: self.shown_postmortems(),
            edits: self.edits.clone(),
            announcements: self
                .announcements
                .iter()
                .filter(|a| a.starts_at <= now && a.expires_at.is_none_or(|end| end > now))
                .cloned()
                .collect(),
        }
    }

    fn component_view(&self, row: &ComponentRecord, open: &[&Told], planned: &[&Maintenance], now: DateTime<Utc>) -> ComponentView {
        let id = &row.component.id;
        let mut words: Vec<status::Word> = row.stated.iter().map(|(status, at, _)| status::Word { status: *status, at: *at }).collect();
        for told in open {
            words.extend(told.stating.iter().filter(|(component, _)| component == id).map(|(_, word)| *word));
        }
        words.sort_by_key(|word| word.at);
        let stale = row.fresh_until.is_some_and(|until| until <= now);
        let observed = row.observed.filter(|_| !stale);
        let windows: Vec<Window> =
            planned.iter().filter(|m| maintenance::disturbs(m, id)).filter_map(|m| maintenance::under_way(m, now)).collect();
        let changes = self.changes.get(id).map_or(&[][..], Vec::as_slice);
        let days = if row.component.showcase {
            let today = now.with_timezone(&self.zone).date_naive();
            let first = today.checked_sub_days(Days::new(DAYS_SHOWN as u64 - 1)).unwrap_or(today);
            uptime::days(changes, &windows, self.zone, first, today, now)
        } else {
            Vec::new()
        };
        ComponentView {
            status: status::effective(status::stated(&words), observed, maintenance::planned_at(id, planned.iter().copied(), now)),
            no_recent_data: stale,
            uptime: uptime::figure(&days, uptime::Weights::default()),
            days,
            component: row.component.clone(),
        }
    }

    fn shown_maintenances(&self, now: DateTime<Utc>) -> Vec<Arc<Maintenance>> {
        let mut shown: Vec<Arc<Maintenance>> = self
            .maintenances
            .values()
            .map(|stored| {
                let Some(mut m) = maintenance::carried_on(stored, now) else { return stored.clone() };
                let made = m.updates.len() - stored.updates.len();
                m.updates.iter_mut().take(made).for_each(render_body);
                Arc::new(m)
            })
            .collect();
        let starts = |m: &Maintenance| m.window.map_or(DateTime::<Utc>::MAX_UTC, |w| w.from);
        shown.sort_by(|a, b| starts(b).cmp(&starts(a)).then_with(|| a.id.cmp(&b.id)));
        shown
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

fn first_day_shown(now: DateTime<Utc>) -> DateTime<Utc> {
    // Two days more than shown: a zone is at most 14 hours from UTC, and days can be 25 hours long.
    now - TimeDelta::days(i64::try_from(DAYS_SHOWN).unwrap_or(90) + 2)
}

fn render_bodies<S>(updates: &mut [app::words::Update<S>]) {
    updates.iter_mut().for_each(render_body);
}

fn render_body<S>(update: &mut app::words::Update<S>) {
    update.body_html = markdown::to_html(&update.body);
}

/// Of a document that is not public, viewers learn that it is promised, and for when; it may be a private draft already.
fn promise_only(postmortem: Postmortem) -> Postmortem {
    Postmortem {
        title: String::new(),
        status: PostmortemStatus::Promised,
        published_at: None,
        provisional: false,
        body: String::new(),
        sections: Sections::default(),
        facts: ImpactFacts::default(),
        action_items: Vec::new(),
        revisions: Vec::new(),
        ..postmortem
    }
}

fn postmortem_update(incident: &Id, postmortem: &Postmortem, view: &PostmortemView, at: DateTime<Utc>) -> IncidentUpdate {
    let body = postmortem.markdown();
    // The document's id is the message's; under a further incident that it covers, the message is another one.
    let id = if postmortem.incident_ids.first().is_none_or(|first| first == incident) {
        postmortem.id.clone()
    } else {
        derived_id(&format!("post-mortem {} of {incident}", postmortem.id))
    };
    IncidentUpdate {
        id,
        status: IncidentStatus::Postmortem,
        body_html: if view.sections_html.is_empty() { view.body_html.clone() } else { markdown::to_html(&body) },
        body,
        display_at: at,
        // When the draft of it was begun is nobody's business.
        created_at: postmortem.created_at.max(at),
        updated_at: postmortem.updated_at.max(at),
        effects: None,
        notify: true,
    }
}

fn derived_id(label: &str) -> Id {
    let mut bytes = [0; 16];
    for (to, from) in bytes.iter_mut().zip(Sha256::digest(label)) {
        *to = from;
    }
    Id::from_bytes(bytes)
}
