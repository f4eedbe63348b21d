//! A view in another language, whatever is translated of it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use app::language::{self, Language};
use app::stock;
use app::translations::Translations;
use app::view::PublicView;
use app::words::{Id, IncidentStatus, MaintenanceStatus, Translation, Update};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::support::app::TestApp;
use crate::support::works::{hours, said as said_of_work, show, window, work};

/// What can be translated of a view: ids, and what has a name, a text or both.
fn translatable(view: &PublicView) -> Vec<Id> {
    fn messages<S>(id: &Id, updates: &[Update<S>]) -> Vec<Id> {
        [id.clone()].into_iter().chain(updates.iter().map(|update| update.id.clone())).collect()
    }
    let incidents = view.incidents.iter().flat_map(|incident| messages(&incident.id, &incident.updates));
    let work = view.maintenances.iter().flat_map(|work| messages(&work.id, &work.updates));
    let components = view.components.iter().map(|row| row.component.id.clone());
    incidents.chain(work).chain(components).chain(view.groups.iter().map(|row| row.group.id.clone())).collect()
}

fn said(id: &Id, language: &str, kind: &str) -> String {
    format!("{kind} of {id} in {language}")
}

/// Each stock sentence that [`with_stock`] puts into the record, and what it is in German.
fn stock(own: &str) -> Option<String> {
    let says = |say: &dyn Fn(&Language) -> String| (say(language::of("en")) == own).then(|| say(language::of("de")));
    let status = IncidentStatus::ALL.iter().find_map(|status| says(&|language| stock::of_incident(language, *status)));
    status.or_else(|| says(&stock::ended_by_itself))
}

fn say<S>(update: &mut Update<S>, body: String) {
    update.body_html = app::markdown::to_html(&body);
    update.body = body;
}

/// The same with stock sentences in every second incident, and at the end of planned work.
fn with_stock(mut view: PublicView) -> PublicView {
    let english = language::of("en");
    for incident in Arc::make_mut(&mut view.incidents).iter_mut().step_by(2) {
        for update in &mut Arc::make_mut(incident).updates {
            say(update, stock::of_incident(english, update.status));
        }
    }
    let told: HashMap<_, _> = view.incidents.iter().map(|incident| (incident.id.clone(), incident.clone())).collect();
    for incident in Arc::make_mut(&mut view.ended) {
        *incident = told[&incident.id].clone();
    }
    for work in &mut view.maintenances {
        for update in Arc::make_mut(work).updates.iter_mut().filter(|update| update.status == MaintenanceStatus::Completed) {
            say(update, stock::ended_by_itself(english));
        }
    }
    view
}

/// Which words are expected of each thing.
struct Expected {
    german: HashMap<Id, Translation>,
}

impl Expected {
    fn name(&self, id: &Id, own: &str) -> String {
        self.german.get(id).and_then(|known| known.name.clone()).unwrap_or_else(|| own.to_owned())
    }

    /// The body of something, where it is said in German: by people, or because it is stock.
    fn german(&self, id: &Id, own: &str) -> Option<String> {
        self.german.get(id).and_then(|known| known.body.clone()).or_else(|| stock(own))
    }

    fn body(&self, id: &Id, own: &str) -> String {
        self.german(id, own).unwrap_or_else(|| own.to_owned())
    }

    fn updates<S>(&self, before: &[Update<S>], after: &[Update<S>]) {
        assert_eq!(before.len(), after.len());
        for (before, after) in before.iter().zip(after) {
            assert_eq!((&before.id, self.body(&before.id, &before.body)), (&after.id, after.body.clone()));
            let html = self.german(&before.id, &before.body).map(|said| app::markdown::to_html(&said));
            assert_eq!(after.body_html, html.unwrap_or_else(|| before.body_html.clone()));
        }
    }

    fn of(&self, before: &PublicView, after: &PublicView) {
        assert_eq!(before.incidents.len(), after.incidents.len());
        for (before, after) in before.incidents.iter().zip(after.incidents.iter()) {
            assert_eq!((&before.id, self.name(&before.id, &before.name)), (&after.id, after.name.clone()));
            self.updates(&before.updates, &after.updates);
            let named = self.german.get(&before.id).is_some_and(|known| known.name.is_some());
            let touched = named || before.updates.iter().any(|update| self.german(&update.id, &update.body).is_some());
            assert_eq!(Arc::ptr_eq(before, after), !touched, "what is not translated is shared");
        }
        let ended: Vec<_> = before.ended.iter().map(|incident| incident.id.clone()).collect();
        assert_eq!(ended, after.ended.iter().map(|incident| incident.id.clone()).collect::<Vec<_>>());
        for incident in after.ended.iter() {
            assert!(Arc::ptr_eq(incident, after.incident(incident.id.as_str()).unwrap()), "both lists say the same");
        }
        for (before, after) in before.maintenances.iter().zip(&after.maintenances) {
            assert_eq!((&before.id, self.name(&before.id, &before.name)), (&after.id, after.name.clone()));
            self.updates(&before.updates, &after.updates);
        }
        for (before, after) in before.components.iter().zip(&after.components) {
            let (before, after) = (&before.component, &after.component);
            assert_eq!((&before.id, self.name(&before.id, &before.name)), (&after.id, after.name.clone()));
            let description = before.description.as_ref().map(|own| self.body(&before.id, own));
            assert_eq!(after.description, description);
        }
        for (before, after) in before.groups.iter().zip(&after.groups) {
            assert_eq!(after.group.name, self.name(&before.group.id, &before.group.name));
        }
    }

    /// What is said whole in German needs no mark, all else does.
    fn marks(&self, own: &PublicView, view: &PublicView) {
        let incidents = own.incidents.iter().flat_map(|incident| incident.updates.iter().map(|update| (&update.id, &update.body)));
        let work = own.maintenances.iter().flat_map(|work| work.updates.iter().map(|update| (&update.id, &update.body)));
        let mut whole: HashSet<&Id> = incidents.chain(work).filter(|(_, body)| stock(body).is_some()).map(|(id, _)| id).collect();
        assert!(!whole.is_empty(), "some of it is stock");
        for (id, known) in &self.german {
            let described = view.components.iter().map(|row| (&row.component.id, &row.component.description));
            let described = described.chain(view.groups.iter().map(|row| (&row.group.id, &row.group.description)));
            let is_whole = match described.into_iter().find(|(known, _)| *known == id) {
                Some((_, Some(_))) => known.body.is_some(),
                Some((_, None)) => true,
                None if view.incident(id.as_str()).is_some() || view.maintenance(id.as_str()).is_some() => known.name.is_some(),
                None => known.body.is_some(),
            };
            whole.extend(is_whole.then_some(id));
        }
        for id in translatable(view) {
            assert_eq!(view.is_foreign(&id), !whole.contains(&id), "{id}");
        }
    }
}

/// The same with one incident gone and one piece of planned work changed.
fn after(view: &PublicView) -> PublicView {
    let mut later = view.clone();
    let gone = Arc::make_mut(&mut later.incidents).remove(0);
    Arc::make_mut(&mut later.ended).retain(|incident| incident.id != gone.id);
    let changed = Arc::make_mut(&mut later.maintenances[0]);
    say(&mut changed.updates[0], "It is over.".to_owned());
    later
}

#[tokio::test]
async fn no_language_shows_words_of_another_thing_or_of_another_language() {
    let app = TestApp::plain().await;
    app.import_history().await;
    let over = said_of_work(work("past", Some(window(-4, -2))), "pastb", MaintenanceStatus::Completed, hours(-2), "It is over.");
    show(&app, &[work("move", Some(window(24, 26))), over]).await;
    let view = with_stock(PublicView::clone(&app.view()));
    let ids = translatable(&view);
    assert!(ids.len() > 50, "there is much to translate");
    let chosen = proptest::collection::vec((any::<prop::sample::Index>(), any::<bool>(), any::<bool>(), any::<bool>()), 0..40);
    TestRunner::default()
        .run(&chosen, |chosen| {
            let mut translations = Translations::default();
            let mut german = HashMap::new();
            for (index, is_german, name, body) in chosen {
                let (id, language) = (index.get(&ids).clone(), if is_german { "de" } else { "ar" });
                let text = |kind, wanted: bool| wanted.then(|| said(&id, language, kind));
                let (name, body) = (text("name", name), text("body", body));
                let body_html = body.as_deref().map(app::markdown::to_html).unwrap_or_default();
                let translation = Translation { object_id: id.clone(), language: language.to_owned(), name, body, body_html };
                translations.put(translation.clone());
                if is_german {
                    german.remove(&id);
                    german.extend((!translation.is_empty()).then(|| (id.clone(), translation)));
                }
            }
            let view = PublicView { translations: Arc::new(translations), ..view.clone() };
            let expected = Expected { german };
            let spoken = view.in_language("de");
            expected.of(&view, &spoken);
            expected.marks(&view, &spoken);
            let again = after(&view).in_language_since("de", Some((&view, &spoken)));
            assert_eq!(again, after(&view).in_language("de"), "what was said before is said the same again");
            let both =
                again.maintenances.iter().filter(|work| spoken.maintenance(work.id.as_str()).is_some_and(|old| Arc::ptr_eq(old, work)));
            assert_eq!(both.count(), view.maintenances.len() - 1, "and nothing of it is made anew");
            assert_eq!(view.in_language(&view.page.language), view, "its own language is the view itself");
            Ok(())
        })
        .unwrap();
}
