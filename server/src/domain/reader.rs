//! What a reader chose of language and zone, and in which of them they are spoken to.

use app::language::{self, Language};
use app::words::LookSettings;
use chrono_tz::Tz;

/// Codes of the languages a page is offered in, its own first.
#[must_use]
pub fn offered(look: &LookSettings) -> Vec<&'static Language> {
    let own = own(look);
    let named = |code: &str| look.languages.as_ref().is_none_or(|named| named.iter().any(|known| known == code));
    let others = language::all().iter().filter(|other| *other != own && named(other.code()));
    std::iter::once(own).chain(others).collect()
}

/// The language that texts of the page are written in.
#[must_use]
pub fn own(look: &LookSettings) -> &'static Language {
    language::of(&look.language)
}

/// The language in which a reader is spoken to: the one they chose, as long as the page is offered in it; otherwise the page's own.
#[must_use]
pub fn spoken(chosen: Option<&str>, look: &LookSettings) -> &'static Language {
    offered(look).into_iter().find(|language| Some(language.code()) == chosen).unwrap_or_else(|| own(look))
}

/// The zone in which a reader is told times: theirs, otherwise the page's; UTC where neither is known.
#[must_use]
pub fn zone(chosen: Option<&str>, of_page: &str) -> Tz {
    let known = |name: &str| name.parse::<Tz>().ok();
    chosen.and_then(known).or_else(|| known(of_page)).unwrap_or(Tz::UTC)
}
