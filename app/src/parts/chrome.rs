//! What stands around every page: the way in at the top, the way to be told at the bottom.

use leptos::prelude::*;

use super::brand;
use super::glyph::Face;
use super::locale::Locale;
use super::measure::plain_or;
use crate::islands::choices::Choices;
use crate::islands::live::{Live, TIME, WORDS};
use crate::view::PublicView;

/// The pages that the menu leads to, and what they are called.
const MENU: [(&str, &str); 3] = [("/history", "menu-history"), ("/uptime", "menu-uptime"), ("/post-mortems", "menu-postmortems")];

/// Files that programs read, and what they are called.
const FEEDS: [(&str, &str); 4] = [
    ("/history.atom", "feeds-atom"),
    ("/history.rss", "feeds-rss"),
    ("/history.ics", "feeds-calendar"),
    ("/api/v2/summary.json", "feeds-json"),
];

/// What the platform is called, never empty.
#[must_use]
pub fn name_of(view: &PublicView) -> String {
    plain_or(&view.page.name, "Status")
}

/// What the page as a whole is called.
#[must_use]
pub fn site(view: &PublicView, locale: Locale) -> String {
    let name = name_of(view);
    if says_status(view) { locale.with("look-site", [("name", name.into())]) } else { name }
}

/// Whether the word for what this is needs to stand beside the name: some names end with it.
fn says_status(view: &PublicView) -> bool {
    !name_of(view).to_lowercase().ends_with("status")
}

/// The skip link and the head of the page. `here` is the page's place in the menu, `path` its address without a language.
#[must_use]
pub fn header(view: &PublicView, locale: Locale, here: &str, path: &str) -> AnyView {
    let demo = view.page.demo.then(|| view! { <aside class="demo" aria-label=locale.t("demo-label")>{locale.t("demo")}</aside> });
    let links = MENU.map(|(address, key)| {
        view! { <a href=locale.href(address) aria-current=(here == address).then_some("page")>{locale.t(key)}</a> }
    });
    let updates = if view.page.mail { locale.href("/subscribe") } else { "#updates".to_owned() };
    view! {
        <a class="skip" href="#main">{locale.t("skip")}</a>
        {demo}
        <header class="top">
            <a class="brand" href=locale.href("/")>{brand::mark(view)}{says_status(view).then(|| view! { <span>" "{locale.t("brand-word")}</span> })}</a>
            <nav class="menu" aria-label=locale.t("menu-label")>{links}</nav>
            <div class="tools"><a class="btn" href=updates>{locale.t("updates")}</a>{reading(view, locale, path)}</div>
        </header>
    }
    .into_any()
}

/// The choice of language and zone as a fold at the top. Languages are links, which work without scripts.
fn reading(view: &PublicView, locale: Locale, path: &str) -> AnyView {
    let languages = (view.page.languages.len() > 1).then(|| {
        let links = languages(view, locale, path).into_iter().map(|link| view! { <li>{link}</li> }).collect::<Vec<_>>();
        view! { <nav aria-label=locale.t("language-label")><ul>{links}</ul></nav> }
    });
    let page = locale.with("zone-page", [("zone", locale.name().into())]);
    let zone = menu("zone", &locale.t("zone"), [("page", page), ("utc", locale.t("zone-utc")), ("own", locale.t("zone-own"))]);
    view! {
        <details class="langs">
            <summary>
                <span class="vh">{locale.t("reading-label")}": "</span>
                {locale.language().name()}
                <span class="zn">{locale.label(view.as_of)}</span>
            </summary>
            <div>{languages}<p>{locale.sentence()}</p>{zone}</div>
        </details>
    }
    .into_any()
}

/// This page in each language it is offered in, under the name its speakers have for it.
fn languages(view: &PublicView, locale: Locale, path: &str) -> Vec<AnyView> {
    let link = |code: &String| {
        let there = locale.beside(view, code);
        let current = (there.language() == locale.language()).then_some("true");
        let language = there.language();
        view! {
            <a href=there.href(path) hreflang=code.clone() lang=code.clone() dir=language.direction() aria-current=current>{language.name()}</a>
        }
        .into_any()
    };
    view.page.languages.iter().map(link).collect()
}

/// On every page but the first: the way back, and how the platform is. The islands live here where there is no hero.
#[must_use]
pub fn crumb(view: &PublicView, locale: Locale) -> AnyView {
    view! {
        <div class="crumb">
            <p id="now" role="status">{standing(view, locale)}</p>
            <p class="soft">{as_of(view, locale)}</p>
        </div>
    }
    .into_any()
}

/// The same on a page with a form: it does not refresh itself, because what was typed and what is wrong with it is the reader's.
#[must_use]
pub fn still_crumb(view: &PublicView) -> AnyView {
    view! { <div class="crumb"><p>{standing(view, Locale::of(view))}</p></div> }.into_any()
}

fn standing(view: &PublicView, locale: Locale) -> AnyView {
    view! { <a href=locale.href("/")>{Face::from(view.sentence).glyph()}{locale.overall(view.sentence)}</a> }.into_any()
}

/// Minutes without a look at the record after which the page says so (reliability W14).
const UNSEEN_MINUTES: i64 = 1;

/// The instant the page is true for, and the island that keeps it so. While the record is out of reach that instant stands still.
#[must_use]
pub fn as_of(view: &PublicView, locale: Locale) -> AnyView {
    let unseen = (view.as_of - view.seen_at).num_minutes() >= UNSEEN_MINUTES;
    let unseen = unseen.then(|| view! { <span class="unseen">" · "{locale.t("unseen")}</span> });
    view! { {locale.t("as-of")}" "{locale.moment(view.seen_at)}{unseen}{live(locale)} }.into_any()
}

fn live(locale: Locale) -> AnyView {
    let own = locale.with("own-time", [("time", TIME.into())]);
    view! {
        <span id=WORDS class="live" data-off="" data-lost=locale.t("live-lost") data-own=own data-to=locale.t("window-to")>
            {locale.t("live-kept")}
        </span>
        <Live/>
    }
    .into_any()
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
pub fn footer(view: &PublicView, locale: Locale, path: &str) -> AnyView {
    let link = |(address, key): (&str, &str)| view! { <a href=locale.href(address)>{locale.t(key)}</a> };
    let mail = || {
        view! {
            <p>{locale.t("mail-lede")}" "<a href=locale.href("/subscribe")>{locale.t("mail-link")}</a></p>
            <p>{locale.t("way-title")}" "<a href=locale.href("/subscription")>{locale.t("way-button")}</a></p>
        }
    };
    let languages = (view.page.languages.len() > 1).then(|| {
        view! { <nav class="foot" aria-label=locale.t("languages-label")>{languages(view, locale, path)}</nav> }
    });
    view! {
        <footer>
            <section id="updates" aria-labelledby="updates-title">
                <h2 id="updates-title">{locale.t("updates")}</h2>
                {view.page.mail.then(mail)}
                {feeds(locale)}
            </section>
            <nav class="foot" aria-label=locale.t("foot-label")>
                {MENU.map(link)}
                {link(("/follow-ups", "menu-follow-ups"))}
                {brand::home(view, locale)}
            </nav>
            {languages}
            <div class="small"><span>{locale.sentence()}</span>{theme(locale)}</div>
        </footer>
    }
    .into_any()
}

/// The choice of theme, and the island that makes all choices work; without scripts the system's theme holds, and every time stands in
/// the page's zone and in UTC.
#[must_use]
pub fn theme(locale: Locale) -> AnyView {
    let themes = [("system", "theme-system"), ("light", "theme-light"), ("dark", "theme-dark")].map(|(value, key)| (value, locale.t(key)));
    view! { {menu("theme", &locale.t("theme"), themes)}<Choices/> }.into_any()
}

/// A menu that is hidden until a script makes it work.
fn menu(choice: &'static str, label: &str, options: [(&'static str, String); 3]) -> AnyView {
    let options = options.map(|(value, word)| view! { <option value=value>{word}</option> });
    view! { <label class="theme" data-choice=choice hidden>{label.to_owned()}" "<select>{options.into_iter().collect::<Vec<_>>()}</select></label> }
        .into_any()
}

/// The ways to be told that need no subscription. Files have one address, whatever the language.
#[must_use]
pub fn feeds(locale: Locale) -> AnyView {
    let link = |(address, key): (&'static str, &str)| view! { <li><a href=address>{locale.t(key)}</a></li> };
    view! { <p>{locale.t("feeds-lede")}</p><ul class="feeds">{FEEDS.map(link)}</ul> }.into_any()
}

/// The way to what lies beside a page: address and text of what was before it and of what came after. The arrows point as the language
/// runs, and are not read out.
#[must_use]
pub fn turns(label: &str, before: Option<(String, String)>, after: Option<(String, String)>, locale: Locale) -> AnyView {
    let arrow = |key| view! { <span aria-hidden="true">{locale.t(key)}</span> };
    let before = before.map(|(href, text)| view! { <a href=href rel="prev">{arrow("arrow-back")}" "{text}</a> });
    let after = after.map(|(href, text)| view! { <a href=href rel="next">{text}" "{arrow("arrow-on")}</a> });
    view! { <nav class="turns" aria-label=label.to_owned()>{before}{after}</nav> }.into_any()
}
