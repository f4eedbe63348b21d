//! `/staff/announcements`: what stands above the page for a while, apart from incidents.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::other_languages::{Asked, Texts, fold};
use crate::parts::announcement::banner;
use crate::parts::form::{self, Choice, Input, Weight};
use crate::parts::locale::Locale;
use crate::parts::measure::plain;
use crate::staff::{Frame, Wrong, document};
use crate::words::{Announcement, Id, Role};

/// An announcement in the list, its text as HTML.
#[derive(Clone, Debug)]
pub struct Line {
    /// What readers see.
    pub announcement: Announcement,
    /// Who last wrote it.
    pub author: Option<String>,
}

impl Line {
    fn is_over(&self, now: DateTime<Utc>) -> bool {
        self.announcement.expires_at.is_some_and(|end| end <= now)
    }

    fn is_to_come(&self, now: DateTime<Utc>) -> bool {
        !self.is_over(now) && now < self.announcement.starts_at
    }
}

/// The page: shown now, to come, past.
#[must_use]
pub fn page(frame: &Frame, lines: &[Line], older: Option<String>) -> String {
    document(frame, "Announcements", || {
        let (now, may) = (frame.now, frame.may(Role::Responder));
        let (shown, rest): (Vec<_>, Vec<_>) = lines.iter().partition(|line| !line.is_over(now) && !line.is_to_come(now));
        let (coming, past): (Vec<_>, Vec<_>) = rest.into_iter().partition(|line| line.is_to_come(now));
        let new = may.then(|| form::way(Weight::Primary, "/staff/announcements/new", "Announce something"));
        let older = older.map(|href| view! { <div class="acts">{form::way(Weight::Quiet, &href, "Older")}</div> });
        view! {
            <div class="bar">
                <div><h1>"Announcements"</h1><p>"A banner above the page, apart from incidents. Subscribers are mailed where you say so."</p></div>
                {new}
            </div>
            {section(frame, "shown", "Shown now", &shown, "Nothing is announced now.")}
            {(!coming.is_empty()).then(|| section(frame, "coming", "To come", &coming, ""))}
            {(!past.is_empty()).then(|| section(frame, "past", "Past", &past, ""))}
            {older}
        }
        .into_any()
    })
}

fn section(frame: &Frame, id: &'static str, heading: &'static str, lines: &[&Line], none: &str) -> AnyView {
    let items: Vec<_> = lines.iter().map(|line| item(frame, line)).collect();
    let list = if items.is_empty() { form::empty(none) } else { view! { <ul class="banners">{items}</ul> }.into_any() };
    view! { <section aria-labelledby=id><h2 id=id>{heading}</h2>{list}</section> }.into_any()
}

fn item(frame: &Frame, line: &Line) -> AnyView {
    let (announcement, locale) = (&line.announcement, frame.locale());
    let until = match announcement.expires_at {
        Some(end) => view! { " until "{locale.moment(end)} }.into_any(),
        None => " until it is taken back".into_any(),
    };
    let author = line.author.as_deref().map(plain).filter(|name| !name.is_empty()).map(|name| format!(", by {name}"));
    let acts = frame.may(Role::Responder).then(|| acts(frame, line));
    view! {
        <li>
            {banner(announcement, None)}
            <p class="hint">"From "{locale.moment(announcement.starts_at)}{until}{author}"."</p>
            {acts}
        </li>
    }
    .into_any()
}

fn acts(frame: &Frame, line: &Line) -> AnyView {
    let to = |rest: &str| format!("/staff/announcements/{}{rest}", line.announcement.id);
    let over = line.is_over(frame.now);
    let edit = (!over).then(|| form::way(Weight::Quiet, &to(""), "Edit"));
    let end = (!over && !line.is_to_come(frame.now))
        .then(|| view! { <form method="post" action=to("/end")>{form::button(Weight::Quiet, "End it now")}</form> });
    let sentence = "It goes off the page and out of this list. The audit remembers that it was.";
    view! { <div class="acts">{edit}{end}</div>{form::confirm("Delete", sentence, &to("/delete"), &[], "Delete the announcement")} }
        .into_any()
}

/// The texts of the form.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    /// The text as Markdown.
    pub body: String,
    /// The text in other languages.
    pub bodies: Texts,
    /// When it begins; empty is now.
    pub starts_at: String,
    /// `at`: at a time; `open`: when somebody takes it back.
    pub until: String,
    /// When it ends.
    pub expires_at: String,
    /// Whether subscribers are told.
    pub notify: bool,
    /// Whether they were told of it already.
    pub told: bool,
}

/// The page with the form: for a new announcement, or the one of that id. `preview` is the banner as readers would see it.
#[must_use]
pub fn editor(frame: &Frame, id: Option<&Id>, fields: &Fields, preview: Option<&Announcement>, wrong: &[Wrong]) -> String {
    let heading = if id.is_some() { "Change an announcement" } else { "Announce something" };
    document(frame, heading, || {
        let action = id.map_or_else(|| "/staff/announcements/new".to_owned(), |id| format!("/staff/announcements/{id}"));
        let send = if id.is_some() { "Save" } else { "Announce it" };
        let preview = preview.map(|announcement| {
            view! {
                <section class="beside preview" id="preview" aria-labelledby="preview-title" tabindex="-1">
                    <h2 id="preview-title">"Preview"</h2>
                    <p class="hint">"As readers will see it. Nothing is changed yet."</p>
                    {banner(announcement, None)}
                </section>
            }
        });
        view! {
            <p class="back"><a href="/staff/announcements">"Announcements"</a></p>
            <h1>{heading}</h1>
            {form::problems(wrong)}
            <div class="pair">
                <form method="post" action=action>
                    {inputs(fields, frame.locale(), wrong)}
                    <div class="acts send">
                        {form::choice_button(Weight::Quiet, "do", "preview", "Preview")}
                        {form::choice_button(Weight::Primary, "do", "save", send)}
                    </div>
                </form>
                {preview}
            </div>
        }
        .into_any()
    })
}

fn inputs(fields: &Fields, locale: Locale, wrong: &[Wrong]) -> AnyView {
    let hint = "Markdown. A sentence or two, at most 2,000 characters.";
    let body = Input { name: "body", label: "Text", value: &fields.body, hint, wrong, required: true, ..Input::default() };
    let starts = Input { name: "starts_at", label: "Shown from", value: &fields.starts_at, hint: "Empty: now.", wrong, ..Input::default() };
    let until = Input { name: "until", label: "Shown until", value: &fields.until, wrong, ..Input::default() };
    let offered = [Choice::new("at", "The time below"), Choice::new("open", "Somebody takes it back")];
    let ends = Input { name: "expires_at", label: "Ends", value: &fields.expires_at, wrong, ..Input::default() };
    let hint = if fields.told {
        "They were told of it already: with the tick they are told once more."
    } else {
        "Whoever chose announcements gets a mail when it begins. Until then you can still take that back."
    };
    let tell = Input { name: "notify", label: "Tell subscribers by mail", hint, wrong, ..Input::default() };
    view! {
        {form::textarea(&body, 5)}
        {fold("", &[Asked { label: "Text", ..Asked::message(&fields.bodies) }], wrong)}
        {form::datetime(&starts, locale.name())}
        {form::radios(&until, &offered)}
        {form::datetime(&ends, locale.name())}
        {form::checkbox(&tell, fields.notify)}
    }
    .into_any()
}
