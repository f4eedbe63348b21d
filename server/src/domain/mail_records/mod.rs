//! What DNS says about the mails of a domain: who may send them (SPF), which key signs them (DKIM), and what receivers are to do with
//! others (DMARC). Every rule takes what DNS answered and says in a sentence what is right, or what is wrong and what to put there.

pub mod dkim;
pub mod dmarc;
pub mod reverse;
pub mod spf;

/// How good something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// As it should be.
    Ok,
    /// It works, but not as well as it could; or it could not be found out.
    Warning,
    /// It does not work, or receivers turn mails away for it.
    Wrong,
}

impl Level {
    /// As it is printed.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warning => "warning",
            Self::Wrong => "wrong",
        }
    }
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How good it is.
    pub level: Level,
    /// What was looked at.
    pub what: &'static str,
    /// What is so, and what to do about it, on one line.
    pub sentence: String,
}

impl Finding {
    /// Something is as it should be.
    pub fn ok(what: &'static str, sentence: impl Into<String>) -> Self {
        Self { level: Level::Ok, what, sentence: sentence.into() }
    }

    /// Something could be better, or is not known.
    pub fn warning(what: &'static str, sentence: impl Into<String>) -> Self {
        Self { level: Level::Warning, what, sentence: sentence.into() }
    }

    /// Something has to be mended.
    pub fn wrong(what: &'static str, sentence: impl Into<String>) -> Self {
        Self { level: Level::Wrong, what, sentence: sentence.into() }
    }
}

/// What DNS answered to one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer<T> {
    /// These records, in the order given.
    Records(Vec<T>),
    /// The name is there, without a record of that kind.
    Nothing,
    /// There is no such name.
    NoName,
    /// No answer in time, or none that says anything.
    Failed,
}

impl<T> Answer<T> {
    /// The records; none where there are none. `None` where that is not known.
    #[must_use]
    pub fn known(&self) -> Option<&[T]> {
        match self {
            Self::Records(records) => Some(records),
            Self::Nothing | Self::NoName => Some(&[]),
            Self::Failed => None,
        }
    }
}

/// The sentence for a question that was not answered.
fn unanswered(what: &'static str, name: &str) -> Finding {
    Finding::warning(what, format!("The name servers gave no answer for {name}, so this is not known. Try again later."))
}

/// The tags of a record such as `v=DKIM1; k=rsa; p=…`: names in small letters, values without the space around them.
fn tags(text: &str) -> Vec<(String, &str)> {
    let parts = text.split(';').filter_map(|part| part.split_once('='));
    parts.map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim())).collect()
}

fn tag<'a>(tags: &[(String, &'a str)], name: &str) -> Option<&'a str> {
    tags.iter().find(|(known, _)| known == name).map(|(_, value)| *value)
}
