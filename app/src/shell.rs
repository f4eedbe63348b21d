//! The document around every public page.

use std::sync::Arc;

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::head;
use crate::language::Language;
use crate::pages::{self, Body};
use crate::parts::chrome;
use crate::parts::locale::Locale;
use crate::view::PublicView;

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
    /// `/history`
    History(pages::history::Query),
    /// `/history`, asked for what cannot be meant.
    HistoryRefused(pages::history::Refused),
    /// `/incidents/{id}`, maintenances too.
    Incident(String),
    /// `/components/{id}`
    Component(String),
    /// `/components/{id}/days/{date}`
    Day(String, NaiveDate),
    /// `/uptime`, with the months of a year; `None` is this one.
    Uptime(Option<i32>),
    /// `/uptime`, asked for what is no year.
    UptimeRefused,
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
            PublicPage::History(query) => pages::history::page(view, query)?,
            PublicPage::HistoryRefused(refused) => pages::history::refused(view, refused),
            PublicPage::Incident(id) => match view.incident(id) {
                Some(incident) => pages::incident::page(view, incident),
                None => pages::maintenance::page(view, view.maintenance(id)?),
            },
            PublicPage::Component(id) => pages::component::page(view, view.component(id)?),
            PublicPage::Day(id, day) => pages::day::page(view, view.component(id)?, *day)?,
            PublicPage::Uptime(year) => pages::uptime::page(view, *year)?,
            PublicPage::UptimeRefused => pages::uptime::refused(view),
            PublicPage::Postmortems => pages::postmortems::page(view),
            PublicPage::Postmortem(id) => pages::postmortem::page(view, view.document(id)?),
            PublicPage::Revision(id, number) => pages::revision::page(view, view.document(id)?, *number)?,
            PublicPage::FollowUps => pages::follow_ups::page(view),
            PublicPage::Subscribe => pages::subscribe::page(view, &pages::subscribe::Typed::default()),
            PublicPage::NotFound => pages::not_found::page(view),
        };
        let here = match page {
            PublicPage::History(_) | PublicPage::HistoryRefused(_) => "/history",
            PublicPage::Postmortems => "/post-mortems",
            PublicPage::Uptime(_) | PublicPage::UptimeRefused => "/uptime",
            _ => "",
        };
        Some(document(here, Some(page), body, view, assets))
    });
    owner.unset_with_forced_cleanup();
    html
}

/// Renders a page for one visitor: what a form answers, or what a link of theirs leads to. It looks like every public page, and stands
/// at `path` in each language.
#[must_use]
pub fn render_visit(view: &PublicView, assets: &Assets, path: &str, page: impl FnOnce() -> Body) -> String {
    let owner = Owner::new_root(None);
    let html = owner.with(|| document("", None, Body { path: path.to_owned(), ..page() }, view, assets));
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
pub fn render_starting(language: &Language, assets: &Assets) -> String {
    let owner = Owner::new_root(None);
    let html = owner.with(|| {
        finish(view! {
            <html lang=language.code() dir=language.direction()>
                <head>
                    {head::basics(language.t("starting"), &assets.icon, assets)}
                    <meta name="robots" content="noindex"/>
                </head>
                <body><main id="main">{pages::starting::main(language)}</main></body>
            </html>
        })
    });
    owner.unset_with_forced_cleanup();
    html
}

/// `here` is the page's place in the menu; `page` is `None` where it is for one visitor.
fn document(here: &str, page: Option<&PublicPage>, body: Body, view: &PublicView, assets: &Assets) -> String {
    let script = assets.script.clone().map(|src| view! { <script type="module" src=src></script> });
    let locale = Locale::of(view);
    let foot = chrome::footer(view, locale, &body.path);
    finish(view! {
        <html lang=locale.language().code() dir=locale.language().direction() data-revision=view.revision.to_string() data-changed=view.changed()>
            <head>{head::of_page(view, &body, page, assets)}</head>
            <body>
                {chrome::header(view, locale, here, &body.path)}
                <main id="main">{body.main}</main>
                {foot}
                {script}
            </body>
        </html>
    })
}

/// The markup with its document type, without the empty comments that only a page hydrated as a whole would need: text never holds
/// one, because its `<` is escaped.
pub(crate) fn finish(view: impl RenderHtml) -> String {
    format!("<!DOCTYPE html>{}", view.to_html().replace("<!>", ""))
}
