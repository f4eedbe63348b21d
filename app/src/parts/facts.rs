//! Labels small above values, in a row.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::locale::Locale;
use crate::words::Incident;

/// One fact: its label, its value, and the class of its cell.
pub type Fact = (String, AnyView, &'static str);

/// A row of facts.
#[must_use]
pub fn row(facts: Vec<Fact>) -> AnyView {
    let cells = facts.into_iter().map(|(label, value, class)| view! { <div class=class><dt>{label}</dt><dd>{value}</dd></div> });
    view! { <dl class="facts">{cells.collect::<Vec<_>>()}</dl> }.into_any()
}

/// When it began, was seen, was first told, ended, and when the next word is due. A promise that lapsed becomes a sentence.
#[must_use]
pub fn of_incident(incident: &Incident, now: DateTime<Utc>, locale: Locale) -> Vec<Fact> {
    let fact = |key: &str, at: DateTime<Utc>| (locale.t(key), locale.moment(at), "");
    let mut facts: Vec<Fact> = vec![fact("fact-began", incident.started_at)];
    facts.extend(incident.detected_at.map(|at| fact("fact-detected", at)));
    let told = incident.published_at.filter(|at| (*at - incident.started_at).num_seconds() >= 60);
    facts.extend(told.map(|at| fact("fact-first-post", at)));
    if incident.status.is_over() {
        if let Some(at) = incident.resolved_at {
            facts.push(fact("fact-resolved", at));
            facts.push((locale.t("fact-lasted"), locale.duration((at - incident.started_at).num_seconds()).into_any(), ""));
        }
        return facts;
    }
    let next = incident.next_update_at.filter(|at| *at > now);
    facts.extend(next.map(|at| (locale.t("fact-next"), locale.moment(at), "next")));
    facts
}

/// The sentence that takes the place of a lapsed promise.
#[must_use]
pub fn overdue(incident: &Incident, now: DateTime<Utc>, locale: Locale) -> Option<AnyView> {
    let at = incident.next_update_at.filter(|at| !incident.status.is_over() && *at <= now)?;
    Some(view! { <p class="overdue">{locale.t("fact-overdue")}" "{locale.moment(at)}</p> }.into_any())
}
