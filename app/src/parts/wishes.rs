//! The part of a form in which somebody says what they want to hear of.

use leptos::prelude::*;

use super::form::{self, Choice, Input};
use super::locale::Locale;
use super::measure::plain;
use crate::staff::Wrong;
use crate::view::PublicView;
use crate::words::{Component, ComponentGroup, Impact, SubscribedKind, Wishes};

/// The components that can be chosen: groups with theirs, and those that stand alone.
#[derive(Clone, Debug, Default)]
pub struct Offered {
    groups: Vec<(ComponentGroup, Vec<Component>)>,
    alone: Vec<Component>,
}

impl Offered {
    /// What the public page shows.
    #[must_use]
    pub fn on(view: &PublicView) -> Self {
        let groups = view.groups.iter().map(|group| group.group.clone()).collect();
        Self::of(groups, view.components.iter().map(|component| component.component.clone()))
    }

    /// Groups and components in their order.
    #[must_use]
    pub fn of(groups: Vec<ComponentGroup>, components: impl IntoIterator<Item = Component>) -> Self {
        let mut offered = Self { groups: groups.into_iter().map(|group| (group, Vec::new())).collect(), alone: Vec::new() };
        for component in components {
            let group = offered.groups.iter_mut().find(|(group, _)| Some(&group.id) == component.group_id.as_ref());
            group.map_or(&mut offered.alone, |(_, members)| members).push(component);
        }
        offered.groups.retain(|(_, members)| !members.is_empty());
        offered
    }
}

/// Components and kinds.
#[must_use]
pub fn fields(locale: Locale, offered: &Offered, wishes: &Wishes, wrong: &[Wrong]) -> AnyView {
    let kinds: Vec<Choice> = SubscribedKind::ALL.iter().map(|kind| Choice::new(kind.as_str(), locale.t(&format!("kind-{kind}")))).collect();
    let chosen: Vec<String> = wishes.kinds.iter().map(ToString::to_string).collect();
    view! {
        {components(locale, offered, wishes, wrong)}
        {form::checkboxes(&Input { name: "kinds", label: &locale.t("wishes-kinds"), wrong, ..Input::default() }, &kinds, &chosen)}
    }
    .into_any()
}

/// From which impact on incidents are told.
#[must_use]
pub fn floor(locale: Locale, wishes: &Wishes, wrong: &[Wrong]) -> AnyView {
    let offered = [
        Choice::new(Impact::None.as_str(), locale.t("floor-none")),
        Choice::new(Impact::Minor.as_str(), locale.t("floor-minor")),
        Choice::new(Impact::Major.as_str(), locale.t("floor-major")),
        Choice::new(Impact::Critical.as_str(), locale.t("floor-critical")),
    ];
    let value = wishes.severity_floor.as_str();
    form::select(&Input { name: "severity_floor", label: &locale.t("wishes-floor"), value, wrong, ..Input::default() }, &offered)
}

fn components(locale: Locale, offered: &Offered, wishes: &Wishes, wrong: &[Wrong]) -> AnyView {
    // The choice between all and some carries what is wrong with the boxes under it.
    let wrong: Vec<Wrong> = wrong
        .iter()
        .filter(|wrong| wrong.field == "components")
        .map(|wrong| Wrong { field: "about".to_owned(), ..wrong.clone() })
        .collect();
    if offered.groups.is_empty() && offered.alone.is_empty() {
        let sentences: Vec<_> = wrong.iter().map(|wrong| view! { <p class="wrong">{wrong.sentence.clone()}</p> }).collect();
        return view! { {form::hidden("about", "all")}{sentences} }.into_any();
    }
    let value = if wishes.components.is_some() { "chosen" } else { "all" };
    let about = [Choice::new("all", locale.t("wishes-all")), Choice::new("chosen", locale.t("wishes-chosen"))];
    let chosen: Vec<String> = wishes.components.iter().flatten().map(ToString::to_string).collect();
    let boxes = |label: &str, scope: &str, members: &[Component]| {
        let choices: Vec<Choice> = members.iter().map(|c| Choice::new(c.id.as_str(), plain(&c.name))).collect();
        form::checkboxes(&Input { name: "components", label, scope, ..Input::default() }, &choices, &chosen)
    };
    let groups: Vec<AnyView> =
        offered.groups.iter().map(|(group, members)| boxes(&plain(&group.name), group.id.as_str(), members)).collect();
    let label = locale.t(if groups.is_empty() { "wishes-components" } else { "wishes-others" });
    let alone = (!offered.alone.is_empty()).then(|| boxes(&label, "", &offered.alone));
    view! {
        <div class="about">
            {form::radios(&Input { name: "about", label: &locale.t("wishes-about"), value, wrong: &wrong, ..Input::default() }, &about)}
            <div class="some">{groups}{alone}</div>
        </div>
    }
    .into_any()
}
