//! `/staff/maintenances/{id}` once it is announced: where it stands, what can be done next, and what was said.

use super::named;
use leptos::prelude::*;

use super::composer::changed_meanwhile;
use super::incident::{Edited, Undo, told, undo};
use super::maintenances::href;
use super::next_step;
use super::other_languages::{self, Asked, Texts, fold};
use super::plan::{Preview, warnings};
use super::plan_fields::{self, Plan, When};
use crate::parts::facts::{self, Fact};
use crate::parts::form::{self, Input, Weight};
use crate::parts::glyph::badge;
use crate::parts::incident_card;
use crate::parts::locale::Locale;
use crate::parts::maintenance_card::{FACE, concerned, downtime, tag, when};
use crate::parts::measure::{count, plain};
use crate::parts::timeline::{Shown, timeline_with};
use crate::staff::{Frame, Wrong, document};
use crate::view::PublicView;
use crate::words::{DeliveryState, Id, Maintenance, MaintenanceUpdate, Role, Window};

/// All that the page shows.
#[derive(Clone, Debug)]
pub struct WorkPage<'a> {
    /// The work as it stands now, with what time alone did; its texts as HTML.
    pub work: &'a Maintenance,
    /// Ids of messages that stand in the record: the others cannot be edited.
    pub written: Vec<Id>,
    /// Ids of messages that the clock made: they cannot be taken back.
    pub automatic: Vec<Id>,
    /// Its revision: what the writer looks at.
    pub seen: i64,
    /// The page as readers see it.
    pub view: &'a PublicView,
    /// What speaks against its window.
    pub warnings: Vec<String>,
    /// The next message, as it stands in its form.
    pub next: Next,
    /// The notice that is prepared for work that needs longer.
    pub longer: Option<Longer>,
    /// Whether it is asked for.
    pub longer_open: bool,
    /// The facts beside the messages.
    pub plan: Plan,
    /// The text of a message whose edit was refused.
    pub edited: Option<(Id, Edited)>,
    /// Which form was refused or looked at.
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
    /// Whether the newest message can be taken back.
    pub undo: Undo,
    /// Other windows of its series that are not over, soonest first.
    pub series: Vec<(Id, Window)>,
}

/// The next message as a form holds it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Next {
    /// The status it states.
    pub status: String,
    /// Its text.
    pub body: String,
    /// Its text in other languages.
    pub bodies: Texts,
    /// The window it sets.
    pub when: When,
    /// Whether subscribers are told.
    pub notify: bool,
}

/// A later end and its text, prepared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Longer {
    /// The window.
    pub when: When,
    /// What is said of it.
    pub body: String,
}

/// The forms of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// None.
    #[default]
    None,
    /// A message.
    Message,
    /// A date, or another.
    Window,
    /// A later end.
    Longer,
    /// It will not happen, or not go on.
    Cancel,
    /// The rest of its series will not happen.
    Series,
    /// The title and the rest.
    Details,
    /// A message that was posted.
    Edit,
}

/// The page.
#[must_use]
pub fn page(frame: &Frame, page: &WorkPage) -> String {
    let name = named(&page.work.name);
    document(frame, &name.clone(), || {
        let (locale, may) = (frame.locale(), frame.may(Role::Responder));
        let newest = page.work.updates.first().filter(|newest| !page.automatic.contains(&newest.id));
        let back = newest.map(|newest| undo(page.undo, &address(page, &format!("/updates/{}/undo", newest.id))));
        view! {
            <p class="back"><a href="/staff/maintenances">"All planned work"</a></p>
            <p class="tag">
                {badge(FACE, &tag(page.work, locale))}<span class="state">{page.work.status.label()}</span>
                <a href=incident_card::href(&page.work.id)>"On the public page"</a>
            </p>
            <h1>{name}</h1>
            {when(page.work, page.view, locale)}
            {downtime(page.work, locale)}
            {facts::row(of(page, locale))}
            {concerned(page.work, page.view, locale)}
            {warnings(&page.warnings)}
            {form::problems(&page.wrong)}
            {changed_meanwhile(&page.theirs)}
            {may.then_some(back)}
            <div class="pair">
                {may.then(|| next_step::section(page, locale, frame.now))}
                <div class="beside">
                    {page.preview.as_ref().map(|preview| preview.section(frame.now))}
                    {updates(page, locale, may)}
                    {series(page, locale)}
                </div>
            </div>
            {may.then(|| details(page))}
            {notes(page)}
            <p class="more"><a href=format!("/staff/audit?subject={}", page.work.id)>"Who did what here"</a></p>
            {may.then(|| delete(page))}
        }
        .into_any()
    })
}

/// What a form of the page carries so that a stale one is noticed.
pub(super) fn seen(page: &WorkPage) -> AnyView {
    form::hidden("seen", &page.seen.to_string())
}

/// An address below the page of this work.
pub(super) fn address(page: &WorkPage, rest: &str) -> String {
    format!("{}{rest}", href(&page.work.id))
}

/// What is wrong with one of the forms.
pub(super) fn wrong_of<'a>(page: &'a WorkPage, form: Form) -> &'a [Wrong] {
    if page.refused == form { page.wrong.as_slice() } else { &[] }
}

fn of(page: &WorkPage, locale: Locale) -> Vec<Fact> {
    let work = page.work;
    let mut facts: Vec<Fact> = Vec::new();
    for (label, at) in [("Announced", work.published_at), ("Began", work.started_at), ("Ended", work.completed_at)] {
        if let Some(at) = at {
            facts.push((label.to_owned(), locale.moment(at), ""));
        }
    }
    if !work.status.is_over() {
        facts.push(("Begins".to_owned(), if work.auto_start { "By itself" } else { "When staff say so" }.into_any(), ""));
        facts.push(("Ends".to_owned(), if work.auto_complete { "By itself" } else { "When staff say so" }.into_any(), ""));
    }
    if let Some(occurrence) = &work.occurrence {
        facts.push(("Series".to_owned(), format!("Window {}", occurrence.number).into_any(), ""));
    }
    let owner = plain(&page.plan.owner);
    if !owner.is_empty() {
        facts.push(("Owner".to_owned(), owner.into_any(), ""));
    }
    facts
}

fn updates(page: &WorkPage, locale: Locale, may: bool) -> AnyView {
    let shown = Shown { most: usize::MAX, href: "", class: if page.work.status.is_over() { "over" } else { FACE.class() }, view: None };
    let below = |update: &MaintenanceUpdate| {
        let written = page.written.contains(&update.id);
        let by_itself = page.automatic.contains(&update.id).then(|| view! { <p class="told">"Said by itself, at its time."</p> });
        let moved = page.work.moves.iter().find(|moved| moved.at == update.created_at).map(|moved| {
            let old = moved.from.map(|from| view! { <del>{locale.window_text(from)}</del>" became " });
            view! { <p class="told">{moved.event().label()}": "{old}{locale.window_text(moved.to)}</p> }
        });
        let edit = (may && written).then(|| edit(page, update, locale));
        Some(view! { {moved}{by_itself}{written.then(|| told(&page.told, update))}{edit} }.into_any())
    };
    view! {
        <section class="one" aria-labelledby="said">
            <h2 id="said">"What was said"</h2>
            {timeline_with(&page.work.updates, shown, locale, below)}
        </section>
    }
    .into_any()
}

fn edit(page: &WorkPage, update: &MaintenanceUpdate, locale: Locale) -> AnyView {
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

/// The other windows of the series, and the way to end it.
fn series(page: &WorkPage, locale: Locale) -> Option<AnyView> {
    let rows: Vec<_> = page.series.iter().map(|(id, window)| view! { <li><a href=href(id)>{locale.window(*window)}</a></li> }).collect();
    let heading = format!("{} of this series", count(rows.len(), "other window", "other windows"));
    (!rows.is_empty())
        .then(|| view! { <details class="more-fields"><summary>{heading}</summary><ol class="moves">{rows}</ol></details> }.into_any())
}

fn details(page: &WorkPage) -> AnyView {
    let (refused, wrong) = (page.refused == Form::Details, wrong_of(page, Form::Details));
    view! {
        <section aria-labelledby="rest">
            <h2 id="rest">"The rest of it"</h2>
            <details class="more-fields" open=refused>
                <summary>"Title, components, downtime, reminders, owner and notes"</summary>
                <form method="post" action=address(page, "/details")>
                    {seen(page)}
                    {plan_fields::title(&page.plan, wrong)}
                    {fold("details", &[Asked::title(&page.plan.names)], wrong)}
                    {super::fields::components(&page.plan.components, page.view, "Not affected", wrong)}
                    {plan_fields::course(&page.plan, wrong)}
                    {plan_fields::reminders(&page.plan, wrong)}
                    {plan_fields::internal(&page.plan, wrong)}
                    <div class="acts">{form::button(Weight::Quiet, "Save")}</div>
                </form>
            </details>
        </section>
    }
    .into_any()
}

fn notes(page: &WorkPage) -> Option<AnyView> {
    let text = page.plan.internal_notes.trim().to_owned();
    (!text.is_empty())
        .then(|| view! { <section aria-labelledby="notes"><h2 id="notes">"Internal notes"</h2><pre>{text}</pre></section> }.into_any())
}

fn delete(page: &WorkPage) -> AnyView {
    let sentence = "It goes off the public page, out of feeds, lists and the calendar. Mails that have not left are called off. \
                    It stays in the record and in the audit. Work that will not happen is cancelled, not deleted.";
    form::confirm("Delete this work", sentence, &address(page, "/delete"), &[("seen", &page.seen.to_string())], "Delete the work")
}
