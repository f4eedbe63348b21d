//! What feeds tell, in whatever form (contract 2): 25 entries, incidents and planned work together, newest first; readers key on ids.
//! Among them stand events of planned work, each an entry of its own: the work itself keeps its id when it is moved, and readers would
//! see nothing new. The feed of one incident or of one piece of planned work has an entry for each of its messages.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use app::markdown;
use app::parts::locale::Locale;
use app::stock;
use app::view::PublicView;
use app::words::{Id, Incident, IncidentStatus, Maintenance, MaintenanceEvent, MaintenanceStatus, MaintenanceUpdate, Update};
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::asked::About;

/// As many as the field's feeds carry (contract 2.1, measured).
const ENTRIES: usize = 25;
/// As many of them may be events of planned work.
const EVENTS: usize = 10;
/// Days that an event stays in the feed.
const EVENT_DAYS: i64 = 30;

/// A feed.
pub struct Feed {
    /// What it is called.
    pub title: String,
    /// What tells it from every other feed in the world.
    pub id: String,
    /// The address of the page that says the same.
    pub address: String,
    /// When any of it last changed.
    pub updated: DateTime<Utc>,
    /// Newest first.
    pub items: Vec<Item>,
}

/// An entry.
pub struct Item {
    /// What tells it from every other entry; stays when the entry changes.
    pub id: String,
    /// The address of what it tells of.
    pub address: String,
    /// One line of text.
    pub title: String,
    /// The time it is shown and sorted under; that of planned work lies ahead.
    pub published: DateTime<Utc>,
    /// When it last changed.
    pub updated: DateTime<Utc>,
    /// When planned work that has not begun is to end.
    pub until: Option<DateTime<Utc>>,
    /// What it says, as HTML.
    pub html: String,
}

/// What is told of that; `None` where nobody knows it.
#[must_use]
pub fn feed(view: &PublicView, about: &About) -> Option<Feed> {
    let teller = Teller { view, host: view.page.host(), zone: view.page.time_zone.parse().unwrap_or(Tz::UTC), locale: Locale::of(view) };
    let name = |name: &str| markdown::visible(name);
    let (title, mut items) = match about {
        About::Page => ("Incident History".to_owned(), teller.all(about)),
        About::Component(id) => (format!("{} - Incident History", name(&view.component(id.as_str())?.component.name)), teller.all(about)),
        About::Incident(id) => match view.incident(id.as_str()) {
            Some(incident) => (name(&incident.name), teller.messages(incident)),
            None => view
                .maintenance(id.as_str())
                .map(|work| (name(&work.name), work.updates.iter().map(|update| teller.event(work, update)).collect()))?,
        },
    };
    items.sort_by(|a, b| b.published.cmp(&a.published).then_with(|| a.id.cmp(&b.id)));
    if matches!(about, About::Incident(_)) {
        items.truncate(ENTRIES);
    }
    Some(Feed {
        title: format!("{} Status - {title}", name(&view.page.name)),
        id: format!("tag:{},2005:{}/history", teller.host, about.path()),
        address: format!("{}{}", view.page.url, about.path()),
        updated: items.iter().map(|item| item.updated).max().unwrap_or(view.page.updated_at),
        items,
    })
}

/// Whether planned work belongs to what is told of.
#[must_use]
pub fn concerns(about: &About, work: &Maintenance) -> bool {
    match about {
        About::Page => true,
        About::Component(id) => work.concerns(id),
        About::Incident(id) => work.id == *id,
    }
}

/// Planned work that takes a place in the feed. Of a series that is at most the window under way and the next one to come: its windows
/// are so many that they would push everything else out.
fn placed<'a>(about: &About, view: &'a PublicView) -> Vec<&'a Maintenance> {
    let (mut placed, mut under_way, mut next) = (Vec::new(), HashMap::new(), HashMap::new());
    // The newest window stands first.
    for work in view.maintenances.iter().map(AsRef::as_ref).filter(|work| concerns(about, work)) {
        match (&work.occurrence, work.window, work.status) {
            (Some(of), Some(_), MaintenanceStatus::InProgress | MaintenanceStatus::Verifying) => {
                under_way.entry(&of.series_id).or_insert(work);
            }
            (Some(of), Some(window), MaintenanceStatus::Scheduled) if window.until > view.as_of => {
                next.insert(&of.series_id, work);
            }
            (Some(_), Some(_), _) => {}
            _ => placed.push(work),
        }
    }
    placed.extend(under_way.into_values().chain(next.into_values()));
    placed
}

/// Planned work whose events are told: of the windows of a series that were called off together, the first alone.
fn eventful<'a>(about: &About, view: &'a PublicView) -> Vec<&'a Maintenance> {
    let mut works: Vec<&Maintenance> = view.maintenances.iter().map(AsRef::as_ref).filter(|work| concerns(about, work)).collect();
    works.sort_by_key(|m| m.window.map(|window| window.from));
    let mut called_off = HashSet::new();
    works.retain(|m| match (&m.occurrence, m.updates.first()) {
        (Some(of), Some(last)) if m.status == MaintenanceStatus::Cancelled => called_off.insert((&of.series_id, last.created_at)),
        _ => true,
    });
    works
}

/// Who gets the places first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Claim {
    /// Incidents that are not over.
    Open,
    /// Everything else, by its time.
    Newer,
    /// What the clock says of the windows of a series, day by day: it gets what others leave.
    Spare,
}

/// What could be told, before it is made: the cost follows the feed, not the years behind it.
struct Candidate<'a> {
    claim: Claim,
    published: DateTime<Utc>,
    id: &'a Id,
    thing: Thing<'a>,
}

impl<'a> Candidate<'a> {
    fn incident(claim: Claim, incident: &'a Incident) -> Self {
        Self { claim, published: published(incident), id: &incident.id, thing: Thing::Incident(incident) }
    }
}

enum Thing<'a> {
    Incident(&'a Incident),
    Work(&'a Maintenance),
    Event(&'a Maintenance, &'a MaintenanceUpdate),
}

/// So many of them, those with the first claim, and of these the newest.
fn first(mut candidates: Vec<Candidate<'_>>, most: usize) -> Vec<Candidate<'_>> {
    candidates.sort_by_key(|candidate| (candidate.claim, Reverse(candidate.published), candidate.id));
    candidates.truncate(most);
    candidates
}

struct Teller<'a> {
    view: &'a PublicView,
    host: &'a str,
    zone: Tz,
    locale: Locale,
}

impl Teller<'_> {
    /// The entries of the page or of a component.
    fn all(&self, about: &About) -> Vec<Item> {
        let view = self.view;
        let named = |incident: &&Incident| match about {
            About::Component(id) => incident.components.contains(id),
            About::Page | About::Incident(_) => true,
        };
        let open = view.open_incidents().map(AsRef::as_ref).filter(named).map(|incident| Candidate::incident(Claim::Open, incident));
        // Those that are over stand with the latest end first, which is what they are sorted by here too.
        let ended = view.ended.iter().map(AsRef::as_ref).filter(named).take(ENTRIES);
        let ended = ended.map(|incident| Candidate::incident(Claim::Newer, incident));
        // A cancelled or undated maintenance is news too: the page, the feed and the calendar tell of it (design §8).
        let works = placed(about, view).into_iter();
        let works =
            works.map(|work| Candidate { claim: Claim::Newer, published: shown_under(work), id: &work.id, thing: Thing::Work(work) });
        let candidates = open.chain(ended).chain(works).chain(first(self.news(about), EVENTS)).collect();
        let item = |Candidate { published, thing, .. }: Candidate<'_>| match thing {
            Thing::Incident(incident) => self.incident(incident, published),
            Thing::Work(work) => self.work(work, published),
            Thing::Event(work, update) => self.event(work, update),
        };
        first(candidates, ENTRIES).into_iter().map(item).collect()
    }

    /// What became of planned work in the last days, after it was announced.
    fn news(&self, about: &About) -> Vec<Candidate<'_>> {
        let since = self.view.as_of - TimeDelta::days(EVENT_DAYS);
        let mut news = Vec::new();
        for work in eventful(about, self.view) {
            for update in work.updates.iter().filter(|update| update.display_at > since) {
                if matches!(work.event_of(update), MaintenanceEvent::Announced | MaintenanceEvent::Updated) {
                    continue;
                }
                let claim = if work.occurrence.is_some() && stock::is_automatic(work, update) { Claim::Spare } else { Claim::Newer };
                news.push(Candidate { claim, published: update.display_at, id: &update.id, thing: Thing::Event(work, update) });
            }
        }
        news
    }

    fn incident(&self, incident: &Incident, published: DateTime<Utc>) -> Item {
        let html = self.timeline(&incident.updates, IncidentStatus::label, |_| None);
        self.item(("Incident", &incident.id), incident.id.as_str(), &incident.name, (published, incident.updated_at), html)
    }

    fn work(&self, work: &Maintenance, published: DateTime<Utc>) -> Item {
        let scheduled = work.status == MaintenanceStatus::Scheduled;
        let mut html = String::new();
        if scheduled {
            html.push_str("<p><strong>THIS IS A SCHEDULED EVENT ");
            match work.window {
                Some(window) => {
                    self.stamp(&mut html, window.from);
                    html.push_str(" &nbsp;-&nbsp; ");
                    self.stamp(&mut html, window.until);
                }
                None => html.push_str("(date to be set)"),
            }
            html.push_str("</strong></p>");
        }
        // The change of the window says more than the status, which stayed.
        let own = |update: &MaintenanceUpdate| work.move_of(update).map(|_| work.event_of(update).label());
        html.push_str(&self.timeline(&work.updates, MaintenanceStatus::label, own));
        let until = work.window.filter(|_| scheduled).map(|window| window.until);
        let item = self.item(("Incident", &work.id), work.id.as_str(), &work.name, (published, work.updated_at), html);
        Item { until, ..item }
    }

    /// What a message of planned work tells.
    fn event(&self, work: &Maintenance, update: &MaintenanceUpdate) -> Item {
        let html = format!("{}{}", self.change_of_window(work, update), update.body_html);
        self.message("MaintenanceEvent", (&work.id, &work.name), update, work.event_of(update).label(), html)
    }

    /// The messages of an incident.
    fn messages(&self, incident: &Incident) -> Vec<Item> {
        let message = |(update, label): (&Update<IncidentStatus>, &'static str)| {
            self.message("IncidentUpdate", (&incident.id, &incident.name), update, label, update.body_html.clone())
        };
        labelled(&incident.updates, IncidentStatus::label).map(message).collect()
    }

    /// A message as an entry of its own, under the word for what it tells.
    fn message<S>(&self, kind: &str, (parent, name): (&Id, &str), update: &Update<S>, word: &str, html: String) -> Item {
        let path = format!("{parent}#u-{}", update.id);
        self.item((kind, &update.id), &path, &format!("{word}: {name}"), (update.display_at, update.updated_at), html)
    }

    fn item(
        &self,
        (kind, id): (&str, &Id),
        path: &str,
        title: &str,
        (published, updated): (DateTime<Utc>, DateTime<Utc>),
        html: String,
    ) -> Item {
        Item {
            id: format!("tag:{},2005:{kind}/{id}", self.host),
            address: format!("{}/incidents/{path}", self.view.page.url),
            title: markdown::visible(title),
            published,
            updated,
            until: None,
            html,
        }
    }

    /// The new window with the old one beside it, where a message announced one.
    fn change_of_window(&self, work: &Maintenance, update: &MaintenanceUpdate) -> String {
        let Some(moved) = work.move_of(update) else { return String::new() };
        let now = self.locale.full_window_text(moved.to);
        match moved.from {
            Some(before) => format!("<p>Was: <s>{}</s><br>Now: <strong>{now}</strong></p>", self.locale.full_window_text(before)),
            None => format!("<p>Now planned for: <strong>{now}</strong></p>"),
        }
    }

    /// All updates, newest first, each under its time and word, which may have a better one of its own.
    fn timeline<S: Copy + PartialEq>(
        &self,
        updates: &[Update<S>],
        label: fn(S) -> &'static str,
        own: impl Fn(&Update<S>) -> Option<&'static str>,
    ) -> String {
        let mut html = String::new();
        for (update, word) in labelled(updates, label) {
            html.push_str("<p><small>");
            self.stamp(&mut html, update.display_at);
            html.push_str("</small><br><strong>");
            html.push_str(own(update).unwrap_or(word));
            html.push_str("</strong> - ");
            // The first paragraph stands on the word's line, as the field's feeds have it.
            match update.body_html.strip_prefix("<p>") {
                Some(rest) => html.push_str(rest),
                None => {
                    html.push_str("</p>");
                    html.push_str(&update.body_html);
                }
            }
        }
        html
    }

    fn stamp(&self, html: &mut String, at: DateTime<Utc>) {
        let local = at.with_timezone(&self.zone);
        html.push_str(&local.format("%b <var data-var='date'>%e</var>, <var data-var='time'>%H:%M</var> %Z").to_string());
    }
}

/// Each update with its word; `Update` where the status did not change (contract 2.1).
fn labelled<S: Copy + PartialEq>(updates: &[Update<S>], label: fn(S) -> &'static str) -> impl Iterator<Item = (&Update<S>, &'static str)> {
    let before = updates.iter().skip(1).map(|earlier| Some(earlier.status)).chain([None]);
    updates.iter().zip(before).map(move |(update, before)| {
        let word = if before == Some(update.status) { "Update" } else { label(update.status) };
        (update, word)
    })
}

fn published(incident: &Incident) -> DateTime<Utc> {
    let newest = incident.updates.first().map_or(incident.updated_at, |update| update.display_at);
    if incident.status.is_over() { incident.resolved_at.unwrap_or(newest) } else { newest }
}

fn shown_under(work: &Maintenance) -> DateTime<Utc> {
    let newest = work.updates.first().map_or(work.updated_at, |update| update.display_at);
    match (work.status, work.window) {
        (MaintenanceStatus::Scheduled, Some(window)) => window.from,
        (MaintenanceStatus::Completed, Some(window)) => work.completed_at.unwrap_or(window.until),
        _ => newest,
    }
}
