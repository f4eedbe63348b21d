//! The languages of the interface: one file each in `locales/`, in the notation of Project Fluent. Adding one is adding a file; what it
//! lacks is said in English.

use std::fmt;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use unic_langid::LanguageIdentifier;

pub use fluent_bundle::FluentValue as Value;

/// Code and text of each file, by code.
const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/locales.rs"));

/// The language that has every message.
const ENGLISH: &str = "en";

static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(read);

/// One language of the interface.
pub struct Language {
    code: &'static str,
    messages: FluentBundle<FluentResource>,
    /// Whether it is written from right to left.
    rtl: bool,
}

/// Marks around a text whose own letters say its direction, around one that goes from right to left, and the end of both (UAX 9).
const FIRST_STRONG: char = '\u{2068}';
const RIGHT_TO_LEFT: char = '\u{2067}';
const END: char = '\u{2069}';

/// Languages are the same when their codes are.
impl PartialEq for Language {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for Language {}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code)
    }
}

impl Language {
    /// The code as it stands in addresses and in `lang`: `en`.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.code
    }

    /// What its speakers call it.
    #[must_use]
    pub fn name(&self) -> String {
        self.t("language-name")
    }

    /// What speakers of another language call it; where they have no word for it, what its own speakers do.
    #[must_use]
    pub fn name_in(&self, other: &Self) -> String {
        let key = format!("language-{}", self.code);
        let word = other.t(&key);
        if word == key { self.name() } else { word }
    }

    /// The direction it is written in: `ltr` or `rtl`.
    #[must_use]
    pub const fn direction(&self) -> &'static str {
        if self.rtl { "rtl" } else { "ltr" }
    }

    /// The message of that name.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        self.with(key, [])
    }

    /// The message of that name, with what stands in it.
    #[must_use]
    pub fn with<'v, const N: usize>(&self, key: &str, values: [(&'static str, Value<'v>); N]) -> String {
        self.plain(key, values.map(|(name, value)| (name, self.set_apart(value))))
    }

    /// The same without marks of direction: for what becomes text of the record, which people edit and programs read.
    #[must_use]
    pub fn plain<'v, const N: usize>(&self, key: &str, values: [(&'static str, Value<'v>); N]) -> String {
        let values: FluentArgs<'v> = values.into_iter().collect();
        let said = self.say(key, &values).or_else(|| LANGUAGES.iter().find(|l| l.code == ENGLISH)?.say(key, &values));
        said.unwrap_or_else(|| key.to_owned())
    }

    /// The text so marked that it stands as one piece in a sentence from right to left; in the other languages it needs no mark. What is
    /// made of marked pieces goes from right to left itself: its letters are all inside marks and cannot say so.
    #[must_use]
    pub fn isolated(&self, text: String) -> String {
        let numbers_only = !text.chars().any(|letter| letter.is_alphabetic() || letter == END);
        if !self.rtl || numbers_only {
            return text;
        }
        let own = text.contains(END) || text.chars().any(|letter| ('\u{590}'..='\u{8ff}').contains(&letter) && letter.is_alphabetic());
        format!("{}{text}{END}", if own { RIGHT_TO_LEFT } else { FIRST_STRONG })
    }

    fn set_apart<'v>(&self, value: Value<'v>) -> Value<'v> {
        match value {
            Value::String(text) if self.rtl => Value::from(self.isolated(text.into_owned())),
            other => other,
        }
    }

    fn say(&self, key: &str, values: &FluentArgs) -> Option<String> {
        let pattern = self.messages.get_message(key)?.value()?;
        // What cannot be put into a message stands in it by its name: a test over all messages finds that.
        Some(self.messages.format_pattern(pattern, Some(values), &mut Vec::new()).into_owned())
    }
}

/// All languages by code.
#[must_use]
pub fn all() -> &'static [Language] {
    &LANGUAGES
}

/// The language of that code.
#[must_use]
pub fn known(code: &str) -> Option<&'static Language> {
    LANGUAGES.iter().find(|language| language.code == code)
}

/// The language of that code, or English.
#[must_use]
pub fn of(code: &str) -> &'static Language {
    known(code).or_else(|| known(ENGLISH)).unwrap_or(&NONE)
}

/// Nothing but the names of messages: what is left where the files are broken, which a test does not let through.
static NONE: LazyLock<Language> = LazyLock::new(|| Language { code: ENGLISH, messages: bundle(ENGLISH), rtl: false });

fn bundle(code: &str) -> FluentBundle<FluentResource> {
    let identifier: LanguageIdentifier = code.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
    // Fluent's own marks take the direction of the first letter that is not inside others, and a date made of two pieces has none: see
    // `Language::isolated`.
    bundle.set_use_isolating(false);
    bundle
}

fn read() -> Vec<Language> {
    let mut languages: Vec<Language> = Vec::new();
    for (code, text) in FILES {
        // What is broken in a file is left out here and found by a test.
        let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(readable, _)| readable);
        if languages.last().is_none_or(|language| language.code != *code) {
            languages.push(Language { code, messages: bundle(code), rtl: false });
        }
        if let Some(language) = languages.last_mut() {
            language.messages.add_resource_overriding(resource);
        }
    }
    for language in &mut languages {
        // Asked of the file itself: English, which stands in for what is missing, is being read here.
        language.rtl = language.say("language-direction", &FluentArgs::new()).as_deref() == Some("rtl");
    }
    languages
}
