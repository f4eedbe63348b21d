//! `/staff/incidents/new`, and `/staff/incidents/{id}` while that is a draft: the whole incident in one form.

use leptos::prelude::*;

use super::evidence::{self, Evidence};
use super::fields::{self, Facts, Message};
use super::hands::Hands;
use super::other_languages::{Asked, fold};
use crate::parts::form::{self, Weight};
use crate::parts::incident_card::card;
use crate::parts::locale::Locale;
use crate::parts::measure::plain_or;
use crate::staff::{Frame, Wrong, document};
use crate::view::PublicView;
use crate::words::{Id, Incident, IncidentStatus, Role};

/// All that the page shows.
#[derive(Clone, Debug)]
pub struct Composer<'a> {
    /// The draft; `None` for a new incident.
    pub draft: Option<&'a Id>,
    /// The revision of the draft that the writer looks at.
    pub seen: Option<i64>,
    /// What stands in the form.
    pub facts: Facts,
    /// The first message.
    pub message: Message,
    /// What an empty message becomes, by status.
    pub stock: Vec<(IncidentStatus, String)>,
    /// The page as readers see it: its components.
    pub view: &'a PublicView,
    /// How many subscribers would be told; `None` where that is not known.
    pub reach: Option<i64>,
    /// What monitors saw.
    pub evidence: Vec<Evidence>,
    /// Whether the clock will publish the draft, and who is on it.
    pub hands: Hands,
    /// What somebody else wrote into the draft meanwhile: field and text.
    pub theirs: Vec<(&'static str, String)>,
    /// What is wrong.
    pub wrong: Vec<Wrong>,
    /// What readers would see.
    pub preview: Option<Preview>,
}

/// An incident as readers would see it, on the page as it would be.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The page with what the incident states.
    pub view: PublicView,
    /// The incident with the message, its text as HTML.
    pub incident: Incident,
}

impl Preview {
    /// The same pieces as on the public page.
    #[must_use]
    pub fn section(&self) -> AnyView {
        let locale = Locale::of(&self.view);
        view! {
            <section class="preview" id="preview" aria-labelledby="preview-title" tabindex="-1">
                <h2 id="preview-title">"Preview"</h2>
                <p class="hint">"As readers will see it. Nothing is published yet."</p>
                {card(&self.incident, &self.view, locale)}
            </section>
        }
        .into_any()
    }
}

/// What somebody else wrote meanwhile, beside what stands in the form.
#[must_use]
pub fn changed_meanwhile(theirs: &[(&'static str, String)]) -> Option<AnyView> {
    if theirs.is_empty() {
        return None;
    }
    let rows = theirs.iter().map(|(field, text)| (*field, view! { <span class="said">{plain_or(text, "(empty)")}</span> }.into_any()));
    Some(
        view! {
            <section class="meanwhile" aria-labelledby="meanwhile">
                <h2 id="meanwhile">"What it says now"</h2>
                <p class="hint">"Your text is kept below. Sending again replaces this."</p>
                {form::definitions(rows.collect())}
            </section>
        }
        .into_any(),
    )
}

/// The page.
#[must_use]
pub fn page(frame: &Frame, composer: &Composer) -> String {
    let heading = if composer.draft.is_some() { "Draft" } else { "Report an incident" };
    document(frame, heading, || {
        let locale = frame.locale();
        let may = frame.may(Role::Responder);
        let lede = if composer.draft.is_some() { "Nobody outside sees this draft." } else { "Nobody sees it before you publish." };
        let delete = composer.draft.filter(|_| may).map(|id| {
            let seen = composer.seen.unwrap_or_default().to_string();
            let action = format!("/staff/incidents/{id}/delete");
            form::confirm(
                "Delete this draft",
                "It goes out of every list. Nobody is told.",
                &action,
                &[("seen", &seen)],
                "Delete the draft",
            )
        });
        let body = if may { the_form(composer, locale) } else { read_only(composer) };
        view! {
            <p class="back"><a href="/staff/incidents">"All incidents"</a></p>
            <h1>{heading}</h1>
            <p class="soft">{lede}</p>
            {form::problems(&composer.wrong)}
            {changed_meanwhile(&composer.theirs)}
            {evidence::line(&composer.evidence, locale).map(|line| view! { <p class="flash note">{line}"."</p> })}
            {composer.draft.and_then(|id| composer.hands.of_draft(id, frame))}
            <div class="pair">
                {body}
                {composer.preview.as_ref().map(|preview| view! { <div class="beside">{preview.section()}</div> })}
            </div>
            {evidence::section(&composer.evidence, locale)}
            {delete}
        }
        .into_any()
    })
}

fn the_form(composer: &Composer, locale: Locale) -> AnyView {
    let wrong = composer.wrong.as_slice();
    let action = composer.draft.map_or_else(|| "/staff/incidents/new".to_owned(), |id| format!("/staff/incidents/{id}"));
    let seen = composer.seen.map(|seen| form::hidden("seen", &seen.to_string()));
    // The browser sends the first button when return is pressed in a field: that one changes nothing.
    view! {
        <form method="post" action=action>
            {seen}
            {fields::title(&composer.facts, wrong)}
            {fields::words(&composer.message, &composer.stock, &composer.view.page.language, wrong)}
            {fold("", &[Asked::title(&composer.facts.names), Asked::message(&composer.message.bodies)], wrong)}
            {fields::components(&composer.message.components, composer.view, "Not affected", wrong)}
            {fields::next_update(&composer.message.next, locale, wrong)}
            {fields::notify(composer.message.notify, composer.reach)}
            <details class="more-fields" open=opened(composer)>
                <summary>"Impact, start, owner and notes"</summary>
                {fields::details(&composer.facts, locale, wrong)}
                {fields::internal(&composer.facts, wrong)}
            </details>
            <div class="acts send">
                {form::choice_button(Weight::Quiet, "do", "preview", "Preview")}
                {form::choice_button(Weight::Quiet, "do", "save", "Save as draft")}
                {form::choice_button(Weight::Primary, "do", "publish", "Publish")}
            </div>
        </form>
    }
    .into_any()
}

/// Whether the fold holds something the writer has to see.
fn opened(composer: &Composer) -> bool {
    let folded = ["impact_override", "started_at", "owner", "internal_notes"];
    composer.wrong.iter().any(|wrong| folded.contains(&wrong.field.as_str()))
}

fn read_only(composer: &Composer) -> AnyView {
    let facts = &composer.facts;
    form::definitions(vec![
        ("Title", plain_or(&facts.name, "Untitled").into_any()),
        ("Status", composer.message.status.clone().into_any()),
        ("Message", plain_or(&composer.message.body, "Nothing yet").into_any()),
        ("Owner", plain_or(&facts.owner, "Nobody").into_any()),
    ])
}
