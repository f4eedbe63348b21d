//! `/demo/mails`: what the demonstration's mail catcher holds.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::staff::{Frame, document};

/// A mail that was caught.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// In the order they came, from 1.
    pub number: u64,
    /// When it came.
    pub at: DateTime<Utc>,
    /// To whom.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: String,
    /// Its HTML.
    pub html: String,
}

/// All mails, newest first.
#[must_use]
pub fn list(frame: &Frame, mails: &[std::sync::Arc<Mail>]) -> String {
    document(frame, "Mails", || {
        let rows = mails
            .iter()
            .map(|mail| {
                view! {
                    <li>
                        <a href=format!("/demo/mails/{}", mail.number)>{mail.subject.clone()}</a>
                        <span class="soft">{mail.to.clone()}" · "{mail.at.format("%H:%M:%S UTC").to_string()}</span>
                    </li>
                }
            })
            .collect_view();
        let empty = mails.is_empty().then(|| view! { <p>"No mail yet. Subscribe on the page, or post an update."</p> });
        view! {
            <h1>"Mails of the demonstration"</h1>
            <p class="soft">"They go nowhere else: this page is all there is of them."</p>
            {empty}
            <ul class="mails">{rows}</ul>
        }
        .into_any()
    })
}

/// One mail: its text, and a way to its HTML.
#[must_use]
pub fn one(frame: &Frame, mail: &Mail) -> String {
    document(frame, &mail.subject, || {
        view! {
            <p><a href="/demo/mails">"All mails"</a></p>
            <h1>{mail.subject.clone()}</h1>
            <p class="soft">"To "{mail.to.clone()}" · "<a href=format!("/demo/mails/{}/html", mail.number)>"as HTML"</a></p>
            <pre class="mail">{linked(&mail.text)}</pre>
        }
        .into_any()
    })
}

/// The text with its links as links: they are what a mail is tried out with.
fn linked(text: &str) -> AnyView {
    text.split_inclusive(char::is_whitespace)
        .map(|word| {
            let address = word.trim_end();
            if address.starts_with("http://") || address.starts_with("https://") {
                view! { <a href=address.to_owned()>{address.to_owned()}</a>{word.get(address.len()..).unwrap_or_default().to_owned()} }
                    .into_any()
            } else {
                word.to_owned().into_any()
            }
        })
        .collect_view()
        .into_any()
}
