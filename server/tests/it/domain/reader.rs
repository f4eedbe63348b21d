//! In which language and zone somebody is spoken to.

use app::language::Language;
use app::words::LookSettings;
use chrono_tz::Tz;
use server::domain::reader::{offered, spoken, zone};

fn look(own: &str, languages: Option<&[&str]>) -> LookSettings {
    let languages = languages.map(|codes| codes.iter().map(|code| (*code).to_owned()).collect());
    LookSettings { language: own.to_owned(), languages, ..LookSettings::default() }
}

#[test]
fn a_reader_is_spoken_to_in_the_language_they_chose_as_long_as_the_page_offers_it() {
    let cases = [
        (Some("de"), look("en", None), "de"),
        (Some("de"), look("en", Some(&["en", "ar"])), "en"),
        (None, look("de", None), "de"),
        (Some("xx"), look("ar", None), "ar"),
        (Some("en"), look("de", Some(&["de", "en"])), "en"),
        (None, look("", None), "en"),
    ];
    for (chosen, look, code) in cases {
        assert_eq!(spoken(chosen, &look).code(), code, "{chosen:?} {look:?}");
    }
}

#[test]
fn the_pages_own_language_is_offered_first_and_once() {
    let codes = |look: LookSettings| offered(&look).into_iter().map(Language::code).collect::<Vec<_>>();
    assert_eq!(codes(look("de", None)), ["de", "ar", "en"]);
    assert_eq!(codes(look("ar", Some(&["ar", "en", "xx"]))), ["ar", "en"]);
}

#[test]
fn a_reader_is_told_times_in_their_zone_or_else_in_the_pages() {
    assert_eq!(zone(Some("Asia/Tokyo"), "Europe/Berlin"), Tz::Asia__Tokyo);
    for unknown in [None, Some("Mars/Olympus"), Some("")] {
        assert_eq!(zone(unknown, "Europe/Berlin"), Tz::Europe__Berlin, "{unknown:?}");
    }
    assert_eq!(zone(None, "Nowhere"), Tz::UTC);
}
