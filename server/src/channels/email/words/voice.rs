//! How a mail speaks: in the language and the zone of its reader, with what people wrote in that language where they did.

use app::language::{Language, Value};
use app::parts::locale::Locale;
use app::words::Id;

use super::super::Letter;
use crate::domain::notice::NoticeComponent;

/// What people wrote, and whether it is in another language than the mail around it.
pub struct Said {
    pub text: String,
    pub foreign: bool,
}

impl Said {
    /// What is in the language of the mail, or has none.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), foreign: false }
    }
}

/// One language and zone, and what is told.
pub struct Voice<'a> {
    pub letter: &'a Letter,
    pub locale: Locale,
    /// Where readers reach the page.
    url: &'a str,
    /// Characters that what people wrote is cut to.
    limit: usize,
}

impl<'a> Voice<'a> {
    pub fn of(letter: &'a Letter, url: &'a str, limit: usize) -> Self {
        Self { letter, locale: letter.locale(), url, limit }
    }

    pub fn t(&self, key: &str) -> String {
        self.locale.t(key)
    }

    pub fn with<const N: usize>(&self, key: &str, values: [(&'static str, Value<'_>); N]) -> String {
        self.locale.with(key, values)
    }

    /// A sentence that names the page.
    pub fn of_page(&self, key: &str) -> String {
        self.with(key, [("page", self.letter.page_name.as_str().into())])
    }

    pub const fn limit(&self) -> usize {
        self.limit
    }

    pub fn language(&self) -> &'static Language {
        self.letter.language
    }

    /// The address of a page in the reader's language.
    pub fn link(&self, path: &str) -> String {
        format!("{}{}", self.url, self.locale.href(path))
    }

    /// The address of a file, which is the same in every language.
    pub fn file(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }

    fn code(&self) -> &'static str {
        self.letter.language.code()
    }

    /// What is only written in the page's own language.
    pub fn own(&self, text: &str) -> Said {
        Said { text: text.to_owned(), foreign: self.letter.language != self.letter.own && !text.trim().is_empty() }
    }

    fn said(&self, translated: Option<&str>, own: &str) -> Said {
        translated.map_or_else(|| self.own(own), Said::plain)
    }

    /// What something is called.
    pub fn name(&self, id: &Id, own: &str) -> Said {
        self.said(self.letter.other_words.name(self.code(), id), own)
    }

    /// What something says.
    pub fn body(&self, id: Option<&Id>, own: &str) -> Said {
        self.said(id.and_then(|id| self.letter.other_words.body(self.code(), id)), own)
    }

    /// What a component is called. A name is often the same in every language, so that it carries no mark.
    pub fn component(&self, component: &NoticeComponent) -> String {
        self.letter.other_words.name(self.code(), &component.id).unwrap_or(&component.name).to_owned()
    }

    /// The subject: the page, and what every mail of the thread is about.
    pub fn thread(&self, subject: &str) -> String {
        self.subject(self.letter.other_words.subject(self.code()).unwrap_or(subject))
    }

    /// The subject: the page, and this. It is put together without the marks of direction that sentences carry: headers have none.
    pub fn subject(&self, text: &str) -> String {
        format!("[{}] {text}", self.letter.page_name)
    }

    /// A text of people, cut where the mail would be too large with all of it.
    pub fn shortened(&self, text: &str) -> String {
        if text.chars().count() <= self.limit {
            return text.to_owned();
        }
        let start: String = text.chars().take(self.limit).collect();
        // Where a paragraph or at least a word ends.
        let end = start.rfind("\n\n").or_else(|| start.rfind(char::is_whitespace)).unwrap_or(start.len());
        format!("{}\n\n*{}*", start.get(..end).unwrap_or(&start), self.t("mail-longer"))
    }

    /// That a text is in another language, as the pages say it.
    pub fn mark(&self) -> String {
        self.with("foreign-mark", [("language", self.letter.own.name_in(self.language()).into())])
    }

    /// A text of one line, marked if need be.
    pub fn marked(&self, said: &Said) -> String {
        if said.foreign { format!("{} ({})", said.text, self.mark()) } else { said.text.clone() }
    }
}
