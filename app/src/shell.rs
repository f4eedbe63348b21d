//! The document around every public page.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use leptos::prelude::*;

use crate::pages::{self, Body};
use crate::parts::chrome;
use crate::parts::locale::Locale;
use crate::view::PublicView;
use crate::words::Postmortem;

/// Applies the reader's stored choice of theme before the first paint. Static, so that its hash can stand in the policy.
pub const THEME_SCRIPT: &str =
    r#"try{var t=localStorage.getItem("theme");if(t==="dark"||t==="light")document.documentElement.dataset.theme=t}catch(e){}"#;

/// Addresses of the embedded files a document refers to.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    /// The style sheet.
    pub css: String,
    /// What the staff pages need beside it.
    pub staff_css: String,
    /// The script that loads the islands; `None` in a build without them.
    pub script: Option<String>,
    /// The icon.
    pub icon: String,
}

/// Which public page to render.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PublicPage {
    /// `/`
    Home,
    /// `/history`, the month as `2026-11`; `None` is the newest.
    History(Option<String>),
    /// `/incidents/{id}`, maintenances too.
    Incident(String),
    /// `/components/{id}`
    Component(String),
    /// `/components/{id}/days/{date}`
    Day(String, NaiveDate),
    /// `/uptime`, with the months of a year; `None` is this one.
    Uptime(Option<i32>),
    /// `/post-mortems`
    Postmortems,
    /// `/post-mortems/{id}`
    Postmortem(String),
    /// `/post-mortems/{id}/revisions/{number}`
    Revision(String, i64),
    /// `/follow-ups`
    FollowUps,
    /// `/subscribe`
    Subscribe,
    /// The page for an address that leads nowhere.
    NotFound,
}

/// Renders a whole document, or `None` where the view knows no such object or month.
#[must_use]
pub fn render(page: &PublicPage, view: &Arc<PublicView>, assets: &Assets) -> Option<String> {
    // Islands ask for an owner; a fresh one keeps renders independent of each other and of the thread.
    let owner = Owner::new_root(None);
    let html = owner.with(|| {
        let body = match page {
            PublicPage::Home => pages::home::page(view),
            PublicPage::History(month) => pages::history::page(view, month.as_deref())?,
            PublicPage::Incident(id) => match view.incident(id) {
                Some(incident) => pages::incident::page(view, incident),
                None => pages::maintenance::page(view, view.maintenance(id)?),
            },
            PublicPage::Component(id) => pages::component::page(view, view.component(id)?),
            PublicPage::Day(id, day) => pages::day::page(view, view.component(id)?, *day)?,
            PublicPage::Uptime(year) => pages::uptime::page(view, *year)?,
            PublicPage::Postmortems => pages::postmortems::page(view),
            PublicPage::Postmortem(id) => pages::postmortem::page(view, view.document(id)?),
            PublicPage::Revision(id, number) => pages::revision::page(view, view.document(id)?, *number)?,
            PublicPage::FollowUps => pages::follow_ups::page(view),
            PublicPage::Subscribe => pages::subscribe::page(view, &pages::subscribe::Typed::default()),
            PublicPage::NotFound => pages::not_found::page(view),
        };
        let here = match page {
            PublicPage::History(_) => "/history",
            PublicPage::Postmortems => "/post-mortems",
            PublicPage::Uptime(_) => "/uptime",
            _ => "",
        };
        let article = match page {
            PublicPage::Postmortem(id) => view.document(id).map(|shown| &shown.postmortem),
            _ => None,
        };
        Some(document(here, body, article, view, assets))
    });
    owner.unset_with_forced_cleanup();
    html
}

/// Renders a page for one visitor: what a form answers, or what a link of theirs leads to. It looks like every public page.
#[must_use]
pub fn render_visit(view: &PublicView, assets: &Assets, page: impl FnOnce() -> Body) -> String {
    let owner = Owner::new_root(None);
    let html = owner.with(|| document("", page(), None, view, assets));
    owner.unset_with_forced_cleanup();
    html
}

/// Renders a piece of a page alone, for a page that shows it as it was.
#[must_use]
pub fn render_piece(piece: impl FnOnce() -> AnyView) -> String {
    let owner = Owner::new_root(None);
    let html = owner.with(|| piece().to_html().replace("<!>", ""));
    owner.unset_with_forced_cleanup();
    html
}

/// Renders the page for the time before anything is known (answered with 503).
#[must_use]
pub fn render_starting(assets: &Assets) -> String {
    let owner = Owner::new_root(None);
    let html = owner.with(|| {
        finish(view! {
            <html lang="en" dir="ltr">
                <head>
                    {head("Allclear is starting".to_owned(), assets)}
                    <meta name="robots" content="noindex"/>
                </head>
                <body><main id="main">{pages::starting::main()}</main></body>
            </html>
        })
    });
    owner.unset_with_forced_cleanup();
    html
}

/// `article` is the text that the page is, where it is one that somebody wrote.
fn document(here: &str, body: Body, article: Option<&Postmortem>, view: &PublicView, assets: &Assets) -> String {
    let name = chrome::name_of(view);
    let title = format!("{} - {name} status", body.title);
    let base = view.page.url.trim_end_matches('/');
    let address = body.index.then(|| format!("{base}{}", Locale::of(view).href(&body.path)));
    let canonical = address.clone().map(|address| view! { <link rel="canonical" href=address/> });
    let robots = (!body.index || view.page.demo).then(|| view! { <meta name="robots" content="noindex"/> });
    let script = assets.script.clone().map(|src| view! { <script type="module" src=src></script> });
    let locale = Locale::of(view);
    finish(view! {
        <html lang=locale.language().code() dir=locale.language().direction() data-revision=view.revision.to_string()>
            <head>
                {head(title.clone(), assets)}
                <meta name="description" content=body.description.clone()/>
                {robots}
                {canonical}
                {body.index.then(|| alternates(view, &body.path))}
                <link rel="alternate" type="application/atom+xml" href="/history.atom" title=format!("{name} status")/>
                <link rel="alternate" type="application/atom+xml" href="/post-mortems.atom" title=format!("{name} post-mortems")/>
                <link rel="alternate" type="text/calendar" href="/history.ics" title=format!("{name} planned work")/>
                {og("og:title", title)}
                {og("og:description", body.description)}
                {address.map(|address| og("og:url", address))}
                {kind(article)}
            </head>
            <body>
                {chrome::header(view, here)}
                <main id="main">{body.main}</main>
                {chrome::footer(view, locale)}
                {script}
            </body>
        </html>
    })
}

/// The same page in the other languages it is offered in.
fn alternates(view: &PublicView, path: &str) -> Vec<AnyView> {
    let address = |code: &String| {
        let href = format!("{}{}", view.page.url.trim_end_matches('/'), Locale::of(view).beside(view, code).href(path));
        view! { <link rel="alternate" hreflang=code.clone() href=href/> }.into_any()
    };
    if view.page.languages.len() > 1 { view.page.languages.iter().map(address).collect() } else { Vec::new() }
}

/// Whether the page is a text with a date or a part of the site (Open Graph).
fn kind(article: Option<&Postmortem>) -> Vec<AnyView> {
    let Some(article) = article else { return vec![og("og:type", "website".to_owned())] };
    let stamp = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
    let published = article.published_at.map(|at| og("article:published_time", stamp(at)));
    let modified = og("article:modified_time", stamp(article.updated_at));
    [og("og:type", "article".to_owned())].into_iter().chain(published).chain([modified]).collect()
}

/// A property of the Open Graph protocol: what chat programs show of a pasted link.
fn og(property: &'static str, content: String) -> AnyView {
    leptos::html::meta().attr("property", property).content(content).into_any()
}

pub(crate) fn head(title: String, assets: &Assets) -> AnyView {
    view! {
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width,initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <title>{title}</title>
        <script inner_html=THEME_SCRIPT></script>
        <link rel="icon" href=assets.icon.clone()/>
        <link rel="stylesheet" href=assets.css.clone()/>
    }
    .into_any()
}

/// The markup with its document type, without the empty comments that only a page hydrated as a whole would need: text never holds
/// one, because its `<` is escaped.
pub(crate) fn finish(view: impl RenderHtml) -> String {
    format!("<!DOCTYPE html>{}", view.to_html().replace("<!>", ""))
}
