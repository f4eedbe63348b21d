//! What a notice tells in other languages, in words of people or in stock sentences: fixed with it, so that every reader of a language reads the same whenever
//! the mail is sent.

use std::collections::BTreeMap;

use app::words::{Id, Translation};
use serde::{Deserialize, Serialize};

/// The words of one thing in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Words {
    name: Option<String>,
    body: Option<String>,
}

/// What people wrote in other languages, by language and by what it is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherWords {
    /// Subjects of the thread: as its first mail had them, so that programs keep it together.
    subjects: BTreeMap<String, String>,
    words: BTreeMap<String, BTreeMap<Id, Words>>,
}

impl OtherWords {
    /// All of these.
    #[must_use]
    pub fn of(translations: Vec<Translation>) -> Self {
        let mut words: BTreeMap<String, BTreeMap<Id, Words>> = BTreeMap::new();
        for said in translations.into_iter().filter(|said| !said.is_empty()) {
            words.entry(said.language).or_default().insert(said.object_id, Words { name: said.name, body: said.body });
        }
        Self { subjects: BTreeMap::new(), words }
    }

    /// These where nothing was written by people.
    #[must_use]
    pub fn or(mut self, stock: Vec<Translation>) -> Self {
        for said in stock {
            let words = self.words.entry(said.language).or_default().entry(said.object_id).or_default();
            words.name = words.name.take().or(said.name);
            words.body = words.body.take().or(said.body);
        }
        self
    }

    /// The same with the subjects of the mail before, or where this is the first of its thread with what `begin` makes of the words in a
    /// language.
    #[must_use]
    pub fn in_thread(self, before: Option<Self>, begin: impl Fn(&Self, &str) -> Option<String>) -> Self {
        let subjects = match before {
            Some(before) => before.subjects,
            None => self.words.keys().filter_map(|language| Some((language.clone(), begin(&self, language)?))).collect(),
        };
        Self { subjects, ..self }
    }

    /// The subject of the thread in a language.
    #[must_use]
    pub fn subject(&self, language: &str) -> Option<&str> {
        self.subjects.get(language).map(String::as_str)
    }

    /// What something is called in a language.
    #[must_use]
    pub fn name(&self, language: &str, id: &Id) -> Option<&str> {
        self.words.get(language)?.get(id)?.name.as_deref()
    }

    /// What something says in a language, as Markdown.
    #[must_use]
    pub fn body(&self, language: &str, id: &Id) -> Option<&str> {
        self.words.get(language)?.get(id)?.body.as_deref()
    }
}
