//! What people wrote in other languages of what a notice tells.

use app::words::Translation;
use server::domain::other_words::OtherWords;

use super::id;

fn said(number: u8, language: &str, name: Option<&str>, body: Option<&str>) -> Translation {
    Translation {
        object_id: id(number),
        language: language.to_owned(),
        name: name.map(str::to_owned),
        body: body.map(str::to_owned),
        body_html: String::new(),
    }
}

#[test]
fn words_are_found_by_language_and_thing() {
    let words = OtherWords::of(vec![said(1, "de", Some("Titel"), None), said(2, "de", None, Some("Text")), said(1, "ar", None, None)]);
    assert_eq!((words.name("de", &id(1)), words.body("de", &id(1))), (Some("Titel"), None));
    assert_eq!(words.body("de", &id(2)), Some("Text"));
    assert_eq!((words.name("ar", &id(1)), words.name("de", &id(3)), words.subject("de")), (None, None, None));
}

#[test]
fn the_subject_of_a_thread_stays_what_its_first_mail_had() {
    let title = |words: &OtherWords, language: &str| words.name(language, &id(1)).map(str::to_owned);
    let first = OtherWords::of(vec![said(1, "de", Some("Alt"), None)]).in_thread(None, title);
    assert_eq!(first.subject("de"), Some("Alt"));
    let both = vec![said(1, "de", Some("Neu"), None), said(1, "ar", Some("جديد"), None)];
    let second = OtherWords::of(both).in_thread(Some(first), title);
    assert_eq!((second.subject("de"), second.name("de", &id(1))), (Some("Alt"), Some("Neu")));
    assert_eq!(second.subject("ar"), None, "a thread that began without one goes on without");
}
