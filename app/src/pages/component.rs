//! `/components/{id}`: one component, its figures with their working, and what touched it.

use leptos::prelude::*;

use super::Body;
use crate::parts::bars::{any_measured, strip};
use crate::parts::chrome::{crumb, name_of};
use crate::parts::entry::history;
use crate::parts::foreign::{dir, lang};
use crate::parts::glyph::{Face, badge, face_of};
use crate::parts::locale::Locale;
use crate::parts::maintenance_card;
use crate::parts::measure::plain;
use crate::parts::{days, months, reports, response, working};
use crate::view::{ComponentView, PublicView};
use crate::words::{ComponentStatus, MaintenanceStatus};

/// Entries at most; the history has the rest.
const ENTRIES: usize = 20;

/// What a component is called, never empty.
#[must_use]
pub fn name(component: &ComponentView, locale: Locale) -> String {
    let name = plain(&component.component.name);
    if name.is_empty() { locale.t("component-unnamed") } else { name }
}

/// The page.
#[must_use]
pub fn page(view: &PublicView, component: &ComponentView) -> Body {
    let locale = Locale::of(view);
    let id = &component.component.id;
    let (face, word) = face_of(component, locale);
    let name = name(component, locale);
    let about = component.component.description.as_deref().map(plain).filter(|text| !text.is_empty());
    let about = about.map(|text| view! { <p class="lede" lang=lang(view, id) dir=dir(view, id)>{text}</p> });
    let provider = component.component.upstream.then(|| view! { <p class="soft">{locale.t("component-provider")}</p> });
    let group = component.component.group_id.as_ref().and_then(|id| view.groups.iter().find(|g| g.group.id == *id));
    let group = group.map(|g| {
        let id = &g.group.id;
        view! { <span class="state" lang=lang(view, id) dir=dir(view, id)>{plain(&g.group.name)}</span> }
    });
    let silent = (component.no_recent_data && face != Face::Unknown).then(|| view! { <p class="soft">{locale.t("component-silent")}</p> });
    let address = format!("/components/{id}");
    let main = view! {
        {crumb(view, locale)}
        <article class="one">
            <p class="tag">{badge(face, &word)}{group}</p>
            <h1 lang=lang(view, id) dir=dir(view, id)>{name.clone()}</h1>
            {about}
            {provider}
            {silent}
            {reports::seen(&address, component.status != ComponentStatus::Operational, locale)}
            {uptime(component, view, locale)}
            {years(component, view, locale)}
            {response::section(id, view, locale)}
            {planned(component, view, locale)}
            {touched(component, view, locale)}
            {any_measured(component).then(|| days::table(component, view, locale))}
            {follow(&address, component, locale)}
        </article>
    }
    .into_any();
    Body {
        title: locale.with("component-page-title", [("status", word.into()), ("name", name.clone().into())]),
        description: locale.with("component-about", [("name", name.into()), ("page", name_of(view).into())]),
        path: address,
        index: true,
        main,
    }
}

fn uptime(component: &ComponentView, view: &PublicView, locale: Locale) -> Option<AnyView> {
    let strip = strip(component, locale, false)?;
    Some(
        view! {
            <section id="uptime" aria-labelledby="uptime-title">
                <h2 id="uptime-title">{locale.t("uptime-title")}</h2>
                {strip}
                {working::figure(&component.days, view, locale)}
            </section>
        }
        .into_any(),
    )
}

/// Every year there is a record of, newest first.
fn years(component: &ComponentView, view: &PublicView, locale: Locale) -> Option<AnyView> {
    let years = months::years(component, view);
    let rows: Vec<_> =
        years.iter().rev().map(|year| year.shown(view! { <h3>{year.year.to_string()}</h3> }.into_any(), component, locale)).collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section id="s-years" aria-labelledby="years">
                <h2 id="years">{locale.t("uptime-years")}</h2>
                {rows}
                <p class="hint">{locale.t("uptime-marks")}</p>
            </section>
        }
        .into_any()
    })
}

/// The work that is to come; what has begun is told below.
fn planned(component: &ComponentView, view: &PublicView, locale: Locale) -> Option<AnyView> {
    let id = &component.component.id;
    let coming = view.coming().into_iter().filter(|m| m.status == MaintenanceStatus::Scheduled && m.concerns(id));
    let rows: Vec<_> = coming.map(|m| maintenance_card::row(m, view, locale)).collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section id="s-planned" aria-labelledby="planned">
                <h2 id="planned">{locale.t("component-planned")}</h2>
                <ul class="card rows">{rows}</ul>
            </section>
        }
        .into_any()
    })
}

fn touched(component: &ComponentView, view: &PublicView, locale: Locale) -> AnyView {
    let id = &component.component.id;
    let entries: Vec<_> = history(view).into_iter().filter(|entry| entry.touches(id)).collect();
    let list = if entries.is_empty() {
        view! { <p class="none">{locale.t("component-quiet")}</p> }.into_any()
    } else {
        entries
            .iter()
            .take(ENTRIES)
            .map(|entry| {
                let date = locale.day(entry.start());
                view! { <div class="day"><h3>{locale.short_date(date)}</h3><div>{entry.shown(view, locale)}</div></div> }
            })
            .collect::<Vec<_>>()
            .into_any()
    };
    let history = locale.href(&format!("/history?component={id}"));
    view! {
        <section id="s-touched" aria-labelledby="touched">
            <h2 id="touched">{locale.t("component-touched")}</h2>
            {list}
            <p class="more"><a href=history>{locale.t("component-all-history")}</a></p>
        </section>
    }
    .into_any()
}

/// What there is of it for other programs; files are the same in every language.
fn follow(address: &str, component: &ComponentView, locale: Locale) -> AnyView {
    let file = |name: &str, key| view! { <a href=format!("{address}/{name}")>{locale.t(key)}</a> }.into_any();
    let figures = any_measured(component).then(|| [file("uptime.json", "component-json"), file("uptime.csv", "component-csv")]);
    view! {
        <section id="s-follow" aria-labelledby="follow">
            <h2 id="follow">{locale.t("component-follow")}</h2>
            <p class="hint">{locale.t("component-follow-note")}</p>
            <p class="more">
                {file("history.atom", "component-atom")}
                {file("history.rss", "component-rss")}
                {file("history.ics", "component-calendar")}
                {file("badge.svg", "component-badge")}
                {figures.into_iter().flatten().collect::<Vec<_>>()}
            </p>
        </section>
    }
    .into_any()
}
