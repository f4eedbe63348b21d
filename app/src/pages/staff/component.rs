//! `/staff/components/new`, `/staff/components/{id}` and the same of groups: what viewers call it and where it stands.

use leptos::prelude::*;

use super::other_languages::{Asked, Texts, fold};
use crate::parts::form::{self, Choice, Input, Weight};
use crate::parts::measure::plain_or;
use crate::staff::{Frame, Wrong, document};
use crate::words::{ComponentGroup, ComponentStatus, Id};

/// The fields of a component, as texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ComponentForm {
    /// What viewers call it.
    pub name: String,
    /// The name in other languages.
    pub names: Texts,
    /// One line under the name.
    pub description: String,
    /// The description in other languages.
    pub descriptions: Texts,
    /// The id of its group; empty stands alone.
    pub group_id: String,
    /// The day from which uptime is offered.
    pub start_date: String,
    /// Whether its history is offered.
    pub showcase: bool,
    /// Hidden while operational.
    pub only_show_if_degraded: bool,
    /// A provider the platform builds on.
    pub upstream: bool,
    /// What is stated of a new one; empty says nothing.
    pub status: String,
    /// The title of a draft when its check fails; empty is the stock sentence.
    pub draft_title: String,
    /// The first message of such a draft.
    pub draft_body: String,
}

/// The fields of a group, as texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupForm {
    /// What viewers call it.
    pub name: String,
    /// The name in other languages.
    pub names: Texts,
    /// One line under the name.
    pub description: String,
    /// The description in other languages.
    pub descriptions: Texts,
}

/// A component: a new one without an id.
#[must_use]
pub fn page(frame: &Frame, id: Option<&Id>, fields: &ComponentForm, groups: &[ComponentGroup], wrong: &[Wrong]) -> String {
    let heading = if id.is_some() { "Edit the component" } else { "Add a component" };
    document(frame, heading, || {
        let action = id.map_or_else(|| "/staff/components/new".to_owned(), |id| format!("/staff/components/{id}"));
        let groups: Vec<Choice> = std::iter::once(Choice::new("", "No group"))
            .chain(groups.iter().map(|group| Choice::new(group.id.as_str(), plain_or(&group.name, "Untitled"))))
            .collect();
        let start_date = Input {
            name: "start_date",
            label: "Uptime is offered from",
            value: &fields.start_date,
            hint: "A day. Empty: from the first word on it.",
            kind: "date",
            wrong,
            ..Input::default()
        };
        let group = Input { name: "group_id", label: "Group", value: &fields.group_id, wrong, ..Input::default() };
        let status = id.is_none().then(|| first_status(fields, wrong));
        let delete = id.map(|id| {
            let sentence = "It goes off the public page. What was said of it stays in the record, and incidents keep their words.";
            form::confirm("Delete this component", sentence, &format!("/staff/components/{id}/delete"), &[], "Delete the component")
        });
        view! {
            <p class="back"><a href="/staff/components">"All components"</a></p>
            <h1>{heading}</h1>
            {form::problems(wrong)}
            <form method="post" action=action>
                {name(&fields.name, wrong)}
                {description(&fields.description, wrong)}
                {in_other_languages(&fields.names, &fields.descriptions, wrong)}
                <div class="two">{form::select(&group, &groups)}{form::text(&start_date)}</div>
                {status}
                {template(fields, wrong)}
                {tick("showcase", "Show its history: the bars of the last 90 days", fields.showcase)}
                {tick("only_show_if_degraded", "Hide it while it is operational", fields.only_show_if_degraded)}
                {tick("upstream", "A provider we build on: shown apart, never colours the overall status", fields.upstream)}
                <div class="acts">{form::button(Weight::Primary, if id.is_some() { "Save" } else { "Add the component" })}</div>
            </form>
            {delete}
        }
        .into_any()
    })
}

/// A group: a new one without an id.
#[must_use]
pub fn group(frame: &Frame, id: Option<&Id>, fields: &GroupForm, wrong: &[Wrong]) -> String {
    let heading = if id.is_some() { "Edit the group" } else { "Add a group" };
    document(frame, heading, || {
        let action = id.map_or_else(|| "/staff/components/groups/new".to_owned(), |id| format!("/staff/components/groups/{id}"));
        let delete = id.map(|id| {
            let sentence = "Its components stay and stand in no group.";
            form::confirm("Delete this group", sentence, &format!("/staff/components/groups/{id}/delete"), &[], "Delete the group")
        });
        view! {
            <p class="back"><a href="/staff/components">"All components"</a></p>
            <h1>{heading}</h1>
            {form::problems(wrong)}
            <form method="post" action=action>
                {name(&fields.name, wrong)}
                {description(&fields.description, wrong)}
                {in_other_languages(&fields.names, &fields.descriptions, wrong)}
                <div class="acts">{form::button(Weight::Primary, if id.is_some() { "Save" } else { "Add the group" })}</div>
            </form>
            {delete}
        }
        .into_any()
    })
}

fn name(value: &str, wrong: &[Wrong]) -> AnyView {
    form::text(&Input { name: "name", label: "Name", value, hint: "As your readers call it.", wrong, ..Input::default() })
}

fn description(value: &str, wrong: &[Wrong]) -> AnyView {
    form::text(&Input {
        name: "description",
        label: "Description",
        value,
        hint: "One line under the name. May be empty.",
        wrong,
        ..Input::default()
    })
}

fn in_other_languages(names: &Texts, descriptions: &Texts, wrong: &[Wrong]) -> Option<AnyView> {
    let asked = |field, label, texts| Asked { field, label, rows: 0, texts };
    fold("", &[asked("name", "Name", names), asked("description", "Description", descriptions)], wrong)
}

fn first_status(fields: &ComponentForm, wrong: &[Wrong]) -> AnyView {
    let choices: Vec<Choice> = std::iter::once(Choice::new("", "Say nothing yet"))
        .chain(ComponentStatus::ALL.iter().map(|status| Choice::new(status.as_str(), status.label())))
        .collect();
    let hint = "Uptime counts from the first word. A monitor's word counts too.";
    form::select(&Input { name: "status", label: "Status now", value: &fields.status, hint, wrong, ..Input::default() }, &choices)
}

/// What a draft says of it. Open where something stands there, or is wrong.
fn template(fields: &ComponentForm, wrong: &[Wrong]) -> AnyView {
    let own = !fields.draft_title.is_empty() || !fields.draft_body.is_empty();
    let open = own || wrong.iter().any(|wrong| wrong.field.starts_with("draft_"));
    let title = Input {
        name: "draft_title",
        label: "Title of the draft",
        value: &fields.draft_title,
        hint: "Empty: a neutral one with the component's name.",
        wrong,
        ..Input::default()
    };
    let body = Input {
        name: "draft_body",
        label: "Message of the draft",
        value: &fields.draft_body,
        hint: "Markdown, in your page's language. Empty: a neutral sentence, which readers get in their own.",
        wrong,
        ..Input::default()
    };
    view! {
        <details class="more-fields" open=open>
            <summary>"What a draft says when its check fails"</summary>
            <p class="hint">
                "Used where only this component fails. It may be published before anybody has read it, so that it holds no address and says nothing that one would have to check first."
            </p>
            {form::text(&title)}
            {form::textarea(&body, 4)}
        </details>
    }
    .into_any()
}

fn tick(name: &str, label: &str, checked: bool) -> AnyView {
    form::checkbox(&Input { name, label, ..Input::default() }, checked)
}
