//! Every language says everything, and pages in it say nothing in another.

#![expect(clippy::expect_used, reason = "a test stops at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use app::language::{self, Value};
use app::pages::history::{Query, Refused};
use app::view::PublicView;
use app::{Assets, PublicPage, render};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

#[expect(dead_code, reason = "other tests show the rest of them")]
mod fixtures;
#[path = "languages/stock.rs"]
mod stock;

/// The messages of a language, each with the names of what stands in it.
type Messages = BTreeMap<String, BTreeSet<String>>;

fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn messages(code: &str) -> Messages {
    let mut known = Messages::new();
    for path in files("locales", ".ftl") {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if name.split('.').next() != Some(code) {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a text");
        let resource = fluent_syntax::parser::parse(text.as_str()).unwrap_or_else(|(_, errors)| panic!("{name}: {errors:?}"));
        for entry in &resource.body {
            if let Entry::Message(message) = entry {
                let key = message.id.name.to_owned();
                let pattern = message.value.as_ref().unwrap_or_else(|| panic!("{name}: {key} says nothing"));
                let mut variables = BTreeSet::new();
                collect(pattern, &mut variables);
                assert!(known.insert(key.clone(), variables).is_none(), "{name}: {key} stands twice");
            }
        }
    }
    known
}

fn collect(pattern: &Pattern<&str>, into: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        match expression {
            Expression::Inline(inline) => of_inline(inline, into),
            Expression::Select { selector, variants } => {
                of_inline(selector, into);
                variants.iter().for_each(|variant| collect(&variant.value, into));
            }
        }
    }
}

fn of_inline(inline: &InlineExpression<&str>, into: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => drop(into.insert(id.name.to_owned())),
        InlineExpression::Placeable { expression } => match expression.as_ref() {
            Expression::Inline(inline) => of_inline(inline, into),
            Expression::Select { selector, .. } => of_inline(selector, into),
        },
        _ => {}
    }
}

fn others() -> impl Iterator<Item = &'static str> {
    language::all().iter().map(language::Language::code).filter(|code| *code != "en")
}

#[test]
fn every_language_has_exactly_the_messages_of_english_with_the_same_in_them() {
    let english = messages("en");
    assert!(english.len() > 100 && others().count() >= 2);
    let mut wrong = Vec::new();
    for code in others() {
        let known = messages(code);
        wrong.extend(english.keys().filter(|key| !known.contains_key(*key)).map(|key| format!("{code} lacks {key}")));
        wrong.extend(known.keys().filter(|key| !english.contains_key(*key)).map(|key| format!("{code} has {key}, English has not")));
        for (key, variables) in &known {
            // A language may leave a number out where its plural says it in a word, but not name what is not given.
            let given = english.get(key).into_iter().flatten().collect::<BTreeSet<_>>();
            let named = variables.iter().collect::<BTreeSet<_>>();
            if named != given && english.contains_key(key) {
                wrong.push(format!("{code} {key}: {named:?}, English has {given:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_message_formats_without_a_gap() {
    for language in language::all() {
        for (key, variables) in messages(language.code()) {
            for number in [0, 1, 2, 3, 11, 100] {
                let names: Vec<&'static str> = variables.iter().map(|name| &*name.clone().leak()).collect();
                let value = |name: &&'static str| (*name, Value::from(number));
                let said = match names.as_slice() {
                    [] => language.t(&key),
                    [a] => language.with(&key, [a].map(value)),
                    [a, b] => language.with(&key, [a, b].map(value)),
                    [a, b, c] => language.with(&key, [a, b, c].map(value)),
                    [a, b, c, d] => language.with(&key, [a, b, c, d].map(value)),
                    [a, b, c, d, e] => language.with(&key, [a, b, c, d, e].map(value)),
                    [a, b, c, d, e, f] => language.with(&key, [a, b, c, d, e, f].map(value)),
                    more => panic!("{key} holds {}: teach this test", more.len()),
                };
                assert!(!said.contains(['{', '}', '$']) && said != key && !said.is_empty(), "{} {key}: {said}", language.code());
            }
        }
    }
}

/// Names of messages in the sources: literals that are asked for whole, and the beginnings of those that are put together.
fn asked() -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut whole, mut begun) = (BTreeSet::new(), BTreeSet::new());
    for folder in ["src", "../server/src"] {
        for path in files(folder, ".rs") {
            let text = std::fs::read_to_string(&path).expect("a text");
            for (at, literal) in text.split('"').enumerate() {
                // Every second part stands between quotes; a quote within a literal only shifts parts that are no names.
                let name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
                if at % 2 == 1 || literal.len() < 60 {
                    if !literal.is_empty() && literal.chars().all(name) {
                        whole.insert(literal.to_owned());
                    } else if let Some((head, _)) = literal.split_once('{')
                        && head.len() > 2
                        && head.chars().all(name)
                    {
                        begun.insert(head.to_owned());
                    }
                }
            }
        }
    }
    (whole, begun)
}

#[test]
fn no_message_is_without_use() {
    let (whole, begun) = asked();
    let unused: Vec<String> =
        messages("en").into_keys().filter(|key| !whole.contains(key) && !begun.iter().any(|head| key.starts_with(head.as_str()))).collect();
    assert!(unused.is_empty(), "nobody says {}", unused.join(", "));
}

#[test]
fn every_message_that_is_asked_for_exists() {
    let english = messages("en");
    let mut missing = Vec::new();
    for folder in ["src", "../server/src"] {
        for path in files(folder, ".rs") {
            let text = std::fs::read_to_string(&path).expect("a text");
            for call in [".t(\"", ".with(\"", "language.plain(\"", " t(\"", "(t(\"", "=t(\""] {
                for after in text.split(call).skip(1) {
                    let key = after.split('"').next().unwrap_or_default();
                    if !english.contains_key(key) {
                        missing.push(format!("{}: {key}", path.display()));
                    }
                }
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

fn pages(view: &Arc<PublicView>) -> Vec<(PublicPage, String)> {
    let assets = Assets { css: "/assets/main.css".to_owned(), script: Some("/assets/load.js".to_owned()), ..Assets::default() };
    let mut pages = vec![
        PublicPage::Home,
        PublicPage::History(Query::default()),
        PublicPage::HistoryRefused(Refused { wrong: Query::NAMES.to_vec(), ..Refused::default() }),
        PublicPage::UptimeRefused,
        PublicPage::Postmortems,
        PublicPage::FollowUps,
        PublicPage::Subscribe,
        PublicPage::NotFound,
    ];
    pages.extend(view.documents().map(|document| PublicPage::Postmortem(document.postmortem.id.to_string())));
    pages.extend(view.incidents.iter().map(|incident| PublicPage::Incident(incident.id.to_string())));
    pages.extend(view.maintenances.iter().map(|maintenance| PublicPage::Incident(maintenance.id.to_string())));
    pages.extend(view.components.iter().map(|component| PublicPage::Component(component.component.id.to_string())));
    pages.into_iter().map(|page| (page.clone(), render(&page, view, &assets).unwrap_or_else(|| panic!("{page:?} renders")))).collect()
}

fn shown_in(code: &str) -> Vec<(PublicPage, String)> {
    let views = [fixtures::worst_day("Europe/Berlin"), fixtures::planned("Etc/UTC"), fixtures::quiet()];
    views.iter().flat_map(|view| pages(&Arc::new(view.in_language(code)))).collect()
}

/// Whether an address is of a file, which is the same in every language.
fn is_file(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or(address);
    path.starts_with("/assets/") || path.starts_with("/look/") || path.rsplit('/').next().is_some_and(|name| name.contains('.'))
}

#[test]
fn links_on_a_page_in_a_language_lead_to_pages_in_it() {
    for code in others() {
        let mut astray = BTreeSet::new();
        for (page, html) in shown_in(code) {
            for tag in html.split('<').filter(|tag| tag.starts_with("a ") || tag.starts_with("form ")) {
                // The choice of language leads elsewhere.
                if tag.contains("hreflang=") {
                    continue;
                }
                for address in [" href=\"", " action=\""].iter().filter_map(|name| tag.split(name).nth(1)?.split('"').next()) {
                    let led = address == format!("/{code}")
                        || address.starts_with(&format!("/{code}/"))
                        || address.starts_with(&format!("/{code}#"));
                    if address.starts_with('/') && !led && !is_file(address) {
                        astray.insert(format!("{page:?}: {address}"));
                    }
                }
            }
        }
        assert!(astray.is_empty(), "{code}:\n{}", astray.into_iter().collect::<Vec<_>>().join("\n"));
    }
}

/// Messages of English that say something of their own: long, and said otherwise in the language.
fn telling(code: &str) -> Vec<(String, String)> {
    let language = language::known(code).expect("a language");
    let english = language::of("en");
    let plain = messages("en").into_iter().filter(|(_, variables)| variables.is_empty());
    let said = plain.map(|(key, _)| (english.t(&key), language.t(&key), key));
    said.filter(|(english, other, _)| english.chars().count() > 12 && english != other).map(|(english, _, key)| (key, english)).collect()
}

#[test]
fn pages_in_a_language_say_nothing_of_their_own_in_english() {
    for code in others() {
        let telling = telling(code);
        let mut left = BTreeSet::new();
        for (page, html) in shown_in(code) {
            // What people wrote may well be in English; the interface's own words are not among it.
            let texts: Vec<&str> = html.split(['<', '>', '"']).map(str::trim).collect();
            for (key, english) in &telling {
                if texts.iter().any(|text| *text == english) {
                    left.insert(format!("{page:?}: {key} = {english}"));
                }
            }
        }
        assert!(left.is_empty(), "{code}:\n{}", left.into_iter().collect::<Vec<_>>().join("\n"));
    }
}
