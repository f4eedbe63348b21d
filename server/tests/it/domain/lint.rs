//! What to look at before a post-mortem is published.

use app::words::{ActionItem, ActionState, ImpactFacts, PostmortemText, Sections};
use proptest::prelude::*;
use server::domain::lint::lint;

use super::{at, id};

/// A document that nothing can be said about.
fn sound() -> PostmortemText {
    let say = |text: &str| Some(text.to_owned());
    PostmortemText {
        title: "Why requests failed".to_owned(),
        body: String::new(),
        sections: Sections {
            summary: say("For an hour, a third of all requests to https://api.example.com/v6 failed with 503, from 203.0.113.7 too."),
            causes: say("At 14:02 the queue was full: the limit stood at 10.5 requests. We ran version 2.10.3 of our own release 7f3a1c2."),
            near_term: say("We are blameless about it. See ticket:12 and https://example.com/a-very-long-address-of-a-page-about-limits."),
            ..Sections::default()
        },
        facts: ImpactFacts { from: Some(at("2026-11-23T08:00:00Z")), until: Some(at("2026-11-23T09:00:00Z")), ..ImpactFacts::default() },
    }
}

fn with_causes(causes: &str) -> PostmortemText {
    let mut text = sound();
    text.sections.causes = Some(causes.to_owned());
    text
}

/// Every kind of word that is remarked, and what the remark says of it.
const CANARIES: &[(&str, &str)] = &[
    ("human error", "blame"),
    ("Stupid", "blame"),
    ("negligent", "blame"),
    ("the fault of", "blame"),
    ("api-3.eu.internal", "machine"),
    ("printer.local", "machine"),
    ("db.prod.svc.cluster.local:5432", "machine"),
    ("nas.lan", "machine"),
    ("redis:6379", "machine"),
    ("web:80", "machine"),
    ("localhost", "machine"),
    ("10.1.2.3", "private address"),
    ("192.168.0.1:8080", "private address"),
    ("172.31.255.254/16", "private address"),
    ("127.0.0.1", "private address"),
    ("169.254.169.254", "private address"),
    ("100.64.0.9", "private address"),
    ("[fd12:3456::1]:443", "private address"),
    ("fe80::1%eth0", "private address"),
    ("::1", "private address"),
    ("ada.lovelace+ops@example.co.uk", "address of somebody"),
    ("<ops@example.com>", "address of somebody"),
    ("ghp_0123456789abcdefABCDEF", "token"),
    ("AKIAIOSFODNN7EXAMPLE", "token"),
    ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc", "token"),
    ("password=hunter2", "token"),
    ("aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3", "token"),
];

#[test]
fn a_sound_document_is_left_alone() {
    assert_eq!(lint(&sound(), &[]), []);
}

#[test]
fn what_is_missing_is_named_with_its_section() {
    let remarks = lint(&PostmortemText::default(), &[]);
    let sections: Vec<_> = remarks.iter().map(|remark| remark.section).collect();
    assert_eq!(sections, [Some("summary"), Some("facts"), Some("causes"), None]);
    let item = ActionItem {
        id: id(1),
        title: "Limit requests at db-1.internal".to_owned(),
        explanation: None,
        state: ActionState::Planned,
        due_on: None,
        link: None,
        history: Vec::new(),
        votes: 0,
    };
    let remarks = lint(&PostmortemText { facts: sound().facts, body: "All in one.".to_owned(), ..PostmortemText::default() }, &[item]);
    assert_eq!(remarks.iter().map(|remark| remark.section).collect::<Vec<_>>(), [Some("action-items")]);
}

#[test]
fn every_place_that_readers_see_is_looked_at() {
    let mut text = sound();
    text.title = "Fault of nas.lan".to_owned();
    text.body = "nas.lan".to_owned();
    text.sections.stay_informed = Some("Ask ops@example.com.".to_owned());
    text.facts.workaround = Some("Use 10.0.0.1 instead.".to_owned());
    text.facts.share_affected = Some("all of nas.lan".to_owned());
    let remarks = lint(&text, &[]);
    let sections: Vec<_> = remarks.iter().filter_map(|remark| remark.section).collect();
    assert_eq!(sections, ["title", "title", "body", "facts", "facts", "stay-informed"]);
}

#[test]
fn the_same_word_is_remarked_once_a_section_and_a_secret_is_not_repeated() {
    let remarks = lint(&with_causes("nas.lan, nas.lan and (nas.lan)"), &[]);
    assert_eq!(remarks.len(), 1, "{remarks:?}");
    let secret = "ghp_0123456789abcdefABCDEF";
    assert!(lint(&with_causes(secret), &[]).iter().all(|remark| !remark.sentence.contains(secret)));
}

proptest! {
    #[test]
    fn any_text_is_read_to_its_end(title in ".*", body in "(?s).*", causes in "(?s)[a-z0-9.:@_ ()\\[\\]-]*") {
        let sections = Sections { causes: Some(causes), ..Sections::default() };
        let remarks = lint(&PostmortemText { title, body, sections, ..PostmortemText::default() }, &[]);
        prop_assert!(remarks.iter().all(|remark| remark.sentence.ends_with('.')), "{remarks:?}");
    }

    #[test]
    fn each_planted_word_is_found_in_any_text(
        canary in prop::sample::select(CANARIES),
        before in "(?s)(.* )?[(,\"*]?",
        after in "(?s)[).,;!\"*]?( .*)?",
    ) {
        let (word, says) = canary;
        let remarks = lint(&with_causes(&format!("{before}{word}{after}")), &[]);
        let found = remarks.iter().any(|remark| remark.section == Some("causes") && remark.sentence.contains(says));
        prop_assert!(found, "{word} in {before:?} … {after:?}: {remarks:?}");
    }
}
