//! The same words in other languages: checked like the page's own, and written in the transaction of the change they belong to.

use std::sync::LazyLock;

use app::language::{self, Language};
use app::words::{Id, Translation};

use super::{Act, Problems};
use crate::domain::compose;
use crate::store::{StoreError, Tx, translations};

/// What is said in one other language. `None` leaves what was said before; a text without anything in it takes that back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// The language.
    pub language: &'static Language,
    /// The title or the name.
    pub name: Option<String>,
    /// The message, the announcement or the description.
    pub body: Option<String>,
}

/// What a thing says in words: how fields and sentences call it.
#[derive(Clone, Copy, Debug)]
pub struct Said {
    /// How sentences call the name; `None` where it has none.
    pub name: Option<&'static str>,
    /// The field of the text.
    pub field: &'static str,
    /// How sentences call the text; `None` where none is said.
    pub body: Option<&'static str>,
    /// Most characters of the text.
    pub most: usize,
}

impl Said {
    /// A title alone.
    pub const TITLE: Self = Self { name: Some("The title"), body: None, ..Self::MESSAGE };
    /// A message alone.
    pub const MESSAGE: Self = Self { name: None, field: "body", body: Some("The message"), most: compose::LONGEST_TEXT };
    /// A title with a message.
    pub const BOTH: Self = Self { name: Some("The title"), ..Self::MESSAGE };
    /// What components and groups are called and described with.
    pub const DESCRIBED: Self =
        Self { name: Some("The name"), field: "description", body: Some("The description"), most: compose::LONGEST_TEXT };
}

/// The fields of translations, as forms call them: `name.de`.
static FIELDS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let kinds = ["name", "body", "description"];
    language::all().iter().flat_map(|language| kinds.map(|kind| format!("{kind}.{}", language.code()))).collect()
});

/// The field of a kind in a language.
#[must_use]
pub fn field(kind: &'static str, language: &Language) -> &'static str {
    let name = format!("{kind}.{}", language.code());
    FIELDS.iter().find(|field| **field == name).map_or(kind, String::as_str)
}

impl Problems {
    /// What is said in other languages, cleaned as the page's own words are. Sentences name the language.
    pub fn wordings(&mut self, given: &[Wording], said: Said) -> Vec<Wording> {
        given.iter().map(|wording| self.wording(wording, said)).collect()
    }

    fn wording(&mut self, wording: &Wording, said: Said) -> Wording {
        let language = wording.language;
        let mut read = |kind, text: &Option<String>, noun: Option<&str>, read: &dyn Fn(&str, &str) -> Result<String, String>| {
            let text = text.as_deref()?;
            let (field, tongue) = (field(kind, language), language.name_in(language::of("en")));
            Some(match noun {
                _ if !text.chars().any(compose::shows) => String::new(),
                Some(noun) => self.keep(field, read(&format!("{noun} in {tongue}"), text)),
                None => {
                    self.add(field, format!("Nothing is said here that could stand in {tongue}. Leave it out."));
                    String::new()
                }
            })
        };
        Wording {
            language,
            name: read("name", &wording.name, said.name, &compose::line),
            body: read(said.field, &wording.body, said.body, &|what, text| compose::text_up_to(what, text, said.most)),
        }
    }
}

/// Where words are written: the page, and the revision that will show them.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The page.
    pub page: &'a Id,
    /// The revision.
    pub revision: i64,
}

/// Writes what is said in other languages: the name of one thing, the text of the same or another. Whether anything is different.
///
/// # Errors
/// [`StoreError`].
pub async fn write(act: &Act<'_>, tx: &mut Tx, at: Place<'_>, wordings: &[Wording], named: &Id, told: &Id) -> Result<bool, StoreError> {
    let mut changed = false;
    for wording in wordings {
        if named == told {
            changed |= put(act, tx, at, named, wording).await?;
        } else {
            changed |= put(act, tx, at, named, &Wording { body: None, ..wording.clone() }).await?;
            changed |= put(act, tx, at, told, &Wording { name: None, ..wording.clone() }).await?;
        }
    }
    Ok(changed)
}

async fn put(act: &Act<'_>, tx: &mut Tx, at: Place<'_>, id: &Id, wording: &Wording) -> Result<bool, StoreError> {
    if wording.name.is_none() && wording.body.is_none() {
        return Ok(false);
    }
    let code = wording.language.code();
    let known = translations::get(tx, at.page, id, code).await?;
    let merged = |given: &Option<String>, known: Option<String>| given.clone().or(known).filter(|text| !text.is_empty());
    let before = known.clone().unwrap_or(Translation {
        object_id: id.clone(),
        language: code.to_owned(),
        name: None,
        body: None,
        body_html: String::new(),
    });
    let after = Translation {
        name: merged(&wording.name, before.name.clone()),
        body: merged(&wording.body, before.body.clone()),
        ..before.clone()
    };
    if after == before {
        return Ok(false);
    }
    translations::set(tx, at.page, &after, &act.actor.name, act.now, at.revision).await?;
    Ok(true)
}

/// Takes back what is said of one thing in every other language.
///
/// # Errors
/// [`StoreError`].
pub async fn forget(act: &Act<'_>, tx: &mut Tx, at: Place<'_>, id: &Id) -> Result<(), StoreError> {
    for known in translations::of_object(tx, at.page, id).await? {
        let gone = Translation { name: None, body: None, ..known };
        translations::set(tx, at.page, &gone, &act.actor.name, act.now, at.revision).await?;
    }
    Ok(())
}

/// Says of one thing what was said of another in every language: a message that was taken back stands as a draft of another id.
///
/// # Errors
/// [`StoreError`].
pub async fn hand_on(act: &Act<'_>, tx: &mut Tx, at: Place<'_>, from: &Id, to: &Id) -> Result<(), StoreError> {
    for known in translations::of_object(tx, at.page, from).await? {
        let same = Translation { object_id: to.clone(), ..known };
        translations::set(tx, at.page, &same, &act.actor.name, act.now, at.revision).await?;
    }
    Ok(())
}
