//! `/staff/post-mortems/{id}/feedback`: whether a post-mortem answered its readers' questions.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::postmortems::href;
use crate::parts::form;
use crate::parts::measure::{count, plain_or, share as percent};
use crate::staff::{Frame, document};
use crate::words::Id;

/// What one reader said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voice {
    /// When.
    pub at: DateTime<Utc>,
    /// Whether it answered their questions.
    pub helpful: bool,
    /// What they wrote.
    pub body: String,
}

/// All that the page shows.
#[derive(Clone, Debug)]
pub struct Voices<'a> {
    /// The document.
    pub id: &'a Id,
    /// Its title.
    pub title: &'a str,
    /// How many said yes.
    pub yes: i64,
    /// How many said anything.
    pub all: i64,
    /// Those who wrote, newest first.
    pub written: Vec<Voice>,
    /// Where older ones begin, if there are any.
    pub older: Option<String>,
    /// Whether these are the newest.
    pub newest: bool,
}

/// The share of readers whose questions were answered, in words.
#[must_use]
pub fn share(yes: i64, all: i64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "nobody gets 2^52 answers")]
    let part = yes as f64 * 100.0 / all.max(1) as f64;
    let readers = count(usize::try_from(all).unwrap_or(0), "reader", "readers");
    format!("It answered the questions of {} % of the {readers} who said so.", percent(part)).replace("100.0 %", "100 %")
}

/// The page.
#[must_use]
pub fn page(frame: &Frame, voices: &Voices) -> String {
    document(frame, "What readers said", || {
        let locale = frame.locale();
        let rows: Vec<_> = voices
            .written
            .iter()
            .map(|voice| {
                let word = if voice.helpful { "Yes" } else { "No" };
                view! { <li class="e-over"><div><h3>{word}" "<span class="soft">{locale.moment(voice.at)}</span></h3><p class="said">{voice.body.clone()}</p></div></li> }
            })
            .collect();
        let list = if rows.is_empty() { form::empty("Nobody wrote anything.") } else { view! { <ul class="rows">{rows}</ul> }.into_any() };
        let older = voices.older.clone().map(|href| view! { <p class="more"><a href=href>"Older ones"</a></p> });
        let newer = (!voices.newest)
            .then(|| view! { <p class="more"><a href=format!("{}/feedback", href(voices.id))>"Back to the newest"</a></p> });
        let sentence = if voices.all == 0 { "No reader has said anything yet.".to_owned() } else { share(voices.yes, voices.all) };
        view! {
            <p class="back"><a href=href(voices.id)>{plain_or(voices.title, "The post-mortem")}</a></p>
            <h1>"What readers said"</h1>
            <p>{sentence}" Only staff see this."</p>
            <section aria-labelledby="written"><h2 id="written">"What they wrote"</h2>{list}{older}{newer}</section>
        }
        .into_any()
    })
}
