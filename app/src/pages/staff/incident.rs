//! `/staff/incidents/{id}` once it is published: post the next message, mend what was said, see who was told.

use super::named;
use leptos::prelude::*;

use super::clock::Clock;
use super::composer::{Preview, changed_meanwhile};
use super::evidence::{self, Evidence};
use super::fields::{self, Facts, Message, NextUpdate};
use super::hands::Hands;
use super::other_languages::{self, Asked, Texts, fold};
use super::promise::{self, BY, PlanFields};
use crate::parts::facts::{self, Fact};
use crate::parts::form::{self, Input, Weight};
use crate::parts::glyph::{Face, badge};
use crate::parts::incident_card::href;
use crate::parts::locale::Locale;
use crate::parts::measure::{duration, plain};
use crate::parts::timeline::{Shown, timeline_with};
use crate::staff::{Frame, Wrong, document};
use crate::view::PublicView;
use crate::words::{DeliveryState, Id, Incident, IncidentStatus, IncidentUpdate, Role, Sightings, Update};

/// All that the page shows.
#[derive(Clone, Debug)]
pub struct IncidentPage<'a> {
    /// The incident, its texts as HTML.
    pub incident: &'a Incident,
    /// Its revision: what the writer looks at.
    pub seen: i64,
    /// The page as readers see it: its components.
    pub view: &'a PublicView,
    /// What an empty message becomes, by status.
    pub stock: Vec<(IncidentStatus, String)>,
    /// The next message.
    pub message: Message,
    /// The time the next message is shown under; empty is now.
    pub display_at: String,
    /// The title and the rest.
    pub facts: Facts,
    /// The promise as it is changed with the rest.
    pub next: NextUpdate,
    /// The text of a message whose edit was refused.
    pub edited: Option<(Id, Edited)>,
    /// Which form was refused.
    pub refused: Form,
    /// What is wrong with it.
    pub wrong: Vec<Wrong>,
    /// What somebody else changed meanwhile: field and text.
    pub theirs: Vec<(&'static str, String)>,
    /// What readers would see.
    pub preview: Option<Preview>,
    /// How many subscribers would be told; `None` where that is not known.
    pub reach: Option<i64>,
    /// How far the mails of each message are.
    pub told: Vec<(Id, DeliveryState, i64)>,
    /// How long it took until everybody knew.
    pub clock: Clock,
    /// Whether the newest message can be taken back.
    pub undo: Undo,
    /// What is said of a post-mortem with the end; `None` where that is said already, or the end came.
    pub plan: Option<PlanFields>,
    /// What monitors saw.
    pub evidence: Vec<Evidence>,
    /// Whether its monitors are up again, and whether only the clock has written it.
    pub hands: Hands,
    /// How many visitors see it too.
    pub sightings: Sightings,
}

/// The fields of an edited message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edited {
    /// The text.
    pub body: String,
    /// The text in other languages.
    pub bodies: Texts,
    /// The time it is shown under.
    pub display_at: String,
}

/// The forms of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// None, or the next message.
    #[default]
    Message,
    /// The title and the rest.
    Details,
    /// A message that was posted.
    Edit,
}

/// Whether the newest message can be taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undo {
    /// For so many seconds more.
    Possible(i64),
    /// Not any more; the setting's seconds.
    Over(i64),
}

/// The page.
#[must_use]
pub fn page(frame: &Frame, page: &IncidentPage) -> String {
    let incident = page.incident;
    let name = named(&incident.name);
    document(frame, &name.clone(), || {
        let (locale, face, may) = (frame.locale(), Face::from(incident.impact), frame.may(Role::Responder));
        view! {
            <p class="back"><a href="/staff/incidents">"All incidents"</a></p>
            <p class="tag">{badge(face, incident.impact.label())}<span class="state">{incident.status.label()}</span><a href=href(&incident.id)>"On the public page"</a></p>
            <h1>{name}</h1>
            {facts::row(of(page, frame))}
            {facts::overdue(incident, frame.now, locale)}
            {page.hands.of_incident(page.incident, frame)}
            {form::problems(&page.wrong)}
            {changed_meanwhile(&page.theirs)}
            {may.then(|| page.incident.updates.first().map(|newest| undo(page.undo, &address(page, &format!("/updates/{}/undo", newest.id)))))}
            <div class="pair">
                {may.then(|| post(page, locale))}
                <div class="beside">{page.preview.as_ref().map(Preview::section)}{updates(page, locale, may, face)}</div>
            </div>
            {evidence::section(&page.evidence, locale)}
            {page.clock.section(locale)}
            {postmortem(page, may)}
            {may.then(|| details(page, locale))}
            <p class="more"><a href=format!("/staff/audit?subject={}", incident.id)>"Who did what here"</a></p>
            {may.then(|| delete(page))}
        }
        .into_any()
    })
}

fn of(page: &IncidentPage, frame: &Frame) -> Vec<Fact> {
    let locale = frame.locale();
    let mut facts = facts::of_incident(page.incident, frame.now, locale);
    let owner = plain(&page.facts.owner);
    if !owner.is_empty() {
        facts.push(("Owner".to_owned(), owner.into_any(), ""));
    }
    if let Some(sentence) = page.sightings.sentence() {
        facts.push(("Visitors".to_owned(), sentence.into_any(), ""));
    }
    if !page.incident.status.is_over() {
        facts.push(("Open for".to_owned(), duration((frame.now - page.incident.started_at).num_seconds()).into_any(), ""));
    }
    facts
}

fn seen(page: &IncidentPage) -> AnyView {
    form::hidden("seen", &page.seen.to_string())
}

fn address(page: &IncidentPage, rest: &str) -> String {
    format!("/staff/incidents/{}{rest}", page.incident.id)
}

/// The way to what is written of it, or to begin with that once it is over.
fn postmortem(page: &IncidentPage, may: bool) -> Option<AnyView> {
    let id = &page.incident.id;
    let (to, label) = match page.view.incident(id.as_str()).and_then(|shown| shown.postmortem.as_ref()) {
        Some(link) => (super::postmortems::href(&link.id), "Its post-mortem"),
        None if may && page.incident.status.is_over() => (format!("/staff/post-mortems/new?incident={id}"), "Begin a post-mortem"),
        None => return None,
    };
    Some(view! { <p class="more"><a href=to>{label}</a></p> }.into_any())
}

/// The way back, while nobody got a mail.
pub(super) fn undo(undo: Undo, action: &str) -> AnyView {
    match undo {
        Undo::Possible(seconds) => view! {
            <form method="post" action=action.to_owned() class="flash undo">
                <p>{format!("Mails wait {seconds} s more. Until then the message can be taken back as if it had not been.")}</p>
                {form::button(Weight::Quiet, "Take the message back")}
            </form>
        }
        .into_any(),
        Undo::Over(seconds) => view! {
            <p class="hint">{format!("A message can be taken back for {seconds} s; the newest one is older. Edit it below, or post another.")}</p>
        }
        .into_any(),
    }
}

/// The next message.
fn post(page: &IncidentPage, locale: Locale) -> AnyView {
    let wrong = if page.refused == Form::Message { page.wrong.as_slice() } else { &[] };
    let shown = Input {
        name: "display_at",
        label: "Show it under the time",
        value: &page.display_at,
        hint: "Empty: now.",
        wrong,
        ..Input::default()
    };
    let heading = if page.incident.status.is_over() { "Reopen, or add to it" } else { "Post an update" };
    view! {
        <section aria-labelledby="post">
            <h2 id="post">{heading}</h2>
            {(!page.incident.status.is_over()).then(|| resolve(page, locale))}
            <form method="post" action=address(page, "/updates")>
                {seen(page)}
                {fields::words(&page.message, &page.stock, &page.view.page.language, wrong)}
                {fold("", &[Asked::message(&page.message.bodies)], wrong)}
                {fields::components(&page.message.components, page.view, "As it is", wrong)}
                {fields::next_update(&page.message.next, locale, wrong)}
                {when_resolved(page, "", locale, wrong)}
                {fields::notify(page.message.notify, page.reach)}
                <details class="more-fields" open=wrong.iter().any(|wrong| wrong.field == "display_at")>
                    <summary>"Another time"</summary>{form::datetime(&shown, locale.name())}
                </details>
                <div class="acts send">
                    {form::choice_button(Weight::Quiet, "do", "preview", "Preview")}
                    {form::choice_button(Weight::Primary, "do", "post", "Post the update")}
                </div>
            </form>
        </section>
    }
    .into_any()
}

/// The end in two actions: the stock sentence, the components given back, everybody told.
fn resolve(page: &IncidentPage, locale: Locale) -> AnyView {
    let stock = page.stock.iter().find(|(status, _)| *status == IncidentStatus::Resolved).map_or("", |(_, sentence)| sentence);
    let lang = page.view.page.language.clone();
    view! {
        <details class="ask calm">
            <summary>"Resolve it now"</summary>
            <form method="post" action=address(page, "/updates")>
                {seen(page)}{form::hidden("status", IncidentStatus::Resolved.as_str())}{form::hidden("do", "post")}
                <p>
                    "The message says: \""<span lang=lang dir="auto">{stock.to_owned()}</span>"\" What this incident states of components ends with it."
                </p>
                {when_resolved(page, "resolve", locale, &[])}
                {fields::notify_scoped("resolve", page.message.notify, page.reach)}
                {form::button(Weight::Primary, "Resolve")}
            </form>
        </details>
    }
    .into_any()
}

/// A word on the post-mortem, for the message that resolves it. It is decided already as far as it can be, and says so: whoever is
/// tired need not open it. Whoever ends it owes it; the page of the post-mortem, where everybody can be chosen, comes the day after.
fn when_resolved(page: &IncidentPage, scope: &str, locale: Locale, wrong: &[Wrong]) -> Option<AnyView> {
    let plan = page.plan.as_ref()?;
    let promised = plan.by.parse().ok().filter(|_| plan.choice == BY).map(|day| locale.short_date(day));
    let summary = match promised {
        Some(day) => format!("When it is resolved: post-mortem by {day}"),
        None => "When it is resolved: nothing said of a post-mortem yet".to_owned(),
    };
    let open = wrong.iter().any(|wrong| wrong.field.starts_with("postmortem"));
    let undecided = "It stands under post-mortems until somebody says something.";
    Some(
        view! {
            <details class="more-fields" open=open>
                <summary>{summary}</summary>
                {promise::fields(scope, plan, Some(undecided), None, wrong)}
            </details>
        }
        .into_any(),
    )
}

fn updates(page: &IncidentPage, locale: Locale, may: bool, face: Face) -> AnyView {
    let shown = Shown { most: usize::MAX, href: "", class: if page.incident.status.is_over() { "over" } else { face.class() }, view: None };
    let below = |update: &IncidentUpdate| {
        let edit = (may && update.status != IncidentStatus::Postmortem).then(|| edit(page, update, locale));
        Some(view! { {told(&page.told, update)}{edit} }.into_any())
    };
    view! {
        <section class="one" aria-labelledby="said">
            <h2 id="said">"What was said"</h2>
            {timeline_with(&page.incident.updates, shown, locale, below)}
        </section>
    }
    .into_any()
}

/// How far the mails of a message are.
pub(super) fn told<S>(told: &[(Id, DeliveryState, i64)], update: &Update<S>) -> AnyView {
    let words: Vec<String> = told
        .iter()
        .filter(|(id, _, number)| *id == update.id && *number > 0)
        .map(|(_, state, number)| format!("{number} {}", state_word(*state)))
        .collect();
    let text = if !words.is_empty() {
        format!("Mails: {}.", words.join(", "))
    } else if update.notify {
        "Mails: none.".to_owned()
    } else {
        "Nobody was told by mail.".to_owned()
    };
    view! { <p class="told">{text}</p> }.into_any()
}

const fn state_word(state: DeliveryState) -> &'static str {
    match state {
        DeliveryState::Pending => "waiting",
        DeliveryState::Sending => "on the way",
        DeliveryState::Sent => "sent",
        DeliveryState::Failed => "failed",
        DeliveryState::Cancelled => "called off",
        DeliveryState::Unknown => "perhaps sent",
        DeliveryState::Bounced => "came back",
    }
}

fn edit(page: &IncidentPage, update: &IncidentUpdate, locale: Locale) -> AnyView {
    let refused = page.edited.as_ref().filter(|(id, _)| page.refused == Form::Edit && *id == update.id).map(|(_, edited)| edited);
    let wrong = if refused.is_some() { page.wrong.as_slice() } else { &[] };
    let bodies = other_languages::bodies(page.view, &update.id);
    let known = Edited { body: update.body.clone(), bodies, display_at: locale.field(update.display_at) };
    let edited = refused.unwrap_or(&known);
    let scope = update.id.as_str();
    let body = Input { name: "body", label: "Message", value: &edited.body, wrong, scope, ..Input::default() };
    let at = Input { name: "display_at", label: "Shown under the time", value: &edited.display_at, wrong, scope, ..Input::default() };
    view! {
        <details class="ask calm" open=refused.is_some()>
            <summary>"Edit"</summary>
            <form method="post" action=address(page, &format!("/updates/{}", update.id))>
                {seen(page)}
                <p class="hint">"Readers see that it was edited. Nobody is told by mail again; mails that have not left yet say the new text."</p>
                {form::textarea(&body, 5)}
                {fold(scope, &[Asked::message(&edited.bodies)], wrong)}
                {form::datetime(&at, locale.name())}
                {form::button(Weight::Quiet, "Save the edit")}
            </form>
        </details>
    }
    .into_any()
}

fn details(page: &IncidentPage, locale: Locale) -> AnyView {
    let refused = page.refused == Form::Details;
    let wrong = if refused { page.wrong.as_slice() } else { &[] };
    view! {
        <section aria-labelledby="rest">
            <h2 id="rest">"The rest of it"</h2>
            <details class="more-fields" open=refused>
                <summary>"Title, impact, start, promise, owner and notes"</summary>
                <form method="post" action=address(page, "/details")>
                    {seen(page)}
                    {fields::title(&page.facts, wrong)}
                    {fold("details", &[Asked::title(&page.facts.names)], wrong)}
                    {fields::details(&page.facts, locale, wrong)}
                    {fields::next_update_scoped("details", &page.next, locale, wrong)}
                    {fields::internal(&page.facts, wrong)}
                    <div class="acts">{form::button(Weight::Quiet, "Save")}</div>
                </form>
            </details>
            {notes(page)}
        </section>
    }
    .into_any()
}

fn notes(page: &IncidentPage) -> Option<AnyView> {
    let text = page.facts.internal_notes.trim().to_owned();
    (!text.is_empty()).then(|| view! { <h3>"Internal notes"</h3><pre>{text}</pre> }.into_any())
}

fn delete(page: &IncidentPage) -> AnyView {
    let sentence = "It goes off the public page, out of feeds and lists, and says nothing of components any more. \
                    Mails that have not left are called off. It stays in the record and in the audit.";
    form::confirm("Delete this incident", sentence, &address(page, "/delete"), &[("seen", &page.seen.to_string())], "Delete the incident")
}
