//! A view in another language: what people wrote in that language stands in place of the page's own words, and so do stock sentences.
//! All else stays as it is.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::stock::{Interpreter, Spoken};
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

    /// Puts what is written in the view's language in place of the page's own words. Of an earlier view and what that was in this
    /// language, what did not change is kept.
    pub(crate) fn speak(&self, view: &mut PublicView, before: Option<(&PublicView, &PublicView)>) {
        let none = Texts::new();
        let texts = self.0.get(&view.language).unwrap_or(&none);
        let stock = Interpreter::between(&view.page.language, &view.language);
        let before = before.map(|(own, said)| Before::of(view, own, said)).unwrap_or_default();
        let mut speaker = Speaker { texts, stock, before, translated: HashSet::new() };
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

/// What was said before, by the places of the originals: the same value needs no second look.
#[derive(Default)]
struct Before<'a> {
    incidents: HashMap<*const Incident, &'a Arc<Incident>>,
    maintenances: HashMap<*const Maintenance, &'a Arc<Maintenance>>,
    translated: Option<&'a HashSet<Id>>,
}

impl<'a> Before<'a> {
    /// Nothing, where the same words would be said otherwise now.
    fn of(view: &PublicView, own: &'a PublicView, said: &'a PublicView) -> Self {
        let alike = Arc::ptr_eq(&view.translations, &own.translations)
            && (&view.page.language, &view.language) == (&own.page.language, &said.language);
        if !alike {
            return Self::default();
        }
        Self {
            incidents: own.incidents.iter().map(Arc::as_ptr).zip(said.incidents.iter()).collect(),
            maintenances: own.maintenances.iter().map(Arc::as_ptr).zip(&said.maintenances).collect(),
            translated: Some(&said.translated),
        }
    }
}

/// Puts words in place of others, and remembers of what all of them are.
struct Speaker<'a> {
    texts: &'a Texts,
    stock: Option<Interpreter>,
    before: Before<'a>,
    translated: HashSet<Id>,
}

/// What is said of something with messages: its title, and the messages by their place.
type Said = (Option<String>, Vec<(usize, Spoken)>);

impl Speaker<'_> {
    /// A changed copy, where anything of it is said in the language.
    fn incident(&mut self, incident: &Arc<Incident>) -> Option<Arc<Incident>> {
        if let Some(known) = self.before.incidents.get(&Arc::as_ptr(incident)).copied() {
            return self.again(known, incident, &incident.id, &incident.updates);
        }
        let stock = self.stock;
        let title = || stock?.title(incident);
        let said = self.said(&incident.id, &incident.updates, title, |update| stock?.incident(update))?;
        let mut spoken = Incident::clone(incident);
        self.put(said, &incident.id, &mut spoken.name, &mut spoken.updates);
        Some(Arc::new(spoken))
    }

    fn maintenance(&mut self, work: &Arc<Maintenance>) -> Option<Arc<Maintenance>> {
        if let Some(known) = self.before.maintenances.get(&Arc::as_ptr(work)).copied() {
            return self.again(known, work, &work.id, &work.updates);
        }
        let stock = self.stock;
        let said = self.said(&work.id, &work.updates, || None, |update| stock?.work(work, update))?;
        let mut spoken = Maintenance::clone(work);
        self.put(said, &work.id, &mut spoken.name, &mut spoken.updates);
        Some(Arc::new(spoken))
    }

    /// What was said of it before.
    fn again<T, S>(&mut self, known: &Arc<T>, own: &Arc<T>, id: &Id, updates: &[Update<S>]) -> Option<Arc<T>> {
        if Arc::ptr_eq(known, own) {
            return None;
        }
        let translated = self.before.translated;
        let ids = updates.iter().map(|update| &update.id).chain([id]);
        self.translated.extend(ids.filter(|id| translated.is_some_and(|known| known.contains(*id))).cloned());
        Some(known.clone())
    }

    /// What is said by people, and else of what is stock; `None` where that is nothing.
    fn said<S>(
        &self,
        id: &Id,
        updates: &[Update<S>],
        title: impl Fn() -> Option<String>,
        stock: impl Fn(&Update<S>) -> Option<Spoken>,
    ) -> Option<Said> {
        let name = self.texts.get(id).and_then(|text| text.name.clone()).or_else(title);
        let people = |update: &Update<S>| {
            let text = self.texts.get(&update.id)?;
            Some(Spoken { body: text.body.clone()?, body_html: text.body_html.clone() })
        };
        let messages = updates.iter().enumerate();
        let messages: Vec<_> = messages.filter_map(|(at, update)| Some((at, people(update).or_else(|| stock(update))?))).collect();
        (name.is_some() || !messages.is_empty()).then_some((name, messages))
    }

    fn put<S>(&mut self, (title, messages): Said, id: &Id, name: &mut String, updates: &mut [Update<S>]) {
        if let Some(title) = title {
            *name = title;
            self.translated.insert(id.clone());
        }
        for (at, said) in messages {
            let Some(update) = updates.get_mut(at) else { continue };
            (update.body, update.body_html) = (said.body, said.body_html);
            self.translated.insert(update.id.clone());
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
