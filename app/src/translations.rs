//! A view in another language: what people wrote in that language stands in place of the page's own words, all else stays as it is.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::view::PublicView;
use crate::words::{Id, Incident, Maintenance, Translation, Update};

type Texts = HashMap<Id, Arc<Translation>>;

/// What was written in other languages than the page's own, by language and by what it is about. Of drafts, too: a view shows only what
/// it has the original of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Translations(HashMap<String, Texts>);

impl Translations {
    /// Takes one in, in place of what was known; an empty one takes that away.
    pub fn put(&mut self, translation: Translation) {
        let texts = self.0.entry(translation.language.clone()).or_default();
        if translation.is_empty() {
            texts.remove(&translation.object_id);
        } else {
            texts.insert(translation.object_id.clone(), Arc::new(translation));
        }
    }

    /// Everything that is said of one thing, by language.
    #[must_use]
    pub fn of(&self, id: &Id) -> Vec<&Translation> {
        let mut found: Vec<_> = self.0.values().filter_map(|texts| texts.get(id)).map(AsRef::as_ref).collect();
        found.sort_by(|a, b| a.language.cmp(&b.language));
        found
    }

    /// Puts what is written in the view's language in place of the page's own words.
    pub(crate) fn speak(&self, view: &mut PublicView) {
        let Some(texts) = self.0.get(&view.language).filter(|texts| !texts.is_empty()) else { return };
        let mut speaker = Speaker { texts, translated: HashSet::new() };
        let incidents: HashMap<Id, Arc<Incident>> =
            view.incidents.iter().filter_map(|incident| Some((incident.id.clone(), speaker.incident(incident)?))).collect();
        if !incidents.is_empty() {
            let spoken = |list: &[Arc<Incident>]| list.iter().map(|known| incidents.get(&known.id).unwrap_or(known).clone()).collect();
            (view.incidents, view.ended) = (Arc::new(spoken(&view.incidents)), Arc::new(spoken(&view.ended)));
        }
        for work in &mut view.maintenances {
            if let Some(spoken) = speaker.maintenance(work) {
                *work = spoken;
            }
        }
        for announcement in &mut view.announcements {
            speaker.text(&announcement.id, &mut announcement.body, &mut announcement.body_html);
        }
        for component in view.components.iter_mut().map(|row| &mut row.component) {
            speaker.described(&component.id, &mut component.name, &mut component.description);
        }
        for group in view.groups.iter_mut().map(|row| &mut row.group) {
            speaker.described(&group.id, &mut group.name, &mut group.description);
        }
        view.translated = Arc::new(speaker.translated);
    }
}

/// Puts words in place of others, and remembers of what all of them are.
struct Speaker<'a> {
    texts: &'a Texts,
    translated: HashSet<Id>,
}

impl Speaker<'_> {
    /// A changed copy, where anything of it is translated.
    fn incident(&mut self, incident: &Incident) -> Option<Arc<Incident>> {
        self.any(&incident.id, &incident.updates).then(|| {
            let mut spoken = incident.clone();
            self.name(&spoken.id, &mut spoken.name);
            self.updates(&mut spoken.updates);
            Arc::new(spoken)
        })
    }

    fn maintenance(&mut self, work: &Maintenance) -> Option<Arc<Maintenance>> {
        self.any(&work.id, &work.updates).then(|| {
            let mut spoken = work.clone();
            self.name(&spoken.id, &mut spoken.name);
            self.updates(&mut spoken.updates);
            Arc::new(spoken)
        })
    }

    fn any<S>(&self, id: &Id, updates: &[Update<S>]) -> bool {
        self.texts.contains_key(id) || updates.iter().any(|update| self.texts.contains_key(&update.id))
    }

    fn name(&mut self, id: &Id, name: &mut String) {
        if let Some(said) = self.texts.get(id).and_then(|text| text.name.as_ref()) {
            name.clone_from(said);
            self.translated.insert(id.clone());
        }
    }

    fn updates<S>(&mut self, updates: &mut [Update<S>]) {
        for update in updates {
            self.text(&update.id, &mut update.body, &mut update.body_html);
        }
    }

    fn text(&mut self, id: &Id, body: &mut String, html: &mut String) {
        let Some(text) = self.texts.get(id) else { return };
        if let Some(said) = &text.body {
            body.clone_from(said);
            html.clone_from(&text.body_html);
            self.translated.insert(id.clone());
        }
    }

    /// A name is often the same in every language, so that one beside a translated description needs no translation of its own.
    fn described(&mut self, id: &Id, name: &mut String, description: &mut Option<String>) {
        let Some(text) = self.texts.get(id) else { return };
        if let Some(said) = &text.name {
            name.clone_from(said);
        }
        if description.is_none() || text.body.is_some() {
            self.translated.insert(id.clone());
        }
        if description.is_some() && text.body.is_some() {
            description.clone_from(&text.body);
        }
    }
}
