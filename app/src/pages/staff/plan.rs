//! `/staff/maintenances/new`, and `/staff/maintenances/{id}` while that is a draft: planned work in one form.

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use super::composer::changed_meanwhile;
use super::fields;
use super::other_languages::{Asked, fold};
use super::plan_fields::{self, Plan};
use crate::parts::form::{self, Weight};
use crate::parts::locale::Locale;
use crate::parts::maintenance_card::card;
use crate::parts::measure::{count, plain_or};
use crate::staff::{Frame, Wrong, document};
use crate::view::PublicView;
use crate::words::{Id, Maintenance, Role, Window};

/// All that the page shows.
#[derive(Clone, Debug)]
pub struct Composer<'a> {
    /// The draft; `None` for new work.
    pub draft: Option<&'a Id>,
    /// The revision of the draft that the writer looks at.
    pub seen: Option<i64>,
    /// What stands in the form.
    pub plan: Plan,
    /// The page as readers see it: its components.
    pub view: &'a PublicView,
    /// How many subscribers would be told; `None` where that is not known.
    pub reach: Option<i64>,
    /// What somebody else wrote into the draft meanwhile: field and text.
    pub theirs: Vec<(&'static str, String)>,
    /// What is wrong.
    pub wrong: Vec<Wrong>,
    /// What readers would see.
    pub preview: Option<Preview>,
}

/// Planned work as readers would see it, and what staff should know before they say it.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The page.
    pub view: PublicView,
    /// The work with its message, the text as HTML.
    pub work: Maintenance,
    /// Further windows of the series, soonest first.
    pub further: Vec<Window>,
    /// How many subscribers would be told; `None` where nobody is to be.
    pub reach: Option<i64>,
    /// What speaks against it.
    pub warnings: Vec<String>,
}

impl Preview {
    /// The same pieces as on the public page, and the rest below.
    #[must_use]
    pub fn section(&self, now: DateTime<Utc>) -> AnyView {
        let locale = Locale::of(&self.view);
        let told = match self.reach.map(|reach| usize::try_from(reach).unwrap_or(0)) {
            None => "Nobody is told by mail.".to_owned(),
            Some(0) => "Nobody has subscribed to this yet.".to_owned(),
            Some(reach) => format!("{} told by mail.", count(reach, "subscriber is", "subscribers are")),
        };
        view! {
            <section class="preview" id="preview" aria-labelledby="preview-title" tabindex="-1">
                <h2 id="preview-title">"Preview"</h2>
                <p class="hint">"As readers will see it. Nothing is announced yet."</p>
                {warnings(&self.warnings)}
                {card(&self.work, &self.view, locale)}
                {self.series(locale)}
                <p class="told">{told}</p>
                {self.reminders(now, locale)}
            </section>
        }
        .into_any()
    }

    fn series(&self, locale: Locale) -> Option<AnyView> {
        let rows: Vec<_> = self.further.iter().map(|window| view! { <li>{locale.window(*window)}</li> }).collect();
        let heading = format!("And {}", count(rows.len(), "more window", "more windows"));
        (!rows.is_empty())
            .then(|| view! { <details class="more-fields"><summary>{heading}</summary><ol class="moves">{rows}</ol></details> }.into_any())
    }

    /// When each reminder goes out; those that are too late are left out, as they are when the time comes.
    fn reminders(&self, now: DateTime<Utc>, locale: Locale) -> Option<AnyView> {
        let from = self.work.window.filter(|_| self.reach.is_some())?.from;
        let due = self.work.reminders.before_minutes.iter().map(|minutes| from - TimeDelta::minutes(*minutes));
        let due: Vec<_> = due.filter(|due| *due > now).map(|due| view! { <li>{locale.moment(due)}</li> }).collect();
        (!due.is_empty()).then(|| view! { <p class="told">"Reminders:"</p><ul class="told times">{due}</ul> }.into_any())
    }
}

/// What speaks against a plan, each in a sentence.
#[must_use]
pub fn warnings(sentences: &[String]) -> Option<AnyView> {
    let rows: Vec<_> = sentences.iter().map(|sentence| view! { <li>{sentence.clone()}</li> }).collect();
    (!rows.is_empty()).then(|| view! { <ul class="flash note warn">{rows}</ul> }.into_any())
}

/// The page.
#[must_use]
pub fn page(frame: &Frame, composer: &Composer) -> String {
    let heading = if composer.draft.is_some() { "Draft of planned work" } else { "Plan work" };
    document(frame, heading, || {
        let may = frame.may(Role::Responder);
        let lede = if composer.draft.is_some() { "Nobody outside sees this draft." } else { "Nobody sees it before you announce it." };
        let body = if may { the_form(composer, frame.locale()) } else { read_only(composer) };
        view! {
            <p class="back"><a href="/staff/maintenances">"All planned work"</a></p>
            <h1>{heading}</h1>
            <p class="soft">{lede}" "<a href="/staff/maintenances/planner">"Find a quiet time"</a></p>
            {form::problems(&composer.wrong)}
            {changed_meanwhile(&composer.theirs)}
            <div class="pair">
                {body}
                {composer.preview.as_ref().map(|preview| view! { <div class="beside">{preview.section(frame.now)}</div> })}
            </div>
            {may.then(|| delete(composer))}
        }
        .into_any()
    })
}

fn delete(composer: &Composer) -> Option<AnyView> {
    let seen = composer.seen.unwrap_or_default().to_string();
    composer.draft.map(|id| {
        let action = format!("/staff/maintenances/{id}/delete");
        form::confirm("Delete this draft", "It goes out of every list. Nobody is told.", &action, &[("seen", &seen)], "Delete the draft")
    })
}

fn the_form(composer: &Composer, locale: Locale) -> AnyView {
    let (plan, wrong) = (&composer.plan, composer.wrong.as_slice());
    let action = composer.draft.map_or_else(|| "/staff/maintenances/new".to_owned(), super::maintenances::href);
    let seen = composer.seen.map(|seen| form::hidden("seen", &seen.to_string()));
    let folded = ["owner", "internal_notes"];
    // The browser sends the first button when return is pressed in a field: that one changes nothing.
    view! {
        <form method="post" action=action>
            {seen}
            {plan_fields::words(plan, wrong)}
            {fold("", &[Asked::title(&plan.names), Asked::message(&plan.bodies)], wrong)}
            {plan_fields::when(&plan.when, locale, wrong)}
            {fields::components(&plan.components, composer.view, "Not affected", wrong)}
            {plan_fields::course(plan, wrong)}
            {plan_fields::reminders(plan, wrong)}
            {composer.draft.is_none().then(|| plan_fields::again(&plan.again, wrong))}
            <details class="more-fields" open=wrong.iter().any(|wrong| folded.contains(&wrong.field.as_str()))>
                <summary>"Owner and notes"</summary>
                {plan_fields::internal(plan, wrong)}
            </details>
            {fields::notify(plan.notify, composer.reach)}
            <div class="acts send">
                {form::choice_button(Weight::Quiet, "do", "preview", "Preview")}
                {form::choice_button(Weight::Quiet, "do", "save", "Save as draft")}
                {form::choice_button(Weight::Primary, "do", "announce", "Announce")}
            </div>
        </form>
    }
    .into_any()
}

fn read_only(composer: &Composer) -> AnyView {
    let plan = &composer.plan;
    form::definitions(vec![
        ("Title", plain_or(&plan.name, "Untitled").into_any()),
        ("Message", plain_or(&plan.body, "Nothing yet").into_any()),
        ("Starts", plain_or(&plan.when.from, "Date to be set").into_any()),
        ("Ends", plain_or(&plan.when.until, "Date to be set").into_any()),
        ("Owner", plain_or(&plan.owner, "Nobody").into_any()),
        ("Internal notes", view! { <span class="said">{plain_or(&plan.internal_notes, "None")}</span> }.into_any()),
    ])
}
