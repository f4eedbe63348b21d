//! `/staff/components`: what viewers know, what is said of it, and by whom.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::parts::form::{self, Choice, Input, Weight};
use crate::parts::glyph::{Face, badge};
use crate::parts::locale::Locale;
use crate::parts::measure::plain_or;
use crate::staff::{Frame, document};
use crate::words::{Component, ComponentGroup, ComponentStatus, Role, Sightings, StatusSource};

/// A component and what is said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The component.
    pub component: Component,
    /// What viewers read.
    pub shown: (Face, String),
    /// The newest word outside incidents.
    pub stated: Option<(ComponentStatus, DateTime<Utc>, StatusSource)>,
    /// What open incidents say.
    pub by_incidents: Option<ComponentStatus>,
    /// What the monitors say.
    pub observed: Option<ComponentStatus>,
    /// How many visitors see a failure of it.
    pub sightings: Sightings,
}

/// The page: groups by position, components by position.
#[must_use]
pub fn page(frame: &Frame, groups: &[ComponentGroup], rows: &[Row]) -> String {
    document(frame, "Components", || {
        let admin = frame.may(Role::Admin).then(|| {
            view! {
                <div class="acts">
                    {form::way(Weight::Quiet, "/staff/components/groups/new", "Add a group")}
                    {form::way(Weight::Primary, "/staff/components/new", "Add a component")}
                </div>
            }
        });
        let blocks = blocks(frame, groups, rows);
        let empty = (rows.is_empty() && groups.is_empty())
            .then(|| form::empty("There are no components yet. Add what your readers know by name: an API, a dashboard, a region."));
        view! {
            <div class="bar"><div><h1>"Components"</h1><p>"Readers see the worse of what people state and what monitors observe."</p></div>{admin}</div>
            {empty}
            {blocks}
        }
        .into_any()
    })
}

/// Groups and single components in the order of the public page: by position, groups first among equals.
fn blocks(frame: &Frame, groups: &[ComponentGroup], rows: &[Row]) -> Vec<AnyView> {
    let mut placed: Vec<(i64, Option<&ComponentGroup>, Option<&Row>)> =
        groups.iter().map(|group| (group.position, Some(group), None)).collect();
    placed.extend(rows.iter().filter(|row| row.component.group_id.is_none()).map(|row| (row.component.position, None, Some(row))));
    placed.sort_by_key(|(position, _, _)| *position);
    let mut blocks = Vec::new();
    let mut singles = Vec::new();
    for (_, group, row) in placed {
        singles.extend(row.map(|row| item(frame, row)));
        if let Some(group) = group {
            blocks.extend(alone(&mut singles));
            blocks.push(of_group(frame, group, rows));
        }
    }
    blocks.extend(alone(&mut singles));
    blocks
}

/// Components that stand in no group, next to each other.
fn alone(singles: &mut Vec<AnyView>) -> Option<AnyView> {
    let items = std::mem::take(singles);
    (!items.is_empty()).then(|| view! { <section><ul class="states">{items}</ul></section> }.into_any())
}

fn of_group(frame: &Frame, group: &ComponentGroup, rows: &[Row]) -> AnyView {
    let members: Vec<_> =
        rows.iter().filter(|row| row.component.group_id.as_ref() == Some(&group.id)).map(|row| item(frame, row)).collect();
    let name = plain_or(&group.name, "Untitled");
    let anchor = format!("g-{}", group.id);
    let href = format!("/staff/components/groups/{}", group.id);
    let tools = frame.may(Role::Admin).then(|| {
        view! { <div class="tools">{movers(&href, &name)}<a href=href.clone()>"Edit"<span class="vh">" the group "{name.clone()}</span></a></div> }
    });
    let body = if members.is_empty() {
        form::empty("No component is in this group.")
    } else {
        view! { <ul class="states">{members}</ul> }.into_any()
    };
    view! { <section aria-labelledby=anchor.clone()><div class="sh"><h2 id=anchor.clone()>{name.clone()}</h2>{tools}</div>{body}</section> }
        .into_any()
}

fn item(frame: &Frame, row: &Row) -> AnyView {
    let id = &row.component.id;
    let name = plain_or(&row.component.name, "Untitled");
    let href = format!("/staff/components/{id}");
    let upstream = row.component.upstream.then(|| view! { <span class="soft">" upstream"</span> });
    let choices: Vec<Choice> = ComponentStatus::ALL.iter().map(|status| Choice::new(status.as_str(), status.label())).collect();
    let stated = row.stated.map_or(ComponentStatus::Operational, |(status, _, _)| status);
    let input =
        Input { name: "status", label: &format!("Status of {name}"), value: stated.as_str(), scope: id.as_str(), ..Input::default() };
    let state = frame.may(Role::Responder).then(|| {
        view! {
            <form method="post" action=format!("{href}/status") class="state-it">
                {form::menu_of_row(&input, &choices)}
                <button type="submit" class="b">"State"<span class="vh">" the status of "{name.clone()}</span></button>
            </form>
        }
    });
    let tools = frame.may(Role::Admin).then(|| {
        view! { <div class="tools">{movers(&href, &name)}<a href=href.clone()>"Edit"<span class="vh">" "{name.clone()}</span></a></div> }
    });
    view! {
        <li id=format!("c-{id}")>
            <div class="nm"><strong>{name.clone()}</strong>{upstream}<p class="hint">{said(row, frame.locale())}</p>{seen(row)}</div>
            {badge(row.shown.0, &row.shown.1)}
            {state}
            {tools}
        </li>
    }
    .into_any()
}

/// One place up, one place down.
fn movers(href: &str, name: &str) -> AnyView {
    let button = |direction: &'static str, sign: &'static str| {
        view! {
            <button type="submit" class="link" name="to" value=direction>
                <span aria-hidden="true">{sign}</span><span class="vh">{format!("Move {name} {direction}")}</span>
            </button>
        }
    };
    view! { <form method="post" action=format!("{href}/move")>{button("up", "↑")}{button("down", "↓")}</form> }.into_any()
}

/// Who says what, where there is more to it than that all is well.
fn said(row: &Row, locale: Locale) -> AnyView {
    let well = row.stated.is_some_and(|(status, _, _)| status == ComponentStatus::Operational);
    if well && row.by_incidents.is_none() && row.observed.is_none() {
        return ().into_any();
    }
    let stated = row.stated.map(|(status, at, source)| {
        view! { <span>{format!("Stated by {}: {}, ", source_word(source), status.label().to_lowercase())}{locale.moment(at)}". "</span> }
    });
    let incidents = row.by_incidents.map(|status| format!("By open incidents: {}. ", status.label().to_lowercase()));
    let observed = row.observed.map(|status| format!("Observed by monitors: {}.", status.label().to_lowercase()));
    if stated.is_none() && incidents.is_none() && observed.is_none() {
        return "Nobody has said anything of it yet.".into_any();
    }
    view! { {stated}{incidents}{observed} }.into_any()
}

fn seen(row: &Row) -> Option<AnyView> {
    row.sightings.sentence().map(|sentence| view! { <p class="hint">{format!("A failure is {sentence}.")}</p> }.into_any())
}

const fn source_word(source: StatusSource) -> &'static str {
    match source {
        StatusSource::Staff => "staff",
        StatusSource::Monitor => "a monitor",
        StatusSource::Incident => "an incident",
        StatusSource::Maintenance => "planned work",
        StatusSource::Api => "the API",
        StatusSource::Import => "an import",
    }
}
