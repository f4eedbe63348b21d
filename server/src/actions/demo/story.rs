//! How an incident is told, and what that means: its record, what it states of components, and their history.

use app::words::{ComponentEffect, ComponentStatus, Id, Incident, IncidentStatus, IncidentUpdate, StatusChange, StatusSource};
use chrono::{DateTime, TimeDelta, Utc};

use super::id;
use super::platform::Part;
use crate::domain::{impact, incident as rules};
use crate::store::{Tx, incident_updates, incidents};

/// An incident as its writers told it. Nothing that follows from the telling is written down here: it is derived by the rules.
#[derive(Clone, Debug)]
pub(super) struct Story {
    name: &'static str,
    began: DateTime<Utc>,
    seen: Option<DateTime<Utc>>,
    promised: Option<DateTime<Utc>>,
    explained: bool,
    posts: Vec<Post>,
}

/// One message, in the order of writing.
#[derive(Clone, Debug)]
struct Post {
    shown_at: DateTime<Utc>,
    written_at: DateTime<Utc>,
    status: IncidentStatus,
    body: &'static str,
    effects: Vec<(Part, ComponentStatus, ComponentStatus)>,
}

impl Story {
    /// A failure that began at that instant. Names are unique here: ids are made of them.
    pub(super) const fn new(name: &'static str, began: DateTime<Utc>) -> Self {
        Self { name, began, seen: None, promised: None, explained: false, posts: Vec::new() }
    }

    /// The id of the incident of that name.
    pub(super) fn id_of(name: &str) -> Id {
        id("incident", name)
    }

    /// A check saw it so many minutes after it began.
    pub(super) fn seen(mut self, minutes: i64) -> Self {
        self.seen = Some(self.began + TimeDelta::minutes(minutes));
        self
    }

    /// The next update is promised by that instant.
    pub(super) const fn next_by(mut self, instant: DateTime<Utc>) -> Self {
        self.promised = Some(instant);
        self
    }

    /// A published post-mortem covers it.
    pub(super) const fn explained(mut self) -> Self {
        self.explained = true;
        self
    }

    /// A message, so many minutes after the failure began, and the status it gives to components. Being resolved gives back to
    /// every component what it had before.
    pub(super) fn says(mut self, minutes: i64, status: IncidentStatus, body: &'static str, effects: &[(Part, ComponentStatus)]) -> Self {
        let shown_at = self.began + TimeDelta::minutes(minutes);
        let standing = self.standing();
        let before = |part: &Part| standing.iter().find(|(named, _)| named == part).map_or(ComponentStatus::Operational, |(_, now)| *now);
        let mut effects: Vec<_> = effects.iter().map(|(part, to)| (*part, before(part), *to)).collect();
        if status.is_over() {
            let broken = standing.iter().filter(|(_, now)| *now != ComponentStatus::Operational);
            effects.extend(broken.map(|(part, now)| (*part, *now, ComponentStatus::Operational)));
        }
        self.posts.push(Post { shown_at, written_at: shown_at, status, body, effects });
        self
    }

    /// The last message was really written so many minutes after the time it is shown under.
    pub(super) fn posted_later(mut self, minutes: i64) -> Self {
        if let Some(post) = self.posts.last_mut() {
            post.written_at = post.shown_at + TimeDelta::minutes(minutes);
        }
        self
    }

    /// Every component named so far, in order, with the status it has now.
    fn standing(&self) -> Vec<(Part, ComponentStatus)> {
        let mut standing: Vec<(Part, ComponentStatus)> = Vec::new();
        for (part, _, to) in self.posts.iter().flat_map(|post| &post.effects) {
            match standing.iter_mut().find(|(named, _)| named == part) {
                Some((_, now)) => *now = *to,
                None => standing.push((*part, *to)),
            }
        }
        standing
    }

    fn updates(&self) -> Vec<IncidentUpdate> {
        let update = |(number, post): (usize, &Post)| IncidentUpdate {
            id: id("update", &format!("{number} of {}", self.name)),
            status: post.status,
            body: post.body.to_owned(),
            body_html: String::new(),
            display_at: post.shown_at,
            created_at: post.written_at,
            updated_at: post.written_at,
            effects: effects(post),
            notify: post.written_at == post.shown_at,
        };
        // Newest first before they are sorted, so that of two in the same minute the one written later stays the newer.
        let mut updates: Vec<_> = self.posts.iter().enumerate().map(update).rev().collect();
        rules::sort_updates(&mut updates);
        updates
    }

    fn incident(&self, updates: &[IncidentUpdate]) -> Incident {
        let standing = rules::standing(updates);
        let status = standing.map_or(IncidentStatus::Investigating, |standing| standing.status);
        let published_at = rules::first_post(updates);
        Incident {
            id: Self::id_of(self.name),
            name: self.name.to_owned(),
            status: if self.explained { IncidentStatus::Postmortem } else { status },
            impact: impact::impact_of(updates, None),
            started_at: self.began,
            detected_at: self.seen,
            published_at,
            monitoring_at: standing.and_then(|standing| standing.monitoring_at),
            resolved_at: standing.and_then(|standing| standing.resolved_at),
            next_update_at: self.promised,
            created_at: published_at.unwrap_or(self.began),
            updated_at: updates.iter().map(|update| update.updated_at).max().unwrap_or(self.began),
            components: self.standing().iter().map(|(part, _)| part.id()).collect(),
            updates: Vec::new(),
            postmortem: None,
        }
    }

    /// What an open incident states of the components it names; a resolved one only names them.
    fn stated(&self, incident: &Incident) -> Vec<incidents::Named> {
        let since = |part: &Part| {
            let telling = self.posts.iter().rfind(|post| post.effects.iter().any(|(named, _, _)| named == part));
            telling.map_or(self.began, |post| post.written_at)
        };
        let named = |(part, status): (Part, ComponentStatus)| {
            let stated = (!incident.status.is_over()).then(|| (status, since(&part)));
            (part.id(), stated)
        };
        self.standing().into_iter().map(named).collect()
    }

    /// What it did to components. What the first message says of them was so from the beginning of the failure, not only since
    /// somebody wrote it.
    fn changes(&self) -> impl Iterator<Item = StatusChange> {
        self.posts.iter().enumerate().flat_map(|(number, post)| {
            let at = if number == 0 { self.began } else { post.shown_at };
            post.effects.iter().filter(|(_, from, to)| from != to).map(move |(part, from, to)| StatusChange {
                component_id: part.id(),
                from: Some(*from),
                to: *to,
                at,
                source: StatusSource::Incident,
            })
        })
    }
}

fn effects(post: &Post) -> Option<Vec<ComponentEffect>> {
    let effect = |(part, from, to): &(Part, ComponentStatus, ComponentStatus)| ComponentEffect {
        component_id: part.id(),
        name: part.spoken(),
        from: *from,
        to: *to,
    };
    (!post.effects.is_empty()).then(|| post.effects.iter().map(effect).collect())
}

/// What the incidents did to components, oldest first.
pub(super) fn changes(stories: &[Story]) -> Vec<StatusChange> {
    let mut changes: Vec<StatusChange> = stories.iter().flat_map(Story::changes).collect();
    changes.sort_by_key(|change| change.at);
    changes
}

/// Writes the incidents, whose components must be there already.
pub(super) async fn write(tx: &mut Tx, page: &Id, stories: &[Story], revision: i64) -> anyhow::Result<()> {
    for story in stories {
        let updates = story.updates();
        let incident = story.incident(&updates);
        incidents::upsert(tx, page, &incident, None, revision).await?;
        for (seq, update) in (1_i64..).zip(updates.iter().rev()) {
            incident_updates::upsert(tx, page, &incident.id, update, seq).await?;
        }
        incidents::set_components(tx, &incident.id, &story.stated(&incident)).await?;
    }
    Ok(())
}
