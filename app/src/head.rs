//! What stands in the head of a document: title, icon, style, and what machines read of the page.

use chrono::{DateTime, SecondsFormat, Utc};
use leptos::prelude::*;

use crate::linked_data;
use crate::pages::Body;
use crate::parts::chrome;
use crate::parts::glyph::Face;
use crate::parts::locale::Locale;
use crate::shell::{Assets, PublicPage};
use crate::view::PublicView;
use crate::words::{Look, PictureKind};

/// Applies the reader's stored choice of theme before the first paint. Static, so that its hash can stand in the policy.
pub const THEME_SCRIPT: &str =
    r#"try{var t=localStorage.getItem("theme");if(t==="dark"||t==="light")document.documentElement.dataset.theme=t}catch(e){}"#;

/// What every document has: a title, an icon, a style.
pub(crate) fn basics(title: String, icon: &str, assets: &Assets) -> AnyView {
    view! {
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width,initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <title>{title}</title>
        <script inner_html=THEME_SCRIPT></script>
        <link rel="icon" href=icon.to_owned()/>
        <link rel="stylesheet" href=assets.css.clone()/>
    }
    .into_any()
}

/// The colours that were chosen; they stand after ours.
pub(crate) fn sheet(look: &Look) -> Option<AnyView> {
    look.sheet.clone().map(|sheet| view! { <link rel="stylesheet" href=sheet/> }.into_any())
}

/// The head of a public page; `page` is `None` where it is for one visitor.
pub(crate) fn of_page(view: &PublicView, body: &Body, page: Option<&PublicPage>, assets: &Assets) -> AnyView {
    let locale = Locale::of(view);
    let look = &view.page.look;
    let name = chrome::name_of(view);
    let named = |key| locale.with(key, [("name", name.clone().into())]);
    let title = locale.with("look-title", [("title", body.title.clone().into()), ("name", name.clone().into())]);
    let address = body.index.then(|| absolute(view, &locale.href(&body.path)));
    let canonical = address.clone().map(|address| view! { <link rel="canonical" href=address/> });
    let secret = !body.index || view.page.demo || look.chosen.hidden_from_search;
    let robots = secret.then(|| view! { <meta name="robots" content="noindex"/> });
    let data = address.as_deref().zip(page).map(|(address, page)| linked_data::of(view, body, page, address));
    view! {
        {basics(title.clone(), icon(view, assets), assets)}
        {sheet(look)}
        <meta name="description" content=body.description.clone()/>
        {robots}
        {canonical}
        {body.index.then(|| alternates(view, &body.path))}
        {own_feeds(body, page, locale)}
        <link rel="alternate" type="application/atom+xml" href="/history.atom" title=named("look-feed")/>
        <link rel="alternate" type="application/rss+xml" href="/history.rss" title=named("look-feed")/>
        <link rel="alternate" type="application/atom+xml" href="/post-mortems.atom" title=named("look-feed-postmortems")/>
        <link rel="alternate" type="text/calendar" href="/history.ics" title=named("look-calendar")/>
        {open_graph(view, body, page, title, address)}
        {data.map(|data| view! { <script type="application/ld+json" inner_html=data></script> })}
    }
    .into_any()
}

/// The feeds of the one thing that a page shows.
fn own_feeds(body: &Body, page: Option<&PublicPage>, locale: Locale) -> Option<AnyView> {
    let folder = match page? {
        PublicPage::Component(id) => format!("/components/{id}"),
        PublicPage::Incident(id) => format!("/incidents/{id}"),
        _ => return None,
    };
    let title = locale.with("feed-of-one", [("title", body.title.clone().into())]);
    let link = |(kind, name): (&'static str, &str)| {
        view! { <link rel="alternate" type=kind href=format!("{folder}/{name}") title=title.clone()/> }
    };
    let feeds = [("application/atom+xml", "history.atom"), ("application/rss+xml", "history.rss"), ("text/calendar", "history.ics")];
    Some(feeds.map(link).into_any())
}

/// The icon with the mark of how everything is.
fn icon<'a>(view: &'a PublicView, assets: &'a Assets) -> &'a str {
    let marked = match Face::from(view.sentence) {
        Face::Known(status) => view.page.look.marked_icon(status),
        Face::Unknown => None,
    };
    marked.unwrap_or(&assets.icon)
}

/// The whole address of something here.
pub(crate) fn absolute(view: &PublicView, path: &str) -> String {
    format!("{}{path}", view.page.url.trim_end_matches('/'))
}

/// The same page in the other languages it is offered in.
fn alternates(view: &PublicView, path: &str) -> Vec<AnyView> {
    let address = |code: &String| {
        let href = absolute(view, &Locale::of(view).beside(view, code).href(path));
        view! { <link rel="alternate" hreflang=code.clone() href=href/> }.into_any()
    };
    if view.page.languages.len() > 1 { view.page.languages.iter().map(address).collect() } else { Vec::new() }
}

/// What chat programs show of a pasted link (Open Graph): they take no drawings as images.
fn open_graph(view: &PublicView, body: &Body, page: Option<&PublicPage>, title: String, address: Option<String>) -> Vec<AnyView> {
    let locale = Locale::of(view);
    let article = match page {
        Some(PublicPage::Postmortem(id)) => view.document(id).map(|shown| &shown.postmortem),
        _ => None,
    };
    let stamp = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
    let image = view.page.look.logo.as_ref().filter(|logo| logo.kind != PictureKind::Svg);
    let properties = [
        ("og:title", Some(title)),
        ("og:description", Some(body.description.clone())),
        ("og:url", address),
        ("og:type", Some(if article.is_some() { "article" } else { "website" }.to_owned())),
        ("og:site_name", Some(chrome::site(view, locale))),
        ("og:locale", Some(locale.t("look-og-locale"))),
        ("og:image", image.map(|logo| absolute(view, &logo.address))),
        ("article:published_time", article.and_then(|article| article.published_at).map(stamp)),
        ("article:modified_time", article.map(|article| stamp(article.updated_at))),
    ];
    let property = |(name, content): (&'static str, Option<String>)| {
        content.map(|content| leptos::html::meta().attr("property", name).content(content).into_any())
    };
    properties.into_iter().filter_map(property).collect()
}
