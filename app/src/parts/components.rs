//! The list of components: groups that fold, single ones in a card, providers apart.

use leptos::prelude::*;

use super::bars::{any_measured, strip};
use super::foreign::{dir, lang};
use super::glyph::{Face, badge, face_of};
use super::locale::Locale;
use super::measure::plain;
use crate::view::{ComponentView, GroupView, PublicView};
use crate::words::ComponentStatus;

/// With more groups than this, those in which all is well start folded.
const GROUPS_OPEN: usize = 3;

/// One card of the list.
enum Block<'a> {
    Group(&'a GroupView, Vec<&'a ComponentView>),
    Singles(Vec<&'a ComponentView>),
}

/// Groups and single components in their order, the platform's own only.
#[must_use]
pub fn list(view: &PublicView, locale: Locale) -> Option<AnyView> {
    let blocks = blocks(view);
    if blocks.is_empty() {
        return None;
    }
    let measured = view.components.iter().any(any_measured);
    let offered = view.components.iter().any(|c| !c.days.is_empty() && !c.component.upstream);
    let groups = blocks.iter().filter(|block| matches!(block, Block::Group(..))).count();
    let cards = blocks.iter().map(|block| match block {
        Block::Group(group, members) => {
            let open = groups <= GROUPS_OPEN || group.status != ComponentStatus::Operational;
            let id = format!("g-{}", group.group.id);
            let about = group.group.description.as_deref();
            let about = about.map(|text| view! { <p class="d" lang=lang(view, &group.group.id) dir=dir(view, &group.group.id)>{plain(text)}</p> });
            view! {
                <details id=id class="card gr" open=open>
                    <summary><h3 lang=lang(view, &group.group.id) dir=dir(view, &group.group.id)>{plain(&group.group.name)}</h3>{badge(group.status.into(), &locale.status(group.status))}</summary>
                    {about}
                    <ul class="cl">{rows(view, members, locale, measured)}</ul>
                </details>
            }
            .into_any()
        }
        Block::Singles(members) => view! { <ul class="card cl">{rows(view, members, locale, measured)}</ul> }.into_any(),
    });
    let quiet = (offered && !measured).then(|| view! { <p class="nm">{locale.t("uptime-page-not-yet")}</p> });
    Some(
        view! {
            <section id="s-components" aria-labelledby="components">
                <div class="sh"><h2 id="components">{locale.t("components-title")}</h2>{measured.then(|| legend(locale))}</div>
                {cards.collect::<Vec<_>>()}
                {quiet}
            </section>
        }
        .into_any(),
    )
}

fn blocks(view: &PublicView) -> Vec<Block<'_>> {
    let mut placed: Vec<(i64, Block)> = Vec::new();
    for group in &view.groups {
        let members: Vec<_> = group.components.iter().filter_map(|id| view.component(id.as_str())).filter(|c| shown(c)).collect();
        if !members.is_empty() {
            placed.push((group.group.position, Block::Group(group, members)));
        }
    }
    for component in view.components.iter().filter(|c| c.component.group_id.is_none() && shown(c)) {
        placed.push((component.component.position, Block::Singles(vec![component])));
    }
    placed.sort_by_key(|(position, _)| *position);
    let mut blocks: Vec<Block> = Vec::new();
    for (_, block) in placed {
        match (blocks.last_mut(), block) {
            (Some(Block::Singles(row)), Block::Singles(more)) => row.extend(more),
            (_, block) => blocks.push(block),
        }
    }
    blocks
}

/// Every component in the order of the list, those that are hidden while all is well too; providers last.
#[must_use]
pub fn in_order(view: &PublicView) -> Vec<&ComponentView> {
    let group_of = |c: &ComponentView| view.groups.iter().find(|g| Some(&g.group.id) == c.component.group_id.as_ref());
    let mut all: Vec<_> = view.components.iter().collect();
    all.sort_by_key(|c| {
        let group = group_of(c).map(|g| g.group.position);
        (c.component.upstream, group.unwrap_or(c.component.position), c.component.position)
    });
    all
}

fn shown(component: &ComponentView) -> bool {
    let quiet = component.component.only_show_if_degraded && component.status == ComponentStatus::Operational;
    !component.component.upstream && !quiet
}

fn rows(view: &PublicView, members: &[&ComponentView], locale: Locale, measured: bool) -> Vec<AnyView> {
    members.iter().map(|component| row(view, component, locale, measured)).collect()
}

fn row(view: &PublicView, component: &ComponentView, locale: Locale, measured: bool) -> AnyView {
    let inner = &component.component;
    let (face, word) = face_of(component, locale);
    let about = inner.description.as_deref().map(plain).filter(|text| !text.is_empty());
    let about = about.map(|text| view! { <p class="d" lang=lang(view, &inner.id) dir=dir(view, &inner.id)>{text}</p> });
    let silent = (component.no_recent_data && face != Face::Unknown).then(|| view! { <p class="d">{locale.t("status-silent")}</p> });
    // Where nothing at all is measured, one line says so for the whole list.
    let strip = if measured { strip(component, locale, true) } else { None };
    let href = locale.href(&format!("/components/{}", inner.id));
    view! {
        <li class="c" id=format!("c-{}", inner.id)>
            <div class="ch"><a class="cn" href=href lang=lang(view, &inner.id) dir=dir(view, &inner.id)>{plain(&inner.name)}</a>{badge(face, &word)}</div>
            {about}
            {silent}
            {strip}
        </li>
    }
    .into_any()
}

/// Providers the platform builds on: a row of names, apart.
#[must_use]
pub fn upstream(view: &PublicView) -> Option<AnyView> {
    let locale = Locale::of(view);
    let items: Vec<_> = view
        .components
        .iter()
        .filter(|c| c.component.upstream)
        .map(|c| {
            let (face, word) = face_of(c, locale);
            let well = face == Face::Known(ComponentStatus::Operational);
            let word = locale.with("components-and-status", [("status", word.into())]);
            let word = view! { <span class=well.then_some("vh")>{word}</span> };
            let id = &c.component.id;
            let href = locale.href(&format!("/components/{id}"));
            view! { <li id=format!("c-{id}")>{face.glyph()}<span><a href=href lang=lang(view, id) dir=dir(view, id)>{plain(&c.component.name)}</a>{word}</span></li> }
        })
        .collect();
    (!items.is_empty()).then(|| {
        view! {
            <section id="s-upstream" aria-labelledby="upstream">
                <div class="sh"><h2 id="upstream">{locale.t("components-upstream")}</h2><p class="hint">{locale.t("components-upstream-note")}</p></div>
                <ul class="up">{items}</ul>
            </section>
        }
        .into_any()
    })
}

/// What the shapes and colours mean.
fn legend(locale: Locale) -> AnyView {
    let known = [
        ComponentStatus::Operational,
        ComponentStatus::DegradedPerformance,
        ComponentStatus::PartialOutage,
        ComponentStatus::MajorOutage,
        ComponentStatus::UnderMaintenance,
    ];
    let known = known.map(|status| (Face::Known(status), locale.t(&format!("components-legend-{}", status.as_str()))));
    let items = known.into_iter().chain([(Face::Unknown, locale.t("status-unknown"))]);
    let items = items.map(|(face, word)| view! { <li>{face.glyph()}{word}</li> }).collect::<Vec<_>>();
    view! { <ul class="lg" aria-label=locale.t("components-legend")>{items}</ul> }.into_any()
}
