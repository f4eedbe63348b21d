//! In whose hands an incident is that a monitor wrote: the clock's, until a person takes it; and what is left to do once all is well again.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::parts::form::{self, Weight};
use crate::parts::incident_card::href;
use crate::parts::locale::Locale;
use crate::parts::measure::plain_or;
use crate::staff::Frame;
use crate::words::{Id, Incident, Role};

/// What is known of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hands {
    /// Whether a monitor wrote it.
    pub by_monitor: bool,
    /// When the clock publishes the draft; `None`: never.
    pub publish_at: Option<DateTime<Utc>>,
    /// Who said that they are on it, and when.
    pub acknowledged: Option<(String, DateTime<Utc>)>,
    /// Since when all of its monitors are up again.
    pub recovered_at: Option<DateTime<Utc>>,
    /// Whether no person has touched it.
    pub untouched: bool,
}

impl Hands {
    /// Of a draft: that it will be published by itself, or why not; and the way to stop that.
    #[must_use]
    pub fn of_draft(&self, id: &Id, frame: &Frame) -> Option<AnyView> {
        if !self.by_monitor {
            return None;
        }
        let locale = frame.locale();
        let well = self.recovered_at.map(|at| {
            view! {
                <p>"All its monitors are up again since "{locale.moment(at)}". Readers were told nothing. Publish what happened, or delete the draft."</p>
            }
        });
        let clock = self.publish_at.map(|at| self.clock(at, frame.now, locale));
        let on_it = self.acknowledged.as_ref().map(|(who, at)| {
            view! { <p>{plain_or(who, "Somebody")}" is on it since "{locale.moment(*at)}"."</p> }
        });
        let may = frame.may(Role::Responder);
        let nobody = self.acknowledged.is_none().then(|| view! { <p>"Nobody of your team has said yet that they look after it."</p> });
        let mine = (may && self.acknowledged.is_none()).then(|| form::choice_button(Weight::Primary, "do", "mine", "I am on it"));
        let stop =
            (may && self.publish_at.is_some()).then(|| form::choice_button(Weight::Quiet, "do", "stop", "Do not publish it by itself"));
        let acts = (mine.is_some() || stop.is_some()).then(|| {
            view! { <form method="post" action=format!("/staff/incidents/{id}/take") class="acts">{mine}{stop}</form> }
        });
        Some(
            view! { <section class="flash hands" aria-label="In whose hands it is">{well}{clock}{on_it}{nobody}{acts}</section> }
                .into_any(),
        )
    }

    fn clock(&self, at: DateTime<Utc>, now: DateTime<Utc>, locale: Locale) -> AnyView {
        if self.recovered_at.is_some() {
            view! { <p>"It is not published by itself while they are up. Should they fail again, it waits anew."</p> }.into_any()
        } else if at <= now {
            view! { <p class="late">"It is published by itself within seconds unless you stop it."</p> }.into_any()
        } else {
            view! { <p class="late">"It will be published by itself at "{locale.moment(at)}", as it is, unless you stop it."</p> }
                .into_any()
        }
    }

    /// Of what readers know of: that all is well again, with the way to say so; and that no person has touched it yet.
    #[must_use]
    pub fn of_incident(&self, incident: &Incident, frame: &Frame) -> Option<AnyView> {
        if !self.by_monitor || incident.status.is_over() {
            return None;
        }
        let locale = frame.locale();
        let alone = self.untouched.then(|| view! { <p>"The clock published it, and nobody of your team has touched it yet."</p> });
        let resolve = format!("/staff{}?resolve=1#post", href(&incident.id));
        let well = self.recovered_at.map(|at| {
            let way = frame.may(Role::Responder).then(|| form::way(Weight::Primary, &resolve, "Fill in the resolving update"));
            view! { <p>"All its monitors are up again since "{locale.moment(at)}"."</p>{way} }
        });
        (alone.is_some() || well.is_some())
            .then(|| view! { <section class="flash hands" aria-label="In whose hands it is">{alone}{well}</section> }.into_any())
    }
}
