//! Forms: plain ones, complete without scripts. Label above the field, hint under it, what is wrong beside it in words.

use leptos::prelude::*;

use crate::staff::Wrong;

/// One field. What is wrong is found in the list by the field's name; the first wrong field of a form gets the focus.
#[derive(Clone, Copy, Debug, Default)]
pub struct Input<'a> {
    /// Its name in the form.
    pub name: &'a str,
    /// Its label.
    pub label: &'a str,
    /// What stands in it.
    pub value: &'a str,
    /// What to know before writing; may be empty.
    pub hint: &'a str,
    /// All that is wrong with the form.
    pub wrong: &'a [Wrong],
    /// The kind of a one-line field, such as `email` or `password`; empty is text.
    pub kind: &'static str,
    /// What the browser may fill in: the `autocomplete` word; empty turns it off.
    pub complete: &'static str,
    /// Whether the browser asks for it before it sends.
    pub required: bool,
    /// Sets apart the ids of forms with the same fields on one page; empty where there is only one.
    pub scope: &'a str,
    /// Code of the language that is written in it; empty where that is the page's own.
    pub lang: &'a str,
}

impl Input<'_> {
    fn id(&self) -> String {
        if self.scope.is_empty() { format!("f-{}", self.name) } else { format!("f-{}-{}", self.scope, self.name) }
    }

    fn language(&self) -> (Option<String>, Option<&'static str>) {
        let other = !self.lang.is_empty();
        (other.then(|| self.lang.to_owned()), other.then_some("auto"))
    }

    fn error(&self) -> Option<String> {
        let mine: Vec<&str> = self.wrong.iter().filter(|wrong| wrong.field == self.name).map(|wrong| wrong.sentence.as_str()).collect();
        (!mine.is_empty()).then(|| mine.join(" "))
    }

    /// Whether this is where the writer goes on: the first field that is wrong.
    fn first(&self) -> bool {
        self.wrong.iter().find(|wrong| !wrong.field.is_empty()).is_some_and(|wrong| wrong.field == self.name)
    }

    fn invalid(&self) -> Option<&'static str> {
        self.error().map(|_| "true")
    }

    fn described(&self) -> Option<String> {
        let hint = (!self.hint.is_empty()).then(|| format!("{}-hint", self.id()));
        let error = self.error().map(|_| format!("{}-wrong", self.id()));
        let ids: Vec<String> = error.into_iter().chain(hint).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    fn notes(&self) -> AnyView {
        let hint = (!self.hint.is_empty()).then(|| view! { <p class="hint" id=format!("{}-hint", self.id())>{self.hint.to_owned()}</p> });
        let error = self.error().map(|sentence| view! { <p class="wrong" id=format!("{}-wrong", self.id())>{sentence}</p> });
        view! { {error}{hint} }.into_any()
    }

    fn around(&self, control: AnyView) -> AnyView {
        view! { <div class="field"><label for=self.id()>{self.label.to_owned()}</label>{control}{self.notes()}</div> }.into_any()
    }

    /// A group of controls under one legend.
    fn group(&self, controls: Vec<AnyView>) -> AnyView {
        view! {
            <fieldset class="field" id=self.id() aria-describedby=self.described()>
                <legend>{self.label.to_owned()}</legend>
                {self.notes()}
                {controls}
            </fieldset>
        }
        .into_any()
    }
}

/// One of several values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What the reader sees.
    pub label: String,
    /// What choosing it means; may be empty, and is shown by radio buttons and checkboxes only.
    pub hint: String,
    /// Code of the language of the hint; empty where that is the page's own.
    pub lang: String,
}

impl Choice {
    /// A choice without a hint.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: String::new(), lang: String::new() }
    }

    /// The same with words on what it means.
    #[must_use]
    pub fn with_hint(self, hint: impl Into<String>) -> Self {
        Self { hint: hint.into(), ..self }
    }

    /// The same with words that it stands for, in the language of that code.
    #[must_use]
    pub fn quoting(self, words: impl Into<String>, lang: impl Into<String>) -> Self {
        Self { hint: words.into(), lang: lang.into(), ..self }
    }
}

/// One line.
#[must_use]
pub fn text(input: &Input) -> AnyView {
    let kind = if input.kind.is_empty() { "text" } else { input.kind };
    let (lang, dir) = input.language();
    let complete = if input.complete.is_empty() { "off" } else { input.complete };
    input.around(
        view! {
            <input type=kind id=input.id() name=input.name.to_owned() value=input.value.to_owned() autocomplete=complete
                required=input.required autofocus=input.first() aria-invalid=input.invalid() aria-describedby=input.described()
                lang=lang dir=dir/>
        }
        .into_any(),
    )
}

/// One line for which the browser proposes values, where it can.
#[must_use]
pub fn suggested(input: &Input, proposed: &[&'static str]) -> AnyView {
    let list = format!("{}-list", input.id());
    let options: Vec<_> = proposed.iter().map(|value| view! { <option value=*value></option> }).collect();
    input.around(
        view! {
            <input type="text" id=input.id() name=input.name.to_owned() value=input.value.to_owned() autocomplete="off" list=list.clone()
                autofocus=input.first() aria-invalid=input.invalid() aria-describedby=input.described()/>
            <datalist id=list>{options}</datalist>
        }
        .into_any(),
    )
}

/// A file of one of these types.
#[must_use]
pub fn file(input: &Input, accept: &'static str) -> AnyView {
    input.around(
        view! {
            <input type="file" id=input.id() name=input.name.to_owned() accept=accept autofocus=input.first() aria-invalid=input.invalid()
                aria-describedby=input.described()/>
        }
        .into_any(),
    )
}

/// Text of several lines.
#[must_use]
pub fn textarea(input: &Input, rows: u8) -> AnyView {
    // A line end right behind the tag is not part of the text; one more keeps a text that begins with one as it is.
    let value = format!("\n{}", escaped(input.value));
    let (lang, dir) = input.language();
    input.around(
        view! {
            <textarea id=input.id() name=input.name.to_owned() rows=rows.to_string() required=input.required autofocus=input.first()
                aria-invalid=input.invalid() aria-describedby=input.described() lang=lang dir=dir inner_html=value></textarea>
        }
        .into_any(),
    )
}

/// Text as it stands between tags: the framework leaves what stands in a text field as it is.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// One of several values out of a menu.
#[must_use]
pub fn select(input: &Input, choices: &[Choice]) -> AnyView {
    input.around(menu(input, choices))
}

/// A menu in a row of things: its label is heard only, and what is wrong stands above the rows.
#[must_use]
pub fn menu_of_row(input: &Input, choices: &[Choice]) -> AnyView {
    view! { <label class="vh" for=input.id()>{input.label.to_owned()}</label>{menu(input, choices)} }.into_any()
}

fn menu(input: &Input, choices: &[Choice]) -> AnyView {
    let options: Vec<_> = choices
        .iter()
        .map(|choice| view! { <option value=choice.value.clone() selected=choice.value == input.value>{choice.label.clone()}</option> })
        .collect();
    view! {
        <select id=input.id() name=input.name.to_owned() autofocus=input.first() aria-invalid=input.invalid()
            aria-describedby=input.described()>{options}</select>
    }
    .into_any()
}

/// One of a few values, all in sight.
#[must_use]
pub fn radios(input: &Input, choices: &[Choice]) -> AnyView {
    picks(input, "radio", choices, |choice| choice.value == input.value)
}

/// Any of a few values.
#[must_use]
pub fn checkboxes(input: &Input, choices: &[Choice], chosen: &[String]) -> AnyView {
    picks(input, "checkbox", choices, |choice| chosen.contains(&choice.value))
}

fn picks(input: &Input, kind: &'static str, choices: &[Choice], chosen: impl Fn(&Choice) -> bool) -> AnyView {
    let controls = choices.iter().enumerate().map(|(at, choice)| {
        let id = format!("{}-{at}", input.id());
        pick(&id, kind, input.name, choice, chosen(choice), at == 0 && input.first(), input.invalid(), None)
    });
    input.group(controls.collect())
}

/// Yes or no. The value sent is `on`.
#[must_use]
pub fn checkbox(input: &Input, checked: bool) -> AnyView {
    let choice = Choice::new("on", input.label);
    let control = pick(&input.id(), "checkbox", input.name, &choice, checked, input.first(), input.invalid(), input.described());
    view! { <div class="field">{control}{input.notes()}</div> }.into_any()
}

#[expect(clippy::too_many_arguments, reason = "the attributes of one control, in one place")]
fn pick(
    id: &str,
    kind: &'static str,
    name: &str,
    choice: &Choice,
    checked: bool,
    focus: bool,
    invalid: Option<&'static str>,
    described: Option<String>,
) -> AnyView {
    let other = !choice.lang.is_empty();
    let (lang, dir) = (other.then(|| choice.lang.clone()), other.then_some("auto"));
    let hint = (!choice.hint.is_empty()).then(|| view! { <span class="hint" lang=lang dir=dir>{choice.hint.clone()}</span> });
    view! {
        <label class="pick" for=id.to_owned()>
            <input type=kind id=id.to_owned() name=name.to_owned() value=choice.value.clone() checked=checked autofocus=focus
                aria-invalid=invalid aria-describedby=described/>
            <span>{choice.label.clone()}{hint}</span>
        </label>
    }
    .into_any()
}

/// A date with a clock time in the page's zone; `value` as `Locale::field` writes it. The label names the zone.
#[must_use]
pub fn datetime(input: &Input, zone: &str) -> AnyView {
    let label = format!("{} ({zone})", input.label);
    text(&Input { kind: "datetime-local", label: &label, ..*input })
}

/// A field that nobody sees.
#[must_use]
pub fn hidden(name: &str, value: &str) -> AnyView {
    view! { <input type="hidden" name=name.to_owned() value=value.to_owned()/> }.into_any()
}

/// A field that people do not see: what is filled in there was filled in by a program.
#[must_use]
pub fn trap(label: &str) -> AnyView {
    let label = label.to_owned();
    view! { <p class="trap" aria-hidden="true"><label>{label}" "<input name="website" tabindex="-1" autocomplete="off"/></label></p> }
        .into_any()
}

/// How a button looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// The one thing this page is for.
    Primary,
    /// Anything else.
    Quiet,
    /// What cannot be taken back easily.
    Danger,
}

impl Weight {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "b primary",
            Self::Quiet => "b",
            Self::Danger => "b danger",
        }
    }
}

/// Sends the form. What will happen is said on the button.
#[must_use]
pub fn button(weight: Weight, label: &str) -> AnyView {
    view! { <button type="submit" class=weight.class()>{label.to_owned()}</button> }.into_any()
}

/// One of several buttons of a form: the form carries `name=value`.
#[must_use]
pub fn choice_button(weight: Weight, name: &str, value: &str, label: &str) -> AnyView {
    view! { <button type="submit" class=weight.class() name=name.to_owned() value=value.to_owned()>{label.to_owned()}</button> }.into_any()
}

/// A link that looks like a button.
#[must_use]
pub fn way(weight: Weight, href: &str, label: &str) -> AnyView {
    view! { <a class=weight.class() href=href.to_owned()>{label.to_owned()}</a> }.into_any()
}

/// Something dangerous: asked about in a fold before its button can be reached. The button stands in a form of its own.
#[must_use]
pub fn confirm(ask: &str, sentence: &str, action: &str, fields: &[(&str, &str)], label: &str) -> AnyView {
    let fields: Vec<_> = fields.iter().map(|(name, value)| hidden(name, value)).collect();
    view! {
        <details class="ask">
            <summary>{ask.to_owned()}</summary>
            <form method="post" action=action.to_owned()>
                {fields}
                <p>{sentence.to_owned()}</p>
                {button(Weight::Danger, label)}
            </form>
        </details>
    }
    .into_any()
}

/// What is wrong with the whole form rather than with one field.
#[must_use]
pub fn problems(wrong: &[Wrong]) -> Option<AnyView> {
    refused(wrong, "Nothing was changed. Please look at the marked fields.")
}

/// The same in the reader's language: `marked` is said where only fields are wrong.
#[must_use]
pub fn refused(wrong: &[Wrong], marked: &str) -> Option<AnyView> {
    let whole: Vec<_> = wrong.iter().filter(|wrong| wrong.field.is_empty()).map(|wrong| wrong.sentence.clone()).collect();
    if wrong.is_empty() {
        return None;
    }
    let sentence = if whole.is_empty() { marked.to_owned() } else { whole.join(" ") };
    Some(view! { <p class="flash bad" role="alert">{sentence}</p> }.into_any())
}

/// Names and values, one beside the other.
#[must_use]
pub fn definitions(pairs: Vec<(&'static str, AnyView)>) -> AnyView {
    let rows = pairs.into_iter().map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> });
    view! { <dl class="defs">{rows.collect::<Vec<_>>()}</dl> }.into_any()
}

/// A table whose rows become cards on a phone: each cell carries its column's name. The first cell names the row.
#[must_use]
pub fn table(caption: &str, columns: &[&'static str], rows: Vec<Vec<AnyView>>) -> AnyView {
    let head: Vec<_> = columns.iter().map(|name| view! { <th scope="col">{*name}</th> }).collect();
    let rows: Vec<_> = rows
        .into_iter()
        .map(|cells| {
            let cells = cells.into_iter().zip(columns).enumerate().map(|(at, (cell, name))| {
                if at == 0 {
                    view! { <th scope="row">{cell}</th> }.into_any()
                } else {
                    view! { <td data-label=*name>{cell}</td> }.into_any()
                }
            });
            view! { <tr>{cells.collect::<Vec<_>>()}</tr> }
        })
        .collect();
    view! { <table class="list"><caption class="vh">{caption.to_owned()}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table> }
        .into_any()
}

/// What stands where there is nothing to list.
#[must_use]
pub fn empty(sentence: &str) -> AnyView {
    view! { <p class="none empty">{sentence.to_owned()}</p> }.into_any()
}
