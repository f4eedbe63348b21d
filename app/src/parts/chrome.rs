//! What stands around every page: the way in at the top, the way to be told at the bottom.

use leptos::prelude::*;

use super::brand;
use super::glyph::Face;
use super::locale::Locale;
use super::measure::plain_or;
use crate::islands::live::Live;
use crate::islands::theme::Theme;
use crate::view::PublicView;

/// What the platform is called, never empty.
#[must_use]
pub fn name_of(view: &PublicView) -> String {
    plain_or(&view.page.name, "Status")
}

/// The skip link and the head of the page.
#[must_use]
pub fn header(view: &PublicView, here: &str) -> AnyView {
    let demo = view.page.demo.then(
        || view! { <aside class="demo" aria-label="Demonstration">"Demonstration: an invented platform with invented data."</aside> },
    );
    let link = |address: &'static str, word: &'static str| {
        view! { <a href=address aria-current=(here == address).then_some("page")>{word}</a> }
    };
    let updates = if view.page.mail { "/subscribe" } else { "#updates" };
    view! {
        <a class="skip" href="#main">"Skip to content"</a>
        {demo}
        <header class="top">
            <a class="brand" href="/">{brand::mark(view)}<span>" status"</span></a>
            <nav aria-label="Main">{link("/history", "History")}{link("/post-mortems", "Post-mortems")}<a class="btn" href=updates>"Get updates"</a></nav>
        </header>
    }
    .into_any()
}

/// On every page but the first: the way back, and how the platform is. The islands live here where there is no hero.
#[must_use]
pub fn crumb(view: &PublicView, locale: Locale) -> AnyView {
    let face = Face::from(view.sentence);
    view! {
        <div class="crumb">
            <p id="now" role="status"><a href="/">{face.glyph()}{view.sentence.as_str()}</a></p>
            <p class="soft">{as_of(view, locale)}</p>
        </div>
    }
    .into_any()
}

/// The same on a page with a form: it does not refresh itself, because what was typed and what is wrong with it is the reader's.
#[must_use]
pub fn still_crumb(view: &PublicView) -> AnyView {
    let face = Face::from(view.sentence);
    view! { <div class="crumb"><p><a href="/">{face.glyph()}{view.sentence.as_str()}</a></p></div> }.into_any()
}

/// Minutes without a look at the record after which the page says so (reliability W14).
const UNSEEN_MINUTES: i64 = 1;

/// The instant the page is true for, and the island that keeps it so. While the record is out of reach that instant stands still.
#[must_use]
pub fn as_of(view: &PublicView, locale: Locale) -> AnyView {
    let unseen = (view.as_of - view.seen_at).num_minutes() >= UNSEEN_MINUTES;
    let unseen =
        unseen.then(|| view! { <span class="unseen">" · Our own records cannot be reached since then; nothing newer is known."</span> });
    view! { "As of "{locale.moment(view.seen_at)}{unseen}<Live/> }.into_any()
}

/// The address by which a calendar program follows all planned work: it asks again by itself.
#[must_use]
pub fn calendar(view: &PublicView) -> String {
    webcal(view, "/history.ics")
}

/// The same of any calendar of the page.
#[must_use]
pub fn webcal(view: &PublicView, path: &str) -> String {
    let place = view.page.url.split_once("://").map_or(view.page.url.as_str(), |(_, place)| place);
    format!("webcal://{}{path}", place.trim_end_matches('/'))
}

/// How to be told, and small print.
#[must_use]
pub fn footer(view: &PublicView, locale: Locale) -> AnyView {
    let by_mail =
        view.page.mail.then(|| view! { <p><a href="/subscribe">"Subscribe by mail"</a>" to hear of incidents when they happen."</p> });
    view! {
        <footer>
            <section id="updates" aria-labelledby="updates-title">
                <h2 id="updates-title">"Get updates"</h2>
                {by_mail}
                {feeds()}
            </section>
            <nav class="foot" aria-label="More">
                <a href="/history">"History"</a>
                <a href="/post-mortems">"Post-mortems"</a>
                <a href="/follow-ups">"Follow-ups"</a>
                {brand::home(view, locale)}
            </nav>
            <div class="small"><span>{locale.sentence()}</span><Theme/></div>
        </footer>
    }
    .into_any()
}

/// The ways to be told that need no subscription.
#[must_use]
pub fn feeds() -> AnyView {
    view! {
        <p>"Follow the "<a href="/history.atom">"Atom feed"</a>" in a feed reader, add the "<a href="/history.ics">"calendar of planned work"</a>" to yours, or read the state of everything as "<a href="/api/v2/summary.json">"JSON"</a>"."</p>
    }
    .into_any()
}
