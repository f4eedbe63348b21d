//! What was said, newest first, with what it did to components drawn into the update that did it, and what it said before an edit.

use leptos::prelude::*;

use super::difference::difference;
use super::foreign;
use super::glyph::Face;
use super::locale::Locale;
use super::measure::plain;
use crate::view::PublicView;
use crate::words::{ComponentEffect, ComponentStatus, Earlier, IncidentStatus, MaintenanceStatus, Update};

/// A status that stands at the head of an update.
pub trait Step: Copy {
    /// The words a viewer reads.
    fn word(self, locale: Locale) -> String;
    /// Whether the text stands elsewhere on the page: a post-mortem has its own section.
    fn stands_apart(self) -> bool {
        false
    }
}

impl Step for IncidentStatus {
    fn word(self, locale: Locale) -> String {
        if matches!(self, Self::Postmortem) { locale.t("update-postmortem") } else { locale.incident(self) }
    }
    fn stands_apart(self) -> bool {
        matches!(self, Self::Postmortem)
    }
}

impl Step for MaintenanceStatus {
    fn word(self, locale: Locale) -> String {
        locale.maintenance(self)
    }
}

/// How a timeline is shown.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// Updates at most.
    pub most: usize,
    /// Address of the page the updates live on; empty where that is this page, which has room for what they said before.
    pub href: &'a str,
    /// The class that colours the newest update's mark.
    pub class: &'static str,
    /// The view they are of: it knows in which language they are, and what they said before. `None` for those who write them.
    pub view: Option<&'a PublicView>,
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
    timeline_of(updates, shown, locale, |update| Told { word: update.status.word(locale), above: None, below: below(update) })
}

/// What a message is shown with beside its text.
pub struct Told {
    /// The word at its head.
    pub word: String,
    /// What stands above the text.
    pub above: Option<AnyView>,
    /// What stands below it.
    pub below: Option<AnyView>,
}

/// The list of updates, each told as the page says.
#[must_use]
pub fn timeline_of<S: Step>(updates: &[Update<S>], shown: Shown, locale: Locale, told: impl Fn(&Update<S>) -> Told) -> AnyView {
    let items = updates.iter().take(shown.most).map(|update| item(update, shown, locale, told(update))).collect::<Vec<_>>();
    view! { <ol class=format!("ups e-{}", shown.class)>{items}</ol> }.into_any()
}

fn item<S: Step>(update: &Update<S>, shown: Shown, locale: Locale, Told { word, above, below }: Told) -> AnyView {
    let anchor = format!("u-{}", update.id);
    let permalink = format!("{}#{anchor}", shown.href);
    let body = if update.status.stands_apart() {
        view! { <p class="more"><a href=format!("{}#postmortem", shown.href)>{locale.t("update-read-postmortem")}</a></p> }.into_any()
    } else {
        prose(update, shown.view)
    };
    let later =
        update.posted_later().then(|| view! { <span class="later">{locale.t("update-later")}" "{locale.moment(update.created_at)}</span> });
    let mark = shown.view.filter(|_| !update.status.stands_apart()).and_then(|view| foreign::mark(view, &update.id));
    // What was and stayed well is named for programs, not for readers.
    let told = |effect: &&ComponentEffect| effect.from != effect.to || effect.to != ComponentStatus::Operational;
    let effects: Vec<_> = update.effects.iter().flatten().filter(told).collect();
    let effects = (!effects.is_empty()).then(|| effects_list(&effects, locale));
    view! {
        <li id=anchor>
            <p class="uh"><strong>{word}</strong><a class="at" href=permalink>{locale.moment(update.display_at)}</a>{later}{mark}</p>
            {above}
            {body}
            {effects}
            {edited(update, shown, locale)}
            {below}
        </li>
    }
    .into_any()
}

/// The text of a message, marked where it is not in the language of the page around it.
pub(super) fn prose<S>(update: &Update<S>, view: Option<&PublicView>) -> AnyView {
    let lang = view.and_then(|view| foreign::lang(view, &update.id));
    let dir = view.and_then(|view| foreign::dir(view, &update.id));
    view! { <div class="md" lang=lang dir=dir inner_html=update.body_html.clone()></div> }.into_any()
}

/// That a message was edited, and when; on its own page also what it said before.
fn edited<S>(update: &Update<S>, shown: Shown, locale: Locale) -> Option<AnyView> {
    // Two texts within the same second are an edit too, where the first is on record.
    let known = || shown.view.and_then(|view| view.edits.get(&update.id)).map(|_| update.updated_at);
    let at = update.edited_at().or_else(known)?;
    let said = || view! { {locale.t("update-edited")}" "{locale.moment(at)} };
    // A translation is no edit of what stood there before.
    let earlier = shown.view.filter(|view| shown.href.is_empty() && !view.translated.contains(&update.id));
    let earlier = earlier.and_then(|view| Some((view, view.edits.get(&update.id)?)));
    let Some((view, earlier)) = earlier else { return Some(view! { <p class="later">{said()}</p> }.into_any()) };
    // Each text stands beside the one that took its place: the newest change comes first.
    let after = earlier.iter().skip(1).map(|next| (next.body.as_str(), next.display_at)).chain([(update.body.as_str(), update.display_at)]);
    let mut changes: Vec<_> = earlier.iter().zip(after).map(|(before, after)| change(before, after, locale)).collect();
    changes.reverse();
    let lang = foreign::lang(view, &update.id);
    Some(
        view! {
            <details class="ed" id=format!("e-{}", update.id)>
                <summary>{said()}</summary>
                <ol lang=lang>{changes}</ol>
            </details>
        }
        .into_any(),
    )
}

fn change(before: &Earlier, (body, shown_at): (&str, chrono::DateTime<chrono::Utc>), locale: Locale) -> AnyView {
    let moved = (before.display_at != shown_at)
        .then(|| view! { <p>{locale.t("update-shown-before")}" "<del>{locale.moment(before.display_at)}</del></p> });
    let text = (before.body != body).then(|| difference(&before.body, body, locale));
    view! { <li><p class="later">{locale.t("update-changed")}" "{locale.moment(before.replaced_at)}</p>{moved}{text}</li> }.into_any()
}

/// Components to which the same happened stand together.
fn effects_list(effects: &[&ComponentEffect], locale: Locale) -> AnyView {
    let mut alike: Vec<(&ComponentEffect, Vec<String>)> = Vec::new();
    for effect in effects {
        match alike.iter_mut().find(|(first, _)| (first.from, first.to) == (effect.from, effect.to)) {
            Some((_, names)) => names.push(plain(&effect.name)),
            None => alike.push((effect, vec![plain(&effect.name)])),
        }
    }
    let items = alike.into_iter().map(|(effect, names)| {
        let from = (effect.from != effect.to).then(|| view! { {locale.status(effect.from)}<span class="to"></span> });
        let face = Face::from(effect.to);
        view! { <li><bdi>{locale.listed(&names)}</bdi>": "{from}<b class=face.class()>{locale.status(effect.to)}</b></li> }
    });
    view! { <ul class="fx">{items.collect::<Vec<_>>()}</ul> }.into_any()
}
