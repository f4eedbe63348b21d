//! The part of a form in which somebody says what they want to hear of, and the sentences beside its fields.

use leptos::prelude::*;

use super::measure::plain;
use crate::staff::Wrong;
use crate::view::{ComponentView, PublicView};
use crate::words::{Impact, SubscribedKind, Wishes};

/// Components and kinds.
#[must_use]
pub fn fields(view: &PublicView, wishes: &Wishes, wrong: &[Wrong]) -> AnyView {
    let kinds = SubscribedKind::ALL
        .iter()
        .map(|kind| pick("checkbox", "kinds", kind.as_str(), kind.label().to_owned(), wishes.kinds.contains(kind)));
    view! {
        {components(view, wishes, wrong)}
        <fieldset>
            <legend>"Which news"</legend>
            {beside(wrong, "kinds")}
            {kinds.collect::<Vec<_>>()}
        </fieldset>
    }
    .into_any()
}

/// From which impact on incidents are told.
#[must_use]
pub fn floor(wishes: &Wishes, wrong: &[Wrong]) -> AnyView {
    let offered = [
        (Impact::None, "All incidents"),
        (Impact::Minor, "From degraded performance on"),
        (Impact::Major, "From partial outages on"),
        (Impact::Critical, "Major outages only"),
    ];
    let options = offered.map(|(impact, label)| {
        view! { <option value=impact.as_str() selected=impact == wishes.severity_floor>{label}</option> }
    });
    view! {
        <div class="field">
            <label for="severity_floor">"How bad it must be"</label>
            {beside(wrong, "severity_floor")}
            <select id="severity_floor" name="severity_floor">{options.collect_view()}</select>
        </div>
    }
    .into_any()
}

fn components(view: &PublicView, wishes: &Wishes, wrong: &[Wrong]) -> AnyView {
    if view.components.is_empty() {
        return view! { <input type="hidden" name="about" value="all"/> }.into_any();
    }
    let boxes = |members: Vec<&ComponentView>| {
        let chosen = |component: &ComponentView| wishes.components.iter().flatten().any(|id| *id == component.component.id);
        members
            .into_iter()
            .map(|c| pick("checkbox", "components", c.component.id.as_str(), plain(&c.component.name), chosen(c)))
            .collect::<Vec<_>>()
    };
    let groups: Vec<AnyView> = view
        .groups
        .iter()
        .filter(|group| !group.components.is_empty())
        .map(|group| {
            let members = group.components.iter().filter_map(|id| view.component(id.as_str())).collect();
            view! { <fieldset><legend>{plain(&group.group.name)}</legend>{boxes(members)}</fieldset> }.into_any()
        })
        .collect();
    let singles = boxes(view.components.iter().filter(|c| c.component.group_id.is_none()).collect());
    view! {
        <fieldset class="about">
            <legend>"News about"</legend>
            {beside(wrong, "components")}
            {pick("radio", "about", "all", "Everything, what is added later too".to_owned(), wishes.components.is_none())}
            {pick("radio", "about", "chosen", "Only these components".to_owned(), wishes.components.is_some())}
            <div class="some">{groups}{singles}</div>
        </fieldset>
    }
    .into_any()
}

fn pick(kind: &'static str, name: &'static str, value: &str, label: String, checked: bool) -> AnyView {
    view! { <label class="pick"><input type=kind name=name value=value.to_owned() checked=checked/><span>{label}</span></label> }.into_any()
}

/// What is wrong with a field, to stand beside it.
#[must_use]
pub fn beside(wrong: &[Wrong], field: &str) -> Option<AnyView> {
    let wrong = wrong.iter().find(|wrong| wrong.field == field)?;
    Some(view! { <p class="wrong" id=format!("{field}-wrong") role="alert">{wrong.sentence.clone()}</p> }.into_any())
}
