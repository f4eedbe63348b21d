//! The same words in the other languages that the page is offered in: one closed fold below the page's own.

use leptos::prelude::*;

use crate::language::{self, Language};
use crate::parts::form::{self, Input};
use crate::staff::Wrong;
use crate::view::PublicView;
use crate::words::{Id, Translation};

/// One text in other languages, as it stands in the fields.
pub type Texts = Vec<(&'static Language, String)>;

/// What the record calls one thing, for each language the page is offered in.
#[must_use]
pub fn names(view: &PublicView, id: &Id) -> Texts {
    texts(view, id, |said| said.name.as_ref())
}

/// What the record says of one thing, for each language the page is offered in.
#[must_use]
pub fn bodies(view: &PublicView, id: &Id) -> Texts {
    texts(view, id, |said| said.body.as_ref())
}

fn texts(view: &PublicView, id: &Id, pick: fn(&Translation) -> Option<&String>) -> Texts {
    let said = view.translations.of(id);
    let text = |language: &'static Language| {
        let known = said.iter().find(|known| known.language == language.code());
        (language, known.and_then(|known| pick(known)).cloned().unwrap_or_default())
    };
    view.other_languages().map(text).collect()
}

/// The same of something that is new.
#[must_use]
pub fn none(view: &PublicView) -> Texts {
    view.other_languages().map(|language| (language, String::new())).collect()
}

/// One of the texts that are asked for in each language.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The name of the field: `name` becomes `name.de`.
    pub field: &'static str,
    /// Its label: `Title` becomes `Title in German`.
    pub label: &'static str,
    /// Its rows; none for one line.
    pub rows: u8,
    /// What stands in it.
    pub texts: &'a Texts,
}

impl<'a> Asked<'a> {
    /// A title.
    #[must_use]
    pub const fn title(texts: &'a Texts) -> Self {
        Self { field: "name", label: "Title", rows: 0, texts }
    }

    /// A message.
    #[must_use]
    pub const fn message(texts: &'a Texts) -> Self {
        Self { field: "body", label: "Message", rows: 4, texts }
    }
}

/// The fold. It says which languages hold something, and stands open where something in it is wrong.
#[must_use]
pub fn fold(scope: &str, asked: &[Asked], wrong: &[Wrong]) -> Option<AnyView> {
    let mut languages: Vec<&'static Language> = asked.iter().flat_map(|one| one.texts).map(|(language, _)| *language).collect();
    languages.sort_by_key(|language| language.code());
    languages.dedup();
    let filled = |language: &&Language| asked.iter().any(|one| !text(one, language).trim().is_empty());
    let named: Vec<String> = languages.iter().filter(|language| filled(language)).map(|language| in_english(language)).collect();
    let summary = if named.is_empty() { "none yet".to_owned() } else { named.join(", ") };
    let open =
        wrong.iter().any(|wrong| asked.iter().any(|one| wrong.field.strip_prefix(one.field).is_some_and(|rest| rest.starts_with('.'))));
    let fields: Vec<_> = languages.iter().flat_map(|language| asked.iter().map(|one| input(scope, one, language, wrong))).collect();
    let hint = "Readers of a language that is left empty see your own words, marked as such; a message that you leave empty everywhere is \
                said in every language. Emptying a field takes the text back.";
    (!languages.is_empty()).then(|| {
        view! {
            <details class="more-fields" open=open>
                <summary>{format!("In other languages: {summary}")}</summary>
                <p class="hint">{hint}</p>
                {fields}
            </details>
        }
        .into_any()
    })
}

fn text<'a>(asked: &Asked<'a>, language: &Language) -> &'a str {
    asked.texts.iter().find(|(known, _)| *known == language).map_or("", |(_, text)| text.as_str())
}

fn in_english(language: &Language) -> String {
    language.name_in(language::of("en"))
}

fn input(scope: &str, asked: &Asked, language: &Language, wrong: &[Wrong]) -> AnyView {
    let (name, label) = (format!("{}.{}", asked.field, language.code()), format!("{} in {}", asked.label, in_english(language)));
    let value = text(asked, language);
    let input = Input { name: &name, label: &label, value, wrong, scope, lang: language.code(), ..Input::default() };
    if asked.rows == 0 { form::text(&input) } else { form::textarea(&input, asked.rows) }
}
