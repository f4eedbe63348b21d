//! Everything the public pages show, as one immutable value. Pages are functions of it and ask nobody else.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, SecondsFormat, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::language::{self, Language};
use crate::markdown;
use crate::translations::Translations;
use crate::words::{
    Announcement, Component, ComponentGroup, ComponentStatus, DayUptime, Earlier, GoneMaintenance, Id, Incident, Maintenance,
    MaintenanceStatus, Postmortem, ResponseTimes, Sentence, StatusPage, Stretch, UptimeFigure, Weights, Window,
};

/// How many days the strips on the page show, today included.
pub const DAYS_SHOWN: usize = 90;

/// Within how many days every window of a series is listed; of later ones only the next.
pub const SERIES_DAYS: i64 = 30;

/// One revision of the public record at one instant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PublicView {
    /// The page.
    pub page: StatusPage,
    /// The code of the language it is shown in.
    pub language: String,
    /// What is said in that language by people, too: ids of incidents, planned work, messages, announcements, components, groups. What
    /// people wrote of anything else stands here as they wrote it, in the page's own language.
    pub translated: Arc<HashSet<Id>>,
    /// What people wrote in other languages.
    pub translations: Arc<Translations>,
    /// Grows with every change of the record.
    pub revision: i64,
    /// The instant for which all of this holds.
    pub as_of: DateTime<Utc>,
    /// When the record was last seen to say this; long before `as_of` while the database is away.
    pub seen_at: DateTime<Utc>,
    /// The newest instant at which time alone changed what is shown: an open page that was made before it is behind.
    pub changed_at: DateTime<Utc>,
    /// The next instant at which time alone changes what is shown.
    pub valid_until: DateTime<Utc>,
    /// The overall status.
    pub sentence: Sentence,
    /// Groups by position.
    pub groups: Vec<GroupView>,
    /// Every component (upstream ones too) by position.
    pub components: Vec<ComponentView>,
    /// Every published incident, unresolved first, then newest start first. Shared, not copied: a decade has thousands.
    pub incidents: Arc<Vec<Arc<Incident>>>,
    /// Those that are over, latest end first: what the last days were, without a look at all the years.
    pub ended: Arc<Vec<Arc<Incident>>>,
    /// Every published maintenance, newest window first; undated ones first of all. `status` is what holds at `as_of`.
    pub maintenances: Vec<Arc<Maintenance>>,
    /// What was announced and is gone, for calendars alone: no page knows of it.
    pub gone: Vec<GoneMaintenance>,
    /// Every public or promised post-mortem, newest first.
    pub postmortems: Vec<Arc<PostmortemView>>,
    /// What public messages said before they were edited, by message, oldest first.
    pub edits: Arc<HashMap<Id, Arc<[Earlier]>>>,
    /// Announcements to be shown at `as_of`.
    pub announcements: Vec<Announcement>,
    /// How much of a second of each status counts as down.
    pub weights: Weights,
    /// The years behind the days of each component. Shared, not copied, and made anew only when a day ends or its past changes.
    pub past: Arc<HashMap<Id, Arc<Past>>>,
    /// How fast the monitors of each component were answered.
    pub response_times: Arc<HashMap<Id, ResponseTimes>>,
}

/// A group and what its members add up to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupView {
    /// The group.
    pub group: ComponentGroup,
    /// The worst of its components.
    pub status: ComponentStatus,
    /// Its components by position.
    pub components: Vec<Id>,
}

/// A component and what is known of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ComponentView {
    /// The component.
    pub component: Component,
    /// Its effective status.
    pub status: ComponentStatus,
    /// Its monitors have been silent for too long: silence is not uptime.
    pub no_recent_data: bool,
    /// The last [`DAYS_SHOWN`] days, oldest first, today last; empty where history is not offered.
    pub days: Vec<DayUptime>,
    /// Uptime over `days`; `None` where nothing was measured.
    pub uptime: Option<UptimeFigure>,
    /// What it was when during `days`, oldest first.
    pub stretches: Vec<Stretch>,
}

/// What a component was since there is a record of it, up to the day before the last look. It overlaps with the days that a
/// [`ComponentView`] shows; those are the newer word.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Past {
    /// Every day without a gap, oldest first.
    pub days: Vec<DayUptime>,
    /// What it was when, oldest first.
    pub stretches: Vec<Stretch>,
}

/// A post-mortem with its text as sanitised HTML.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostmortemView {
    /// The document.
    pub postmortem: Postmortem,
    /// Free text as HTML; empty where there is none.
    pub body_html: String,
    /// Anchor, heading and HTML of each section, in reading order.
    pub sections_html: Vec<(String, String, String)>,
}

impl PublicView {
    /// Every published maintenance.
    pub fn maintenances(&self) -> impl Iterator<Item = &Maintenance> {
        self.maintenances.iter().map(Arc::as_ref)
    }

    /// The same in another language: what people wrote of it in that language stands in place of the page's own.
    #[must_use]
    pub fn in_language(&self, code: &str) -> Self {
        self.in_language_since(code, None)
    }

    /// The same, with an earlier view and what that was in this language: what stands in both is not said anew, so that a change costs
    /// the same however much was written before it.
    #[must_use]
    pub fn in_language_since(&self, code: &str, before: Option<(&Self, &Self)>) -> Self {
        let mut view = Self { language: code.to_owned(), ..self.clone() };
        if view.language != view.page.language {
            self.translations.speak(&mut view, before);
        }
        view
    }

    /// `changed_at` as it is told to open pages.
    #[must_use]
    pub fn changed(&self) -> String {
        self.changed_at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
    }

    /// The languages it is offered in beside its own.
    pub fn other_languages(&self) -> impl Iterator<Item = &'static Language> + use<'_> {
        self.page.languages.iter().filter(|code| **code != self.page.language).filter_map(|code| language::known(code))
    }

    /// Whether texts of people need a mark: they are in another language than the page around them.
    #[must_use]
    pub fn is_foreign(&self, id: &Id) -> bool {
        self.language != self.page.language && !self.translated.contains(id)
    }

    /// The component of that id.
    #[must_use]
    pub fn component(&self, id: &str) -> Option<&ComponentView> {
        self.components.iter().find(|c| c.component.id.as_str() == id)
    }

    /// Every day of a component there is a record of, oldest first, today last.
    pub fn all_days<'a>(&'a self, component: &'a ComponentView) -> impl DoubleEndedIterator<Item = &'a DayUptime> {
        let (past, shown) = self.recorded_days(component);
        past.iter().chain(shown)
    }

    /// Those of its days from one to another, oldest first: found without a look at the years around them.
    pub fn days_between<'a>(
        &'a self,
        component: &'a ComponentView,
        first: NaiveDate,
        last: NaiveDate,
    ) -> impl Iterator<Item = &'a DayUptime> {
        let (past, shown) = self.recorded_days(component);
        let within = move |days: &'a [DayUptime]| {
            let from = days.partition_point(|day| day.day < first);
            days.get(from..days.partition_point(|day| day.day <= last)).unwrap_or_default()
        };
        within(past).iter().chain(within(shown))
    }

    /// The days before those that are shown, and those.
    fn recorded_days<'a>(&'a self, component: &'a ComponentView) -> (&'a [DayUptime], &'a [DayUptime]) {
        let shown = component.days.first().map(|day| day.day);
        let past = self.past.get(&component.component.id).filter(|_| shown.is_some()).map_or(&[][..], |past| past.days.as_slice());
        (past.get(..past.partition_point(|day| Some(day.day) < shown)).unwrap_or_default(), &component.days)
    }

    /// What a component was between two instants: each stretch cut to them, with its end, oldest first.
    #[must_use]
    pub fn stretches(
        &self,
        component: &ComponentView,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Vec<(Window, Option<ComponentStatus>)> {
        let shown = component.stretches.first().map(|stretch| stretch.from);
        let past = self.past.get(&component.component.id).map_or(&[][..], |past| past.stretches.as_slice());
        let past = past.get(..past.partition_point(|stretch| shown.is_none_or(|shown| stretch.from < shown))).unwrap_or_default();
        let all: Vec<&Stretch> = past.iter().chain(&component.stretches).collect();
        let ends = all.iter().skip(1).map(|next| next.from).chain([self.as_of]);
        let cut =
            all.iter().zip(ends).map(|(stretch, end)| (Window { from: stretch.from.max(from), until: end.min(until) }, stretch.status));
        cut.filter(|(window, _)| window.from < window.until).collect()
    }

    /// The published incident of that id.
    #[must_use]
    pub fn incident(&self, id: &str) -> Option<&Arc<Incident>> {
        self.incidents.iter().find(|i| i.id.as_str() == id)
    }

    /// The published maintenance of that id.
    #[must_use]
    pub fn maintenance(&self, id: &str) -> Option<&Arc<Maintenance>> {
        self.maintenances.iter().find(|m| m.id.as_str() == id)
    }

    /// The post-mortem of that id.
    #[must_use]
    pub fn postmortem(&self, id: &str) -> Option<&Arc<PostmortemView>> {
        self.postmortems.iter().find(|p| p.postmortem.id.as_str() == id)
    }

    /// Planned work as lists show it, in order: all of it, but of a series only what has begun, the next window, and those of the next
    /// [`SERIES_DAYS`]. A calendar shows all.
    pub fn listed(&self) -> impl Iterator<Item = &Arc<Maintenance>> {
        let near = self.as_of + TimeDelta::days(SERIES_DAYS);
        let mut next: HashMap<&Id, DateTime<Utc>> = HashMap::new();
        for (series, from) in self.maintenances.iter().filter_map(|m| to_come(m)) {
            next.entry(series).and_modify(|known| *known = from.min(*known)).or_insert(from);
        }
        self.maintenances.iter().filter(move |m| to_come(m).is_none_or(|(series, from)| from <= near || next.get(series) == Some(&from)))
    }

    /// Planned work under way or to come, as lists show it: under way first, then by date, what has no date last.
    #[must_use]
    pub fn coming(&self) -> Vec<&Arc<Maintenance>> {
        let mut coming: Vec<_> = self.listed().filter(|m| !m.status.is_over()).collect();
        coming.sort_by_key(|m| (m.status == MaintenanceStatus::Scheduled, m.window.is_none(), m.window.map(|window| window.from)));
        coming
    }

    /// The windows of its series that are still to come, soonest first and without itself; none where it is in no series.
    #[must_use]
    pub fn further(&self, of: &Maintenance) -> Vec<&Arc<Maintenance>> {
        let Some(occurrence) = &of.occurrence else { return Vec::new() };
        let others = self.maintenances.iter().filter(|m| m.id != of.id);
        let mut further: Vec<_> = others.filter(|m| to_come(m).is_some_and(|(series, _)| *series == occurrence.series_id)).collect();
        further.sort_by_key(|m| m.window.map(|window| window.from));
        further
    }

    /// The post-mortem of that id, where viewers may read it.
    #[must_use]
    pub fn document(&self, id: &str) -> Option<&Arc<PostmortemView>> {
        self.postmortem(id).filter(|p| p.postmortem.status.is_public())
    }

    /// Post-mortems that viewers may read, newest first.
    pub fn documents(&self) -> impl Iterator<Item = &Arc<PostmortemView>> {
        self.postmortems.iter().filter(|p| p.postmortem.status.is_public())
    }

    /// Incidents that are not over, in order.
    pub fn open_incidents(&self) -> impl Iterator<Item = &Arc<Incident>> {
        self.incidents.iter().take_while(|i| !i.status.is_over())
    }
}

impl PostmortemView {
    /// Renders a document.
    #[must_use]
    pub fn new(postmortem: Postmortem) -> Self {
        let section = |(anchor, heading, text): (&str, &str, &str)| (anchor.to_owned(), heading.to_owned(), markdown::to_html(text));
        Self {
            body_html: markdown::to_html(&postmortem.body),
            sections_html: postmortem.sections.named().into_iter().map(section).collect(),
            postmortem,
        }
    }

    /// What it said before a revision, as a document of its own; `None` where there was no revision of that number.
    #[must_use]
    pub fn before(&self, number: i64) -> Option<Self> {
        let revision = self.postmortem.revisions.iter().find(|revision| revision.number == number)?;
        let text = revision.text.clone();
        Some(Self::new(Postmortem {
            title: text.title,
            body: text.body,
            sections: text.sections,
            facts: text.facts,
            action_items: Vec::new(),
            ..self.postmortem.clone()
        }))
    }

    /// Its summary as HTML; where it has none, all of its free text, or the first of its sections.
    #[must_use]
    pub fn summary_html(&self) -> &str {
        let named = |anchor: &str| self.sections_html.iter().find(|(name, ..)| name == anchor).map(|(.., html)| html.as_str());
        let free = Some(self.body_html.as_str()).filter(|html| !html.is_empty());
        named("summary").or(free).or_else(|| self.sections_html.first().map(|(.., html)| html.as_str())).unwrap_or_default()
    }
}

/// The series and the start of a window of a series that has not begun.
fn to_come(maintenance: &Maintenance) -> Option<(&Id, DateTime<Utc>)> {
    let occurrence = maintenance.occurrence.as_ref().filter(|_| maintenance.status == MaintenanceStatus::Scheduled)?;
    maintenance.window.map(|window| (&occurrence.series_id, window.from))
}
