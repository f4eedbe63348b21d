//! What was said, newest first, with what it did to components drawn into the update that did it.

use leptos::prelude::*;

use super::glyph::Face;
use super::locale::Locale;
use super::measure::plain;
use crate::words::{ComponentEffect, ComponentStatus, IncidentStatus, MaintenanceStatus, Update};

/// A status that stands at the head of an update.
pub trait Step: Copy {
    /// The words a viewer reads.
    fn word(self) -> &'static str;
    /// Whether the text stands elsewhere on the page: a post-mortem has its own section.
    fn stands_apart(self) -> bool {
        false
    }
}

impl Step for IncidentStatus {
    fn word(self) -> &'static str {
        if matches!(self, Self::Postmortem) { "Post-mortem published" } else { self.label() }
    }
    fn stands_apart(self) -> bool {
        matches!(self, Self::Postmortem)
    }
}

impl Step for MaintenanceStatus {
    fn word(self) -> &'static str {
        self.label()
    }
}

/// How a timeline is shown.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// Updates at most.
    pub most: usize,
    /// Address of the page the updates live on; empty where that is this page.
    pub href: &'a str,
    /// The class that colours the newest update's mark.
    pub class: &'static str,
}

/// The list of updates.
#[must_use]
pub fn timeline<S: Step>(updates: &[Update<S>], shown: Shown, locale: Locale) -> AnyView {
    timeline_with(updates, shown, locale, |_| None)
}

/// The list of updates, each with something of its own below it.
#[must_use]
pub fn timeline_with<S: Step>(
    updates: &[Update<S>],
    shown: Shown,
    locale: Locale,
    below: impl Fn(&Update<S>) -> Option<AnyView>,
) -> AnyView {
    timeline_of(updates, shown, locale, |update| Told { word: update.status.word(), above: None, below: below(update) })
}

/// What a message is shown with beside its text.
pub struct Told {
    /// The word at its head.
    pub word: &'static str,
    /// What stands above the text.
    pub above: Option<AnyView>,
    /// What stands below it.
    pub below: Option<AnyView>,
}

/// The list of updates, each told as the page says.
#[must_use]
pub fn timeline_of<S: Step>(updates: &[Update<S>], shown: Shown, locale: Locale, told: impl Fn(&Update<S>) -> Told) -> AnyView {
    let items = updates.iter().take(shown.most).map(|update| item(update, shown.href, locale, told(update))).collect::<Vec<_>>();
    view! { <ol class=format!("ups e-{}", shown.class)>{items}</ol> }.into_any()
}

fn item<S: Step>(update: &Update<S>, href: &str, locale: Locale, Told { word, above, below }: Told) -> AnyView {
    let anchor = format!("u-{}", update.id);
    let permalink = format!("{href}#{anchor}");
    let body = if update.status.stands_apart() {
        view! { <p class="more"><a href=format!("{href}#postmortem")>"Read the post-mortem"</a></p> }.into_any()
    } else {
        view! { <div class="md" inner_html=update.body_html.clone()></div> }.into_any()
    };
    let later = update.posted_later().then(|| view! { <span class="later">"posted later, at "{locale.moment(update.created_at)}</span> });
    let edited = update.edited_at().map(|at| view! { <span class="later">"edited "{locale.moment(at)}</span> });
    // What was and stayed well is named for programs, not for readers.
    let told = |effect: &&ComponentEffect| effect.from != effect.to || effect.to != ComponentStatus::Operational;
    let effects: Vec<_> = update.effects.iter().flatten().filter(told).collect();
    let effects = (!effects.is_empty()).then(|| effects_list(&effects));
    view! {
        <li id=anchor>
            <p class="uh"><strong>{word}</strong><a class="at" href=permalink>{locale.moment(update.display_at)}</a>{later}{edited}</p>
            {above}
            {body}
            {effects}
            {below}
        </li>
    }
    .into_any()
}

fn effects_list(effects: &[&ComponentEffect]) -> AnyView {
    let items = effects.iter().map(|effect| {
        let name = plain(&effect.name);
        let from = (effect.from != effect.to).then(|| format!("{} → ", effect.from.label()));
        let face = Face::from(effect.to);
        view! { <li>{name}": "{from}<b class=face.class()>{effect.to.label()}</b></li> }
    });
    view! { <ul class="fx">{items.collect::<Vec<_>>()}</ul> }.into_any()
}
