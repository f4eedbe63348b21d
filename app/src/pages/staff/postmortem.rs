//! `/staff/post-mortems/{id}`: write it, have it read, publish it, and keep what follows from it.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::action_items::{self, Items};
use super::composer::changed_meanwhile;
use super::document_fields::{self, Typed};
use super::postmortem_beside as beside;
use super::postmortems::{Coverable, href};
use super::promise::{self, PlanFields};
use crate::islands::autosave::Autosave;
use crate::parts::form::{self, Choice, Input, Weight};
use crate::parts::locale::Locale;
use crate::parts::measure::{count, plain, plain_or};
use crate::staff::{Frame, Wrong, document};
use crate::view::PublicView;
use crate::words::{Postmortem, Role};

/// All that the page shows.
#[derive(Clone, Debug)]
pub struct Desk<'a> {
    /// The record: what is public, or promised.
    pub postmortem: &'a Postmortem,
    /// What stands in the form.
    pub typed: Typed,
    /// Whether there is a text, or only a promise of one.
    pub begun: bool,
    /// What the writer looks at: the microsecond at which the draft was last saved; empty before the first time.
    pub seen: String,
    /// When it was last saved, and by whom.
    pub saved: Option<(DateTime<Utc>, Option<String>)>,
    /// Whether something is written that is not public.
    pub pending: bool,
    /// The page as readers see it: its components.
    pub view: &'a PublicView,
    /// What it may cover.
    pub coverable: Coverable,
    /// What a careful reader would remark: where on this page, and the sentence.
    pub remarks: Vec<(Option<String>, String)>,
    /// The second reader.
    pub review: Review,
    /// The promise.
    pub plan: PlanFields,
    /// Who writes it, by name.
    pub owner: Option<String>,
    /// Who may own things.
    pub staff: &'a [Choice],
    /// What follows from it.
    pub items: Items<'a>,
    /// How many subscribers a publication is told to.
    pub reach: i64,
    /// Whether it shall say of itself that more will follow.
    pub provisional: bool,
    /// Whether subscribers are told.
    pub notify: bool,
    /// Which form was refused.
    pub refused: Form,
    /// What is wrong with it.
    pub wrong: Vec<Wrong>,
    /// What somebody else wrote meanwhile: field and text.
    pub theirs: Vec<(&'static str, String)>,
    /// What readers would see, once somebody asked for it.
    pub preview: Option<String>,
    /// A link to show the draft with, and until when it holds.
    pub link: Option<(String, DateTime<Utc>)>,
}

/// The forms of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// None, or the text.
    #[default]
    Text,
    /// The promise.
    Plan,
    /// The second reader's answer.
    Review,
    /// A follow-up.
    Item,
    /// Anything else.
    Other,
}

/// Where the reading by a second person stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Review {
    /// Whether the page demands one before anything is published.
    pub demanded: bool,
    /// Who asked for it, by name, and when.
    pub asked: Option<(String, DateTime<Utc>)>,
    /// Who approved, by name, and when.
    pub approved: Option<(String, DateTime<Utc>)>,
    /// Whether whoever looks may answer: they did not write the last words themselves.
    pub mine: bool,
    /// The reason for sending it back, as it was typed.
    pub because: String,
}

impl Review {
    /// Whether a second person is being waited for.
    const fn waits(&self) -> bool {
        self.asked.is_some() && self.approved.is_none()
    }

    /// Whether nothing more is needed before it is published.
    const fn is_done(&self) -> bool {
        !self.demanded || self.approved.is_some()
    }
}

/// The page.
#[must_use]
pub fn page(frame: &Frame, desk: &Desk) -> String {
    let name = plain_or(&desk.typed.title, "Untitled post-mortem");
    document(frame, &name.clone(), || {
        let (locale, may) = (frame.locale(), frame.may(Role::Responder));
        let body = match (may, desk.begun) {
            (true, true) => the_form(desk, locale),
            (true, false) => beginning(desk),
            // Those who may not write see it beside, as readers would.
            (false, true) => ().into_any(),
            (false, false) => form::empty("Nothing is written yet."),
        };
        view! {
            <p class="back"><a href="/staff/post-mortems">"All post-mortems"</a></p>
            <p class="tag"><span class="state">{state(desk)}</span>{public_link(desk)}</p>
            <h1>{name}</h1>
            <p class="soft">{standing(desk, frame.now, locale)}</p>
            {form::problems(&desk.wrong)}
            {changed_meanwhile(&desk.theirs)}
            {may.then(|| answer(desk))}
            <div class="pair">
                {body}
                {desk.begun.then(|| beside::column(desk, may, locale))}
            </div>
            {action_items::section(&desk.items, desk.staff, may, locale, wrong_of(desk, Form::Item))}
            {may.then(|| promise(desk, locale))}
            <p class="more"><a href=format!("/staff/audit?subject={}", desk.postmortem.id)>"Who did what here"</a></p>
            {may.then(|| ends(desk))}
        }
        .into_any()
    })
}

pub(super) fn address(desk: &Desk, rest: &str) -> String {
    format!("{}{rest}", href(&desk.postmortem.id))
}

pub(super) fn wrong_of<'a>(desk: &'a Desk, form: Form) -> &'a [Wrong] {
    if desk.refused == form { desk.wrong.as_slice() } else { &[] }
}

fn state(desk: &Desk) -> &'static str {
    use crate::words::PostmortemStatus as Is;
    match desk.postmortem.status {
        Is::Promised if desk.postmortem.waived_because.is_some() => "Not planned",
        Is::Promised => "Promised",
        Is::Draft => "Draft",
        Is::Review => "In review",
        Is::Published if desk.postmortem.provisional => "Published, provisional",
        Is::Published => "Published",
        Is::Revised if desk.postmortem.provisional => "Revised, provisional",
        Is::Revised => "Revised",
    }
}

fn public_link(desk: &Desk) -> Option<AnyView> {
    let href = format!("/post-mortems/{}", desk.postmortem.id);
    desk.postmortem.status.is_public().then(|| view! { <a href=href>"On the public page"</a> }.into_any())
}

/// Who waits for whom, in one line.
fn standing(desk: &Desk, now: DateTime<Utc>, locale: Locale) -> AnyView {
    let document = desk.postmortem;
    let due = document.due_at.filter(|_| !document.status.is_public() && document.waived_because.is_none()).map(|due| {
        let day = locale.date(locale.day(due));
        if due <= now {
            view! { <b class="late">"Promised by "{day}", overdue. "</b> }.into_any()
        } else {
            view! { "Promised by "{day}". " }.into_any()
        }
    });
    let published = document.published_at.filter(|_| document.status.is_public()).map(|at| view! { "Published "{locale.moment(at)}". " });
    let owner = desk.owner.as_deref().map(plain).filter(|name| !name.is_empty());
    let owner = owner.map_or_else(|| "Nobody owns it yet. ".to_owned(), |name| format!("{name} writes it. "));
    let waived = document.waived_because.as_deref().map(|reason| format!("Not planned, because {}. ", plain(reason).trim_end_matches('.')));
    let hidden = match (document.status.is_public(), desk.pending) {
        (true, true) => "What is written below is not public yet.",
        (true, false) => "What is written below is what readers see.",
        (false, _) if !desk.begun => "",
        (false, _) => "Nobody outside sees the text.",
    };
    view! { {due}{published}{waived}{owner}{hidden} }.into_any()
}

/// What the second reader is asked, and what they said.
fn answer(desk: &Desk) -> Option<AnyView> {
    let review = &desk.review;
    let (asker, _) = review.asked.as_ref().filter(|_| review.waits())?;
    if !review.mine {
        return Some(view! { <p class="flash note">"A second reader is asked for. You wrote the last words yourself, so somebody else has to approve."</p> }.into_any());
    }
    let because = Input {
        name: "because",
        label: "Send it back, because",
        value: &review.because,
        hint: "What is missing or wrong. It stands under Who did what here.",
        wrong: wrong_of(desk, Form::Review),
        ..Input::default()
    };
    Some(
        view! {
            <section class="review" aria-labelledby="review">
                <h2 id="review">"Yours to read"</h2>
                <p>{format!("{} asks for a second reader. Is it true, complete, and free of blame?", plain(asker))}</p>
                <form method="post" action=address(desk, "/approve")>{form::hidden("seen", &desk.seen)}{form::button(Weight::Primary, "Approve")}</form>
                <form method="post" action=address(desk, "/send-back")>
                    {form::textarea(&because, 2)}
                    {form::button(Weight::Quiet, "Send it back")}
                </form>
            </section>
        }
        .into_any(),
    )
}

/// The way from a promise to a text.
fn beginning(desk: &Desk) -> AnyView {
    let incidents: Vec<_> = desk.typed.incidents.iter().map(|id| form::hidden("incidents", id)).collect();
    view! {
        <section aria-labelledby="begin">
            <h2 id="begin">"Nothing is written yet"</h2>
            <form method="post" action="/staff/post-mortems/new">
                {incidents}{form::hidden("maintenance_id", &desk.typed.maintenance)}
                <p>"It begins with what was said in the timeline: times, components, and how it was brought back."</p>
                <div class="acts">{form::button(Weight::Primary, "Begin writing")}</div>
            </form>
        </section>
    }
    .into_any()
}

/// The text, and what is done with it next. The browser sends the first button when return is pressed in a field: that one only saves.
fn the_form(desk: &Desk, locale: Locale) -> AnyView {
    let wrong = wrong_of(desk, Form::Text);
    view! {
        <form method="post" action=address(desk, "") data-autosave=address(desk, "/draft")>
            {form::hidden("seen", &desk.seen)}
            <div class="acts stay">
                {form::choice_button(Weight::Quiet, "do", "save", "Save")}
                {form::choice_button(Weight::Quiet, "do", "preview", "Preview")}
                <div class="stay-words">{saved(desk, locale)}<Autosave/></div>
            </div>
            {document_fields::fields(&desk.typed, &desk.coverable, desk.view, locale, wrong)}
            <div class="send">{publication(desk)}</div>
        </form>
    }
    .into_any()
}

fn saved(desk: &Desk, locale: Locale) -> Option<AnyView> {
    let (at, who) = desk.saved.as_ref()?;
    let who = who.as_deref().map(plain).filter(|who| !who.is_empty()).map(|who| format!(" by {who}"));
    Some(view! { <p class="hint" data-saved="">"Last saved "{locale.moment(*at)}{who}</p> }.into_any())
}

/// The way to readers.
fn publication(desk: &Desk) -> AnyView {
    let (review, public) = (&desk.review, desk.postmortem.status.is_public());
    let approved = review
        .approved
        .as_ref()
        .map(|(who, _)| view! { <p class="hint">{format!("Approved by {}. A change of the text takes that back.", plain(who))}</p> });
    let ask = (!review.waits() && review.approved.is_none()).then(|| {
        form::choice_button(if review.demanded { Weight::Primary } else { Weight::Quiet }, "do", "review", "Ask for a second reader")
    });
    if !review.is_done() {
        let sentence = "This page publishes a post-mortem only after a second person has approved it.";
        return view! { <p class="hint">{sentence}</p><div class="acts">{ask}</div> }.into_any();
    }
    let people = usize::try_from(desk.reach).unwrap_or(0);
    let label = if people == 0 {
        "Tell subscribers (nobody has subscribed to this yet)".to_owned()
    } else {
        format!("Tell subscribers ({})", count(people, "person", "people"))
    };
    let provisional = Input { name: "provisional", label: "It is provisional: more will follow", ..Input::default() };
    view! {
        {approved}
        {form::checkbox(&provisional, desk.provisional)}
        {form::checkbox(&Input { name: "notify", label: &label, ..Input::default() }, desk.notify)}
        <div class="acts">
            {ask}
            {form::choice_button(Weight::Primary, "do", "publish", if public { "Publish the revision" } else { "Publish" })}
        </div>
    }
    .into_any()
}

fn promise(desk: &Desk, locale: Locale) -> Option<AnyView> {
    if desk.postmortem.status.is_public() {
        return None;
    }
    let wrong = wrong_of(desk, Form::Plan);
    let due = desk.postmortem.due_at.map(|due| view! { <p class="hint">"Promised by "{locale.date(locale.day(due))}" now."</p> });
    Some(
        view! {
            <section aria-labelledby="promise">
                <h2 id="promise">"The promise"</h2>
                {due}
                <details class="more-fields" open=!wrong.is_empty()>
                    <summary>"Change the day or the owner, or say that none is planned"</summary>
                    <form method="post" action=address(desk, "/plan")>
                        {promise::fields("plan", &desk.plan, None, Some(desk.staff), wrong)}
                        <div class="acts">{form::button(Weight::Quiet, "Save the promise")}</div>
                    </form>
                </details>
            </section>
        }
        .into_any(),
    )
}

/// What takes it away from readers, or altogether.
fn ends(desk: &Desk) -> AnyView {
    let revert = desk.postmortem.status.is_public().then(|| {
        let sentence =
            "It goes off the public page, out of feeds and lists. Its text stays here as a draft. Nobody is told; who got the mail has it.";
        form::confirm("Take it off the public page", sentence, &address(desk, "/revert"), &[], "Take it off")
    });
    let sentence = "It goes out of every list, with its follow-ups and the votes for them. It stays in the record and in the audit.";
    view! {
        <div class="ends">{revert}{form::confirm("Delete this post-mortem", sentence, &address(desk, "/delete"), &[], "Delete the post-mortem")}</div>
    }
    .into_any()
}
